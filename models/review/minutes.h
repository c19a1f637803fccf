// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/meeting.h>

namespace tenken {

/// A meeting as Markdown that can be mailed: who, when, how long, the decision before and after, what was decided
/// and by whom, dissents by name, waivers, actions, what was postponed and what keeps the service from GO.
/// `path`: the meeting's file, named at the end. Secrets are masked.
QString minutesOf(const Meeting &meeting, const QString &path, Lang lang);

/// The same for a mail's subject and a window's title: "ID認証API 本番投入レビュー 議事録 2026-11-20".
QString minutesTitle(const Meeting &meeting, Lang lang);

/// "1:02:03", "4:05": as clocks in a meeting show it.
QString clockText(int seconds);

} // namespace tenken
