// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/metricgates.h>

#include <analysis/analysistemplates.h>
#include <evidence/numbers.h>

namespace tenken {

namespace {

std::optional<int> wholeNumber(const QString &text, int fallback)
{
    if (text.trimmed().isEmpty())
        return fallback;
    bool ok = false;
    const int n = text.trimmed().toInt(&ok);
    return ok ? std::optional(n) : std::nullopt;
}

bool isUnfilled(const QString &condition)
{
    return condition.contains(QLatin1String("{{")) || condition.contains(QLatin1String("${"));
}

// A condition that never mentions the measurement says the same of every version.
bool looksAtResult(const QString &condition)
{
    return mentions(condition, QStringLiteral("result")) || isUnfilled(condition);
}

// evaluateResult: a failureCondition alone decides what fails; without one, whatever is not a success fails.
Text whyConditionsDecideNothing(const ArgoLimits &limits)
{
    if (limits.success.isEmpty() && limits.failure.isEmpty())
        return limits.alone ? Text{} : Text{"successCondition も failureCondition もなく、いつも成功になります。", "It has neither successCondition nor failureCondition, so it always succeeds."};
    const bool byFailure = !limits.failure.isEmpty();
    const QString &deciding = byFailure ? limits.failure : limits.success;
    if (looksAtResult(deciding))
        return {};
    return Text{"%1「%2」が測った値 (result) を見ません。", "%1 “%2” does not look at the value that was measured (result)."}
        .arg(byFailure ? "failureCondition" : "successCondition", deciding.left(80));
}

/// One end of thresholdRange.
struct Bound {
    std::optional<double> value;
    bool unreadable = false;
};

Bound boundOf(Yaml node)
{
    if (!node || node.isNull())
        return {};
    return {node.number(), !node.number()};
}

constexpr double longestMs = 3'600'000; // the last bucket of Istio's and Envoy's duration histograms

Text whyRangeDecidesNothing(Yaml metric, const Bound &least, const Bound &most, const Bound &old)
{
    const QString name = metric["name"].string();
    if (metric["templateRef"].isMap() || !metric["query"].string().isEmpty()) {
        return least.value || most.value || old.value ? Text{} : Text{"thresholdRange がありません。", "It has no thresholdRange."};
    }
    if (name == u"request-success-rate") {
        const std::optional<double> percent = metric["thresholdRange"].isMap() ? least.value : old.value;
        if (percent && *percent > 0)
            return {};
        return percent || most.value ? Text{"成功率の下限 (min) が 0 以下かなく、いつも範囲に入ります。", "The success rate has no min above 0: it is always within the range."}
                                     : Text{"thresholdRange の min がありません。", "It has no min in thresholdRange."};
    }
    if (name == u"request-duration") {
        const std::optional<double> ms = metric["thresholdRange"].isMap() ? most.value : old.value;
        if (ms && *ms < longestMs)
            return {};
        return ms ? Text{"応答時間の上限 (max) が %1 ms で、いつも範囲に入ります。", "The duration may be up to %1 ms (max): it is always within the range."}.arg(formatNumber(*ms))
                  : Text{"thresholdRange の max がなく、遅くても範囲に入ります。", "It has no max in thresholdRange: slow answers are within it."};
    }
    return Text{"Flagger に「%1」という組み込みの指標はなく、templateRef も query もないため、見られません。",
                "Flagger has no built-in metric “%1”; without a templateRef or a query it is not looked at."}.arg(name);
}

} // namespace

std::optional<int> measurements(const ArgoLimits &limits)
{
    const std::optional<int> count = wholeNumber(limits.count, 0);
    if (!count || (*count <= 0 && limits.interval))
        return std::nullopt;
    return *count > 0 ? *count : 1; // EffectiveCount: neither count nor interval is one measurement
}

MetricGate argoGate(const ArgoLimits &limits)
{
    MetricGate gate;
    const std::optional<int> limit = wholeNumber(limits.failureLimit, 0);
    gate.unreadable = !limit || !wholeNumber(limits.count, 0) || isUnfilled(limits.success) || isUnfilled(limits.failure);
    if (limit && *limit < 0) {
        gate.whyNot = Text{"failureLimit が %1 (無効) です。", "failureLimit is %1, which turns it off."}.arg(*limit);
        return gate;
    }
    gate.whyNot = whyConditionsDecideNothing(limits);
    const std::optional<int> times = measurements(limits);
    if (gate.whyNot.isEmpty() && limit && times && *limit >= *times) {
        gate.whyNot = Text{"測るのは %1 回で、failureLimit が %2 のため、すべて失敗しても成功になります。",
                           "It measures %1 times with failureLimit %2: it succeeds even when every one of them fails."}.arg(*times, *limit);
    }
    return gate;
}

MetricGate flaggerGate(Yaml metric)
{
    const Yaml range = metric["thresholdRange"];
    const Bound least = boundOf(range["min"]), most = boundOf(range["max"]), old = boundOf(metric["threshold"]);
    MetricGate gate;
    gate.unreadable = least.unreadable || most.unreadable || (!range.isMap() && old.unreadable);
    if (!gate.unreadable)
        gate.whyNot = whyRangeDecidesNothing(metric, least, most, old);
    return gate;
}

} // namespace tenken
