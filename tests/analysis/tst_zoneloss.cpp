// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pods.h"

#include <analysis/rollout.h>

using namespace tenken;
using namespace tenken::test;

class TestZoneLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void simulated_data();
    void simulated();
    void worstIsReachable_data();
    void worstIsReachable();
    void constraints_data();
    void constraints();
    void pending();
    void pinned();
    void hostileNumbers();
};

namespace {

QByteArray spread(const QByteArray &constraint)
{
    return "      topologySpreadConstraints:\n        - " + constraint + '\n';
}

const QByteArray hardZone = "{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, "
                            "labelSelector: {matchLabels: {app: id-auth}}}";

ZoneLoss lossOf(const QByteArray &podSpec, int replicas, int zones)
{
    const Manifests m = manifestsFrom(deployment(podSpec));
    return simulateZoneLoss(m.workloads.front(), replicas, zones);
}

} // namespace

void TestZoneLoss::simulated_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<int>("replicas");
    QTest::addColumn<int>("zones");
    QTest::addColumn<int>("leftBest");
    QTest::addColumn<int>("leftWorst");
    const auto row = [](const char *name, const QByteArray &podSpec, int replicas, int zones, int best, int worst) {
        QTest::newRow(name) << podSpec << replicas << zones << best << worst;
    };
    row("hard, 9 over 3", spread(hardZone), 9, 3, 6, 6);
    row("hard, 10 over 3", spread(hardZone), 10, 3, 6, 6);
    row("hard, 1 pod", spread(hardZone), 1, 3, 0, 0);
    row("hard, maxSkew 2, 9 over 3", spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 2")), 9, 3, 6, 5);
    row("hard, maxSkew 5 is loose for 6", spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 5")), 6, 3, 4, 1);
    row("soft may end in one zone", spread(QByteArray(hardZone).replace("DoNotSchedule", "ScheduleAnyway")), 9, 3, 6, 0);
    row("none", "", 9, 3, 6, 0);
    row("one zone", spread(hardZone), 9, 1, 0, 0);
    row("minDomains above the zones caps each", spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 1, minDomains: 4")), 9, 3, 2, 2);
    row("anti-affinity places one a zone",
        "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
        "topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: id-auth}}}]}}\n", 9, 3, 2, 2);
}

void TestZoneLoss::simulated()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(int, replicas);
    QFETCH(int, zones);
    const ZoneLoss loss = lossOf(podSpec, replicas, zones);
    QTEST(loss.leftBest, "leftBest");
    QTEST(loss.leftWorst, "leftWorst");
    int sum = 0;
    for (const int n : loss.worst)
        sum += n;
    QCOMPARE(sum, loss.placed);
    QCOMPARE(int(loss.worst.size()), zones);
}

void TestZoneLoss::worstIsReachable_data()
{
    QTest::addColumn<int>("pods");
    QTest::addColumn<int>("zones");
    QTest::addColumn<int>("skew");
    for (const int pods : {1, 2, 5, 12}) {
        for (const int zones : {1, 2, 3, 4}) {
            for (const int skew : {1, 2, 4})
                QTest::addRow("%d pods, %d zones, skew %d", pods, zones, skew) << pods << zones << skew;
        }
    }
}

// Against every distribution there is: the largest zone that maxSkew allows.
void TestZoneLoss::worstIsReachable()
{
    QFETCH(int, pods);
    QFETCH(int, zones);
    QFETCH(int, skew);
    int largest = 0;
    std::vector<int> all(size_t(zones), 0);
    const auto tryAll = [&](auto &&self, int zone, int left) -> void {
        if (zone == zones - 1) {
            all[size_t(zone)] = left;
            const auto [low, high] = std::ranges::minmax(all);
            if (high - low <= skew || zones == 1)
                largest = std::max(largest, high);
            return;
        }
        for (int n = 0; n <= left; ++n) {
            all[size_t(zone)] = n;
            self(self, zone + 1, left - n);
        }
    };
    tryAll(tryAll, 0, pods);
    const QByteArray constraint = QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: " + QByteArray::number(skew));
    QCOMPARE(lossOf(spread(constraint), pods, zones).leftWorst, pods - largest);
}

void TestZoneLoss::constraints_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<bool>("hard");
    QTest::addColumn<bool>("soft");
    QTest::addColumn<bool>("matches");
    QTest::addColumn<bool>("hostname");
    const auto row = [](const char *name, const QByteArray &podSpec, bool hard, bool soft, bool matches, bool hostname) {
        QTest::newRow(name) << podSpec << hard << soft << matches << hostname;
    };
    const auto with = [](const char *from, const char *to) { return spread(QByteArray(hardZone).replace(from, to)); };
    row("hard", spread(hardZone), true, false, true, false);
    row("unset whenUnsatisfiable is DoNotSchedule", with("whenUnsatisfiable: DoNotSchedule, ", ""), true, false, true, false);
    row("soft", with("DoNotSchedule", "ScheduleAnyway"), false, true, true, false);
    row("deprecated key", with("topology.kubernetes.io", "failure-domain.beta.kubernetes.io"), true, false, true, false);
    row("hostname", with("topology.kubernetes.io/zone", "kubernetes.io/hostname"), false, false, true, true);
    row("another pod's selector", with("app: id-auth", "app: other"), false, false, false, false);
    row("no selector selects nothing", with(", labelSelector: {matchLabels: {app: id-auth}}", ""), false, false, false, false);
    row("empty selector selects all", with("{matchLabels: {app: id-auth}}", "{}"), true, false, true, false);
    row("matchLabelKeys", with("maxSkew: 1", "maxSkew: 1, matchLabelKeys: [pod-template-hash]"), true, false, true, false);
    row("matchLabelKeys of each pod", with("maxSkew: 1", "maxSkew: 1, matchLabelKeys: [statefulset.kubernetes.io/pod-name]"),
        false, false, false, false);
    row("preferred anti-affinity",
        "      affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: "
        "topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: id-auth}}}}]}}\n", false, true, true, false);
    row("hostname and zone", spread(QByteArray(hardZone).replace("topology.kubernetes.io/zone", "kubernetes.io/hostname"))
                                 + "        - " + hardZone + '\n', true, false, true, false);
    row("nothing", "", false, false, true, false);
}

