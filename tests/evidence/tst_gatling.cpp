// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

// One request of 250 ms and one of 100 ms that fails, in each layout.
const QByteArray layoutA =
    "my.Sim\tsim\tRUN\t1700000000000\t \t2.0\n"
    "Scenario\t1-0\tUSER\tSTART\t1700000000010\t0\n"
    "Scenario\t1-0\tREQUEST\t\tGet item\t1700000000100\t1700000000101\t1700000000349\t1700000000350\tOK\t \n"
    "Scenario\t1-0\tREQUEST\t\tGet "
    "item\t1700000001000\t1700000001001\t1700000001099\t1700000001100\tKO\tstatus 503\n"
    "Scenario\t1-0\tUSER\tEND\t1700000000010\t1700000001200\n";
const QByteArray layoutB = "ASSERTION\tAAECAAMC\n"
                           "RUN\tmy.Sim\tsim\tsim\t1700000000000\t \t2.0\n"
                           "USER\tScenario\t1\tSTART\t1700000000010\t0\n"
                           "REQUEST\tScenario\t1\t\tGet item\t1700000000100\t1700000000350\tOK\t \textra\n"
                           "GROUP\tScenario\t1\tlogin\t1700000000100\t1700000000900\t800\tOK\n"
                           "GROUP\tcrashed\t1700000000900\n"
                           "REQUEST\tScenario\t1\t\tGet item\t1700000001000\t1700000001100\tKO\tstatus 503\n"
                           "USER\tScenario\t1\tEND\t1700000000010\t1700000001200\n";
const QByteArray layoutC = "RUN\tmy.Sim\tsim\t1700000000000\t \t3.3.1\n"
                           "USER\tScenario\t1\tSTART\t1700000000010\t1700000000010\n"
                           "REQUEST\t1\tgroup a,group b\tGet item\t1700000000100\t1700000000350\tOK\n"
                           "GROUP\t1\tgroup a\t1700000000100\t1700000000350\t250\tOK\n"
                           "REQUEST\t1\t\tGet item\t1700000001000\t1700000001100\tKO\tstatus 503\n"
                           "ERROR\tno attribute\t1700000001150\n"
                           "USER\tScenario\t1\tEND\t1700000000010\t1700000001200\n";
const QByteArray layoutD = "RUN\tmy.Sim\tsim\t1700000000000\t \t3.10.5\n"
                           "USER\tScenario\tSTART\t1700000000010\n"
                           "REQUEST\t\tGet item\t1700000000100\t1700000000350\tOK\t \n"
                           "GROUP\tgroup a\t1700000000100\t1700000000350\t250\tOK\n"
                           "REQUEST\t\tGet item\t1700000001000\t1700000001100\tKO\tstatus 503\n"
                           "USER\tScenario\tEND\t1700000001200\n";

} // namespace

class TestGatling : public QObject
{
    Q_OBJECT

private slots:
    void layouts_data();
    void layouts();
    void realFiles_data();
    void realFiles();
    void requestWithoutEndIsNoSample();
    void messageThatReadsOk();
    void emptyMessageStripped();
    void garbledLinesAreCounted();
    void truncatedLastRecord_data();
    void truncatedLastRecord();
    void garbageTimesDoNotStretchTheRun();
    void scenarioErrorsAreNoRequests();
    void arrivalsAndUsers();
    void openModel();
    void closedModels_data();
    void closedModels();

private:
    Scratch m_scratch;
};

void TestGatling::layouts_data()
{
    QTest::addColumn<QByteArray>("log");
    QTest::addColumn<QString>("version");
    QTest::newRow("A 2.0") << layoutA << "2.0";
    QTest::newRow("B 2.2") << layoutB << "2.0";
    QTest::newRow("C 3.0") << layoutC << "3.3.1";
    QTest::newRow("D 3.4") << layoutD << "3.10.5";
    QTest::newRow("D with CRLF") << QByteArray(layoutD).replace("\n", "\r\n") << "3.10.5";
    QTest::newRow("D with byte order mark") << "\xEF\xBB\xBF" + layoutD << "3.10.5";
}

void TestGatling::layouts()
{
    QFETCH(QByteArray, log);
    QFETCH(QString, version);
    const auto run = readLoadTest(m_scratch.write("simulation.log", log));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"gatling");
    QCOMPARE(run->toolVersion, version);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->errorKinds.value("status 503"), 1);
    QCOMPARE(run->latency.minMs(), 100.0);
    QCOMPARE(run->latency.maxMs(), 250.0);
    QCOMPARE(run->startSeconds, 1700000000.1);
    QCOMPARE(run->endSeconds, 1700000001.1);
    QCOMPARE(run->seconds.size(), 2U);
    QCOMPARE(run->seconds[0].second, 1700000000);
    QCOMPARE(run->seconds[0].started, 1);
    QCOMPARE(run->seconds[0].arrivals, 1);
    QCOMPARE(run->seconds[0].users, 1.0);
    QCOMPARE(run->seconds[1].failed, 1);
    QCOMPARE(run->skippedLines, 0);
}

