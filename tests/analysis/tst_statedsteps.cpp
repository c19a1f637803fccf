// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/givensteps.h>
#include <analysis/knee.h>

#include <QTest>

#include <generator/queuemodel.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

/// wrk against eight workers of 20 ms: one file for each number of connections, figures alone.
LoadTestRun wrk()
{
    const int users[] = {1, 2, 4, 6, 8, 12, 16, 32, 64};
    const double rate[] = {47, 94, 186, 279, 368, 390, 395, 397, 398};
    LoadTestRun run;
    run.tool = "wrk";
    run.model = LoadModel::Closed;
    run.hasClock = false;
    run.percentileMeaning = {"wrk の値", "as wrk prints them"};
    double at = 0;
    for (size_t i = 0; i < std::size(users); ++i, at += 6) {
        const double ms = 1000 * users[i] / rate[i];
        run.levels.push_back({QStringLiteral("c%1").arg(users[i]), at, at + 6, double(users[i])});
        run.aggregates.push_back({.start = at, .end = at + 6, .users = double(users[i]), .completed = qint64(rate[i] * 6),
                                  .maxMs = 3 * ms,
                                  .percentiles = {{0.5, ms}, {0.75, 1.1 * ms}, {0.9, 1.2 * ms}, {0.99, 1.6 * ms}}});
    }
    return run;
}

LoadAggregate window(double start, double length, double rate, double p95, double users = -1)
{
    return {.start = start, .end = start + length, .users = users, .arrivals = users < 0 ? qint64(rate * length) : -1,
            .completed = qint64(rate * length), .maxMs = 2 * p95, .percentiles = {{0.5, p95 / 2}, {0.95, p95}, {0.99, 1.5 * p95}}};
}

LoadSecond second(qint64 at, qint64 rate)
{
    LoadSecond s;
    s.second = at;
    s.started = s.completed = rate;
    return s;
}

} // namespace

class TestStatedSteps : public QObject
{
    Q_OBJECT

private slots:
    void oneFileForEachLevel();
    void levelsOverSamples();
    void levelsStateTheOfferedRate();
    void levelWithoutRequests();
    void windowsAtOneLoadAreOneStep();
    void mediansOfWindows();
    void theLastWindowIsKept();
    void percentileThatOneWindowLacks();
    void rollingFiguresSettle();
    void windowsByUsers();
    void moreLatenciesThanRequests_data();
    void moreLatenciesThanRequests();
    void onlyTheWholeIsStated();
    void figuresBesideCountedSeconds();
    void unknownPercentiles();
    void parsing_data();
    void parsing();
    void ratesInOrder();
    void ratesOverEqualParts();
    void ranges();
    void rangeOutsideTheRun();
};

// Kept beside the median, where the last window has enough requests for it.
void TestStatedSteps::theLastWindowIsKept()
{
    LoadTestRun run;
    run.model = LoadModel::Open;
    for (int i = 0; i < 8; ++i)
        run.aggregates.push_back(window(10.0 * i, 10, 100, i == 7 ? 900 : 20));
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 1U);
    QCOMPARE(steps[0].p95, 20.0);
    QCOMPARE(steps[0].lastPercentile(0.95), 900.0);
    QCOMPARE(steps[0].lastPercentile(0.5), 450.0);
    run.aggregates.back().timed = 40; // too few latencies for a p95
    QCOMPARE(findSteps(run).front().lastPercentile(0.95), -1.0);
}

