// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/alerts.h>
#include <rules/all.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

struct Wanted {
    Signal signal;
    std::optional<Signal> lesser; ///< near to it: a warning
    WantedAlert alert;
};

// A composite joined by || alerts with each of its parts; one joined by && only for what all of them watch,
// for alone none of them is enough. `!id` watches the opposite.
std::vector<Signal> signalsWithParts(const RuleContext &context, const Monitor &m)
{
    if (m.constituents.isEmpty())
        return signalsOf(m);
    std::vector<Signal> found;
    bool first = true;
    for (const Monitor *part : constituentsOf(m, context.evidence.datadog.monitors)) {
        const QRegularExpression negated(u"!\\s*%1\\b"_s.arg(part->id));
        std::vector<Signal> own;
        if (belongsTo(*part, context.service().id, context.service().aliases) == Belongs::Yes
            && !negated.match(m.query).hasMatch())
            own = signalsOf(*part);
        if (first || m.query.contains(u"||"))
            std::ranges::copy(own, std::back_inserter(found));
        else
            std::erase_if(found, [&](Signal s) { return std::ranges::find(own, s) == own.end(); });
        first = false;
    }
    return found;
}

Finding judgeMonitor(const RuleContext &context, const Wanted &wanted, const Monitor &m)
{
    Finding f = judgeAlert(context, wanted.alert.title, m);
    if (m.draft || m.silencedForever || !watchesAnother(m, context.service().id, context.service().aliases))
        return f;
    f.span = m.placeOf(u"query"_s);
    return say(f, Verdict::Unknown,
               {"タグはこのサービスですが、問い合わせは別のサービスを見ています。",
                "Its tag names this service, its query watches another one."},
               {"タグか問い合わせを直すか、service.yaml の aliases に名前を足してください。",
                "Mend the tag or the query, or add the name to aliases in service.yaml."});
}

std::vector<Finding> judgeSignal(const RuleContext &context, const Wanted &wanted)
{
    if (auto why = whyNoMonitors(context, wanted.alert.title))
        return {*std::move(why)};
    const ServiceMonitors monitors = monitorsOf(context);
    std::vector<Finding> findings, lesser;
    for (const Monitor *m : monitors.own) {
        const auto found = signalsWithParts(context, *m);
        if (std::ranges::contains(found, wanted.signal))
            findings.push_back(judgeMonitor(context, wanted, *m));
        else if (wanted.lesser && std::ranges::contains(found, *wanted.lesser))
            lesser.push_back(judgeMonitor(context, wanted, *m));
    }
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
    std::vector<const Monitor *> near;
    std::ranges::copy_if(monitors.candidates, std::back_inserter(near), [&](const Monitor *m) {
        return std::ranges::contains(signalsWithParts(context, *m), wanted.signal);
    });
    return {noMonitor(context, wanted.alert, monitors, near)};
}

std::vector<Finding> judge5xx(const RuleContext &context)
{
    return judgeSignal(
        context,
        {Signal::ServerErrors, Signal::Errors, {{"5xx の監視", "Monitor of 5xx"}, sameText(u"5xx"_s)}});
}

std::vector<Finding> judgeLatency(const RuleContext &context)
{
    return judgeSignal(context,
                       {Signal::Latency, {}, {{"遅延の監視", "Monitor of latency"}, {"遅延", "latency"}}});
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
