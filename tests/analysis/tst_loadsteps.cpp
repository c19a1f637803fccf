// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/changepoints.h>
#include <analysis/knee.h>
#include <evidence/loadtest/model.h>
#include <analysis/loadsteps.h>
#include <evidence/loadtest/levels.h>

#include <QTest>

#include <generator/loadfiles.h>
#include <generator/queuemodel.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

std::vector<Level> stairs(std::initializer_list<double> rates, double seconds)
{
    std::vector<Level> levels;
    for (const double rate : rates)
        levels.push_back({.rate = rate, .seconds = seconds});
    return levels;
}

const QueueModel roomy{.workers = 32, .serviceMs = 20, .serviceCv = 0.5};

/// Vegeta's CSV (time ns, code, latency ns, …) as the Gatling log of the same requests.
QByteArray asGatling(const QByteArray &vegeta)
{
    QByteArray log = "RUN\ts\ts\t1\t \t3.10.5\n";
    for (const QByteArray &line : vegeta.split('\n')) {
        const QByteArrayList fields = line.split(',');
        if (fields.size() < 3)
            continue;
        const qint64 start = fields[0].toLongLong() / 1'000'000,
                     end = start + fields[2].toLongLong() / 1'000'000;
        log += "USER\tS\tSTART\t" + QByteArray::number(start) + "\nREQUEST\t\tGet\t"
            + QByteArray::number(start) + '\t' + QByteArray::number(end)
            + (fields[1] == "200" ? "\tOK\t \n" : "\tKO\tstatus\n") + "USER\tS\tEND\t"
            + QByteArray::number(end) + '\n';
    }
    return log;
}

QByteArray unpacked(const QString &path)
{
    ByteInput input(path);
    QByteArray bytes;
    std::vector<char> chunk(1 << 16);
    if (input.open()) {
        while (const qint64 got = input.read(chunk.data(), qint64(chunk.size())))
            bytes.append(chunk.data(), got);
    }
    return bytes;
}

} // namespace

class TestLoadSteps : public QObject
{
    Q_OBJECT

private slots:
    void emptyRun();
    void segments_data();
    void segments();
    void stepsOfAStaircase_data();
    void stepsOfAStaircase();
    void constantLoadIsOneStep();
    void oneLevelMayHideSteps();
    void transientsAreDropped();
    void rampIsCutIntoWindows();
    void rampsBetweenStepsAreNoSteps();
    void offeredIsWhatWasWanted();
    void severalRequestsPerArrival();
    void closedLoopBySteps();
    void aServiceThatHangsDoesNotEndAStep();
    void longRunsAreQuick();
    void errorShare();
    void generatedOpenRun();
    void generatedClosedRun_data();
    void generatedClosedRun();

private:
    Scratch m_scratch;
};

void TestLoadSteps::emptyRun()
{
    QVERIFY(findSteps({}).empty());
    LoadTestRun idle;
    idle.seconds.resize(30);
    QVERIFY(findSteps(idle).empty());
}

void TestLoadSteps::segments_data()
{
    using Numbers = QList<double>;
    QTest::addColumn<Numbers>("series");
    QTest::addColumn<QList<qsizetype>>("cuts");
    QTest::newRow("nothing") << Numbers{} << QList<qsizetype>{};
    QTest::newRow("one value") << Numbers{3} << QList<qsizetype>{1};
    QTest::newRow("constant") << Numbers(20, 5.0) << QList<qsizetype>{20};
    QTest::newRow("all zero") << Numbers(20, 0.0) << QList<qsizetype>{20};
    QTest::newRow("one step") << Numbers(10, 5.0) + Numbers(10, 8.0) << QList<qsizetype>{10, 20};
    QTest::newRow("up and down") << Numbers(10, 5.0) + Numbers(5, 8.0) + Numbers(10, 5.0)
                                 << QList<qsizetype>{10, 15, 25};
    Numbers line;
    for (int i = 0; i < 40; ++i)
        line << 2.0 + i * 0.5;
    QTest::newRow("a line is one segment") << line << QList<qsizetype>{40};
    QTest::newRow("level, then a line") << Numbers(20, 2.0) + line << QList<qsizetype>{20, 60};
}

