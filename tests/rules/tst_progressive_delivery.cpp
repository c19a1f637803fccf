// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficcases.h"

#include <analysis/analysistemplates.h>

using namespace tenken;
using namespace tenken::test;

class TestProgressiveDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metrics_data();
    void metrics();
    void names_data();
    void names();
    void limitsFromArguments();
    void emptyTemplates();
    void halted();
    void idleAnalyses_data();
    void idleAnalyses();
    void persons_data();
    void persons();
    void flagger_data();
    void flagger();
    void staticCanaries();
    void templatesMayBeAnywhere();
    void wholeWords();
};

namespace {

QByteArray rollout(const QByteArray &canary)
{
    return "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: id-auth, namespace: shop, labels: {team: id}}\nspec:\n  replicas: 10\n  strategy: {canary: {" + canary
        + "}}\n  selector: {matchLabels: {app: id-auth}}\n  template:\n    metadata: {labels: {app: id-auth}}\n    spec: {containers: [{name: app, image: 'a:1'}]}\n";
}

QByteArray analysisTemplate(const QByteArray &metric, const QByteArray &rest = {}, const char *head = "kind: AnalysisTemplate\nmetadata: {name: t, namespace: shop}")
{
    return QByteArray("---\napiVersion: argoproj.io/v1alpha1\n") + head + "\nspec:\n  metrics: [{name: errors, " + metric + "}]\n" + rest;
}

const QByteArray steps = "steps: [{setWeight: 10}, {analysis: {templates: [{templateName: t}]}}, {setWeight: 50}]";
const QByteArray good = "interval: 1m, count: 5, successCondition: 'result < 0.01', failureLimit: 1, provider: {datadog: {query: 'sum:errors{service:id-auth}'}}";

std::vector<Finding> judged(const QByteArray &manifests, const QByteArray &service = {})
{
    return judge(evidenceFrom(manifests, service), QStringLiteral("progressive-delivery"));
}

QString verdict(const QByteArray &manifests, const QByteArray &service = {})
{
    return verdictOf(evidenceFrom(manifests, service), QStringLiteral("progressive-delivery"));
}

} // namespace

void TestProgressiveDelivery::metrics_data()
{
    QTest::addColumn<QByteArray>("metric");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &metric, const char *expected) { QTest::newRow(name) << metric << QString::fromLatin1(expected); };
    const QByteArray datadog = "provider: {datadog: {query: 'sum:errors{service:id-auth}'}}";
    row("condition, limit, own query", good, "pass");
    row("failureLimit is 0 by default", "failureCondition: 'result > 1', " + datadog, "pass");
    row("failureLimit -1 is off", "failureCondition: 'result > 1', failureLimit: -1, " + datadog, "warn");
    row("no condition: always Successful", datadog, "warn");
    row("a job fails by itself", "provider: {job: {spec: {template: {spec: {containers: [{name: smoke, args: [id-auth]}]}}}}}", "pass");
    row("interval without count never ends", "interval: 1m, successCondition: 'result < 1', " + datadog, "fail");
    row("interval with count", "interval: 1m, count: 5, successCondition: 'result < 1', " + datadog, "pass");
    row("as many failures allowed as measurements", "interval: 1m, count: 5, failureLimit: 5, successCondition: 'result < 1', " + datadog, "warn");
    row("more failures allowed than measurements", "interval: 1m, count: 5, failureLimit: 10, failureCondition: 'result > 1', " + datadog, "warn");
    row("one failure fewer", "interval: 1m, count: 5, failureLimit: 4, successCondition: 'result < 1', " + datadog, "pass");
    row("one measurement, one failure allowed", "failureLimit: 1, successCondition: 'result < 1', " + datadog, "warn");
    row("a job that may fail", "failureLimit: 1, provider: {job: {spec: {template: {spec: {containers: [{name: smoke, args: [id-auth]}]}}}}}", "warn");
    row("count 0 is none", "interval: 1m, count: 0, successCondition: 'result < 1', " + datadog, "fail");
    row("always a success", "successCondition: 'true', " + datadog, "warn");
    row("never a failure", "failureCondition: 'false', " + datadog, "warn");
    row("another way to say it", "successCondition: '1 == 1', " + datadog, "warn");
    row("never a failure, at most inconclusive", "failureCondition: 'false', successCondition: 'result < 1', " + datadog, "warn");
    row("a failure decides, whatever the success", "failureCondition: 'result > 1', successCondition: 'true', " + datadog, "pass");
    row("a result inside a function", "successCondition: 'default(result[0], 0) < 1', " + datadog, "pass");
    row("a limit that is a variable", "interval: 1m, count: 5, failureLimit: '${LIMIT}', successCondition: 'result < 1', " + datadog, "unknown");
    row("a condition that is an argument nobody gives", "successCondition: '{{args.condition}}', " + datadog, "unknown");
    row("another service's query", "successCondition: 'result < 1', provider: {datadog: {query: 'sum:errors{service:cart}'}}", "warn");
    row("queries and formula", "successCondition: 'result < 1', provider: {datadog: {apiVersion: v2, queries: {a: 'sum:errors{service:id-auth}'}, formula: a}}", "pass");
    row("an argument nobody gives", "successCondition: 'result < 1', provider: {prometheus: {query: 'errors{service=\"{{args.name}}\"}'}}", "unknown");
}

