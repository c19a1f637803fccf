// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/remarks.h>
#include <review/reviewfile.h>

#include <memory>

namespace tenken::app {

/// A service (or bare manifests) read and judged: everything a command needs to print.
struct Judged {
    Evidence evidence;
    Checklist checklist;
    Assessment assessment;
    std::optional<Review> review;    ///< none for bare manifests
    std::optional<QByteArray> answers; ///< digest of the file it was read from; empty: there is none
    std::vector<StatedDissent> dissents; ///< of the service's meetings
    Outcome outcome;                 ///< refers to the members above
    QDate today;
    bool bare = false;               ///< no service description: only what manifests show
    QStringList only = {};           ///< the items asked for: what is decided is decided of them; empty: of all

    std::vector<Remark> remarks() const { return remarksOf(outcome, dissents, today); }
};

/// `paths`: one service folder, or manifest files and folders. `items` empty: all.
/// `checklist`: for bare manifests, an id or a path; empty: the default. The result is on the heap
/// because the outcome points into it.
Result<std::unique_ptr<Judged>> judge(const QStringList &paths, const QStringList &items,
                                      const QDate &today = QDate::currentDate(),
                                      const Permissions &permissions = storedPermissions(), const QString &checklist = {},
                                      const QString &stage = {});

/// Whether a folder is a service: readiness/service.yaml is there (or the path is that file).
bool isServiceFolder(const QString &path);

} // namespace tenken::app
