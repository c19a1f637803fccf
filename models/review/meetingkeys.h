// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/meeting.h>

#include <evidence/yaml.h>

#include <QStringList>

namespace tenken {

// The keys of a meeting's file. Reader and writer share these lists: what stands under another key is kept.
inline const QStringList meetingTopKeys{
    QStringLiteral("format"),  QStringLiteral("service"), QStringLiteral("name"),    QStringLiteral("checklist"),
    QStringLiteral("version"), QStringLiteral("stage"),   QStringLiteral("started"), QStringLiteral("ended"),
    QStringLiteral("closed"),  QStringLiteral("planned-minutes"), QStringLiteral("seconds"),
    QStringLiteral("participants"), QStringLiteral("before"), QStringLiteral("after"), QStringLiteral("items"),
    QStringLiteral("remaining")};
inline const QStringList meetingItemKeys{
    QStringLiteral("id"),       QStringLiteral("title"),  QStringLiteral("level"),    QStringLiteral("group"),
    QStringLiteral("seconds"),  QStringLiteral("machine"), QStringLiteral("finding"), QStringLiteral("team"),
    QStringLiteral("team-by"),  QStringLiteral("team-note"), QStringLiteral("decision"), QStringLiteral("by"),
    QStringLiteral("note"),     QStringLiteral("dissents"), QStringLiteral("waivers"), QStringLiteral("actions"),
    QStringLiteral("postponed"), QStringLiteral("before"), QStringLiteral("after")};

MeetingFile meetingFrom(Yaml root, const QString &file);

} // namespace tenken
