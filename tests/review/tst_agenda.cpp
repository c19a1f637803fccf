// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/agenda.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);

/// One item of a checklist: what machine and people say of it.
struct Row {
    const char *id;
    Level level;
    int machine;                         ///< a Verdict; -1: answered by people
    TeamAnswer team = TeamAnswer::Open;
    ReviewAnswer reviewer = ReviewAnswer::Open;
    bool waived = false;
};

constexpr int people = -1, pass = int(Verdict::Pass), warn = int(Verdict::Warn), fail = int(Verdict::Fail),
              unknown = int(Verdict::Unknown), na = int(Verdict::NotApplicable);
constexpr Level must = Level::Must, should = Level::Should;

/// Holds what an outcome points into.
struct Setting {
    Checklist checklist;
    Assessment assessment;
    Review review;
    Outcome outcome;

    explicit Setting(const std::vector<Row> &rows)
    {
        std::vector<Item> items;
        for (const Row &row : rows) {
            items.push_back(samples::item(QString::fromLatin1(row.id), row.level, row.machine != people));
            assessment.items.push_back(samples::result(QString::fromLatin1(row.id),
                                                       row.machine < 0 ? Verdict::Unknown : Verdict(row.machine),
                                                       row.machine >= 0));
        }
        checklist = samples::checklist(items);
        review = samples::review(checklist);
        for (size_t i = 0; i < rows.size(); ++i) {
            review.items[i].team.answer = rows[i].team;
            review.items[i].team.note = rows[i].team == TeamAnswer::Open ? QString() : QStringLiteral("seen");
            review.items[i].team.by = QStringLiteral("A");
            review.items[i].reviewer.answer = rows[i].reviewer;
            review.items[i].reviewer.by = QStringLiteral("B");
            if (rows[i].waived)
                review.items[i].waivers = {samples::waiver()};
        }
        workOut();
    }

    void workOut() { outcome = decide(checklist, assessment, &review, today); }
};

