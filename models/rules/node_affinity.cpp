// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/nodes.h>

#include <algorithm>

namespace tenken {

namespace {

const Text title{"ノードグループの指定", "Choice of the node group"};

// Labels that nodes of every group carry alike: they direct nothing to one group.
bool isGeneric(const QString &key)
{
    static const QStringList keys{
        QStringLiteral("kubernetes.io/os"),        QStringLiteral("kubernetes.io/arch"),
        QStringLiteral("beta.kubernetes.io/os"),   QStringLiteral("beta.kubernetes.io/arch"),
        QStringLiteral("kubernetes.io/hostname"),  QStringLiteral("topology.kubernetes.io/zone"),
        QStringLiteral("topology.kubernetes.io/region"), QStringLiteral("failure-domain.beta.kubernetes.io/zone"),
        QStringLiteral("karpenter.sh/capacity-type"), QStringLiteral("eks.amazonaws.com/capacityType")};
    return keys.contains(key);
}

Yaml requiredTerms(const Workload &w)
{
    return w.podSpec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"];
}

bool asksForMoreThanTheGeneric(const Workload &w)
{
    const QStringList selector = w.podSpec["nodeSelector"].keys();
    if (!std::ranges::all_of(selector, isGeneric))
        return true;
    const auto terms = requiredTerms(w).items();
    return !terms.empty() && std::ranges::all_of(terms, [](Yaml term) { // each alternative has to choose
        return std::ranges::any_of(term["matchExpressions"].items(), [](Yaml e) { return !isGeneric(e["key"].string()); });
    });
}

// The label that tells the group from the others, to be pasted.
QString selectorSnippet(const Workload &w, const NodeGroup &group, const std::vector<NodeGroup> &all)
{
    QString chosen;
    for (const auto &[key, values] : group.labels.asKeyValueRange()) {
        const auto named = values.named();
        if (!named || named->size() != 1 || isGeneric(key) || key.startsWith(QLatin1String("alpha.eksctl.io/cluster")))
            continue;
        const bool elsewhere = std::ranges::any_of(all, [&](const NodeGroup &other) {
            return other.name != group.name && other.labels.contains(key) && other.labels[key].has(named->front());
        });
        if (!elsewhere && (chosen.isEmpty() || (isProviderLabel(chosen.section(u':', 0, 0)) && !isProviderLabel(key))))
            chosen = QStringLiteral("%1: %2").arg(key, named->front());
    }
    if (chosen.isEmpty())
        return {};
    if (w.podSpec["nodeSelector"].isMap())
        return snippetIn(w.podSpec["nodeSelector"], chosen, w.object.node);
    return snippetIn(w.podSpec, QStringLiteral("nodeSelector:\n  ") + chosen, w.object.node);
}

struct Case {
    const RuleContext &context;
    const Workload &w;
    const std::vector<NodeGroup> &groups;
    std::vector<GroupMatch> matches;
    const QString named;

