// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/runcomparison.h>

#include <QTest>

#include <generator/queuemodel.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

using Outcome = Change::Outcome;

struct Tested {
    LoadTestRun run;
    std::vector<LoadStep> steps;
};

Tested tested(const QueueModel &model, std::initializer_list<double> rates, quint64 seed, double seconds = 40)
{
    std::vector<Level> levels;
    for (const double rate : rates)
        levels.push_back({.rate = rate, .seconds = seconds});
    Tested t{simulateOpen(model, levels, seed), {}};
    t.steps = findSteps(t.run);
    return t;
}

RunComparison compared(const Tested &before, const Tested &after)
{
    return compareRuns(before.run, before.steps, after.run, after.steps);
}

const QueueModel plain{.workers = 8, .serviceMs = 20, .serviceCv = 0.5};

QueueModel slower(double factor)
{
    QueueModel model = plain;
    model.serviceMs *= factor;
    return model;
}

} // namespace

class TestRunComparison : public QObject
{
    Q_OBJECT

private slots:
    void aSlowerVersionIsSeen();
    void aFasterVersionIsSeen();
    void theSameServiceMostlyShowsNoDifference();
    void theSameRunTwiceIsTheSame();
    void theVerdictNeverChangesByItself();
    void loadsThatDiffer();
    void onlyCommonLoadsAreCompared();
    void openAgainstClosed();
    void closedLoopsByUsers();
    void errorsInPoints();
    void errorsThatAFileCannotTell();
    void figuresWithoutSamplesAreNotTested();
    void stepsTooShortToTest();
    void words_data();
    void words();
};

void TestRunComparison::aSlowerVersionIsSeen()
{
    const RunComparison c = compared(tested(plain, {80, 140, 200}, 1), tested(slower(1.15), {80, 140, 200}, 2));
    QCOMPARE(c.levels.size(), 3U);
    QCOMPARE(c.latency.outcome, Outcome::Higher);
    QVERIFY(c.latency.low > 0 && c.latency.low < c.latency.by && c.latency.by < c.latency.high);
    QVERIFY2(c.latency.low < 0.18 && c.latency.high > 0.13, qPrintable(c.verdict.en)); // the truth: 15 %
    QVERIFY2(c.verdict.en.startsWith("p95 is slower by 1"), qPrintable(c.verdict.en));
    QVERIFY(c.verdict.en.contains("(95 %: "));
    QCOMPARE(c.levels[0].p50.outcome, Outcome::Higher);
    QCOMPARE(c.levels[0].throughput.outcome, Outcome::NoneShown); // the rate was the generator's
    QVERIFY(c.levels[0].keptUp);
}

void TestRunComparison::aFasterVersionIsSeen()
{
    const RunComparison c = compared(tested(slower(1.15), {80, 140, 200}, 1), tested(plain, {80, 140, 200}, 2));
    QCOMPARE(c.latency.outcome, Outcome::Lower);
    QVERIFY(c.latency.by < -0.08 && c.latency.by > -0.18);
    QVERIFY2(c.verdict.en.startsWith("p95 is faster by"), qPrintable(c.verdict.en));
}

void TestRunComparison::theSameServiceMostlyShowsNoDifference()
{
    int shown = 0;
    for (quint64 seed = 0; seed < 60; ++seed)
        shown += compared(tested(plain, {80, 160, 240}, 2 * seed), tested(plain, {80, 160, 240}, 2 * seed + 1))
                         .latency.outcome != Outcome::NoneShown
            ? 1
            : 0;
    qInfo("%d of 60 pairs of the same service show a difference", shown);
    QCOMPARE_LE(shown, 6);
}

void TestRunComparison::theSameRunTwiceIsTheSame()
{
    const Tested t = tested(plain, {80, 160, 240}, 5);
    const RunComparison c = compared(t, t);
    QCOMPARE(c.latency.outcome, Outcome::NoneShown);
    QCOMPARE(c.latency.by, 0.0);
    for (const LevelChange &level : c.levels)
        QCOMPARE(level.throughput.outcome, Outcome::NoneShown);
    QVERIFY2(c.verdict.en.startsWith("No difference shown"), qPrintable(c.verdict.en));
}

void TestRunComparison::theVerdictNeverChangesByItself()
{
    const Tested a = tested(plain, {80, 160}, 5), b = tested(slower(1.05), {80, 160}, 6);
    QCOMPARE(compared(a, b).verdict.en, compared(a, b).verdict.en);
    QCOMPARE(compared(a, b).latency.low, compared(a, b).latency.low);
}

void TestRunComparison::loadsThatDiffer()
{
    const RunComparison c = compared(tested(plain, {80, 100}, 1), tested(plain, {150, 200}, 1));
    QVERIFY(!c.isComparable());
    QCOMPARE(c.latency.outcome, Outcome::NotComparable);
    QCOMPARE(c.onlyBefore.size(), 2U);
    QCOMPARE(c.onlyAfter.size(), 2U);
    QVERIFY(c.verdict.en.startsWith("Not comparable"));
    const Tested none;
    QVERIFY(!compareRuns(none.run, none.steps, none.run, none.steps).isComparable());
}

