// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = QStringLiteral("latency-target");

const std::vector<HeldLoad> steps = {
    {40}, {60}, {80}, {100}, {120}, {140}, {160}, {180, 60, 200, 0, 0.9}, {200, 60, 500, 0, 0.8}};

// One event; what carries it is ⌈peak ÷ 100⌉ pods, or what the HPA allows.
Evidence withPeak(double peak, const QByteArray &hpa = "  minReplicas: 2\n  maxReplicas: 100\n",
                  const QByteArray &target = "{percentile: p99, milliseconds: 100}")
{
    return evidenceFrom(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  template:\n    spec:\n"
        "      containers: [{name: app, image: id-auth:1}]\n---\napiVersion: autoscaling/v2\n"
        "kind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n"
        "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n"
            + hpa,
        "format: tenken.service/1\nid: id-auth\ntargets:\n  latency: " + target
            + "\ncapacity:\n  per-pod: 100\n  events:\n    - {id: normal, name: N, peak: "
            + QByteArray::number(peak) + "}\n");
}

void addSteps(Evidence &e, const std::vector<HeldLoad> &levels = steps, std::optional<int> pods = 1)
{
    addLoadTest(e, runOf(levels), pods);
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.loadTests.back().source.image = QStringLiteral("id-auth:1");
}

} // namespace

class TestLatencyTarget : public QObject
{
    Q_OBJECT
private slots:
    void verdicts_data();
    void verdicts();
    void moreSteps();
    void unknowns();
    void otherPercentiles();
    void everyEvent();
    void picksTheLowestStepAbove();
    void ofStepsAtOneRateTheWorst();
};

void TestLatencyTarget::ofStepsAtOneRateTheWorst()
{
    Evidence e = withPeak(1000, "  minReplicas: 2\n  maxReplicas: 10\n");
    addSteps(e, {{40}, {60}, {80}, {100, 60, 20}, {60}, {101, 60, 300}, {120, 60, 300}});
    const Finding f = judge(e, rule).front();
    QVERIFY2(f.verdict == Verdict::Fail, printed({f}));
}


void TestLatencyTarget::verdicts_data()
{
    QTest::addColumn<double>("peak");
    QTest::addColumn<QByteArray>("hpa");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");

    const QByteArray wide = "  minReplicas: 2\n  maxReplicas: 100\n";
    QTest::newRow("as planned") << 1000.0 << wide << "pass" << "At 100 req/s per pod p99 is";
    QTest::newRow("more pods than needed")
        << 1000.0 << QByteArray("  minReplicas: 25\n  maxReplicas: 100\n") << "pass"
        << "At 40 req/s per pod";
    QTest::newRow("the maximum makes each pod carry more")
        << 1500.0 << QByteArray("  minReplicas: 2\n  maxReplicas: 10\n") << "pass" << "At 160 req/s per pod";
    QTest::newRow("at an overloaded step")
        << 1800.0 << QByteArray("  minReplicas: 2\n  maxReplicas: 10\n") << "fail"
        << "Of 180 req/s per pod that were sent, 162 were answered";
    QTest::newRow("between a good and an overloaded step")
        << 1700.0 << QByteArray("  minReplicas: 2\n  maxReplicas: 10\n") << "unknown"
        << "itself was not tried";
    QTest::newRow("beyond every step")
        << 9000.0 << QByteArray("  minReplicas: 2\n  maxReplicas: 10\n") << "unknown"
        << "No load test reaches";
}

void TestLatencyTarget::verdicts()
{
    QFETCH(double, peak);
    QFETCH(QByteArray, hpa);
    QFETCH(QString, verdict);
    QFETCH(QString, says);
    Evidence e = withPeak(peak, hpa);
    addSteps(e);
    const auto findings = judge(e, rule);
    QCOMPARE(findings.size(), size_t(1));
    QVERIFY2(toString(findings.front().verdict) == verdict, printed(findings));
    QVERIFY2(findings.front().reason.en.contains(says), printed(findings));
    QCOMPARE(findings.front().file, QStringLiteral("readiness/service.yaml"));
}

