// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

// What JMeter's listeners save as tables, and the summariser's lines where seconds are too coarse.

namespace
{

const QByteArray aggregateHeader = "Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error "
                                   "%,Throughput,Received KB/sec,Sent KB/sec\n";
const QByteArray summaryHeader =
    "Label,# Samples,Average,Min,Max,Std. Dev.,Error %,Throughput,Received KB/sec,Sent KB/sec,Avg. Bytes\n";

struct Expected {
    qint64 samples, errors;
    double seconds, p95, min, max, mean;
};

} // namespace
Q_DECLARE_METATYPE(Expected)

class TestJmeterReports : public QObject
{
    Q_OBJECT

private slots:
    void tables_data();
    void tables();
    void labels();
    void withoutASum();
    void sumOfAnyLanguage();
    void rowsWithoutFigures();
    void withoutSamples();
    void tablesOfOthers();
    void summariserSeconds_data();
    void summariserSeconds();
    void summariserPartsThatOverlap();

private:
    Scratch m_scratch;
};

void TestJmeterReports::tables_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Expected>("expected");
    QTest::newRow("aggregate") << aggregateHeader
            + "a,1200,99,72,216,235,287,62,1109,1.500%,12.00000,93.67,183.63\n"
              "TOTAL,1200,99,72,216,235,287,62,1109,1.500%,12.00000,93.67,183.63\n"
                               << Expected{1200, 18, 100, 235, 62, 1109, 99};
    QTest::newRow("summary") << summaryHeader
            + "a,1200,99,62,1109,50.1,1.500%,20.00000,93.67,183.63,2000.0\n"
              "TOTAL,1200,99,62,1109,50.1,1.500%,20.00000,93.67,183.63,2000.0\n"
                             << Expected{1200, 18, 60, -1, 62, 1109, 99};
    QTest::newRow("Spanish, decimal commas")
        << QByteArray("Etiqueta,# Muestras,Media,Mediana,90% Line,95% Line,99% Line,Mín,Máx,% "
                      "Error,Rendimiento,Kb/sec,Sent KB/sec\n"
                      "a,400,99,72,216,235,287,62,1109,\"0,500%\",\"474,83381\",\"93,67\",\"183,63\"\n"
                      "Total,400,99,72,216,235,287,62,1109,\"0,500%\",\"8,00000\",\"93,67\",\"183,63\"\n")
        << Expected{400, 2, 50, 235, 62, 1109, 99};
    QTest::newRow("Chinese") << QByteArray(
        "Label,# 样本,平均值,中位数,90% 百分位,95% 百分位,99% 百分位,最小值,最大值,异常 %,吞吐量,接收 "
        "KB/sec,标准偏差\n"
        "a,161,62,62,62,63,64,60,65,0.00%,16.1,2.6,0.00\n总体,161,62,62,62,63,64,60,65,0.00%,16.1,2.6,0.00\n")
                             << Expected{161, 0, 10, 63, 60, 65, 62};
    QTest::newRow("semicolons") << QByteArray(
        "Label;# Samples;Average;Min;Max;Std. Dev.;Error %;Throughput;KB/sec;Avg. Bytes\n"
        "a;10;99;62;1109;50,1;10,000%;,50000;93,67;2000,0\n")
                                << Expected{10, 1, 20, -1, 62, 1109, 99};
    QTest::newRow("old, one percentile")
        << QByteArray("sampler_label,aggregate_report_count,average,aggregate_report_median,90%_line,min,max,"
                      "error%,rate,KB\n")
                .replace("aggregate_report_count", "# Samples")
            + "a,10,99,72,216,62,1109,0.1,2.0,1\nTOTAL,10,99,72,216,62,1109,0.1,2.0,1\n"
        << Expected{10, 1, 5, -1, 62, 1109, 99};
    QTest::newRow("a minute's rate") << summaryHeader
            + "a,10,99,62,1109,50.1,0.00%,20.0/min,93.67,183.63,2000.0\n"
                                     << Expected{10, 0, 30, -1, 62, 1109, 99};
    QTest::newRow("an hour's rate") << summaryHeader
            + "a,10,99,62,1109,50.1,0.00%,20.0/hour,93.67,183.63,2000.0\n"
                                    << Expected{10, 0, 1800, -1, 62, 1109, 99};
    QTest::newRow("a rate below one")
        << summaryHeader + "a,10,99,62,1109,50.1,0.00%,.50000,93.67,183.63,2000.0\n"
        << Expected{10, 0, 20, -1, 62, 1109, 99};
}

