// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "heldload.h"

#include <cmath>

namespace tenken::test
{

std::shared_ptr<LoadTestRun> runOf(const std::vector<HeldLoad> &levels,
                                   double startSeconds)
{
    auto run = std::make_shared<LoadTestRun>();
    run->tool = QStringLiteral("gatling");
    run->file = QStringLiteral("simulation.log");
    run->model = LoadModel::Open;
    run->startSeconds = startSeconds;
    auto second = qint64(startSeconds);
    for (const HeldLoad &level : levels) {
        for (int i = 0; i < level.seconds; ++i, ++second) {
            LoadSecond s;
            s.second = second;
            s.started = s.arrivals = std::llround(level.rps);
            s.completed = std::llround(level.rps * level.completed);
            s.failed = std::llround(double(s.completed) * level.failed);
            const qint64 slow = s.started / 10;
            s.latency.add(qint64(level.ms * 1000), s.started - slow);
            if (slow > 0)
                s.latency.add(qint64(level.ms * 1500), slow);
            run->samples += s.completed;
            run->errors += s.failed;
            run->latency.merge(s.latency);
            run->seconds.push_back(std::move(s));
        }
    }
    run->endSeconds = double(second);
    return run;
}

} // namespace tenken::test
