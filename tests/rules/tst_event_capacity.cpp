// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/planning.h>
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = QStringLiteral("event-capacity");

QByteArray deployment(const QByteArray &name = "id-auth", const QByteArray &replicas = {})
{
    return "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
        + ", namespace: shop}\nspec:\n" + replicas + "  template:\n    metadata: {labels: {app: " + name
        + "}}\n    spec:\n      containers: [{name: app, image: a}]\n";
}

QByteArray hpa(const QByteArray &minMax)
{
    return "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: "
           "shop}\nspec:\n"
           "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n"
        + minMax;
}

// The published example: 100 req/s a pod, 10 / 20 / 40 / 80 pods.
QByteArray service(const QByteArray &sale = {}, const QByteArray &newYear = {}, const QByteArray &rest = {})
{
    return "format: tenken.service/1\nid: id-auth\n" + rest
        + "capacity:\n  per-pod: 100\n  events:\n"
          "    - {id: normal, name: {ja: 平常時, en: Normal}, peak: 1000}\n"
          "    - {id: weekend, name: {ja: 土日深夜, en: Weekend}, peak: 2000}\n"
          "    - {id: sale, name: {ja: セール, en: Sale}, peak: 4000"
        + sale
        + "}\n"
          "    - {id: new-year, name: {ja: 正月, en: New Year}, peak: 8000"
        + newYear + "}\n";
}

} // namespace

class TestEventCapacity : public QObject
{
    Q_OBJECT
private slots:
    void publishedExample();
    void perEvent_data();
    void perEvent();
    void headroomAndZones();
    void kedaCronIsNotGuessed();
    void measuredKneeReplacesTheDeclared();
    void whatBoreNothingIsNotPlannedWith();
    void unknowns_data();
    void unknowns();
    void whichWorkloadServes();
    void suddenEvents();
    void placeMeasuredAndSnippet();
};

void TestEventCapacity::publishedExample()
{
    const auto findings =
        judge(evidenceFrom(deployment() + hpa("  minReplicas: 80\n  maxReplicas: 80\n"), service()), rule);
    QCOMPARE(findings.size(), size_t(4));
    QVERIFY2(verdictsOf(findings) == u"pass pass pass pass", printed(findings));
    const auto *plan = std::get_if<CapacityPlan>(findings.front().picture.get());
    QVERIFY(plan);
    QList<int> needed;
    for (const EventPlan &e : plan->events)
        needed << e.needed();
    QCOMPARE(needed, QList<int>({10, 20, 40, 80}));
    QCOMPARE(plan->maxReplicas, std::optional(80));
}

void TestEventCapacity::perEvent_data()
{
    QTest::addColumn<QByteArray>("replicas"); // of the deployment
    QTest::addColumn<QByteArray>("scaler");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("expected"); // normal weekend sale new-year

    const QByteArray fixed = "  replicas: 80\n";
    QTest::newRow("minimum holds the weekend only")
        << QByteArray() << hpa("  minReplicas: 20\n  maxReplicas: 80\n") << service()
        << "pass pass fail fail";
    QTest::newRow("normal load may grow")
        << QByteArray() << hpa("  minReplicas: 2\n  maxReplicas: 80\n") << service() << "pass fail fail fail";
    QTest::newRow("scheduled before the sale and New Year")
        << QByteArray() << hpa("  minReplicas: 20\n  maxReplicas: 80\n")
        << service(", scheduled-replicas: 40", ", scheduled-replicas: 80") << "pass pass pass pass";
    QTest::newRow("scheduled one too few")
        << QByteArray() << hpa("  minReplicas: 20\n  maxReplicas: 80\n")
        << service(", scheduled-replicas: 39", ", scheduled-replicas: 80") << "pass pass fail pass";
    QTest::newRow("the maximum caps what is scheduled")
        << QByteArray() << hpa("  minReplicas: 20\n  maxReplicas: 79\n")
        << service(", scheduled-replicas: 40", ", scheduled-replicas: 80") << "pass pass pass fail";
    QTest::newRow("minimum unset is 1")
        << QByteArray() << hpa("  maxReplicas: 80\n") << service() << "pass fail fail fail";
    QTest::newRow("fixed count enough") << fixed << QByteArray() << service() << "pass pass pass pass";
    QTest::newRow("replicas unset is 1")
        << QByteArray() << QByteArray() << service() << "fail fail fail fail";
    QTest::newRow("the HPA counts, not the static replicas")
        << fixed << hpa("  minReplicas: 2\n  maxReplicas: 10\n") << service() << "pass fail fail fail";
}

void TestEventCapacity::perEvent()
{
    QFETCH(QByteArray, replicas);
    QFETCH(QByteArray, scaler);
    QFETCH(QByteArray, service);
    QFETCH(QString, expected);
    const auto findings = judge(evidenceFrom(deployment("id-auth", replicas) + scaler, service), rule);
    QVERIFY2(verdictsOf(findings) == expected, printed(findings));
}

