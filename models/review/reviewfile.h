// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// readiness/review.yaml with the text it was read from, so that keys and comments Tenken does not know
/// survive.
struct ReviewFile {
    Review review;
    QByteArray base;                   ///< bytes as read; empty for a new review
    std::vector<Problem> problems;
};

/// Missing file → an empty review aligned with the checklist. A file that is not YAML is a Problem and is
/// never overwritten.
Result<ReviewFile> readReview(const QString &folder, const Service &service, const Checklist &checklist);

/// The file's bytes; empty when there is no file.
Result<QByteArray> reviewBytes(const QString &folder);

/// The same from bytes at hand, as they stand in the file.
Result<ReviewFile> parseReview(const QByteArray &bytes, const Service &service, const Checklist &checklist);

/// The bytes to write: blocks in checklist order, unknown keys of `base` kept.
QByteArray writeReview(const Review &review, const QByteArray &base);

/// Writes readiness/review.yaml atomically and answers the bytes. Nothing is written when they would not read
/// back as this review.
Result<QByteArray> saveReview(const QString &folder, const Review &review, const QByteArray &base);

inline constexpr auto reviewPath = "readiness/review.yaml"; ///< relative to the service's folder

/// Three-way merge by item and field: what changed on disk since `base` and what changed here. Where both
/// changed the same field, ours is kept and the other's value is reported as a Problem naming the item.
Partial<Review> mergeReviews(const Review &base, const Review &ours, const Review &theirs);

} // namespace tenken
