// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/pipelines.h>

#include <analysis/phases.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"staging のあとの production", "Production after staging"};
const Text sought{"staging と production への配備", "delivery to staging and to production"};

std::vector<const PhaseUnit *> of(Phase phase, const std::vector<PhaseUnit> &units)
{
    std::vector<const PhaseUnit *> some;
    for (const PhaseUnit &u : units) {
        if (u.phase == phase)
            some.push_back(&u);
    }
    return some;
}

Finding at(const RuleContext &context, const PhaseUnit &unit)
{
    Finding f = findingFor(context, title);
    f.object = unit.what;
    f.file = unit.file;
    f.span = unit.span;
    return f;
}

Finding judgeProduction(const RuleContext &context, const PhaseUnit &production, const std::vector<const PhaseUnit *> &stagings,
                        Simulations &simulations)
{
    const PhaseUnit *best = stagings.front();
    Order order = Order::None;
    for (const PhaseUnit *s : stagings) {
        if (const Order o = orderOf(*s, production, simulations); o < order) {
            order = o;
            best = s;
        }
        if (order == Order::Gated || simulations.exhausted())
            break;
    }
    Finding f = at(context, production);
    f.measured = Text{"%1 と %2", "%1 and %2"}.arg(best->what, production.what);
    f.wanted = title;
    addMark(f, best->file, best->span, {"staging の段", "the staging phase"});
    if (order != Order::Gated && simulations.exhausted())
        return say(std::move(f), Verdict::Unknown,
                   {"パイプラインが大きく、すべての順序は確かめられませんでした。", "The pipelines are so large that not every order was tried."},
                   {"ワークフローを分けてください。", "Split the workflows."});
    switch (order) {
    case Order::Gated:
        markWay(f, *production.steps->pipeline, {best->job, 0, {}}, {production.job, 0, {}});
        return say(std::move(f), Verdict::Pass, {"production は、staging が済まなければ始まりません。", "Production does not start unless staging has succeeded."});
    case Order::Ref:
        return say(std::move(f), Verdict::Pass,
                   {"production は、staging とは別のブランチ、タグ、リリースで始まります。", "Production starts from another branch, a tag or a release than staging."});
    case Order::ByHand:
        return say(std::move(f), Verdict::Warn,
                   {"どちらの段もありますが、順序は production を始める人しだいです。", "Both phases exist; the order rests on who starts production."},
                   {"production のジョブから staging を待つか、タグやリリースで始めてください。",
                    "Let production need the staging job, or start it from a tag or a release."});
    case Order::None:
        break;
    }
    const bool jobs = best->steps && best->steps == production.steps && best->job != production.job;
    if (jobs)
        f.snippet = QStringLiteral("    needs: [%1]").arg(best->what);
    return say(std::move(f), Verdict::Warn,
               {"どちらの段もありますが、production が staging を待つとは読み取れません。", "Both phases exist; nothing shows that production waits for staging."},
               {"production のジョブに `needs` で staging を書いてください。", "Let the production job need the staging job."});
}

Finding oneOnly(const RuleContext &context, const PhaseUnit &unit, const std::vector<OpaqueStep> &opaque)
{
    const bool production = unit.phase == Phase::Production;
    const Text missing = production ? sameText(QStringLiteral("staging")) : sameText(QStringLiteral("production"));
    Finding f = at(context, unit);
    f.measured = sameText(unit.what);
    f.wanted = sought;
    if (!opaque.empty())
        return say(std::move(f), Verdict::Unknown,
                   Text{"%1 の段が見えません。%2 の中身が見えないため、あるかどうか分かりません。",
                        "The %1 phase is not visible; %2 cannot be seen into, so whether there is one is not known."}
                       .arg(missing, named(opaque)),
                   {"配備の定義をリポジトリに置いてください。", "Keep the definition of the delivery in the repository."});
    if (!production) // where production is delivered from elsewhere, staging alone says nothing
        return say(std::move(f), Verdict::Fail, {"production の段がありません。", "There is no production phase."},
                   {"staging の後に進む production のジョブを足してください。", "Add a production job that comes after staging."});
    return say(std::move(f), Verdict::Fail, {"staging を経ずに production へ配備します。", "It delivers to production without a staging phase."},
               {"production の前に staging のジョブを置き、`needs` で待ってください。", "Add a staging job before it and let production need it."});
}

Finding none(const RuleContext &context, const std::vector<OpaqueStep> &opaque)
{
    if (!opaque.empty())
        return opaqueFinding(context, title, opaque, sought);
    return say(findingInService(context, title), Verdict::Unknown,
               {"配備の定義が見つかりません。", "No definition of a delivery was found."},
               {"配備のワークフローを `evidence.pipelines` に、Argo CD の Application か overlay を `evidence.manifests` に加えてください。",
                "Add the delivery workflow to `evidence.pipelines`, or the Argo CD Applications or overlays to `evidence.manifests`."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    const PipelineView view = pipelinesOf(context);
    std::vector<PhaseUnit> units = phasesIn(context.manifests());
    for (const PipelineSteps &p : view.pipelines)
        std::ranges::move(phasesIn(p), std::back_inserter(units));
    if (units.empty()) {
        if (auto why = whyNoPipelines(context, title))
            return {*std::move(why)};
        return {none(context, view.opaque())};
    }
    std::vector<Finding> findings;
    const auto stagings = of(Phase::Staging, units);
    const auto productions = of(Phase::Production, units);
    if (stagings.empty() || productions.empty())
        findings.push_back(oneOnly(context, stagings.empty() ? *productions.front() : *stagings.front(), view.opaque()));
    else {
        // Where jobs deliver, overlays are only what they deliver.
        const bool jobs = std::ranges::any_of(productions, [](const PhaseUnit *u) { return u->steps || u->application; });
        Simulations simulations;
        for (const PhaseUnit *production : productions) {
            if (!jobs || production->steps || production->application)
                findings.push_back(judgeProduction(context, *production, stagings, simulations));
        }
    }
    addUnreadPipelines(context, title, findings);
    return findings;
}

} // namespace

Rule stagedDeliveryRule()
{
    return {
        "staged-delivery",
        {"配備に staging と production の段があり、production が staging の後に来るかを見ます。",
         "Whether delivery has a staging and a production phase, production after staging."},
        {"段は、ジョブの environment、ジョブの名前、実行するコマンドの語、kustomize の overlay のフォルダー、Argo CD の Application から読み取ります。"
         "staging を失敗させたとき production が動かなければ合格です（needs、workflow_run）。staging がブランチで、production が別のブランチ、タグ、"
         "リリースで始まる場合も合格です。順序が読み取れない、人が始めるだけの場合は注意です。environment の保護はリポジトリの設定にあり、ファイルには現れません。",
         "Phases are told by a job's environment, its name, the words of what it runs, folders of kustomize overlays and Argo CD Applications. It passes "
         "where production does not run when staging fails (needs, workflow_run), and where staging starts from a branch and production from another "
         "branch, a tag or a release. An order that does not show, or that rests on who starts it, is warn. Protection of environments is a setting of "
         "the repository and in no file."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