void TestLoadSteps::segments()
{
    QFETCH(QList<double>, series);
    QFETCH(QList<qsizetype>, cuts);
    QList<qsizetype> found;
    size_t begin = 0;
    for (const Segment &segment : findSegments({series.begin(), series.end()})) {
        QCOMPARE(segment.begin, begin);
        begin = segment.end;
        found << qsizetype(segment.end);
    }
    QCOMPARE(found.size(), cuts.size());
    for (qsizetype i = 0; i < cuts.size(); ++i)
        QVERIFY2(std::abs(found[i] - cuts[i]) <= 1, qPrintable(QString::number(found[i])));
}

void TestLoadSteps::stepsOfAStaircase_data()
{
    QTest::addColumn<double>("arrivalCv");
    QTest::addColumn<double>("seconds");
    QTest::newRow("evenly spaced, 6 s") << 0.0 << 6.0;
    QTest::newRow("evenly spaced, 60 s") << 0.0 << 60.0;
    QTest::newRow("Poisson, 30 s") << 1.0 << 30.0;
    QTest::newRow("Poisson, 120 s") << 1.0 << 120.0;
}

void TestLoadSteps::stepsOfAStaircase()
{
    QFETCH(double, arrivalCv);
    QFETCH(double, seconds);
    QueueModel model = roomy;
    model.arrivalCv = arrivalCv;
    const auto steps = findSteps(simulateOpen(model, stairs({40, 60, 80, 120, 200, 300, 450}, seconds), 1));
    const double rates[] = {40, 60, 80, 120, 200, 300, 450};
    QCOMPARE(steps.size(), std::size(rates));
    for (size_t i = 0; i < steps.size(); ++i) {
        const double begin = runStart + double(i) * seconds;
        QVERIFY(std::abs(steps[i].offered - rates[i]) < 0.12 * rates[i]);
        QVERIFY(std::abs(steps[i].throughput - steps[i].offered) < 0.05 * rates[i]);
        QCOMPARE_GE(steps[i].start, begin);
        QCOMPARE_LE(steps[i].end, begin + seconds + 1);
        QCOMPARE_GE(steps[i].end - steps[i].start, 0.6 * seconds - 1);
        QCOMPARE(steps[i].errors, 0);
        QVERIFY(steps[i].p50 > 10 && steps[i].p50 < steps[i].p95 && steps[i].p95 < steps[i].p99);
        QCOMPARE(steps[i].p95Trusted(), steps[i].samples >= 200);
    }
}

void TestLoadSteps::constantLoadIsOneStep()
{
    for (quint64 seed = 0; seed < 20; ++seed)
        QCOMPARE(findSteps(simulateOpen(roomy, stairs({200}, 120), seed)).size(), 1U);
}

/// `vegeta attack -rate 50 …; vegeta attack -rate 100 …` into one file, without names.
void TestLoadSteps::oneLevelMayHideSteps()
{
    const auto asOne = [](LoadTestRun run) {
        run.levels = {wholeLevel(run)};
        return run;
    };
    for (quint64 seed = 0; seed < 5; ++seed) {
        const LoadTestRun climbing = asOne(simulateOpen(roomy, stairs({50, 100, 150, 200, 250}, 20), seed));
        QCOMPARE(findSteps(climbing).size(), 5U);
        QueueModel paced = roomy; // as vegeta sends
        paced.arrivalCv = 0;
        const LoadTestRun fine = asOne(simulateOpen(paced, stairs({100, 150, 200, 250, 300, 350, 400, 450, 500}, 30), seed));
        QCOMPARE(findSteps(fine).size(), 9U); // the last ones are 11 % apart
        QCOMPARE(findSteps(asOne(simulateOpen(roomy, stairs({200}, 120), seed))).size(), 1U);
        QCOMPARE(findSteps(asOne(simulateOpen(roomy, stairs({250, 150, 50}, 30), seed))).size(), 1U); // not a search for a limit
        LoadTestRun stated = climbing;
        stated.levels.front().offered = 150;
        QCOMPARE(findSteps(stated).size(), 1U); // the file says so
        LoadTestRun closed = climbing;
        closed.model = LoadModel::Closed;
        QCOMPARE(findSteps(closed).size(), 1U); // its rate is the answer, not the question
    }
}