void TestJmeterReports::tables()
{
    QFETCH(QByteArray, text);
    QFETCH(Expected, expected);
    const auto run = readLoadTest(m_scratch.write("a.csv", text));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"jmeter");
    QCOMPARE(run->samples, expected.samples);
    QCOMPARE(run->errors, expected.errors);
    QCOMPARE(float(run->whole->end - run->whole->start), float(expected.seconds));
    QCOMPARE(run->whole->percentileMs(0.95).value_or(-1), expected.p95);
    QCOMPARE(run->whole->minMs, expected.min);
    QCOMPARE(run->whole->maxMs, expected.max);
    QCOMPARE(run->whole->meanMs, expected.mean);
    QCOMPARE(run->skippedLines, 0);
    QCOMPARE(run->labels.front().name, u"a");
    QVERIFY(hasRemark(*run, "Aggregate Report"));
}

void TestJmeterReports::labels()
{
    const auto run =
        readLoadTest(m_scratch.write("a.csv",
                                     aggregateHeader
                                         + "few,10,9,7,21,23,28,6,110,0.00%,1.0,1,1\n"
                                           "\"many, more\",30,9,7,21,23,28,6,110,10.00%,3.0,1,1\n"
                                           "TOTAL,40,9,7,21,23,28,6,110,7.500%,4.0,1,1\n"));
    QVERIFY(run);
    QCOMPARE(run->labels.size(), size_t(2));
    QCOMPARE(run->labels[0].name, u"many, more");
    QCOMPARE(run->labels[0].errors, 3);
    QCOMPARE(run->samples, 40);
    QCOMPARE(run->errors, 3);
}

/// Percentiles and rates of labels do not add up to those of the whole.
void TestJmeterReports::withoutASum()
{
    const auto run = readLoadTest(m_scratch.write("a.csv",
                                                  aggregateHeader
                                                      + "a,1200,99,72,216,235,287,62,1109,1.500%,20.0,1,1\n"
                                                        "b,1200,49,40,60,70,80,20,300,0.000%,13.4,1,1\n"));
    QVERIFY(run);
    QCOMPARE(run->samples, 2400);
    QCOMPARE(run->errors, 18);
    QVERIFY(run->whole->percentiles.empty());
    QCOMPARE(run->whole->minMs, 20.0);
    QCOMPARE(run->whole->maxMs, 1109.0);
    QCOMPARE(run->whole->meanMs, 74.0);
    QCOMPARE(run->whole->end, 0.0);
    QCOMPARE(run->labels.size(), size_t(2));
    QCOMPARE(run->missing.size(), size_t(2)); // how long it ran, and its course
    const auto named =
        readLoadTest(m_scratch.write("b.csv",
                                     aggregateHeader
                                         + "a,1200,99,72,216,235,287,62,1109,1.500%,20.0,1,1\n"
                                           "Total,100,49,40,60,70,80,20,300,0.000%,13.4,1,1\n"));
    QCOMPARE(named->samples, 1300); // a label of that name
}

void TestJmeterReports::sumOfAnyLanguage()
{
    for (const char *name : {"TOPLAM", "सभी", "ИТОГО"}) {
        const auto run = readLoadTest(m_scratch.write("a.csv",
                                                      aggregateHeader
                                                          + "a,1200,99,72,216,235,287,62,1109,1.500%,20.0,1,1\n"
                                                            "b,1200,49,40,60,70,80,20,300,0.000%,13.4,1,1\n"
                                                          + QByteArray(name) + ",2400,74,60,200,220,280,20,1109,0.750%,33.4,1,1\n"));
        QVERIFY(run);
        QCOMPARE(run->samples, 2400);
        QCOMPARE(run->labels.size(), size_t(2));
        QCOMPARE(run->whole->percentileMs(0.95).value_or(-1), 220.0);
    }
    const auto one = readLoadTest(m_scratch.write("a.csv",
                                                  aggregateHeader
                                                      + "a,1200,99,72,216,235,287,62,1109,1.500%,20.0,1,1\n"
                                                        "TOPLAM,1200,99,72,216,235,287,62,1109,1.500%,20.0,1,1\n"));
    QCOMPARE(one->samples, 1200);
}

