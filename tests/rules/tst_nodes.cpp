// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestNodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void affinity_data();
    void affinity();
    void severalGroups_data();
    void severalGroups();
    void affinityPlaces();
    void notDeclared();
    void size_data();
    void size();
    void karpenter_data();
    void karpenter();
    void events_data();
    void events();
    void groupsTogether();
    void picture();
};

namespace {

const QString affinityRule = QStringLiteral("node-affinity");
const QString sizeRule = QStringLiteral("node-size");
constexpr const char *fitTitle = "Pods that fit on a node";
constexpr const char *nodesTitle = "Nodes that the events need";

QByteArray container(const char *requests = "{cpu: 1, memory: 1Gi}")
{
    return "          resources: {requests: " + QByteArray(requests) + "}\n";
}

NodeGroupSource group(const char *name = "api", const char *type = "m5.large")
{
    NodeGroupSource g;
    g.name = QString::fromLatin1(name);
    if (*type)
        g.types = {QString::fromLatin1(type)};
    g.labels = {{QStringLiteral("role"), g.name}};
    g.max = {60, {20, 3, 20, 9}};
    g.span = {18, 5, 22, 1};
    return g;
}

// 4 and 20 pods; no sidecar; DaemonSets that take 350m and 600Mi of every node.
Service serviceOn(std::vector<NodeGroupSource> groups)
{
    Service s = declaredService();
    s.file = QStringLiteral("readiness/service.yaml");
    s.mesh = {false, {}};
    s.istioVersion = {};
    s.daemonSets.value = NodeShare{0.35, 600, 4};
    s.nodeGroups = std::move(groups);
    return s;
}

const QByteArray toApi = "      nodeSelector: {role: api}\n";

QByteArray required(const QByteArray &expression)
{
    return "      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [" + expression
        + "]}]}}}\n";
}

QByteArray pool(const QByteArray &requirements, const QByteArray &spec = "  limits: {cpu: \"400\"}\n")
{
    return "---\napiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: api}\nspec:\n  template:\n    metadata: {labels: {role: api}}\n"
           "    spec: {requirements: " + requirements + "}\n" + spec;
}

} // namespace

void TestNodes::affinity_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("taint"); // effect, empty: none
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &podSpec, const char *verdict, const char *taint = "") {
        QTest::newRow(name) << podSpec << QString::fromLatin1(taint) << QString::fromLatin1(verdict);
    };
    row("nodeSelector", toApi, "pass");
    row("required affinity", required("{key: role, operator: In, values: [api]}"), "pass");
    row("Exists", required("{key: role, operator: Exists}"), "pass");
    row("instance type, derived", required("{key: node.kubernetes.io/instance-type, operator: In, values: [m5.large]}"), "pass");
    row("nothing", "", "fail");
    row("preferred only", "      affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: "
                          "{matchExpressions: [{key: role, operator: In, values: [api]}]}}]}}\n", "warn");
    row("another value", "      nodeSelector: {role: batch}\n", "fail");
    row("NotIn", required("{key: role, operator: NotIn, values: [api]}"), "fail");
    row("a label that every group has", "      nodeSelector: {kubernetes.io/os: linux}\n", "warn");
    row("architecture alone directs nothing", "      nodeSelector: {kubernetes.io/arch: amd64}\n", "warn");
    row("another architecture", "      nodeSelector: {role: api, kubernetes.io/arch: arm64}\n", "fail");
    row("a provider's label that is not known", "      nodeSelector: {eks.amazonaws.com/nodegroup: api}\n", "unknown");
    row("taint not tolerated", toApi, "fail", "NoSchedule");
    row("taint tolerated", toApi + "      tolerations: [{key: dedicated, value: api, effect: NoSchedule}]\n", "pass", "NoSchedule");
    row("everything tolerated", toApi + "      tolerations: [{operator: Exists}]\n", "pass", "NoExecute");
    row("tolerated for a while", toApi + "      tolerations: [{operator: Exists, tolerationSeconds: 60}]\n", "fail", "NoExecute");
    row("PreferNoSchedule", toApi, "pass", "PreferNoSchedule");
    row("tolerated, but nothing directs it there", "      tolerations: [{operator: Exists}]\n", "fail", "NoSchedule");
}

