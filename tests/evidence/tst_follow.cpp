// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/follow.h>

#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1700000000000;
const QByteArray header = "timeStamp,elapsed,label,success\n";

QByteArray row(int i, const QByteArray &label = "get")
{
    return QByteArray::number(t0 + i * 100) + ',' + QByteArray::number(20 + i % 9) + ',' + label + ",true\n";
}

QByteArray rows(int first, int end)
{
    QByteArray text;
    for (int i = first; i < end; ++i)
        text += row(i);
    return text;
}

} // namespace

class TestFollow : public QObject
{
    Q_OBJECT

private slots:
    void growing();
    void lastLineWaits();
    void sameAsReadingOnce();
    void quotedRecordWaits();
    void startsAnew_data();
    void startsAnew();
    void packedIsReadWhole();
    void nothingYet_data();
    void nothingYet();
    void failures();
    void cancelledGoesOn();
    void datesBelowAHeaderAlone_data();
    void datesBelowAHeaderAlone();
    void beginningIsReadAnewOnce();

private:
    Scratch m_scratch;
};

void TestFollow::growing()
{
    const QString path = m_scratch.write("a.jtl", header + rows(0, 10));
    LoadTestFollower follower(path);
    auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 10);
    QCOMPARE((*run)->file, path);
    QVERIFY(!*follower.poll()); // nothing new
    m_scratch.write("a.jtl", header + rows(0, 25));
    qint64 from = -1;
    run = follower.poll([&](qint64 done, qint64) {
        from = from < 0 ? done : from;
        return true;
    });
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 25);
    QCOMPARE(from, header.size() + rows(0, 25).size()); // only the new bytes, in one piece
    QCOMPARE(follower.restarts(), 0);
}

void TestFollow::lastLineWaits()
{
    const QByteArray whole = header + rows(0, 5);
    LoadTestFollower follower(m_scratch.write("a.jtl", whole + row(5).left(20)));
    auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 5);
    QVERIFY((*run)->remarks.empty()); // neither cut off nor unreadable: it waits
    m_scratch.write("a.jtl", whole + row(5));
    run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 6);
    QCOMPARE((*run)->skippedLines, 0);
}

void TestFollow::sameAsReadingOnce()
{
    QByteArray text = header;
    for (int i = 0; i < 400; ++i)
        text += i % 50 == 7 ? QByteArray("garbage\n") : row(i, i % 3 == 0 ? "get" : "put");
    LoadTestFollower follower(m_scratch.write("a.jtl", {}));
    std::optional<LoadTestRun> last;
    for (qsizetype size = 0; size < text.size() + 777; size += 777) {
        m_scratch.write("a.jtl", text.left(size));
        auto run = follower.poll();
        QVERIFY(run);
        if (*run)
            last = std::move(**run);
    }
    const auto once = readLoadTest(m_scratch.write("a.jtl", text));
    QVERIFY(once && last);
    QCOMPARE(everythingIn(*last), everythingIn(*once));
    QCOMPARE(follower.restarts(), 0);
}

void TestFollow::quotedRecordWaits()
{
    const QByteArray first = header + row(0), open = "1700000001000,30,\"two\nli", rest = "nes\",false\n";
    LoadTestFollower follower(m_scratch.write("a.jtl", first + open));
    QVERIFY(follower.poll());
    m_scratch.write("a.jtl", first + open + rest);
    const auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 2);
    QCOMPARE((*run)->skippedLines, 0);
}

void TestFollow::startsAnew_data()
{
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("truncated") << header + rows(0, 3);
    QTest::newRow("another file in its place")
        << QByteArray("timeStamp;elapsed;label;success\n1700000000000;30;get;true\n").repeated(1)
            + QByteArray("1700000000000;30;get;true\n").repeated(2) + QByteArray(3000, '\n');
}

void TestFollow::startsAnew()
{
    QFETCH(QByteArray, next);
    LoadTestFollower follower(m_scratch.write("a.jtl", header + rows(0, 20)));
    QVERIFY(follower.poll());
    m_scratch.write("a.jtl", next);
    const auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 3);
    QCOMPARE(follower.restarts(), 1);
}

void TestFollow::packedIsReadWhole()
{
    LoadTestFollower follower(m_scratch.write("a.jtl.gz", gzipped(header + rows(0, 10))));
    auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 10);
    QVERIFY(!*follower.poll());
    m_scratch.write("a.jtl.gz", gzipped(header + rows(0, 2000)));
    run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 2000);
}

void TestFollow::nothingYet_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half a header") << QByteArray("timeStamp,elap");
    QTest::newRow("a header") << header;
    QTest::newRow("half a row") << header + row(0).left(15);
}

void TestFollow::nothingYet()
{
    QFETCH(QByteArray, bytes);
    LoadTestFollower follower(m_scratch.write("a.jtl", bytes));
    const auto before = follower.poll();
    QVERIFY(before && !*before);
    m_scratch.write("a.jtl", header + row(0));
    const auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 1);
}

void TestFollow::failures()
{
    QVERIFY(!LoadTestFollower(m_scratch.write("x", "") + "nothing").poll());
    const auto other = LoadTestFollower(m_scratch.write("a", "neither\nthis nor that\n")).poll();
    QVERIFY(!other);
    QVERIFY(other.error().message.en.contains("not one of a load test"));
}

void TestFollow::cancelledGoesOn()
{
    LoadTestFollower follower(m_scratch.write("a.jtl", header + rows(0, 100)));
    const auto cancelled = follower.poll([](qint64, qint64) { return false; });
    QVERIFY(!cancelled);
    QVERIFY(cancelled.error().message.isEmpty());
    m_scratch.write("a.jtl", header + rows(0, 101));
    const auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 101);
}

void TestFollow::datesBelowAHeaderAlone_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<int>("rows");
    QTest::newRow("a header") << QByteArray() << 1;
    QTest::newRow("a day that may be a month") << QByteArray("11/11/2026 20:18:53,12,a,200,true\n") << 2;
}

/// Which of day and month comes first is told by rows that were not there when the file was first seen.
void TestFollow::datesBelowAHeaderAlone()
{
    QFETCH(QByteArray, first);
    QFETCH(int, rows);
    const QByteArray begun = "timeStamp,elapsed,label,responseCode,success\n" + first;
    LoadTestFollower follower(m_scratch.write("a.jtl", begun));
    QVERIFY(follower.poll());
    m_scratch.write("a.jtl", begun + "22/11/2026 20:18:53,12,a,200,true\n");
    const auto run = follower.poll();
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QVERIFY(*run);
    QCOMPARE((*run)->samples + (*run)->otherRun, rows);
    QCOMPARE((*run)->skippedLines, 0);
    QCOMPARE(follower.restarts(), 0);
}

/// What tells the format ends after 64 KiB: from there on only what is new is read.
void TestFollow::beginningIsReadAnewOnce()
{
    LoadTestFollower follower(m_scratch.write("a.jtl", header + rows(0, 10)));
    QVERIFY(follower.poll());
    const QByteArray large = header + rows(0, 5000);
    QVERIFY(large.size() > 100 * 1024);
    m_scratch.write("a.jtl", large);
    auto run = follower.poll();
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 5000);
    m_scratch.write("a.jtl", large + rows(5000, 5001));
    qint64 read = 0;
    run = follower.poll([&](qint64 done, qint64) {
        read = read == 0 ? done - large.size() : read;
        return true;
    });
    QVERIFY(run && *run);
    QCOMPARE((*run)->samples, 5001);
    QCOMPARE(read, rows(5000, 5001).size());
}

QTEST_APPLESS_MAIN(TestFollow)
#include "tst_follow.moc"
