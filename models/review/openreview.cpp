// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/openreview.h>

#include <evidence/git.h>
#include <review/conflicttext.h>
#include <review/mergelist.h>

namespace tenken {

void OpenReview::start(const Result<ReviewFile> &read, const Service &service, const Checklist &checklist)
{
    *this = OpenReview();
    if (read) {
        review = m_base = read->review;
        m_bytes = read->base;
        m_problems = read->problems;
        m_everRead = true;
        return;
    }
    m_unreadable = read.error();
    if (const auto empty = parseReview({}, service, checklist))
        review = m_base = empty->review;
}

void OpenReview::alignWithChecklist(const Checklist &checklist)
{
    alignWith(review, checklist);
    alignWith(m_base, checklist);
}

OpenReview::Incoming OpenReview::takeFromDisk(const QString &folder, const Service &service,
                                              const Checklist &checklist)
{
    const Result<QByteArray> bytes = reviewBytes(folder);
    if (bytes && *bytes == m_bytes && !m_unreadable && !m_gone)
        return {};
    lookForMarkers(bytes, folder, service, checklist);
    return take(bytes ? parseReview(*bytes, service, checklist) : failure(bytes.error()));
}

void OpenReview::lookForMarkers(const Result<QByteArray> &bytes, const QString &folder,
                                const Service &service, const Checklist &checklist)
{
    m_conflicted.reset();
    if (!bytes || !hasConflictMarkers(*bytes))
        return;
    // What both sides began with, while git is in the middle of a merge.
    const Result<QByteArray> base =
        askGit(folder + QStringLiteral("/readiness"),
               {QStringLiteral("cat-file"), QStringLiteral("blob"), QStringLiteral(":1:./review.yaml")});
    m_conflicted = readConflicted(*bytes, base.value_or(QByteArray()), service, checklist);
}

std::vector<MergeConflict> OpenReview::conflicts() const
{
    if (m_conflicted)
        return m_conflicted->merged().conflicts;
    return m_sides ? mergeWith(m_sides->base, m_sides->ours, m_sides->theirs).conflicts
                   : std::vector<MergeConflict>();
}

Result<void> OpenReview::resolveFile(const QString &folder, const ChooseSide &choose)
{
    if (!m_conflicted)
        return {};
    const Result<QByteArray> written =
        saveReview(folder, m_conflicted->merged(choose).review, m_conflicted->kept);
    return written ? Result<void>() : failure(written.error());
}

Review OpenReview::resolved(const ChooseSide &choose)
{
    if (!m_sides)
        return review;
    const Sides sides = *std::exchange(m_sides, std::nullopt);
    const Review shown = mergeWith(sides.base, sides.ours, sides.theirs).review;
    const Review chosen = mergeWith(sides.base, sides.ours, sides.theirs, choose).review;
    return mergeWith(shown, chosen, review).review; // with what was edited since
}

OpenReview::Incoming OpenReview::take(const Result<ReviewFile> &read)
{
    Incoming incoming;
    if (!read) {
        incoming.changedFile = !m_unreadable;
        m_unreadable = read.error();
        return incoming;
    }
    incoming.changedFile = m_unreadable.has_value();
    m_unreadable.reset();
    m_everRead = true;
    // A file that is gone says nothing: what it held stays here until somebody saves, or it comes back.
    m_gone = read->base.isEmpty() && !m_bytes.isEmpty();
    if (m_gone || read->base == m_bytes)
        return incoming;

    MergedReview merged = mergeWith(m_base, review, read->review);
    m_sides.reset();
    if (!merged.conflicts.empty())
        m_sides = Sides{m_base, review, read->review};
    for (const ItemReview &item : merged.review.items) {
        const ItemReview *before = review.item(item.id);
        if (!before || *before != item)
            incoming.changedItems.append(item.id);
    }
    for (const MergeConflict &conflict : merged.conflicts)
        incoming.conflicts.push_back(conflict.toProblem());
    incoming.changedFile = true;
    review = std::move(merged.review);
    takeDoubts(read->review);
    m_base = read->review;
    m_bytes = read->base;
    m_problems = read->problems;
    return incoming;
}

Result<void> OpenReview::save(const QString &folder, const Service &service, const Checklist &checklist,
                              Incoming *incoming)
{
    *incoming = takeFromDisk(folder, service, checklist);
    if (m_unreadable)
        return failure(*m_unreadable);
    if (!incoming->conflicts.empty()) {
        Problem problem = incoming->conflicts.front();
        problem.hint = {"両方の値を確かめてから、もう一度保存してください。", "Look at both values, then save again."};
        return failure(std::move(problem));
    }
    if (review == m_base && !m_gone)
        return {};
    Result<QByteArray> written = saveReview(folder, review, m_bytes);
    if (!written)
        return failure(written.error());
    m_bytes = std::move(*written);
    if (const auto read = parseReview(m_bytes, service, checklist)) {
        m_problems = read->problems;
        takeDoubts(read->review);
    }
    m_base = review;
    m_sides.reset();
    m_gone = false;
    return {};
}

/// What could not be read may have been written anew, and what could be may not.
void OpenReview::takeDoubts(const Review &inFile)
{
    for (const ItemReview &item : inFile.items) {
        ItemReview *known = review.item(item.id);
        if (!known)
            continue;
        known->doubt = item.doubt;
        known->place = item.place;
        const std::vector<int> same = twins(item.waivers, known->waivers);
        for (size_t i = 0; i < same.size(); ++i) {
            if (same[i] >= 0)
                known->waivers[size_t(same[i])] = item.waivers[i];
        }
    }
}

std::vector<Objection> OpenReview::objections(const Checklist &checklist) const
{
    std::vector<Objection> all = strayObjections(review, checklist);
    if (m_unreadable)
        all.insert(all.begin(), unreadableReview(*m_unreadable));
    return all;
}

int OpenReview::unsavedEdits() const
{
    int edits = (m_gone ? 1 : 0) + (review.monitors != m_base.monitors) + (review.stage != m_base.stage)
        + (review.checklistVersion != m_base.checklistVersion || review.checklistId != m_base.checklistId);
    const ItemReview nothing;
    for (const ItemReview &item : review.items) {
        const ItemReview *base = m_base.item(item.id);
        const ItemReview &saved = base ? *base : nothing;
        edits += (item.team != saved.team) + (item.reviewer != saved.reviewer)
            + (item.waivers != saved.waivers) + (item.actions != saved.actions);
    }
    return edits;
}

std::vector<Problem> OpenReview::problems() const
{
    std::vector<Problem> all = m_problems;
    if (m_unreadable)
        all.insert(all.begin(), *m_unreadable);
    if (m_gone) {
        all.push_back({QString::fromLatin1(reviewPath), {}, {"ファイルがなくなりました。", "The file is gone."},
                       {"保存すると、もう一度書きます。", "Saving writes it again."}});
    }
    return all;
}

} // namespace tenken