void TestProgressiveDelivery::metrics()
{
    QFETCH(QByteArray, metric);
    const QByteArray yaml = rollout(steps) + analysisTemplate(metric);
    QTEST(verdict(yaml), "expected");
    checkWords(judged(yaml));
}

// How an argument of the query gets its value.
void TestProgressiveDelivery::names_data()
{
    QTest::addColumn<QByteArray>("args");
    QTest::addColumn<QByteArray>("defaults");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *args, const char *defaults, const char *expected) {
        QTest::newRow(name) << QByteArray(args) << QByteArray(defaults) << QString::fromLatin1(expected);
    };
    row("a value", "args: [{name: s, value: id-auth}]", "", "pass");
    row("another service", "args: [{name: s, value: cart}]", "", "warn");
    row("an alias", "args: [{name: s, value: id-auth-api}]", "", "pass");
    row("the template's default", "args: []", "  args: [{name: s, value: id-auth}]\n", "pass");
    row("the use goes before the default", "args: [{name: s, value: cart}]", "  args: [{name: s, value: id-auth}]\n", "warn");
    row("the release's own pods", "args: [{name: s, valueFrom: {podTemplateHashValue: Latest}}]", "", "pass");
    row("the Rollout's name", "args: [{name: s, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]", "", "pass");
    row("a label", "args: [{name: s, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['team']\"}}}]", "", "warn");
    row("a secret", "args: [{name: s, valueFrom: {secretKeyRef: {name: a, key: b}}}]", "", "unknown");
}

void TestProgressiveDelivery::names()
{
    QFETCH(QByteArray, args);
    QFETCH(QByteArray, defaults);
    const QByteArray yaml = rollout("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: t}], " + args + "}}]")
        + analysisTemplate("successCondition: 'result < 1', provider: {prometheus: {query: 'errors{s=\"{{ args.s }}\"}'}}", defaults);
    QTEST(verdict(yaml, "format: tenken.service/1\nid: id-auth\naliases: [id-auth-api]\n"), "expected");
}

void TestProgressiveDelivery::limitsFromArguments()
{
    const auto with = [](const char *limit) {
        return rollout(QByteArray("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: t}], args: [{name: limit, value: '") + limit + "'}]}}]")
            + analysisTemplate("interval: 1m, count: 3, failureLimit: '{{args.limit}}', successCondition: 'result < 1', provider: {datadog: {query: 'sum:errors{service:id-auth}'}}");
    };
    QCOMPARE(verdict(with("2")), QStringLiteral("pass"));
    QCOMPARE(verdict(with("3")), QStringLiteral("warn"));
    QCOMPARE(verdict(with("-1")), QStringLiteral("warn"));
}

