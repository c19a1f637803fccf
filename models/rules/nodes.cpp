// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/nodes.h>

#include <algorithm>

namespace tenken {

std::vector<const Workload *> placedWorkloads(const RuleContext &context)
{
    QSet<QString> nameSpaces;
    for (const Workload *w : servingWorkloads(context))
        nameSpaces.insert(w->object.nameSpace);
    std::vector<const Workload *> placed;
    for (const Workload &w : context.manifests().workloads) {
        if (w.isLongRunning() && w.object.kind != u"DaemonSet" && nameSpaces.contains(w.object.nameSpace))
            placed.push_back(&w);
    }
    return placed;
}

std::vector<GroupMatch> matchesOf(const std::vector<NodeGroup> &groups, const Workload &w)
{
    std::vector<GroupMatch> matches;
    for (const NodeGroup &group : groups)
        matches.push_back({&group, placementOn(group, w.podSpec)});
    return matches;
}

Finding noNodeGroups(const RuleContext &context, const Text &title)
{
    Finding f = undeclared(context, title, {"ノードグループ", "The node group"}, QStringLiteral("platform.nodes"),
                           QStringLiteral("platform:\n  nodes:\n    - {name: api, instance-types: [m6i.xlarge], labels: {role: api}, max: 60}"));
    f.remedy = Text{"%1 eksctl の ClusterConfig か Karpenter の NodePool をマニフェストに加えても読みます。",
                    "%1 A ClusterConfig of eksctl or a NodePool of Karpenter among the manifests is read too."}
                   .arg(f.remedy);
    return f;
}

std::optional<Finding> unknownGroupName(const RuleContext &context, const Text &title, const std::vector<NodeGroup> &groups)
{
    const auto &named = context.service().nodeGroup;
    if (!named || std::ranges::contains(groups, *named, &NodeGroup::name))
        return {};
    QStringList names;
    for (const NodeGroup &group : groups)
        names << group.name;
    return say(findingInService(context, title, named.span), Verdict::Unknown,
               Text{"ノードグループ「%1」が見つかりません。あるのは %2 です。", "There is no node group “%1”; there are %2."}
                   .arg(*named, names.join(QStringLiteral(", "))),
               {"`platform.node-group` の名前を直すか、そのグループの定義を加えてください。",
                "Mend the name in `platform.node-group`, or add that group's definition."});
}

QStringList namesOf(const std::vector<GroupMatch> &matches)
{
    QStringList names;
    for (const GroupMatch &m : matches)
        names << m.group->name;
    return names;
}

Text whyNot(const GroupMatch &match)
{
    const Placement &p = match.placement;
    const QString &group = match.group->name;
    if (p.labels == Match::No && p.key.isEmpty())
        return Text{"必須の条件に、ノードを選ぶものがありません (グループ %1)。", "The required terms select no node (group %1)."}.arg(group);
    if (p.labels == Match::No)
        return Text{"グループ %1 のノードは、ラベル %2 の条件に合いません。", "Nodes of group %1 do not meet the term on label %2."}.arg(group, p.key);
    if (p.taints == Match::No && p.evictedLater) {
        return Text{"グループ %1 の taint %2 を tolerationSeconds の間だけ許容し、その後追い出されます。",
                    "The taint %2 of group %1 is tolerated for tolerationSeconds only; then the pods are evicted."}
            .arg(group, p.taint->key);
    }
    if (p.taints == Match::No)
        return Text{"グループ %1 の taint %2 (%3) を許容しません。", "The taint %2 (%3) of group %1 is not tolerated."}.arg(group, p.taint->key, p.taint->effect);
    if (p.labels == Match::Unknown)
        return Text{"グループ %1 のノードのラベル %2 が分かりません。", "Label %2 of group %1's nodes is not known."}.arg(group, p.key.isEmpty() ? QStringLiteral("metadata.name") : p.key);
    if (p.taints == Match::Unknown)
        return Text{"グループ %1 の taint %2 を許容するか、展開前の変数のため読めません。", "Whether the taint %2 of group %1 is tolerated hangs on a variable that was not filled in."}
            .arg(group, p.taint->key);
    return {};
}

} // namespace tenken
