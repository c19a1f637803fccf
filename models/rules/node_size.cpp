// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/nodes.h>
#include <rules/planning.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

const Text fitTitle{"1 ノードに載る Pod", "Pods that fit on a node"};
const Text nodesTitle{"イベントに要るノード", "Nodes that the events need"};
const QString pods = QStringLiteral("Pod");

struct Case {
    const RuleContext &context;
    const Workload &w;
    PodRequests pod;
    int wanted = 1;
};

Text limitText(NodePacking::Limit limit)
{
    switch (limit) {
    case NodePacking::Limit::Cpu:
        return {"CPU", "CPU"};
    case NodePacking::Limit::Memory:
        return {"メモリ", "memory"};
    case NodePacking::Limit::Pods:
        return {"Pod の数の上限", "the limit on pods"};
    case NodePacking::Limit::Nothing:
        break;
    }
    return {};
}

QString memoryText(double mebibytes)
{
    return mebibytes >= 10'240 ? formatWithUnit(mebibytes / 1024, QStringLiteral("GiB")) : formatWithUnit(std::floor(mebibytes), QStringLiteral("MiB"));
}

// "Pod 1.15 CPU, 1,216 MiB + DaemonSet 0.35 CPU, 600 MiB; 1.93 CPU, 6,903 MiB are there"
Text sumText(const NodePacking &p)
{
    const auto amounts = [](const NodeShare &s) { return QStringLiteral("%1 CPU, %2").arg(formatNumber(s.cpu), memoryText(s.memory)); };
    const bool sidecar = p.pod.sidecar.cpu > 0 || p.pod.sidecar.memory > 0;
    Text text = sidecar ? Text{"Pod %1（うち istio-proxy %2）", "Pod %1 (istio-proxy %2 of it)"}.arg(amounts(p.pod.total), amounts(p.pod.sidecar))
                        : Text{"Pod %1", "Pod %1"}.arg(amounts(p.pod.total));
    if (!p.daemons.empty())
        text = Text{"%1、DaemonSet %2", "%1, DaemonSets %2"}.arg(text, amounts(p.daemonSum));
    return Text{"%1 の割り当て可能量は %2 です。%3。", "%1 has %2 allocatable. %3."}.arg(p.type, amounts(p.node.allocatable), text);
}

Finding place(const Case &c, const Text &title, const NodeGroup &group)
{
    const auto apps = c.w.appContainers();
    Finding f = apps.empty() ? findingInTemplate(c.context, title, c.w)
                             : findingInTemplate(c.context, title, c.w, apps.front(), apps.front().node["resources"]);
    addMark(f, group.file, group.span, Text{"ノードグループ %1", "node group %1"}.arg(group.name));
    return f;
}

bool daemonsKnown(const Case &c, const NodePacking &p)
{
    static const QStringList everyNode{QStringLiteral("aws-node"), QStringLiteral("kube-proxy")};
    return c.context.service().daemonSets
        || std::ranges::any_of(p.daemons, [](const NodeDaemon &d) { return everyNode.contains(d.name); });
}