void TestNodes::affinity()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QString, taint);
    NodeGroupSource g = group();
    if (!taint.isEmpty())
        g.taints = {{QStringLiteral("dedicated"), QStringLiteral("api"), taint}};
    const auto findings = judge(evidenceWith(deployment(podSpec, container()), serviceOn({g})), affinityRule);
    QTEST(verdictsOf(findings), "verdict");
    checkWords(findings);
}

void TestNodes::severalGroups_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("named");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &podSpec, const char *named, const char *verdict) {
        QTest::newRow(name) << podSpec << QString::fromLatin1(named) << QString::fromLatin1(verdict);
    };
    row("one of two", toApi, "", "pass");
    row("the named one", toApi, "api", "pass");
    row("another than the named one", "      nodeSelector: {role: batch}\n", "api", "fail");
    row("both", required("{key: role, operator: Exists}"), "", "warn");
    row("both, one is named", required("{key: role, operator: In, values: [api, batch]}"), "api", "warn");
    row("neither", "      nodeSelector: {role: gpu}\n", "", "fail");
    row("no such group", toApi, "apis", "unknown");
}

void TestNodes::severalGroups()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QString, named);
    Service service = serviceOn({group("batch"), group("api")});
    if (!named.isEmpty())
        service.nodeGroup = {named, {17, 3, 17, 20}};
    const auto findings = judge(evidenceWith(deployment(podSpec, container()), service), affinityRule);
    QTEST(verdictsOf(findings), "verdict");
    checkWords(findings);
}

void TestNodes::affinityPlaces()
{
    const QByteArray yaml = deployment({}, container());
    NodeGroupSource g = group();
    g.taints = {{QStringLiteral("dedicated"), QStringLiteral("api"), QStringLiteral("NoSchedule")}};
    const auto findings = judge(evidenceWith(yaml, serviceOn({g})), affinityRule);
    QCOMPARE(findings.front().snippet, QStringLiteral("      nodeSelector:\n        role: api"));
    QCOMPARE(findings.front().marks.front().file, QStringLiteral("readiness/service.yaml"));
    // Following both remedies ends in a pass.
    QByteArray mended = QByteArray(yaml).replace("      containers:", findings.front().snippet.toUtf8() + "\n      containers:");
    const Finding taint = judge(evidenceWith(mended, serviceOn({g})), affinityRule).front();
    QVERIFY2(taint.reason.en.contains(QLatin1String("taint dedicated (NoSchedule)")), printed({taint}));
    mended.replace("      containers:", taint.snippet.toUtf8() + "\n      containers:");
    QCOMPARE(verdictOf(evidenceWith(mended, serviceOn({g})), affinityRule), QStringLiteral("pass"));
    // The failing expression is marked.
    const auto wrong = judge(evidenceWith(deployment("      nodeSelector:\n        kubernetes.io/os: linux\n        role: batch\n", container()), serviceOn({g})), affinityRule);
    QCOMPARE(wrong.front().span.line, 15);
    QVERIFY(wrong.front().reason.en.contains(QLatin1String("label role")));
}

void TestNodes::notDeclared()
{
    const Evidence e = evidenceWith(deployment(toApi, container()), serviceOn({}));
    for (const QString &rule : {affinityRule, sizeRule}) {
        QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
        QVERIFY(judge(e, rule).front().remedy.en.contains(QLatin1String("platform.nodes")));
        QCOMPARE(verdictOf(evidenceWith({}), rule), QStringLiteral("unknown"));
        // A platform's own controllers among the manifests are not this service's.
        const QByteArray other = QByteArray(deployment({}, container())).replace("id-auth", "coredns").replace("namespace: shop", "namespace: kube-system");
        Service service = serviceOn({group()});
        const QByteArray front = "---\napiVersion: v1\nkind: Service\nmetadata: {name: id-auth, namespace: shop}\nspec: {selector: {app: id-auth}}\n";
        for (const Finding &f : judge(evidenceWith(deployment(toApi, container()) + "---\n" + other + front, service), rule))
            QVERIFY2(!f.object.contains(QLatin1String("coredns")), printed({f}));
    }
}

