// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/descheduler.h>
#include <rules/all.h>
#include <rules/budgets.h>
#include <rules/eviction.h>
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
EvictingProfile chosenPolicy(const std::vector<DeschedulerPolicy> &policies, bool soft)
{
    EvictingProfile best;
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

Finding judgePolicy(const RuleContext &context, const EvictingProfile &p)
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

Finding judgeKind(const EvictionCase &c, const ZoneLoss &loss)
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

Finding judgePods(const EvictionCase &c)
{
    if (const auto obstacle = obstacleTo(c)) {
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

Finding judgeBudget(const EvictionCase &c, const EventNeed &need)
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
    auto runs = deschedulerRuns(context.manifests());
    const auto others = std::stable_partition(runs.begin(), runs.end(), [&](const DeschedulerRun &r) { return r.reads(policy, context.manifests()); });
    if (others == runs.begin() && others != runs.end()) {
        Finding f = findingFor(context, runTitle, *runs.front().workload);
        addMark(f, policy.file, policy.span, {"この方針", "this policy"});
        return say(f, Verdict::Unknown, {"動かすものが、この方針のファイルを読むか分かりません。", "Whether it runs with this policy's file is not seen."},
                   {"方針の ConfigMap を mount し、`--policy-config-file` をそのファイルに合わせてください。", "Mount the policy's ConfigMap, and let `--policy-config-file` name its file."});
    }
    runs.erase(others, runs.end());
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
    const QString schedule = run.workload->object.node["spec"]["schedule"].string();
    if (isSeldomerThanDaily(schedule))
        return say(f, Verdict::Warn, Text{"予定 `%1` では、1 日に 1 度も動かない日があります。", "On schedule `%1` it does not run every day."}.arg(schedule),
                   {"`*/10 * * * *` のような予定にしてください。", "Use a schedule such as `*/10 * * * *`."});
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
    const EvictingProfile p = chosenPolicy(policies, !loss.hardConstraint);
    findings.push_back(judgePolicy(context, p));
    if (findings.back().verdict != Verdict::Pass)
        return;
    const EvictionCase c{context, w, p};
    findings.push_back(judgeKind(c, loss));
    findings.push_back(judgePods(c));
    findings.push_back(judgeBudget(c, need));
    if (!std::ranges::contains(used, p.policy))
        used.push_back(p.policy);
}

/// Of several policies those that something runs with; all of them where that is not seen.
void keepThoseThatRun(std::vector<DeschedulerPolicy> &policies, const Manifests &manifests)
{
    const auto runs = deschedulerRuns(manifests);
    const auto isRead = [&](const DeschedulerPolicy &p) {
        return std::ranges::any_of(runs, [&](const DeschedulerRun &r) { return r.reads(p, manifests); });
    };
    if (std::ranges::any_of(policies, isRead))
        std::erase_if(policies, [&](const DeschedulerPolicy &p) { return !isRead(p); });
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto workloads = placedWorkloads(context);
    if (workloads.empty())
        return {};
    std::vector<DeschedulerPolicy> policies = deschedulerPolicies(context.manifests());
    keepThoseThatRun(policies, context.manifests());
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
         "（namespaces、labelSelector、namespaceLabelSelector、優先度、minPodAge、minReplicas、emptyDir と hostPath の保護）、PodDisruptionBudget が 1 つ以上許すかを見ます。動かすものが "
         "マニフェストになければ注意、それが mount した --policy-config-file のほかの方針は数えず、毎日は動かない予定は注意、--dry-run や停止は不合格、v1alpha1 は 0.31 以降では読まれません。ゾーンを戻した試験の記録 (readiness/tests) があれば、それも見ます。方針も記録もなければ不明です。"
         "出典: Descheduler の README とソース (0.36)。",
         "Reads a DeschedulerPolicy (v1alpha1, v1alpha2, also inside a ConfigMap): whether RemovePodsViolatingTopologySpreadConstraint is enabled (in "
         "v1alpha2 pluginConfig alone does nothing; plugins.balance.enabled is needed), looks at the kind of constraint (by default DoNotSchedule "
         "alone), may evict these pods (namespaces, labelSelector, namespaceLabelSelector, priority, minPodAge, minReplicas, protection of emptyDir and hostPath), and whether the "
         "PodDisruptionBudget lets one go. Nothing that runs it among the manifests warns; a policy other than the mounted --policy-config-file does not count; a schedule that leaves days out warns; --dry-run or suspended fails; v1alpha1 is not read from 0.31 "
         "on. Records of tests that gave a zone back (readiness/tests) count where there are some. Without a policy and a record it is unknown. Sources: the Descheduler's README and source (0.36)."},
        {validDays()},
        judge,
        Rule::Source::Manifests,
        {"event"},
        {"zone-return"},
    };
}

} // namespace tenken
