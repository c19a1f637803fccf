// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/hdrdecode.h>

#include <QTest>
#include <QtEndian>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

template <typename Number>
QByteArray big(Number value)
{
    QByteArray bytes(sizeof(Number), 0);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray zigZag(qint64 value)
{
    quint64 bits = quint64(value) << 1 ^ quint64(value >> 63);
    QByteArray bytes;
    for (int i = 0; i < 8 && bits >= 0x80; ++i, bits >>= 7)
        bytes += char((bits & 0x7f) | 0x80);
    return bytes + char(bits);
}

QByteArray packed(quint32 cookie, const QByteArray &bytes)
{
    uLongf size = compressBound(uLong(bytes.size()));
    QByteArray out(qsizetype(size), 0);
    compress(reinterpret_cast<Bytef *>(out.data()), &size, reinterpret_cast<const Bytef *>(bytes.data()),
             uLong(bytes.size()));
    return (big(cookie) + big(qint32(size)) + out.left(qsizetype(size))).toBase64();
}

/// Counts by their index, two significant digits, lowest value 1: the layout of jHiccup.
QByteArray histogram(int version, const QList<qint64> &counts, int digits = 2, qint64 lowest = 1)
{
    QByteArray payload;
    for (const qint64 count : counts) {
        if (version == 2)
            payload += zigZag(count);
        else
            payload += version == 1 ? big(qint32(count)) : big(count);
    }
    if (version == 0)
        return packed(0x1c849389,
                      big(0x1c849388) + big(digits) + big(lowest) + big(qint64(1) << 40) + big(qint64(9))
                          + payload);
    const quint32 inner = version == 1 ? 0x1c849341 : 0x1c849313;
    return packed(version == 1 ? 0x1c849342 : 0x1c849314,
                  big(inner) + big(qint32(payload.size())) + big(0) + big(digits) + big(lowest)
                      + big(qint64(1) << 40) + big(1.0) + payload);
}

const QByteArray header =
    "#[Logged with jHiccup version 2.0.7]\n#[Histogram log format version 1.2]\n"
    "#[StartTime: 1441812279.474 (seconds since epoch), Wed Sep 09 08:24:39 PDT 2015]\n"
    "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n";

/// A counter's index for a value in nanoseconds: 256 counters, then 128 for each power of two.
qint64 indexOf(qint64 value)
{
    const int magnitude = std::bit_width(quint64(value)) - 1;
    const int bucket = std::max(0, magnitude - 7);
    return (bucket + 1) * 128 + (value >> bucket) - 128;
}

/// `count` requests of about `ns`.
QByteArray samples(qint64 ns, int count)
{
    return histogram(2, {-indexOf(ns), count});
}

QByteArray line(const QByteArray &start, const QByteArray &length, qint64 ns, int count, const QByteArray &tag = {})
{
    return (tag.isEmpty() ? QByteArray() : "Tag=" + tag + ',') + start + ',' + length + ','
        + QByteArray::number(double(ns) / 1e6) + ',' + samples(ns, count) + '\n';
}

} // namespace

class TestHdrLog : public QObject
{
    Q_OBJECT

private slots:
    void decodes_data();
    void decodes();
    void decodesNothingDamaged_data();
    void decodesNothingDamaged();
    void secondsOnTheClock();
    void longIntervals();
    void times_data();
    void times();
    void microseconds();
    void tags();
    void onlyTags();
    void truncatedAndGarbled();
    void ends_data();
    void ends();
    void lengthsUnderAHeadOfEnds();
    void severalLogs();
    void manyLogs();
    void unitOpen_data();
    void unitOpen();
    void millisecondsUnderTheDefaultScale();
    void fewLongLinesDecide();
    void oneTooLong();
    void manyInABucket();
    void realLogs_data();
    void realLogs();

private:
    Scratch m_scratch;
};

void TestHdrLog::decodes_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("V0") << 0;
    QTest::newRow("V1") << 1;
    QTest::newRow("V2") << 2;
}

