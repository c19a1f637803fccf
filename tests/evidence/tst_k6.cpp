// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray tags =
    R"({"expected_response":"true","group":"","method":"GET","scenario":"default","status":"200"})";
const QByteArray failedTags =
    R"({"error":"request timeout","error_code":"1050","expected_response":"false","method":"GET","status":"0"})";

QByteArray point(const QByteArray &metric, const QByteArray &time, const QByteArray &value,
                 const QByteArray &tag = tags)
{
    return R"({"metric":")" + metric + R"(","type":"Point","data":{"time":")" + time + R"(","value":)" + value
        + R"(,"tags":)" + tag + "}}\n";
}

/// k6 up to 0.40: the metric stands last.
QByteArray oldPoint(const QByteArray &metric, const QByteArray &time, const QByteArray &value)
{
    return R"({"type":"Point","data":{"time":")" + time + R"(","value":)" + value + R"(,"tags":)" + tags
        + R"(},"metric":")" + metric + "\"}\n";
}

const QByteArray metricLine =
    R"({"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"http_req_duration"})"
    "\n";

QByteArray time(int second, const QByteArray &fraction = ".0")
{
    return "2026-11-12T20:00:" + QByteArray::number(second).rightJustified(2, '0') + fraction + "+09:00";
}

constexpr qint64 at20 = 1794481200; // 2026-11-12T20:00:00+09:00

} // namespace

class TestK6 : public QObject
{
    Q_OBJECT

private slots:
    void timeIsTheEnd();
    void blockedComesBeforeTheStart();
    void times_data();
    void times();
    void fieldOrders_data();
    void fieldOrders();
    void failures_data();
    void failures();
    void failuresToldApart();
    void failuresTakenForSuccess();
    void iterationsAndDropped();
    void truncatedAndGarbled();
    void otherMetricsAreSkipped();
    void noHttpRequests();
    void models_data();
    void models();

private:
    Scratch m_scratch;
};

void TestK6::timeIsTheEnd()
{
    const auto run = readLoadTest(
        m_scratch.write("k6.json", metricLine + point("http_req_duration", time(3, ".200"), "1500.5")));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"k6");
    QCOMPARE(run->samples, 1);
    QCOMPARE(run->seconds.size(), 3U);
    QCOMPARE(run->seconds[0].second, at20 + 1);
    QCOMPARE(run->seconds[0].started, 1);
    QCOMPARE(run->seconds[0].latency.maxMs(), 1500.5);
    QCOMPARE(run->seconds[0].completed, 0);
    QCOMPARE(run->seconds[2].completed, 1);
}

void TestK6::blockedComesBeforeTheStart()
{
    const auto run = readLoadTest(m_scratch.write("k6.json",
                                                  point("http_req_duration", time(3, ".2"), "500")
                                                      + point("http_req_blocked", time(3, ".2"), "1000")
                                                      + point("http_req_duration", time(4, ".9"), "500")
                                                      + point("http_req_blocked", time(4, ".8"), "4000")));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->startSeconds, double(at20) + 1.7);
    QCOMPARE(run->latency.maxMs(), 500.0); // the latency itself stays http_req_duration
    QCOMPARE(run->seconds[3].started, 1); // another request's blocked time moves nothing
}

void TestK6::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("epoch");
    QTest::newRow("Z") << QByteArray("2026-11-12T11:00:00Z") << double(at20);
    QTest::newRow("nanoseconds") << QByteArray("2026-11-12T11:00:00.588062439Z") << double(at20) + 0.588062;
    QTest::newRow("one digit") << QByteArray("2026-11-12T11:00:00.5Z") << double(at20) + 0.5;
    QTest::newRow("Tokyo") << QByteArray("2026-11-12T20:00:00+09:00") << double(at20);
    QTest::newRow("west, half an hour") << QByteArray("2026-11-12T07:30:00.25-03:30") << double(at20) + 0.25;
    QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << 1709164800.0;
    QTest::newRow("no zone") << QByteArray("2026-11-12T11:00:00") << -1.0;
    QTest::newRow("month 13") << QByteArray("2026-13-12T11:00:00Z") << -1.0;
    QTest::newRow("words") << QByteArray("now") << -1.0;
}

