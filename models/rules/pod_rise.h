// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Whether the pod count rose during a load test that let the autoscaler work (purpose "peak" or none).
/// Nothing where the service declares no such test or no Datadog snapshot: then there is nothing to expect.
std::optional<Finding> judgePodRise(const RuleContext &context, const Workload &workload);

/// A verdict that rests on a test's pod count is unknown where the snapshot clearly shows another one in the test's
/// environment and at its time.
void weighPodCount(Finding &finding, const RuleContext &context, const LoadTest &test);

} // namespace tenken
