// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestRollingUpdate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bare_data();
    void bare();
    void againstTheEvent_data();
    void againstTheEvent();
    void theChosenEvent();
    void autoscalerDecidesTheCount_data();
    void autoscalerDecidesTheCount();
    void pausedSomewhere();
    void places();
    void workersOnlyMustNotBeGone();
    void workloadRef();
    void snippetsMendIt();
};

namespace {

constexpr const char *rule = "rolling-update";

QByteArray workload(const QByteArray &kind, const QByteArray &spec)
{
    const QList<QByteArray> words = kind.split(' ');
    return "apiVersion: " + words[0] + "\nkind: " + words[1] + "\nmetadata:\n  name: id-auth\nspec:\n" + spec
        + "  template: {metadata: {labels: {app: id-auth}}, spec: {containers: [{name: app}]}}\n";
}

const QByteArray hpa = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n"
                       "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n";

} // namespace

// Without a service description: what the manifest alone can show.
void TestRollingUpdate::bare_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char *name, const char *kind, const char *spec, const char *verdicts) {
        QTest::newRow(name) << QByteArray(kind) << QByteArray(spec) << QString::fromLatin1(verdicts);
    };
    const char *deploy = "apps/v1 Deployment";
    const char *stateful = "apps/v1 StatefulSet";
    const char *daemon = "apps/v1 DaemonSet";
    const char *argo = "argoproj.io/v1alpha1 Rollout";
    row("replicas 1 with defaults has no gap", deploy, "", "pass unknown");
    row("replicas 1 with maxSurge 0", deploy, "  strategy: {rollingUpdate: {maxSurge: 0}}\n", "pass fail");
    row("replicas 1 with maxUnavailable 1", deploy, "  strategy: {rollingUpdate: {maxUnavailable: 1}}\n", "pass fail");
    row("replicas 2 with maxUnavailable 1", deploy, "  replicas: 2\n  strategy: {rollingUpdate: {maxUnavailable: 1}}\n", "pass unknown");
    row("maxUnavailable 100%", deploy, "  replicas: 9\n  strategy: {rollingUpdate: {maxUnavailable: 100%}}\n", "pass fail");
    row("Recreate", deploy, "  replicas: 9\n  strategy: {type: Recreate}\n", "fail fail");
    row("both 0", deploy, "  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}\n", "fail");
    row("misspelt type", deploy, "  strategy: {type: Rolling}\n", "unknown");
    row("a template", deploy, "  strategy: {rollingUpdate: {maxSurge: $S}}\n", "unknown");
    row("replicas 0", deploy, "  replicas: 0\n", "pass unknown");
    row("replicas is a template", deploy, "  replicas: $N\n", "pass unknown");
    row("StatefulSet of 1", stateful, "", "pass fail");
    row("StatefulSet of 3", stateful, "  replicas: 3\n", "pass unknown");
    row("StatefulSet OnDelete", stateful, "  updateStrategy: {type: OnDelete}\n", "fail");
    row("StatefulSet partition", stateful, "  replicas: 3\n  updateStrategy: {rollingUpdate: {partition: 1}}\n", "pass warn unknown");
    row("StatefulSet partition holds all back", stateful, "  replicas: 3\n  updateStrategy: {rollingUpdate: {partition: 3}}\n", "pass fail unknown");
    row("DaemonSet", daemon, "", "pass pass");
    row("DaemonSet OnDelete", daemon, "  updateStrategy: {type: OnDelete}\n", "fail");
    row("DaemonSet all at once", daemon, "  updateStrategy: {rollingUpdate: {maxUnavailable: 100%}}\n", "pass fail");
    row("ReplicaSet", "apps/v1 ReplicaSet", "", "fail");
    row("Rollout canary", argo, "  replicas: 2\n  strategy: {canary: {steps: [{setWeight: 10}]}}\n", "pass unknown");
    row("Rollout canary of 1 without surge", argo, "  strategy: {canary: {maxSurge: 0}}\n", "pass fail");
    row("Rollout canary, both 0", argo, "  strategy: {canary: {maxSurge: 0, maxUnavailable: 0}}\n", "fail");
    row("Rollout blueGreen", argo, "  strategy: {blueGreen: {activeService: a}}\n", "pass unknown");
    row("Rollout without a strategy", argo, "", "unknown");
}

