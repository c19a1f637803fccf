// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/stale.h>

#include <review/checklistmove.h>
#include <review/relied.h>
#include <review/standing.h>

#include "judged.h"
#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);

const QByteArray yaml = R"(format: tenken.checklist/1
id: own
version: "2"
title: Own
changes:
  - {version: "1", text: First}
  - {version: "2", text: Second, items: [s.people]}
sections:
  - id: s
    title: S
    items:
      - {id: s.stop, title: Stop, question: Q1, rules: [{rule: graceful-stop}]}
      - {id: s.load, title: Load, question: Q2, rules: [{rule: pod-throughput}]}
      - {id: s.people, title: People, question: Q3, valid-for: 90d}
      - {id: s.linked, title: Linked, question: Q4}
)";

/// A review of the folder as it was when everybody answered pass and accept.
struct Case {
    samples::JudgedFolder folder;
    Checklist checklist = samples::checklistFrom(yaml);
    Assessment assessment;
    Review review;

    Case()
    {
        judge();
        review.checklistId = checklist.id;
        review.checklistVersion = checklist.version;
        alignWith(review, checklist);
        for (ItemReview &block : review.items) {
            block.team = {TeamAnswer::Pass, QStringLiteral("seen"), {}, QStringLiteral("A"), samples::at(0)};
            if (block.id == u"s.linked")
                block.team.links = {QStringLiteral("docs/a.md"), QStringLiteral("https://example.com")};
            block.reviewer = {ReviewAnswer::Accept, {}, {}, QStringLiteral("B"), samples::at(1)};
        }
        answerNow();
    }

    void judge() { assessment = evaluate(checklist, folder.read(today)); }

    void answerNow()
    {
        for (ItemReview &block : review.items) {
            if (!checklist.item(block.id))
                continue;
            const Item &item = *checklist.item(block.id);
            const auto rest = [&](auto &answer) {
                answer.asked = questionDigest(item);
                answer.relied = reliedNow(item, assessment.item(block.id), answer.links, assessment);
            };
            rest(block.team);
            rest(block.reviewer);
        }
    }

    ItemStanding standing(const char *id, const QDate &day = today)
    {
        m_outcome = decide(checklist, assessment, &review, day);
        return *std::ranges::find(m_outcome.items, QString::fromLatin1(id),
                                  [](const ItemStanding &is) { return is.item->id; });
    }
    QString why(const char *id) { return standing(id).staleWhy.en; }
    ItemReview &block(const char *id) { return *review.item(QString::fromLatin1(id)); }

private:
    Outcome m_outcome;
};

} // namespace

class TestStale : public QObject
{
    Q_OBJECT

private slots:
    void nothingChanged();
    void datedInTheFuture();
    void nobodyIsNamed();
    void onePersonIsNoReview_data();
    void onePersonIsNoReview();
    void acceptedBeforeItWasSaid_data();
    void acceptedBeforeItWasSaid();
    void findingsItDidNotKnow_data();
    void findingsItDidNotKnow();
    void versionsWithoutADigest_data();
    void versionsWithoutADigest();
    void linesChanged();
    void editElsewhereInTheFile();
    void movedLinesAreNoChange();
    void aTwinDoesNotHideAChange();
    void fileGone();
    void linkedFileChanged();
    void otherManifestThanTheLoadTest();
    void age_data();
    void age();
    void questionChanged();
    void questionOfAnOlderVersion();
    void counts_data();
    void counts();
    void neverLoosens();
    void unreadableBasis();
    void linesOfTheFile_data();
    void linesOfTheFile();
    void veryManyFiles();
    void movesToAnotherVersion();
};

void TestStale::datedInTheFuture()
{
    Case c;
    c.block("s.linked").reviewer = {};
    Answer<TeamAnswer> &team = c.block("s.linked").team;
    team.at = samples::at(0).addDays(1);
    QVERIFY(!c.standing("s.linked").stale); // clocks and zones differ
    team.at = samples::at(0).addDays(2);
    ItemStanding is = c.standing("s.linked");
    QVERIFY(is.standing == Standing::Unanswered && is.teamStale && !is.reviewerStale);
    QVERIFY2(is.why.en.contains(QStringLiteral("dated in the future (2026-11-22)")), qPrintable(is.why.en));
    team.at = QDateTime(QDate(9999, 1, 1), QTime(0, 0));
    QVERIFY(c.standing("s.linked").standing == Standing::Unanswered);
    team.answer = TeamAnswer::Fail; // what makes it stricter counts all the same
    QVERIFY(c.standing("s.linked").standing == Standing::Fail);
}

