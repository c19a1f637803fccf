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

WatchedEnvironment environmentNamed(const QString &value)
{
    static const QStringList other = {
        "stg",     "stage",   "staging", "dev",           "develop",       "development", "test",
        "testing", "qa",      "uat",     "sandbox",       "sbx",           "local",       "ci",
        "preview", "demo",    "perf",    "load",          "loadtest",      "integration", "non",
        "pre",     "nonprod", "preprod", "nonproduction", "preproduction", "review",      "canary"};
    static const QStringList production = {"prod", "prd", "production", "live"};
    static const QRegularExpression separator(u"[-_./]"_s);
    // "prod*" is production, and whatever else is called so.
    const QStringList words = value.split(separator, Qt::SkipEmptyParts);
    const auto begun = [](QString word) {
        return word.size() > 1 && word.endsWith(u'*') ? word.chopped(1) : word;
    };
    const auto any = [&](const QStringList &list) {
        return std::ranges::any_of(words, [&](const QString &w) { return list.contains(begun(w)); });
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
    static const QRegularExpression other(
        u"(?:^|[-_./])(?:stg|stage|staging|dev|development|test|qa|uat|sandbox|"
        "nonprod|nonproduction|preprod|preproduction)(?:$|[-_./*])"_s);
    return std::ranges::any_of(part.scope, [](const ScopeTerm &term) {
        if (!keys.contains(term.key))
            return false;
        return term.negative ? environmentNamed(term.value) == WatchedEnvironment::Production
                             : other.match(term.value).hasMatch();
    });
}

} // namespace

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

} // namespace tenken
