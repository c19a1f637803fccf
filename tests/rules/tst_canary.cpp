// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficcases.h"

#include <analysis/canary.h>

using namespace tenken;
using namespace tenken::test;

class TestCanary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rollouts_data();
    void rollouts();
    void routing_data();
    void routing();
    void flaggerCanaries_data();
    void flaggerCanaries();
    void weights_data();
    void weights();
    void shadowed_data();
    void shadowed();
    void alb_data();
    void alb();
    void nothing();
    void podsNearestTheWeight_data();
    void podsNearestTheWeight();
    void stepsOfAPlan();
};

namespace {

std::vector<Finding> judged(const QByteArray &manifests, const QByteArray &service = {})
{
    return judge(evidenceFrom(manifests, service), QStringLiteral("canary"));
}

/// A Rollout; `canary` is flow YAML.
QByteArray rollout(const QByteArray &strategy, int replicas = 10)
{
    return "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: id-auth, namespace: shop}\nspec:\n  replicas: " + QByteArray::number(replicas)
        + "\n  strategy: {" + strategy + "}\n  selector: {matchLabels: {app: id-auth}}\n  template:\n    metadata: {labels: {app: id-auth}}\n"
          "    spec: {containers: [{name: app, image: 'a:1'}]}\n";
}

QByteArray workload(const char *name, const char *labels)
{
    return QByteArray("---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ") + name + ", namespace: shop}\nspec:\n  selector: {matchLabels: {" + labels
        + "}}\n  template:\n    metadata: {labels: {" + labels + "}}\n    spec: {containers: [{name: app, image: 'a:1'}]}\n";
}

QByteArray kubeService(const char *name, const char *selector)
{
    return QByteArray("---\napiVersion: v1\nkind: Service\nmetadata: {name: ") + name + ", namespace: shop}\nspec: {selector: {" + selector + "}}\n";
}

/// Old and new version of one service: two Deployments behind one Service.
QByteArray twoVersions()
{
    return workload("old", "app: web, version: v1") + workload("new", "app: web, version: v2") + kubeService("web", "app: web");
}

QByteArray split(const char *destinations)
{
    return QByteArray("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web, namespace: shop}\nspec:\n  hosts: [web]\n  http:\n    - route: [")
        + destinations + "]\n";
}

QByteArray subsets(const char *a = "version: v1", const char *b = "version: v2")
{
    return destinationRule("web", QByteArray("  subsets: [{name: old, labels: {") + a + "}}, {name: new, labels: {" + b + "}}]\n");
}

QByteArray twoSubsets(const char *old, const char *fresh)
{
    return split(QByteArray(QByteArray("{destination: {host: web, subset: old}") + old + "}, {destination: {host: web, subset: new}" + fresh + "}").constData());
}

} // namespace

void TestCanary::rollouts_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &yaml, const char *verdict) { QTest::newRow(name) << yaml << QString::fromLatin1(verdict); };
    row("steps, by pods", rollout("canary: {steps: [{setWeight: 20}, {pause: {duration: 10m}}, {setWeight: 50}]}"), "pass");
    row("3 pods cannot make 10 %", rollout("canary: {steps: [{setWeight: 10}, {pause: {}}]}", 3), "warn"); // 1 of 4 is 25 %
    row("no steps", rollout("canary: {}"), "fail");
    row("straight to 100", rollout("canary: {steps: [{setWeight: 100}]}"), "fail");
    row("0 and 100", rollout("canary: {steps: [{setWeight: 0}, {pause: {}}, {setWeight: 100}]}"), "fail");
    row("an experiment", rollout("canary: {steps: [{experiment: {duration: 5m, templates: []}}]}"), "pass");
    row("blueGreen moves all at once", rollout("blueGreen: {activeService: a, previewService: b}"), "warn");
    row("a variable", rollout("canary: {steps: [{setWeight: $WEIGHT}]}"), "unknown");
    row("a pause that is no time", rollout("canary: {steps: [{setWeight: 10}, {pause: {duration: soon}}]}"), "unknown");
    row("neither strategy", rollout("{}").replace("{{}}", "{}"), "fail");
}

