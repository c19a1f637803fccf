// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "prometheustexts.h"

#include <evidence/manifests.h>
#include <evidence/prometheus/prometheus.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

namespace
{

const QByteArray rules = ruleFile;

const QByteArray alertmanager = alertmanagerFile;

PrometheusReading read(const std::vector<QByteArray> &texts, PrometheusSource source = {}, const QByteArray &manifests = {},
                       const std::vector<PrometheusAnswer> &answers = {})
{
    std::vector<std::shared_ptr<const YamlFile>> files;
    for (const QByteArray &text : texts)
        files.push_back(YamlFile::parse(text, u"prometheus/%1.yml"_s.arg(files.size())));
    if (source.rules.isEmpty())
        source.rules = {u"prometheus/"_s};
    source.declared = true;
    return readPrometheus(source, files, answers, readManifests({YamlFile::parse(manifests, u"k8s.yaml"_s)}).value);
}

QString printed(const std::vector<Receiver> &receivers)
{
    QStringList words;
    for (const Receiver &r : receivers)
        words << (r.onlyIf.isEmpty() ? r.handle : r.handle + u" if "_s + r.onlyIf);
    return words.join(u", ");
}

} // namespace

class TestPrometheus : public QObject
{
    Q_OBJECT

private slots:
    void alertsBecomeMonitors()
    {
        const PrometheusReading reading = read({rules, alertmanager});
        QVERIFY2(reading.problems.empty(), qPrintable(reading.problems.empty() ? QString() : reading.problems[0].toString(Lang::En)));
        QVERIFY(reading.exists && reading.complete);
        QCOMPARE(reading.monitors.size(), size_t(2));
        const Monitor &m = reading.monitors[0];
        QCOMPARE(m.source, Monitor::Source::Prometheus);
        QCOMPARE(m.name, u"HighErrors"_s);
        QCOMPARE(m.id, u"id-auth/HighErrors"_s);
        QCOMPARE(reading.monitors[1].id, u"id-auth/HighErrors#2"_s);
        QCOMPARE(m.query, u"job:errors:ratio5m{job=\"id-auth\"} > 0.01"_s);
        QCOMPARE(m.message, u"{{ $labels.job }} answers with errors\n\nSee the graph."_s);
        QCOMPARE(m.tags, (QStringList{u"severity:critical"_s, u"team:shop"_s, u"text:{{ $labels.x }}"_s}));
        QCOMPARE(m.runbookAssets, QStringList{u"https://wiki.example.com/oncall#errors"_s});
        QCOMPARE(m.options.value(u"for").toString(), u"10m"_s);
        QCOMPARE(m.options.value(u"keep_firing_for").toString(), u"5m"_s);
        QCOMPARE(m.options.value(u"severity").toString(), u"critical"_s);
        QCOMPARE(m.options.value(u"recordings").toObject().keys(), QStringList{u"job:errors:ratio5m"_s});
        QCOMPARE(m.options.value(u"inhibited_by").toArray().at(0).toString(), u"{alertname=\"ClusterDown\"}"_s);
        QCOMPARE(m.span.line, 7);
        QCOMPARE(m.placeOf(u"query"_s).line, 8);
        QCOMPARE(m.placeOf(u"message"_s).line, 12);
        QVERIFY(m.routingKnown);
        QCOMPARE(printed(m.receivers), u"@slack-shop-alerts"_s);
        // The second has no label `env`; it may be an external one.
        QCOMPARE(printed(reading.monitors[1].receivers), u"@slack-shop-alerts if label env"_s);
    }

    void externalLabelsDecide()
    {
        PrometheusSource source;
        source.externalLabels = Labels{};
        QCOMPARE(printed(read({rules, alertmanager}, source).monitors[1].receivers), QString());
        source.externalLabels = Labels{{u"env"_s, u"production"_s}};
        QCOMPARE(printed(read({rules, alertmanager}, source).monitors[1].receivers), u"@slack-shop-alerts"_s);
    }

    void otherAnnotationsLeadToRunbooks()
    {
        PrometheusSource source;
        source.runbookAnnotations = {u"url"_s};
        const PrometheusReading reading = read({rules}, source);
        QCOMPARE(reading.monitors[1].runbookAssets, QStringList{u"https://wiki.example.com/other"_s});
        QVERIFY(reading.monitors[0].message.contains(u"https://wiki.example.com/oncall#errors")); // still told
    }

    void recordedForSeveralServices()
    {
        const QByteArray twice = "groups: [{name: g, rules: [{record: 'job:bad', expr: 'a{job=\"x\"}'}, {record: 'job:bad', expr: 'b{job=\"y\"}'},"
                                 "{record: 'job:bad', expr: 'b{job=\"y\"}'}, {alert: A, expr: 'job:bad > 1'}]}]";
        const PrometheusReading reading = read({twice});
        QCOMPARE(reading.monitors[0].options.value(u"recordings").toObject().value(u"job:bad").toString(), u"(a{job=\"x\"}) or (b{job=\"y\"})"_s);
    }

