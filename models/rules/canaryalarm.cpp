// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/canaryalarm.h>

#include <evidence/cloudformation/intrinsics.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

std::optional<bool> booleanIn(const QString &text)
{
    static const QStringList on = {"true", "yes", "on"}, off = {"false", "no", "off"};
    const QString lower = text.toLower();
    return on.contains(lower) ? std::optional(true) : off.contains(lower) ? std::optional(false) : std::nullopt;
}

bool hasDimension(const CloudFormation &all, const CfnTemplate &in, Yaml metric, const CfnObject &canary)
{
    if (all.text(in, metric["Namespace"]).text != u"CloudWatchSynthetics")
        return false;
    for (const CfnItem &d : all.list(in, metric["Dimensions"])) {
        if (all.text(in, d.node["Name"]).text != u"CanaryName")
            continue;
        const CfnText value = all.text(in, d.node["Value"]);
        if (std::ranges::contains(value.targets, canary)
            || isSame(value, &in, all.text(canary, "Name"), canary.in))
            return true;
    }
    return false;
}

// A threshold that a percentage, or a count, never gets beyond.
std::optional<Chain> isNeverCrossed(const CloudFormation &all, const CfnObject &alarm, bool good)
{
    const CfnText written = all.text(alarm, "Threshold");
    bool ok = false;
    const double threshold = (written.known ? written.text : written.assumed).toDouble(&ok);
    const bool orEqual = all.text(alarm, "ComparisonOperator").text.contains(u"OrEqualTo");
    if (!ok || !good || (orEqual ? threshold >= 0 : threshold > 0))
        return {};
    return Chain{written.known ? Verdict::Fail : Verdict::Unknown,
                 Text{"閾値が %1 で、成功率がそれを下回ることはなく、鳴りません。", "The threshold is %1; the share of successes never gets below it, so it never rings."}.arg(
                     written.known ? written.text : written.assumed),
                 {"90 のような閾値にしてください。", "Set a threshold such as 90."}};
}

// A metric or a direction that does not ring when the canary fails.
std::optional<Chain> deafness(const CloudFormation &all, const CfnObject &alarm, const WatchedMetric &watched)
{
    const QString metric = all.text(*alarm.in, watched.metric["MetricName"]).text;
    const QString comparison = all.text(alarm, "ComparisonOperator").text;
    const Text remedy{"SuccessPercent を見る警報を足してください。", "Add an alarm on SuccessPercent."};
    if (!watched.isCompared)
        return Chain{Verdict::Unknown,
                     {"警報は計算式の値を見るため、失敗で鳴るか分かりません。", "The alarm compares an expression; whether it rings when the canary fails is not seen."},
                     remedy};
    const bool good = metric == u"SuccessPercent" || metric == u"2xx";
    const bool bad = metric == u"Failed" || metric == u"Failed requests" || metric == u"5xx" || metric == u"4xx";
    if ((good && comparison.startsWith(u"Greater")) || (bad && comparison.startsWith(u"Less")))
        return Chain{Verdict::Fail,
                     Text{"%1 が逆の向き（%2）で、失敗しても鳴りません。",
                          "%1 is compared the wrong way (%2): it does not ring when the canary fails."}
                         .arg(metric, comparison),
                     {"比べる向きを直してください。", "Turn the comparison round."}};
    if (metric == u"Duration")
        return Chain{Verdict::Fail,
                     {"時間だけを見る警報で、失敗しても鳴りません。",
                      "It watches the duration only and does not ring when the canary fails."},
                     remedy};
    if (!good && !bad)
        return Chain{Verdict::Unknown,
                     Text{"%1 を見る警報が、失敗で鳴るか分かりません。", "Whether an alarm on %1 rings when the canary fails is not known."}.arg(
                         metric.isEmpty() ? u"–"_s : metric),
                     remedy};
    if (const auto never = isNeverCrossed(all, alarm, good))
        return never;
    if (metric == u"4xx")
        return Chain{Verdict::Warn,
                     {"4xx だけを見る警報で、5xx や応答なしでは鳴りません。", "It watches 4xx only and does not ring on 5xx, or without an answer."},
                     remedy};
    return {};
}

} // namespace

