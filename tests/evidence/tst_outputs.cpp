// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <evidence/loadtest/levels.h>
#include <evidence/summarytexts.h>
#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

// Several runs in one file, and what logs put before the lines of a tool.

namespace
{

constexpr char heySlow[] = R"--(Summary:
  Total:	30.0000 secs
  Slowest:	1.2000 secs
  Fastest:	0.0003 secs
Latency distribution:
  95% in 0.5760 secs
Status code distribution:
  [200]	9000 responses
Error distribution:
  [1000]	Get "http://a/": EOF
)--";

constexpr char vegetaSlow[] = R"--(Requests      [total, rate, throughput]         6000, 100.02, 0.00
Duration      [total, attack, wait]             1m30s, 59.99s, 30.001s
Latencies     [min, mean, 50, 90, 95, 99, max]  30s, 30s, 30s, 30s, 30.001s, 30s, 30.021s
Success       [ratio]                           0.00%
Status Codes  [code:count]                      0:6000
Error Set:
Get "https://a/": context deadline exceeded
)--";

constexpr char siegeSlow[] = R"--(New configuration template added to /home/a/.siege
user@host:~$ siege -j
{	"transactions":			         100,
	"elapsed_time":			       10.00,
	"transaction_rate":		       10.00,
	"concurrency":			        20.00,
	"failed_transactions":		           0
}
)--";

constexpr char ohaInMilliseconds[] = R"--(❯ oha -z 30s http://a/
Summary:
  Success rate: 100.00%
  Total:        30001.5 ms
  Slowest:      48.3993 ms
  Fastest:      0.4083 ms
  Average:      4.7062 ms

Response time histogram:
   0.408 ms [1]      |
   5.207 ms [220176] |■■■■

Response time distribution:
  10.00% in 2.3039 ms
  95.00% in 9.6476 ms
  99.90% in 20.2472 ms

Details (average, fastest, slowest):
  DNS+dialup:   0.3275 ms, 0.0676 ms, 0.6415 ms

Status code distribution:
  [200] 3000 responses
  [503] 40 responses

Error distribution:
  [50] aborted due to deadline
  [7] connection error
)--";

constexpr char ohaUnindented[] = R"--(Summary:
Success rate: 100.00%
Total: 10.0000 secs
Slowest: 0.0045 secs
Fastest: 0.0004 secs
Response time distribution:
95.00% in 0.0010 secs
Status code distribution:
[200] 100 responses
)--";

constexpr char wrk2Timeouts[] = R"--(Running 30s test @ http://a
  16 threads and 256 connections
  Thread calibration: mean lat.: 5.464ms, rate sampling interval: 10ms
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    16.91s     3.00s    28.67s    61.16%
  6947 requests in 30.10s, 1.00MB read
  Socket errors: connect 0, read 0, write 0, timeout 3197
  Non-2xx or 3xx responses: 4248
Requests/sec:    230.83
)--";

constexpr char abStopped[] = R"--(This is ApacheBench, Version 2.3 <$Revision$>
Benchmarking localhost (be patient)
Completed 100 requests
apr_socket_recv: Connection reset by peer (104)
Total of 231 requests completed
)--";

using Line = QByteArray (*)(const QByteArray &line, int number);

QByteArray eachLine(const QByteArray &text, Line change)
{
    QByteArray all;
    int number = 0;
    for (const QByteArray &line : text.trimmed().split('\n'))
        all += change(line, number++) + '\n';
    return all;
}

QByteArray stamped(const QByteArray &line, int number)
{
    return "2026-11-22T09:31:" + QByteArray::number(number % 60).rightJustified(2, '0') + ".1234567Z " + line;
}
QByteArray bracketed(const QByteArray &line, int)
{
    return "[2026-11-22T09:31:00.123+09:00] " + line;
}
QByteArray coloured(const QByteArray &line, int number)
{
    return stamped("\x1B[36;1m" + line + "\x1B[0m", number);
}
QByteArray composed(const QByteArray &line, int)
{
    return "bench_1        | " + line;
}
QByteArray composedWithTimes(const QByteArray &line, int number)
{
    return "bench-1  | " + stamped(line, number);
}
QByteArray commented(const QByteArray &line, int)
{
    return "//    " + line;
}
QByteArray quoted(const QByteArray &line, int)
{
    return "> " + line;
}
QByteArray numbered(const QByteArray &line, int)
{
    return line.isEmpty() ? QByteArray("#") : "# " + line;
}

} // namespace

