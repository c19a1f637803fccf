// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/levels.h>

#include <QTest>

#include <generator/loadfiles.h>

#include <cmath>

using namespace tenken;
using namespace tenken::test;

// A level lasts as long as requests are sent: neither its last answer nor a pause is time of the load.

namespace
{

constexpr qint64 t0 = 1'700'000'000'000; // ms

struct Sent {
    qint64 at = 0, latency = 20; ///< ms
    QByteArray attack = {};
};

QList<Sent> sent(qint64 from, int seconds, int rate, const QByteArray &attack = {})
{
    QList<Sent> all;
    for (int i = 0; i < seconds * rate; ++i)
        all.append({from + i * 1000 / rate, 20 + i % 7, attack});
    return all;
}

QByteArray vegeta(const QList<Sent> &all)
{
    QByteArray file;
    for (const Sent &one : all) {
        file += QByteArray::number((t0 + one.at) * 1'000'000) + ",200," + QByteArray::number(one.latency * 1'000'000)
            + ",0,2,,," + one.attack + ",0,GET,http://x/,\n";
    }
    return file;
}

QByteArray h2load(const QList<Sent> &all)
{
    QByteArray file;
    for (const Sent &one : all)
        file += QByteArray::number((t0 + one.at) * 1000) + "\t200\t" + QByteArray::number(one.latency * 1000) + '\n';
    return file;
}

QByteArray seconds(qint64 ms)
{
    return QByteArray::number(double(ms) / 1000, 'f', 4);
}

QByteArray hey(const QList<Sent> &all)
{
    QByteArray file = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n";
    for (const Sent &one : all)
        file += seconds(one.latency) + ",0.0,0.0,0.0,0.0,0.0,200," + seconds(one.at) + '\n';
    return file;
}

QByteArray oha(const QList<Sent> &all)
{
    QByteArray file = "request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status\n";
    for (const Sent &one : all)
        file += seconds(one.at) + ",0,0,0.01," + seconds(one.latency) + ",11,200\n";
    return file;
}

using Write = QByteArray (*)(const QList<Sent> &);
constexpr std::pair<const char *, Write> tools[] = {{"vegeta", vegeta}, {"h2load", h2load}, {"hey", hey}, {"oha", oha}};

/// Requests that began in a level, for each of its seconds.
double rateOf(const LoadTestRun &run, const LoadLevel &level)
{
    double started = 0;
    for (const LoadSecond &second : run.seconds) {
        if (double(second.second) >= std::floor(level.start) && double(second.second) < level.end)
            started += double(second.started);
    }
    return started / (level.end - level.start);
}

bool isNear(double value, double expected)
{
    return std::abs(value - expected) <= 0.02 * expected;
}

} // namespace

class TestSending : public QObject
{
    Q_OBJECT

private slots:
    void theLastAnswerIsLate_data() { everyTool(); }
    void theLastAnswerIsLate();
    void attacksThatTimeOut();
    void anOverloadIsStillOne();
    void fewRequests();
    void pausesEndALevel_data() { everyTool(); }
    void pausesEndALevel();
    void pausesWithinAnAttack();
    void noPause_data();
    void noPause();
    void pausesBetweenSteps();
    void appended_data();
    void appended();

private:
    static void everyTool();
    LoadTestRun read(const QString &name, const QByteArray &file);
    Scratch m_scratch;
};

void TestSending::everyTool()
{
    QTest::addColumn<Write>("write");
    for (const auto &[name, write] : tools)
        QTest::newRow(name) << write;
}

LoadTestRun TestSending::read(const QString &name, const QByteArray &file)
{
    const auto run = readLoadTest(m_scratch.write(name, file));
    return run ? *run : LoadTestRun();
}

void TestSending::theLastAnswerIsLate()
{
    QFETCH(Write, write);
    QList<Sent> all = sent(300, 20, 50);
    all[970].latency = 30'000;
    const LoadTestRun run = read("a", write(all));
    QCOMPARE(run.samples, 1000);
    QCOMPARE(run.levels.size(), 1U);
    QVERIFY(isNear(rateOf(run, run.levels[0]), 50));
    QVERIFY(run.endSeconds - run.startSeconds > 45); // what happened then is still in it
    QVERIFY(run.remarks.empty());
}

void TestSending::attacksThatTimeOut()
{
    QList<Sent> all = sent(0, 10, 50, "a") + sent(60'000, 10, 100, "b") + sent(120'000, 10, 200, "c");
    for (qsizetype i = 0; i < all.size(); i += 100)
        all[i].latency = 30'000;
    const LoadTestRun run = read("a.csv", vegeta(all));
    QCOMPARE(run.levels.size(), 3U);
    for (size_t i = 0; i < 3; ++i)
        QVERIFY(isNear(rateOf(run, run.levels[i]), 50 << i));
}