void TestEventCapacity::headroomAndZones()
{
    const QByteArray manifests = deployment() + hpa("  minReplicas: 80\n  maxReplicas: 120\n");
    const auto needed = [&](const QMap<QString, double> &parameters) {
        const auto findings =
            judge(evidenceFrom(manifests, service({}, {}, "platform: {zones: 3}\n")), rule, parameters);
        const auto *plan = std::get_if<CapacityPlan>(findings.front().picture.get());
        return plan ? plan->largestNeed() : -1;
    };
    QCOMPARE(needed({}), 80);
    QCOMPARE(needed({{"headroom", 0.2}}), 96);
    QCOMPARE(needed({{"zone-spare", 1}}), 120); // 80 × 3 ÷ 2
    QCOMPARE(needed({{"headroom", 0.2}, {"zone-spare", 1}}), 144); // 96 × 3 ÷ 2
    // Without a number of zones nothing is guessed.
    const auto findings = judge(evidenceFrom(manifests, service()), rule, {{"zone-spare", 1}});
    QCOMPARE(verdictsOf(findings), QStringLiteral("unknown"));
    QVERIFY(findings.front().remedy.en.contains(QStringLiteral("platform.zones")));
}

void TestEventCapacity::kedaCronIsNotGuessed()
{
    const auto keda = [](const QByteArray &count) {
        return "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: k, namespace: "
               "shop}\nspec:\n"
               "  scaleTargetRef: {name: id-auth}\n  minReplicaCount: 20\n  triggers:\n    - type: cron\n    "
               "  metadata:\n"
               "        {timezone: Asia/Tokyo, start: 0 23 31 12 *, end: 0 3 1 1 *, desiredReplicas: \""
            + count + "\"}\n";
    };
    // The maximum is KEDA's default of 100.
    QCOMPARE(verdictsOf(judge(evidenceFrom(deployment() + keda("80"), service()), rule)),
             QStringLiteral("pass pass unknown unknown"));
    QCOMPARE(verdictsOf(judge(evidenceFrom(deployment() + keda("40"), service()), rule)),
             QStringLiteral("pass pass unknown fail"));
    QCOMPARE(verdictsOf(judge(evidenceFrom(deployment() + keda("80"),
                                         service(", scheduled-replicas: 80", ", scheduled-replicas: 80")),
                            rule)),
             QStringLiteral("pass pass pass pass"));
}

void TestEventCapacity::measuredKneeReplacesTheDeclared()
{
    Evidence e = evidenceFrom(deployment() + hpa("  minReplicas: 80\n  maxReplicas: 80\n"), service());
    addLoadTest(
        e, runOf({{20}, {30}, {40}, {50}, {60}, {70}, {80}, {90, 60, 200, 0, 0.9}, {100, 60, 500, 0, 0.8}}),
        1);
    const auto findings = judge(e, rule);
    // 8000 ÷ 80 = 100 pods, and a word about the value that was not used.
    QVERIFY2(verdictsOf(findings) == u"pass pass pass fail warn", printed(findings));
    QVERIFY(findings.back().reason.en.contains(QStringLiteral("exceeds the measured knee")));
    const auto *plan = std::get_if<CapacityPlan>(findings.front().picture.get());
    QVERIFY(plan && plan->perPodMeasured);
}

