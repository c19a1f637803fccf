// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/merge.h>

#include <review/reviewfile.h>

#include "samples.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

namespace {

const Checklist checklist = samples::bigChecklist(12);
const QString first = QStringLiteral("a.item-00");

QString told(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines << problem.toString(Lang::En);
    return lines.join(u'\n');
}

/// One edit as a person makes it, with a text that occurs nowhere else.
void editOnce(ItemReview &item, QRandomGenerator &random, const QString &unique)
{
    switch (random.bounded(9)) {
    case 0:
        item.team = {TeamAnswer(1 + random.bounded(4)),
                     unique,
                     {},
                     QStringLiteral("someone"),
                     samples::at(int(random.bounded(900)))};
        break;
    case 1:
        item.team.note = unique;
        break;
    case 2:
        item.team.links.append(unique);
        break;
    case 3:
        item.reviewer = {ReviewAnswer(1 + random.bounded(4)),
                         unique,
                         {},
                         QStringLiteral("someone"),
                         samples::at(int(random.bounded(900)))};
        break;
    case 4:
        item.waivers.push_back(samples::waiver());
        item.waivers.back().reason = unique;
        break;
    case 5:
        item.actions.push_back({unique, unique, {}, {}, false});
        break;
    case 6:
        if (!item.actions.empty())
            item.actions[random.bounded(quint32(item.actions.size()))].link = unique;
        break;
    case 7:
        if (!item.actions.empty())
            item.actions[random.bounded(quint32(item.actions.size()))].done ^= true;
        break;
    case 8:
        if (!item.actions.empty())
            item.actions.erase(item.actions.begin() + random.bounded(int(item.actions.size())));
        break;
    }
}

Review started(QRandomGenerator &random)
{
    Review review = samples::review(checklist);
    for (ItemReview &item : review.items) {
        for (int i = int(random.bounded(5)); i > 0; --i)
            editOnce(item, random, QStringLiteral("base-%1").arg(random.generate()));
    }
    return review;
}

const Waiver waitsForApproval{QStringLiteral("r"), QStringLiteral("Ann"), {}, QStringLiteral("c"), QDate(2026, 11, 22)};

QString everythingIn(const Review &review) { return QString::fromUtf8(writeReview(review, {})); }

} // namespace

Q_DECLARE_METATYPE(Answer<ReviewAnswer>)
Q_DECLARE_METATYPE(Waiver)

class TestMerge : public QObject
{
    Q_OBJECT

private slots:
    void oneSideChanged();
    void differentItems();
    void differentFieldsOfOneItem();
    void sameFieldIsAConflict();
    void sameChangeIsNone();
    void anAnswerIsOneStatement_data();
    void anAnswerIsOneStatement();
    void bothSaidTheSame();
    void listsTakeBothSides();
    void removedHereChangedThere();
    void aWaiverIsOneStatement_data();
    void aWaiverIsOneStatement();
    void answersKeepTheirVersion();
    void longListsStayQuick();
    void headAndOrphans();
    void nothingIsLost();
    void orderOfSidesMattersOnlyInConflicts();
    void gitMergesDifferentItems_data();
    void gitMergesDifferentItems();
};

void TestMerge::oneSideChanged()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 100; ++round) {
        const Review base = started(random);
        Review side = base;
        for (int i = 0; i < 5; ++i)
            editOnce(side.items[random.bounded(quint32(side.items.size()))], random,
                     QStringLiteral("e-%1").arg(random.generate()));
        using Sides = std::pair<const Review *, const Review *>;
        for (const auto &[ours, theirs] : {Sides(&side, &base), Sides(&base, &side), Sides(&side, &side)}) {
            const auto merged = mergeReviews(base, *ours, *theirs);
            QVERIFY(merged.value == side);
            QVERIFY(merged.problems.empty());
        }
    }
}