void TestProgressiveDelivery::emptyTemplates()
{
    const QByteArray none = "---\napiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: t, namespace: shop}\nspec: {metrics: []}\n";
    QCOMPARE(verdict(rollout(steps) + none), QStringLiteral("warn"));
    checkWords(judged(rollout(steps) + none));
}

void TestProgressiveDelivery::halted()
{
    QByteArray yaml = rollout(steps) + analysisTemplate(good);
    QCOMPARE(verdict(yaml), QStringLiteral("pass"));
    yaml.replace("  replicas: 10\n", "  replicas: 10\n  paused: true\n");
    QCOMPARE(verdict(yaml), QStringLiteral("warn"));
    QCOMPARE(verdictOf(evidenceFrom(yaml), QStringLiteral("canary")), QStringLiteral("warn"));
    checkWords(judged(yaml));
    yaml.replace("paused: true", "paused: false");
    QCOMPARE(verdict(yaml), QStringLiteral("pass"));
}

// An analysis that sees nothing of the new version decides nothing, unless another one does.
void TestProgressiveDelivery::idleAnalyses_data()
{
    QTest::addColumn<QByteArray>("canary");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *canary, const char *expected) { QTest::newRow(name) << QByteArray(canary) << QString::fromLatin1(expected); };
    row("before the first weight", "steps: [{analysis: {templates: [{templateName: t}]}}, {setWeight: 10}, {setWeight: 50}]", "warn");
    row("at weight 0", "steps: [{setWeight: 0}, {analysis: {templates: [{templateName: t}]}}, {setWeight: 50}]", "warn");
    row("before and after", "steps: [{analysis: {templates: [{templateName: t}]}}, {setWeight: 10}, {analysis: {templates: [{templateName: t}]}}]", "pass");
    row("of pods that run without requests", "steps: [{setCanaryScale: {replicas: 1}}, {analysis: {templates: [{templateName: t}]}}, {setWeight: 10}]", "pass");
    row("of requests by a header", "steps: [{setHeaderRoute: {name: h, match: [{headerName: x, headerValue: {exact: y}}]}}, {analysis: {templates: [{templateName: t}]}}]", "pass");
    row("starts after the last step", "analysis: {startingStep: 99, templates: [{templateName: t}]}, steps: [{setWeight: 10}, {pause: {duration: 10m}}]", "warn");
    row("starts with the number of steps", "analysis: {startingStep: 2, templates: [{templateName: t}]}, steps: [{setWeight: 10}, {pause: {duration: 10m}}]", "warn");
    row("starts with the last step", "analysis: {startingStep: 1, templates: [{templateName: t}]}, steps: [{setWeight: 10}, {pause: {duration: 10m}}]", "pass");
}

void TestProgressiveDelivery::idleAnalyses()
{
    QFETCH(QByteArray, canary);
    const QByteArray yaml = rollout(canary) + analysisTemplate(good);
    QTEST(verdict(yaml), "expected");
    checkWords(judged(yaml));
}

