// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/merge.h>
#include <review/reviewfile.h>

namespace tenken {

/// Two people's review.yaml merged by item and field.
struct MergedFile {
    QByteArray bytes;                     ///< with git's markers around the fields that both changed
    std::vector<MergeConflict> conflicts;
};

/// Nothing where the files cannot be merged by field without losing something: one is no review, or both sides
/// changed comments or keys that Tenken does not know. Git's own merge of lines is then the right one.
std::optional<MergedFile> mergeFiles(const QByteArray &base, const QByteArray &ours, const QByteArray &theirs);

/// A review.yaml with git's markers: its three sides.
struct ConflictedReview {
    QByteArray kept;                      ///< the side whose comments and unknown keys stay
    Review base, ours, theirs;

    MergedReview merged(const ChooseSide &choose = {}) const { return mergeWith(base, ours, theirs, choose); }
};

/// Nothing where a side is no review, or cannot be taken over without losing something. `knownBase`: what git says
/// that both sides began with, for markers that do not carry it.
std::optional<ConflictedReview> readConflicted(const QByteArray &bytes, const QByteArray &knownBase, const Service &service,
                                               const Checklist &checklist);

} // namespace tenken