void TestStatedSteps::oneFileForEachLevel()
{
    const LoadTestRun run = wrk();
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 9U);
    QCOMPARE(steps[4].name, "c8");
    QCOMPARE(steps[4].users, 8.0);
    QCOMPARE(steps[4].throughput, 368.0);
    QCOMPARE(steps[4].p95, -1.0); // wrk does not tell it, and it is not made up
    QVERIFY(!steps[4].p95Trusted());
    QCOMPARE(steps[4].percentile(0.9), steps[4].p50 * 1.2);
    QCOMPARE(steps[4].percentile(0.98), -1.0);
    QVERIFY(steps[4].p99Trusted());
    QVERIFY(!steps[0].p99Trusted()); // 282 requests
    QCOMPARE(steps[4].windows, 1);
    QCOMPARE(percentileMeaningOf(run, steps).en, "as wrk prints them");
    const Knee knee = findKnee(run, steps);
    QVERIFY(knee.reached);
    QCOMPARE(knee.users, 8.0);
    QCOMPARE(knee.percentile, 0.99);
    QVERIFY(!knee.spread);
}

void TestStatedSteps::levelsOverSamples()
{
    LoadTestRun run = simulateOpen({.workers = 32}, {{.rate = 100, .seconds = 40}, {.rate = 200, .seconds = 40}}, 1);
    run.levels = {{"a", runStart, runStart + 40}, {"b", runStart + 40, runStart + 80}};
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 2U);
    QCOMPARE(steps[0].start, runStart + 6); // 15 % transient
    QCOMPARE(steps[0].end, runStart + 40);
    QVERIFY(std::abs(steps[1].offered - 200) < 15);
    QVERIFY(steps[1].p95 > steps[1].p50 && steps[1].p95Trusted());
    QCOMPARE(steps[1].windows, 0);
    QVERIFY(percentileMeaningOf(run, steps).en.contains("nearest rank"));
}

void TestStatedSteps::levelsStateTheOfferedRate()
{
    LoadTestRun run = simulateOpen({.workers = 32}, {{.rate = 100, .seconds = 40}, {.rate = 200, .seconds = 40}}, 1);
    run.levels = {{"step-100", runStart, runStart + 40, -1, 100}, {"step-400", runStart + 40, runStart + 80, -1, 400}};
    const auto steps = findSteps(run);
    QCOMPARE(steps[0].offered, 100.0);
    QCOMPARE(steps[1].offered, 400.0); // asked for; half of it was sent
    QVERIFY(std::abs(steps[1].throughput - 200) < 15);
}

void TestStatedSteps::levelWithoutRequests()
{
    LoadTestRun run = wrk();
    run.levels.push_back({"c128", 54, 60, 128});
    QCOMPARE(findSteps(run).size(), 9U);
    run.levels.push_back({"backwards", 60, 54, 128});
    run.levels.push_back({"far away", 1e15, 1e15 + 6, 128});
    QCOMPARE(findSteps(run).size(), 9U);
}

void TestStatedSteps::windowsAtOneLoadAreOneStep()
{
    LoadTestRun run;
    run.model = LoadModel::Open;
    for (int i = 0; i < 18; ++i)
        run.aggregates.push_back(window(i * 10, 10, 100 + 50 * (i / 3), 40 + i));
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 6U);
    QCOMPARE(steps[0].offered, 100.0);
    QCOMPARE(steps[5].offered, 350.0);
    QCOMPARE(steps[5].throughput, 350.0);
}

// The first window is transient; 41, 42 and 90 have the median 42, their average would be 58.
void TestStatedSteps::mediansOfWindows()
{
    LoadTestRun run;
    run.percentileMeaning = {"DDSketch", "DDSketch"};
    for (const double p95 : {300.0, 41.0, 42.0, 90.0})
        run.aggregates.push_back(window(double(run.aggregates.size()) * 10, 10, 100, p95));
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 1U);
    QCOMPARE(steps[0].p95, 42.0);
    QCOMPARE(steps[0].p50, 21.0);
    QCOMPARE(steps[0].windows, 3);
    QCOMPARE(steps[0].max, 180.0);
    QVERIFY(percentileMeaningOf(run, steps).en.startsWith("DDSketch; of a step the median"));
    QVERIFY(percentileMeaningOf(run, steps).ja.contains("中央値"));
}

