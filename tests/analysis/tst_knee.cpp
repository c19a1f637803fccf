// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/knee.h>
#include <analysis/kneedle.h>

#include <QTest>

#include <generator/queuemodel.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

LoadStep step(double offered, double p95, double throughput = -1)
{
    LoadStep s;
    s.start = offered;
    s.end = offered + 30;
    s.offered = offered;
    s.throughput = throughput < 0 ? offered : throughput;
    s.samples = qint64(offered * 30);
    s.p50 = p95 / 2;
    s.p95 = p95;
    s.p99 = p95 * 1.5;
    return s;
}

/// p95 50 ms up to the fifth step, then a jump that stays.
std::vector<LoadStep> stairs()
{
    return {step(100, 48), step(150, 50),       step(200, 50),       step(250, 52),
            step(300, 60), step(350, 400, 345), step(400, 2000, 350)};
}

/// Of each kind; TENKEN_SIMULATIONS=1000 for a closer look.
int simulations()
{
    const int asked = qEnvironmentVariableIntValue("TENKEN_SIMULATIONS");
    return asked > 0 ? asked : 150;
}

struct Simulated {
    QueueModel model;
    std::vector<Level> levels;
};

Simulated randomTest(Random &random, double from, double to)
{
    constexpr int workers[] = {1, 4, 8, 32};
    Simulated s;
    s.model.workers = workers[size_t(random.between(0, 3.999))];
    s.model.serviceCv = random.between(0.3, 1.5);
    s.model.serviceMs = double(s.model.workers) * 1000 / random.between(100, 300);
    const int count = int(random.between(7, 12.99));
    const double top = random.between(from, to);
    for (int i = 1; i <= count; ++i)
        s.levels.push_back({.rate = s.model.capacity() * top * i / count, .seconds = 30});
    return s;
}

} // namespace

class TestKnee : public QObject
{
    Q_OBJECT

private slots:
    void lastGoodStepBeforeTheBadTail();
    void spikeThatRecoversIsNoKnee();
    void coldFirstStepIsNotTheBaseline();
    void noBadTailMeansNoKnee();
    void everythingBadIsNotUsable();
    void tooFewStepsAreNotUsable_data();
    void tooFewStepsAreNotUsable();
    void eachSign_data();
    void eachSign();
    void errorsComeLaterThanTheKnee();
    void wayDownIsNotLookedAt();
    void unknownModelLowersConfidence();
    void wideIntervalLowersConfidence();
    void closedLoopFindsFewestUsersOnThePlateau();
    void closedLoopWithoutPlateau_data();
    void closedLoopWithoutPlateau();
    void closedLoopWithErrorsAtItsEnd();
    void closedLoopWithoutUsers();
    void simulatedKneesAreBelowCapacity();
    void simulatedRunsWithoutKneeGetNone();
    void simulatedClosedLoops();
    void simulatedSpikesAreNotTheKnee();
    void secondOpinion();
    void judgedByAPercentileThatAllStepsHave_data();
    void judgedByAPercentileThatAllStepsHave();
    void distrustedLatenciesAreNotJudged();
    void targetInPlaceOfTheRatio();
    void shortfallIsAdjustable();
    void secondOpinionIsTold();
    void spreadOverTheSeconds();
    void spreadOfAnUncertainKnee();
    void noSpreadWithoutSamples();
    void closedLoopSaysWhatItIs();
    void pacedConnectionsAreNoClosedLoop();
    void filesWithoutErrorsSaySo();
    void closedLoopStopsAtErrors_data();
    void closedLoopStopsAtErrors();
    void spikesLowerConfidence_data();
    void spikesLowerConfidence();
    void thinStepsLowerConfidence();
    void aSecondClimbThatIsWorse();
    void errorsAsAMultipleOfTheKnee();
    void aStepThatTipsOverAtItsEnd();
};

namespace
{

/// Throughput that grows with the users up to the fourth step, each with this share of failures.
std::vector<LoadStep> closedSteps(const std::vector<double> &failed)
{
    const double users[] = {1, 2, 4, 8, 16, 32}, sent[] = {50, 100, 199, 390, 398, 400};
    std::vector<LoadStep> steps;
    for (size_t i = 0; i < std::size(users); ++i) {
        steps.push_back(step(sent[i], 1000 * users[i] / sent[i], sent[i] * (1 - failed[i])));
        steps.back().users = users[i];
        steps.back().errors = qint64(failed[i] * double(steps.back().samples));
    }
    return steps;
}

} // namespace