void TestStale::nobodyIsNamed()
{
    Case c;
    for (const char *by : {"", " \t", "\xe3\x80\x80", "\u2800", "\u200b", "\u3164", "-", "TBD", "(tba)", "n/a", "未定"}) {
        c.block("s.linked").team.by = QString::fromUtf8(by);
        const ItemStanding is = c.standing("s.linked");
        QVERIFY(is.standing == Standing::Unanswered && is.teamStale);
        QVERIFY2(is.why.en.contains(QStringLiteral("nobody's name is given")), qPrintable(is.why.en));
    }
    c.block("s.linked").team.by = QStringLiteral("A");
    c.block("s.linked").reviewer.by.clear();
    QVERIFY(c.standing("s.linked").reviewerStale && !c.standing("s.linked").teamStale);
    c.block("s.linked").team = {TeamAnswer::Fail, {}, {}, {}, {}};
    QVERIFY(c.standing("s.linked").standing == Standing::Fail && !c.standing("s.linked").teamStale);
}

void TestStale::onePersonIsNoReview_data()
{
    QTest::addColumn<QString>("team");
    QTest::addColumn<QString>("reviewer");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *team, const char *reviewer, bool same) {
        QTest::addRow("%s / %s", team, reviewer) << QString::fromUtf8(team) << QString::fromUtf8(reviewer) << same;
    };
    row("Mika Tanaka", "Mika Tanaka", true);
    row("Mika Tanaka", "mika  tanaka <mika@example.com>", true);
    row("Mika Tanaka <a@example.com>", "Mika Tanaka<b@example.com> ", true);
    row("Mika Tanaka", "ＭＩＫＡ　Ｔａｎａｋａ", true);
    row("佐藤 太郎", "佐藤太郎", true);
    row("<mika@example.com>", "<MIKA@example.com>", true);
    row("<mika@example.com>", "<ken@example.com>", false);
    row("Mika Tanaka", "Mika Tanabe", false);
    row("Mika Tanaka <mika@example.com>", "M. Tanaka <Mika@example.com>", true);
    row("mika@example.com", "Mika Tanaka <mika@example.com>", true);
    row("<mika@example.com>", "mika@example.com", true);
    row("Mika Tanaka", "Mika\ufe0f Tanaka", true);
    row("Mika Tanaka", "Mika\U000e0100 Tanaka", true);
    row("Mika Tanaka", "Mika\u2800Tanaka", true);
    row("Mika Tanaka", "M. Tanaka <mika@example.com>", false);
    row("Mika Tanaka", "Ken <Mika Tanaka>", false);
}

void TestStale::onePersonIsNoReview()
{
    QFETCH(QString, team);
    QFETCH(QString, reviewer);
    QFETCH(bool, same);
    // "pass" without a note is attested only because the reviewer accepts it.
    Case c;
    ItemReview &block = c.block("s.people");
    block.team.note.clear();
    block.team.by = team;
    block.reviewer.by = reviewer;
    const ItemStanding is = c.standing("s.people");
    QVERIFY(is.standing == (same ? Standing::Unanswered : Standing::Attested));
    QCOMPARE(is.reviewerStale, same);
    QCOMPARE(is.why.en.contains(QStringLiteral("the same person answered for the team")), same);
    block.team.note = QStringLiteral("seen"); // the team's word is enough here; it is told all the same
    QVERIFY(c.standing("s.people").standing == Standing::Attested);
    QCOMPARE(c.standing("s.people").staleWhy.en.contains(QStringLiteral("the same person")), same);
    // The same holds for who asks for a waiver and who approves it.
    QCOMPARE(Waiver(QStringLiteral("r"), team, reviewer, QStringLiteral("c"), today).isComplete(), !same);
}

void TestStale::nothingChanged()
{
    Case c;
    QVERIFY(!c.block("s.stop").team.relied.empty());
    c.judge();
    for (const char *id : {"s.stop", "s.load", "s.people", "s.linked"})
        QCOMPARE(c.why(id), QString());
    QCOMPARE(decide(c.checklist, c.assessment, &c.review, today).stale, 0);
}

