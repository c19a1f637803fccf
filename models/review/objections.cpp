// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/objections.h>

#include <review/reviewfile.h>

namespace tenken {

namespace {

/// What of a block would keep an item from being met.
Text objecting(const ItemReview &block)
{
    const auto by = [](const Text &what, const QString &name) {
        return name.isEmpty() ? what : Text{"%1(%2)", "%1 (%2)"}.arg(what, name);
    };
    const ReviewAnswer reviewer = block.reviewer.answer;
    if (reviewer == ReviewAnswer::Reject || reviewer == ReviewAnswer::Ask)
        return by(label(reviewer), block.reviewer.by);
    if (block.team.answer == TeamAnswer::Fail)
        return by(label(block.team.answer), block.team.by);
    return block.isInDoubt() ? Text{"読めない回答", "an answer that cannot be read"} : Text{};
}

} // namespace

Objection unreadableReview(const Problem &why)
{
    const auto stopped = [](QString sentence, QChar stop) { return sentence.endsWith(stop) ? sentence : sentence + stop; };
    Objection objection{Decision::NoGo, {"レビューの記録を読めません", "the review cannot be read"}, why};
    objection.problem.message =
        Text{"レビューの記録を読めないため、人の判断が分かりません。%1",
             "The review cannot be read, so nobody can tell what people decided: %1"}
            .arg(Text{stopped(why.message.ja, u'。'), stopped(why.message.en, u'.')});
    return objection;
}

std::vector<Objection> strayObjections(const Review &review, const Checklist &checklist)
{
    QStringList known;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            known << item.id;
    }
    std::vector<Objection> objections;
    for (const ItemReview &block : review.items) {
        const Text says = checklist.item(block.id) ? Text{} : objecting(block);
        if (says.isEmpty())
            continue;
        const auto near = didYouMean(block.id, known);
        const Problem problem{
            QString::fromLatin1(reviewPath), block.place.span,
            Text{"チェックリストにない項目 %1 に「%2」があります。", "There is \"%2\" on %1, which is no item of the checklist."}
                .arg(block.id, says),
            near ? Text{"%1 のことなら id を直してください。", "If %1 is meant, mend the id."}.arg(*near)
                 : Text{"別の項目のことなら id を直し、要らない項目なら消してください。",
                        "If another item is meant, mend the id; if it is asked no more, remove the block."}};
        objections.push_back({near ? Decision::NoGo : Decision::ConditionalGo,
                              {"チェックリストにない項目への異議があります", "an item that the checklist does not have is objected to"},
                              problem});
    }
    return objections;
}

} // namespace tenken
