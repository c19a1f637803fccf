// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/selfassessment.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);

struct Row {
    int machine = -1;                  ///< a Verdict; -1: answered by people
    TeamAnswer team = TeamAnswer::Open;
    const char *note = "";
    ReviewAnswer reviewer = ReviewAnswer::Open;
    int replyMinutes = 0;              ///< the reviewer spoke so long after the team
    bool waived = false;
};

constexpr int people = -1, pass = int(Verdict::Pass), warn = int(Verdict::Warn), fail = int(Verdict::Fail),
              unknown = int(Verdict::Unknown), na = int(Verdict::NotApplicable);

/// Holds what the outcome points into.
struct Setting {
    Checklist checklist;
    Assessment assessment;
    Review review;
    Outcome outcome;

    Setting(const std::vector<std::pair<Level, Row>> &rows)
    {
        std::vector<Item> items;
        for (size_t i = 0; i < rows.size(); ++i) {
            const QString id = QStringLiteral("a.item-%1").arg(i);
            Item item = samples::item(id, rows[i].first, rows[i].second.machine != people);
            item.evidence = {"リンク。", "A link."};
            items.push_back(item);
            ItemResult result = samples::result(id, rows[i].second.machine < 0 ? Verdict::Unknown : Verdict(rows[i].second.machine), rows[i].second.machine >= 0);
            if (result.machine) {
                Finding f;
                f.verdict = result.verdict;
                f.reason = {"理由", "the reason"};
                f.remedy = {"直し方", "the remedy"};
                f.file = "readiness/service.yaml";
                f.span = {12, 1, 12, 5};
                f.snippet = "drain-seconds: 20";
                result.findings = {f};
            }
            assessment.items.push_back(result);
        }
        checklist = samples::checklist(items);
        review = samples::review(checklist);
        for (size_t i = 0; i < rows.size(); ++i) {
            const Row &row = rows[i].second;
            ItemReview &item = review.items[i];
            if (row.team != TeamAnswer::Open)
                item.team = {row.team, QString::fromUtf8(row.note), {}, "Sato", samples::at(0)};
            if (row.reviewer != ReviewAnswer::Open)
                item.reviewer = {row.reviewer, "why?", {}, "Suzuki", samples::at(row.replyMinutes)};
            if (row.waived)
                item.waivers = {samples::waiver()};
        }
        outcome = decide(checklist, assessment, &review, today);
    }
};

} // namespace

Q_DECLARE_METATYPE(Row)

class TestSelfAssessment : public QObject
{
    Q_OBJECT

private slots:
    void oneItem_data();
    void oneItem();
    void order();
    void readyOnlyWhenNothingIsSilent();
    void howToSupply();
    void withoutAReview();
    void nothing();
};

void TestSelfAssessment::oneItem_data()
{
    QTest::addColumn<Row>("row");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("silent");
    using enum TeamAnswer;
    using R = ReviewAnswer;
    const auto row = [](const char *name, const Row &row, const char *kind, bool silent = false) {
        QTest::newRow(name) << row << QString::fromLatin1(kind) << silent;
    };
    row("pass needs nothing", {pass}, "");
    row("warn needs nothing", {warn}, "");
    row("n/a needs nothing", {na}, "");
    row("fail, nobody said anything", {fail}, "Mend", true);
    row("fail, the team knows", {fail, Fail, "mended next week"}, "Mend");
    row("fail, not yet", {fail, NotYet}, "Not yet");
    row("fail, waived", {fail, Open, "", R::Open, 0, true}, "");
    row("fail, waived, not yet", {fail, NotYet, "", R::Open, 0, true}, "");
    row("unknown, silent", {unknown}, "Evidence", true);
    row("unknown, attested", {unknown, Pass, "seen"}, "");
    row("unknown, pass without a reason", {unknown, Pass}, "Reason");
    row("people, silent", {people}, "Answer", true);
    row("people, pass with a note", {people, Pass, "seen"}, "");
    row("people, pass without a reason", {people, Pass}, "Reason");
    row("people, n/a without a note", {people, NotApplicable}, "Reason");
    row("people, fail", {people, Fail, "not there"}, "Mend");
    row("people, not yet", {people, NotYet}, "Not yet");
    row("asked after the answer", {pass, Pass, "seen", R::Ask, 5}, "Reply");
    row("asked, and answered since", {pass, Pass, "seen", R::Ask, -5}, "");
    row("sent back", {people, Pass, "seen", R::Reject, 5}, "Reply");
    row("accepted", {people, Pass, "seen", R::Accept, 5}, "");
}