// Answers that come later and later: less is done than was sent while it was sent.
void TestSending::anOverloadIsStillOne()
{
    QList<Sent> all = sent(0, 20, 100, "100rps");
    for (qsizetype i = 0; i < all.size(); ++i)
        all[i].latency = 20 + i * 10; // served at 50/s
    const LoadTestRun run = read("a.csv", vegeta(all));
    QCOMPARE(run.levels.size(), 1U);
    QVERIFY(isNear(rateOf(run, run.levels[0]), 100));
    qint64 done = 0;
    for (const LoadSecond &second : run.seconds)
        done += double(second.second) < run.levels[0].end ? second.completed : 0;
    QVERIFY(done < 1050);
}

void TestSending::fewRequests()
{
    const LoadTestRun run = read("a.log", h2load({{0, 20}, {1000, 5000}, {2000, 20}}));
    QCOMPARE(run.levels[0].end, run.endSeconds);
}

void TestSending::pausesEndALevel()
{
    QFETCH(Write, write);
    QList<Sent> all = sent(300, 20, 50) + sent(80'000, 20, 50);
    all[600].latency = 30'000; // waited for in the pause
    const LoadTestRun run = read("c8.csv", write(all));
    QCOMPARE(run.levels.size(), 2U);
    for (const LoadLevel &level : run.levels) {
        QVERIFY(isNear(rateOf(run, level), 50));
        QCOMPARE(level.name, u"c8");
        QCOMPARE(level.users, 8.0);
    }
    QVERIFY(hasRemark(run, "pauses"));
    QCOMPARE(run.model == LoadModel::Open, write == vegeta); // the name says it of a tool that can do both
}

void TestSending::pausesWithinAnAttack()
{
    const LoadTestRun run =
        read("a.csv", vegeta(sent(0, 20, 50, "50rps") + sent(80'000, 20, 50, "50rps") + sent(200'000, 20, 90, "90rps")));
    QCOMPARE(run.levels.size(), 3U);
    QCOMPARE(run.levels[1].name, u"50rps");
    QCOMPARE(run.levels[1].offered, 50.0);
    QCOMPARE(run.levels[1].start, double(t0) / 1000 + 80);
    QVERIFY(isNear(rateOf(run, run.levels[1]), 50));
}

void TestSending::noPause_data()
{
    QTest::addColumn<QList<Sent>>("all");
    QList<Sent> waiting = sent(0, 20, 50);
    waiting.last().latency = 60'000; // all connections hang
    QTest::newRow("waiting for an answer") << waiting + sent(80'000, 20, 50);
    QList<Sent> rare;
    for (int i = 0; i < 30; ++i)
        rare.append(Sent{.at = i * 30'000});
    QTest::newRow("rare requests") << rare;
    QList<Sent> bursts;
    for (int i = 0; i < 300; ++i)
        bursts += sent(i * 30'000, 2, 50);
    QTest::newRow("bursts") << bursts;
    QTest::newRow("a short one") << sent(0, 20, 50) + sent(24'000, 20, 50);
}

void TestSending::noPause()
{
    QFETCH(QList<Sent>, all);
    const LoadTestRun run = read("a.log", h2load(all));
    QCOMPARE(run.samples, qint64(all.size()));
    QCOMPARE(run.levels.size(), 1U);
}

// Steps without names between the pauses are left to whoever finds change points.
void TestSending::pausesBetweenSteps()
{
    const LoadTestRun run = read(
        "a.csv", vegeta(sent(0, 20, 50) + sent(20'000, 20, 100) + sent(80'000, 20, 200) + sent(100'000, 20, 400)));
    QCOMPARE(run.levels.size(), 1U);
}

void TestSending::appended_data()
{
    QTest::addColumn<Write>("write");
    QTest::newRow("hey") << Write(hey);
    QTest::newRow("oha") << Write(oha);
}

// Their offsets begin at 0 again.
void TestSending::appended()
{
    QFETCH(Write, write);
    QList<Sent> slow = sent(0, 20, 50);
    slow[990].latency = 10'000;
    const LoadTestRun run = read("a.csv", write(slow) + write(sent(0, 20, 80)));
    QCOMPARE(run.samples, 2600);
    QCOMPARE(run.levels.size(), 2U);
    QVERIFY(isNear(rateOf(run, run.levels[0]), 50));
    QVERIFY(isNear(rateOf(run, run.levels[1]), 80));
    QCOMPARE(run.levels[1].name, u"a");
    QVERIFY(hasRemark(run, "2 runs"));
    QVERIFY(!hasRemark(run, "pauses"));

    const LoadTestRun glued = read("a.csv", write(slow).chopped(1) + write(sent(0, 20, 80)));
    QCOMPARE(glued.levels.size(), 2U);
    QCOMPARE(glued.skippedLines, 1);
    QVERIFY(isNear(rateOf(glued, glued.levels[1]), 80));

    const LoadTestRun paused = read("a.csv", write(slow) + write(sent(0, 20, 80) + sent(80'000, 20, 80)));
    QCOMPARE(paused.levels.size(), 3U);
    QVERIFY(isNear(rateOf(paused, paused.levels[1]), 80));
    QVERIFY(isNear(rateOf(paused, paused.levels[2]), 80));
}

QTEST_APPLESS_MAIN(TestSending)
#include "tst_sending.moc"
