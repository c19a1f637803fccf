// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverageparts.h>
#include <analysis/dependencies.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QStringList resourcesOf(const Evidence &evidence)
{
    QStringList resources = evidence.service.aliases + kubernetesTags(*evidence.manifests, evidence.service);
    for (const KubeObject *job : cronJobsOf(*evidence.manifests))
        resources << u"kube_cronjob:"_s + job->name << u"kube_cron_job:"_s + job->name;
    return resources;
}

void addRoutes(MonitorReading &reading, const std::vector<Handle> &handles, Route::From from,
               const QString &by = {})
{
    for (const Handle &handle : handles) {
        const auto known = std::ranges::find_if(
            reading.routes, [&](const Route &r) { return r.handle.text == handle.text; });
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

Reach reachOf(const MonitorReading &r)
{
    const auto whole = std::ranges::find_if(r.suppressors, &Suppressor::whole);
    if (whole != r.suppressors.end())
        return whole->kind == Suppressor::Kind::Draft ? Reach::Draft
            : whole->kind == Suppressor::Kind::Paused ? Reach::Paused
                                                      : Reach::Silenced;
    if (!r.monitor->constituents.isEmpty() && r.missing.size() == r.monitor->constituents.size())
        return Reach::Broken;
    if (std::ranges::any_of(r.routes, [](const Route &route) { return route.handle.reachesPeople(); }))
        return Reach::Someone;
    return !r.routes.empty() || r.mayGoElsewhere ? Reach::Unclear : Reach::Nobody;
}

Text silenceText(const Silence &silence)
{
    const Text what = silence.kind == Silence::Kind::Muted ? Text{"消音", "muted"}
                                                           : Text{"ダウンタイム", "downtime"};
    const Text scope = silence.everything() ? Text{} : Text{"（%1）", " for %1"}.arg(silence.scope);
    const Text until = silence.recurring ? Text{"・繰り返し", ", recurring"}
        : silence.forEver() ? Text{"・無期限", " without end"}
                            : Text{"・%1 まで", " until %1"}.arg(silence.until.date().toString(Qt::ISODate));
    return Text{"%1%2%3", "%1%2%3"}.arg(what, scope, until);
}

} // namespace

std::vector<const KubeObject *> cronJobsOf(const Manifests &manifests)
{
    std::vector<const KubeObject *> jobs;
    for (const Workload &w : manifests.workloads) {
        if (w.object.kind == u"CronJob" && w.object.nameSpace != u"kube-system")
            jobs.push_back(&w.object);
    }
    return jobs;
}

MonitorReader::MonitorReader(const Evidence &evidence)
    : m_evidence(evidence), m_names(serviceNames(evidence.service.id, resourcesOf(evidence))),
      m_guides(guidesOf(evidence, u"oncall"_s))
{
    for (const Monitor &m : evidence.datadog.monitors)
        m_byId.insert(m.id, &m);
    for (const MonitorLink &link : evidence.monitorLinks)
        m_links.insert(link.id, &link); // the last word counts
}

const ParsedMonitor &MonitorReader::parsed(const Monitor &monitor)
{
    const auto it = m_parsed.find(&monitor);
    if (it != m_parsed.end())
        return it->second;
    ParsedMonitor parsed{parseMonitorQuery(monitor)};
    parsed.belongs = belongsTo(monitor, parsed.query, m_names);
    parsed.environment = environmentOf(monitor, parsed.query);
    return m_parsed.emplace(&monitor, std::move(parsed)).first->second;
}

std::vector<const Monitor *> MonitorReader::constituents(const Monitor &composite, QStringList *missing) const
{
    std::vector<const Monitor *> parts;
    for (const QString &id : composite.constituents) {
        if (const Monitor *part = m_byId.value(id))
            parts.push_back(part);
        else if (missing)
            missing->push_back(id);
    }
    return parts;
}

std::vector<const Monitor *> MonitorReader::partsThatAlert(const Monitor &m) const
{
    if (m.constituents.isEmpty())
        return {&m};
    std::vector<const Monitor *> parts = constituents(m);
    std::erase_if(parts, [&](const Monitor *part) {
        const QRegularExpression negated(u"!\\s*%1\\b"_s.arg(part->id));
        return negated.match(m.query).hasMatch();
    });
    const bool any = m.query.contains(u"||") || m.constituents.size() == 1;
    return any ? parts : std::vector<const Monitor *>{};
}

const MonitorLink *MonitorReader::linkOf(const Monitor &monitor) const
{
    return monitor.id.isEmpty() ? nullptr : m_links.value(monitor.id);
}

// A person's word first; composites belong to the service too when all that they are made of does.
Belongs MonitorReader::belongs(const Monitor &monitor)
{
    if (const MonitorLink *link = linkOf(monitor))
        return link->belongs ? Belongs::Yes : Belongs::No;
    const Belongs own = parsed(monitor).belongs;
    if (own == Belongs::Yes || monitor.constituents.isEmpty())
        return own;
    QStringList missing;
    const auto parts = constituents(monitor, &missing);
    const bool all = missing.isEmpty() && std::ranges::all_of(parts, [&](const Monitor *p) {
        const MonitorLink *link = linkOf(*p);
        return link ? link->belongs : parsed(*p).belongs == Belongs::Yes;
    });
    return all ? Belongs::Yes : own;
}

bool MonitorReader::watchesDependency(const Monitor &monitor)
{
    const auto &declared = m_evidence.service.dependencies;
    if (!declared || parsed(monitor).environment == WatchedEnvironment::Other)
        return false;
    return std::ranges::any_of(parsed(monitor).query.parts, [&](const QueryPart &part) {
        return std::ranges::any_of(*declared, [&](const Dependency &d) {
            return watches(part, d, *declared) == Watches::Named;
        });
    });
}

// A composite joined by || alerts with each of its parts; one joined by && only for what all of them watch,
// for alone none of them is enough. `!id` watches the opposite.
std::vector<Signal> MonitorReader::signalsWithParts(const Monitor &m)
{
    if (m.constituents.isEmpty())
        return signalsOf(parsed(m).query);
    std::vector<Signal> found;
    bool first = true;
    for (const Monitor *part : constituents(m)) {
        const QRegularExpression negated(u"!\\s*%1\\b"_s.arg(part->id));
        std::vector<Signal> own;
        if (belongs(*part) == Belongs::Yes && !negated.match(m.query).hasMatch())
            own = signalsOf(parsed(*part).query);
        if (first || m.query.contains(u"||"))
            std::ranges::copy(own, std::back_inserter(found));
        else
            std::erase_if(found, [&](Signal s) { return std::ranges::find(own, s) == own.end(); });
        first = false;
    }
    return found;
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
        if (appliesTo(rule, m))
            addRoutes(reading, handlesOf(rule), Route::From::Rule, rule.name);
    }
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
                         s.everything() && s.forEver(), silenceText(s), s.until, s.file, s.span});
    }
    const bool whole = std::ranges::any_of(m.silences, [](const Silence &s) { return s.everything() && s.forEver(); });
    if (m.silencedForever && !whole)
        found.push_back({Kind::Silenced, true, {"無期限の消音", "muted without end"}, {}, m.file,
                         m.placeOf(u"options.silenced"_s)});
    if (m.silencedPartly && m.silences.empty())
        found.push_back({Kind::Silenced, false, {"一部または期限付きの消音", "muted in part, or for a time"}, {},
                         m.file, m.placeOf(u"options.silenced"_s)});
    const SyntheticsTest *test = testOf(m, m_evidence.datadog);
    if (test && !test->live)
        found.push_back({Kind::Paused, true, Text{"試験「%1」が停止中", "its test \"%1\" is paused"}.arg(test->name),
                         {}, test->file, test->span});
}