// What has to be known before "it fits" may be said. Nothing when it is.
std::optional<std::pair<Text, Text>> whatIsOpen(const Case &c, const NodePacking &p)
{
    if (!c.pod.unreadable.isEmpty())
        return std::pair{Text{"requests が読めません: %1", "A request cannot be read: %1."}.arg(c.pod.unreadable),
                         Text{"量で書くか、展開後のマニフェストを渡してください。", "Write a quantity, or give the rendered manifest."}};
    if (!c.pod.missing.isEmpty())
        return std::pair{Text{"requests のないコンテナがあり、要る量が分かりません（%1）。", "A container requests nothing, so what it needs is not known (%1)."}
                             .arg(c.pod.missing.join(QStringLiteral(", "))),
                         Text{"cpu と memory の requests を書いてください。", "Write requests for cpu and memory."}};
    if (!c.pod.overheadKnown)
        return std::pair{Text{"RuntimeClass の overhead が分かりません。", "The overhead of the RuntimeClass is not known."},
                         Text{"RuntimeClass のマニフェストを加えてください。", "Add the RuntimeClass to the manifests."}};
    if (c.pod.sidecarFrom == PodRequests::SidecarFrom::Unknown)
        return std::pair{Text{"サイドカーが入るかどうか分かりません。", "Whether a sidecar is injected is not known."},
                         Text{"service.yaml に `platform.mesh`（istio か none）を書いてください。", "Write `platform.mesh` (istio or none) in service.yaml."}};
    if (!daemonsKnown(c, p))
        return std::pair{Text{"ノードの DaemonSet（aws-node、kube-proxy など）の requests が分かりません。残り %1 CPU、%2 に収まれば載ります。",
                              "What the node's DaemonSets (aws-node, kube-proxy …) request is not known. It fits if they take no more than %1 CPU and %2."}
                             .arg(formatNumber(p.left.cpu), memoryText(p.left.memory)),
                         Text{"そのマニフェストを加えるか、service.yaml に `platform.daemonsets: {cpu: 350m, memory: 600Mi, pods: 4}` と書いてください。",
                              "Add their manifests, or write `platform.daemonsets: {cpu: 350m, memory: 600Mi, pods: 4}` in service.yaml."}};
    return {};
}

Finding judgeFit(const Case &c, const NodeGroup &group, const NodePacking &p)
{
    Finding f = place(c, fitTitle, group);
    setPicture(f, p);
    compare(f, p.fits, Comparison::Relation::AtLeast, c.wanted, pods);
    if (p.fits < c.wanted) {
        return say(f, Verdict::Fail,
                   Text{"%1 %2が足りず、載るのは %3 Pod です。", "%1 %2 runs out; pods that fit: %3."}.arg(sumText(p), limitText(p.limit), p.fits),
                   {"大きいインスタンスタイプにするか、requests を測った値に下げてください。",
                    "Use a larger instance type, or lower the requests to what was measured."});
    }
    if (const auto open = whatIsOpen(c, p))
        return say(f, Verdict::Unknown, Text{"%1 %2", "%1 %2"}.arg(sumText(p), open->first), open->second);
    if (p.fits > c.wanted && !group.open) {
        return say(f, Verdict::Warn,
                   p.apart ? Text{"%1 %2 Pod 載る大きさですが、podAntiAffinity が 1 Pod に限り、残りは使われません。",
                                  "%1 It is large enough for %2 pods, but podAntiAffinity allows one and the rest stays unused."}
                                 .arg(sumText(p), p.fits)
                           : Text{"%1 %2 Pod 載る大きさで、%3 Pod より多くが同じノードに載るか、残りが使われません。",
                                  "%1 It is large enough for %2 pods: more than %3 share a node, or the rest stays unused."}
                                 .arg(sumText(p), p.fits, c.wanted),
                   {"小さいインスタンスタイプにするか、チェックリストの `pods-per-node` を意図した数にしてください。",
                    "Use a smaller instance type, or set `pods-per-node` to the number that is meant."});
    }
    return say(f, Verdict::Pass, group.open ? Text{"%1 NodePool は載る大きさの型を選べます。", "%1 The NodePool can choose a type that fits."}.arg(sumText(p))
                                            : Text{"%1 載る Pod は %2 です。", "%1 Pods that fit: %2."}.arg(sumText(p), p.fits));
}