void TestHdrLog::decodes()
{
    QFETCH(int, version);
    QList<qint64> counts(400, 0);
    counts[0] = 3;
    counts[255] = 7; // 255, the last with a resolution of one
    counts[256] = 300; // 256 and 257
    counts[399] = 1; // 2 × 128 to 255 above: (399 & 127 + 128) << 2
    if (version == 2)
        counts = {3, -254, 7, 300, -142, 1};
    const auto buckets = decodeHdr(histogram(version, counts).toStdString());
    QVERIFY(buckets);
    QCOMPARE(buckets->size(), 4U);
    QCOMPARE((*buckets)[0].highest, 0);
    QCOMPARE((*buckets)[1].highest, 255);
    QCOMPARE((*buckets)[1].count, 7);
    QCOMPARE((*buckets)[2].highest, 257);
    QCOMPARE((*buckets)[2].count, 300);
    QCOMPARE((*buckets)[3].highest, (((399 & 127) + 128 + 1) << 2) - 1);
}

void TestHdrLog::decodesNothingDamaged_data()
{
    QTest::addColumn<QByteArray>("base64");
    const QByteArray good = histogram(2, {3, -254, 7});
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not base64") << QByteArray("HISTF***");
    QTest::newRow("cut") << good.left(good.size() / 2 / 4 * 4);
    QTest::newRow("other cookie") << packed(0x12345678, "x");
    QTest::newRow("inner cookie") << packed(0x1c849314, QByteArray(60, 'x'));
    QTest::newRow("nothing inside") << packed(0x1c849314, {});
    QTest::newRow("digits") << histogram(2, {1}, 9);
    QTest::newRow("lowest") << histogram(2, {1}, 2, 0);
    QTest::newRow("beyond 63 bits") << histogram(2, {-1'000'000, 1});
    QTest::newRow("huge count") << histogram(2, {qint64(1) << 62});
    QTest::newRow("huge hole") << histogram(2, {std::numeric_limits<qint64>::min(), 1});
    QTest::newRow("negative count") << histogram(1, {-5});
    QTest::newRow("bomb") << packed(0x1c849314, QByteArray(40 * 1024 * 1024, 0));
}

void TestHdrLog::decodesNothingDamaged()
{
    QFETCH(QByteArray, base64);
    QVERIFY(!decodeHdr(base64.toStdString()));
}

void TestHdrLog::secondsOnTheClock()
{
    const auto run = readLoadTest(m_scratch.write("a.hlog",
                                                  header + line("0.526", "1.000", 20'000'000, 100)
                                                      + line("3.526", "1.000", 400'000'000, 50)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"hdrhistogram");
    QCOMPARE(run->samples, 150);
    QVERIFY(run->hasClock);
    QVERIFY(!run->knowsErrors);
    QCOMPARE(run->startSeconds, 1441812280.0);
    QCOMPARE(run->seconds.size(), 4U);
    QCOMPARE(run->seconds[0].second, 1441812280);
    QCOMPARE(run->seconds[0].completed, 100);
    QCOMPARE(run->seconds[1].started, 0);
    QCOMPARE(run->seconds[3].started, 50);
    QVERIFY(std::abs(run->latency.maxMs() / 400 - 1) < 0.01);
    QVERIFY(std::abs(run->latency.percentileMs(0.5) / 20 - 1) < 0.01);
    QVERIFY(hasRemark(*run, "nanoseconds"));
    QCOMPARE(run->levels.size(), 1U);
    QVERIFY(!run->missing.empty());
}

void TestHdrLog::longIntervals()
{
    const auto run = readLoadTest(m_scratch.write("a.hlog", header + line("0", "10.0", 20'000'000, 1003)));
    QVERIFY(run);
    QCOMPARE(run->seconds.size(), 10U);
    qint64 sum = 0;
    for (const LoadSecond &second : run->seconds) {
        QVERIFY(second.started == 100 || second.started == 101);
        QCOMPARE(second.latency.count(), second.started);
        sum += second.started;
    }
    QCOMPARE(sum, 1003);
}

void TestHdrLog::times_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<double>("expected");
    QTest::newRow("after StartTime") << QByteArray("#[StartTime: 1441812279.5 (seconds since epoch)]\n")
                                     << QByteArray("2.5") << 1441812282.0;
    QTest::newRow("since 1970") << QByteArray("#[StartTime: 1441812279.5 (seconds since epoch)]\n")
                                << QByteArray("1441812283.0") << 1441812283.0;
    QTest::newRow("after BaseTime") << QByteArray("#[BaseTime: 1441812270.0 (seconds since epoch)]\n")
                                    << QByteArray("2.5") << 1441812272.5;
    QTest::newRow("no date") << QByteArray("#[Histogram log format version 1.2]\n") << QByteArray("2.5")
                             << 2.5;
}

