// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/input.h>
#include <evidence/loadtest/merge.h>

#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

QByteArray request(qint64 startMs, int latency, bool ok = true)
{
    return "REQUEST\t\tGet\t" + QByteArray::number(startMs) + '\t' + QByteArray::number(startMs + latency)
        + (ok ? "\tOK\t \n" : "\tKO\tbroken\n");
}

QByteArray gatlingLog(qint64 startMs, int count, int gapMs)
{
    QByteArray log = "RUN\ts\ts\t" + QByteArray::number(startMs) + "\t \t3.10.5\n";
    for (int i = 0; i < count; ++i) {
        const QByteArray at = QByteArray::number(startMs + i * gapMs);
        log += "USER\tS\tSTART\t" + at + '\n' + request(startMs + i * gapMs, 20 + i % 7, i % 10 != 0)
            + "USER\tS\tEND\t" + at + '\n';
    }
    return log;
}

constexpr qint64 t0 = 1700000000000;

/// Anonymous memory of this process in kB (Linux), or 0.
qint64 anonymousKb()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

} // namespace

class TestLoadTest : public QObject
{
    Q_OBJECT

private slots:
    void formats();
    void refusals_data();
    void refusals();
    void missingFileAndFolder();
    void progressAndCancel();
    void mergedRunIsTheSum();
    void mergeRefusals_data();
    void mergeRefusals();
    void staggeredEndsAreSaid();
    void linesAcrossChunks();
    void overlongLines();
    void errorKindsAreBounded();
    void timesAllOver();
    void memoryDoesNotGrowWithRows();

private:
    Scratch m_scratch;
};

void TestLoadTest::formats()
{
    QCOMPARE_GE(loadTestFormats().size(), 3);
    QVERIFY(loadTestFormats().join(' ').contains("Gatling"));
}

void TestLoadTest::refusals_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("hints");
    QTest::newRow("empty") << QByteArray() << "empty" << "";
    QTest::newRow("empty gzip") << gzipped({}) << "empty" << "";
    QTest::newRow("unknown text") << QByteArray("hello\nworld\n") << "not one of a load test"
                                  << "k6 --out json";
    QTest::newRow("binary") << QByteArray(5000, '\x07') << "not one of a load test" << "JMeter";
    QTest::newRow("PowerShell") << QByteArray("\xFF\xFE", 2) + "t\0i\0m\0" << "PowerShell" << "utf8";
    QTest::newRow("UTF-16 the other way round") << QByteArray("\xFE\xFF\0t\0i", 6) << "UTF-16" << "iconv";
    QTest::newRow("zip") << QByteArray("PK\x03\x04rest") << "ZIP" << "Unpack";
    QTest::newRow("zstd") << QByteArray("\x28\xB5\x2F\xFDrest") << "damaged" << "Copy";
    QTest::newRow("Gatling without requests")
        << QByteArray("RUN\ts\ts\t1\t \t3.4.0\n") << "not one request" << "";
}

void TestLoadTest::refusals()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    QFETCH(QString, hints);
    const QString path = m_scratch.write("result", bytes);
    const auto run = readLoadTest(path);
    QVERIFY(!run);
    QCOMPARE(run.error().file, path);
    QVERIFY2(run.error().message.en.contains(says), qPrintable(run.error().toString(Lang::En)));
    QVERIFY2(run.error().hint.en.contains(hints), qPrintable(run.error().toString(Lang::En)));
    QVERIFY(!run.error().message.ja.isEmpty());
}

void TestLoadTest::missingFileAndFolder()
{
    for (const QString &path : {m_scratch.write("x", "") + "nothing", QDir::tempPath()}) {
        const auto run = readLoadTest(path);
        QVERIFY(!run);
        QVERIFY(!run.error().message.isEmpty());
    }
    QVERIFY(!readLoadTests({}));
}