// m5.large: 1.93 CPU, 6,903 MiB; DaemonSets take 0.35 and 600: 1.58 and 6,303 are left.
void TestNodes::size_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<QString>("type");
    QTest::addColumn<double>("wanted");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &c, const char *type, double wanted, const char *verdict, const char *says) {
        QTest::newRow(name) << c << QString::fromLatin1(type) << wanted << QString::fromLatin1(verdict) << QString::fromLatin1(says);
    };
    row("one pod a node", container(), "m5.large", 1, "pass", "Pods that fit: 1");
    row("two wanted, one fits", container(), "m5.large", 2, "fail", "CPU runs out");
    row("too large", container("{cpu: 1600m, memory: 1Gi}"), "m5.large", 1, "fail", "CPU runs out");
    row("just the rest", container("{cpu: 1580m, memory: 1Gi}"), "m5.large", 1, "pass", "");
    row("memory runs out", container("{cpu: 1, memory: 7Gi}"), "m5.large", 1, "fail", "memory runs out");
    row("three fit where one is meant", container(), "m5.xlarge", 1, "warn", "large enough for 3 pods");
    row("three are meant", container(), "m5.xlarge", 3, "pass", "Pods that fit: 3");
    row("requests default to limits", "          resources: {limits: {cpu: 1, memory: 1Gi}}\n", "m5.large", 1, "pass", "");
    row("no request", container("{memory: 1Gi}"), "m5.large", 1, "unknown", "app: cpu");
    row("a variable", container("{cpu: $CPU, memory: 1Gi}"), "m5.large", 1, "unknown", "cannot be read");
    row("no request, and it does not fit anyhow", container("{memory: 9Gi}"), "m5.large", 1, "fail", "memory runs out");
    row("a type that is not in the table", container(), "z9.huge", 1, "unknown", "size of type z9.huge");
    row("no type", container(), "", 1, "unknown", "instance type of group api");
}

void TestNodes::size()
{
    QFETCH(QByteArray, container);
    QFETCH(QString, type);
    QFETCH(double, wanted);
    QFETCH(QString, verdict);
    QFETCH(QString, says);
    const auto findings = judge(evidenceWith(deployment(toApi, container), serviceOn({group("api", qPrintable(type))})), sizeRule,
                                {{QStringLiteral("pods-per-node"), wanted}});
    const Finding f = titled(findings, fitTitle);
    QVERIFY2(toString(f.verdict) == verdict, printed(findings));
    QVERIFY2(f.reason.en.contains(says), printed(findings));
    checkWords(findings);
}

void TestNodes::karpenter_data()
{
    QTest::addColumn<QByteArray>("requirements");
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const QByteArray &requirements, const QByteArray &podSpec, const char *verdict, const char *type) {
        QTest::newRow(name) << requirements << podSpec << QString::fromLatin1(verdict) << QString::fromLatin1(type);
    };
    const QByteArray named = "[{key: node.kubernetes.io/instance-type, operator: In, values: [m5.2xlarge, m5.large, m6g.large]}]";
    row("the smallest named type that fits", named, toApi, "pass", "m5.large");
    row("only what the pod's own terms leave", named, "      nodeSelector: {role: api, kubernetes.io/arch: arm64}\n", "pass", "m6g.large");
    row("Karpenter is free to choose", "[{key: karpenter.k8s.aws/instance-category, operator: In, values: [m]}]", toApi, "pass", "m5.large");
    row("named types are all too small", "[{key: node.kubernetes.io/instance-type, operator: In, values: [m7a.medium]}]", toApi, "fail", "m7a.medium");
    row("one named type is not known", "[{key: node.kubernetes.io/instance-type, operator: In, values: [m7a.medium, z9.huge]}]", toApi, "unknown", "");
}

void TestNodes::karpenter()
{
    QFETCH(QByteArray, requirements);
    QFETCH(QByteArray, podSpec);
    QFETCH(QString, type);
    const auto findings = judge(evidenceWith(deployment(podSpec, container()) + pool(requirements), serviceOn({})), sizeRule);
    const Finding f = titled(findings, fitTitle);
    QTEST(toString(f.verdict), "verdict");
    if (!type.isEmpty())
        QCOMPARE(std::get<NodePacking>(*f.picture).type, type);
}