void TestHdrLog::times()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, start);
    QFETCH(double, expected);
    const auto run = readLoadTest(m_scratch.write("a.hlog", head + line(start, "1", 20'000'000, 10)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->startSeconds, expected);
    QCOMPARE(run->hasClock, expected > 1000);
}

void TestHdrLog::microseconds()
{
    // 20 ms as 20,000 µs, the maximum scaled to ms by the writer.
    const auto run =
        readLoadTest(m_scratch.write("a.hlog", header + "0,1,20.0," + samples(20'000, 10) + '\n'));
    QVERIFY(run);
    QVERIFY(hasRemark(*run, "microseconds"));
    QVERIFY(std::abs(run->latency.maxMs() / 20 - 1) < 0.01);
}

void TestHdrLog::tags()
{
    const auto run = readLoadTest(
        m_scratch.write("a.hlog",
                        header + line("0", "1", 20'000'000, 10) + line("0", "1", 20'000'000, 4, "A")
                            + line("1", "1", 20'000'000, 10) + line("1", "1", 20'000'000, 6, "B")
                            + line("2", "1", 9'000'000, 1, "A")));
    QVERIFY(run);
    QCOMPARE(run->samples, 20);
    QCOMPARE(run->labels.size(), 2U);
    QCOMPARE(run->labels[0].name, u"B");
    QCOMPARE(run->labels[1].samples, 5);
    QVERIFY(hasRemark(*run, "Only lines without a tag"));
}

void TestHdrLog::onlyTags()
{
    QByteArray bytes = header;
    for (int i = 0; i < 120; ++i)
        bytes += line("0", "1", 20'000'000, 2, "tag" + QByteArray::number(i));
    const auto run = readLoadTest(m_scratch.write("a.hlog", bytes));
    QVERIFY(run);
    QCOMPARE(run->samples, 240);
    QCOMPARE(run->labels.size(), 101U);
    QCOMPARE(run->labels[0].samples, 2);
    QCOMPARE(run->labels[99].samples, 2);
    QVERIFY(run->labels[100].name.isEmpty()); // all that are beyond, and none of the named
    QCOMPARE(run->labels[100].samples, 40);
    QCOMPARE(run->labelsBeyondCap, 20);
    for (int i = 0; i < 120; ++i)
        bytes += line("1", "1", 20'000'000, i == 110 ? 50 : 1, "tag" + QByteArray::number(i));
    const auto twice = readLoadTest(m_scratch.write("a.hlog", bytes));
    QCOMPARE(twice->labels[0].name, u"tag110"); // the most frequent, wherever they stand
    QCOMPARE(twice->labels[0].samples, 52);
    QCOMPARE(twice->labelsBeyondCap, 20); // names, not lines
}

void TestHdrLog::truncatedAndGarbled()
{
    const QByteArray good = line("0", "1", 20'000'000, 10);
    const auto cut = readLoadTest(m_scratch.write("a.hlog", header + good + good.left(30)));
    QVERIFY(cut);
    QCOMPARE(cut->samples, 10);
    QVERIFY(hasRemark(*cut, "cut off"));
    for (const QByteArray &bad :
         {QByteArray("x,1,1,HISTF\n"), QByteArray("0,1,1,HISTFAAA\n"), QByteArray("Tag=A\n"),
          line("1e300", "1", 20'000'000, 10), line("0", "-1", 20'000'000, 10),
          line("0", "1e9", 20'000'000, 10), line("9000000", "1", 20'000'000, 10)}) {
        const auto run = readLoadTest(m_scratch.write("a.hlog", header + good + bad + good));
        QVERIFY(run);
        QCOMPARE(run->samples, 20);
        QVERIFY(hasRemark(*run, "1 lines"));
    }
    QVERIFY(!readLoadTest(m_scratch.write("a.hlog", header)));
}

void TestHdrLog::ends_data()
{
    QTest::addColumn<double>("zero");
    QTest::newRow("after StartTime") << 0.0;
    QTest::newRow("since 1970") << 1441812279.5;
}

/// As HdrHistogram's C library writes it.
void TestHdrLog::ends()
{
    QFETCH(double, zero);
    QByteArray bytes = QByteArray(header).replace("Interval_Length", "EndTimestamp");
    for (int i = 0; i < 10; ++i)
        bytes += line(QByteArray::number(zero + i, 'f', 3), QByteArray::number(zero + i + 1, 'f', 3), 20'000'000, 100);
    const auto run = readLoadTest(m_scratch.write("a.hlog", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 1000);
    QCOMPARE(run->skippedLines, 0);
    QVERIFY(std::abs(run->endSeconds - run->startSeconds - 10) < 0.01);
    QCOMPARE(run->seconds.size(), 10U);
    QCOMPARE(run->seconds[7].started, 100);
}

void TestHdrLog::lengthsUnderAHeadOfEnds()
{
    QByteArray bytes = QByteArray(header).replace("Interval_Length", "EndTimestamp");
    for (int i = 0; i < 10; ++i)
        bytes += line(QByteArray::number(i * 5), "5.0", 20'000'000, 100);
    const auto run = readLoadTest(m_scratch.write("a.hlog", bytes));
    QVERIFY(run);
    QCOMPARE(run->endSeconds - run->startSeconds, 50.0);
    QCOMPARE(run->seconds.size(), 50U);
}

void TestHdrLog::severalLogs()
{
    const QByteArray lines = line("0", "1", 20'000'000, 100) + line("1", "1", 20'000'000, 100);
    const auto run = readLoadTest(
        m_scratch.write("a.hlog", header + lines + QByteArray(header).replace("1441812279", "1441812379") + lines));
    QVERIFY(run);
    QCOMPARE(run->samples, 400);
    QCOMPARE(run->endSeconds - run->startSeconds, 102.0);
    QCOMPARE(run->levels.size(), 2U);
    QCOMPARE(run->levels[0].end - run->levels[0].start, 2.0);
    QCOMPARE(run->levels[1].start - run->levels[0].start, 100.0);
}

void TestHdrLog::manyLogs()
{
    QByteArray bytes = "#[Histogram log format version 1.2]\n";
    const QByteArray one = line("0", "1", 20'000'000, 1);
    for (int i = 0; i < 1001; ++i)
        bytes += "#[StartTime: " + QByteArray::number(1441812279 + i * 10) + " (seconds since epoch)]\n" + one;
    const auto run = readLoadTest(m_scratch.write("a.hlog", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 1001);
    QCOMPARE(run->levels.size(), 1U);
    QVERIFY(hasRemark(*run, "more than 1,000 logs"));
}

void TestHdrLog::unitOpen_data()
{
    QTest::addColumn<QByteArray>("max");
    QTest::newRow("not scaled") << QByteArray("20000");
    QTest::newRow("rounded to nothing") << QByteArray("0.000");
}

void TestHdrLog::unitOpen()
{
    QFETCH(QByteArray, max);
    const auto run = readLoadTest(
        m_scratch.write("a.hlog", header + "0,1," + max + ',' + samples(20'000, 10) + '\n'));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 10);
    QCOMPARE(run->latency.count(), 0);
    QVERIFY(run->missing.front().en.contains("names no unit"));
}

/// 2,000 times 5,000 ms, whose maximum the writer divided by a million as if they were nanoseconds.
void TestHdrLog::millisecondsUnderTheDefaultScale()
{
    const auto run = readLoadTest(
        m_scratch.write("a.hlog", header + "0.000,10.000,0.005,HISTFAAAACJ42pNpmSzMwMDAwgABTFCaEUK9SrD/AGFt51kgDwBagwVJ\n"));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2000);
    QCOMPARE(run->latency.count(), 0);
    QVERIFY(run->missing.front().en.contains("names no unit"));
    const auto fast = readLoadTest(m_scratch.write("a.hlog", header + line("0", "1", 150'000, 10)));
    QVERIFY(std::abs(fast->latency.maxMs() / 0.15 - 1) < 0.01);
}

/// What waits for more lines is held in memory: beyond a million counters the lines read so far decide.
void TestHdrLog::fewLongLinesDecide()
{
    constexpr int many = 400'000;
    const QByteArray wide = packed(0x1c849314, big(0x1c849313) + big(many) + big(0) + big(5) + big(qint64(1)) + big(qint64(1) << 40)
                                                   + big(1.0) + QByteArray(many, 2));
    QByteArray bytes = header;
    for (int i = 0; i < 3; ++i)
        bytes += QByteArray::number(i) + ",1,0.000," + wide + '\n';
    const auto run = readLoadTest(m_scratch.write("a.hlog", bytes + line("3", "1", 20'000'000, 10)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 3 * many + 10);
    QCOMPARE(run->latency.count(), 0); // the last line would have told nanoseconds
}

void TestHdrLog::oneTooLong()
{
    const QByteArray both = histogram(2, {-indexOf(20'000'000), 99, indexOf(20'000'000) + 1 - indexOf(25'200'000'000'000), 1});
    const auto run = readLoadTest(m_scratch.write("a.hlog", header + "0,1,25200000.0," + both + '\n'));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 99);
    QVERIFY(hasRemark(*run, "1 latencies beyond six hours"));
}

void TestHdrLog::manyInABucket()
{
    const auto run = readLoadTest(m_scratch.write("a.hlog", header + line("0", "60", 20'000'000, 200'000'000)));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 200'000'000);
    QVERIFY(std::abs(run->latency.percentileMs(0.5) / 20 - 1) < 0.01);
}

void TestHdrLog::realLogs_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("samples");
    QTest::addColumn<double>("p999"); // by HdrHistogram's own test of its readers
    QTest::addColumn<double>("max");
    QTest::newRow("V2") << "jHiccup-2.0.7S.logV2.hlog" << 48761 << 1745.879039 << 1796.210687;
    QTest::newRow("V0") << "jHiccup-2.0.1.logV0.hlog" << 61256 << 1510.998015 << 1569.718271;
    QTest::newRow("tagged") << "tagged-Log.logV2.hlog" << -1 << -1.0 << -1.0;
}

void TestHdrLog::realLogs()
{
    QFETCH(QString, file);
    QFETCH(int, samples);
    QFETCH(double, p999);
    QFETCH(double, max);
    const QString path = sharedLoadTest("real/hdrhistogram/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->skippedLines, 0);
    if (samples < 0) { // its tag holds the same as the lines without one
        QCOMPARE(run->labels.size(), 1U);
        QCOMPARE(run->labels[0].samples, run->samples);
        QCOMPARE(run->labels[0].latency.maxMs(), run->latency.maxMs());
        return;
    }
    QCOMPARE(int(run->samples), samples);
    // HdrHistogram rounds the rank where the nearest rank goes up: a bucket of 0.5 % apart, and 0.4 % of our own.
    QVERIFY(std::abs(run->latency.percentileMs(0.999) / p999 - 1) < 0.01);
    QVERIFY(std::abs(run->latency.maxMs() / max - 1) < 0.005);
}

QTEST_APPLESS_MAIN(TestHdrLog)
#include "tst_hdrlog.moc"
