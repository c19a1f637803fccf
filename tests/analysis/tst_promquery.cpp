// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverageparts.h>
#include <analysis/monitors.h>
#include <analysis/promnames.h>

#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

Monitor alert(const QString &expression)
{
    Monitor m;
    m.source = Monitor::Source::Prometheus;
    m.name = u"Alert"_s;
    m.query = expression;
    return m;
}

QString printed(const std::vector<Signal> &signals_)
{
    static const char *const names[] = {"5xx", "errors", "latency", "batch", "dependency", "load", "other"};
    QStringList words;
    for (const Signal s : signals_)
        words << QString::fromLatin1(names[int(s)]);
    return words.join(u' ');
}

} // namespace

class TestPromQuery : public QObject
{
    Q_OBJECT

private slots:
    void whatItWatches_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *expression, const char *found) { QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(found); };
        // 5xx
        row("sum(rate(http_requests_total{code=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.01", "5xx");
        row("rate(http_requests_total{status=\"500\"}[5m]) > 1", "5xx");
        row("rate(http_requests_total{status_code=~\"50[0-4]\"}[5m]) > 1", "5xx");
        row("rate(istio_requests_total{response_code=~\"5.*\"}[5m]) > 1", "5xx");
        row("rate(nginx_ingress_controller_requests{status=~\"5.+\"}[5m]) > 1", "5xx");
        row("rate(haproxy_backend_http_responses_total{code=\"5xx\"}[5m]) > 1", "5xx");
        row("rate(envoy_cluster_upstream_rq_xx{envoy_response_code_class=\"5\"}[5m]) > 1", "5xx");
        row("rate(http_server_requests_seconds_count{outcome=\"SERVER_ERROR\"}[5m]) > 1", "5xx");
        row("rate(http_requests_total{code!~\"[1-4]..\"}[5m]) > 1", "5xx");
        row("rate(http_requests_total{code!~\"2..|3..|4..\"}[5m]) > 1", "5xx");
        row("rate(grpc_server_handled_total{grpc_code=~\"Internal|Unavailable|Unknown\"}[5m]) > 1", "5xx");
        row("rate(http_request_duration_seconds_count{code=~\"5..\"}[5m]) > 1", "5xx");
        row("aws_applicationelb_httpcode_target_5_xx_count_sum > 10", "5xx");
        row("sum(rate(http_requests_total{code!~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) < 0.99", "5xx");
        row("1 - sum(rate(http_requests_total{code!~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.01", "5xx");
        row("rate(myapp_http_5xx_total[5m]) > 1", "5xx");
        row("rate(http_requests_total{code=~\"5..\"}[5m]) == 0", "other"); // fires while all is well
        row("rate(http_requests_total{code=~\"2..\"}[5m]) == 0", "errors");
        // errors that are not 5xx alone
        row("rate(http_requests_total{code=~\"[45]..\"}[5m]) > 1", "errors");
        row("rate(http_requests_total{code!~\"2..|3..\"}[5m]) > 1", "errors");
        row("rate(grpc_server_handled_total{grpc_code!=\"OK\"}[5m]) > 1", "errors");
        row("rate(myapp_errors_total[5m]) > 1", "errors");
        row("rate(requests_total{result=\"error\"}[5m]) > 1", "errors");
        row("sum(rate(http_requests_total{code=~\"2..\"}[5m])) / sum(rate(http_requests_total[5m])) < 0.9", "errors");
        row("rate(http_requests_total{code=~\"4..\"}[5m]) > 1", "other");
        row("rate(node_network_receive_errs_total[5m]) > 1", "other");
        row("rate(prometheus_rule_evaluation_failures_total[5m]) > 1", "other");
        row("rate(http_requests_total{code=~\"5..\"}[5m]) < 1", "other");
        // latency
        row("histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.5", "latency");
        row("http_request_duration_seconds{quantile=\"0.95\"} > 1", "latency");
        row("rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m]) > 1", "latency");
        row("sum(rate(request_latency_seconds_bucket{le=\"0.3\"}[5m])) / sum(rate(request_latency_seconds_count[5m])) < 0.95", "latency");
        row("1 - sum(rate(request_latency_seconds_bucket{le=\"0.3\"}[5m])) / sum(rate(request_latency_seconds_count[5m])) > 0.05", "latency");
        row("rate(request_latency_seconds_bucket{le=\"0.3\"}[5m]) > 5", "other");
        row("histogram_quantile(0.99, rate(istio_request_duration_milliseconds_bucket{response_code!~\"5..\"}[5m])) > 500", "latency");
        row("job:request_latency_seconds:mean5m > 0.5", "latency");
        row("histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) < 0.5", "other");
        row("rate(go_gc_duration_seconds_sum[5m]) > 1", "other");
        row("scrape_duration_seconds > 10", "other");
        row("time() - process_start_time_seconds < 60", "other");
        row("rate(http_request_duration_seconds_count[5m]) > 1000", "load");
        row("histogram_quantile(0.9, rate(http_response_size_bytes_bucket[5m])) > 1", "other");
        // batch
        row("kube_job_status_failed{namespace=\"a\"} > 0", "batch");
        row("kube_job_failed{condition=\"true\"} > 0", "batch");
        row("time() - kube_cronjob_status_last_successful_time > 86400", "batch");
        row("time() - myimport_last_success_timestamp_seconds > 86400", "batch");
        row("absent(purge_job_last_run)", "batch");
        row("increase(airflow_dag_failed_total[1h]) > 0", "batch");
        row("rate(celery_task_failed_total[5m]) > 0", "batch");
        // dependencies
        row("mysql_up == 0", "dependency");
        row("absent(mysql_up)", "dependency");
        row("pg_stat_activity_count > 100", "dependency");
        row("redis_memory_used_bytes / redis_memory_max_bytes > 0.9", "dependency");
        row("rabbitmq_queue_messages_ready > 1000", "dependency");
        row("aws_rds_cpuutilization_average > 80", "dependency");
        row("kafka_consumergroup_lag > 1000", "dependency");
        // high load
        row("sum by (pod) (rate(container_cpu_usage_seconds_total[5m])) > 0.9", "load");
        row("container_memory_working_set_bytes / container_spec_memory_limit_bytes > 0.9", "load");
        row("kube_horizontalpodautoscaler_status_current_replicas == kube_horizontalpodautoscaler_spec_max_replicas", "load");
        row("kube_hpa_status_current_replicas >= kube_hpa_spec_max_replicas", "load");
        row("100 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m])) * 100 > 80", "load");
        row("node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1", "load");
        row("rate(http_requests_total[5m]) > 1000", "load");
        row("rate(container_cpu_cfs_throttled_periods_total[5m]) > 1", "load");
        // nothing of these
        row("up == 0", "other");
        row("absent(http_request_duration_seconds_bucket)", "other");
        row("absent(rate(http_requests_total{code=~\"5..\"}[5m]))", "other");
        row("rate(http_requests_total[5m]) < 1", "other");
        row("probe_success == 0", "other");
        row("not promql {{", "other");
        // the second side of `or`, not of `and`
        row("mysql_up == 0 or redis_up == 0", "dependency");
        row("rate(x_errors_total[5m]) > 1 and rate(http_requests_total{code=~\"5..\"}[5m]) > 1", "errors");
        row("rate(x_errors_total[5m]) > 1 or rate(http_requests_total{code=~\"5..\"}[5m]) > 1", "5xx errors");
    }
    void whatItWatches()
    {
        QFETCH(QString, expression);
        QTEST(printed(signalsOf(alert(expression))), "found");
    }

    void highLoad()
    {
        for (const char *expression : {"rate(container_cpu_usage_seconds_total[5m]) > 1", "hikaricp_connections_active / hikaricp_connections_max > 0.9",
                                       "histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m])) > 1", "mysql_global_status_threads_connected > 1000"})
            QVERIFY2(tellsHighLoad(alert(QString::fromLatin1(expression))), expression);
        for (const char *expression : {"up == 0", "absent(container_cpu_usage_seconds_total)", "rate(http_requests_total{code=~\"5..\"}[5m]) > 1"})
            QVERIFY2(!tellsHighLoad(alert(QString::fromLatin1(expression))), expression);
    }

    void whoseItIs_data()
    {
        QTest::addColumn<QString>("matchers");
        QTest::addColumn<int>("belongs");
        const auto row = [](const char *matchers, Belongs belongs) { QTest::newRow(matchers) << QString::fromUtf8(matchers) << int(belongs); };
        row("service=\"id-auth\"", Belongs::Yes);
        row("app=\"id-auth\"", Belongs::Yes);
        row("job=\"id-auth\"", Belongs::Yes);
        row("namespace=\"id-auth\"", Belongs::Yes);
        row("deployment=\"id-auth\"", Belongs::Yes);
        row("container=\"id-auth\"", Belongs::Yes);
        row("job=\"id-auth-api\"", Belongs::Yes); // an alias
        row("app_kubernetes_io_name=\"id-auth\"", Belongs::Yes);
        row("pod=~\"id-auth-.*\"", Belongs::Yes);
        row("pod=~\"^id-auth-[0-9a-f]+-.+$\"", Belongs::Yes);
        row("service=~\"id-auth|other\"", Belongs::Yes);
        row("service=~\"(id-auth|other)\"", Belongs::Yes);
        row("service=~\"other|more\"", Belongs::No);
        row("service=~\".+\"", Belongs::No);
        row("service=\"other\"", Belongs::No);
        row("service!=\"id-auth\"", Belongs::No);
        row("service!~\"id-auth|b\"", Belongs::No);
        row("job=\"id-authority\"", Belongs::No);
        row("service=\"id-auth\", env=\"staging\"", Belongs::No);
        row("service=\"id-auth\", env=\"production\"", Belongs::Yes);
        row("service=~\"id-auth.*\"", Belongs::Yes);
        row("service=~\"id-.+\", code=~\"5..\"", Belongs::NameOnly); // this one too, by its name
        row("deployment=~\"id-.*\", code=~\"5..\"", Belongs::NameOnly);
        row("service=~\"idx-.+\", code=~\"5..\"", Belongs::No);
        row("pod=~\"id-auth-admin-.*\", code=~\"5..\"", Belongs::No);
        row("service!~\"id-.*\", code=~\"5..\"", Belongs::No);
        row("code=~\"5..\"", Belongs::NameOnly); // each series for itself: perhaps this one's too
        row("namespace=\"id-auth\", service=\"cart\"", Belongs::NameOnly);
        row("job=\"kubernetes-cadvisor\", namespace=\"id-auth\"", Belongs::Yes);
        row("handler=\"/id-auth\"", Belongs::NameOnly);
        row("le=\"0.5\"", Belongs::No);
    }
    void whoseItIs()
    {
        QFETCH(QString, matchers);
        QFETCH(int, belongs);
        const Monitor m = alert(u"rate(http_requests_total{%1}[5m]) > 1"_s.arg(matchers));
        QCOMPARE(int(belongsTo(m, u"id-auth"_s, {u"id-auth-api"_s})), belongs);
    }

    void everyServiceOnItsOwn()
    {
        QCOMPARE(belongsTo(alert(u"sum by (service) (rate(http_requests_total[5m])) > 1"_s), u"id-auth"_s, {}), Belongs::Yes);
        QCOMPARE(belongsTo(alert(u"sum by (job) (rate(http_requests_total[5m])) > 1"_s), u"id-auth"_s, {}), Belongs::No);
        Monitor labelled = alert(u"rate(x_total[5m]) > 1"_s);
        labelled.tags = {u"service:id-auth"_s};
        QCOMPARE(belongsTo(labelled, u"id-auth"_s, {}), Belongs::Yes);
    }

    void recordedMetrics()
    {
        Monitor m = alert(u"job:errors:ratio5m{job=\"id-auth\"} > 0.01"_s);
        QCOMPARE(printed(signalsOf(m)), u"errors"_s);
        m.options.insert(u"recordings"_s, QJsonObject{{u"job:errors:ratio5m"_s, u"sum by (job) (job:bad) / sum by (job) (rate(http_requests_total[5m]))"_s},
                                                      {u"job:bad"_s, u"rate(http_requests_total{code=~\"5..\"}[5m])"_s}});
        QCOMPARE(printed(signalsOf(m)), u"5xx"_s);
        QCOMPARE(belongsTo(m, u"id-auth"_s, {}), Belongs::Yes);
        // One name recorded for two services: the alert looks at one of them.
        m.options.insert(u"recordings"_s, QJsonObject{{u"job:errors:ratio5m"_s, u"(x{job=\"cart\",code=~\"5..\"}) or (y{job=\"id-auth\",code=~\"5..\"})"_s}});
        QCOMPARE(parseMonitorQuery(m).parts.size(), size_t(1));
        QCOMPARE(parseMonitorQuery(m).parts.front().metric, u"y"_s);
        m.query = u"job:errors:ratio5m{job=\"shop\"} > 0.01"_s; // of neither
        QCOMPARE(parseMonitorQuery(m).parts.front().metric, u"job.errors.ratio5m"_s);
        m.options.insert(u"recordings"_s, QJsonObject{{u"job:errors:ratio5m"_s, u"job:errors:ratio5m + 1"_s}}); // records itself
        QVERIFY(!parseMonitorQuery(m).parts.empty());
    }

    void scopesAndThresholds()
    {
        const MonitorQuery query = parseMonitorQuery(alert(u"histogram_quantile(0.999, sum by (le, service_name) (rate(h_duration_seconds_bucket{addr=\"redis://Cache-1:6379\"}[5m]))) > 0.25"_s));
        QCOMPARE(query.parts.size(), size_t(1));
        QCOMPARE(query.parts[0].aggregator, u"p99.9"_s);
        QCOMPARE(query.parts[0].groupBy, (QStringList{u"le"_s, u"service"_s}));
        QCOMPARE(query.parts[0].scope, (std::vector<ScopeTerm>{{u"host"_s, u"cache-1"_s, false}}));
        QCOMPARE(query.threshold, std::optional(0.25));
        QCOMPARE(query.comparator, u">"_s);
        QCOMPARE(parseMonitorQuery(alert(u"1 - a > 0.9"_s)).comparator, u"<"_s);
        QCOMPARE(datadogMetric(u"aws_rds_cpuutilization_average"_s), u"aws.rds.cpuutilization_average"_s);
        QCOMPARE(datadogMetric(u"kube_job_status_failed"_s), u"kubernetes_state.job.status_failed"_s);
    }

    void guardsAreDoubts_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<int>("doubts");
        QTest::newRow("none") << u"a_errors_total > 1"_s << 0;
        QTest::newRow("traffic") << u"a_errors_total > 1 and rate(http_requests_total[5m]) > 10"_s << 0;
        QTest::newRow("two windows") << u"rate(a_total{code=~\"5..\"}[1h]) > 1 and rate(a_total{code=~\"5..\"}[5m]) > 1"_s << 0;
        QTest::newRow("two windows of ratios") << u"(rate(a_total{code=~\"5..\"}[1h]) / rate(a_total[1h]) > 1) and (rate(a_total{code=~\"5..\"}[5m]) / rate(a_total[5m]) > 1)"_s << 0;
        QTest::newRow("another service's errors too") << u"rate(a_total{job=\"a\",code=~\"5..\"}[1h]) > 1 and on() rate(a_total{job=\"b\",code=~\"5..\"}[1h]) > 1"_s << 1;
        QTest::newRow("another condition") << u"a_errors_total > 1 and on() leader == 1"_s << 1;
        QTest::newRow("unless") << u"a_errors_total > 1 unless on() maintenance == 1"_s << 1;
        QTest::newRow("unless far more of it") << u"rate(a_total{code=~\"5..\"}[5m]) > 1 unless rate(a_total{code=~\"5..\"}[5m]) > 100"_s << 1;
        QTest::newRow("unless little traffic") << u"a_errors_total > 1 unless rate(http_requests_total[5m]) < 10"_s << 0;
        QTest::newRow("unless much traffic") << u"a_errors_total > 1 unless rate(http_requests_total[5m]) > 10"_s << 1;
        QTest::newRow("office hours") << u"a_errors_total > 1 and on() (hour() > 9)"_s << 1;
        QTest::newRow("another percentile") << u"histogram_quantile(0.95, rate(h_duration_seconds_bucket[5m])) > 1"_s << 1;
    }
    void guardsAreDoubts()
    {
        QFETCH(QString, expression);
        Monitor m = alert(expression);
        m.name = u"id-auth p99"_s;
        QFETCH(int, doubts);
        QCOMPARE(int(doubtsAbout(m).size()), doubts);
    }
};

QTEST_APPLESS_MAIN(TestPromQuery)
#include "tst_promquery.moc"
