// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

// A run whose knee lies at `rps`: five good steps up to it, then latency jumps.
std::shared_ptr<LoadTestRun> kneeAt(double rps)
{
    std::vector<HeldLoad> levels;
    for (int i = 1; i <= 5; ++i)
        levels.push_back({rps * i / 5, 60, 20});
    levels.push_back({rps * 1.2, 60, 400});
    levels.push_back({rps * 1.4, 60, 900});
    return runOf(levels);
}

/// Tests with these knees by pod count, against an event of 100 req/s per pod.
Evidence tested(const std::vector<std::pair<int, double>> &knees, int neededPods)
{
    Evidence e;
    e.manifests = std::make_shared<Manifests>();
    e.service.file = u"readiness/service.yaml"_s;
    e.service.id = u"id-auth"_s;
    e.service.perPodRps = {100, {5, 3, 5, 10}};
    if (neededPods > 0) {
        CapacityEvent event;
        event.id = u"sale"_s;
        event.peakRps = 100 * neededPods;
        e.service.events = {event};
    }
    for (const auto &[pods, rps] : knees) {
        addLoadTest(e, kneeAt(rps), pods, u"scaling"_s, u"%1pod"_s.arg(pods));
        e.loadTests.back().source.environment = u"staging"_s;
        e.loadTests.back().source.image = u"id-auth:1"_s;
    }
    return e;
}

} // namespace