void TestZoneLoss::constraints()
{
    QFETCH(QByteArray, podSpec);
    const ZoneLoss loss = lossOf(podSpec, 6, 3);
    QTEST(loss.hardConstraint, "hard");
    QTEST(loss.softConstraint, "soft");
    QTEST(loss.selectorMatches, "matches");
    QTEST(loss.hostnameOnly, "hostname");
    if (loss.hardConstraint)
        QVERIFY(loss.span.isValid());
}

// Nine pods over three zones, one of them full: the dead zone's nodes count as empty, so nothing else may grow.
void TestZoneLoss::pending()
{
    QCOMPARE(lossOf(spread(hardZone), 9, 3).pending, 3);
    QCOMPARE(lossOf(spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 1, nodeTaintsPolicy: Honor")), 9, 3).pending, 0);
    QCOMPARE(lossOf(spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 5")), 9, 3).pending, 0);
    QCOMPARE(lossOf(spread(QByteArray(hardZone).replace("DoNotSchedule", "ScheduleAnyway")), 9, 3).pending, 0);
}

void TestZoneLoss::pinned()
{
    const ZoneLoss selector = lossOf("      nodeSelector: {topology.kubernetes.io/zone: a}\n" + spread(hardZone), 9, 3);
    QCOMPARE(selector.pinnedZones, 1);
    QCOMPARE(selector.leftBest, 0);
    const QByteArray affinity = "      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
                                "[{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a, b]}]}%]}}}\n";
    QCOMPARE(lossOf(QByteArray(affinity).replace('%', "") + spread(hardZone), 9, 3).zones, 2);
    // Terms are alternatives: one that says nothing of zones allows all.
    QCOMPARE(lossOf(QByteArray(affinity).replace('%', ", {matchExpressions: [{key: x, operator: Exists}]}") + spread(hardZone), 9, 3).zones, 3);
}

void TestZoneLoss::hostileNumbers()
{
    const ZoneLoss loss = lossOf(spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 2147483647")), 2'000'000'000, 2'000'000'000);
    QVERIFY(loss.leftWorst >= 0);
    QVERIFY(loss.worst.size() <= 1000);
    QCOMPARE(lossOf(spread(hardZone), -3, -3).leftBest, 0);
    QVERIFY(!lossOf(spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 0")), 6, 3).hardConstraint); // refused by the API
}

QTEST_APPLESS_MAIN(TestZoneLoss)
#include "tst_zoneloss.moc"
