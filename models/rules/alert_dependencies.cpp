// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/alerts.h>
#include <rules/all.h>
#include <rules/trafficfindings.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

// A metric of its kind, and nothing that says whether it is this one.
Finding onlyNear(const RuleContext &context, const Text &title, const NeedCoverage &need)
{
    Finding f = findingForMonitor(context, title, *need.near.front()->monitor, u"query"_s);
    f.measured = Text{"候補 %1 件", "%1 candidates"}.arg(need.near.size());
    return say(f, Verdict::Unknown,
               Text{"%1 の問い合わせは、%2 を見ているか分かりません。",
                    "Whether %1 watches %2, its query does not tell."}
                   .arg(namesOf(need.near), need.need.dependency->id),
               Text{"問い合わせで %1 の資源を名指すか、監視にタグ `dependency:%1` を付けてください。",
                    "Name the resource of %1 in the query, or tag the monitor `dependency:%1`."}
                   .arg(need.need.dependency->id));
}

std::vector<Finding> judgeDependency(const RuleContext &context, const Coverage &coverage, const NeedCoverage &need)
{
    const Dependency &dependency = *need.need.dependency;
    const WantedAlert wanted{Text{"依存先 %1 の監視", "Monitor of %1"}.arg(dependency.id), sameText(dependency.id)};
    std::vector<Finding> findings;
    for (const MonitorReading *r : need.evidence)
        findings.push_back(judgeAlert(context, wanted.title, *r));
    findings = bestOf(findings);
    if (findings.empty())
        findings = {need.near.empty() ? noMonitor(context, wanted, coverage, need)
                                      : onlyNear(context, wanted.title, need)};
    for (Finding &f : findings) {
        addMark(f, context.service().file, dependency.span, {"宣言した依存先", "the declared dependency"});
        if (f.file == context.service().file)
            f.span = dependency.span.isValid() ? dependency.span : f.span;
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
    const auto coverage = coverageFor(context);
    std::vector<Finding> findings;
    for (const NeedCoverage &need : coverage->needs) {
        if (need.need.dependency)
            std::ranges::move(judgeDependency(context, *coverage, need), std::back_inserter(findings));
    }
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
