// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/actionsmodel.h>
#include <items/evidencemodel.h>
#include <items/findingsmodel.h>

#include "review/samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;

namespace {

QString printed(const QAbstractItemModel &model, const QList<int> &columns)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column : columns)
            cells << model.index(row, column).data().toString();
        rows << cells.join(u'|');
    }
    return rows.join(u'\n');
}

Finding finding(Verdict verdict, const char *title)
{
    Finding finding;
    finding.rule = QStringLiteral("graceful-stop");
    finding.verdict = verdict;
    finding.title = sameText(QString::fromLatin1(title));
    finding.object = QStringLiteral("Deployment/id-auth");
    finding.file = QStringLiteral("k8s/deployment.yaml");
    finding.span = {41, 7, 41, 20};
    finding.measured = sameText(QStringLiteral("30 s"));
    finding.wanted = sameText(QStringLiteral("≥ 45 s"));
    finding.reason = {QStringLiteral("足りません。"), QStringLiteral("It is short.")};
    finding.snippet = QStringLiteral("terminationGracePeriodSeconds: 45");
    return finding;
}

} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void findings();
    void findingAccess();
    void evidence();
    void evidenceWithoutAFile();
    void actions();
    void emptyTables();
};

void TestTables::findings()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model);
    Finding inContainer = finding(Verdict::Fail, "second fail");
    inContainer.container = QStringLiteral("app");
    inContainer.span = {};
    inContainer.comparison = Comparison{30, 45, Comparison::Relation::AtLeast, QStringLiteral("s")};
    model.show({finding(Verdict::Pass, "pass"), finding(Verdict::NotApplicable, "na"),
                finding(Verdict::Fail, "fail"), finding(Verdict::Warn, "warn"),
                finding(Verdict::Unknown, "unknown"), inContainer});
    model.setLanguage(Lang::En);
    using M = FindingsModel;
    QCOMPARE(printed(model, {M::VerdictColumn, M::TitleColumn, M::ObjectColumn, M::PlaceColumn}),
             QStringLiteral("Fail|fail|Deployment/id-auth|k8s/deployment.yaml:41\n"
                            "Fail|second fail|Deployment/id-auth (app)|k8s/deployment.yaml\n"
                            "Unknown|unknown|Deployment/id-auth|k8s/deployment.yaml:41\n"
                            "Warn|warn|Deployment/id-auth|k8s/deployment.yaml:41\n"
                            "Pass|pass|Deployment/id-auth|k8s/deployment.yaml:41\n"
                            "N/A|na|Deployment/id-auth|k8s/deployment.yaml:41"));
    const QModelIndex row = model.index(1, M::TitleColumn);
    QVERIFY(row.data(M::HasComparisonRole).toBool());
    QVERIFY(!model.index(0, 0).data(M::HasComparisonRole).toBool());
    QCOMPARE(row.data(M::VerdictRole).toInt(), int(Verdict::Fail));
    QCOMPARE(row.data(M::SnippetRole).toString(), QStringLiteral("terminationGracePeriodSeconds: 45"));
    QCOMPARE(row.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Fail, second fail, It is short."));
    model.setLanguage(Lang::Ja);
    QCOMPARE(row.data(M::ReasonRole).toString(), QStringLiteral("足りません。"));
    QCOMPARE(model.headerData(M::WantedColumn, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("必要"));
}

void TestTables::findingAccess()
{
    FindingsModel model, other;
    model.show({finding(Verdict::Pass, "pass"), finding(Verdict::Fail, "fail")});
    other.show({finding(Verdict::Pass, "pass")});
    QCOMPARE(model.finding(model.index(0, 3))->title.en, QStringLiteral("fail"));
    QVERIFY(!model.finding({}));
    QVERIFY(!model.finding(other.index(0, 0)));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.clear();
    QCOMPARE(resets.size(), 1);
    QCOMPARE(model.rowCount(), 0);
}

void TestTables::evidence()
{
    EvidenceModel model;
    const QAbstractItemModelTester tester(&model);
    Evidence evidence;
    evidence.files = {
        {QStringLiteral("a.yaml"), QByteArray(64, 'a'), 512, samples::at(0).toUTC()},
        {QStringLiteral("b.yaml"), QByteArray(64, 'b'), 3 * 1024 * 1024, samples::at(0).toUTC()},
        {QStringLiteral("c.yaml"), QByteArray(64, 'c'), 2048, {}}};
    Problem unreadable;
    unreadable.file = QStringLiteral("z.log");
    unreadable.message = sameText(QStringLiteral("cut short"));
    Problem partly = unreadable;
    partly.file = QStringLiteral("b.yaml");
    partly.span = {7, 1, 7, 2};
    Problem warned = partly;
    warned.file = QStringLiteral("c.yaml");
    evidence.unreadable = {unreadable, partly};
    evidence.warnings = {warned, partly};
    model.show(evidence);
    model.setLanguage(Lang::En);
    using M = EvidenceModel;
    QCOMPARE(printed(model, {M::PathColumn, M::StateColumn, M::SizeColumn, M::DigestColumn}),
             QStringLiteral("b.yaml|Not readable|3 MiB|bbbbbbbbbbbb\n"
                            "z.log|Not readable||\n"
                            "c.yaml|Read, with remarks|2 KiB|cccccccccccc\n"
                            "a.yaml|Read|512 B|aaaaaaaaaaaa"));
    QCOMPARE(model.count(M::State::Unreadable), 2);
    QCOMPARE(model.count(M::State::Read), 1);
    QCOMPARE(model.index(0, 0).data(M::LineRole).toInt(), 7);
    QCOMPARE(model.index(3, 0).data(M::LineRole).toInt(), 0);
    QCOMPARE(model.index(0, 0).data(M::DigestRole).toString().size(), 64);
    QVERIFY(
        model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("b.yaml:7:1: cut short")));
    QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("z.log, Not readable"));
    QVERIFY(model.index(0, M::SizeColumn).data(M::SortRole).toLongLong()
            > model.index(2, M::SizeColumn).data(M::SortRole).toLongLong());
}