void TestGatling::realFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("requests");
    QTest::newRow("2.0") << "simulation-1.log.gz" << 2464;
    QTest::newRow("2.0, one of a set") << "simulation.log.2.gz" << 2571;
    QTest::newRow("2.0 small") << "simulation-small.log" << 2;
    QTest::newRow("2.2.5") << "known_stats_v2.2.5.log" << 8;
    QTest::newRow("3.0") << "simulation-small-v3.log" << 2;
    QTest::newRow("3.2.1") << "simulation-v3.2.log.gz" << 16095;
    QTest::newRow("3.2.1 small") << "simulation-small-v3.2.log" << 2;
    QTest::newRow("3.3.0, blank message stripped") << "simulation-small-v3.3.log" << 2;
    QTest::newRow("3.3.1") << "taurus_gatling-331-000.log" << 100;
    QTest::newRow("3.4.0") << "simulation-small-v3.4.log" << 31;
    QTest::newRow("3.4.2") << "known_stats_v3.4.2.log" << 8;
    QTest::newRow("says 3.5.0, USER has five fields") << "simulation-v3.5.log.gz" << 16095;
    QTest::newRow("3.5.1") << "taurus_gatling-351-000.log" << 220;
    QTest::newRow("USER without a tab") << "taurus_gatling-3-000.log" << 243;
    QTest::newRow("groups") << "taurus_gatling-2-000.log" << 5;
}

void TestGatling::realFiles()
{
    QFETCH(QString, file);
    QFETCH(int, requests);
    const QString path = sharedLoadTest("real/gatling/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load-test files are not on this machine");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, requests);
    qint64 started = 0, completed = 0;
    for (const LoadSecond &second : run->seconds) {
        started += second.started;
        completed += second.completed;
    }
    QCOMPARE(started, requests);
    QCOMPARE(completed, requests);
}

void TestGatling::requestWithoutEndIsNoSample()
{
    const auto run = readLoadTest(m_scratch.write(
        "a.log", layoutD + "REQUEST\t\tWebSocket\t1700000001500\t-9223372036854775808\tKO\tunmatched\n"));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->skippedLines, 0);
    QVERIFY(hasRemark(*run, "1 requests have no end"));
}

void TestGatling::messageThatReadsOk()
{
    const auto run =
        readLoadTest(m_scratch.write("a.log",
                                     layoutD
                                         + "REQUEST\t\tGet\t1700000001500\t1700000001600\tKO\tOK\nREQUEST\t\t"
                                           "OK\t1700000001500\t1700000001600\tOK\tKO\n"));
    QVERIFY(run);
    QCOMPARE(run->samples, 4);
    QCOMPARE(run->errors, 2);
    QCOMPARE(run->errorKinds.value("OK"), 1);
}

void TestGatling::emptyMessageStripped()
{
    const auto run = readLoadTest(
        m_scratch.write("a.log", layoutD + "REQUEST\t\tGet\t1700000001500\t1700000001600\tKO\n"));
    QVERIFY(run);
    QCOMPARE(run->errors, 2);
    QCOMPARE(run->errorKinds.value("unnamed"), 1);
}

void TestGatling::garbledLinesAreCounted()
{
    const auto run = readLoadTest(m_scratch.write(
        "a.log",
        "RUN\tmy.Sim\tsim\t1700000000000\t \t3.10.5\nREQUEST\t\tGet\tx\ty\tOK\t \nwhat is this\n"
        "REQUEST\t\tGet\t1700000001500\t1700000001400\tOK\t \n"
            + layoutD + layoutD));
    QVERIFY(run);
    QCOMPARE(run->samples, 4);
    QCOMPARE(run->skippedLines, 3); // no times, no record, an end before its start
    QVERIFY(hasRemark(*run, "3 lines could not be read and are left out (first: line 2)"));
}

