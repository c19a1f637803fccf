// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/nodegroupreaders.h>

#include <analysis/fields.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;
constexpr int mostNodes = 1'000'000;

std::optional<double> amount(Yaml node, double unit = 1)
{
    const auto value = parseQuantity(node.text());
    return value && *value >= 0 ? std::optional(*value / unit) : std::nullopt;
}

std::optional<int> count(Yaml node)
{
    const auto n = node.integer();
    return n && *n >= 0 && *n <= mostNodes ? std::optional(int(*n)) : std::nullopt;
}

// Taints stand as a list; in eksctl's nodeGroups also as a map of key to "value:effect".
std::vector<NodeTaint> taintsOf(Yaml node)
{
    std::vector<NodeTaint> taints;
    for (const Yaml item : node.items())
        taints.push_back({item["key"].string(), item["value"].string(), item["effect"].string()});
    for (const auto &[key, value] : node.entries()) {
        const QString text = value.string();
        const qsizetype colon = text.lastIndexOf(u':');
        taints.push_back({key.string(), colon < 0 ? QString() : text.first(colon), text.sliced(colon + 1)});
    }
    return taints;
}

void addTypes(NodeGroup &group, const QStringList &names)
{
    for (const QString &name : names) {
        if (const InstanceType *type = findInstanceType(name))
            group.types.push_back(*type);
        else
            group.unknownTypes << name;
    }
}

KubeletSettings kubeletOf(Yaml node)
{
    KubeletSettings k;
    k.maxPods = count(node["maxPods"]);
    k.podsPerCore = count(node["podsPerCore"]);
    if (k.podsPerCore == 0)
        k.podsPerCore.reset(); // 0 is "no limit"
    k.kubeCpu = amount(node["kubeReserved"]["cpu"]);
    k.kubeMemory = amount(node["kubeReserved"]["memory"], mebibyte);
    k.systemCpu = amount(node["systemReserved"]["cpu"]);
    k.systemMemory = amount(node["systemReserved"]["memory"], mebibyte);
    const QString eviction = node["evictionHard"]["memory.available"].string();
    if (eviction.endsWith(u'%')) {
        bool ok = false;
        const double percent = eviction.chopped(1).toDouble(&ok);
        if (ok && percent >= 0 && percent <= 100)
            k.evictionShare = percent / 100;
    } else {
        k.evictionMemory = amount(node["evictionHard"]["memory.available"], mebibyte);
    }
    return k;
}

} // namespace

NodeGroup declaredGroup(const NodeGroupSource &source, const Service &service)
{
    NodeGroup group;
    group.name = source.name;
    group.object = QStringLiteral("platform.nodes/") + source.name;
    group.file = service.file;
    group.span = source.span;
    group.taints = source.taints;
    group.minNodes = source.min.value;
    group.maxNodes = source.max.value;
    for (const auto &[key, value] : source.labels.asKeyValueRange())
        group.labels.insert(key, LabelValues::of({value}));
    if (!source.zones.isEmpty())
        group.labels.insert(zoneLabel, LabelValues::of(source.zones));
    addTypes(group, source.types);
    if (source.vcpu && source.memory && source.maxPods && source.types.size() <= 1) {
        // Described: a type of its own, whatever the table says.
        InstanceType type{source.types.value(0, source.name), *source.vcpu, *source.memory, *source.maxPods, source.architecture};
        if (type.architecture.isEmpty())
            type.architecture = group.types.empty() ? QString() : group.types.front().architecture;
        group.types = {type};
        group.unknownTypes.clear();
    } else {
        group.kubelet.maxPods = source.maxPods.value;
        group.open = source.types.isEmpty();
    }
    if (!source.architecture.isEmpty())
        group.labels.insert(QStringLiteral("kubernetes.io/arch"), LabelValues::of({source.architecture}));
    return group;
}

