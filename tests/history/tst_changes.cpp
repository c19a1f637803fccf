// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <history/changes.h>

#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace {

PastItem item(Standing standing, Verdict verdict)
{
    PastItem item{u"release.lint"_s, {u"静的検査"_s, u"Lint"_s}, verdict, sameText(QString::number(int(standing))), standing, {}, {}, u"aaaa"_s,
                  {u"ci.yaml"_s}, {}, u"must"_s};
    return item;
}

PastReview review(const PastItem &item, const QDate &day)
{
    PastReview review;
    review.checklist = u"zozotown 1.0"_s;
    review.program = u"tenken 1.0"_s;
    review.judgedAt = day.startOfDay();
    review.decision = Decision::Go;
    review.items = {item};
    review.evidence = {{u"ci.yaml"_s, "1111"}, {u"other.yaml"_s, "2222"}};
    return review;
}

const QDate then(2026, 10, 16), today(2026, 11, 20);

} // namespace

/// What differs between two reviews, and why: one cause each.
class TestChanges : public QObject
{
    Q_OBJECT
private slots:
    void nothingChanged();
    void oneCause_data();
    void oneCause();
    void betterAndWorse();
    void newAndGone();
    void answersOfBothSides();
    void theLevelIsSaid();
    void waiversThatEndedEarlierExplainNothing();
};

void TestChanges::nothingChanged()
{
    const PastReview before = review(item(Standing::Pass, Verdict::Pass), then);
    PastReview after = review(item(Standing::Pass, Verdict::Pass), today);
    after.evidence[u"ci.yaml"_s] = "9999"; // another file, and it stands as before
    after.program = u"tenken 2.0"_s;
    QVERIFY(changesBetween(before, after).items.empty());
}

void TestChanges::oneCause_data()
{
    using Edit = std::function<void(PastReview &, PastReview &)>;
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<int>("cause");
    const auto row = [](const char *name, ChangeCause cause, const Edit &edit) { QTest::newRow(name) << edit << int(cause); };
    row("its file changed", ChangeCause::Service, [](PastReview &, PastReview &b) { b.evidence[u"ci.yaml"_s] = "9999"; });
    row("its file is gone", ChangeCause::Service, [](PastReview &, PastReview &b) { b.evidence.remove(u"ci.yaml"_s); });
    row("another file changed", ChangeCause::Evidence, [](PastReview &, PastReview &b) { b.evidence[u"other.yaml"_s] = "9999"; });
    row("only days passed", ChangeCause::Evidence, [](PastReview &, PastReview &) {});
    row("another Tenken", ChangeCause::Program, [](PastReview &, PastReview &b) { b.program = u"tenken 2.0"_s; });
    row("another Tenken and its file", ChangeCause::Service, [](PastReview &, PastReview &b) {
        b.program = u"tenken 2.0"_s;
        b.evidence[u"ci.yaml"_s] = "9999";
    });
    row("another question", ChangeCause::Checklist, [](PastReview &, PastReview &b) {
        b.items[0].asked = u"bbbb"_s;
        b.evidence[u"ci.yaml"_s] = "9999";
    });
    row("another checklist, the same question", ChangeCause::Evidence, [](PastReview &, PastReview &b) { b.checklist = u"zozotown 2.0"_s; });
    row("another checklist, and nobody wrote the question down", ChangeCause::Checklist, [](PastReview &a, PastReview &b) {
        b.checklist = u"zozotown 2.0"_s;
        a.items[0].asked.clear();
    });
    row("its waiver ended", ChangeCause::Evidence, [](PastReview &a, PastReview &b) {
        a.items[0].waivers = b.items[0].waivers = {{u"platform"_s, QDate(2026, 11, 1)}};
        b.program = u"tenken 2.0"_s;
    });
    row("people answered otherwise", ChangeCause::Opinion, [](PastReview &a, PastReview &b) {
        a.items[0].verdict = b.items[0].verdict = Verdict::Unknown;
        b.items[0].reviewer = {u"accept"_s, u"鈴木"_s};
    });
    row("people answered and its file changed, the verdict did not", ChangeCause::Opinion, [](PastReview &a, PastReview &b) {
        a.items[0].verdict = b.items[0].verdict = Verdict::Unknown;
        b.items[0].team = {u"fail"_s, u"佐藤"_s};
        b.evidence[u"ci.yaml"_s] = "9999";
    });
    row("another waiver that ends on the same day", ChangeCause::Opinion, [](PastReview &a, PastReview &b) {
        a.items[0].waivers = {{u"platform"_s, QDate(2026, 12, 1), {u"佐藤"_s, u"鈴木"_s, u"pod-resources"_s}}};
        b.items[0].waivers = {{u"platform"_s, QDate(2026, 12, 1), {u"佐藤"_s, u"高橋"_s, {}}}};
    });
    row("from should to must", ChangeCause::Checklist, [](PastReview &a, PastReview &b) {
        a.items[0] = b.items[0];
        a.items[0].level = u"should"_s;
    });
    row("from should to must, and its file changed", ChangeCause::Service, [](PastReview &a, PastReview &b) {
        a.items[0].level = u"should"_s;
        b.evidence[u"ci.yaml"_s] = "9999";
    });
    row("waived", ChangeCause::Opinion, [](PastReview &a, PastReview &b) {
        a.items[0].verdict = b.items[0].verdict;
        b.items[0].waivers = {{u"platform"_s, QDate(2026, 12, 1)}};
    });
}

