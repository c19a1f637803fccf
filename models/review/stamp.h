// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// As it can be written to a file and read back: half characters and marks that cannot be seen are left out.
QString writable(QString text);

/// The answer with who and when, unless the caller says so; an answer taken back is nobody's.
Answer<TeamAnswer> stamped(const Answer<TeamAnswer> &before, Answer<TeamAnswer> after, const QString &author);
Answer<ReviewAnswer> stamped(const Answer<ReviewAnswer> &before, Answer<ReviewAnswer> after,
                             const QString &author);

/// The same answer, given once more.
Answer<TeamAnswer> stampedAgain(Answer<TeamAnswer> answer, const QString &author);
Answer<ReviewAnswer> stampedAgain(Answer<ReviewAnswer> answer, const QString &author);

/// A word on a monitor, with who and when.
MonitorLink stampedWord(const QString &monitorId, bool belongs, const QString &author, const QString &note);

} // namespace tenken