void TestLoadSteps::transientsAreDropped()
{
    const auto steps = findSteps(simulateOpen(roomy, stairs({100, 300}, 100), 1));
    QCOMPARE(steps.size(), 2U);
    for (const LoadStep &step : steps) { // 15 % at the beginning, one second at the end
        QCOMPARE_GE(step.end - step.start, 78);
        QCOMPARE_LE(step.end - step.start, 87);
    }
}

void TestLoadSteps::rampIsCutIntoWindows()
{
    const QueueModel model{.workers = 8, .serviceMs = 20, .serviceCv = 0.5};
    const auto steps = findSteps(simulateOpen(model, {{.rate = 20, .seconds = 300, .endRate = 500}}, 4));
    QCOMPARE_GE(steps.size(), 15U);
    QCOMPARE_LE(steps.size(), 60U);
    for (const LoadStep &step : steps)
        QCOMPARE_GE(step.end - step.start, 5.0);
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.reached);
    QCOMPARE_GE(knee.offered, 300.0);
    QCOMPARE_LE(knee.offered, 410.0);
}

void TestLoadSteps::rampsBetweenStepsAreNoSteps()
{
    std::vector<Level> levels;
    for (const double rate : {100.0, 150.0, 200.0, 250.0}) {
        levels.push_back({.rate = rate, .seconds = 40});
        levels.push_back({.rate = rate, .seconds = 5, .endRate = rate + 50});
    }
    const auto steps = findSteps(simulateOpen(roomy, levels, 5));
    QCOMPARE(steps.size(), 4U);
}

// A generator that cannot keep up: arrivals say what was wanted, the requests that began do not.
void TestLoadSteps::offeredIsWhatWasWanted()
{
    RunBuilder builder;
    for (int second = 0; second < 120; ++second) {
        const int wanted = 100 + second / 30 * 100;
        for (int i = 0; i < wanted; ++i) {
            const qint64 at = (qint64(runStart) + second) * 1'000'000 + i * 1'000'000 / wanted;
            builder.arrival(at);
            if (i < 250)
                builder.request(at, at + 20'000, 20'000, false);
        }
    }
    LoadTestRun run = builder.finish({.arrivals = true});
    run.model = LoadModel::Open;
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 4U);
    QCOMPARE(steps[0].offered, 100.0);
    QCOMPARE(steps[2].offered, 300.0);
    QCOMPARE(steps[3].offered, 400.0);
    QCOMPARE_LE(steps[3].throughput, 251.0);
    const Knee knee = findKnee(steps, LoadModel::Open);
    QVERIFY(knee.reached);
    QCOMPARE(knee.lastGoodStep, 1);
    QCOMPARE(knee.signs, std::vector{KneeSign::Shortfall});
}

void TestLoadSteps::severalRequestsPerArrival()
{
    RunBuilder builder;
    for (int second = 0; second < 90; ++second) {
        const int users = 20 + second / 30 * 20;
        for (int i = 0; i < users; ++i) {
            const qint64 at = (qint64(runStart) + second) * 1'000'000 + i * 1'000'000 / users;
            builder.arrival(at);
            for (int k = 0; k < 3; ++k)
                builder.request(at + k * 1000, at + k * 1000 + 900, 900, false);
        }
    }
    LoadTestRun run = builder.finish({.arrivals = true});
    run.model = LoadModel::Open;
    const auto steps = findSteps(run);
    QCOMPARE(steps.size(), 3U);
    QVERIFY(std::abs(steps[0].offered - 60) < 1);
    QVERIFY(std::abs(steps[2].offered - 180) < 1);
    QVERIFY(std::abs(steps[2].throughput - 180) < 2);
}

void TestLoadSteps::closedLoopBySteps()
{
    const auto steps =
        findSteps(simulateClosed({.workers = 8, .serviceMs = 20, .serviceCv = 0.5}, {2, 4, 8, 16}, 20, 1));
    QCOMPARE(steps.size(), 4U);
    QCOMPARE(steps[0].users, 2.0);
    QCOMPARE(steps[3].users, 16.0);
    QVERIFY(std::abs(steps[3].throughput - 400) < 20);
}

