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
    void zonesOfGroups_data();
    void zonesOfGroups();
    void aftermath_data();
    void aftermath();
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

void TestZoneLoss::zonesOfGroups_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QString>("groups"); // name:zone+zone
    QTest::addColumn<int>("zones");      // 0: as declared
    const auto row = [](const char *name, const QByteArray &podSpec, const char *groups, int zones) {
        QTest::newRow(name) << podSpec << QString::fromLatin1(groups) << zones;
    };
    const auto term = [](const QByteArray &expressions) { return "{matchExpressions: [" + expressions + "]}"; };
    const auto terms = [](const QByteArray &list) {
        return "      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [" + list + "]}}}\n";
    };
    const QByteArray in = "{key: topology.kubernetes.io/zone, operator: In, values: [a, c]}";
    row("nothing said", "", "", 0);
    row("a zone selected", "      nodeSelector: {topology.kubernetes.io/zone: a}\n", "", 1);
    row("two zones", terms(term(in)), "", 2);
    row("two expressions meet", terms(term(in + ", {key: topology.kubernetes.io/zone, operator: In, values: [c, d]}")), "", 1);
    row("one left out", terms(term("{key: topology.kubernetes.io/zone, operator: NotIn, values: [d]}")), "", 2);
    row("terms are alternatives", terms(term(in) + ", " + term("{key: role, operator: Exists}")), "", 0);
    row("preferred pins nothing", "      affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: " + term(in) + "}]}}\n", "", 0);
    row("the group spans two", "      nodeSelector: {role: api}\n", "api:a+c", 2);
    row("another group does not count", "      nodeSelector: {role: api}\n", "api:a+c batch:a+c+d", 2);
    row("groups together", "", "api:a batch:c+d", 3);
    row("the group's zones are not known", "      nodeSelector: {role: api}\n", "api:", 0);
    row("group and affinity meet", "      nodeSelector: {role: api}\n" + terms(term(in)), "api:c+d", 1);
    row("no group takes it: the terms alone", "      nodeSelector: {role: x}\n", "api:a+c", 0);
}

void TestZoneLoss::zonesOfGroups()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QString, groups);
    Service service;
    for (const QString &group : groups.split(u' ', Qt::SkipEmptyParts)) {
        NodeGroupSource source;
        source.name = group.section(u':', 0, 0);
        source.labels = {{QStringLiteral("role"), source.name}};
        source.zones = group.section(u':', 1).split(u'+', Qt::SkipEmptyParts);
        service.nodeGroups.push_back(source);
    }
    const Manifests m = manifestsFrom(deployment(podSpec));
    const ZoneLoss loss = simulateZoneLoss(m.workloads.front(), 9, 3, nodeGroups(m, service));
    QTEST(loss.pinnedZones, "zones");
    QCOMPARE(loss.zones, loss.pinnedZones > 0 ? loss.pinnedZones : 3);
}

void TestZoneLoss::aftermath_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<int>("after"); // −1: never
    QTest::addColumn<int>("waiting");
    QTest::addColumn<int>("evictable"); // −1: not readable
    const auto row = [](const char *name, const QByteArray &podSpec, const char *policy, int after, int waiting, int evictable) {
        QTest::newRow(name) << podSpec << QByteArray(policy) << after << waiting << evictable;
    };
    const QByteArray hard = spread(hardZone), loose = spread(QByteArray(hardZone).replace("maxSkew: 1", "maxSkew: 5"));
    const auto tolerating = [&](const QByteArray &list) { return loose + "      tolerations: [" + list + "]\n"; };
    // Nine pods, three of them lost.
    row("a hard constraint keeps replacements waiting", hard, "maxUnavailable: 4", 300, 3, 1);
    row("a loose one lets them in", loose, "maxUnavailable: 4", 300, 0, 0); // six may have been in that zone
    row("the lost pods use up the budget", hard, "maxUnavailable: 3", 300, 3, 0);
    row("minAvailable 6 of 6 left", hard, "minAvailable: 6", 300, 3, 0);
    row("minAvailable 50% rounds up to 5", hard, "minAvailable: 50%", 300, 3, 1);
    row("no budget", hard, "", 300, 3, 6);
    row("a template", hard, "minAvailable: $MIN", 300, 3, -1);
    row("replaced sooner", tolerating("{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 30}"), "maxUnavailable: 9", 30, 0, 3);
    row("one of the two never ends", tolerating("{key: node.kubernetes.io/unreachable, operator: Exists}"), "maxUnavailable: 9", 300, 0, 3);
    row("everything tolerated for ever", tolerating("{operator: Exists}"), "maxUnavailable: 9", -1, 3, 3);
}

void TestZoneLoss::aftermath()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QByteArray, policy);
    QFETCH(int, after);
    const QByteArray budget = policy.isEmpty() ? QByteArray() : "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b, namespace: shop}\nspec: {"
            + policy + ", selector: {matchLabels: {app: id-auth}}}\n";
    const Manifests m = manifestsFrom(deployment(podSpec) + budget);
    const ZoneLoss loss = simulateZoneLoss(m.workloads.front(), 9, 3);
    const ZoneAftermath a = zoneAftermath(m.workloads.front(), loss, m.budgetsOf(m.workloads.front()));
    QCOMPARE(a.givenUpAfter.value_or(-1), after);
    QTEST(a.waiting, "waiting");
    QTEST(a.evictable.value_or(-1), "evictable");
    QCOMPARE(a.replaced + a.waiting, 3);
    QCOMPARE(a.hasBudget, !policy.isEmpty());
}

QTEST_APPLESS_MAIN(TestZoneLoss)
#include "tst_zoneloss.moc"
