// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/answercard.h>
#include <review/meetingroom.h>

namespace tenken {

/// What stands on the screen of one item, in words; how it is drawn is said elsewhere.
struct ItemScreen {
    QString id, section, place;        ///< place: "議題 1 / 16"
    Glyph groupGlyph = Glyph::Open;
    bool must = true;
    QString question;
    AnswerCardText machine, team, reviewer;
    bool toDecide = false;             ///< the reviewer's card is the one to fill in
    QStringList remarks;               ///< what was said in this meeting: dissents, actions, postponed

    const Finding *finding = nullptr;  ///< the one that decides; null where people answer
    int otherFindings = 0;             ///< as bad as that one
    QString number, numberMeans;       ///< "15 s", "足りません"; empty where there is no one number
    QString reason, remedy, where;     ///< where: "deployment.yaml:41"
    QString guidance, lookAt;          ///< the presenter's notes

    QString spoken() const;            ///< all of it, for a screen reader
};

ItemScreen itemScreenOf(const Session &session, const MeetingRoom &room, Lang lang);

/// The finding that decides an item: the first of the worst verdict. Null without findings.
const Finding *decisiveFinding(const ItemStanding &standing);

/// The one number of a finding and what it means: how much is missing, or what was measured.
struct OneNumber {
    QString number;
    Text means;
};
OneNumber oneNumberOf(const Finding &finding, Lang lang);

Glyph glyphOf(AgendaGroup group);

} // namespace tenken