/// "disagreement a b · failure c".
QString asText(const Agenda &agenda)
{
    QStringList parts;
    for (const AgendaEntry &e : agenda.entries) {
        const QString group = toString(e.group);
        if (parts.isEmpty() || !parts.last().startsWith(group))
            parts.append(group);
        parts.last() += u' ' + e.itemId;
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace

Q_DECLARE_METATYPE(Row)

class TestAgenda : public QObject
{
    Q_OBJECT

private slots:
    void groupOfOneItem_data();
    void groupOfOneItem();
    void order();
    void everyItemOnce();
    void whatWasDecidedStays();
    void newEvidenceMovesTheOthers();
    void settledItemsTheAgendaDidNotHave();
    void empty();
    void words();
};

void TestAgenda::groupOfOneItem_data()
{
    QTest::addColumn<Row>("row");
    QTest::addColumn<QString>("group");
    using enum TeamAnswer;
    using R = ReviewAnswer;
    const auto row = [](const char *name, const Row &row, const char *group) {
        QTest::newRow(name) << row << QString::fromLatin1(group);
    };
    row("machine fails", {"a", must, fail}, "failure");
    row("machine fails, team agrees", {"a", must, fail, Fail}, "failure");
    row("machine fails, team passes", {"a", must, fail, Pass}, "disagreement");
    row("machine fails, accepted", {"a", must, fail, Fail, R::Accept}, "disagreement");
    row("machine fails, waived", {"a", must, fail, Fail, R::Waive, true}, "rest");
    row("machine passes, team fails", {"a", must, pass, Fail}, "disagreement");
    row("machine passes, rejected", {"a", must, pass, Pass, R::Reject}, "disagreement");
    row("machine passes", {"a", must, pass}, "rest");
    row("machine warns", {"a", must, warn}, "rest");
    row("machine knows nothing", {"a", must, unknown}, "unknown");
    row("unknown, attested and accepted", {"a", must, unknown, Pass, R::Accept}, "rest");
    row("people, nobody answered", {"a", must, people}, "unknown");
    row("people, not yet", {"a", must, people, NotYet}, "unknown");
    row("people, fail", {"a", must, people, Fail}, "failure");
    row("people, pass", {"a", must, people, Pass}, "rest");
    row("people, a question is open", {"a", must, people, Pass, R::Ask}, "unknown");
    row("not applicable", {"a", should, na}, "rest");
}

void TestAgenda::groupOfOneItem()
{
    QFETCH(Row, row);
    QFETCH(QString, group);
    const Setting setting({row});
    QCOMPARE(toString(agendaGroupOf(setting.outcome.items[0])), group);
}

void TestAgenda::order()
{
    using enum TeamAnswer;
    const Setting setting({
        {"a.pass", must, pass}, {"b.unknown-should", should, unknown}, {"c.fail-should", should, fail},
        {"d.unknown-must", must, unknown}, {"e.differ-should", should, fail, Pass}, {"f.fail-must", must, fail},
        {"g.differ-must", must, pass, Fail}, {"h.fail-must", must, fail}, {"i.rest-should", should, pass},
        {"j.open", must, people}, {"k.rest", must, warn}});
    QCOMPARE(asText(agendaOf(setting.outcome)),
             "disagreement g.differ-must e.differ-should · failure f.fail-must h.fail-must c.fail-should · "
             "unknown d.unknown-must j.open b.unknown-should · rest a.pass k.rest i.rest-should");
    const Agenda agenda = agendaOf(setting.outcome);
    QCOMPARE(agenda.count(AgendaGroup::Disagreement), 2);
    QCOMPARE(agenda.count(AgendaGroup::Stale), 0);
    QCOMPARE(agenda.count(AgendaGroup::Rest), 3);
    QCOMPARE(agenda.contested(), 8);
    QCOMPARE(agenda.indexOf("f.fail-must"), 2);
    QCOMPARE(agenda.indexOf("nowhere"), -1);
}

void TestAgenda::everyItemOnce()
{
    QRandomGenerator random(6);
    for (int round = 0; round < 200; ++round) {
        std::vector<Row> rows;
        QList<QByteArray> names;
        for (int i = 0; i < 30; ++i)
            names.append("item-" + QByteArray::number(i));
        for (const QByteArray &name : names)
            rows.push_back({name.constData(), random.bounded(2) ? must : should, int(random.bounded(6)) - 1,
                            TeamAnswer(random.bounded(5)), ReviewAnswer(random.bounded(5)), random.bounded(4) == 0});
        const Setting setting(rows);
        const Agenda agenda = agendaOf(setting.outcome);
        QSet<QString> seen;
        for (const AgendaEntry &e : agenda.entries)
            seen.insert(e.itemId);
        QCOMPARE(seen.size(), 30);
        QCOMPARE(agenda.entries.size(), 30u);
        QVERIFY(std::ranges::is_sorted(agenda.entries, {}, &AgendaEntry::group));
        // Decided or not, nothing moves while nothing else changes.
        QCOMPARE(agendaOf(setting.outcome, agenda, seen), agenda);
    }
}

void TestAgenda::whatWasDecidedStays()
{
    Setting setting({{"a.one", must, fail, TeamAnswer::Pass}, {"b.two", must, fail}, {"c.three", must, unknown}});
    const Agenda before = agendaOf(setting.outcome);
    setting.review.items[1].waivers = {samples::waiver()};
    setting.review.items[1].reviewer.answer = ReviewAnswer::Waive;
    setting.workOut();
    QCOMPARE(asText(agendaOf(setting.outcome)), "disagreement a.one · unknown c.three · rest b.two");
    QCOMPARE(agendaOf(setting.outcome, before, {"b.two"}), before);
}

void TestAgenda::newEvidenceMovesTheOthers()
{
    Setting setting({{"a.one", must, fail}, {"b.two", must, fail}, {"c.three", must, unknown}});
    const Agenda before = agendaOf(setting.outcome);
    setting.assessment.items[0].verdict = Verdict::Pass;
    setting.assessment.items[1].verdict = Verdict::Pass;
    setting.workOut();
    QCOMPARE(asText(agendaOf(setting.outcome, before, {"a.one"})), "failure a.one · unknown c.three · rest b.two");
}

void TestAgenda::settledItemsTheAgendaDidNotHave()
{
    const Setting setting({{"a.one", must, fail}});
    QCOMPARE(asText(agendaOf(setting.outcome, {}, {"a.one", "gone"})), "failure a.one");
}

void TestAgenda::empty()
{
    const Agenda agenda = agendaOf({});
    QVERIFY(agenda.entries.empty());
    QCOMPARE(agenda.contested(), 0);
}

void TestAgenda::words()
{
    QSet<QString> ja, en;
    for (const AgendaGroup group : agendaGroups) {
        QVERIFY(agendaGroupFromString(toString(group)) == group);
        ja.insert(label(group).ja);
        en.insert(label(group).en);
    }
    QCOMPARE(ja.size(), 5);
    QCOMPARE(en.size(), 5);
    QVERIFY(!agendaGroupFromString("other"));
}

QTEST_APPLESS_MAIN(TestAgenda)
#include "tst_agenda.moc"
