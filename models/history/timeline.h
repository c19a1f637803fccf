// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/past.h>

namespace tenken {

/// Something that happened to the review: a document was written and signed, or review.yaml changed in git.
struct HistoryEntry {
    enum class Kind { Document, Revision };
    struct Signature {
        QString role, name, decision;
        QDateTime at;
    };
    Kind kind = Kind::Document;
    QDateTime at;
    QString file;                        ///< of a document, relative to the service's folder
    std::optional<PastReview> review;    ///< of a document
    std::vector<Signature> signatures;   ///< as the statements say; `tenken verify` checks them
    QString commit, author, subject;     ///< of a revision
    QStringList items;                   ///< that the revision answered otherwise
};

struct ReviewHistory {
    std::vector<HistoryEntry> entries;   ///< newest first
    std::vector<Problem> problems;       ///< documents that could not be read
    bool cut = false;                    ///< there are more revisions than are looked at
};

/// readiness/signed/*.pdf and git's revisions of review.yaml. Asks git; for a background thread.
ReviewHistory readHistory(const QString &folder, const Service &service, const Checklist &checklist);

/// The document before a moment that a review is compared with; nothing where there is none.
const HistoryEntry *latestDocument(const ReviewHistory &history, const QDateTime &before = {});

inline constexpr auto signedFolder = "readiness/signed";

} // namespace tenken
