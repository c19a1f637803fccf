// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/remarks.h>

#include "meetingsample.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);

/// One item, judged and answered; what it comes to.
struct Case {
    Checklist checklist = samples::checklist({samples::item(QStringLiteral("resilience.graceful-stop"))});
    Assessment assessment;
    Review review = samples::review(checklist);
    Outcome outcome;

    explicit Case(Verdict verdict = Verdict::Fail)
    {
        assessment.items = {samples::result(item().id, verdict)};
        assessment.items.front().strict = verdict;
    }
    Item &item() { return checklist.sections.front().items.front(); }
    ItemReview &answers() { return review.items.front(); }
    std::vector<Remark> remarks(const std::vector<StatedDissent> &dissents = {})
    {
        outcome = decide(checklist, assessment, &review, today);
        return remarksOf(outcome, dissents, today);
    }
};

using Change = std::function<void(Case &)>;

Answer<TeamAnswer> team(TeamAnswer answer, const QString &note = {})
{
    return {answer, note, {}, QStringLiteral("佐藤"), samples::at(0)};
}

Answer<ReviewAnswer> reviewer(ReviewAnswer answer, const QString &note = {})
{
    return {answer, note, {}, QStringLiteral("Suzuki"), samples::at(1)};
}

} // namespace

Q_DECLARE_METATYPE(Change)

/// What a reader has to know beside the verdicts.
class TestRemarks : public QObject
{
    Q_OBJECT
private slots:
    void overrides_data();
    void overrides();
    void waivers_data();
    void waivers();
    void waiversAgreeWithTheDecision();
    void staleAnswers();
    void dissents();
    void kindsInOrder();
    void laterMeetingsSettle();
    void meetingsOnDisk();
};

void TestRemarks::overrides_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("lacking");
    const auto row = [](const char *name, const Change &change, const char *words, bool lacking) {
        QTest::newRow(name) << change << QString::fromUtf8(words) << lacking;
    };
    row("nobody answered", [](Case &) {}, "", false);
    row("the team says fail too", [](Case &c) { c.answers().team = team(TeamAnswer::Fail); }, "", false);
    row(
        "pass, with a reason",
        [](Case &c) { c.answers().team = team(TeamAnswer::Pass, QStringLiteral("measured")); },
        "The team answers Pass (佐藤): “measured”. It stays a fail.", false);
    row(
        "pass, without one",
        [](Case &c) { c.answers().team = team(TeamAnswer::Pass, QStringLiteral(" \n")); },
        "The team answers Pass (佐藤): no reason is given. It stays a fail.", true);
    row("n/a", [](Case &c) { c.answers().team = team(TeamAnswer::NotApplicable, QStringLiteral("no pods")); },
        "The team answers N/A (佐藤): “no pods”. It stays a fail.", false);
    row("accepted without a reason", [](Case &c) { c.answers().reviewer = reviewer(ReviewAnswer::Accept); },
        "The reviewer answers Accept (Suzuki): no reason is given. It stays a fail.", true);
    row("both", [](Case &c) {
        c.answers().team = team(TeamAnswer::Pass, QStringLiteral("a"));
        c.answers().reviewer = reviewer(ReviewAnswer::Accept, QStringLiteral("b"));
    }, "The team answers Pass (佐藤): “a”; the reviewer answers Accept (Suzuki): “b”. It stays a fail.", false);
    row("rejected", [](Case &c) { c.answers().reviewer = reviewer(ReviewAnswer::Reject); }, "", false);
}

void TestRemarks::overrides()
{
    QFETCH(Change, change);
    QFETCH(QString, words);
    QFETCH(bool, lacking);
    Case c;
    change(c);
    const auto all = c.remarks();
    const auto found = ofKind(all, Remark::Kind::Override);
    QCOMPARE(found.size(), words.isEmpty() ? 0u : 1u);
    if (words.isEmpty())
        return;
    QCOMPARE(found.front()->words.en, words);
    QCOMPARE(found.front()->lacking, lacking);
    QVERIFY(found.front()->words.ja.contains(QStringLiteral("不合格のままです")));
}

void TestRemarks::waivers_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("trouble");
    const auto row = [](const char *name, const Change &change, const char *trouble) {
        QTest::newRow(name) << change << QString::fromUtf8(trouble);
    };
    row("counts", [](Case &) {}, "");
    row("counts on its last day", [](Case &c) { c.answers().waivers.front().expires = today; }, "");
    row(
        "ended yesterday", [](Case &c) { c.answers().waivers.front().expires = today.addDays(-1); },
        "expired");
    row("no control", [](Case &c) { c.answers().waivers.front().control.clear(); }, "incomplete");
    row(
        "approved by who asked",
        [](Case &c) { c.answers().waivers.front().approver = c.answers().waivers.front().requester; },
        "incomplete");
    row("never waivable", [](Case &c) { c.item().waivable = false; }, "cannot be waived");
    row("rejected", [](Case &c) { c.answers().reviewer = reviewer(ReviewAnswer::Reject); }, "rejected");
}

void TestRemarks::waivers()
{
    QFETCH(Change, change);
    QFETCH(QString, trouble);
    Case c;
    c.answers().waivers = {samples::waiver()};
    change(c);
    const auto remarks = c.remarks();
    const auto found = ofKind(remarks, Remark::Kind::Waiver);
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found.front()->lacking, !trouble.isEmpty());
    QVERIFY2(found.front()->words.en.contains(trouble), qPrintable(found.front()->words.en));
    QVERIFY(found.front()->words.ja.startsWith(QStringLiteral("基盤の更新待ち(")));
    // The same words as the arithmetic.
    QCOMPARE(c.outcome.items.front().standing == Standing::Waived, trouble.isEmpty());
}