void TestCanary::rollouts()
{
    QFETCH(QByteArray, yaml);
    const auto findings = judged(yaml);
    QTEST(verdictsAbout(findings, QStringLiteral("part of the requests")), "verdict");
    checkWords(findings);
}

void TestCanary::routing_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &yaml, const char *verdict) { QTest::newRow(name) << yaml << QString::fromLatin1(verdict); };
    const QByteArray services = kubeService("c", "app: id-auth") + kubeService("s", "app: id-auth");
    const QByteArray steps = "steps: [{setWeight: 5}]";
    const QByteArray vs = "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v, namespace: shop}\nspec: {hosts: [c], http: [{route: [{destination: {host: s}, weight: 100}, {destination: {host: c}, weight: 0}]}]}\n";
    const QByteArray istio = "trafficRouting: {istio: {virtualService: {name: v}}}";
    row("all there, and 5 % of 3 pods", rollout("canary: {canaryService: c, stableService: s, " + istio + ", " + steps + "}", 3) + services + vs, "pass");
    row("VirtualService not among the files", rollout("canary: {canaryService: c, stableService: s, " + istio + ", " + steps + "}") + services, "unknown");
    row("Services not among the files", rollout("canary: {canaryService: c, stableService: s, " + istio + ", " + steps + "}") + vs, "unknown");
    row("no canaryService", rollout("canary: {stableService: s, " + istio + ", " + steps + "}") + services + vs, "fail");
    row("one Service for both", rollout("canary: {canaryService: s, stableService: s, " + istio + ", " + steps + "}") + services + vs, "fail");
    const QByteArray bySubset = "trafficRouting: {istio: {virtualService: {name: v}, destinationRule: {name: c, canarySubsetName: new, stableSubsetName: old}}}";
    row("subsets", rollout("canary: {" + bySubset + ", " + steps + "}") + vs + destinationRule("c", "  subsets: [{name: old}, {name: new}]\n"), "pass");
    row("a subset that is not there", rollout("canary: {" + bySubset + ", " + steps + "}") + vs + destinationRule("c", "  subsets: [{name: old}]\n"), "fail");
    row("DestinationRule not among the files", rollout("canary: {" + bySubset + ", " + steps + "}") + vs, "unknown");
}

void TestCanary::routing()
{
    QFETCH(QByteArray, yaml);
    const Evidence e = evidenceFrom(yaml);
    QTEST(verdictOf(e, QStringLiteral("canary")), "verdict");
    checkWords(judge(e, QStringLiteral("canary")));
}

void TestCanary::flaggerCanaries_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *spec, const char *verdict) { QTest::newRow(name) << QByteArray(spec) << QString::fromLatin1(verdict); };
    row("steps", "analysis: {interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10}", "pass");
    row("a list of weights", "analysis: {interval: 1m, stepWeights: [1, 5, 50]}", "pass");
    row("A/B by a header", "analysis: {interval: 1m, iterations: 10, match: [{headers: {x: {exact: y}}}]}", "pass");
    row("blue/green", "analysis: {interval: 1m, iterations: 10}", "warn");
    row("mirror only", "analysis: {interval: 1m, mirror: true}", "warn");
    row("nothing", "analysis: {interval: 1m}", "fail");
    row("skipped", "skipAnalysis: true, analysis: {interval: 1m, maxWeight: 50, stepWeight: 10}", "fail");
    row("no interval", "analysis: {stepWeight: 10}", "pass");
    row("a variable", "analysis: {interval: 1m, stepWeight: $STEP}", "unknown");
}

