// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestZoneReturn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void policies_data();
    void policies();
    void pods_data();
    void pods();
    void budgets_data();
    void budgets();
    void runs_data();
    void runs();
    void places();
    void thePolicyThatRunsIsJudged();
    void withoutPolicy();
};

namespace {

const QString rule = QStringLiteral("zone-return");

QByteArray spread(const char *when = "DoNotSchedule")
{
    return "      topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: " + QByteArray(when)
        + ", labelSelector: {matchLabels: {app: id-auth}}}]\n";
}

const QByteArray runner = "---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: descheduler, namespace: kube-system}\nspec:\n  schedule: \"*/2 * * * *\"\n"
                          "  jobTemplate: {spec: {template: {spec: {containers: [{name: d, image: \"registry.k8s.io/descheduler/descheduler:v0.34.0\", "
                          "command: [/bin/descheduler, --policy-config-file, /policy-dir/policy.yaml], "
                          "volumeMounts: [{name: p, mountPath: /policy-dir}]}], volumes: [{name: p, configMap: {name: descheduler}}]}}}}\n";

const QByteArray enabled = "    plugins: {balance: {enabled: [RemovePodsViolatingTopologySpreadConstraint]}}\n";

// v1alpha2: `args` of the plugin, `evictor` those of DefaultEvictor, both as flow maps.
QByteArray v2(const QByteArray &args = "{}", const QByteArray &evictor = "{}", const QByteArray &plugins = enabled, const QByteArray &top = {})
{
    return "apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\n" + top + "profiles:\n  - name: p\n    pluginConfig:\n"
           "      - {name: RemovePodsViolatingTopologySpreadConstraint, args: " + args + "}\n      - {name: DefaultEvictor, args: " + evictor + "}\n" + plugins;
}

QByteArray v1(const QByteArray &strategy, const QByteArray &top = {})
{
    return "apiVersion: descheduler/v1alpha1\nkind: DeschedulerPolicy\n" + top + "strategies:\n  RemovePodsViolatingTopologySpreadConstraint: " + strategy + '\n';
}

QByteArray inConfigMap(QByteArray policy)
{
    policy.replace("\n", "\n    ");
    return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: descheduler, namespace: kube-system}\ndata:\n  policy.yaml: |\n    " + policy + "\n";
}

const QByteArray budget = "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b, namespace: shop}\nspec: {maxUnavailable: 1, "
                          "selector: {matchLabels: {app: id-auth}}}\n";

QByteArray service(const QByteArray &podSpec, int replicas = 9)
{
    return deployment(podSpec, {}, "  replicas: " + QByteArray::number(replicas) + '\n')
        + "---\napiVersion: v1\nkind: Service\nmetadata: {name: id-auth, namespace: shop}\nspec: {selector: {app: id-auth}}\n";
}

std::vector<Finding> judged(const QByteArray &yaml)
{
    return judge(evidenceWith(yaml, declaredService()), rule);
}

} // namespace

