// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1794481200;
const QByteArray header =
    "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,"
    "name,proto,scenario,service,status,subproto,tls_version,url,extra_tags";

QByteArray row(const QByteArray &metric, const QByteArray &time, const QByteArray &value,
               const QByteArray &expected = "true", const QByteArray &status = "200",
               const QByteArray &error = {})
{
    return metric + ',' + time + ',' + value + ",," + error + ",," + expected
        + ",,GET,http://x/items,HTTP/1.1,default,," + status + ",,,http://x/items,k=v&k2=v2,\n";
}

QByteArray seconds(int second)
{
    return QByteArray::number(t0 + second);
}

} // namespace

class TestK6Csv : public QObject
{
    Q_OBJECT

private slots:
    void points();
    void timeFormats_data();
    void timeFormats();
    void fewColumns();
    void failedChecks();
    void failures();
    void errorsOverLines();
    void iterationsAndDropped();
    void sameAsJson();
    void cutAndGarbled();

private:
    Scratch m_scratch;
};

void TestK6Csv::points()
{
    const auto run = readLoadTest(m_scratch.write(
        "k6.csv",
        header + ",metadata\n" + row("http_reqs", seconds(5), "1.000000")
            + row("http_req_duration", seconds(5), "1500.500000")
            + row("http_req_blocked", seconds(5), "250.0") + row("http_req_failed", seconds(5), "0.000000")
            + "vus," + seconds(5) + ",7.000000,,,,,,,,,,,,,,,\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"k6");
    QCOMPARE(run->samples, 1);
    QCOMPARE(run->errors, 0);
    QCOMPARE(run->latency.maxMs(), 1500.5);
    QCOMPARE(run->endSeconds, double(t0 + 5)); // the time is the end
    QCOMPARE(run->startSeconds, double(t0) + 3.2495);
    QCOMPARE(run->seconds.back().users, 7.0);
    QVERIFY(hasRemark(*run, "whole seconds"));
    QCOMPARE(run->labels.size(), 1U);
    QCOMPARE(run->labels[0].name, u"http://x/items");
}

void TestK6Csv::timeFormats_data()
{
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<double>("end");
    QTest::newRow("unix") << QByteArray("1794481201") << t0 + 1.0;
    QTest::newRow("unix_milli") << QByteArray("1794481201250") << t0 + 1.25;
    QTest::newRow("unix_micro") << QByteArray("1794481201250001") << t0 + 1.250001;
    QTest::newRow("unix_nano") << QByteArray("1794481201250001999") << t0 + 1.250001;
    QTest::newRow("rfc3339") << QByteArray("2026-11-12T20:00:01+09:00") << t0 + 1.0;
    QTest::newRow("rfc3339_nano") << QByteArray("2026-11-12T11:00:01.25Z") << t0 + 1.25;
    QTest::newRow("words") << QByteArray("now") << -1.0;
    QTest::newRow("negative") << QByteArray("-5") << -1.0;
}

void TestK6Csv::timeFormats()
{
    QFETCH(QByteArray, time);
    QFETCH(double, end);
    const auto run =
        readLoadTest(m_scratch.write("k6.csv", header + '\n' + row("http_req_duration", time, "20")));
    QCOMPARE(run.has_value(), end >= 0);
    if (run)
        QVERIFY(std::abs(run->endSeconds - end) < 1e-6);
    if (run)
        QCOMPARE(hasRemark(*run, "whole seconds"), time.size() == 10);
}

void TestK6Csv::fewColumns()
{
    const auto run = readLoadTest(
        m_scratch.write("k6.csv",
                        "metric_name,timestamp,metric_value,status\nhttp_req_duration," + seconds(1)
                            + ",20,503\nhttp_req_duration," + seconds(1) + ",20,200\n"));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errorKinds.value("HTTP 503"), 1);
    const auto none =
        readLoadTest(m_scratch.write("k6.csv",
                                     "metric_name,timestamp,metric_value\nhttp_req_duration," + seconds(1)
                                         + ",20\nhttp_req_failed," + seconds(1) + ",1\n"));
    QVERIFY(none);
    QCOMPARE(none->errors, 1); // told apart, as without tags in JSON
}

void TestK6Csv::failedChecks()
{
    const auto run = readLoadTest(m_scratch.write(
        "k6.csv", "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,"
                  "subproto,tls_version,url,extra_tags,metadata\n"
                  "http_req_duration,1794481203,20.0,,,,true,,GET,a,HTTP/1.1,default,,200,,,a,,\n"
                  "http_req_duration,1794481203,20.0,,,,true,,GET,a,HTTP/1.1,default,,503,,,a,,\n"
                  "checks,1794481203,0.000000,ok,,,,,,,,default,,,,,,,\n"
                  "checks,1794481203,1.000000,ok,,,,,,,,default,,,,,,,\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->errors, 0);
    QCOMPARE(run->excusedFailures, 2);
}

void TestK6Csv::failures()
{
    const auto run = readLoadTest(m_scratch.write(
        "k6.csv",
        header + '\n' + row("http_req_duration", seconds(1), "20", "false", "404")
            + row("http_req_duration", seconds(1), "20", "true", "404")
            + row("http_req_duration", seconds(1), "20", "false", "0", "\"dial: refused, twice\"")));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errors, 2); // expected_response outweighs the status
    QCOMPARE(run->errorKinds.value("HTTP 404"), 1);
    QCOMPARE(run->errorKinds.value("dial: refused, twice"), 1);
}

void TestK6Csv::errorsOverLines()
{
    const auto run = readLoadTest(m_scratch.write(
        "k6.csv",
        header + '\n' + row("http_req_duration", seconds(1), "20", "false", "0", "\"first\nsecond\"")
            + row("http_req_duration", seconds(1), "30")));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->skippedLines, 0);
}

void TestK6Csv::iterationsAndDropped()
{
    QByteArray bytes = header + '\n';
    for (int i = 0; i < 20; ++i)
        bytes += row("http_req_duration", seconds(i), "20") + row("iterations", seconds(i), "1")
            + row("iteration_duration", seconds(i), "25");
    bytes += row("dropped_iterations", seconds(19), "4");
    const auto run = readLoadTest(m_scratch.write("k6.csv", bytes));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Open);
    QVERIFY(hasRemark(*run, "dropped 4 iterations"));
    qint64 arrivals = 0;
    for (const LoadSecond &second : run->seconds)
        arrivals += second.arrivals;
    QCOMPARE(arrivals, 24);
}

