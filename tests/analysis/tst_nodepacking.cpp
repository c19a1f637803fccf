// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pods.h"

#include <analysis/nodepacking.h>

#include <QRegularExpression>

#include <cmath>

using namespace tenken;
using namespace tenken::test;

class TestNodePacking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table();
    void allocatable_data();
    void allocatable();
    void reservedCpu_data();
    void reservedCpu();
    void kubelet();
    void prefixDelegation_data();
    void prefixDelegation();
    void requests_data();
    void requests();
    void sidecars_data();
    void sidecars();
    void whatIsMissing();
    void packed_data();
    void packed();
    void daemons();
    void nodeLimits();
};

namespace {

Service meshed(const char *kubernetes = "1.31", const char *istio = "1.22")
{
    Service s;
    s.mesh.value = true;
    s.istioVersion.value = QVersionNumber::fromString(QLatin1StringView(istio));
    s.kubernetesVersion.value = QVersionNumber::fromString(QLatin1StringView(kubernetes));
    return s;
}

Service unmeshed()
{
    Service s;
    s.mesh.value = false;
    return s;
}

QByteArray resources(const char *requests)
{
    return "          resources: {requests: " + QByteArray(requests) + "}\n";
}

PodRequests requestsOf(const QByteArray &yaml, const Service &service)
{
    const Manifests m = manifestsFrom(yaml);
    return podRequests(m.workloads.front(), service, m);
}

QString shown(const NodeShare &s)
{
    return QStringLiteral("%1 %2").arg(s.cpu, 0, 'g', 6).arg(s.memory, 0, 'g', 8);
}

} // namespace

void TestNodePacking::table()
{
    QVERIFY(instanceTypes().size() > 150);
    QVERIFY(QRegularExpression(QStringLiteral("^20\\d\\d-\\d\\d$")).match(instanceTypesDate()).hasMatch());
    QSet<QString> names;
    for (const InstanceType &t : instanceTypes()) {
        QVERIFY2(t.vcpu > 0 && t.memory >= 4096 && t.pods >= 8 && !t.size().isEmpty(), qPrintable(t.name));
        QVERIFY(t.architecture == u"amd64" || t.architecture == u"arm64");
        QVERIFY2(!names.contains(t.name), qPrintable(t.name));
        names.insert(t.name);
    }
    QVERIFY(!findInstanceType(QStringLiteral("m5.metal")));
    QVERIFY(!findInstanceType({}));
}

// Published values: pods, then what Karpenter counts as allocatable memory in MiB.
void TestNodePacking::allocatable_data()
{
    QTest::addColumn<int>("pods");
    QTest::addColumn<double>("cpu");
    QTest::addColumn<double>("memory");
    const auto row = [](const char *type, int pods, double cpu, double memory) { QTest::newRow(type) << pods << cpu << memory; };
    row("m5.large", 29, 1.93, 6903);
    row("m5.xlarge", 58, 3.92, 14162);
    row("m5.2xlarge", 58, 7.91, 29317);
    row("c5.xlarge", 58, 3.92, 6584);
    row("c5.9xlarge", 234, 35.84, 65269);
    row("r5.large", 29, 1.93, 14481);
    row("t3.large", 35, 1.93, 6837);
    row("t4g.medium", 17, 1.93, 3187);
    row("m6g.medium", 8, 0.94, 3286);
    row("m7a.medium", 8, 0.94, 3345);
    row("m7g.large", 29, 1.93, 6844);
    row("m8i.large", 59, 1.93, 6573); // not what the size name suggests
    row("m8i.xlarge", 118, 3.92, 13502);
    row("c8a.xlarge", 78, 3.92, 6364);
    row("g4dn.xlarge", 29, 3.92, 14481);
    row("i3.xlarge", 58, 3.92, 27896);
    row("m5.24xlarge", 737, 95.69, 355262);
}

void TestNodePacking::allocatable()
{
    const InstanceType *type = findInstanceType(QLatin1StringView(QTest::currentDataTag()));
    QVERIFY(type);
    const Allocatable a = allocatableOf(*type);
    QTEST(a.allocatable.pods, "pods");
    QFETCH(double, cpu);
    QVERIFY2(std::abs(a.allocatable.cpu - cpu) < 1e-9, qPrintable(QString::number(a.allocatable.cpu)));
    QTEST(std::floor(a.allocatable.memory), "memory");
    QCOMPARE(a.allocatable.memory + a.machine.memory + a.reserved.memory + a.eviction.memory, type->memory);
}

void TestNodePacking::reservedCpu_data()
{
    QTest::addColumn<double>("millis");
    for (const auto &[vcpu, millis] : {std::pair{1, 60}, {2, 70}, {4, 80}, {8, 90}, {16, 110}, {32, 150}, {36, 160}, {48, 190}, {64, 230}, {96, 310}})
        QTest::addRow("%d", vcpu) << double(millis);
}