void TestStale::acceptedBeforeItWasSaid_data()
{
    QTest::addColumn<QDateTime>("said");
    QTest::addColumn<QDateTime>("accepted");
    QTest::addColumn<bool>("stale");
    QTest::newRow("afterwards") << samples::at(0) << samples::at(1) << false;
    QTest::newRow("at the same time") << samples::at(1) << samples::at(1) << false;
    QTest::newRow("before") << samples::at(2) << samples::at(1) << true;
    QTest::newRow("before, in another zone") << samples::at(2).toUTC() << samples::at(1) << true;
    QTest::newRow("nobody knows when it was said") << QDateTime() << samples::at(1) << true;
    QTest::newRow("neither says when, as older files are") << QDateTime() << QDateTime() << false;
    QTest::newRow("nobody knows when it was accepted") << samples::at(0) << QDateTime() << false;
}

void TestStale::acceptedBeforeItWasSaid()
{
    QFETCH(QDateTime, said);
    QFETCH(QDateTime, accepted);
    QFETCH(bool, stale);
    Case c;
    ItemReview &block = c.block("s.linked");
    block.team.note.clear();
    block.team.links.clear(); // attested only because somebody accepts it
    block.team.at = said;
    block.reviewer.at = accepted;
    const ItemStanding is = c.standing("s.linked");
    QCOMPARE(is.reviewerStale, stale);
    QVERIFY(!is.teamStale);
    QCOMPARE(toString(is.standing), stale ? QStringLiteral("unanswered") : QStringLiteral("attested"));
    QCOMPARE(is.why.en.contains(said.isValid() ? QStringLiteral("the team answered anew since it was accepted")
                                               : QStringLiteral("the team's answer has no date")), stale);
    block.reviewer.answer = ReviewAnswer::Reject; // what makes stricter needs no second look
    QVERIFY(!c.standing("s.linked").reviewerStale);
    QVERIFY(c.standing("s.linked").standing == Standing::Fail);
}

void TestStale::findingsItDidNotKnow_data()
{
    QTest::addColumn<QByteArray>("app"); ///< k8s/app.yaml, after
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<bool>("stale");
    const QByteArray drains = "          lifecycle: {preStop: {exec: {command: [/drain.sh]}}}\n";
    const QByteArray as = samples::JudgedFolder::deployment(30) + drains;
    const QByteArray second = "        - name: second\n          image: shop:1\n" + drains;
    QTest::newRow("as it was") << as << QByteArray() << false;
    QTest::newRow("its lines moved") << "# one\n# two\n" + as << QByteArray() << false;
    QTest::newRow("another object that it says nothing of")
        << as << QByteArray("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n") << false;
    QTest::newRow("another workload") << as << samples::JudgedFolder::deployment(30, "other") + drains << true;
    QTest::newRow("another container") << as + second << QByteArray() << true;
    QTest::newRow("another container, moved") << "# one\n" + as + second << QByteArray() << true;
    QTest::newRow("a file that cannot be read") << as << QByteArray("kind: Deployment\nmetadata: {name: [\n") << true;
}

/// What people attest is what they saw: a finding elsewhere is none of it.
void TestStale::findingsItDidNotKnow()
{
    QFETCH(QByteArray, app);
    QFETCH(QByteArray, other);
    QFETCH(bool, stale);
    Case c;
    c.folder.write("k8s/app.yaml", c.folder.deployment(30) + "          lifecycle: {preStop: {exec: {command: [/drain.sh]}}}\n");
    c.judge();
    c.answerNow();
    QVERIFY(!c.block("s.stop").team.relied.empty());
    QCOMPARE(toString(c.standing("s.stop").standing), QStringLiteral("attested"));
    c.folder.write("k8s/app.yaml", app);
    if (!other.isEmpty())
        c.folder.write("k8s/other.yaml", other);
    c.judge();
    const ItemStanding is = c.standing("s.stop");
    QVERIFY2(is.stale == stale, qPrintable(is.staleWhy.en));
    QCOMPARE(toString(is.standing), stale ? QStringLiteral("unknown") : QStringLiteral("attested"));
    QCOMPARE(is.staleWhy.en.contains(QStringLiteral("there are findings that it did not know")), stale);
    c.answerNow();
    QVERIFY2(!c.standing("s.stop").stale, qPrintable(c.why("s.stop"))); // looked at again
    c.block("s.stop").team.relied.clear();
    c.block("s.stop").reviewer.relied.clear();
    QVERIFY(!c.standing("s.stop").stale); // written by hand: it names nothing
}

