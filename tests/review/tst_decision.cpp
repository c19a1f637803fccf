// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/decision.h>

#include <review/lead.h>
#include <review/standing.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);
const QString id = QStringLiteral("a.one");

/// One item: what machine, team and reviewer say, and the waiver.
struct Case {
    int machine = -1;   ///< -1: answered by people; -2: has rules, was not judged
    TeamAnswer team = TeamAnswer::Open;
    ReviewAnswer reviewer = ReviewAnswer::Open;
    const char *note = "";
    int waivedDays = -999; ///< until when, from today
};

constexpr int people = -1, unjudged = -2;
constexpr int pass = int(Verdict::Pass), warn = int(Verdict::Warn), fail = int(Verdict::Fail),
              unknown = int(Verdict::Unknown), na = int(Verdict::NotApplicable);

struct Setting {
    Checklist checklist;
    Assessment assessment;
    Review review;
};

Setting settingOf(const Case &c, Level level = Level::Must)
{
    Setting s;
    s.checklist = samples::checklist({samples::item(id, level, c.machine != people)});
    if (c.machine != unjudged)
        s.assessment.items = {
            samples::result(id, c.machine < 0 ? Verdict::Unknown : Verdict(c.machine), c.machine >= 0)};
    s.review = samples::review(s.checklist);
    ItemReview &item = s.review.items[0];
    item.team.answer = c.team;
    item.team.note = QString::fromUtf8(c.note);
    item.team.by = QStringLiteral("A");
    item.reviewer.answer = c.reviewer;
    item.reviewer.by = QStringLiteral("B");
    if (c.waivedDays != -999)
        item.waivers = {samples::waiver(today.addDays(c.waivedDays))};
    return s;
}

} // namespace

Q_DECLARE_METATYPE(Case)

class TestDecision : public QObject
{
    Q_OBJECT

private slots:
    void standing_data();
    void standing();
    void nothingTalksAFailureAway();
    void decision_data();
    void decision();
    void theRuleIsData();
    void emptyIsNoGo();
    void incompleteWaiverSaysWhy();
    void latestWaiverCounts();
    void counts();
    void leads_data();
    void leads();
    void withoutReview();
    void daysInWords();
    void doubtIsNoAnswer_data();
    void doubtIsNoAnswer();
    void linksThatSayNothing();
    void objections();
};

void TestDecision::doubtIsNoAnswer_data()
{
    QTest::addColumn<Case>("given");
    QTest::addColumn<QString>("expected");
    using R = ReviewAnswer;
    const auto row = [](const char *name, const Case &given, const char *expected) {
        QTest::newRow(name) << given << QString::fromLatin1(expected);
    };
    row("pass", {pass}, "unanswered");
    row("warn", {warn, TeamAnswer::Pass}, "unanswered");
    row("n/a", {na}, "unanswered");
    row("fail", {fail}, "fail");
    row("fail, waived", {fail, TeamAnswer::Open, R::Open, "", 5}, "fail");
    row("unknown, waived", {unknown, TeamAnswer::Open, R::Open, "", 5}, "unanswered");
    row("people, attested", {people, TeamAnswer::Pass, R::Open, "seen"}, "unanswered");
    row("people, fail", {people, TeamAnswer::Fail, R::Open, "seen"}, "fail");
    row("an answer took its place", {people, TeamAnswer::Pass, R::Accept, "seen"}, "attested");
    row("rejected anew", {pass, TeamAnswer::Pass, R::Reject}, "fail");
}

/// What stands in the file and cannot be read may be a rejection.
void TestDecision::doubtIsNoAnswer()
{
    QFETCH(Case, given);
    QFETCH(QString, expected);
    Setting s = settingOf(given);
    s.review.items[0].doubt.reviewer = true;
    s.review.items[0].place.span = {12, 3, 12, 9};
    const auto standing = [&] { return decide(s.checklist, s.assessment, &s.review, today).items[0]; };
    QCOMPARE(toString(standing().standing), expected);
    QVERIFY(expected != u"unanswered" || standing().why.en.contains(QStringLiteral("line 12")));
    s.review.items[0].doubt = {.block = true}; // nothing takes the place of a misspelt key
    if (expected == u"attested")
        QCOMPARE(toString(standing().standing), QStringLiteral("unanswered"));
}

