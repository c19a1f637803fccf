// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>

#include <evidence/summarytexts.h>
#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

// Forms of summaries that differ from what their tools write today, or had other hands on them.

class TestSummaryForms : public QObject
{
    Q_OBJECT

private slots:
    void artilleryWithCountersOfItsOwn_data();
    void artilleryWithCountersOfItsOwn();
    void artilleryWithoutWindows();
    void locustJsonBehindItsLog();
    void brokenJsonBehindALog();
    void locustFromASpreadsheet_data();
    void locustFromASpreadsheet();
    void locustBeginsWithItsFirstRow();
    void reportsOfNothing_data();
    void reportsOfNothing();
    void percentilesThatNobodyCounted_data();
    void percentilesThatNobodyCounted();
    void silentLevel();
    void onlyFailures_data();
    void onlyFailures();
    void abTableCutOff();
    void gatlingNamesLikeKeys();
    void k6WithoutHttp_data();
    void k6WithoutHttp();
    void onlyTheFirstIsRead_data();
    void onlyTheFirstIsRead();
    void bracketsThatNothingCloses();
    void othersTakeNothingFromAReport_data();
    void othersTakeNothingFromAReport();
    void codesOfTaurus();

private:
    Scratch m_scratch;
};

void TestSummaryForms::artilleryWithCountersOfItsOwn_data()
{
    QTest::addColumn<QByteArray>("counters");
    QTest::newRow("none") << QByteArray("");
    QTest::newRow("empty") << QByteArray(R"("counters": {},)");
    QTest::newRow("the test's") << QByteArray(R"("counters": {"logins": 3},)");
}

/// Artillery 1.6 writes `counters` into what otherwise is version 1.
void TestSummaryForms::artilleryWithCountersOfItsOwn()
{
    QFETCH(QByteArray, counters);
    const QByteArray text =
        R"({"aggregate": {"timestamp": "2020-02-25T14:17:40.000Z", "scenariosCreated": 800, )" + counters
        + R"("requestsCompleted": 800, "latency": {"min": 1, "p95": 40}, "codes": {"200": 790, "500": 10}, "errors": {"ECONNRESET": 5}},
        "intermediate": [{"timestamp": "2020-02-25T14:17:40.000Z", "scenariosCreated": 800, )"
        + counters
        + R"("requestsCompleted": 800, "latency": {"p95": 30}, "codes": {"200": 790, "500": 10}, "errors": {"ECONNRESET": 5}}]})";
    const auto run = readLoadTest(m_scratch.write("report.json", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 805);
    QCOMPARE(run->errors, 15);
    QCOMPARE(run->whole->percentileMs(0.95).value_or(-1), 40.0);
    QCOMPARE(run->aggregates.size(), size_t(1));
    QCOMPARE(run->aggregates[0].arrivals, 800);
}

void TestSummaryForms::artilleryWithoutWindows()
{
    const auto run =
        readLoadTest(m_scratch.write("report.json", R"({"aggregate": {"timestamp": "2020-02-25T14:17:40.000Z",
        "scenariosCreated": 800, "requestsCompleted": 800, "latency": {"p95": 40}, "rps": {"count": 800, "mean": 20},
        "codes": {"200": 800}, "errors": {}, "counters": {}}, "intermediate": []})"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 800);
    QCOMPARE(run->whole->end - run->whole->start, 40.0);
    QCOMPARE(run->endSeconds, 1582640260.0);
    QCOMPARE(run->missing.size(), size_t(1));
}

namespace
{

const QByteArray locustEntry =
    R"({"name": "/", "method": "GET", "last_request_timestamp": 1700000001.5, "num_requests": 6,
 "num_failures": 1, "response_times": {"10": 5, "20": 1}, "num_reqs_per_sec": {"1700000000": 4, "1700000001": 2},
 "num_fail_per_sec": {"1700000001": 1}})";

} // namespace

