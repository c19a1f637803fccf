// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/agenda.h>

namespace tenken {

/// Somebody does not agree with what was decided, and wants it written down.
struct Dissent {
    QString who, what;
    friend bool operator==(const Dissent &, const Dissent &) = default;
};

/// Keys that Tenken does not know, as they were read, and their values in flow style.
using KeptKeys = std::vector<std::pair<QByteArray, QByteArray>>;

/// One item as a meeting talked about it: how it came in, what was said, how it left.
struct MeetingItem {
    QString id;
    Text title;
    Level level = Level::Must;
    AgendaGroup group = AgendaGroup::Rest;
    int seconds = 0;                             ///< talked about it, without pauses
    std::optional<Verdict> machine;              ///< nothing: no rule judges it
    Text finding;                                ///< what the machine says, in one sentence
    TeamAnswer team = TeamAnswer::Open;
    QString teamBy, teamNote;
    ReviewAnswer decision = ReviewAnswer::Open;  ///< of this meeting
    QString by, note;
    std::vector<Dissent> dissents;
    std::vector<Waiver> waivers;                 ///< granted in this meeting; review.yaml holds them too
    std::vector<Action> actions;                 ///< agreed in this meeting; likewise
    bool postponed = false;
    std::optional<Standing> before, after;
    KeptKeys kept = {};

    bool isSettled() const;                      ///< something was decided or written down
    friend bool operator==(const MeetingItem &, const MeetingItem &) = default;
};

/// The decision at one moment, and why.
struct MeetingOutcome {
    Decision decision = Decision::NoGo;
    Text why;
    friend bool operator==(const MeetingOutcome &, const MeetingOutcome &) = default;
};

/// What keeps the service from GO.
struct OpenPoint {
    QString id;
    Text title;
    Standing standing = Standing::Unknown;
    Text why;
    friend bool operator==(const OpenPoint &, const OpenPoint &) = default;
};

/// One review meeting. Its file has all that minutes need, so that they can be printed years later; answers,
/// waivers and actions count where they stand in review.yaml, not here.
struct Meeting {
    QString serviceId;
    Text serviceName;
    QString checklistId, checklistVersion;
    Text stage;                                  ///< the roll-out stage asked for; empty without stages
    QDateTime started, ended;                    ///< with zone; ended: the last time something happened
    bool closed = false;                         ///< the minutes were written
    int plannedMinutes = 60;
    int seconds = 0;                             ///< without pauses
    QStringList participants;
    std::optional<MeetingOutcome> before, after;
    std::vector<MeetingItem> items;              ///< those that were on the screen, in agenda order
    std::vector<OpenPoint> remaining;
    KeptKeys kept = {};

    const MeetingItem *item(const QString &id) const;
    MeetingItem *item(const QString &id);
    bool isEmpty() const;                        ///< nothing that somebody would miss
    friend bool operator==(const Meeting &, const Meeting &) = default;
};

/// What still keeps a service from GO: what blocks it first, then what is a condition.
std::vector<OpenPoint> openPoints(const Outcome &outcome, const DecisionRule &rule);

/// How long an item may take, in seconds: contested ones share four fifths of the time that was planned.
struct MeetingPace {
    int contested = 0, rest = 0;
    int of(AgendaGroup group) const { return group == AgendaGroup::Rest ? rest : contested; }
};
MeetingPace paceOf(const Agenda &agenda, int plannedMinutes);

/// "佐藤、鈴木 · SRE, Tanaka": names as people type them, in one line.
QStringList participantsFrom(const QString &line);

// The file: readiness/meetings/<date>[-n].yaml, one per meeting, so that git never has two to merge.

inline constexpr auto meetingsFolder = "readiness/meetings"; ///< relative to the service's folder
inline constexpr auto meetingFormat = "tenken.meeting/1";

struct MeetingFile {
    Meeting meeting;
    std::vector<Problem> problems;
    bool whole = true;                           ///< false: a value could not be read, and writing would lose it
};

/// A file that is no meeting is a Problem.
Result<MeetingFile> parseMeeting(const QByteArray &bytes, const QString &path);
QByteArray writeMeeting(const Meeting &meeting);

/// Paths relative to the service's folder, oldest first.
QStringList meetingFiles(const QString &folder);
QString newMeetingPath(const QString &folder, const QDate &day);        ///< neither it nor its minutes exist
QString minutesPath(const QString &meetingPath);                        ///< "….yaml" → "….md"
Result<MeetingFile> readMeeting(const QString &folder, const QString &path);
/// Replaces the file in one step; makes the folder where there is none.
Result<void> saveMeeting(const QString &folder, const QString &path, const Meeting &meeting);
/// The meeting of that day that was left without its minutes, and its path: it goes on.
std::optional<std::pair<QString, Meeting>> unfinishedMeeting(const QString &folder, const QDate &day);

} // namespace tenken
