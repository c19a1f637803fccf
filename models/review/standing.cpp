// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/standing.h>

#include <review/itemwaiver.h>
#include <review/lookagain.h>
#include <review/waived.h>

#include <algorithm>

namespace tenken {

namespace {

struct Judged {
    Standing standing;
    Text why;
};

struct Speech {
    TeamAnswer team = TeamAnswer::Open;
    ReviewAnswer reviewer = ReviewAnswer::Open;
    bool reasoned = false;   ///< the team gave a note or a link
    bool noted = false;

    bool accepted() const { return reviewer == ReviewAnswer::Accept; }
};

Speech speechOf(const ItemReview *review)
{
    if (!review)
        return {};
    return {review->team.answer, review->reviewer.answer, review->team.isReasoned(),
            review->team.isNoted()};
}

/// Nothing rests on a stale answer that would loosen; what makes stricter stays.
void dropStale(Speech &says, const ItemStanding &is)
{
    if (is.teamStale && loosens(says.team))
        says.team = TeamAnswer::Open;
    if (is.reviewerStale && loosens(says.reviewer))
        says.reviewer = ReviewAnswer::Open;
}

void lookForOverride(ItemStanding &is)
{
    if (!is.result || !is.result->machine || is.result->verdict != Verdict::Fail)
        return;
    const TeamAnswer team = is.review->team.answer;
    const bool byTeam = team == TeamAnswer::Pass || team == TeamAnswer::NotApplicable;
    const bool byReviewer = is.review->reviewer.answer == ReviewAnswer::Accept;
    is.overridesFail = byTeam || byReviewer;
    is.unexplained =
        (byTeam && !is.review->team.isNoted()) || (byReviewer && !is.review->reviewer.isNoted());
}

const Text teamSaysFail{QStringLiteral("チームの回答が不合格です。"), QStringLiteral("The team answers fail.")};
const Text teamSaysNotYet{QStringLiteral("チームの回答が「これから」です。"),
                          QStringLiteral("The team answers not yet.")};

/// What the findings say in one sentence: the reason of the worst one.
Text worstReason(const ItemResult &result)
{
    const auto decides = [&](const Finding &f) { return f.verdict == result.verdict && !f.reason.isEmpty(); };
    const auto found = std::ranges::find_if(result.findings, decides);
    return found == result.findings.end() ? Text{} : found->reason;
}

Text machineWhy(const ItemResult &result)
{
    Text reason = worstReason(result);
    if (!reason.isEmpty())
        return reason;
    return Text{QStringLiteral("機械の判定は%1です。"), QStringLiteral("The machine verdict is %1.")}
        .arg(label(result.verdict));
}

/// Pass, warn, n/a: people can only make it stricter.
Judged judgedMet(Standing machine, const ItemResult &result, const Speech &says)
{
    if (says.team == TeamAnswer::Fail)
        return {Standing::Fail, teamSaysFail};
    if (says.team == TeamAnswer::NotYet && !says.accepted())
        return {Standing::Unanswered, teamSaysNotYet};
    return {machine, machineWhy(result)};
}

Judged judgedUnknown(const ItemResult &result, const Speech &says)
{
    if (says.team == TeamAnswer::Fail)
        return {Standing::Fail, teamSaysFail};
    if (says.team == TeamAnswer::Pass && says.reasoned && says.accepted()) {
        return {Standing::Attested,
                {QStringLiteral("機械には見えないため、チームの申告をレビュアーが承認しました。"),
                 QStringLiteral("The machine cannot see it; the reviewer accepted what the team attests.")}};
    }
    if (says.team == TeamAnswer::NotApplicable && says.noted && says.accepted()) {
        return {Standing::NotApplicable,
                {QStringLiteral("対象外という申告をレビュアーが承認しました。"),
                 QStringLiteral("The reviewer accepted that it does not apply.")}};
    }
    return {Standing::Unknown, machineWhy(result)};
}

Judged judgedByMachine(const ItemResult &result, const Speech &says)
{
    switch (result.verdict) {
    case Verdict::Pass: return judgedMet(Standing::Pass, result, says);
    case Verdict::Warn: return judgedMet(Standing::Warn, result, says);
    case Verdict::NotApplicable: return judgedMet(Standing::NotApplicable, result, says);
    case Verdict::Unknown: return judgedUnknown(result, says);
    case Verdict::Fail: break;
    }
    return {Standing::Fail, machineWhy(result)};
}

Judged judgedByPeople(const Speech &says)
{
    if (says.team == TeamAnswer::Fail)
        return {Standing::Fail, teamSaysFail};
    if (says.team == TeamAnswer::NotYet)
        return {Standing::Unanswered, teamSaysNotYet};
    if (says.team == TeamAnswer::Open)
        return {Standing::Unanswered, {QStringLiteral("チームの回答がありません。"),
                                       QStringLiteral("The team has not answered.")}};
    if (says.reviewer == ReviewAnswer::Ask)
        return {Standing::Unanswered, {QStringLiteral("レビュアーの質問が残っています。"),
                                       QStringLiteral("The reviewer's question is open.")}};
    if (says.team == TeamAnswer::NotApplicable) {
        if (says.noted)
            return {Standing::NotApplicable, {QStringLiteral("チームが対象外と申告しました。"),
                                              QStringLiteral("The team declares that it does not apply.")}};
        return {Standing::Unanswered, {QStringLiteral("対象外とする理由が書かれていません。"),
                                       QStringLiteral("No note says why it does not apply.")}};
    }
    if (says.reasoned || says.accepted())
        return {Standing::Attested,
                {QStringLiteral("チームが申告しました。"), QStringLiteral("The team attests it.")}};
    return {Standing::Unanswered, {QStringLiteral("合格という回答に、メモもリンクもありません。"),
                                   QStringLiteral("The answer pass has neither a note nor a link.")}};
}

Judged judged(const Item &item, const ItemResult *result, const Speech &says)
{
    if (says.reviewer == ReviewAnswer::Reject)
        return {Standing::Fail,
                {QStringLiteral("レビュアーが差し戻しました。"), QStringLiteral("The reviewer rejected it.")}};
    if (result && result->machine)
        return judgedByMachine(*result, says);
    if (!item.rules.empty())
        return {Standing::Unknown, {QStringLiteral("まだ判定していません。"), QStringLiteral("Not judged yet.")}};
    return judgedByPeople(says);
}

bool isUnmet(Standing s)
{
    return s == Standing::Fail || s == Standing::Unknown || s == Standing::Unanswered;
}

bool countsWarn(const Item &item, const DecisionRule &rule)
{
    const auto &reasons = item.level == Level::Must ? rule.noGoOnMust : rule.conditionalOnShould;
    return reasons.contains(toString(Standing::Warn));
}

/// Where all that applies is waived the verdict is warn, too: then nobody is warned any more.
bool stillWarns(const ItemResult &result)
{
    const auto warns = [](const Finding &f) { return !f.waived && f.verdict == Verdict::Warn; };
    return std::ranges::none_of(result.findings, [](const Finding &f) { return f.waived.has_value(); })
        || std::ranges::any_of(result.findings, warns);
}

/// Something of it stands in the file and cannot be read: it may be a rejection.
Text inDoubt(const ItemReview &review)
{
    return Text{"review.yaml の %1 行目からの回答に、読めないものがあります。",
                "Something of its answers, from line %1 of review.yaml, cannot be read."}
        .arg(review.place.span.line);
}

Text withoutStop(Text sentence)
{
    if (sentence.ja.endsWith(u'。'))
        sentence.ja.chop(1);
    if (sentence.en.endsWith(u'.'))
        sentence.en.chop(1);
    return sentence;
}

Text joined(const Text &a, const Text &b)
{
    if (b.isEmpty())
        return a;
    return {a.ja + b.ja, a.en + QLatin1Char(' ') + b.en};
}

} // namespace

ItemStanding standingOf(const Item &item, const ItemResult *result, const ItemReview *review,
                        const QDate &today, const StaleContext *stale, const DecisionRule &rule)
{
    ItemStanding is;
    is.item = &item;
    is.result = result;
    is.review = review;
    is.disagreement = result && review && isDisagreement(*result, *review);

    Speech says = speechOf(review);
    if (review) {
        lookForOverride(is);
        if (stale)
            lookForStale(is, *stale);
        dropStale(says, is);
    }
    Judged found = judged(item, result, says);
    is.standing = found.standing;
    is.why = found.why;
    if (!review)
        return is;
    const bool doubtful = review->isInDoubt();
    if (doubtful && is.standing != Standing::Fail) {
        is.standing = Standing::Unanswered;
        is.why = inDoubt(*review);
        return is;
    }
    if (is.stale && (is.standing == Standing::Unanswered || is.standing == Standing::Unknown))
        is.why = Text{"%1(要再確認: %2)。", "%1 (look again: %2)."}.arg(withoutStop(is.why), is.staleWhy);
    const bool warnCounts = countsWarn(item, rule);
    const bool warns = warnCounts && is.standing == Standing::Warn && result && stillWarns(*result);
    if (!isUnmet(is.standing) && !warns) {
        // Met, yet only because somebody accepted a risk: that is a condition, and is said.
        is.waiver = result && result->machine ? waiverBehind(*result, *review, today, warnCounts) : nullptr;
        if (is.waiver) {
            is.standing = Standing::Waived;
            is.why = Text{"%1が %2 まで免除しています(%3)。", "%1 waives %3 until %2."}.arg(
                is.waiver->approver, is.waiver->expires.toString(Qt::ISODate), targetOf(*is.waiver));
        }
        return is;
    }

    const bool rejected = review->reviewer.answer == ReviewAnswer::Reject;
    const Waiver *waiver = item.waivable ? validWaiver(review, today) : nullptr;
    if (waiver && !rejected && !doubtful) {
        is.standing = Standing::Waived;
        is.waiver = waiver;
        is.why = Text{QStringLiteral("%1が %2 まで免除しています。"), QStringLiteral("%1 waives it until %2.")}
                     .arg(waiver->approver, waiver->expires.toString(Qt::ISODate));
    } else if (doubtful) {
        is.why = joined(is.why, inDoubt(*review));
    } else if (!waiver) {
        is.why = joined(is.why, waiverTrouble(item, *review, today));
    }
    return is;
}

QString toString(Standing s)
{
    switch (s) {
    case Standing::Pass: return QStringLiteral("pass");
    case Standing::Attested: return QStringLiteral("attested");
    case Standing::Warn: return QStringLiteral("warn");
    case Standing::Fail: return QStringLiteral("fail");
    case Standing::Unknown: return QStringLiteral("unknown");
    case Standing::Unanswered: return QStringLiteral("unanswered");
    case Standing::NotApplicable: return QStringLiteral("n/a");
    case Standing::Waived: return QStringLiteral("waived");
    }
    return QStringLiteral("unknown");
}

Text label(Standing s)
{
    switch (s) {
    case Standing::Pass: return {QStringLiteral("合格"), QStringLiteral("Pass")};
    case Standing::Attested: return {QStringLiteral("申告"), QStringLiteral("Attested")};
    case Standing::Warn: return {QStringLiteral("注意"), QStringLiteral("Warn")};
    case Standing::Fail: return {QStringLiteral("不合格"), QStringLiteral("Fail")};
    case Standing::Unknown: return {QStringLiteral("不明"), QStringLiteral("Unknown")};
    case Standing::Unanswered: return {QStringLiteral("未回答"), QStringLiteral("Unanswered")};
    case Standing::NotApplicable: return {QStringLiteral("対象外"), QStringLiteral("N/A")};
    case Standing::Waived: return {QStringLiteral("免除"), QStringLiteral("Waived")};
    }
    return {};
}

} // namespace tenken