void TestSummaryForms::locustJsonBehindItsLog()
{
    const auto run = readLoadTest(
        m_scratch.write("a.json",
                        "[2024-05-01 10:00:00,001] host/INFO/locust.main: Run time limit {60} [s]\n[\n"
                            + locustEntry + "]\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 6);
    QCOMPARE(run->errors, 1);
}

void TestSummaryForms::brokenJsonBehindALog()
{
    const QByteArray log = "[2024-05-01 10:00:00,001] host/INFO/locust.main: Starting\n";
    const auto run = readLoadTest(m_scratch.write("a.json", log + "[" + locustEntry));
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains(u"at byte"), qPrintable(run.error().message.en));
    QVERIFY(!run.error().message.en.contains(u"at byte 6"));
}

void TestSummaryForms::locustFromASpreadsheet_data()
{
    QTest::addColumn<QByteArray>("delimiter");
    QTest::newRow("as it was") << QByteArray(",");
    QTest::newRow("semicolons") << QByteArray(";");
    QTest::newRow("tabs") << QByteArray("\t");
}

void TestSummaryForms::locustFromASpreadsheet()
{
    QFETCH(QByteArray, delimiter);
    QByteArray text = "Timestamp|User Count|Type|Name|Requests/s|Failures/s|50%|99.9%|Total Request "
                      "Count|Total Failure Count|Total Median "
                      "Response Time|Total Average Response Time|Total Min Response Time|Total Max Response "
                      "Time|Total Average Content Size\n";
    for (int i = 0; i < 30; ++i)
        text += QByteArray::number(1700000000 + i) + "|10||Aggregated|100.5|0.0|20|40|"
            + QByteArray::number(100 * i) + '|' + QByteArray::number(i) + "|20|20.5|1.25|50|100.0\n";
    if (delimiter != ",")
        text.replace('.', ',');
    const auto run =
        readLoadTest(m_scratch.write("history.csv", "\xEF\xBB\xBF" + text.replace('|', delimiter)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2900);
    QCOMPARE(run->errors, 29);
    QCOMPARE(run->skippedLines, 0);
    QCOMPARE(run->whole->minMs, 1.25);
    QCOMPARE(run->whole->percentileMs(0.999).value_or(-1), 40.0);
    QCOMPARE(run->seconds.front().users, 10.0);
}

/// Windows of ten seconds end with their level: what is left of the first one lies before them, and is of the
/// run.
void TestSummaryForms::locustBeginsWithItsFirstRow()
{
    QByteArray text =
        "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,Total Request Count,Total Failure Count\n";
    for (int i = 0; i < 30; ++i)
        text += QByteArray::number(1700000000 + i) + ",10,,Aggregated,100.0,0.0,20,"
            + QByteArray::number(100 * i) + ",0\n";
    const auto run = readLoadTest(m_scratch.write("history.csv", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->aggregates.front().start, 1700000009.0);
    QCOMPARE(run->startSeconds, 1700000000.0);
    QCOMPARE(run->endSeconds, 1700000029.0);
}

namespace
{

const QByteArray silentWrk = R"--(Running 10s test @ http://localhost/
  2 threads and 128 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     0.00us    0.00us   0.00us     -nan%
    Req/Sec     0.00      0.00     0.00       -nan%
  Latency Distribution
     50%    0.00us
     75%    0.00us
     99%    0.00us
  0 requests in 10.01s, 0.00B read
Requests/sec:      0.00
Transfer/sec:       0.00B
)--";

} // namespace

void TestSummaryForms::reportsOfNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("vegeta") << QByteArray(
        R"({"latencies": {"total": 0, "mean": 0, "50th": 0, "90th": 0, "95th": 0, "99th": 0, "max": 0, "min": 0},
        "earliest": "0001-01-01T00:00:00Z", "duration": 0, "wait": 0, "requests": 0, "rate": 0, "throughput": 0,
        "success": 0, "status_codes": {}, "errors": []})");
    QTest::newRow("Gatling") << QByteArray(
        R"({"name": "All Requests", "numberOfRequests": {"total": 0, "ok": 0, "ko": 0},
        "percentiles1": {"total": 0}, "percentiles2": {"total": 0}, "percentiles3": {"total": 0},
        "percentiles4": {"total": 0}, "meanNumberOfRequestsPerSecond": {"total": 0}})");
    QTest::newRow("wrk") << silentWrk;
    QTest::newRow("wrk2") << QByteArray(silentWrk).replace("Latency Distribution", "Latency Distribution (HdrHistogram - Recorded Latency)");
    QTest::newRow("vegeta's text") << QByteArray(
        "Requests      [total, rate, throughput]         0, 0.00, 0.00\nDuration      [total, attack, wait]             0s, 0s, 0s\n"
        "Latencies     [min, mean, 50, 90, 95, 99, max]  0s, 0s, 0s, 0s, 0s, 0s, 0s\nSuccess       [ratio]                           0.00%\n");
    QTest::newRow("autocannon") << QByteArray(
        R"({"connections":10,"duration":0,"errors":0,"timeouts":0,"non2xx":0,"latency":{"average":0,"min":0,"max":0,"p50":0,
        "p97_5":0,"p99":0,"totalCount":0},"requests":{"average":0,"total":0,"sent":10}})");
    QTest::newRow("h2load") << QByteArray("finished in 0us, 0.00 req/s, 0B/s\nrequests: 0 total, 0 started, 0 done, 0 succeeded, 0 failed, "
                                          "0 errored, 0 timeout\nstatus codes: 0 2xx, 0 3xx, 0 4xx, 0 5xx\n"
                                          "                min         max      median         p95         p99        mean          sd        +/- sd\n"
                                          "time for request:    0us         0us         0us         0us         0us         0us         0us        0.00%\n");
    QTest::newRow("locust") << QByteArray("Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,"
                                          "Max Response Time,Requests/s,Failures/s,95%\n,Aggregated,0,0,0,0,0,0,0,0,0\n");
    QTest::newRow("JMeter's table") << QByteArray(
        "Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error %,Throughput\nTOTAL,0,0,0,0,0,0,0,0,0.000%,.00000\n");
    QTest::newRow("JMeter's statistics") << QByteArray(
        R"({"Total":{"sampleCount":0,"errorCount":0,"medianResTime":0,"pct1ResTime":0,"pct2ResTime":0,"pct3ResTime":0,"throughput":0}})");
    QTest::newRow("Taurus") << QByteArray("label,avg_rt,concurrency,fail,succ,throughput,perc_95.0\n,0,0,0,0,0,0\n");
}

