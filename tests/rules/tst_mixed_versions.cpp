// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray head = "format: tenken.service/1\nid: id-auth\n";
// 2026-11-05T14:00:00+09:00, as recordOf() writes it; the records last 600 s.
const double recorded = double(QDateTime(QDate(2026, 11, 5), QTime(5, 0), QTimeZone::UTC).toSecsSinceEpoch());

/// Ten minutes before the roll-out, the roll-out, ten minutes after, each with its share of errors.
std::shared_ptr<LoadTestRun> threeParts(double before, double meanwhile, double after)
{
    return runOf({{100, 600, 20, before}, {100, 600, 20, meanwhile}, {100, 600, 20, after}}, recorded - 600);
}

Evidence evidence(const std::shared_ptr<const LoadTestRun> &run, const std::vector<QByteArray> &records, const QString &purpose = QStringLiteral("rollout"))
{
    Evidence e = evidenceFrom({}, head);
    if (run)
        addLoadTest(e, run, 6, purpose, QStringLiteral("deploy"));
    for (LoadTest &test : e.loadTests) {
        test.source.environment = QStringLiteral("staging");
        test.source.image = QStringLiteral("app:1.0");
    }
    for (const QByteArray &record : records)
        addRecord(e, record, QStringLiteral("readiness/tests/a.yaml"));
    return e;
}

QByteArray rollout(const QByteArray &outcome = "{errors: 0}", const QByteArray &more = "result: pass\nloadtest: deploy\n")
{
    return recordOf("rollout-under-load", outcome, more);
}

QString words(const Evidence &e)
{
    QStringList all;
    for (const Finding &f : judge(e, QStringLiteral("mixed-versions")))
        all << toString(f.verdict) + QStringLiteral(": ") + f.reason.en;
    return all.join(u'\n');
}

} // namespace

class TestMixedVersions : public QObject
{
    Q_OBJECT

private slots:
    void errorsInTheWindow_data()
    {
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("meanwhile");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none at all") << 0.0 << 0.0 << QStringLiteral("pass: None of 60,100 requests during the roll-out failed.");
        QTest::newRow("before it") << 0.1 << 0.0 << QStringLiteral("pass: None of 60,100");
        QTest::newRow("during it") << 0.0 << 0.01 << QStringLiteral("fail: Of 60,100 requests during the roll-out 600 failed.");
    }
    void errorsInTheWindow()
    {
        QFETCH(double, before);
        QFETCH(double, meanwhile);
        QFETCH(QString, expected);
        const QString said = words(evidence(threeParts(before, meanwhile, 0), {rollout()}));
        QVERIFY2(said.startsWith(expected), qPrintable(said));
    }

    void theRecordHasTheLastWordAgainstAPass()
    {
        const auto clean = threeParts(0, 0, 0);
        QVERIFY(words(evidence(clean, {rollout("{errors: 3}")})).startsWith(QStringLiteral("fail: The result shows no error, yet the record tells of 3.")));
        QVERIFY(words(evidence(clean, {rollout("{errors: 0}", "result: fail\nloadtest: deploy\n")})).startsWith(QStringLiteral("fail: The record's result")));
        QVERIFY(words(evidence(clean, {rollout("{}")})).startsWith(QStringLiteral("warn: "))); // the result says it
        QByteArray old = rollout();
        old.replace("2026-11-05", "2025-11-05");
        QVERIFY(words(evidence(runOf({{100, 1800, 20, 0}}, recorded - 365.0 * 86400 - 600), {old})).startsWith(QStringLiteral("unknown: The test is 380 days old")));
    }

    void aWindowThatDoesNotFit()
    {
        QByteArray record = rollout();
        record.replace("T14:00:00", "T16:00:00");
        QVERIFY(words(evidence(threeParts(0, 0, 0), {record})).contains(u"did not run within the time of test deploy"));
        QByteArray endless = rollout();
        endless.replace("duration: 600", "duration: 60000");
        QVERIFY(words(evidence(threeParts(0, 0, 0), {endless})).startsWith(u"unknown: "));
        QByteArray untimed = rollout();
        untimed.replace("duration: 600\n", "");
        QVERIFY(words(evidence(threeParts(0, 0, 0), {untimed})).contains(u"When the roll-out ran is not known"));
        const auto pause = runOf({{100, 600, 20, 0}, {0, 600, 20, 0}, {100, 600, 20, 0}}, recorded - 600);
        QVERIFY(words(evidence(pause, {rollout()})).startsWith(u"unknown: For 600 s of the roll-out there was no request")); // but at its end
        QByteArray shorter = rollout();
        shorter.replace("duration: 600", "duration: 590");
        QVERIFY(words(evidence(pause, {shorter})).startsWith(u"unknown: Test deploy completed no request"));
    }

