// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/stretch.h>
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = QStringLiteral("peak-endured");

Evidence described(const QByteArray &targets = "targets:\n  latency: {percentile: p99, milliseconds: 200}\n")
{
    return evidenceFrom({},
                        "format: tenken.service/1\nid: id-auth\n" + targets
                            + "capacity:\n  events:\n    - {id: normal, name: N, peak: 100}\n"
                              "    - {id: new-year, name: Y, peak: 800}\n");
}

void addPeak(Evidence &e, const std::vector<HeldLoad> &levels, double start = 1'700'000'000,
             const QString &purpose = QStringLiteral("peak"))
{
    addLoadTest(e, runOf(levels, start), 8, purpose, QStringLiteral("peak-%1").arg(qint64(start)));
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.loadTests.back().source.image = QStringLiteral("id-auth:1");
}

} // namespace

class TestPeakEndured : public QObject
{
    Q_OBJECT
private slots:
    void verdicts_data();
    void verdicts();
    void newestPeakTestDecides();
    void testsWithoutPurpose();
    void olderTestsWithoutPurposeDoNotOutweighANewerOne();
    void errorsThatTheFileHoldsInPart();
    void moreTestedPodsThanAllowed();
    void noTestOrTarget();
    void recordAndTighterTarget();
    void stretches_data();
    void stretches();
    void lowRatesAreNoisy();
    void percentiles();
};

void TestPeakEndured::verdicts_data()
{
    QTest::addColumn<std::vector<HeldLoad>>("levels");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");

    using Levels = std::vector<HeldLoad>;
    QTest::newRow("endured") << Levels{{400, 60}, {800, 600}, {100, 60}} << "pass"
                             << "held 800 req/s for 10 min";
    QTest::newRow("above the peak") << Levels{{900, 900}} << "pass" << "";
    QTest::newRow("too short") << Levels{{400, 60}, {800, 300}} << "fail" << "for 5 min";
    QTest::newRow("too low") << Levels{{700, 1200}} << "fail" << "700 req/s at most";
    QTest::newRow("a second too few is not counted") << Levels{{800, 595}} << "pass" << "";
    QTest::newRow("errors") << Levels{{800, 600, 20, 0.01}} << "fail" << "failed";
    QTest::newRow("slow") << Levels{{800, 600, 300}} << "fail" << "above the target of 200 ms";
    QTest::newRow("only part was answered")
        << Levels{{800, 600, 20, 0, 0.9}} << "fail" << "720 req/s were answered";
    QTest::newRow("a collapse at the end stays inside")
        << Levels{{800, 600}, {800, 300, 20, 0, 0.3}} << "fail" << "were answered";
    QTest::newRow("errors at the end stay inside")
        << Levels{{800, 600}, {800, 60, 20, 0.5}} << "fail" << "failed";
    QTest::newRow("a second try that fails")
        << Levels{{800, 1200}, {100, 60}, {800, 600, 20, 0.2}} << "fail" << "failed";
    QTest::newRow("a second try that is good") << Levels{{800, 600, 20, 0.2}, {100, 60}, {800, 600}} << "pass" << "";
    QTest::newRow("a second try that fails soon")
        << Levels{{800, 600}, {100, 60}, {800, 120, 20, 0.2}} << "warn" << "In a later stretch of 2 min";
    QTest::newRow("a good second try, soon over") << Levels{{800, 600}, {100, 60}, {800, 120}} << "pass" << "";
    QTest::newRow("twice five minutes") << Levels{{800, 300}, {100, 60}, {800, 300}} << "fail" << "for 5 min";
}

void TestPeakEndured::verdicts()
{
    QFETCH(std::vector<HeldLoad>, levels);
    QFETCH(QString, verdict);
    QFETCH(QString, says);
    Evidence e = described();
    addPeak(e, levels);
    const auto result = judgeItem(e, rule);
    QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    QVERIFY2(firstWith(result.verdict, result.findings).reason.en.contains(says), printed(result.findings));
    for (const Finding &f : result.findings)
        QVERIFY(f.picture);
}