void TestChanges::oneCause()
{
    using Edit = std::function<void(PastReview &, PastReview &)>;
    QFETCH(Edit, edit);
    QFETCH(int, cause);
    PastReview before = review(item(Standing::Pass, Verdict::Pass), then), after = review(item(Standing::Fail, Verdict::Fail), today);
    edit(before, after);
    const Changes changes = changesBetween(before, after);
    QCOMPARE(changes.items.size(), size_t(1));
    QVERIFY2(int(changes.items[0].cause) == cause, qPrintable(label(changes.items[0].cause).en + u": "_s + changes.items[0].why.en));
    QVERIFY(!changes.items[0].why.ja.isEmpty() && !changes.items[0].why.en.isEmpty());
    QCOMPARE(changes.because(ChangeCause(cause)).size(), size_t(1));
}

void TestChanges::betterAndWorse()
{
    const auto compared = [](Standing a, Standing b) {
        return changesBetween(review(item(a, Verdict::Pass), then), review(item(b, Verdict::Fail), today)).items.at(0);
    };
    QVERIFY(compared(Standing::Pass, Standing::Fail).worse);
    QVERIFY(compared(Standing::Fail, Standing::Waived).better);
    QVERIFY(compared(Standing::Unknown, Standing::Warn).better);
    QVERIFY(!compared(Standing::Pass, Standing::Attested).worse && !compared(Standing::Pass, Standing::Attested).better);
}

void TestChanges::newAndGone()
{
    PastReview before = review(item(Standing::Pass, Verdict::Pass), then), after = before;
    after.items[0].id = u"release.canary"_s;
    const Changes changes = changesBetween(before, after);
    QCOMPARE(changes.items.size(), size_t(2));
    QCOMPARE(changes.items[0].id, u"release.canary"_s);
    QVERIFY(changes.items[0].from.isEmpty() && changes.items[0].cause == ChangeCause::Checklist);
    QCOMPARE(changes.items[1].id, u"release.lint"_s);
    QVERIFY(changes.items[1].to.isEmpty() && changes.items[1].cause == ChangeCause::Checklist);
}

void TestChanges::answersOfBothSides()
{
    PastReview before = review(item(Standing::Fail, Verdict::Fail), then), after = review(item(Standing::Fail, Verdict::Fail), today);
    before.items[0].reviewer = {u"ask"_s, {}};
    after.items[0].reviewer = {u"reject"_s, {}};
    const ItemChange change = changesBetween(before, after).items.at(0);
    QCOMPARE(change.from, label(ReviewAnswer::Ask));
    QCOMPARE(change.to, label(ReviewAnswer::Reject));
    QVERIFY(!change.stood && !change.stands);
    after.items[0].team = {u"pass"_s, {}};
    const ItemChange both = changesBetween(before, after).items.at(0);
    QCOMPARE(both.to, label(TeamAnswer::Pass));
    QCOMPARE(both.from.en, u"Open"_s);
}

void TestChanges::theLevelIsSaid()
{
    PastReview before = review(item(Standing::Fail, Verdict::Fail), then), after = review(item(Standing::Fail, Verdict::Fail), today);
    before.items[0].level = u"should"_s;
    const ItemChange change = changesBetween(before, after).items.at(0);
    QCOMPARE(change.from.en, u"should"_s);
    QCOMPARE(change.to.en, u"must"_s);
    QCOMPARE(change.why.en, u"It went from should to must."_s);
    before.items[0].level.clear(); // a document that did not say
    QVERIFY(changesBetween(before, after).items.empty());
}

void TestChanges::waiversThatEndedEarlierExplainNothing()
{
    PastReview before = review(item(Standing::Pass, Verdict::Pass), then), after = review(item(Standing::Fail, Verdict::Fail), today);
    before.items[0].waivers = after.items[0].waivers = {{u"old"_s, QDate(2026, 9, 1)}};
    QVERIFY(!changesBetween(before, after).items.at(0).why.en.contains(u"waiver"_s));
    before.items[0].waivers = after.items[0].waivers = {{u"long"_s, QDate(2027, 9, 1)}};
    QVERIFY(!changesBetween(before, after).items.at(0).why.en.contains(u"waiver"_s));
    before.items[0].waivers = after.items[0].waivers = {{u"just"_s, then}};
    QVERIFY(changesBetween(before, after).items.at(0).why.en.contains(u"2026-10-16"_s));
}

QTEST_APPLESS_MAIN(TestChanges)
#include "tst_changes.moc"
