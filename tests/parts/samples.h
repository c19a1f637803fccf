// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/pictures.h>

#include <cmath>

namespace tenken::samples {

/// A grace period of 30 s that would have to be 45 s; a classic sidecar that leaves 25 s early.
Timeline stop();

Rollout rollout();

/// c6i.xlarge with DaemonSets, a sidecar and one pod; New Year needs more nodes than the group may have.
NodePacking nodes(int fits = 3, double appCpu = 1.05);

ZoneLoss zones();

/// A gateway that waits 3 s; a client and a sidecar towards the users, which may take 4 s: 1 s for nobody, and 6 requests for one.
TimeoutPath timeouts();

/// Everything in order: 5 s outside, 2 × 1 s inside.
TimeoutPath nestedTimeouts();

/// 5 pods without traffic routing: 10 % is really 17 %; analysed from the second step, and a person before all get it.
CanaryPlan canary();

/// Flagger: 10 % more a minute up to half, analysed at each step.
CanaryPlan flagger();

/// Steps of a pod that saturates a little above 160 req/s.
std::vector<LoadStep> steps();

std::shared_ptr<LoadTestRun> run();

LoadTestPicture loadTest();

CapacityPlan capacity();

Scaling scaling();

SeriesPicture series();

} // namespace tenken::samples