    void withoutARecordTheWholeTestCounts()
    {
        QVERIFY(words(evidence(threeParts(0, 0, 0), {})).startsWith(u"pass: None of 180,000"));
        QVERIFY(words(evidence(threeParts(0.01, 0, 0), {})).startsWith(u"unknown: Test deploy has 600 errors"));
        QVERIFY(words(evidence(threeParts(0, 0, 0), {}, QStringLiteral("peak"))).startsWith(u"unknown: There is no record"));
        Evidence e = evidence(threeParts(0, 0, 0), {});
        e.loadTests[0].source.image.clear();
        QVERIFY(words(e).startsWith(u"warn: "));
        e = evidence(threeParts(0, 0, 0), {});
        e.loadTests[0].run.reset();
        QVERIFY(words(e).contains(u"cannot be read"));
    }

    void whatEndsAfterTheRollOutMayHaveBegunInIt()
    {
        auto run = threeParts(0, 0, 0);
        run->seconds[1195].latency.add(20'000'000, 1); // ends 15 s after the roll-out
        run->seconds[1215].failed = 1;
        QVERIFY2(words(evidence(run, {rollout()})).startsWith(u"unknown: 1 requests that ended right after the roll-out failed"),
                 qPrintable(words(evidence(run, {rollout()}))));
        run->seconds[1215].failed = 0;
        run->seconds[1260].failed = 1; // too late for any of them
        QVERIFY(words(evidence(run, {rollout()})).startsWith(u"pass"));
    }

    void aHoleInTheLoad()
    {
        const auto hole = [](size_t seconds) {
            auto run = threeParts(0, 0, 0);
            for (size_t i = 800; i < 800 + seconds; ++i)
                run->seconds[i] = LoadSecond{.second = run->seconds[i].second, .latency = {}};
            return run;
        };
        QVERIFY(words(evidence(hole(10), {rollout()})).startsWith(u"pass"));
        QVERIFY(words(evidence(hole(30), {rollout()})).startsWith(u"unknown: For 30 s of the roll-out"));
    }

    void resultsThatDoNotHoldEverything_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("expected");
        QTest::newRow("cut off") << "cut" << "unknown: The result is cut off";
        QTest::newRow("two runs in a file") << "other" << "unknown: The file holds 5,000 requests of another run";
        QTest::newRow("some failures are missing") << "errors" << "unknown: This format does not record every failure";
        QTest::newRow("503 declared as expected") << "excused" << "warn: ";
        QTest::newRow("no time zone") << "zone" << "unknown: The result's dates name no time zone";
        QTest::newRow("no date") << "clock" << "unknown: The result names no date";
    }
    void resultsThatDoNotHoldEverything()
    {
        QFETCH(QString, what);
        QFETCH(QString, expected);
        auto run = threeParts(0, 0, 0);
        run->cutOff = what == u"cut";
        run->otherRun = what == u"other" ? 5000 : 0;
        run->knowsErrors = what != u"errors";
        run->excusedFailures = what == u"excused" ? 3 : 0;
        run->zoneKnown = what != u"zone";
        run->hasClock = what != u"clock";
        QVERIFY2(words(evidence(run, {rollout()})).startsWith(expected), qPrintable(words(evidence(run, {rollout()}))));
        if (what != u"zone" && what != u"clock") // the whole test needs no clock
            QVERIFY(words(evidence(run, {})).startsWith(expected));
    }

    void linesThatWereSkippedMayBeErrors()
    {
        auto run = threeParts(0, 0, 0);
        run->skippedLines = 4;
        QVERIFY(words(evidence(run, {rollout()})).startsWith(u"unknown: 4 lines"));
        QVERIFY(words(evidence(run, {})).startsWith(u"unknown: 4 lines"));
    }

    void recordsAlone()
    {
        const QByteArray result = "result: pass\n";
        QVERIFY(words(evidence({}, {rollout("{errors: 0}", result)})).startsWith(u"pass: "));
        QVERIFY(words(evidence({}, {rollout("{errors: 1}", result)})).startsWith(u"fail: The test saw 1 errors."));
        QVERIFY(words(evidence({}, {rollout("{}", result)})).startsWith(u"unknown: The record does not say how many errors"));
        QVERIFY(words(evidence({}, {rollout()})).startsWith(u"warn: service.yaml has no load test deploy."));
        QVERIFY(words(evidence({}, {})).startsWith(u"unknown: There is no record of the test “Roll-out under load”."));
    }

    void otherTestsWithoutRecordsAreJudgedToo()
    {
        Evidence e = evidence(threeParts(0, 0, 0), {rollout()});
        addLoadTest(e, threeParts(0, 0.01, 0), 6, QStringLiteral("rollout"), QStringLiteral("second"));
        const QStringList lines = words(e).split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(u"pass") && lines[1].startsWith(u"unknown: Test second has 600 errors"));
    }
};

QTEST_APPLESS_MAIN(TestMixedVersions)
#include "tst_mixed_versions.moc"
