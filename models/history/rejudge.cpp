// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <history/rejudge.h>

#include <evidence/gittree.h>
#include <review/reviewfile.h>
#include <review/waived.h>

#include <QTemporaryDir>

namespace tenken {

namespace {

Problem whereItLay(Problem problem, const QString &temporary)
{
    if (problem.file.startsWith(temporary))
        problem.file = problem.file.sliced(temporary.size() + 1);
    return problem;
}

Result<PastReview> judged(const QString &folder, const QDateTime &at, const QString &programVersion)
{
    auto evidence = readEvidence(folder, {.progress = {}, .permissions = {}, .today = at.date()});
    if (!evidence)
        return failure(evidence.error());
    if (!evidence->roots.empty())
        return failure({QStringLiteral("readiness/service.yaml"), {},
                        Text{"フォルダー %1 も読むサービスです。その当時の様子は分かりません。", "The service reads %1 too; how that stood then is not known."}.arg(evidence->roots.front().name),
                        {"署名した文書とは比べられます。", "It can be compared with signed documents."}});
    auto checklist = checklistOf(*evidence);
    if (!checklist)
        return failure(checklist.error());
    auto review = readReview(evidence->folder, evidence->service, checklist->value);
    const Review *answers = review ? &review->review : nullptr;
    if (answers)
        evidence->monitorLinks = answers->monitors;
    const Assessment assessment = withWaivers(evaluate(checklist->value, *evidence), answers, at.date());
    const auto objections = review ? strayObjections(review->review, checklist->value) : std::vector{unreadableReview(review.error())};
    const Outcome outcome = decide(checklist->value, assessment, answers, at.date(), {}, objections);
    return presentReview(*evidence, checklist->value, outcome, at, programVersion);
}

} // namespace

Result<PastReview> reviewAtCommit(const QString &folder, const QString &revision, const QString &programVersion)
{
    const auto commit = findCommit(folder, revision);
    if (!commit)
        return failure(commit.error());
    const QTemporaryDir dir;
    if (!dir.isValid())
        return failure({folder, {}, Text{"一時フォルダーを作れません(%1)", "No temporary folder can be made (%1)"}.arg(dir.errorString()), {}});
    if (const auto written = writeTree(folder, *commit, dir.path()); !written)
        return failure(written.error());
    auto past = judged(dir.path(), commit->at, programVersion);
    if (!past)
        return failure(whereItLay(past.error(), dir.path()));
    past->commit = commit->hash.first(7);
    past->file = past->commit;
    return past;
}

} // namespace tenken
