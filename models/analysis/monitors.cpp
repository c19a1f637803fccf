// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <analysis/monitors.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

bool isResourceKey(const QString &key)
{
    static const QStringList keys = {"kube_deployment",
                                     "kube_stateful_set",
                                     "kube_daemon_set",
                                     "kube_namespace",
                                     "kube_app_name",
                                     "kube_app_instance",
                                     "kube_container_name",
                                     "kube_service",
                                     "kube_job",
                                     "kube_cronjob",
                                     "kube_cron_job",
                                     "deployment",
                                     "app",
                                     "app_name",
                                     "application",
                                     "loadbalancer",
                                     "targetgroup",
                                     "dbinstanceidentifier",
                                     "dbclusteridentifier",
                                     "cacheclusterid",
                                     "queuename",
                                     "functionname",
                                     "destination_service_name",
                                     "destination_workload",
                                     "destination_app",
                                     "destination_canonical_service"};
    return keys.contains(key);
}

// A container may be called anything, and an instance after its release.
bool namesWorkload(const QString &key)
{
    return key.startsWith(u"kube_") ? isResourceKey(key) && key != u"kube_namespace" && key != u"kube_container_name" && key != u"kube_app_instance"
                                    : key == u"deployment" || key.startsWith(u"app") || key.startsWith(u"destination_");
}

// Keys whose values say whose it is: what is grouped by service below one of them is not every service.
bool saysWhose(const QString &key)
{
    static const QStringList keys = {"team", "owner", "squad", "tribe", "project", "product", "domain", "namespace", "group", "tier", "system", "business_unit", "department"};
    return keys.contains(key) || isResourceKey(key);
}

enum class Mention { None, Perhaps, This, Another, Excluded };

bool fitsOneOf(const QString &value, const QStringList &names)
{
    const auto pattern = QRegularExpression::fromWildcard(value, Qt::CaseInsensitive);
    return std::ranges::any_of(names, [&](const QString &n) { return pattern.match(n).hasMatch(); });
}

bool beginsOneOf(const ScopeTerm &term, const ServiceNames &names)
{
    return term.prefix && std::ranges::any_of(names.names, [&](const QString &n) { return n.startsWith(term.value); });
}

/// What the terms of a scope say, all of which hold.
struct Said {
    bool excluded = false;
    bool service = false, workload = false, nameSpace = false; ///< this one's, by …
    bool byItsName = false; ///< called as the service is, not only after one of its objects
    bool anotherService = false, anotherWorkload = false, anotherNameSpace = false, anothers = false;
    bool perhaps = false; ///< one of several by OR, a pattern, a neighbour
    bool patternOfOthers = false, patternOfThis = false;
};

void readExclusion(const ScopeTerm &term, bool match, const ServiceNames &names, Said &said)
{
    const bool named = term.key == u"service" || namesWorkload(term.key);
    const bool pattern = named && ((term.value.contains(u'*') && fitsOneOf(term.value, names.names)) || beginsOneOf(term, names));
    said.excluded = said.excluded || (!term.alternative && (match || pattern || names.around.contains(term.key + u':' + term.value)));
}

void readTerm(const ScopeTerm &term, const ServiceNames &names, Said &said)
{
    const bool service = term.key == u"service";
    const QString tag = term.key + u':' + term.value;
    const bool named = (service || isResourceKey(term.key)) && names.isService(term.value);
    const bool match = named || names.tags.contains(tag);
    if (term.negative)
        return readExclusion(term, match, names, said);
    if (term.alternative || names.nearby.contains(tag)) {
        said.perhaps = said.perhaps || match || names.nearby.contains(tag);
        said.anothers = said.anothers || names.nearby.contains(tag);
        return;
    }
    if (term.value.startsWith(u'$') || term.value == u"*")
        return;
    if (match) {
        (service ? said.service : term.key == u"kube_namespace" ? said.nameSpace : said.workload) = true;
        said.byItsName = said.byItsName || named;
    } else if (beginsOneOf(term, names) && (service || namesWorkload(term.key))) {
        said.patternOfThis = true;
    } else if (term.value.contains(u'*')) {
        const bool fits = service && fitsOneOf(term.value, names.names);
        said.patternOfThis = said.patternOfThis || fits;
        said.patternOfOthers = said.patternOfOthers || (service && !fits);
    } else {
        said.anotherService = said.anotherService || service;
        said.anotherWorkload = said.anotherWorkload || namesWorkload(term.key);
        said.anotherNameSpace = said.anotherNameSpace || (term.key == u"kube_namespace" && !names.around.contains(tag));
        said.anothers = said.anothers || (saysWhose(term.key) && !names.around.contains(tag));
    }
}