void TestKnee::closedLoopStopsAtErrors_data()
{
    QTest::addColumn<std::vector<double>>("failed");
    QTest::addColumn<double>("users"); // of the knee; 0: not usable
    QTest::addColumn<int>("confidence");
    using Shares = std::vector<double>;
    QTest::newRow("none") << Shares{0, 0, 0, 0, 0, 0} << 8.0 << int(Confidence::High);
    QTest::newRow("from eight users on") << Shares{0, 0, 0, 0.4, 0.4, 0.4} << 4.0 << int(Confidence::High);
    QTest::newRow("past the knee") << Shares{0, 0, 0, 0, 0.05, 0.3} << 8.0 << int(Confidence::High);
    QTest::newRow("from the start") << Shares{0.1, 0.1, 0.1, 0.1, 0.1, 0.1} << 0.0 << int(Confidence::Low);
    QTest::newRow("once, on the way") << Shares{0, 0.05, 0, 0, 0, 0} << 8.0 << int(Confidence::Low);
}

void TestKnee::closedLoopStopsAtErrors()
{
    QFETCH(std::vector<double>, failed);
    QFETCH(double, users);
    QFETCH(int, confidence);
    const Knee knee = findKnee(closedSteps(failed), LoadModel::Closed);
    QCOMPARE(knee.usable, users > 0);
    QCOMPARE(int(knee.confidence), confidence);
    if (users <= 0)
        return;
    QVERIFY(knee.reached);
    QCOMPARE(knee.users, users);
    QCOMPARE(std::ranges::contains(knee.signs, KneeSign::Errors), failed[size_t(knee.firstBadStep)] > 0);
}

void TestKnee::spikesLowerConfidence_data()
{
    QTest::addColumn<QList<int>>("slow");
    QTest::addColumn<int>("failing");
    QTest::addColumn<int>("confidence");
    QTest::newRow("one") << QList<int>{2} << -1 << int(Confidence::High);
    QTest::newRow("two apart") << QList<int>{0, 2} << -1 << int(Confidence::High);
    QTest::newRow("two in a row") << QList<int>{2, 3} << -1 << int(Confidence::Low);
    QTest::newRow("one that fails") << QList<int>{} << 2 << int(Confidence::Low);
}

void TestKnee::spikesLowerConfidence()
{
    QFETCH(QList<int>, slow);
    QFETCH(int, failing);
    QFETCH(int, confidence);
    auto steps = stairs();
    for (const int i : slow)
        steps[size_t(i)].p95 = 900;
    if (failing >= 0)
        steps[size_t(failing)].errors = steps[size_t(failing)].samples / 10;
    const Knee knee = findKnee(steps, LoadModel::Open);
    QCOMPARE(knee.lastGoodStep, 4);
    QCOMPARE(int(knee.confidence), confidence);
    steps.resize(5); // the same without a knee
    QCOMPARE(findKnee(steps, LoadModel::Open).confidence == Confidence::Low, confidence == int(Confidence::Low));
}

void TestKnee::thinStepsLowerConfidence()
{
    for (const size_t thin : {4U, 5U}) {
        auto steps = stairs();
        steps[thin].samples = 54;
        const Knee knee = findKnee(steps, LoadModel::Open);
        QVERIFY(knee.reached);
        QCOMPARE(knee.confidence, Confidence::Low);
    }
    auto closed = closedSteps({0, 0, 0, 0, 0, 0});
    closed[3].samples = 54;
    QCOMPARE(findKnee(closed, LoadModel::Closed).confidence, Confidence::Low);
}