void TestStale::versionsWithoutADigest_data()
{
    QTest::addColumn<QString>("answered");
    QTest::addColumn<QStringList>("log"); ///< versions; the last is the checklist's; "!": s.linked is asked anew
    QTest::addColumn<bool>("stale");
    const auto row = [](const char *name, const char *answered, const QStringList &log, bool stale) {
        QTest::newRow(name) << QString::fromLatin1(answered) << log << stale;
    };
    row("this version", "3", {"1", "2!", "3"}, false);
    row("this version, no log", "3", {}, false);
    row("after the change", "2", {"1", "2!", "3"}, false);
    row("before the change", "1", {"1", "2!", "3"}, true);
    row("older than the log", "1", {"2!", "3"}, true);
    row("older than the log, asked the same", "1", {"2", "3"}, false);
    row("older than the log, after the change", "2.5", {"2!", "3"}, false);
    row("no log", "1", {}, true);
    row("a log that ends earlier", "0.1", {"1", "2"}, true);
    row("newer than the checklist", "4", {"1", "2", "3"}, true);
    row("no number", "draft", {"1", "2", "3"}, true);
    row("nobody knows", "", {"1", "2", "3"}, true);
    row("not even written", "?", {"1", "2", "3"}, true);
    row("by dates", "2026-01", {"2026-02!", "3"}, true);
}

void TestStale::versionsWithoutADigest()
{
    QFETCH(QString, answered);
    QFETCH(QStringList, log);
    QFETCH(bool, stale);
    Case c;
    c.checklist.version = QStringLiteral("3");
    c.checklist.changes.clear();
    if (answered.startsWith(u"2026"))
        c.checklist.version = log.last() = QStringLiteral("2026-11");
    for (const QString &version : log)
        c.checklist.changes.push_back({QString(version).remove(u'!'), {}, {},
                                       version.endsWith(u'!') ? QStringList{QStringLiteral("s.linked")} : QStringList()});
    c.review.checklistVersion = answered;
    ItemReview &block = c.block("s.linked");
    block.team.asked = block.reviewer.asked = QString();
    const ItemStanding is = c.standing("s.linked");
    QVERIFY2(is.stale == stale, qPrintable(is.staleWhy.en));
    QCOMPARE(toString(is.standing), stale ? QStringLiteral("unanswered") : QStringLiteral("attested"));
    const Review moved = movedTo(c.review, c.checklist); // moving on makes nothing fresh
    c.review = moved;
    QCOMPARE(c.standing("s.linked").stale, stale);
    c.block("s.linked").team.asked = c.block("s.linked").reviewer.asked = QStringLiteral("other 3");
    QVERIFY(c.standing("s.linked").stale); // of another checklist
}

void TestStale::linesChanged()
{
    Case c;
    c.folder.write("k8s/app.yaml", c.folder.deployment(31));
    c.judge();
    const ItemStanding is = c.standing("s.stop");
    QVERIFY(is.stale && is.teamStale && is.reviewerStale);
    QVERIFY2(is.staleWhy.en.contains(QStringLiteral("app.yaml:")) && is.staleWhy.en.contains(QStringLiteral("changed")),
             qPrintable(is.staleWhy.en));
    QCOMPARE(is.staleReasons.size(), 1u); // both relied on the same: said once
    QVERIFY(is.staleReasons[0].before.first > 0);
}

void TestStale::editElsewhereInTheFile()
{
    Case c;
    c.folder.write("k8s/app.yaml", c.folder.deployment(30).replace("image: shop:1", "image: shop:2"));
    c.judge();
    QCOMPARE(c.why("s.stop"), QString());
}

void TestStale::movedLinesAreNoChange()
{
    Case c;
    c.folder.write("k8s/app.yaml", "# one\n# two\n# three\n" + c.folder.deployment(30));
    c.judge();
    QCOMPARE(c.why("s.stop"), QString());
    c.folder.write("k8s/app.yaml", c.folder.deployment(30).replace("\n", "\r\n"));
    c.judge();
    QCOMPARE(c.why("s.stop"), QString());
}

