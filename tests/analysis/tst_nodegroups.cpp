// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pods.h"

#include <analysis/nodeplacement.h>

using namespace tenken;
using namespace tenken::test;

namespace {

QByteArray eksctl(const QByteArray &groups)
{
    return "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: shop, region: ap-northeast-1}\n" + groups;
}

QByteArray pool(const QByteArray &spec, const QByteArray &requirements = "[]", const QByteArray &inner = {})
{
    return "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: api}\nspec:\n  template:\n    metadata: {labels: {role: api}}\n"
           "    spec:\n      nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: main}\n      requirements: "
        + requirements + '\n' + inner + spec;
}

NodeGroup groupOf(const QByteArray &yaml, Manifests &m, const Service &service = {})
{
    m = manifestsFrom(yaml);
    const auto groups = nodeGroups(m, service);
    return groups.empty() ? NodeGroup() : groups.front();
}

// A group that people declare: labels role=api and tier="3", one type, two zones, a taint.
Service declared()
{
    NodeGroupSource source;
    source.name = QStringLiteral("api");
    source.types = {QStringLiteral("m6i.xlarge")};
    source.labels = {{QStringLiteral("role"), QStringLiteral("api")}, {QStringLiteral("tier"), QStringLiteral("3")}};
    source.zones = {QStringLiteral("ap-northeast-1a"), QStringLiteral("ap-northeast-1c")};
    Service service;
    service.nodeGroups = {source};
    return service;
}

QString word(Match m)
{
    return m == Match::Yes ? QStringLiteral("yes") : m == Match::No ? QStringLiteral("no") : QStringLiteral("unknown");
}

QStringList typeNames(const std::vector<InstanceType> &types)
{
    QStringList names;
    for (const InstanceType &t : types)
        names << t.name;
    return names;
}

} // namespace

class TestNodeGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelValues_data();
    void labelValues();
    void eksctlGroups();
    void eksctlCounts_data();
    void eksctlCounts();
    void karpenter();
    void karpenterTypes_data();
    void karpenterTypes();
    void placement_data();
    void placement();
    void taints_data();
    void taints();
    void declaredSize();
};

void TestNodeGroups::labelValues_data()
{
    QTest::addColumn<QStringList>("steps"); // "op value value"
    QTest::addColumn<QString>("has");
    QTest::addColumn<bool>("empty");
    const auto row = [](const char *name, QStringList steps, const char *has, bool empty) {
        QTest::newRow(name) << steps << QString::fromLatin1(has) << empty;
    };
    row("nothing said", {}, "x", false);
    row("In", {"In a b"}, "a", false);
    row("In and In meet", {"In a b", "In b c"}, "b", false);
    row("In and In do not meet", {"In a", "In b"}, "", true);
    row("In then NotIn of the same", {"In a", "NotIn a"}, "", true);
    row("NotIn then In", {"NotIn a", "In a b"}, "b", false);
    row("NotIn leaves the rest", {"NotIn a"}, "z", false);
    row("Exists", {"Exists"}, "z", false);
    row("DoesNotExist", {"DoesNotExist"}, "", true);
    row("Gt", {"Gt 4"}, "5", false);
    row("Gt and Lt with one between", {"Gt 4", "Lt 6"}, "5", false);
    row("Gt and Lt with none between", {"Gt 4", "Lt 5"}, "", true);
    row("Gte and Lte", {"Gte 4", "Lte 4"}, "4", false);
    row("In narrowed by Gt", {"In 2 4 8", "Gt 4"}, "8", false);
    row("Gt narrowed by In", {"Gt 4", "In 2 4"}, "", true);
    row("Gt of words is refused", {"Gt many"}, "", true);
    row("Gt of two values is refused", {"Gt 1 2"}, "", true);
    row("huge numbers", {"Gt 9223372036854775807"}, "", true);
}

void TestNodeGroups::labelValues()
{
    QFETCH(QStringList, steps);
    QFETCH(QString, has);
    QFETCH(bool, empty);
    LabelValues v = LabelValues::any();
    for (const QString &step : steps) {
        const QStringList words = step.split(u' ');
        QVERIFY(v.narrow(words.front(), words.mid(1)));
    }
    QCOMPARE(v.isEmpty(), empty);
    QVERIFY(has.isEmpty() || v.has(has));
    QVERIFY(!v.narrow(QStringLiteral("Near"), {}));
}