void TestKnee::aSecondClimbThatIsWorse()
{
    auto steps = stairs();
    for (LoadStep &s : steps)
        s.start = s.end = 0;
    auto twice = steps;
    twice.insert(twice.end(), steps.begin(), steps.end());
    QVERIFY(!findKnee(twice, LoadModel::Open).secondClimb); // as good as before
    for (size_t i = 7 + 2; i < twice.size(); ++i)
        twice[i].p95 = 900; // from 200 req/s on
    const Knee knee = findKnee(twice, LoadModel::Open);
    QCOMPARE(knee.throughput, 300.0);
    QCOMPARE(knee.secondClimb, std::optional(150.0));
    QCOMPARE(knee.confidence, Confidence::Low);
    QVERIFY(std::ranges::any_of(knee.caveats, [](const Text &t) { return t.en.contains(u"raised twice"); }));
    for (size_t i = 7; i < twice.size(); ++i)
        twice[i].errors = twice[i].samples / 2;
    QCOMPARE(findKnee(twice, LoadModel::Open).secondClimb, std::optional(0.0));
}

void TestKnee::errorsAsAMultipleOfTheKnee()
{
    Knee knee;
    knee.firstErrors = 500;
    knee.offered = 300;
    QVERIFY(!knee.errorsFactor());
    knee.usable = true;
    QVERIFY(!knee.errorsFactor()); // "at least" is no knee
    knee.reached = true;
    QCOMPARE(knee.errorsFactor(), std::optional(500.0 / 300));
}

// The median of its windows is fine, the last one is not, and it has enough requests to say so.
void TestKnee::aStepThatTipsOverAtItsEnd()
{
    auto steps = stairs();
    steps.resize(5);
    steps.back().statedLast = {{0.95, 900}};
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.reached);
    QCOMPARE(knee.lastGoodStep, 3);
    steps.back().statedLast = {{0.95, 80}};
    QVERIFY(!findKnee(steps, LoadModel::Open).reached);
}


void TestKnee::lastGoodStepBeforeTheBadTail()
{
    const Knee knee = findKnee(stairs(), LoadModel::Open);
    QVERIFY(knee.usable);
    QVERIFY(knee.reached);
    QCOMPARE(knee.lastGoodStep, 4);
    QCOMPARE(knee.throughput, 300.0);
    QCOMPARE(knee.offered, 300.0);
    QCOMPARE(knee.firstBad, 350.0);
    QCOMPARE(knee.baselineP95, 49.0); // the lowest half of 48, 50, 50, 52
    QCOMPARE_GT(knee.jump, 8.0);
    QCOMPARE(knee.signs, std::vector{KneeSign::LatencyJump});
    QCOMPARE(knee.confidence, Confidence::High);
    QCOMPARE(knee.method, u"persistent-ratio");
    QVERIFY(knee.spikes.empty());
}

void TestKnee::spikeThatRecoversIsNoKnee()
{
    auto steps = stairs();
    steps[2].p95 = 900;
    const Knee knee = findKnee(steps, LoadModel::Open);
    QCOMPARE(knee.lastGoodStep, 4);
    QCOMPARE(knee.spikes, std::vector{2});
}

void TestKnee::coldFirstStepIsNotTheBaseline()
{
    auto steps = stairs();
    steps[0].p95 = 700;
    const Knee knee = findKnee(steps, LoadModel::Open);
    QCOMPARE_LT(knee.baselineP95, 60.0);
    QCOMPARE(knee.lastGoodStep, 4);
    QCOMPARE(knee.spikes, std::vector{0});
}

void TestKnee::noBadTailMeansNoKnee()
{
    auto steps = stairs();
    steps.resize(5);
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.usable);
    QVERIFY(!knee.reached);
    QCOMPARE(knee.throughput, 300.0); // at least
    QCOMPARE(knee.firstBad, 0.0);
    QVERIFY(knee.signs.empty());
}

void TestKnee::everythingBadIsNotUsable()
{
    auto steps = stairs();
    for (LoadStep &s : steps)
        s.errors = s.samples / 10;
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(!knee.usable);
    QVERIFY(!knee.reached);
    QVERIFY(knee.whyNotUsable.en.contains(u"past the knee already"));
    for (LoadStep &s : steps)
        s.errors = s.samples; // less load would not help
    const Knee none = findKnee(steps, LoadModel::Open);
    QVERIFY(!none.usable && none.pastFromTheStart);
    QVERIFY2(none.whyNotUsable.en.contains(u"No request was answered without an error"), qPrintable(none.whyNotUsable.en));
}

