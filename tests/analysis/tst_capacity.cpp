// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/capacity.h>

#include <QTest>

#include <limits>

using namespace tenken;

namespace
{

CapacityEvent carry(const QString &id, double peak)
{
    CapacityEvent event;
    event.id = id;
    event.peakRps = peak;
    return event;
}

} // namespace

class TestCapacity : public QObject
{
    Q_OBJECT

private slots:
    void publishedExample();
    void pods_data();
    void pods();
    void noThroughputNoPlan_data();
    void noThroughputNoPlan();
    void byTheLaw_data();
    void byTheLaw();
    void aRateThatNoNumberOfPodsReaches_data();
    void aRateThatNoNumberOfPodsReaches();
    void fewTestsSayOnlyThatItIsExtrapolated();
    void byTheTests_data();
    void byTheTests();
    void whatIf();
    void nodesAndConnections();
};

// One pod carries 100 req/s; normal, weekend, sale, New Year.
void TestCapacity::publishedExample()
{
    const CapacityPlan plan = planCapacity(
        {carry("normal", 1000), carry("weekend", 2000), carry("sale", 4000), carry("new-year", 8000)}, 100,
        {});
    QCOMPARE(plan.events.size(), 4U);
    QCOMPARE(plan.events[0].needed(), 10);
    QCOMPARE(plan.events[1].needed(), 20);
    QCOMPARE(plan.events[2].needed(), 40);
    QCOMPARE(plan.events[3].needed(), 80);
    QCOMPARE(plan.events[3].event.id, u"new-year");
    QCOMPARE(plan.largestNeed(), 80);
    QCOMPARE(plan.perPodRps, 100.0);
}

void TestCapacity::pods_data()
{
    QTest::addColumn<double>("peak");
    QTest::addColumn<double>("perPod");
    QTest::addColumn<double>("headroom");
    QTest::addColumn<int>("zones");
    QTest::addColumn<QList<int>>("parts"); // peak, headroom, zone
    QTest::newRow("a division without rest is not rounded up")
        << 8000.0 << 100.0 << 0.0 << 0 << QList{80, 0, 0};
    QTest::newRow("a rest is") << 8001.0 << 100.0 << 0.0 << 0 << QList{81, 0, 0};
    QTest::newRow("a hair of floating point is no rest") << 0.3 * 3 << 0.3 << 0.0 << 0 << QList{3, 0, 0};
    QTest::newRow("nor with headroom: 1000 × 1.1 ÷ 100") << 1000.0 << 100.0 << 0.1 << 0 << QList{10, 1, 0};
    QTest::newRow("headroom before rounding: 95 × 1.05 fits") << 95.0 << 100.0 << 0.05 << 0 << QList{1, 0, 0};
    QTest::newRow("three zones") << 8000.0 << 100.0 << 0.0 << 3 << QList{80, 0, 40};
    QTest::newRow("two zones") << 700.0 << 100.0 << 0.0 << 2 << QList{7, 0, 7};
    QTest::newRow("three zones, rounded up") << 700.0 << 100.0 << 0.0 << 3 << QList{7, 0, 4};
    QTest::newRow("one zone has no other") << 700.0 << 100.0 << 0.0 << 1 << QList{7, 0, 0};
    QTest::newRow("zone spare over headroom") << 1000.0 << 100.0 << 0.2 << 3 << QList{10, 2, 6};
    QTest::newRow("no load") << 0.0 << 100.0 << 0.2 << 3 << QList{0, 0, 0};
    QTest::newRow("negative headroom is none") << 1000.0 << 100.0 << -0.5 << 0 << QList{10, 0, 0};
    QTest::newRow("absurd load stays a number") << 1e300 << 1e-300 << 0.0 << 0 << QList{1'000'000, 0, 0};
    QTest::newRow("a peak that is no number needs no fewer")
        << double(NAN) << 100.0 << 0.0 << 0 << QList{1'000'000, 0, 0};
}

void TestCapacity::pods()
{
    QFETCH(double, peak);
    QFETCH(double, perPod);
    QFETCH(double, headroom);
    QFETCH(int, zones);
    QFETCH(QList<int>, parts);
    const CapacityPlan plan =
        planCapacity({carry("e", peak)}, perPod, {.headroom = headroom, .zones = zones});
    const EventPlan &e = plan.events.front();
    QCOMPARE((QList{e.peakPods, e.headroomPods, e.zonePods}), parts);
    QCOMPARE(e.needed(), parts[0] + parts[1] + parts[2]);
    // What the spare is for: with one zone gone, the rest still holds peak and headroom.
    if (zones >= 2)
        QCOMPARE_GE(e.needed() * (zones - 1), zones * (e.peakPods + e.headroomPods));
}

void TestCapacity::noThroughputNoPlan_data()
{
    QTest::addColumn<double>("perPod");
    QTest::newRow("zero") << 0.0;
    QTest::newRow("negative") << -100.0;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity();
}