void TestStale::aTwinDoesNotHideAChange()
{
    Case c;
    const QByteArray twins = c.folder.deployment(30, "one") + "---\n" + c.folder.deployment(30, "two");
    c.folder.write("k8s/app.yaml", twins);
    c.judge();
    c.answerNow();
    c.folder.write("k8s/app.yaml", "# moved\n" + c.folder.deployment(5, "one") + "---\n" + c.folder.deployment(30, "two"));
    c.judge();
    QVERIFY2(c.standing("s.stop").stale, qPrintable(c.why("s.stop")));
}

void TestStale::fileGone()
{
    Case c;
    c.folder.remove("k8s/app.yaml");
    c.folder.write("k8s/other.yaml", c.folder.deployment(30));
    c.judge();
    QVERIFY2(c.why("s.stop").contains(QStringLiteral("no longer among the evidence")), qPrintable(c.why("s.stop")));
}

void TestStale::linkedFileChanged()
{
    Case c;
    QCOMPARE(c.block("s.linked").team.relied.size(), 1u);
    c.folder.write("docs/a.md", "# B\n");
    c.judge();
    const ItemStanding is = c.standing("s.linked");
    QCOMPARE(is.staleWhy.en, QStringLiteral("a.md changed"));
    QVERIFY(is.standing == Standing::Unanswered);
    QVERIFY2(is.why.en.contains(QStringLiteral("look again: a.md changed")), qPrintable(is.why.en));
}

void TestStale::otherManifestThanTheLoadTest()
{
    Case c;
    QVERIFY(!c.block("s.load").team.relied.empty());
    c.folder.write("k8s/app.yaml", c.folder.deployment(30, "app", "2"));
    c.judge();
    const ItemStanding is = c.standing("s.load");
    QVERIFY2(is.staleWhy.en.contains(QStringLiteral("ran on another manifest")), qPrintable(is.staleWhy.en));
    QVERIFY(is.staleReasons[0].cause == StaleReason::Cause::OtherManifest);
}

void TestStale::age_data()
{
    QTest::addColumn<QDate>("day");
    QTest::addColumn<bool>("stale");
    QTest::newRow("same day") << QDate(2026, 11, 20) << false;
    QTest::newRow("last day") << QDate(2026, 11, 20).addDays(90) << false;
    QTest::newRow("day after") << QDate(2026, 11, 20).addDays(91) << true;
}

void TestStale::age()
{
    QFETCH(QDate, day);
    QFETCH(bool, stale);
    Case c;
    const ItemStanding is = c.standing("s.people", day);
    QCOMPARE(is.stale, stale);
    QCOMPARE(toString(is.standing), stale ? QStringLiteral("unanswered") : QStringLiteral("attested"));
    if (stale)
        QCOMPARE(is.staleWhy.en, QStringLiteral("the answer is 91 days old (valid for 90 days)"));
    c.block("s.people").team.at = {};
    QVERIFY(c.standing("s.people", day).stale); // nobody can tell how old
    QVERIFY(!c.standing("s.linked", day).stale);
}

void TestStale::questionChanged()
{
    Case c;
    c.block("s.linked").team.asked = QStringLiteral("0123456789abcdef");
    const ItemStanding is = c.standing("s.linked");
    QVERIFY(is.teamStale && !is.reviewerStale);
    QCOMPARE(is.staleWhy.en, QStringLiteral("what is asked changed since the answer"));
}

void TestStale::questionOfAnOlderVersion()
{
    Case c;
    c.review.checklistVersion = QStringLiteral("1");
    for (ItemReview &block : c.review.items)
        block.team.asked = block.reviewer.asked = QString(); // as older files are
    QCOMPARE(c.why("s.people"), QStringLiteral("what is asked changed in version 2"));
    QCOMPARE(c.why("s.linked"), QString());
    c.review.checklistVersion = QStringLiteral("2");
    QCOMPARE(c.why("s.people"), QString());
}

