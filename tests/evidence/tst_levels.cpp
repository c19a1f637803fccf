// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/builder.h>
#include <evidence/loadtest/levelname.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/merge.h>

#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1700000000;

/// `rate` requests a second for `seconds`, each of 20 ms.
LoadTestRun level(const QString &file, qint64 start, int seconds, int rate,
                  LoadModel model = LoadModel::Unknown)
{
    RunBuilder builder;
    const qint64 latency = 20'000 + file.front().unicode(); // two generators never measure the very same
    for (int i = 0; i < seconds * rate; ++i) {
        const qint64 at = start * 1'000'000 + i * 1'000'000LL / rate;
        builder.request(at, at + latency, latency, i % 100 == 0);
    }
    LoadTestRun run = builder.finish({});
    run.tool = QStringLiteral("vegeta");
    run.model = model;
    run.file = QStringLiteral("/results/") + file;
    run.levels = {wholeLevel(run)};
    nameLevel(run);
    return run;
}

/// What a tool without samples leaves: figures of a run that has no date.
LoadTestRun figures(const QString &file, double users, qint64 completed)
{
    LoadTestRun run;
    run.tool = QStringLiteral("wrk");
    run.model = LoadModel::Closed;
    run.file = QStringLiteral("/results/") + file;
    run.hasClock = false;
    run.samples = completed;
    run.whole = LoadAggregate{.start = 0, .end = 6, .completed = completed, .percentiles = {{0.5, 20.0}}};
    run.levels = {wholeLevel(run)};
    run.levels.front().users = users;
    nameLevel(run);
    return run;
}

} // namespace

class TestLevels : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void endings();
    void stepsAreRatesWhereTheyWereReached();
    void stepsThatOnlyCount();
    void heyNamesTheRateOfEachWorker();
    void seriesOnTheClock();
    void generatorsOfEachLevel();
    void generatorsOfOneRun();
    void daysApart();
    void withoutClock();
    void orderWithoutClock();
    void figuresOnly();
    void figuresAtTheSameTime();
    void tooLong();
    void missing();
    void otherRunsAreLeftAlone();
};

void TestLevels::names_data()
{
    QTest::addColumn<double>("users");
    QTest::addColumn<double>("offered");
    QTest::addColumn<double>("perWorker");
    QTest::addColumn<double>("step");
    const auto row = [](const char *name, double users, double offered = -1, double perWorker = -1,
                        double step = -1) { QTest::newRow(name) << users << offered << perWorker << step; };
    row("c16", 16);
    row("16-users", 16);
    row("users-16", 16);
    row("users_16_run", 16);
    row("u100", 100);
    row("vus-50", 50);
    row("50VUs", 50);
    row("wrk-t2-c64", 64);
    row("350rps", -1, 350);
    row("12.5rps", -1, 12.5);
    row("rate-350", -1, 350);
    row("qps100", -1, 100);
    row("step-350", -1, -1, -1, 350);
    row("r350", -1, -1, -1, 350);
    row("c20-q15-300rps", 20, 300, 15);
    row("16-users-350-rps", 16, 350);
    row("users-16-rps-350", 16, 350);
    row("rps-16-users", -1); // either
    row("c16-u100", -1); // both
    row("c16-16users", 16);
    row("users-2026-11-12", -1); // a date
    row("20261112-350rps", -1, 350);
    row("c16-2026-11-12", 16);
    row("step-350-2", -1);
    row("c1.5", -1);
    row("pods-3", -1);
    row("n1000-t8", -1);
    row("c16a3f", -1); // a digest
    row("c", -1);
    row("c0", -1);
    row("c99999999999", -1);
    row("results", -1);
    row("", -1);
    row("....", -1);
    row("負荷-c8", 8);
}

void TestLevels::names()
{
    const NamedLoad load = loadInName(QString::fromUtf8(QTest::currentDataTag()));
    QTEST(load.users, "users");
    QTEST(load.offered, "offered");
    QTEST(load.perWorker, "perWorker");
    QTEST(load.step, "step");
}

void TestLevels::endings()
{
    QCOMPARE(nameWithoutEndings("/a/step-350.report.json"), u"step-350.report");
    QCOMPARE(nameWithoutEndings("/a/c8.csv.gz"), u"c8");
    QCOMPARE(nameWithoutEndings("/a/12.5rps.txt"), u"12.5rps");
    QCOMPARE(nameWithoutEndings("/a/12.5rps"), u"12.5rps");
    QCOMPARE(nameWithoutEndings("c8"), u"c8");
    QCOMPARE(nameWithoutEndings("/a/.gz"), u"");
}

