// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/pipeline.h>

namespace tenken {

/// A step of a pipeline, or one command of it.
struct StepRef {
    size_t job = 0;
    size_t step = 0;
    std::optional<size_t> command; ///< of the step's script; none: the step as a whole (an action)

    friend bool operator==(const StepRef &, const StepRef &) = default;
    friend auto operator<=>(const StepRef &, const StepRef &) = default;
};

/// What happens to a pipeline on one occasion. Whatever is not said to fail succeeds.
struct Scenario {
    const Occasion *occasion = nullptr;
    std::optional<StepRef> failing;
    std::optional<size_t> withoutJob;   ///< this job's condition does not hold
};

struct PipelineOutcome {
    struct Step {
        Tri ran = Tri::No;
        std::vector<Tri> commands;
    };
    struct Job {
        Tri part = Tri::Yes;  ///< a rule takes it into the run
        Tri ran = Tri::No;
        Tri good = Tri::No;   ///< ran and did not fail, or may fail
        bool manual = false;
        std::vector<Step> steps;
    };
    std::vector<Job> jobs;

    Tri ran(const StepRef &ref) const;
    Tri fails() const;        ///< some job failed
};

/// Runs the pipeline in thought: needs, conditions, ignored failures and the shell as each system defines them.
PipelineOutcome simulate(const Pipeline &pipeline, const Scenario &scenario);

/// What an expression of a step gives on an occasion, without regard to the run's state.
ExprValue valueOn(const Occasion &occasion, const Expr &expr);

} // namespace tenken
