// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <evidence/summarytexts.h>
#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

/// What a text must come to; -1: not stated, -2: not looked at.
struct Expected {
    const char *tool;
    qint64 samples, errors;
    double q = 0, ms = -2;
    double users = -2, offered = -2, seconds = -2;
    LoadModel model = LoadModel::Unknown;
    const char *remark = nullptr; ///< in English
};

struct Case {
    const char *name;
    const char *text;
    Expected expected;
};

constexpr double notStated = -1;

const Case cases[] = {
    {"wrk", wrkText, {"wrk", 2344, 12, 0.99, 401.75, 128, -2, 6.01, LoadModel::Closed}},
    {"wrk without --latency", wrkPlain, {"wrk", 1045, 0, 0.99, notStated, 16, -2, 5.08, LoadModel::Closed}},
    {"wrk: an answer beyond the timeout is a request, others come on top", wrkErrors,
     {"wrk", 1012, 19, 0.99, 1900, 64, -2, 10, LoadModel::Closed, "answers beyond the timeout"}},
    {"wrk2: most latencies fall into the calibration", wrk2Text,
     {"wrk2", 5235, 0, 0.95, 1.3, 8, notStated, 15, LoadModel::Open, "1,703 of 5,235"}},
    {"wrk2: a minute is more exactly told by the rate", wrk2Minute,
     {"wrk2", 119956, 0, 0.99, 2.14, 10, notStated, 119956 / 1999.21, LoadModel::Open, "99,900 of 119,956"}},
    {"wrk2: under ten seconds", wrk2Short, {"wrk2", 600, 0, 0.5, 20, 8, notStated, 6, LoadModel::Open, "bursts"}},
    {"wrk2: not the uncorrected table", wrk2Uncorrected,
     {"wrk2", 5000, 0, 0.99, 90, 8, notStated, 20, LoadModel::Open, "-U"}},
    {"k6 --summary-export: true means crossed", k6Legacy,
     {"k6", 1000, 25, 0.95, 84.5, 10, -2, 50, LoadModel::Closed, "1 of k6's thresholds were crossed: http_req_duration p(95)<50."}},
    {"k6 handleSummary: ok means kept", k6Handle,
     {"k6", 1000, 25, 0.99, 120, 10, -2, 60, LoadModel::Closed, "crossed: http_req_duration p(95)<50."}},
    {"k6 handleSummary: dropped iterations", k6Dropped, {"k6", 900, 0, 0.9, 40, -1, -2, 30, LoadModel::Open, "dropped 100"}},
    {"k6 machine-readable", k6Machine, {"k6", 700, 7, 0.95, 33, 5, -2, 35, LoadModel::Open}},
    {"vegeta: code 0 and 503 fail", vegetaJson, {"vegeta", 2100, 30, 0.95, 51.962185, -1, 350.1746642, 6.0446650, LoadModel::Open}},
    {"vegeta without figures", vegetaNulls, {"vegeta", 10, 0, 0.95, notStated, -1, 5, 2, LoadModel::Open}},
    {"vegeta text", vegetaText, {"vegeta", 2100, 100, 0.95, 1051.962, -1, 350.17, 66.045, LoadModel::Open}},
    {"vegeta text of old", vegetaOld, {"vegeta", 1200, 0, 0.99, 20.5, -1, 120, 10, LoadModel::Open}},
    {"vegeta hdrplot", vegetaPlot, {"vegeta", 2100, 0, 0.9, 44.86473, -1, -2, 0, LoadModel::Open}},
    {"locust 1.0", locustStats, {"locust", 71464, 10000, 0.95, 570, -1, -2, 600, LoadModel::Closed}},
    {"locust 0.13", locust013, {"locust", 500, 5, 0.99, 300, -1, -2, 50, LoadModel::Closed}},
    {"locust 0.8", locust08, {"locust", 100, 0, 0.5, 40, -1, -2, 20, LoadModel::Closed}},
    {"locust without a sum", locustNoTotal, {"locust", 30, 1, 0.95, notStated, -2, -2, -2, LoadModel::Closed}},
    {"locust's workers of old: a failure is no request", locustWorkers, {"locust", 10, 2, 0, -2, -2, -2, -2, LoadModel::Closed}},
    {"locust --json", locustJson, {"locust", 6, 1, 0, -2, -2, -2, -2, LoadModel::Closed}},
    {"artillery 2", artillery2, {"artillery", 300, 30, 0.99, 80, -2, -2, -2, LoadModel::Open, "phases under 20 s"}},
    {"artillery 1", artillery1, {"artillery", 1205, 25, 0.95, 40, -2, -2, -2, LoadModel::Open}},
    {"autocannon", autocannon, {"autocannon", 1005, 15, 0.975, 41, 10, -2, 10.02, LoadModel::Closed}},
    {"autocannon -R", autocannonWrong,
     {"autocannon", 2124, 0, 0.99, notStated, 100, -2, 6.09, LoadModel::Open,
      "440,887 latencies for 2,124 requests: this tool's correction"}},
    {"oha: nulls, NaN and a deadline", ohaText, {"oha", 97, 4, 0.99, 500, -1, -2, 10, LoadModel::Unknown, "3 requests were cut off"}},
    {"oha in milliseconds", ohaNewer, {"oha", 10, 0, 0.95, 12.5, -1, -2, 1}},
    {"hey", heyText, {"hey", 2300, 10, 0.95, 47.5, -1, -2, 6.0468, LoadModel::Closed}},
    {"hey: 10%% in", heyPercents, {"hey", 200, 0, 0.95, 47.5, -1, -2, 2, LoadModel::Closed}},
    {"ab: other lengths are no errors", abText,
     {"ab", 1000, 25, 0.99, 1234, 10, -2, 12.5, LoadModel::Closed, "40 answers of another length"}},
    {"ab: failed without its kinds", abUnkind, {"ab", 1000, 7, 0.5, 3, 10, -2, 12.5, LoadModel::Closed}},
    {"ab -e", abTable, {"ab", 0, 0, 0.99, 46.5, -2, -2, -2, LoadModel::Closed}},
    {"siege -j among other text", siegeJson, {"siege", 280, 8, 0.95, notStated, 0.99, -2, 6.01, LoadModel::Closed, "steps of 10 ms"}},
    {"siege text", siegeText, {"siege", 277, 0, 0.95, notStated, 1, -2, 6.01, LoadModel::Closed}},
    {"h2load", h2load, {"h2load", 2334, 34, 0.95, notStated, 50, -2, 6.01}},
    {"h2load with percentiles", h2loadNewer, {"h2load", 1000, 0, 0.95, 40.5, 20, -2, 10}},
    {"loadtest", npmLoadtest, {"loadtest", 600, 6, 0.95, 40, -1, 100, 6, LoadModel::Open}},
    {"loadtest of old", npmLoadtestOld, {"loadtest", 1000, 0, 0.9, 21, 10, -1, 2.5, LoadModel::Closed}},
    {"jmeter's summariser, printed twice", jmeterLog, {"jmeter", 1000, 3, 0.95, notStated, -2, -2, 1000 / 32.7, LoadModel::Closed}},
    {"jmeter's console", jmeterConsole, {"jmeter", 15158, 0, 0.95, notStated, -2, -2, 15158 / 277.7, LoadModel::Closed}},
    {"gatling global_stats.json", gatlingGlobal, {"gatling", 245, 5, 0.99, 2026, -1, -2, 49}},
    {"gatling stats.js", gatlingJs, {"gatling", 10, 0, 0.95, 120, -1, -2, 5}},
    {"gatling with other percentiles", gatlingOther, {"gatling", 245, 5, 0.99, notStated}},
    {"taurus as CSV", taurusCsv, {"taurus", 677, 11, 0.95, 1293, 16, -2, 0, LoadModel::Closed}},
    {"taurus", taurusXml, {"taurus", 677, 11, 0.95, 1293, 16, -2, 42.5, LoadModel::Closed}},
};

