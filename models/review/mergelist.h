// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// Which entry of a changed list an entry of the base became: its index, or -1 when it was removed. Equal
/// ones first, then those about the same thing, then (in lists that a person can have written) those that share most
/// of their fields.
std::vector<int> counterparts(const std::vector<Waiver> &base, const std::vector<Waiver> &side);
std::vector<int> counterparts(const std::vector<Action> &base, const std::vector<Action> &side);
std::vector<int> counterparts(const std::vector<MonitorLink> &base, const std::vector<MonitorLink> &side);

/// The same by equality alone.
std::vector<int> twins(const std::vector<Waiver> &base, const std::vector<Waiver> &side);
std::vector<int> twins(const std::vector<Action> &base, const std::vector<Action> &side);
std::vector<int> twins(const std::vector<MonitorLink> &base, const std::vector<MonitorLink> &side);

/// Where every entry of a list came from, by their counterparts; -1: it was added.
inline std::vector<int> originsIn(const std::vector<int> &counterparts, size_t size)
{
    std::vector<int> origins(size, -1);
    for (size_t i = 0; i < counterparts.size(); ++i) {
        if (counterparts[i] >= 0)
            origins[size_t(counterparts[i])] = int(i);
    }
    return origins;
}

template<typename Entry>
std::vector<Entry> addedIn(const std::vector<Entry> &side, const std::vector<int> &origins)
{
    std::vector<Entry> added;
    for (size_t i = 0; i < side.size(); ++i) {
        if (origins[i] < 0)
            added.push_back(side[i]);
    }
    return added;
}

/// Entries that one side changed, removed or added are taken from it. `mergeOne(base, ours, theirs)` merges two
/// changes; `mergeGone(base, ours, theirs)` one that a side changed and the other, null there, removed: an entry, or
/// nothing.
template<typename Entry, typename MergeOne, typename MergeGone>
std::vector<Entry> mergeList(const std::vector<Entry> &base, const std::vector<Entry> &ours,
                             const std::vector<Entry> &theirs, MergeOne mergeOne, MergeGone mergeGone)
{
    if (ours == theirs || theirs == base)
        return ours;
    if (ours == base)
        return theirs;
    const std::vector<int> inOurs = counterparts(base, ours), inTheirs = counterparts(base, theirs);
    const std::vector<int> ofOurs = originsIn(inOurs, ours.size()), ofTheirs = originsIn(inTheirs, theirs.size());

    std::vector<Entry> merged;
    const auto take = [&](std::optional<Entry> entry) {
        if (entry)
            merged.push_back(std::move(*entry));
    };
    for (size_t o = 0; o < ours.size(); ++o) {
        const int b = ofOurs[o];
        if (b < 0)
            merged.push_back(ours[o]);
        else if (inTheirs[size_t(b)] >= 0)
            merged.push_back(mergeOne(base[size_t(b)], ours[o], theirs[size_t(inTheirs[size_t(b)])]));
        else if (ours[o] != base[size_t(b)])
            take(mergeGone(base[size_t(b)], &ours[o], static_cast<const Entry *>(nullptr)));
    }
    for (size_t b = 0; b < base.size(); ++b) {
        const int t = inTheirs[b];
        if (inOurs[b] < 0 && t >= 0 && theirs[size_t(t)] != base[b])
            take(mergeGone(base[b], static_cast<const Entry *>(nullptr), &theirs[size_t(t)]));
    }
    // When both added the very same, once is enough.
    const std::vector<Entry> added = addedIn(theirs, ofTheirs), here = addedIn(ours, ofOurs);
    const std::vector<int> known = twins(added, here);
    for (size_t i = 0; i < added.size(); ++i) {
        if (known[i] < 0)
            merged.push_back(added[i]);
    }
    return merged;
}

} // namespace tenken