void TestStatedSteps::percentileThatOneWindowLacks()
{
    LoadTestRun run;
    for (int i = 0; i < 4; ++i)
        run.aggregates.push_back(window(i * 10, 10, 100, 40));
    run.aggregates[2].percentiles.erase(run.aggregates[2].percentiles.begin() + 1);
    const auto steps = findSteps(run);
    QCOMPARE(steps[0].p95, -1.0);
    QCOMPARE(steps[0].p99, 60.0);
}

// Figures given every second look back over about ten: the first ten of a step still speak of the one before.
void TestStatedSteps::rollingFiguresSettle()
{
    LoadTestRun run;
    for (int i = 0; i < 60; ++i)
        run.aggregates.push_back(window(i, 1, i < 30 ? 100 : 200, i < 40 ? 40 : 80, i < 30 ? 5 : 10));
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 2U);
    QCOMPARE(steps[1].users, 10.0);
    QCOMPARE(steps[1].p95, 80.0);
    QCOMPARE_GE(steps[1].start, 40.0);
}

void TestStatedSteps::windowsByUsers()
{
    LoadTestRun run;
    run.model = LoadModel::Closed;
    const double users[] = {2, 4, 8, 16}, rate[] = {100, 200, 390, 400};
    for (size_t i = 0; i < 4; ++i)
        run.aggregates.push_back(window(double(i) * 30, 30, rate[i], 40, users[i]));
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 4U); // 390 and 400 req/s are not one step: the users differ
    QCOMPARE(steps[3].users, 16.0);
    QCOMPARE(steps[3].offered, 400.0); // not stated: what was completed
    QCOMPARE(findKnee(steps, run.model).users, 8.0);
}

void TestStatedSteps::moreLatenciesThanRequests_data()
{
    QTest::addColumn<qint64>("timed");
    QTest::addColumn<bool>("distrusted");
    QTest::newRow("one each") << qint64(-1) << false;
    QTest::newRow("wrk2 begins after ten seconds") << qint64(700) << false;
    QTest::newRow("as many") << qint64(2124) << false;
    QTest::newRow("autocannon's correction") << qint64(440'887) << true;
}

void TestStatedSteps::moreLatenciesThanRequests()
{
    QFETCH(qint64, timed);
    QFETCH(bool, distrusted);
    LoadTestRun run;
    run.model = LoadModel::Open;
    LoadAggregate a = window(0, 6, 354, 113);
    a.completed = 2124;
    a.timed = timed;
    run.aggregates.push_back(a);
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 1U);
    QCOMPARE(steps[0].distrusted, distrusted);
    QCOMPARE(steps[0].p95Trusted(), !distrusted);
    QCOMPARE(steps[0].timed, timed < 0 ? 2124 : timed);
}

void TestStatedSteps::onlyTheWholeIsStated()
{
    LoadTestRun run;
    run.whole = window(0, 60, 100, 40);
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 1U);
    QCOMPARE(steps[0].throughput, 100.0);
    run.whole->completed = 0;
    QVERIFY(findSteps(run).empty());
}

// The file counts each second and states its percentiles beside them.
void TestStatedSteps::figuresBesideCountedSeconds()
{
    LoadTestRun run;
    run.model = LoadModel::Open;
    for (int i = 0; i < 120; ++i) {
        const qint64 rate = 100 + i / 40 * 100;
        run.seconds.push_back(second(1000 + i, rate));
        run.aggregates.push_back(window(1000 + i, 1, double(rate), i < 80 ? 40 : 400));
    }
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 3U);
    QCOMPARE(steps[0].p95, 40.0);
    QCOMPARE(steps[2].p95, 400.0);
    QCOMPARE(steps[2].offered, 300.0);
    QCOMPARE_GT(steps[2].windows, 10);
}

void TestStatedSteps::unknownPercentiles()
{
    LoadTestRun run; // counts alone: nothing is said of latency, and nothing is zero
    for (int i = 0; i < 60; ++i)
        run.seconds.push_back(second(1000 + i, 100));
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 1U);
    QCOMPARE(steps[0].p50, -1.0);
    QCOMPARE(steps[0].p99, -1.0);
    QCOMPARE(steps[0].max, -1.0);
    QVERIFY(!steps[0].p95Trusted());
}