void TestDecision::linksThatSayNothing()
{
    for (const auto &[link, expected] : {std::pair("", "unanswered"), {" ", "unanswered"}, {"docs/a.md", "attested"}}) {
        Setting s = settingOf({people, TeamAnswer::Pass});
        s.review.items[0].team.links = {QString(), QString::fromLatin1(link)};
        const Outcome outcome = decide(s.checklist, s.assessment, &s.review, today);
        QCOMPARE(toString(outcome.items[0].standing), QString::fromLatin1(expected));
    }
}

/// No item shows them, and no decision passes them over: neither of a stage nor of a day to come.
void TestDecision::objections()
{
    Setting s = settingOf({pass});
    s.checklist.stages = {{QStringLiteral("10%"), sameText(QStringLiteral("10 %"))}};
    const auto decided = [&](const std::vector<Objection> &objections) {
        return decide(s.checklist, s.assessment, &s.review, today, {}, objections);
    };
    QVERIFY(decided({}).decision == Decision::Go);
    const Problem problem{QStringLiteral("readiness/review.yaml"), {9, 1, 9, 8}, {"印", "Line 9 has a marker."}, {}};
    const Outcome unreadable = decided({unreadableReview(problem)});
    QVERIFY(unreadable.decision == Decision::NoGo);
    QVERIFY(unreadable.stages[0].decision == Decision::NoGo);
    QCOMPARE(unreadable.stages[0].lead.en, QStringLiteral("the review cannot be read"));
    QCOMPARE(unreadable.lead.en,
             QStringLiteral("The review cannot be read, so nobody can tell what people decided: Line 9 has a marker."));
    QVERIFY(unreadable.forecast.empty());

    const auto stray = [&](const char *name, TeamAnswer team, ReviewAnswer reviewer) {
        ItemReview block;
        block.id = QString::fromLatin1(name);
        block.team.answer = team;
        block.reviewer.answer = reviewer;
        block.place.span = {30, 3, 30, 9};
        Review review = s.review;
        review.items.push_back(block);
        return strayObjections(review, s.checklist);
    };
    QVERIFY(strayObjections(s.review, s.checklist).empty());
    QVERIFY(stray("a.onee", TeamAnswer::Pass, ReviewAnswer::Accept).empty());
    const auto misspelt = stray("a.onee", TeamAnswer::Pass, ReviewAnswer::Reject);
    QCOMPARE(misspelt.size(), 1u);
    QCOMPARE(misspelt[0].problem.span.line, 30);
    QVERIFY2(misspelt[0].problem.hint.en.contains(id), qPrintable(misspelt[0].problem.hint.en));
    QVERIFY(decided(misspelt).decision == Decision::NoGo);
    const Outcome gone = decided(stray("b.dropped-long-ago", TeamAnswer::Fail, ReviewAnswer::Open));
    QVERIFY(gone.decision == Decision::ConditionalGo);
    QVERIFY2(gone.lead.en.contains(QStringLiteral("b.dropped-long-ago")), qPrintable(gone.lead.en));
    QCOMPARE(stray("b.dropped", TeamAnswer::Open, ReviewAnswer::Ask).size(), 1u);
}

