// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/edits.h>

#include <review/merge.h>

#include <QDeadlineTimer>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 typingPauseMs = 3'000;

qint64 nowMs() { return QDeadlineTimer::current().deadline(); }

Text nameOf(EditItem::Field field)
{
    switch (field) {
    case EditItem::Field::TeamAnswer: return {QStringLiteral("チームの回答"), QStringLiteral("team's answer")};
    case EditItem::Field::ReviewAnswer:
        return {QStringLiteral("レビュアーの回答"), QStringLiteral("reviewer's answer")};
    case EditItem::Field::Waivers: return {QStringLiteral("免除"), QStringLiteral("waivers")};
    case EditItem::Field::Actions: return {QStringLiteral("対応"), QStringLiteral("actions")};
    }
    return {};
}

template<typename Kind>
bool onlyNoteDiffers(Answer<Kind> a, const Answer<Kind> &b)
{
    return a.note != b.note && a.answer == b.answer && a.links == b.links;
}

} // namespace

EditItem::EditItem(Field field, Review *review, const ItemReview &after, Changed changed)
    : m_field(field)
    , m_review(review)
    , m_before(*review->item(after.id))
    , m_after(after)
    , m_changed(std::move(changed))
    , m_lastMs(nowMs())
{
    const Text name = nameOf(field);
    setText(QStringLiteral("%1 %2 (%3)").arg(after.id, name.ja, name.en));
}

void EditItem::undo() { apply(m_after, m_before); }

void EditItem::redo() { apply(m_before, m_after); }

void EditItem::apply(const ItemReview &from, const ItemReview &to)
{
    ItemReview *block = m_review->item(to.id);
    if (!block)
        return;
    ItemReview merged = mergeItem(from, to, *block);
    // An answer is taken whole. One that somebody else changed since stays theirs: undoing loses nobody's word.
    if (block->team != from.team)
        merged.team = block->team;
    if (block->reviewer != from.reviewer)
        merged.reviewer = block->reviewer;
    *block = std::move(merged);
    m_changed(to.id);
}

bool EditItem::isTyping() const
{
    return m_field == Field::TeamAnswer ? onlyNoteDiffers(m_before.team, m_after.team)
        : m_field == Field::ReviewAnswer ? onlyNoteDiffers(m_before.reviewer, m_after.reviewer)
                                         : false;
}

EditMonitor::EditMonitor(Review *review, const QString &monitorId, const std::optional<MonitorLink> &after,
                         std::function<void()> changed)
    : m_review(review)
    , m_monitorId(monitorId)
    , m_after(after)
    , m_changed(std::move(changed))
{
    const auto now = std::ranges::find(review->monitors, monitorId, &MonitorLink::id);
    if (now != review->monitors.end())
        m_before = *now;
    setText(QStringLiteral("監視 %1 (monitor)").arg(monitorId));
}

void EditMonitor::undo() { apply(m_before); }

void EditMonitor::redo() { apply(m_after); }

void EditMonitor::apply(const std::optional<MonitorLink> &link)
{
    auto &monitors = m_review->monitors;
    std::erase_if(monitors, [this](const MonitorLink &l) { return l.id == m_monitorId; });
    if (link)
        monitors.insert(std::ranges::upper_bound(monitors, link->id, {}, &MonitorLink::id), *link);
    m_changed();
}

EditReview::EditReview(const Text &name, Review *review, const Review &after, Changed changed)
    : m_review(review)
    , m_before(*review)
    , m_after(after)
    , m_changed(std::move(changed))
{
    setText(QStringLiteral("%1 (%2)").arg(name.ja, name.en));
}

void EditReview::undo() { apply(m_after, m_before); }

void EditReview::redo() { apply(m_before, m_after); }

void EditReview::apply(const Review &from, const Review &to)
{
    const Review before = std::exchange(*m_review, tenken::mergeWith(from, to, *m_review).review);
    QStringList changed;
    for (const ItemReview &item : m_review->items) {
        const ItemReview *old = before.item(item.id);
        if (!old || *old != item)
            changed.append(item.id);
    }
    m_changed(changed);
}

bool EditItem::mergeWith(const QUndoCommand *next)
{
    // Same id() means the same kind of command.
    const auto *edit = static_cast<const EditItem *>(next);
    if (edit->m_after.id != m_after.id || !isTyping() || !edit->isTyping()
        || edit->m_before != m_after || edit->m_lastMs - m_lastMs > typingPauseMs)
        return false;
    m_after = edit->m_after;
    m_lastMs = edit->m_lastMs;
    setObsolete(m_after == m_before);
    return true;
}

} // namespace tenken
