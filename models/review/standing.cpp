// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/standing.h>

#include <review/person.h>
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

bool loosens(TeamAnswer a) { return a == TeamAnswer::Pass || a == TeamAnswer::NotApplicable; }
bool loosens(ReviewAnswer a) { return a == ReviewAnswer::Accept; }

/// Nothing rests on a stale answer that would loosen; what makes stricter stays.
void dropStale(Speech &says, const ItemStanding &is)
{
    if (is.teamStale && loosens(says.team))
        says.team = TeamAnswer::Open;
    if (is.reviewerStale && loosens(says.reviewer))
        says.reviewer = ReviewAnswer::Open;
}

Text allOf(const std::vector<StaleReason> &reasons)
{
    constexpr size_t most = 3;
    QStringList ja, en;
    for (const StaleReason &reason : reasons) {
        if (size_t(ja.size()) == most)
            break;
        ja << reason.words.ja;
        en << reason.words.en;
    }
    if (reasons.size() > most) {
        ja << QStringLiteral("ほか %1 件").arg(reasons.size() - most);
        en << QStringLiteral("%1 more").arg(reasons.size() - most);
    }
    return {ja.join(QStringLiteral("、")), en.join(QStringLiteral("; "))};
}

/// An answer that makes an item pass is somebody's word.
template<typename Kind>
void askWho(std::vector<StaleReason> &reasons, const Answer<Kind> &answer)
{
    if (loosens(answer.answer) && person(answer.by).isEmpty())
        reasons.push_back({StaleReason::Cause::Age, {"誰の回答か書かれていません", "nobody's name is given"}});
}

/// Nobody reviews the own word.
void askForAnother(std::vector<StaleReason> &reasons, const ItemReview &review)
{
    if (loosens(review.reviewer.answer) && review.team.answer != TeamAnswer::Open
        && isSamePerson(review.reviewer.by, review.team.by))
        reasons.push_back({StaleReason::Cause::Age,
                           {"承認した人がチームとしても回答しています", "the same person answered for the team"}});
}

/// Nobody accepts what was not said yet. Where neither says when, as older files are, it is taken for accepted.
void askForAnAnswerBefore(std::vector<StaleReason> &reasons, const ItemReview &review)
{
    const QDateTime &said = review.team.at, &accepted = review.reviewer.at;
    if (!loosens(review.reviewer.answer) || review.team.answer == TeamAnswer::Open || !accepted.isValid())
        return;
    if (!said.isValid())
        reasons.push_back({StaleReason::Cause::Age,
                           {"チームの回答に日時がなく、承認の前か分かりません",
                            "the team's answer has no date, so nobody can tell whether it is the one that was accepted"}});
    else if (said > accepted)
        reasons.push_back({StaleReason::Cause::Age,
                           {"承認のあとで、チームが答え直しました", "the team answered anew since it was accepted"}});
}

void lookForStale(ItemStanding &is, const StaleContext &context)
{
    auto team = staleReasons(*is.item, is.result, is.review->team, context);
    auto reviewer = staleReasons(*is.item, is.result, is.review->reviewer, context);
    askWho(team, is.review->team);
    askWho(reviewer, is.review->reviewer);
    askForAnother(reviewer, *is.review);
    askForAnAnswerBefore(reviewer, *is.review);
    is.teamStale = !team.empty();
    is.reviewerStale = !reviewer.empty();
    is.stale = is.teamStale || is.reviewerStale;
    is.staleReasons = std::move(team);
    for (StaleReason &reason : reviewer) {
        if (!std::ranges::contains(is.staleReasons, reason.words, &StaleReason::words))
            is.staleReasons.push_back(std::move(reason));
    }
    is.staleWhy = allOf(is.staleReasons);
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

/// Why a waiver that people meant does not count.
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
