// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/loadlabelmodel.h>
#include <items/loadstepmodel.h>

#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace tenken;

/// The tables of a load test's steps and of its request names.
class TestLoadTables : public QObject
{
    Q_OBJECT
private slots:
    void stepsSayWhatTheyAre();
    void whatIsNotToldIsNoZero();
    void unknownIsADash();
    void fewSamplesAreMarked();
    void labelsSortByValue();
    void labelsBeyondTheCap();
    void emptyIsHarmless();

private:
    static QString cell(const QAbstractItemModel &model, int row, int column, int role = Qt::DisplayRole)
    {
        return model.index(row, column).data(role).toString();
    }
};

namespace {

LoadStep step(double offered, qint64 samples, double p95)
{
    LoadStep s;
    s.offered = offered;
    s.throughput = offered;
    s.end = 60;
    s.samples = samples;
    s.p50 = p95 / 2;
    s.p95 = p95;
    s.p99 = p95 * 2;
    s.max = p95 * 3;
    return s;
}

LoadLabel labelled(const char *name, qint64 samples, qint64 errors, qint64 us)
{
    LoadLabel label;
    label.name = QString::fromLatin1(name);
    label.samples = samples;
    label.errors = errors;
    label.latency.add(us, samples);
    return label;
}

} // namespace

// A table of percentiles has no rate, perhaps no count, and no failures.
void TestLoadTables::whatIsNotToldIsNoZero()
{
    LoadTestPicture t;
    t.steps = {step(0, 0, 20)};
    t.steps[0].end = t.steps[0].start;
    auto run = std::make_shared<LoadTestRun>();
    run->knowsErrors = false;
    t.run = run;
    LoadStepModel model;
    model.show(t, Lang::En);
    for (const auto column : {LoadStepModel::OfferedColumn, LoadStepModel::CompletedColumn, LoadStepModel::SamplesColumn})
        QCOMPARE(cell(model, 0, column), QStringLiteral("—"));
    QCOMPARE(cell(model, 0, LoadStepModel::ErrorsColumn), QStringLiteral("unknown"));
    t.steps[0].end = 60; // nothing came back in a minute: that is told
    model.show(t, Lang::En);
    QCOMPARE(cell(model, 0, LoadStepModel::CompletedColumn), QStringLiteral("0"));
}

void TestLoadTables::stepsSayWhatTheyAre()
{
    LoadTestPicture t;
    t.steps = {step(100, 5'000, 20), step(200, 5'000, 90), step(210, 5'000, 21), step(300, 5'000, 200)};
    t.steps[3].name = QStringLiteral("c16");
    t.steps[3].windows = 1;
    t.knee.usable = t.knee.reached = true;
    t.knee.lastGoodStep = 2;
    t.knee.firstBadStep = 3;
    t.knee.spikes = {1};
    LoadStepModel model;
    QAbstractItemModelTester tester(&model);
    model.show(t, Lang::En);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cell(model, 0, LoadStepModel::NumberColumn), QStringLiteral("1"));
    QCOMPARE(cell(model, 3, LoadStepModel::NumberColumn), QStringLiteral("c16"));
    QCOMPARE(cell(model, 1, LoadStepModel::RemarkColumn), QStringLiteral("a spike that recovered"));
    QCOMPARE(cell(model, 2, LoadStepModel::RemarkColumn), QStringLiteral("knee"));
    QCOMPARE(cell(model, 3, LoadStepModel::RemarkColumn), QStringLiteral("first past the knee · as the tool states"));
    QVERIFY(model.index(2, 0).data(LoadStepModel::KneeRole).toBool());
    QVERIFY(!model.index(1, 0).data(LoadStepModel::KneeRole).toBool());
    t.knee.reached = false;
    model.show(t, Lang::Ja);
    QVERIFY(!cell(model, 2, LoadStepModel::RemarkColumn).contains(QStringLiteral("膝")));
    QCOMPARE(model.headerData(LoadStepModel::MaxColumn, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("最大"));
}