Finding unknownType(const Case &c, const NodeGroup &group)
{
    Finding f = place(c, fitTitle, group);
    f.file = group.file;
    f.span = group.span;
    f.object = group.object;
    if (group.unknownTypes.isEmpty()) {
        return say(f, Verdict::Unknown, group.unreadable.isEmpty() ? Text{"グループ %1 のインスタンスタイプが分かりません。", "The instance type of group %1 is not known."}.arg(group.name)
                       : Text{"グループ %1 のインスタンスタイプは %2 が決め、分かりません。", "%2 decides the instance type of group %1, so it is not known."}.arg(group.name, group.unreadable),
                   {"service.yaml の `platform.nodes` に、型を書いてください。", "Write the type under `platform.nodes` in service.yaml."});
    }
    const QString type = group.unknownTypes.front();
    f.measured = sameText(type);
    f.snippet = QStringLiteral("- {name: %1, instance-types: [%2], vcpu: 4, memory: 16Gi, max-pods: 58, max: 60}").arg(group.name, type);
    return say(f, Verdict::Unknown, Text{"型 %1 の大きさが分かりません（表は %2 のもの）。", "The size of type %1 is not known (the table is of %2)."}.arg(type, instanceTypesDate()),
               {"service.yaml の `platform.nodes` に、`vcpu`、`memory`、`max-pods` と共に書いてください。",
                "Write the group under `platform.nodes` in service.yaml, with `vcpu`, `memory` and `max-pods`."});
}

NodePacking packed(const Case &c, const NodeGroup &group, const InstanceType &type)
{
    std::vector<NodeDaemon> daemons = daemonsOn(group, c.context.manifests(), c.context.service());
    if (const auto &declared = c.context.service().daemonSets; declared && *declared != NodeShare{})
        daemons.push_back({QStringLiteral("platform.daemonsets"), *declared, true});
    NodePacking p = packNode(group, type, c.pod, std::move(daemons), c.wanted);
    p.apart = keepsApart(c.w);
    p.left = p.node.allocatable - p.daemonSum - p.pod.total * p.perNode();
    return p;
}

/// Nodes that come alike for scheduling may be of any of the group's types, so the tightest counts; Karpenter picks the
/// smallest that fits.
std::optional<std::pair<NodePacking, InstanceType>> decisive(const Case &c, const GroupMatch &m)
{
    std::vector<std::pair<NodePacking, InstanceType>> all;
    // A group that is meant and does not match yet is judged by all its types.
    const auto types = m.placement.labels == Match::No ? m.group->types : typesFor(*m.group, m.placement);
    for (const InstanceType &type : types)
        all.emplace_back(packed(c, *m.group, type), type);
    if (all.empty())
        return {};
    if (m.group->isKarpenter()) {
        std::ranges::stable_sort(all, {}, [](const auto &e) { return std::pair(e.second.vcpu, e.second.memory); });
        const auto it = std::ranges::find_if(all, [&](const auto &e) { return e.first.fits >= c.wanted; });
        if (it != all.end())
            return *it;
        return m.group->open || !m.group->unknownTypes.isEmpty() ? std::nullopt : std::optional(all.back());
    }
    return *std::ranges::min_element(all, {}, [](const auto &e) { return e.first.fits; });
}

struct Room {
    int most = 0;
    bool known = true, unlimited = false;
    int fits = 0, perNode = 0;
};

