// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray header = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n";
const QByteArray rows = "       3.940 0.000000000000          1           1.00\n"
                        "      19.988 0.500000000000       1001           2.00\n"
                        "      38.797 0.950000000000       1904          20.00\n"
                        "      48.100 0.989062500000       1979          91.43\n"
                        "      49.200 0.990625000000       1982         106.67\n";
const QByteArray lastRow = "     112.591 1.000000000000       2000\n";
const QByteArray footer = "#[Mean    =       21.714, StdDeviation   =        9.131]\n"
                          "#[Max     =      112.500, Total count    =         2000]\n"
                          "#[Buckets =           25, SubBuckets     =         2048]\n";
const QByteArray whole = header + rows + lastRow + footer;

/// As CSV: what stands between blanks stands between commas.
QByteArray csv()
{
    QByteArray out = "\"Value\",\"Percentile\",\"TotalCount\",\"1/(1-Percentile)\"\n";
    for (const QByteArray &row : (rows + lastRow).split('\n')) {
        const QByteArray cells = row.simplified().replace(' ', ',');
        out += cells.isEmpty() ? cells : cells + (cells.count(',') == 2 ? ",Infinity\n" : "\n");
    }
    return out;
}

bool isMissing(const LoadTestRun &run, const QString &words)
{
    return std::ranges::any_of(run.missing, [&](const Text &text) { return text.en.contains(words); });
}

} // namespace

class TestHdrPercentiles : public QObject
{
    Q_OBJECT

private slots:
    void percentiles();
    void heads_data();
    void heads();
    void nextRowAbove();
    void coarseTable();
    void cutOff();
    void severalTables();
    void emptyTable();
    void noMilliseconds();
    void vegetaPlotCutOff();
    void realPercentiles();

private:
    Result<LoadTestRun> read(const QByteArray &text) { return readLoadTest(m_scratch.write("a.hgrm", text)); }
    Scratch m_scratch;
};

void TestHdrPercentiles::percentiles()
{
    const auto run =
        readLoadTest(m_scratch.write("a.hgrm",
                                     "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
                                     "       0.016 0.000000000000          1           1.00\n"
                                     "      11.167 0.500000000000        500           2.00\n"
                                     "     939.991 0.950000000000        950          20.00\n"
                                     "    9428.991 1.000000000000       1000            inf\n"
                                     "#[Mean    =       25.048, StdDeviation   =      120.097]\n"
                                     "#[Max     =     9420.800, Total count    =         1000]\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 1000);
    QVERIFY(run->whole);
    QCOMPARE(run->whole->percentileMs(0.95), std::optional(939.991));
    QCOMPARE(run->whole->meanMs, 25.048);
    QCOMPARE(run->whole->maxMs, 9420.8);
    QCOMPARE(run->whole->minMs, 0.016);
    QVERIFY(hasRemark(*run, "milliseconds"));
    QCOMPARE(run->missing.size(), 2U);
}

void TestHdrPercentiles::heads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << whole;
    QTest::newRow("log processor")
        << "#[Overall percentile distribution between 0.000 and <Infinite> seconds (relative to StartTime)]\n"
           "#[StartTime: 1596849642.829 (seconds since epoch), Sat Aug 08 01:20:42 UTC 2020]\n"
            + whole;
    QTest::newRow("jHiccup") << "#[jHiccup histogram report]\n\n#[anything]\n" + whole;
    QTest::newRow("CRLF") << QByteArray(whole).replace("\n", "\r\n");
    QTest::newRow("CSV") << csv();
    QTest::newRow("without a footer") << header + rows + lastRow;
}

void TestHdrPercentiles::heads()
{
    QFETCH(QByteArray, text);
    const auto run = read(text);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"hdrhistogram");
    QCOMPARE(run->samples, 2000);
    QCOMPARE(run->whole->percentileMs(0.95), std::optional(38.797));
    QVERIFY(run->whole->maxMs >= 112.5);
    QVERIFY(!run->cutOff);
}

void TestHdrPercentiles::nextRowAbove()
{
    const auto run = read(whole);
    QVERIFY(run);
    QCOMPARE(run->whole->percentileMs(0.99), std::optional(49.2));
    QVERIFY(hasRemark(*run, "no row for p99: it is read at 99.0625 %"));
    QVERIFY(!hasRemark(*run, "no row for p95"));
}

void TestHdrPercentiles::coarseTable()
{
    const auto run = read(header + "10 0.5 500 2.00\n20 0.9 900 10\n90 0.999 999 1000\n99 1.0 1000\n" + footer);
    QVERIFY(run);
    QVERIFY(!run->whole->percentileMs(0.95)); // 99.9 % is far above it
    QVERIFY(!run->whole->percentileMs(0.99));
}

void TestHdrPercentiles::cutOff()
{
    for (const QByteArray &end : {QByteArray(), QByteArray("      42.828 0.9918750"), lastRow.chopped(3)}) {
        const auto run = read(header + rows + end);
        QVERIFY(run);
        QVERIFY(run->cutOff);
        QCOMPARE(run->samples, 0); // how many is not known
        QVERIFY(isMissing(*run, "how many requests there were"));
        QCOMPARE(run->whole->percentileMs(0.95), std::optional(38.797));
        QVERIFY(run->whole->maxMs < 0);
    }
}

void TestHdrPercentiles::severalTables()
{
    QByteArray slower = whole;
    slower.replace("112.", "999.");
    for (const QByteArray &second : {slower, QByteArray(slower).replace(header, QByteArray())}) {
        const auto run = read(whole + second);
        QVERIFY(run);
        QCOMPARE(run->whole->maxMs, 112.5);
        QVERIFY(hasRemark(*run, "2 tables: only the first"));
    }
}

void TestHdrPercentiles::emptyTable()
{
    QVERIFY(!read(header
                  + "       0.000 1.000000000000          0\n"
                    "#[Mean    =          NaN, StdDeviation   =          NaN]\n"
                    "#[Max     =        0.000, Total count    =            0]\n"));
    QVERIFY(!read(header));
}

void TestHdrPercentiles::noMilliseconds()
{
    QByteArray text = whole;
    const auto run = read(text.replace("112.591", "112590847.000").replace("112.500", "112590847.000"));
    QVERIFY(!run);
    QVERIFY(run.error().toString(Lang::En).contains("hardly milliseconds"));
}

void TestHdrPercentiles::vegetaPlotCutOff()
{
    const QByteArray plot = QByteArray(whole).replace("Value ", "Value(ms) ");
    const auto run = read(plot.left(plot.indexOf("112.591")));
    QVERIFY(run);
    QCOMPARE(run->tool, u"vegeta");
    QVERIFY(run->cutOff);
    QCOMPARE(run->whole->percentileMs(0.99), std::optional(49.2));
}

void TestHdrPercentiles::realPercentiles()
{
    const QString path = sharedLoadTest("real/hdrhistogram/example1.txt");
    if (!QFile::exists(path))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 475109);
    QCOMPARE(run->whole->percentileMs(0.9), std::optional(40.671));
    QCOMPARE(run->whole->meanMs, 25.048);
}

QTEST_APPLESS_MAIN(TestHdrPercentiles)
#include "tst_hdrpercentiles.moc"
