// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meeting.h>

#include <review/standing.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

constexpr int leastContested = 60, mostContested = 600, leastRest = 20, mostRest = 120, fullSteps = 10;
constexpr qsizetype mostParticipants = 100;

/// Down to a figure that can be said aloud.
int rounded(int seconds) { return seconds / fullSteps * fullSteps; }

} // namespace

bool MeetingItem::isSettled() const
{
    return decision != ReviewAnswer::Open || !note.isEmpty() || !dissents.empty() || !waivers.empty()
        || !actions.empty();
}

const MeetingItem *Meeting::item(const QString &id) const
{
    const auto found = std::ranges::find(items, id, &MeetingItem::id);
    return found == items.end() ? nullptr : &*found;
}

MeetingItem *Meeting::item(const QString &id)
{
    const auto found = std::ranges::find(items, id, &MeetingItem::id);
    return found == items.end() ? nullptr : &*found;
}

bool Meeting::isEmpty() const
{
    return std::ranges::none_of(items, [](const MeetingItem &i) { return i.isSettled() || i.postponed; });
}

std::vector<OpenPoint> openPoints(const Outcome &outcome, const DecisionRule &rule)
{
    std::vector<OpenPoint> blocking, conditions;
    for (const ItemStanding &is : outcome.items) {
        const bool condition = is.standing == Standing::Waived
            || (is.item->level == Level::Should && rule.conditionalOnShould.contains(toString(is.standing)));
        if (is.blocks || condition)
            (is.blocks ? blocking : conditions).push_back({is.item->id, is.item->title, is.standing, is.why});
    }
    std::ranges::move(conditions, std::back_inserter(blocking));
    return blocking;
}

MeetingPace paceOf(const Agenda &agenda, int plannedMinutes)
{
    const int contested = agenda.contested(), rest = agenda.count(AgendaGroup::Rest);
    const int seconds = std::clamp(plannedMinutes, 1, 24 * 60) * 60;
    return {rounded(std::clamp(seconds * 4 / 5 / std::max(1, contested), leastContested, mostContested)),
            rounded(std::clamp(seconds / 5 / std::max(1, rest), leastRest, mostRest))};
}

QStringList participantsFrom(const QString &line)
{
    static const QRegularExpression between(QStringLiteral("[,、，;；\\n]"));
    QStringList names;
    for (const QString &name : line.split(between)) {
        if (const QString clean = name.simplified(); !clean.isEmpty() && !names.contains(clean))
            names.append(clean);
    }
    return names.mid(0, mostParticipants);
}

} // namespace tenken
