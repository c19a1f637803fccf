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

struct Watcher {
    bool watches = false;
    bool sure = false;
};

/// Finds what watches one need after the other.
class NeedReader
{
public:
    NeedReader(const Coverage &coverage, MonitorReader &reader)
        : m_coverage(coverage), m_reader(reader), m_service(reader.evidence().service)
    {
    }

    NeedCoverage ofSignal(Need need, Signal wanted, std::optional<Signal> lesser);
    NeedCoverage ofHighLoad();
    NeedCoverage ofBatch();
    NeedCoverage ofDependency(const Dependency &dependency);

private:
    Watcher watcher(const Monitor &monitor, const Dependency &dependency, bool own);
    bool coversKind(const QueryPart &part, const Dependency &dependency) const;
    bool isBatch(const Monitor &monitor);

    const Coverage &m_coverage;
    MonitorReader &m_reader;
    const Service &m_service;
};

// A metric of its kind without a resource in the scope covers it where it is the only one of that kind, or
// where every resource is looked at for itself.
bool NeedReader::coversKind(const QueryPart &part, const Dependency &dependency) const
{
    const auto kin = std::ranges::count_if(*m_service.dependencies, [&](const Dependency &d) {
        return d.id == dependency.id || isSameKind(d, dependency);
    });
    const QString service = m_service.id.toLower();
    const bool scoped = std::ranges::any_of(part.scope, [&](const ScopeTerm &t) {
        return t.key == u"service" && !t.negative && !t.alternative
            && (t.value == service || m_service.aliases.contains(t.value, Qt::CaseInsensitive));
    });
    return !part.either && ((scoped && kin == 1) || looksAtEach(part));
}

Watcher NeedReader::watcher(const Monitor &m, const Dependency &dependency, bool own)
{
    Watcher found;
    if (m_reader.parsed(m).environment == WatchedEnvironment::Other)
        return found;
    for (const Monitor *part : m_reader.partsThatAlert(m)) {
        const ParsedMonitor &parsed = m_reader.parsed(*part);
        if (parsed.environment == WatchedEnvironment::Other)
            continue;
        const auto told = signalsOf(parsed.query);
        const bool tells = std::ranges::any_of(told, [](Signal s) { return s != Signal::Other; });
        if (tells && own && isTagged(part->tags, dependency))
            return {true, true};
        for (const QueryPart &q : parsed.query.watched()) {
            const Watches w = watches(q, dependency, *m_service.dependencies);
            if (w == Watches::Named || (w == Watches::Kind && own && coversKind(q, dependency)))
                return {true, true};
            found.watches =
                found.watches || w == Watches::Perhaps || (w == Watches::Kind && (own || mayLookAtEach(q)));
        }
    }
    return found;
}

NeedCoverage NeedReader::ofDependency(const Dependency &dependency)
{
    NeedCoverage need{{Need::Kind::Dependency, u"dependency:"_s + dependency.id,
                       u"monitoring.alert-dependencies"_s,
                       Text{"依存先 %1", "dependency %1"}.arg(dependency.id), &dependency}};
    for (const auto &r : m_coverage.readings) {
        // A person's no is heard here too.
        if (r->said && !r->said->belongs)
            continue;
        const Watcher found = watcher(*r->monitor, dependency, r->belongs == Belongs::Yes);
        if (found.watches)
            (found.sure ? need.evidence : need.near).push_back(r.get());
    }
    return need;
}

NeedCoverage NeedReader::ofSignal(Need wanted, Signal signal, std::optional<Signal> lesser)
{
    NeedCoverage need{std::move(wanted)};
    for (const auto &r : m_coverage.readings) {
        const bool tells = std::ranges::contains(r->watched, signal);
        if (r->belongs == Belongs::Yes && tells)
            need.evidence.push_back(r.get());
        else if (r->belongs == Belongs::Yes && lesser && std::ranges::contains(r->watched, *lesser))
            need.lesser.push_back(r.get());
        else if (r->belongs == Belongs::NameOnly && tells)
            need.near.push_back(r.get());
    }
    return need;
}

NeedCoverage NeedReader::ofHighLoad()
{
    NeedCoverage need{
        {Need::Kind::HighLoad, u"high-load"_s, u"performance.alert-response"_s, {"高負荷", "high load"}, {}}};
    for (const auto &r : m_coverage.readings) {
        if (r->highLoad && r->belongs != Belongs::No)
            (r->belongs == Belongs::Yes ? need.evidence : need.near).push_back(r.get());
    }
    return need;
}

bool isJobKey(const QString &key)
{
    static const QStringList keys = {"kube_cronjob", "kube_cron_job", "kube_job", "cronjob", "job_name"};
    return keys.contains(key);
}