bool isGroupedByOwner(const QueryPart &part)
{
    static const QStringList keys = {"kube_deployment", "kube_app_name", "kube_service", "deployment", "app", "application", "job",
                                     "destination_service_name", "destination_workload", "destination_app", "destination_canonical_service", "workload"};
    return part.eachSeries || std::ranges::any_of(part.groupBy, [](const QString &g) { return keys.contains(g); });
}

Mention mentionIn(const QueryPart &part, const ServiceNames &names)
{
    Said said;
    for (const ScopeTerm &term : part.scope)
        readTerm(term, names, said);
    if (said.excluded)
        return Mention::Excluded;
    if (part.either)
        return said.perhaps ? Mention::Perhaps : Mention::None;
    if (said.service)
        return Mention::This;
    // "service:cart" in a namespace of that name is another one; a label of a scraped service is not so sure.
    if (said.anotherService)
        return said.workload ? Mention::Perhaps : Mention::Another;
    // Its Deployment "web" is not the "web" of another namespace.
    const bool foreign = said.anotherNameSpace && !said.byItsName && names.around.join(u' ').contains(u"kube_namespace:");
    if (said.workload)
        return foreign ? Mention::Perhaps : Mention::This;
    if (said.nameSpace)
        return said.anotherWorkload ? Mention::Perhaps : Mention::This;
    if (said.perhaps)
        return Mention::Perhaps;
    const bool wildcard = std::ranges::any_of(part.scope, [](const ScopeTerm &t) {
        return t.key == u"service" && !t.negative && t.value.startsWith(u'$');
    });
    if (said.patternOfOthers)
        return Mention::Another;
    // Every service on its own: this one too, unless the scope is of somebody else's.
    if (part.groupBy.contains(u"service"_s) && !wildcard)
        return said.anothers ? Mention::Perhaps : Mention::This;
    return said.patternOfThis || (isGroupedByOwner(part) && !said.anothers && !wildcard) ? Mention::Perhaps : Mention::None;
}

WatchedEnvironment environmentNamed(const QString &value)
{
    static const QStringList other = {
        "stg",     "stage",   "staging", "dev",           "develop",       "development", "test",
        "testing", "qa",      "uat",     "sandbox",       "sbx",           "local",       "ci",
        "preview", "demo",    "perf",    "load",          "loadtest",      "integration", "non",
        "pre",     "nonprod", "preprod", "nonproduction", "preproduction", "review",      "canary"};
    static const QStringList production = {"prod", "prd", "production", "live"};
    static const QRegularExpression separator(u"[-_./]"_s);
    const QStringList words = value.split(separator, Qt::SkipEmptyParts);
    const auto any = [&](const QStringList &list) {
        return std::ranges::any_of(words, [&](const QString &w) { return list.contains(w); });
    };
    if (value == u"*")
        return WatchedEnvironment::Unsaid;
    return any(other)     ? WatchedEnvironment::Other
        : any(production) ? WatchedEnvironment::Production
                          : WatchedEnvironment::Unclear;
}

/// What a scope says by its environment: one that leaves production out watches the others.
std::vector<WatchedEnvironment> environmentsIn(const QueryPart &part)
{
    std::vector<WatchedEnvironment> named, left;
    for (const ScopeTerm &term : part.scope) {
        if (term.key != u"env" && term.key != u"environment")
            continue;
        const WatchedEnvironment e = environmentNamed(term.value);
        if (!term.negative)
            named.push_back(e);
        else if (e == WatchedEnvironment::Production) // "production-eu" may be one of several
            left.push_back(term.value.contains(QRegularExpression(u"[-_./*]"_s)) ? WatchedEnvironment::Unclear
                                                                                 : WatchedEnvironment::Other);
    }
    return named.empty() ? left : named;
}

/// A cluster or namespace that is named like another environment, or one of production's that is left out.
bool isInAnotherCluster(const QueryPart &part)
{
    static const QStringList keys = {"kube_cluster_name", "cluster_name", "clustername", "cluster",
                                     "kube_namespace",    "namespace",    "stage",       "account_name"};
    static const QRegularExpression other(u"(?:^|[-_./])(?:stg|stage|staging|dev|development|test|qa|uat|sandbox|"
                                          "nonprod|nonproduction|preprod|preproduction)(?:$|[-_./*])"_s);
    return std::ranges::any_of(part.scope, [](const ScopeTerm &term) {
        if (!keys.contains(term.key))
            return false;
        return term.negative ? environmentNamed(term.value) == WatchedEnvironment::Production
                             : other.match(term.value).hasMatch();
    });
}

} // namespace