// A newer test in which everything failed does not bring the declared value back that an older one had refuted.
void TestEventCapacity::whatBoreNothingIsNotPlannedWith()
{
    const QByteArray manifests = deployment() + hpa("  minReplicas: 80\n  maxReplicas: 80\n");
    Evidence e = evidenceFrom(manifests, service());
    addLoadTest(e, runOf({{20}, {30}, {40}, {50}, {60}, {70}, {80}, {90, 60, 200, 0, 0.9}, {100, 60, 500, 0, 0.8}}), 1);
    addLoadTest(e, runOf({{20, 60, 20, 0.3}, {40, 60, 20, 0.3}, {60, 60, 20, 0.3}}, 1'800'000'000), 1, {}, QStringLiteral("newer"));
    auto findings = judge(e, rule);
    QVERIFY2(verdictsOf(findings) == u"pass pass pass fail warn unknown", printed(findings));
    QVERIFY2(findings.back().reason.en.startsWith(u"80 req/s per pod is reckoned with, but test newer (pods: 1)"), printed(findings));
    e.loadTests.erase(e.loadTests.begin()); // a declared value and a test that contradicts it
    findings = judge(e, rule);
    QVERIFY2(verdictsOf(findings) == u"pass pass pass pass unknown", printed(findings));
    QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    const auto dated = e.loadTests.front().run;
    auto undated = std::make_shared<LoadTestRun>(*dated);
    undated->hasClock = false;
    e.loadTests.front().run = undated;
    QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    addLoadTest(e, runOf({{20}, {30}, {40}, {50}, {60}, {70}, {80}, {90}, {105}}, 1'900'000'000), 1, {}, QStringLiteral("mended"));
    findings = judge(e, rule);
    QVERIFY2(verdictsOf(findings) == u"pass pass pass pass", printed(findings));
    e.loadTests.front().run = dated;
    QCOMPARE(verdictOf(e, rule), QStringLiteral("pass"));
}

void TestEventCapacity::unknowns_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("says"); // in the remedy
    const QByteArray scaled = deployment() + hpa("  minReplicas: 80\n  maxReplicas: 80\n");
    QTest::newRow("bare manifests") << scaled << QByteArray() << "tenken init";
    QTest::newRow("no events") << scaled
                               << QByteArray(
                                      "format: tenken.service/1\nid: id-auth\ncapacity: {per-pod: 100}\n")
                               << "capacity.events";
    QTest::newRow("no throughput") << scaled
                                   << QByteArray(
                                          "format: tenken.service/1\nid: id-auth\ncapacity:\n  events:\n"
                                          "    - {id: normal, name: N, peak: 1000}\n")
                                   << "capacity.per-pod";
    QTest::newRow("more than a million pods")
        << scaled
        << QByteArray("format: tenken.service/1\nid: id-auth\ncapacity:\n"
                      "  per-pod: 0.000001\n  events:\n"
                      "    - {id: normal, name: N, peak: 1000}\n")
        << "Check the units";
    QTest::newRow("a placeholder in the HPA")
        << deployment() + hpa("  minReplicas: ${MIN}\n  maxReplicas: 80\n") << service()
        << "rendered manifest";
    QTest::newRow("no workload") << QByteArray("apiVersion: v1\nkind: Service\nmetadata: {name: s}\n")
                                 << service() << "evidence.manifests";
}

void TestEventCapacity::unknowns()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    QFETCH(QString, says);
    const auto findings = judge(evidenceFrom(manifests, service), rule);
    QVERIFY2(verdictsOf(findings) == u"unknown", printed(findings));
    QVERIFY2(findings.front().remedy.en.contains(says), printed(findings));
}

// Of several workloads those that a Service selects carry the load; a canary beside them does not count.
void TestEventCapacity::whichWorkloadServes()
{
    const QByteArray select = "---\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\n"
                              "spec: {selector: {app: id-auth}}\n";
    const QByteArray worker = deployment("worker", "  replicas: 2\n");
    const QByteArray main = deployment("id-auth", "  replicas: 80\n");
    QByteArray canary = deployment("id-auth", "  replicas: 1\n");
    canary.replace("{name: id-auth,", "{name: id-auth-canary,");
    QCOMPARE(verdictsOf(judge(evidenceFrom(main + worker + select + canary, service()), rule)),
             QStringLiteral("pass pass pass pass"));
    const QByteArray daemon =
        "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec: {template: {spec: "
        "{containers: [{name: a, image: a}]}}}\n";
    QCOMPARE(verdictsOf(judge(evidenceFrom(main + daemon, service()), rule)),
             QStringLiteral("pass pass pass pass"));
}

void TestEventCapacity::suddenEvents()
{
    Service s;
    const auto set = [&](std::initializer_list<std::pair<const char *, double>> events) {
        s.events.clear();
        for (const auto &[id, peak] : events) {
            s.events.push_back({});
            s.events.back().id = QString::fromUtf8(id);
            s.events.back().peakRps = peak;
        }
    };
    set({{"sale", 4000}, {"normal", 1000}});
    QVERIFY(isSudden(s, s.events[0]));
    QVERIFY(!isSudden(s, s.events[1]));
    set({{"weekday", 1000}, {"sale", 4000}});
    QVERIFY(!isSudden(s, s.events[0]));
    QVERIFY(isSudden(s, s.events[1]));
    set({{"sale", 4000},
         {"weekday", 1000}}); // the first is not the smallest: nothing says it is the everyday load
    QVERIFY(isSudden(s, s.events[0]));
    QVERIFY(isSudden(s, s.events[1]));
    set({{"sale", 4000}});
    QVERIFY(isSudden(s, s.events[0]));
}

void TestEventCapacity::placeMeasuredAndSnippet()
{
    const auto findings = judge(evidenceFrom(deployment() + hpa("  minReplicas: 20\n  maxReplicas: 80\n"),
                                             service({}, ", scheduled-replicas: 60")),
                                rule);
    const Finding &f = findings.back();
    QCOMPARE(f.verdict, Verdict::Fail);
    QCOMPARE(f.title.ja, QStringLiteral("正月"));
    QCOMPARE(f.object, QStringLiteral("HorizontalPodAutoscaler/shop/h"));
    QCOMPARE(f.file, QStringLiteral("k8s.yaml"));
    QVERIFY(f.span.line > 10);
    QCOMPARE(f.measured.en, QStringLiteral("60 Pod"));
    QCOMPARE(f.wanted.en, QStringLiteral("≥ 80 Pod"));
    QVERIFY2(f.reason.en.contains(QStringLiteral("20 short")), printed({f}));
    QCOMPARE(f.snippet, QStringLiteral("  minReplicas: 80"));
    QCOMPARE(f.marks.size(), size_t(2));
    QCOMPARE(f.marks.front().file, QStringLiteral("readiness/service.yaml"));
}

QTEST_APPLESS_MAIN(TestEventCapacity)
#include "tst_event_capacity.moc"
