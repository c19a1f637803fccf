// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/stretch.h>
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray manifests =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  replicas: 10\n  template:\n    spec:\n"
    "      containers: [{name: app, image: id-auth:1}]\n";

Evidence service(double peak = 1000, const QByteArray &percentile = "p95")
{
    return evidenceFrom(manifests, "format: tenken.service/1\nid: id-auth\ntargets:\n  latency: {percentile: " + percentile
                            + ", milliseconds: 100}\ncapacity:\n  per-pod: 100\n  events:\n    - {id: normal, name: N, peak: "
                            + QByteArray::number(peak) + "}\n");
}

void add(Evidence &e, LoadTestRun run, std::optional<int> pods = 1, const QString &purpose = {})
{
    addLoadTest(e, std::make_shared<LoadTestRun>(std::move(run)), pods, purpose);
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.loadTests.back().source.image = QStringLiteral("id-auth:1");
}

/// Stairs of a tool that keeps no samples: levels of a minute, each in windows, percentiles of every window.
LoadTestRun stated(const QList<double> &rates, const std::function<double(double rate, int window)> &p95, int windows = 6)
{
    LoadTestRun run;
    run.tool = QStringLiteral("artillery");
    run.model = LoadModel::Open;
    double at = 1'700'000'000;
    run.startSeconds = at;
    for (const double rate : rates) {
        const double length = 60.0 / windows;
        run.levels.push_back({{}, at, at + 60, -1, rate});
        for (int i = 0; i < windows; ++i, at += length) {
            const auto done = qint64(rate * length * (rate > 160 ? 0.9 : 1));
            const double ms = p95(rate, i);
            run.aggregates.push_back({.start = at, .end = at + length, .arrivals = qint64(rate * length), .completed = done,
                                      .maxMs = 3 * ms, .percentiles = {{0.5, ms / 2}, {0.95, ms}, {0.99, 1.5 * ms}}});
            run.samples += done;
        }
    }
    run.endSeconds = at;
    return run;
}

const QList<double> stairs{40, 60, 80, 100, 120, 140, 160, 180, 200};

double steady(double rate, int)
{
    return rate > 160 ? 900 : 40;
}

} // namespace

/// What rules make of load tests other than open runs with samples: never a pass that does not follow.
class TestLoadTestKinds : public QObject
{
    Q_OBJECT
private slots:
    void statedFiguresShowAKnee();
    void latencyOfWindows_data();
    void latencyOfWindows();
    void percentileThatIsNotStated();
    void latenciesThatCannotBeBelieved();
    void closedLoopsWarn();
    void errorsThatTheFileCannotTell();
    void peakOfWindows_data();
    void peakOfWindows();
    void summaryIsNoPeakTest();
    void offeredRateThatPeopleDeclare();
    void statedPercentileOfATime();
    void planByTheScalingLaw();
    void peakThatNoPodsReach();
    void headroomCountsForRollOuts();
};

void TestLoadTestKinds::statedFiguresShowAKnee()
{
    Evidence e = service();
    add(e, stated(stairs, steady));
    const auto findings = judge(e, QStringLiteral("pod-throughput"));
    QVERIFY2(verdictsOf(findings) == u"pass", printed(findings));
    QVERIFY(findings.front().reason.en.contains("160 req/s per pod"));
}

void TestLoadTestKinds::latencyOfWindows_data()
{
    QTest::addColumn<double>("low"); // the windows' values
    QTest::addColumn<double>("high");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("all below the target") << 40.0 << 90.0 << "pass";
    QTest::newRow("some above: the whole may be either") << 40.0 << 140.0 << "unknown";
    QTest::newRow("all above") << 120.0 << 140.0 << "fail";
}

void TestLoadTestKinds::latencyOfWindows()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QString, verdict);
    Evidence e = service();
    add(e, stated(stairs, [&](double, int window) { return window % 2 == 0 ? low : high; }));
    const auto findings = judge(e, QStringLiteral("latency-target"));
    QVERIFY2(verdictsOf(findings) == verdict, printed(findings));
}

void TestLoadTestKinds::percentileThatIsNotStated()
{
    Evidence e = service(1000, "p99.9");
    add(e, stated(stairs, steady));
    const auto findings = judge(e, QStringLiteral("latency-target"));
    QVERIFY2(verdictsOf(findings) == u"unknown", printed(findings));
    QVERIFY(findings.front().reason.en.contains("does not tell p99.9"));
}