void TestNodePacking::reservedCpu()
{
    const InstanceType type{QStringLiteral("x"), QByteArray(QTest::currentDataTag()).toDouble(), 8192, 29, QStringLiteral("amd64")};
    QFETCH(double, millis);
    QVERIFY(std::abs(allocatableOf(type).reserved.cpu * 1000 - millis) < 1e-6);
}

// A maxPods of the kubelet changes the Pods, not the memory reserve; what is set outright replaces the formulas.
void TestNodePacking::kubelet()
{
    const InstanceType &type = *findInstanceType(QStringLiteral("m5.large"));
    KubeletSettings k;
    k.maxPods = 110;
    QCOMPARE(allocatableOf(type, k).allocatable.pods, 110);
    QCOMPARE(allocatableOf(type, k).reserved.memory, 574.0);
    k.podsPerCore = 10;
    QCOMPARE(allocatableOf(type, k).allocatable.pods, 20);
    k.kubeMemory = 1000;
    k.systemMemory = 50;
    k.kubeCpu = 0.5;
    k.evictionMemory = 300;
    QCOMPARE(allocatableOf(type, k).reserved.memory, 1050.0);
    QCOMPARE(allocatableOf(type, k).reserved.cpu, 0.5);
    QCOMPARE(allocatableOf(type, k).eviction.memory, 300.0);
    k.evictionShare = 0.05;
    QCOMPARE(allocatableOf(type, k).eviction.memory, 409.6);
}

void TestNodePacking::prefixDelegation_data()
{
    QTest::addColumn<int>("pods");
    QTest::newRow("m5.large") << 110;   // 434 are possible, 110 recommended up to 30 vCPU
    QTest::newRow("m6g.medium") << 98;
    QTest::newRow("m5.8xlarge") << 250;
}

void TestNodePacking::prefixDelegation()
{
    QTEST(podsWithPrefixDelegation(*findInstanceType(QLatin1StringView(QTest::currentDataTag()))), "pods");
}

void TestNodePacking::requests_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<QString>("total");
    const auto row = [](const char *name, const QByteArray &podSpec, const QByteArray &container, const char *total) {
        QTest::newRow(name) << podSpec << container << QString::fromLatin1(total);
    };
    const QByteArray app = resources("{cpu: 500m, memory: 1Gi}");
    const auto init = [](const char *requests, const char *rest = "") {
        return "{name: i, image: i, resources: {requests: " + QByteArray(requests) + "}" + rest + "}";
    };
    const char *native = ", restartPolicy: Always";
    row("one container", "", app, "0.5 1024");
    row("requests default to limits", "", "          resources: {limits: {cpu: 2, memory: 2Gi}}\n", "2 2048");
    row("a request beside a limit", "", "          resources: {requests: {cpu: 1}, limits: {cpu: 2, memory: 2Gi}}\n", "1 2048");
    row("two containers", "", app + "        - {name: log, image: l, resources: {requests: {cpu: 50m, memory: 64Mi}}}\n", "0.55 1088");
    row("a small init container costs nothing", "      initContainers: [" + init("{cpu: 100m, memory: 1Gi}") + "]\n", app, "0.5 1024");
    row("a large one decides, each resource by itself", "      initContainers: [" + init("{cpu: 2, memory: 64Mi}") + "]\n", app, "2 1024");
    row("init containers do not add up", "      initContainers: [" + init("{cpu: 2}") + ", " + init("{cpu: 1}") + "]\n", app, "2 1024");
    row("a native sidecar adds to the containers", "      initContainers: [" + init("{cpu: 100m, memory: 128Mi}", native) + "]\n", app, "0.6 1152");
    row("and to the init containers after it",
        "      initContainers: [" + init("{cpu: 100m, memory: 128Mi}", native) + ", " + init("{cpu: 2, memory: 64Mi}") + "]\n", app, "2.1 1152");
    row("not to those before it",
        "      initContainers: [" + init("{cpu: 2, memory: 64Mi}") + ", " + init("{cpu: 100m, memory: 128Mi}", native) + "]\n", app, "2 1152");
    row("overhead of the runtime class", "      overhead: {cpu: 250m, memory: 120Mi}\n", app, "0.75 1144");
    row("requests of the Pod as a whole", "      resources: {requests: {cpu: 3}}\n", app, "3 1024");
}

void TestNodePacking::requests()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QByteArray, container);
    const PodRequests pod = requestsOf(deployment(podSpec, container), unmeshed());
    QTEST(shown(pod.total), "total");
    QCOMPARE(pod.sidecar, NodeShare{});
    QCOMPARE(pod.total.pods, 1);
}

