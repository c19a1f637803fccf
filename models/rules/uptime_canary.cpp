// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/cloudformation/intrinsics.h>
#include <evidence/evidence.h>
#include <rules/uptime.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// How far a chain reaches, and why no farther.
struct Chain {
    Verdict verdict = Verdict::Fail;
    Text reason, remedy;
};

// The better one: a canary may have several alarms, an alarm several actions.
void keepBest(std::optional<Chain> &best, const Chain &next)
{
    const auto rank = [](Verdict v) {
        return v == Verdict::Pass ? 3 : v == Verdict::Warn ? 2 : v == Verdict::Unknown ? 1 : 0;
    };
    if (!best || rank(next.verdict) > rank(best->verdict))
        best = next;
}

/// What holds only in some deployments.
Chain underCondition(const Text &reason)
{
    return {Verdict::Warn, reason,
            {"本番でその条件が成り立つことを確かめてください。", "Make sure that the condition holds in production."}};
}

/// A switch as far as the templates tell: what only the deployment decides is neither on nor off.
enum class Switch { On, Off, OnByDefault, Undecided };

std::optional<bool> booleanIn(const QString &text)
{
    static const QStringList on = {"true", "yes", "on"}, off = {"false", "no", "off"};
    const QString lower = text.toLower();
    return on.contains(lower) ? std::optional(true) : off.contains(lower) ? std::optional(false) : std::nullopt;
}

Switch switchOf(const CloudFormation &all, const CfnTemplate &in, Yaml node, bool fallback, int depth = 0)
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

/// Minutes between two runs; nothing where the schedule is no rate.
std::optional<double> minutesBetween(const QString &schedule)
{
    static const QRegularExpression rate(u"^\\s*rate\\(\\s*(\\d+)\\s+(minute|hour|day)s?\\s*\\)\\s*$"_s);
    const auto match = rate.match(schedule);
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2);
    return match.captured(1).toDouble() * (unit == u"minute" ? 1 : unit == u"hour" ? 60 : 1440);
}

/// The metric of an alarm that watches a canary.
struct WatchedMetric {
    Yaml metric; ///< with Namespace, MetricName and Dimensions
    bool isCompared = true; ///< false: an expression stands between it and the threshold
};

class CanaryJudge
{
public:
    CanaryJudge(const RuleContext &context, Finding &finding)
        : m_all(*context.evidence.cloudFormation), m_finding(finding)
    {
    }

    Chain judge(const CfnObject &canary);

private:
    Chain alarmsOf(const CfnObject &canary);
    Chain actionsOf(const CfnObject &alarm);
    Chain subscriptionsOf(const CfnObject &topic);
    Chain subscription(const CfnTemplate &in, Yaml node, Span place);
    std::optional<WatchedMetric> watched(const CfnObject &alarm, const CfnObject &canary) const;
    bool hasDimension(const CfnTemplate &in, Yaml metric, const CfnObject &canary) const;
    std::optional<Chain> deafness(const CfnObject &alarm, const WatchedMetric &watched) const;
    std::optional<Chain> isNeverCrossed(const CfnObject &alarm, bool good) const;
    std::optional<Chain> weakness(const CfnObject &alarm, const WatchedMetric &watched) const;

    const CloudFormation &m_all;
    Finding &m_finding;
};