void TestPeakEndured::newestPeakTestDecides()
{
    Evidence e = described();
    addPeak(e, {{800, 600}}, 1'700'000'000);
    addPeak(e, {{800, 600, 20, 0.01}}, 1'700'100'000);
    QCOMPARE(verdictOf(e, rule), QStringLiteral("fail"));
    addPeak(e, {{800, 600}}, 1'700'200'000);
    QCOMPARE(verdictOf(e, rule), QStringLiteral("pass"));
    addLoadTest(e, nullptr, 8, QStringLiteral("peak"), QStringLiteral("lost")); // what it says is not known
    QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
}

void TestPeakEndured::testsWithoutPurpose()
{
    Evidence e = described();
    addPeak(e, {{50, 300}, {100, 300}}, 1'700'000'000, {});
    QCOMPARE(verdictOf(e, rule), QStringLiteral("fail"));
    addPeak(e, {{800, 600}}, 1'600'000'000, {});
    QCOMPARE(verdictOf(e, rule), QStringLiteral("pass")); // the best of them
    Evidence other = described();
    addPeak(other, {{800, 600}}, 1'700'000'000, QStringLiteral("scaling"));
    QCOMPARE(verdictOf(other, rule), QStringLiteral("unknown"));
}

void TestPeakEndured::olderTestsWithoutPurposeDoNotOutweighANewerOne()
{
    Evidence e = described();
    addPeak(e, {{800, 600}}, 1'600'000'000, {});
    addPeak(e, {{800, 600, 20, 0.2}}, 1'700'000'000, {});
    QVERIFY2(verdictOf(e, rule) == u"fail", printed(judge(e, rule)));
    e.loadTests.back().source.environment = QStringLiteral("load");
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
}

void TestPeakEndured::errorsThatTheFileHoldsInPart()
{
    const auto verdict = [](double failed) {
        auto run = runOf({{800, 600, 20, failed}});
        run->knowsErrors = false;
        Evidence e = described();
        addPeak(e, {{800, 600}});
        e.loadTests.back().run = run;
        return verdictOf(e, rule);
    };
    QCOMPARE(verdict(0), QStringLiteral("unknown"));
    QCOMPARE(verdict(0.2), QStringLiteral("fail")); // what it shows is enough
    Evidence e = described();
    addPeak(e, {{800, 600}});
    auto run = std::make_shared<LoadTestRun>(*e.loadTests.back().run);
    run->excusedFailures = 7;
    e.loadTests.back().run = run;
    QVERIFY2(verdictOf(e, rule) == u"warn", printed(judge(e, rule)));
    run = std::make_shared<LoadTestRun>(*run);
    run->excusedFailures = 0;
    run->model = LoadModel::Unknown; // perhaps it waited for its answers
    e.loadTests.back().run = run;
    QVERIFY2(verdictOf(e, rule) == u"warn", printed(judge(e, rule)));
}

void TestPeakEndured::moreTestedPodsThanAllowed()
{
    for (const auto &[most, verdict] : {std::pair("8", "pass"), {"7", "warn"}}) {
        Evidence e = described();
        const QByteArray yaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  template:\n    spec:\n"
                                "      containers: [{name: app, image: id-auth:1}]\n---\napiVersion: autoscaling/v2\n"
                                "kind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n"
                                "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n  minReplicas: 2\n  maxReplicas: ";
        e.manifests = evidenceFrom(yaml + most + '\n').manifests;
        addPeak(e, {{800, 600}}); // with 8 pods
        QVERIFY2(verdictOf(e, rule) == QLatin1StringView(verdict), printed(judge(e, rule)));
    }
}

void TestPeakEndured::noTestOrTarget()
{
    QCOMPARE(verdictOf(described(), rule), QStringLiteral("unknown"));
    QVERIFY(judge(described(), rule).front().remedy.en.contains(QStringLiteral("purpose: peak")));
    QVERIFY(judge(evidenceFrom({}), rule).front().remedy.en.contains(QStringLiteral("capacity.events")));
    Evidence e = described({});
    addPeak(e, {{800, 600}});
    QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    QVERIFY(
        firstWith(Verdict::Unknown, judge(e, rule)).remedy.en.contains(QStringLiteral("targets.latency")));
    Evidence mean = described("targets:\n  latency: {percentile: p99, milliseconds: 200}\n");
    mean.service.latencyPercentile.value = QStringLiteral("mean");
    addPeak(mean, {{800, 600}});
    QCOMPARE(verdictOf(mean, rule), QStringLiteral("unknown"));
}

void TestPeakEndured::recordAndTighterTarget()
{
    Evidence e = described();
    addPeak(e, {{800, 600}});
    e.loadTests.back().source.image.clear();
    QCOMPARE(verdictOf(e, rule), QStringLiteral("warn"));
    Evidence few = described();
    addPeak(few, {{800, 600, 20, 0.0025}});
    QCOMPARE(verdictOf(few, rule, {{"error-rate", 0.005}}), QStringLiteral("pass"));
    QCOMPARE(verdictOf(few, rule, {{"error-rate", 0.001}}), QStringLiteral("fail"));
    few.service.errorRateTarget.value = 0.0001; // the service's own target binds where it is stricter
    QCOMPARE(verdictOf(few, rule, {{"error-rate", 0.005}}), QStringLiteral("fail"));
    Evidence longer = described();
    addPeak(longer, {{800, 600}});
    QCOMPARE(verdictOf(longer, rule, {{"minutes", 30}}), QStringLiteral("fail"));
}

void TestPeakEndured::stretches_data()
{
    QTest::addColumn<std::vector<HeldLoad>>("levels");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("answered");
    using Levels = std::vector<HeldLoad>;
    QTest::newRow("empty") << Levels{} << 0 << false;
    QTest::newRow("never") << Levels{{50, 100}} << 0 << false;
    QTest::newRow("all") << Levels{{1000, 100}} << 100 << true;
    QTest::newRow("the longer of two") << Levels{{1000, 50}, {10, 20}, {1000, 70}} << 70 << true;
    QTest::newRow("a small dip inside is kept") << Levels{{1000, 50}, {960, 20}, {1000, 50}} << 120 << true;
    QTest::newRow("a low beginning is left out") << Levels{{900, 50}, {1000, 50}} << 50 << true;
    QTest::newRow("not answered") << Levels{{1000, 100, 20, 0, 0.5}} << 100 << false;
    QTest::newRow("the last part of a block") << Levels{{1000, 109}} << 100 << true;
}

void TestPeakEndured::stretches()
{
    QFETCH(std::vector<HeldLoad>, levels);
    QFETCH(int, seconds);
    QFETCH(bool, answered);
    const Stretch s = longestStretch(*runOf(levels), 1000);
    QCOMPARE(int(s.seconds), seconds);
    QCOMPARE(s.answered, answered);
}

// At 5 req/s ten seconds hold 50 requests, give or take seven: that is no break.
void TestPeakEndured::lowRatesAreNoisy()
{
    std::vector<HeldLoad> levels;
    for (int i = 0; i < 30; ++i)
        levels.push_back({i % 3 == 0 ? 4.0 : i % 3 == 1 ? 6.0 : 5.0, 10});
    const Stretch s = longestStretch(*runOf(levels), 5);
    QCOMPARE(int(s.seconds), 300);
    QVERIFY(s.answered);
}

void TestPeakEndured::percentiles()
{
    QCOMPARE(quantileOf(QStringLiteral("p99")), std::optional(0.99));
    QCOMPARE(quantileOf(QStringLiteral("P95")), std::optional(0.95));
    QVERIFY(qAbs(*quantileOf(QStringLiteral("p99.9")) - 0.999) < 1e-12);
    for (const char *wrong : {"", "p", "99", "mean", "p0", "p100", "p-5", "pnan", "p1000"})
        QVERIFY2(!quantileOf(QString::fromUtf8(wrong)), wrong);
    QVERIFY(isTrusted(0.95, 200) && !isTrusted(0.95, 199));
    QVERIFY(isTrusted(0.99, 1000) && !isTrusted(0.99, 999));
}

QTEST_APPLESS_MAIN(TestPeakEndured)
#include "tst_peak_endured.moc"