void TestNodePacking::sidecars_data()
{
    QTest::addColumn<QByteArray>("annotations");
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("kubernetes");
    QTest::addColumn<QString>("sidecar");
    QTest::addColumn<QString>("total");
    const auto row = [](const char *name, const QByteArray &annotations, const QByteArray &podSpec, const char *istio, const char *sidecar,
                        const char *total) {
        QTest::newRow(name) << annotations << podSpec << QString::fromLatin1(istio) << QString::fromLatin1(sidecar) << QString::fromLatin1(total);
    };
    const QByteArray bigInit = "      initContainers: [{name: i, image: i, resources: {requests: {cpu: 2}}}]\n";
    row("the default is 100m and 128Mi", "", "", "1.22", "0.1 128", "0.6 1152");
    row("an annotation", "        sidecar.istio.io/proxyCPU: 300m\n        sidecar.istio.io/proxyMemory: 256Mi\n", "", "1.22", "0.3 256", "0.8 1280");
    row("one annotation replaces both defaults", "        sidecar.istio.io/proxyCPU: 300m\n", "", "1.22", "0.3 0", "0.8 1024");
    row("a limit alone becomes the request", "        sidecar.istio.io/proxyMemoryLimit: 1Gi\n", "", "1.22", "0 1024", "0.5 2048");
    row("not injected", "        sidecar.istio.io/inject: \"false\"\n", "", "1.22", "0 0", "0.5 1024");
    row("classic: not beside init containers", "", bigInit, "1.22", "0.1 128", "2 1152");
    row("native: beside init containers", "", bigInit, "1.27", "0.1 128", "2.1 1152");
    row("rendered into the manifest", "",
        "      initContainers: [{name: istio-proxy, image: p, restartPolicy: Always, resources: {requests: {cpu: 150m, memory: 200Mi}}}]\n", "1.22",
        "0.15 200", "0.65 1224");
}

void TestNodePacking::sidecars()
{
    QFETCH(QByteArray, annotations);
    QFETCH(QByteArray, podSpec);
    QFETCH(QString, kubernetes);
    const Service service = meshed("1.33", qPrintable(kubernetes));
    const PodRequests pod = requestsOf(deployment(podSpec, resources("{cpu: 500m, memory: 1Gi}"), {}, annotations), service);
    QTEST(shown(pod.sidecar), "sidecar");
    QTEST(shown(pod.total), "total");
    QCOMPARE(shown(pod.own() + pod.sidecar), shown(pod.total));
}

void TestNodePacking::whatIsMissing()
{
    using From = PodRequests::SidecarFrom;
    const QByteArray app = resources("{cpu: 500m, memory: 1Gi}");
    QCOMPARE(requestsOf(deployment({}, resources("{cpu: 1}")), unmeshed()).missing, QStringList{"app: memory"});
    QCOMPARE(requestsOf(deployment({}), unmeshed()).missing.size(), 2);
    QVERIFY(requestsOf(deployment("      initContainers: [{name: i}]\n", app), unmeshed()).missing.isEmpty()); // an init container may ask for nothing
    QVERIFY(requestsOf(deployment({}, resources("{cpu: $CPU, memory: 1Gi}")), unmeshed()).unreadable.contains(QLatin1String("$CPU")));
    QVERIFY(requestsOf(deployment({}, resources("{cpu: \"-1\", memory: 1Gi}")), unmeshed()).unreadable.contains(QLatin1String("-1")));
    QVERIFY(!requestsOf(deployment("      runtimeClassName: gvisor\n", app), unmeshed()).overheadKnown);
    const QByteArray gvisor = "---\napiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: gvisor}\noverhead: {podFixed: {cpu: 250m, memory: 120Mi}}\n";
    QCOMPARE(shown(requestsOf(deployment("      runtimeClassName: gvisor\n", app) + gvisor, unmeshed()).total), QStringLiteral("0.75 1144"));

    QCOMPARE(requestsOf(deployment({}, app), {}).sidecarFrom, From::Unknown); // nothing is said of a mesh
    QCOMPARE(requestsOf(deployment({}, app), meshed()).sidecarFrom, From::Default);
    Service declared = meshed();
    declared.sidecar.value = NodeShare{0.25, 512, 0};
    QCOMPARE(requestsOf(deployment({}, app), declared).sidecarFrom, From::Declared);
    QCOMPARE(shown(requestsOf(deployment({}, app), declared).total), QStringLiteral("0.75 1536"));
    QVERIFY(requestsOf(deployment({}, app, {}, "        sidecar.istio.io/proxyCPU: lots\n"), meshed()).unreadable.contains(QLatin1String("lots")));
}

