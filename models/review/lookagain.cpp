// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/lookagain.h>

#include <review/person.h>

#include <algorithm>

namespace tenken {

namespace {

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

} // namespace

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

} // namespace tenken