double stretchOf(const LoadTestRun &run)
{
    return run.whole ? run.whole->end - run.whole->start : 0;
}

} // namespace

class TestSummaries : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void severalOutputsAreLevels();
    void whatLeavesFailuresOut();
    void labels();
    void artilleryWindows();
    void iagoMinutes();
    void locustHistory();
    void locustWithoutFullHistory();
    void locustReset();
    void locustWorkers();
    void siegeLog();
    void refuses_data();
    void refuses();
    void survivesDamage_data();
    void survivesDamage();

private:
    Scratch m_scratch;
};

void TestSummaries::reads_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(cases)); ++i)
        QTest::newRow(cases[i].name) << i;
}

void TestSummaries::reads()
{
    QFETCH(const int, index);
    const Expected &e = cases[index].expected;
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("result"), cases[index].text));
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->tool, QString::fromUtf8(e.tool));
    QCOMPARE(run->samples, e.samples);
    QCOMPARE(run->errors, e.errors);
    QCOMPARE(run->model, e.model);
    if (e.q == 0) // samples, not figures
        return;
    QVERIFY(run->whole);
    QCOMPARE(run->whole->percentileMs(e.q).value_or(-1), e.ms);
    if (e.users != -2)
        QCOMPARE(run->whole->users, e.users);
    if (e.offered != -2 && !run->levels.empty())
        QCOMPARE(float(run->levels.front().offered), float(e.offered));
    if (e.seconds != -2)
        QCOMPARE(float(stretchOf(*run)), float(e.seconds));
    if (e.remark)
        QVERIFY2(hasRemark(*run, QString::fromUtf8(e.remark)),
                 run->remarks.empty() ? "none" : qPrintable(run->remarks.front().en));
    qint64 kinds = 0;
    for (const qint64 count : run->errorKinds)
        kinds += count;
    QCOMPARE_LE(kinds, run->errors);
}

