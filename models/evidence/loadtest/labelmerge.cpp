// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/labels.h>

#include <algorithm>
#include <utility>

namespace tenken
{

void capLabels(std::vector<LoadLabel> &all, LoadLabel rest, size_t cap, qint64 &beyond)
{
    std::ranges::sort(all, [](const LoadLabel &a, const LoadLabel &b) {
        return a.samples != b.samples ? a.samples > b.samples : a.name < b.name;
    });
    for (size_t i = cap; i < all.size(); ++i) {
        rest.samples += all[i].samples;
        rest.errors += all[i].errors;
        rest.latency.merge(all[i].latency);
        ++beyond;
    }
    all.resize(std::min(all.size(), cap));
    if (rest.samples > 0)
        all.push_back(std::move(rest));
}

namespace
{

void mergeSeconds(LoadLabel &sum, const LoadLabel &other)
{
    if (sum.seconds.empty() || other.seconds.empty()) { // one of them had to give its seconds up
        sum.seconds.clear();
        return;
    }
    std::vector<LoadLabel::Second> merged;
    auto mine = sum.seconds.begin();
    for (const LoadLabel::Second &theirs : other.seconds) {
        while (mine != sum.seconds.end() && mine->second < theirs.second)
            merged.push_back(std::move(*mine++));
        if (mine == sum.seconds.end() || mine->second != theirs.second) {
            merged.push_back(theirs);
            continue;
        }
        LoadLabel::Second &both = merged.emplace_back(std::move(*mine++));
        both.started += theirs.started;
        both.completed += theirs.completed;
        both.failed += theirs.failed;
        both.latency.merge(theirs.latency);
    }
    merged.insert(merged.end(), mine, sum.seconds.end());
    sum.seconds = std::move(merged);
}

LoadLabel takeRest(std::vector<LoadLabel> &labels, qint64 beyond)
{
    LoadLabel rest;
    if (beyond > 0 && !labels.empty()) {
        rest = std::move(labels.back());
        labels.pop_back();
    }
    return rest;
}

void addByName(std::vector<LoadLabel> &sum, std::vector<LoadLabel> other)
{
    for (LoadLabel &from : other) {
        const auto known = std::ranges::find(sum, from.name, &LoadLabel::name);
        if (known == sum.end()) {
            sum.push_back(std::move(from));
            continue;
        }
        known->samples += from.samples;
        known->errors += from.errors;
        known->latency.merge(from.latency);
        mergeSeconds(*known, from);
    }
}

} // namespace

void joinSameNames(std::vector<LoadLabel> &labels, qint64 beyond)
{
    LoadLabel rest = takeRest(labels, beyond);
    std::vector<LoadLabel> all = std::exchange(labels, {});
    addByName(labels, std::move(all));
    std::ranges::stable_sort(labels, std::ranges::greater{}, &LoadLabel::samples);
    if (beyond > 0)
        labels.push_back(std::move(rest));
}

void mergeLabels(std::vector<LoadLabel> &sum, qint64 &beyond, std::vector<LoadLabel> other, qint64 othersBeyond)
{
    LoadLabel rest = takeRest(sum, beyond);
    const LoadLabel othersRest = takeRest(other, othersBeyond);
    rest.samples += othersRest.samples;
    rest.errors += othersRest.errors;
    rest.latency.merge(othersRest.latency);
    addByName(sum, std::move(other));
    beyond = std::max(beyond, othersBeyond); // mostly the same names
    capLabels(sum, std::move(rest), mostLabels, beyond);
}

} // namespace tenken