void TestRemarks::waiversAgreeWithTheDecision()
{
    Case c;
    Waiver part = samples::waiver();
    part.parameter = QStringLiteral("headroom");
    part.value = 0.1;
    c.answers().waivers = {part, samples::waiver(QDate(2027, 1, 1))};
    const auto remarks = c.remarks();
    QCOMPARE(remarks.size(), 2u);
    QVERIFY2(remarks[0].words.en.contains(QStringLiteral("headroom")), qPrintable(remarks[0].words.en));
    QCOMPARE(c.outcome.items.front().waiver->expires, QDate(2027, 1, 1));
}

void TestRemarks::staleAnswers()
{
    Case c(Verdict::Unknown);
    c.item().validFor = Validity{30, 0};
    c.answers().team = team(TeamAnswer::Pass, QStringLiteral("seen"));
    c.answers().team.at = samples::at(-60 * 24 * 31);
    const auto remarks = c.remarks();
    QCOMPARE(remarks.size(), 1u);
    QVERIFY(remarks.front().kind == Remark::Kind::Stale);
    QVERIFY2(remarks.front().words.en.contains(QStringLiteral("31 days old")),
             qPrintable(remarks.front().words.en));
    QCOMPARE(remarks.front().words, c.outcome.items.front().staleWhy);
}

void TestRemarks::dissents()
{
    Case c(Verdict::Pass);
    const auto remarks =
        c.remarks({{c.item().id, {QStringLiteral("田中"), QStringLiteral("too slow")}, today, {}},
                   {QStringLiteral("gone.item"), {QStringLiteral("田中"), QStringLiteral("x")}, today, {}}});
    QCOMPARE(remarks.size(), 1u);
    QCOMPARE(remarks.front().words.en, QStringLiteral("田中: “too slow” (meeting of 2026-11-20)"));
    QCOMPARE(remarks.front().standing, &c.outcome.items.front());
}

void TestRemarks::kindsInOrder()
{
    Case c;
    c.answers().team = team(TeamAnswer::Pass, QStringLiteral("a"));
    c.answers().waivers = {samples::waiver()};
    const auto remarks = c.remarks({{c.item().id, {QStringLiteral("T"), QStringLiteral("no")}, today, {}}});
    QCOMPARE(remarks.size(), 3u);
    QCOMPARE(toString(remarks[0].kind) + toString(remarks[1].kind) + toString(remarks[2].kind),
             QStringLiteral("overridedissentwaiver"));
    for (const Remark::Kind kind : remarkKinds)
        QVERIFY(!label(kind).ja.isEmpty() && !label(kind).en.isEmpty());
    // A waived fail does not stay one.
    QVERIFY(!remarks[0].words.en.contains(QStringLiteral("stays a fail")));
}

void TestRemarks::laterMeetingsSettle()
{
    const QString item = QStringLiteral("resilience.graceful-stop");
    Meeting first = samples::meeting(), second = samples::meeting(), passing = samples::meeting();
    auto known = withMeeting({}, first, QStringLiteral("a.yaml"));
    QCOMPARE(known.size(), 1u);
    QCOMPARE(known.front().said.who, QStringLiteral("佐藤 花子"));
    QCOMPARE(known.front().day, QDate(2026, 11, 20));
    QCOMPARE(withMeeting(known, first, QStringLiteral("a.yaml")), known); // the same again

    *passing.item(item) = {}; // it came up, and nothing was settled
    passing.items.front().id = item;
    QCOMPARE(withMeeting(known, passing, QStringLiteral("b.yaml")), known);

    second.item(item)->dissents = {{QStringLiteral("田中"), QStringLiteral("later")}};
    known = withMeeting(known, second, QStringLiteral("b.yaml"));
    QCOMPARE(known.size(), 1u);
    QCOMPARE(known.front().said.who, QStringLiteral("田中"));

    second.item(item)->dissents.clear();
    QVERIFY(withMeeting(known, second, QStringLiteral("c.yaml")).empty());
}

void TestRemarks::meetingsOnDisk()
{
    const QTemporaryDir dir;
    QVERIFY(readDissents(dir.path()).value.empty());
    Meeting later = samples::meeting();
    later.started = later.started.addDays(7);
    later.items.front().dissents = {{QStringLiteral("T"), QStringLiteral("again")}};
    QVERIFY(
        saveMeeting(dir.path(), QStringLiteral("readiness/meetings/2026-11-20.yaml"), samples::meeting()));
    QVERIFY(saveMeeting(dir.path(), QStringLiteral("readiness/meetings/2026-11-27.yaml"), later));
    auto read = readDissents(dir.path());
    QVERIFY(read.problems.empty());
    QCOMPARE(read.value.size(), 1u);
    QCOMPARE(read.value.front().said.who, QStringLiteral("T"));
    QCOMPARE(read.value.front().meeting, QStringLiteral("readiness/meetings/2026-11-27.yaml"));

    // What cannot be read may hold some: that is said, and hides nothing else.
    QFile broken(dir.filePath(QStringLiteral("readiness/meetings/2026-11-28.yaml")));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("a: [") > 0);
    broken.close();
    read = readDissents(dir.path());
    QCOMPARE(read.problems.size(), 1u);
    QCOMPARE(read.value.size(), 1u);
}

QTEST_APPLESS_MAIN(TestRemarks)
#include "tst_remarks.moc"