void TestSummaryForms::reportsOfNothing()
{
    QFETCH(QByteArray, text);
    const auto run = readLoadTest(m_scratch.write("report.json", text));
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains(u"not one request"), qPrintable(run.error().message.en));
}

void TestSummaryForms::percentilesThatNobodyCounted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("ab -e") << QByteArray("Percentage served,Time in ms\n0,2.0\n50,20\n95,40\n100,58\n");
    QTest::newRow("a table cut off") << QByteArray("Value(ms)  Percentile  TotalCount  1/(1-Percentile)\n20 0.5 10 2\n40 0.95 19 20\n");
    QTest::newRow("vegeta without requests") << QByteArray(R"({"latencies":{"50th":20000000,"95th":40000000}, "x":{"requests":1}})");
    QTest::newRow("hey cut off") << QByteArray("Summary:\n  Total:\t6.0 secs\n  Slowest:\t0.1 secs\n  Fastest:\t0.001 secs\n\n"
                                               "Latency distribution:\n  50% in 0.0200 secs\n  95% in 0.0400 secs\n");
}

void TestSummaryForms::percentilesThatNobodyCounted()
{
    QFETCH(QByteArray, text);
    const auto run = readLoadTest(m_scratch.write("result", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 0);
    QCOMPARE(run->whole->completed, 0);
    QCOMPARE(run->whole->percentileMs(0.95).value_or(-1), 40.0);
}

/// Where a service hangs, the level's zeros must be neither the best latencies of all nor nothing at all.
void TestSummaryForms::silentLevel()
{
    const auto run = readLoadTest(m_scratch.write("wrk.txt", QByteArray(wrkText).replace("128 conn", "64 conn") + silentWrk));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2344);
    QCOMPARE(run->levels.size(), 2U);
    QVERIFY(run->aggregates[1].percentiles.empty());
    QCOMPARE(run->aggregates[1].maxMs, -1.0);
    QVERIFY(hasRemark(*run, "At 1 levels (c128) not one request was completed"));
    QVERIFY(!hasRemark(*readLoadTest(m_scratch.write("wrk.txt", QByteArray(wrkText) + wrkText)), "not one request"));
}