Finding judgeNodes(const Case &c, const std::vector<GroupMatch> &chosen, NodePacking p, const Planning &planning, const Room &room)
{
    for (const EventPlan &e : planning.plan.events)
        p.events.push_back({e.event.name.isEmpty() ? sameText(e.event.id) : e.event.name, e.needed(), nodesFor(e.needed(), room.perNode)});
    if (room.known && !room.unlimited)
        p.maxNodes = room.most;
    const NodeGroup &group = *chosen.front().group;
    Finding f = findingInTemplate(c.context, nodesTitle, c.w);
    f.file = group.file;
    f.span = group.span;
    f.object = group.object;
    const EventPlan &largest = *std::ranges::max_element(planning.plan.events, {}, &EventPlan::needed);
    addMark(f, c.context.service().file, largest.event.span, Text{"%1 Pod 必要", "%1 pods needed"}.arg(largest.needed()));
    const int needed = p.mostNodes(), packedNodes = nodesFor(largest.needed(), p.apart ? 1 : room.fits);
    setPicture(f, p);
    const QString unit = QStringLiteral("node");
    const Text parts = planParts(largest);
    const Text sum = Text{"最大のイベントの %1 Pod%2は、1 ノード %3 Pod で %4 ノードです。", "The %1 pods of the largest event%2 at %3 a node need %4 nodes."}
                         .arg(largest.needed(), parts.isEmpty() ? Text{} : Text{"（%1）", " (%1)"}.arg(parts), room.perNode, needed);
    if (room.unlimited) {
        f.measured = sameText(formatWithUnit(needed, unit));
        return say(f, Verdict::Pass, Text{"%1 NodePool に上限はありません。", "%1 The NodePool has no limit."}.arg(sum));
    }
    if (!room.known) {
        return say(f, Verdict::Unknown, Text{"%1 グループの最大のノード数が分かりません。", "%1 The group's maximum is not known."}.arg(sum),
                   {"グループの定義に最大数（maxSize、limits、`platform.nodes[].max`）を書いてください。",
                    "Give the maximum in the group's definition (maxSize, limits, `platform.nodes[].max`)."});
    }
    compare(f, needed, Comparison::Relation::AtMost, room.most, unit);
    if (needed <= room.most)
        return say(f, Verdict::Pass, Text{"%1 最大は %2 ノードです。", "%1 There can be %2."}.arg(sum, room.most));
    const Text remedy = Text{"グループの最大を %1 ノード以上にしてください。", "Raise the group's maximum to %1 nodes or more."}.arg(needed);
    if (packedNodes <= room.most) {
        return say(f, Verdict::Warn, Text{"%1 最大は %2 ノードで、1 ノードに %3 Pod まで詰めれば足ります。",
                                          "%1 There can be %2; that is enough only with up to %3 pods on a node."}.arg(sum, room.most, room.fits), remedy);
    }
    return say(f, Verdict::Fail, Text{"%1 最大は %2 ノードで、%3 足りません。", "%1 There can be %2, %3 short."}.arg(sum, room.most, needed - room.most), remedy);
}

// The groups the pods may go to: the one that is named, else those that match, else those that may.
std::vector<GroupMatch> chosenGroups(const RuleContext &context, const std::vector<NodeGroup> &groups, const Workload &w)
{
    std::vector<GroupMatch> matches = matchesOf(groups, w);
    const auto keep = [&](auto predicate) {
        std::vector<GroupMatch> some;
        std::ranges::copy_if(matches, std::back_inserter(some), predicate);
        return some;
    };
    if (const auto &named = context.service().nodeGroup)
        return keep([&](const GroupMatch &m) { return m.group->name == *named; });
    auto yes = keep([](const GroupMatch &m) { return m.placement.match() == Match::Yes; });
    return !yes.empty() ? yes : keep([](const GroupMatch &m) { return m.placement.match() == Match::Unknown; });
}

