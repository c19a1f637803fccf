// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jmeterfields.h>

#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray header =
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
    "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

QByteArray row(qint64 start, int elapsed, bool ok = true, const QByteArray &message = "OK")
{
    return QByteArray::number(start) + ',' + QByteArray::number(elapsed) + ",GET items,"
        + (ok ? "200," : "503,") + message + ",Thread Group 1-1,text," + (ok ? "true" : "false")
        + ",,185,120,4,4,http://example.test/,9,0,1\n";
}

constexpr qint64 t0 = 1700000000000;

} // namespace

class TestJmeter : public QObject
{
    Q_OBJECT

private slots:
    void timeIsTheStart();
    void layouts_data();
    void layouts();
    void delimiters_data();
    void delimiters();
    void quotedFields_data();
    void quotedFields();
    void strayQuoteLosesOneLine();
    void transactionRowsAreNoRequests();
    void timeStamps_data();
    void timeStamps();
    void repeatedHeader();
    void truncatedAndGarbled();
    void realFiles_data();
    void realFiles();
    void generatedFiles_data();
    void generatedFiles();
    void timerMakesItOpen();
    void failuresTakenForSuccess();
    void partsBesideTheirWhole();
    void datesWithoutAZone();
    void cutOffIsKept();

private:
    Scratch m_scratch;
};

void TestJmeter::failuresTakenForSuccess()
{
    QByteArray excused = row(t0 + 50, 20, false);
    excused.replace("false", "true"); // 503, declared as expected
    const QByteArray message = "\"Number of samples in transaction : 1, number of failing samples : ";
    const QByteArray transaction = QByteArray::number(t0) + ",30,T,,";
    const QByteArray rest = "\",g 1-1,,false,,1,1,1,1,null,0,0,0\n";
    const auto run = readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30) + excused + row(t0 + 60, 20, false)
                                                               + transaction + message + '0' + rest + transaction + message + '1' + rest));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->excusedFailures, 2); // the 503, and the transaction in which nothing failed
    QVERIFY(hasRemark(*run, "taken for success"));
    const auto clean = readLoadTest(m_scratch.write("b.jtl", header + row(t0, 30) + row(t0, 30, false)));
    QCOMPARE(clean->excusedFailures, 0);
    const auto xml = readLoadTest(m_scratch.write("c.xml", "<testResults version=\"1.2\">\n"
                                                           "<httpSample t=\"20\" ts=\"1700000000000\" s=\"true\" lb=\"a\" rc=\"503\" rm=\"no\"/>\n"
                                                           "<httpSample t=\"20\" ts=\"1700000000000\" s=\"true\" lb=\"a\" rc=\"200\" rm=\"OK\"/>\n"
                                                           "</testResults>\n"));
    QVERIFY(xml);
    QCOMPARE(xml->excusedFailures, 1);
    QVERIFY(!xml->cutOff);
}

void TestJmeter::partsBesideTheirWhole()
{
    const auto labelled = [](const QByteArray &label) { return row(t0, 30).replace("GET items", label); };
    const auto redirects = readLoadTest(m_scratch.write(
        "a.jtl", header + labelled("home") + labelled("home-0") + labelled("home-1") + labelled("other-1") + labelled("-1")));
    QCOMPARE(redirects->samples, 5);
    QCOMPARE(redirects->subSamples, 2);
    QVERIFY(hasRemark(*redirects, "redirects"));
    const auto names = readLoadTest(m_scratch.write("b.jtl", header + labelled("step-1") + labelled("step-2")));
    QCOMPARE(names->subSamples, 0);
}

void TestJmeter::datesWithoutAZone()
{
    const auto dated = readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30).replace("1700000000000", "2023/11/14 22:13:20.000")));
    QVERIFY2(dated, qPrintable(dated ? QString() : dated.error().toString(Lang::En)));
    QVERIFY(dated->hasClock && !dated->zoneKnown && !dated->knowsWhen());
    QVERIFY(readLoadTest(m_scratch.write("b.jtl", header + row(t0, 30)))->knowsWhen());
}

void TestJmeter::cutOffIsKept()
{
    const auto whole = readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30)));
    QVERIFY(!whole->cutOff);
    const auto cut = readLoadTest(m_scratch.write("b.jtl", header + row(t0, 30) + row(t0, 30).first(20)));
    QCOMPARE(cut->samples, 1);
    QVERIFY(cut->cutOff);
    const auto xml = readLoadTest(m_scratch.write("c.xml", "<testResults version=\"1.2\">\n"
                                                           "<httpSample t=\"20\" ts=\"1700000000000\" s=\"true\" lb=\"a\" rc=\"200\"/>\n"));
    QVERIFY(xml && xml->cutOff);
}

