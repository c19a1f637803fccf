// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/judged.h"
#include "app/rulechanges.h"

#include <review/checklistmove.h>

#include <algorithm>

namespace tenken::app {

namespace {

void printLog(const Checklist &checklist, Lang lang)
{
    out() << checklist.name() << "\n";
    for (const ChecklistChange &change : checklist.changes) {
        out() << "  " << change.version << "  " << change.date << "  " << change.text.in(lang) << "\n";
        if (!change.items.isEmpty())
            out() << "      " << change.items.join(QStringLiteral(", ")) << "\n";
    }
}

void printMoves(const Review &review, const Checklist &checklist, Lang lang)
{
    const auto moves = movesOf(review, checklist);
    out() << "\n" << Text{"レビューの回答: %1 %2 → %3 %4", "The review's answers: %1 %2 → %3 %4"}.arg(
        review.checklistId, review.checklistVersion, checklist.id, checklist.version).in(lang) << "\n";
    for (const auto kind : {ItemMove::Kind::Reopened, ItemMove::Kind::Gone, ItemMove::Kind::New, ItemMove::Kind::Kept}) {
        const auto count = std::ranges::count(moves, kind, &ItemMove::kind);
        if (count == 0)
            continue;
        out() << "  " << Text{"%1 %2 件", "%1: %2"}.arg(label(kind), count).in(lang) << "\n";
        for (const ItemMove &move : moves) {
            if (move.kind != kind || kind == ItemMove::Kind::Kept)
                continue;
            out() << "      " << visible(move.item) << "  " << visible(move.title.in(lang));
            if (!move.why.isEmpty())
                out() << "  — " << move.why.in(lang);
            out() << "\n";
        }
    }
}

} // namespace

int printChanges(const QStringList &folders, const QString &named, Lang lang)
{
    if (folders.size() > 1 || (!folders.isEmpty() && (!named.isEmpty() || !isServiceFolder(folders.first()))))
        return wrongUse({"サービスのフォルダーを 1 つか、--checklist を指定してください。", "name one service's folder, or --checklist"}, lang);
    if (folders.isEmpty()) {
        const auto read = checklistNamed(named.isEmpty() ? QStringLiteral("zozotown") : named);
        if (!read) {
            complain(read.error(), lang);
            return WrongUse;
        }
        printLog(read->value, lang);
        out().flush();
        return Ok;
    }
    const auto evidence = readEvidence(folders.first(), {.progress = {}, .permissions = storedPermissions(), .onlyDeclared = true});
    const auto checklist = evidence ? checklistOf(*evidence) : failure(evidence.error());
    const auto file = checklist ? readReview(evidence->folder, evidence->service, checklist->value) : failure(checklist.error());
    if (!file) {
        complain(file.error(), lang);
        return WrongUse;
    }
    printLog(checklist->value, lang);
    printMoves(file->review, checklist->value, lang);
    out().flush();
    return isOfOtherVersion(file->review, checklist->value) ? NotReady : Ok;
}

} // namespace tenken::app
