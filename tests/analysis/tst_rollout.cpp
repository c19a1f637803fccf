// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pods.h"

#include <analysis/rollout.h>

using namespace tenken;
using namespace tenken::test;

class TestRollout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fenceposts_data();
    void fenceposts();
    void everyStepKeepsItsBounds_data();
    void everyStepKeepsItsBounds();
    void manyPodsStayDrawable();
    void strategies_data();
    void strategies();
    void budget_data();
    void budget();
};

void TestRollout::fenceposts_data()
{
    QTest::addColumn<QByteArray>("strategy");
    QTest::addColumn<int>("replicas");
    QTest::addColumn<int>("surge");
    QTest::addColumn<int>("unavailable");
    QTest::addColumn<int>("lowest");
    const auto row = [](const char *name, const char *strategy, int replicas, int surge, int unavailable, int lowest) {
        QTest::newRow(name) << QByteArray(strategy) << replicas << surge << unavailable << lowest;
    };
    row("1 with defaults: no gap", "{}", 1, 1, 0, 1);
    row("2 with defaults", "{}", 2, 1, 0, 2);
    row("3 with defaults", "{type: RollingUpdate}", 3, 1, 0, 3);
    row("4 with defaults", "{type: RollingUpdate, rollingUpdate: {}}", 4, 1, 1, 3);
    row("5 with defaults", "{}", 5, 2, 1, 4);
    row("1 with maxSurge 0: both round to 0, a full gap", "{rollingUpdate: {maxSurge: 0}}", 1, 0, 1, 0);
    row("1 with maxSurge 0%", "{rollingUpdate: {maxSurge: 0%, maxUnavailable: 25%}}", 1, 0, 1, 0);
    row("1 with maxUnavailable 1: a gap is allowed", "{rollingUpdate: {maxUnavailable: 1}}", 1, 1, 1, 0);
    row("maxUnavailable 0", "{rollingUpdate: {maxUnavailable: 0}}", 10, 3, 0, 10);
    row("maxUnavailable 100%", "{rollingUpdate: {maxUnavailable: 100%}}", 10, 3, 10, 0);
    row("more than there are", "{rollingUpdate: {maxUnavailable: 30}}", 10, 3, 30, 0);
    row("Recreate", "{type: Recreate}", 6, 0, 6, 0);
    row("no pods", "{}", 0, 0, 1, 0);
}

void TestRollout::fenceposts()
{
    QFETCH(QByteArray, strategy);
    QFETCH(int, replicas);
    const auto file = YamlFile::parse(strategy, QStringLiteral("s"));
    const Rollout r = simulateRollout(file->documents().front(), replicas);
    QTEST(r.maxSurge, "surge");
    QTEST(r.maxUnavailable, "unavailable");
    QTEST(r.lowestReady, "lowest");
    QCOMPARE(r.steps.front().oldPods, replicas);
    QCOMPARE(r.steps.back().newReady, replicas);
    QCOMPARE(r.steps.back().oldPods, 0);
}

void TestRollout::everyStepKeepsItsBounds_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<int>("surge");
    QTest::addColumn<int>("unavailable");
    for (const int replicas : {1, 2, 3, 7, 20}) {
        for (const int surge : {0, 1, 5, 40}) {
            for (const int unavailable : {0, 1, 3, 20})
                QTest::addRow("%d pods, %d/%d", replicas, surge, unavailable) << replicas << surge << unavailable;
        }
    }
}

void TestRollout::everyStepKeepsItsBounds()
{
    QFETCH(int, replicas);
    QFETCH(int, surge);
    QFETCH(int, unavailable);
    const Rollout r = simulateRollout(replicas, surge, unavailable);
    int lowest = replicas;
    for (const RolloutStep &step : r.steps) {
        QVERIFY(step.oldPods >= 0 && step.newStarting >= 0 && step.newReady >= 0);
        QVERIFY(step.total() <= replicas + r.maxSurge);
        QVERIFY(step.ready() >= replicas - r.maxUnavailable);
        lowest = std::min(lowest, step.ready());
    }
    QCOMPARE(r.lowestReady, lowest);
    QCOMPARE(r.lowestReady, std::max(0, replicas - r.maxUnavailable)); // what the bound allows does happen
    QCOMPARE(r.steps.back().newReady, replicas);
}