void TestLoadTest::progressAndCancel()
{
    const QString path = m_scratch.write("a.log", gatlingLog(t0, 60'000, 1));
    qint64 last = 0;
    const auto run = readLoadTest(path, [&](qint64 done, qint64 total) {
        last = done;
        return done <= total;
    });
    QVERIFY(run);
    QCOMPARE(run->samples, 60'000);
    QCOMPARE(last, QFileInfo(path).size());

    int calls = 0;
    const auto cancelled = readLoadTest(path, [&](qint64, qint64) { return ++calls < 2; });
    QVERIFY(!cancelled);
    QVERIFY(cancelled.error().message.isEmpty()); // cancelled is not failed
    QCOMPARE(calls, 2);

    const QString other = m_scratch.write("b.log", gatlingLog(t0 + 1000, 60'000, 1));
    qint64 both = 0, total = 0;
    QVERIFY(readLoadTests({path, other}, [&](qint64 done, qint64 all) {
        both = done;
        total = all;
        return true;
    }));
    QCOMPARE(both, QFileInfo(path).size() + QFileInfo(other).size());
    QCOMPARE(total, both);
}

void TestLoadTest::mergedRunIsTheSum()
{
    const QString a = m_scratch.write("a.log", gatlingLog(t0, 500, 10));
    const QString b = m_scratch.write("b.log", gatlingLog(t0 + 2000, 500, 10));
    const auto sum = readLoadTests({b, a});
    const auto whole =
        readLoadTest(m_scratch.write("ab.log", gatlingLog(t0, 500, 10) + gatlingLog(t0 + 2000, 500, 10)));
    QVERIFY(sum && whole);
    QCOMPARE(sum->samples, 1000);
    QCOMPARE(sum->errors, whole->errors);
    QCOMPARE(sum->errorKinds, whole->errorKinds);
    QCOMPARE(sum->latency.buckets(), whole->latency.buckets());
    QCOMPARE(sum->startSeconds, whole->startSeconds);
    QCOMPARE(sum->endSeconds, whole->endSeconds);
    QCOMPARE(sum->seconds.size(), whole->seconds.size());
    for (size_t i = 0; i < sum->seconds.size(); ++i) {
        QCOMPARE(sum->seconds[i].second, whole->seconds[i].second);
        QCOMPARE(sum->seconds[i].started, whole->seconds[i].started);
        QCOMPARE(sum->seconds[i].completed, whole->seconds[i].completed);
        QCOMPARE(sum->seconds[i].failed, whole->seconds[i].failed);
        QCOMPARE(sum->seconds[i].arrivals, whole->seconds[i].arrivals);
        QCOMPARE(sum->seconds[i].latency.buckets(), whole->seconds[i].latency.buckets());
    }
}

void TestLoadTest::mergeRefusals_data()
{
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<QString>("says");
    QTest::newRow("another tool") << QByteArray("timeStamp,elapsed,success\n1700000000000,30,true\n")
                                  << "different tools";
    QTest::newRow("another day") << gatlingLog(t0 + 86'400'000, 10, 10) << "6 hours";
    QTest::newRow("the same, listed twice") << gatlingLog(t0, 10, 10) << "counted twice";
    QTest::newRow("unreadable") << QByteArray("nonsense\n") << "not one of a load test";
}

void TestLoadTest::mergeRefusals()
{
    QFETCH(QByteArray, other);
    QFETCH(QString, says);
    const QString path = m_scratch.write("other", other);
    const auto run = readLoadTests({m_scratch.write("a.log", gatlingLog(t0, 10, 10)), path});
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains(says), qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run.error().file, path);
}

void TestLoadTest::staggeredEndsAreSaid()
{
    const auto run = readLoadTests({m_scratch.write("a.log", gatlingLog(t0, 100, 1000)),
                                    m_scratch.write("b.log", gatlingLog(t0 + 45'000, 100, 1000))});
    QVERIFY(run);
    QVERIFY(hasRemark(*run, "45 s apart"));
}

void TestLoadTest::linesAcrossChunks()
{
    QByteArray bytes;
    for (int i = 0; i < 120'000; ++i)
        bytes += "line " + QByteArray::number(i) + QByteArray(i % 97, 'x') + '\n';
    for (const QByteArray &packed : {bytes, gzipped(bytes)}) {
        ByteInput input(m_scratch.write("lines", packed));
        QVERIFY(input.open());
        LineReader lines(input);
        std::string_view line;
        int count = 0;
        while (lines.next(line)) {
            QCOMPARE(line.substr(0, 5), "line ");
            QCOMPARE(qint64(line.size()), 5 + QByteArray::number(count).size() + count % 97);
            QCOMPARE(lines.lineNumber(), ++count);
        }
        QCOMPARE(count, 120'000);
        QVERIFY(!input.cutOff());
    }
}

void TestLoadTest::overlongLines()
{
    const QByteArray log = gatlingLog(t0, 20, 10);
    for (const int length : {1'200'000, 5'000'000}) {
        const auto run =
            readLoadTest(m_scratch.write("a.log", log + QByteArray(length, 'x') + '\n' + request(t0, 33)));
        QVERIFY(run);
        QCOMPARE(run->samples, 21);
        QVERIFY(hasRemark(*run, "1 lines longer than 1 MiB"));
    }
}

void TestLoadTest::errorKindsAreBounded()
{
    QByteArray log = "RUN\ts\ts\t1\t \t3.4.0\n";
    for (int i = 0; i < 500; ++i)
        log += "REQUEST\t\tGet\t1700000000000\t1700000000010\tKO\tfailed for user " + QByteArray::number(i)
            + '\n';
    const auto run = readLoadTest(m_scratch.write("a.log", log));
    QVERIFY(run);
    QCOMPARE(run->errors, 500);
    QCOMPARE(run->errorKinds.size(), 21);
    QCOMPARE(run->errorKinds.value("other"), 480);
}

void TestLoadTest::timesAllOver()
{
    QByteArray log = "RUN\ts\ts\t1\t \t3.4.0\n";
    for (qint64 i = 0; i < 3000; ++i) // five hours and more apart each: never one run of years
        log += request(t0 + i * 19'000'000, 10);
    const auto run = readLoadTest(m_scratch.write("a.log", log));
    QVERIFY(!run || run->seconds.size() <= 4U * 24 * 3600);
}

void TestLoadTest::memoryDoesNotGrowWithRows()
{
    const QString path = m_scratch.write("a.log", {});
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int part = 0; part < 40; ++part)
            file.write(gatlingLog(t0 + part * 10'000, 10'000, 1)); // 400,000 requests, 42 MB
    }
    const qint64 before = anonymousKb();
    if (before == 0)
        QSKIP("memory is measured on Linux only");
    qint64 most = 0;
    const auto run = readLoadTest(path, [&](qint64, qint64) {
        most = std::max(most, anonymousKb());
        return true;
    });
    QVERIFY(run);
    QCOMPARE(run->samples, 400'000);
    QCOMPARE_LT(most - before, 20'000);
}

QTEST_APPLESS_MAIN(TestLoadTest)
#include "tst_loadtest.moc"
