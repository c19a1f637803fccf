// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/folder.h"
#include "support.h"

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

namespace
{

const QByteArray slack = "global: {slack_api_url: 'https://hooks.slack.com/services/T0/B0/x'}\n"
                         "route: {receiver: nobody, routes: [{receiver: slack, match: {team: shop}}, {receiver: hook, match: {team: hook}}, {receiver: pager, match: {team: pager}}]}\n"
                         "receivers: [{name: nobody}, {name: slack, slack_configs: [{channel: '#shop'}]}, {name: hook, webhook_configs: [{url: 'http://x'}]}, {name: pager, pagerduty_configs: [{}]}]\n";

/// A service that has Prometheus alone; the files of `readiness/prometheus` are its rules.
struct Setup {
    QByteArray expression = "rate(http_requests_total{job=\"id-auth\",code=~\"5..\"}[5m]) > 1";
    QByteArray labels = "{team: shop}";
    QByteArray annotations = "{summary: a}";
    QByteArray alertmanager = slack;
    QByteArray more = {};
    QByteArray manifests = {};
    QByteArray prometheus = "{rules: [prometheus/rules/], alertmanager: prometheus/alertmanager.yml, external-labels: {}}";
};

Evidence evidenceOf(const Setup &service)
{
    Folder folder;
    folder.put(u"readiness/service.yaml"_s, "format: tenken.service/1\nid: id-auth\n" + service.more + "evidence:\n"
                   + (service.manifests.isEmpty() ? QByteArray() : QByteArray("  manifests: [k8s.yaml]\n")) + "  documents: [{role: oncall, file: oncall.md, url: 'https://wiki.example.com/oncall'}]\n"
                   + (service.prometheus.isEmpty() ? QByteArray() : "  prometheus: " + service.prometheus + "\n"));
    folder.put(u"oncall.md"_s, "# On call\n\n## Errors\n\nRestart it.\n");
    folder.put(u"k8s.yaml"_s, service.manifests);
    folder.put(u"prometheus/rules/a.yml"_s, "groups:\n- name: g\n  rules:\n  - {alert: A, expr: '" + service.expression + "', labels: " + service.labels + ", annotations: " + service.annotations + "}\n");
    if (!service.alertmanager.isEmpty())
        folder.put(u"prometheus/alertmanager.yml"_s, service.alertmanager);
    Evidence evidence = *readEvidence(folder.path());
    evidence.today = QDate(2026, 11, 20);
    return evidence;
}

} // namespace

Q_DECLARE_METATYPE(Setup)