    void theEnvironmentThatPrometheusAdds()
    {
        const QByteArray alerts = "groups: [{name: g, rules: [{alert: A, expr: up == 0}, {alert: B, expr: up == 0, labels: {env: production}}]}]";
        PrometheusSource source;
        QVERIFY(read({alerts}, source).monitors[0].tags.isEmpty());
        source.externalLabels = Labels{{u"env"_s, u"staging"_s}, {u"cluster"_s, u"a"_s}};
        const PrometheusReading reading = read({alerts}, source);
        QCOMPARE(reading.monitors[0].tags, QStringList{u"env:staging"_s});
        QCOMPARE(reading.monitors[1].tags, QStringList{u"env:production"_s}); // its own label wins
    }

    void withoutAlertmanagerNothingIsKnown()
    {
        const PrometheusReading reading = read({rules});
        QVERIFY(!reading.monitors[0].routingKnown);
        QVERIFY(reading.monitors[0].receivers.empty());
    }

    void aBrokenAlertmanagerIsNotTheWhole()
    {
        const PrometheusReading reading = read({rules, "route: {receiver: x}\nreceivers: []\n"});
        QCOMPARE(reading.problems.size(), size_t(1));
        QVERIFY(!reading.monitors[0].routingKnown);
        QVERIFY(!reading.complete);
    }

    void templatedChannels()
    {
        const PrometheusReading reading = read({rules, "route: {receiver: s}\nreceivers: [{name: s, slack_configs: [{api_url_file: /etc/slack, channel: '#{{ .GroupLabels.team }}'}]}]\n"});
        QVERIFY2(printed(reading.monitors[0].receivers).contains(u"if {{ .GroupLabels.team }}"), qPrintable(printed(reading.monitors[0].receivers)));
    }

    void shapes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("monitors");
        QTest::addColumn<int>("problems");
        QTest::addColumn<bool>("complete");
        const QByteArray alert = "{alert: A, expr: up == 0}";
        const auto row = [](const char *name, const QByteArray &text, int monitors, int problems, bool complete) { QTest::newRow(name) << text << monitors << problems << complete; };
        row("rule file", "groups: [{name: g, rules: [" + alert + "]}]", 1, 0, true);
        row("PrometheusRule", "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {groups: [{name: g, rules: [" + alert + "]}]}", 1, 0, true);
        row("list of them", "apiVersion: v1\nkind: List\nitems: [{kind: PrometheusRule, spec: {groups: [{rules: [" + alert + "]}]}}, {kind: ConfigMap, data: {}}]", 1, 0, true);
        row("answer of the API", rulesAnswer, 1, 0, true);
        row("ConfigMap with rules", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yml: |\n    groups: [{name: g, rules: [" + alert + "]}]\n", 1, 0, true);
        row("no rules", "groups: []", 0, 1, false);
        row("recordings alone", "groups: [{name: g, rules: [{record: a, expr: up}]}]", 0, 0, true);
        row("empty file", "", 0, 0, false);
        row("other YAML", "a: b", 0, 1, false);
        row("neighbours", "apiVersion: apps/v1\nkind: Deployment", 0, 0, false);
        row("alert without a name", "groups: [{name: g, rules: [{alert: '', expr: up}, " + alert + "]}]", 1, 1, false);
        row("alert without an expression", "groups: [{name: g, rules: [{alert: B}, " + alert + "]}]", 1, 1, false);
        row("both at once", "groups: [{name: g, rules: [{alert: B, record: c, expr: up}]}]", 0, 1, false);
        row("broken YAML", "groups: [{name: g, rules: [" + alert, 0, 0, false);
        row("garbage", "\x01\xff\x02", 0, 0, false);
        row("rules as a text", "groups: [{rules: all}]", 0, 1, false);
    }
    void shapes()
    {
        QFETCH(QByteArray, text);
        const PrometheusReading reading = read({text});
        QTEST(int(reading.monitors.size()), "monitors");
        QTEST(int(reading.problems.size()), "problems");
        QTEST(reading.complete, "complete");
    }