void TestSummaries::severalOutputsAreLevels()
{
    const QByteArray both = QByteArray(wrkText) + wrkPlain + "Running 5s test @ http://a\n  1 threads and 2 connections\n";
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("both.txt"), both));
    QVERIFY(run);
    QCOMPARE(run->levels.size(), size_t(2));
    QCOMPARE(run->levels[0].name, QStringLiteral("c128"));
    QCOMPARE(run->levels[1].users, 16.0);
    QCOMPARE(run->levels[1].start, run->levels[0].end);
    QCOMPARE(run->aggregates[1].start, run->levels[1].start);
    QCOMPARE(run->samples, 2344 + 1045);
    QVERIFY(!run->whole);
    QVERIFY(hasRemark(*run, QStringLiteral("cut off")));
    const auto ab = readLoadTest(m_scratch.write(QStringLiteral("ab.txt"), QByteArray(abText) + abUnkind));
    QCOMPARE(ab->levels.size(), size_t(2));
    QCOMPARE(ab->levels[1].start, 12.5);
    const auto cannon = QByteArray("[") + autocannon + ',' + autocannon + ']'; // with a clock: at the same time
    QCOMPARE(readLoadTest(m_scratch.write(QStringLiteral("cannon.json"), cannon))->samples, 2010);
}

void TestSummaries::whatLeavesFailuresOut()
{
    QVERIFY(!readLoadTest(m_scratch.write(QStringLiteral("ab.csv"), abTable))->knowsErrors);
    QVERIFY(!readLoadTest(m_scratch.write(QStringLiteral("plot.txt"), vegetaPlot))->knowsErrors);
    const QByteArray noCodes = QByteArray(vegetaText).replace("Status Codes", "Else");
    QCOMPARE(readLoadTest(m_scratch.write(QStringLiteral("report.txt"), noCodes))->errors, 100); // by the ratio
    const auto neither = readLoadTest(m_scratch.write(QStringLiteral("report.txt"), QByteArray(noCodes).replace("Success", "Else")));
    QVERIFY(!neither->knowsErrors);
    const QByteArray noRate = QByteArray(k6Legacy).replace("http_req_failed", "other_metric");
    const auto k6 = readLoadTest(m_scratch.write(QStringLiteral("k6.json"), noRate));
    QVERIFY(!k6->knowsErrors);
    QCOMPARE(k6->errors, 0);
}