void TestDecision::standing_data()
{
    QTest::addColumn<Case>("given");
    QTest::addColumn<QString>("expected");
    using enum TeamAnswer;
    using R = ReviewAnswer;
    const auto row = [](const char *name, const Case &given, const char *expected) {
        QTest::newRow(name) << given << QString::fromLatin1(expected);
    };
    row("pass", {pass}, "pass");
    row("pass, everybody agrees", {pass, Pass, R::Accept}, "pass");
    row("pass, rejected", {pass, Pass, R::Reject}, "fail");
    row("pass, team says fail", {pass, Fail}, "fail");
    row("pass, team says fail, reviewer saw it", {pass, Fail, R::Accept}, "fail");
    row("pass, not yet", {pass, NotYet}, "unanswered");
    row("pass, not yet, reviewer saw it", {pass, NotYet, R::Accept}, "pass");
    row("pass, a question", {pass, Pass, R::Ask}, "pass");
    row("pass, needless waiver", {pass, Open, R::Waive, "", 5}, "pass");
    row("warn", {warn, Pass, R::Accept}, "warn");
    row("warn, rejected", {warn, Pass, R::Reject}, "fail");
    row("n/a", {na}, "n/a");
    row("n/a, rejected", {na, NotApplicable, R::Reject}, "fail");
    row("n/a, team says fail", {na, Fail}, "fail");
    row("fail", {fail}, "fail");
    row("fail, team passes", {fail, Pass, R::Open, "works for us"}, "fail");
    row("fail, accepted", {fail, Pass, R::Accept, "works for us"}, "fail");
    row("fail, n/a accepted", {fail, NotApplicable, R::Accept, "not ours"}, "fail");
    row("fail, waived", {fail, Fail, R::Waive, "", 5}, "waived");
    row("fail, waived until today", {fail, Open, R::Open, "", 0}, "waived");
    row("fail, waiver expired", {fail, Open, R::Waive, "", -1}, "fail");
    row("fail, waive without a waiver", {fail, Open, R::Waive, "please"}, "fail");
    row("fail, waived and rejected", {fail, Open, R::Reject, "", 5}, "fail");
    row("unknown", {unknown}, "unknown");
    row("unknown, attested", {unknown, Pass, R::Accept, "seen in staging"}, "attested");
    row("unknown, attested, not yet accepted", {unknown, Pass, R::Open, "seen in staging"}, "unknown");
    row("unknown, accepted without a reason", {unknown, Pass, R::Accept, " "}, "unknown");
    row("unknown, accepted without an answer", {unknown, Open, R::Accept, "fine"}, "unknown");
    row("unknown, a question", {unknown, Pass, R::Ask, "seen"}, "unknown");
    row("unknown, n/a accepted", {unknown, NotApplicable, R::Accept, "no sidecar"}, "n/a");
    row("unknown, n/a not accepted", {unknown, NotApplicable, R::Open, "no sidecar"}, "unknown");
    row("unknown, n/a without note", {unknown, NotApplicable, R::Accept}, "unknown");
    row("unknown, team fails", {unknown, Fail, R::Accept}, "fail");
    row("unknown, waived", {unknown, Open, R::Open, "", 5}, "waived");
    row("not judged", {unjudged, Pass, R::Accept, "note"}, "unknown");
    row("people, open", {people}, "unanswered");
    row("people, attested", {people, Pass, R::Open, "https://wiki"}, "attested");
    row("people, accepted", {people, Pass, R::Accept}, "attested");
    row("people, bare pass", {people, Pass}, "unanswered");
    row("people, a question", {people, Pass, R::Ask, "note"}, "unanswered");
    row("people, rejected", {people, Pass, R::Reject, "note"}, "fail");
    row("people, accepted nothing", {people, Open, R::Accept}, "unanswered");
    row("people, fail", {people, Fail, R::Accept, "note"}, "fail");
    row("people, not yet", {people, NotYet, R::Accept, "note"}, "unanswered");
    row("people, n/a", {people, NotApplicable, R::Open, "no batch"}, "n/a");
    row("people, an invisible note", {people, Pass, R::Open, "\u200b\u2800"}, "unanswered");
    row("people, n/a with an invisible note", {people, NotApplicable, R::Open, "\u200b"}, "unanswered");
    row("people, n/a with a dash", {people, NotApplicable, R::Open, "-"}, "unanswered");
    row("unknown, attested in invisible words", {unknown, Pass, R::Accept, "\u2060"}, "unknown");
    row("people, n/a without note", {people, NotApplicable, R::Accept}, "unanswered");
    row("people, n/a, a question", {people, NotApplicable, R::Ask, "no batch"}, "unanswered");
    row("people, open, waived", {people, Open, R::Waive, "", 5}, "waived");
}