void TestJmeterReports::rowsWithoutFigures()
{
    const QByteArray a = "a,1200,99,72,216,235,287,62,1109,1.500%,20.0,1,1\n", b = "b,1200,49,40,60,70,80,20,300,0.000%,13.4,1,1\n",
                     none = "c,0,-,-,-,-,-,9223372036854775807,-9223372036854775808,0.000%,.0,1,1\n";
    for (const QByteArray &rows : {a + b + none, a + none + b, none + a + b}) {
        const auto run = readLoadTest(m_scratch.write("a.csv", aggregateHeader + rows));
        QVERIFY(run);
        QCOMPARE(run->samples, 2400);
        QCOMPARE(run->whole->minMs, 20.0);
        QCOMPARE(run->whole->meanMs, 74.0);
    }
}

void TestJmeterReports::withoutSamples()
{
    const auto run = readLoadTest(m_scratch.write(
        "a.csv",
        summaryHeader
            + "TOTAL,0,0,9223372036854775807,-9223372036854775808,0.0,0.000%,.00000,0.00,0.00,.0\n"));
    QVERIFY(!run);
    QVERIFY(run.error().message.en.contains(u"not one request"));
}

void TestJmeterReports::tablesOfOthers()
{
    for (const QByteArray &header :
         {QByteArray("\"Name\",\"# "
                     "requests\",\"50%\",\"66%\",\"75%\",\"80%\",\"90%\",\"95%\",\"98%\",\"99%\",\"100%\"\n"),
          QByteArray("a,# Samples,b,c,d,e,f,g,Error %,Throughput\n")}) {
        const auto run = readLoadTest(m_scratch.write("a.csv", header + "a,10,1,1,1,1,1,1,1,1,1\n"));
        QVERIFY(!run && !run.error().message.en.contains(u"not one request"));
    }
}

void TestJmeterReports::summariserSeconds_data()
{
    QTest::addColumn<QByteArray>("figures");
    QTest::addColumn<double>("seconds");
    QTest::newRow("rounded up") << QByteArray("1002 in 00:00:02 =  656.2/s") << 1002 / 656.2;
    QTest::newRow("rounded to none") << QByteArray("3 in 00:00:00 =  111.1/s") << 3 / 111.1;
    QTest::newRow("a rate too coarse") << QByteArray("154 in 00:00:59 =    2.6/s") << 59.0;
    QTest::newRow("exact already") << QByteArray("98 in  32.5s =    3.0/s") << 32.5;
    QTest::newRow("a rate that does not fit") << QByteArray("1000 in 00:00:10 =   500.0/s") << 10.0;
}

void TestJmeterReports::summariserSeconds()
{
    QFETCH(QByteArray, figures);
    QFETCH(double, seconds);
    const auto run =
        readLoadTest(m_scratch.write("console.txt",
                                     "Creating summariser <summary>\nsummary =   " + figures
                                         + " Avg:     7 Min:     6 Max:     8 Err:     0 (0.00%)\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(float(run->whole->end - run->whole->start), float(seconds));
}

/// Old versions print such: the sum has the time and the rate of the whole.
void TestJmeterReports::summariserPartsThatOverlap()
{
    const QByteArray rest = " Avg:     7 Min:     6 Max:     8 Err:     0 (0.00%)\n";
    const auto run = readLoadTest(m_scratch.write(
        "console.txt",
        "Creating summariser <summary>\nsummary +    41 in  15.4s =    2.7/s" + rest
            + "summary +    57 in  21.5s =    2.6/s" + rest + "summary =    98 in  32.5s =    3.0/s" + rest));
    QVERIFY(run);
    QCOMPARE(run->samples, 98);
    QCOMPARE(run->whole->end - run->whole->start, 32.5);
}

QTEST_APPLESS_MAIN(TestJmeterReports)
#include "tst_jmeterreports.moc"
