// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"

namespace tenken::samples
{

Checklist checklistFrom(const QByteArray &yaml)
{
    const auto read = readChecklist(*YamlFile::parse(yaml, QStringLiteral("c.yaml")));
    for (const Problem &problem : read.problems)
        qWarning("%s", qPrintable(problem.toString(Lang::En)));
    return read.value;
}

} // namespace tenken::samples