void TestCanary::flaggerCanaries()
{
    QFETCH(QByteArray, spec);
    const auto yaml = [&](const char *target) {
        return deployment({}) + "---\napiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: id-auth, namespace: shop}\nspec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: "
            + target + "}, " + spec + "}\n";
    };
    QTEST(verdictOf(evidenceFrom(yaml("id-auth")), QStringLiteral("canary")), "verdict");
    checkWords(judged(yaml("id-auth")));
    QCOMPARE(verdictsAbout(judged(yaml("other")), QStringLiteral("targetRef")), QStringLiteral("unknown"));
}

void TestCanary::weights_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &yaml, const char *verdict) { QTest::newRow(name) << yaml << QString::fromLatin1(verdict); };
    row("90 and 10", twoVersions() + subsets() + twoSubsets(", weight: 90", ", weight: 10"), "pass");
    row("weights that do not sum to 100", twoVersions() + subsets() + twoSubsets(", weight: 49", ", weight: 50"), "pass");
    row("over 100", twoVersions() + subsets() + twoSubsets(", weight: 1000", ", weight: 50"), "pass");
    row("at rest", twoVersions() + subsets() + twoSubsets(", weight: 100", ""), "pass");
    row("all 0", twoVersions() + subsets() + twoSubsets(", weight: 0", ", weight: 0"), "fail");
    row("none written", twoVersions() + subsets() + twoSubsets("", ""), "fail");
    row("negative", twoVersions() + subsets() + twoSubsets(", weight: -1", ", weight: 50"), "fail");
    row("a variable", twoVersions() + subsets() + twoSubsets(", weight: $A", ", weight: 50"), "unknown");
    row("subsets with the same labels", twoVersions() + subsets("version: v1", "version: v1") + twoSubsets(", weight: 90", ", weight: 10"), "fail");
    row("subsets that select the same pods", workload("only", "app: web, version: v1, track: canary") + kubeService("web", "app: web")
            + subsets("version: v1", "track: canary") + twoSubsets(", weight: 90", ", weight: 10"), "fail");
    row("a subset that does not exist", twoVersions() + destinationRule("web", "  subsets: [{name: old, labels: {version: v1}}]\n") + twoSubsets(", weight: 90", ", weight: 10"), "fail");
    row("no DestinationRule among the files", twoVersions() + twoSubsets(", weight: 90", ", weight: 10"), "unknown");
    row("the canary's pods are elsewhere", workload("old", "app: web, version: v1") + kubeService("web", "app: web") + subsets() + twoSubsets(", weight: 90", ", weight: 10"), "unknown");
    row("no canary pods at rest", workload("old", "app: web, version: v1") + kubeService("web", "app: web") + subsets() + twoSubsets(", weight: 100", ", weight: 0"), "warn");
    row("two Services", workload("old", "app: web, version: v1") + workload("new", "app: web, version: v2") + kubeService("web", "version: v1") + kubeService("web-next", "version: v2")
            + split("{destination: {host: web}, weight: 95}, {destination: {host: web-next}, weight: 5}"), "pass");
    row("two Services with one selector", twoVersions() + kubeService("web-next", "app: web") + split("{destination: {host: web}, weight: 95}, {destination: {host: web-next}, weight: 5}"), "fail");
    row("one destination, whatever its weight", twoVersions() + subsets() + split("{destination: {host: web, subset: old}, weight: 10}"), "fail");
    row("neither destination nor redirect", twoVersions() + "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web, namespace: shop}\nspec: {hosts: [web], http: [{}]}\n", "fail");
    row("mirror of 101 %", twoVersions() + subsets() + twoSubsets(", weight: 9", ", weight: 1") + "      mirrorPercentage: {value: 101}\n", "fail");
}

void TestCanary::weights()
{
    QFETCH(QByteArray, yaml);
    const Evidence e = evidenceFrom(yaml);
    QTEST(verdictOf(e, QStringLiteral("canary")), "verdict");
    checkWords(judge(e, QStringLiteral("canary")));
}

