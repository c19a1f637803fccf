// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/mergelist.h>

#include <algorithm>

namespace tenken {

namespace {

/// Said on both sides, and the same: two empty fields are no likeness.
bool same(const QString &a, const QString &b) { return a == b && !a.isEmpty(); }
bool same(const QDate &a, const QDate &b) { return a == b && a.isValid(); }

/// How surely two entries are one that was edited: 3 equal, 2 about the same thing, 1 alike, 0 no.
int likeness(const Waiver &a, const Waiver &b)
{
    if (a == b)
        return 3;
    // A waiver of something else is another waiver, whatever it shares: nothing may widen by being merged.
    if (a.rule != b.rule || a.object != b.object || a.container != b.container || a.finding != b.finding
        || a.parameter != b.parameter || a.value != b.value)
        return 0;
    if (same(a.reason, b.reason))
        return 2;
    const int alike = same(a.requester, b.requester) + same(a.approver, b.approver)
        + same(a.control, b.control) + same(a.expires, b.expires);
    return alike >= 3 ? 1 : 0;
}

int likeness(const Action &a, const Action &b)
{
    if (a == b)
        return 3;
    if (same(a.text, b.text))
        return 2;
    return same(a.owner, b.owner) && (same(a.due, b.due) || same(a.link, b.link)) ? 1 : 0;
}

/// There is one word on a monitor.
int likeness(const MonitorLink &a, const MonitorLink &b)
{
    return a == b ? 3 : same(a.id, b.id) ? 2 : 0;
}

template<typename Entry>
std::vector<int> match(const std::vector<Entry> &base, const std::vector<Entry> &side)
{
    std::vector<int> found(base.size(), -1);
    std::vector<bool> used(side.size(), false);
    for (int wanted : {3, 2, 1}) {
        for (size_t b = 0; b < base.size(); ++b) {
            for (size_t s = 0; found[b] < 0 && s < side.size(); ++s) {
                if (!used[s] && likeness(base[b], side[s]) >= wanted) {
                    found[b] = int(s);
                    used[s] = true;
                }
            }
        }
    }
    return found;
}

} // namespace

std::vector<int> counterparts(const std::vector<Waiver> &base, const std::vector<Waiver> &side)
{
    return match(base, side);
}

std::vector<int> counterparts(const std::vector<Action> &base, const std::vector<Action> &side)
{
    return match(base, side);
}

std::vector<int> counterparts(const std::vector<MonitorLink> &base, const std::vector<MonitorLink> &side)
{
    return match(base, side);
}

} // namespace tenken