void TestLoadTestKinds::latenciesThatCannotBeBelieved()
{
    LoadTestRun run = stated(stairs, steady);
    for (LoadAggregate &a : run.aggregates)
        a.timed = 200 * a.completed;
    Evidence e = service();
    add(e, run);
    QVERIFY(judge(e, QStringLiteral("latency-target")).front().reason.en.contains("cannot be believed"));
    QCOMPARE(verdictOf(e, QStringLiteral("latency-target")), "unknown");
    // Completed requests still show a knee, yet not one to rely on.
    const auto findings = judge(e, QStringLiteral("pod-throughput"));
    QVERIFY2(verdictsOf(findings) == u"warn", printed(findings));
    QVERIFY(findings.front().reason.en.contains("Latency could not be judged"));
}

void TestLoadTestKinds::closedLoopsWarn()
{
    LoadTestRun run = *runOf({{40}, {60}, {80}, {100}, {120}});
    run.model = LoadModel::Closed;
    for (LoadSecond &s : run.seconds)
        s.users = double(s.started) / 10;
    Evidence e = service();
    add(e, run);
    const auto findings = judge(e, QStringLiteral("latency-target"));
    QVERIFY2(verdictsOf(findings) == u"warn", printed(findings));
    QVERIFY(findings.front().reason.en.contains("closed loop"));

    run = *runOf({{1000, 900}});
    run.model = LoadModel::Closed;
    Evidence peak = service();
    add(peak, run, 10, QStringLiteral("peak"));
    QVERIFY2(verdictsOf(judge(peak, QStringLiteral("peak-endured"))) == u"pass pass warn", printed(judge(peak, QStringLiteral("peak-endured"))));
}

void TestLoadTestKinds::errorsThatTheFileCannotTell()
{
    LoadTestRun run = *runOf({{40}, {60}, {80}, {100}, {120}, {140}, {160}, {180, 60, 200, 0, 0.9}, {200, 60, 500, 0, 0.8}});
    run.knowsErrors = false;
    Evidence e = service();
    add(e, run);
    QCOMPARE(verdictOf(e, QStringLiteral("pod-throughput")), "warn");
    QCOMPARE(verdictOf(e, QStringLiteral("latency-target")), "warn");

    run = *runOf({{1000, 900}});
    run.knowsErrors = false;
    Evidence peak = service();
    add(peak, run, 10, QStringLiteral("peak"));
    QCOMPARE(verdictsOf(judge(peak, QStringLiteral("peak-endured"))), "pass unknown warn");
    Evidence rollout = service();
    add(rollout, run, 10, QStringLiteral("rollout"));
    QCOMPARE(verdictOf(rollout, QStringLiteral("mixed-versions")), "unknown");
    run.knowsErrors = true;
    Evidence told = service();
    add(told, run, 10, QStringLiteral("rollout"));
    QCOMPARE(verdictOf(told, QStringLiteral("mixed-versions")), "pass");
}

void TestLoadTestKinds::peakOfWindows_data()
{
    QTest::addColumn<double>("peak");
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("endured") << 100.0 << 40.0 << "pass pass pass";
    QTest::newRow("a rate that was not reached") << 300.0 << 40.0 << "fail";
    QTest::newRow("too slow") << 100.0 << 400.0 << "pass pass fail";
}

void TestLoadTestKinds::peakOfWindows()
{
    QFETCH(double, peak);
    QFETCH(double, ms);
    QFETCH(QString, verdict);
    Evidence e = service(peak);
    add(e, stated(QList<double>(15, 100.0), [&](double, int) { return ms; }), 10, QStringLiteral("peak"));
    const auto findings = judge(e, QStringLiteral("peak-endured"));
    QVERIFY2(verdictsOf(findings) == verdict, printed(findings));
}

