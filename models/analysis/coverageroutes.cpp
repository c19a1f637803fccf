// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverageparts.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

void addRoutes(MonitorReading &reading, const std::vector<Handle> &handles, Route::From from,
               const QString &by = {})
{
    for (const Handle &handle : handles) {
        const auto known = std::ranges::find_if(reading.routes,
                                                [&](const Route &r) { return r.handle.text == handle.text; });
        if (known == reading.routes.end())
            reading.routes.push_back({handle, from, by});
        else if (handle.onlyIf.isEmpty())
            known->handle.onlyIf.clear();
    }
}

// The test whose monitor this is: alerts carry the test's message, the monitor's own may be empty.
const SyntheticsTest *testOf(const Monitor &m, const DatadogSnapshot &snapshot)
{
    const auto it = std::ranges::find_if(snapshot.synthetics, [&](const SyntheticsTest &t) {
        return (!t.monitorId.isEmpty() && t.monitorId == m.id) || (!m.testId.isEmpty() && t.id == m.testId);
    });
    return it == snapshot.synthetics.end() ? nullptr : &*it;
}

// What is sent to a team goes where the team's own rules say; a team without known rules stays as it is.
void openTeams(MonitorReading &reading, const DatadogSnapshot &snapshot)
{
    const std::vector<Route> told = reading.routes;
    for (const Route &route : told) {
        const QString handle =
            route.handle.text.startsWith(u"@team-") ? route.handle.text.sliced(6) : QString();
        const auto team = std::ranges::find(snapshot.teams, handle, &Team::handle);
        if (handle.isEmpty() || team == snapshot.teams.end())
            continue;
        std::vector<Handle> handles;
        for (const TeamRule &rule : snapshot.teamRules) {
            for (const QString &r : rule.teamId == team->id ? rule.receivers : QStringList())
                handles.push_back({u'@' + r, handleKind(r), route.handle.onlyIf});
        }
        if (handles.empty())
            continue;
        std::erase_if(reading.routes, [&](const Route &r) { return r.handle.text == route.handle.text; });
        addRoutes(reading, handles, Route::From::Team, team->name.isEmpty() ? handle : team->name);
    }
}

Text silenceText(const Silence &silence)
{
    const Text what =
        silence.kind == Silence::Kind::Muted ? Text{"消音", "muted"} : Text{"ダウンタイム", "downtime"};
    const Text scope = silence.everything() ? Text{} : Text{"（%1）", " for %1"}.arg(silence.scope);
    const Text until = silence.recurring ? Text{"・繰り返し", ", recurring"}
        : silence.forEver()              ? Text{"・無期限", " without end"}
                            : Text{"・%1 まで", " until %1"}.arg(silence.until.date().toString(Qt::ISODate));
    return Text{"%1%2%3", "%1%2%3"}.arg(what, scope, until);
}

} // namespace

Reach reachOf(const MonitorReading &r)
{
    const auto whole = std::ranges::find_if(r.suppressors, &Suppressor::whole);
    if (whole != r.suppressors.end())
        return whole->kind == Suppressor::Kind::Draft ? Reach::Draft
            : whole->kind == Suppressor::Kind::Paused ? Reach::Paused
                                                      : Reach::Silenced;
    if (!r.monitor->constituents.isEmpty() && r.missing.size() == r.monitor->constituents.size())
        return Reach::Broken;
    // Datadog says that one is broken, not which.
    if (r.routes.size() == 1
        && std::ranges::contains(r.suppressors, Suppressor::Kind::BrokenReceiver, &Suppressor::kind))
        return Reach::Nobody;
    if (std::ranges::any_of(r.routes, [](const Route &route) { return route.handle.reachesPeople(); }))
        return Reach::Someone;
    return !r.routes.empty() || r.mayGoElsewhere ? Reach::Unclear : Reach::Nobody;
}