// The first match wins: a split behind a route that takes everything is never used.
void TestCanary::shadowed_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("match");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &before, const char *match, const char *verdict) {
        QTest::newRow(name) << before << QByteArray(match) << QString::fromLatin1(verdict);
    };
    const auto old = [](const char *match) {
        return QByteArray("    - {") + match + "route: [{destination: {host: web, subset: old}}]}\n";
    };
    row("nothing before it", {}, "", "pass");
    row("a route without a match", old(""), "", "fail");
    row("prefix /", old("match: [{uri: {prefix: /}}], "), "", "fail");
    row("any path by a regex", old("match: [{uri: {regex: '.*'}}], "), "", "fail");
    row("one of two matches takes all", old("match: [{headers: {x: {exact: y}}}, {uri: {prefix: /}}], "), "", "fail");
    row("a redirect of everything", "    - redirect: {uri: /new}\n", "", "fail");
    row("an answer to everything", "    - directResponse: {status: 503}\n", "", "fail");
    row("a path of its own", old("match: [{uri: {prefix: /old}}], "), "", "pass");
    row("a header", old("match: [{uri: {prefix: /}, headers: {x: {exact: y}}}], "), "", "pass");
    row("a method", old("match: [{method: {exact: POST}}], "), "", "pass");
    row("some clients only", old("match: [{sourceLabels: {app: batch}}], "), "", "pass");
    row("one namespace only", old("match: [{sourceNamespace: other}], "), "", "pass");
    row("a wider path", old("match: [{uri: {prefix: /api}}], "), "match: [{uri: {prefix: /api/v2}}], ", "fail");
    row("a narrower path", old("match: [{uri: {prefix: /api/v2}}], "), "match: [{uri: {prefix: /api}}], ", "pass");
    row("a path in any case", old("match: [{uri: {prefix: /API}, ignoreUriCase: true}], "), "match: [{uri: {exact: /api/v2}}], ", "fail");
    row("the same in one case only", old("match: [{uri: {prefix: /api}}], "), "match: [{uri: {prefix: /api}, ignoreUriCase: true}], ", "pass");
    row("the same match again", old("match: [{headers: {x: {exact: y}}}], "), "match: [{headers: {x: {exact: y}}, uri: {prefix: /api}}], ", "fail");
    row("another value", old("match: [{headers: {x: {exact: y}}}], "), "match: [{headers: {x: {exact: z}}}], ", "pass");
    row("one of its matches is left", old("match: [{uri: {prefix: /api}}], "), "match: [{uri: {prefix: /api}}, {uri: {prefix: /web}}], ", "pass");
    row("a match of gateways", old("match: [{gateways: [edge]}], "), "", "pass");
    row("a delegate that is not among the files", "    - delegate: {name: d}\n", "", "pass");
}

void TestCanary::shadowed()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, match);
    const QByteArray split = "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web, namespace: shop}\nspec:\n  hosts: [web]\n  http:\n" + before
        + "    - {" + match + "route: [{destination: {host: web, subset: old}, weight: 90}, {destination: {host: web, subset: new}, weight: 10}]}\n";
    const auto findings = judged(twoVersions() + subsets() + split);
    QTEST(verdictsOf(findings), "verdict");
    checkWords(findings);
}

void TestCanary::alb_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("backend");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *json, const char *backend, const char *verdict) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(backend) << QString::fromLatin1(verdict);
    };
    const char *both = R"({"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"web","servicePort":"80","weight":90},{"serviceName":"web-next","servicePort":80,"weight":10}]}})";
    const char *use = "service: {name: web, port: {name: use-annotation}}";
    row("two weights", both, use, "pass");
    row("no path uses it", both, "service: {name: web, port: {number: 80}}", "fail");
    row("the older form", both, "serviceName: web, servicePort: use-annotation", "pass");
    row("not JSON", "{\"type\": [", use, "fail");
    row("all 0", R"({"forwardConfig":{"targetGroups":[{"serviceName":"web","weight":0},{"serviceName":"web-next","weight":0}]}})", use, "fail");
    row("one Service twice", R"({"forwardConfig":{"targetGroups":[{"serviceName":"web","weight":1},{"serviceName":"web","weight":1}]}})", use, "fail");
    row("a Service that is not among the files", R"({"forwardConfig":{"targetGroups":[{"serviceName":"web","weight":1},{"serviceName":"other","weight":1}]}})", use, "unknown");
}

