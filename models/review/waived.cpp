// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/waived.h>

#include <review/reviewfile.h>

#include <algorithm>

namespace tenken {

namespace {

bool isUnmet(Verdict v, bool warnCounts)
{
    return v == Verdict::Fail || v == Verdict::Unknown || (warnCounts && v == Verdict::Warn);
}

/// Passing needs no waiver, and what does not apply takes none.
bool takesWaiver(const Finding &finding) { return isUnmet(finding.verdict, true); }

/// The waiver that covers it longest, or null.
template<typename What>
const Waiver *covering(const What &what, const ItemReview &review, const QDate &today)
{
    const Waiver *best = nullptr;
    for (const Waiver &waiver : review.waivers) {
        if (waiver.isAbout(what) && waiver.isValidOn(today) && (!best || waiver.expires > best->expires))
            best = &waiver;
    }
    return best;
}

std::optional<Acceptance> acceptanceOf(const Waiver *waiver)
{
    if (!waiver)
        return {};
    return Acceptance{waiver->reason, waiver->approver, waiver->expires};
}

void applyLoosenings(ItemResult &item, const ItemReview &review, const QDate &today)
{
    std::vector<int> covered;
    for (const Loosening &loosening : item.loosened) {
        if (covering(loosening, review, today))
            covered.push_back(loosening.index);
    }
    std::ranges::sort(covered);
    // Where there are many, only all together were judged: without one of them none is applied.
    const auto judged = std::ranges::find(item.ifLoosened, covered, &LoosenedFindings::applied);
    if (judged == item.ifLoosened.end())
        return;
    item.findings = judged->findings;
    for (Loosening &loosening : item.loosened)
        loosening.waived = acceptanceOf(covering(loosening, review, today));
}

bool isAboutAny(const Waiver &waiver, const ItemResult &item)
{
    const auto about = [&](const auto &what) { return waiver.isAbout(what); };
    return std::ranges::any_of(item.loosened, about)
        || std::ranges::any_of(item.findings, [&](const Finding &f) { return takesWaiver(f) && about(f); });
}

/// Why a waiver of a part does not count, or nothing.
Text trouble(const Waiver &waiver, const ItemResult &item, const QDate &today)
{
    if (!item.waivable)
        return {"この項目は免除できないため、数えません", "this item cannot be waived: the waiver does not count"};
    if (waiver.unclear)
        return {"読めないキーか値があり、どこまでのものか分からないため、この免除は数えません",
                "this waiver does not count: it has a key or a value that cannot be read, so it may be meant for less"};
    if (!waiver.isComplete())
        return {"この免除は数えません。理由、申請者、別の人の承認、期限と、規則(または値)がそろっていません",
                "this waiver does not count: it needs a reason, a requester, another person's approval, an expiry date "
                "and a rule (or a value)"};
    if (!waiver.isValidOn(today))
        return Text{"この免除は %1 に期限が切れ、もう数えません", "this waiver expired on %1 and no longer counts"}.arg(
            waiver.expires.toString(Qt::ISODate));
    if (!isAboutAny(waiver, item))
        return {"この免除に当たるものがありません", "this waiver matches nothing"};
    return {};
}

} // namespace

Assessment withWaivers(const Assessment &judged, const Review *review, const QDate &today)
{
    Assessment assessment = judged;
    if (!review)
        return assessment;
    for (ItemResult &item : assessment.items) {
        const ItemReview *block = review->item(item.id);
        if (!block || block->waivers.empty() || !item.waivable)
            continue;
        applyLoosenings(item, *block, today);
        for (Finding &finding : item.findings) {
            if (takesWaiver(finding))
                finding.waived = acceptanceOf(covering(finding, *block, today));
        }
        item.verdict = verdictOf(item.findings);
    }
    assessment.capacity = planIn(assessment.items);
    return assessment;
}

ItemResult onLaterDay(const ItemResult &result, const ItemReview *review, const QDate &day)
{
    ItemResult later = result;
    for (Finding &finding : later.findings) {
        if (finding.holdsUntil.isValid() && finding.holdsUntil < day
            && (finding.verdict == Verdict::Pass || finding.verdict == Verdict::Warn))
            finding.verdict = Verdict::Unknown;
        if (finding.waived)
            finding.waived = review ? acceptanceOf(covering(finding, *review, day)) : std::nullopt;
    }
    later.verdict = verdictOf(later.findings);
    bool ended = false;
    for (Loosening &loosening : later.loosened) {
        if (!loosening.waived || (review && covering(loosening, *review, day)))
            continue;
        loosening.waived.reset();
        ended = true;
    }
    if (ended) // it is judged strictly again: at least as bad as without any waiver
        later.verdict = worst({later.verdict, later.strict});
    return later;
}

std::vector<Problem> waiverProblems(const Assessment &judged, const Review &review, const QDate &today)
{
    std::vector<Problem> problems;
    for (const ItemReview &block : review.items) {
        const ItemResult *item = judged.item(block.id);
        for (const Waiver &waiver : block.waivers) {
            if (!item || (waiver.scope() == Waiver::Scope::Item && !waiver.unclear))
                continue;
            const Text why = trouble(waiver, *item, today);
            if (why.isEmpty())
                continue;
            const Text target = targetOf(waiver);
            problems.push_back({QString::fromLatin1(reviewPath), waiver.place.span,
                                target.isEmpty() ? Text{"%1: %2", "%1: %2"}.arg(block.id, why)
                                                 : Text{"%1 — %2: %3", "%1 — %2: %3"}.arg(block.id, target, why),
                                {"免除を直すか、取り消してください", "mend the waiver, or withdraw it"}});
        }
    }
    return problems;
}

std::vector<std::pair<QString, Waiver>> countedWaivers(const Review &review, const QDate &today)
{
    std::vector<std::pair<QString, Waiver>> counted;
    for (const ItemReview &item : review.items) {
        for (const Waiver &waiver : item.waivers) {
            if (waiver.scope() != Waiver::Scope::Item && waiver.isValidOn(today))
                counted.emplace_back(item.id, waiver);
        }
    }
    return counted;
}

const Waiver *waiverBehind(const ItemResult &result, const ItemReview &review, const QDate &today,
                           bool warnCounts)
{
    const Waiver *first = nullptr;
    const auto take = [&](const Waiver *waiver) {
        if (waiver && (!first || waiver->expires < first->expires))
            first = waiver;
    };
    for (const Finding &finding : result.findings) {
        if (finding.waived && isUnmet(finding.verdict, warnCounts))
            take(covering(finding, review, today));
    }
    for (const Loosening &loosening : result.loosened) {
        if (loosening.waived && isUnmet(result.strict, warnCounts))
            take(covering(loosening, review, today));
    }
    return first;
}

} // namespace tenken
