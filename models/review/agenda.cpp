// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/agenda.h>

#include <algorithm>

namespace tenken {

QString toString(AgendaGroup group)
{
    switch (group) {
    case AgendaGroup::Disagreement: return QStringLiteral("disagreement");
    case AgendaGroup::Failure: return QStringLiteral("failure");
    case AgendaGroup::Stale: return QStringLiteral("stale");
    case AgendaGroup::Unknown: return QStringLiteral("unknown");
    case AgendaGroup::Rest: break;
    }
    return QStringLiteral("rest");
}

std::optional<AgendaGroup> agendaGroupFromString(const QString &s)
{
    for (const AgendaGroup group : agendaGroups) {
        if (toString(group) == s)
            return group;
    }
    return std::nullopt;
}

Text label(AgendaGroup group)
{
    switch (group) {
    case AgendaGroup::Disagreement: return {QStringLiteral("不一致"), QStringLiteral("Disagree")};
    case AgendaGroup::Failure: return {QStringLiteral("不合格"), QStringLiteral("Fail")};
    case AgendaGroup::Stale: return {QStringLiteral("要再確認"), QStringLiteral("Stale")};
    case AgendaGroup::Unknown: return {QStringLiteral("不明"), QStringLiteral("Unknown")};
    case AgendaGroup::Rest: break;
    }
    return {QStringLiteral("残り"), QStringLiteral("The rest")};
}

int Agenda::indexOf(const QString &itemId) const
{
    const auto found = std::ranges::find(entries, itemId, &AgendaEntry::itemId);
    return found == entries.end() ? -1 : int(found - entries.begin());
}

int Agenda::count(AgendaGroup group) const
{
    return int(std::ranges::count(entries, group, &AgendaEntry::group));
}

int Agenda::contested() const { return int(entries.size()) - count(AgendaGroup::Rest); }

namespace {

/// Answers that rest on what has changed since: once reviews remember it.
template<typename Standing>
bool isStale(const Standing &standing)
{
    if constexpr (requires { standing.stale; })
        return standing.stale;
    else
        return false;
}

} // namespace

AgendaGroup agendaGroupOf(const ItemStanding &standing)
{
    if (standing.disagreement)
        return AgendaGroup::Disagreement;
    if (standing.standing == Standing::Fail)
        return AgendaGroup::Failure;
    if (isStale(standing))
        return AgendaGroup::Stale;
    if (standing.standing == Standing::Unknown || standing.standing == Standing::Unanswered)
        return AgendaGroup::Unknown;
    return AgendaGroup::Rest;
}

Agenda agendaOf(const Outcome &outcome, const Agenda &before, const QSet<QString> &settled)
{
    struct Ranked {
        AgendaEntry entry;
        Level level;
    };
    std::vector<Ranked> ranked;
    ranked.reserve(outcome.items.size());
    for (const ItemStanding &standing : outcome.items) {
        AgendaEntry entry{standing.item->id, agendaGroupOf(standing)};
        if (const int was = before.indexOf(entry.itemId); was >= 0 && settled.contains(entry.itemId))
            entry.group = before.entries[size_t(was)].group;
        ranked.push_back({std::move(entry), standing.item->level});
    }
    std::ranges::stable_sort(ranked, {}, [](const Ranked &r) { return std::pair(r.entry.group, r.level); });
    Agenda agenda;
    for (Ranked &r : ranked)
        agenda.entries.push_back(std::move(r.entry));
    return agenda;
}

} // namespace tenken
