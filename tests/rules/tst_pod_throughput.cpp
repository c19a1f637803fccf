// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = QStringLiteral("pod-throughput");

// One pod that answers in 20 ms up to 160 req/s, in 200 ms and more beyond.
const std::vector<HeldLoad> pastTheKnee = {
    {40}, {60}, {80}, {100}, {120}, {140}, {160}, {180, 60, 200, 0, 0.9}, {200, 60, 500, 0, 0.8}};
const std::vector<HeldLoad> notReached = {{40}, {60}, {80}, {100}, {120}, {140}, {160}};

Evidence withDeclared(const QByteArray &perPod)
{
    return evidenceFrom(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  template:\n    spec:\n"
        "      containers: [{name: app, image: registry/team/id-auth:1.2}]\n",
        "format: tenken.service/1\nid: id-auth\n"
            + (perPod.isEmpty() ? QByteArray() : "capacity:\n  per-pod: " + perPod + '\n'));
}

void describe(Evidence &e, const QString &image = QStringLiteral("registry/team/id-auth:1.2"))
{
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.loadTests.back().source.image = image;
}

} // namespace

class TestPodThroughput : public QObject
{
    Q_OBJECT
private slots:
    void verdicts_data();
    void verdicts();
    void noTestIsUnknown();
    void unreadableTestIsUnknown();
    void podsMissingNamesTheKey();
    void tooFewStepsIsUnknown();
    void givenStepsThatDoNotFitAreUnknown();
    void outageTestsDoNotCount();
    void severalPodsAreDivided();
    void theRecordMustBeWhole_data();
    void theRecordMustBeWhole();
    void pointsAtTheDeclaredValue();
    void namesTheSignOfTheKnee();
    void closedLoopsSpeakOfUsers();
    void theNewestTestOfOneKindCounts();
    void whatBoreNothingRefutes();
    void countsThatMayBeTooHigh_data();
    void countsThatMayBeTooHigh();
    void podsAgainstTheSnapshot_data();
    void podsAgainstTheSnapshot();
};

void TestPodThroughput::namesTheSignOfTheKnee()
{
    Evidence e = withDeclared("180");
    addLoadTest(e, runOf(pastTheKnee), 1);
    QVERIFY2(judge(e, rule).front().reason.en.contains(u"where latency has grown"), printed(judge(e, rule)));
    Evidence failing = withDeclared("180");
    addLoadTest(failing, runOf({{40}, {80}, {120}, {160}, {200, 60, 20, 0.3}, {240, 60, 20, 0.3}}), 1);
    const Finding f = judge(failing, rule).front();
    QVERIFY2(f.verdict == Verdict::Fail && f.reason.en.contains(u"where requests fail"), printed({f}));
}

void TestPodThroughput::closedLoopsSpeakOfUsers()
{
    auto run = runOf({{50}, {100}, {199}, {390}, {395, 60, 40}, {398, 60, 80}});
    run->model = LoadModel::Closed;
    const double users[] = {1, 2, 4, 8, 16, 32};
    for (size_t i = 0; i < run->seconds.size(); ++i)
        run->seconds[i].users = users[i / 60];
    Evidence e = withDeclared("380");
    addLoadTest(e, run, 1);
    describe(e);
    const Finding f = judge(e, rule).front();
    QVERIFY2(f.verdict == Verdict::Pass && f.reason.en.contains(u"between 8 and 16 users"), printed({f}));
}