class TestPrometheusAlerts : public QObject
{
    Q_OBJECT

private slots:
    void verdicts_data()
    {
        QTest::addColumn<Setup>("service");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const Setup &service, const char *rule, const char *verdict, const char *reason) {
            QTest::newRow(name) << service << QString::fromLatin1(rule) << QString::fromLatin1(verdict) << QString::fromUtf8(reason);
        };
        row("5xx to Slack", {}, "alert-5xx", "pass", "Its alert reaches @slack-shop.");
        row("5xx to nobody", {.labels = "{team: other}"}, "alert-5xx", "fail", "By Alertmanager's routes its alert reaches nobody.");
        row("5xx to PagerDuty alone", {.labels = "{team: pager}"}, "alert-5xx", "fail", "it alerts @pagerduty-pager only.");
        row("5xx to a webhook", {.labels = "{team: hook}"}, "alert-5xx", "unknown", "whether that reaches Slack is not known");
        row("the label is the data's", {.labels = "{}"}, "alert-5xx", "warn", "only if label team");
        row("the label is a template", {.labels = "{team: \"{{ $labels.team }}\"}"}, "alert-5xx", "warn", "only if label team");
        row("without Alertmanager", {.alertmanager = {}, .prometheus = "{rules: [prometheus/rules/]}"}, "alert-5xx", "unknown", "Whom its alert reaches is not known");
        row("a broken Alertmanager", {.alertmanager = "route: {receiver: x}\nreceivers: []\n"}, "alert-5xx", "unknown", "Whom its alert reaches is not known");
        row("with a condition beside", {.expression = "rate(http_requests_total{job=\"id-auth\",code=~\"5..\"}[5m]) > 1 and on() leader == 1"}, "alert-5xx", "warn", "only while a condition on `leader` holds");
        row("errors of all kinds", {.expression = "rate(http_requests_total{job=\"id-auth\",code=~\"4..|5..\"}[5m]) > 1"}, "alert-5xx", "warn", "failed spans");
        row("of another service", {.expression = "rate(http_requests_total{job=\"other\",code=~\"5..\"}[5m]) > 1"}, "alert-5xx", "fail", "No monitor watches this service's 5xx.");
        row("of another environment", {.expression = "rate(http_requests_total{job=\"id-auth\",env=\"staging\",code=~\"5..\"}[5m]) > 1"}, "alert-5xx", "fail", "No monitor watches");
        row("named like it alone", {.expression = "rate(http_requests_total{path=\"/id-auth\",code=~\"5..\"}[5m]) > 1"}, "alert-5xx", "unknown", "its name and scope do not decide");
        row("absent is no 5xx", {.expression = "absent(http_requests_total{job=\"id-auth\",code=~\"5..\"})"}, "alert-5xx", "fail", "No monitor watches");
        row("a rule that cannot be read", {.expression = "rate(http_requests_total{job=\"id-auth\",code=~\"5..\"}[5m] > 1"}, "alert-5xx", "unknown", "");
        row("rules that are not there", {.prometheus = "{rules: [prometheus/rulez/]}"}, "alert-5xx", "unknown", "No rules of Prometheus could be read.");
        row("some rules that are not there", {.expression = "up{job=\"id-auth\"} == 0", .prometheus = "{rules: [prometheus/rules/, more/]}"}, "alert-5xx", "unknown", "not known to be whole");
        row("nothing declared", {.prometheus = {}}, "alert-5xx", "unknown", "The monitors: not declared");
        row("latency", {.expression = "histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job=\"id-auth\"}[5m]))) > 1"}, "alert-latency", "pass", "@slack-shop");
        row("5xx is no latency", {}, "alert-latency", "fail", "No monitor watches this service's latency.");
        row("batch", {.expression = "kube_job_status_failed{namespace=\"id-auth\"} > 0"}, "alert-batch", "pass", "@slack-shop");
        row("batch of old success", {.expression = "time() - kube_cronjob_status_last_successful_time{namespace=\"id-auth\"} > 86400"}, "alert-batch", "pass", "@slack-shop");
        row("more successes are no failure", {.expression = "kube_job_status_succeeded{namespace=\"id-auth\"} > 0", .more = "batch: true\n"}, "alert-batch", "fail", "");
        row("database by its address", {.expression = "mysql_up{instance=\"users-db:9104\"} == 0", .more = "dependencies: [{id: users-db, kind: mysql}]\n"}, "alert-dependencies", "pass", "@slack-shop");
        row("database that is gone", {.expression = "absent(mysql_up{instance=\"users-db:9104\"})", .more = "dependencies: [{id: users-db, kind: mysql}]\n"}, "alert-dependencies", "pass", "@slack-shop");
        row("another database", {.expression = "mysql_up{instance=\"orders-db:9104\"} == 0", .more = "dependencies: [{id: users-db, kind: mysql}]\n"}, "alert-dependencies", "fail", "");
        row("some database", {.expression = "redis_up{job=\"redis-exporter\"} == 0", .labels = "{team: shop, service: id-auth}", .more = "dependencies: [{id: cache, kind: redis}]\n"}, "alert-dependencies", "unknown", "");
        row("each database for itself", {.expression = "max by (instance) (redis_memory_used_bytes) > 1e9", .labels = "{team: shop, service: id-auth}", .more = "dependencies: [{id: cache, kind: redis}]\n"}, "alert-dependencies", "pass", "");
        row("runbook to a section", {.annotations = "{runbook_url: 'https://wiki.example.com/oncall#errors'}"}, "runbook-links", "pass", "");
        row("runbook to a section that is not there", {.annotations = "{runbook_url: 'https://wiki.example.com/oncall#latency'}"}, "runbook-links", "fail", "");
        row("no runbook", {}, "runbook-links", "fail", "");
        row("runbook in another annotation", {.annotations = "{url: 'https://wiki.example.com/oncall#errors'}", .prometheus = "{rules: [prometheus/rules/], alertmanager: prometheus/alertmanager.yml, runbooks: [url]}"}, "runbook-links", "pass", "");
    }
    void verdicts()
    {
        QFETCH(Setup, service);
        QFETCH(QString, rule);
        QFETCH(QString, reason);
        const Evidence evidence = evidenceOf(service);
        const auto findings = judge(evidence, rule);
        QVERIFY(!findings.empty());
        QFETCH(QString, verdict);
        QVERIFY2(verdictOf(evidence, rule) == verdict, printed(findings));
        QVERIFY2(findings.front().reason.en.contains(reason), printed(findings));
    }

    void byItsDeployment()
    {
        Setup service{.expression = "rate(http_requests_total{deployment=\"web\",code=~\"5..\"}[5m]) > 1",
                        .manifests = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n"};
        QCOMPARE(verdictOf(evidenceOf(service), u"alert-5xx"_s), u"pass"_s);
        service.manifests += QByteArray("---\n") + QByteArray(service.manifests).replace("name: web", "name: admin");
        QCOMPARE(verdictOf(evidenceOf(service), u"alert-5xx"_s), u"unknown"_s); // one of two: which is the service's is not said
    }

    void besideDatadog()
    {
        // Where both are declared, what neither has is missing only if both are known to be whole.
        Setup service{.expression = "up{job=\"id-auth\"} == 0"};
        QCOMPARE(verdictOf(evidenceOf(service), u"alert-5xx"_s), u"fail"_s);
        service.prometheus += "\n  datadog: readiness/datadog";
        QCOMPARE(verdictOf(evidenceOf(service), u"alert-5xx"_s), u"unknown"_s);
        service.expression = Setup{}.expression;
        QCOMPARE(verdictOf(evidenceOf(service), u"alert-5xx"_s), u"pass"_s);
    }

    void digestsCoverTheFiles()
    {
        const Evidence evidence = evidenceOf({});
        QStringList paths;
        for (const SourceFile &file : evidence.files)
            paths << file.path;
        QVERIFY(paths.contains(u"prometheus/rules/a.yml"_s) && paths.contains(u"prometheus/alertmanager.yml"_s));
    }
};

QTEST_APPLESS_MAIN(TestPrometheusAlerts)
#include "tst_prometheus_alerts.moc"
