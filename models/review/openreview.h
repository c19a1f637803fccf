// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/mergefile.h>
#include <review/objections.h>

namespace tenken {

/// A review that is being edited, beside the file it came from: what is unsaved, and how what others write to
/// the file comes in without losing either side.
class OpenReview
{
public:
    Review review;                              ///< with the edits

    /// Starts from a file; edits of before are gone. An unreadable file gives an empty review that cannot be
    /// saved.
    void start(const Result<ReviewFile> &read, const Service &service, const Checklist &checklist);
    void alignWithChecklist(const Checklist &checklist);

    struct Incoming {
        QStringList changedItems;
        std::vector<Problem> conflicts;
        bool changedFile = false;               ///< it is not as we left it
    };
    /// Takes in what stands on disk now.
    Incoming takeFromDisk(const QString &folder, const Service &service, const Checklist &checklist);

    /// Reads the file, takes in what changed, and writes. With conflicts nothing is written: a person looks
    /// first.
    Result<void> save(const QString &folder, const Service &service, const Checklist &checklist,
                      Incoming *incoming);

    /// What both sides changed, and not alike: in the file as git left it, else between the file and what is edited
    /// here. Empty when nothing is to be chosen.
    std::vector<MergeConflict> conflicts() const;
    bool areConflictsInFile() const { return m_conflicted.has_value(); }
    /// Writes the file without git's markers; what is edited here comes in as with any change on disk.
    Result<void> resolveFile(const QString &folder, const ChooseSide &choose);
    /// The review with these sides of the last conflicts on disk. Nobody is asked again.
    Review resolved(const ChooseSide &choose);

    int unsavedEdits() const; ///< answers, waiver lists and action lists that differ from the file
    bool isLocked() const { return m_unreadable && !m_everRead; } ///< there is nothing to save onto
    std::vector<Problem> problems() const;
    std::vector<Objection> objections(const Checklist &checklist) const; ///< what no decision may pass over
    const std::optional<Problem> &unreadable() const { return m_unreadable; }

private:
    void takeDoubts(const Review &inFile);
    Incoming take(const Result<ReviewFile> &read);
    void lookForMarkers(const Result<QByteArray> &bytes, const QString &folder, const Service &service, const Checklist &checklist);

    Review m_base;                              ///< as it stands in the file
    QByteArray m_bytes;                         ///< the file; empty before the first save
    std::vector<Problem> m_problems;
    std::optional<Problem> m_unreadable;
    std::optional<ConflictedReview> m_conflicted; ///< the unreadable file, taken apart
    struct Sides {
        Review base, ours, theirs;
    };
    std::optional<Sides> m_sides;               ///< of the last merge with the file that had conflicts
    bool m_everRead = false;
    bool m_gone = false;                        ///< the file was there and is not now
};

} // namespace tenken