    void amongTheManifests()
    {
        const QByteArray object = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]}\n";
        const QByteArray secret = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: alertmanager}\ndata: {alertmanager.yaml: " + alertmanager.toBase64() + "}\n";
        PrometheusReading reading = read({}, {}, object + secret);
        QCOMPARE(reading.monitors.size(), size_t(1));
        QVERIFY(reading.monitors[0].routingKnown);
        QCOMPARE(reading.monitors[0].file, u"k8s.yaml"_s);
        // The same file named twice counts once.
        const auto file = YamlFile::parse(object, u"k8s.yaml"_s);
        QCOMPARE(readPrometheus({}, {file}, {}, readManifests({file}).value).monitors.size(), size_t(1));
    }

    void alertmanagerConfigs()
    {
        const QByteArray object = "apiVersion: monitoring.coreos.com/v1alpha1\nkind: AlertmanagerConfig\nmetadata: {name: c, namespace: shop}\n"
                                  "spec:\n  route: {receiver: s, matchers: [{name: severity, value: critical}]}\n  receivers: [{name: s, slackConfigs: [{channel: '#x'}]}]\n";
        const QByteArray alerts = "groups: [{name: g, rules: [{alert: A, expr: up == 0, labels: {severity: critical, namespace: shop}}, {alert: B, expr: up == 0, labels: {severity: critical, namespace: other}}]}]";
        PrometheusReading reading = read({alerts}, {}, object);
        QCOMPARE(printed(reading.monitors[0].receivers), u"@slack-x"_s);
        QVERIFY(!reading.monitors[1].routingKnown); // the main configuration is not there
        reading = read({alerts, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n"}, {}, object);
        QCOMPARE(printed(reading.monitors[0].receivers), u"@slack-x"_s);
        QVERIFY(reading.monitors[1].routingKnown && reading.monitors[1].receivers.empty());
    }

    void series()
    {
        std::vector<Problem> remarks;
        const auto all = seriesOf({u"a.json"_s, matrixAnswer, u"rate(m[5m])"_s, u"req/s"_s}, remarks);
        QVERIFY(all);
        QCOMPARE(all->size(), size_t(2));
        const MetricSeries &s = all->front();
        QCOMPARE(s.metric, u"m"_s);
        QCOMPARE(s.scope, u"code:500,job:api"_s);
        QCOMPARE(s.query, u"rate(m[5m])"_s);
        QCOMPARE(s.unit, u"req/s"_s);
        QCOMPARE(s.points.size(), size_t(5));
        QCOMPARE(s.points[0], (std::pair{1700000000.5, 1.5}));
        QVERIFY(std::isnan(s.points[2].second) && std::isnan(s.points[3].second) && std::isnan(s.points[4].second));
        QCOMPARE(s.intervalSeconds, 59.5);
        QCOMPARE(s.to, 1700000240.0);
        QCOMPARE(remarks.size(), size_t(2)); // the warning, and the infinite sample
        QVERIFY(all->at(1).points.empty());
    }

    void answersThatAreNoSeries_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *body, const char *message) { QTest::newRow(name) << QByteArray(body) << QString::fromUtf8(message); };
        row("error", errorAnswer, "bad_data");
        row("vector", vectorAnswer, "resultType: vector");
        row("other", otherAnswer, "resultType: –");
        row("list", "[]", "resultType: –");
        row("truncated", truncatedAnswer, "");
    }
    void answersThatAreNoSeries()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, message);
        std::vector<Problem> remarks;
        const auto series = seriesOf({u"a.json"_s, body, {}, {}}, remarks);
        QVERIFY(!series);
        QVERIFY2(series.error().message.en.contains(message), qPrintable(series.error().message.en));
        const PrometheusReading reading = read({}, {}, {}, {{u"a.json"_s, body, {}, {}}});
        QCOMPARE(reading.notReadable.size() + reading.problems.size(), size_t(1));
    }

    void noData()
    {
        std::vector<Problem> remarks;
        const auto series = seriesOf({u"a.json"_s, emptyMatrix, u"q"_s, {}}, remarks);
        QVERIFY(series && series->size() == 1 && series->front().points.empty());
        QCOMPARE(series->front().query, u"q"_s);
    }

    void dashboards()
    {
        const QByteArray text = dashboardAnswer;
        const auto dashboard = grafanaDashboard(QJsonDocument::fromJson(text).object(), u"g.json"_s);
        QVERIFY(dashboard);
        QCOMPARE(dashboard->id, u"abc"_s);
        QCOMPARE(dashboard->widgets.size(), size_t(1));
        QCOMPARE(dashboard->widgets[0].title, u"5xx"_s);
        QCOMPARE(dashboard->widgets[0].queries, QStringList{u"rate(a{job=~'id-auth|b',x=~'.*',y='id-auth|b'}[$__rate_interval]) > 0"_s});
        const auto old = grafanaDashboard(QJsonDocument::fromJson(oldDashboard).object(), u"g.json"_s);
        QVERIFY(old);
        QCOMPARE(old->widgets.size(), size_t(1));
        QVERIFY(!grafanaDashboard(QJsonDocument::fromJson(panelsAlone).object(), {}));
        QCOMPARE(read({}, {}, {}, {{u"g.json"_s, text, {}, {}}}).dashboards.size(), size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestPrometheus)
#include "tst_prometheus.moc"
