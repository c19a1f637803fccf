// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/edits.h>

#include "samples.h"

#include <QTest>
#include <QUndoStack>

using namespace tenken;
using Field = EditItem::Field;

namespace {

const Checklist checklist = samples::bigChecklist(3);
const QString first = QStringLiteral("a.item-00");

} // namespace

class TestEdits : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void undoAndRedo();
    void typingIsOneStep();
    void typingElsewhereIsAnother();
    void typingBackIsNothing();
    void anAnswerIsItsOwnStep();
    void savedTypingIsItsOwnStep();
    void undoLeavesWhatOthersDid();
    void undoAtRandom();

private:
    void push(Field field, const QString &id, const std::function<void(ItemReview &)> &change)
    {
        ItemReview after = *m_review.item(id);
        change(after);
        m_stack.push(
            new EditItem(field, &m_review, after, [this](const QString &changed) { m_told << changed; }));
    }
    void type(const QString &id, const QString &note)
    {
        push(Field::TeamAnswer, id, [&](ItemReview &item) { item.team.note = note; });
    }

    Review m_review;
    QUndoStack m_stack;
    QStringList m_told;
};

void TestEdits::init()
{
    m_stack.clear();
    m_told.clear();
    m_review = samples::review(checklist);
}

void TestEdits::undoAndRedo()
{
    const Review before = m_review;
    push(Field::TeamAnswer, first, [](ItemReview &item) { item.team.answer = TeamAnswer::Pass; });
    push(Field::Waivers, first, [](ItemReview &item) { item.waivers = {samples::waiver()}; });
    push(Field::Actions, first,
         [](ItemReview &item) { item.actions = {{QStringLiteral("do"), {}, {}, {}, false}}; });
    const Review after = m_review;
    QCOMPARE(m_stack.count(), 3);
    QCOMPARE(m_told, QStringList({first, first, first}));
    for (int i = 0; i < 3; ++i)
        m_stack.undo();
    QVERIFY(m_review == before);
    for (int i = 0; i < 3; ++i)
        m_stack.redo();
    QVERIFY(m_review == after);
    QCOMPARE(m_told.size(), 9);
    QVERIFY(m_stack.undoText().contains(first));
}

void TestEdits::typingIsOneStep()
{
    type(first, QStringLiteral("n"));
    type(first, QStringLiteral("no"));
    type(first, QStringLiteral("not"));
    QCOMPARE(m_stack.count(), 1);
    m_stack.undo();
    QCOMPARE(m_review.item(first)->team.note, QString());
    m_stack.redo();
    QCOMPARE(m_review.item(first)->team.note, QStringLiteral("not"));
}

void TestEdits::typingElsewhereIsAnother()
{
    type(first, QStringLiteral("n"));
    type(QStringLiteral("a.item-01"), QStringLiteral("m"));
    type(first, QStringLiteral("no"));
    push(Field::ReviewAnswer, first, [](ItemReview &item) { item.reviewer.note = QStringLiteral("r"); });
    QCOMPARE(m_stack.count(), 4);
}

void TestEdits::typingBackIsNothing()
{
    type(first, QStringLiteral("n"));
    type(first, QString());
    QCOMPARE(m_stack.count(), 0);
    QVERIFY(m_stack.isClean());
}

void TestEdits::anAnswerIsItsOwnStep()
{
    type(first, QStringLiteral("n"));
    push(Field::TeamAnswer, first, [](ItemReview &item) { item.team.answer = TeamAnswer::Pass; });
    type(first, QStringLiteral("no"));
    QCOMPARE(m_stack.count(), 3);
}

void TestEdits::savedTypingIsItsOwnStep()
{
    type(first, QStringLiteral("n"));
    m_stack.setClean();
    type(first, QStringLiteral("no"));
    QCOMPARE(m_stack.count(), 2);
    m_stack.undo();
    QVERIFY(m_stack.isClean());
    QCOMPARE(m_review.item(first)->team.note, QStringLiteral("n"));
}

void TestEdits::undoLeavesWhatOthersDid()
{
    ItemReview &item = *m_review.item(first);
    item.actions = {{QStringLiteral("old"), {}, {}, {}, false}};
    push(Field::TeamAnswer, first, [](ItemReview &i) { i.team.answer = TeamAnswer::Pass; });
    push(Field::Actions, first,
         [](ItemReview &i) { i.actions.push_back({QStringLiteral("ours"), {}, {}, {}, false}); });
    // Somebody else's edits come in from disk.
    item.team.note = QStringLiteral("theirs");
    item.actions.push_back({QStringLiteral("theirs"), {}, {}, {}, false});
    m_stack.undo();
    m_stack.undo();
    QVERIFY(item.team.answer == TeamAnswer::Pass); // the answer is one with the note that came in
    QCOMPARE(item.team.note, QStringLiteral("theirs"));
    QCOMPARE(item.actions.size(), 2u);
    QCOMPARE(item.actions[0].text, QStringLiteral("old"));
    QCOMPARE(item.actions[1].text, QStringLiteral("theirs"));
    m_stack.redo();
    m_stack.redo();
    QVERIFY(item.team.answer == TeamAnswer::Pass);
    QCOMPARE(item.team.note, QStringLiteral("theirs"));
    QCOMPARE(item.actions.size(), 3u);
}

void TestEdits::undoAtRandom()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 50; ++round) {
        init();
        std::vector<Review> states{m_review};
        for (int i = 0; i < 12; ++i) {
            push(Field(random.bounded(4)), m_review.items[random.bounded(3)].id, [&](ItemReview &item) {
                const QString id = item.id;
                item = {};
                item.id = id;
                samples::fillAtRandom(item, random);
            });
            if (m_stack.count() == int(states.size()))
                states.push_back(m_review);
            else
                states.back() = m_review;
        }
        while (m_stack.canUndo()) {
            QVERIFY(m_review == states[size_t(m_stack.index())]);
            m_stack.undo();
        }
        QVERIFY(m_review == states.front());
        while (m_stack.canRedo())
            m_stack.redo();
        QVERIFY(m_review == states.back());
    }
}

QTEST_APPLESS_MAIN(TestEdits)
#include "tst_edits.moc"
