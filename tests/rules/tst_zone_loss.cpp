// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestZoneLossRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spread_data();
    void spread();
    void antiAffinityScope();
    void left_data();
    void left();
    void notDeclared();
    void sharedSelector();
    void budgets_data();
    void budgets();
    void idleBudget();
    void places();
    void snippetMendsIt();
    void daemonSets();
    void meanwhile_data();
    void meanwhile();
    void zonesOfTheNodeGroup();
};

namespace {

constexpr const char *rule = "zone-loss";
constexpr const char *spreadTitle = "Pods spread over zones";
constexpr const char *lossTitle = "Pods left when one zone is lost";

const QByteArray hard = "{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, "
                        "labelSelector: {matchLabels: {app: id-auth}}}";

QByteArray constrained(const QByteArray &constraint)
{
    return "      topologySpreadConstraints:\n        - " + constraint + '\n';
}

QByteArray replicas(int n)
{
    return "  replicas: " + QByteArray::number(n) + '\n';
}

QByteArray budget(const QByteArray &spec, const QByteArray &version = "policy/v1")
{
    return "---\napiVersion: " + version + "\nkind: PodDisruptionBudget\nmetadata: {name: b, namespace: shop}\nspec: " + spec + '\n';
}

const QByteArray goodBudget = budget("{maxUnavailable: 1, selector: {matchLabels: {app: id-auth}}}");

std::vector<Finding> judged(const QByteArray &yaml, const Service &service = declaredService())
{
    auto findings = judge(evidenceWith(yaml, service), QLatin1StringView(rule));
    std::erase_if(findings, [](const Finding &f) { return f.title.en == u"Test that took a zone away"; }); // tst_records
    return findings;
}

} // namespace

void TestZoneLossRule::spread_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &podSpec, const char *verdict) {
        QTest::newRow(name) << podSpec << QString::fromLatin1(verdict);
    };
    const auto with = [](const char *from, const char *to) { return constrained(QByteArray(hard).replace(from, to)); };
    row("DoNotSchedule", constrained(hard), "pass");
    row("ScheduleAnyway", with("DoNotSchedule", "ScheduleAnyway"), "warn");
    row("unset: the scheduler's soft default is no safety", "", "fail");
    row("hostname only", with("topology.kubernetes.io/zone", "kubernetes.io/hostname"), "fail");
    row("selector of other pods", with("app: id-auth", "app: other"), "fail");
    row("no selector", with(", labelSelector: {matchLabels: {app: id-auth}}", ""), "fail");
    row("maxSkew 0 is refused", with("maxSkew: 1", "maxSkew: 0"), "fail");
    row("pinned to one zone", "      nodeSelector: {topology.kubernetes.io/zone: a}\n" + constrained(hard), "fail");
    row("required anti-affinity with more pods than zones",
        "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
        "topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: id-auth}}}]}}\n", "fail");
    const auto anti = [](const char *scope) {
        return QByteArray("      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: topology.kubernetes.io/zone, "
                          "labelSelector: {matchLabels: {app: id-auth}}") + scope + "}]}}\n";
    };
    row("anti-affinity to other namespaces' pods alone", anti(", namespaces: [other]"), "fail");
    row("by the namespace's name", anti(", namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}"), "fail");
    row("by labels that cannot be seen", anti(", namespaceSelector: {matchLabels: {team: x}}"), "unknown");
    row("labels that cannot be seen, beside a constraint", anti(", namespaceSelector: {matchLabels: {team: x}}") + constrained(hard), "pass");
    row("one node by its name", "      nodeName: n1\n" + constrained(hard), "fail");
    row("one node by its label", "      nodeSelector: {kubernetes.io/hostname: n1}\n" + constrained(hard), "fail");
    const auto affinity = [](const char *key, const char *app, const char *kind) {
        return QByteArray("      affinity: {podAffinity: {") + kind + ": [{topologyKey: " + key + ", labelSelector: {matchLabels: {app: " + app + "}}}]}}\n" + constrained(hard);
    };
    constexpr const char *required = "requiredDuringSchedulingIgnoredDuringExecution", *zone = "topology.kubernetes.io/zone";
    row("affinity to its own pods in the zone", affinity(zone, "id-auth", required), "fail");
    row("affinity to its own pods on the node", affinity("kubernetes.io/hostname", "id-auth", required), "fail");
    row("affinity to others' pods", affinity(zone, "cache", required), "pass");
    row("affinity in the region", affinity("topology.kubernetes.io/region", "id-auth", required), "pass");
    row("anti-affinity on the node", "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
                                     "kubernetes.io/hostname, labelSelector: {matchLabels: {app: id-auth}}}]}}\n", "fail");
}