void TestNodeGroups::eksctlGroups()
{
    Manifests m = manifestsFrom(eksctl("availabilityZones: [ap-northeast-1a, ap-northeast-1c]\nmanagedNodeGroups:\n"
                                       "  - name: api\n    instanceTypes: [m6i.large, m6a.large, z9.large]\n    spot: true\n    minSize: 3\n"
                                       "    maxSize: 30\n    labels: {role: api}\n    taints: [{key: dedicated, value: api, effect: NoSchedule}]\n"
                                       "    maxPodsPerNode: 110\n  - name: lt\n    launchTemplate: {id: lt-1}\nnodeGroups:\n  - name: old\n"
                                       "    instancesDistribution: {instanceTypes: [c5.large]}\n    taints: {special: \"yes:NoExecute\"}\n"
                                       "    availabilityZones: [ap-northeast-1d]\n    kubeletExtraConfig: {kubeReserved: {cpu: 200m, memory: 1Gi}, "
                                       "evictionHard: {memory.available: 5%}}\n"));
    const auto groups = nodeGroups(m, {});
    QCOMPARE(groups.size(), 3);
    const NodeGroup &api = groups[0], &open = groups[1], &old = groups[2];
    QCOMPARE(api.object, QStringLiteral("ClusterConfig/shop/api"));
    QCOMPARE(typeNames(api.types), QStringList({"m6i.large", "m6a.large"}));
    QCOMPARE(api.unknownTypes, QStringList{"z9.large"});
    QCOMPARE(*api.maxNodes, 30);
    QCOMPARE(*api.kubelet.maxPods, 110);
    QVERIFY(api.labels[QStringLiteral("eks.amazonaws.com/capacityType")].has(QStringLiteral("SPOT")));
    QVERIFY(api.labels[QStringLiteral("topology.kubernetes.io/region")].has(QStringLiteral("ap-northeast-1")));
    QVERIFY(!api.labels.contains(QStringLiteral("kubernetes.io/arch"))); // z9 may be anything
    QCOMPARE(api.taints.front().effect, QStringLiteral("NoSchedule"));
    QVERIFY(open.open && open.types.empty());
    QCOMPARE(open.unreadable, QStringLiteral("launchTemplate"));
    QCOMPARE(typeNames(old.types), QStringList{"c5.large"});
    QCOMPARE(*old.zones(), QStringList{"ap-northeast-1d"});
    QCOMPARE(old.taints.front().key + old.taints.front().value + old.taints.front().effect, QStringLiteral("specialyesNoExecute"));
    QCOMPARE(*old.kubelet.kubeCpu, 0.2);
    QCOMPARE(*old.kubelet.kubeMemory, 1024.0);
    QCOMPARE(*old.kubelet.evictionShare, 0.05);
    QVERIFY(old.labels[QStringLiteral("kubernetes.io/arch")].has(QStringLiteral("amd64")));
    QVERIFY(!old.labels.contains(QStringLiteral("eks.amazonaws.com/nodegroup"))); // only managed groups carry it
}

void TestNodeGroups::eksctlCounts_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<int>("min");
    QTest::addColumn<int>("max");
    QTest::newRow("nothing: 2") << QByteArray() << 2 << 2;
    QTest::newRow("desired alone") << QByteArray(", desiredCapacity: 5") << 5 << 5;
    QTest::newRow("min and max") << QByteArray(", minSize: 1, maxSize: 9") << 1 << 9;
    QTest::newRow("max alone") << QByteArray(", maxSize: 9") << -1 << 9;
    QTest::newRow("a template") << QByteArray(", minSize: 1, maxSize: $MAX") << 1 << -1;
}

void TestNodeGroups::eksctlCounts()
{
    QFETCH(QByteArray, spec);
    Manifests m;
    const NodeGroup group = groupOf(eksctl("managedNodeGroups: [{name: a" + spec + "}]\n"), m);
    QTEST(group.minNodes.value_or(-1), "min");
    QTEST(group.maxNodes.value_or(-1), "max");
    QCOMPARE(typeNames(group.types), QStringList{"m5.large"}); // eksctl's default
}