void TestK6::times()
{
    QFETCH(QByteArray, text);
    QFETCH(double, epoch);
    const auto run = readLoadTest(m_scratch.write("k6.json", point("http_req_duration", text, "0")));
    QCOMPARE(run.has_value(), epoch >= 0);
    if (run)
        QCOMPARE(run->endSeconds, epoch);
}

void TestK6::fieldOrders_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("metric first") << metricLine + point("http_req_duration", time(1), "20")
            + point("http_req_duration", time(2), "30");
    QTest::newRow("metric last") << metricLine + oldPoint("http_req_duration", time(1), "20")
            + oldPoint("http_req_duration", time(2), "30");
    QTest::newRow("points first") << oldPoint("http_req_duration", time(1), "20")
            + oldPoint("http_req_duration", time(2), "30");
    QTest::newRow("gzip") << gzipped(metricLine + point("http_req_duration", time(1), "20")
                                     + point("http_req_duration", time(2), "30"));
    QTest::newRow("two gzip members") << gzipped(metricLine + point("http_req_duration", time(1), "20"))
            + gzipped(point("http_req_duration", time(2), "30"));
}

void TestK6::fieldOrders()
{
    QFETCH(QByteArray, bytes);
    const auto run = readLoadTest(m_scratch.write("k6.json", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->latency.maxMs(), 30.0);
    QVERIFY(run->remarks.empty());
}

void TestK6::failures_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<QString>("kind"); // empty: no failure
    QTest::newRow("expected") << tags << QString();
    QTest::newRow("expected 404") << QByteArray(R"({"expected_response":"true","status":"404"})")
                                  << QString();
    QTest::newRow("unexpected 200") << QByteArray(R"({"expected_response":"false","status":"200"})")
                                    << "HTTP 200";
    QTest::newRow("timeout") << failedTags << "request timeout";
    QTest::newRow("status alone, 503") << QByteArray(R"({"status":"503"})") << "HTTP 503";
    QTest::newRow("status alone, 302") << QByteArray(R"({"status":"302"})") << QString();
    QTest::newRow("status 0: no answer") << QByteArray(R"({"status":"0"})") << "HTTP 0";
}

void TestK6::failures()
{
    QFETCH(QByteArray, tag);
    QFETCH(QString, kind);
    const auto run = readLoadTest(m_scratch.write("k6.json", point("http_req_duration", time(1), "20", tag)));
    QVERIFY(run);
    QCOMPARE(run->errors, kind.isEmpty() ? 0 : 1);
    QCOMPARE(run->errorKinds.value(kind), kind.isEmpty() ? 0 : 1);
}

void TestK6::failuresTakenForSuccess()
{
    const auto tagged = [](const QByteArray &status, const QByteArray &expected) {
        return R"({"metric":"http_req_duration","type":"Point","data":{"time":")" + time(3) + R"(","value":20,"tags":{"status":")" + status
            + R"(","expected_response":")" + expected + "\"}}}\n";
    };
    const auto run = readLoadTest(m_scratch.write("k6.json", tagged("200", "true") + tagged("503", "true") + tagged("404", "true")
                                                                 + tagged("503", "false") + point("checks", time(3), "0")
                                                                 + point("checks", time(3), "1") + point("checks", time(3), "0")));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 4);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->excusedFailures, 1); // the 503: what is not found may be what was asked for
    QByteArray checks;
    for (int i = 0; i < 11; ++i)
        checks += point("checks", time(3), "0") + point("checks", time(3), "1");
    const auto failing = readLoadTest(m_scratch.write("checks.json", tagged("503", "false") + checks));
    QCOMPARE(failing->excusedFailures, 11); // one failed request does not fail that many
    QCOMPARE(readLoadTest(m_scratch.write("clean.json", tagged("200", "true") + point("checks", time(3), "0")))->excusedFailures, 1);
}

void TestK6::failuresToldApart()
{
    const auto run = readLoadTest(m_scratch.write("k6.json",
                                                  point("http_req_duration", time(1), "20", "null")
                                                      + point("http_req_failed", time(1), "1", "null")
                                                      + point("http_req_duration", time(2), "20", "{}")
                                                      + point("http_req_failed", time(2), "0", "{}")));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->seconds.front().failed + run->seconds[1].failed, 1);
}