void TestSummaries::labels()
{
    const auto locust = readLoadTest(m_scratch.write(QStringLiteral("stats.csv"), locustStats));
    QCOMPARE(locust->labels.size(), size_t(2));
    QCOMPARE(locust->labels.front().name, QStringLiteral("POST a, b"));
    QCOMPARE(locust->labels.front().samples, 64219);
    const auto taurus = readLoadTest(m_scratch.write(QStringLiteral("taurus.xml"), taurusXml));
    QCOMPARE(taurus->labels.front().name, QStringLiteral("http://a/?x=1&y=2"));
    QCOMPARE(taurus->errorKinds.value(QStringLiteral("HTTP 503")), 11);
    const auto table = readLoadTest(m_scratch.write(QStringLiteral("taurus.csv"), taurusCsv));
    QCOMPARE(table->labels.size(), size_t(2));
    QCOMPARE(table->labels.back().name, QStringLiteral("http://a/?x=1,2"));
    QCOMPARE(table->labels.back().errors, 11);
    QCOMPARE(table->errorKinds.value(QStringLiteral("HTTP 503")), 11);
    const auto gatling = readLoadTest(m_scratch.write(QStringLiteral("stats.js"), gatlingJs));
    QCOMPARE(gatling->labels.size(), size_t(1));
    QCOMPARE(gatling->labels.front().name, QStringLiteral("group / request: {1}"));
}

void TestSummaries::artilleryWindows()
{
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("report.json"), artillery2));
    QCOMPARE(run->aggregates.size(), size_t(2));
    QCOMPARE(run->aggregates[0].start, 1795377691.5); // the first metric, not the clock's ten seconds
    QCOMPARE(run->aggregates[0].end, 1795377700.0);
    QCOMPARE(run->aggregates[0].arrivals, 100);
    QCOMPARE(run->aggregates[1].end, 1795377703.0);
    QCOMPARE(run->aggregates[1].failed, 30);
    QCOMPARE(run->errorKinds.value(QStringLiteral("ETIMEDOUT")), 10);
    QCOMPARE(run->errorKinds.value(QStringLiteral("HTTP 503")), 20);
    const auto old = readLoadTest(m_scratch.write(QStringLiteral("old.json"), artillery1));
    QCOMPARE(old->aggregates.size(), size_t(2));
    QCOMPARE(old->aggregates[1].end - old->aggregates[1].start, 5.0);
}

namespace
{

QByteArray historyRow(int second, int users, int requests, int failures, const char *p95, double mean)
{
    return QByteArray::number(1795378213 + second) + ',' + QByteArray::number(users) + ",,Aggregated,0.0,0.0,20," + p95
        + ',' + QByteArray::number(requests) + ',' + QByteArray::number(failures) + ",20," + QByteArray::number(mean) + ",1,99,11\n";
}

const QByteArray historyHeader = "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,Total Request Count,Total "
                                 "Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response "
                                 "Time,Total Max Response Time,Total Average Content Size\n";

/// Twenty seconds of 100 users, twenty of 200, then five of 300; mean 10 ms, then 30 ms.
QByteArray history()
{
    QByteArray text = historyHeader + historyRow(0, 100, 0, 0, "N/A", 0);
    int requests = 0, failures = 0;
    double sum = 0;
    for (int i = 1; i <= 45; ++i) {
        const int users = i <= 20 ? 100 : i <= 40 ? 200 : 300; // during the second before
        const int shown = i < 20 ? 100 : i < 40 ? 200 : 300;
        requests += users;
        failures += i > 40 ? 10 : 0;
        sum += users * (i <= 20 ? 10.0 : 30.0);
        if (i == 7)
            continue; // a row came too late
        text += historyRow(i, shown, requests, failures, i <= 20 ? "40" : "70", sum / requests);
    }
    return text;
}

} // namespace

void TestSummaries::iagoMinutes()
{
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("parrot.log"), iagoLog));
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->tool, QStringLiteral("iago"));
    QCOMPARE(run->samples, 85 + 119);
    QCOMPARE(run->errors, 1 + 4);
    QCOMPARE(run->aggregates.size(), size_t(2));
    QCOMPARE(run->aggregates[1].end - run->aggregates[1].start, 30.0);
    QCOMPARE(run->aggregates[0].percentileMs(0.999).value_or(-1), 105.0);
    QVERIFY(!run->whole);
}