void judgeWorkload(const Case &c, const std::vector<GroupMatch> &chosen, std::vector<Finding> &findings)
{
    Room room;
    std::optional<NodePacking> tightest;
    for (const GroupMatch &m : chosen) {
        if (!m.group->isKarpenter() && !m.group->unknownTypes.isEmpty())
            findings.push_back(unknownType(c, *m.group));
        const auto found = decisive(c, m);
        if (!found) {
            if (m.group->isKarpenter() || m.group->unknownTypes.isEmpty())
                findings.push_back(unknownType(c, *m.group));
            continue;
        }
        findings.push_back(judgeFit(c, *m.group, found->first));
        const auto most = mostNodesOf(*m.group, found->second);
        room.known = room.known && (most || m.group->unlimited);
        room.unlimited = room.unlimited || m.group->unlimited;
        room.most += most.value_or(0);
        if (!tightest || found->first.fits < tightest->fits)
            tightest = found->first;
    }
    if (!tightest || tightest->fits < 1 || !isServing(c.context, c.w))
        return;
    room.fits = tightest->fits;
    room.perNode = tightest->perNode();
    const Planning planning = planFor(c.context);
    if (!planning.missing.empty())
        std::ranges::copy(planning.missing, std::back_inserter(findings));
    else
        findings.push_back(judgeNodes(c, chosen, *tightest, planning, room));
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto workloads = placedWorkloads(context);
    if (workloads.empty())
        return {};
    const std::vector<NodeGroup> groups = nodeGroups(context.manifests(), context.service());
    if (groups.empty())
        return {noNodeGroups(context, fitTitle)};
    if (auto f = unknownGroupName(context, fitTitle, groups))
        return {std::move(*f)};
    std::vector<Finding> findings;
    for (const Workload *w : workloads) {
        const auto chosen = chosenGroups(context, groups, *w);
        const Case c{context, *w, podRequests(*w, context.service(), context.manifests()),
                     std::max(1, int(context.parameter(QStringLiteral("pods-per-node"))))};
        if (chosen.empty()) {
            findings.push_back(say(findingInTemplate(context, fitTitle, *w, w->podSpec["nodeSelector"]), Verdict::Unknown,
                                   {"Pod の条件に合うノードグループがなく、載せるノードが分かりません。",
                                    "No node group meets the pod's terms, so the node is not known."},
                                   {"node-affinity の結果を見て、条件かグループを直してください。", "See the finding of node-affinity and mend the terms or the group."}));
            continue;
        }
        judgeWorkload(c, chosen, findings);
    }
    return findings;
}

} // namespace

Rule nodeSizeRule()
{
    return {
        "node-size",
        {"Pod、サイドカー、DaemonSet がノードに収まり、イベントのノードがグループの最大に収まるか",
         "Pod, sidecar and DaemonSets fit the node, and the events' nodes fit the group"},
        {"割り当て可能量は EKS の式で求めます（amazon-eks-ami の nodeadm）: kube-reserved の CPU は 1 つ目のコアの 6 %、2 つ目の 1 %、3〜4 つ目の 0.5 %、"
         "以降 0.25 %、メモリは 11 MiB × maxPods + 255 MiB、evictionHard は 100 MiB。メモリは Karpenter と同じく公称値から 7.5 % を引きます（arm64 は先に "
         "64 MiB）。型の大きさと maxPods は表から取り、表にない型は不明です。Pod の requests は、アプリとネイティブサイドカーの合計と、init "
         "コンテナ（それより前のサイドカーを含む）の大きい方に overhead を足したもので、注入される istio-proxy（annotation、service.yaml、既定 "
         "100m / 128Mi）を含みます。そのグループに載る DaemonSet を引き、残りに載る数が pods-per-node より少なければ不合格、多ければ注意です。DaemonSet "
         "が分からなければ合格にしません。ノードの数 = ⌈イベントの Pod ÷ 1 ノードの Pod⌉ を、maxSize か Karpenter の limits と比べます。Pod の数は "
         "event-capacity と同じです。",
         "Allocatable follows EKS' formulas (nodeadm of amazon-eks-ami): kube-reserved CPU is 6 % of the first core, 1 % of the second, 0.5 % of the "
         "third and fourth, 0.25 % of each further one; memory 11 MiB × maxPods + 255 MiB; evictionHard 100 MiB. As Karpenter does, 7.5 % are taken off "
         "the advertised memory (on arm64 after 64 MiB). Sizes and maxPods come from a table; a type that is not in it is unknown. A pod requests the "
         "larger of app containers plus native sidecars and of each init container with the sidecars before it, plus overhead, an injected "
         "istio-proxy included (annotations, service.yaml, by default 100m / 128Mi). DaemonSets that land on the group come off; if fewer than "
         "pods-per-node fit in the rest it fails, if more it warns. It never passes while the DaemonSets are not known. Nodes = ⌈pods of the event ÷ "
         "pods per node⌉ are held against maxSize or Karpenter's limits; the pods are those of event-capacity."},
        {{"pods-per-node", 1, "Pod", RuleParameter::Stricter::Neither, {"1 ノードに載せるアプリの Pod の数", "application pods that a node is meant to carry"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
