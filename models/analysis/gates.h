// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/simulations.h>
#include <analysis/stepkinds.h>

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

/// The check fails: does the push still run, on an occasion on which it would?
Gate gateOf(const Pipeline &pipeline, const FoundStep &check, const FoundStep &push, const Occasion &occasion,
            Simulations &simulations);

/// The push's pipeline is started by the end of the check's pipeline.
Gate gateAcross(const Pipeline &checking, const FoundStep &check, const Pipeline &pushing, const FoundStep &push,
                const Occasion &occasion, Simulations &simulations);

} // namespace tenken