void TestSelfAssessment::oneItem()
{
    QFETCH(Row, row);
    QFETCH(QString, kind);
    QFETCH(bool, silent);
    const Setting setting({{Level::Must, row}});
    const SelfAssessment all = selfAssessmentOf(setting.outcome);
    QCOMPARE(all.tasks.empty() ? QString() : label(all.tasks[0].kind).en, kind);
    QCOMPARE(all.silent, silent ? 1 : 0);
    QCOMPARE(all.isReady(), !silent);
    if (!kind.isEmpty()) {
        QVERIFY(!all.tasks[0].missing.isEmpty());
        QCOMPARE(all.task("a.item-0"), &all.tasks[0]);
    }
}

void TestSelfAssessment::order()
{
    const Setting setting({{Level::Should, {fail}}, {Level::Must, {fail, TeamAnswer::Fail, "known"}}, {Level::Must, {pass}},
                           {Level::Must, {people}}, {Level::Should, {unknown, TeamAnswer::Pass}}, {Level::Must, {unknown}}});
    QStringList ids;
    for (const SelfTask &task : selfAssessmentOf(setting.outcome).tasks)
        ids.append(task.standing->item->id.last(1));
    QCOMPARE(ids, QStringList({"3", "5", "1", "0", "4"}));
}

void TestSelfAssessment::readyOnlyWhenNothingIsSilent()
{
    const Setting open({{Level::Must, {fail, TeamAnswer::Fail, "known"}}, {Level::Should, {people}}});
    QVERIFY(!selfAssessmentOf(open.outcome).isReady()); // a should counts as well
    const Setting spoken({{Level::Must, {fail, TeamAnswer::Fail, "known"}}, {Level::Should, {people, TeamAnswer::NotYet}}});
    QVERIFY(selfAssessmentOf(spoken.outcome).isReady()); // a review may be asked for with a NO-GO
    QVERIFY(spoken.outcome.decision == Decision::NoGo);
}

void TestSelfAssessment::howToSupply()
{
    const Setting setting({{Level::Must, {unknown}}, {Level::Must, {people}}});
    const SelfAssessment all = selfAssessmentOf(setting.outcome);
    QCOMPARE(all.tasks[0].how.en, "the remedy");
    QCOMPARE(all.tasks[0].file, "readiness/service.yaml");
    QCOMPARE(all.tasks[0].span.line, 12);
    QCOMPARE(all.tasks[0].snippet, "drain-seconds: 20");
    QCOMPARE(all.tasks[0].missing.en, "the reason");
    QCOMPARE(all.tasks[1].how.en, "A link.");
    QVERIFY(all.tasks[1].file.isEmpty());
}

void TestSelfAssessment::withoutAReview()
{
    const Setting setting({{Level::Must, {unknown}}, {Level::Must, {people}}, {Level::Must, {pass}}});
    const Outcome outcome = decide(setting.checklist, setting.assessment, nullptr, today);
    QCOMPARE(selfAssessmentOf(outcome).silent, 2);
}

void TestSelfAssessment::nothing()
{
    QVERIFY(!selfAssessmentOf({}).isReady());
    QVERIFY(!selfAssessmentOf({}).task("a"));
}

QTEST_APPLESS_MAIN(TestSelfAssessment)
#include "tst_selfassessment.moc"
