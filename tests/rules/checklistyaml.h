// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken::test {

/// A checklist file called `name`, and base.yaml beside it, which it may extend.
inline Partial<Checklist> readChecklistYaml(const QByteArray &yaml, const QByteArray &base = {},
                                            const QString &name = QStringLiteral("c.yaml"))
{
    ChecklistFiles files{YamlFile::parse(yaml, name)};
    if (!base.isEmpty())
        files.push_back(YamlFile::parse(base, name.first(name.lastIndexOf(u'/') + 1) + QStringLiteral("base.yaml")));
    return readChecklist(*files.front(), files);
}

inline QString printed(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &p : problems)
        lines << p.toString(Lang::En);
    return lines.join(u'\n');
}

} // namespace tenken::test