class TestOutputs : public QObject
{
    Q_OBJECT

private slots:
    void heyTwice();
    void vegetaTwice();
    void vegetaJsonTwice();
    void h2loadTwice();
    void npmTwice();
    void jsonDocuments_data();
    void jsonDocuments();
    void brokenDocument();
    void unfinishedOutput();
    void ohaPrinted();
    void wrk2Timeouts();
    void wrkWithoutFirstLine();
    void abStopped();
    void vegetaAmongText();
    void h2loadClientsAreKnown();
    void k6BehindItsLog();
    void logs_data();
    void logs();
    void remarksAreNoPrefix();

private:
    Result<LoadTestRun> read(const QByteArray &text) { return readLoadTest(m_scratch.write(QStringLiteral("result"), text)); }
    Scratch m_scratch;
};

void TestOutputs::heyTwice()
{
    const auto run = read(QByteArray(heyText) + heySlow);
    QVERIFY(run);
    QCOMPARE(run->levels.size(), size_t(2));
    const LoadAggregate &first = run->aggregates[0], &second = run->aggregates[1];
    QCOMPARE(first.completed, 2300);
    QCOMPARE(first.failed, 10);
    QCOMPARE(float(first.end - first.start), 6.0468F);
    QCOMPARE(first.maxMs, 94.7);
    QCOMPARE(first.percentileMs(0.95).value_or(-1), 47.5);
    QCOMPARE(second.completed, 10000);
    QCOMPARE(second.failed, 1000);
    QCOMPARE(float(second.end - second.start), 30.0F);
    QCOMPARE(second.percentileMs(0.95).value_or(-1), 576.0);
    QVERIFY(!run->whole);
    QCOMPARE(run->samples, 12300);
    QCOMPARE(run->errors, 1010);
    QCOMPARE(run->missing, std::vector{missingConnections()});
}

void TestOutputs::vegetaTwice()
{
    const auto run = read(QByteArray(vegetaText) + vegetaSlow);
    QVERIFY(run);
    QCOMPARE(run->levels.size(), size_t(2));
    QCOMPARE(run->levels[0].offered, 350.17);
    QCOMPARE(run->levels[1].offered, 100.02);
    QCOMPARE(run->aggregates[0].failed, 100);
    QCOMPARE(run->aggregates[0].percentileMs(0.95).value_or(-1), 1051.962);
    QCOMPARE(run->aggregates[1].failed, 6000);
    QCOMPARE(run->aggregates[1].percentileMs(0.95).value_or(-1), 30001.0);
    QCOMPARE(run->samples, 8100);
    QVERIFY(run->missing.empty());
}

void TestOutputs::vegetaJsonTwice()
{
    const QByteArray later = QByteArray(vegetaJson).replace("T19:57:43", "T20:57:43").replace("350.1746642", "700");
    const auto run = read(QByteArray(vegetaJson) + '\n' + later);
    QVERIFY(run);
    QCOMPARE(run->levels.size(), size_t(2));
    QCOMPARE(run->levels[1].offered, 700.0);
    QCOMPARE(float(run->levels[1].start - run->levels[0].start), 3600.0F);
    QCOMPARE(run->samples, 4200);
}

void TestOutputs::h2loadTwice()
{
    const QByteArray unstarted = QByteArray(h2loadNewer).replace("spawning", "// spawning").replace("20 total client(s)", "");
    const auto run = read(QByteArray(h2load) + unstarted);
    QVERIFY(run);
    QCOMPARE(run->aggregates.size(), size_t(2));
    QCOMPARE(run->aggregates[0].users, 50.0);
    QCOMPARE(run->aggregates[0].completed, 2334);
    QCOMPARE(run->aggregates[0].maxMs, 264.11);
    QVERIFY(run->aggregates[0].percentiles.empty());
    QCOMPARE(run->aggregates[1].users, -1.0); // not those of the run before
    QCOMPARE(run->aggregates[1].completed, 1000);
    QCOMPARE(run->aggregates[1].failed, 0);
    QCOMPARE(run->aggregates[1].percentileMs(0.95).value_or(-1), 40.5);
    QCOMPARE(run->errors, 34);
}

void TestOutputs::npmTwice()
{
    const auto run = read(QByteArray(npmLoadtest) + QByteArray(npmLoadtest).replace("rps:          100", "rps:          200"));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Open);
    QCOMPARE(run->levels.size(), size_t(2));
    QCOMPARE(run->levels[1].offered, 200.0);
    QCOMPARE(run->samples, 1200);
}

