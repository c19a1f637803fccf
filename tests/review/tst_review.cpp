// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/review.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

class TestReview : public QObject
{
    Q_OBJECT

private slots:
    void wordsGoBothWays();
    void waiver_data();
    void waiver();
    void aligns();
    void disagreement_data();
    void disagreement();
};

void TestReview::wordsGoBothWays()
{
    for (TeamAnswer a : {TeamAnswer::Open, TeamAnswer::Pass, TeamAnswer::Fail, TeamAnswer::NotApplicable,
                         TeamAnswer::NotYet}) {
        QVERIFY(teamAnswerFromString(toString(a)) == a);
        QVERIFY(!label(a).ja.isEmpty() && !label(a).en.isEmpty());
    }
    for (ReviewAnswer a : {ReviewAnswer::Open, ReviewAnswer::Accept, ReviewAnswer::Reject,
                           ReviewAnswer::Waive, ReviewAnswer::Ask}) {
        QVERIFY(reviewAnswerFromString(toString(a)) == a);
        QVERIFY(!label(a).ja.isEmpty() && !label(a).en.isEmpty());
    }
    QVERIFY(!teamAnswerFromString(QStringLiteral("Pass")));
    QVERIFY(!teamAnswerFromString(QStringLiteral("accept")));
    QVERIFY(!reviewAnswerFromString(QStringLiteral("pass")));
}

void TestReview::waiver_data()
{
    QTest::addColumn<QString>("requester");
    QTest::addColumn<QString>("approver");
    QTest::addColumn<QString>("control");
    QTest::addColumn<QDate>("expires");
    QTest::addColumn<bool>("valid");
    const QDate today(2026, 11, 20);
    const auto row = [&](const char *name, const char *requester, const char *approver, const char *control,
                         const QDate &expires, bool valid) {
        QTest::newRow(name) << QString::fromUtf8(requester) << QString::fromUtf8(approver)
                            << QString::fromUtf8(control) << expires << valid;
    };
    row("complete", "Sato", "Suzuki", "watched", today.addDays(1), true);
    row("last day", "Sato", "Suzuki", "watched", today, true);
    row("expired", "Sato", "Suzuki", "watched", today.addDays(-1), false);
    row("no expiry", "Sato", "Suzuki", "watched", {}, false);
    row("approved by oneself", "Sato", "Sato", "watched", today, false);
    row("by oneself, spelt differently", "Sato  Hanako", " sato hanako ", "watched", today, false);
    row("by oneself, full width", "Sato", "Ｓａｔｏ", "watched", today, false);
    row("nobody asked", " ", "Suzuki", "watched", today, false);
    row("nobody approved", "Sato", "", "watched", today, false);
    row("approved by a blank of Braille", "Sato", "\u2800", "watched", today, false);
    row("approved by nothing that is seen", "Sato", "\u200b", "watched", today, false);
    row("asked for by nothing that is seen", "\u3164", "Suzuki", "watched", today, false);
    row("approved by a dash", "Sato", "-", "watched", today, false);
    row("approval to come", "Sato", "TBD", "watched", today, false);
    row("approval to come, Japanese", "Sato", "未定", "watched", today, false);
    row("by oneself, the same mail", "Ann Lee <ann@x.jp>", "A. Lee <ann@x.jp>", "watched", today, false);
    row("by oneself, by mail alone", "ann@x.jp", "Ann Lee <ann@x.jp>", "watched", today, false);
    row("by oneself, a variation selector", "Sato", "Sato\U000e0100", "watched", today, false);
    row("two mails", "Ann Lee <ann@x.jp>", "Ken <ken@x.jp>", "watched", today, true);
    row("an invisible control", "Sato", "Suzuki", "\u200b", today, false);
    row("no control", "Sato", "Suzuki", "\n", today, false);
}

void TestReview::waiver()
{
    QFETCH(QString, requester);
    QFETCH(QString, approver);
    QFETCH(QString, control);
    QFETCH(QDate, expires);
    QFETCH(bool, valid);
    Waiver waiver{QStringLiteral("reason"), requester, approver, control, expires};
    QCOMPARE(waiver.isValidOn(QDate(2026, 11, 20)), valid);
    for (const char16_t *reason : {u"", u"\u2060", u"\u2026"}) {
        waiver.reason = QString::fromUtf16(reason);
        QVERIFY(!waiver.isValidOn(QDate(2026, 11, 20)));
    }
    QVERIFY(!waiver.isValidOn({}));
}