void TestK6::iterationsAndDropped()
{
    QByteArray bytes;
    for (int s = 1; s <= 4; ++s) {
        bytes += point("vus", time(s), "7") + point("http_req_duration", time(s, ".5"), "100")
            + point("iteration_duration", time(s, ".5"), "101") + point("iterations", time(s, ".5"), "1");
    }
    bytes += point("dropped_iterations", time(3), "5");
    const auto run = readLoadTest(m_scratch.write("k6.json", bytes));
    QVERIFY(run);
    QCOMPARE(run->seconds.size(), 4U);
    QCOMPARE(run->seconds[0].arrivals, 1);
    QCOMPARE(run->seconds[2].arrivals, 6);
    QCOMPARE(run->seconds[2].users, 7.0);
    QCOMPARE(run->model, LoadModel::Open);
    QVERIFY(hasRemark(*run, "dropped 5 iterations"));
}

void TestK6::truncatedAndGarbled()
{
    const QByteArray good =
        point("http_req_duration", time(1), "20") + point("http_req_duration", time(2), "20");
    const auto cut =
        readLoadTest(m_scratch.write("k6.json", good + point("http_req_duration", time(3), "20").left(60)));
    QVERIFY(cut);
    QCOMPARE(cut->samples, 2);
    QVERIFY(hasRemark(*cut, "The last record is cut off"));

    const auto garbled = readLoadTest(m_scratch.write(
        "k6.json",
        good + "\n{\"metric\":\"http_req_duration\",\"type\":\"Point\",\"data\":{\"time\":7}}\nplain words\n"
            + good));
    QVERIFY(garbled);
    QCOMPARE(garbled->samples, 4);
    QVERIFY(hasRemark(*garbled, "2 lines could not be read and are left out (first: line 4)"));

    const QByteArray packed = gzipped(good.repeated(2000));
    const auto halfGzip = readLoadTest(m_scratch.write("k6.json.gz", packed.left(packed.size() / 2)));
    QVERIFY(halfGzip);
    QCOMPARE_GT(halfGzip->samples, 100);
    QVERIFY(hasRemark(*halfGzip, "packed data ends early"));
}

void TestK6::otherMetricsAreSkipped()
{
    QByteArray bytes = point("http_req_duration", time(1), "20");
    for (const char *metric :
         {"http_reqs", "http_req_waiting", "http_req_tls_handshaking", "checks", "data_sent", "my_trend"})
        bytes += point(metric, time(2), "99");
    const auto run = readLoadTest(m_scratch.write("k6.json", bytes));
    QVERIFY(run);
    QCOMPARE(run->samples, 1);
    QCOMPARE(run->latency.maxMs(), 20.0);
    QCOMPARE(run->skippedLines, 0);
}

void TestK6::noHttpRequests()
{
    const auto run = readLoadTest(m_scratch.write("k6.json", metricLine + point("vus", time(1), "3")));
    QVERIFY(!run);
    QVERIFY(run.error().message.en.contains("not one request"));
}

void TestK6::models_data()
{
    QTest::addColumn<int>("busyMs");
    QTest::addColumn<int>("model");
    QTest::newRow("users at work all the time") << 1000 << int(LoadModel::Closed);
    QTest::newRow("users that wait for a schedule") << 100 << int(LoadModel::Open);
    QTest::newRow("in between") << 780 << int(LoadModel::Unknown);
}

void TestK6::models()
{
    QFETCH(int, busyMs);
    QFETCH(int, model);
    QByteArray bytes;
    for (int s = 1; s < 30; ++s) {
        bytes += point("vus", time(s), "5");
        for (int i = 0; i < 5; ++i) {
            bytes += point("http_req_duration", time(s, ".9"), QByteArray::number(busyMs / 2))
                + point("iteration_duration", time(s, ".9"), QByteArray::number(busyMs))
                + point("iterations", time(s, ".9"), "1");
        }
    }
    const auto run = readLoadTest(m_scratch.write("k6.json", bytes));
    QVERIFY(run);
    QCOMPARE(int(run->model), model);
}

QTEST_APPLESS_MAIN(TestK6)
#include "tst_k6.moc"
