// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/levels.h>

#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

// hey, oha, ab -g and h2load: small tables with one row for each request.

namespace
{

const QByteArray heyHeader =
    "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n";
const QByteArray ohaHeader = "request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status\n";
const QByteArray abHeader = "starttime\tseconds\tctime\tdtime\tttime\twait\n";

QByteArray heyRow(const char *time, const char *offset, const char *status = "200")
{
    return QByteArray(time) + ",0.0002,0.0000,0.0003,0.0016,0.0002," + status + ',' + offset + '\n';
}

QByteArray abRow(int second, int total)
{
    return "Sun Nov 22 20:08:45 2026\t" + QByteArray::number(1795378125 + second) + "\t1\t2\t"
        + QByteArray::number(total) + "\t2\n";
}

} // namespace

class TestRequestTables : public QObject
{
    Q_OBJECT

private slots:
    void hey();
    void heyOfOldTimes();
    void heyKeepsAMillion();
    void oha();
    void ohaOfOldTimes();
    void apacheBench();
    void h2load();
    void cutAndGarbled_data();
    void cutAndGarbled();
    void appended_data();
    void appended();
    void bareHeaderAtTheEnd();
    void manyAppended_data();
    void manyAppended();
    void seriesOfHey();
    void generated_data();
    void generated();

private:
    Scratch m_scratch;
};

void TestRequestTables::hey()
{
    const auto run = readLoadTest(m_scratch.write("c8.csv",
                                                  heyHeader + heyRow("0.0205", "1.5000")
                                                      + heyRow("1.2000", "0.1000", "503")
                                                      + heyRow("0.0010", "0.0000", "302")));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"hey");
    QCOMPARE(run->model, LoadModel::Closed);
    QVERIFY(!run->hasClock);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->errorKinds.value("HTTP 503"), 1);
    QCOMPARE(run->startSeconds, 0.0);
    QCOMPARE(run->endSeconds, 1.5205);
    QCOMPARE(run->latency.maxMs(), 1200.0);
    QCOMPARE(run->seconds.size(), 2U);
    QCOMPARE(run->seconds[0].second, 0);
    QCOMPARE(run->seconds[0].started, 2);
    QCOMPARE(run->seconds[1].completed, 2);
    QCOMPARE(run->levels.size(), 1U);
    QCOMPARE(run->levels[0].users, 8.0);
    QCOMPARE(run->levels[0].end, 1.5205);
    QVERIFY(!run->knowsErrors && run->showsErrors());
    QCOMPARE(run->missing.size(), 1U); // what failed on the network
    QVERIFY(run->missing[0].en.contains("network"));
}

void TestRequestTables::heyOfOldTimes()
{
    const auto run = readLoadTest(m_scratch.write(
        "c8.csv",
        "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read\n0.02,0,0,0,0,0\n"));
    QVERIFY(!run);
    QVERIFY(run.error().message.en.contains("older hey"));
    QVERIFY(run.error().hint.en.contains("0.1.2"));
    QVERIFY(run.error().file.endsWith("c8.csv"));
}