void TestGatling::truncatedLastRecord_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<int>("samples");
    QTest::addColumn<bool>("cut");
    QTest::newRow("in a time") << QByteArray("REQUEST\t\tGet\t17000000015") << 2 << true;
    QTest::newRow("in OK") << QByteArray("REQUEST\t\tGet\t1700000001500\t1700000001600\tO") << 2 << true;
    QTest::newRow("in the kind") << QByteArray("REQ") << 2 << true;
    QTest::newRow("whole, no line break")
        << QByteArray("REQUEST\t\tGet\t1700000001500\t1700000001600\tOK") << 3 << false;
}

void TestGatling::truncatedLastRecord()
{
    QFETCH(QByteArray, end);
    QFETCH(int, samples);
    QFETCH(bool, cut);
    const auto run = readLoadTest(m_scratch.write("a.log", layoutD + end));
    QVERIFY(run);
    QCOMPARE(run->samples, samples);
    QCOMPARE(hasRemark(*run, "The last record is cut off"), cut);
    QCOMPARE(run->skippedLines, 0);
}

void TestGatling::garbageTimesDoNotStretchTheRun()
{
    const auto run = readLoadTest(m_scratch.write(
        "a.log",
        "REQUEST\t\tGet\t5\t6\tOK\t \n" + layoutD + "REQUEST\t\tGet\t4700000001500\t4700000001600\tOK\t \n"));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->seconds.size(), 2U);
    QVERIFY(hasRemark(*run, "1 requests lie more than 6 hours away")); // the 5 ms one: a stretch of its own
    QVERIFY(hasRemark(*run, "1 lines could not be read")); // the third stretch fits nowhere
}

void TestGatling::scenarioErrorsAreNoRequests()
{
    const auto run = readLoadTest(m_scratch.write("a.log", layoutC));
    QVERIFY(run);
    QVERIFY(hasRemark(*run, "1 scenario errors"));
    QCOMPARE(run->errors, 1);
}

void TestGatling::arrivalsAndUsers()
{
    QByteArray log = "RUN\ts\ts\t1700000000000\t \t3.10.5\n";
    for (int i = 0; i < 4; ++i) {
        const QByteArray start = QByteArray::number(1700000000000 + i * 250);
        log += "USER\tS\tSTART\t" + start + "\nREQUEST\t\tGet\t" + start + "\t1700000001900\tOK\t \n";
    }
    log += "USER\tS\tEND\t1700000001900\n";
    const auto run = readLoadTest(m_scratch.write("a.log", log));
    QVERIFY(run);
    QCOMPARE(run->seconds[0].arrivals, 4);
    QCOMPARE(run->seconds[0].users, 4.0);
    QCOMPARE(run->seconds[1].arrivals, 0);
    QCOMPARE(run->seconds[1].users, 3.0);
}

void TestGatling::openModel()
{
    QByteArray log = "RUN\ts\ts\t1700000000000\t \t3.10.5\n";
    for (int i = 0; i < 1200; ++i) { // 40 users a second for 30 s, 150 to 250 ms each
        const qint64 at = 1700000000000 + i * 25, end = at + 150 + i * 7 % 100;
        log += "USER\tS\tSTART\t" + QByteArray::number(at) + "\nREQUEST\t\tGet\t" + QByteArray::number(at)
            + '\t' + QByteArray::number(end) + "\tOK\t \nUSER\tS\tEND\t" + QByteArray::number(end) + '\n';
    }
    const auto run = readLoadTest(m_scratch.write("a.log", log));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Open);
    QCOMPARE(run->seconds[10].arrivals, 40);
}

void TestGatling::closedModels_data()
{
    QTest::addColumn<bool>("usersStay");
    QTest::newRow("ten users that stay for the whole run") << true;
    QTest::newRow("constantConcurrentUsers: one leaves, one comes") << false;
}

void TestGatling::closedModels()
{
    QFETCH(bool, usersStay);
    QByteArray log = "RUN\ts\ts\t1700000000000\t \t3.10.5\n";
    for (int user = 0; user < 10; ++user) {
        qint64 at = 1700000000000 + user;
        log += "USER\tS\tSTART\t" + QByteArray::number(at) + '\n';
        for (int i = 0; at < 1700000030000; ++i) {
            const qint64 end = at + 200 + (i * 37 + user * 91) % 300;
            log += "REQUEST\t\tGet\t" + QByteArray::number(at) + '\t' + QByteArray::number(end) + "\tOK\t \n";
            if (!usersStay)
                log += "USER\tS\tEND\t" + QByteArray::number(end) + "\nUSER\tS\tSTART\t"
                    + QByteArray::number(end) + '\n';
            at = end;
        }
    }
    const auto run = readLoadTest(m_scratch.write("a.log", log));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Closed);
}

QTEST_APPLESS_MAIN(TestGatling)
#include "tst_gatling.moc"