// Ten users, 20 ms, 100 ms of thinking, and nine seconds in each minute in which nothing is answered.
void TestLoadSteps::aServiceThatHangsDoesNotEndAStep()
{
    const auto hanging = [](qint64 hangMs) {
        LoadTestRun run;
        for (qint64 second = 0; second < 600; ++second) {
            LoadSecond s;
            s.second = second;
            s.users = 10;
            if (second % 60 < 51) {
                s.started = s.completed = 83;
                s.latency.add(20'000, 83);
            }
            if (second % 60 == 50)
                s.latency.add(hangMs * 1000, 10);
            run.samples += s.started;
            run.seconds.push_back(s);
        }
        return run;
    };
    LoadTestRun run = hanging(9000);
    run.model = modelFromThreads(run, 0.2);
    QCOMPARE(run.model, LoadModel::Closed); // a rate of nothing is no rate that a timer set
    QCOMPARE(findSteps(run).size(), 1U);
}

void TestLoadSteps::longRunsAreQuick()
{
    LoadTestRun run;
    for (qint64 second = 0; second < 24 * 3600; ++second) {
        LoadSecond s;
        s.second = second;
        s.started = s.completed = 100 + (second / 7200) * 40 + second * 7919 % 11;
        s.latency.add(20'000, s.started);
        run.seconds.push_back(s);
    }
    QElapsedTimer timer;
    timer.start();
    const auto steps = findSteps(run);
    QCOMPARE_LT(timer.elapsed(), 5000);
    QCOMPARE(steps.size(), 12U);
}

void TestLoadSteps::errorShare()
{
    LoadStep step;
    QCOMPARE(errorRate(step), 0.0);
    step.samples = 200;
    step.errors = 3;
    QCOMPARE(errorRate(step), 0.015);
}

// Eight workers of 20 ms behind a real server, 100 to 500 req/s in steps of 50: 350 is the last good one.
void TestLoadSteps::generatedOpenRun()
{
    const QByteArray vegeta = unpacked(sharedLoadTest("generated/vegeta/all.csv.gz"));
    if (vegeta.isEmpty())
        QSKIP("the shared load-test files are not on this machine");
    const auto run = readLoadTest(m_scratch.write("a.log", asGatling(vegeta)));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Open);
    const auto steps = findSteps(*run);
    for (const LoadStep &s : steps)
        qInfo("%5.1f offered %6.1f/s p50 %6.1f p95 %6.1f n %lld", s.offered, s.throughput, s.p50, s.p95,
              s.samples);
    QCOMPARE(steps.size(), 9U);
    const Knee knee = findKnee(steps, run->model);
    QVERIFY(knee.reached);
    qInfo("knee %.1f, first bad %.1f, jump %.1f, first errors %.1f", knee.offered, knee.firstBad, knee.jump,
          knee.firstErrors);
    QVERIFY(std::abs(knee.offered - 350) < 5);
    QVERIFY(std::abs(knee.firstBad - 400) < 5);
    QVERIFY(std::abs(knee.firstErrors - 500) < 5);
}

void TestLoadSteps::generatedClosedRun_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("levels of six seconds") << "result_csv.jtl";
    QTest::newRow("no header, levels of two seconds") << "result_noheader.jtl";
    QTest::newRow("semicolons and dates, levels of two seconds") << "result_semicolon_date.jtl";
}

void TestLoadSteps::generatedClosedRun()
{
    QFETCH(QString, file);
    const QString path = sharedLoadTest("generated/jmeter/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load-test files are not on this machine");
    const auto run = readLoadTest(path);
    QVERIFY(run);
    const auto steps = findSteps(*run);
    for (const LoadStep &s : steps)
        qInfo("%5.1f users %6.1f/s p50 %6.1f p95 %6.1f n %lld", s.users, s.throughput, s.p50, s.p95,
              s.samples);
    const Knee knee = findKnee(steps, run->model);
    if (file != "result_csv.jtl") { // too short to measure: said, not guessed
        QVERIFY(!knee.usable);
        QVERIFY(knee.whyNotUsable.en.contains("5 seconds"));
        return;
    }
    QCOMPARE(steps.size(), 9U);
    QVERIFY(knee.reached);
    QCOMPARE(std::lround(steps[size_t(knee.lastGoodStep)].users), 8);
}

QTEST_APPLESS_MAIN(TestLoadSteps)
#include "tst_loadsteps.moc"