void MonitorReader::readDoubts(MonitorReading &reading)
{
    const Monitor &m = *reading.monitor;
    reading.doubts = doubtsAbout(m, parsed(m).query);
    reading.remarks = remarksOn(m, parsed(m).query);
    reading.watchesAnother = watchesAnother(parsed(m).query, m_names);
    reading.environmentUnclear = parsed(m).environment == WatchedEnvironment::Unclear;
    if (!reading.missing.isEmpty())
        reading.doubts.push_back(Text{"元の監視 %1 がありません。", "Its constituent %1 is missing."}.arg(
            reading.missing.join(u", "_s)));
}

std::unique_ptr<MonitorReading> MonitorReader::read(const Monitor &monitor)
{
    auto reading = std::make_unique<MonitorReading>();
    reading->monitor = &monitor;
    reading->said = linkOf(monitor);
    reading->belongs = belongs(monitor);
    if (reading->belongs == Belongs::No && !reading->said && !watchesDependency(monitor))
        return nullptr;
    constituents(monitor, &reading->missing);
    reading->watched = signalsWithParts(monitor);
    reading->highLoad = monitor.constituents.isEmpty()
        ? tellsHighLoad(parsed(monitor).query)
        : std::ranges::any_of(constituents(monitor),
                              [&](const Monitor *p) { return tellsHighLoad(parsed(*p).query); });
    readRoutes(*reading);
    readSuppressors(*reading);
    reading->runbook = runbookOf(monitor, m_guides, m_evidence.service.id);
    readDoubts(*reading);
    reading->reach = reachOf(*reading);
    reading->reachesSomeone = reading->reach == Reach::Someone;
    return reading;
}

} // namespace tenken