void TestZoneReturn::policies_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("verdicts"); // policy kind pods budget run
    const auto row = [](const char *name, const QByteArray &podSpec, const QByteArray &policy, const char *verdicts) {
        QTest::newRow(name) << podSpec << policy << QString::fromLatin1(verdicts);
    };
    const char *good = "pass pass pass pass pass";
    row("hard constraints are the default", spread(), v2(), good);
    row("soft ones are skipped by default", spread("ScheduleAnyway"), v2(), "pass fail pass pass pass");
    row("soft ones named", spread("ScheduleAnyway"), v2("{constraints: [DoNotSchedule, ScheduleAnyway]}"), good);
    row("only soft ones named, and the constraint is hard", spread(), v2("{constraints: [ScheduleAnyway]}"), "pass fail pass pass pass");
    row("configured without being enabled has no effect", spread(), v2("{}", "{}", "    plugins: {balance: {enabled: [RemoveDuplicates]}}\n"), "fail");
    row("enabled under the wrong extension point", spread(), v2("{}", "{}", "    plugins: {deschedule: {enabled: [RemovePodsViolatingTopologySpreadConstraint]}}\n"), "fail");
    row("enabled without pluginConfig", spread(),
        "apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\nprofiles:\n  - name: p\n" + enabled, good);
    row("another profile is enabled too", spread("ScheduleAnyway"),
        v2() + "  - name: q\n    pluginConfig: [{name: RemovePodsViolatingTopologySpreadConstraint, args: {constraints: [ScheduleAnyway]}}]\n" + enabled, good);
    row("another strategy alone", spread(), "apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\nprofiles: [{name: p, plugins: {balance: {enabled: [RemoveDuplicates]}}}]\n", "fail");
    row("an empty policy", spread(), "apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\n", "fail");
    row("a limit of 0 evicts nothing", spread(), v2("{}", "{}", enabled, "maxNoOfPodsToEvictPerNode: 0\n"), "fail");
    row("v1alpha1 is not read by 0.34", spread(), v1("{enabled: true}"), "pass pass pass pass fail");
    row("v1alpha1 not enabled", spread(), v1("{enabled: false}"), "fail");
    row("v1alpha1, soft skipped", spread("ScheduleAnyway"), v1("{enabled: true}"), "pass fail pass pass fail");
    row("v1alpha1, soft included", spread("ScheduleAnyway"), v1("{enabled: true, params: {includeSoftConstraints: true}}"), "pass pass pass pass fail");
    row("no constraint: nothing to violate", "", v2(), "fail");
    row("a template", spread(), "apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\nprofiles: {{ .Values.profiles }}\n", "unknown");
}

void TestZoneReturn::policies()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QByteArray, policy);
    const auto findings = judged(service(podSpec) + budget + inConfigMap(policy) + runner);
    QTEST(verdictsOf(findings), "verdicts");
    checkWords(findings);
    if (!policy.contains("{{"))
        QCOMPARE(verdictsOf(judged(service(podSpec) + budget + "---\n" + policy + runner)), verdictsOf(findings)); // bare says the same
}