void TestZoneLossRule::antiAffinityScope()
{
    const auto verdict = [](const char *scope) {
        const QByteArray podSpec = QByteArray("      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: topology.kubernetes.io/zone, "
                                              "labelSelector: {matchLabels: {app: id-auth}}") + scope + "}]}}\n";
        return toString(titled(judged(deployment(podSpec, {}, replicas(3))), spreadTitle).verdict);
    };
    QCOMPARE(verdict(""), QStringLiteral("pass"));
    QCOMPARE(verdict(", namespaces: [other, shop]"), QStringLiteral("pass"));
    QCOMPARE(verdict(", namespaces: []"), QStringLiteral("pass"));
    QCOMPARE(verdict(", namespaceSelector: {}"), QStringLiteral("pass"));
    QCOMPARE(verdict(", namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}"), QStringLiteral("pass"));
    QCOMPARE(verdict(", namespaces: [other]"), QStringLiteral("fail"));
    QCOMPARE(verdict(", mismatchLabelKeys: [pod-template-hash]"), QStringLiteral("fail"));
}

void TestZoneLossRule::spread()
{
    QFETCH(QByteArray, podSpec);
    const auto findings = judged(deployment(podSpec, {}, replicas(9)));
    QTEST(toString(titled(findings, spreadTitle).verdict), "verdict");
    checkWords(findings);
}

// Three zones; 400 req/s ÷ 100 a pod: four pods are needed.
void TestZoneLossRule::left_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<int>("pods");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<double>("left");
    const auto row = [](const char *name, const QByteArray &podSpec, int pods, const char *verdict, double left) {
        QTest::newRow(name) << podSpec << pods << QString::fromLatin1(verdict) << left;
    };
    const QByteArray soft = QByteArray(hard).replace("DoNotSchedule", "ScheduleAnyway");
    row("6 pods leave 4", constrained(hard), 6, "pass", 4);
    row("5 pods leave 3", constrained(hard), 5, "fail", 3);
    row("6 pods with maxSkew 2 may leave 3", constrained(QByteArray(hard).replace("maxSkew: 1", "maxSkew: 2")), 6, "fail", 3);
    row("1 pod leaves none", constrained(hard), 1, "fail", 0);
    row("soft, enough when even", constrained(soft), 6, "warn", 0);
    row("soft, too few even so", constrained(soft), 5, "fail", 0);
    row("nothing holds them apart", "", 60, "fail", 0);
    row("all on one node", "      nodeName: n1\n" + constrained(hard), 60, "fail", 0);
    row("all in the zone of the first", constrained(hard) + "      affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
                                        "topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: id-auth}}}]}}\n", 60, "fail", 0);
}

void TestZoneLossRule::left()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(int, pods);
    const auto findings = judged(deployment(podSpec, {}, replicas(pods)));
    const Finding f = titled(findings, lossTitle);
    QTEST(toString(f.verdict), "verdict");
    QTEST(f.comparison->measured, "left");
    const auto &picture = std::get<ZoneLoss>(*f.picture);
    QCOMPARE(picture.needed, 4);
    QCOMPARE(picture.zones, podSpec.contains("nodeName") || podSpec.contains("podAffinity") ? 1 : 3);
    if (picture.zones > 1 && f.remedy.en.startsWith(QLatin1String("Run ")))
        QVERIFY2(f.remedy.en.contains(QLatin1String("6 pods")), qPrintable(f.remedy.en));
}

void TestZoneLossRule::notDeclared()
{
    Service service = declaredService();
    service.zones.value.reset();
    const QByteArray yaml = deployment(constrained(hard), {}, replicas(9));
    const Finding zones = titled(judged(yaml, service), lossTitle);
    QCOMPARE(toString(zones.verdict), toString(Verdict::Unknown));
    QVERIFY(zones.reason.en.contains(QLatin1String("Assuming 3")));
    QVERIFY(zones.remedy.en.contains(QLatin1String("platform.zones")));
    // One pod falls with its zone, however many there are.
    QCOMPARE(toString(titled(judged(deployment(constrained(hard)), service), lossTitle).verdict), toString(Verdict::Fail));

    service = declaredService();
    service.events.clear();
    QCOMPARE(toString(titled(judged(yaml, service), lossTitle).verdict), toString(Verdict::Unknown));
    QCOMPARE(toString(titled(judged(yaml, service), spreadTitle).verdict), toString(Verdict::Pass));
    QCOMPARE(verdictOf(evidenceWith({}), QLatin1StringView(rule)), QStringLiteral("unknown"));
}