void TestNodePacking::packed_data()
{
    using Limit = NodePacking::Limit;
    QTest::addColumn<QString>("type");
    QTest::addColumn<double>("cpu");
    QTest::addColumn<double>("memory");
    QTest::addColumn<int>("fits");
    QTest::addColumn<int>("limit");
    const auto row = [](const char *name, const char *type, double cpu, double memory, int fits, Limit limit) {
        QTest::newRow(name) << QString::fromLatin1(type) << cpu << memory << fits << int(limit);
    };
    row("cpu decides", "m5.large", 0.6, 512, 3, Limit::Cpu);
    row("memory decides", "m5.large", 0.1, 3000, 2, Limit::Memory);
    row("the number of Pods decides", "m5.large", 0.01, 10, 29, Limit::Pods);
    row("all of it", "m5.large", 1.93, 6903, 1, Limit::Cpu);
    row("a hair too much", "m5.large", 1.931, 100, 0, Limit::Cpu);
    row("floating point costs no Pod", "m5.xlarge", 0.392, 100, 10, Limit::Cpu);
    row("nothing asked: the number of Pods", "m5.large", 0, 0, 29, Limit::Pods);
}

void TestNodePacking::packed()
{
    QFETCH(QString, type);
    QFETCH(double, cpu);
    QFETCH(double, memory);
    QFETCH(int, fits);
    PodRequests pod;
    pod.total = {cpu, memory, 1};
    const NodePacking p = packNode({}, *findInstanceType(type), pod, {}, 1);
    QCOMPARE(p.fits, fits);
    QTEST(int(p.limit), "limit");
    QCOMPARE(p.perNode(), std::min(1, fits));
    QVERIFY(std::abs(p.left.cpu - (p.node.allocatable.cpu - cpu * p.perNode())) < 1e-9);
    QCOMPARE(packNode({}, *findInstanceType(type), pod, {}, 5).perNode(), std::min(5, fits));
    QCOMPARE(nodesFor(104, 3), 35);
    QCOMPARE(nodesFor(104, 0), 0);
}

void TestNodePacking::daemons()
{
    const auto daemon = [](const char *name, const QByteArray &spec, const char *cpu) {
        return "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: " + QByteArray(name) + "}\nspec:\n  template:\n    spec:\n" + spec
            + "      containers: [{name: a, resources: {requests: {cpu: " + cpu + ", memory: 100Mi}}}]\n";
    };
    Service service = meshed();
    NodeGroupSource source;
    source.name = QStringLiteral("api");
    source.types = {QStringLiteral("m5.large")};
    source.taints = {{QStringLiteral("dedicated"), QStringLiteral("api"), QStringLiteral("NoSchedule")}};
    service.nodeGroups = {source};
    const Manifests m = manifestsFrom(deployment({}) + daemon("everywhere", "      tolerations: [{operator: Exists}]\n", "100m")
                                      + daemon("not-tolerating", "", "1") + daemon("gpu", "      tolerations: [{operator: Exists}]\n      nodeSelector: {gpu: \"1\"}\n", "2")
                                      + daemon("hosts", "      tolerations: [{operator: Exists}]\n      nodeSelector: {kubernetes.io/hostname: x}\n", "50m"));
    const NodeGroup group = nodeGroups(m, service).front();
    const auto daemons = daemonsOn(group, m, service);
    QCOMPARE(daemons.size(), 2);
    QCOMPARE(daemons[0].name, QStringLiteral("everywhere"));
    QCOMPARE(shown(daemons[0].share), QStringLiteral("0.1 100")); // no sidecar in an agent
    QVERIFY(daemons[0].certain && !daemons[1].certain);
    PodRequests pod;
    pod.total = {1, 512, 1};
    const NodePacking p = packNode(group, group.types.front(), pod, daemons, 1);
    QCOMPARE(p.fits, 1);
    QVERIFY(std::abs(p.left.cpu - 0.78) < 1e-9);
    QCOMPARE(p.left.pods, 26); // 29 − 2 − 1
}

void TestNodePacking::nodeLimits()
{
    const InstanceType &type = *findInstanceType(QStringLiteral("m5.xlarge"));
    NodeGroup group;
    QVERIFY(!mostNodesOf(group, type));
    group.cpuLimit = 100;
    QCOMPARE(*mostNodesOf(group, type), 25);
    group.memoryLimit = 16384 * 10.5;
    QCOMPARE(*mostNodesOf(group, type), 10);
    group.maxNodes = 7;
    QCOMPARE(*mostNodesOf(group, type), 7);
    const auto apart = [](const char *key, const char *app) {
        const Manifests m = manifestsFrom(deployment("      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
                                                     + QByteArray(key) + ", labelSelector: {matchLabels: {app: " + app + "}}}]}}\n"));
        return keepsApart(m.workloads.front());
    };
    QVERIFY(apart("kubernetes.io/hostname", "id-auth"));
    QVERIFY(!apart("kubernetes.io/hostname", "other"));
    QVERIFY(!apart("topology.kubernetes.io/zone", "id-auth"));
}

QTEST_APPLESS_MAIN(TestNodePacking)
#include "tst_nodepacking.moc"
