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
        resources << u"kube_cronjob:"_s + job->name << u"kube_cron_job:"_s + job->name
                  << u"kube_job:"_s + job->name;
    return resources;
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

} // namespace

ServiceNames serviceNames(const Evidence &evidence)
{
    const Service &service = evidence.service;
    ServiceNames names = serviceNames(service.id, resourcesOf(evidence));
    if (!service.team.isEmpty())
        names.around << u"team:"_s + service.team.toLower() << u"owner:"_s + service.team.toLower();
    if (evidence.manifests) {
        names.around += namespaceTags(*evidence.manifests, service);
        names.scraped = scrapedTags(*evidence.manifests, service);
        for (const QString &tag : nearbyTags(*evidence.manifests, service))
            names.nearby << tag.toLower();
    }
    return names;
}

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
            return i >= 0 && i < query.size()
                && (query.at(i).isLetterOrNumber() || u"-_.*"_s.contains(query.at(i)));
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
    for (const QString &tag :
         names.tags + names.nearby + names.scraped + names.around.filter(u"kube_namespace:"_s))
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
    static const QRegularExpression groups(
        u"\\bby\\s*[{(][^})]*(?:service|deployment|\\bapp|workload|destination_|identifier|cluster_?id|queue|topic|table)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return groups.match(m.query).hasMatch() || std::ranges::any_of(m_words, [&](const QString &word) {
               const auto in = [&](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
               return in(m.query) || in(m.name) || in(m.message) || std::ranges::any_of(m.tags, in);
           });
}

MonitorReader::MonitorReader(const Evidence &evidence)
    : m_evidence(evidence),
      m_names(serviceNames(evidence)),
      m_guides(guidesOf(evidence, u"oncall"_s)),
      m_runbooks(cataloguedRunbooks(evidence)),
      m_words(wordsOf(m_names, evidence.service))
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

// A person's word first; composites belong to the service too when all that they are made of does, or when
// what is the service's among it is enough for them to alert.
Belongs MonitorReader::belongs(const Monitor &monitor)
{
    if (const MonitorLink *link = linkOf(monitor))
        return link->belongs ? Belongs::Yes : Belongs::No;
    const Belongs own = parsed(monitor).belongs;
    if (own == Belongs::Yes || monitor.constituents.isEmpty())
        return own;
    QStringList missing, ids;
    const auto parts = constituents(monitor, &missing);
    for (const Monitor *part : parts) {
        const MonitorLink *link = linkOf(*part);
        if (link ? link->belongs : parsed(*part).belongs == Belongs::Yes)
            ids << part->id;
    }
    const bool whole = missing.isEmpty() && ids.size() == qsizetype(parts.size());
    if (whole || (!ids.isEmpty() && alertsWith(monitor.query, ids)))
        return Belongs::Yes;
    return ids.isEmpty() ? own : Belongs::NameOnly;
}

bool MonitorReader::watchesDependency(const Monitor &monitor)
{
    const auto &declared = m_evidence.service.dependencies;
    if (!declared || parsed(monitor).environment == WatchedEnvironment::Other)
        return false;
    return std::ranges::any_of(partsThatAlert(monitor), [&](const Monitor *alerting) {
        return std::ranges::any_of(parsed(*alerting).query.parts, [&](const QueryPart &part) {
            return std::ranges::any_of(*declared, [&](const Dependency &d) {
                const Watches w = watches(part, d, *declared);
                return w >= Watches::Perhaps || (w == Watches::Kind && mayLookAtEach(part));
            });
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
        reading->doubts.push_back({"否定 (!) した監視が鳴っている間は鳴りません。",
                                   "It stays quiet while a part behind `!` alerts."});
    reading->reach = reachOf(*reading);
    reading->reachesSomeone = reading->reach == Reach::Someone;
    return reading;
}

} // namespace tenken