void TestDecision::standing()
{
    QFETCH(Case, given);
    QFETCH(QString, expected);
    const Setting s = settingOf(given);
    const Outcome outcome = decide(s.checklist, s.assessment, &s.review, today);
    QCOMPARE(toString(outcome.items[0].standing), expected);
    QVERIFY(!outcome.items[0].why.ja.isEmpty() && !outcome.items[0].why.en.isEmpty());
    QCOMPARE(outcome.items[0].waiver != nullptr, expected == u"waived");
    const bool blocks = expected == u"fail" || expected == u"unknown" || expected == u"unanswered";
    QCOMPARE(outcome.items[0].blocks, blocks);
    QCOMPARE(outcome.decision == Decision::NoGo, blocks || expected == u"n/a");
    QCOMPARE(outcome.blockers().size(), size_t(blocks));
}

void TestDecision::nothingTalksAFailureAway()
{
    // Whatever people answer, without a valid waiver: fail stays fail, unknown never becomes pass.
    for (int team = 0; team < 5; ++team) {
        for (int reviewer = 0; reviewer < 5; ++reviewer) {
            for (const char *note : {"", "note"}) {
                const Setting failed = settingOf({fail, TeamAnswer(team), ReviewAnswer(reviewer), note, -1});
                QVERIFY(decide(failed.checklist, failed.assessment, &failed.review, today).items[0].standing
                        == Standing::Fail);
                const Setting dark = settingOf({unknown, TeamAnswer(team), ReviewAnswer(reviewer), note, -1});
                const Outcome outcome = decide(dark.checklist, dark.assessment, &dark.review, today);
                QVERIFY(outcome.items[0].standing != Standing::Pass);
                QVERIFY(outcome.decision == Decision::NoGo
                        || outcome.items[0].standing == Standing::Attested);
            }
        }
    }
}

void TestDecision::decision_data()
{
    QTest::addColumn<QList<Case>>("musts");
    QTest::addColumn<QList<Case>>("shoulds");
    QTest::addColumn<QString>("expected");
    const Case waived{fail, TeamAnswer::Fail, ReviewAnswer::Waive, "", 7};
    const auto row = [](const char *name, const QList<Case> &musts, const QList<Case> &shoulds,
                        const char *expected) {
        QTest::newRow(name) << musts << shoulds << QString::fromLatin1(expected);
    };
    row("all met", {{pass}, {warn}, {na}}, {{pass}, {warn}}, "GO");
    row("attested", {{people, TeamAnswer::Pass, ReviewAnswer::Accept}}, {}, "GO");
    row("should fails", {{pass}}, {{fail}}, "CONDITIONAL GO");
    row("should unknown", {{pass}}, {{unknown}}, "CONDITIONAL GO");
    row("should unanswered", {{pass}}, {{people}}, "CONDITIONAL GO");
    row("must waived", {{pass}, waived}, {{pass}}, "CONDITIONAL GO");
    row("should waived", {{pass}}, {waived}, "CONDITIONAL GO");
    row("must fails", {{pass}, {fail}}, {{pass}}, "NO-GO");
    row("must unknown", {{pass}, {unknown}}, {}, "NO-GO");
    row("must unanswered", {{pass}, {people}}, {}, "NO-GO");
    row("one waived, one not", {waived, {fail}}, {}, "NO-GO");
    row("waiver expired", {{fail, TeamAnswer::Fail, ReviewAnswer::Waive, "", -1}}, {}, "NO-GO");
}

void TestDecision::decision()
{
    QFETCH(QList<Case>, musts);
    QFETCH(QList<Case>, shoulds);
    QFETCH(QString, expected);
    Setting all;
    std::vector<Item> items;
    std::vector<ItemReview> reviews;
    for (Level level : {Level::Must, Level::Should}) {
        for (const Case &c : level == Level::Must ? musts : shoulds) {
            Setting one = settingOf(c, level);
            const QString name = QStringLiteral("a.%1").arg(items.size());
            items.push_back(one.checklist.sections[0].items[0]);
            items.back().id = name;
            one.assessment.items[0].id = name;
            one.review.items[0].id = name;
            all.assessment.items.push_back(one.assessment.items[0]);
            reviews.push_back(one.review.items[0]);
        }
    }
    all.checklist = samples::checklist(items);
    all.review = samples::review(all.checklist);
    all.review.items = reviews;
    const Outcome outcome = decide(all.checklist, all.assessment, &all.review, today);
    QCOMPARE(toString(outcome.decision), expected);
    QVERIFY(!outcome.lead.ja.isEmpty() && !outcome.lead.en.isEmpty());
    QVERIFY2(!outcome.lead.en.contains(u'%') && !outcome.lead.ja.contains(u'%'), qPrintable(outcome.lead.ja));
}

