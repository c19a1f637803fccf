// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/evaluate.h>
#include <rules/findings.h>
#include <rules/replicas.h>
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: id-auth, namespace: shop}
spec:
    replicas: 4
    template:
        metadata: {labels: {app: id-auth}}
        spec:
            containers:
                - name: app
                  image: registry/id-auth:1
)";

const QByteArray service = R"(format: tenken.service/1
id: id-auth
capacity:
  per-pod: 100
  events:
    - {id: normal, name: {ja: 平常, en: Normal}, peak: 300}
overrides:
)";

Checklist oneItem(const QString &rule, const QMap<QString, double> &parameters = {})
{
    Item judged;
    judged.id = QStringLiteral("performance.event-capacity");
    judged.rules = {RuleUse{rule, parameters, {}, {}}};
    Item asked;
    asked.id = QStringLiteral("performance.asked");
    Checklist c;
    c.id = QStringLiteral("test");
    c.version = QStringLiteral("3");
    c.sections = {Section{QStringLiteral("performance"), {}, {judged, asked}}};
    return c;
}

Evidence withOverride(const QByteArray &parameter, const QByteArray &value,
                      const QByteArray &item = "performance.event-capacity")
{
    return evidenceFrom(deployment,
                        service + "  - {item: " + item + ", parameter: " + parameter + ", value: " + value
                            + ", reason: 理由}\n");
}

} // namespace

class TestEvaluate : public QObject
{
    Q_OBJECT
private slots:
    void tableIsSortedAndComplete();
    void resultsInChecklistOrder();
    void onlyNamedItems();
    void unknownRuleIsUnknown();
    void noFindingsAreUnknown();
    void missingManifestsAreSurvived();
    void unreadableManifestHidesNoPass();
    void otherUnreadableFilesDoNotMatter();
    void overrides_data();
    void overrides();
    void overridesThatNameNothing();
    void everyFindingIsExplained();
    void capacityAndLoadTestsTravelAlong();
    void perPodToPlanWith_data();
    void perPodToPlanWith();
    void placesAndSnippets();
    void replicaRanges_data();
    void replicaRanges();
};

void TestEvaluate::tableIsSortedAndComplete()
{
    QStringList names;
    for (const Rule &r : allRules()) {
        names << QString::fromUtf8(r.name);
        QVERIFY2(r.judge, r.name);
        QVERIFY2(!r.summary.ja.isEmpty() && !r.summary.en.isEmpty(), r.name);
        QVERIFY2(!r.documentation.ja.isEmpty() && !r.documentation.en.isEmpty(), r.name);
        for (const RuleParameter &p : r.parameters)
            QVERIFY2(!p.meaning.ja.isEmpty() && !p.meaning.en.isEmpty(), p.name);
        QCOMPARE(findRule(names.last()), &r);
    }
    QStringList sorted = names;
    sorted.sort();
    QCOMPARE(names, sorted);
    QVERIFY(!findRule(QStringLiteral("weather")));
}

void TestEvaluate::resultsInChecklistOrder()
{
    const auto a = evaluate(oneItem("event-capacity"), evidenceFrom(deployment, service));
    QCOMPARE(a.checklistId, QStringLiteral("test"));
    QCOMPARE(a.checklistVersion, QStringLiteral("3"));
    QCOMPARE(a.items.size(), size_t(2));
    QVERIFY(a.items[0].machine);
    QVERIFY(!a.items[1].machine);
    QCOMPARE(a.items[1].verdict, Verdict::Unknown);
    QVERIFY(a.items[1].findings.empty());
    QCOMPARE(a.item(QStringLiteral("performance.asked")), &a.items[1]);
    QVERIFY(!a.item(QStringLiteral("nothing")));
}

void TestEvaluate::onlyNamedItems()
{
    const auto a =
        evaluate(oneItem("event-capacity"), evidenceFrom(deployment, service), {"performance.asked"});
    QCOMPARE(a.items.size(), size_t(1));
    QCOMPARE(a.items.front().id, QStringLiteral("performance.asked"));
}