void TestCanary::alb()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, backend);
    const QByteArray yaml = workload("old", "version: v1") + workload("new", "version: v2") + kubeService("web", "version: v1") + kubeService("web-next", "version: v2")
        + "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n    alb.ingress.kubernetes.io/actions.web: '" + json
        + "'\nspec: {rules: [{http: {paths: [{path: /, backend: {" + backend + "}}]}}]}\n";
    QTEST(verdictOf(evidenceFrom(yaml), QStringLiteral("canary")), "verdict");
    checkWords(judged(yaml));
}

void TestCanary::nothing()
{
    QCOMPARE(verdictOf(evidenceFrom({}), QStringLiteral("canary")), QStringLiteral("unknown"));
    QCOMPARE(verdictOf(evidenceFrom(idAuth()), QStringLiteral("canary")), QStringLiteral("unknown"));
    // A mesh does not make a canary, and its absence does not take the question away.
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml({}, "platform: {mesh: none}\n")), QStringLiteral("canary")), QStringLiteral("unknown"));
}

// Expected values follow approximateWeightedCanaryStableReplicaCounts.
void TestCanary::podsNearestTheWeight_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<int>("weight");
    QTest::addColumn<int>("maxSurge");
    QTest::addColumn<int>("canary");
    QTest::addColumn<int>("total");
    const auto row = [](int replicas, int weight, int surge, int canary, int total) {
        QTest::addRow("%d pods, %d %%, surge %d", replicas, weight, surge) << replicas << weight << surge << canary << total;
    };
    row(10, 10, 1, 1, 10);
    row(10, 15, 0, 2, 10);
    row(5, 10, 1, 1, 6);
    row(5, 10, 0, 1, 5);
    row(1, 10, 1, 1, 2);
    row(1, 10, 0, 0, 1);
    row(2, 99, 0, 1, 2);
    row(10, 0, 1, 0, 10);
    row(10, 100, 1, 10, 10);
    row(0, 50, 1, 0, 0);
}

void TestCanary::podsNearestTheWeight()
{
    QFETCH(int, replicas);
    QFETCH(int, weight);
    QFETCH(int, maxSurge);
    const CanaryPods pods = canaryPods(replicas, weight, maxSurge);
    QTEST(pods.canary, "canary");
    QTEST(pods.total, "total");
}

void TestCanary::stepsOfAPlan()
{
    const Finding f = judged(rollout("canary: {analysis: {templates: [{templateName: t}], startingStep: 1}, steps: [{setWeight: 10}, {pause: {duration: 90}}, "
                                     "{analysis: {templates: [{templateName: u}]}}, {setWeight: 50}, {pause: {duration: 1h}}, {pause: {}}]}")).front();
    const CanaryPlan &plan = std::get<CanaryPlan>(*f.picture);
    QCOMPARE(plan.steps.size(), 7u);
    QCOMPARE(plan.background, 1);
    QCOMPARE(*plan.steps[1].seconds, 90.0);
    QCOMPARE(*plan.steps[4].seconds, 3600.0);
    QVERIFY(plan.steps[2].analysis && plan.steps[2].label == u"u");
    QVERIFY(plan.steps[5].person && plan.waitsForPerson() && !plan.seconds());
    QCOMPARE(plan.steps[3].weight, 50.0);
    QCOMPARE(plan.steps.back().weight, 100.0);
}

QTEST_APPLESS_MAIN(TestCanary)
#include "tst_canary.moc"
