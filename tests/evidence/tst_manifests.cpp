// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/manifests.h>

#include <QTest>

using namespace tenken;

namespace {

Partial<Manifests> read(const QList<QByteArray> &texts, bool strict = false)
{
    std::vector<std::shared_ptr<const YamlFile>> files;
    for (const QByteArray &text : texts)
        files.push_back(YamlFile::parse(text, QStringLiteral("f%1.yaml").arg(files.size())));
    return readManifests(std::move(files), strict);
}

QByteArray workload(const QByteArray &kind, const QByteArray &apiVersion, const QByteArray &spec = {})
{
    return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: api, namespace: shop}\nspec:\n" + spec
        + "  template:\n    metadata: {labels: {app: api, tier: web}}\n    spec:\n      containers: [{name: main}]\n";
}

QByteArray object(const QByteArray &kind, const QByteArray &apiVersion, const QByteArray &spec,
                  const QByteArray &metadata = "{name: x, namespace: shop}")
{
    return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: " + metadata + "\nspec: " + spec + "\n";
}

QMap<QString, QString> labels(const QString &pairs)
{
    QMap<QString, QString> map;
    for (const QString &pair : pairs.split(u' ', Qt::SkipEmptyParts))
        map.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    return map;
}

QString titles(const std::vector<const KubeObject *> &objects)
{
    QStringList titles;
    for (const KubeObject *object : objects)
        titles.append(object->name);
    return titles.join(u' ');
}

} // namespace