// A part that rises when jobs succeed says nothing when they fail; one that falls does. With failures it is
// the other way round, and what is merely there says neither.
bool tellsOfFailure(const MonitorQuery &query)
{
    static const QRegularExpression success(u"succe(ss|eded)|complet"_s), failure(u"fail|error"_s);
    static const QRegularExpression state(
        u"[._](active|info|labels|created|suspend|parallelism|owner)$|[._]spec[._]"_s);
    return std::ranges::any_of(query.watched(), [&](const QueryPart &p) {
        const bool rising = firesRising(p, query.comparator);
        const bool fails = failure.match(p.metric).hasMatch();
        return fails                             ? rising
            : success.match(p.metric).hasMatch() ? !rising
                                                 : !state.match(p.metric).hasMatch();
    });
}

// Every job, unless the scope names some and not this one.
bool watchesJob(const MonitorQuery &query, const QString &name)
{
    return std::ranges::any_of(query.watched(), [&](const QueryPart &part) {
        bool named = false, meant = false;
        for (const ScopeTerm &term : part.scope) {
            if (!isJobKey(term.key))
                continue;
            const auto pattern = QRegularExpression::fromWildcard(term.value, Qt::CaseInsensitive);
            // Jobs are called after their CronJob: "purge-28012345".
            const bool match = pattern.match(name).hasMatch()
                || (term.key == u"kube_job" && pattern.match(name + u"-0"_s).hasMatch());
            if (term.negative && match)
                return false;
            named = named || !term.negative;
            meant = meant || (match && !term.negative);
        }
        return !named || meant;
    });
}

bool NeedReader::isBatch(const Monitor &monitor)
{
    return std::ranges::any_of(m_reader.partsThatAlert(monitor), [&](const Monitor *part) {
        const MonitorQuery &query = m_reader.parsed(*part).query;
        return std::ranges::contains(signalsOf(query), Signal::Batch) && tellsOfFailure(query);
    });
}

NeedCoverage NeedReader::ofBatch()
{
    NeedCoverage need{{Need::Kind::Batch,
                       u"batch"_s,
                       u"monitoring.alert-batch"_s,
                       {"バッチの失敗", "failing batch jobs"},
                       {}}};
    std::vector<const Monitor *> watching;
    for (const auto &r : m_coverage.readings) {
        if (r->belongs == Belongs::No || !isBatch(*r->monitor))
            continue;
        const bool own = r->belongs == Belongs::Yes;
        (own ? need.evidence : need.near).push_back(r.get());
        if (own)
            std::ranges::copy(m_reader.partsThatAlert(*r->monitor), std::back_inserter(watching));
    }
    for (const KubeObject *job : cronJobsOf(m_reader.evidence())) {
        if (std::ranges::none_of(
                watching, [&](const Monitor *m) { return watchesJob(m_reader.parsed(*m).query, job->name); }))
            need.unwatched.push_back(job);
    }
    return need;
}

} // namespace

std::vector<NeedCoverage> needsOf(const Evidence &evidence, const Coverage &coverage, MonitorReader &reader)
{
    NeedReader needs(coverage, reader);
    std::vector<NeedCoverage> found;
    found.push_back(needs.ofSignal(
        {Need::Kind::ServerErrors, u"5xx"_s, u"monitoring.alert-5xx"_s, sameText(u"5xx"_s), {}},
        Signal::ServerErrors, Signal::Errors));
    found.push_back(needs.ofSignal(
        {Need::Kind::Latency, u"latency"_s, u"monitoring.alert-latency"_s, {"遅延", "latency"}, {}},
        Signal::Latency, {}));
    found.push_back(needs.ofBatch());
    if (const auto &declared = evidence.service.dependencies) {
        for (const Dependency &d : *declared)
            found.push_back(needs.ofDependency(d));
    }
    found.push_back(needs.ofHighLoad());
    for (NeedCoverage &need : found)
        answer(need, coverage);
    NeedCoverage &batch =
        *std::ranges::find(found, u"batch"_s, [](const NeedCoverage &n) { return n.need.id; });
    const auto &declared = evidence.service.batch;
    if (declared && !*declared) {
        batch.answer = cronJobsOf(evidence).empty() ? CoverageAnswer::NotNeeded : CoverageAnswer::NotReadable;
        batch.reasons = {{{"`batch: none` と宣言されています。", "`batch: none` is declared."},
                          evidence.service.file,
                          declared.span,
                          nullptr}};
    } else if (!declared && batch.evidence.empty() && batch.near.empty() && cronJobsOf(evidence).empty()) {
        batch.answer = CoverageAnswer::NotReadable;
        batch.reasons = {
            {{"バッチの有無が宣言されていません。", "Whether there are batch jobs is not declared."},
             evidence.service.file,
             {},
             nullptr}};
    }
    return found;
}

} // namespace tenken