void TestSummaryForms::onlyFailures_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("failed");
    QTest::newRow("wrk") << QByteArray(silentWrk).replace("Requests/sec", "  Socket errors: connect 128, read 0, write 0, timeout 0\nRequests/sec")
                         << 128;
    QTest::newRow("autocannon") << QByteArray(
        R"({"connections":10,"duration":10,"errors":30,"timeouts":30,"non2xx":0,"latency":{"average":0,"min":0,"max":0,"p50":0,
        "p97_5":0,"p99":0,"totalCount":0},"requests":{"average":0,"total":0,"sent":10}})") << 30;
}

/// All of them failed without an answer: that is a result, yet none with latencies.
void TestSummaryForms::onlyFailures()
{
    QFETCH(QByteArray, text);
    QFETCH(int, failed);
    const auto run = readLoadTest(m_scratch.write("result", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, failed);
    QCOMPARE(run->errors, failed);
    QVERIFY(run->whole->percentiles.empty());
    QCOMPARE(run->whole->minMs, -1.0);
}

void TestSummaryForms::abTableCutOff()
{
    const auto run = readLoadTest(m_scratch.write("ab.csv", "Percentage served,Time in ms\n0,2.055\n50,21.546\n51,2"));
    QVERIFY(run);
    QVERIFY(run->cutOff);
    const auto whole = readLoadTest(m_scratch.write("ab.csv", "Percentage served,Time in ms\n0,2.055\n50,21.5\n100,58\n"));
    QVERIFY(whole);
    QVERIFY(!whole->cutOff);
}

void TestSummaryForms::gatlingNamesLikeKeys()
{
    const auto run = readLoadTest(m_scratch.write("stats.js", R"(var stats = {
    type: "GROUP", name: "All Requests", path: "", pathFormatted: "group_missing",
    stats: {"name": "All Requests", "numberOfRequests": {"total": "10", "ok": "10", "ko": "0"},
            "percentiles1": {"total": "20"}, "meanNumberOfRequestsPerSecond": {"total": "5"}},
    contents: {"req_a": {type: "REQUEST", name: "get \"x\", path: y", path: "get {stats: 1, path: y", pathFormatted: "req_a",
               stats: {"numberOfRequests": {"total": "10", "ok": "10", "ko": "0"}}}}
}
function fillStats(stat) {})"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 10);
    QCOMPARE(run->labels.size(), 1U);
    QCOMPARE(run->labels[0].name, u"get {stats: 1, path: y");
}

void TestSummaryForms::k6WithoutHttp_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("summary") << QByteArray(
        R"--({"root_group":{"name":""},"state":{"testRunDurationMs":30000},"metrics":{
        "grpc_req_duration":{"type":"trend","values":{"avg":3.2,"p(95)":7}},
        "iterations":{"type":"counter","values":{"count":9000,"rate":300}}}})--");
    QByteArray lines;
    for (int i = 0; i < 9000; ++i)
        lines +=
            R"({"metric":"iterations","type":"Point","data":{"time":"2026-11-22T19:58:13.5Z","value":1,"tags":{}}})"
            "\n";
    QTest::newRow("--out json") << lines;
}

void TestSummaryForms::k6WithoutHttp()
{
    QFETCH(QByteArray, text);
    const auto run = readLoadTest(m_scratch.write("k6.json", text));
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains(u"9000 iterations, but no HTTP request"),
             qPrintable(run.error().message.en));
}

void TestSummaryForms::onlyTheFirstIsRead_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("k6") << QByteArray(k6Machine);
    QTest::newRow("artillery") << QByteArray(artillery1);
    QTest::newRow("gatling") << QByteArray(gatlingGlobal);
    QTest::newRow("jmeter") << QByteArray(R"({"Total":{"sampleCount":400,"errorCount":8,"pct1ResTime":80.0,"throughput":40.0}})");
}

