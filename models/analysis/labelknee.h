// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>

namespace tenken {

/// The request that is past its own knee earliest while the run as a whole is not: a checkout of one percent does not
/// show in the percentiles of everything. Judged in the steps up to the run's knee by the knee's own signs (latency above
/// K × the label's baseline, errors), each step with at least 200 of its latencies; bad at the knee itself and the step
/// before it, so that a label that merely comes close there is not named. Nothing where no label is, and where the knee is
/// not usable.
std::optional<EarlyLabel> earlyLabelOf(const LoadTestRun &run, const std::vector<LoadStep> &steps, const Knee &knee,
                                       const KneeOptions &options = {});

} // namespace tenken
