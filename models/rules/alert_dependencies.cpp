// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/dependencies.h>
#include <rules/alerts.h>
#include <rules/all.h>
#include <rules/trafficfindings.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

struct Watcher {
    const Monitor *monitor = nullptr;
    bool sure = false;
};

/// What one dependency is judged by.
struct Case {
    const RuleContext &context;
    const Dependency &dependency;
    const std::vector<Dependency> &all;
    const ServiceMonitors &monitors;

    bool isOwn(const Monitor &m) const { return std::ranges::contains(monitors.own, &m); }
};

// A metric of its kind without a resource in the scope covers it where it is the only one of that kind, or
// where every resource is looked at for itself.
bool coversKind(const Case &c, const QueryPart &part)
{
    const auto kin = std::ranges::count_if(
        c.all, [&](const Dependency &d) { return d.id == c.dependency.id || isSameKind(d, c.dependency); });
    const QString service = c.context.service().id.toLower();
    const bool scoped = std::ranges::any_of(part.scope, [&](const ScopeTerm &t) {
        return t.key == u"service" && !t.negative
            && (t.value == service || c.context.service().aliases.contains(t.value, Qt::CaseInsensitive));
    });
    return !part.either && ((scoped && kin == 1) || !part.groupBy.isEmpty());
}

std::optional<Watcher> watcher(const Case &c, const Monitor &m)
{
    if (environmentOf(m) == WatchedEnvironment::Other)
        return {};
    bool near = false;
    for (const Monitor *part : partsThatAlert(c.context, m)) {
        if (environmentOf(*part) == WatchedEnvironment::Other)
            continue;
        const bool signal =
            std::ranges::any_of(signalsOf(*part), [](Signal s) { return s != Signal::Other; });
        if (signal && isTagged(part->tags, c.dependency) && c.isOwn(m))
            return Watcher{&m, true};
        for (const QueryPart &q : parseMonitorQuery(*part).watched()) {
            const Watches w = watches(q, c.dependency, c.all);
            if (w == Watches::Named || (w == Watches::Kind && c.isOwn(m) && coversKind(c, q)))
                return Watcher{&m, true};
            near = near || (w == Watches::Kind && c.isOwn(m));
        }
    }
    return near ? std::optional(Watcher{&m, false}) : std::nullopt;
}

std::vector<Finding> judgeDependency(const Case &c)
{
    const QString &id = c.dependency.id;
    const WantedAlert wanted{Text{"依存先 %1 の監視", "Monitor of %1"}.arg(id), sameText(id)};
    std::vector<Finding> findings;
    std::vector<const Monitor *> near;
    for (const Monitor &m : c.context.evidence.datadog.monitors) {
        const auto found = watcher(c, m);
        if (found && found->sure)
            findings.push_back(judgeAlert(c.context, wanted.title, m));
        else if (found)
            near.push_back(&m);
    }
    if (!findings.empty()) {
        findings = bestOf(findings);
    } else if (near.empty()) {
        findings = {noMonitor(c.context, wanted, c.monitors, {})};
    } else {
        Finding f = findingForMonitor(c.context, wanted.title, *near.front(), u"query"_s);
        f.measured = Text{"候補 %1 件", "%1 candidates"}.arg(near.size());
        findings = {
            say(f, Verdict::Unknown,
                Text{"%1 の問い合わせは、%2 を見ているか分かりません。",
                     "Whether %1 watches %2, its query does not tell."}
                    .arg(namesOf(near), id),
                Text{"問い合わせで %1 の資源を名指すか、監視にタグ `dependency:%1` を付けてください。",
                     "Name the resource of %1 in the query, or tag the monitor `dependency:%1`."}
                    .arg(id))};
    }
    for (Finding &f : findings) {
        addMark(f, c.context.service().file, c.dependency.span,
                {"宣言した依存先", "the declared dependency"});
        if (f.file == c.context.service().file)
            f.span = c.dependency.span.isValid() ? c.dependency.span : f.span;
    }
    return findings;
}

std::vector<Finding> judge(const RuleContext &context)
{
    const Text title{"依存先の監視", "Monitors of dependencies"};
    const auto &declared = context.service().dependencies;
    if (!declared)
        return {undeclared(context, title, {"依存先", "The dependencies"}, u"dependencies"_s,
                           u"dependencies:\n  - {id: users-db, kind: mysql, host: users-db.internal}"_s)};
    if (declared.value->empty())
        return {withoutDependencies(context, title)};
    if (auto why = whyNoMonitors(context, title))
        return {*std::move(why)};
    const ServiceMonitors monitors = monitorsOf(context);
    std::vector<Finding> findings;
    for (const Dependency &d : *declared)
        std::ranges::move(judgeDependency({context, d, *declared, monitors}), std::back_inserter(findings));
    return findings;
}

} // namespace

Rule alertDependenciesRule()
{
    const Text how{
        "宣言した依存先ごとに、問い合わせの対象に id か host（その先頭の名）がある監視、または "
        "`dependency:<id>` のタグを持つ監視を探します。資源を名指さない監視は、その種類の依存先が一つだけで "
        "service で絞られているか、資源ごとに分けて見るときに数えます。`dependencies: []` なら対象外です。",
        "For each declared dependency, monitors count whose scope names its id or host (or the host's first "
        "label), or that are tagged `dependency:<id>`. One that names no resource counts where it is "
        "narrowed "
        "to the service and the dependency is the only one of its kind, or where every resource is watched "
        "for "
        "itself. Not applicable where `dependencies: []` is declared."};
    return {"alert-dependencies",
            {"宣言した依存先それぞれに監視があり、警報が Slack に届くか",
             "Whether each declared dependency has a monitor that alerts to Slack"},
            Text{"%1\n%2", "%1\n%2"}.arg(how, howAlertsAreJudged()),
            {},
            judge,
            Rule::Source::Datadog};
}

} // namespace tenken