// Results that were appended to each other.
void TestSummaryForms::onlyTheFirstIsRead()
{
    QFETCH(QByteArray, json);
    const auto one = readLoadTest(m_scratch.write("a.json", json + "\nbye\n"));
    QVERIFY2(one, qPrintable(one ? QString() : one.error().toString(Lang::En)));
    QVERIFY(!hasRemark(*one, "only the first"));
    for (const QByteArray &text : {json + '\n' + json + "\nand\n" + json, json + json + json.left(40)}) {
        const auto run = readLoadTest(m_scratch.write("a.json", text));
        QVERIFY(run);
        QCOMPARE(run->samples, one->samples);
        QVERIFY(hasRemark(*run, "There are 3 results in the file, and only the first is read"));
    }
}

/// Each of them is looked for up to the end of the file: 998 times its megabytes would take minutes.
void TestSummaryForms::bracketsThatNothingCloses()
{
    const QByteArray text = QByteArray("{\"summary\":{},\"successRate\":1,\"x\":[\n") + QByteArray("[\n").repeated(998)
        + QByteArray("1,").repeated(1'000'000);
    QElapsedTimer timer;
    timer.start();
    const auto run = readLoadTest(m_scratch.write("a.json", text));
    QVERIFY(!run);
    QVERIFY(run.error().message.en.contains(u"The JSON is broken"));
    QCOMPARE_LT(timer.elapsed(), 10'000);
    const auto good = readLoadTest(m_scratch.write("b.json", QByteArray(ohaNewer).trimmed() + '\n' + text.sliced(text.indexOf('\n') + 1)));
    QVERIFY(good);
    QVERIFY(hasRemark(*good, "1 broken JSON"));
}

void TestSummaryForms::othersTakeNothingFromAReport_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("clock");
    QTest::newRow("vegeta and a log") << QByteArray(vegetaJson) + "\n{\"level\":\"info\",\"msg\":\"done\"}\n" << true;
    QTest::newRow("a log and vegeta") << "{\"level\":\"info\",\"latencies\":1}\n" + QByteArray(vegetaJson) + '\n' << true;
    QTest::newRow("vegeta's text, cut behind its first line")
        << QByteArray(vegetaText) + "Requests      [total, rate, throughput]         2100, 350.17, 347.41\n" << false;
    QTest::newRow("autocannon and a log") << QByteArray(autocannon) + "\n{\"level\":30,\"msg\":\"done\"}\n" << true;
}

void TestSummaryForms::othersTakeNothingFromAReport()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, clock);
    const auto run = readLoadTest(m_scratch.write("report", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->hasClock, clock);
    QCOMPARE(run->startSeconds > 1e9, clock);
    QVERIFY(run->knowsErrors);
    QVERIFY(run->errors > 0);
    QVERIFY(run->whole);
}

void TestSummaryForms::codesOfTaurus()
{
    const QByteArray csv = "label,avg_rt,concurrency,fail,succ,throughput,perc_0.0,perc_95.0,perc_100.0,rc_200,"
                           "rc_Non HTTP response code: java.net.ConnectException\n,0.02,8,5,95,100,,0.04,-,95,5\n";
    const QByteArray xml = "<FinalStatus><Group label=\"\"><throughput value=\"100\"/><fail value=\"5\"/><perc value=\"x\" param=\"0.0\"/>"
                           "<perc value=\"0.04\" param=\"95.0\"/><perc value=\"\" param=\"100.0\"/><rc value=\"95\" param=\"200\"/>"
                           "<rc value=\"5\" param=\"Non HTTP response code: java.net.ConnectException\"/></Group></FinalStatus>";
    for (const QByteArray &text : {csv, xml}) {
        const auto run = readLoadTest(m_scratch.write("taurus", text));
        QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
        QCOMPARE(run->errors, 5);
        QCOMPARE(run->errorKinds.size(), 1);
        QCOMPARE(run->errorKinds.value("Non HTTP response code: java.net.ConnectException"), 5);
        QCOMPARE(run->whole->minMs, -1.0);
        QCOMPARE(run->whole->maxMs, -1.0);
        QCOMPARE(run->whole->percentileMs(0.95).value_or(-1), 40.0);
    }
}

QTEST_APPLESS_MAIN(TestSummaryForms)
#include "tst_summaryforms.moc"