void TestCapacity::noThroughputNoPlan()
{
    QFETCH(double, perPod);
    const CapacityPlan plan = planCapacity({carry("e", 1000)}, perPod, {});
    QVERIFY(plan.events.empty());
    QCOMPARE(plan.perPodRps, 0.0);
}

// The law 0.06, 0.02, 200: 200, 364, 484, 563, 610, 632, 636, 630 … req/s, its peak at 6.86 pods.
static const UslFit bent{.alpha = 0.06, .beta = 0.02, .gamma = 200, .r2 = 0.99, .mostMeasured = 10};

void TestCapacity::byTheLaw_data()
{
    QTest::addColumn<double>("peak");
    QTest::addColumn<double>("perPod");
    QTest::addColumn<double>("headroom");
    QTest::addColumn<int>("zones");
    QTest::addColumn<QList<int>>("parts");
    QTest::newRow("one pod") << 200.0 << 200.0 << 0.0 << 0 << QList{1, 0, 0};
    QTest::newRow("two carry 363, not 400") << 380.0 << 200.0 << 0.0 << 0 << QList{3, 0, 0};
    QTest::newRow("near the peak") << 633.0 << 200.0 << 0.0 << 0 << QList{7, 0, 0};
    QTest::newRow("headroom") << 480.0 << 200.0 << 0.2 << 0 << QList{3, 2, 0};
    QTest::newRow("zone spare") << 380.0 << 200.0 << 0.0 << 3 << QList{3, 0, 2};
    QTest::newRow("a declared pod of half the throughput scales the law") << 190.0 << 100.0 << 0.0 << 0 << QList{3, 0, 0};
    QTest::newRow("no load") << 0.0 << 200.0 << 0.0 << 0 << QList{0, 0, 0};
}

void TestCapacity::byTheLaw()
{
    QFETCH(double, peak);
    QFETCH(double, perPod);
    QFETCH(double, headroom);
    QFETCH(int, zones);
    QFETCH(QList<int>, parts);
    const CapacityPlan plan = planCapacity({carry("e", peak)}, perPod, {headroom, zones}, {bent, 10});
    const EventPlan &e = plan.events.front();
    QCOMPARE((QList{e.peakPods, e.headroomPods, e.zonePods}), parts);
    QVERIFY(e.byLaw);
    QVERIFY(!e.unreachable);
    QVERIFY(!e.extrapolated);
    QVERIFY(std::abs(e.mostRps - 636.4 * perPod / 200) < 1);
}

void TestCapacity::aRateThatNoNumberOfPodsReaches_data()
{
    QTest::addColumn<double>("peak");
    QTest::addColumn<double>("headroom");
    QTest::addColumn<int>("zones");
    QTest::addColumn<double>("beta");
    QTest::newRow("above the peak") << 640.0 << 0.0 << 0 << 0.02;
    QTest::newRow("with headroom") << 600.0 << 0.1 << 0 << 0.02;
    QTest::newRow("6 pods carry 630, but 9, with the spare, only 616") << 630.0 << 0.0 << 3 << 0.02;
    QTest::newRow("at Amdahl's limit of 3333") << 3334.0 << 0.0 << 0 << 0.0;
}

void TestCapacity::aRateThatNoNumberOfPodsReaches()
{
    QFETCH(double, peak);
    QFETCH(double, headroom);
    QFETCH(int, zones);
    QFETCH(double, beta);
    UslFit law = bent;
    law.beta = beta;
    const CapacityPlan plan = planCapacity({carry("e", peak), carry("small", 100)}, 200, {headroom, zones}, {law, 10});
    const EventPlan &e = plan.events.front();
    QVERIFY(e.unreachable);
    QVERIFY(e.byLaw);
    QVERIFY(e.mostRps > 0);
    QCOMPARE_GE(e.needed(), 1'000'000); // never fewer pods for a rate that none carry
    QVERIFY(!e.nodes);
    QVERIFY(!plan.events.back().unreachable);
}

void TestCapacity::fewTestsSayOnlyThatItIsExtrapolated()
{
    const CapacityPlan plan = planCapacity({carry("small", 400), carry("large", 1000)}, 100, {}, {{}, 4});
    QCOMPARE(plan.events[0].needed(), 4);
    QVERIFY(!plan.events[0].extrapolated);
    QCOMPARE(plan.events[1].needed(), 10);
    QVERIFY(plan.events[1].extrapolated);
    QVERIFY(!plan.events[1].byLaw);

    // A law whose contention is no more than noise is a division as long as the answer was tested; beyond, the law answers.
    const UslFit straight{.alpha = 0.05, .beta = 0, .gamma = 100, .alphaError = 0.03, .r2 = 0.99, .mostMeasured = 6};
    const CapacityPlan law = planCapacity({carry("small", 400), carry("large", 1000)}, 100, {}, {straight, 6});
    QVERIFY(!law.events[0].byLaw);
    QCOMPARE(law.events[0].needed(), 4);
    QVERIFY(law.events[1].byLaw);
    QVERIFY(law.events[1].extrapolated);
    QCOMPARE(law.events[1].needed(), 19); // 100 · 19 ÷ (1 + 0.05 · 18) = 1000
    UslFit sure = straight;
    sure.alphaError = 0.005;
    const CapacityPlan contended = planCapacity({carry("small", 400)}, 100, {}, {sure, 6});
    QVERIFY(contended.events[0].byLaw);
    QCOMPARE(contended.events[0].needed(), 5); // four carry 348

    UslFit poor = straight;
    poor.r2 = 0.5; // says nothing
    QVERIFY(!planCapacity({carry("large", 1000)}, 100, {}, {poor, 6}).events[0].byLaw);
}

