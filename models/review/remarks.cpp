// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/remarks.h>

#include <algorithm>

namespace tenken {

namespace {

Text quoted(const QString &words)
{
    return {QStringLiteral("「%1」").arg(words), QStringLiteral("“%1”").arg(words)};
}

/// "チームの回答は合格(佐藤): 「…」" / "the team answers Pass (Sato): “…”"
template<typename Kind>
Text answerAgainst(const Text &who, const Answer<Kind> &answer)
{
    const QString note = answer.note.trimmed();
    const Text by = answer.by.isEmpty() ? Text{} : Text{"(%1)", " (%1)"}.arg(answer.by);
    return Text{"%1の回答は%2%3: %4", "%1 answers %2%3: %4"}.arg(
        who, label(answer.answer), by,
        note.isEmpty() ? Text{"理由がありません", "no reason is given"} : quoted(note));
}

Text overrideInWords(const ItemStanding &is)
{
    const ItemReview &review = *is.review;
    const TeamAnswer team = review.team.answer;
    Text words;
    if (team == TeamAnswer::Pass || team == TeamAnswer::NotApplicable)
        words = answerAgainst({"チーム", "The team"}, review.team);
    if (review.reviewer.answer == ReviewAnswer::Accept) {
        const Text reviewer =
            answerAgainst({"レビュアー", words.isEmpty() ? "The reviewer" : "the reviewer"}, review.reviewer);
        words = words.isEmpty() ? reviewer : Text{"%1、%2", "%1; %2"}.arg(words, reviewer);
    }
    if (is.standing == Standing::Fail)
        words = Text{"%1。不合格のままです。", "%1. It stays a fail."}.arg(words);
    return words;
}

/// Why a waiver does not count; nothing where it does.
Text troubleOf(const ItemStanding &is, const Waiver &waiver, const QDate &today)
{
    if (!is.item->waivable)
        return {"この項目は免除できません", "this item cannot be waived"};
    if (waiver.unclear)
        return {"読めないキーか値があるため数えません", "a key or a value cannot be read: it does not count"};
    if (!waiver.isComplete())
        return {"書かれていないことがあるため数えません", "incomplete: it does not count"};
    if (!waiver.isValidOn(today))
        return {"期限切れ", "expired"};
    if (waiver.scope() == Waiver::Scope::Item && is.review->reviewer.answer == ReviewAnswer::Reject)
        return {"レビュアーが差し戻したため数えません", "the reviewer rejected the item: it does not count"};
    if (waiver.scope() == Waiver::Scope::Item && is.review->isInDoubt())
        return {"読めない回答があるため数えません", "an answer cannot be read: it does not count"};
    return {};
}

Remark waiverRemark(const ItemStanding &is, const Waiver &waiver, const QDate &today)
{
    const auto or0 = [](const QString &text) { return text.isEmpty() ? QString(u'–') : text; };
    Text words = Text{"%1(%2が承認、%3 まで)", "%1 (approved by %2, until %3)"}.arg(
        or0(waiver.reason), or0(waiver.approver), or0(waiver.expires.toString(Qt::ISODate)));
    if (const Text target = targetOf(waiver); !target.isEmpty())
        words = Text{"%1: %2", "%1: %2"}.arg(target, words);
    const Text trouble = troubleOf(is, waiver, today);
    if (!trouble.isEmpty())
        words = Text{"%1 — %2", "%1 — %2"}.arg(words, trouble);
    return {Remark::Kind::Waiver, &is, words, !trouble.isEmpty()};
}

void addOfKind(std::vector<Remark> &remarks, Remark::Kind kind, const ItemStanding &is,
               const std::vector<StatedDissent> &dissents, const QDate &today)
{
    switch (kind) {
    case Remark::Kind::Override:
        if (is.overridesFail)
            remarks.push_back({kind, &is, overrideInWords(is), is.unexplained});
        return;
    case Remark::Kind::Dissent:
        for (const StatedDissent &stated : dissents) {
            if (stated.item == is.item->id)
                remarks.push_back({kind, &is, Text{"%1: %2(%3 の会議)", "%1: %2 (meeting of %3)"}.arg(
                    stated.said.who, quoted(stated.said.what), stated.day.toString(Qt::ISODate)), false});
        }
        return;
    case Remark::Kind::Stale:
        if (is.stale)
            remarks.push_back({kind, &is, is.staleWhy, false});
        return;
    case Remark::Kind::Waiver:
        for (const Waiver &waiver : is.review ? is.review->waivers : std::vector<Waiver>())
            remarks.push_back(waiverRemark(is, waiver, today));
        return;
    }
}

} // namespace

Text label(Remark::Kind kind)
{
    switch (kind) {
    case Remark::Kind::Override: return {"機械の不合格に反する回答", "Against the machine's fail"};
    case Remark::Kind::Dissent: return {"異論", "Dissent"};
    case Remark::Kind::Stale: return {"要再確認の回答", "Answers to look at again"};
    case Remark::Kind::Waiver: break;
    }
    return {"免除", "Waivers"};
}

QString toString(Remark::Kind kind)
{
    switch (kind) {
    case Remark::Kind::Override: return QStringLiteral("override");
    case Remark::Kind::Dissent: return QStringLiteral("dissent");
    case Remark::Kind::Stale: return QStringLiteral("stale");
    case Remark::Kind::Waiver: break;
    }
    return QStringLiteral("waiver");
}

std::vector<Remark> remarksOf(const Outcome &outcome, const std::vector<StatedDissent> &dissents,
                              const QDate &today)
{
    std::vector<Remark> remarks;
    for (const Remark::Kind kind : remarkKinds) {
        for (const ItemStanding &is : outcome.items)
            addOfKind(remarks, kind, is, dissents, today);
    }
    return remarks;
}

std::vector<const Remark *> ofKind(const std::vector<Remark> &remarks, Remark::Kind kind)
{
    std::vector<const Remark *> found;
    for (const Remark &remark : remarks) {
        if (remark.kind == kind)
            found.push_back(&remark);
    }
    return found;
}

} // namespace tenken
