// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QMap>

namespace tenken {

/// A waiver as it was written down: all that it says.
struct PastWaiver {
    QString reason;
    QDate expires;
    QStringList rest = {}; ///< who asked for it and approved it, the control, the link, and what it is of
    friend bool operator==(const PastWaiver &, const PastWaiver &) = default;
};

/// One item of a review as it was written down.
struct PastItem {
    struct Said {
        QString answer, by;    ///< the word as review.json has it: "pass", "accept" …; empty: nobody answered
        friend bool operator==(const Said &a, const Said &b) { return a.answer == b.answer; }
    };
    QString id;
    Text title;
    std::optional<Verdict> verdict;     ///< nothing: people answer it
    Text standing;                      ///< as it was printed
    std::optional<Standing> stands;     ///< the same; nothing where the word is not known
    Said team, reviewer;
    QString asked;                      ///< questionDigest(); empty where it was not written down
    QStringList files;                  ///< that its findings speak of, sorted
    std::vector<PastWaiver> waivers;
    QString level = {};                 ///< "must", "should"; empty where it was not written down
};

/// A review as it was written into a document, or as it is now: only what comparing needs.
struct PastReview {
    QString file;                       ///< the document; empty: now
    QString serviceId, checklist;       ///< "zozotown 2.1"
    QString program;                    ///< "tenken 1.0"
    QString commit;
    QDateTime judgedAt;
    std::optional<Decision> decision;
    Text lead;
    std::vector<PastItem> items;        ///< checklist order
    QMap<QString, QByteArray> evidence; ///< path → sha256

    const PastItem *item(const QString &id) const;
    SectionCount count() const;         ///< of the verdicts' kinds, as the document counted them
};

/// From review.json as a document carries it. What is no such file is a Problem; unknown words are left out.
Result<PastReview> readPastReview(const QByteArray &reviewJson, const QString &file = {});

/// The review as it is now, to compare with.
PastReview presentReview(const Evidence &evidence, const Checklist &checklist, const Outcome &outcome, const QDateTime &at,
                         const QString &programVersion);

} // namespace tenken