void TestStatedSteps::parsing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rates"); // −1: refused
    QTest::addColumn<int>("ranges");
    QTest::newRow("rates") << "100,150,200" << 3 << 0;
    QTest::newRow("one rate") << "120.5" << 1 << 0;
    QTest::newRow("spaces") << "100, 150" << 2 << 0;
    QTest::newRow("ranges") << "0-60:100,60-120:200" << 0 << 2;
    QTest::newRow("fractions of seconds") << "0.5-6.5:100" << 0 << 1;
    for (const char *bad : {"", "abc", "100,", "-5", "0", "nan", "inf", "0-60:100,200", "60-0:100", "0-60", "0-60:",
                            "0-60:-1", "-10-60:100", "60:100", "1e400"})
        QTest::newRow(bad) << QString::fromLatin1(bad) << -1 << 0;
}

void TestStatedSteps::parsing()
{
    QFETCH(QString, text);
    QFETCH(int, rates);
    QFETCH(int, ranges);
    const auto given = parseGivenSteps(text);
    QCOMPARE(given.has_value(), rates >= 0);
    if (!given) {
        QVERIFY(given.error().hint.en.contains("100,150,200"));
        return;
    }
    QCOMPARE(int(given->rates.size()), rates);
    QCOMPARE(int(given->ranges.size()), ranges);
    QVERIFY(!given->isEmpty());
}

void TestStatedSteps::ratesInOrder()
{
    const auto steps = findSteps(wrk(), GivenSteps{{50, 100, 200, 300, 400, 500, 600, 700, 800}, {}});
    QVERIFY(steps);
    QCOMPARE(steps->size(), 9U);
    QCOMPARE(steps->at(4).offered, 400.0);
    QCOMPARE(steps->at(4).name, "c8");
    QVERIFY(findSteps(wrk(), GivenSteps{})->size() == 9);
}

void TestStatedSteps::ratesOverEqualParts()
{
    // Bursts hide the steps: the people who ran it know three of 20 s.
    LoadTestRun run;
    for (int i = 0; i < 60; ++i) {
        LoadSecond s = second(1000 + i, 100);
        s.latency.add(20'000 + 10'000 * (i / 20), 100);
        run.seconds.push_back(s);
    }
    const auto steps = findSteps(run, GivenSteps{{100, 150, 200}, {}});
    QVERIFY(steps);
    QCOMPARE(steps->size(), 3U);
    QCOMPARE(steps->at(2).offered, 200.0);
    QVERIFY(std::abs(steps->at(0).p50 - 20) < 0.2);
    QVERIFY(std::abs(steps->at(2).p50 - 40) < 0.3);
}

void TestStatedSteps::ranges()
{
    const LoadTestRun run = simulateOpen({.workers = 32}, {{.rate = 100, .seconds = 60}, {.rate = 200, .seconds = 60}}, 1);
    const auto steps = findSteps(run, *parseGivenSteps("0-60:100,60-120:200"));
    QVERIFY(steps);
    QCOMPARE(steps->size(), 2U);
    QCOMPARE(steps->at(1).offered, 200.0);
    QVERIFY(std::abs(steps->at(1).throughput - 200) < 12);
    QCOMPARE(steps->at(1).start, runStart + 69);
}

void TestStatedSteps::rangeOutsideTheRun()
{
    const LoadTestRun run = simulateOpen({.workers = 32}, {{.rate = 100, .seconds = 60}}, 1);
    const auto steps = findSteps(run, *parseGivenSteps("0-60:100,600-660:200"));
    QVERIFY(!steps);
    QVERIFY2(steps.error().message.en.contains("600") && steps.error().message.en.contains("The test took 6"),
             qPrintable(steps.error().message.en));
    QVERIFY(!findSteps(LoadTestRun{}, GivenSteps{{100}, {}}));
}

QTEST_APPLESS_MAIN(TestStatedSteps)
#include "tst_statedsteps.moc"