void TestNodeGroups::karpenter()
{
    Manifests m;
    const QByteArray nodeClass = "---\napiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: {name: main}\n"
                                 "spec: {kubelet: {maxPods: 50, systemReserved: {memory: 200Mi}, evictionHard: {memory.available: 200Mi}}}\n";
    const NodeGroup group = groupOf(pool("  limits: {cpu: \"100\", memory: 400Gi}\n",
                                         "[{key: node.kubernetes.io/instance-type, operator: In, values: [m6g.xlarge]}, "
                                         "{key: topology.kubernetes.io/zone, operator: In, values: [ap-northeast-1a]}]",
                                         "      taints: [{key: dedicated, value: api, effect: NoSchedule}]\n"
                                         "      startupTaints: [{key: cilium, effect: NoExecute}]\n") + nodeClass, m);
    QVERIFY(group.isKarpenter() && !group.open && !group.unlimited);
    QCOMPARE(*group.cpuLimit, 100.0);
    QCOMPARE(*group.memoryLimit, 409600.0);
    QCOMPARE(group.taints.size(), 1); // start-up taints are gone before Pods arrive
    QCOMPARE(*group.kubelet.maxPods, 50);
    QCOMPARE(*group.kubelet.systemMemory, 200.0);
    QCOMPARE(*group.kubelet.evictionMemory, 200.0);
    QVERIFY(group.labels[QStringLiteral("karpenter.k8s.aws/instance-family")].has(QStringLiteral("m6g")));
    QVERIFY(group.labels[QStringLiteral("karpenter.sh/nodepool")].has(QStringLiteral("api")));
    QVERIFY(groupOf(pool({}), m).unlimited);
    QCOMPARE(*groupOf(pool("  replicas: 4\n  limits: {nodes: 3}\n"), m).maxNodes, 3);
}

void TestNodeGroups::karpenterTypes_data()
{
    QTest::addColumn<QByteArray>("requirements");
    QTest::addColumn<QStringList>("types");
    QTest::addColumn<bool>("open");
    QTest::newRow("named") << QByteArray("[{key: node.kubernetes.io/instance-type, operator: In, values: [m5.large, m6g.large]}]")
                           << QStringList{"m5.large", "m6g.large"} << false;
    QTest::newRow("named, and an architecture")
        << QByteArray("[{key: node.kubernetes.io/instance-type, operator: In, values: [m5.large, m6g.large]}, "
                      "{key: kubernetes.io/arch, operator: In, values: [arm64]}]") << QStringList{"m6g.large"} << false;
    QTest::newRow("family and size") << QByteArray("[{key: karpenter.k8s.aws/instance-family, operator: In, values: [c7g, m7i-flex]}, "
                                                   "{key: karpenter.k8s.aws/instance-size, operator: In, values: [large]}]")
                                     << QStringList{"c7g.large", "m7i-flex.large"} << true;
    QTest::newRow("cpu bounds") << QByteArray("[{key: karpenter.k8s.aws/instance-family, operator: In, values: [m6i]}, "
                                              "{key: karpenter.k8s.aws/instance-cpu, operator: Gt, values: [\"4\"]}, "
                                              "{key: karpenter.k8s.aws/instance-cpu, operator: Lt, values: [\"17\"]}]")
                                << QStringList{"m6i.2xlarge", "m6i.4xlarge"} << true;
    QTest::newRow("not in") << QByteArray("[{key: karpenter.k8s.aws/instance-family, operator: In, values: [c7g]}, "
                                          "{key: karpenter.k8s.aws/instance-size, operator: NotIn, values: [large, 4xlarge]}]")
                            << QStringList{"c7g.xlarge", "c7g.2xlarge"} << true;
    QTest::newRow("category and generation") << QByteArray("[{key: karpenter.k8s.aws/instance-category, operator: In, values: [i]}, "
                                                           "{key: karpenter.k8s.aws/instance-generation, operator: Exists}]")
                                             << QStringList{"i3.xlarge"} << true;
}

void TestNodeGroups::karpenterTypes()
{
    QFETCH(QByteArray, requirements);
    Manifests m;
    const NodeGroup group = groupOf(pool({}, requirements), m);
    QTEST(typeNames(group.types), "types");
    QTEST(group.open, "open");
}

