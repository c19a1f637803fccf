// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <evidence/summaryfiles.h>
#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

class TestSummaryData : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void TestSummaryData::reads_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(summaryFiles)); ++i)
        QTest::newRow(summaryFiles[i].path) << i;
}

void TestSummaryData::reads()
{
    QFETCH(const int, index);
    const SummaryFile &file = summaryFiles[index];
    const QString path = sharedLoadTest(QString::fromUtf8(file.path));
    if (!QFile::exists(path))
        QSKIP("no shared data here");
    const Result<LoadTestRun> run = readLoadTest(path);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(run->tool, QString::fromUtf8(file.tool));
    QCOMPARE(run->samples, file.samples);
    QCOMPARE(run->errors, file.errors);
    if (file.users >= 0) {
        const bool inLevel = run->levels.size() == 1 && run->levels.front().users == file.users;
        QVERIFY(inLevel || (run->whole && run->whole->users == file.users));
    }
    const std::optional<double> ms = run->whole ? run->whole->percentileMs(file.q) : std::nullopt;
    QCOMPARE(ms.has_value(), file.ms >= 0);
    if (ms)
        QCOMPARE(qRound64(*ms * 1000), qRound64(file.ms * 1000));
    QVERIFY(!run->percentileMeaning.isEmpty());
    QVERIFY(!run->latencyMeaning.isEmpty());
    QCOMPARE(run->latency.count(), 0);
    for (const LoadAggregate &part : run->aggregates) {
        QCOMPARE_GT(part.end, part.start);
        QCOMPARE_LE(part.failed, part.completed);
    }
}

void TestSummaryData::refuses_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(refusedSummaries)); ++i)
        QTest::newRow(refusedSummaries[i].path) << i;
}

void TestSummaryData::refuses()
{
    QFETCH(const int, index);
    const QString path = sharedLoadTest(QString::fromUtf8(refusedSummaries[index].path));
    if (!QFile::exists(path))
        QSKIP("no shared data here");
    const Result<LoadTestRun> run = readLoadTest(path);
    QVERIFY(!run);
    QCOMPARE(run.error().file, path);
    const QString said = run.error().message.en + u' ' + run.error().hint.en;
    QVERIFY2(said.contains(QString::fromUtf8(refusedSummaries[index].words)), qPrintable(said));
    QVERIFY(!run.error().message.ja.isEmpty());
    QVERIFY(!run.error().hint.ja.isEmpty());
}

QTEST_APPLESS_MAIN(TestSummaryData)

#include "tst_summarydata.moc"
