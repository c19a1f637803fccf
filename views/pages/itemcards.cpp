// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/itemhistory.h>

#include <algorithm>

namespace tenken {

AnswerCardText machineCard(const Item *item, const ItemResult *result, const QDateTime &readAt, Lang lang)
{
    AnswerCardText card;
    card.who = Text{"機械", "Machine"}.in(lang);
    if (!result || !result->machine) {
        card.glyph = Glyph::NotApplicable;
        card.word = Text{"判定なし", "No verdict"}.in(lang);
        card.note = Text{"人が答える項目です。", "People answer this item."}.in(lang);
        return card;
    }
    card.byAndWhen = Text{"%1 規則 · %2 所見", "%1 rules · %2 findings"}.arg(int(item->rules.size()), int(result->findings.size())).in(lang);
    card.glyph = glyphOf(result->verdict);
    card.word = label(result->verdict).in(lang);
    const auto decisive = std::ranges::find_if(result->findings, [&](const Finding &f) { return f.verdict == result->verdict; });
    if (decisive != result->findings.end())
        card.note = decisive->reason.in(lang);
    card.footer = Text{"%1 判定", "Judged at %1"}.arg(readAt.toString(QStringLiteral("HH:mm"))).in(lang);
    return card;
}

namespace {

template<typename Kind>
void fillIn(AnswerCardText &card, const Answer<Kind> &answer, Lang lang)
{
    card.glyph = glyphOf(answer.answer);
    card.word = answer.answer == Kind::Open ? Text{"未回答", "Open"}.in(lang) : label(answer.answer).in(lang);
    card.note = answer.note;
    if (answer.answer == Kind::Open)
        return;
    card.byAndWhen = QStringLiteral("%1 · %2").arg(answer.by, answer.at.toString(QStringLiteral("MM/dd")));
    if (!answer.links.isEmpty())
        card.footer = Text{"リンク %1 件", "%1 links"}.arg(int(answer.links.size())).in(lang);
}

} // namespace

AnswerCardText teamCard(const ItemReview *review, Lang lang)
{
    AnswerCardText card;
    card.who = Text{"チーム", "Team"}.in(lang);
    if (review)
        fillIn(card, review->team, lang);
    if (review && review->team.answer == TeamAnswer::Open && card.note.isEmpty())
        card.note = Text{"自分たちの答えを選んでください。", "Choose the team's own answer."}.in(lang);
    return card;
}

AnswerCardText reviewerCard(const ItemReview *review, Lang lang)
{
    AnswerCardText card;
    card.who = Text{"レビュアー", "Reviewer"}.in(lang);
    if (review)
        fillIn(card, review->reviewer, lang);
    if (review && review->reviewer.answer == ReviewAnswer::Open && card.note.isEmpty())
        card.note = Text{"決めてください。", "Decide."}.in(lang);
    return card;
}

QString disagreementInWords(const ItemResult &result, const ItemReview &review, Lang lang)
{
    QStringList parts;
    if (result.machine)
        parts << Text{"機械は%1", "machine: %1"}.arg(label(result.verdict)).in(lang);
    if (review.team.answer != TeamAnswer::Open)
        parts << Text{"チームは%1", "team: %1"}.arg(label(review.team.answer)).in(lang);
    if (review.reviewer.answer != ReviewAnswer::Open)
        parts << Text{"レビュアーは%1", "reviewer: %1"}.arg(label(review.reviewer.answer)).in(lang);
    return lang == Lang::Ja ? parts.join(u'、') + u'。' : parts.join(QStringLiteral(", ")) + u'.';
}

} // namespace tenken
