// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/mergefile.h>

#include <review/conflicttext.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const Checklist checklist = samples::bigChecklist(8);

QByteArray written(const Review &review) { return writeReview(review, {}); }

QByteArray randomText(QRandomGenerator &random)
{
    static const QByteArrayList words{"a", "b", "c", "d", "  e", "", "f: 1", "links:"};
    QByteArray text;
    for (int i = int(random.bounded(30)); i > 0; --i)
        text += words[random.bounded(words.size())] + '\n';
    return text;
}

} // namespace

class TestMergeFile : public QObject
{
    Q_OBJECT

private slots:
    void splitsWhatGitWrites_data();
    void splitsWhatGitWrites();
    void joinsAndSplits();
    void matchesInOrder();
    void differentFieldsMerge();
    void sameFieldLeavesBoth();
    void everyAnswerIsThereOrOffered();
    void choosingEndsTheConflict();
    void keepsCommentsOfOneSide();
    void leavesToGitWhatWouldBeLost_data();
    void leavesToGitWhatWouldBeLost();
    void markersWithoutBase();
};

void TestMergeFile::splitsWhatGitWrites_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); ///< base|ours|theirs; empty: refused
    QTest::addColumn<bool>("hasBase");
    QTest::newRow("merge style") << QByteArray("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n") << QByteArray("a\nd\n|a\nb\nd\n|a\nc\nd\n") << false;
    QTest::newRow("diff3 style") << QByteArray("<<<<<<< x\nb\n||||||| y\no\n=======\nc\n>>>>>>> z\n") << QByteArray("o\n|b\n|c\n") << true;
    QTest::newRow("empty sides") << QByteArray("<<<<<<< x\n||||||| y\n=======\n>>>>>>> z\nq") << QByteArray("q|q|q") << true;
    QTest::newRow("one without base") << QByteArray("<<<<<<< x\nb\n||||||| y\n=======\nc\n>>>>>>> z\n<<<<<<< x\nb\n=======\nc\n>>>>>>> z\n")
                                      << QByteArray("|b\nb\n|c\nc\n") << false;
    QTest::newRow("indented is text") << QByteArray("  <<<<<<< x\n") << QByteArray() << false;
    QTest::newRow("heading is text") << QByteArray("a\n======== \n") << QByteArray() << false;
    QTest::newRow("no end") << QByteArray("<<<<<<< x\nb\n=======\nc\n") << QByteArray() << false;
    QTest::newRow("no middle") << QByteArray("<<<<<<< x\nb\n>>>>>>> y\n") << QByteArray() << false;
    QTest::newRow("nested") << QByteArray("<<<<<<< x\n<<<<<<< y\n=======\n>>>>>>> z\n") << QByteArray() << false;
    QTest::newRow("only an end") << QByteArray(">>>>>>> z\n") << QByteArray() << false;
    QTest::newRow("none") << QByteArray("a\n") << QByteArray() << false;
}

void TestMergeFile::splitsWhatGitWrites()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QFETCH(bool, hasBase);
    const auto texts = splitConflicts(text);
    QCOMPARE(texts ? texts->base + '|' + texts->ours + '|' + texts->theirs : QByteArray(), expected);
    QCOMPARE(texts && texts->hasBase, hasBase);
}

void TestMergeFile::joinsAndSplits()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 2'000; ++round) {
        const ConflictTexts texts{randomText(random), randomText(random), randomText(random), true};
        const QByteArray joined = joinConflicts(texts);
        if (texts.base == texts.ours && texts.ours == texts.theirs) {
            QCOMPARE(joined, texts.ours);
            continue;
        }
        const auto split = splitConflicts(joined);
        QVERIFY2(split, joined.constData());
        QCOMPARE(split->base, texts.base);
        QCOMPARE(split->ours, texts.ours);
        QCOMPARE(split->theirs, texts.theirs);
        QVERIFY(split->hasBase);
    }
}

void TestMergeFile::matchesInOrder()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 500; ++round) {
        const QByteArrayList a = randomText(random).split('\n'), b = randomText(random).split('\n');
        const auto found = matchingLines(a, b);
        int last = -1;
        for (size_t i = 0; i < found.size(); ++i) {
            if (found[i] < 0)
                continue;
            QCOMPARE(a[qsizetype(i)], b[found[i]]);
            QVERIFY(found[i] > last);
            last = found[i];
        }
    }
    QCOMPARE(matchingLines({"a", "x", "b"}, {"a", "b"}), std::vector<int>({0, -1, 1}));
}