    std::vector<GroupMatch> with(Match match) const
    {
        std::vector<GroupMatch> some;
        std::ranges::copy_if(matches, std::back_inserter(some), [&](const GroupMatch &m) { return m.placement.match() == match; });
        return some;
    }
    const NodeGroup &target() const
    {
        const auto it = std::ranges::find(groups, named, &NodeGroup::name);
        return it == groups.end() ? groups.front() : *it;
    }
};

Finding place(const Case &c, Yaml node = {})
{
    Yaml at = node ? node : c.w.podSpec["nodeSelector"] ? c.w.podSpec["nodeSelector"] : c.w.podSpec["affinity"]["nodeAffinity"];
    Finding f = findingInTemplate(c.context, title, c.w, at);
    f.wanted = Text{"グループ %1 のラベルに合う必須の条件", "required terms that match group %1"}.arg(c.target().name);
    return f;
}

Finding markGroup(Finding f, const NodeGroup &group)
{
    addMark(f, group.file, group.span, Text{"ノードグループ %1", "node group %1"}.arg(group.name));
    return f;
}

Finding notRequired(const Case &c, NodeChoice choice)
{
    Finding f = markGroup(place(c), c.target());
    f.snippet = selectorSnippet(c.w, c.target(), c.groups);
    const Text remedy{"グループのラベルを nodeSelector か、必須の nodeAffinity に書いてください。",
                      "Write the group's label as nodeSelector, or as required nodeAffinity."};
    if (choice == NodeChoice::Preferred) {
        f.measured = sameText(QStringLiteral("preferredDuringScheduling…"));
        return say(f, Verdict::Warn, {"希望だけのため、混んだときはほかのノードに置かれます。",
                                      "It is only preferred: when nodes are short the pods go elsewhere."}, remedy);
    }
    f.measured = {"なし", "none"};
    return say(f, Verdict::Fail, {"nodeSelector も nodeAffinity もなく、どのノードにも置かれます。",
                                  "There is neither nodeSelector nor nodeAffinity: the pods go to any node."}, remedy);
}

Finding generic(const Case &c)
{
    Finding f = markGroup(place(c), c.target());
    f.measured = {"どのグループにもあるラベル", "labels that every group has"};
    f.snippet = selectorSnippet(c.w, c.target(), c.groups);
    return say(f, Verdict::Warn, {"OS、アーキテクチャ、ゾーンなどの条件だけで、グループを選んでいません。",
                                  "The terms name OS, architecture, zone and the like only, which choose no group."},
               {"グループだけが持つラベルも条件にしてください。", "Add a label that only the group has."});
}

Finding notMatching(const Case &c, const GroupMatch &m, Verdict verdict)
{
    Yaml at = m.placement.match() == m.placement.labels ? m.placement.node : c.w.podSpec["tolerations"];
    Finding f = markGroup(place(c, at), *m.group);
    f.measured = verdict == Verdict::Fail ? Text{"合わない", "no match"} : Text{"不明", "unknown"};
    if (verdict == Verdict::Unknown) {
        return say(f, verdict, whyNot(m),
                   {"グループの定義 (ClusterConfig、NodePool、`platform.nodes`) に、ラベル、ゾーン、インスタンスタイプを書いてください。",
                    "Give labels, zones and instance types in the group's definition (ClusterConfig, NodePool, `platform.nodes`)."});
    }
    if (m.placement.labels == Match::No)
        return say(f, verdict, whyNot(m), {"条件の値か、グループのラベルを直してください。", "Mend the term's value or the group's label."});
    f.snippet = snippetIn(c.w.podSpec, QStringLiteral("tolerations:\n  - {key: %1, operator: Equal, value: \"%2\", effect: %3}")
                                           .arg(m.placement.taint->key, m.placement.taint->value, m.placement.taint->effect), c.w.object.node);
    return say(f, verdict, whyNot(m), {"その taint の toleration を書いてください。", "Write a toleration for that taint."});
}

Finding matching(const Case &c, const std::vector<GroupMatch> &yes)
{
    const GroupMatch *target = &yes.front();
    for (const GroupMatch &m : yes) {
        if (m.group->name == c.named)
            target = &m;
    }
    Finding f = markGroup(place(c), *target->group);
    f.measured = sameText(namesOf(yes).join(QStringLiteral(", ")));
    if (!asksForMoreThanTheGeneric(c.w))
        return generic(c);
    const auto open = c.with(Match::Unknown);
    const bool several = yes.size() > 1 && (!c.named.isEmpty() || yes.size() == c.groups.size());
    if (several) {
        return say(f, Verdict::Warn, Text{"条件は %1 のどれにも合い、1 つのグループに決まりません。",
                                          "The terms match each of %1 and settle on no single group."}.arg(namesOf(yes).join(QStringLiteral(", "))),
                   {"グループだけが持つラベルを条件にするか、意図したグループに taint を付けてください。",
                    "Use a label that only the group has, or taint the group that is meant."});
    }
    if (!c.named.isEmpty() && !open.empty())
        return say(f, Verdict::Unknown, whyNot(open.front()), {"そのグループのラベルも定義に書いてください。", "Give that group's labels in its definition too."});
    return say(f, Verdict::Pass, Text{"必須の条件がグループ %1 に合い、taint を許容します。",
                                      "The required terms match group %1, and its taints are tolerated."}.arg(f.measured));
}

Finding judgeWorkload(const Case &c)
{
    const NodeChoice choice = nodeChoice(c.w.podSpec);
    if (choice != NodeChoice::Required)
        return notRequired(c, choice);
    const auto yes = c.with(Match::Yes), open = c.with(Match::Unknown);
    if (!c.named.isEmpty()) {
        const auto named = std::ranges::find(c.matches, c.named, [](const GroupMatch &m) { return m.group->name; });
        if (named->placement.match() != Match::Yes)
            return notMatching(c, *named, named->placement.match() == Match::No ? Verdict::Fail : Verdict::Unknown);
        return matching(c, yes);
    }
    if (!yes.empty())
        return matching(c, yes);
    return open.empty() ? notMatching(c, c.matches.front(), Verdict::Fail) : notMatching(c, open.front(), Verdict::Unknown);
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto workloads = placedWorkloads(context);
    if (workloads.empty())
        return {};
    const std::vector<NodeGroup> groups = nodeGroups(context.manifests(), context.service());
    if (groups.empty()) {
        std::vector<Finding> findings{noNodeGroups(context, title)};
        return findings;
    }
    if (auto f = unknownGroupName(context, title, groups))
        return {std::move(*f)};
    std::vector<Finding> findings;
    for (const Workload *w : workloads)
        findings.push_back(judgeWorkload({context, *w, groups, matchesOf(groups, *w), context.service().nodeGroup.value.value_or(QString())}));
    return findings;
}

} // namespace

Rule nodeAffinityRule()
{
    return {
        "node-affinity",
        {"Pod が、決めたノードグループに置かれるか", "Whether the pods go to the node group meant for them"},
        {"eksctl の ClusterConfig、Karpenter の NodePool、service.yaml の platform.nodes をノードグループとして読みます。nodeSelector と必須の "
         "nodeAffinity を、スケジューラーと同じく照らします: term は OR、matchExpressions は AND、nodeSelector はさらに AND。演算子は In、NotIn、"
         "Exists、DoesNotExist、Gt、Lt。空の term は何も選びません。kubernetes.io/arch、instance-type、zone などはグループから導きます。"
         "グループにないラベルは合わず、AWS や Karpenter が自分で付けるラベルが定義から分からないときは不明です。NoSchedule と NoExecute の taint "
         "は toleration が要ります（effect が空ならすべて、key が空で Exists ならすべて。tolerationSeconds のあるものは追い出されるまでです）。"
         "preferred だけなら注意、何もなければ不合格。複数のグループに合うときは platform.node-group に書いたものを見ます。出典: Kubernetes の "
         "Assigning Pods to Nodes、Taints and Tolerations。",
         "Node groups are read from eksctl's ClusterConfig, Karpenter's NodePool and platform.nodes of service.yaml. nodeSelector and required "
         "nodeAffinity are matched as the scheduler does: terms are ORed, their matchExpressions ANDed, nodeSelector ANDed with both; operators In, "
         "NotIn, Exists, DoesNotExist, Gt, Lt; an empty term selects nothing. kubernetes.io/arch, instance-type, zone and the like follow from the "
         "group. A label the group lacks does not match; one that AWS or Karpenter sets by itself and the definition does not give is unknown. "
         "Taints NoSchedule and NoExecute need a toleration (an empty effect is every effect, an empty key with Exists every key; with "
         "tolerationSeconds it lasts only so long). Preferred terms alone warn, none fail. Where several groups match, the one in "
         "platform.node-group is meant. Sources: Kubernetes' Assigning Pods to Nodes, Taints and Tolerations."},
        {},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