void TestMerge::differentItems()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team = {TeamAnswer::Pass, QStringLiteral("mine"), {}, QStringLiteral("A"), samples::at(1)};
    theirs.items[1].reviewer = {
        ReviewAnswer::Reject, QStringLiteral("yours"), {}, QStringLiteral("B"), samples::at(2)};
    const auto merged = mergeReviews(base, ours, theirs);
    QVERIFY(merged.problems.empty());
    QVERIFY(merged.value.items[0] == ours.items[0]);
    QVERIFY(merged.value.items[1] == theirs.items[1]);
}

void TestMerge::differentFieldsOfOneItem()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team.answer = TeamAnswer::Pass;
    ours.items[0].actions.push_back({QStringLiteral("do"), {}, {}, {}, false});
    theirs.items[0].reviewer.note = QStringLiteral("note");
    theirs.items[0].reviewer.answer = ReviewAnswer::Ask;
    theirs.items[0].waivers.push_back(samples::waiver());
    const auto merged = mergeReviews(base, ours, theirs);
    QVERIFY2(merged.problems.empty(), qPrintable(told(merged.problems)));
    const ItemReview &item = merged.value.items[0];
    QVERIFY(item.team.answer == TeamAnswer::Pass);
    QCOMPARE(item.reviewer.note, QStringLiteral("note"));
    QVERIFY(item.reviewer.answer == ReviewAnswer::Ask);
    QCOMPARE(item.actions.size(), 1u);
    QCOMPARE(item.waivers.size(), 1u);
}

void TestMerge::sameFieldIsAConflict()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team.answer = TeamAnswer::Pass;
    ours.items[0].team.note = QStringLiteral("mine");
    theirs.items[0].team.answer = TeamAnswer::Fail;
    theirs.items[0].team.note = QStringLiteral("yours, 100 %1");
    const auto merged = mergeReviews(base, ours, theirs);
    QVERIFY(merged.value == ours);
    QCOMPARE(merged.problems.size(), 1u);
    QCOMPARE(merged.problems[0].toString(Lang::En),
             QStringLiteral("readiness/review.yaml: a.item-00: the team's answer was changed elsewhere too. "
                            "The other value is "
                            "\"Fail: yours, 100 %1\". — This window's value \"Pass: mine\" is kept. Check it, "
                            "then save."));
    QVERIFY(merged.problems[0].message.ja.contains(QStringLiteral("チームの回答")));
}

void TestMerge::sameChangeIsNone()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team = {TeamAnswer::Pass, QStringLiteral("same"), {}, QStringLiteral("A"), samples::at(1)};
    theirs.items[0].team = {
        TeamAnswer::Pass, QStringLiteral("same"), {}, QStringLiteral("B"), samples::at(2)};
    ours.items[0].actions = theirs.items[0].actions = {{QStringLiteral("do"), {}, {}, {}, false}};
    const auto merged = mergeReviews(base, ours, theirs);
    QVERIFY(merged.problems.empty());
    QCOMPARE(merged.value.items[0].actions.size(), 1u);
    QVERIFY(merged.value.items[0].team.answer == TeamAnswer::Pass);
}

void TestMerge::anAnswerIsOneStatement_data()
{
    using A = Answer<ReviewAnswer>;
    QTest::addColumn<A>("base");
    QTest::addColumn<A>("ours");
    QTest::addColumn<A>("theirs");
    const A reject{ReviewAnswer::Reject, QStringLiteral("show me"), {}, QStringLiteral("R"), samples::at(0)};
    A accept{ReviewAnswer::Accept, {}, {}, QStringLiteral("A"), samples::at(1)};
    A noted = reject, linked = reject, again = reject;
    noted.note = QStringLiteral("still not convinced");
    noted.by = QStringLiteral("B");
    linked.links = {QStringLiteral("https://example.com")};
    again.at = samples::at(3);
    again.relied = {reliedFromString(QStringLiteral("a ") + QString(32, u'e'))};
    A thought;
    thought.note = QStringLiteral("a thought");
    QTest::newRow("answer against note") << reject << accept << noted;
    QTest::newRow("answer against links") << reject << accept << linked;
    QTest::newRow("note against links") << reject << noted << linked;
    QTest::newRow("answer against a second look") << reject << accept << again;
    QTest::newRow("note against a second look") << reject << noted << again;
    QTest::newRow("a first answer against a thought") << A() << accept << thought;
    QTest::newRow("against nothing any more") << reject << noted << A();
}

