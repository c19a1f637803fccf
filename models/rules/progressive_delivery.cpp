// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/canaries.h>

#include <analysis/analysistemplates.h>

#include <algorithm>

namespace tenken {

namespace {

const Text attachedTitle{"段階ごとに分析がある", "Analysis is attached to the steps"};
const Text personTitle{"人手なしで進む", "It goes on without a person"};

/// Names that a query about this service may use.
QStringList ownNames(const RuleContext &context, const KubeObject &release)
{
    const Yaml spec = release.node["spec"], canary = spec["strategy"]["canary"], blueGreen = spec["strategy"]["blueGreen"];
    QStringList names{context.service().id, release.name, spec["targetRef"]["name"].string(), spec["workloadRef"]["name"].string(),
                      canary["canaryService"].string(), canary["stableService"].string(), blueGreen["activeService"].string(),
                      blueGreen["previewService"].string(), spec["service"]["name"].string()};
    names += context.service().aliases;
    const QString target = spec["targetRef"]["name"].string();
    if (!target.isEmpty())
        names << target + QStringLiteral("-canary") << target + QStringLiteral("-primary");
    for (const Workload *w : servingWorkloads(context)) {
        names.append(w->object.name);
        for (const KubeObject *s : context.manifests().servicesOf(*w))
            names.append(s->name);
    }
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

Finding metricFinding(const RuleContext &context, const KubeObject &release, const GateMetric &m, const Text &title)
{
    Finding f = findingFor(context, title.arg(m.name), release);
    f.file = m.file;
    f.span = m.span;
    f.measured = sameText(m.limit);
    return f;
}

Finding judgeMetric(const RuleContext &context, const KubeObject &release, const GateMetric &m, bool background)
{
    Finding f = metricFinding(context, release, m, {"指標 %1 が判定する", "Metric %1 decides"});
    f.wanted = {"このサービスの値と、失敗の上限", "this service's values, and a failure limit"};
    if (m.whyNot.isEmpty() && m.unreadable)
        return say(f, Verdict::Unknown, {"上限か条件が変数で、読めません。", "A limit or a condition is a variable and cannot be read."}, {"args に値を書くか、展開した後のマニフェストを指定してください。", "Give it a value in args, or point to rendered manifests."});
    if (!m.gating)
        return say(f, Verdict::Warn, Text{"失敗にならず、巻き戻しません。%1", "It never fails and rolls nothing back. %1"}.arg(m.whyNot),
                   {"条件と失敗の上限を書きます。", "Write a condition and a failure limit."});
    if (m.endless && !background)
        return say(f, Verdict::Fail, {"interval があり count がないため、この段が終わりません。", "It has an interval but no count, so this step never ends."}, {"count を書くか、背景の analysis に移します。", "Write a count, or move it to the background analysis."});
    const QStringList names = ownNames(context, release);
    const bool named = m.namesRelease || std::ranges::any_of(names, [&](const QString &name) { return mentions(m.query, name); });
    if (named)
        return say(f, Verdict::Pass, {"このサービスの値で判定し、上限を超えれば元に戻ります。", "It decides by this service's values; beyond the limit the old version comes back."});
    if (m.unresolved)
        return say(f, Verdict::Unknown, {"query の引数の値が、ファイルから分かりません。", "An argument of the query cannot be seen in the files."}, {"args に値を書くか、テンプレートの既定値を書きます。", "Give the argument a value in args, or a default in the template."});
    return say(f, Verdict::Warn, {"query にこのサービスの名前がなく、ほかの値で判定しているかもしれません。", "The query does not name this service: it may decide by something else."},
               {"query をこのサービスに絞ります。別の名前を使うなら service.yaml の aliases に書きます。", "Restrict the query to this service; if it uses another name, write it under aliases in service.yaml."});
}

void judgePersons(const RuleContext &context, const KubeObject &release, const CanaryPlan &plan, std::vector<Finding> &findings)
{
    Finding f = findingFor(context, personTitle, release);
    setPicture(f, plan);
    const auto gate = std::ranges::find_if(plan.steps, [](const CanaryStep &s) { return s.person && s.label == u"pause"; });
    if (gate == plan.steps.end()) {
        findings.push_back(say(std::move(f), Verdict::Pass, {"人を待つ段がありません。", "No step waits for a person."}));
        return;
    }
    if (gate->span.isValid())
        f.span = {gate->span.line, gate->span.column, gate->span.line, gate->span.endLine == gate->span.line ? gate->span.endColumn : gate->span.column};
    findings.push_back(say(std::move(f), Verdict::Warn, {"人が進めるまで止まる段があります。", "A step waits until a person goes on."},
                           {"pause に duration を書くか、analysis に任せます。", "Give the pause a duration, or leave it to an analysis."}));
}

void judgeRelease(const RuleContext &context, const KubeObject &release, const CanaryPlan &plan, std::vector<Finding> &findings)
{
    judgePersons(context, release, plan, findings);
    if (auto halt = judgeHalt(context, release))
        findings.push_back(std::move(*halt));
}

Finding staticCanary(const RuleContext &context, const KubeObject &object, Yaml node)
{
    return say(findingFor(context, attachedTitle, object, node), Verdict::Warn,
               {"静的なカナリアで、分析も巻き戻しも人が行います。", "It is a static canary: people analyse it and roll it back."},
               {"Argo Rollouts の analysis か、Flagger の metrics を付けます。", "Attach an analysis of Argo Rollouts, or metrics of Flagger."});
}

Finding missingTemplate(const RuleContext &context, const KubeObject &object, const AnalysisUse &use)
{
    return say(findingFor(context, attachedTitle, object, use.node), Verdict::Unknown,
               Text{"テンプレート %1 がマニフェストにありません。", "The template %1 is not among the manifests."}.arg(use.templateName),
               {"そのファイルを service.yaml の `manifests` に加えてください。", "Add its file to `manifests` in service.yaml."});
}

Finding emptyTemplate(const RuleContext &context, const KubeObject &object, const AnalysisUse &use)
{
    return say(findingFor(context, attachedTitle, object, use.node), Verdict::Warn,
               Text{"テンプレート %1 に指標がなく、何も判定しません。", "The template %1 has no metrics: nothing is decided."}.arg(use.templateName),
               {"metrics に、条件と失敗の上限のある指標を書きます。", "Write metrics with a condition and a failure limit."});
}

void judgeRollout(const RuleContext &context, const KubeObject &rollout, std::vector<Finding> &findings)
{
    const std::vector<AnalysisUse> uses = analysesOf(context.manifests(), rollout);
    const Yaml strategy = rollout.node["spec"]["strategy"];
    const CanaryPlan plan = planOf(context, rollout);
    if (uses.empty()) {
        Finding f = staticCanary(context, rollout, strategy["canary"]["steps"] ? strategy["canary"]["steps"] : strategy);
        setPicture(f, plan);
        findings.push_back(std::move(f));
        return;
    }
    bool gates = false;
    for (const AnalysisUse &use : uses) {
        if (!use.found)
            findings.push_back(missingTemplate(context, rollout, use));
        for (const GateMetric &m : use.metrics) {
            findings.push_back(judgeMetric(context, rollout, m, use.background));
            gates = gates || (m.gating && use.idle.isEmpty());
        }
        if (use.found && use.metrics.empty())
            findings.push_back(emptyTemplate(context, rollout, use));
    }
    for (const AnalysisUse &use : uses) {
        if (!gates && !use.idle.isEmpty())
            findings.push_back(say(findingFor(context, attachedTitle, rollout, use.node), Verdict::Warn, use.idle,
                                   {"新しい版が要求を受ける段の後に置きます。", "Put it after a step that gives the new version requests."}));
    }
    if (gates) {
        Finding f = findingFor(context, attachedTitle, rollout, uses.front().node);
        setPicture(f, plan);
        findings.push_back(say(std::move(f), Verdict::Pass, {"分析が失敗すれば、自動で元の版に戻ります。", "When an analysis fails, the old version comes back by itself."}));
    }
    judgeRelease(context, rollout, plan, findings);
}

void judgeFlagger(const RuleContext &context, const KubeObject &canary, std::vector<Finding> &findings)
{
    const CanaryPlan plan = flaggerPlan(canary);
    const AnalysisUse use = flaggerAnalysis(context.manifests(), canary);
    if (plan.skipped || use.metrics.empty()) {
        Finding f = staticCanary(context, canary, use.node);
        setPicture(f, plan);
        findings.push_back(std::move(f));
        return;
    }
    if (!use.found)
        findings.push_back(missingTemplate(context, canary, use));
    for (const GateMetric &m : use.metrics) {
        // What an unseen template asks cannot be said.
        if (use.found || m.namesRelease)
            findings.push_back(judgeMetric(context, canary, m, true));
    }
    judgeRelease(context, canary, plan, findings);
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Canaries c = canariesOf(context);
    for (const KubeObject *rollout : c.rollouts)
        judgeRollout(context, *rollout, findings);
    for (const KubeObject *canary : c.flagger)
        judgeFlagger(context, *canary, findings);
    for (const MeshRoute &route : c.splits)
        findings.push_back(staticCanary(context, *route.object, route.node["route"]));
    for (const AlbAction &action : c.alb)
        findings.push_back(staticCanary(context, *action.ingress, action.node));
    if (findings.empty())
        findings.push_back(sayNoCanary(context, attachedTitle));
    return findings;
}

} // namespace

Rule progressiveDeliveryRule()
{
    return {
        "progressive-delivery",
        {"カナリアが自動で分析され、昇格し、巻き戻されるかを見ます。", "Whether the canary is analysed, promoted and rolled back without a person."},
        {"Argo Rollout の steps と背景の analysis から (Cluster)AnalysisTemplate を、Flagger Canary の metrics から MetricTemplate をたどります。指標は、条件と失敗の上限があり、query がこのサービス (id、aliases、Workload、Service の名前、Pod template の hash) を名指しする必要が"
         "あります。Argo の failureLimit は既定 0、-1 は無効、測る回数 (count、interval もなければ 1) 以上では失敗しません。条件がどちらもないか result を見なければいつも同じで、dryRun は判定しません。interval に count がない指標は背景でだけ使えます。最初の setWeight より前の analysis と、段の数以上の startingStep は新しい版を見ません。"
         "Flagger の threshold は既定 1、組み込みの指標は request-success-rate (min が要る) と request-duration (max が要る) だけです。paused と suspend、重みだけの VirtualService や ALB、duration のない pause は注意です。"
         "テンプレートがマニフェストになければ不明です。出典: argo-rollouts analysis、Flagger。",
         "Followed are the analyses of an Argo Rollout's steps and background to their (Cluster)AnalysisTemplates, and the metrics of a Flagger Canary "
         "to their MetricTemplates. A metric needs a condition and a failure limit, and its query has to name this service: its id, aliases, workloads, "
         "Services, or the hash of the pod template. Argo's failureLimit is 0 by default, -1 turns it off, and from the number of measurements on (count; 1 "
         "without an interval too) it never fails; a metric without a condition, or with one that does not look at result, decides nothing, and neither "
         "does a dryRun; an interval without a count is for the background only. An analysis before the first setWeight and a startingStep beyond the "
         "steps see nothing of the new version. Flagger's threshold is 1 by default, and its built-in metrics are request-success-rate (which needs a "
         "min) and request-duration (which needs a max). A Rollout with paused and a Canary with suspend warn. A VirtualService or ALB with weights alone warns, and so does a pause without a duration. A template that is not among the manifests is "
         "unknown. Sources: argo-rollouts analysis, Flagger."},
        {},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