void TestRollingUpdate::bare()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, spec);
    const auto findings = judge(evidenceWith(workload(kind, spec)), QLatin1StringView(rule));
    QTEST(verdictsOf(findings), "verdicts");
    checkWords(findings);
}

// 400 req/s ÷ 100 a pod: four pods are needed.
void TestRollingUpdate::againstTheEvent_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<QByteArray>("rolling");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, int replicas, const char *rolling, const char *verdict) {
        QTest::newRow(name) << replicas << QByteArray(rolling) << QString::fromLatin1(verdict);
    };
    row("4 with defaults lose one", 4, "{}", "fail");
    row("4 with maxUnavailable 0", 4, "{maxUnavailable: 0}", "pass");
    row("3 are too few anyhow", 3, "{maxUnavailable: 0}", "fail");
    row("5 with defaults keep 4", 5, "{}", "pass");
    row("6 with maxUnavailable 50%", 6, "{maxUnavailable: 50%}", "fail");
    row("7 with maxUnavailable 50% (down to 3)", 7, "{maxUnavailable: 50%}", "pass");
}

void TestRollingUpdate::againstTheEvent()
{
    QFETCH(int, replicas);
    QFETCH(QByteArray, rolling);
    const QByteArray spec = "  replicas: " + QByteArray::number(replicas) + "\n  strategy: {rollingUpdate: " + rolling + "}\n";
    const auto findings = judge(evidenceWith(workload("apps/v1 Deployment", spec), declaredService()), QLatin1StringView(rule));
    const Finding f = titled(findings, "Pods left during the roll-out");
    QTEST(toString(f.verdict), "verdict");
    QCOMPARE(f.comparison->wanted, 4.0);
    QCOMPARE(std::get<Rollout>(*f.picture).needed, 4);
    checkWords(findings);
}

// "normal" although "sale" stands first; the list names another; a sale has its scheduled pods.
void TestRollingUpdate::theChosenEvent()
{
    const Evidence e = evidenceWith(workload("apps/v1 Deployment", "  replicas: 4\n  strategy: {rollingUpdate: {maxUnavailable: 0}}\n"),
                                    declaredService());
    const auto wanted = [&](const QStringList &events) {
        const auto findings = judge(e, QLatin1StringView(rule), {}, {{QStringLiteral("event"), events}});
        const Finding f = titled(findings, "Pods left during the roll-out");
        return std::tuple(toString(f.verdict), f.comparison->measured, f.comparison->wanted);
    };
    QCOMPARE(titled(judge(e, QLatin1StringView(rule)), "Pods left during the roll-out").comparison->wanted, 4.0);
    QCOMPARE(wanted({QStringLiteral("normal")}), std::tuple(QStringLiteral("pass"), 4.0, 4.0));
    QCOMPARE(wanted({QStringLiteral("sale")}), std::tuple(QStringLiteral("pass"), 30.0, 20.0));
    QCOMPARE(wanted({QStringLiteral("no-such-event")}), std::tuple(QStringLiteral("pass"), 30.0, 20.0)); // the first

    Service unknown = declaredService();
    unknown.perPodRps.value.reset();
    const auto findings = judge(evidenceWith(workload("apps/v1 Deployment", "  replicas: 4\n"), unknown), QLatin1StringView(rule));
    QCOMPARE(toString(titled(findings, "Pods left during the roll-out").verdict), toString(Verdict::Unknown));
    QVERIFY(titled(findings, "Pods left during the roll-out").remedy.en.contains(QLatin1String("capacity.per-pod")));
}

void TestRollingUpdate::autoscalerDecidesTheCount_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<double>("measured");
    QTest::newRow("minReplicas") << hpa + "  minReplicas: 8\n  maxReplicas: 20\n" << 6.0;
    QTest::newRow("minReplicas unset is 1") << hpa + "  maxReplicas: 20\n" << 1.0;
    QTest::newRow("of another Deployment") << QByteArray(hpa).replace("name: id-auth", "name: other") + "  minReplicas: 8\n  maxReplicas: 20\n" << 3.0;
    QTest::newRow("KEDA, unset: the HPA it makes has 1") << QByteArray("---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n"
                                                                      "metadata: {name: k}\nspec: {scaleTargetRef: {name: id-auth}}\n") << 1.0;
    const auto paused = [](const char *annotation) {
        return QByteArray("---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: k, annotations: {autoscaling.keda.sh/") + annotation
            + "}}\nspec: {scaleTargetRef: {name: id-auth}, minReplicaCount: 8}\n";
    };
    QTest::newRow("KEDA, running") << paused("paused: \"false\"") << 6.0;
    QTest::newRow("KEDA, paused at one pod") << paused("paused-replicas: \"1\"") << 1.0;
    QTest::newRow("KEDA, paused at more pods than its minimum") << paused("paused-replicas: \"20\"") << 6.0;
}