void TestMergeFile::differentFieldsMerge()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[2].team = {TeamAnswer::Pass, QStringLiteral("ours"), {}, QStringLiteral("A"), samples::at(1)};
    theirs.items[2].reviewer = {ReviewAnswer::Accept, QStringLiteral("theirs"), {}, QStringLiteral("B"), samples::at(2)};
    theirs.stage = QStringLiteral("10%");
    const auto merged = mergeFiles(written(base), written(ours), written(theirs));
    QVERIFY(merged && merged->conflicts.empty());
    QVERIFY(!hasConflictMarkers(merged->bytes));
    const auto read = parseReview(merged->bytes, samples::service(), checklist);
    QVERIFY(read);
    QCOMPARE(read->review.items[2].team.note, QStringLiteral("ours"));
    QCOMPARE(read->review.items[2].reviewer.note, QStringLiteral("theirs"));
    QCOMPARE(read->review.stage, QStringLiteral("10%"));
}

void TestMergeFile::sameFieldLeavesBoth()
{
    Review base = samples::review(checklist);
    base.items[3].team = {TeamAnswer::NotYet, {}, {}, QStringLiteral("C"), samples::at(0)};
    Review ours = base, theirs = base;
    ours.items[3].team = {TeamAnswer::Pass, {}, {}, QStringLiteral("A"), samples::at(1)};
    theirs.items[3].team = {TeamAnswer::Fail, {}, {}, QStringLiteral("B"), samples::at(2)};
    theirs.items[5].actions = {{QStringLiteral("do it"), {}, {}, {}, false}};
    const auto merged = mergeFiles(written(base), written(ours), written(theirs));
    QVERIFY(merged);
    QCOMPARE(merged->conflicts.size(), 1u);
    QCOMPARE(merged->conflicts[0].item, QStringLiteral("a.item-03"));
    QCOMPARE(merged->conflicts[0].theirsBy, QStringLiteral("B"));
    QVERIFY2(merged->bytes.contains("<<<<<<< ours\n      answer: pass\n||||||| base\n      answer: not-yet\n=======\n      answer: fail\n>>>>>>> theirs\n"),
             merged->bytes.constData());
    QVERIFY(merged->bytes.contains("do it"));
    QVERIFY(!parseReview(merged->bytes, samples::service(), checklist)); // nobody takes it for a review meanwhile

    const auto conflicted = readConflicted(merged->bytes, {}, samples::service(), checklist);
    QVERIFY(conflicted);
    QCOMPARE(conflicted->merged().conflicts.size(), 1u);
    QCOMPARE(conflicted->merged().conflicts[0].base.en, QStringLiteral("Not yet"));
}