/// Whatever of it changed: one side is taken as it was said, and both are offered.
void TestMerge::anAnswerIsOneStatement()
{
    QFETCH(Answer<ReviewAnswer>, base);
    QFETCH(Answer<ReviewAnswer>, ours);
    QFETCH(Answer<ReviewAnswer>, theirs);
    Review sides[3] = {samples::review(checklist), samples::review(checklist), samples::review(checklist)};
    sides[0].items[0].reviewer = base;
    sides[1].items[0].reviewer = ours;
    sides[2].items[0].reviewer = theirs;
    for (const auto &[side, expected] : {std::pair(MergeSide::Ours, ours), {MergeSide::Theirs, theirs}, {MergeSide::Base, base}}) {
        const MergedReview merged = mergeWith(sides[0], sides[1], sides[2], [&](int, const MergeConflict &) { return side; });
        QCOMPARE(merged.conflicts.size(), 1u);
        QVERIFY(merged.review.items[0].reviewer == expected);
        QCOMPARE(merged.conflicts[0].oursBy, ours.by);
        QVERIFY(merged.conflicts[0].ours.en.contains(ours.note) && merged.conflicts[0].theirs.en.contains(theirs.note));
    }
}

/// By two people at two times: no question, and one of them is named whole.
void TestMerge::bothSaidTheSame()
{
    const Review base = samples::review(checklist);
    Review first = base, later = base;
    first.items[0].team = {TeamAnswer::Pass, QStringLiteral("seen"), {}, QStringLiteral("A"), samples::at(1), {}, QStringLiteral("aa")};
    later.items[0].team = {TeamAnswer::Pass, QStringLiteral("seen"), {}, QStringLiteral("B"), samples::at(9), {}, QStringLiteral("bb")};
    for (const auto &merged : {mergeReviews(base, first, later), mergeReviews(base, later, first)}) {
        QVERIFY(merged.problems.empty());
        QVERIFY(merged.value.items[0].team == first.items[0].team);
    }
}

void TestMerge::listsTakeBothSides()
{
    Review base = samples::review(checklist);
    base.items[0].actions = {{QStringLiteral("one"), QStringLiteral("A"), {}, {}, false},
                             {QStringLiteral("two"), QStringLiteral("B"), {}, {}, false},
                             {QStringLiteral("three"), QStringLiteral("C"), {}, {}, false}};
    Review ours = base, theirs = base;
    ours.items[0].actions[0].done = true;
    ours.items[0].actions.push_back({QStringLiteral("ours"), {}, {}, {}, false});
    theirs.items[0].actions[0].owner = QStringLiteral("Z");
    theirs.items[0].actions.erase(theirs.items[0].actions.begin() + 1);
    theirs.items[0].actions.push_back({QStringLiteral("theirs"), {}, {}, {}, false});
    const auto merged = mergeReviews(base, ours, theirs);
    QVERIFY2(merged.problems.empty(), qPrintable(told(merged.problems)));
    const std::vector<Action> expected = {{QStringLiteral("one"), QStringLiteral("Z"), {}, {}, true},
                                          {QStringLiteral("three"), QStringLiteral("C"), {}, {}, false},
                                          {QStringLiteral("ours"), {}, {}, {}, false},
                                          {QStringLiteral("theirs"), {}, {}, {}, false}};
    QVERIFY(merged.value.items[0].actions == expected);
}

