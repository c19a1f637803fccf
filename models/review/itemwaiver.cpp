// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/itemwaiver.h>

#include <algorithm>

namespace tenken {

const Waiver *validWaiver(const ItemReview *review, const QDate &today)
{
    const Waiver *best = nullptr;
    if (!review)
        return best;
    for (const Waiver &waiver : review->waivers) {
        if (waiver.scope() == Waiver::Scope::Item && waiver.isValidOn(today)
            && (!best || waiver.expires > best->expires))
            best = &waiver;
    }
    return best;
}

Text waiverTrouble(const Item &item, const ItemReview &review, const QDate &today)
{
    if (!item.waivable && (!review.waivers.empty() || review.reviewer.answer == ReviewAnswer::Waive)) {
        const Text never{QStringLiteral("この項目は免除できません。"), QStringLiteral("This item cannot be waived.")};
        return item.neverWaived.isEmpty()
            ? never : Text{never.ja + item.neverWaived.ja, never.en + QLatin1Char(' ') + item.neverWaived.en};
    }
    const auto ofItem = [](const Waiver &waiver) { return waiver.scope() == Waiver::Scope::Item; };
    const bool any = std::ranges::any_of(review.waivers, ofItem);
    const bool anyComplete =
        std::ranges::any_of(review.waivers, [&](const Waiver &w) { return ofItem(w) && w.isComplete(); });
    if (anyComplete && !validWaiver(&review, today))
        return {QStringLiteral("免除は期限が切れています。"), QStringLiteral("The waiver has expired.")};
    if (std::ranges::any_of(review.waivers, &Waiver::unclear))
        return {QStringLiteral("免除に読めないキーか値があり、どこまでのものか分からないため数えません。"),
                QStringLiteral("A waiver has a key or a value that cannot be read: it may be meant for less, and does "
                               "not count.")};
    if (any || review.reviewer.answer == ReviewAnswer::Waive) {
        return {
            QStringLiteral("免除には、理由、申請者、別の人の承認、代わりの対策、期限が必要です。"),
            QStringLiteral("A waiver needs a reason, a requester, another person's approval, a compensating "
                           "control and an expiry date.")};
    }
    return {};
}

} // namespace tenken
