// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jtltime.h>

#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

// The time stamps of a JTL, and what its rows may stand for.

namespace
{

const QByteArray header = "timeStamp,elapsed,label,success\n";

QByteArray rows(std::initializer_list<const char *> stamps)
{
    QByteArray text = header;
    for (const char *stamp : stamps)
        text += QByteArray(stamp) + ",30,a,true\n";
    return text;
}

} // namespace

class TestJtlTime : public QObject
{
    Q_OBJECT

private slots:
    void forms_data();
    void forms();
    void refused_data();
    void refused();
    void refusedNamesTheLine();
    void dayAndMonth_data();
    void dayAndMonth();
    void laterRowsContradict();
    void statisticalSender();
    void strayBatchIsAnotherRun_data();
    void strayBatchIsAnotherRun();
    void strayBatchKeepsLatencies();
    void oneOfSampleCountIsARequest();
    void columnsThatAreMissing();

private:
    Scratch m_scratch;
};

void TestJtlTime::forms_data()
{
    QTest::addColumn<QByteArray>("stamp");
    QTest::addColumn<double>("epoch");
    QTest::addColumn<bool>("zone");
    const auto row = [](const char *stamp, double epoch, bool zone) {
        QTest::newRow(stamp) << QByteArray(stamp) << epoch << zone;
    };
    row("1700000000010", 1700000000.01, true);
    row("1700000000", 1700000000, true); // seconds
    row("1700000000.25", 1700000000.25, true);
    row("1700000000250.5", 1700000000.2505, true);
    row("20231114221320", 1700000000, false);
    row("20231114221320250", 1700000000.25, false);
    row("2023-11-14T22:13:20.010Z", 1700000000.01, true);
    row("2023-11-14T22:13:20Z", 1700000000, true);
    row("2023-11-15T07:13:20.010+0900", 1700000000.01, true);
    row("2023-11-15T07:13:20.010+09:00", 1700000000.01, true);
    row("2023-11-15T07:13:20.010+09", 1700000000.01, true);
    row("2023/11/14 14:13:20 -0800", 1700000000, true);
    row("2023-11-14 22:13:20.010 UTC", 1700000000.01, true);
    row("11/14/2023 10:13:20 PM", 1700000000, false);
    row("11/14/2023 12:13:20 AM", 1699920800, false);
    row("11/14/2023 12:13:20 pm", 1699964000, false);
    row("2023/11/14 10:13:20 PM", 1700000000, false);
    row("14/11/2023 22:13:20", 1700000000, false);
    row("14.11.2023 22:13:20", 1700000000, false);
    row("05.06.2023 10:00:00", 1685959200, false); // June: dots have the day first
    row("2000", 2, true); // of a clock that began with the test
}

void TestJtlTime::forms()
{
    QFETCH(QByteArray, stamp);
    QFETCH(double, epoch);
    QFETCH(bool, zone);
    const auto run = readLoadTest(m_scratch.write("a.jtl", rows({stamp.constData()})));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->startSeconds, epoch);
    QCOMPARE(run->zoneKnown, zone);
}

void TestJtlTime::refused_data()
{
    QTest::addColumn<QByteArray>("stamp");
    for (const char *stamp : {"22:13:20.010", "20231399221320", "202311142213", "14/11/2023 22:13",
                              "11/14/2023 22:13:20 PM", "now", "1700000000x", "1.7E+12", "-5",
                              "99999999999999999", "2023-11-14T22:13:20.010+banana", "2023-11-14"})
        QTest::newRow(stamp) << QByteArray(stamp);
}

void TestJtlTime::refused()
{
    QFETCH(QByteArray, stamp);
    const auto run = readLoadTest(m_scratch.write("a.jtl", rows({stamp.constData()})));
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains(u'`' + QString::fromUtf8(stamp) + u'`'),
             qPrintable(run.error().message.en));
    QVERIFY(run.error().hint.en.contains(u"timestamp_format=ms"));
}

void TestJtlTime::refusedNamesTheLine()
{
    QByteArray text = header + "1700000000010,30,a,true\n";
    for (int i = 0; i < 400'000; ++i) // more than one piece
        text += i < 10 ? "\n" : "22:13:20.010,30,a,true\n";
    const auto run = readLoadTest(m_scratch.write("a.jtl", text));
    QVERIFY(!run);
    QCOMPARE(run.error().span.line, 13);
    QVERIFY(run.error().message.en.contains(u"column timeStamp"));
}

void TestJtlTime::dayAndMonth_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("epoch");
    QTest::addColumn<bool>("guessed");
    QTest::newRow("neither is told") << rows({"05/06/2023 10:00:00", "05/06/2023 10:00:01"}) << 1683367200.0
                                     << true;
    QTest::newRow("a later row tells the day")
        << rows({"12/01/2023 23:59:59", "13/01/2023 00:00:00"}) << 1673567999.0 << false;
    QTest::newRow("a later row tells the month")
        << rows({"01/12/2023 23:59:59", "01/13/2023 00:00:00"}) << 1673567999.0 << false;
    QTest::newRow("both the same") << rows({"05/05/2023 10:00:00"}) << 1683280800.0 << false;
    QTest::newRow("the year first") << rows({"2023/05/06 10:00:00"}) << 1683367200.0 << false;
}