// Paused at whatever stood before: nobody can say how many, and no schedule acts.
void TestRollingUpdate::pausedSomewhere()
{
    const QByteArray yaml = workload("apps/v1 Deployment", "") + "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: k, annotations: "
        "{autoscaling.keda.sh/paused: \"true\"}}\nspec: {scaleTargetRef: {name: id-auth}, minReplicaCount: 8}\n";
    const Finding f = titled(judge(evidenceWith(yaml, declaredService()), QLatin1StringView(rule)), "Pods left during the roll-out");
    QCOMPARE(toString(f.verdict), QStringLiteral("unknown"));
}

void TestRollingUpdate::autoscalerDecidesTheCount()
{
    QFETCH(QByteArray, more);
    const Evidence e = evidenceWith(workload("apps/v1 Deployment", "  replicas: 4\n") + more, declaredService());
    const Finding f = titled(judge(e, QLatin1StringView(rule)), "Pods left during the roll-out");
    QTEST(f.comparison->measured, "measured");
    QCOMPARE(toString(f.verdict), toString(f.comparison->measured >= 4 ? Verdict::Pass : Verdict::Fail));
}

void TestRollingUpdate::places()
{
    const QByteArray spec = "  replicas: 4\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 25%\n";
    const auto findings = judge(evidenceWith(workload("apps/v1 Deployment", spec), declaredService()), QLatin1StringView(rule));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass fail"));
    QCOMPARE(findings[0].span, (Span{8, 5, 8, 24}));
    QCOMPARE(findings[1].span, (Span{11, 7, 11, 26}));
    QCOMPARE(findings[1].measured.en, QStringLiteral("3 Pod"));
    QCOMPARE(findings[1].wanted.en, QStringLiteral("≥ 4 Pod"));
    QCOMPARE(findings[1].marks.size(), 2u); // maxSurge and replicas
    QCOMPARE(findings[1].marks[1].span.line, 6);
}

// With a Service that selects another workload, this one serves nothing: two pods that go one by one are fine.
void TestRollingUpdate::workersOnlyMustNotBeGone()
{
    const QByteArray web = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 9\n"
                           "  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a}]}}\n"
                           "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";
    const auto verdictsWith = [&](const char *spec) {
        return verdictsOf(judge(evidenceWith(workload("apps/v1 Deployment", spec) + web, declaredService()), QLatin1StringView(rule)));
    };
    QCOMPARE(verdictsWith("  replicas: 2\n"), QStringLiteral("pass pass pass"));
    QCOMPARE(verdictsWith("  replicas: 1\n  strategy: {rollingUpdate: {maxSurge: 0}}\n"), QStringLiteral("pass fail pass pass"));
}

void TestRollingUpdate::workloadRef()
{
    const QByteArray rollout = "---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\nspec:\n  replicas: 9\n"
                               "  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n  strategy: {canary: {maxUnavailable: 0}}\n";
    const auto findings = judge(evidenceWith(workload("apps/v1 Deployment", "  replicas: 0\n  strategy: {type: Recreate}\n") + rollout,
                                             declaredService()), QLatin1StringView(rule));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass pass")); // of the Rollout alone
    QCOMPARE(findings[0].object, QStringLiteral("Rollout/r"));
}

void TestRollingUpdate::snippetsMendIt()
{
    for (const char *strategy : {"  strategy:\n    type: Recreate\n", "  strategy:\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 0\n"}) {
        const QByteArray yaml = workload("apps/v1 Deployment", "  replicas: 4\n" + QByteArray(strategy));
        const Finding f = judge(evidenceWith(yaml, declaredService()), QLatin1StringView(rule)).front();
        QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
        const Evidence mended = evidenceWith(QByteArray(yaml).replace(strategy, f.snippet.toUtf8() + '\n'), declaredService());
        QVERIFY2(verdictOf(mended, QLatin1StringView(rule)) == u"pass", qPrintable(f.snippet));
    }
}

QTEST_APPLESS_MAIN(TestRollingUpdate)
#include "tst_rolling_update.moc"