void TestLoadTables::unknownIsADash()
{
    LoadTestPicture t;
    t.steps = {step(100, 5'000, 20)};
    t.steps[0].p95 = t.steps[0].max = -1;
    LoadTestRun run;
    run.knowsErrors = false;
    t.run = std::make_shared<LoadTestRun>(run);
    LoadStepModel model;
    model.show(t, Lang::En);
    QCOMPARE(cell(model, 0, LoadStepModel::P95Column), QStringLiteral("—"));
    QCOMPARE(cell(model, 0, LoadStepModel::MaxColumn), QStringLiteral("—"));
    QCOMPARE(cell(model, 0, LoadStepModel::P50Column), QStringLiteral("10 ms"));
    QCOMPARE(cell(model, 0, LoadStepModel::ErrorsColumn), QStringLiteral("unknown")); // never 0 %
}

void TestLoadTables::fewSamplesAreMarked()
{
    LoadTestPicture t;
    t.steps = {step(100, 199, 20), step(100, 200, 20), step(100, 1'000, 20)};
    LoadStepModel model;
    model.show(t, Lang::En);
    const auto trusted = [&](int row, int column) { return model.index(row, column).data(LoadStepModel::TrustedRole).toBool(); };
    QVERIFY(!trusted(0, LoadStepModel::P95Column) && trusted(1, LoadStepModel::P95Column));
    QVERIFY(!trusted(1, LoadStepModel::P99Column) && trusted(2, LoadStepModel::P99Column));
    QVERIFY(trusted(0, LoadStepModel::OfferedColumn));
    QCOMPARE(cell(model, 0, LoadStepModel::P95Column, Qt::AccessibleTextRole), QStringLiteral("20 ms, few samples"));
    QVERIFY(!cell(model, 0, LoadStepModel::P95Column, Qt::ToolTipRole).isEmpty());
}

void TestLoadTables::labelsSortByValue()
{
    auto run = std::make_shared<LoadTestRun>();
    run->labels = {labelled("b", 900, 9, 5'000), labelled("a", 1'100, 0, 40'000), labelled("c", 30, 30, 1'000'000)};
    LoadLabelModel model;
    QAbstractItemModelTester tester(&model);
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(LoadLabelModel::SortRole);
    model.show(run, Lang::En);
    const auto order = [&](int column) {
        sorted.sort(column, Qt::DescendingOrder);
        QString names;
        for (int i = 0; i < sorted.rowCount(); ++i)
            names += sorted.index(i, 0).data().toString();
        return names;
    };
    QCOMPARE(order(LoadLabelModel::RequestsColumn), QStringLiteral("abc")); // 1,100 before 900: numbers, not words
    QCOMPARE(order(LoadLabelModel::ErrorsColumn), QStringLiteral("cba"));
    QCOMPARE(order(LoadLabelModel::P95Column), QStringLiteral("cab"));
    QCOMPARE(order(LoadLabelModel::NameColumn), QStringLiteral("cba"));
    QCOMPARE(cell(model, 0, LoadLabelModel::ErrorsColumn), QStringLiteral("1 %"));
    QVERIFY(!model.index(2, LoadLabelModel::P95Column).data(LoadLabelModel::TrustedRole).toBool());
}

void TestLoadTables::labelsBeyondTheCap()
{
    auto run = std::make_shared<LoadTestRun>();
    run->labels = {labelled("a", 10, 0, 5'000), labelled("", 10, 0, 5'000)};
    run->labelsBeyondCap = 312;
    LoadLabelModel model;
    model.show(run, Lang::En);
    QCOMPARE(cell(model, 1, LoadLabelModel::NameColumn), QStringLiteral("312 other names"));
}

void TestLoadTables::emptyIsHarmless()
{
    LoadStepModel steps;
    LoadLabelModel labels;
    QAbstractItemModelTester stepTester(&steps), labelTester(&labels);
    steps.show({}, Lang::En);
    labels.show({}, Lang::En);
    QCOMPARE(steps.rowCount() + labels.rowCount(), 0);
    auto run = std::make_shared<LoadTestRun>();
    run->labels = {LoadLabel()};
    labels.show(run, Lang::En);
    QCOMPARE(cell(labels, 0, LoadLabelModel::P50Column), QStringLiteral("—"));
    QVERIFY(!steps.headerData(99, Qt::Horizontal, Qt::DisplayRole).isValid());
}

QTEST_GUILESS_MAIN(TestLoadTables)
#include "tst_loadtables.moc"
