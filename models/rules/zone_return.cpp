// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/descheduler.h>
#include <rules/all.h>
#include <rules/budgets.h>
#include <rules/nodes.h>
#include <rules/recordfindings.h>

#include <algorithm>

namespace tenken {

namespace {

const Text title{"偏りを直す Descheduler", "Descheduler that rebalances"};
const Text kindTitle{"制約の種類", "Kind of constraint"};
const Text podsTitle{"追い出せる Pod", "Pods it may evict"};
const Text budgetTitle{"PodDisruptionBudget", "PodDisruptionBudget"};
const Text runTitle{"Descheduler の実行", "What runs the Descheduler"};

/// One profile of one policy.
struct Policy {
    const DeschedulerPolicy *policy = nullptr;
    const SpreadEviction *eviction = nullptr;
};

struct Case {
    const RuleContext &context;
    const Workload &w;
    const Policy &p;
    const SpreadEviction &e() const { return *p.eviction; }
    bool isNewFormat() const { return p.policy->version != u"v1alpha1"; }
};

Finding inPolicy(const RuleContext &context, const Text &what, const DeschedulerPolicy &policy, Yaml node = {})
{
    Finding f = findingFor(context, what);
    f.object = policy.object;
    f.file = policy.file;
    f.span = policy.placeOf(node);
    return f;
}

Finding noPolicy(const RuleContext &context)
{
    Finding f = findingInService(context, title);
    f.snippet = QStringLiteral("apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\nprofiles:\n  - name: spread\n    pluginConfig:\n"
                               "      - name: RemovePodsViolatingTopologySpreadConstraint\n        args:\n          constraints: [DoNotSchedule, ScheduleAnyway]\n"
                               "      - name: DefaultEvictor\n        args: {nodeFit: true}\n    plugins:\n      balance:\n"
                               "        enabled: [RemovePodsViolatingTopologySpreadConstraint]");
    return say(f, Verdict::Unknown, {"Descheduler の方針が、読んだマニフェストにありません。偏りはひとりでには直りません。",
                                     "No Descheduler policy is among the manifests. Nothing rebalances by itself."},
               {"方針のあるマニフェスト（ConfigMap など）を加えるか、戻す手順と試した記録を添えて人が答えてください。",
                "Add the manifest with the policy (a ConfigMap or so), or answer by hand with the step that rebalances and a record of it."});
}

// The profile that does most: enabled before configured before nothing.
Policy chosenPolicy(const std::vector<DeschedulerPolicy> &policies, bool soft)
{
    Policy best;
    int rank = -1;
    for (const DeschedulerPolicy &policy : policies) {
        for (const SpreadEviction &e : policy.profiles) {
            const int r = e.enabled ? ((soft ? e.soft : e.hard) ? 3 : 2) : e.configured ? 1 : 0;
            if (r > rank) {
                rank = r;
                best = {&policy, &e};
            }
        }
    }
    return best;
}

Finding judgePolicy(const RuleContext &context, const Policy &p)
{
    const SpreadEviction &e = *p.eviction;
    Finding f = inPolicy(context, title, *p.policy, e.node);
    f.wanted = sameText(QStringLiteral("RemovePodsViolatingTopologySpreadConstraint"));
    if (!p.policy->readable) {
        return say(f, Verdict::Unknown, {"方針が読めません。展開前の変数があるようです。", "The policy cannot be read; it seems to hold variables that were not filled in."},
                   {"展開後のマニフェストを渡してください。", "Give the rendered manifest."});
    }
    if (!e.configured) {
        f.measured = {"なし", "none"};
        return say(f, Verdict::Fail, {"方針に、偏りを直す RemovePodsViolatingTopologySpreadConstraint がありません。",
                                      "The policy lacks RemovePodsViolatingTopologySpreadConstraint, which evens out the spread."},
                   {"pluginConfig と plugins.balance.enabled に加えてください。", "Add it to pluginConfig and to plugins.balance.enabled."});
    }
    if (!e.enabled) {
        f.measured = {"有効でない", "not enabled"};
        return say(f, Verdict::Fail, {"設定はありますが、有効にされておらず働きません。", "It is configured, yet not enabled, and does nothing."},
                   p.policy->version == u"v1alpha1" ? Text{"`enabled: true` にしてください。", "Set `enabled: true`."}
                                                    : Text{"`plugins.balance.enabled` に名前を加えてください。", "Add its name to `plugins.balance.enabled`."});
    }
    f.measured = {"有効", "enabled"};
    if (p.policy->evictsNothing) {
        return say(f, Verdict::Fail, {"追い出す数の上限が 0 で、何も追い出しません。", "A limit on evictions is 0: it evicts nothing."},
                   {"`maxNoOfPodsToEvict…` を 1 以上にしてください。", "Set `maxNoOfPodsToEvict…` to 1 or more."});
    }
    return say(f, Verdict::Pass, {"ゾーンの偏りを直す plugin が有効です。", "The plugin that evens out zones is enabled."});
}

Finding judgeKind(const Case &c, const ZoneLoss &loss)
{
    Finding f = inPolicy(c.context, kindTitle, *c.p.policy, c.e().constraintsNode ? c.e().constraintsNode : c.e().node);
    addMark(f, templateFile(c.w, &c.context.manifests()), loss.span, {"この制約", "this constraint"});
    const bool soft = !loss.hardConstraint;
    const QString kind = soft ? QStringLiteral("ScheduleAnyway") : QStringLiteral("DoNotSchedule");
    f.wanted = sameText(kind);
    f.measured = c.e().hard && c.e().soft ? sameText(QStringLiteral("DoNotSchedule, ScheduleAnyway"))
        : c.e().soft                      ? sameText(QStringLiteral("ScheduleAnyway"))
                                          : sameText(QStringLiteral("DoNotSchedule"));
    if (soft ? c.e().soft : c.e().hard)
        return say(f, Verdict::Pass, Text{"%1 の %2 の制約を見ます。", "It looks at the %2 constraint of %1."}.arg(c.w.object.name, kind));
    f.snippet = c.isNewFormat() ? QStringLiteral("constraints: [DoNotSchedule, ScheduleAnyway]") : QStringLiteral("includeSoftConstraints: true");
    return say(f, Verdict::Fail,
               soft ? Text{"%1 の制約は ScheduleAnyway で、既定では見送られます。", "The constraint of %1 is ScheduleAnyway, which is skipped by default."}.arg(c.w.object.name)
                    : Text{"%1 の制約は DoNotSchedule で、設定の種類に含まれません。", "The constraint of %1 is DoNotSchedule, which is not among the kinds that are set."}.arg(c.w.object.name),
               Text{"`%1` を書いてください。", "Write `%1`."}.arg(f.snippet));
}

/// What keeps the profile from evicting this workload's pods: verdict, place, reason, remedy.
struct Obstacle {
    Verdict verdict = Verdict::Pass;
    Yaml node;
    Text reason, remedy;
};

std::optional<Obstacle> outOfScope(const Case &c)
{
    const SpreadEviction &e = c.e();
    const QString &nameSpace = c.w.object.nameSpace;
    if (!e.included.isEmpty() && !e.included.contains(nameSpace)) {
        if (nameSpace.isEmpty())
            return Obstacle{Verdict::Unknown, e.namespacesNode, {"対象の namespace がマニフェストになく、含まれるか分かりません。", "The manifest names no namespace, so whether it is included is not known."},
                            {"`metadata.namespace` を書くか、展開後のマニフェストを渡してください。", "Write `metadata.namespace`, or give the rendered manifest."}};
        return Obstacle{Verdict::Fail, e.namespacesNode, Text{"namespace %1 は対象に含まれません。", "Namespace %1 is not included."}.arg(nameSpace),
                        {"`namespaces.include` に加えてください。", "Add it to `namespaces.include`."}};
    }
    if (e.excluded.contains(nameSpace))
        return Obstacle{Verdict::Fail, e.namespacesNode, Text{"namespace %1 は除かれています。", "Namespace %1 is excluded."}.arg(nameSpace),
                        {"`namespaces.exclude` から外してください。", "Take it out of `namespaces.exclude`."}};
    for (const Yaml selector : e.selectors) {
        if (!LabelSelector{selector}.matches(c.w.podLabels()))
            return Obstacle{Verdict::Fail, selector, {"labelSelector が、この Pod を選びません。", "Its labelSelector does not select these pods."},
                            {"labelSelector か、Pod template の label を直してください。", "Mend the labelSelector or the labels of the pod template."}};
    }
    return {};
}

std::optional<Obstacle> isProtected(const Case &c)
{
    const SpreadEviction &e = c.e();
    const bool anyway = c.w.podTemplate["metadata"]["annotations"]["descheduler.alpha.kubernetes.io/evict"].exists();
    if (hasLocalStorage(c.w) && !e.localStorage && !anyway) {
        return Obstacle{Verdict::Fail, c.w.podSpec["volumes"],
                        {"Pod に emptyDir か hostPath があり、既定では追い出されません。", "The pods have an emptyDir or hostPath, and such pods are not evicted by default."},
                        c.isNewFormat() ? Text{"DefaultEvictor に `podProtections: {defaultDisabled: [PodsWithLocalStorage]}`（古い版は `evictLocalStoragePods: true`）を書いてください。",
                                               "Give DefaultEvictor `podProtections: {defaultDisabled: [PodsWithLocalStorage]}` (older versions: `evictLocalStoragePods: true`)."}
                                        : Text{"`evictLocalStoragePods: true` を書いてください。", "Write `evictLocalStoragePods: true`."}};
    }
    if (hasClaims(c.w) && !e.claims && !anyway)
        return Obstacle{Verdict::Fail, c.w.podSpec["volumes"], {"PersistentVolumeClaim のある Pod は除かれています。", "Pods with a PersistentVolumeClaim are left out."},
                        {"その保護を外すか、手順を決めて人が答えてください。", "Drop that protection, or agree on a step and answer by hand."}};
    if (!e.withoutBudget && evictionBudgets(c.context, c.w).empty() && !anyway)
        return Obstacle{Verdict::Fail, e.node, {"PodDisruptionBudget のない Pod は除かれています。", "Pods without a PodDisruptionBudget are left out."},
                        {"PodDisruptionBudget を書いてください。", "Write a PodDisruptionBudget."}};
    return {};
}

std::optional<Obstacle> tooFewReplicas(const Case &c)
{
    const ReplicaRange range = replicasOf(c.context.manifests(), c.w);
    const int least = c.e().minReplicas;
    if (least <= 1 || !range.known || range.min >= least)
        return {};
    const Text remedy{"`minReplicas` を下げるか、Pod を増やしてください。", "Lower `minReplicas`, or run more pods."};
    if (range.max < least)
        return Obstacle{Verdict::Fail, c.e().minReplicasNode, Text{"Pod は最大 %1 で、minReplicas の %2 に届かず、追い出されません。",
                                                                   "There are %1 pods at most, below minReplicas %2: they are never evicted."}.arg(range.max, least), remedy};
    return Obstacle{Verdict::Warn, c.e().minReplicasNode, Text{"Pod が %1 の間は、minReplicas の %2 に届かず、追い出されません。",
                                                               "While there are %1 pods, below minReplicas %2, they are not evicted."}.arg(range.min, least), remedy};
}

Finding judgePods(const Case &c)
{
    for (const auto &obstacle : {outOfScope(c), isProtected(c), tooFewReplicas(c)}) {
        if (!obstacle)
            continue;
        const bool inPod = obstacle->node && obstacle->node == c.w.podSpec["volumes"];
        Finding f = inPod ? findingInTemplate(c.context, podsTitle, c.w, obstacle->node) : inPolicy(c.context, podsTitle, *c.p.policy, obstacle->node);
        if (inPod)
            addMark(f, c.p.policy->file, c.p.policy->placeOf(c.e().node), {"Descheduler の方針", "Descheduler policy"});
        f.measured = {"追い出されない", "not evicted"};
        f.wanted = {"追い出せる", "evictable"};
        return say(f, obstacle->verdict, obstacle->reason, obstacle->remedy);
    }
    Finding f = inPolicy(c.context, podsTitle, *c.p.policy, c.e().node);
    if (!c.e().nodeSelector.isEmpty()) {
        f.measured = sameText(c.e().nodeSelector);
        return say(f, Verdict::Warn, {"nodeSelector のノードだけを見るため、ほかのノードの Pod は動きません。", "It looks at the nodes of its nodeSelector only; pods on others stay."},
                   {"nodeSelector がすべてのゾーンのノードを選ぶことを確かめてください。", "Check that the nodeSelector selects nodes in every zone."});
    }
    return say(f, Verdict::Pass, Text{"%1 の Pod は追い出しの対象です。", "The pods of %1 may be evicted."}.arg(c.w.object.name));
}

Finding judgeBudget(const Case &c, const EventNeed &need)
{
    using State = DisruptionBudget::State;
    const auto budgets = evictionBudgets(c.context, c.w);
    if (budgets.empty()) {
        Finding f = findingFor(c.context, budgetTitle, c.w);
        f.measured = {"なし", "none"};
        return say(f, Verdict::Pass, {"PodDisruptionBudget がなく、追い出しは止まりません。", "There is no PodDisruptionBudget: evictions are not held back."});
    }
    const DisruptionBudget b = disruptionBudget(*budgets.front(), need.replicas);
    Finding f = findingFor(c.context, budgetTitle, *budgets.front(), b.node);
    if (budgets.size() > 1)
        return say(f, Verdict::Fail, {"2 つ以上の PodDisruptionBudget が選び、追い出しはすべて断られます。", "More than one budget selects the pods: every eviction is refused."}, {"1 つにまとめます。", "Keep one."});
    if (b.state == State::Unreadable || !need.replicasKnown)
        return say(f, Verdict::Unknown, {"追い出せる数が読めません。", "How many may be evicted cannot be read."}, {"展開後のマニフェストを渡してください。", "Give the rendered manifest."});
    compare(f, b.allowed, Comparison::Relation::AtLeast, 1, QStringLiteral("Pod"));
    if (b.state == State::Allows || b.state == State::AllowsAll)
        return say(f, Verdict::Pass, Text{"%1 Pod のうち %2 Pod ずつ追い出せます。", "Of %1 pods it lets %2 go at a time."}.arg(need.replicas, b.allowed));
    return say(f, Verdict::Fail, {"1 つも追い出せず、偏りは直りません。", "It lets none go, so nothing is rebalanced."},
               {"maxUnavailable: 1 だけを書き、Pod を 2 つ以上にします。", "Write maxUnavailable: 1 alone, and run two pods or more."});
}

Finding judgeRun(const RuleContext &context, const DeschedulerPolicy &policy)
{
    const auto runs = deschedulerRuns(context.manifests());
    const auto good = std::ranges::find_if(runs, [](const DeschedulerRun &r) { return !r.suspended && !r.dryRun && !r.once; });
    if (runs.empty()) {
        return say(inPolicy(context, runTitle, policy), Verdict::Warn,
                   {"方針を使って動く CronJob か Deployment が、読んだマニフェストにありません。", "No CronJob or Deployment that runs the policy is among the manifests."},
                   {"Descheduler のマニフェストも加えてください。", "Add the Descheduler's manifest too."});
    }
    const DeschedulerRun &run = good != runs.end() ? *good : runs.front();
    Finding f = findingFor(context, runTitle, *run.workload);
    if (run.version)
        f.measured = sameText(QStringLiteral("v") + run.version->toString());
    if (run.suspended || run.dryRun)
        return say(f, Verdict::Fail, run.dryRun ? Text{"--dry-run のため、何も追い出しません。", "With --dry-run it evicts nothing."} : Text{"止められていて、動きません。", "It is suspended and does not run."},
                   {"その設定を外してください。", "Remove that setting."});
    if (run.once)
        return say(f, Verdict::Warn, {"Job は一度しか動きません。", "A Job runs once."}, {"CronJob か Deployment にしてください。", "Use a CronJob or a Deployment."});
    if (policy.version == u"v1alpha1" && run.version && *run.version >= QVersionNumber(0, 31))
        return say(f, Verdict::Fail, {"v1alpha1 の方針は 0.31 で廃止され、この版は読みません。", "Policies of v1alpha1 were removed in 0.31; this version does not read them."},
                   {"方針を v1alpha2 に書き直してください。", "Rewrite the policy as v1alpha2."});
    if (policy.version == u"v1alpha1")
        return say(f, Verdict::Warn, {"v1alpha1 の方針は 0.31 で廃止されました。", "Policies of v1alpha1 were removed in 0.31."}, {"方針を v1alpha2 に書き直してください。", "Rewrite the policy as v1alpha2."});
    return say(f, Verdict::Pass, Text{"%1 が動かします。", "%1 runs it."}.arg(run.workload->object.title()));
}

void judgeWorkload(const RuleContext &context, const Workload &w, const std::vector<NodeGroup> &groups,
                   const std::vector<DeschedulerPolicy> &policies, std::vector<Finding> &findings, std::vector<const DeschedulerPolicy *> &used)
{
    const EventNeed need = needOf(context, w);
    const ZoneLoss loss = simulateZoneLoss(w, need.replicas, context.service().zones.value.value_or(3), groups);
    if (loss.antiAffinity) {
        findings.push_back(say(findingInTemplate(context, title, w, w.podSpec["affinity"]["podAntiAffinity"]), Verdict::Pass,
                               {"必須の podAntiAffinity で、Pending の Pod が戻ったゾーンに置かれます。", "With a required podAntiAffinity the pending pod goes to the zone that is back."}));
        return;
    }
    if (loss.unclearScope && !loss.hardConstraint) {
        findings.push_back(say(findingInTemplate(context, title, w, w.podSpec["affinity"]["podAntiAffinity"]), Verdict::Unknown,
                               {"podAntiAffinity が自分の namespace の Pod を見るか、ファイルから分かりません。",
                                "Whether the podAntiAffinity looks at pods of its own namespace cannot be seen in the files."},
                               {"namespaces と namespaceSelector を外すか、metadata.namespace を書きます。", "Leave out namespaces and namespaceSelector, or write metadata.namespace."}));
        return;
    }
    if (policies.empty())
        return;
    if (!loss.hardConstraint && !loss.softConstraint) {
        findings.push_back(say(findingInTemplate(context, kindTitle, w, w.podSpec["topologySpreadConstraints"]), Verdict::Fail,
                               {"ゾーンの topologySpreadConstraints がなく、Descheduler には偏りが見えません。",
                                "There is no topologySpreadConstraint on the zone, so the Descheduler sees no imbalance."},
                               {"zone の topologySpreadConstraints を書きます。", "Write topologySpreadConstraints on the zone."}));
        return;
    }
    const Policy p = chosenPolicy(policies, !loss.hardConstraint);
    findings.push_back(judgePolicy(context, p));
    if (findings.back().verdict != Verdict::Pass)
        return;
    const Case c{context, w, p};
    findings.push_back(judgeKind(c, loss));
    findings.push_back(judgePods(c));
    findings.push_back(judgeBudget(c, need));
    if (!std::ranges::contains(used, p.policy))
        used.push_back(p.policy);
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto workloads = placedWorkloads(context);
    if (workloads.empty())
        return {};
    const std::vector<DeschedulerPolicy> policies = deschedulerPolicies(context.manifests());
    const std::vector<NodeGroup> groups = nodeGroups(context.manifests(), context.service());
    std::vector<Finding> findings;
    std::vector<const DeschedulerPolicy *> used;
    for (const Workload *w : workloads)
        judgeWorkload(context, *w, groups, policies, findings, used);
    for (const DeschedulerPolicy *policy : used)
        findings.push_back(judgeRun(context, *policy));
    auto records = judgeRecords(context, {QStringLiteral("zone-return"), false}, {"ゾーンを戻した試験", "Test that gave a zone back"});
    // A test that rebalanced says more than a policy; without either nobody knows.
    if (policies.empty() && findings.size() < workloads.size() && records.empty())
        findings.push_back(noPolicy(context));
    std::ranges::move(records, std::back_inserter(findings));
    return findings;
}

} // namespace

Rule zoneReturnRule()
{
    return {
        "zone-return",
        {"ゾーンが戻ったとき、Descheduler が偏りを直すか", "Whether a Descheduler evens out the zones when one is back"},
        {"DeschedulerPolicy（v1alpha1、v1alpha2。ConfigMap の中でもよい）を読み、RemovePodsViolatingTopologySpreadConstraint が有効か（v1alpha2 は "
         "pluginConfig に書くだけでは働かず plugins.balance.enabled が要る）、制約の種類を見るか（既定は DoNotSchedule だけ）、その Pod を追い出せるか "
         "（namespaces、labelSelector、minReplicas、emptyDir と hostPath の保護）、PodDisruptionBudget が 1 つ以上許すかを見ます。動かすものが "
         "マニフェストになければ注意、--dry-run や停止は不合格、v1alpha1 は 0.31 以降では読まれません。ゾーンを戻した試験の記録 (readiness/tests) があれば、それも見ます。方針も記録もなければ不明です。"
         "出典: Descheduler の README とソース (0.36)。",
         "Reads a DeschedulerPolicy (v1alpha1, v1alpha2, also inside a ConfigMap): whether RemovePodsViolatingTopologySpreadConstraint is enabled (in "
         "v1alpha2 pluginConfig alone does nothing; plugins.balance.enabled is needed), looks at the kind of constraint (by default DoNotSchedule "
         "alone), may evict these pods (namespaces, labelSelector, minReplicas, protection of emptyDir and hostPath), and whether the "
         "PodDisruptionBudget lets one go. Nothing that runs it among the manifests warns; --dry-run or suspended fails; v1alpha1 is not read from 0.31 "
         "on. Records of tests that gave a zone back (readiness/tests) count where there are some. Without a policy and a record it is unknown. Sources: the Descheduler's README and source (0.36)."},
        {validDays()},
        judge,
        Rule::Source::Manifests,
        {"event"},
        {"zone-return"},
    };
}

} // namespace tenken
