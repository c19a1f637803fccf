// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

#include <QUndoCommand>

#include <functional>

namespace tenken {

/// One change to one item's block: an answer, the waivers or the actions. Undoing takes back this change
/// alone: what came in from elsewhere since then stays.
class EditItem final : public QUndoCommand
{
public:
    enum class Field { TeamAnswer, ReviewAnswer, Waivers, Actions };
    using Changed = std::function<void(const QString &itemId)>;

    EditItem(Field field, Review *review, const ItemReview &after, Changed changed);

    void undo() override;
    void redo() override;
    int id() const override { return 1 + int(m_field); }
    bool mergeWith(const QUndoCommand *next) override; ///< typing on in the same note is one step

private:
    bool isTyping() const;      ///< only a note differs
    void apply(const ItemReview &from, const ItemReview &to);

    Field m_field;
    Review *m_review;
    ItemReview m_before;
    ItemReview m_after;
    Changed m_changed;
    qint64 m_lastMs;            ///< of a monotonic clock
};

/// A person's word on a monitor: said, changed or taken back.
class EditMonitor final : public QUndoCommand
{
public:
    /// `after`: nothing takes the word back.
    EditMonitor(Review *review, const QString &monitorId, const std::optional<MonitorLink> &after,
                std::function<void()> changed);

    void undo() override;
    void redo() override;

private:
    void apply(const std::optional<MonitorLink> &link);

    Review *m_review;
    QString m_monitorId;
    std::optional<MonitorLink> m_before, m_after;
    std::function<void()> m_changed;
};

/// A change of several parts of the review at once: the stage applied for, the move to another checklist version,
/// what was chosen in conflicts.
class EditReview final : public QUndoCommand
{
public:
    /// Hears of the items that became others.
    using Changed = std::function<void(const QStringList &itemIds)>;

    EditReview(const Text &name, Review *review, const Review &after, Changed changed);

    void undo() override;
    void redo() override;

private:
    void apply(const Review &from, const Review &to);

    Review *m_review;
    Review m_before, m_after;
    Changed m_changed;
};

} // namespace tenken