void TestZoneReturn::pods_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &podSpec, const QByteArray &policy, const char *verdict) {
        QTest::newRow(name) << podSpec << policy << QString::fromLatin1(verdict);
    };
    const QByteArray local = "      volumes: [{name: tmp, emptyDir: {}}]\n", claim = "      volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]\n";
    row("any namespace", "", v2(), "pass");
    row("included", "", v2("{namespaces: {include: [shop]}}"), "pass");
    row("not included", "", v2("{namespaces: {include: [cart]}}"), "fail");
    row("excluded", "", v2("{namespaces: {exclude: [kube-system, shop]}}"), "fail");
    row("labels select it", "", v2("{labelSelector: {matchLabels: {app: id-auth}}}"), "pass");
    row("labels do not", "", v2("{labelSelector: {matchLabels: {app: other}}}"), "fail");
    row("the evictor's labels do not", "", v2("{}", "{labelSelector: {matchExpressions: [{key: evict, operator: Exists}]}}"), "fail");
    row("minReplicas of 9", "", v2("{}", "{minReplicas: 9}"), "pass");
    row("minReplicas of 10 with 9 pods", "", v2("{}", "{minReplicas: 10}"), "fail");
    row("emptyDir is protected by default", local, v2(), "fail");
    row("the older switch", local, v2("{}", "{evictLocalStoragePods: true}"), "pass");
    row("podProtections", local, v2("{}", "{podProtections: {defaultDisabled: [PodsWithLocalStorage]}}"), "pass");
    row("podProtections win over the older switch", local, v2("{}", "{evictLocalStoragePods: true, podProtections: {extraEnabled: [PodsWithPVC]}}"), "fail");
    row("hostPath", "      volumes: [{name: h, hostPath: {path: /x}}]\n", v2(), "fail");
    row("a claim is evicted by default", claim, v2(), "pass");
    row("claims left out", claim, v2("{}", "{ignorePvcPods: true}"), "fail");
    row("claims protected", claim, v2("{}", "{podProtections: {extraEnabled: [PodsWithPVC]}}"), "fail");
    row("some nodes only", "", v2("{}", "{}", enabled, "nodeSelector: pool=arm\n"), "warn");
    const QByteArray named = "      priorityClassName: shop\n", shop = "---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: shop}\nvalue: 1000\n";
    row("critical to the cluster", "      priorityClassName: system-cluster-critical\n", v2(), "fail");
    row("critical to the node", "      priorityClassName: system-node-critical\n", v2(), "fail");
    row("critical pods are evicted too", "      priorityClassName: system-cluster-critical\n", v2("{}", "{evictSystemCriticalPods: true}"), "pass");
    row("critical pods are not protected", "      priorityClassName: system-cluster-critical\n", v2("{}", "{podProtections: {defaultDisabled: [SystemCriticalPods]}}"), "pass");
    row("a class of one's own", named, v2(), "pass");
    row("a threshold of 0", "", v2("{}", "{priorityThreshold: {value: 0}}"), "fail");
    row("a threshold of 1000", "", v2("{}", "{priorityThreshold: {value: 1000}}"), "pass");
    row("a threshold, and a class that is not here", named, v2("{}", "{priorityThreshold: {value: 1000}}"), "unknown");
    row("a threshold's class that is not here", "", v2("{}", "{priorityThreshold: {name: low}}"), "unknown");
    row("a class at the threshold", named, v2("{}", "{priorityThreshold: {value: 1000}}") + shop, "fail");
    row("a class below the threshold", named, v2("{}", "{priorityThreshold: {value: 1001}}") + shop, "pass");
    row("a class at the threshold's class", named, v2("{}", "{priorityThreshold: {name: shop}}") + shop, "fail");
    row("v1alpha1, a threshold of 0", "", v1("{enabled: true, params: {thresholdPriority: 0}}"), "fail");
    const QByteArray on = "{namespaceLabelSelector: {matchLabels: {descheduler: 'on'}}}";
    row("a namespace that is not seen", "", v2("{}", on), "unknown");
    row("a namespace with the label", "", v2("{}", on) + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {descheduler: 'on'}}\n", "pass");
    row("a namespace without the label", "", v2("{}", on) + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", "fail");
    row("a namespace by its name", "", v2("{}", "{namespaceLabelSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}") + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", "pass");
    row("pods older than a year", "", v2("{}", "{minPodAge: 8760h}"), "fail");
    row("pods older than six hours", "", v2("{}", "{minPodAge: 6h}"), "warn");
    row("pods older than an hour", "", v2("{}", "{minPodAge: 1h}"), "pass");
    row("an age that cannot be read", "", v2("{}", "{minPodAge: $AGE}"), "unknown");
    row("v1alpha1, emptyDir", local, v1("{enabled: true}"), "fail");
    row("v1alpha1, emptyDir evicted", local, v1("{enabled: true}", "evictLocalStoragePods: true\n"), "pass");
}

void TestZoneReturn::pods()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QByteArray, policy);
    const qsizetype more = policy.indexOf("---\n"); // other objects
    const auto findings = judged(service(spread() + podSpec) + budget + inConfigMap(more < 0 ? policy : policy.first(more)) + runner
                                 + (more < 0 ? QByteArray() : policy.sliced(more)));
    QTEST(toString(titled(findings, "Pods it may evict").verdict), "verdict");
    checkWords(findings);
}

void TestZoneReturn::budgets_data()
{
    QTest::addColumn<QByteArray>("budgets");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &budgets, const char *verdict) { QTest::newRow(name) << budgets << QString::fromLatin1(verdict); };
    row("one at a time", budget, "pass");
    row("none holds nothing back", "", "pass");
    row("lets none go", QByteArray(budget).replace("maxUnavailable: 1", "minAvailable: 100%"), "fail");
    row("two refuse everything", budget + budget, "fail");
    row("a template", QByteArray(budget).replace("maxUnavailable: 1", "minAvailable: $MIN"), "unknown");
    row("neither field", QByteArray(budget).replace("maxUnavailable: 1, ", ""), "fail");
}