class TestManifests : public QObject
{
    Q_OBJECT

private slots:
    void quantities_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value"); // −1 = refused
        const auto row = [](const char *text, double value) { QTest::newRow(text) << QString::fromLatin1(text) << value; };
        row("250m", 0.25);
        row("2", 2);
        row("0.5", 0.5);
        row(".5", 0.5);
        row("1.", 1);
        row("+3", 3);
        row("512Mi", 536870912);
        row("1Gi", 1073741824);
        row("1Ki", 1024);
        row("1k", 1000);
        row("128974848", 128974848);
        row("129e6", 129e6);
        row("129M", 129e6);
        row("1E", 1e18);
        row("1E3", 1000);
        row("1e-3", 0.001);
        row("1e+3", 1000);
        row("1Ei", 1152921504606846976.0);
        row("100u", 1e-4);
        row("500n", 5e-7);
        row("1T", 1e12);
        row("2Pi", 2251799813685248.0);
        row("", -1);
        row("m", -1);
        row("1K", -1);
        row("1mi", -1);
        row("1 Gi", -1);
        row("1Gi ", -1);
        row("1.5.2", -1);
        row("1e", -1);
        row("1e++3", -1);
        row("1e9999", -1);
        row("0x10", -1);
        row("200 m", -1);
        row("--1", -1);
        row("inf", -1);
        row("1GiB", -1);
    }
    void quantities()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        const std::optional<double> parsed = parseQuantity(text.toStdString());
        QCOMPARE(parsed.has_value(), value >= 0);
        if (parsed)
            QCOMPARE(*parsed, value);
        QVERIFY(parseQuantity("-5").value_or(0) == -5);
    }

    void intOrPercent_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("up");
        QTest::addColumn<int>("down");
        const auto row = [](const char *text, int total, int up, int down) {
            QTest::addRow("%s of %d", text, total) << QByteArray(text) << total << up << down;
        };
        row("25%", 1, 1, 0);
        row("25%", 3, 1, 0);
        row("25%", 4, 1, 1);
        row("'25%'", 5, 2, 1);
        row("25%", 10, 3, 2);
        row("0%", 10, 0, 0);
        row("100%", 7, 7, 7);
        row("150%", 4, 6, 6);
        row("3", 10, 3, 3);
        row("0", 10, 0, 0);
        row("'3'", 10, -1, -1);
        row("-1", 10, -1, -1);
        row("-5%", 10, -1, -1);
        row("2.5%", 10, -1, -1);
        row("'%'", 10, -1, -1);
        row("half", 10, -1, -1);
        row("[1]", 10, -1, -1);
    }
    void intOrPercent()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, total);
        const auto file = YamlFile::parse("v: " + text, QStringLiteral("a"));
        const Yaml value = file->documents()[0]["v"];
        QTEST(resolveIntOrPercent(value, total, Rounding::Up).value_or(-1), "up");
        QTEST(resolveIntOrPercent(value, total, Rounding::Down).value_or(-1), "down");
        QVERIFY(!resolveIntOrPercent(Yaml(), total, Rounding::Up));
    }

    void selectors_data()
    {
        QTest::addColumn<QByteArray>("selector");
        QTest::addColumn<QString>("pod");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *selector, const char *pod, bool matches) {
            QTest::addRow("%s on %s", selector, pod) << QByteArray(selector) << QString::fromLatin1(pod) << matches;
        };
        row("{}", "", true);
        row("{}", "app=api", true);
        row("null", "app=api", false);
        row("text", "app=api", false);
        row("{matchLabels: {app: api}}", "app=api tier=web", true);
        row("{matchLabels: {app: api, tier: db}}", "app=api tier=web", false); // every pair, not any
        row("{matchLabels: {app: api}}", "", false);
        row("{matchLabels: {app: '1'}}", "app=1", true);
        row("{matchLabels: [app]}", "app=api", false);
        row("{matchExpressions: [{key: app, operator: In, values: [a, api]}]}", "app=api", true);
        row("{matchExpressions: [{key: app, operator: In, values: [a]}]}", "app=api", false);
        row("{matchExpressions: [{key: app, operator: In, values: [a]}]}", "", false);
        row("{matchExpressions: [{key: app, operator: In}]}", "app=api", false);
        row("{matchExpressions: [{key: app, operator: NotIn, values: [api]}]}", "app=api", false);
        row("{matchExpressions: [{key: app, operator: NotIn, values: [x]}]}", "app=api", true);
        row("{matchExpressions: [{key: app, operator: NotIn, values: [x]}]}", "", true); // a missing label is not in
        row("{matchExpressions: [{key: app, operator: NotIn}]}", "app=api", false);
        row("{matchExpressions: [{key: app, operator: Exists}]}", "app=", true);
        row("{matchExpressions: [{key: app, operator: Exists}]}", "x=1", false);
        row("{matchExpressions: [{key: app, operator: DoesNotExist}]}", "x=1", true);
        row("{matchExpressions: [{key: app, operator: DoesNotExist}]}", "app=api", false);
        row("{matchExpressions: [{key: app, operator: Gt, values: ['1']}]}", "app=2", false);
        row("{matchExpressions: [{key: app, operator: in, values: [api]}]}", "app=api", false);
        row("{matchExpressions: [{operator: DoesNotExist}]}", "app=api", false);
        row("{matchLabels: {app: api}, matchExpressions: [{key: app, operator: DoesNotExist}]}", "app=api", false);
        row("{matchExpressions: {key: app}}", "app=api", false);
    }
    void selectors()
    {
        QFETCH(QByteArray, selector);
        QFETCH(QString, pod);
        const auto file = YamlFile::parse("v: " + selector, QStringLiteral("a"));
        QTEST(LabelSelector{file->documents()[0]["v"]}.matches(labels(pod)), "matches");
        QVERIFY(!LabelSelector{}.matches(labels(pod)));
    }

    void kinds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("title"); // empty: no workload
        QTest::addColumn<int>("replicas");
        QTest::addColumn<bool>("longRunning");
        QTest::newRow("Deployment") << workload("Deployment", "apps/v1") << "Deployment/shop/api" << 1 << true;
        QTest::newRow("replicas") << workload("Deployment", "apps/v1", "  replicas: 4\n") << "Deployment/shop/api" << 4 << true;
        QTest::newRow("zero") << workload("Deployment", "apps/v1", "  replicas: 0\n") << "Deployment/shop/api" << 0 << true;
        QTest::newRow("old group") << workload("Deployment", "extensions/v1beta1") << "Deployment/shop/api" << 1 << true;
        QTest::newRow("StatefulSet") << workload("StatefulSet", "apps/v1", "  replicas: 3\n") << "StatefulSet/shop/api" << 3 << true;
        QTest::newRow("ReplicaSet") << workload("ReplicaSet", "apps/v1") << "ReplicaSet/shop/api" << 1 << true;
        QTest::newRow("DaemonSet") << workload("DaemonSet", "apps/v1") << "DaemonSet/shop/api" << 0 << true;
        QTest::newRow("Job") << workload("Job", "batch/v1") << "Job/shop/api" << 1 << false;
        QTest::newRow("Rollout") << workload("Rollout", "argoproj.io/v1alpha1", "  replicas: 5\n") << "Rollout/shop/api" << 5 << true;
        QTest::newRow("other Rollout") << workload("Rollout", "example.com/v1") << "" << 0 << false;
        QTest::newRow("Knative") << workload("Service", "serving.knative.dev/v1") << "" << 0 << false;
        QTest::newRow("CronJob") << QByteArray("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: n}\nspec:\n  jobTemplate:\n"
                                               "    spec:\n      template:\n        metadata: {labels: {app: api, tier: web}}\n"
                                               "        spec: {containers: [{name: main}]}\n")
                                 << "CronJob/n" << 1 << false;
        QTest::newRow("Pod") << QByteArray("apiVersion: v1\nkind: Pod\nmetadata: {generateName: p-, labels: {app: api, tier: web}}\n"
                                           "spec: {containers: [{name: main}]}\n")
                             << "Pod/p-" << 1 << true;
    }
    void kinds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, title);
        const Partial<Manifests> manifests = read({text});
        QVERIFY(manifests.problems.empty());
        QCOMPARE(manifests.value.objects.size(), 1);
        QCOMPARE(manifests.value.workloads.size(), title.isEmpty() ? 0 : 1);
        if (title.isEmpty())
            return;
        const Workload &w = manifests.value.workloads[0];
        QCOMPARE(w.object.title(), title);
        QTEST(w.declaredReplicas(), "replicas");
        QTEST(w.isLongRunning(), "longRunning");
        QCOMPARE(w.podLabels(), labels(QStringLiteral("app=api tier=web")));
        QCOMPARE(w.containers.size(), 1);
        QCOMPARE(w.containers[0].name, QStringLiteral("main"));
        QCOMPARE(w.podSpec["containers"].size(), 1);
    }

    void containersByRole()
    {
        const Partial<Manifests> manifests = read({"apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  initContainers:\n"
                                                   "  - {name: migrate}\n  - {name: proxy, restartPolicy: Always}\n"
                                                   "  containers:\n  - {name: app}\n  - {name: istio-proxy}\n"});
        const Workload &w = manifests.value.workloads[0];
        QStringList names;
        for (const Container &c : w.containers)
            names.append(QStringLiteral("%1:%2").arg(c.name).arg(static_cast<int>(c.role)));
        QCOMPARE(names.join(u' '), QStringLiteral("app:0 istio-proxy:0 migrate:1 proxy:2"));
        QCOMPARE(w.appContainers().size(), 2);
    }

    void lists()
    {
        const QByteArray pod = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: m}]}}";
        const Partial<Manifests> manifests = read(
            {"apiVersion: v1\nkind: List\nitems:\n- " + pod + "\n- apiVersion: v1\n  kind: List\n  items: [" + pod + "]\n",
             "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: d}\n  spec: {template: {spec: {containers: [{name: m}]}}}\n",
             "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"}}]}"});
        QStringList titles;
        for (const KubeObject &o : manifests.value.objects)
            titles.append(o.apiVersion + u' ' + o.title() + u' ' + o.file);
        QCOMPARE(titles, QStringList({QStringLiteral("v1 Pod/a f0.yaml"), QStringLiteral("v1 Pod/a f0.yaml"),
                                      QStringLiteral("apps/v1 Deployment/d f1.yaml"), QStringLiteral("v1 Service/s f2.yaml")}));
        QCOMPARE(manifests.value.workloads.size(), 3);
        QCOMPARE(manifests.value.objects[1].node.span().line, 7);
    }

    void rolloutTakesItsPodsFromADeployment()
    {
        const QByteArray rollout = "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r, namespace: shop}\n"
                                   "spec:\n  replicas: 6\n  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: api}\n";
        const Partial<Manifests> both = read({rollout, workload("Deployment", "apps/v1")});
        QVERIFY(both.problems.empty());
        QCOMPARE(both.value.workloads.size(), 1);
        QCOMPARE(both.value.workloads[0].object.title(), QStringLiteral("Rollout/shop/r"));
        QCOMPARE(both.value.workloads[0].declaredReplicas(), 6);
        QCOMPARE(both.value.workloads[0].containers.size(), 1);

        const Partial<Manifests> alone = read({rollout});
        QVERIFY(alone.value.workloads.empty());
        QCOMPARE(alone.problems.size(), 1);
        QCOMPARE(alone.problems[0].span.line, 6);
    }

    void whatAWorkloadMadeIsNotJudgedTwice()
    {
        const auto owned = [](const QByteArray &kind, const QByteArray &apiVersion, const QByteArray &name, const QByteArray &owner,
                              const QByteArray &nameSpace = "shop") {
            return "---\napiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n  namespace: " + nameSpace
                + "\n  ownerReferences: [" + owner + "]\nspec:\n  containers: [{name: main}]\n  template: {spec: {containers: [{name: main}]}}\n";
        };
        const QByteArray deployment = workload("Deployment", "apps/v1");
        const QByteArray byDeployment = "{apiVersion: apps/v1, kind: Deployment, name: api, controller: true}";
        const auto count = [](const QByteArray &text) { return read({text}).value.workloads.size(); };
        QCOMPARE(count(deployment + owned("ReplicaSet", "apps/v1", "api-5d", byDeployment)), size_t(1));
        QCOMPARE(count(deployment + owned("ReplicaSet", "apps/v1", "api-5d", byDeployment)
                       + owned("Pod", "v1", "api-5d-x", "{apiVersion: apps/v1, kind: ReplicaSet, name: api-5d}")), size_t(1));
        // Its owner is not here, or another one: it is all there is.
        QCOMPARE(count(owned("ReplicaSet", "apps/v1", "api-5d", byDeployment)), size_t(1));
        QCOMPARE(count(deployment + owned("ReplicaSet", "apps/v1", "api-5d", byDeployment, "other")), size_t(2));
        QCOMPARE(count(deployment + owned("ReplicaSet", "apps/v1", "api-5d", "{apiVersion: example.com/v1, kind: Deployment, name: api}")), size_t(2));
        QCOMPARE(count(owned("ReplicaSet", "apps/v1", "self", "{apiVersion: apps/v1, kind: ReplicaSet, name: self}")), size_t(1));
    }

    void typedListsAndJson()
    {
        const auto m = read({"apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n  spec: {template: {spec: {containers: [{name: c}]}}}\n",
                             "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"items\":"
                             "[{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}]}]}"});
        QCOMPARE(m.value.workloads.size(), size_t(2));
        QCOMPARE(m.value.workloads[0].object.title(), QStringLiteral("Deployment/a"));
        QCOMPARE(m.value.workloads[1].object.title(), QStringLiteral("Pod/p"));
        QCOMPARE(m.value.workloads[1].object.apiVersion, QStringLiteral("v1"));
    }

    void patchIsNotJudged()
    {
        const Partial<Manifests> manifests = read({"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 3}\n"});
        QVERIFY(manifests.value.workloads.empty());
        QCOMPARE(manifests.problems.size(), 1);
        QVERIFY(manifests.problems[0].hint.en.contains(u"kustomize"));
        QCOMPARE(manifests.problems[0].span.line, 2);
    }

    void otherYamlIsPassedOver()
    {
        const QList<QByteArray> texts{"on: push\njobs: {}\n", "- a\n", "", "text", "kind: Deployment\n", "a: [\n",
                                      object("Service", "v1", "{}")};
        const Partial<Manifests> lenient = read(texts);
        QCOMPARE(lenient.value.objects.size(), 1);
        QCOMPARE(lenient.value.files.size(), 7);
        QVERIFY(lenient.problems.empty());
        const Partial<Manifests> strict = read(texts, true);
        QCOMPARE(strict.problems.size(), 5); // not the one that could not be read
        QCOMPARE(strict.problems[0].file, QStringLiteral("f0.yaml"));
        QVERIFY(strict.value.fileOf(QStringLiteral("f6.yaml")));
        QVERIFY(!strict.value.fileOf(QStringLiteral("f7.yaml")));
    }

    void autoscalers_data()
    {
        QTest::addColumn<QByteArray>("scaler");
        QTest::addColumn<bool>("found");
        const QByteArray hpa = "HorizontalPodAutoscaler", v2 = "autoscaling/v2";
        const QByteArray target = "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}}";
        QTest::newRow("hpa") << object(hpa, v2, target) << true;
        QTest::newRow("other version of the group") << object(hpa, "autoscaling/v1", QByteArray(target).replace("apps/v1", "apps/v1beta2")) << true;
        QTest::newRow("other group") << object(hpa, v2, QByteArray(target).replace("apps/v1", "extensions/v1beta1")) << false;
        QTest::newRow("other kind") << object(hpa, v2, QByteArray(target).replace("Deployment", "StatefulSet")) << false;
        QTest::newRow("other name") << object(hpa, v2, QByteArray(target).replace("api}", "web}")) << false;
        QTest::newRow("other namespace") << object(hpa, v2, target, "{name: x, namespace: other}") << false;
        QTest::newRow("no namespace") << object(hpa, v2, target, "{name: x}") << false;
        QTest::newRow("not an HPA") << object(hpa, "example.com/v1", target) << false;
        QTest::newRow("no apiVersion") << object(hpa, v2, "{scaleTargetRef: {kind: Deployment, name: api}}") << false;
        QTest::newRow("keda, defaults") << object("ScaledObject", "keda.sh/v1alpha1", "{scaleTargetRef: {name: api}}") << true;
        QTest::newRow("keda, other kind") << object("ScaledObject", "keda.sh/v1alpha1", "{scaleTargetRef: {name: api, kind: StatefulSet}}") << false;
    }
    void autoscalers()
    {
        QFETCH(QByteArray, scaler);
        const Partial<Manifests> manifests = read({workload("Deployment", "apps/v1"), scaler});
        QTEST(manifests.value.autoscalerOf(manifests.value.workloads[0]) != nullptr, "found");
        QCOMPARE(manifests.value.warnings.size(), scaler.contains("HorizontalPodAutoscaler")
                     && !scaler.contains("apiVersion: apps") && !scaler.contains("extensions") ? 1 : 0);
    }

    void ownAutoscalerComesBeforeKeda()
    {
        const Partial<Manifests> manifests = read(
            {object("ScaledObject", "keda.sh/v1alpha1", "{scaleTargetRef: {name: api}}"), workload("Deployment", "apps/v1"),
             object("HorizontalPodAutoscaler", "autoscaling/v2", "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}}")});
        QCOMPARE(manifests.value.autoscalerOf(manifests.value.workloads[0])->kind, QStringLiteral("HorizontalPodAutoscaler"));
    }

    void budgetsAndServices()
    {
        const QByteArray pdb = "PodDisruptionBudget", any = "{name: any, namespace: shop}";
        const Partial<Manifests> manifests = read(
            {workload("Deployment", "apps/v1"),
             object(pdb, "policy/v1", "{selector: {matchLabels: {app: api}}}", "{name: one, namespace: shop}"),
             object(pdb, "policy/v1", "{selector: {matchLabels: {app: api, tier: db}}}", "{name: no, namespace: shop}"),
             object(pdb, "policy/v1", "{selector: {}}", any),
             object(pdb, "policy/v1beta1", "{selector: {}}", "{name: old, namespace: shop}"),
             object(pdb, "policy/v1", "{minAvailable: 1}", "{name: none, namespace: shop}"),
             object(pdb, "policy/v1", "{selector: {}}", "{name: elsewhere}"),
             object("Service", "v1", "{selector: {app: api}}", "{name: svc, namespace: shop}"),
             object("Service", "v1", "{selector: {app: api, x: y}}", "{name: no, namespace: shop}"),
             object("Service", "v1", "{selector: {}}", "{name: empty, namespace: shop}"),
             object("Service", "v1", "{type: ExternalName, selector: {app: api}}", "{name: ext, namespace: shop}"),
             object("Service", "serving.knative.dev/v1", "{selector: {app: api}}", "{name: kn, namespace: shop}")});
        const Workload &w = manifests.value.workloads[0];
        QCOMPARE(titles(manifests.value.budgetsOf(w)), QStringLiteral("one any"));
        QCOMPARE(titles(manifests.value.servicesOf(w)), QStringLiteral("svc"));
        QCOMPARE(manifests.value.ofKind(QStringLiteral("Service")).size(), 5);
    }

    void noNamespaceIsDefault()
    {
        const Partial<Manifests> manifests = read(
            {workload("Deployment", "apps/v1").replace(", namespace: shop", ""),
             object("Service", "v1", "{selector: {app: api}}", "{name: a, namespace: default}"),
             object("Service", "v1", "{selector: {app: api}}", "{name: b}"),
             object("Service", "v1", "{selector: {app: api}}", "{name: c, namespace: shop}")});
        QCOMPARE(titles(manifests.value.servicesOf(manifests.value.workloads[0])), QStringLiteral("a b"));
    }
};

QTEST_APPLESS_MAIN(TestManifests)
#include "tst_manifests.moc"