void TestDecision::theRuleIsData()
{
    Setting s = settingOf({warn});
    s.checklist.decision.noGoOnMust.append(QStringLiteral("warn"));
    QVERIFY(decide(s.checklist, s.assessment, &s.review, today).decision == Decision::NoGo);
    Setting should = settingOf({warn}, Level::Should);
    QVERIFY(decide(should.checklist, should.assessment, &should.review, today).decision == Decision::Go);
    should.checklist.decision.conditionalOnShould.append(QStringLiteral("warn"));
    QVERIFY(decide(should.checklist, should.assessment, &should.review, today).decision
            == Decision::ConditionalGo);
}

void TestDecision::emptyIsNoGo()
{
    QVERIFY(decide({}, {}, nullptr, today).decision == Decision::NoGo);
    const Setting s = settingOf({na});
    const Outcome outcome = decide(s.checklist, s.assessment, &s.review, today);
    QVERIFY(outcome.decision == Decision::NoGo);
    QVERIFY(outcome.lead.en.startsWith(QStringLiteral("No item applies")));
}

void TestDecision::incompleteWaiverSaysWhy()
{
    Setting s = settingOf({fail, TeamAnswer::Open, ReviewAnswer::Waive, "", 5});
    s.review.items[0].waivers[0].approver = s.review.items[0].waivers[0].requester;
    Outcome outcome = decide(s.checklist, s.assessment, &s.review, today);
    QVERIFY2(outcome.items[0].why.en.contains(QStringLiteral("another person's approval")),
             qPrintable(outcome.items[0].why.en));
    s = settingOf({fail, TeamAnswer::Open, ReviewAnswer::Waive, "", -3});
    outcome = decide(s.checklist, s.assessment, &s.review, today);
    QVERIFY(outcome.items[0].why.en.contains(QStringLiteral("expired")));
    QVERIFY(outcome.items[0].why.ja.contains(QStringLiteral("期限")));
}

void TestDecision::latestWaiverCounts()
{
    Setting s = settingOf({fail, TeamAnswer::Open, ReviewAnswer::Open, "", -3});
    s.review.items[0].waivers.push_back(samples::waiver(today.addDays(9)));
    s.review.items[0].waivers.push_back(samples::waiver(today.addDays(2)));
    const Outcome outcome = decide(s.checklist, s.assessment, &s.review, today);
    QCOMPARE(outcome.items[0].waiver->expires, today.addDays(9));
    QCOMPARE(outcome.items[0].waiver, &s.review.items[0].waivers[1]);
}

void TestDecision::counts()
{
    std::vector<Item> items;
    Assessment assessment;
    const auto add = [&](const char *name, int machine) {
        items.push_back(samples::item(QString::fromLatin1(name), Level::Must, machine >= 0));
        assessment.items.push_back(samples::result(
            items.back().id, machine < 0 ? Verdict::Unknown : Verdict(machine), machine >= 0));
    };
    add("pass", pass);
    add("warn", warn);
    add("fail", fail);
    add("waived", fail);
    add("unknown", unknown);
    add("na", na);
    add("attested", people);
    add("open", people);
    const Checklist checklist = samples::checklist(items);
    Review review = samples::review(checklist);
    review.item(QStringLiteral("attested"))->team = {TeamAnswer::Pass, QStringLiteral("note"), {}, QStringLiteral("A"), {}};
    review.item(QStringLiteral("waived"))->waivers = {samples::waiver()};
    const Outcome outcome = decide(checklist, assessment, &review, today);
    QCOMPARE(outcome.sections.size(), 1u);
    for (const SectionCount &n : {outcome.sections[0], outcome.total}) {
        QCOMPARE(n.pass, 2);
        QCOMPARE(n.warn, 2);
        QCOMPARE(n.fail, 1);
        QCOMPARE(n.unknown, 2);
        QCOMPARE(n.notApplicable, 1);
        QCOMPARE(n.total(), 8);
    }
    QCOMPARE(outcome.machineJudged, 4);
    QCOMPARE(outcome.attested, 1);
    QCOMPARE(outcome.unknown, 2);
    QCOMPARE(outcome.machineJudged + outcome.attested + outcome.unknown, outcome.total.applicable());
}

