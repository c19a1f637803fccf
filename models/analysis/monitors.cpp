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

enum class Mention { None, This, Another, Excluded };

Mention mentionIn(const QueryPart &part, const ServiceNames &names)
{
    bool here = false, another = false;
    for (const ScopeTerm &term : part.scope) {
        const bool service = term.key == u"service";
        const bool match = (service && names.isService(term.value))
            || names.tags.contains(term.key + u':' + term.value)
            || (isResourceKey(term.key) && names.isService(term.value));
        if (match && term.negative)
            return Mention::Excluded;
        if (term.negative)
            continue;
        here = here || match;
        another =
            another || (service && !match && !term.value.contains(u'*') && !term.value.startsWith(u'$'));
    }
    if (here)
        return part.either ? Mention::None : Mention::This;
    if (another)
        return Mention::Another;
    const bool wildcard = std::ranges::any_of(part.scope, [&](const ScopeTerm &t) {
        return t.key == u"service" && !t.negative && t.value.startsWith(u'$');
    });
    if (!part.groupBy.contains(u"service"_s) || wildcard)
        return Mention::None;
    // Every service on its own: this one too, unless a pattern leaves it out.
    for (const ScopeTerm &term : part.scope) {
        if (term.key != u"service" || !term.value.contains(u'*'))
            continue;
        const auto pattern = QRegularExpression::fromWildcard(term.value, Qt::CaseInsensitive);
        const bool matches =
            std::ranges::any_of(names.names, [&](const QString &n) { return pattern.match(n).hasMatch(); });
        if (matches == term.negative)
            return term.negative ? Mention::Excluded : Mention::Another;
    }
    return Mention::This;
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
    for (const QueryPart &part : query.parts)
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
    const bool partly = std::ranges::find(mentions, Mention::This) != mentions.end();
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

std::vector<Handle> handlesOf(const NotificationRule &rule)
{
    std::vector<Handle> handles;
    for (const QString &receiver : rule.onAlert) {
        const QString name = receiver.startsWith(u'@') ? receiver.sliced(1) : receiver;
        handles.push_back({u'@' + name, handleKind(name), {}});
    }
    return handles;
}

bool appliesTo(const NotificationRule &rule, const Monitor &monitor)
{
    return rule.understood
        && std::ranges::all_of(rule.tags, [&](const QString &t) { return monitor.tags.contains(t); });
}

} // namespace tenken
