// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistyaml.h"

namespace tenken::test
{

Partial<Checklist> readChecklistYaml(const QByteArray &yaml, const QByteArray &base,
                                     const QString &name)
{
    ChecklistFiles files{YamlFile::parse(yaml, name)};
    if (!base.isEmpty())
        files.push_back(YamlFile::parse(base, name.first(name.lastIndexOf(u'/') + 1) + QStringLiteral("base.yaml")));
    return readChecklist(*files.front(), files);
}

QString printed(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &p : problems)
        lines << p.toString(Lang::En);
    return lines.join(u'\n');
}

} // namespace tenken::test