void TestProgressiveDelivery::persons_data()
{
    QTest::addColumn<QByteArray>("canary");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a pause without end") << QByteArray("steps: [{setWeight: 10}, {pause: {}}, {analysis: {templates: [{templateName: t}]}}]") << QStringLiteral("warn");
    QTest::newRow("a pause of ten minutes") << QByteArray("steps: [{setWeight: 10}, {pause: {duration: 10m}}, {analysis: {templates: [{templateName: t}]}}]") << QStringLiteral("pass");
    QTest::newRow("in the background") << QByteArray("analysis: {templates: [{templateName: t}]}, steps: [{setWeight: 10}, {pause: {duration: 10m}}]") << QStringLiteral("pass");
    QTest::newRow("an experiment's") << QByteArray("steps: [{setWeight: 10}, {experiment: {duration: 5m, analyses: [{name: a, templateName: t}]}}]") << QStringLiteral("pass");
    QTest::newRow("a dry run") << QByteArray("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: t}], dryRun: [{metricName: 'err.*'}]}}]") << QStringLiteral("warn");
    QTest::newRow("a template that is not there") << QByteArray("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: other}]}}]") << QStringLiteral("unknown");
    QTest::newRow("a cluster's template of that name") << QByteArray("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: t, clusterScope: true}]}}]") << QStringLiteral("unknown");
    QTest::newRow("no analysis: static") << QByteArray("steps: [{setWeight: 10}, {pause: {duration: 10m}}]") << QStringLiteral("warn");
}

void TestProgressiveDelivery::persons()
{
    QFETCH(QByteArray, canary);
    const QByteArray yaml = rollout(canary) + analysisTemplate(good);
    QTEST(verdict(yaml), "expected");
    checkWords(judged(yaml));
}

void TestProgressiveDelivery::flagger_data()
{
    QTest::addColumn<QByteArray>("analysis");
    QTest::addColumn<QByteArray>("templates");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *analysis, const QByteArray &templates, const char *expected) {
        QTest::newRow(name) << QByteArray(analysis) << templates << QString::fromLatin1(expected);
    };
    const auto metricTemplate = [](const char *query, const char *nameSpace = "shop") {
        return QByteArray("---\napiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: {name: m, namespace: ") + nameSpace + "}\nspec: {provider: {type: datadog}, query: '" + query + "'}\n";
    };
    row("a built-in metric", "metrics: [{name: request-success-rate, thresholdRange: {min: 99}, interval: 1m}]", {}, "pass");
    row("no range", "metrics: [{name: request-success-rate, interval: 1m}]", {}, "warn");
    row("no metrics: static", "metrics: []", {}, "warn");
    row("no such built-in metric", "metrics: [{name: foo, thresholdRange: {min: 99}}]", {}, "warn");
    row("an inline query of that name", "metrics: [{name: foo, query: 'sum(e{service=\"id-auth\"})', thresholdRange: {max: 1}}]", {}, "pass");
    row("a success rate of 0 and more", "metrics: [{name: request-success-rate, thresholdRange: {min: 0}}]", {}, "warn");
    row("a success rate up to 100", "metrics: [{name: request-success-rate, thresholdRange: {max: 100}}]", {}, "warn");
    row("a success rate by the old field", "metrics: [{name: request-success-rate, threshold: 99}]", {}, "pass");
    row("a duration of 1 ms and more", "metrics: [{name: request-duration, thresholdRange: {min: 1}}]", {}, "warn");
    row("a duration of up to days", "metrics: [{name: request-duration, thresholdRange: {max: 1000000000}}]", {}, "warn");
    row("a duration", "metrics: [{name: request-duration, thresholdRange: {max: 500}}]", {}, "pass");
    row("a range without a number", "metrics: [{name: request-success-rate, thresholdRange: {min: null}}]", {}, "warn");
    row("a range that is a variable", "metrics: [{name: request-success-rate, thresholdRange: {min: '${MIN}'}}]", {}, "unknown");
    row("a template about the target", "metrics: [{name: e, templateRef: {name: m}, thresholdRange: {max: 1}}]", metricTemplate("sum:e{service:{{ target }}}"), "pass");
    row("a template about this service", "metrics: [{name: e, templateRef: {name: m}, thresholdRange: {max: 1}}]", metricTemplate("sum:e{service:id-auth}"), "pass");
    row("a template about another", "metrics: [{name: e, templateRef: {name: m}, thresholdRange: {max: 1}}]", metricTemplate("sum:e{service:cart}"), "warn");
    row("variables", "metrics: [{name: e, templateRef: {name: m}, templateVariables: {s: id-auth}, thresholdRange: {max: 1}}]", metricTemplate("sum:e{service:{{ variables.s }}}"), "pass");
    row("another namespace's", "metrics: [{name: e, templateRef: {name: m, namespace: infra}, thresholdRange: {max: 1}}]", metricTemplate("sum:e{service:id-auth}", "infra"), "pass");
    row("not among the files", "metrics: [{name: e, templateRef: {name: m}, thresholdRange: {max: 1}}]", {}, "unknown");
}

