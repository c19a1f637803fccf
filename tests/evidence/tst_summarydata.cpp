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
    void series_data();
    void series();
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
    QVERIFY(!run->percentileMeaning.isEmpty() || run->latency.count() > 0);
    QVERIFY(!run->latencyMeaning.isEmpty());
    for (const LoadAggregate &part : run->aggregates) {
        QCOMPARE_GT(part.end, part.start);
        QCOMPARE_LE(part.failed, part.completed);
    }
}

/// One file for each level: together they are the steps of one test.
void TestSummaryData::series_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QList<int>>("levels");
    QTest::addColumn<bool>("rates");
    QTest::addColumn<int>("model");
    const QList<int> steps{100, 150, 200, 250, 300, 350, 400, 450, 500};
    const QList<int> users{1, 2, 4, 6, 8, 12, 16, 32, 64};
    QTest::newRow("wrk") << "generated/wrk/c%1.txt" << (QList<int>(users) << 128) << false << int(LoadModel::Closed);
    QTest::newRow("ab") << "generated/ab/c%1.txt" << users << false << int(LoadModel::Closed);
    QTest::newRow("vegeta") << "generated/vegeta/step-%1.report.json" << steps << true << int(LoadModel::Open);
    QTest::newRow("h2load") << "generated/h2load/step-%1.txt" << steps << true << int(LoadModel::Open);
    QTest::newRow("autocannon") << "generated/autocannon/step-%1.json" << steps << true << int(LoadModel::Open);
}

void TestSummaryData::series()
{
    QFETCH(const QString, pattern);
    QFETCH(const QList<int>, levels);
    QFETCH(const bool, rates);
    QFETCH(const int, model);
    QStringList files;
    for (const int level : levels)
        files.prepend(sharedLoadTest(pattern.arg(level)));
    if (!QFile::exists(files.front()))
        QSKIP("no shared data here");
    const Result<LoadTestRun> run = readLoadTests(files);
    QVERIFY2(run, run ? "" : qPrintable(run.error().toString(Lang::En)));
    QCOMPARE(int(run->model), model);
    QCOMPARE(run->levels.size(), size_t(levels.size()));
    QCOMPARE(run->aggregates.size(), size_t(levels.size()));
    for (size_t i = 0; i < run->levels.size(); ++i) {
        const LoadLevel &level = run->levels[i];
        QCOMPARE(qRound(rates ? level.offered : level.users), levels[qsizetype(i)]);
        QVERIFY(std::abs(run->aggregates[i].start - level.start) < 0.01);
    }
    for (const Text &missing : run->missing)
        QVERIFY2(!missing.en.contains(QStringLiteral("rate")), qPrintable(missing.en));
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