void TestTables::evidenceWithoutAFile()
{
    EvidenceModel model;
    const QAbstractItemModelTester tester(&model);
    Evidence evidence;
    evidence.unreadable.emplace_back();
    model.show(evidence);
    QCOMPARE(model.rowCount(), 0);
}

void TestTables::actions()
{
    ActionsModel model;
    const QAbstractItemModelTester tester(&model);
    const Checklist checklist = samples::bigChecklist(2);
    Review review = samples::review(checklist);
    const QDate today(2026, 11, 20);
    review.items[0].actions = {
        {QStringLiteral("done"), QStringLiteral("A"), {}, today.addDays(-9), true},
        {QStringLiteral("no date"), QStringLiteral("B"), {}, {}, false},
        {QStringLiteral("later"), QStringLiteral("C"), QStringLiteral("https://x"), today.addDays(9), false}};
    review.items[1].actions = {{QStringLiteral("overdue"), QStringLiteral("D"), {}, today.addDays(-1), false},
                               {QStringLiteral("today"), QStringLiteral("E"), {}, today, false}};
    model.show(review, checklist, today);
    model.setLanguage(Lang::En);
    using M = ActionsModel;
    QCOMPARE(
        printed(model,
                {M::DoneColumn, M::TextColumn, M::OwnerColumn, M::DueColumn, M::ItemColumn, M::LinkColumn}),
        QStringLiteral("Open|overdue|D|2026-11-19|Title of a.item-01|\n"
                       "Open|today|E|2026-11-20|Title of a.item-01|\n"
                       "Open|later|C|2026-11-29|Title of a.item-00|https://x\n"
                       "Open|no date|B||Title of a.item-00|\n"
                       "Done|done|A|2026-11-11|Title of a.item-00|"));
    QCOMPARE(model.openCount(), 4);
    QCOMPARE(model.overdueCount(), 1);
    QVERIFY(model.index(0, 0).data(M::OverdueRole).toBool());
    QVERIFY(!model.index(1, 0).data(M::OverdueRole).toBool());
    QVERIFY(!model.index(4, 0).data(M::OverdueRole).toBool());
    QCOMPARE(model.index(2, 0).data(M::ItemIdRole).toString(), QStringLiteral("a.item-00"));
    QCOMPARE(model.index(2, 0).data(M::PositionRole).toInt(), 2);
    QCOMPARE(model.index(0, M::TextColumn).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("overdue, Open, owner D, due 2026-11-19, overdue"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestTables::emptyTables()
{
    FindingsModel findings;
    EvidenceModel evidence;
    ActionsModel actions;
    for (QAbstractItemModel *model :
         std::initializer_list<QAbstractItemModel *>{&findings, &evidence, &actions}) {
        const QAbstractItemModelTester tester(model);
        QCOMPARE(model->rowCount(), 0);
        for (int column = 0; column < model->columnCount(); ++column)
            QVERIFY(!model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(model->roleNames().values().contains("sort"));
    }
}

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
