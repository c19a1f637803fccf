// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QSet>

namespace tenken {

/// Why an item is talked about, in the order of the agenda.
enum class AgendaGroup { Disagreement, Failure, Stale, Unknown, Rest };
inline constexpr AgendaGroup agendaGroups[] = {AgendaGroup::Disagreement, AgendaGroup::Failure, AgendaGroup::Stale,
                                               AgendaGroup::Unknown, AgendaGroup::Rest};
QString toString(AgendaGroup group);        ///< "disagreement", "failure", "stale", "unknown", "rest"
std::optional<AgendaGroup> agendaGroupFromString(const QString &s);
Text label(AgendaGroup group);              ///< 不一致 / Disagreement …

struct AgendaEntry {
    QString itemId;
    AgendaGroup group = AgendaGroup::Rest;
    friend bool operator==(const AgendaEntry &, const AgendaEntry &) = default;
};

/// What a meeting goes through: disagreements, failures, stale answers, what is unknown or unanswered, then the
/// rest. Within a group a must stands before a should; then the checklist's order counts.
struct Agenda {
    std::vector<AgendaEntry> entries;

    int indexOf(const QString &itemId) const;     ///< -1 when it is not there
    int count(AgendaGroup group) const;
    int contested() const;                        ///< all but the rest
    friend bool operator==(const Agenda &, const Agenda &) = default;
};

AgendaGroup agendaGroupOf(const ItemStanding &standing);

/// The agenda of how things stand. While a meeting goes on, items that it has `settled` keep the group they had in
/// `before`: a decision must not move what people look at.
Agenda agendaOf(const Outcome &outcome, const Agenda &before = {}, const QSet<QString> &settled = {});

} // namespace tenken
