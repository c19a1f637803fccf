// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/meeting.h>

namespace tenken {

/// What somebody did not agree with, in the meeting that settled the item last.
struct StatedDissent {
    QString item;
    Dissent said;
    QDate day;
    QString meeting;   ///< its file, relative to the service's folder
    friend bool operator==(const StatedDissent &, const StatedDissent &) = default;
};

/// Of the service's meetings, oldest first. One that cannot be read may hold some: that is a Problem.
Partial<std::vector<StatedDissent>> readDissents(const QString &folder);

/// With one more meeting, or one that goes on: of an item that it settled, what was said before no longer stands.
std::vector<StatedDissent> withMeeting(std::vector<StatedDissent> known, const Meeting &meeting, const QString &path);

} // namespace tenken
