// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/selftaskmodel.h>

#include "review/samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;

class TestSelfTaskModel : public QObject
{
    Q_OBJECT

private slots:
    void rows();
    void theCurrentOneStays();
    void sameItemsAreNoReset();

private:
    Outcome outcome() { return decide(m_checklist, m_assessment, &m_review, QDate(2026, 11, 20)); }
    static QStringList asText(const SelfTaskModel &model)
    {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row)
            lines.append(model.index(row, SelfTaskModel::Kind).data().toString() + u' ' + model.index(row, 0).data(SelfTaskModel::ItemIdRole).toString());
        return lines;
    }

    Checklist m_checklist = samples::checklist({samples::item("a", Level::Should, false), samples::item("b", Level::Must, false), samples::item("c")});
    Assessment m_assessment = [] {
        Assessment judged;
        judged.items = {samples::result("a", Verdict::Unknown, false), samples::result("b", Verdict::Unknown, false), samples::result("c", Verdict::Fail)};
        return judged;
    }();
    Review m_review = samples::review(m_checklist);
};

void TestSelfTaskModel::rows()
{
    SelfTaskModel model(Lang::En);
    QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    const Outcome now = outcome();
    model.setTasks(selfAssessmentOf(now), m_checklist, {});
    QCOMPARE(asText(model), QStringList({"Answer b", "Mend c", "Answer a"}));
    QCOMPARE(model.rowOf("c"), 1);
    QCOMPARE(model.rowOf("nowhere"), -1);
    QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains("must"));
    QVERIFY(model.index(0, 0).data(SelfTaskModel::SilentRole).toBool());
    QVERIFY(!model.index(9, 0).isValid());
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), "To do");
}

void TestSelfTaskModel::theCurrentOneStays()
{
    SelfTaskModel model(Lang::En);
    QAbstractItemModelTester tester(&model);
    const Outcome before = outcome();
    model.setTasks(selfAssessmentOf(before), m_checklist, "c");
    m_review.items[2].waivers = {samples::waiver()};
    const Outcome after = outcome();
    model.setTasks(selfAssessmentOf(after), m_checklist, "c");
    QCOMPARE(asText(model), QStringList({"Answer b", "Done c", "Answer a"}));
    QVERIFY(model.index(1, 0).data(SelfTaskModel::DoneRole).toBool());
    model.setTasks(selfAssessmentOf(after), m_checklist, "b");
    QCOMPARE(asText(model), QStringList({"Answer b", "Answer a"}));
    model.setTasks({}, m_checklist, "no.such.item");
    QCOMPARE(model.rowCount(), 0);
    m_review = samples::review(m_checklist);
}

void TestSelfTaskModel::sameItemsAreNoReset()
{
    SelfTaskModel model(Lang::En);
    const Outcome before = outcome();
    model.setTasks(selfAssessmentOf(before), m_checklist, {});
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset), changed(&model, &QAbstractItemModel::dataChanged);
    model.setTasks(selfAssessmentOf(before), m_checklist, {});
    QCOMPARE(changed.size(), 0);
    m_review.items[1].team.answer = TeamAnswer::Pass; // now a reason is missing
    const Outcome after = outcome();
    model.setTasks(selfAssessmentOf(after), m_checklist, {});
    QCOMPARE(asText(model).at(0), "Mend c");
    QCOMPARE(reset.size(), 1); // it moved down
    m_review.items[1].team.note = "seen";
    m_review.items[2].team = {TeamAnswer::Fail, "known", {}, "Sato", samples::at(0)};
    m_review = samples::review(m_checklist);
}

QTEST_APPLESS_MAIN(TestSelfTaskModel)
#include "tst_selftaskmodel.moc"
