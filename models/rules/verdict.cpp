// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/verdict.h>

#include <algorithm>

namespace tenken
{

QString toString(Verdict v)
{
    switch (v) {
    case Verdict::Pass:
        return QStringLiteral("pass");
    case Verdict::Warn:
        return QStringLiteral("warn");
    case Verdict::Unknown:
        return QStringLiteral("unknown");
    case Verdict::Fail:
        return QStringLiteral("fail");
    case Verdict::NotApplicable:
        return QStringLiteral("n/a");
    }
    return {};
}

std::optional<Verdict> verdictFromString(const QString &s)
{
    for (const auto v :
         {Verdict::Pass, Verdict::Warn, Verdict::Unknown, Verdict::Fail, Verdict::NotApplicable}) {
        if (toString(v) == s)
            return v;
    }
    return {};
}

Text label(Verdict v)
{
    switch (v) {
    case Verdict::Pass:
        return {"合格", "Pass"};
    case Verdict::Warn:
        return {"注意", "Warn"};
    case Verdict::Unknown:
        return {"不明", "Unknown"};
    case Verdict::Fail:
        return {"不合格", "Fail"};
    case Verdict::NotApplicable:
        return {"対象外", "N/A"};
    }
    return {};
}

Verdict worst(const std::vector<Verdict> &verdicts)
{
    // From worst to best; n/a only when nothing else was said.
    for (const auto v :
         {Verdict::Fail, Verdict::Unknown, Verdict::Warn, Verdict::Pass, Verdict::NotApplicable}) {
        if (std::ranges::contains(verdicts, v))
            return v;
    }
    return Verdict::Unknown;
}

QString toString(Decision d)
{
    switch (d) {
    case Decision::Go:
        return QStringLiteral("GO");
    case Decision::ConditionalGo:
        return QStringLiteral("CONDITIONAL GO");
    case Decision::NoGo:
        return QStringLiteral("NO-GO");
    }
    return {};
}

Text label(Decision d)
{
    switch (d) {
    case Decision::Go:
        return {"GO", "GO"};
    case Decision::ConditionalGo:
        return {"条件付き GO", "Conditional GO"};
    case Decision::NoGo:
        return {"NO-GO", "NO-GO"};
    }
    return {};
}

} // namespace tenken