class TestLinear : public QObject
{
    Q_OBJECT

private slots:
    // A count that was tested again counts as it is now, not as it was at its best.
    void theNewestTestOfACount()
    {
        Evidence e = tested({{1, 100}, {2, 200}, {4, 400}}, 4);
        QCOMPARE(verdictOf(e, u"linear"_s), u"pass"_s);
        auto again = std::make_shared<LoadTestRun>(*kneeAt(300));
        for (LoadSecond &second : again->seconds)
            second.second += 86'400;
        again->startSeconds += 86'400;
        again->endSeconds += 86'400;
        addLoadTest(e, again, 4, u"scaling"_s, u"again"_s);
        e.loadTests.back().source.environment = u"staging"_s;
        e.loadTests.back().source.image = u"id-auth:1"_s;
        QCOMPARE(verdictOf(e, u"linear"_s), u"fail"_s);
    }
    // The newest test of a count failed as a whole: what an older one of it showed is too much, and not to be forgotten.
    void whatBoreNothing()
    {
        Evidence e = tested({{1, 100}, {2, 200}, {4, 400}, {8, 500}}, 8);
        QCOMPARE(verdictOf(e, u"linear"_s), u"fail"_s);
        const auto bad = runOf({{300, 60, 20, 0.3}, {350, 60, 20, 0.3}, {400, 60, 20, 0.3}}, 1'800'000'000);
        addLoadTest(e, bad, 8, u"scaling"_s, u"again"_s);
        QCOMPARE(verdictOf(e, u"linear"_s), u"fail"_s);
        e = tested({{1, 100}, {2, 200}, {4, 400}}, 4);
        addLoadTest(e, bad, 4, u"scaling"_s, u"again"_s);
        e.loadTests.back().source.environment = u"staging"_s;
        QCOMPARE(verdictOf(e, u"linear"_s), u"unknown"_s);
    }
    void podsThatTheSnapshotContradicts()
    {
        Evidence e = tested({{1, 100}, {2, 200}, {4, 400}}, 4);
        e.manifests = evidenceFrom("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  template:\n"
                                   "    spec:\n      containers: [{name: app, image: id-auth:1}]\n")
                          .manifests;
        MetricSeries s;
        s.metric = u"kubernetes_state.deployment.replicas"_s;
        s.scope = u"kube_deployment:id-auth,env:staging"_s;
        s.points = {{1'700'000'100, 20}};
        e.datadog.series = {s};
        QVERIFY(firstWith(Verdict::Unknown, judge(e, u"linear"_s)).reason.en.contains(u"the snapshot shows 20"));
    }
    void verdicts_data()
    {
        using Knees = std::vector<std::pair<int, double>>;
        QTest::addColumn<Knees>("knees");
        QTest::addColumn<int>("needed");
        QTest::addColumn<QString>("verdict");
        const Knees straight{{1, 100}, {2, 200}, {4, 400}, {8, 800}};
        QTest::newRow("in step, up to the event") << straight << 8 << u"pass"_s;
        QTest::newRow("in step, the event between two counts") << straight << 6 << u"pass"_s;
        QTest::newRow("the event beyond the counts") << straight << 9 << u"warn"_s;
        QTest::newRow("no event declared") << straight << 0 << u"unknown"_s;
        QTest::newRow("two counts are too few") << Knees{{1, 100}, {2, 200}} << 2 << u"unknown"_s;
        QTest::newRow("efficiency 0.85") << Knees{{1, 100}, {2, 190}, {4, 340}} << 4 << u"fail"_s;
        QTest::newRow("the last pod adds little")
            << Knees{{1, 100}, {2, 200}, {8, 800}, {9, 850}} << 9 << u"fail"_s;
        QTest::newRow("it falls only beyond the event")
            << Knees{{1, 100}, {2, 200}, {4, 400}, {8, 500}} << 4 << u"pass"_s;
        QTest::newRow("it falls on the way to the event")
            << Knees{{1, 100}, {2, 200}, {4, 400}, {8, 500}} << 7 << u"fail"_s;
        QTest::newRow("bad and beyond: bad") << Knees{{1, 100}, {2, 150}, {4, 200}} << 50 << u"fail"_s;
        QTest::newRow("no test with one pod") << Knees{{2, 200}, {4, 400}, {8, 800}} << 8 << u"warn"_s;
        QTest::newRow("the same count thrice is one")
            << Knees{{1, 100}, {1, 101}, {1, 102}} << 1 << u"unknown"_s;
    }
    void verdicts()
    {
        using Knees = std::vector<std::pair<int, double>>;
        QFETCH(Knees, knees);
        QFETCH(int, needed);
        const Evidence e = tested(knees, needed);
        const ItemResult result = judgeItem(e, u"linear"_s);
        QFETCH(QString, verdict);
        QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    }

    void saysExtrapolated()
    {
        const Evidence e = tested({{1, 100}, {2, 200}, {4, 400}}, 40);
        const Finding f = firstWith(Verdict::Warn, judge(e, u"linear"_s));
        QVERIFY(f.reason.en.startsWith(u"Extrapolated"));
        QVERIFY(f.reason.ja.startsWith(u"外挿"));
        QCOMPARE(f.comparison->measured, 4);
        QCOMPARE(f.comparison->wanted, 40);
        QVERIFY(!f.reason.en.contains(u"USL")); // three counts are no fit
    }

    void sixCountsAreFitted()
    {
        // α = 0.02, β = 0.001
        std::vector<std::pair<int, double>> knees;
        for (const int n : {1, 2, 3, 4, 5, 6})
            knees.emplace_back(n, 1000.0 * n / (1 + 0.02 * (n - 1) + 0.001 * n * (n - 1)));
        const auto findings =
            judge(tested(knees, 40), u"linear"_s, {{u"efficiency"_s, 0.8}, {u"last-pod"_s, 0.5}});
        QVERIFY2(findings.front().reason.en.contains(u"USL: α 0.02"), printed(findings));
        QVERIFY2(firstWith(Verdict::Warn, findings).reason.en.contains(u"The USL, extrapolated, gives"),
                 printed(findings));
        QVERIFY(std::get_if<Scaling>(findings.front().picture.get()));
        QCOMPARE(findings.front().marks.size(), 6u);
    }

    void testsOfOtherImagesAreNoCurve()
    {
        Evidence e = tested({{1, 100}, {2, 200}, {4, 400}}, 4);
        QCOMPARE(verdictOf(e, u"linear"_s), u"pass"_s);
        e.loadTests[1].source.image = u"id-auth:2"_s;
        QCOMPARE(verdictOf(e, u"linear"_s), u"warn"_s);
        e.loadTests[1].source.image.clear();
        QCOMPARE(verdictOf(e, u"linear"_s), u"warn"_s);
    }

    void testsThatDoNotCount()
    {
        Evidence e = tested({{1, 100}, {2, 200}, {4, 400}}, 4);
        e.loadTests[2].source.purpose = u"peak"_s; // a peak test tells no knee
        QCOMPARE(verdictOf(e, u"linear"_s), u"unknown"_s);
        e.loadTests[2].source.purpose = u"scaling"_s;
        e.loadTests[2].run = runOf({{100, 60}, {200, 60}, {300, 60}, {400, 60}}); // no knee: "at least"
        QCOMPARE(verdictOf(e, u"linear"_s), u"unknown"_s);
        e.loadTests.clear();
        QCOMPARE(verdictOf(e, u"linear"_s), u"unknown"_s);
    }
};

QTEST_APPLESS_MAIN(TestLinear)
#include "tst_linear.moc"