/// Whatever two people wrote: it is in the file, on one of its sides.
void TestMergeFile::everyAnswerIsThereOrOffered()
{
    QRandomGenerator random(17);
    int conflicting = 0;
    for (int round = 0; round < 150; ++round) {
        Review base = samples::review(checklist);
        for (ItemReview &item : base.items) {
            if (random.bounded(3) == 0)
                samples::fillAtRandom(item, random);
        }
        Review sides[2] = {base, base};
        QStringList said;
        for (int s = 0; s < 2; ++s) {
            for (int i = 0; i < 4; ++i) {
                ItemReview &item = sides[s].items[random.bounded(4)];
                const QString word = QStringLiteral("said-%1-%2-%3").arg(s).arg(round).arg(i);
                switch (random.bounded(4)) {
                case 0: item.team = {TeamAnswer(1 + random.bounded(4)), word, {}, QStringLiteral("P"), samples::at(round)}; break;
                case 1: item.reviewer.note = word; break;
                case 2: item.actions.push_back({word, {}, {}, {}, false}); break;
                case 3: item.waivers.push_back({word, QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C"), QDate(2026, 12, 1)}); break;
                }
            }
            const QString all = QString::fromUtf8(written(sides[s]));
            for (int i = 0; i < 4; ++i) {
                const QString word = QStringLiteral("said-%1-%2-%3").arg(s).arg(round).arg(i);
                if (all.contains(word))
                    said << word;
            }
        }
        const auto merged = mergeFiles(written(base), written(sides[0]), written(sides[1]));
        if (!merged) // texts of the samples hold '#', on both sides: git merges lines
            continue;
        const QString text = QString::fromUtf8(merged->bytes);
        for (const QString &word : std::as_const(said))
            QVERIFY2(text.contains(word), qPrintable(word));
        QCOMPARE(hasConflictMarkers(merged->bytes), !merged->conflicts.empty());
        conflicting += !merged->conflicts.empty();
    }
    QVERIFY2(conflicting > 5, qPrintable(QString::number(conflicting)));
}

void TestMergeFile::choosingEndsTheConflict()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team = {TeamAnswer::Pass, QStringLiteral("ours"), {}, QStringLiteral("A"), samples::at(1), {}, QStringLiteral("aaaa")};
    theirs.items[0].team = {TeamAnswer::Fail, QStringLiteral("theirs"), {}, QStringLiteral("B"), samples::at(2), {}, QStringLiteral("bbbb")};
    const auto file = mergeFiles(written(base), written(ours), written(theirs));
    const auto conflicted = readConflicted(file->bytes, {}, samples::service(), checklist);
    QVERIFY(conflicted);
    QCOMPARE(conflicted->merged().conflicts.size(), 1u);
    const auto chosen = conflicted->merged([](int, const MergeConflict &) { return MergeSide::Theirs; });
    const Answer<TeamAnswer> &team = chosen.review.items[0].team;
    QVERIFY(team.answer == TeamAnswer::Fail);
    QCOMPARE(team.by, QStringLiteral("B")); // who said it goes with the answer, and what it rests on too
    QCOMPARE(team.asked, QStringLiteral("bbbb"));
    QCOMPARE(team.note, QStringLiteral("theirs"));
    const QByteArray bytes = writeReview(chosen.review, conflicted->kept);
    QVERIFY(!hasConflictMarkers(bytes));
    QVERIFY(parseReview(bytes, samples::service(), checklist));
    const auto neither = conflicted->merged([](int, const MergeConflict &) { return MergeSide::Base; });
    QVERIFY(neither.review.items[0].team.answer == TeamAnswer::Open);
}

void TestMergeFile::keepsCommentsOfOneSide()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team.note = QStringLiteral("ours");
    theirs.items[1].team.note = QStringLiteral("theirs");
    QByteArray commented = written(theirs);
    commented.replace("  a.item-01:\n", "  # mind this\n  a.item-01:\n").replace("\nformat:", "\nx-team: red\nformat:");
    for (const auto &merged : {mergeFiles(written(base), written(ours), commented), mergeFiles(written(base), commented, written(ours))}) {
        QVERIFY(merged);
        QVERIFY2(merged->bytes.contains("# mind this") && merged->bytes.contains("x-team: red"), merged->bytes.constData());
        QVERIFY(merged->bytes.contains("ours") && merged->bytes.contains("theirs"));
    }
}

void TestMergeFile::leavesToGitWhatWouldBeLost_data()
{
    QTest::addColumn<QByteArray>("ours");
    QTest::addColumn<QByteArray>("theirs");
    const QByteArray plain = written(samples::review(checklist));
    QTest::newRow("comments on both sides") << QByteArray(plain).append("# mine\n") << QByteArray(plain).append("# yours\n");
    QTest::newRow("unknown keys on both sides") << QByteArray(plain).append("x: 1\n") << QByteArray(plain).append("x: 2\n");
    QTest::newRow("deep below an unknown key") << QByteArray(plain).append("x:\n  a:\n\n    b: 1\n") << QByteArray(plain).append("x:\n  a:\n\n    b: 2\n");
    QTest::newRow("not YAML") << plain << QByteArray("{[");
    QTest::newRow("another format") << plain << QByteArray(plain).replace("tenken.review/1", "tenken.review/2");
    QTest::newRow("markers already") << plain << QByteArray("<<<<<<< a\n=======\n>>>>>>> b\n") + plain;
    QTest::newRow("a key twice") << plain << QByteArray(plain).append("items: {}\n");
}

void TestMergeFile::leavesToGitWhatWouldBeLost()
{
    QFETCH(QByteArray, ours);
    QFETCH(QByteArray, theirs);
    QVERIFY(!mergeFiles(written(samples::review(checklist)), ours, theirs));
}

void TestMergeFile::markersWithoutBase()
{
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team.answer = TeamAnswer::Pass;
    theirs.items[0].team.answer = TeamAnswer::Fail;
    QByteArray text = written(ours);
    text.replace("      answer: pass\n", "<<<<<<< HEAD\n      answer: pass\n=======\n      answer: fail\n>>>>>>> theirs\n");
    for (const QByteArray &known : {QByteArray(), written(base)}) {
        const auto conflicted = readConflicted(text, known, samples::service(), checklist);
        QVERIFY(conflicted);
        QCOMPARE(conflicted->merged().conflicts.size(), 1u);
    }
}

QTEST_APPLESS_MAIN(TestMergeFile)
#include "tst_mergefile.moc"