void TestZoneReturn::budgets()
{
    QFETCH(QByteArray, budgets);
    const auto findings = judged(service(spread()) + budgets + inConfigMap(v2()) + runner);
    QTEST(toString(titled(findings, "PodDisruptionBudget").verdict), "verdict");
}

void TestZoneReturn::runs_data()
{
    QTest::addColumn<QByteArray>("run");
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("verdict");
    const auto with = [](const char *from, const char *to) { return QByteArray(runner).replace(from, to); };
    const auto row = [](const char *name, const QByteArray &run, const char *verdict, const QByteArray &policy = v2()) {
        QTest::newRow(name) << run << policy << QString::fromLatin1(verdict);
    };
    row("CronJob", runner, "pass");
    row("nothing runs it", "", "warn");
    row("suspended", with("spec:\n", "spec:\n  suspend: true\n"), "fail");
    row("dry run", with("--policy-config-file", "--dry-run, --policy-config-file"), "fail");
    for (const char *flag : {"--dry-run=true", "--dry-run=True", "--dry-run=t", "--dry-run=1"})
        row(flag, with("--policy-config-file", (QByteArray(flag) + ", --policy-config-file").constData()), "fail");
    row("no dry run", with("--policy-config-file", "--dry-run=false, --policy-config-file"), "pass");
    row("dry run in a shell", with("[/bin/descheduler, --policy-config-file, /policy-dir/policy.yaml]", "[sh, -c, '/bin/descheduler --policy-config-file /policy-dir/policy.yaml --dry-run']"), "fail");
    row("in a shell", with("[/bin/descheduler, --policy-config-file, /policy-dir/policy.yaml]", "[sh, -c, 'exec /bin/descheduler --policy-config-file=/policy-dir/policy.yaml']"), "pass");
    row("another ConfigMap is mounted", with("configMap: {name: descheduler}", "configMap: {name: other}"), "unknown");
    row("another file", with("/policy-dir/policy.yaml", "/policy-dir/other.yaml"), "unknown");
    row("nothing is mounted", with("mountPath: /policy-dir", "mountPath: /other"), "unknown");
    row("an entry under another name", with("configMap: {name: descheduler}", "configMap: {name: descheduler, items: [{key: policy.yaml, path: p.yaml}]}").replace("/policy-dir/policy.yaml", "/policy-dir/p.yaml"), "pass");
    row("a file of its own", with("mountPath: /policy-dir", "mountPath: /policy-dir/policy.yaml, subPath: policy.yaml"), "pass");
    row("projected", with("configMap: {name: descheduler}", "projected: {sources: [{configMap: {name: descheduler}}]}"), "pass");
    row("once a year", with("*/2 * * * *", "0 0 1 1 *"), "warn");
    row("on Sundays", with("*/2 * * * *", "0 * * * 0"), "warn");
    row("@monthly", with("*/2 * * * *", "@monthly"), "warn");
    row("@hourly", with("*/2 * * * *", "@hourly"), "pass");
    row("v1alpha1 before 0.31", with("v0.34.0", "v0.30.1"), "warn", v1("{enabled: true}"));
    row("v1alpha1 from 0.31", with("v0.34.0", "v0.31.0"), "fail", v1("{enabled: true}"));
    row("v1alpha1, version not known", with(":v0.34.0", ""), "warn", v1("{enabled: true}"));
    row("a Job runs once", "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: descheduler}\nspec: {template: {spec: {containers: [{name: d, image: "
                           "\"registry.k8s.io/descheduler/descheduler:v0.34.0\", args: [--policy-config-file=/d/policy.yaml], volumeMounts: [{name: p, mountPath: /d/}]}], "
                           "volumes: [{name: p, configMap: {name: descheduler}}]}}}\n", "warn");
    row("Deployment", "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: descheduler, namespace: kube-system}\nspec: {template: {metadata: {labels: {a: d}}, "
                      "spec: {containers: [{name: d, image: \"registry.k8s.io/descheduler/descheduler:v0.34.0\", args: [--policy-config-file, /d/policy.yaml], volumeMounts: [{name: p, mountPath: /d}]}], "
                      "volumes: [{name: p, configMap: {name: descheduler}}]}}}\n", "pass");
}

