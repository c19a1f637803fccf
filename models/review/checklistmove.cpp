// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/checklistmove.h>

#include <review/stale.h>

#include <algorithm>

namespace tenken {

namespace {

const Assessment nothingJudged;

Text changeLog(const Item &item, const QString &since, const Checklist &checklist)
{
    auto change = std::ranges::find(checklist.changes, since, &ChecklistChange::version);
    for (; change != checklist.changes.end(); ++change) {
        if (change->version != since && change->items.contains(item.id))
            return Text{"%1: %2", "%1: %2"}.arg(change->version, change->text);
    }
    return {"問いか規則が変わりました", "the question or its rules changed"};
}

bool isAnswered(const ItemReview &item)
{
    return item.team.answer != TeamAnswer::Open || item.reviewer.answer != ReviewAnswer::Open;
}

/// Answers to what the item asked then, whether or not they say so themselves.
bool asksSomethingElse(const Item &item, const ItemReview &block, const QString &answeredVersion,
                       const Checklist &checklist)
{
    const StaleContext context{checklist, nothingJudged, answeredVersion, {}};
    const auto other = [](const StaleReason &reason) { return reason.cause == StaleReason::Cause::Question; };
    return std::ranges::any_of(staleReasons(item, nullptr, block.team, context), other)
        || std::ranges::any_of(staleReasons(item, nullptr, block.reviewer, context), other);
}

template <typename Kind>
void mark(Answer<Kind> &answer, const Item &item, const QString &answered, const QString &version,
          const Checklist &checklist)
{
    if (answer.answer == Kind::Open || !answer.asked.isEmpty())
        return; // it tells by itself
    const StaleContext context{checklist, nothingJudged, version, {}};
    const auto reasons = staleReasons(item, nullptr, answer, context);
    const bool same = std::ranges::none_of(
        reasons, [](const StaleReason &r) { return r.cause == StaleReason::Cause::Question; });
    answer.asked = same ? questionDigest(item) : answered;
}

} // namespace

bool isOfOtherVersion(const Review &review, const Checklist &checklist)
{
    return review.checklistId != checklist.id || review.checklistVersion != checklist.version;
}

std::vector<ItemMove> movesOf(const Review &review, const Checklist &checklist)
{
    std::vector<ItemMove> moves;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            const ItemReview *block = review.item(item.id);
            if (!block || !isAnswered(*block))
                moves.push_back({item.id, item.title, ItemMove::Kind::New});
            else if (asksSomethingElse(item, *block, review.checklistVersion, checklist))
                moves.push_back({item.id, item.title, ItemMove::Kind::Reopened,
                                 changeLog(item, review.checklistVersion, checklist)});
            else
                moves.push_back({item.id, item.title, ItemMove::Kind::Kept});
        }
    }
    for (const ItemReview &block : review.items) {
        if (!checklist.item(block.id) && !block.isEmpty())
            moves.push_back({block.id, sameText(block.title), ItemMove::Kind::Gone});
    }
    return moves;
}

Review movedTo(const Review &review, const Checklist &checklist)
{
    Review moved = review;
    const QString answered = QStringLiteral("%1 %2").arg(review.checklistId, review.checklistVersion);
    for (ItemReview &block : moved.items) {
        const Item *item = checklist.item(block.id);
        if (!item)
            continue;
        mark(block.team, *item, answered, review.checklistVersion, checklist);
        mark(block.reviewer, *item, answered, review.checklistVersion, checklist);
    }
    moved.checklistId = checklist.id;
    moved.checklistVersion = checklist.version;
    alignWith(moved, checklist);
    return moved;
}

Text label(ItemMove::Kind kind)
{
    switch (kind) {
    case ItemMove::Kind::Kept: return {"そのまま", "Kept"};
    case ItemMove::Kind::Reopened: return {"もう一度答える", "Reopened"};
    case ItemMove::Kind::New: return {"未回答", "Not answered"};
    case ItemMove::Kind::Gone: return {"なくなった", "Gone"};
    }
    return {};
}

QString toString(ItemMove::Kind kind)
{
    switch (kind) {
    case ItemMove::Kind::Kept: return QStringLiteral("kept");
    case ItemMove::Kind::Reopened: return QStringLiteral("reopened");
    case ItemMove::Kind::New: return QStringLiteral("new");
    case ItemMove::Kind::Gone: return QStringLiteral("gone");
    }
    return {};
}

} // namespace tenken