// 20 pods at the sale.
void TestNodes::events_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<int>("max"); // of a declared group; 0: not declared, −1: no declared group
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &manifests, int max, const char *verdict) {
        QTest::newRow(name) << manifests << max << QString::fromLatin1(verdict);
    };
    const QByteArray one = deployment(toApi, container()), three = deployment(toApi, container("{cpu: 500m, memory: 1Gi}"));
    const QByteArray large = "[{key: node.kubernetes.io/instance-type, operator: In, values: [m5.large]}]";
    row("as many as needed", one, 20, "pass");
    row("one short", one, 19, "fail");
    row("enough only when pods share nodes", three, 7, "warn");
    row("too few even then", three, 6, "fail");
    row("maximum not known", one, 0, "unknown");
    row("limits.cpu allows 20 of 2", one + pool(large, "  limits: {cpu: \"40\"}\n"), -1, "pass");
    row("limits.cpu allows 19", one + pool(large, "  limits: {cpu: \"39\"}\n"), -1, "fail");
    row("limits.memory allows 19", one + pool(large, "  limits: {memory: 159Gi}\n"), -1, "fail");
    row("limits.nodes", one + pool(large, "  limits: {nodes: 19}\n"), -1, "fail");
    row("a NodePool without limits", one + pool(large, ""), -1, "pass");
}

void TestNodes::events()
{
    QFETCH(QByteArray, manifests);
    QFETCH(int, max);
    NodeGroupSource g = group();
    g.max = {};
    if (max > 0)
        g.max.value = max;
    const auto findings = judge(evidenceWith(manifests, serviceOn(max < 0 ? std::vector<NodeGroupSource>() : std::vector{g})), sizeRule);
    const Finding f = titled(findings, nodesTitle);
    QTEST(toString(f.verdict), "verdict");
    const auto &picture = std::get<NodePacking>(*f.picture);
    QCOMPARE(picture.events.size(), 2);
    QCOMPARE(picture.events[0].nodes, 20);
    QCOMPARE(picture.events[1].nodes, 4);
    checkWords(findings);
}

// One group per zone, as EKS recommends: their maxima add up.
void TestNodes::groupsTogether()
{
    NodeGroupSource a = group(), b = group();
    b.name = QStringLiteral("api-c");
    a.max.value = b.max.value = 10;
    NodeGroupSource other = group("batch");
    const Evidence e = evidenceWith(deployment(toApi, container()), serviceOn({a, b, other}));
    QCOMPARE(toString(titled(judge(e, sizeRule), nodesTitle).verdict), toString(Verdict::Pass));
    QCOMPARE(verdictOf(e, affinityRule), QStringLiteral("pass"));
}

void TestNodes::picture()
{
    Service service = serviceOn({group()});
    const QByteArray daemon = "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: kube-proxy, namespace: kube-system}\nspec: {template: {spec: "
                              "{containers: [{name: a, resources: {requests: {cpu: 100m}}}]}}}\n";
    service.mesh.value = true;
    service.istioVersion.value = QVersionNumber(1, 22);
    service.daemonSets = {};
    const Evidence e = evidenceWith(deployment(toApi, container()) + daemon, service);
    const Finding f = titled(judge(e, sizeRule), fitTitle);
    QCOMPARE(toString(f.verdict), toString(Verdict::Pass));
    const auto &p = std::get<NodePacking>(*f.picture);
    QCOMPARE(p.daemons.front().name, QStringLiteral("kube-proxy"));
    QCOMPARE(p.pod.sidecar, (NodeShare{0.1, 128, 0}));
    QVERIFY(std::abs(p.left.cpu - (1.93 - 0.1 - 1.1)) < 1e-9);
    // Nothing known of DaemonSets: never a pass. Nothing known of a mesh: neither.
    QCOMPARE(toString(titled(judge(evidenceWith(deployment(toApi, container()), service), sizeRule), fitTitle).verdict), toString(Verdict::Unknown));
    service.mesh = {};
    service.istioVersion = {};
    QVERIFY(titled(judge(evidenceWith(deployment(toApi, container()) + daemon, service), sizeRule), fitTitle).reason.en.contains(QLatin1String("sidecar is injected")));
}

QTEST_APPLESS_MAIN(TestNodes)
#include "tst_nodes.moc"
