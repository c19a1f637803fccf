// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/aftermath.h>

#include <rules/budgets.h>

#include <algorithm>

namespace tenken {

ZoneAftermath aftermathOf(const RuleContext &context, const Workload &w, const ZoneLoss &loss)
{
    ZoneAftermath a = zoneAftermath(w, loss, evictionBudgets(context, w));
    const ReplicaRange range = replicasOf(context.manifests(), w);
    if (range.autoscaler && range.known) {
        a.autoscaledTo = std::max(range.min, loss.replicas);
        a.autoscalerMax = range.max;
    }
    return a;
}

namespace {

Text replacementText(const ZoneAftermath &a)
{
    const int lost = a.replaced + a.waiting;
    if (!a.givenUpAfter)
        return Text{"tolerations に期限がなく、失った %1 Pod は作り直されません。", "Its tolerations know no end: the %1 lost pods are not replaced."}.arg(lost);
    if (a.orderedIdentity)
        return Text{"StatefulSet の失った %1 Pod は、ノードが消えたと分かるまで作り直されません。",
                    "The %1 lost pods of the StatefulSet are not replaced before their nodes are known to be gone."}.arg(lost);
    const Text after = Text{"失った %1 Pod は %2 s 後に作り直され、", "The %1 lost pods are replaced after %2 s: "}.arg(lost, *a.givenUpAfter);
    if (a.waiting == 0)
        return Text{"%1空きのあるノードに置かれます。", "%1they go to nodes with room."}.arg(after);
    return Text{"%1%2 Pod が置かれ、%3 Pod は Pending です。", "%1%2 find a place, %3 stay pending."}.arg(after, a.replaced, a.waiting);
}

Text budgetText(const ZoneAftermath &a)
{
    if (!a.hasBudget)
        return {"PodDisruptionBudget がなく、その間の drain も Pod を減らせます。", "There is no PodDisruptionBudget: drains may take more pods meanwhile."};
    if (!a.evictable)
        return {"PodDisruptionBudget の数が読めません。", "The PodDisruptionBudget cannot be read."};
    if (*a.evictable == 0)
        return {"PodDisruptionBudget は喪失を止めませんが、それ以上の追い出し（drain、再配置）を断ります。",
                "The PodDisruptionBudget does not stop the loss, but refuses further evictions (drains, rebalancing)."};
    return Text{"PodDisruptionBudget は喪失を止めず、あと %1 Pod の追い出しを許します。", "The PodDisruptionBudget does not stop the loss and lets %1 more be evicted."}.arg(*a.evictable);
}

Text autoscalerText(const ZoneAftermath &a, int replicas)
{
    if (!a.autoscaledTo)
        return Text{"HPA はなく、求める数は %1 Pod のままです。", "There is no HPA: the wanted number stays %1 pods."}.arg(replicas);
    return Text{"HPA は失った Pod を 0 % と数えるため、%1 Pod のまま増やしません（最大 %2）。",
                "The HPA counts the lost pods as 0 % and keeps asking for %1 (at most %2)."}.arg(*a.autoscaledTo, a.autoscalerMax);
}

} // namespace

Finding judgeAftermath(const RuleContext &context, const Workload &w, const EventNeed &need, const ZoneLoss &loss)
{
    const ZoneAftermath &a = *loss.aftermath;
    Finding f = findingInTemplate(context, {"失っている間の PDB と HPA", "PDBs and HPA while the zone is gone"}, w, w.podSpec["tolerations"]);
    for (const KubeObject *budget : evictionBudgets(context, w))
        addMark(f, budget->file, placeOf(*budget), sameText(QStringLiteral("PodDisruptionBudget")));
    if (const ReplicaRange range = replicasOf(context.manifests(), w); range.autoscaler)
        addMark(f, range.autoscaler->file, placeOf(*range.autoscaler), sameText(QStringLiteral("HPA")));
    ZoneLoss picture = loss;
    picture.needed = need.needed;
    setPicture(f, std::move(picture));
    f.measured = Text{"%1 Pod が代わり、%2 Pod が Pending", "%1 replaced, %2 pending"}.arg(a.replaced, a.waiting);
    const Text reason = Text{"%1%2%3", "%1 %2 %3"}.arg(replacementText(a), budgetText(a), autoscalerText(a, loss.replicas));
    if (!a.givenUpAfter) {
        return say(f, Verdict::Warn, reason,
                   {"node.kubernetes.io/unreachable と not-ready の toleration に tolerationSeconds を書いてください。",
                    "Give the tolerations for node.kubernetes.io/unreachable and not-ready a tolerationSeconds."});
    }
    if (!a.evictable)
        return say(f, Verdict::Unknown, reason, {"展開後のマニフェストを渡してください。", "Give the rendered manifest."});
    return say(f, Verdict::Pass, reason);
}

} // namespace tenken