namespace {

NodeGroup eksctlGroup(const KubeObject &cluster, Yaml node, bool managed)
{
    NodeGroup group;
    group.source = NodeGroup::Source::Eksctl;
    group.name = node["name"].string();
    group.object = QStringLiteral("ClusterConfig/%1/%2").arg(cluster.name, group.name);
    group.file = cluster.file;
    group.span = node["name"] ? node["name"].entrySpan() : node.span();
    group.taints = taintsOf(node["taints"]);
    for (const auto &[key, value] : node["labels"].entries())
        group.labels.insert(key.string(), LabelValues::of({value.string()}));
    group.labels.insert(QStringLiteral("alpha.eksctl.io/nodegroup-name"), LabelValues::of({group.name}));
    group.labels.insert(QStringLiteral("alpha.eksctl.io/cluster-name"), LabelValues::of({cluster.name}));
    if (managed) {
        const bool spot = node["spot"].boolean().value_or(false);
        group.labels.insert(QStringLiteral("eks.amazonaws.com/nodegroup"), LabelValues::of({group.name}));
        group.labels.insert(QStringLiteral("eks.amazonaws.com/capacityType"),
                            LabelValues::of({spot ? QStringLiteral("SPOT") : QStringLiteral("ON_DEMAND")}));
    }
    if (node["amiFamily"].string().startsWith(u"Windows"))
        group.labels.insert(QStringLiteral("kubernetes.io/os"), LabelValues::of({QStringLiteral("windows")}));
    Yaml zones = node["availabilityZones"];
    if (!zones && !node["subnets"])
        zones = cluster.node["availabilityZones"];
    if (const QStringList named = zones.strings(); !named.isEmpty())
        group.labels.insert(zoneLabel, LabelValues::of(named));
    return group;
}

void readEksctlTypes(NodeGroup &group, Yaml node)
{
    QStringList names = node["instanceTypes"].strings() + node["instancesDistribution"]["instanceTypes"].strings();
    const QString one = node["instanceType"].string();
    if (!one.isEmpty() && one != u"mixed")
        names.prepend(one);
    names.removeDuplicates();
    if (names.isEmpty() && (node["instanceSelector"].isMap() || node["launchTemplate"].isMap())) {
        group.open = true;
        group.unreadable = node["launchTemplate"].isMap() ? QStringLiteral("launchTemplate") : QStringLiteral("instanceSelector");
    } else if (names.isEmpty()) {
        names = {QStringLiteral("m5.large")}; // eksctl's default
    }
    addTypes(group, names);
    group.kubelet = kubeletOf(node["kubeletExtraConfig"]);
    if (const auto most = count(node["maxPodsPerNode"]))
        group.kubelet.maxPods = most;
}

// Unset bounds follow the desired number, and that is 2 where nothing is written at all.
void readEksctlCounts(NodeGroup &group, Yaml node)
{
    const auto isUnset = [&](const char *key) { return !node[key] || node[key].isNull(); };
    group.minNodes = count(node["minSize"]);
    group.maxNodes = count(node["maxSize"]);
    const std::optional<int> desired = isUnset("minSize") && isUnset("maxSize") && isUnset("desiredCapacity")
        ? std::optional(2) : count(node["desiredCapacity"]);
    if (isUnset("minSize"))
        group.minNodes = desired;
    if (isUnset("maxSize"))
        group.maxNodes = desired;
}

} // namespace

std::vector<NodeGroup> eksctlGroups(const KubeObject &cluster)
{
    std::vector<NodeGroup> groups;
    for (const bool managed : {true, false}) {
        for (const Yaml node : cluster.node[managed ? "managedNodeGroups" : "nodeGroups"].items()) {
            NodeGroup group = eksctlGroup(cluster, node, managed);
            readEksctlTypes(group, node);
            readEksctlCounts(group, node);
            groups.push_back(std::move(group));
        }
    }
    return groups;
}

namespace {

const KubeObject *nodeClassOf(const KubeObject &pool, const Manifests &manifests)
{
    const QString name = pool.node["spec"]["template"]["spec"]["nodeClassRef"]["name"].string();
    for (const KubeObject *object : manifests.ofKind(QStringLiteral("EC2NodeClass"))) {
        if (object->name == name)
            return object;
    }
    return nullptr;
}

void readRequirements(NodeGroup &group, Yaml requirements)
{
    for (const Yaml r : requirements.items()) {
        const QString key = r["key"].string();
        auto it = group.labels.find(key);
        if (it == group.labels.end())
            it = group.labels.insert(key, LabelValues::any());
        if (!it->narrow(r["operator"].string(), r["values"].strings()))
            group.unreadable = r["operator"].string();
    }
}

void readKarpenterTypes(NodeGroup &group)
{
    const auto named = group.labels.value(QStringLiteral("node.kubernetes.io/instance-type")).named();
    group.open = !named;
    if (named) {
        addTypes(group, *named);
        std::erase_if(group.types, [&](const InstanceType &t) { return !suits(t, group.labels); });
        return;
    }
    std::ranges::copy_if(instanceTypes(), std::back_inserter(group.types),
                         [&](const InstanceType &t) { return suits(t, group.labels); });
}

} // namespace

NodeGroup karpenterGroup(const KubeObject &pool, const Manifests &manifests)
{
    NodeGroup group;
    group.source = NodeGroup::Source::Karpenter;
    group.name = pool.name;
    group.object = pool.title();
    group.file = pool.file;
    group.span = pool.node["metadata"]["name"].entrySpan();
    const Yaml spec = pool.node["spec"], inner = spec["template"]["spec"];
    group.taints = taintsOf(inner["taints"]); // startupTaints are gone before Pods arrive
    for (const auto &[key, value] : spec["template"]["metadata"]["labels"].entries())
        group.labels.insert(key.string(), LabelValues::of({value.string()}));
    group.labels.insert(QStringLiteral("karpenter.sh/nodepool"), LabelValues::of({pool.name}));
    readRequirements(group, inner["requirements"]);
    readKarpenterTypes(group);
    if (const KubeObject *nodeClass = nodeClassOf(pool, manifests))
        group.kubelet = kubeletOf(nodeClass->node["spec"]["kubelet"]);
    const Yaml limits = spec["limits"];
    group.cpuLimit = amount(limits["cpu"]);
    group.memoryLimit = amount(limits["memory"], mebibyte);
    group.maxNodes = count(limits["nodes"]);
    if (const auto fixed = count(spec["replicas"])) { // a static pool
        group.minNodes = fixed;
        group.maxNodes = group.maxNodes ? std::min(*group.maxNodes, *fixed) : fixed;
    }
    group.unlimited = limits.size() == 0 && !group.maxNodes;
    return group;
}

} // namespace tenken
