// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken::test {

/// A checklist file called `name`, and base.yaml beside it, which it may extend.
Partial<Checklist> readChecklistYaml(const QByteArray &yaml, const QByteArray &base = {},
                                     const QString &name = QStringLiteral("c.yaml"));

QString printed(const std::vector<Problem> &problems);

} // namespace tenken::test