// The next step is above the target, yet far above the event's rate: it does not tell.
void TestLatencyTarget::moreSteps()
{
    const QByteArray tenPods = "  minReplicas: 2\n  maxReplicas: 10\n";
    Evidence slow = withPeak(1000, tenPods);
    addSteps(slow, {{20}, {30}, {40}, {60}, {80}, {100, 60, 300}});
    QVERIFY2(judge(slow, rule).front().reason.en.contains(QStringLiteral("above the target of 100 ms")),
             printed(judge(slow, rule)));
    QCOMPARE(verdictOf(slow, rule), QStringLiteral("fail"));
    Evidence e = withPeak(1000, tenPods);
    addSteps(e, {{20}, {30}, {40}, {50}, {60}, {140, 60, 300}});
    const auto findings = judge(e, rule);
    QVERIFY2(toString(findings.front().verdict) == u"unknown", printed(findings));
    QVERIFY2(findings.front().reason.en.contains(QStringLiteral("itself was not tried")), printed(findings));
}

void TestLatencyTarget::unknowns()
{
    QCOMPARE(verdictOf(withPeak(1000), rule), QStringLiteral("unknown")); // no test
    QCOMPARE(verdictOf(evidenceFrom({}), rule), QStringLiteral("unknown"));
    Evidence noPods = withPeak(1000);
    addSteps(noPods, steps, {});
    QCOMPARE(verdictOf(noPods, rule), QStringLiteral("unknown"));

    // Fast because it fails.
    const QByteArray tenPods = "  minReplicas: 2\n  maxReplicas: 10\n";
    Evidence failing = withPeak(1300, tenPods);
    addSteps(failing, {{40}, {60}, {80}, {100}, {130, 60, 5, 0.03}});
    QVERIFY2(verdictOf(failing, rule) == u"unknown", printed(judge(failing, rule)));
    Evidence more = withPeak(1300, tenPods);
    addSteps(more, {{40}, {60}, {80}, {100}, {130, 60, 5, 0.1}});
    QVERIFY2(verdictOf(more, rule) == u"fail", printed(judge(more, rule)));

    Evidence few =
        withPeak(50, "  minReplicas: 10\n  maxReplicas: 20\n"); // 5 req/s a pod: 300 samples a step
    addSteps(few, {{1, 60}, {2, 60}, {3, 60}, {4, 60}, {5, 60}, {6, 60}});
    QVERIFY2(verdictOf(few, rule) == u"unknown", printed(judge(few, rule)));

    for (const char *purpose : {"rollout", "dependency"}) {
        Evidence e = withPeak(1000);
        addSteps(e);
        e.loadTests.back().source.purpose = QString::fromUtf8(purpose);
        QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    }
}

void TestLatencyTarget::otherPercentiles()
{
    const auto verdict = [](const QByteArray &percentile, const QByteArray &ms) {
        Evidence e = withPeak(1000, "  minReplicas: 2\n  maxReplicas: 100\n",
                              "{percentile: " + percentile + ", milliseconds: " + ms + "}");
        addSteps(e);
        return verdictOf(e, rule);
    };
    // 20 ms, a tenth of the requests 30 ms.
    QCOMPARE(verdict("p50", "25"), QStringLiteral("pass"));
    QCOMPARE(verdict("p80", "25"), QStringLiteral("pass"));
    QCOMPARE(verdict("p95", "25"), QStringLiteral("fail"));
    QCOMPARE(verdict("p92", "25"), QStringLiteral("fail"));
    QCOMPARE(verdict("p99", "31"), QStringLiteral("pass"));
}

void TestLatencyTarget::everyEvent()
{
    Evidence e = withPeak(1000, "  minReplicas: 2\n  maxReplicas: 20\n");
    CapacityEvent sale = e.service.events.front();
    sale.id = QStringLiteral("sale");
    sale.peakRps = 3600; // 180 on each of the 20 pods there can be
    e.service.events.push_back(sale);
    addSteps(e);
    const auto findings = judge(e, rule);
    QCOMPARE(findings.size(), size_t(2));
    QVERIFY2(findings[0].verdict == Verdict::Pass, printed(findings));
    QVERIFY2(findings[1].verdict == Verdict::Fail, printed(findings));
    QCOMPARE(findings[0].comparison->wanted, 100.0);
}

void TestLatencyTarget::picksTheLowestStepAbove()
{
    Evidence e = withPeak(1000);
    addSteps(e, {{40}, {60}, {80}, {100}, {120, 60, 60}, {140, 60, 60}});
    const Finding f = judge(e, rule).front();
    QVERIFY2(f.verdict == Verdict::Pass, printed({f}));
    QVERIFY(qAbs(f.comparison->measured - 30) < 1); // p99 at 100 req/s, not at 120
}

QTEST_APPLESS_MAIN(TestLatencyTarget)
#include "tst_latency_target.moc"