void TestOutputs::jsonDocuments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<qint64>>("requests");
    const QByteArray one = autocannon, other = QByteArray(autocannon).replace("\"total\":1000", "\"total\":3000");
    QTest::newRow("siege") << QByteArray(siegeJson) + siegeSlow << QList<qint64>{280, 100};
    QTest::newRow("oha") << QByteArray(ohaText) + '\n' + ohaNewer << QList<qint64>{97, 10};
    QTest::newRow("autocannon, a line each") << one + '\n' + other << QList<qint64>{1005, 3005};
    QTest::newRow("autocannon, without a break") << one.trimmed() + other << QList<qint64>{1005, 3005};
    QTest::newRow("autocannon, an array") << '[' + one + ',' + other + ']' << QList<qint64>{1005, 3005};
}

void TestOutputs::jsonDocuments()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QList<qint64>, requests);
    const auto run = read(text);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->levels.size(), size_t(requests.size()));
    for (qsizetype i = 0; i < requests.size(); ++i)
        QCOMPARE(run->aggregates[size_t(i)].completed, requests[i]);
}

void TestOutputs::brokenDocument()
{
    const auto run = read(QByteArray(ohaNewer) + '\n' + QByteArray(ohaText).chopped(40) + '\n');
    QVERIFY(run);
    QCOMPARE(run->samples, 10);
    QVERIFY(hasRemark(*run, QStringLiteral("1 broken JSON documents")));
    const auto alone = read(QByteArray(ohaText).chopped(40));
    QVERIFY(!alone);
    QVERIFY(alone.error().message.en.contains(QStringLiteral("The JSON is broken at byte")));
}

void TestOutputs::unfinishedOutput()
{
    const auto run = read(QByteArray(heyText) + QByteArray(heySlow).first(60));
    QVERIFY(run);
    QCOMPARE(run->samples, 2300);
    QCOMPARE(run->levels.size(), size_t(1));
    QVERIFY(hasRemark(*run, QStringLiteral("1 outputs without requests")));
}

void TestOutputs::ohaPrinted()
{
    const auto run = read(ohaInMilliseconds);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->tool, QStringLiteral("oha"));
    QCOMPARE(run->model, LoadModel::Unknown);
    QCOMPARE(run->samples, 3047);
    QCOMPARE(run->errors, 47);
    QCOMPARE(run->errorKinds.value(QStringLiteral("HTTP 503")), 40);
    QCOMPARE(float(run->whole->end), 30.0015F);
    QCOMPARE(run->whole->timed, 3040);
    QCOMPARE(run->whole->maxMs, 48.3993);
    QCOMPARE(run->whole->percentileMs(0.999).value_or(-1), 20.2472);
    QVERIFY(hasRemark(*run, QStringLiteral("50 requests were cut off")));
    QCOMPARE(run->missing, std::vector{missingLoad()});
    const auto both = read(QByteArray(ohaUnindented) + ohaInMilliseconds);
    QCOMPARE(both->levels.size(), size_t(2));
    QCOMPARE(both->aggregates[0].percentileMs(0.95).value_or(-1), 1.0);
    QCOMPARE(both->aggregates[0].completed, 100);
}

void TestOutputs::wrk2Timeouts()
{
    const auto run = read(::wrk2Timeouts);
    QVERIFY(run);
    QCOMPARE(run->tool, QStringLiteral("wrk2"));
    QCOMPARE(run->samples, 6947);
    QCOMPARE(run->errors, 4248);
    QVERIFY(!run->errorKinds.contains(QStringLiteral("timeout")));
    QVERIFY(hasRemark(*run, QStringLiteral("3,197 timeouts are not counted")));
    // wrk 3 counts as wrk2 does, which shows where there are more than requests.
    const auto wrk3 = read(QByteArray(wrkErrors).replace("timeout 2", "timeout 2000"));
    QCOMPARE(wrk3->errors, 5 + 4 + 3 + 5);
    QVERIFY(hasRemark(*wrk3, QStringLiteral("2,000 timeouts are not counted")));
}

void TestOutputs::wrkWithoutFirstLine()
{
    const QByteArray text = QByteArray(wrkText).sliced(QByteArray(wrkText).indexOf('\n') + 1);
    const auto run = read(text);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2344);
    QCOMPARE(run->errors, 12);
    QCOMPARE(run->whole->users, 128.0);
    QCOMPARE(run->whole->end, 6.01);
    QCOMPARE(run->whole->percentileMs(0.99).value_or(-1), 401.75);
    const auto both = read(text + QByteArray(text).replace("128 conn", "256 conn"));
    QCOMPARE(both->levels.size(), size_t(2));
    QCOMPARE(both->levels[1].users, 256.0);
}

