// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/stepkinds.h>

#include <map>

namespace tenken {

/// Whether a failing check stops what comes after it.
enum class Gate {
    Holds,
    Unclear,      ///< an expression decides that cannot be evaluated
    Conditional,  ///< it may be left out although the push runs
    Ignored,      ///< its failure is passed over
    Beside,       ///< it runs, and the push does not wait for it
    Elsewhere,    ///< it does not run on this occasion
};

/// Simulations, each done once: every check is asked about every push.
class Simulations
{
public:
    const PipelineOutcome &get(const Pipeline &pipeline, const Occasion &occasion, const std::optional<StepRef> &failing = {});

private:
    std::map<std::tuple<const Pipeline *, const Occasion *, std::optional<StepRef>>, PipelineOutcome> m_done;
};

/// The check fails: does the push still run, on an occasion on which it would?
Gate gateOf(const Pipeline &pipeline, const FoundStep &check, const FoundStep &push, const Occasion &occasion,
            Simulations &simulations);

/// The push's pipeline is started by the end of the check's pipeline.
Gate gateAcross(const Pipeline &checking, const FoundStep &check, const Pipeline &pushing, const FoundStep &push,
                const Occasion &occasion);

/// Whether the step runs on the occasion, and pushes there.
Tri pushesOn(const Pipeline &pipeline, const FoundStep &push, const Occasion &occasion);

} // namespace tenken