void TestStale::counts_data()
{
    QTest::addColumn<int>("machine"); ///< -1: people answer
    QTest::addColumn<int>("team");
    QTest::addColumn<int>("reviewer");
    QTest::addColumn<QString>("fresh");
    QTest::addColumn<QString>("stale");
    using T = TeamAnswer;
    using R = ReviewAnswer;
    const auto row = [](const char *name, int machine, T team, R reviewer, const char *fresh, const char *stale) {
        QTest::newRow(name) << machine << int(team) << int(reviewer) << QString::fromLatin1(fresh) << QString::fromLatin1(stale);
    };
    row("attested", -1, T::Pass, R::Open, "attested", "unanswered");
    row("accepted", -1, T::Pass, R::Accept, "attested", "unanswered");
    row("n/a", -1, T::NotApplicable, R::Open, "n/a", "unanswered");
    row("fail stays", -1, T::Fail, R::Open, "fail", "fail");
    row("not yet stays", -1, T::NotYet, R::Open, "unanswered", "unanswered");
    row("rejected stays", -1, T::Pass, R::Reject, "fail", "fail");
    row("unknown, attested", int(Verdict::Unknown), T::Pass, R::Accept, "attested", "unknown");
    row("unknown, n/a", int(Verdict::Unknown), T::NotApplicable, R::Accept, "n/a", "unknown");
    row("pass stays", int(Verdict::Pass), T::Pass, R::Accept, "pass", "pass");
    row("nobody outvotes the team's fail", int(Verdict::Pass), T::Fail, R::Accept, "fail", "fail");
    row("fail is fail", int(Verdict::Fail), T::Pass, R::Accept, "fail", "fail");
}

void TestStale::counts()
{
    QFETCH(int, machine);
    QFETCH(int, team);
    QFETCH(int, reviewer);
    QFETCH(QString, fresh);
    QFETCH(QString, stale);
    Item item = samples::item(QStringLiteral("a.one"), Level::Must, machine >= 0);
    Checklist checklist = samples::checklist({item});
    Assessment assessment;
    assessment.items = {samples::result(item.id, machine < 0 ? Verdict::Unknown : Verdict(machine), machine >= 0)};
    Review review = samples::review(checklist);
    review.items[0].team = {TeamAnswer(team), QStringLiteral("note"), {}, QStringLiteral("A"), samples::at(0)};
    review.items[0].reviewer = {ReviewAnswer(reviewer), {}, {}, QStringLiteral("B"), samples::at(0)};
    QCOMPARE(toString(decide(checklist, assessment, &review, today).items[0].standing), fresh);
    checklist.sections[0].items[0].validFor = Validity{1, 0};
    const Outcome later = decide(checklist, assessment, &review, today.addDays(5));
    QCOMPARE(toString(later.items[0].standing), stale);
    QVERIFY(later.items[0].stale);
    QVERIFY(!later.items[0].staleWhy.ja.isEmpty());
}

/// Whatever is answered: growing old never makes an item better.
void TestStale::neverLoosens()
{
    const auto badness = [](Standing s) {
        switch (s) {
        case Standing::Fail: return 3;
        case Standing::Unknown:
        case Standing::Unanswered: return 2;
        case Standing::Warn:
        case Standing::Waived: return 1;
        default: return 0;
        }
    };
    for (int machine = -1; machine < 5; ++machine) {
        for (int answers = 0; answers < 50; ++answers) {
            Item item = samples::item(QStringLiteral("a.one"), Level::Must, machine >= 0);
            item.validFor = Validity{1, 0};
            const Checklist checklist = samples::checklist({item});
            Assessment assessment;
            assessment.items = {samples::result(item.id, machine < 0 ? Verdict::Unknown : Verdict(machine), machine >= 0)};
            Review review = samples::review(checklist);
            const QString note = answers >= 25 ? QStringLiteral("note") : QString();
            review.items[0].team = {TeamAnswer(answers % 5), note, {}, QStringLiteral("A"), samples::at(0)};
            review.items[0].reviewer = {ReviewAnswer(answers / 5 % 5), note, {}, QStringLiteral("B"), samples::at(0)};
            const Standing fresh = decide(checklist, assessment, &review, today).items[0].standing;
            const Standing stale = decide(checklist, assessment, &review, today.addDays(9)).items[0].standing;
            QVERIFY2(badness(stale) >= badness(fresh), qPrintable(QStringLiteral("%1 %2").arg(machine).arg(answers)));
        }
    }
}

void TestStale::unreadableBasis()
{
    Case c;
    c.block("s.linked").team.relied = {reliedFromString(QStringLiteral("docs/a.md with a typo"))};
    QVERIFY(c.standing("s.linked").teamStale);
}

