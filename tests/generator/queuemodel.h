// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>

#include <queue>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace tenken::test
{

/// A first-come-first-served queue with several workers (G/G/c), run event by event. Seeded: the same numbers
/// on every machine, for only the engine is taken from the standard library, not its distributions.
struct QueueModel {
    int workers = 8;
    double serviceMs = 20; ///< mean
    double serviceCv = 0.5; ///< standard deviation ÷ mean, log-normal
    double arrivalCv = 1; ///< 1: Poisson, 0: evenly spaced
    double timeoutMs = 0; ///< requests that would take longer fail after this; 0: they wait for ever
    double capacity() const { return workers * 1000 / serviceMs; }
};

struct Level {
    double rate = 0; ///< req/s
    double seconds = 20;
    double endRate = -1; ///< a ramp up to this rate, −1: level
};

class Random
{
public:
    explicit Random(quint64 seed) : m_engine(seed) {}
    double uniform() { return double(m_engine() >> 11) * 0x1p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    double normal()
    {
        return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(6.283185307179586 * uniform());
    }
    double exponential() { return -std::log(1 - uniform()); }
    double logNormal(double mean, double cv)
    {
        const double variance = std::log(1 + cv * cv);
        return mean * std::exp(normal() * std::sqrt(variance) - variance / 2);
    }

private:
    std::mt19937_64 m_engine;
};

constexpr double runStart = 1'795'000'000; // epoch seconds

/// Open load in levels, as a run second by second, arrivals known.
inline LoadTestRun simulateOpen(const QueueModel &model, const std::vector<Level> &levels, quint64 seed)
{
    Random random(seed);
    RunBuilder builder;
    std::priority_queue<double, std::vector<double>, std::greater<>> freeAt;
    for (int i = 0; i < model.workers; ++i)
        freeAt.push(0);
    double now = 0, levelStart = 0;
    for (const Level &level : levels) {
        now = std::max(now, levelStart);
        while (true) {
            const double along = (now - levelStart) / level.seconds;
            const double rate =
                level.endRate < 0 ? level.rate : level.rate + (level.endRate - level.rate) * along;
            const double gap = model.arrivalCv > 0 ? random.exponential() : 1;
            now += gap / std::max(0.1, rate);
            if (now >= levelStart + level.seconds)
                break;
            const double begin = std::max(now, freeAt.top());
            const double service = random.logNormal(model.serviceMs, model.serviceCv) / 1000;
            const double limit = model.timeoutMs / 1000;
            const bool late = limit > 0 && begin + service - now > limit;
            const double end = late ? now + limit : begin + service;
            if (!late || begin < now + limit) { // the worker finishes what it began
                freeAt.pop();
                freeAt.push(begin + service);
            }
            const auto us = [](double seconds) { return qint64(std::llround((runStart + seconds) * 1e6)); };
            builder.arrival(us(now));
            builder.request(us(now), us(end), us(end) - us(now), late);
        }
        levelStart += level.seconds;
    }
    LoadTestRun run = builder.finish({.arrivals = true});
    run.model = LoadModel::Open;
    return run;
}

/// A closed loop: so many users, each sends again as soon as its answer came.
inline LoadTestRun simulateClosed(const QueueModel &model, const std::vector<int> &users, double seconds,
                                  quint64 seed)
{
    Random random(seed);
    RunBuilder builder;
    double levelStart = 0;
    for (const int count : users) {
        std::priority_queue<double, std::vector<double>, std::greater<>> freeAt, ready;
        for (int i = 0; i < model.workers; ++i)
            freeAt.push(levelStart);
        for (int i = 0; i < count; ++i)
            ready.push(levelStart);
        while (ready.top() < levelStart + seconds) {
            const double start = ready.top();
            ready.pop();
            const double end =
                std::max(start, freeAt.top()) + random.logNormal(model.serviceMs, model.serviceCv) / 1000;
            freeAt.pop();
            freeAt.push(end);
            ready.push(end);
            const auto us = [](double at) { return qint64(std::llround((runStart + at) * 1e6)); };
            builder.request(us(start), us(end), us(end) - us(start), false);
            builder.usersGauge(us(start), count);
        }
        levelStart += seconds;
    }
    LoadTestRun run = builder.finish({.users = UsersFrom::Gauge});
    run.model = LoadModel::Closed;
    return run;
}

} // namespace tenken::test