void TestMerge::removedHereChangedThere()
{
    Review base = samples::review(checklist);
    base.items[0].waivers = {samples::waiver()};
    Review ours = base, theirs = base;
    ours.items[0].waivers.clear();
    theirs.items[0].waivers[0].expires = QDate(2027, 1, 1);
    // Nobody approves what was withdrawn by changing a word of it, and nobody's change is dropped unseen.
    for (const auto &[side, expected] : {std::pair(MergeSide::Ours, ours), {MergeSide::Theirs, theirs}, {MergeSide::Base, base}}) {
        const auto choose = [&](int, const MergeConflict &) { return side; };
        const MergedReview merged = mergeWith(base, ours, theirs, choose);
        QCOMPARE(merged.conflicts.size(), 1u);
        QCOMPARE(merged.conflicts[0].ours.en, QStringLiteral("withdrawn"));
        QVERIFY(merged.conflicts[0].theirs.en.contains(QStringLiteral("2027-01-01")));
        QVERIFY(merged.review.items[0].waivers == expected.items[0].waivers);
        QCOMPARE(mergeWith(base, theirs, ours, choose).conflicts.size(), 1u);
    }
    theirs = base; // withdrawn here, untouched there
    QVERIFY(mergeReviews(base, ours, theirs).value.items[0].waivers.empty());
    // An action that one side closed stays, as changed.
    base.items[0].actions = {{QStringLiteral("do"), QStringLiteral("A"), {}, {}, false}};
    ours = theirs = base;
    ours.items[0].actions.clear();
    theirs.items[0].actions[0].done = true;
    QVERIFY(mergeReviews(base, ours, theirs).value.items[0].actions == theirs.items[0].actions);
}

void TestMerge::aWaiverIsOneStatement_data()
{
    QTest::addColumn<Waiver>("ours");
    QTest::addColumn<Waiver>("theirs");
    Waiver approved = waitsForApproval, later = waitsForApproval, tracked = waitsForApproval, controlled = waitsForApproval;
    approved.approver = QStringLiteral("Bob");
    later.expires = QDate(2027, 11, 22);
    tracked.link = QStringLiteral("https://example.com/T-1");
    controlled.control = QStringLiteral("none really");
    QTest::newRow("approved against prolonged") << approved << later;
    QTest::newRow("prolonged against approved") << later << approved;
    QTest::newRow("approved against another control") << approved << controlled;
    QTest::newRow("approved against tracked") << approved << tracked;
}

/// Merged field by field, it would be one that nobody approved.
void TestMerge::aWaiverIsOneStatement()
{
    QFETCH(Waiver, ours);
    QFETCH(Waiver, theirs);
    Review sides[3] = {samples::review(checklist), samples::review(checklist), samples::review(checklist)};
    sides[0].items[0].waivers = {waitsForApproval};
    sides[1].items[0].waivers = {ours};
    sides[2].items[0].waivers = {theirs};
    for (const auto &[side, expected] : {std::pair(MergeSide::Ours, ours), {MergeSide::Theirs, theirs}, {MergeSide::Base, waitsForApproval}}) {
        const MergedReview merged = mergeWith(sides[0], sides[1], sides[2], [&](int, const MergeConflict &) { return side; });
        QCOMPARE(merged.conflicts.size(), 1u);
        QVERIFY(merged.review.items[0].waivers == std::vector{expected});
        QVERIFY(merged.conflicts[0].ours.en.contains(ours.approver.isEmpty() ? QStringLiteral("–") : ours.approver));
    }
    sides[2].items[0].waivers = {ours}; // both the same
    QVERIFY(mergeReviews(sides[0], sides[1], sides[2]).problems.empty());
}