void TestStale::linesOfTheFile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("last");
    QTest::addColumn<bool>("readable");
    const QString a(32, u'a'), b(32, u'b');
    QTest::newRow("lines") << QStringLiteral("k8s/app.yaml:3-9 %1 %2").arg(a, b) << "k8s/app.yaml" << 9 << true;
    QTest::newRow("whole") << QStringLiteral("k8s/app.yaml %1").arg(a) << "k8s/app.yaml" << 0 << true;
    QTest::newRow("root and spaces") << QStringLiteral("app:my files/a.yaml:1-1 %1 %2").arg(a, b) << "app:my files/a.yaml" << 1 << true;
    QTest::newRow("name with digits") << QStringLiteral("a:1-2 %1").arg(a) << "a:1-2" << 0 << true;
    QTest::newRow("short digest") << QStringLiteral("a.yaml %1").arg(a.left(31)) << QStringLiteral("a.yaml %1").arg(a.left(31)) << 0 << false;
    QTest::newRow("empty") << "" << "" << 0 << false;
    QTest::newRow("huge line") << QStringLiteral("a:99999999999-1 %1 %2").arg(a, b) << QStringLiteral("a:99999999999-1 %1").arg(a) << 0 << true;
}

void TestStale::linesOfTheFile()
{
    QFETCH(QString, text);
    const Relied relied = reliedFromString(text);
    QTEST(relied.path, "path");
    QTEST(relied.last, "last");
    QTEST(!relied.file.isEmpty(), "readable");
    QCOMPARE(toString(relied), text); // nothing of it is lost
}

void TestStale::veryManyFiles()
{
    samples::JudgedFolder folder;
    for (int i = 0; i < 60; ++i)
        folder.write(qPrintable(QStringLiteral("k8s/app-%1.yaml").arg(i)), folder.deployment(30, "app-" + QByteArray::number(i)));
    const Checklist checklist = samples::checklistFrom(yaml);
    const Assessment assessment = evaluate(checklist, folder.read(today));
    const Item &item = *checklist.item(QStringLiteral("s.stop"));
    const auto relied = reliedNow(item, assessment.item(item.id), {}, assessment);
    QCOMPARE(relied.size(), 1u);
    QCOMPARE(relied[0].path, QStringLiteral("*"));
    const AnswerBasis basis{samples::at(0), {}, {}, &relied};
    QVERIFY(staleReasons(item, assessment.item(item.id), basis, {checklist, assessment, checklist.version, today}).empty());
    folder.write("k8s/app-7.yaml", folder.deployment(29, "app-7"));
    const Assessment now = evaluate(checklist, folder.read(today));
    QCOMPARE(staleReasons(item, now.item(item.id), basis, {checklist, now, checklist.version, today}).size(), 1u);
}

void TestStale::movesToAnotherVersion()
{
    Case c;
    c.review.checklistVersion = QStringLiteral("1");
    c.block("s.people").team.asked = c.block("s.people").reviewer.asked = QString();
    c.block("s.linked").team.asked = QString();
    c.block("s.stop").team.asked = QStringLiteral("feedfeedfeedfeed");
    c.block("s.load") = {};
    c.review.items[1].id = QStringLiteral("s.load");
    ItemReview gone;
    gone.id = QStringLiteral("s.gone");
    gone.team = {TeamAnswer::Pass, QStringLiteral("old"), {}, QStringLiteral("A"), samples::at(0)};
    c.review.items.push_back(gone);
    QVERIFY(isOfOtherVersion(c.review, c.checklist));
    QStringList moves;
    for (const ItemMove &move : movesOf(c.review, c.checklist))
        moves << move.item + u' ' + toString(move.kind);
    QCOMPARE(moves, QStringList({"s.stop reopened", "s.load new", "s.people reopened", "s.linked kept", "s.gone gone"}));

    const Review moved = movedTo(c.review, c.checklist);
    QVERIFY(!isOfOtherVersion(moved, c.checklist));
    QCOMPARE(moved.item(QStringLiteral("s.people"))->team.asked, QStringLiteral("own 1"));
    QCOMPARE(moved.item(QStringLiteral("s.people"))->team.note, QStringLiteral("seen")); // nothing is lost
    QCOMPARE(moved.item(QStringLiteral("s.gone"))->team.note, QStringLiteral("old"));
    c.review = moved;
    QVERIFY(c.standing("s.people").stale);
    QVERIFY(c.standing("s.stop").stale);
    QVERIFY(!c.standing("s.linked").stale);
    c.judge();
    c.answerNow();
    QVERIFY(!c.standing("s.people").stale);
}

QTEST_APPLESS_MAIN(TestStale)
#include "tst_stale.moc"
