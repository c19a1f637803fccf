// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <vector>

namespace tenken {

/// One key of the meeting as footer and list of keys show it.
struct MeetingKey {
    QStringList caps;                  ///< "A"; "←", "→"
    Text name;                         ///< "承認"
    Text what;                         ///< in the list: what it does
    std::optional<Glyph> glyph = {};
    enum class Kind { Decide, Say, Look, Move, Room } kind = Kind::Look;
    int inFooter = 0;                  ///< 0: only in the list; 1 stays longest where room is short
};

const std::vector<MeetingKey> &meetingKeyList();
Text label(MeetingKey::Kind kind);

} // namespace tenken
