// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

// What a newer load test leaves of an older one.

namespace tenken
{

/// A newer test with as many pods in the same environment reached its knee too: the older one, even a better one, says
/// nothing any more. Tests of the peak and others do not replace each other.
bool isReplaced(const LoadTestAnalysis &test, const std::vector<LoadTestAnalysis> &all);

/// Replaced, or refuted: a newer test in the same environment was past its knee from its first level on, although this
/// one's knee says that as many pods, or fewer, bear that level. It decides nothing any more; a refuted knee is still the
/// most to plan with.
bool isSuperseded(const LoadTestAnalysis &test, const std::vector<LoadTestAnalysis> &all);

/// A test that bore not even its first level, although every pod is taken to bear `perPod` req/s; nothing newer shows
/// that it is mended. Null where there is none.
const LoadTestAnalysis *contradictionOf(double perPod, const std::vector<LoadTestAnalysis> &all);
Text testFromALowerLoad(); ///< what to do about one that bore nothing
Finding contradicted(const RuleContext &context, const Text &title, const LoadTestAnalysis &by, double perPod);

} // namespace tenken