void TestProgressiveDelivery::flagger()
{
    QFETCH(QByteArray, analysis);
    QFETCH(QByteArray, templates);
    const QByteArray yaml = deployment({}) + "---\napiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: id-auth, namespace: shop}\n"
                                             "spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}, analysis: {interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10, "
        + analysis + "}}\n" + templates;
    QTEST(verdict(yaml), "expected");
    checkWords(judged(yaml));
    QByteArray skipped = yaml;
    skipped.replace("spec: {targetRef", "spec: {skipAnalysis: true, targetRef");
    QCOMPARE(verdict(skipped), QStringLiteral("warn"));
    QByteArray suspended = yaml;
    suspended.replace("spec: {targetRef", "spec: {suspend: true, targetRef");
    QVERIFY(verdict(suspended) != QLatin1String("pass"));
    if (QTest::currentDataTag() == QByteArray("a built-in metric"))
        QCOMPARE(verdictOf(evidenceFrom(suspended), QStringLiteral("canary")), QStringLiteral("warn"));
}

void TestProgressiveDelivery::staticCanaries()
{
    const QByteArray split = "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: id-auth, namespace: shop}\nspec: {hosts: [id-auth], http: [{route: "
                             "[{destination: {host: id-auth, subset: a}, weight: 1}, {destination: {host: id-auth, subset: b}, weight: 1}]}]}\n";
    const auto findings = judged(idAuth() + split);
    QCOMPARE(verdictsOf(findings), QStringLiteral("warn"));
    QVERIFY(findings.front().reason.en.contains(QLatin1String("static canary")));
    QCOMPARE(verdict(idAuth()), QStringLiteral("unknown"));
    QCOMPARE(verdict({}), QStringLiteral("unknown"));
}

void TestProgressiveDelivery::templatesMayBeAnywhere()
{
    const QByteArray cluster = rollout("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: t, clusterScope: true}]}}]")
        + analysisTemplate(good, {}, "kind: ClusterAnalysisTemplate\nmetadata: {name: t}");
    QCOMPARE(verdict(cluster), QStringLiteral("pass"));
    // One made of others, and one that is made of itself.
    const QByteArray outer = "---\napiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: o, namespace: shop}\nspec: {templates: [{templateName: ";
    const QByteArray use = rollout("steps: [{setWeight: 10}, {analysis: {templates: [{templateName: o}]}}]");
    QCOMPARE(verdict(use + outer + "t}]}\n" + analysisTemplate(good)), QStringLiteral("pass"));
    QCOMPARE(verdict(use + outer + "o}]}\n"), QStringLiteral("unknown"));
}

void TestProgressiveDelivery::wholeWords()
{
    QVERIFY(mentions(QStringLiteral("sum:e{service:id-auth,env:prod}"), QStringLiteral("id-auth")));
    QVERIFY(mentions(QStringLiteral("service=~\"id-auth.*\""), QStringLiteral("id-auth")));
    QVERIFY(!mentions(QStringLiteral("service:id-authority"), QStringLiteral("id-auth")));
    QVERIFY(!mentions(QStringLiteral("service:id-auth-batch"), QStringLiteral("id-auth")));
    QVERIFY(!mentions(QStringLiteral("anything"), QString()));
}

QTEST_APPLESS_MAIN(TestProgressiveDelivery)
#include "tst_progressive_delivery.moc"