void TestLoadTestKinds::summaryIsNoPeakTest()
{
    LoadTestRun run;
    run.whole = LoadAggregate{.start = 0, .end = 900, .completed = 900'000, .percentiles = {{0.95, 40}}};
    Evidence e = service();
    add(e, run, 10, QStringLiteral("peak"));
    const auto findings = judge(e, QStringLiteral("peak-endured"));
    QVERIFY2(verdictsOf(findings) == u"unknown", printed(findings));
    QVERIFY(findings.front().reason.en.contains("summary"));
}

void TestLoadTestKinds::offeredRateThatPeopleDeclare()
{
    // 95 of the 100 that were asked for: only service.yaml knows how many were.
    Evidence e = service();
    add(e, *runOf({{80, 300, 20}}));
    e.loadTests.back().source.offeredRps = {100, {7, 5, 7, 12}};
    const auto findings = judge(e, QStringLiteral("latency-target"));
    QVERIFY2(verdictsOf(findings) == u"fail", printed(findings));
    QVERIFY(findings.front().reason.en.contains("Of 100 req/s per pod that were sent, 80 were answered"));
}

void TestLoadTestKinds::statedPercentileOfATime()
{
    const LoadTestRun run = stated({100}, [](double, int window) { return 40.0 + window; });
    const auto all = statedPercentile(run, run.startSeconds, run.endSeconds, 0.95);
    QVERIFY(all);
    QCOMPARE(all->least, 40.0);
    QCOMPARE(all->most, 45.0);
    QCOMPARE(all->timed, 6000);
    QVERIFY(!statedPercentile(run, run.startSeconds, run.endSeconds, 0.9));
    QVERIFY(!statedPercentile(run, run.endSeconds, run.endSeconds + 60, 0.95));
    QCOMPARE(statedPercentile(run, run.startSeconds + 10, run.startSeconds + 20, 0.95)->most, 41.0);
    QVERIFY(knowsItsCourse(run));
    QVERIFY(!knowsItsCourse({}));
    QVERIFY(!knowsItsCourse(stated({100}, steady, 1).aggregates.empty() ? run : LoadTestRun{}));
}

/// A stepped test with so many pods, past its knee at `knee` req/s.
static LoadTestRun pastKnee(double knee)
{
    return *runOf({{0.4 * knee}, {0.6 * knee}, {0.8 * knee}, {knee}, {1.2 * knee, 60, 300, 0, 0.85}, {1.4 * knee, 60, 900, 0, 0.7}});
}

static void addScaling(Evidence &e, double alpha, double beta)
{
    for (int pods = 1; pods <= 8; ++pods) {
        const double n = pods;
        add(e, pastKnee(100 * n / (1 + alpha * (n - 1) + beta * n * (n - 1))), pods, QStringLiteral("scaling"));
        e.loadTests.back().source.id = QStringLiteral("pods-%1").arg(pods);
    }
}

void TestLoadTestKinds::planByTheScalingLaw()
{
    Evidence e = service(1000);
    addScaling(e, 0.02, 0.001);
    const auto findings = judge(e, QStringLiteral("event-capacity"));
    const Finding f = findings.front();
    const auto *plan = f.picture ? std::get_if<CapacityPlan>(f.picture.get()) : nullptr;
    QVERIFY2(plan, printed(findings));
    QVERIFY(plan->events[0].byLaw);
    QVERIFY(plan->events[0].extrapolated);
    QVERIFY2(plan->events[0].needed() >= 14 && plan->events[0].needed() <= 16, printed(findings)); // 10 by division
    QVERIFY2(f.reason.en.contains("scaling law, extrapolated beyond the 8 pods measured"), printed(findings));
    QCOMPARE(f.verdict, Verdict::Fail); // ten replicas
}

void TestLoadTestKinds::peakThatNoPodsReach()
{
    Evidence e = service(1000);
    addScaling(e, 0.06, 0.02); // peaks at 6.9 pods with 318 req/s: the tests went past it
    const auto findings = judge(e, QStringLiteral("event-capacity"));
    QVERIFY2(verdictsOf(findings) == u"fail", printed(findings));
    QVERIFY(findings.front().reason.en.contains("No number of pods carries it"));
    QVERIFY(!printed(findings).contains("1,000,000"));
    QVERIFY(findings.front().picture);

    Evidence guess = service(2000);
    addScaling(guess, 0.02, 0.001); // would peak at 31 pods, and only eight were tested
    const auto guessed = judge(guess, QStringLiteral("event-capacity"));
    QVERIFY2(verdictsOf(guessed) == u"unknown", printed(guessed));
    // Nor does any other rule make a number of it.
    for (const char *rule : {"latency-target", "autoscaling", "rolling-update"})
        QVERIFY2(!printed(judge(guess, QString::fromLatin1(rule))).contains("1,000,000"), rule);
}

void TestLoadTestKinds::headroomCountsForRollOuts()
{
    // 10 replicas, maxUnavailable 25 % → 8 ready; 800 ÷ 100 = 8 pods, with 20 % headroom 10.
    Checklist checklist;
    Section section;
    Item capacity, rolling;
    capacity.id = QStringLiteral("performance.event-capacity");
    RuleUse plan;
    plan.rule = QStringLiteral("event-capacity");
    rolling.id = QStringLiteral("resilience.rolling-update");
    RuleUse update;
    update.rule = QStringLiteral("rolling-update");
    for (const double headroom : {0.0, 0.2}) {
        plan.parameters = {{QStringLiteral("headroom"), headroom}};
        capacity.rules = {plan};
        rolling.rules = {update};
        section.items = {capacity, rolling};
        checklist.sections = {section};
        const Assessment a = evaluate(checklist, service(800));
        const ItemResult *result = a.item(rolling.id);
        QVERIFY(result);
        QVERIFY2(result->verdict == (headroom > 0 ? Verdict::Fail : Verdict::Pass), printed(result->findings));
    }
}

QTEST_APPLESS_MAIN(TestLoadTestKinds)
#include "tst_loadtest_kinds.moc"
