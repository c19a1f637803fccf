// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "heldload.h"

#include <analysis/recovery.h>

using namespace tenken;
using namespace tenken::test;

namespace {

constexpr double start = 1'700'000'000;
using State = Recovery::State;

/// 5 min normal, 2 min out, so many seconds of slow or failing catching-up, then normal.
std::vector<HeldLoad> outage(int catchingUp, int after, double failed = 0.05, double ms = 200)
{
    return {{100, 300, 20, 0}, {100, 120, 500, 0.8}, {100, catchingUp, ms, failed}, {100, after, 20, 0}};
}

OutageTimes known(double began, double over)
{
    return {start + began, start + over};
}

} // namespace

class TestRecovery : public QObject
{
    Q_OBJECT

private slots:
    /// Of no latencies a p95 would be 0 ms, better than ever.
    void whatStartsNothingIsNotNormal()
    {
        auto run = runOf({{100, 300, 20, 0}, {100, 120, 20, 0}, {100, 300, 20, 0}}, start);
        for (size_t i = 300; i < 420; ++i) { // offered, and old requests end, yet none begins
            run->seconds[i].started = 0;
            run->seconds[i].latency = {};
        }
        const Recovery r = findRecovery(*run, {start + 300, {}});
        QCOMPARE(int(r.state), int(State::Back));
        QCOMPARE(r.seconds, 120.0);
        QVERIFY(!r.blocks[35].normal);
        QCOMPARE(r.blocks[35].p95Ms, -1.0);
    }
    void countsAlone()
    {
        auto run = runOf({{100, 900, 20, 0}}, start);
        for (LoadSecond &second : run->seconds)
            second.latency = {};
        QCOMPARE(int(findRecovery(*run, known(300, 420)).state), int(State::NoLatencies));
        run->seconds.clear();
        QCOMPARE(int(findRecovery(*run, known(300, 420)).state), int(State::NoLatencies));
    }
    void states_data()
    {
        QTest::addColumn<std::vector<HeldLoad>>("levels");
        QTest::addColumn<bool>("timed");
        QTest::addColumn<int>("state");
        QTest::addColumn<double>("seconds");
        const auto row = [](const char *name, const std::vector<HeldLoad> &levels, bool timed, State state, double seconds) {
            QTest::newRow(name) << levels << timed << int(state) << seconds;
        };
        row("back after a minute", outage(60, 300), true, State::Back, 60);
        row("back at once", outage(0, 300), true, State::Back, 0);
        row("only slow is not back", outage(120, 300, 0, 60), true, State::Back, 120);
        row("only failing is not back", outage(120, 300, 0.01, 20), true, State::Back, 120);
        row("a little slower is normal", outage(120, 300, 0, 28), true, State::Back, 0);
        row("never back", outage(600, 0), true, State::NotBack, 600);
        row("ends too early", outage(60, 50), true, State::TooShort, 60);
        row("ends just in time", outage(60, 60), true, State::Back, 60);
        row("without its times: from the beginning", outage(60, 300), false, State::Back, 180);
        row("nothing happened, and nobody said when", {{100, 900, 20, 0}}, false, State::NoOutage, 0);
        row("nothing happened at the time that was written down", {{100, 900, 20, 0}}, true, State::Back, 0);
        row("no load at the end", {{100, 300, 20, 0}, {100, 120, 500, 0.8}, {0, 300, 20, 0}}, true, State::NotBack, 300);
        row("a quarter of the load is no proof", {{100, 300, 20, 0}, {100, 120, 500, 0.8}, {25, 300, 20, 0}}, true, State::NotBack, 300);
        row("shorter than a minute", {{100, 50, 20, 0}}, true, State::NoBaseline, 0);
        row("failing from the start", {{100, 900, 20, 0.3}}, true, State::NoBaseline, 0);
        row("out within the first minute", {{100, 30, 20, 0}, {100, 120, 500, 0.8}, {100, 600, 20, 0}}, false, State::NoBaseline, 0);
        row("slow within the first minute", {{100, 30, 20, 0}, {100, 120, 500, 0}, {100, 600, 20, 0}}, false, State::NoBaseline, 0);
        row("hardly any requests", {{0.02, 900, 20, 0}}, true, State::NoBaseline, 0);
        row("no requests", {}, true, State::NoBaseline, 0);
    }
    void states()
    {
        QFETCH(std::vector<HeldLoad>, levels);
        QFETCH(bool, timed);
        QFETCH(int, state);
        QFETCH(double, seconds);
        const Recovery r = findRecovery(*runOf(levels, start), timed ? known(300, 420) : OutageTimes{});
        QCOMPARE(int(r.state), state);
        if (r.state == State::Back || r.state == State::NotBack || r.state == State::TooShort)
            QCOMPARE(r.seconds, seconds);
        QCOMPARE(r.isUpperBound && r.state == State::Back, !timed && r.state == State::Back);
    }

    void blocksGrowWithFewRequests()
    {
        QCOMPARE(findRecovery(*runOf({{100, 600}}, start), {}).blockSeconds, 10.0);
        QCOMPARE(findRecovery(*runOf({{10, 600}}, start), {}).blockSeconds, 20.0);
        QCOMPARE(findRecovery(*runOf({{1, 600}}, start), {}).blockSeconds, 60.0);
    }

    void theRestOfTheRunCounts()
    {
        auto levels = outage(60, 295);
        levels.push_back({100, 5, 2000, 0.9}); // 780 s: whole blocks
        levels.push_back({100, 5, 2000, 0.9});
        levels[3].seconds = 290;
        auto run = runOf(levels, start);
        run->seconds.resize(776); // ends within a block
        QCOMPARE(int(findRecovery(*run, known(300, 420)).state), int(State::NotBack));
        // Load that runs out in the last seconds is no relapse.
        auto drained = runOf(outage(60, 300), start);
        for (size_t i = 772; i < drained->seconds.size(); ++i) {
            drained->seconds[i].started = 0;
            drained->seconds[i].arrivals = 0;
            drained->seconds[i].completed = 0;
            drained->seconds[i].latency = {};
        }
        drained->seconds.resize(776);
        QCOMPARE(int(findRecovery(*drained, known(300, 420)).state), int(State::Back));
    }

    void anOutageWithoutAnEffectIsToldApart()
    {
        QVERIFY(findRecovery(*runOf({{100, 900, 20, 0}}, start), known(300, 420)).noEffect);
        QVERIFY(!findRecovery(*runOf(outage(0, 300), start), known(300, 420)).noEffect);
    }

    void aRelapseCounts()
    {
        auto levels = outage(0, 120);
        levels.push_back({100, 30, 20, 0.2});
        levels.push_back({100, 300, 20, 0});
        const Recovery r = findRecovery(*runOf(levels, start), known(300, 420));
        QCOMPARE(r.seconds, 150.0);
    }

    void theEndOfTheOutageBeyondTheRun()
    {
        QCOMPARE(int(findRecovery(*runOf({{100, 900, 20, 0}}, start), known(300, 5000)).state), int(State::TooShort));
    }

    void baselineIsTheMedian()
    {
        auto levels = outage(60, 300);
        levels.insert(levels.begin() + 1, HeldLoad{100, 10, 55, 0.02}); // one hiccup
        const Recovery r = findRecovery(*runOf(levels, start), known(310, 430));
        QCOMPARE(int(r.state), int(State::Back));
        QVERIFY(r.baselineMs < 35 && r.baselineErrors < 0.001);
    }
};

QTEST_APPLESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
