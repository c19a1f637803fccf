// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray head = "format: tenken.service/1\nid: id-auth\n";
const QByteArray one = head + "dependencies: [{id: users-db}]\n";
const QByteArray evenOutcome = "errors: 3, balanced: true, connections-renewed: true";
// 2026-11-05T14:00:00+09:00, the moment of return in recordOf().
const double returned = double(QDateTime(QDate(2026, 11, 5), QTime(5, 0), QTimeZone::UTC).toSecsSinceEpoch());

QByteArray back(const QByteArray &outcome, const QByteArray &more = "result: pass\n")
{
    return recordOf("dependency-return", "{dependency: users-db, " + outcome + "}", more);
}

/// Out for five minutes before the return, then catching up for so long.
std::shared_ptr<LoadTestRun> outage(int catchingUp, int after = 300)
{
    return runOf({{100, 300, 20, 0}, {100, 300, 400, 0.5}, {100, catchingUp, 200, 0.1}, {100, after, 20, 0}}, returned - 600);
}

Evidence evidence(const QByteArray &service, const std::vector<QByteArray> &records, const std::shared_ptr<const LoadTestRun> &run = {})
{
    Evidence e = evidenceFrom({}, service);
    if (run) {
        addLoadTest(e, run, 6, QStringLiteral("dependency"), QStringLiteral("outage"));
        e.loadTests.back().source.environment = QStringLiteral("staging");
        e.loadTests.back().source.image = QStringLiteral("app:1.0");
    }
    int number = 0;
    for (const QByteArray &record : records)
        addRecord(e, record, QStringLiteral("readiness/tests/%1.yaml").arg(++number));
    return e;
}

QString words(const Evidence &e)
{
    QStringList all;
    for (const Finding &f : judge(e, QStringLiteral("dependency-return")))
        all << toString(f.verdict) + QStringLiteral(": ") + f.reason.en;
    return all.join(u'\n');
}

QString verdicts(const Evidence &e)
{
    return verdictsOf(judge(e, QStringLiteral("dependency-return")));
}

} // namespace

class TestDependencyReturn : public QObject
{
    Q_OBJECT

private slots:
    void byDeclaration()
    {
        QCOMPARE(verdicts(evidence(head, {})), QStringLiteral("unknown"));
        QCOMPARE(verdicts(evidence(head + "dependencies: []\n", {})), QStringLiteral("n/a"));
        QCOMPARE(verdicts(evidence(one, {})), QStringLiteral("unknown unknown"));
    }

    void recordsAlone_data()
    {
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<QString>("expected");
        QTest::newRow("within ten minutes") << evenOutcome + ", recovery-seconds: 600" << QStringLiteral("pass pass");
        QTest::newRow("longer") << evenOutcome + ", recovery-seconds: 601" << QStringLiteral("fail pass");
        QTest::newRow("not said") << evenOutcome << QStringLiteral("unknown warn");
        QTest::newRow("uneven") << QByteArray("errors: 0, recovery-seconds: 5, balanced: false, connections-renewed: true") << QStringLiteral("pass fail");
        QTest::newRow("old connections") << QByteArray("errors: 0, recovery-seconds: 5, balanced: true, connections-renewed: false") << QStringLiteral("pass fail");
        QTest::newRow("nobody looked at the pods") << QByteArray("errors: 0, recovery-seconds: 5") << QStringLiteral("warn unknown");
    }
    void recordsAlone()
    {
        QFETCH(QByteArray, outcome);
        QFETCH(QString, expected);
        const Evidence e = evidence(one, {back(outcome)});
        QVERIFY2(verdicts(e) == expected, qPrintable(words(e)));
    }

    void aFailedTestIsAFail()
    {
        QCOMPARE(verdicts(evidence(one, {back(evenOutcome + ", recovery-seconds: 5", "result: fail\n")})), QStringLiteral("fail pass"));
    }

    void theLoadTestThatRanMeanwhileDecides_data()
    {
        QTest::addColumn<int>("catchingUp");
        QTest::addColumn<int>("after");
        QTest::addColumn<QString>("expected");
        QTest::newRow("at once") << 0 << 300 << QStringLiteral("pass: Errors and latency were back to normal 0 s after the return.");
        QTest::newRow("nine minutes") << 540 << 300 << QStringLiteral("pass: Errors and latency were back to normal 540 s");
        QTest::newRow("eleven minutes") << 660 << 300 << QStringLiteral("fail: It took 660 s from the return.");
        QTest::newRow("never") << 900 << 0 << QStringLiteral("fail: To the end of the test errors or latency are not back");
        QTest::newRow("cut off") << 300 << 0 << QStringLiteral("unknown: The test ends before it is back to normal");
        QTest::newRow("hardly back") << 60 << 30 << QStringLiteral("unknown: The test ends within a minute");
    }
    void theLoadTestThatRanMeanwhileDecides()
    {
        QFETCH(int, catchingUp);
        QFETCH(int, after);
        QFETCH(QString, expected);
        // The record's own figure is what people noted; the result is what happened.
        const QByteArray record = back(evenOutcome + ", recovery-seconds: 5", "result: pass\nloadtest: outage\n");
        const QString said = words(evidence(one, {record}, outage(catchingUp, after)));
        QVERIFY2(said.startsWith(expected), qPrintable(said));
    }