void TestJtlTime::dayAndMonth()
{
    QFETCH(QByteArray, text);
    QFETCH(double, epoch);
    QFETCH(bool, guessed);
    const auto run = readLoadTest(m_scratch.write("a.jtl", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->startSeconds, epoch);
    QCOMPARE(run->skippedLines, 0);
    QCOMPARE(hasRemark(*run, "read as month first"), guessed);
}

/// Where the head of a long file tells nothing and what follows does, the dates before were misread.
void TestJtlTime::laterRowsContradict()
{
    QByteArray text = header;
    for (int i = 0; i < 4000; ++i)
        text += "12/01/2023 23:00:00,30,a,true\n";
    const auto run = readLoadTest(m_scratch.write("a.jtl", text + "13/01/2023 00:00:00,30,a,true\n"));
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains(u"the day stands before the month"),
             qPrintable(run.error().message.en));
    QCOMPARE(run.error().span.line, 4002);
}

void TestJtlTime::statisticalSender()
{
    QByteArray text = "timeStamp,elapsed,label,responseCode,success,allThreads,SampleCount,ErrorCount\n";
    for (int i = 0; i < 10; ++i)
        text +=
            QByteArray::number(1700000000000 + i * 2000) + ",1000,a,,true,8,10," + (i % 2 ? "1\n" : "0\n");
    const auto run = readLoadTest(m_scratch.write("a.jtl", text + "1700000019000,50,a,200,true,8,1,0\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 101);
    QCOMPARE(run->errors, 5);
    QCOMPARE(run->seconds.size(), size_t(20));
    QCOMPARE(run->seconds[2].completed, 10);
    QCOMPARE(run->seconds[2].failed, 1);
    QCOMPARE(run->seconds[3].completed, 0);
    QCOMPARE(run->seconds[3].users, 8.0);
    QCOMPARE(run->latency.count(), 0); // sums of ten are no latencies
    QVERIFY(hasRemark(*run, "10 rows stand for several requests"));
    QVERIFY(!run->missing.empty());
    const auto xml = readLoadTest(m_scratch.write(
        "a.xml",
        "<testResults version=\"1.2\">\n"
        "<sample t=\"1000\" ts=\"1700000000000\" s=\"true\" lb=\"a\" sc=\"10\" ec=\"3\" na=\"8\"/>\n"
        "<sample t=\"100\" ts=\"1700000001000\" s=\"false\" lb=\"a\" sc=\"1\" ec=\"1\" na=\"8\"/>\n"
        "</testResults>\n"));
    QVERIFY2(xml, qPrintable(xml ? QString() : xml.error().toString(Lang::En)));
    QCOMPARE(xml->samples, 11);
    QCOMPARE(xml->errors, 4);
    QCOMPARE(xml->latency.count(), 0);
}

void TestJtlTime::strayBatchIsAnotherRun_data()
{
    QTest::addColumn<bool>("first");
    QTest::newRow("behind the run") << false;
    QTest::newRow("before it") << true;
}

/// Which time stamps are the run is decided by all of them, not by the first of its kind.
void TestJtlTime::strayBatchIsAnotherRun()
{
    QFETCH(bool, first);
    const QByteArray stray = "86400000,10,b,200,true,2,0\n";
    QByteArray run = "1700000000000,10,a,200,true,1,0\n";
    for (int i = 0; i < 20; ++i)
        run += QByteArray::number(1700000000000 + i * 1000) + ",500,a,200,false,50,1\n";
    const auto read = readLoadTest(m_scratch.write(
        "a.jtl", "timeStamp,elapsed,label,responseCode,success,SampleCount,ErrorCount\n" + (first ? stray + run : run + stray)));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().toString(Lang::En)));
    QCOMPARE(read->samples, 1001);
    QCOMPARE(read->errors, 20);
    QCOMPARE(read->seconds.size(), size_t(20));
    QCOMPARE(read->startSeconds, 1700000000.0);
    QCOMPARE(read->endSeconds, 1700000020.0);
    QCOMPARE(read->otherRun, 2);
    QVERIFY(hasRemark(*read, "20 rows stand for several requests"));
}

void TestJtlTime::strayBatchKeepsLatencies()
{
    const auto run = readLoadTest(m_scratch.write("a.jtl",
                                                  "timeStamp,elapsed,label,responseCode,success,SampleCount,ErrorCount\n"
                                                  "1700000000000,10,a,200,true,1,0\n1700000001000,10,a,500,false,1,1\n"
                                                  "86400000,10,b,200,true,2,0\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->startSeconds, 1700000000.0);
    QCOMPARE(run->latency.count(), 2);
    QCOMPARE(run->otherRun, 2);
    QVERIFY(!hasRemark(*run, "stand for several"));
}

void TestJtlTime::oneOfSampleCountIsARequest()
{
    const auto run =
        readLoadTest(m_scratch.write("a.jtl",
                                     "timeStamp,elapsed,label,success,SampleCount,ErrorCount\n"
                                     "1700000000000,30,a,true,1,0\n1700000000000,30,a,false,1,1\n"
                                     "1700000000000,30,a,true,,\n"));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->latency.count(), 3);
}

void TestJtlTime::columnsThatAreMissing()
{
    const auto elapsed =
        readLoadTest(m_scratch.write("a.jtl", "timeStamp,label,success\n1700000000010,a,true\n"));
    QVERIFY(!elapsed && elapsed.error().message.en.contains(u"no column elapsed"));
    const auto outcome =
        readLoadTest(m_scratch.write("a.jtl", "timeStamp,elapsed,label\n1700000000010,30,a\n"));
    QVERIFY(!outcome && outcome.error().message.en.contains(u"neither success nor responseCode"));
}

QTEST_APPLESS_MAIN(TestJtlTime)
#include "tst_jtltime.moc"