void MonitorReader::readRoutes(MonitorReading &reading) const
{
    const Monitor &m = *reading.monitor;
    const DatadogSnapshot &snapshot = m_evidence.datadog;
    if (m.source != Monitor::Source::Datadog) {
        for (const Receiver &r : m.receivers)
            addRoutes(reading, {{r.handle, handleKind(r.handle), r.onlyIf}}, Route::From::Routing);
        reading.mayGoElsewhere = !m.routingKnown;
        return;
    }
    addRoutes(reading, handlesIn(m, MonitorState::Alert), Route::From::Message);
    const SyntheticsTest *test = m.type == u"synthetics alert" ? testOf(m, snapshot) : nullptr;
    if (test)
        addRoutes(reading, handlesOnAlert(test->message), Route::From::Test, test->name);
    reading.mayGoElsewhere = snapshot.notificationRulesNotReadable
        || (m.type == u"synthetics alert" && !test && m.message.trimmed().isEmpty());
    for (const NotificationRule &rule : snapshot.notificationRules) {
        reading.mayGoElsewhere = reading.mayGoElsewhere || !rule.understood;
        addRoutes(reading, handlesFor(rule, m), Route::From::Rule, rule.name);
    }
    openTeams(reading, snapshot);
}

/// "service:id-auth AND env:prod": whatever the service's alerts are, they are within it.
bool MonitorReader::holdsForService(const QString &scope) const
{
    const QueryPart part = parseScope(scope);
    return !part.scope.empty() && std::ranges::all_of(part.scope, [&](const ScopeTerm &t) {
        MonitorQuery alone;
        alone.parts.emplace_back().scope = {t};
        const bool here = (t.key == u"service" && m_names.isService(t.value))
            || environmentOf(Monitor(), alone) == WatchedEnvironment::Production;
        return here && !t.negative && !t.alternative;
    });
}

void MonitorReader::readSuppressors(MonitorReading &reading) const
{
    using Kind = Suppressor::Kind;
    const Monitor &m = *reading.monitor;
    auto &found = reading.suppressors;
    if (m.draft)
        found.push_back({Kind::Draft, true, {"下書き", "a draft"}, {}, m.file, m.placeOf(u"draft_status"_s)});
    for (const Silence &s : m.silences) {
        found.push_back({s.kind == Silence::Kind::Muted ? Kind::Silenced : Kind::Downtime,
                         s.forEver() && (s.everything() || holdsForService(s.scope)), silenceText(s), s.until,
                         s.file, s.span});
    }
    const bool whole =
        std::ranges::any_of(m.silences, [](const Silence &s) { return s.everything() && s.forEver(); });
    if (m.silencedForever && !whole)
        found.push_back({Kind::Silenced,
                         true,
                         {"無期限の消音", "muted without end"},
                         {},
                         m.file,
                         m.placeOf(u"options.silenced"_s)});
    if (m.silencedPartly && m.silences.empty())
        found.push_back({Kind::Silenced,
                         false,
                         {"一部または期限付きの消音", "muted in part, or for a time"},
                         {},
                         m.file,
                         m.placeOf(u"options.silenced"_s)});
    if (m.qualityIssues.contains(u"broken_at_handle"_s))
        found.push_back(
            {Kind::BrokenReceiver,
             false,
             {"宛先が壊れていると Datadog が言っています", "Datadog says that a receiver is broken"},
             {},
             m.file,
             m.placeOf(u"message"_s)});
    const SyntheticsTest *test = testOf(m, m_evidence.datadog);
    if (test && !test->live)
        found.push_back({Kind::Paused,
                         true,
                         Text{"試験「%1」が停止中", "its test \"%1\" is paused"}.arg(test->name),
                         {},
                         test->file,
                         test->span});
}

void MonitorReader::readRunbook(MonitorReading &reading) const
{
    const Monitor &m = *reading.monitor;
    const SyntheticsTest *test = m.type == u"synthetics alert" ? testOf(m, m_evidence.datadog) : nullptr;
    Monitor told = m;
    if (test)
        told.message += u'\n' + test->message;
    reading.runbook = runbookOf(told, m_guides, m_evidence.service.id, m_runbooks);
}

} // namespace tenken