void TestRunComparison::onlyCommonLoadsAreCompared()
{
    const RunComparison c = compared(tested(plain, {80, 140, 200}, 1), tested(plain, {100, 140, 260}, 2));
    QCOMPARE(c.levels.size(), 1U);
    QVERIFY(std::abs(c.levels[0].load - 140) < 6);
    QCOMPARE(c.levels[0].before, 1);
    QCOMPARE(c.levels[0].after, 1);
    QCOMPARE(c.onlyBefore.size(), 2U);
}

void TestRunComparison::openAgainstClosed()
{
    Tested open = tested(plain, {80, 140}, 1), closed = open;
    closed.run.model = LoadModel::Closed;
    QVERIFY(!compared(open, closed).isComparable());
    QVERIFY(compared(open, closed).verdict.en.contains("closed"));
}

void TestRunComparison::closedLoopsByUsers()
{
    Tested before{simulateClosed(plain, {2, 4, 8}, 30, 1), {}}, after{simulateClosed(slower(1.3), {2, 4, 8}, 30, 2), {}};
    before.steps = findSteps(before.run);
    after.steps = findSteps(after.run);
    const RunComparison c = compared(before, after);
    QVERIFY(c.byUsers);
    QCOMPARE(c.levels.size(), 3U);
    QCOMPARE(c.levels[1].load, 4.0);
    QCOMPARE(c.levels[1].throughput.outcome, Outcome::Lower); // a closed loop sends less when it is answered later
    QVERIFY(std::abs(c.levels[1].throughput.by + 0.23) < 0.04);
    QCOMPARE(c.latency.outcome, Outcome::Higher);
}

void TestRunComparison::errorsInPoints()
{
    const Tested good = tested(plain, {100, 200}, 1);
    Tested bad = good;
    for (LoadSecond &s : bad.run.seconds)
        s.failed = s.completed / 20;
    bad.steps = findSteps(bad.run);
    const RunComparison c = compared(good, bad);
    QCOMPARE(c.levels[0].errors.outcome, Outcome::Higher);
    QVERIFY(std::abs(c.levels[0].errors.by - 0.05) < 0.01);
    QCOMPARE(c.levels[0].throughput.outcome, Outcome::Lower); // failed requests are no throughput
}

void TestRunComparison::errorsThatAFileCannotTell()
{
    Tested t = tested(plain, {100, 200}, 1);
    t.run.knowsErrors = false;
    QCOMPARE(compared(t, t).levels[0].errors.outcome, Outcome::NotComparable);
    QCOMPARE(compared(t, t).levels[0].p95.outcome, Outcome::NoneShown);
}

void TestRunComparison::figuresWithoutSamplesAreNotTested()
{
    LoadTestRun run;
    run.tool = "wrk";
    run.model = LoadModel::Closed;
    for (int i = 1; i <= 3; ++i) {
        run.aggregates.push_back({.start = i * 10.0, .end = i * 10.0 + 10, .users = double(i), .completed = 1000 * i,
                                  .percentiles = {{0.5, 20}, {0.95, 40}, {0.99, 60}}});
        run.levels.push_back({QStringLiteral("c%1").arg(i), i * 10.0, i * 10.0 + 10, double(i)});
    }
    const auto steps = findSteps(run);
    const RunComparison c = compareRuns(run, steps, run, steps);
    QCOMPARE(c.levels.size(), 3U);
    QCOMPARE(c.levels[0].p95.before, 40.0); // shown, and not tested
    QCOMPARE(c.levels[0].p95.outcome, Outcome::NotComparable);
    QCOMPARE(c.latency.outcome, Outcome::NotComparable);
    QVERIFY(c.verdict.en.contains("cannot be tested"));
}

void TestRunComparison::stepsTooShortToTest()
{
    const RunComparison c = compared(tested(plain, {80, 300}, 1, 6), tested(slower(1.3), {80, 300}, 2, 6));
    QCOMPARE(c.latency.outcome, Outcome::NotComparable);
}

void TestRunComparison::words_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("words");
    QTest::newRow("higher") << 0.08 << 0.17 << int(Outcome::Higher) << "12 % higher (95 %: 8–17 %)";
    QTest::newRow("lower") << -0.17 << -0.08 << int(Outcome::Lower) << "12 % lower (95 %: 8–17 %)";
    QTest::newRow("none") << -0.1 << 0.1 << int(Outcome::NoneShown) << "no difference shown";
    QTest::newRow("not comparable") << 0.0 << 0.0 << int(Outcome::NotComparable) << "not comparable";
}

void TestRunComparison::words()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(int, outcome);
    QFETCH(QString, words);
    const Change c{100, 112, low < 0 ? -0.12 : 0.12, low, high, Outcome(outcome)};
    QCOMPARE(wordsFor(c).en, words);
    QVERIFY(!wordsFor(c).ja.isEmpty());
}

QTEST_APPLESS_MAIN(TestRunComparison)
#include "tst_runcomparison.moc"