void TestZoneLossRule::sharedSelector()
{
    const QByteArray other = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: batch, namespace: shop}\nspec:\n"
                             "  template: {metadata: {labels: {app: id-auth, role: batch}}, spec: {containers: [{name: a}]}}\n";
    const auto findings = judged(deployment(constrained(hard), {}, replicas(9)) + other);
    QCOMPARE(toString(findings[0].verdict), toString(Verdict::Warn));
    QVERIFY(findings[0].reason.en.contains(QLatin1String("Deployment/shop/batch")));
}

void TestZoneLossRule::budgets_data()
{
    QTest::addColumn<int>("pods");
    QTest::addColumn<QByteArray>("budgets");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char *name, int pods, const QByteArray &budgets, const char *verdicts) {
        QTest::newRow(name) << pods << budgets << QString::fromLatin1(verdicts);
    };
    const auto own = [](const char *policy) {
        return budget("{" + QByteArray(policy) + ", selector: {matchLabels: {app: id-auth}}}");
    };
    row("lets one go", 9, goodBudget, "pass");
    row("none", 9, "", "warn");
    row("minAvailable = replicas", 9, own("minAvailable: 9"), "fail");
    row("minAvailable 89% of 9 rounds up to 9", 9, own("minAvailable: 89%"), "fail");
    row("minAvailable 88% of 9 is 8", 9, own("minAvailable: 88%"), "pass");
    row("maxUnavailable 0", 9, own("maxUnavailable: 0"), "fail");
    row("one pod with minAvailable 1", 1, own("minAvailable: 1"), "fail");
    row("both fields are refused", 9, own("minAvailable: 1, maxUnavailable: 1"), "fail");
    row("no policy", 9, budget("{selector: {matchLabels: {app: id-auth}}}"), "fail");
    row("all may go", 9, own("maxUnavailable: 100%"), "warn");
    row("no number", 9, own("minAvailable: most"), "fail");
    row("more than all is refused", 9, own("maxUnavailable: 150%"), "fail");
    row("more than all must stay", 9, own("minAvailable: 101%"), "fail");
    row("more pods than there are", 9, own("maxUnavailable: 20"), "warn");
    row("a template", 9, own("minAvailable: $MIN"), "unknown");
    row("lets nothing go, whatever it selects", 9, goodBudget + budget("{maxUnavailable: 0%, selector: {matchLabels: {app: x}}}"), "pass fail");
    row("two budgets refuse everything", 9, goodBudget + goodBudget, "fail pass pass");
    row("empty selector is all in v1", 9, budget("{maxUnavailable: 1, selector: {}}"), "pass");
    row("empty selector is none in v1beta1", 9, budget("{maxUnavailable: 1, selector: {}}", "policy/v1beta1"), "warn warn");
    row("another namespace", 9, QByteArray(goodBudget).replace("namespace: shop", "namespace: other"), "warn warn");
    row("other pods", 9, QByteArray(goodBudget).replace("app: id-auth", "app: other"), "warn warn");
}

void TestZoneLossRule::budgets()
{
    QFETCH(int, pods);
    QFETCH(QByteArray, budgets);
    std::vector<Finding> findings = judged(deployment(constrained(hard), {}, replicas(pods)) + budgets);
    checkWords(findings);
    std::erase_if(findings, [](const Finding &f) { return f.title.en != u"PodDisruptionBudget"; });
    QTEST(verdictsOf(findings), "verdicts");
}

void TestZoneLossRule::idleBudget()
{
    const auto findings = judged(deployment(constrained(hard), {}, replicas(9)) + goodBudget + QByteArray(goodBudget).replace("app: id-auth", "app: gone"));
    QCOMPARE(toString(findings.back().verdict), toString(Verdict::Warn));
    QVERIFY(findings.back().reason.en.contains(QLatin1String("matches no pod")));
    QCOMPARE(findings.back().object, QStringLiteral("PodDisruptionBudget/shop/b"));
}

void TestZoneLossRule::places()
{
    const QByteArray podSpec = "      topologySpreadConstraints:\n        - maxSkew: 1\n          topologyKey: topology.kubernetes.io/zone\n"
                               "          whenUnsatisfiable: ScheduleAnyway\n          labelSelector:\n            matchLabels: {app: id-auth}\n";
    const auto findings = judged(deployment(podSpec, {}, replicas(6)) + goodBudget);
    QCOMPARE(toString(findings[0].verdict), toString(Verdict::Warn));
    QCOMPARE(findings[0].span, (Span{16, 11, 16, 51}));
    QCOMPARE(findings[0].measured.en, QStringLiteral("ScheduleAnyway"));
    QCOMPARE(findings[1].span.line, 16);
    QCOMPARE(findings[1].marks.front().span.line, 7); // replicas
    QCOMPARE(findings[2].file, QStringLiteral("k8s.yaml"));
    QCOMPARE(findings[2].measured.en, QStringLiteral("1 Pod"));
}