void TestRollout::manyPodsStayDrawable()
{
    const Rollout r = simulateRollout(2'000'000'000, 1, 0);
    QVERIFY(r.steps.size() <= 240);
    QCOMPARE(r.steps.back().oldPods, 0);
    QCOMPARE(r.highestTotal, r.replicas + 1);
    QCOMPARE(simulateRollout(-5, -1, -1).lowestReady, 0);
}

void TestRollout::strategies_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("unavailable");
    using Type = UpdateStrategy::Type;
    const auto row = [](const char *name, const char *kind, const char *spec, Type type, int unavailable) {
        QTest::newRow(name) << QByteArray(kind) << QByteArray(spec) << int(type) << unavailable;
    };
    row("Deployment default", "apps/v1 Deployment", "", Type::Rolling, 2);
    row("Deployment both 0", "apps/v1 Deployment", "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}", Type::Refused, 0);
    row("Deployment template", "apps/v1 Deployment", "strategy: {rollingUpdate: {maxSurge: $SURGE}}", Type::Unreadable, 0);
    row("Deployment misspelt", "apps/v1 Deployment", "strategy: {type: Rolling}", Type::Unreadable, 0);
    row("StatefulSet default", "apps/v1 StatefulSet", "", Type::Rolling, 1);
    row("StatefulSet 25% rounds up", "apps/v1 StatefulSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 25%}}", Type::Rolling, 3);
    row("StatefulSet OnDelete", "apps/v1 StatefulSet", "updateStrategy: {type: OnDelete}", Type::OnDelete, 0);
    row("DaemonSet default", "apps/v1 DaemonSet", "", Type::Rolling, 1);
    row("Pod", "v1 Pod", "", Type::None, 0);
    row("ReplicaSet", "apps/v1 ReplicaSet", "", Type::None, 0);
    row("Rollout canary default", "argoproj.io/v1alpha1 Rollout", "strategy: {canary: {}}", Type::Rolling, 2);
    row("Rollout canary", "argoproj.io/v1alpha1 Rollout", "strategy: {canary: {maxUnavailable: 0, maxSurge: 1}}", Type::Rolling, 0);
    row("Rollout canary both 0", "argoproj.io/v1alpha1 Rollout", "strategy: {canary: {maxUnavailable: 0, maxSurge: 0}}", Type::Refused, 0);
    row("Rollout with traffic routing", "argoproj.io/v1alpha1 Rollout", "strategy: {canary: {trafficRouting: {istio: {}}}}",
        Type::AllNewFirst, 0);
    row("Rollout blueGreen", "argoproj.io/v1alpha1 Rollout", "strategy: {blueGreen: {activeService: a}}", Type::AllNewFirst, 0);
    row("Rollout without a strategy", "argoproj.io/v1alpha1 Rollout", "", Type::Unreadable, 0);
}

void TestRollout::strategies()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, spec);
    const QList<QByteArray> words = kind.split(' ');
    const QByteArray body = words[1] == "Pod" ? QByteArray("  containers: [{name: a}]\n")
                                              : "  " + spec + "\n  template: {spec: {containers: [{name: a}]}}\n";
    const Manifests m = manifestsFrom("apiVersion: " + words[0] + "\nkind: " + words[1] + "\nmetadata: {name: a}\nspec:\n" + body);
    QCOMPARE(m.workloads.size(), 1u);
    const UpdateStrategy s = updateStrategy(m.workloads.front(), 10);
    QTEST(int(s.type), "type");
    QTEST(s.maxUnavailable, "unavailable");
}

void TestRollout::budget_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<int>("replicas");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("allowed");
    using State = DisruptionBudget::State;
    const auto row = [](const char *name, const char *spec, int replicas, State state, int allowed) {
        QTest::newRow(name) << QByteArray(spec) << replicas << int(state) << allowed;
    };
    row("maxUnavailable 1", "{maxUnavailable: 1}", 4, State::Allows, 1);
    row("maxUnavailable 0", "{maxUnavailable: 0}", 4, State::Blocks, 0);
    row("maxUnavailable 0%", "{maxUnavailable: 0%}", 4, State::Blocks, 0);
    row("maxUnavailable 1% of 4 rounds up", "{maxUnavailable: 1%}", 4, State::Allows, 1);
    row("maxUnavailable 100%", "{maxUnavailable: 100%}", 4, State::AllowsAll, 4);
    row("minAvailable below", "{minAvailable: 3}", 4, State::Allows, 1);
    row("minAvailable equal", "{minAvailable: 4}", 4, State::Blocks, 0);
    row("minAvailable above", "{minAvailable: 5}", 1, State::Blocks, 0);
    row("minAvailable 100%", "{minAvailable: 100%}", 4, State::Blocks, 0);
    row("minAvailable 76% of 4 rounds up", "{minAvailable: 76%}", 4, State::Blocks, 0);
    row("minAvailable 75% of 4", "{minAvailable: 75%}", 4, State::Allows, 1);
    row("minAvailable 0", "{minAvailable: 0}", 4, State::AllowsAll, 4);
    row("one pod, minAvailable 1", "{minAvailable: 1}", 1, State::Blocks, 0);
    row("one pod, maxUnavailable 1", "{maxUnavailable: 1}", 1, State::Allows, 1);
    row("both", "{minAvailable: 1, maxUnavailable: 1}", 4, State::BothFields, 0);
    row("neither", "{selector: {}}", 4, State::NoPolicy, 0);
    row("words", "{minAvailable: most}", 4, State::Invalid, 0);
    row("a template", "{minAvailable: \"{{ .Values.min }}\"}", 4, State::Unreadable, 0);
}

void TestRollout::budget()
{
    QFETCH(QByteArray, spec);
    QFETCH(int, replicas);
    const Manifests m = manifestsFrom("apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: " + spec + '\n');
    const DisruptionBudget b = disruptionBudget(m.objects.front(), replicas);
    QTEST(int(b.state), "state");
    QTEST(b.allowed, "allowed");
}

QTEST_APPLESS_MAIN(TestRollout)
#include "tst_rollout.moc"