void TestK6Csv::sameAsJson()
{
    QByteArray csv = header + '\n', json;
    for (int i = 0; i < 50'000; ++i) {
        const QByteArray time = "2026-11-12T20:00:" + QByteArray::number(10 + i / 1000) + '.'
            + QByteArray::number(i % 1000).rightJustified(3, '0') + "+09:00";
        for (const auto &[metric, value] :
             {std::pair<QByteArray, QByteArray>{"http_req_duration", QByteArray::number(i % 97)},
              {"http_req_blocked", "1.5"},
              {"iterations", "1"}}) {
            csv += row(metric, time, value, i % 10 == 0 ? "false" : "true");
            json += R"({"metric":")" + metric + R"(","type":"Point","data":{"time":")" + time
                + R"(","value":)" + value + R"(,"tags":{"expected_response":")"
                + (i % 10 == 0 ? "false" : "true") + R"(","name":"http://x/items","status":"200"}}})" + '\n';
        }
    }
    const auto a = readLoadTest(m_scratch.write("k6.csv", csv));
    const auto b = readLoadTest(m_scratch.write("k6.json", json));
    QVERIFY(a && b);
    QCOMPARE(a->samples, 50'000);
    QCOMPARE(b->samples, 50'000);
    QCOMPARE(a->errors, b->errors);
    QCOMPARE(a->errorKinds, b->errorKinds);
    QCOMPARE(a->startSeconds, b->startSeconds);
    QCOMPARE(a->latency.buckets(), b->latency.buckets());
    QCOMPARE(a->seconds.size(), b->seconds.size());
    for (size_t i = 0; i < a->seconds.size(); ++i) {
        QCOMPARE(a->seconds[i].started, b->seconds[i].started);
        QCOMPARE(a->seconds[i].completed, b->seconds[i].completed);
        QCOMPARE(a->seconds[i].arrivals, b->seconds[i].arrivals);
    }
}

void TestK6Csv::cutAndGarbled()
{
    const QByteArray good = row("http_req_duration", seconds(1), "20");
    const auto cut = readLoadTest(m_scratch.write("k6.csv", header + '\n' + good + good.left(25)));
    QVERIFY(cut);
    QCOMPARE(cut->samples, 1);
    QVERIFY(hasRemark(*cut, "cut off"));
    const auto garbled = readLoadTest(m_scratch.write(
        "k6.csv",
        header + '\n' + good + row("http_req_duration", seconds(1), "nan")
            + row("http_req_duration", seconds(1), "") + "http_req_duration\n" + good + good));
    QVERIFY(garbled);
    QCOMPARE(garbled->samples, 3);
    QCOMPARE(garbled->skippedLines, 3);
}

QTEST_APPLESS_MAIN(TestK6Csv)
#include "tst_k6csv.moc"
