// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/canaries.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

namespace {

const Text stepsTitle{"一部の要求だけを流せる", "A part of the requests can go to the new version"};
const Text versionsTitle{"二つの版が別の Pod を選ぶ", "The two versions select different pods"};

const KubeObject *objectNamed(const RuleContext &context, const QString &kind, const QString &name, const QString &nameSpace)
{
    for (const KubeObject *o : context.manifests().ofKind(kind)) {
        if (o->name == name && namespaceOf(*o) == nameSpace)
            return o;
    }
    return nullptr;
}

Finding notAmongFiles(Finding f, const QString &what)
{
    return say(std::move(f), Verdict::Unknown, Text{"%1 がマニフェストにありません。", "%1 is not among the manifests."}.arg(what),
               {"そのファイルを service.yaml の `manifests` に加えてください。", "Add its file to `manifests` in service.yaml."});
}

// What Argo needs to move traffic: two Services, or a DestinationRule with two subsets, and the route it rewrites.
void judgeRouting(const RuleContext &context, const KubeObject &rollout, std::vector<Finding> &findings)
{
    const Yaml canary = rollout.node["spec"]["strategy"]["canary"], routing = canary["trafficRouting"];
    const QString nameSpace = namespaceOf(rollout);
    const Text title{"振り分け先がある", "What the traffic is routed by is there"};
    const Yaml istio = routing["istio"], rule = istio["destinationRule"];
    for (const char *key : {"canaryService", "stableService"}) {
        Finding f = findingFor(context, title, rollout, canary[key] ? canary[key] : routing);
        const QString name = canary[key].string();
        if (name.isEmpty() && !rule.isMap() && !canary["pingPong"].isMap())
            findings.push_back(say(std::move(f), Verdict::Fail, Text{"trafficRouting がありますが、%1 がありません。", "There is trafficRouting, but no %1."}.arg(key),
                                   {"canaryService と stableService の両方を書きます。", "Name both canaryService and stableService."}));
        else if (!name.isEmpty() && !objectNamed(context, QStringLiteral("Service"), name, nameSpace))
            findings.push_back(notAmongFiles(std::move(f), QStringLiteral("Service/%1").arg(name)));
    }
    const QString canaryService = canary["canaryService"].string();
    if (!canaryService.isEmpty() && canaryService == canary["stableService"].string())
        findings.push_back(say(findingFor(context, title, rollout, canary["canaryService"]), Verdict::Fail,
                               {"canaryService と stableService が同じです。", "canaryService and stableService are the same."}, {"別の Service にします。", "Use two Services."}));
    if (!istio.isMap())
        return;
    std::vector<Yaml> services = istio["virtualServices"].items();
    if (istio["virtualService"].isMap())
        services.push_back(istio["virtualService"]);
    for (const Yaml service : services) {
        if (!objectNamed(context, QStringLiteral("VirtualService"), service["name"].string().section(u'.', 0, 0), nameSpace))
            findings.push_back(notAmongFiles(findingFor(context, title, rollout, service["name"]), QStringLiteral("VirtualService/%1").arg(service["name"].string())));
    }
    if (!rule.isMap())
        return;
    const KubeObject *destination = objectNamed(context, QStringLiteral("DestinationRule"), rule["name"].string(), nameSpace);
    Finding f = findingFor(context, title, rollout, rule["name"] ? rule["name"] : rule);
    if (!destination) {
        findings.push_back(notAmongFiles(std::move(f), QStringLiteral("DestinationRule/%1").arg(rule["name"].string())));
        return;
    }
    for (const char *key : {"canarySubsetName", "stableSubsetName"}) {
        if (!subsetOf(*destination, rule[key].string()))
            findings.push_back(say(findingFor(context, title, rollout, rule[key]), Verdict::Fail,
                                   Text{"%1 に subset「%2」がありません。", "%1 has no subset “%2”."}.arg(destination->title(), rule[key].string()),
                                   {"DestinationRule の subsets と名前を合わせます。", "Use the name of a subset of the DestinationRule."}));
    }
}

Finding judgeArgoSteps(const RuleContext &context, const KubeObject &rollout, const CanaryPlan &plan)
{
    const Yaml strategy = rollout.node["spec"]["strategy"];
    Finding f = findingFor(context, stepsTitle, rollout, strategy["canary"]["steps"] ? strategy["canary"]["steps"] : strategy);
    if (plan.means == CanaryPlan::Means::BlueGreen) {
        f.measured = sameText(QStringLiteral("blueGreen"));
        return say(f, Verdict::Warn, {"blueGreen はすべての要求を一度に切り替え、一部だけを流せません。", "blueGreen moves all requests at once: a part of them cannot be tried."},
                   {"strategy を canary にし、steps に setWeight を書きます。", "Use the strategy canary with setWeight in its steps."});
    }
    if (!plan.readable)
        return sayUnreadable(std::move(f));
    setPicture(f, plan);
    if (!strategy["canary"].exists())
        return say(f, Verdict::Fail, {"strategy に canary がありません。", "The strategy has no canary."}, {"strategy を canary にします。", "Use the strategy canary."});
    if (!plan.isPartial()) {
        f.snippet = snippetIn(strategy["canary"], QStringLiteral("steps:\n  - setWeight: 10\n  - pause: {duration: 10m}\n  - setWeight: 50\n  - pause: {duration: 10m}"), rollout.node);
        return say(f, Verdict::Fail, {"途中の重みがなく、ローリング更新と同じです。", "No step has a weight in between, so it is a rolling update."},
                   {"steps に setWeight と pause を書きます。", "Write setWeight and pause into steps."});
    }
    const double most = context.parameter(QStringLiteral("rounding"));
    const double off = plan.worstRounding();
    if (plan.byPods && !plan.replicasKnown)
        return say(f, Verdict::Unknown, {"trafficRouting がなく、割合は Pod の数で決まりますが、その数が分かりません。",
                                         "Without trafficRouting the share follows from the number of pods, which is not known."},
                   {"replicas か HPA をマニフェストに加えてください。", "Add replicas or the HPA to the manifests."});
    if (plan.byPods && off > most) {
        compare(f, off, Comparison::Relation::AtMost, most, QStringLiteral("%"));
        return say(f, Verdict::Warn, Text{"trafficRouting がなく、%1 Pod では重みが最大 %2 ポイントずれます。", "Without trafficRouting %1 pods miss the weight by up to %2 points."}
                                         .arg(plan.replicas, formatNumber(off)),
                   {"trafficRouting を設定するか、Pod を増やします。", "Set trafficRouting, or run more pods."});
    }
    return say(f, Verdict::Pass, plan.byPods ? Text{"%1 Pod の数の割合で、段階的に流します。", "Step by step, by the share of %1 pods."}.arg(plan.replicas)
                                             : Text{"重みを変えながら、段階的に流します。", "Step by step, by weights."});
}

void judgeFlagger(const RuleContext &context, const KubeObject &canary, std::vector<Finding> &findings)
{
    const Yaml spec = canary.node["spec"], target = spec["targetRef"];
    Finding f = findingFor(context, stepsTitle, canary, spec["analysis"] ? spec["analysis"] : spec);
    const CanaryPlan plan = flaggerPlan(canary);
    setPicture(f, plan);
    const auto kinds = [&](CanaryStep::Kind kind) { return std::ranges::any_of(plan.steps, [kind](const CanaryStep &s) { return s.kind == kind; }); };
    const bool found = std::ranges::any_of(context.manifests().workloads, [&](const Workload &w) {
        return w.object.kind == target["kind"].string() && w.object.name == target["name"].string() && namespaceOf(w.object) == namespaceOf(canary);
    });
    if (!found)
        findings.push_back(notAmongFiles(findingFor(context, {"targetRef の先がある", "The target of targetRef is there"}, canary, target["name"]),
                                         target["kind"].string() + u'/' + target["name"].string()));
    if (plan.skipped)
        say(f, Verdict::Fail, {"skipAnalysis: true で、新しい版がすぐにすべての要求を受けます。", "With skipAnalysis: true a new version gets all requests at once."}, {"skipAnalysis を外します。", "Remove skipAnalysis."});
    else if (!plan.readable)
        f = sayUnreadable(std::move(f));
    else if (plan.isPartial())
        say(f, Verdict::Pass, {"一部の要求から始め、段階的に増やします。", "It begins with a part of the requests and adds more step by step."});
    else if (kinds(CanaryStep::Kind::Mirror) || kinds(CanaryStep::Kind::Analysis))
        say(f, Verdict::Warn, {"写しか検査だけで、要求の一部を新しい版に返させる段階がありません。", "It mirrors or tests only: no step lets the new version answer a part of the requests."},
            {"stepWeight と maxWeight を書きます。", "Set stepWeight and maxWeight."});
    else
        say(f, Verdict::Fail, {"stepWeight も iterations もなく、段階がありません。", "It has neither stepWeight nor iterations, so there are no steps."}, {"stepWeight と maxWeight を書きます。", "Set stepWeight and maxWeight."});
    findings.push_back(std::move(f));
}

// The first pair that is not clearly two versions decides.
Finding judgeVersions(Finding f, const std::vector<CanaryVersion> &versions)
{
    QStringList weights;
    for (const CanaryVersion &v : versions)
        weights.append(QStringLiteral("%1 %2").arg(v.name, formatNumber(double(v.weight))));
    f.measured = sameText(weights.join(QStringLiteral(" : ")));
    for (const CanaryVersion &v : versions) {
        if (v.missingSubset)
            return say(std::move(f), Verdict::Fail, Text{"subset「%1」が DestinationRule にありません。", "The DestinationRule has no subset “%1”."}.arg(v.name.section(u'/', 1)),
                       {"subsets に加えます。", "Add it to subsets."});
    }
    for (size_t i = 0; i < versions.size(); ++i) {
        for (size_t j = i + 1; j < versions.size(); ++j) {
            const Distinct d = distinct(versions[i], versions[j]);
            if (d == Distinct::SamePods)
                return say(std::move(f), Verdict::Fail, Text{"%1 と %2 が同じ Pod を選び、版が分かれません。", "%1 and %2 select the same pods: there is only one version."}.arg(versions[i].name, versions[j].name),
                           {"版ごとに違う label を選びます。", "Select by a label that differs between the versions."});
            if (d == Distinct::Unknown)
                return say(std::move(f), Verdict::Unknown, Text{"%1 と %2 がどの Pod を選ぶか、ファイルから分かりません。", "Which pods %1 and %2 select cannot be seen in the files."}.arg(versions[i].name, versions[j].name),
                           {"DestinationRule、Service、Deployment のファイルを `manifests` に加えてください。", "Add the files of the DestinationRule, Services and Deployments to `manifests`."});
        }
    }
    for (const CanaryVersion &v : versions) {
        if (!v.workloads.empty())
            continue;
        if (v.weight > 0)
            return say(std::move(f), Verdict::Unknown, Text{"%1 に重みがありますが、選ばれる Pod がマニフェストにありません。", "%1 has a weight, but no pods that it selects are among the manifests."}.arg(v.name),
                       {"その Deployment を `manifests` に加えてください。", "Add its Deployment to `manifests`."});
        return say(std::move(f), Verdict::Warn, Text{"%1 に選ばれる Pod がマニフェストになく、カナリアのたびに用意することになります。", "No pods of %1 are among the manifests: they have to be made for each canary."}.arg(v.name),
                   {"カナリアの Deployment をマニフェストに置くか、Rollout か Canary に任せます。", "Keep the canary's Deployment among the manifests, or leave it to a Rollout or Canary."});
    }
    return say(std::move(f), Verdict::Pass, {"版ごとに別の Pod を選び、重みで割合を変えられます。", "Each version selects its own pods, and weights move the traffic."});
}

Finding judgeSplit(const RuleContext &context, const MeshRoute &route)
{
    Finding f = findingFor(context, versionsTitle, *route.object, route.node["route"]);
    if (!route.reachable)
        return say(std::move(f), Verdict::Fail, Text{"前の route がすべての要求を受け、この %1 には届きません。最初に合うものが使われます。",
                                                     "Routes before %1 take all its requests: the first match is used, so none comes here."}.arg(route.name),
                   {"重みのある route を前に移すか、前の route の match を絞ります。", "Move the weighted route up, or narrow the matches of those before it."});
    std::vector<CanaryVersion> versions;
    for (const RouteDestination &d : route.destinations) {
        if (!d.weightReadable)
            return sayUnreadable(std::move(f));
        const auto rules = destinationRules(context.manifests(), d.host, {namespaceOf(*route.object), {}});
        Yaml subset;
        for (const KubeObject *rule : rules)
            subset = subset ? subset : subsetOf(*rule, d.subset);
        CanaryVersion v = versionOf(context.manifests(), d.host, namespaceOf(*route.object), subset);
        v.weight = d.weight.value_or(0);
        if (!d.subset.isEmpty() && !subset) {
            v.name += u'/' + d.subset;
            v.missingSubset = !rules.empty();
            v.known = false;
        }
        versions.push_back(std::move(v));
    }
    return judgeVersions(std::move(f), versions);
}

Finding judgeAlb(const RuleContext &context, const AlbAction &action)
{
    Finding f = findingFor(context, versionsTitle, *action.ingress, action.node);
    if (!action.readable)
        return say(std::move(f), Verdict::Fail, {"annotation の JSON を読めません。", "The JSON of the annotation cannot be read."}, {"JSON を直します。", "Mend the JSON."});
    if (std::ranges::none_of(action.groups, [](const auto &g) { return g.second > 0; }))
        return say(std::move(f), Verdict::Fail, {"重みがすべて 0 です。", "All weights are 0."}, {"重みを書きます。", "Set weights."});
    if (!action.used)
        return say(std::move(f), Verdict::Fail, Text{"どの path の backend も %1 (port の名前 use-annotation) を指していません。", "No path's backend names %1 with the port name use-annotation."}.arg(action.name),
                   {"backend の service を name: 動作の名前、port: {name: use-annotation} にします。", "Name the action as the backend's service, with port: {name: use-annotation}."});
    std::vector<CanaryVersion> versions;
    for (const auto &[service, weight] : action.groups) {
        versions.push_back(versionOf(context.manifests(), service, namespaceOf(*action.ingress)));
        versions.back().weight = weight;
    }
    return judgeVersions(std::move(f), versions);
}

void judgeRefused(const RuleContext &context, std::vector<Finding> &findings)
{
    for (const KubeObject *object : context.manifests().ofKind(QStringLiteral("VirtualService"))) {
        for (const Yaml http : object->node["spec"]["http"].items()) {
            if (const auto refused = refusedRoute(http))
                findings.push_back(say(findingFor(context, {"Istio が受け取る重み", "Weights that Istio takes"}, *object, refused->node), Verdict::Fail,
                                       Text{"Istio が拒みます。%1", "Istio refuses it. %1"}.arg(refused->why), {"重みは 0 以上で、合計が 0 より大きければよく、100 である必要はありません。",
                                                                                                             "Weights are 0 or more and not all 0; they need not add up to 100."}));
        }
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Canaries c = canariesOf(context);
    for (const KubeObject *rollout : c.rollouts) {
        const CanaryPlan plan = planOf(context, *rollout);
        findings.push_back(judgeArgoSteps(context, *rollout, plan));
        if (auto halt = judgeHalt(context, *rollout))
            findings.push_back(std::move(*halt));
        if (!plan.byPods && plan.means == CanaryPlan::Means::Argo)
            judgeRouting(context, *rollout, findings);
    }
    for (const KubeObject *canary : c.flagger) {
        judgeFlagger(context, *canary, findings);
        if (auto halt = judgeHalt(context, *canary))
            findings.push_back(std::move(*halt));
    }
    for (const MeshRoute &route : c.splits) {
        if (!refusedRoute(route.node))
            findings.push_back(judgeSplit(context, route));
    }
    for (const AlbAction &action : c.alb)
        findings.push_back(judgeAlb(context, action));
    judgeRefused(context, findings);
    if (!findings.empty())
        return findings;
    if (c.whole.empty())
        return {sayNoCanary(context, stepsTitle)};
    const MeshRoute &route = c.whole.front();
    Finding f = findingFor(context, stepsTitle, *route.object, route.node["route"]);
    f.measured = {"宛先 1 つ", "one destination"};
    return {say(std::move(f), Verdict::Fail, {"VirtualService の宛先が 1 つで、要求を分けられません。単独の宛先の weight は読まれません。",
                                              "The VirtualService has one destination, so requests cannot be divided; the weight of a single destination is not read."},
                {"版ごとの subset と重みを書くか、Rollout か Canary を用意します。", "Write a subset and a weight for each version, or set up a Rollout or a Canary."})};
}

} // namespace

Rule canaryRule()
{
    return {
        "canary",
        {"新しい版に、要求の一部だけを流せるかを見ます。", "Whether a new version can be given a part of the requests."},
        {"Argo Rollout の steps、Flagger Canary、重みのある VirtualService (DestinationRule の subset)、ALB Ingress の重みを読みます。重みは相対値で、合計が 100 である必要はありません。負の重みと、宛先が複数ですべて 0 は Istio が拒みます。"
         "版は違う Pod を選ぶ必要があり、label の食い違いか、マニフェストの Workload で確かめます。Argo で trafficRouting がなければ、割合は Pod の数で決まり、rounding ポイントより大きくずれれば注意です。blueGreen、paused、suspend は注意です。前の route がすべての要求を受ける重みは不合格です。"
         "どれもなければ不明です。出典: argo-rollouts canary.go、Flagger、Istio の VirtualService、AWS Load Balancer Controller。",
         "Read are the steps of an Argo Rollout, a Flagger Canary, a weighted VirtualService with the subsets of its DestinationRule, and weights of an "
         "ALB Ingress. Weights are relative and need not add up to 100; Istio refuses negative ones, and several destinations that are all 0. The "
         "versions have to select different pods: by labels that contradict each other, or by the workloads among the manifests. Argo without "
         "trafficRouting divides by pods; missing a weight by more than rounding points warns, and so do blueGreen, paused and suspend. Weights behind a route that takes all requests fail. Where there is none of them it is "
         "unknown. Sources: argo-rollouts canary.go, Flagger, Istio's VirtualService, AWS Load Balancer Controller."},
        {{"rounding", 10, "%", RuleParameter::Stricter::Lower, {"Pod の数で決まる割合と重みのずれの上限", "How far the share of pods may be from the weight"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