void TestZoneReturn::runs()
{
    QFETCH(QByteArray, run);
    QFETCH(QByteArray, policy);
    const auto findings = judged(service(spread()) + budget + inConfigMap(policy) + run);
    QTEST(toString(titled(findings, "What runs the Descheduler").verdict), "verdict");
    checkWords(findings);
}

void TestZoneReturn::places()
{
    const QByteArray yaml = service(spread("ScheduleAnyway") + "      volumes:\n        - name: tmp\n          emptyDir: {}\n");
    const auto findings = judged(yaml + budget + "---\n" + v2("{constraints: [DoNotSchedule]}"));
    const Finding kind = titled(findings, "Kind of constraint");
    const int policyLine = int((yaml + budget).count('\n')) + 2;
    QCOMPARE(kind.span.line, policyLine + 5);
    QCOMPARE(kind.marks.front().span.line, 14);
    QVERIFY(kind.snippet.contains(QLatin1String("ScheduleAnyway")));
    const Finding pods = titled(findings, "Pods it may evict");
    QCOMPARE(pods.object, QStringLiteral("Deployment/shop/id-auth"));
    QCOMPARE(pods.span.line, 15);
    const auto inMap = judged(yaml + budget + inConfigMap(v2()));
    QCOMPARE(titled(inMap, "Descheduler that rebalances").object, QStringLiteral("ConfigMap/kube-system/descheduler"));
    QCOMPARE(titled(inMap, "Descheduler that rebalances").span.line, int((yaml + budget).count('\n')) + 6);
}

void TestZoneReturn::thePolicyThatRunsIsJudged()
{
    const QByteArray idle = inConfigMap(v2("{}", "{}", "    plugins: {deschedule: {enabled: [RemoveFailedPods]}}\n")).replace("name: descheduler,", "name: old,");
    const QByteArray before = service(spread()) + budget + inConfigMap(v2()) + idle;
    QCOMPARE(verdictsOf(judged(before + runner)), QStringLiteral("pass pass pass pass pass"));
    const auto other = judged(before + QByteArray(runner).replace("configMap: {name: descheduler}", "configMap: {name: old}"));
    QCOMPARE(verdictsOf(other), QStringLiteral("fail"));
    QCOMPARE(other.front().object, QStringLiteral("ConfigMap/kube-system/old"));
}

void TestZoneReturn::withoutPolicy()
{
    const auto findings = judged(service(spread()));
    QCOMPARE(verdictsOf(findings), QStringLiteral("unknown"));
    QVERIFY(findings.front().remedy.en.contains(QLatin1String("answer by hand")));
    // The snippet is a policy that does it.
    QCOMPARE(verdictsOf(judged(service(spread("ScheduleAnyway")) + budget + "---\n" + findings.front().snippet.toUtf8() + "\n" + runner)),
             QStringLiteral("pass pass pass pass pass"));
    const QByteArray anti = "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
                            "topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: id-auth}}}]}}\n";
    QCOMPARE(verdictsOf(judged(service(anti, 3))), QStringLiteral("pass")); // the pod that waits goes to the zone that is back
    const auto scoped = [&](const char *scope) {
        return judged(service(QByteArray(anti).replace("{app: id-auth}}", QByteArray("{app: id-auth}}, ") + scope), 3));
    };
    QCOMPARE(verdictsOf(scoped("namespaces: [shop]")), QStringLiteral("pass"));
    QCOMPARE(verdictsOf(scoped("namespaces: [other]")), QStringLiteral("unknown")); // it looks at others' pods: nothing rebalances
    QCOMPARE(verdictsOf(scoped("namespaceSelector: {matchLabels: {team: x}}")), QStringLiteral("unknown"));
    QCOMPARE(verdictsOf(judged({})), QStringLiteral("unknown"));
}

QTEST_APPLESS_MAIN(TestZoneReturn)
#include "tst_zone_return.moc"