void TestReview::aligns()
{
    Review review;
    for (const char *id : {"gone.b", "a.two", "gone.a"}) {
        ItemReview item;
        item.id = QString::fromLatin1(id);
        item.team.answer = TeamAnswer::Pass;
        review.items.push_back(item);
    }
    alignWith(
        review,
        samples::checklist({samples::item(QStringLiteral("a.one")), samples::item(QStringLiteral("a.two"))}));
    QStringList ids;
    for (const ItemReview &item : review.items)
        ids << item.id;
    QCOMPARE(ids,
             QStringList({QStringLiteral("a.one"), QStringLiteral("a.two"), QStringLiteral("gone.b"),
                          QStringLiteral("gone.a")}));
    QVERIFY(review.items[0].isEmpty());
    QVERIFY(!review.items[1].isEmpty());
    QCOMPARE(review.items[1].title, QStringLiteral("a.twoの題 · Title of a.two"));
    QVERIFY(review.items[2].team.answer == TeamAnswer::Pass);
    QVERIFY(!review.item(QStringLiteral("a.three")));
    const Review before = review;
    alignWith(
        review,
        samples::checklist({samples::item(QStringLiteral("a.one")), samples::item(QStringLiteral("a.two"))}));
    QVERIFY(review == before);
}

void TestReview::disagreement_data()
{
    QTest::addColumn<int>("machine"); // -1: answered by people
    QTest::addColumn<int>("team");
    QTest::addColumn<int>("reviewer");
    QTest::addColumn<bool>("expected");
    using enum TeamAnswer;
    const auto row = [](const char *name, int machine, TeamAnswer team, ReviewAnswer reviewer,
                        bool expected) {
        QTest::newRow(name) << machine << int(team) << int(reviewer) << expected;
    };
    constexpr int people = -1;
    const int pass = int(Verdict::Pass), warn = int(Verdict::Warn), fail = int(Verdict::Fail),
              unknown = int(Verdict::Unknown), na = int(Verdict::NotApplicable);
    row("nobody spoke", fail, Open, ReviewAnswer::Open, false);
    row("all pass", pass, Pass, ReviewAnswer::Accept, false);
    row("machine fails, team passes", fail, Pass, ReviewAnswer::Open, true);
    row("machine fails, team says n/a", fail, NotApplicable, ReviewAnswer::Open, true);
    row("machine fails, reviewer accepts", fail, Open, ReviewAnswer::Accept, true);
    row("all fail", fail, Fail, ReviewAnswer::Reject, false);
    row("waived failure", fail, Fail, ReviewAnswer::Waive, false);
    row("machine passes, team fails", pass, Fail, ReviewAnswer::Open, true);
    row("machine passes, not yet", pass, NotYet, ReviewAnswer::Open, true);
    row("machine passes, team n/a", pass, NotApplicable, ReviewAnswer::Open, true);
    row("machine passes, rejected", pass, Open, ReviewAnswer::Reject, true);
    row("machine warns, team passes", warn, Pass, ReviewAnswer::Accept, false);
    row("machine warns, rejected", warn, Pass, ReviewAnswer::Reject, true);
    row("machine does not know", unknown, Pass, ReviewAnswer::Open, false);
    row("unknown, team and reviewer differ", unknown, Pass, ReviewAnswer::Reject, true);
    row("n/a, team says fail", na, Fail, ReviewAnswer::Open, true);
    row("n/a, both", na, NotApplicable, ReviewAnswer::Accept, false);
    row("people, alike", people, Pass, ReviewAnswer::Accept, false);
    row("people, rejected", people, Pass, ReviewAnswer::Reject, true);
    row("people, n/a rejected", people, NotApplicable, ReviewAnswer::Reject, true);
    row("people, fail accepted", people, Fail, ReviewAnswer::Accept, true);
    row("people, a question", people, Pass, ReviewAnswer::Ask, false);
}

void TestReview::disagreement()
{
    QFETCH(int, machine);
    QFETCH(int, team);
    QFETCH(int, reviewer);
    QFETCH(bool, expected);
    ItemReview review;
    review.team.answer = TeamAnswer(team);
    review.reviewer.answer = ReviewAnswer(reviewer);
    const ItemResult result =
        samples::result(QStringLiteral("a"), machine < 0 ? Verdict::Unknown : Verdict(machine), machine >= 0);
    QCOMPARE(isDisagreement(result, review), expected);
}

QTEST_APPLESS_MAIN(TestReview)
#include "tst_review.moc"
