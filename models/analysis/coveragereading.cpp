// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/compositequery.h>
#include <analysis/coverageparts.h>
#include <analysis/dependencies.h>
#include <analysis/sloquery.h>

#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QStringList resourcesOf(const Evidence &evidence)
{
    QStringList resources = evidence.service.aliases;
    if (evidence.manifests)
        resources += kubernetesTags(*evidence.manifests, evidence.service);
    for (const KubeObject *job : cronJobsOf(evidence))
        resources << u"kube_cronjob:"_s + job->name << u"kube_cron_job:"_s + job->name;
    return resources;
}

ServiceNames namesFrom(const Evidence &evidence)
{
    const Service &service = evidence.service;
    ServiceNames names = serviceNames(service.id, resourcesOf(evidence));
    if (!service.team.isEmpty())
        names.around << u"team:"_s + service.team.toLower() << u"owner:"_s + service.team.toLower();
    if (evidence.manifests) {
        names.around += namespaceTags(*evidence.manifests, service);
        for (const QString &tag : nearbyTags(*evidence.manifests, service))
            names.nearby << tag.toLower();
    }
    return names;
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

// What is sent to a team goes where the team's own rules say; a team without known rules stays as it is.
void openTeams(MonitorReading &reading, const DatadogSnapshot &snapshot)
{
    const std::vector<Route> told = reading.routes;
    for (const Route &route : told) {
        const QString handle = route.handle.text.startsWith(u"@team-") ? route.handle.text.sliced(6) : QString();
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

QStringList cataloguedRunbooks(const Evidence &evidence)
{
    QStringList urls;
    for (const CatalogueEntry &entry : evidence.datadog.catalogue) {
        const bool own = entry.name.compare(evidence.service.id, Qt::CaseInsensitive) == 0
            || evidence.service.aliases.contains(entry.name, Qt::CaseInsensitive);
        for (const CatalogueLink &link : entry.links) {
            if (own && link.type == u"runbook")
                urls << link.url;
        }
    }
    return urls;
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
    // Datadog says that one is broken, not which.
    if (r.routes.size() == 1 && std::ranges::contains(r.suppressors, Suppressor::Kind::BrokenReceiver, &Suppressor::kind))
        return Reach::Nobody;
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

std::vector<const KubeObject *> cronJobsOf(const Evidence &evidence)
{
    std::vector<const KubeObject *> jobs;
    if (!evidence.manifests)
        return jobs;
    for (const Workload &w : evidence.manifests->workloads) {
        if (w.object.kind == u"CronJob" && w.object.nameSpace != u"kube-system")
            jobs.push_back(&w.object);
    }
    return jobs;
}

namespace
{

/// "users*", "*-db": a pattern, not the "{*}" of everything.
bool hasPattern(const QString &query)
{
    for (qsizetype at = query.indexOf(u'*'); at >= 0; at = query.indexOf(u'*', at + 1)) {
        const auto isWord = [&](qsizetype i) {
            return i >= 0 && i < query.size() && (query.at(i).isLetterOrNumber() || u"-_.*"_s.contains(query.at(i)));
        };
        if (isWord(at - 1) || isWord(at + 1))
            return true;
    }
    return false;
}

/// What a monitor has to name somewhere to have anything to do with the service.
QStringList wordsOf(const ServiceNames &names, const Service &service)
{
    QStringList words = names.names;
    for (const QString &tag : names.tags + names.nearby)
        words << tag.section(u':', 1);
    for (const Dependency &d : service.dependencies ? *service.dependencies : std::vector<Dependency>())
        words << d.id << d.host.section(u':', 0, 0).section(u'.', 0, 0);
    words.removeAll(QString());
    words.removeDuplicates();
    return words;
}

} // namespace

// Most monitors of an organisation are other services': they are told by their text, before any query is
// taken apart. Whatever names nobody (a group by service, a pattern, a formula) is looked at.
bool MonitorReader::mayConcern(const Monitor &m) const
{
    if (m.source != Monitor::Source::Datadog || m.type == u"slo alert" || !m.constituents.isEmpty()
        || m.query.contains(u"formula(") || hasPattern(m.query))
        return true;
    static const QRegularExpression groups(u"\\bby\\s*[{(][^})]*(?:service|deployment|\\bapp|workload|destination_)"_s, QRegularExpression::CaseInsensitiveOption);
    return groups.match(m.query).hasMatch() || std::ranges::any_of(m_words, [&](const QString &word) {
        const auto in = [&](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
        return in(m.query) || in(m.name) || in(m.message) || std::ranges::any_of(m.tags, in);
    });
}

MonitorReader::MonitorReader(const Evidence &evidence)
    : m_evidence(evidence), m_names(namesFrom(evidence)),
      m_guides(guidesOf(evidence, u"oncall"_s)), m_runbooks(cataloguedRunbooks(evidence)), m_words(wordsOf(m_names, evidence.service))
{
    for (const Monitor &m : evidence.datadog.monitors)
        m_byId.insert(m.id, &m);
    for (const MonitorLink &link : evidence.monitorLinks) {
        if (!link.unclear)
            m_links.insert(link.id, &link); // the last word counts
    }
}

const ParsedMonitor &MonitorReader::parsed(const Monitor &monitor)
{
    const auto it = m_parsed.find(&monitor);
    if (it != m_parsed.end())
        return it->second;
    ParsedMonitor parsed{parseMonitorQuery(monitor)};
    const Slo *slo = monitor.type == u"slo alert" ? sloOf(monitor, m_evidence.datadog.slos) : nullptr;
    Monitor named = monitor;
    if (slo) {
        const auto threshold = parsed.query.threshold;
        parsed.query = queryOf(*slo);
        parsed.query.threshold = threshold;
        named.tags += slo->tags;
    }
    parsed.belongs = belongsTo(named, parsed.query, m_names);
    parsed.environment = environmentOf(named, parsed.query);
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

// `1 || 2` alerts with each of its parts, `1 && 2` with none alone; `1 && !3` with 1, unless 3 does too.
std::vector<const Monitor *> MonitorReader::partsThatAlert(const Monitor &m) const
{
    if (m.constituents.isEmpty())
        return {&m};
    std::vector<const Monitor *> parts = constituents(m);
    std::erase_if(parts, [&](const Monitor *part) { return !alertsWith(m.query, {part->id}); });
    return parts;
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
    const auto isOwn = [&](const Monitor *p) {
        const MonitorLink *link = linkOf(*p);
        return link ? link->belongs : parsed(*p).belongs == Belongs::Yes;
    };
    if (missing.isEmpty() && std::ranges::all_of(parts, isOwn))
        return Belongs::Yes;
    return std::ranges::any_of(parts, isOwn) ? Belongs::NameOnly : own;
}

bool MonitorReader::watchesDependency(const Monitor &monitor)
{
    const auto &declared = m_evidence.service.dependencies;
    if (!declared || parsed(monitor).environment == WatchedEnvironment::Other)
        return false;
    return std::ranges::any_of(partsThatAlert(monitor), [&](const Monitor *alerting) {
        return std::ranges::any_of(parsed(*alerting).query.parts, [&](const QueryPart &part) {
            return std::ranges::any_of(
                *declared, [&](const Dependency &d) { return watches(part, d, *declared) == Watches::Named; });
        });
    });
}

// An objective made of monitors burns when any of them alerts.
std::vector<Signal> MonitorReader::signalsOfSlo(const Monitor &alert)
{
    std::vector<Signal> found = signalsOf(parsed(alert).query);
    const Slo *slo = sloOf(alert, m_evidence.datadog.slos);
    for (const QString &id : slo ? slo->monitorIds : QStringList()) {
        const Monitor *part = m_byId.value(id);
        if (part && part->type != u"slo alert" && belongs(*part) == Belongs::Yes)
            std::ranges::copy(signalsOf(parsed(*part).query), std::back_inserter(found));
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

// A composite watches what it alerts of when the parts that watch it alert, and none besides.
std::vector<Signal> MonitorReader::signalsWithParts(const Monitor &m)
{
    if (m.type == u"slo alert")
        return signalsOfSlo(m);
    if (m.constituents.isEmpty())
        return signalsOf(parsed(m).query);
    std::map<Signal, QStringList> watching;
    for (const Monitor *part : constituents(m)) {
        if (belongs(*part) != Belongs::Yes)
            continue;
        for (const Signal s : signalsOf(parsed(*part).query))
            watching[s] << part->id;
    }
    std::vector<Signal> found;
    for (const auto &[signal, parts] : watching) {
        if (alertsWith(m.query, parts))
            found.push_back(signal);
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
                         s.forEver() && (s.everything() || holdsForService(s.scope)), silenceText(s), s.until, s.file, s.span});
    }
    const bool whole = std::ranges::any_of(m.silences, [](const Silence &s) { return s.everything() && s.forEver(); });
    if (m.silencedForever && !whole)
        found.push_back({Kind::Silenced, true, {"無期限の消音", "muted without end"}, {}, m.file,
                         m.placeOf(u"options.silenced"_s)});
    if (m.silencedPartly && m.silences.empty())
        found.push_back({Kind::Silenced, false, {"一部または期限付きの消音", "muted in part, or for a time"}, {},
                         m.file, m.placeOf(u"options.silenced"_s)});
    if (m.qualityIssues.contains(u"broken_at_handle"_s))
        found.push_back({Kind::BrokenReceiver, false, {"宛先が壊れていると Datadog が言っています", "Datadog says that a receiver is broken"},
                         {}, m.file, m.placeOf(u"message"_s)});
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

void MonitorReader::readRunbook(MonitorReading &reading) const
{
    const Monitor &m = *reading.monitor;
    const SyntheticsTest *test = m.type == u"synthetics alert" ? testOf(m, m_evidence.datadog) : nullptr;
    Monitor told = m;
    if (test)
        told.message += u'\n' + test->message;
    reading.runbook = runbookOf(told, m_guides, m_evidence.service.id, m_runbooks);
}

std::unique_ptr<MonitorReading> MonitorReader::read(const Monitor &monitor)
{
    if (!linkOf(monitor) && !mayConcern(monitor))
        return nullptr;
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
    readRunbook(*reading);
    reading->opaque = !reading->missing.isEmpty()
        || (monitor.type == u"slo alert" && !sloOf(monitor, m_evidence.datadog.slos));
    readDoubts(*reading);
    if (monitor.query.contains(u'!') && !monitor.constituents.isEmpty())
        reading->doubts.push_back({"否定 (!) した監視が鳴っている間は鳴りません。", "It stays quiet while a part behind `!` alerts."});
    reading->reach = reachOf(*reading);
    reading->reachesSomeone = reading->reach == Reach::Someone;
    return reading;
}

} // namespace tenken
