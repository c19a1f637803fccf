// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/reviewfile.h>

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

    int unsavedEdits() const; ///< answers, waiver lists and action lists that differ from the file
    bool isLocked() const { return m_unreadable && !m_everRead; } ///< there is nothing to save onto
    std::vector<Problem> problems() const;
    const std::optional<Problem> &unreadable() const { return m_unreadable; }

private:
    Incoming take(const Result<ReviewFile> &read);

    Review m_base;                              ///< as it stands in the file
    QByteArray m_bytes;                         ///< the file; empty before the first save
    std::vector<Problem> m_problems;
    std::optional<Problem> m_unreadable;
    bool m_everRead = false;
    bool m_gone = false;                        ///< the file was there and is not now
};

} // namespace tenken