void TestJmeter::timeIsTheStart()
{
    const auto run =
        readLoadTest(m_scratch.write("a.jtl", header + row(t0, 1500) + row(t0 + 100, 20, false, "Busy")));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"jmeter");
    QCOMPARE(run->model, LoadModel::Closed);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->errorKinds.value("503 Busy"), 1);
    QCOMPARE(run->seconds.size(), 2U);
    QCOMPARE(run->seconds[0].started, 2);
    QCOMPARE(run->seconds[0].completed, 1);
    QCOMPARE(run->seconds[0].failed, 1);
    QCOMPARE(run->seconds[0].users, 4.0);
    QCOMPARE(run->seconds[0].arrivals, -1);
    QCOMPARE(run->latency.maxMs(), 1500.0);
    QCOMPARE(run->endSeconds, 1700000001.5);
}

void TestJmeter::layouts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<double>("users");
    QTest::newRow("5.x header") << header + row(t0, 30) << 4.0;
    QTest::newRow("5.x without header") << row(t0, 30) << 4.0;
    QTest::newRow("2.13 without header")
        << QByteArray("1700000000000,30,GET,200,OK,g 1-1,text,true,185,2,3,29\n") << 3.0;
    QTest::newRow("columns in another order")
        << QByteArray("success,allThreads,elapsed,timeStamp\ntrue,6,30,1700000000000\n") << 6.0;
    QTest::newRow("the fewest columns")
        << QByteArray("timeStamp,elapsed,success\n1700000000000,30,true\n") << -1.0;
    QTest::newRow("code instead of success")
        << QByteArray("timeStamp,elapsed,responseCode\n1700000000000,30,200\n") << -1.0;
    QTest::newRow("quoted header") << QByteArray(
        "\"timeStamp\",\"elapsed\",\"success\"\n1700000000000,30,true\n")
                                   << -1.0;
    QTest::newRow("CRLF") << QByteArray("timeStamp,elapsed,success\r\n1700000000000,30,true\r\n") << -1.0;
    QTest::newRow("byte order mark") << QByteArray(
        "\xEF\xBB\xBFtimeStamp,elapsed,success\n1700000000000,30,true\n")
                                     << -1.0;
}

void TestJmeter::layouts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(double, users);
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 1);
    QCOMPARE(run->errors, 0);
    QCOMPARE(run->skippedLines, 0);
    QCOMPARE(run->latency.maxMs(), 30.0);
    QCOMPARE(run->seconds[0].users, users);
}

void TestJmeter::delimiters_data()
{
    QTest::addColumn<QByteArray>("delimiter");
    for (const char *delimiter : {",", ";", "\t", "|", " ", "^"})
        QTest::newRow(delimiter) << QByteArray(delimiter);
}

void TestJmeter::delimiters()
{
    QFETCH(QByteArray, delimiter);
    QByteArray bytes = "timeStamp,elapsed,label,success,allThreads\n1700000000000,30,get,true,"
                       "2\n1700000000100,40,get,false,2\n";
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes.replace(",", delimiter)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
}

void TestJmeter::quotedFields_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("kind");
    QTest::newRow("delimiter") << QByteArray("\"Busy, retry\"") << "503 Busy, retry";
    QTest::newRow("quote") << QByteArray("\"\"\"no\"\" said it\"") << "503 \"no\" said it";
    QTest::newRow("line breaks") << QByteArray("\"first\nsecond, with\n\"\"quote\"\"\"")
                                 << "503 first\nsecond, with\n\"quote\"";
    QTest::newRow("a quote inside is no quote") << QByteArray("5\" disk full") << "503 5\" disk full";
    QTest::newRow("empty") << QByteArray("\"\"") << "503";
}

void TestJmeter::quotedFields()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, kind);
    const auto run =
        readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30, false, message) + row(t0 + 10, 30)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->errorKinds.firstKey(), kind);
    QCOMPARE(run->skippedLines, 0);
}

void TestJmeter::strayQuoteLosesOneLine()
{
    const auto run =
        readLoadTest(m_scratch.write("a.jtl",
                                     header + row(t0, 30) + row(t0 + 5, 30, false, "\"never closed")
                                         + row(t0 + 10, 30) + row(t0 + 20, 30)));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QVERIFY(hasRemark(*run, "1 lines could not be read and are left out (first: line 3)"));
}

void TestJmeter::transactionRowsAreNoRequests()
{
    const QByteArray sum =
        "1700000000000,60,Buy,200,\"Number of samples in transaction : 2, number of failing samples : 0\","
        "Thread Group 1-1,,true,,370,240,4,4,null,18,0,2\n";
    const auto run = readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30) + row(t0 + 30, 30) + sum));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QVERIFY(hasRemark(*run, "1 rows of transaction controllers"));

    const auto noMessage =
        readLoadTest(m_scratch.write("b.jtl",
                                     "timeStamp,elapsed,dataType,success,URL\n1700000000000,30,text,true,"
                                     "http://a/\n1700000000000,60,,true,null\n"));
    QVERIFY(noMessage);
    QCOMPARE(noMessage->samples, 1);

    const auto onlySums = readLoadTest(m_scratch.write("c.jtl", header + sum));
    QVERIFY(!onlySums);
    QVERIFY(onlySums.error().message.en.contains("not one request"));
}