void TestEvaluate::unknownRuleIsUnknown()
{
    const auto result = judgeItem(evidenceFrom(deployment), QStringLiteral("weather"));
    QCOMPARE(result.verdict, Verdict::Unknown);
    QVERIFY(result.findings.front().reason.en.contains(QStringLiteral("weather")));
}

void TestEvaluate::noFindingsAreUnknown()
{
    const auto findings = judge(evidenceFrom("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
                                QStringLiteral("pod-resources"));
    QCOMPARE(findings.size(), size_t(1));
    QCOMPARE(findings.front().verdict, Verdict::Unknown);
    QVERIFY(findings.front().remedy.en.contains(QStringLiteral("evidence.manifests")));
}

void TestEvaluate::missingManifestsAreSurvived()
{
    Evidence e;
    QCOMPARE(verdictOf(e, QStringLiteral("pod-resources")), QStringLiteral("unknown"));
    QCOMPARE(verdictOf(e, QStringLiteral("event-capacity")), QStringLiteral("unknown"));
}

void TestEvaluate::unreadableManifestHidesNoPass()
{
    QByteArray good = deployment;
    good += "                  resources: {requests: {cpu: 1}, limits: {memory: 1Gi}}\n";
    Evidence e = evidenceFrom(good);
    QCOMPARE(verdictOf(e, QStringLiteral("pod-resources")), QStringLiteral("pass"));
    e.unreadable.push_back({QStringLiteral("k8s/broken.yaml"), {3, 1, 3, 2}, {"壊れています", "broken"}, {}});
    const auto result = judgeItem(e, QStringLiteral("pod-resources"));
    QCOMPARE(result.verdict, Verdict::Unknown);
    const Finding f = firstWith(Verdict::Unknown, result.findings);
    QCOMPARE(f.file, QStringLiteral("k8s/broken.yaml"));
    QCOMPARE(f.span.line, 3);
}

void TestEvaluate::otherUnreadableFilesDoNotMatter()
{
    QByteArray good = deployment;
    good += "                  resources: {requests: {cpu: 1}, limits: {memory: 1Gi}}\n";
    Evidence e = evidenceFrom(good);
    e.service.loadTests.push_back({});
    e.service.loadTests.back().files = {QStringLiteral("loadtest/a.log")};
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    e.service.documents.push_back({QStringLiteral("oncall"), QStringLiteral("docs/oncall.md"), {}, {}});
    e.service.pipelinePatterns = {QStringLiteral(".github/workflows/")};
    for (const char *file :
         {"loadtest/a.log", "readiness/datadog/monitors.json", "docs/oncall.md", ".github/workflows/ci.yml"})
        e.unreadable.push_back({QString::fromUtf8(file), {}, {"読めません", "cannot be read"}, {}});
    QCOMPARE(verdictOf(e, QStringLiteral("pod-resources")), QStringLiteral("pass"));
}

void TestEvaluate::overrides_data()
{
    QTest::addColumn<double>("checklist"); // headroom there
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("verdict"); // 4 pods at 100 req/s for a peak of 300
    QTest::addColumn<int>("loosened");

    QTest::newRow("none needed") << 0.0 << QByteArray("0") << "pass" << 0;
    QTest::newRow("tightened to what is there") << 0.0 << QByteArray("0.33") << "pass" << 0;
    QTest::newRow("tightened too far") << 0.0 << QByteArray("0.5") << "fail" << 0;
    QTest::newRow("loosened is not applied") << 0.5 << QByteArray("0") << "fail" << 1;
    QTest::newRow("loosened below zero") << 0.0 << QByteArray("-0.5") << "pass" << 1;
}

void TestEvaluate::overrides()
{
    QFETCH(double, checklist);
    QFETCH(QByteArray, value);
    QFETCH(QString, verdict);
    QFETCH(int, loosened);
    const auto a =
        evaluate(oneItem("event-capacity", {{"headroom", checklist}}), withOverride("headroom", value));
    const ItemResult &item = a.items.front();
    QVERIFY2(toString(item.verdict) == verdict, printed(item.findings));
    QCOMPARE(int(item.loosened.size()), loosened);
    if (loosened) {
        QCOMPARE(item.loosened.front().parameter, QStringLiteral("headroom"));
        QVERIFY(item.loosened.front().words().ja.contains(QStringLiteral("理由")));
        QVERIFY(item.loosened.front().words().en.contains(QStringLiteral("takes a waiver")));
    }
    QVERIFY(a.problems.empty());
}

void TestEvaluate::overridesThatNameNothing()
{
    auto a = evaluate(oneItem("event-capacity"), withOverride("hedroom", "1"));
    QCOMPARE(a.problems.size(), size_t(1));
    QVERIFY(a.problems.front().toString(Lang::En).contains(QStringLiteral("Did you mean `headroom`")));
    QVERIFY(a.problems.front().span.isValid());
    a = evaluate(oneItem("event-capacity"), withOverride("headroom", "1", "performance.event-capacty"));
    QCOMPARE(a.problems.size(), size_t(1));
    QVERIFY(a.problems.front().hint.en.contains(QStringLiteral("performance.event-capacity")));
}

// Every finding of every rule says why, in both languages; what is not a pass says the way out.
void TestEvaluate::everyFindingIsExplained()
{
    for (const Rule &rule : allRules()) {
        for (const Evidence &e : {evidenceFrom(deployment), evidenceFrom(deployment, service), Evidence()}) {
            for (const Finding &f : judge(e, QString::fromUtf8(rule.name))) {
                QVERIFY2(!f.title.ja.isEmpty() && !f.title.en.isEmpty(), rule.name);
                QVERIFY2(!f.reason.ja.isEmpty() && !f.reason.en.isEmpty(), rule.name);
                QVERIFY2(!f.reason.en.contains(QStringLiteral("%1")), qPrintable(f.reason.en));
                if (f.verdict != Verdict::Pass && f.verdict != Verdict::NotApplicable)
                    QVERIFY2(!f.remedy.ja.isEmpty() && !f.remedy.en.isEmpty(), printed({f}));
                QCOMPARE(f.rule, QString::fromUtf8(rule.name));
            }
        }
    }
}

void TestEvaluate::capacityAndLoadTestsTravelAlong()
{
    Evidence e = evidenceFrom(deployment, service);
    addLoadTest(e, runOf({{50}, {100}, {150}}), 1);
    addLoadTest(e, nullptr, 1, {}, QStringLiteral("lost"));
    const auto a = evaluate(oneItem("event-capacity"), e);
    QCOMPARE(a.loadTests.size(), size_t(1)); // the one that could be read
    QCOMPARE(a.loadTests.front().id, QStringLiteral("step"));
    QVERIFY(a.capacity);
    QCOMPARE(a.capacity->events.size(), size_t(1));
    QCOMPARE(a.capacity->minReplicas, std::optional(4));
    QVERIFY(!evaluate(oneItem("pod-resources"), e).capacity);
}

void TestEvaluate::perPodToPlanWith_data()
{
    QTest::addColumn<double>("declared"); // 0: not declared
    QTest::addColumn<double>("knee"); // 0: no test
    QTest::addColumn<bool>("reached");
    QTest::addColumn<double>("expected"); // 0: nothing
    QTest::addColumn<bool>("measured");

    QTest::newRow("nothing known") << 0.0 << 0.0 << true << 0.0 << false;
    QTest::newRow("declared only") << 100.0 << 0.0 << true << 100.0 << false;
    QTest::newRow("measured only") << 0.0 << 160.0 << true << 160.0 << true;
    QTest::newRow("measured, not reached") << 0.0 << 160.0 << false << 160.0 << true;
    QTest::newRow("declared below the knee") << 140.0 << 160.0 << true << 140.0 << false;
    QTest::newRow("declared at the knee") << 160.0 << 159.2 << true << 160.0 << false;
    QTest::newRow("declared above the knee") << 180.0 << 160.0 << true << 160.0 << true;
    QTest::newRow("above what was tried") << 180.0 << 160.0 << false << 180.0 << false;
}

void TestEvaluate::perPodToPlanWith()
{
    QFETCH(double, declared);
    QFETCH(double, knee);
    QFETCH(bool, reached);
    QFETCH(double, expected);
    QFETCH(bool, measured);
    Evidence e;
    e.manifests = std::make_shared<Manifests>();
    if (declared > 0)
        e.service.perPodRps.value = declared;
    LoadTest test;
    test.source.pods.value = 2;
    LoadTestAnalysis analysis;
    analysis.test = &test;
    analysis.knee.usable = knee > 0;
    analysis.knee.reached = reached;
    analysis.knee.throughput = knee * 2;
    const RuleUse use;
    const QMap<QString, double> parameters;
    const std::vector<LoadTestAnalysis> tests{analysis};
    const RuleContext context{e, use, parameters, tests};
    bool isMeasured = false;
    QCOMPARE(context.perPodRps(&isMeasured).value_or(0), expected);
    QCOMPARE(isMeasured, measured);
}

void TestEvaluate::placesAndSnippets()
{
    const Evidence e = evidenceFrom(deployment);
    const Workload &w = e.manifests->workloads.front();
    QCOMPARE(placeOf(w.object).line, 3);
    QCOMPARE(placeOf(w.containers.front()).line, 10);
    QCOMPARE(placeOf(w.object.node["spec"]["replicas"]).line, 5);
    const Span block = placeOf(w.object.node["spec"]["template"]);
    QCOMPARE(block.line, 6);
    QCOMPARE(block.endLine, 6); // the key alone, not half the file
    QVERIFY(!placeOf(Yaml()).isValid());

    // Four spaces per level, as this file is written.
    QCOMPARE(
        snippetIn(w.containers.front().node, QStringLiteral("a:\n  b:\n    c: 1"), w.object.node),
        QStringLiteral("                  a:\n                      b:\n                          c: 1"));
    QCOMPARE(snippetIn(w.object.node["spec"], QStringLiteral("replicas: 2"), w.object.node),
             QStringLiteral("    replicas: 2"));
    // A flow map takes no block.
    QCOMPARE(snippetIn(w.object.node["metadata"], QStringLiteral("a: 1"), w.object.node),
             QStringLiteral("a: 1"));
}

void TestEvaluate::replicaRanges_data()
{
    QTest::addColumn<QByteArray>("scaler");
    QTest::addColumn<int>("min");
    QTest::addColumn<int>("max");
    QTest::addColumn<bool>("known");

    const QByteArray hpa = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
                           "metadata: {name: h, namespace: shop}\nspec:\n"
                           "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n";
    const QByteArray keda =
        "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n"
        "metadata: {name: k, namespace: shop}\nspec:\n  scaleTargetRef: {name: id-auth}\n";
    QTest::newRow("fixed") << QByteArray() << 4 << 4 << true;
    QTest::newRow("hpa") << hpa + "  minReplicas: 3\n  maxReplicas: 9\n" << 3 << 9 << true;
    QTest::newRow("hpa without minimum: 1") << hpa + "  maxReplicas: 9\n" << 1 << 9 << true;
    QTest::newRow("hpa without maximum is refused") << hpa + "  minReplicas: 3\n" << 3 << 0 << false;
    QTest::newRow("hpa with a placeholder") << hpa + "  minReplicas: ${MIN}\n  maxReplicas: 9\n"
                                            << 1 << 9 << false;
    QTest::newRow("keda defaults: 0 and 100") << keda << 0 << 100 << true;
    QTest::newRow("keda") << keda + "  minReplicaCount: 5\n  maxReplicaCount: 50\n" << 5 << 50 << true;
    QTest::newRow("keda idles lower") << keda + "  idleReplicaCount: 0\n  minReplicaCount: 5\n"
                                      << 0 << 100 << true;
}

void TestEvaluate::replicaRanges()
{
    QFETCH(QByteArray, scaler);
    QFETCH(int, min);
    QFETCH(int, max);
    QFETCH(bool, known);
    const Evidence e = evidenceFrom(deployment + scaler);
    const ReplicaRange range = replicasOf(*e.manifests, e.manifests->workloads.front());
    QCOMPARE(range.known, known);
    QCOMPARE(range.min, min);
    QCOMPARE(range.max, max);
    QCOMPARE(range.autoscaler != nullptr, !scaler.isEmpty());
}

QTEST_APPLESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
