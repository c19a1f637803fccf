// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/selfassessment.h>

#include <algorithm>

namespace tenken {

namespace {

using Kind = SelfTask::Kind;

/// The reviewer spoke last, and not to agree.
bool awaitsReply(const ItemReview &review)
{
    const ReviewAnswer said = review.reviewer.answer;
    if (said != ReviewAnswer::Ask && said != ReviewAnswer::Reject)
        return false;
    return !review.team.at.isValid() || !review.reviewer.at.isValid() || review.team.at < review.reviewer.at;
}

bool isMachine(const ItemStanding &is) { return is.result && is.result->machine; }

std::optional<Kind> kindOf(const ItemStanding &is)
{
    if (is.review && awaitsReply(*is.review))
        return Kind::Reply;
    const TeamAnswer team = is.review ? is.review->team.answer : TeamAnswer::Open;
    if (team == TeamAnswer::NotYet && is.standing != Standing::Waived)
        return Kind::Later;
    switch (is.standing) {
    case Standing::Fail:
        return Kind::Mend;
    case Standing::Unknown: {
        const bool attested = is.review && team != TeamAnswer::Open && is.review->team.isReasoned();
        return attested ? std::nullopt : std::optional(team == TeamAnswer::Open ? Kind::Supply : Kind::Reason);
    }
    case Standing::Unanswered:
        if (team == TeamAnswer::Open)
            return Kind::Answer;
        return is.review->team.isReasoned() ? std::nullopt : std::optional(Kind::Reason);
    default:
        return std::nullopt;
    }
}

/// The finding that keeps the item from being met.
const Finding *decisive(const ItemStanding &is)
{
    if (!is.result)
        return nullptr;
    const auto found = std::ranges::find_if(is.result->findings, [&](const Finding &f) { return f.verdict == is.result->verdict && !f.waived; });
    return found == is.result->findings.end() ? nullptr : &*found;
}

Text missingOf(const ItemStanding &is, Kind kind, const Finding *finding)
{
    switch (kind) {
    case Kind::Answer: return {"チームの回答がありません。", "The team has not answered."};
    case Kind::Reason: return {"回答に、メモもリンクもありません。", "The answer has neither a note nor a link."};
    case Kind::Reply:
        return is.review->reviewer.note.isEmpty()
            ? Text{"レビュアーへの返事がありません。", "The reviewer waits for a reply."}
            : Text{"レビュアー: %1", "Reviewer: %1"}.arg(is.review->reviewer.note.simplified());
    case Kind::Later: return {"「これから」と答えています。", "It is answered: not yet."};
    case Kind::Mend:
    case Kind::Supply: break;
    }
    return finding && !finding->reason.isEmpty() ? finding->reason : is.why;
}

SelfTask taskOf(const ItemStanding &is, Kind kind)
{
    SelfTask task;
    task.standing = &is;
    task.kind = kind;
    task.silent = (!is.review || is.review->team.isEmpty()) && !is.waiver;
    const Finding *finding = isMachine(is) ? decisive(is) : nullptr;
    task.missing = missingOf(is, kind, finding);
    const bool judged = finding && is.result->verdict != Verdict::Pass;
    task.how = judged && !finding->remedy.isEmpty() ? finding->remedy : is.item->evidence;
    if (judged) {
        task.file = finding->file;
        task.span = finding->span;
        task.snippet = finding->snippet;
    }
    return task;
}

} // namespace

Text label(SelfTask::Kind kind)
{
    switch (kind) {
    case Kind::Answer: return {"回答", "Answer"};
    case Kind::Reason: return {"根拠", "Reason"};
    case Kind::Reply: return {"返事", "Reply"};
    case Kind::Mend: return {"直す", "Mend"};
    case Kind::Supply: return {"証拠", "Evidence"};
    case Kind::Later: break;
    }
    return {"これから", "Not yet"};
}

const SelfTask *SelfAssessment::task(const QString &itemId) const
{
    const auto found = std::ranges::find_if(tasks, [&](const SelfTask &t) { return t.standing->item->id == itemId; });
    return found == tasks.end() ? nullptr : &*found;
}

SelfAssessment selfAssessmentOf(const Outcome &outcome)
{
    SelfAssessment all;
    all.items = int(outcome.items.size());
    for (const ItemStanding &is : outcome.items) {
        if (const auto kind = kindOf(is))
            all.tasks.push_back(taskOf(is, *kind));
    }
    std::ranges::stable_sort(all.tasks, {}, [](const SelfTask &t) { return std::pair(t.standing->item->level, !t.silent); });
    all.silent = int(std::ranges::count(all.tasks, true, &SelfTask::silent));
    return all;
}

} // namespace tenken
