// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/past.h>

namespace tenken {

/// The review as a commit has it: the service's files and answers of then, judged by this program on the day of the
/// commit. So it differs from now by what the service and people changed, and never by Tenken. A Problem where git has no
/// such commit, where the service was not described yet, or where it reads folders outside its own: how those stood
/// then is not known. Reads and judges a whole service: for a background thread.
Result<PastReview> reviewAtCommit(const QString &folder, const QString &revision, const QString &programVersion);

} // namespace tenken