void TestSummaries::locustHistory()
{
    const QByteArray text = history() + "1795378258,300,GET,\"/a,b\",0,0,20,70,9500,50,20,20,1,99,11\n17953782";
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("history.csv"), text));
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 20 * 100 + 20 * 200 + 5 * 300);
    QCOMPARE(run->errors, 50);
    QCOMPARE(run->seconds.size(), size_t(45));
    QCOMPARE(run->seconds[6].completed, 100); // shared out over the two seconds of the late row
    QCOMPARE(run->seconds[25].started, 200);
    QCOMPARE(run->seconds[25].users, 200.0);
    QCOMPARE(run->seconds[44].failed, 10);
    QCOMPARE(run->latency.count(), 0);
    QVERIFY(run->hasClock);
    QVERIFY(run->levels.empty()); // to be found from the users

    // Windows end with their level; the level shorter than a window has counts alone.
    QCOMPARE(run->aggregates.back().users, 300.0);
    QCOMPARE(run->aggregates.back().failed, 50);
    QVERIFY(!run->aggregates.back().percentileMs(0.95));
    int stated = 0;
    for (const LoadAggregate &part : run->aggregates) {
        const bool slow = part.users > 100;
        if (const auto p95 = part.percentileMs(0.95)) {
            ++stated;
            QCOMPARE(*p95, slow ? 70.0 : 40.0);
        }
        QCOMPARE(float(part.meanMs), slow ? 30.0F : 10.0F);
    }
    QCOMPARE(stated, 3);
    QVERIFY(!run->whole->percentileMs(0.95)); // of ten seconds, not of the whole
    QCOMPARE(run->labels.front().name, QStringLiteral("GET /a,b"));
    QVERIFY(hasRemark(*run, QStringLiteral("1 levels shorter")));
    QVERIFY(hasRemark(*run, QStringLiteral("cut off")));
}

void TestSummaries::locustWithoutFullHistory()
{
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("history.csv"), history()));
    QVERIFY(run);
    for (const LoadAggregate &part : run->aggregates)
        QVERIFY(part.percentiles.empty()); // they are those since the beginning
    QCOMPARE(run->whole->percentileMs(0.95).value_or(-1), 70.0);
    QVERIFY(hasRemark(*run, QStringLiteral("--csv-full-history")));
}

void TestSummaries::locustReset()
{
    QByteArray text = historyHeader;
    for (int i = 0; i <= 5; ++i)
        text += historyRow(i, 10, 100 * i, 0, "40", 20);
    for (int i = 6; i <= 10; ++i)
        text += historyRow(i, 10, 100 * (i - 5), 1, "40", 20);
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("history.csv"), text));
    QVERIFY(run);
    QCOMPARE(run->samples, 1000);
    QCOMPARE(run->errors, 1);
    QVERIFY(hasRemark(*run, QStringLiteral("reset")));
    QVERIFY(run->whole->percentiles.empty());
}

void TestSummaries::locustWorkers()
{
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("w.ldjson"), QByteArray(tenken::test::locustWorkers) + "{\"sta"));
    QVERIFY(run);
    QCOMPARE(run->seconds.size(), size_t(5));
    QCOMPARE(run->seconds[0].completed, 3);
    QCOMPARE(run->seconds[1].failed, 2); // in the last second of its report
    QCOMPARE(run->seconds[1].users, 7.0); // of both workers
    QCOMPARE(run->seconds[2].users, 7.0); // a hole
    QCOMPARE(run->seconds[2].completed, 0);
    QCOMPARE(run->latency.count(), 8);
    QVERIFY(run->latency.percentileMs(1) >= 64);
    QCOMPARE(run->labels.front().name, QStringLiteral("GET /"));
    QVERIFY(hasRemark(*run, QStringLiteral("cut off")));
    const auto json = readLoadTest(m_scratch.write(QStringLiteral("w.json"), locustJson));
    QCOMPARE(json->seconds[1].failed, 1);
}

void TestSummaries::siegeLog()
{
    const auto run = readLoadTest(m_scratch.write(QStringLiteral("siege.log"), siegeLogText));
    QVERIFY(run);
    QCOMPARE(run->levels.size(), size_t(2));
    QCOMPARE(run->samples, 277 + 555 + 3);
    QCOMPARE(run->errors, 3);
    QVERIFY(run->hasClock);
    QCOMPARE(float(run->levels[0].end - run->levels[0].start), 6.01F);
    QCOMPARE(run->aggregates[1].meanMs, 40.0);
}