void TestNodeGroups::placement_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("match");
    const auto row = [](const char *name, const QByteArray &podSpec, const char *match) {
        QTest::newRow(name) << podSpec << QString::fromLatin1(match);
    };
    const auto terms = [](const QByteArray &list) {
        return "      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [" + list + "]}}}\n";
    };
    const auto one = [&](const QByteArray &expression) { return terms("{matchExpressions: [" + expression + "]}"); };
    row("nothing asked", "", "yes");
    row("nodeSelector", "      nodeSelector: {role: api}\n", "yes");
    row("another value", "      nodeSelector: {role: batch}\n", "no");
    row("a label the group lacks", "      nodeSelector: {team: x}\n", "no");
    row("In", one("{key: role, operator: In, values: [api, web]}"), "yes");
    row("NotIn", one("{key: role, operator: NotIn, values: [api]}"), "no");
    row("NotIn of a label the group lacks", one("{key: team, operator: NotIn, values: [x]}"), "yes");
    row("Exists", one("{key: role, operator: Exists}"), "yes");
    row("Exists of a label the group lacks", one("{key: team, operator: Exists}"), "no");
    row("DoesNotExist", one("{key: role, operator: DoesNotExist}"), "no");
    row("DoesNotExist of a label the group lacks", one("{key: team, operator: DoesNotExist}"), "yes");
    row("Gt", one("{key: tier, operator: Gt, values: [\"2\"]}"), "yes");
    row("Gt itself", one("{key: tier, operator: Gt, values: [\"3\"]}"), "no");
    row("Lt", one("{key: tier, operator: Lt, values: [\"4\"]}"), "yes");
    row("Gt of a word", one("{key: role, operator: Gt, values: [\"1\"]}"), "no");
    row("expressions are ANDed", one("{key: role, operator: Exists}, {key: tier, operator: In, values: [\"9\"]}"), "no");
    row("terms are ORed", terms("{matchExpressions: [{key: role, operator: In, values: [x]}]}, {matchExpressions: [{key: role, operator: Exists}]}"), "yes");
    row("nodeSelector and affinity are ANDed", "      nodeSelector: {role: batch}\n" + one("{key: role, operator: Exists}"), "no");
    row("selector and term about the same key", "      nodeSelector: {topology.kubernetes.io/zone: ap-northeast-1a}\n"
            + one("{key: topology.kubernetes.io/zone, operator: NotIn, values: [ap-northeast-1a]}"), "no");
    row("an empty term selects nothing", terms("{}"), "no");
    row("no terms select nothing", terms(""), "no");
    row("an empty term beside a good one", terms("{}, {matchExpressions: [{key: role, operator: Exists}]}"), "yes");
    row("derived: architecture", "      nodeSelector: {kubernetes.io/arch: amd64}\n", "yes");
    row("derived: another architecture", "      nodeSelector: {kubernetes.io/arch: arm64}\n", "no");
    row("derived: instance type", "      nodeSelector: {node.kubernetes.io/instance-type: m6i.xlarge}\n", "yes");
    row("derived: region", "      nodeSelector: {topology.kubernetes.io/region: ap-northeast-1}\n", "yes");
    row("derived: one of its zones", "      nodeSelector: {topology.kubernetes.io/zone: ap-northeast-1c}\n", "yes");
    row("another zone", "      nodeSelector: {topology.kubernetes.io/zone: ap-northeast-1d}\n", "no");
    row("windows", "      nodeSelector: {kubernetes.io/os: windows}\n", "no");
    row("a provider's label that is not known", "      nodeSelector: {eks.amazonaws.com/nodegroup: api}\n", "unknown");
    row("a host", one("{key: kubernetes.io/hostname, operator: In, values: [a]}"), "unknown");
    row("matchFields", terms("{matchFields: [{key: metadata.name, operator: In, values: [a]}]}"), "unknown");
    row("a template", "      nodeSelector: {role: $ROLE}\n", "unknown");
    row("a field that does not match outweighs one that is not known", "      nodeSelector: {kubernetes.io/hostname: a, role: batch}\n", "no");
    row("no such operator", one("{key: role, operator: Near, values: [api]}"), "unknown");
    row("preferred asks nothing", "      affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: "
                                  "{matchExpressions: [{key: role, operator: In, values: [x]}]}}]}}\n", "yes");
}