// One pod carries 100 req/s, two 190, four 320: without a law, that is what they carry.
void TestCapacity::byTheTests_data()
{
    QTest::addColumn<double>("peak");
    QTest::addColumn<double>("perPod");
    QTest::addColumn<int>("pods");
    QTest::addColumn<bool>("byTests");
    QTest::newRow("one") << 100.0 << 100.0 << 1 << false;
    QTest::newRow("1 % is counting") << 191.0 << 100.0 << 2 << false;
    QTest::newRow("two carry 190") << 200.0 << 100.0 << 3 << true;
    QTest::newRow("three carry 255") << 260.0 << 100.0 << 4 << true;
    QTest::newRow("beyond, 80 of each") << 1000.0 << 100.0 << 13 << true; // 80.8 with what counting may miss
    QTest::newRow("a declared pod leaves room for it") << 300.0 << 75.0 << 4 << false;
    QTest::newRow("as far as it does") << 1000.0 << 85.0 << 13 << true;
}

void TestCapacity::byTheTests()
{
    QFETCH(double, peak);
    QFETCH(double, perPod);
    const ScaleOut seen{{}, 4, {{1, 100}, {2, 190}, {4, 320}}};
    const CapacityPlan plan = planCapacity({carry("e", peak)}, perPod, {}, seen);
    QTEST(plan.events[0].needed(), "pods");
    QTEST(plan.events[0].byTests, "byTests");
    // A pod twice as fast is so in every test.
    QTEST(planWith(planCapacity({carry("e", 2 * peak)}, perPod, {}, seen), {.perPodRps = 2 * perPod}).events[0].needed(), "pods");
}

void TestCapacity::whatIf()
{
    CapacityPlan plan = planCapacity({carry("normal", 1000), carry("sale", 4000)}, 100, {});
    plan.perPodMeasured = true;
    plan.maxReplicas = 60;
    const auto needs = [](const CapacityPlan &p) { return QList{p.events[0].needed(), p.events[1].needed()}; };
    QCOMPARE(needs(planWith(plan)), (QList{10, 40}));
    QCOMPARE(needs(planWith(plan, {.perPodRps = 200})), (QList{5, 20}));
    QVERIFY(!planWith(plan, {.perPodRps = 200}).perPodMeasured);
    QVERIFY(planWith(plan, {.perPodRps = 100}).perPodMeasured);
    QCOMPARE(needs(planWith(plan, {.headroom = 0.5})), (QList{15, 60}));
    QCOMPARE(needs(planWith(plan, {.zones = 3})), (QList{15, 60}));
    QCOMPARE(needs(planWith(plan, {.peakRps = {{"sale", 5000}}})), (QList{10, 50}));
    QCOMPARE(needs(planWith(plan, {.perPodRps = NAN})), (QList{10, 40}));
    QCOMPARE(needs(planWith(plan, {.perPodRps = 0})), (QList{10, 40}));
    QCOMPARE(planWith(plan, {.headroom = 0.5}).maxReplicas, 60);
    QCOMPARE(needs(planWith(planWith(plan, {.headroom = 0.5}), {.headroom = 0})), (QList{10, 40}));
}

void TestCapacity::nodesAndConnections()
{
    CapacityPlan plan = planCapacity({carry("normal", 1000), carry("sale", 4000)}, 100, {});
    plan.node = NodeRoom{"general", 3, 20};
    plan.pools = {{"users-db", 20, 700, {{"sale", 900}}}, {"cache", 5, {}, {}}};
    plan = planWith(plan);
    QCOMPARE(plan.events[0].nodes, 4); // ⌈10 ÷ 3⌉
    QCOMPARE(plan.events[1].nodes, 14);
    QCOMPARE(plan.events[0].connections[0].used, 200);
    QCOMPARE(plan.events[0].connections[0].limit, 700);
    QVERIFY(!plan.events[0].connections[0].exceeds());
    QCOMPARE(plan.events[1].connections[0].used, 800);
    QCOMPARE(plan.events[1].connections[0].limit, 900);
    QVERIFY(!plan.events[1].connections[1].limit); // not known: exceeds nothing
    QVERIFY(!plan.events[1].connections[1].exceeds());
    QVERIFY(planWith(plan, {.headroom = 0.5}).events[1].connections[0].exceeds());
}

QTEST_APPLESS_MAIN(TestCapacity)
#include "tst_capacity.moc"