void TestSummaries::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &text, const char *words) {
        QTest::newRow(name) << text << QString::fromUtf8(words);
    };
    row("blanks", "\n  \n", "nothing but blanks");
    row("k6 console", "     http_req_duration..............: avg=22ms p(95)=40ms\n", "--summary-export=summary.json");
    row("k6 2 console", "    http_req_duration\n      http_reqs......................: 100  10/s\n", "--out json=results.json.gz");
    row("locust console", "Type     Name        # reqs      # fails |    Avg\n", "_stats_history.csv");
    row("artillery console", "--------\nMetrics for period to: 20:01:40(+0000)\n", "--output report.json");
    row("autocannon console", "Running 10s test @ http://localhost\n10 connections\n\n│ Stat │ 2.5% │ 97.5% │\n", "autocannon --json");
    row("oha console", "Summary:\n  Success rate:\t100.00%\n  Slowest:\t0.1 secs\n", "oha --output-format json");
    row("gatling console", "---- Global Information ----\n> request count  10\n", "simulation.log");
    row("locust html", "<!DOCTYPE html>\n<html><title>Test Report for locustfile.py</title>", "_stats_history.csv");
    row("k6 html", "<!DOCTYPE html><html><title>k6 report: 2026</title>", "--out json");
    row("gatling html", "<!DOCTYPE html><html><title>Gatling Stats - Global</title>", "simulation.log");
    row("jmeter html", "<!DOCTYPE html><html><title>Apache JMeter Dashboard</title>", "jmeter -l results.jtl");
    row("other html", "<html><body>404</body></html>", "not a result file");
    row("locust failures", "Method,Name,Error,Occurrences\nGET,/,x,3\n", "_stats_history.csv");
    row("locust exceptions", "Count,Message,Traceback,Nodes\n", "_stats_history.csv");
    row("locust distribution", "\"Name\",\"# requests\",\"50%\",\"66%\"\n", "_requests.csv");
    row("a comparison of frameworks", R"([{"name":"a","requests":"1","latency":"2","throughput":"3"}])", "autocannon --json");
    row("broken JSON", R"({"summary":{"successRate":1,"total":)", "The JSON is broken");
    row("taurus with an entity", "<!DOCTYPE a [<!ENTITY b \"bb\">]><FinalStatus><Group label=\"&b;\"/></FinalStatus>", "Taurus");
    row("jmeter.log without a summary", "2014/05/22 14:50:15 INFO  - jmeter.JMeter: Version 2.10\n", "not one request");
    row("a wrk output that never ended", "Running 5s test @ http://a\n  1 threads and 2 connections\n", "not one request");
}

void TestSummaries::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, words);
    const QString path = m_scratch.write(QStringLiteral("refused"), text);
    const auto run = readLoadTest(path);
    QVERIFY(!run);
    const QString said = run.error().message.en + u' ' + run.error().hint.en;
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY(!run.error().message.ja.isEmpty());
    QCOMPARE(run.error().file, path);
}

void TestSummaries::survivesDamage_data()
{
    reads_data();
}

/// Cut off anywhere, and with digits, brackets and blanks in wrong places: a run or a problem, and no nonsense.
void TestSummaries::survivesDamage()
{
    QFETCH(const int, index);
    const QByteArray text = cases[index].text;
    quint32 seed = quint32(index) * 2654435761U + 1;
    const auto random = [&seed](qsizetype below) {
        seed = seed * 1664525U + 1013904223U;
        return qsizetype(seed >> 8) % below;
    };
    static const char wrong[] = "9-eE.,:{}[]\"%\n \0x";
    for (int i = 0; i < 24; ++i) {
        QByteArray damaged = i < 8 ? text.left(text.size() * i / 8) : text;
        for (int n = 0; i >= 8 && n < 1 + i % 7; ++n)
            damaged[random(damaged.size())] = wrong[random(sizeof wrong - 1)];
        const auto run = readLoadTest(m_scratch.write(QStringLiteral("damaged"), damaged));
        if (!run) {
            QVERIFY(!run.error().message.isEmpty());
            continue;
        }
        QCOMPARE_GE(run->samples, 0);
        QCOMPARE_LE(run->errors, run->samples);
        for (const LoadAggregate &part : run->aggregates) {
            QVERIFY(part.end > part.start && part.end - part.start < 1e9);
            QVERIFY(part.completed >= 0 && part.failed >= 0 && part.failed <= part.completed);
        }
    }
}

QTEST_APPLESS_MAIN(TestSummaries)

#include "tst_summaries.moc"
