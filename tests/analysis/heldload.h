// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <memory>
#include <vector>

namespace tenken::test
{

/// One level of a made-up load test: offered req/s for so many seconds, answered in `ms` (a tenth of the
/// requests takes 1.5 × as long), `failed` of 1 in errors.
struct HeldLoad {
    double rps = 0;
    int seconds = 60;
    double ms = 20;
    double failed = 0;
    double completed = 1; ///< share of the offered requests that end within the level
};

/// An open-model run made of levels, as a reader would give it.
std::shared_ptr<LoadTestRun> runOf(const std::vector<HeldLoad> &levels,
                                   double startSeconds = 1'700'000'000);

} // namespace tenken::test