/// Each side's answers go on answering the version that its file names.
void TestMerge::answersKeepTheirVersion()
{
    const QString old = QStringLiteral("zozotown 2.1");
    const Answer<TeamAnswer> pass{TeamAnswer::Pass, QStringLiteral("seen"), {}, QStringLiteral("A"), samples::at(1)};
    const Review base = samples::review(checklist);
    Review moved = base, answered = base;
    moved.checklistVersion = QStringLiteral("2.2");
    answered.items[0].team = pass;
    answered.items[1].team = pass;
    answered.items[1].team.asked = QStringLiteral("0123456789abcdef");
    for (const auto &merged : {mergeReviews(base, moved, answered), mergeReviews(base, answered, moved)}) {
        QVERIFY(merged.problems.empty());
        QCOMPARE(merged.value.checklistVersion, QStringLiteral("2.2"));
        QCOMPARE(merged.value.items[0].team.asked, old);
        QCOMPARE(merged.value.items[1].team.asked, QStringLiteral("0123456789abcdef")); // tells by itself
        QVERIFY(merged.value.items[2].team.asked.isEmpty()); // nobody answered
    }
    // What the side that moved on answered is an answer to the version it moved to.
    Review both = moved;
    both.items[0].team = pass;
    QVERIFY(mergeReviews(base, both, base).value == both);
    QVERIFY(mergeReviews(answered, both, answered).value.items[0].team.asked.isEmpty());
    // An acceptance on one side is no acceptance of what the other side says since.
    Review said = base, accepted = base;
    accepted.items[0].team = said.items[0].team = pass;
    accepted.items[0].reviewer = {ReviewAnswer::Accept, {}, {}, QStringLiteral("B"), samples::at(5)};
    Review before = base;
    before.items[0].team = pass;
    said.items[0].team.note = QStringLiteral("should be fine now");
    said.items[0].team.at = samples::at(9);
    const auto merged = mergeReviews(before, accepted, said).value;
    const Outcome outcome = decide(checklist, {}, &merged, QDate(2026, 11, 20));
    QVERIFY(outcome.items[0].reviewerStale);
}

void TestMerge::longListsStayQuick()
{
    constexpr int many = 16'000;
    Review base = samples::review(checklist);
    for (int i = 0; i < many; ++i) {
        base.items[0].waivers.push_back(samples::waiver());
        base.items[0].waivers.back().reason = QStringLiteral("reason %1").arg(i);
    }
    Review ours = base, theirs = base;
    for (int i = 0; i < many; ++i)
        ours.items[0].waivers[size_t(i)].link = QStringLiteral("https://example.com/%1").arg(i);
    theirs.items[0].waivers.pop_back();
    ours.items[0].waivers.push_back(samples::waiver());
    theirs.items[0].waivers.push_back(samples::waiver());
    QElapsedTimer timer;
    timer.start();
    const auto merged = mergeReviews(base, ours, theirs);
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(merged.problems.size(), 1u); // the last: withdrawn there
    QCOMPARE(merged.value.items[0].waivers.size(), size_t(many) + 1);
    QVERIFY(merged.value.items[0].waivers == ours.items[0].waivers);
}

void TestMerge::headAndOrphans()
{
    Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    theirs.checklistVersion = QStringLiteral("2.2");
    ItemReview orphan;
    orphan.id = QStringLiteral("gone.item");
    orphan.team.note = QStringLiteral("old");
    theirs.items.push_back(orphan);
    auto merged = mergeReviews(base, ours, theirs);
    QVERIFY(merged.value == theirs);
    merged = mergeReviews(theirs, base, theirs); // we dropped it
    QVERIFY(!merged.value.item(orphan.id));
    ours.checklistVersion = QStringLiteral("2.3");
    merged = mergeReviews(base, ours, theirs);
    QCOMPARE(merged.value.checklistVersion, QStringLiteral("2.3"));
    QCOMPARE(merged.problems.size(), 1u);
}