void TestJmeter::timeStamps_data()
{
    QTest::addColumn<QByteArray>("stamp");
    QTest::addColumn<double>("epoch");
    QTest::newRow("JMeter's default format") << QByteArray("2026/11/22 20:18:53.036") << 1795378733.036;
    QTest::newRow("ISO") << QByteArray("2026-11-22T20:18:53.036") << 1795378733.036;
    QTest::newRow("German decimals") << QByteArray("2026-11-22 20:18:53;036") << -1.0;
    QTest::newRow("whole seconds") << QByteArray("2026-11-22 20:18:53") << 1795378733.0;
    QTest::newRow("month first") << QByteArray("11/22/26 20:18:53") << 1795378733.0;
    QTest::newRow("day first") << QByteArray("22.11.2026 20:18:53") << 1795378733.0;
    QTest::newRow("month beyond 12 rolls over") << QByteArray("2025/23/22 20:18:53") << 1795378733.0;
    QTest::newRow("words") << QByteArray("yesterday") << -1.0;
    QTest::newRow("too large") << QByteArray("99999999999999999") << -1.0;
    QTest::newRow("negative") << QByteArray("-5") << -1.0;
}

void TestJmeter::timeStamps()
{
    QFETCH(QByteArray, stamp);
    QFETCH(double, epoch);
    const auto run =
        readLoadTest(m_scratch.write("a.jtl", "timeStamp,elapsed,success\n" + stamp + ",30,true\n"));
    QCOMPARE(run.has_value(), epoch >= 0);
    if (!run)
        return;
    QCOMPARE(run->startSeconds, epoch);
    QVERIFY(hasRemark(*run, "read as UTC"));
}

void TestJmeter::repeatedHeader()
{
    const auto run =
        readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30) + header + row(t0 + 1000, 30)));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->skippedLines, 0);
}

void TestJmeter::truncatedAndGarbled()
{
    const auto cut = readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30) + row(t0 + 10, 30).left(40)));
    QVERIFY(cut);
    QCOMPARE(cut->samples, 1);
    QVERIFY(hasRemark(*cut, "The last record is cut off"));

    const auto garbled = readLoadTest(
        m_scratch.write("a.jtl",
                        header + row(t0, 30) + row(t0, 30) + row(t0, -4) + "1700000000000,abc,x\n"
                            + row(t0, 30).replace("true", "maybe") + row(t0, 30)));
    QVERIFY(garbled);
    QCOMPARE(garbled->samples, 3);
    QVERIFY(hasRemark(*garbled, "3 lines could not be read and are left out (first: line 4)"));

    const auto mostly =
        readLoadTest(m_scratch.write("a.jtl", header + row(t0, 30) + QByteArray("what\n").repeated(5)));
    QVERIFY(!mostly);
    QVERIFY(mostly.error().message.en.contains("cannot be trusted"));
}

void TestJmeter::realFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("errors");
    QTest::newRow("no responseCode, UTF-8 labels") << "HTMLReportFalseTestFile.csv" << 50 << 50;
    QTest::newRow("9 columns") << "JMeterCsvResults.csv" << 3 << 0;
    QTest::newRow("dates with month 20") << "JMeterCsvResults2.csv" << 3 << 0;
    QTest::newRow("dates with month 21") << "JMeterCsvResults3.csv" << 3 << 0;
    QTest::newRow("no header") << "JENKINS-16627_CSV_instead_of_XML.jtl" << 3 << 0;
    QTest::newRow("taurus") << "kpi1.jtl" << 21 << 9;
    QTest::newRow("unicode") << "unicode.jtl" << 13 << 13;
    QTest::newRow("slow") << "slow-stdev.jtl" << 599 << 63;
    QTest::newRow("CRLF, 11 columns") << "plugins_short_csv.jtl" << 150 << 0;
}

void TestJmeter::realFiles()
{
    QFETCH(QString, file);
    QFETCH(int, requests);
    QFETCH(int, errors);
    const QString path = sharedLoadTest("real/jmeter/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load-test files are not on this machine");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, requests);
    QCOMPARE(run->errors, errors);
    QCOMPARE(run->skippedLines, 0);
}

void TestJmeter::generatedFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("requests");
    QTest::newRow("13 columns") << "result_csv.jtl" << 15158;
    QTest::newRow("no header") << "result_noheader.jtl" << 5001;
    QTest::newRow("semicolons and dates") << "result_semicolon_date.jtl" << 5067;
}

void TestJmeter::generatedFiles()
{
    QFETCH(QString, file);
    QFETCH(int, requests);
    const QString path = sharedLoadTest("generated/jmeter/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load-test files are not on this machine");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, requests);
    QCOMPARE(run->errors, 0);
    QCOMPARE(run->model, LoadModel::Closed);
    QCOMPARE_GE(run->seconds[10].users, 1.0);
}

void TestJmeter::timerMakesItOpen()
{
    QByteArray bytes = header;
    for (int second = 0; second < 40; ++second) {
        for (int i = 0; i < (second < 20 ? 4 : 12); ++i)
            bytes += row(t0 + second * 1000 + i * 80, 20);
    }
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Open);
}

QTEST_APPLESS_MAIN(TestJmeter)
#include "tst_jmeter.moc"
