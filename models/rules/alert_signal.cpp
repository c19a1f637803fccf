// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/alerts.h>
#include <rules/all.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

Finding judgeMonitor(const RuleContext &context, const WantedAlert &wanted, const MonitorReading &r)
{
    Finding f = judgeAlert(context, wanted.title, r);
    const SlackAlert alert = slackAlertOf(r);
    if (alert == SlackAlert::Draft || alert == SlackAlert::Silenced || !r.watchesAnother || r.said)
        return f;
    f.span = r.monitor->placeOf(u"query"_s);
    return say(f, Verdict::Unknown,
               {"タグはこのサービスですが、問い合わせは別のサービスを見ています。",
                "Its tag names this service, its query watches another one."},
               {"タグか問い合わせを直すか、service.yaml の aliases に名前を足してください。",
                "Mend the tag or the query, or add the name to aliases in service.yaml."});
}

std::vector<Finding> judgeSignal(const RuleContext &context, const QString &id, const WantedAlert &wanted)
{
    if (auto why = whyNoMonitors(context, wanted.title))
        return {*std::move(why)};
    const auto coverage = coverageFor(context);
    const NeedCoverage &need = *coverage->need(id);
    std::vector<Finding> findings, lesser;
    for (const MonitorReading *r : need.evidence)
        findings.push_back(judgeMonitor(context, wanted, *r));
    for (const MonitorReading *r : need.lesser)
        lesser.push_back(judgeMonitor(context, wanted, *r));
    if (context.parameter(u"accept-errors"_s) > 0)
        findings.insert(findings.end(), lesser.begin(), lesser.end());
    if (!findings.empty())
        return bestOf(findings);
    for (Finding f : lesser) {
        if (f.verdict != Verdict::Pass && f.verdict != Verdict::Warn)
            continue;
        return {say(f, Verdict::Warn,
                    {"失敗したスパンを数える監視で、5xx の応答そのものは見ていません。",
                     "It counts failed spans, not responses of 5xx."},
                    {"5xx を見る監視を足してください。", "Add a monitor of 5xx responses."})};
    }
    return {noMonitor(context, wanted, *coverage, need)};
}

std::vector<Finding> judge5xx(const RuleContext &context)
{
    return judgeSignal(context, u"5xx"_s, {{"5xx の監視", "Monitor of 5xx"}, sameText(u"5xx"_s)});
}

std::vector<Finding> judgeLatency(const RuleContext &context)
{
    return judgeSignal(context, u"latency"_s, {{"遅延の監視", "Monitor of latency"}, {"遅延", "latency"}});
}

} // namespace

Rule alert5xxRule()
{
    return {"alert-5xx",
            {"5xx を見る監視があり、警報が Slack に届くか", "Whether a monitor of 5xx alerts to Slack"},
            howAlertsAreJudged(),
            {{"accept-errors",
              0,
              "",
              RuleParameter::Stricter::Lower,
              {"1: 失敗したスパン（trace.*.errors）の監視も 5xx とみなす",
               "1: monitors of failed spans (trace.*.errors) count as 5xx"}}},
            judge5xx,
            Rule::Source::Datadog};
}

Rule alertLatencyRule()
{
    return {"alert-latency",
            {"遅延を見る監視があり、警報が Slack に届くか", "Whether a monitor of latency alerts to Slack"},
            howAlertsAreJudged(),
            {},
            judgeLatency,
            Rule::Source::Datadog};
}

} // namespace tenken
