// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <optional>
#include <vector>

namespace tenken {

/// What the machine says. Unknown never counts as pass.
enum class Verdict { Pass, Warn, Unknown, Fail, NotApplicable };

QString toString(Verdict v);                             ///< "pass", "warn", "unknown", "fail", "n/a"
std::optional<Verdict> verdictFromString(const QString &s);
Text label(Verdict v);                                   ///< 合格 / Pass …

/// fail > unknown > warn > pass; n/a only if all are. Nothing at all is unknown.
Verdict worst(const std::vector<Verdict> &verdicts);

/// What the decision is about: may the service take production traffic?
enum class Decision { Go, ConditionalGo, NoGo };
QString toString(Decision d);                            ///< "GO", "CONDITIONAL GO", "NO-GO"
Text label(Decision d);

} // namespace tenken