    void anOutageRecordTellsWhenItWasOver()
    {
        QByteArray down = recordOf("dependency-down", "{dependency: users-db, errors: 9, contained: true}", "result: pass\nloadtest: outage\n");
        down.replace("T14:00:00", "T13:55:00").replace("duration: 600", "duration: 300");
        const QString said = words(evidence(one, {down}, outage(120)));
        QVERIFY2(said.startsWith(u"pass: Errors and latency were back to normal 120 s after the return."), qPrintable(said));
        QVERIFY(said.contains(u"unknown: Nobody recorded load and connections pod by pod."));
    }

    void theRecordHasToFitTheTest()
    {
        const QByteArray record = back(evenOutcome + ", recovery-seconds: 5", "result: pass\nloadtest: outage\n");
        QByteArray later = record;
        later.replace("T14:00:00", "T18:00:00");
        QVERIFY2(words(evidence(one, {later}, outage(0))).startsWith(u"unknown: The recorded outage or return does not lie within"),
                 qPrintable(words(evidence(one, {later}, outage(0)))));
        const auto said = [&](auto change) {
            auto run = outage(0);
            change(*run);
            return words(evidence(one, {record}, run));
        };
        QVERIFY(said([](LoadTestRun &run) { run.zoneKnown = false; }).startsWith(u"unknown: The result's dates name no time zone"));
        QVERIFY(said([](LoadTestRun &run) { run.cutOff = true; }).startsWith(u"unknown: The result is cut off"));
        QVERIFY(said([](LoadTestRun &run) { run.otherRun = 900; }).startsWith(u"unknown: The file holds 900"));
        QVERIFY(said([](LoadTestRun &) {}).startsWith(u"pass: "));
        const QString calm = words(evidence(one, {record}, runOf({{100, 1200, 20, 0}}, returned - 600)));
        QVERIFY2(calm.startsWith(u"warn: Errors and latency stayed normal through the recorded outage"), qPrintable(calm));
    }

    void withoutRecordsOnlyTheBeginningIsKnown()
    {
        QVERIFY(words(evidence(one, {}, outage(60))).startsWith(u"pass: Errors and latency were back to normal 360 s after the outage began."));
        QVERIFY(words(evidence(one, {}, outage(540))).startsWith(u"unknown: It was back 840 s after the outage began"));
        QVERIFY(words(evidence(one, {}, runOf({{100, 900}}, returned))).startsWith(u"unknown: Errors and latency never left"));
        QVERIFY(words(evidence(one, {}, runOf({{100, 30}}, returned))).startsWith(u"unknown: There is no steady minute"));
        Evidence unread = evidence(one, {}, outage(60));
        unread.loadTests[0].run.reset();
        QVERIFY(words(unread).startsWith(u"unknown: The result of test outage cannot be read."));
        Evidence noImage = evidence(one, {}, outage(60));
        noImage.loadTests[0].source.image.clear();
        QVERIFY(words(noImage).startsWith(u"warn: "));
    }

    void whichDependencyATestIsOf()
    {
        const QByteArray two = head + "dependencies: [{id: users-db}, {id: db}]\n";
        Evidence e = evidence(two, {}, outage(60));
        QCOMPARE(verdicts(e), QStringLiteral("unknown unknown unknown unknown"));
        e.loadTests[0].source.during = QStringLiteral("users-db を 5 分止めた"); // which is not db
        QCOMPARE(verdicts(e), QStringLiteral("pass unknown unknown unknown"));
        e.loadTests[0].source.during.clear();
        e.loadTests[0].source.purpose = QStringLiteral("peak");
        QCOMPARE(verdicts(e), QStringLiteral("unknown unknown unknown unknown"));
    }

    void recordsGrowOld()
    {
        QByteArray old = back(evenOutcome + ", recovery-seconds: 5");
        old.replace("2026-11-05", "2026-01-05");
        QCOMPARE(verdicts(evidence(one, {old})), QStringLiteral("unknown unknown"));
    }
};

QTEST_APPLESS_MAIN(TestDependencyReturn)
#include "tst_dependency_return.moc"
