// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/model.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

/// Coefficient of variation inside windows of five seconds, averaged: how steady a series is while its level
/// may change slowly. −1 when there is too little to say.
double unsteadiness(const LoadTestRun &run, double (*value)(const LoadSecond &))
{
    constexpr size_t width = 5;
    double sum = 0;
    int windows = 0;
    for (size_t begin = 0; begin + width <= run.seconds.size(); begin += width) {
        double total = 0, squares = 0;
        for (size_t i = begin; i < begin + width; ++i) {
            const double v = value(run.seconds[i]);
            total += v;
            squares += v * v;
        }
        const double mean = total / width;
        if (mean < 1)
            continue;
        sum += std::sqrt(std::max(0.0, squares / width - mean * mean)) / mean;
        ++windows;
    }
    return windows > 0 ? sum / windows : -1;
}

} // namespace

LoadModel modelFromUsers(const LoadTestRun &run)
{
    double arrivals = 0, present = 0;
    for (const LoadSecond &second : run.seconds) {
        arrivals += double(std::max<qint64>(0, second.arrivals));
        present += std::max(0.0, second.users);
    }
    if (arrivals < 2 || run.seconds.size() < 10)
        return LoadModel::Unknown;
    const double stay = present / arrivals; // Little's law: mean seconds that a user stays
    if (stay > 0.25 * double(run.seconds.size()))
        return LoadModel::Closed;
    const double held = unsteadiness(run, [](const LoadSecond &s) { return s.users; });
    const double coming = unsteadiness(run, [](const LoadSecond &s) { return double(s.arrivals); });
    if (present / double(run.seconds.size()) >= 2 && held >= 0 && held < 0.02 && coming > 2 * held)
        return LoadModel::Closed; // constantConcurrentUsers: one leaves, one comes
    return coming >= 0 ? LoadModel::Open : LoadModel::Unknown;
}

LoadModel modelFromIterations(bool anyDropped, double lowLoadUtilisation)
{
    if (anyDropped || (lowLoadUtilisation >= 0 && lowLoadUtilisation < 0.7))
        return LoadModel::Open;
    return lowLoadUtilisation > 0.85 ? LoadModel::Closed : LoadModel::Unknown;
}

LoadModel modelFromThreads(const LoadTestRun &run, double lowLoadUtilisation)
{
    std::vector<double> users, rates;
    for (const LoadSecond &second : run.seconds) {
        users.push_back(second.users);
        if (second.started > 0) // where the service hangs, threads that wait send nothing
            rates.push_back(double(second.started));
    }
    if (users.size() < 10 || rates.empty())
        return LoadModel::Closed;
    const auto spread = [](std::vector<double> &values) { // 90th ÷ 10th percentile
        std::ranges::sort(values);
        const double low = values[values.size() / 10];
        return low > 0 ? values[values.size() * 9 / 10] / low : 1e9;
    };
    const bool timed =
        lowLoadUtilisation >= 0 && lowLoadUtilisation < 0.5 && spread(users) < 1.1 && spread(rates) > 1.5;
    return timed ? LoadModel::Open : LoadModel::Closed;
}

} // namespace tenken