Chain CanaryJudge::subscription(const CfnTemplate &in, Yaml node, Span place)
{
    static const QRegularExpression pagerDuty(
        u"^https://events\\.(eu\\.)?pagerduty\\.com/(integration|x-ere)/\\S"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString protocol = m_all.text(in, node["Protocol"]).text.toLower();
    const CfnText endpoint = m_all.text(in, node["Endpoint"]);
    addMark(m_finding, in.file, place, {"通知の購読", "the subscription"});
    const Yaml filter = node["FilterPolicy"];
    if (filter.exists() && !filter.isNull() && !isNoValue(filter) && !(filter.isMap() && filter.size() == 0)) {
        // Alarms carry no attributes, which a policy filters by unless it says otherwise.
        const bool byBody = m_all.text(in, node["FilterPolicyScope"]).text == u"MessageBody";
        return {byBody ? Verdict::Unknown : Verdict::Fail,
                byBody ? Text{"購読の FilterPolicy が、警報を通すか分かりません。", "Whether the subscription's FilterPolicy lets the alarm through is not seen."}
                       : Text{"購読の FilterPolicy は属性を見ますが、警報の通知に属性はなく、届きません。",
                              "The subscription's FilterPolicy asks for attributes, which alarms do not carry: nothing arrives."},
                {"FilterPolicy のない購読にしてください。", "Subscribe without a FilterPolicy."}};
    }
    if (protocol == u"https" && pagerDuty.match(endpoint.text).hasMatch())
        return endpoint.conditional
            ? underCondition({"購読の送り先は、条件によって変わります。", "Where the subscription sends depends on a condition."})
            : Chain{Verdict::Pass,
                    {"監視から PagerDuty まで、つながっています。", "The chain leads all the way to PagerDuty."},
                    {}};
    if (protocol == u"email" && endpoint.text.endsWith(u".pagerduty.com", Qt::CaseInsensitive))
        return {Verdict::Warn,
                {"PagerDuty へはメールで届き、復旧は伝わりません。",
                 "It reaches PagerDuty by mail, which does not resolve incidents."},
                {"https の連携 URL を購読させてください。", "Subscribe the https integration URL."}};
    if (!endpoint.known && (protocol == u"https" || protocol.contains(u"${")))
        return {
            Verdict::Unknown,
            {"購読の送り先は配置のときに決まり、PagerDuty か分かりません。",
             "Where the subscription sends is decided at deployment; whether that is PagerDuty is not seen."},
            {"`!Sub https://events.pagerduty.com/integration/${Key}/enqueue` "
             "のように、鍵だけを引数にしてください。",
             "Make the key alone a parameter: `!Sub "
             "https://events.pagerduty.com/integration/${Key}/enqueue`."}};
    return {
        Verdict::Fail,
        Text{"通知は %1 に届き、PagerDuty ではありません。", "The notification goes to %1, not to PagerDuty."}
            .arg(protocol.isEmpty() ? u"–"_s : protocol),
        {"PagerDuty の連携 URL を https で購読させてください。",
         "Subscribe PagerDuty's integration URL by https."}};
}

Chain CanaryJudge::subscriptionsOf(const CfnObject &topic)
{
    markResource(m_finding, topic, {"通知先", "the topic"});
    std::optional<Chain> best;
    const auto keep = [&](Chain chain, const QString &condition) {
        if (!condition.isEmpty() && chain.verdict == Verdict::Pass)
            chain = underCondition({"PagerDuty の購読は、ある条件のときだけです。", "PagerDuty is subscribed only under a condition."});
        keepBest(best, chain);
    };
    for (const CfnItem &item : m_all.list(*topic.in, topic["Subscription"]))
        keep(subscription(*topic.in, item.node, placeOf(item.node)), item.conditional ? u"Fn::If"_s : QString());
    const CfnText name = m_all.text(topic, "TopicName");
    for (const CfnObject &s : m_all.ofType(u"AWS::SNS::Subscription"_s)) {
        const CfnText arn = m_all.text(s, "TopicArn");
        CfnText last = arn;
        last.text = arn.text.section(u':', -1);
        last.known = !last.text.contains(u"${");
        if (std::ranges::contains(arn.targets, topic) || isSame(last, s.in, name, topic.in))
            keep(subscription(*s.in, s.resource->node["Properties"], s.resource->place()), s.resource->condition);
    }
    return best.value_or(
        Chain{Verdict::Fail,
              Text{"通知先 %1 を購読するものがありません。", "Nothing subscribes to topic %1."}.arg(
                  topic.resource->id),
              {"PagerDuty の連携 URL を https で購読させてください。",
               "Subscribe PagerDuty's integration URL by https."}});
}

Chain CanaryJudge::actionsOf(const CfnObject &alarm)
{
    markResource(m_finding, alarm, {"警報", "the alarm"});
    std::optional<Chain> best;
    for (const CfnItem &action : m_all.list(*alarm.in, alarm["AlarmActions"])) {
        const CfnText text = m_all.text(*alarm.in, action.node);
        Chain chain{Verdict::Unknown,
                    {"警報の通知先がテンプレートになく、その先が見えません。",
                     "The alarm's action is not in the templates, so what follows is not seen."},
                    {"通知先（AWS::SNS::Topic）のテンプレートを `evidence.infrastructure` に加えてください。",
                     "Add the template of the AWS::SNS::Topic to `evidence.infrastructure`."}};
        for (const CfnObject &topic : m_all.ofType(u"AWS::SNS::Topic"_s)) {
            CfnText last = text;
            last.text = text.text.section(u':', -1);
            last.known = !last.text.contains(u"${");
            if (std::ranges::contains(text.targets, topic)
                || isSame(last, alarm.in, m_all.text(topic, "TopicName"), topic.in))
                chain = subscriptionsOf(topic);
            else
                continue;
            if (!topic.resource->condition.isEmpty() && chain.verdict == Verdict::Pass)
                chain = underCondition(Text{"通知先は条件 %1 のときだけあります。", "The topic exists only under the condition %1."}.arg(
                    topic.resource->condition));
        }
        if ((action.conditional || text.conditional) && chain.verdict == Verdict::Pass)
            chain = underCondition({"警報の通知は、ある条件のときだけです。", "The alarm notifies only under a condition."});
        keepBest(best, chain);
    }
    return best.value_or(
        Chain{Verdict::Fail,
              Text{"警報 %1 に AlarmActions がありません。", "Alarm %1 has no AlarmActions."}.arg(
                  alarm.resource->id),
              {"AlarmActions に SNS の通知先を書いてください。", "Write the SNS topic in AlarmActions."}});
}

bool CanaryJudge::hasDimension(const CfnTemplate &in, Yaml metric, const CfnObject &canary) const
{
    if (m_all.text(in, metric["Namespace"]).text != u"CloudWatchSynthetics")
        return false;
    for (const CfnItem &d : m_all.list(in, metric["Dimensions"])) {
        if (m_all.text(in, d.node["Name"]).text != u"CanaryName")
            continue;
        const CfnText value = m_all.text(in, d.node["Value"]);
        if (std::ranges::contains(value.targets, canary)
            || isSame(value, &in, m_all.text(canary, "Name"), canary.in))
            return true;
    }
    return false;
}

std::optional<WatchedMetric> CanaryJudge::watched(const CfnObject &alarm, const CfnObject &canary) const
{
    if (const Yaml own = alarm.resource->node["Properties"]; hasDimension(*alarm.in, own, canary))
        return WatchedMetric{own};
    std::optional<WatchedMetric> found;
    bool isComputed = false;
    for (const CfnItem &m : m_all.list(*alarm.in, alarm["Metrics"])) {
        isComputed = isComputed || m.node["Expression"].exists();
        if (const Yaml metric = m.node["MetricStat"]["Metric"]; !found && hasDimension(*alarm.in, metric, canary))
            found = WatchedMetric{metric};
    }
    if (found)
        found->isCompared = !isComputed;
    return found;
}

// A threshold that a percentage, or a count, never gets beyond.
std::optional<Chain> CanaryJudge::isNeverCrossed(const CfnObject &alarm, bool good) const
{
    const CfnText written = m_all.text(alarm, "Threshold");
    bool ok = false;
    const double threshold = (written.known ? written.text : written.assumed).toDouble(&ok);
    const bool orEqual = m_all.text(alarm, "ComparisonOperator").text.contains(u"OrEqualTo");
    if (!ok || !good || (orEqual ? threshold >= 0 : threshold > 0))
        return {};
    return Chain{written.known ? Verdict::Fail : Verdict::Unknown,
                 Text{"閾値が %1 で、成功率がそれを下回ることはなく、鳴りません。", "The threshold is %1; the share of successes never gets below it, so it never rings."}.arg(
                     written.known ? written.text : written.assumed),
                 {"90 のような閾値にしてください。", "Set a threshold such as 90."}};
}

// A metric or a direction that does not ring when the canary fails.
std::optional<Chain> CanaryJudge::deafness(const CfnObject &alarm, const WatchedMetric &watched) const
{
    const QString metric = m_all.text(*alarm.in, watched.metric["MetricName"]).text;
    const QString comparison = m_all.text(alarm, "ComparisonOperator").text;
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
    if (const auto never = isNeverCrossed(alarm, good))
        return never;
    if (metric == u"4xx")
        return Chain{Verdict::Warn,
                     {"4xx だけを見る警報で、5xx や応答なしでは鳴りません。", "It watches 4xx only and does not ring on 5xx, or without an answer."},
                     remedy};
    return {};
}

// What keeps an alarm from ringing when the canary fails, or falls silent.
std::optional<Chain> CanaryJudge::weakness(const CfnObject &alarm, const WatchedMetric &watched) const
{
    const Switch actions = switchOf(m_all, *alarm.in, alarm["ActionsEnabled"], true);
    if (actions == Switch::Off)
        return Chain{Verdict::Fail,
                     {"警報の通知が止められています（ActionsEnabled: false）。",
                      "The alarm's actions are off (ActionsEnabled: false)."},
                     {"ActionsEnabled を true にしてください。", "Set ActionsEnabled to true."}};
    const auto deaf = deafness(alarm, watched);
    if (deaf && deaf->verdict == Verdict::Fail)
        return deaf;
    if (actions == Switch::Undecided)
        return undecided(u"ActionsEnabled"_s);
    if (deaf)
        return deaf;
    if (actions == Switch::OnByDefault)
        return onByDefault(u"ActionsEnabled"_s);
    if (m_all.text(alarm, "TreatMissingData").text != u"breaching")
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

Chain CanaryJudge::alarmsOf(const CfnObject &canary)
{
    std::optional<Chain> best;
    for (const CfnObject &alarm : m_all.ofType(u"AWS::CloudWatch::Alarm"_s)) {
        const auto metric = watched(alarm, canary);
        if (!metric)
            continue;
        Chain chain = actionsOf(alarm);
        const auto weak = weakness(alarm, *metric);
        if (weak && (weak->verdict == Verdict::Fail || chain.verdict == Verdict::Pass))
            chain = *weak;
        keepBest(best, chain);
    }
    if (best)
        return *best;
    const bool elsewhere =
        !m_all.opaque().isEmpty() || !m_all.ofType(u"AWS::CloudWatch::CompositeAlarm"_s).empty();
    return {elsewhere ? Verdict::Unknown : Verdict::Fail,
            Text{"外形監視 %1 の失敗を見る警報がテンプレートにありません。",
                 "The templates hold no alarm on failures of canary %1."}
                .arg(canary.resource->id),
            {"名前空間 CloudWatchSynthetics、SuccessPercent、CanaryName の警報を定義してください。",
             "Define an alarm on CloudWatchSynthetics, SuccessPercent, with the dimension CanaryName."}};
}

Chain CanaryJudge::judge(const CfnObject &canary)
{
    const Switch starts = switchOf(m_all, *canary.in, canary["StartCanaryAfterCreation"], false);
    if (starts == Switch::Undecided)
        return undecided(u"StartCanaryAfterCreation"_s);
    if (starts == Switch::Off)
        return {Verdict::Fail,
                {"外形監視は作られても動き始めません（StartCanaryAfterCreation）。",
                 "The canary is made, yet never started (StartCanaryAfterCreation)."},
                {"`StartCanaryAfterCreation: true` と書いてください。",
                 "Write `StartCanaryAfterCreation: true`."}};
    const QString schedule = m_all.text(*canary.in, canary["Schedule"]["Expression"]).text;
    if (QString(schedule).remove(u' ').startsWith(u"rate(0"))
        return {Verdict::Fail,
                {"外形監視は一度だけ動きます。", "The canary runs only once."},
                {"`rate(1 minute)` のような間隔を書いてください。",
                 "Write an interval such as `rate(1 minute)`."}};
    Chain chain = alarmsOf(canary);
    if (chain.verdict == Verdict::Pass && minutesBetween(schedule).value_or(0) > mostMinutesBetweenChecks)
        return {Verdict::Warn,
                Text{"外形監視は %1 でしか動きません。", "The canary runs at %1 only."}.arg(schedule),
                {"`rate(1 minute)` のような間隔にしてください。", "Set an interval such as `rate(1 minute)`."}};
    if (chain.verdict == Verdict::Pass && starts == Switch::OnByDefault)
        return onByDefault(u"StartCanaryAfterCreation"_s);
    if (chain.verdict == Verdict::Pass && !canary.resource->condition.isEmpty())
        return {
            Verdict::Warn,
            Text{"外形監視は条件 %1 のときだけあります。", "The canary exists only under the condition %1."}
                .arg(canary.resource->condition),
            {"本番でその条件が成り立つことを確かめてください。",
             "Make sure that the condition holds in production."}};
    return chain;
}

/// Everything in a canary that may name what it asks.
struct Asked {
    QString text;
    bool whole = true; ///< false: its script lies elsewhere, or a value is decided at deployment
};

Asked askedBy(const CloudFormation &all, const CfnObject &canary)
{
    Asked asked;
    const auto take = [&](const CfnText &t) {
        asked.text += t.text + u'\n';
        asked.whole = asked.whole && t.known;
    };
    const Yaml script = canary["Code"]["Script"];
    if (script)
        take(all.text(*canary.in, script));
    for (const auto &[key, value] : canary["RunConfig"]["EnvironmentVariables"].entries())
        take(all.text(*canary.in, value));
    asked.whole = asked.whole && script.exists();
    return asked;
}

} // namespace

std::vector<Finding> judgeCanaries(const RuleContext &context, const Text &title, const QString &host)
{
    const CloudFormation &all = *context.evidence.cloudFormation;
    std::vector<Finding> findings;
    for (const CfnObject &canary : all.ofType(u"AWS::Synthetics::Canary"_s)) {
        const Asked asked = askedBy(all, canary);
        const bool hits = mentionsHost(asked.text, host);
        if (!hits && asked.whole)
            continue; // another's
        Finding f = findingAt(context, title, canary);
        f.measured = Text{"外形監視 %1", "canary %1"}.arg(canary.resource->id);
        f.wanted = {"監視 → 警報 → SNS → PagerDuty", "canary → alarm → SNS → PagerDuty"};
        const Chain chain = CanaryJudge(context, f).judge(canary);
        say(f, chain.verdict, chain.reason, chain.remedy);
        if (!hits)
            say(f, Verdict::Unknown,
                Text{"外形監視 %1 が %2 を見るかは、スクリプトがここになく分かりません。",
                     "Whether canary %1 asks %2 is not seen: its script is not here."}
                    .arg(canary.resource->id, host),
                {"RunConfig.EnvironmentVariables に URL を書いて渡してください。",
                 "Pass the URL in RunConfig.EnvironmentVariables."});
        findings.push_back(std::move(f));
    }
    return findings;
}

} // namespace tenken