void TestMerge::nothingIsLost()
{
    QRandomGenerator random(42);
    for (int round = 0; round < 200; ++round) {
        const Review base = started(random);
        Review sides[2] = {base, base};
        for (int s = 0; s < 2; ++s) {
            for (int i = 0; i < 6; ++i)
                editOnce(sides[s].items[random.bounded(4)], random,
                         QStringLiteral("side%1-%2-%3").arg(s).arg(round).arg(i));
        }
        const auto merged = mergeReviews(base, sides[0], sides[1]);
        const QString conflicts = told(merged.problems);
        const QString all = everythingIn(merged.value);
        const QString here = everythingIn(sides[0]), there = everythingIn(sides[1]);
        for (int i = 0; i < 6; ++i) {
            const QString ours = QStringLiteral("side0-%1-%2").arg(round).arg(i);
            const QString theirs = QStringLiteral("side1-%1-%2").arg(round).arg(i);
            QVERIFY2(!here.contains(ours) || all.contains(ours), qPrintable(ours));
            QVERIFY2(!there.contains(theirs) || all.contains(theirs) || conflicts.contains(theirs),
                     qPrintable(theirs + u'\n' + conflicts));
        }
        for (const ItemReview &item : merged.value.items) { // nobody touched these
            if (item.id > QStringLiteral("a.item-03"))
                QVERIFY(item == *base.item(item.id));
        }
    }
}

void TestMerge::orderOfSidesMattersOnlyInConflicts()
{
    QRandomGenerator random(43);
    int clean = 0;
    for (int round = 0; round < 200; ++round) {
        const Review base = started(random);
        Review a = base, b = base;
        editOnce(a.items[random.bounded(6)], random, QStringLiteral("a-%1").arg(round));
        editOnce(b.items[random.bounded(6)], random, QStringLiteral("b-%1").arg(round));
        const auto ab = mergeReviews(base, a, b);
        const auto ba = mergeReviews(base, b, a);
        QCOMPARE(ab.problems.size(), ba.problems.size());
        if (!ab.problems.empty())
            continue;
        ++clean;
        for (size_t i = 0; i < ab.value.items.size(); ++i) {
            QVERIFY(ab.value.items[i].team.answer == ba.value.items[i].team.answer);
            QCOMPARE(ab.value.items[i].team.note, ba.value.items[i].team.note);
            QCOMPARE(ab.value.items[i].actions.size(), ba.value.items[i].actions.size());
        }
    }
    QVERIFY(clean > 100);
}

void TestMerge::gitMergesDifferentItems_data()
{
    QTest::addColumn<QString>("algorithm");
    for (const char *algorithm : {"myers", "histogram", "patience", "minimal"})
        QTest::newRow(algorithm) << QString::fromLatin1(algorithm);
}

void TestMerge::gitMergesDifferentItems()
{
    QFETCH(QString, algorithm);
    const QString git = QStandardPaths::findExecutable(QStringLiteral("git"));
    if (git.isEmpty())
        QSKIP("git is not installed");
    QRandomGenerator random(2026);
    const QTemporaryDir folder;
    const auto write = [&](const char *name, const Review &review) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::WriteOnly) && file.write(writeReview(review, {})) > 0;
    };
    for (int round = 0; round < 25; ++round) {
        // Even rounds: the very first answers of a new review; neighbours on purpose.
        const Review base = round % 2 ? started(random) : samples::review(checklist);
        Review sides[2] = {base, base};
        for (size_t i = 0; i < base.items.size(); ++i) {
            for (int edits = int(random.bounded(4)); edits > 0; --edits)
                editOnce(sides[i % 2].items[i], random, QStringLiteral("edit-%1").arg(random.generate()));
        }
        QVERIFY(write("base", base) && write("ours", sides[0]) && write("theirs", sides[1]));
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(git,
                      {QStringLiteral("merge-file"), QStringLiteral("-p"),
                       QStringLiteral("--diff-algorithm=") + algorithm, QStringLiteral("ours"),
                       QStringLiteral("base"), QStringLiteral("theirs")});
        QVERIFY(process.waitForFinished());
        const QByteArray merged = process.readAllStandardOutput();
        QVERIFY2(process.exitCode() == 0, (process.readAllStandardError() + merged).constData());
        const auto read = parseReview(merged, samples::service(), checklist);
        QVERIFY(read.has_value());
        QVERIFY(read->review == mergeReviews(base, sides[0], sides[1]).value);
    }
}

QTEST_APPLESS_MAIN(TestMerge)
#include "tst_merge.moc"