Chain underCondition(const Text &reason)
{
    return {Verdict::Warn, reason,
            {"本番でその条件が成り立つことを確かめてください。", "Make sure that the condition holds in production."}};
}

Switch switchOf(const CloudFormation &all, const CfnTemplate &in, Yaml node, bool fallback, int depth)
{
    if (!node.exists() || isNoValue(node))
        return fallback ? Switch::On : Switch::Off;
    const Intrinsic f = intrinsicOf(node);
    if (f.name == u"If" && depth < 10) {
        const Switch one = switchOf(all, in, f.argument.at(1), fallback, depth + 1);
        return one == switchOf(all, in, f.argument.at(2), fallback, depth + 1) ? one : Switch::Undecided;
    }
    const CfnText text = all.text(in, node);
    const std::optional<bool> value = booleanIn(text.known ? text.text : text.assumed);
    if (!value || text.conditional || (!text.known && !*value))
        return Switch::Undecided;
    return !*value ? Switch::Off : text.known ? Switch::On : Switch::OnByDefault;
}

Chain undecided(const QString &property)
{
    return {Verdict::Unknown,
            Text{"%1 は配置のときに決まり、有効か分かりません。", "%1 is decided at deployment; whether it is on is not seen."}.arg(
                property),
            Text{"`%1: true` と書いてください。", "Write `%1: true`."}.arg(property)};
}

Chain onByDefault(const QString &property)
{
    return underCondition(Text{"%1 は引数で、既定では true です。", "%1 is a parameter; it is true by default."}.arg(property));
}

std::optional<WatchedMetric> watchedMetric(const CloudFormation &all, const CfnObject &alarm, const CfnObject &canary)
{
    if (const Yaml own = alarm.resource->node["Properties"]; hasDimension(all, *alarm.in, own, canary))
        return WatchedMetric{own};
    std::optional<WatchedMetric> found;
    bool isComputed = false;
    for (const CfnItem &m : all.list(*alarm.in, alarm["Metrics"])) {
        isComputed = isComputed || m.node["Expression"].exists();
        if (const Yaml metric = m.node["MetricStat"]["Metric"]; !found && hasDimension(all, *alarm.in, metric, canary))
            found = WatchedMetric{metric};
    }
    if (found)
        found->isCompared = !isComputed;
    return found;
}

std::optional<Chain> weaknessOf(const CloudFormation &all, const CfnObject &alarm, const WatchedMetric &watched)
{
    const Switch actions = switchOf(all, *alarm.in, alarm["ActionsEnabled"], true);
    if (actions == Switch::Off)
        return Chain{Verdict::Fail,
                     {"警報の通知が止められています（ActionsEnabled: false）。",
                      "The alarm's actions are off (ActionsEnabled: false)."},
                     {"ActionsEnabled を true にしてください。", "Set ActionsEnabled to true."}};
    const auto deaf = deafness(all, alarm, watched);
    if (deaf && deaf->verdict == Verdict::Fail)
        return deaf;
    if (actions == Switch::Undecided)
        return undecided(u"ActionsEnabled"_s);
    if (deaf)
        return deaf;
    if (actions == Switch::OnByDefault)
        return onByDefault(u"ActionsEnabled"_s);
    if (all.text(alarm, "TreatMissingData").text != u"breaching")
        return Chain{
            Verdict::Warn,
            {"TreatMissingData が breaching でなく、監視が止まったときに鳴りません。",
             "TreatMissingData is not breaching: it stays silent when the canary itself stops."},
            {"`TreatMissingData: breaching` と書いてください。", "Write `TreatMissingData: breaching`."}};
    if (!alarm.resource->condition.isEmpty())
        return Chain{
            Verdict::Warn,
            Text{"警報は条件 %1 のときだけあります。", "The alarm exists only under the condition %1."}.arg(
                alarm.resource->condition),
            {"本番でその条件が成り立つことを確かめてください。",
             "Make sure that the condition holds in production."}};
    return {};
}

} // namespace tenken