void TestKnee::tooFewStepsAreNotUsable_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("model");
    for (int model = 0; model < 3; ++model) {
        for (int count = 0; count < 3; ++count)
            QTest::addRow("%d steps, model %d", count, model) << count << model;
    }
}

void TestKnee::tooFewStepsAreNotUsable()
{
    QFETCH(int, count);
    QFETCH(int, model);
    auto steps = stairs();
    steps.resize(size_t(count));
    for (LoadStep &s : steps)
        s.users = s.offered / 50;
    const Knee knee = findKnee(steps, LoadModel(model));
    QVERIFY(!knee.usable);
    QVERIFY(!knee.reached);
    QCOMPARE(knee.throughput, 0.0);
    QVERIFY(knee.whyNotUsable.en.contains(QString::number(count)));
}

void TestKnee::eachSign_data()
{
    QTest::addColumn<int>("sign");
    QTest::newRow("latency") << int(KneeSign::LatencyJump);
    QTest::newRow("shortfall") << int(KneeSign::Shortfall);
    QTest::newRow("growth") << int(KneeSign::GrowthInStep);
    QTest::newRow("errors") << int(KneeSign::Errors);
}

void TestKnee::eachSign()
{
    QFETCH(int, sign);
    std::vector<LoadStep> steps = {step(100, 50), step(200, 50), step(300, 50), step(400, 50), step(500, 70)};
    LoadStep &last = steps.back();
    if (KneeSign(sign) == KneeSign::LatencyJump)
        last.p95 = 151;
    else if (KneeSign(sign) == KneeSign::Shortfall)
        last.throughput = 470;
    else if (KneeSign(sign) == KneeSign::GrowthInStep)
        last.growth = 1.35;
    else
        last.errors = last.samples / 99;
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.reached);
    QCOMPARE(knee.lastGoodStep, 3);
    QCOMPARE(knee.signs, std::vector{KneeSign(sign)});

    last = step(500, 150); // exactly at, or inside, each limit
    last.growth = 1.3;
    last.throughput = 476;
    last.errors = last.samples / 100;
    QVERIFY(!findKnee(steps, LoadModel::Open).reached);
}

void TestKnee::errorsComeLaterThanTheKnee()
{
    auto steps = stairs();
    steps.back().errors = steps.back().samples / 5;
    const Knee knee = findKnee(steps, LoadModel::Open);
    QCOMPARE(knee.throughput, 300.0);
    QCOMPARE(knee.firstErrors, 400.0);
}

void TestKnee::wayDownIsNotLookedAt()
{
    auto steps = stairs();
    steps.push_back(step(200, 3000)); // the queue of the overload drains
    steps.push_back(step(100, 50));
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.reached);
    QCOMPARE(knee.lastGoodStep, 4);
    QVERIFY(knee.spikes.empty());
}

void TestKnee::unknownModelLowersConfidence()
{
    QCOMPARE(findKnee(stairs(), LoadModel::Unknown).confidence, Confidence::Medium);
}

void TestKnee::wideIntervalLowersConfidence()
{
    auto steps = stairs();
    steps.erase(steps.begin() + 2, steps.begin() + 5); // from 150 to 350 in one step
    QCOMPARE_LT(findKnee(steps, LoadModel::Open).confidence, Confidence::High);
}

void TestKnee::closedLoopFindsFewestUsersOnThePlateau()
{
    // Eight workers of 20 ms, as measured with JMeter: 400 req/s at most.
    const int users[] = {1, 2, 4, 6, 8, 12, 16, 32, 64};
    const double rate[] = {43, 92, 175, 275, 372, 395, 386, 390, 400};
    std::vector<LoadStep> steps;
    for (size_t i = 0; i < std::size(users); ++i) {
        steps.push_back(step(rate[i], 1000.0 * users[i] / rate[i] * 1.5));
        steps.back().users = users[i];
        steps.back().p50 = 1000.0 * users[i] / rate[i];
    }
    const Knee knee = findKnee(steps, LoadModel::Closed);
    QVERIFY(knee.usable);
    QVERIFY(knee.reached);
    QCOMPARE(knee.lastGoodStep, 4);
    QCOMPARE(knee.throughput, 372.0);
    QCOMPARE(knee.method, u"closed-loop");
    QCOMPARE(knee.confidence, Confidence::High);
}