void TestLevels::stepsAreRatesWhereTheyWereReached()
{
    const LoadTestRun reached = level("step-50.log", t0, 6, 50);
    QCOMPARE(reached.levels.front().name, u"step-50");
    QCOMPARE(reached.levels.front().offered, 50.0);
    const LoadTestRun missed = level("step-50.log", t0, 6, 30);
    QCOMPARE(missed.levels.front().offered, -1.0); // alone it cannot tell

    const auto sum = mergeRuns({level("step-50.log", t0, 6, 40), level("step-40.log", t0 + 20, 6, 40)});
    QVERIFY(sum);
    QCOMPARE(sum->levels.size(), 2U);
    QCOMPARE(sum->levels[0].offered, 50.0); // the lower step reached its number: they are rates
    QCOMPARE(sum->levels[1].offered, 40.0);
    QCOMPARE(sum->model, LoadModel::Open);
    QVERIFY(sum->missing.empty());
}

void TestLevels::stepsThatOnlyCount()
{
    const auto sum = mergeRuns({level("step-1.log", t0, 6, 50), level("step-2.log", t0 + 20, 6, 100)});
    QVERIFY(sum);
    QCOMPARE(sum->levels[0].name, u"step-1");
    QCOMPARE(sum->levels[0].offered, -1.0);
    QCOMPARE(sum->levels[1].offered, -1.0);
    QCOMPARE(sum->model, LoadModel::Unknown);
    QCOMPARE(sum->missing, std::vector{missingLoad()});
}

void TestLevels::heyNamesTheRateOfEachWorker()
{
    LoadTestRun run = figures("c20-q15.csv", -1, 100);
    run.levels.front().name.clear();
    run.levels.front().offered = -1;
    run.tool = QStringLiteral("hey");
    nameLevel(run);
    QCOMPARE(run.levels.front().offered, 300.0);
    run.levels.front().offered = -1;
    run.tool = QStringLiteral("oha");
    nameLevel(run);
    QCOMPARE(run.levels.front().offered, 15.0);
}

void TestLevels::seriesOnTheClock()
{
    const auto sum = mergeRuns({level("200rps", t0 + 30, 6, 200), level("100rps", t0, 6, 100)});
    QVERIFY(sum);
    QVERIFY(sum->hasClock);
    QVERIFY(sum->remarks.empty());
    QCOMPARE(sum->samples, 1800);
    QCOMPARE(sum->errors, 18);
    QCOMPARE(sum->levels.size(), 2U);
    QCOMPARE(sum->levels[0].name, u"100rps");
    QCOMPARE(sum->levels[0].start, double(t0));
    QCOMPARE(sum->levels[1].start, double(t0 + 30));
    QCOMPARE(sum->levels[1].offered, 200.0);
    QCOMPARE(sum->startSeconds, double(t0));
    QCOMPARE(sum->seconds.size(), 37U);
    QCOMPARE(sum->seconds[0].started, 100);
    QCOMPARE(sum->seconds[20].started, 0); // the pause between them
    QCOMPARE(sum->seconds[30].started, 200);
    QCOMPARE(sum->seconds[30].second, t0 + 30);
}

void TestLevels::generatorsOfEachLevel()
{
    const auto sum = mergeRuns({level("a-50rps", t0, 6, 50), level("b-50rps", t0 + 1, 6, 50),
                                level("a-100rps", t0 + 30, 6, 100), level("b-100rps", t0 + 30, 6, 100)});
    QVERIFY(sum);
    QCOMPARE(sum->samples, 1800);
    QCOMPARE(sum->levels.size(), 2U);
    QCOMPARE(sum->levels[0].offered, 100.0);
    QCOMPARE(sum->levels[1].offered, 200.0);
    QCOMPARE(sum->seconds[2].started, 100);
}

void TestLevels::generatorsOfOneRun()
{
    const std::vector<LoadTestRun> parts = {level("a.log", t0, 6, 50), level("b.log", t0, 6, 70)};
    QVERIFY(!areSeries(parts));
    const auto sum = mergeRuns(parts);
    QVERIFY(sum);
    QCOMPARE(sum->levels.size(), 1U);
    QCOMPARE(sum->seconds[3].started, 120);
    QVERIFY(!areSeries({parts[0]}));
}

void TestLevels::daysApart()
{
    const auto sum = mergeRuns({level("100rps", t0, 6, 100), level("200rps", t0 + 3 * 86400, 6, 200)});
    QVERIFY(sum);
    QVERIFY(!sum->hasClock);
    QVERIFY(hasRemark(*sum, "far apart"));
    QCOMPARE(sum->levels[0].start, 0.0);
    QCOMPARE(sum->startSeconds, 0.0);
    QVERIFY(sum->levels[1].start >= 6 + 5);
    QVERIFY(sum->seconds.size() < 30);
    QCOMPARE(sum->seconds[size_t(sum->levels[1].start)].started, 200);
    QCOMPARE(sum->samples, 1800);
}