ServiceNames serviceNames(const QString &serviceId, const QStringList &aliases)
{
    ServiceNames result;
    QStringList words;
    for (const QString &alias : QStringList{serviceId} + aliases) {
        if (alias.isEmpty())
            continue;
        (alias.contains(u':') ? result.tags : result.names) << alias.toLower();
        if (!alias.contains(u':'))
            words << QRegularExpression::escape(alias);
    }
    // No name at all must match nothing.
    result.word.setPattern(words.isEmpty() ? u"(?!)"_s
                                           : u"(?<![\\w-])(?:%1)(?![\\w-])"_s.arg(words.join(u'|')));
    result.word.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
    return result;
}

WatchedEnvironment environmentOf(const Monitor &monitor)
{
    return environmentOf(monitor, parseMonitorQuery(monitor));
}

WatchedEnvironment environmentOf(const Monitor &monitor, const MonitorQuery &query)
{
    std::vector<WatchedEnvironment> found;
    for (const QueryPart &part : query.watched())
        std::ranges::move(environmentsIn(part), std::back_inserter(found));
    const bool elsewhere = std::ranges::any_of(query.watched(), isInAnotherCluster);
    for (const QString &tag : found.empty() ? monitor.tags : QStringList()) {
        if (tag.startsWith(u"env:") || tag.startsWith(u"environment:"))
            found.push_back(environmentNamed(tag.section(u':', 1).toLower()));
    }
    if (elsewhere && std::ranges::find(found, WatchedEnvironment::Other) == found.end())
        return WatchedEnvironment::Unclear;
    for (const auto e :
         {WatchedEnvironment::Production, WatchedEnvironment::Unclear, WatchedEnvironment::Other}) {
        if (std::ranges::find(found, e) != found.end())
            return e;
    }
    return WatchedEnvironment::Unsaid;
}

Belongs belongsTo(const Monitor &monitor, const QString &serviceId, const QStringList &aliases)
{
    return belongsTo(monitor, parseMonitorQuery(monitor), serviceNames(serviceId, aliases));
}

Belongs belongsTo(const Monitor &monitor, const MonitorQuery &query, const ServiceNames &names)
{
    if (names.isEmpty())
        return Belongs::No;
    std::vector<Mention> mentions;
    for (const QueryPart &part : query.watched())
        mentions.push_back(mentionIn(part, names));
    const bool excluded = std::ranges::find(mentions, Mention::Excluded) != mentions.end();
    if (excluded || environmentOf(monitor, query) == WatchedEnvironment::Other)
        return Belongs::No;
    const bool watched =
        !mentions.empty() && std::ranges::all_of(mentions, [](Mention m) { return m == Mention::This; });
    const bool tagged = std::ranges::any_of(monitor.tags, [&](const QString &tag) {
        const QString lower = tag.toLower();
        return (lower.startsWith(u"service:") && names.isService(lower.sliced(8)))
            || names.tags.contains(lower);
    });
    if (watched || tagged)
        return Belongs::Yes;
    // Many look at everything, each by itself: they are its candidates where they tell of requests or jobs.
    const auto told = signalsOf(query);
    const bool tells = std::ranges::any_of(told, [](Signal s) { return s != Signal::Other && s != Signal::HighLoad; });
    const bool partly = std::ranges::contains(mentions, Mention::This) || (tells && std::ranges::contains(mentions, Mention::Perhaps));
    const bool named = names.word.match(monitor.name).hasMatch() || names.word.match(monitor.message).hasMatch()
        || names.word.match(monitor.query).hasMatch();
    return partly || named ? Belongs::NameOnly : Belongs::No;
}

bool watchesAnother(const Monitor &monitor, const QString &serviceId, const QStringList &aliases)
{
    return watchesAnother(parseMonitorQuery(monitor), serviceNames(serviceId, aliases));
}

bool watchesAnother(const MonitorQuery &query, const ServiceNames &names)
{
    return std::ranges::any_of(query.watched(),
                               [&](const QueryPart &p) { return mentionIn(p, names) == Mention::Another; });
}

std::vector<const Monitor *> constituentsOf(const Monitor &composite, const std::vector<Monitor> &all,
                                            QStringList *missing)
{
    std::vector<const Monitor *> result;
    for (const QString &id : composite.constituents) {
        const auto it = std::ranges::find_if(all, [&](const Monitor &m) { return m.id == id; });
        if (it != all.end())
            result.push_back(&*it);
        else if (missing)
            missing->push_back(id);
    }
    return result;
}

} // namespace tenken