void TestDecision::leads_data()
{
    QTest::addColumn<Case>("given");
    QTest::addColumn<bool>("must");
    QTest::addColumn<QString>("ja");
    QTest::addColumn<QString>("en");
    const auto row = [](const char *name, const Case &given, bool must, const char *ja, const char *en) {
        QTest::newRow(name) << given << must << QString::fromUtf8(ja) << QString::fromUtf8(en);
    };
    row("waived", {fail, TeamAnswer::Open, ReviewAnswer::Waive, "", 7}, true,
        "必須の不合格 1 件に免除があります。免除は 11 月 27 日に切れ、翌日から NO-GO になります。",
        "1 failed must item is waived. The waiver expires on 27 November; the day after, this drops to NO-GO.");
    row("waived into next year", {unknown, TeamAnswer::Open, ReviewAnswer::Waive, "", 60}, false,
        "推奨の未達 1 件に免除があります。免除は 2027 年 1 月 19 日に切れます。",
        "1 unmet should item is waived. The waiver expires on 19 January 2027.");
    row("blocked", {fail}, true, "必須 1 項目が本番公開を止めています(不合格 1 件)。",
        "1 must item blocks production: 1 fail.");
    row("should", {unknown}, false, "推奨 1 項目が満たされていません(不明 1 件)。", "1 should item is not met: 1 unknown.");
    row("go", {pass}, true, "対象の 1 項目をすべて満たしています。", "The 1 item that applies is met.");
    row("go with a warning", {warn}, true, "対象の 1 項目をすべて満たしています。うち 1 件は注意です。",
        "The 1 item that applies is met. 1 of them is a warning.");
}

void TestDecision::leads()
{
    QFETCH(Case, given);
    QFETCH(bool, must);
    QFETCH(QString, ja);
    QFETCH(QString, en);
    const Setting s = settingOf(given, must ? Level::Must : Level::Should);
    const Outcome outcome = decide(s.checklist, s.assessment, &s.review, today);
    QCOMPARE(outcome.lead.ja, ja);
    QCOMPARE(outcome.lead.en, en);
}

void TestDecision::withoutReview()
{
    Setting s = settingOf({people});
    s.checklist.sections[0].items.push_back(samples::item(QStringLiteral("a.two")));
    s.assessment.items.push_back(samples::result(QStringLiteral("a.two"), Verdict::Pass));
    Outcome outcome = decide(s.checklist, s.assessment, nullptr, today);
    QVERIFY(outcome.decision == Decision::NoGo);
    QVERIFY(outcome.items[0].standing == Standing::Unanswered);
    QVERIFY(outcome.items[1].standing == Standing::Pass);
    QVERIFY(!outcome.items[0].disagreement && !outcome.items[0].review);
    QCOMPARE(outcome.lead.ja, QStringLiteral("必須 1 項目が本番公開を止めています(未回答 1 件)。"
                                             "レビューの記録がないため、人が答える 1 項目は未回答です。"));
    QCOMPARE(outcome.lead.en,
             QStringLiteral("1 must item blocks production: 1 unanswered. "
                            "There is no review yet: the item that people answer counts as unanswered."));
    outcome = decide(s.checklist, s.assessment, &s.review, today);
    QVERIFY(!outcome.lead.en.contains(QStringLiteral("no review")));
}

void TestDecision::daysInWords()
{
    QCOMPARE(dayInWords(QDate(2026, 12, 1), today).en, QStringLiteral("1 December"));
    QCOMPARE(dayInWords(QDate(2025, 12, 1), today).ja, QStringLiteral("2025 年 12 月 1 日"));
}

QTEST_APPLESS_MAIN(TestDecision)
#include "tst_decision.moc"
