// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverageparts.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

CoverageReason reasonOf(const MonitorReading &r, const Text &text, const QString &field)
{
    return {text, r.monitor->file, r.monitor->placeOf(field), r.monitor};
}

CoverageReason whyAlert(const MonitorReading &r)
{
    const auto say = [&](const Text &text) {
        return reasonOf(r, Text{"「%1」: %2", "\"%1\": %2"}.arg(r.monitor->name, text), u"message"_s);
    };
    switch (slackAlertOf(r)) {
    case SlackAlert::Reaches:
        return say(
            Text{"警報が %1 に届きます。", "its alert reaches %1."}.arg(r.slackRoutes().front().handle.text));
    case SlackAlert::Doubtful:
        return say(reservationsOf(r).front());
    case SlackAlert::Draft:
    case SlackAlert::Silenced: {
        const auto whole = std::ranges::find_if(r.suppressors, &Suppressor::whole);
        CoverageReason reason = say(whole == r.suppressors.end() ? Text{"消音", "muted"} : whole->what);
        if (whole != r.suppressors.end()) {
            reason.file = whole->file;
            reason.span = whole->span;
        }
        return reason;
    }
    case SlackAlert::Unclear:
        return say({"行き先が分かりません。", "where it goes cannot be told."});
    case SlackAlert::OtherStates:
        return say({"Slack の宛先は復旧などのブロックの中だけです。",
                    "Slack is told in blocks of other states alone."});
    case SlackAlert::Elsewhere:
        return say(Text{"届くのは %1 だけです。", "it reaches %1 only."}.arg(r.routes.front().handle.text));
    case SlackAlert::Nobody:
        break;
    }
    return say({"誰にも届きません。", "it reaches nobody."});
}

void answerWithoutEvidence(NeedCoverage &need, const Coverage &coverage)
{
    for (const MonitorReading *r : need.lesser)
        need.reasons.push_back(
            reasonOf(*r,
                     Text{"「%1」は近いものを見ています。", "\"%1\" watches something close to it."}.arg(
                         r->monitor->name),
                     u"query"_s));
    for (const MonitorReading *r : need.near)
        need.reasons.push_back(reasonOf(
            *r, Text{"「%1」かもしれません。", "\"%1\" may watch it."}.arg(r->monitor->name), u"query"_s));
    const bool open = !need.near.empty() || !coverage.complete;
    need.answer = !need.lesser.empty() ? CoverageAnswer::Partly
        : open                         ? CoverageAnswer::NotReadable
                                       : CoverageAnswer::NotFound;
    if (!coverage.complete)
        need.reasons.push_back(
            {coverage.readable
                 ? Text{"監視の一覧が全部か分かりません。", "The list of monitors is not known to be whole."}
                 : Text{"監視の一覧がありません。", "There is no list of monitors."},
             {},
             {},
             nullptr});
}

} // namespace

void answer(NeedCoverage &need, const Coverage &coverage)
{
    std::ranges::stable_sort(need.evidence, {},
                             [](const MonitorReading *r) { return int(slackAlertOf(*r)); });
    const bool signal = need.need.kind == Need::Kind::ServerErrors || need.need.kind == Need::Kind::Latency;
    std::vector<const MonitorReading *> told;
    for (const MonitorReading *r : need.evidence) {
        if (signal && r->watchesAnother) {
            need.reasons.push_back(reasonOf(*r,
                                            Text{"「%1」の問い合わせは別のサービスを見ています。",
                                                 "The query of \"%1\" watches another service."}
                                                .arg(r->monitor->name),
                                            u"query"_s));
            continue;
        }
        told.push_back(r);
        need.reasons.push_back(whyAlert(*r));
    }
    if (need.evidence.empty())
        return answerWithoutEvidence(need, coverage);
    const auto is = [&](SlackAlert wanted) {
        return std::ranges::any_of(told, [&](const MonitorReading *r) { return slackAlertOf(*r) == wanted; });
    };
    need.answer = is(SlackAlert::Reaches)         ? CoverageAnswer::Covered
        : told.empty() || is(SlackAlert::Unclear) ? CoverageAnswer::NotReadable
                                                  : CoverageAnswer::Partly;
    for (const KubeObject *job : need.unwatched)
        need.reasons.push_back({Text{"%1 はどの監視も見ません。", "None watches %1."}.arg(job->title()),
                                job->file,
                                {},
                                nullptr});
    if (!need.unwatched.empty() && need.answer == CoverageAnswer::Covered)
        need.answer = CoverageAnswer::Partly;
}

SlackAlert slackAlertOf(const MonitorReading &r)
{
    if (r.monitor->draft)
        return SlackAlert::Draft;
    if (std::ranges::any_of(r.suppressors, &Suppressor::whole))
        return SlackAlert::Silenced;
    if (!r.slackRoutes().empty())
        return reservationsOf(r).empty() ? SlackAlert::Reaches : SlackAlert::Doubtful;
    if (r.mayGoElsewhere
        || std::ranges::any_of(r.routes, [](const Route &route) { return route.handle.goesOn(); }))
        return SlackAlert::Unclear;
    const auto anywhere = r.monitor->source == Monitor::Source::Datadog ? handlesAnywhere(r.monitor->message)
                                                                        : std::vector<Handle>();
    if (std::ranges::contains(anywhere, Handle::Kind::Slack, &Handle::kind))
        return SlackAlert::OtherStates;
    return r.routes.empty() ? SlackAlert::Nobody : SlackAlert::Elsewhere;
}

std::vector<Text> reservationsOf(const MonitorReading &r)
{
    std::vector<Text> found = r.doubts;
    const auto slack = r.slackRoutes();
    if (!slack.empty()
        && std::ranges::none_of(slack, [](const Route &route) { return route.handle.onlyIf.isEmpty(); }))
        found.push_back(Text{"Slack へ届くのは条件 %1 のときだけです。", "It reaches Slack only if %1."}.arg(
            slack.front().handle.onlyIf));
    const auto isBroken = [](const Suppressor &s) { return s.kind == Suppressor::Kind::BrokenReceiver; };
    if (std::ranges::any_of(r.suppressors, isBroken))
        found.push_back(
            {"宛先が壊れていると Datadog が言っています。", "Datadog says that a receiver is broken."});
    if (std::ranges::any_of(r.suppressors, [&](const Suppressor &s) { return !s.whole && !isBroken(s); }))
        found.push_back({"一部または期限付きで消音されています。", "It is muted in part, or for a time."});
    if (r.environmentUnclear)
        found.push_back({"見ている環境が本番か、名前からは分かりません。",
                         "Whether it watches production, its scope does not tell."});
    return found;
}

} // namespace tenken