void TestLevels::withoutClock()
{
    LoadTestRun a = level("c16.csv", 0, 6, 200, LoadModel::Closed),
                b = level("c8.csv", 0, 6, 100, LoadModel::Closed);
    a.hasClock = b.hasClock = false;
    QVERIFY(areSeries({a, b}));
    const auto sum = mergeRuns({a, b});
    QVERIFY(sum);
    QVERIFY(!sum->hasClock);
    QVERIFY(hasRemark(*sum, "2 files know no time"));
    QCOMPARE(sum->levels.size(), 2U);
    QCOMPARE(sum->levels[0].name, u"c8"); // by their load, not by their names
    QCOMPARE(sum->levels[0].users, 8.0);
    QCOMPARE(sum->levels[1].users, 16.0);
    QVERIFY(sum->levels[1].start >= sum->levels[0].end + 5);
    QVERIFY(sum->missing.empty());
    QCOMPARE(sum->model, LoadModel::Closed);
}

void TestLevels::orderWithoutClock()
{
    LoadTestRun a = level("second.csv", 0, 6, 200), b = level("first.csv", 0, 6, 100);
    a.hasClock = b.hasClock = false;
    const auto sum = mergeRuns({a, b});
    QVERIFY(sum);
    QCOMPARE(sum->levels[0].name, u"second"); // as given: nothing else is known
}

void TestLevels::figuresOnly()
{
    const auto one = mergeRuns({figures("c8.txt", 8, 2297)});
    QVERIFY(one);
    QVERIFY(one->whole);
    QCOMPARE(one->whole->completed, 2297);

    const auto sum = mergeRuns({figures("c16.txt", 16, 2400), figures("c8.txt", -1, 2297)});
    QVERIFY(sum);
    QVERIFY(!sum->whole); // percentiles of both together cannot be known
    QVERIFY(sum->seconds.empty());
    QCOMPARE(sum->samples, 4697);
    QCOMPARE(sum->levels[0].users, 8.0);
    QCOMPARE(sum->aggregates.size(), 2U);
    QCOMPARE(sum->aggregates[0].completed, 2297);
    QCOMPARE(sum->aggregates[1].start, sum->levels[1].start);
    QCOMPARE(sum->aggregates[1].end, sum->levels[1].end);
    QCOMPARE(sum->endSeconds, sum->levels[1].end);
}

void TestLevels::figuresAtTheSameTime()
{
    LoadTestRun a = figures("a.json", 8, 100), b = figures("b.json", 8, 100);
    a.hasClock = b.hasClock = true;
    const auto sum = mergeRuns({a, b});
    QVERIFY(!sum);
    QVERIFY(sum.error().message.en.contains("only figures"));
}

void TestLevels::tooLong()
{
    LoadTestRun a = figures("a.txt", 8, 100), b = figures("b.txt", 16, 100);
    a.levels.front().end = 1e9;
    const auto sum = mergeRuns({a, b});
    QVERIFY(!sum);
    QVERIFY(sum.error().message.en.contains("14 days"));
}

void TestLevels::missing()
{
    QCOMPARE(level("a.csv", t0, 6, 50, LoadModel::Closed).missing, std::vector{missingConnections()});
    QCOMPARE(level("a.csv", t0, 6, 50).missing, std::vector{missingLoad()});
    QVERIFY(level("c8.csv", t0, 6, 50).missing.empty());
    QCOMPARE(level("c8.csv", t0, 6, 50).model, LoadModel::Closed);
    QCOMPARE(level("50rps.csv", t0, 6, 50).model, LoadModel::Open);
    QVERIFY(level("c8.csv", t0, 6, 50, LoadModel::Closed).missing.empty());
    QVERIFY(level("a.gob", t0, 6, 50, LoadModel::Open).missing.empty()); // the requests' starts tell it
    LoadTestRun paced = figures("a.txt", 8, 100);
    paced.model = LoadModel::Open;
    nameLevel(paced);
    QCOMPARE(paced.missing, std::vector{missingRate()});
}

void TestLevels::otherRunsAreLeftAlone()
{
    LoadTestRun run = level("c8.csv", t0, 6, 50);
    run.levels.clear();
    nameLevel(run);
    QVERIFY(run.levels.empty());
    QVERIFY(!areSeries({run, run}));
}

QTEST_APPLESS_MAIN(TestLevels)
#include "tst_levels.moc"
