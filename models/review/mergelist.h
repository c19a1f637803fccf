// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// Which entry of a changed list an entry of the base became: its index, or -1 when it was removed. Equal
/// ones first, then those about the same thing, then those that share most of their fields.
std::vector<int> counterparts(const std::vector<Waiver> &base, const std::vector<Waiver> &side);
std::vector<int> counterparts(const std::vector<Action> &base, const std::vector<Action> &side);
std::vector<int> counterparts(const std::vector<MonitorLink> &base, const std::vector<MonitorLink> &side);

/// Entries that one side changed, removed or added are taken from it. An entry that one side removed and the
/// other changed stays, as changed: nothing that somebody wrote gets lost. `mergeOne(base, ours, theirs)`
/// merges two changes.
template<typename Entry, typename MergeOne>
std::vector<Entry> mergeList(const std::vector<Entry> &base, const std::vector<Entry> &ours,
                             const std::vector<Entry> &theirs, MergeOne mergeOne)
{
    if (ours == theirs || theirs == base)
        return ours;
    if (ours == base)
        return theirs;
    const std::vector<int> inOurs = counterparts(base, ours);
    const std::vector<int> inTheirs = counterparts(base, theirs);
    std::vector<int> baseOfOurs(ours.size(), -1);
    std::vector<bool> taken(theirs.size(), false); // of theirs: came from base
    for (size_t i = 0; i < base.size(); ++i) {
        if (inOurs[i] >= 0)
            baseOfOurs[size_t(inOurs[i])] = int(i);
        if (inTheirs[i] >= 0)
            taken[size_t(inTheirs[i])] = true;
    }

    std::vector<Entry> merged;
    for (size_t o = 0; o < ours.size(); ++o) {
        const int b = baseOfOurs[o];
        if (b < 0) { // added by us; when they added the very same, once is enough
            merged.push_back(ours[o]);
            for (size_t t = 0; t < theirs.size(); ++t) {
                if (!taken[t] && theirs[t] == ours[o]) {
                    taken[t] = true;
                    break;
                }
            }
        } else if (inTheirs[size_t(b)] >= 0) {
            merged.push_back(mergeOne(base[size_t(b)], ours[o], theirs[size_t(inTheirs[size_t(b)])]));
        } else if (ours[o] != base[size_t(b)]) {
            merged.push_back(ours[o]);
        }
    }
    for (size_t b = 0; b < base.size(); ++b) {
        const int t = inTheirs[b];
        if (inOurs[b] < 0 && t >= 0 && theirs[size_t(t)] != base[b])
            merged.push_back(theirs[size_t(t)]);
    }
    for (size_t t = 0; t < theirs.size(); ++t) {
        if (!taken[t])
            merged.push_back(theirs[t]);
    }
    return merged;
}

} // namespace tenken
