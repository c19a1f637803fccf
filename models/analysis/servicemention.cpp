// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/servicemention.h>

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
    return key.startsWith(u"kube_")
        ? isResourceKey(key) && key != u"kube_namespace" && key != u"kube_container_name"
            && key != u"kube_app_instance"
        : key == u"deployment" || key.startsWith(u"app") || key.startsWith(u"destination_");
}

// Keys whose values say whose it is: what is grouped by service below one of them is not every service.
bool saysWhose(const QString &key)
{
    static const QStringList keys = {"team",    "owner",         "squad",     "tribe", "project",
                                     "product", "domain",        "namespace", "group", "tier",
                                     "system",  "business_unit", "department"};
    return keys.contains(key) || isResourceKey(key);
}

bool fitsOneOf(const QString &value, const QStringList &names)
{
    const auto pattern = QRegularExpression::fromWildcard(value, Qt::CaseInsensitive);
    return std::ranges::any_of(names, [&](const QString &n) { return pattern.match(n).hasMatch(); });
}

bool beginsOneOf(const ScopeTerm &term, const ServiceNames &names)
{
    const auto any = [](const QStringList &list, const QString &start) {
        return std::ranges::any_of(list, [&](const QString &text) { return text.startsWith(start); });
    };
    const QString tag = term.key + u':' + term.value;
    return term.prefix && (any(names.names, term.value) || any(names.tags, tag) || any(names.nearby, tag));
}

/// What the terms of a scope say, all of which hold.
struct Said {
    bool excluded = false;
    bool service = false, workload = false, nameSpace = false; ///< this one's, by …
    bool byItsName = false; ///< called as the service is, not only after one of its objects
    bool anotherService = false, anotherWorkload = false, anotherNameSpace = false, anothers = false;
    bool perhaps = false; ///< one of several by OR, a pattern, a neighbour
    bool within = false; ///< where it runs, among others
    bool patternOfOthers = false, patternOfThis = false;
};

void readExclusion(const ScopeTerm &term, bool match, const ServiceNames &names, Said &said)
{
    const bool named = term.key == u"service" || namesWorkload(term.key);
    const bool pattern = named
        && ((term.value.contains(u'*') && fitsOneOf(term.value, names.names)) || beginsOneOf(term, names));
    said.excluded = said.excluded
        || (!term.alternative && (match || pattern || names.around.contains(term.key + u':' + term.value)));
}

void readTerm(const ScopeTerm &term, bool scraped, const ServiceNames &names, Said &said)
{
    const bool service = term.key == u"service";
    // Jobs are called after their CronJob: "purge-28012345".
    const bool jobs = term.key == u"kube_job" && term.value.endsWith(u"-*");
    const QString tag = term.key + u':' + (jobs ? term.value.chopped(2) : term.value);
    const bool named = (service || isResourceKey(term.key)) && names.isService(term.value);
    const bool byObject = names.scraped.contains(tag);
    const bool match = named || names.tags.contains(tag) || (scraped && byObject);
    const bool nearby = names.nearby.contains(tag) || (byObject && !match);
    if (term.negative)
        return readExclusion(term, match, names, said);
    if (term.alternative || nearby) {
        said.perhaps = said.perhaps || match || nearby;
        said.anothers = said.anothers || nearby;
        return;
    }
    if (term.value.startsWith(u'$') || term.value == u"*")
        return;
    if (match) {
        const bool byService = service && (named || names.tags.contains(tag));
        (byService ? said.service : term.key == u"kube_namespace" ? said.nameSpace : said.workload) = true;
        said.byItsName = said.byItsName || named;
    } else if (beginsOneOf(term, names) && (service || namesWorkload(term.key))) {
        said.patternOfThis = true;
    } else if (term.value.contains(u'*')) {
        const bool fits = service && fitsOneOf(term.value, names.names);
        said.patternOfThis = said.patternOfThis || fits;
        said.patternOfOthers = said.patternOfOthers || (service && !fits);
    } else {
        said.within = said.within || (term.key == u"kube_namespace" && names.around.contains(tag));
        said.anotherService = said.anotherService || service;
        said.anotherWorkload = said.anotherWorkload || namesWorkload(term.key);
        said.anotherNameSpace =
            said.anotherNameSpace || (term.key == u"kube_namespace" && !names.around.contains(tag));
        said.anothers = said.anothers || (saysWhose(term.key) && !names.around.contains(tag));
    }
}

bool isGroupedByOwner(const QueryPart &part)
{
    static const QStringList keys = {"kube_deployment",
                                     "kube_app_name",
                                     "kube_service",
                                     "deployment",
                                     "app",
                                     "application",
                                     "job",
                                     "destination_service_name",
                                     "destination_workload",
                                     "destination_app",
                                     "destination_canonical_service",
                                     "workload"};
    return part.eachSeries
        || std::ranges::any_of(part.groupBy, [](const QString &g) { return keys.contains(g); });
}

} // namespace

Mention mentionIn(const QueryPart &part, const ServiceNames &names)
{
    Said said;
    for (const ScopeTerm &term : part.scope)
        readTerm(term, part.counts != QueryPart::Counts::ByName, names, said); // PromQL tells what it counts
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
    const bool foreign =
        said.anotherNameSpace && !said.byItsName && names.around.join(u' ').contains(u"kube_namespace:");
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
    const bool amongOwners = isGroupedByOwner(part) && !said.anothers && !wildcard;
    const bool within = said.within && !said.anotherWorkload;
    return said.patternOfThis || amongOwners || within ? Mention::Perhaps : Mention::None;
}

} // namespace tenken