void TestKnee::closedLoopWithoutPlateau_data()
{
    QTest::addColumn<QList<double>>("users");
    QTest::addColumn<QList<double>>("rates");
    QTest::newRow("linear") << QList<double>{1, 2, 3, 4} << QList<double>{50, 100, 149, 198};
    QTest::newRow("fine levels") << QList<double>{8, 9, 10, 11} << QList<double>{400, 450, 500, 550};
}

void TestKnee::closedLoopWithoutPlateau()
{
    QFETCH(QList<double>, users);
    QFETCH(QList<double>, rates);
    std::vector<LoadStep> steps;
    for (qsizetype i = 0; i < users.size(); ++i) {
        steps.push_back(step(rates[i], 30));
        steps.back().users = users[i];
    }
    const Knee knee = findKnee(steps, LoadModel::Closed);
    QVERIFY(knee.usable);
    QVERIFY(!knee.reached);
    QCOMPARE(knee.throughput, rates.back());
}

// Too few more users to tell a plateau by them: the errors tell it.
void TestKnee::closedLoopWithErrorsAtItsEnd()
{
    std::vector<LoadStep> steps;
    for (const double users : {10, 20, 30, 40, 50, 55}) {
        steps.push_back(step(users * 10, 100, std::min(users * 10, 505.0)));
        steps.back().users = users;
    }
    QCOMPARE(findKnee(steps, LoadModel::Closed).throughput, 505.0); // at least
    steps.back().errors = steps.back().samples * 15 / 100;
    Knee knee = findKnee(steps, LoadModel::Closed);
    QVERIFY(knee.reached && std::ranges::contains(knee.signs, KneeSign::Errors));
    QCOMPARE(knee.users, 50.0);
    QCOMPARE(knee.throughput, 500.0);
    steps.back().errors = 0;
    steps.back().users = 60; // a fifth more that bring nothing, by numbers that are not exact
    knee = findKnee(steps, LoadModel::Closed);
    QVERIFY(knee.reached);
    QCOMPARE(knee.users, 50.0);
}

void TestKnee::closedLoopWithoutUsers()
{
    const Knee knee = findKnee(stairs(), LoadModel::Closed);
    QVERIFY(!knee.usable);
    QVERIFY(!knee.whyNotUsable.isEmpty());
}

void TestKnee::simulatedKneesAreBelowCapacity()
{
    const int runs = simulations();
    Random random(20261112);
    int above = 0, reached = 0, near = 0;
    for (int i = 0; i < runs; ++i) {
        const Simulated s = randomTest(random, 1.15, 1.5);
        const LoadTestRun run = simulateOpen(s.model, s.levels, quint64(i));
        const Knee knee = findKnee(findSteps(run), LoadModel::Open);
        if (!knee.reached)
            continue;
        ++reached;
        const double capacity = s.model.capacity(), width = s.levels[0].rate;
        above += knee.offered > 1.01 * capacity ? 1 : 0;
        const double right = std::floor(capacity / width) * width;
        near += std::abs(knee.offered - right) < 1.2 * width ? 1 : 0;
    }
    qInfo("of %d: reached %d, above capacity %d, within one step %d", runs, reached, above, near);
    QCOMPARE_GE(reached, runs * 95 / 100);
    QCOMPARE_LE(above * 100, runs * 8);
    QCOMPARE_GE(near * 100, runs * 75);
}

void TestKnee::simulatedRunsWithoutKneeGetNone()
{
    const int runs = simulations();
    Random random(7);
    int invented = 0, usable = 0;
    for (int i = 0; i < runs; ++i) {
        const Simulated s = randomTest(random, 0.4, 0.7);
        const LoadTestRun run = simulateOpen(s.model, s.levels, quint64(1000 + i));
        const Knee knee = findKnee(findSteps(run), LoadModel::Open);
        usable += knee.usable ? 1 : 0;
        invented += knee.reached ? 1 : 0;
    }
    qInfo("of %d: usable %d, invented %d", runs, usable, invented);
    QCOMPARE(usable, runs);
    QCOMPARE_LE(invented * 100, runs * 10);
}

