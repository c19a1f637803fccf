// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QDateTime>

namespace tenken
{

/// What a person says an ambiguous answer is.
struct AnswerChoice {
    QString file; ///< relative to the service's folder, as in AmbiguousFile
    QString kind; ///< one of its candidates
    QString query; ///< of a series
    QDateTime from, to;
};

/// Writes it into the snapshot's index (`folder`/`snapshot`/snapshot.json), atomically; what else stands there
/// stays. Without an index one is made, without a time of capture, which nobody knows.
Result<void> chooseAnswer(const QString &folder, const QString &snapshot, const AnswerChoice &choice);

Text labelOfKind(const QString &kind); ///< "monitors" → "Monitors"

} // namespace tenken