void TestRequestTables::heyKeepsAMillion()
{
    const QByteArray row = heyRow("0.0200", "0.1000");
    const auto run = readLoadTest(m_scratch.write("c8.csv.gz", gzipped(heyHeader + row.repeated(1'000'000))));
    QVERIFY(run);
    QCOMPARE(run->samples, 1'000'000);
    QVERIFY(hasRemark(*run, "1,000,000"));
    const QByteArray twice = heyHeader + row.repeated(500'000);
    QVERIFY(!hasRemark(*readLoadTest(m_scratch.write("c8.csv.gz", gzipped(twice + twice))), "1,000,000"));
}

void TestRequestTables::oha()
{
    const auto run = readLoadTest(m_scratch.write(
        "results.csv", ohaHeader + "0.5001,0.001,0.002,0.01,1.5,11,200\n0.1,0,0,0.01,0.025,11,500\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"oha");
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->latency.maxMs(), 1500.0);
    QCOMPARE(run->endSeconds, 2.0001);
    QVERIFY(!run->hasClock);
    QVERIFY(!run->knowsErrors && run->showsErrors()); // those of the network are not in it
    QCOMPARE(run->model, LoadModel::Unknown); // it can do both, and the file does not say
    QVERIFY(std::ranges::find(run->missing, missingLoad()) != run->missing.end());
}

// Without Response-delay. A row that lacks a column of the newer ones is none of the older.
void TestRequestTables::ohaOfOldTimes()
{
    const QByteArray header = "request-start,DNS,DNS+dialup,request-duration,bytes,status\n";
    const QByteArray row = "0.5001,0.001,0.002,1.5,11,503\n";
    const auto run = readLoadTest(m_scratch.write("results.csv", header + row + "0.1,0,0,0.025,11,200\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->latency.maxMs(), 1500.0);
    const auto newer = readLoadTest(m_scratch.write("b.csv", ohaHeader + "0.1,0,0,0.01,0.02,11,200\n" + row));
    QVERIFY(newer);
    QCOMPARE(newer->samples, 1);
    QCOMPARE(newer->skippedLines, 1);
}

void TestRequestTables::apacheBench()
{
    const auto run =
        readLoadTest(m_scratch.write("c12.tsv", abHeader + abRow(2, 5) + abRow(0, 20) + abRow(1, 1400)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"ab");
    QCOMPARE(run->model, LoadModel::Closed);
    QCOMPARE(run->samples, 3);
    QVERIFY(!run->knowsErrors);
    QVERIFY(run->missing[0].en.contains("no status"));
    QVERIFY(hasRemark(*run, "whole seconds"));
    QVERIFY(run->hasClock);
    QCOMPARE(run->startSeconds, 1795378125.0);
    QCOMPARE(run->seconds[1].started, 1);
    QCOMPARE(run->seconds[2].completed, 2);
    QCOMPARE(run->levels[0].users, 12.0);
}

void TestRequestTables::h2load()
{
    const auto run = readLoadTest(m_scratch.write(
        "results.log",
        "1795378012900000\t200\t4965\n1795378012288083\t-1\t900000\n1795378012288091\t503\t10\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"h2load");
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errors, 2);
    QCOMPARE(run->errorKinds.value("network: no answer"), 1);
    QCOMPARE(run->errorKinds.value("HTTP 503"), 1);
    QCOMPARE(run->latency.maxMs(), 900.0);
    QCOMPARE(run->latency.minMs(), 0.01);
    QCOMPARE(run->model, LoadModel::Unknown);
    QCOMPARE(run->missing, std::vector{missingLoad()});
}

void TestRequestTables::cutAndGarbled_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("hey") << heyHeader << heyRow("0.0205", "1.5000");
    QTest::newRow("oha") << ohaHeader << QByteArray("0.5001,0.001,0.002,0.01,1.5,11,200\n");
    QTest::newRow("ab") << abHeader << abRow(1, 20);
    QTest::newRow("h2load") << QByteArray() << QByteArray("1795378012900000\t200\t4965\n");
}

void TestRequestTables::cutAndGarbled()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, row);
    const auto cut = readLoadTest(m_scratch.write("a", header + row + row + row.left(9)));
    QVERIFY(cut);
    QCOMPARE(cut->samples, 2);
    QVERIFY(hasRemark(*cut, "cut off"));

    const QByteArray garbage[] = {"what\n", row.chopped(1) + ",1\t1\n", QByteArray(row).replace("0", "x"),
                                  QByteArray(row).replace("1", "-9"), QByteArray(row).replace("2", "1e300")};
    for (const QByteArray &line : garbage) {
        const auto run = readLoadTest(m_scratch.write("a", header + row + row + line + "\r\n" + row));
        QVERIFY(run);
        QCOMPARE(run->samples, 3);
        QCOMPARE(run->skippedLines, 1);
    }
    const auto none = readLoadTest(m_scratch.write("a", header));
    QVERIFY(!none);
}

void TestRequestTables::appended_data()
{
    cutAndGarbled_data();
}

void TestRequestTables::appended()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, row);
    const auto run = readLoadTest(m_scratch.write("a", header + row + header + row));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QVERIFY(!hasRemark(*run, "left out"));
}

void TestRequestTables::bareHeaderAtTheEnd()
{
    const auto run = readLoadTest(m_scratch.write("a", heyHeader + heyRow("0.02", "0.5").repeated(3) + heyHeader));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->levels.size(), 1U);
    QVERIFY(!hasRemark(*run, "runs in the file"));
}

void TestRequestTables::manyAppended_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("hey") << heyHeader << heyRow("0.0205", "1.5000");
    QTest::newRow("oha") << ohaHeader << QByteArray("1.5000,0.001,0.002,0.01,0.5,11,200\n");
}

/// As many as a file has bytes for would take minutes, each looking at the seconds of all.
void TestRequestTables::manyAppended()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, row);
    const auto run = readLoadTest(m_scratch.write("a", (header + row).repeated(20'000)));
    QVERIFY(run);
    QCOMPARE(run->samples, 1000);
    QCOMPARE(run->levels.size(), 1000U);
    QCOMPARE(run->skippedLines, 0);
    QVERIFY(hasRemark(*run, "There are 1,000 runs in the file"));
    QVERIFY(hasRemark(*run, "more than 1,000 runs"));
}

void TestRequestTables::seriesOfHey()
{
    const auto run =
        readLoadTests({m_scratch.write("c16.csv", heyHeader + heyRow("0.02", "0.5").repeated(3)),
                       m_scratch.write("c8.csv", heyHeader + heyRow("0.02", "0.5").repeated(2))});
    QVERIFY(run);
    QCOMPARE(run->samples, 5);
    QCOMPARE(run->levels.size(), 2U);
    QCOMPARE(run->levels[0].users, 8.0);
    QCOMPARE(run->levels[1].users, 16.0);
    QCOMPARE(run->missing.size(), 1U);
}

void TestRequestTables::generated_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("samples");
    QTest::addColumn<double>("p50");
    QTest::addColumn<double>("max");
    QTest::addColumn<double>("tolerance"); // of p50, ms
    QTest::newRow("hey") << "hey/c8.csv" << 2275 << 19.4 << 92.9 << 0.1;
    QTest::newRow("h2load") << "h2load/step-350.log" << 2099 << -1.0 << 178.92 << 0.0;
    QTest::newRow("ab") << "ab/c8.tsv" << 2173 << 20.0 << 84.0 << 0.1;
    QTest::newRow("ab, Taurus") << "../real/ab/ab.tsv" << 10 << 235.0 << 247.0 << 1.0;
}

void TestRequestTables::generated()
{
    QFETCH(QString, file);
    QFETCH(double, p50);
    QFETCH(double, max);
    QFETCH(double, tolerance);
    const QString path = sharedLoadTest("generated/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QTEST(int(run->samples), "samples");
    QVERIFY(std::abs(run->latency.maxMs() - max) < 0.01);
    if (p50 > 0)
        QVERIFY(std::abs(run->latency.percentileMs(0.5) - p50) <= tolerance);
    QVERIFY(run->skippedLines == 0);
}

QTEST_APPLESS_MAIN(TestRequestTables)
#include "tst_requesttables.moc"
