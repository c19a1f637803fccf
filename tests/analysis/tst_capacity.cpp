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

QTEST_APPLESS_MAIN(TestCapacity)
#include "tst_capacity.moc"