void TestKnee::simulatedClosedLoops()
{
    const LoadTestRun run = simulateClosed({.workers = 8, .serviceMs = 20, .serviceCv = 0.5},
                                           {1, 2, 4, 6, 8, 12, 16, 32, 64}, 10, 3);
    const std::vector<LoadStep> steps = findSteps(run);
    QCOMPARE(steps.size(), 9U);
    const Knee knee = findKnee(steps, LoadModel::Closed);
    QVERIFY(knee.reached);
    QCOMPARE(steps[size_t(knee.lastGoodStep)].users, 8.0);
    QVERIFY(!findKnee({steps.begin(), steps.begin() + 4}, LoadModel::Closed).reached);
}

// One step in the lower half answers slowly for a third of its time, and recovers.
void TestKnee::simulatedSpikesAreNotTheKnee()
{
    const int runs = simulations();
    Random random(11);
    int early = 0, above = 0, reached = 0;
    for (int i = 0; i < runs; ++i) {
        Simulated s = randomTest(random, 1.15, 1.5);
        LoadTestRun run = simulateOpen(s.model, s.levels, quint64(2000 + i));
        const size_t spike = size_t(30 * random.between(1, double(s.levels.size()) / 2));
        for (size_t at = spike; at < std::min(spike + 10, run.seconds.size()); ++at) {
            LatencyHistogram slow;
            slow.add(qint64(10'000 * s.model.serviceMs), run.seconds[at].latency.count());
            run.seconds[at].latency = slow;
        }
        const Knee knee = findKnee(findSteps(run), LoadModel::Open);
        reached += knee.reached ? 1 : 0;
        const double capacity = s.model.capacity(), width = s.levels[0].rate;
        above += knee.reached && knee.offered > 1.01 * capacity ? 1 : 0;
        early += knee.reached && knee.offered < std::floor(capacity / width) * width - 2.2 * width ? 1 : 0;
    }
    qInfo("of %d with a spike: reached %d, above capacity %d, more than two steps early %d", runs, reached, above, early);
    QCOMPARE_GE(reached, runs * 95 / 100);
    QCOMPARE_LE(above * 100, runs * 8);
    QCOMPARE_LE(early * 100, runs * 10);
}

void TestKnee::judgedByAPercentileThatAllStepsHave_data()
{
    using Stated = QList<std::pair<double, double>>;
    QTest::addColumn<Stated>("stated"); // as multiples of the step's p50
    QTest::addColumn<double>("judged");
    QTest::newRow("wrk has p99") << Stated{{0.5, 1}, {0.75, 1.2}, {0.9, 1.5}, {0.99, 3}} << 0.99;
    QTest::newRow("autocannon has p97.5 and p99") << Stated{{0.5, 1}, {0.9, 1.5}, {0.975, 2}, {0.99, 3}} << 0.99;
    QTest::newRow("without p99") << Stated{{0.5, 1}, {0.9, 1.5}, {0.975, 2}} << 0.975;
    QTest::newRow("k6's summary has p90 and p95") << Stated{{0.5, 1}, {0.9, 1.5}, {0.95, 2}} << 0.95;
    QTest::newRow("p90 alone") << Stated{{0.5, 1}, {0.9, 1.5}} << 0.9;
    QTest::newRow("none that tells") << Stated{{0.5, 1}} << 0.0;
}

void TestKnee::judgedByAPercentileThatAllStepsHave()
{
    using Stated = QList<std::pair<double, double>>;
    QFETCH(Stated, stated);
    QFETCH(double, judged);
    auto steps = stairs();
    for (LoadStep &s : steps) {
        const double p50 = s.p50;
        s.p95 = s.p99 = -1;
        s.windows = 1;
        for (const auto &[q, factor] : stated) {
            s.stated.emplace_back(q, factor * p50);
            (q == 0.95 ? s.p95 : q == 0.99 ? s.p99 : s.max) = factor * p50;
        }
    }
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.usable);
    QCOMPARE(knee.percentile, judged);
    QCOMPARE(knee.caveats.empty(), judged == 0.95);
    if (judged == 0) {
        QCOMPARE(knee.signs, std::vector{KneeSign::Shortfall}); // 350 of 400: all that is left to see
        QCOMPARE(knee.offered, 350.0);
        QCOMPARE(knee.baselineP95, 0.0);
        return;
    }
    QVERIFY(knee.reached);
    QCOMPARE(knee.offered, 300.0);
    if (judged != 0.95)
        QVERIFY(knee.caveats.front().en.contains(judged == 0.975 ? "p97.5" : judged == 0.99 ? "p99" : "p90"));
}

void TestKnee::distrustedLatenciesAreNotJudged()
{
    auto steps = stairs();
    for (LoadStep &s : steps) {
        s.distrusted = true;
        s.p95 *= 20;
    }
    Knee knee = findKnee(steps, LoadModel::Open);
    QCOMPARE(knee.percentile, 0.0);
    QVERIFY(knee.reached); // 350 of 400 completed
    QCOMPARE(knee.offered, 350.0);
    QCOMPARE(knee.signs, std::vector{KneeSign::Shortfall});
    QVERIFY(knee.caveats.front().en.contains("correction is wrong"));
    steps[2].distrusted = false;
    knee = findKnee(steps, LoadModel::Open);
    QCOMPARE(knee.percentile, 0.0); // one step that can be believed is no baseline
}

void TestKnee::targetInPlaceOfTheRatio()
{
    const auto steps = stairs(); // p95 48, 50, 50, 52, 60, 400, 2000
    QCOMPARE(findKnee(steps, LoadModel::Open, {.targetMs = 55}).offered, 250.0);
    QCOMPARE(findKnee(steps, LoadModel::Open, {.targetMs = 500}).offered, 350.0);
    QVERIFY(!findKnee(steps, LoadModel::Open, {.shortfall = 0.5, .targetMs = 5000}).reached);
}

// h2load at the capacity of 400 completes 386.7 with flat latency: only the tighter limit sees it.
void TestKnee::shortfallIsAdjustable()
{
    std::vector<LoadStep> steps;
    for (double rate = 100; rate <= 500; rate += 50)
        steps.push_back(step(rate, 30, rate < 400 ? rate : rate == 400 ? 386.7 : 392));
    QCOMPARE(findKnee(steps, LoadModel::Open).offered, 400.0);
    const Knee knee = findKnee(steps, LoadModel::Open, {.shortfall = 0.03});
    QCOMPARE(knee.offered, 350.0);
    QCOMPARE(knee.firstBad, 400.0);
    QCOMPARE(knee.firstBadStep, 6);
    QCOMPARE(knee.signs, std::vector{KneeSign::Shortfall});
}

void TestKnee::secondOpinionIsTold()
{
    const Knee knee = findKnee(stairs(), LoadModel::Open);
    QCOMPARE(knee.secondOpinion, 300.0);
    QVERIFY(knee.secondOpinionAgrees);
    auto steps = stairs();
    steps.resize(5);
    QVERIFY(!findKnee(steps, LoadModel::Open).secondOpinion);
}

void TestKnee::spreadOverTheSeconds()
{
    const QueueModel model{.workers = 8, .serviceMs = 20, .serviceCv = 0.5};
    std::vector<Level> levels;
    for (double rate = 100; rate <= 500; rate += 50)
        levels.push_back({.rate = rate, .seconds = 30});
    const LoadTestRun run = simulateOpen(model, levels, 3);
    const auto steps = findSteps(run);
    const Knee knee = findKnee(run, steps);
    QVERIFY(knee.reached);
    QVERIFY(knee.spread);
    QCOMPARE(knee.spread->draws, 200);
    QCOMPARE_GE(knee.spread->agreement, 0.6);
    QCOMPARE_GE(knee.spread->reached, 0.99);
    QVERIFY(knee.spread->low <= knee.offered && knee.offered <= knee.spread->high);
    QCOMPARE_LE(knee.spread->high, 410.0);
    const Knee again = findKnee(run, steps);
    QCOMPARE(again.spread->agreement, knee.spread->agreement); // seeded
    QCOMPARE(again.spread->low, knee.spread->low);

    const LoadTestRun loop = simulateClosed(model, {1, 2, 4, 6, 8, 12, 16, 32}, 10, 3);
    const Knee closed = findKnee(loop, findSteps(loop));
    QVERIFY(closed.spread);
    QVERIFY(closed.spread->low >= 6 && closed.spread->high <= 12); // users
}

// Steps of ten seconds where the p95 lies on the limit: the draws differ, and the knee is said with less confidence.
void TestKnee::spreadOfAnUncertainKnee()
{
    int wide = 0;
    for (quint64 seed = 0; seed < 20; ++seed) {
        const QueueModel model{.workers = 1, .serviceMs = 5, .serviceCv = 1.5};
        std::vector<Level> levels;
        for (double rate = 20; rate <= 240; rate += 20)
            levels.push_back({.rate = rate, .seconds = 12});
        const LoadTestRun run = simulateOpen(model, levels, seed);
        const Knee knee = findKnee(run, findSteps(run));
        if (!knee.spread)
            continue;
        wide += knee.spread->high > knee.spread->low ? 1 : 0;
        QVERIFY(knee.spread->agreement >= 0.5 || knee.confidence == Confidence::Low);
    }
    QCOMPARE_GE(wide, 10);
}

void TestKnee::noSpreadWithoutSamples()
{
    LoadTestRun run;
    run.model = LoadModel::Open;
    QVERIFY(!findKnee(run, stairs()).spread);
    QVERIFY(findKnee(run, stairs()).reached);
    QVERIFY(!findKnee(run, {}).spread);
}

void TestKnee::closedLoopSaysWhatItIs()
{
    std::vector<LoadStep> steps;
    const double users[] = {1, 2, 4, 6, 8, 12, 16}, rate[] = {48, 97, 195, 290, 385, 398, 400};
    for (size_t i = 0; i < std::size(users); ++i) {
        steps.push_back(step(rate[i], 30));
        steps.back().users = users[i];
        steps.back().p50 = 1000 * users[i] / rate[i];
    }
    const Knee knee = findKnee(steps, LoadModel::Closed);
    QVERIFY(knee.reached);
    QCOMPARE(knee.users, 8.0);
    QCOMPARE(knee.firstBadUsers, 12.0);
    QVERIFY(std::abs(knee.crossing - 8.2) < 0.2); // 400 req/s × 20.5 ms
    QVERIFY(knee.caveats.back().en.contains("coordinated omission"));
    for (LoadStep &s : steps)
        s.p50 = -1;
    QCOMPARE(findKnee(steps, LoadModel::Closed).crossing, -1.0);
    QCOMPARE(findKnee(steps, LoadModel::Closed).users, 8.0);
}

void TestKnee::pacedConnectionsAreNoClosedLoop()
{
    auto steps = stairs();
    for (LoadStep &s : steps)
        s.users = 100;
    const Knee knee = findKnee(steps, LoadModel::Closed);
    QCOMPARE(knee.method, u"persistent-ratio");
    QCOMPARE(knee.offered, 300.0);
    QCOMPARE(knee.confidence, Confidence::Medium); // one lower: it may be no timer
    steps[6].users = 120;
    QCOMPARE(findKnee(steps, LoadModel::Closed).method, u"closed-loop");
}

void TestKnee::filesWithoutErrorsSaySo()
{
    LoadTestRun run;
    run.model = LoadModel::Open;
    QVERIFY(findKnee(run, stairs()).caveats.empty());
    run.knowsErrors = false;
    QVERIFY(findKnee(run, stairs()).caveats.back().en.contains("failures"));
}

void TestKnee::secondOpinion()
{
    QCOMPARE(kneedle({1, 2, 3, 4, 5}, {1, 1, 1, 5, 9}), std::optional<size_t>(2));
    QVERIFY(!kneedle({1, 2, 3}, {1, 2, 3})); // a line has no knee
    QVERIFY(!kneedle({1, 2, 3}, {3, 2, 1}));
    QVERIFY(!kneedle({1, 2}, {1, 5}));
    QVERIFY(!kneedle({}, {}));
}

QTEST_APPLESS_MAIN(TestKnee)
#include "tst_knee.moc"