void TestNodeGroups::placement()
{
    QFETCH(QByteArray, podSpec);
    const Manifests m = manifestsFrom(deployment(podSpec));
    const auto groups = nodeGroups(m, declared());
    const Placement p = placementOn(groups.front(), m.workloads.front().podSpec);
    QTEST(word(p.match()), "match");
    QCOMPARE(p.labels != Match::Yes && !p.key.isEmpty(), p.labels != Match::Yes && p.node.exists() && !p.key.isEmpty());
}

void TestNodeGroups::taints_data()
{
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QByteArray>("toleration");
    QTest::addColumn<QString>("match");
    const auto row = [](const char *name, const char *effect, const QByteArray &toleration, const char *match) {
        QTest::newRow(name) << QString::fromLatin1(effect) << toleration << QString::fromLatin1(match);
    };
    row("none", "NoSchedule", "", "no");
    row("Equal is the default", "NoSchedule", "{key: dedicated, value: api, effect: NoSchedule}", "yes");
    row("another value", "NoSchedule", "{key: dedicated, value: web, effect: NoSchedule}", "no");
    row("another effect", "NoSchedule", "{key: dedicated, value: api, effect: NoExecute}", "no");
    row("an empty effect is every effect", "NoExecute", "{key: dedicated, value: api}", "yes");
    row("Exists reads no value", "NoSchedule", "{key: dedicated, operator: Exists, effect: NoSchedule}", "yes");
    row("an empty key with Exists is everything", "NoSchedule", "{operator: Exists}", "yes");
    row("an empty key with Equal is refused", "NoSchedule", "{value: api}", "no");
    row("PreferNoSchedule keeps nothing out", "PreferNoSchedule", "", "yes");
    row("for a while only", "NoExecute", "{key: dedicated, operator: Exists, tolerationSeconds: 300}", "no");
    row("a template", "NoSchedule", "{key: dedicated, value: $V}", "unknown");
}

void TestNodeGroups::taints()
{
    QFETCH(QString, effect);
    QFETCH(QByteArray, toleration);
    Service service = declared();
    service.nodeGroups.front().taints = {{QStringLiteral("dedicated"), QStringLiteral("api"), effect}};
    const Manifests m = manifestsFrom(deployment(toleration.isEmpty() ? QByteArray() : "      tolerations: [" + toleration + "]\n"));
    const auto groups = nodeGroups(m, service);
    const Placement p = placementOn(groups.front(), m.workloads.front().podSpec);
    QTEST(word(p.match()), "match");
    QCOMPARE(p.taint != nullptr, p.match() != Match::Yes);
    QCOMPARE(p.evictedLater, toleration.contains("tolerationSeconds"));
}

void TestNodeGroups::declaredSize()
{
    Service service = declared();
    NodeGroupSource &source = service.nodeGroups.front();
    source.types = {QStringLiteral("x99.huge")};
    QCOMPARE(nodeGroups({}, service).front().unknownTypes, QStringList{"x99.huge"});
    source.vcpu.value = 6;
    source.memory.value = 10000;
    QCOMPARE(nodeGroups({}, service).front().unknownTypes.size(), 1); // three numbers make a size
    source.maxPods.value = 40;
    source.architecture = QStringLiteral("arm64");
    const NodeGroup group = nodeGroups({}, service).front();
    QVERIFY(group.unknownTypes.isEmpty());
    QCOMPARE(group.types.front().pods, 40);
    QVERIFY(group.labels[QStringLiteral("kubernetes.io/arch")].has(QStringLiteral("arm64")));
    // A type of the table keeps its size; max-pods is the kubelet's.
    source.types = {QStringLiteral("m5.large")};
    source.vcpu = {};
    QCOMPARE(nodeGroups({}, service).front().types.front().pods, 29);
    QCOMPARE(*nodeGroups({}, service).front().kubelet.maxPods, 40);
}

QTEST_APPLESS_MAIN(TestNodeGroups)
#include "tst_nodegroups.moc"