// Better and surer, but older, of the same pods in the same place.
void TestPodThroughput::theNewestTestOfOneKindCounts()
{
    std::vector<HeldLoad> worse;
    for (const double rps : {20, 40, 60, 80, 100})
        worse.push_back({rps});
    worse.push_back({200, 60, 500, 0, 0.6}); // a wide interval: less sure
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(pastTheKnee, 1'600'000'000), 1, QStringLiteral("knee"), QStringLiteral("old"));
    describe(e);
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    addLoadTest(e, runOf(worse, 1'700'000'000), 1, QStringLiteral("knee"), QStringLiteral("new"));
    describe(e);
    QVERIFY2(verdictOf(e, rule) == u"fail", printed(judge(e, rule)));
    e.loadTests.back().run = runOf({{20, 60, 10, 0.3}, {40, 60, 10, 0.4}, {60, 60, 10, 0.5}}, 1'700'000'000); // bears nothing
    describe(e);
    QVERIFY2(verdictOf(e, rule) == u"unknown" && judge(e, rule).size() == 1, printed(judge(e, rule)));
    QVERIFY(judge(e, rule).front().reason.en.contains(u"past the knee already"));
    e.loadTests.back().source.environment = QStringLiteral("load"); // another place says nothing of this one
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    e.loadTests.back().source.environment = QStringLiteral("stg");
    e.loadTests.back().run = runOf({{20}, {40}, {60}, {80}}, 1'700'000'000); // a look at it, not a search for the knee
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
}

void TestPodThroughput::whatBoreNothingRefutes()
{
    const auto levels = [](std::initializer_list<double> rates, double failed) {
        std::vector<HeldLoad> all;
        for (const double rps : rates)
            all.push_back({rps, 60, 20, failed});
        return all;
    };
    std::vector<HeldLoad> fourfold = pastTheKnee;
    for (HeldLoad &level : fourfold)
        level.rps *= 4;
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(pastTheKnee, 1'500'000'000), 1, QStringLiteral("knee"), QStringLiteral("one"));
    describe(e);
    addLoadTest(e, runOf(fourfold, 1'600'000'000), 4, QStringLiteral("scaling"), QStringLiteral("four"));
    describe(e);
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    addLoadTest(e, runOf(levels({20, 40, 60}, 0.3), 1'700'000'000), 1, QStringLiteral("knee"), QStringLiteral("new"));
    describe(e);
    const auto findings = judge(e, rule); // four pods that bore 160 each tell nothing any more either
    QVERIFY2(findings.size() == 1 && findings.front().verdict == Verdict::Unknown, printed(findings));
    QVERIFY2(findings.front().remedy.en.contains(u"from a lower load"), printed(findings));
    e.loadTests.back().run = runOf(levels({400, 450, 500}, 0.3), 1'700'000'000); // more than anybody says it bears
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    auto run = std::make_shared<LoadTestRun>(*runOf(levels({400, 450, 500}, 0.3), 1'700'000'000));
    run->model = LoadModel::Unknown; // its rate may be that of failing at once
    e.loadTests.back().run = run;
    QVERIFY2(verdictOf(e, rule) == u"unknown", printed(judge(e, rule)));
    addLoadTest(e, runOf(pastTheKnee, 1'800'000'000), 1, QStringLiteral("knee"), QStringLiteral("mended"));
    describe(e);
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
}

void TestPodThroughput::countsThatMayBeTooHigh_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("says");
    QTest::newRow("another run in the file") << "other" << "requests of another run";
    QTest::newRow("redirects") << "parts" << "rows look like redirects";
    QTest::newRow("503 taken for success") << "excused" << "took 3 failures for success";
    QTest::newRow("raised twice") << "twice" << "raised twice";
}

void TestPodThroughput::countsThatMayBeTooHigh()
{
    QFETCH(QString, what);
    QFETCH(QString, says);
    auto levels = pastTheKnee;
    if (what == u"twice") {
        for (const double rps : {40, 60, 80, 100, 120, 140, 160, 180})
            levels.push_back({rps, 60, rps > 60 ? 500.0 : 20.0});
    }
    auto run = runOf(levels);
    run->otherRun = what == u"other" ? 900 : 0;
    run->subSamples = what == u"parts" ? 900 : 0;
    run->excusedFailures = what == u"excused" ? 3 : 0;
    Evidence e = withDeclared("140");
    addLoadTest(e, run, 1);
    describe(e);
    const Finding f = judge(e, rule).front();
    QVERIFY2(f.verdict == Verdict::Warn && f.reason.en.contains(says), printed({f}));
}

void TestPodThroughput::podsAgainstTheSnapshot_data()
{
    const QString here = QStringLiteral("kube_deployment:id-auth,env:staging");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("then");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("as stated") << here << 1 << 1 << "pass";
    QTest::newRow("one more while it rolled") << here << 1 << 2 << "unknown";
    QTest::newRow("twelve") << here << 12 << 12 << "unknown";
    QTest::newRow("up to twelve") << here << 1 << 12 << "unknown";
    QTest::newRow("twelve elsewhere") << "kube_deployment:id-auth,env:production" << 12 << 12 << "pass";
    QTest::newRow("twelve, nobody says where") << "kube_deployment:id-auth" << 12 << 12 << "pass";
}

void TestPodThroughput::podsAgainstTheSnapshot()
{
    QFETCH(QString, scope);
    QFETCH(int, first);
    QFETCH(int, then);
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(pastTheKnee), 1);
    describe(e);
    MetricSeries s;
    s.metric = QStringLiteral("kubernetes_state.deployment.replicas_available");
    s.scope = scope;
    s.points = {{1'700'000'030, double(first)}, {1'700'000'090, double(then)}};
    e.datadog.series.push_back(s);
    QTEST(verdictOf(e, rule), "verdict");
    if (first == 12 && verdictOf(e, rule) == u"unknown")
        QVERIFY(judge(e, rule).front().reason.en.contains(u"states `pods: 1`, yet the snapshot shows 12 in staging"));
}

void TestPodThroughput::verdicts_data()
{
    QTest::addColumn<QByteArray>("declared");
    QTest::addColumn<bool>("reached");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");

    QTest::newRow("below the knee") << QByteArray("140") << true << "pass" << "knee is at 160 req/s per pod";
    QTest::newRow("at the knee") << QByteArray("160") << true << "pass" << "between 160 and 180";
    QTest::newRow("above the knee") << QByteArray("180") << true << "fail" << "lies beyond it";
    QTest::newRow("where errors would begin") << QByteArray("500") << true << "fail" << "declared 500";
    QTest::newRow("not declared") << QByteArray() << true << "warn" << "No value is declared";
    QTest::newRow("knee not reached") << QByteArray("140") << false << "warn" << "No knee up to 160";
    QTest::newRow("beyond what was tried")
        << QByteArray("200") << false << "unknown" << "200 req/s was not tried";
}

void TestPodThroughput::verdicts()
{
    QFETCH(QByteArray, declared);
    QFETCH(bool, reached);
    QFETCH(QString, verdict);
    QFETCH(QString, says);
    Evidence e = withDeclared(declared);
    addLoadTest(e, runOf(reached ? pastTheKnee : notReached), 1, QStringLiteral("knee"));
    describe(e);
    const auto findings = judge(e, rule);
    QCOMPARE(findings.size(), size_t(1));
    const Finding &f = findings.front();
    QVERIFY2(toString(f.verdict) == verdict, printed(findings));
    QVERIFY2(f.reason.en.contains(says), printed(findings));
    QVERIFY(f.picture);
    const auto *picture = std::get_if<LoadTestPicture>(f.picture.get());
    QVERIFY(picture && !picture->steps.empty());
    QCOMPARE(picture->knee.reached, reached);
    if (!declared.isEmpty()) {
        QVERIFY(f.comparison);
        QCOMPARE(f.comparison->measured, declared.toDouble());
        QVERIFY(qAbs(f.comparison->wanted - 160) < 2);
    }
}

void TestPodThroughput::noTestIsUnknown()
{
    const auto findings = judge(withDeclared("140"), rule);
    QCOMPARE(findings.size(), size_t(1));
    QCOMPARE(findings.front().verdict, Verdict::Unknown);
    QVERIFY(findings.front().remedy.en.contains(QStringLiteral("evidence.loadtests")));
    QVERIFY(!findings.front().snippet.isEmpty());
}

void TestPodThroughput::unreadableTestIsUnknown()
{
    Evidence e = withDeclared("140");
    addLoadTest(e, nullptr, 1);
    const auto findings = judge(e, rule);
    QCOMPARE(findings.front().verdict, Verdict::Unknown);
    QVERIFY2(findings.front().reason.en.contains(QStringLiteral("cannot be read")), printed(findings));
}

void TestPodThroughput::podsMissingNamesTheKey()
{
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(pastTheKnee), {});
    const auto findings = judge(e, rule);
    QCOMPARE(findings.front().verdict, Verdict::Unknown);
    QVERIFY2(findings.front().remedy.en.contains(QStringLiteral("evidence.loadtests[].pods")),
             printed(findings));
}

void TestPodThroughput::tooFewStepsIsUnknown()
{
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf({{140, 60}}), 1);
    const auto findings = judge(e, rule);
    QVERIFY2(findings.front().verdict == Verdict::Unknown || findings.front().verdict == Verdict::Warn,
             printed(findings));
}

// A run during a roll-out or an outage says nothing about a healthy pod.
void TestPodThroughput::givenStepsThatDoNotFitAreUnknown()
{
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(pastTheKnee), 1, QStringLiteral("knee"));
    describe(e);
    e.loadTests.back().source.steps.ranges = {{0, 60, 40}, {100'000, 100'060, 60}}; // the test ended long before
    const Finding f = judge(e, rule).front();
    QCOMPARE(f.verdict, Verdict::Unknown);
    QVERIFY2(f.reason.en.contains(u"There is no request from second 100,000"), qPrintable(f.reason.en));
}

void TestPodThroughput::outageTestsDoNotCount()
{
    for (const char *purpose : {"rollout", "dependency"}) {
        Evidence e = withDeclared("140");
        addLoadTest(e, runOf(pastTheKnee), 1, QString::fromUtf8(purpose));
        QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    }
}

void TestPodThroughput::severalPodsAreDivided()
{
    std::vector<HeldLoad> levels = pastTheKnee;
    for (HeldLoad &l : levels)
        l.rps *= 4;
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(levels), 4);
    describe(e);
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    Evidence wrong = withDeclared("140");
    addLoadTest(wrong, runOf(levels), 8); // 80 req/s each
    describe(wrong);
    QVERIFY2(verdictOf(wrong, rule) == u"fail", printed(judge(wrong, rule)));
}

void TestPodThroughput::theRecordMustBeWhole_data()
{
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("whole") << "staging" << "registry/team/id-auth:1.2" << "pass";
    QTest::newRow("short name") << "staging" << "id-auth:1.2" << "pass";
    QTest::newRow("tag alone") << "staging" << "1.2" << "pass";
    QTest::newRow("no environment") << "" << "id-auth:1.2" << "warn";
    QTest::newRow("no image") << "staging" << "" << "warn";
    QTest::newRow("another image: stale") << "staging" << "id-auth:1.1" << "warn";
    QTest::newRow("tag with the same end") << "staging" << ".2" << "warn";
}

void TestPodThroughput::theRecordMustBeWhole()
{
    QFETCH(QString, environment);
    QFETCH(QString, image);
    QFETCH(QString, verdict);
    Evidence e = withDeclared("140");
    addLoadTest(e, runOf(pastTheKnee), 1);
    describe(e, image);
    e.loadTests.back().source.environment = environment;
    QVERIFY2(verdictOf(e, rule) == verdict, printed(judge(e, rule)));
}

void TestPodThroughput::pointsAtTheDeclaredValue()
{
    Evidence e = withDeclared("180");
    addLoadTest(e, runOf(pastTheKnee), 1);
    const Finding f = firstWith(Verdict::Fail, judge(e, rule));
    QCOMPARE(f.file, QStringLiteral("readiness/service.yaml"));
    QCOMPARE(f.span.line, 4);
    QCOMPARE(f.measured.en, QStringLiteral("180 req/s"));
    QVERIFY(!f.marks.empty());
    QVERIFY(f.snippet.contains(QStringLiteral("per-pod: 1")));
}

QTEST_APPLESS_MAIN(TestPodThroughput)
#include "tst_pod_throughput.moc"