void TestOutputs::abStopped()
{
    const auto run = read(::abStopped);
    QVERIFY(!run);
    QVERIFY(run.error().message.en.contains(QStringLiteral("stopped before its report")));
    QVERIFY(!run.error().hint.ja.isEmpty());
    const auto second = read(QByteArray(abText) + ::abStopped);
    QCOMPARE(second->samples, 1000);
    QVERIFY(hasRemark(*second, QStringLiteral("1 runs were stopped")));
}

void TestOutputs::vegetaAmongText()
{
    const auto prompt = read(QByteArray("$ vegeta report results.bin\n") + vegetaText);
    QVERIFY2(prompt, prompt ? "" : qPrintable(prompt.error().toString(Lang::En)));
    QCOMPARE(prompt->samples, 2100);
    const auto page = read(QByteArray("# Results\n\n## 1: [coffee](a)\n\n```text\n") + vegetaText + "```\n\n## 2\n\n```text\n"
                           + vegetaSlow + "```\n");
    QVERIFY(page);
    QCOMPARE(page->levels.size(), size_t(2));
    QVERIFY(!read("Our requests: [total, rate]\nDuration of them [total]\n"));
}

void TestOutputs::h2loadClientsAreKnown()
{
    const auto run = read(h2load);
    QCOMPARE(run->missing.back(), missingPace());
    QVERIFY(hasRemark(*run, QStringLiteral("There were 50 clients")));
    QVERIFY(std::ranges::find(run->missing, missingLoad()) == run->missing.end());
}

void TestOutputs::k6BehindItsLog()
{
    QByteArray points = "time=\"2026-11-22T22:13:20Z\" level=info msg=\"hello\"\n\n";
    for (int i = 0; i < 5; ++i)
        points += R"({"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-22T22:13:2)" + QByteArray::number(i)
            + R"(.5Z","value":10.5,"tags":{"status":"200"}}})" + '\n';
    const auto run = read(points);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->tool, QStringLiteral("k6"));
    QCOMPARE(run->samples, 5);
    QCOMPARE(run->skippedLines, 1);
    QVERIFY(!read("log\n{\"metric\":\"cpu\",\"value\":1}\n"));
}

void TestOutputs::logs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("log");
    const std::pair<const char *, Line> logs[] = {{"stamps", stamped},     {"stamps in brackets", bracketed},
                                                  {"colours", coloured},   {"compose", composed},
                                                  {"compose with times", composedWithTimes},
                                                  {"//", commented},       {">", quoted},
                                                  {"#", numbered}};
    const std::pair<const char *, const char *> tools[] = {
        {"wrk", wrkText}, {"wrk2", wrk2Text}, {"hey", heyText}, {"oha", ohaInMilliseconds}, {"vegeta", vegetaText},
        {"ab", abText},   {"siege", siegeText}, {"h2load", h2load}, {"loadtest", npmLoadtest}};
    for (const auto &[tool, text] : tools) {
        for (const auto &[log, change] : logs)
            QTest::addRow("%s, %s", tool, log) << QByteArray(text) << eachLine(text, change);
    }
    QTest::newRow("other lines of the log") << QByteArray(wrkText)
        << "Attaching to web_1, bench_1\nweb_1          | 200 requests in 3s\n" + eachLine(wrkText, composed) + "bench_1 exited\n";
}

/// What stands before the lines changes nothing of what is read.
void TestOutputs::logs()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, log);
    const auto plain = read(text), run = read(log);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->tool, plain->tool);
    QCOMPARE(run->samples, plain->samples);
    QCOMPARE(run->errors, plain->errors);
    QCOMPARE(run->errorKinds, plain->errorKinds);
    QCOMPARE(run->missing, plain->missing);
    QCOMPARE(run->remarks, plain->remarks);
    QCOMPARE(run->whole->percentiles, plain->whole->percentiles);
    QCOMPARE(run->whole->users, plain->whole->users);
    QCOMPARE(run->whole->end, plain->whole->end);
    QCOMPARE(run->whole->maxMs, plain->whole->maxMs);
}

/// A run that somebody put out of the way with "#" beside one that counts stays out of the way.
void TestOutputs::remarksAreNoPrefix()
{
    const auto run = read(eachLine(wrkPlain, numbered) + wrkText);
    QVERIFY(run);
    QCOMPARE(run->levels.size(), size_t(1));
    QCOMPARE(run->samples, 2344);
}

QTEST_APPLESS_MAIN(TestOutputs)

#include "tst_outputs.moc"