void TestZoneLossRule::snippetMendsIt()
{
    const QByteArray yaml = deployment({}, {}, replicas(6));
    const Finding f = titled(judged(yaml), spreadTitle);
    QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
    QVERIFY(f.snippet.startsWith(QLatin1String("      topologySpreadConstraints:")));
    const auto mended = judged(QByteArray(yaml).replace("      containers:", f.snippet.toUtf8() + "\n      containers:"));
    QCOMPARE(toString(titled(mended, spreadTitle).verdict), toString(Verdict::Pass));
    QCOMPARE(toString(titled(mended, lossTitle).verdict), toString(Verdict::Pass));
    const Finding budgetFinding = titled(mended, "PodDisruptionBudget");
    const QByteArray own = QByteArray(budgetFinding.snippet.toUtf8()).replace("name: id-auth\n", "name: id-auth\n  namespace: shop\n");
    QVERIFY2(titled(judged(yaml + "---\n" + own), "PodDisruptionBudget").verdict == Verdict::Pass, own.constData());
}

void TestZoneLossRule::daemonSets()
{
    const QByteArray daemon = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: a}]}}}\n";
    QCOMPARE(verdictsOf(judged(daemon)), QStringLiteral("unknown"));
    QCOMPARE(verdictsOf(judged(daemon + "---\n" + deployment(constrained(hard), {}, replicas(6)) + goodBudget)), QStringLiteral("pass pass pass pass"));
}

void TestZoneLossRule::meanwhile_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &podSpec, const QByteArray &rest, const char *verdict, const char *says) {
        QTest::newRow(name) << podSpec << rest << QString::fromLatin1(verdict) << QString::fromUtf8(says);
    };
    const QByteArray hpa = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: shop}\nspec:\n"
                           "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n  minReplicas: 12\n  maxReplicas: 80\n";
    row("hard: replacements wait", constrained(hard), goodBudget, "pass", "4 lost pods are replaced after 300 s: 0 find a place, 4 stay pending");
    row("soft: they move", constrained(QByteArray(hard).replace("DoNotSchedule", "ScheduleAnyway")), goodBudget, "pass", "they go to nodes with room");
    row("the budget is used up", constrained(hard), goodBudget, "pass", "refuses further evictions");
    row("a wide budget", constrained(hard), budget("{maxUnavailable: 50%, selector: {matchLabels: {app: id-auth}}}"), "pass", "lets 2 more be evicted");
    row("no budget", constrained(hard), "", "pass", "drains may take more pods");
    row("no HPA", constrained(hard), goodBudget, "pass", "the wanted number stays 12 pods");
    row("HPA", constrained(hard), goodBudget + hpa, "pass", "keeps asking for 12 (at most 80)");
    row("never given up", constrained(hard) + "      tolerations: [{operator: Exists}]\n", goodBudget, "warn", "not replaced");
    row("a budget that cannot be read", constrained(hard), budget("{minAvailable: $MIN, selector: {matchLabels: {app: id-auth}}}"), "unknown", "cannot be read");
}

void TestZoneLossRule::meanwhile()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QByteArray, rest);
    QFETCH(QString, says);
    const auto findings = judged(deployment(podSpec, {}, replicas(12)) + rest);
    const Finding f = titled(findings, "PDBs and HPA while the zone is gone");
    QTEST(toString(f.verdict), "verdict");
    QVERIFY2(f.reason.en.contains(says), printed({f}).constData());
    checkWords(findings);
    const auto &picture = std::get<ZoneLoss>(*titled(findings, lossTitle).picture);
    QVERIFY(picture.aftermath && picture.aftermath->replaced + picture.aftermath->waiting == 4);
}

// Two zones by the node group, although three are declared: half of the pods are gone.
void TestZoneLossRule::zonesOfTheNodeGroup()
{
    Service service = declaredService();
    NodeGroupSource group;
    group.name = QStringLiteral("api");
    group.labels = {{QStringLiteral("role"), group.name}};
    group.zones = {QStringLiteral("a"), QStringLiteral("c")};
    service.nodeGroups = {group};
    const QByteArray yaml = deployment(constrained(hard) + "      nodeSelector: {role: api}\n", {}, replicas(7));
    QCOMPARE(toString(titled(judged(yaml, service), lossTitle).verdict), toString(Verdict::Fail)); // 4 + 3 leave 3
    QCOMPARE(toString(titled(judged(yaml), lossTitle).verdict), toString(Verdict::Pass));          // 3 + 2 + 2 leave 4
}

QTEST_APPLESS_MAIN(TestZoneLossRule)
#include "tst_zone_loss.moc"
