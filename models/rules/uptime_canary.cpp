// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/cloudformation/intrinsics.h>
#include <evidence/evidence.h>
#include <rules/canaryalarm.h>
#include <rules/uptime.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

// The better one: a canary may have several alarms, an alarm several actions.
void keepBest(std::optional<Chain> &best, const Chain &next)
{
    const auto rank = [](Verdict v) {
        return v == Verdict::Pass ? 3 : v == Verdict::Warn ? 2 : v == Verdict::Unknown ? 1 : 0;
    };
    if (!best || rank(next.verdict) > rank(best->verdict))
        best = next;
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

Chain CanaryJudge::alarmsOf(const CfnObject &canary)
{
    std::optional<Chain> best;
    for (const CfnObject &alarm : m_all.ofType(u"AWS::CloudWatch::Alarm"_s)) {
        const auto metric = watchedMetric(m_all, alarm, canary);
        if (!metric)
            continue;
        Chain chain = actionsOf(alarm);
        const auto weak = weaknessOf(m_all, alarm, *metric);
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
