// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/gates.h>
#include <rules/findings.h>

namespace tenken
{

/// The service's pipelines with what their steps are for.
struct PipelineView {
    std::vector<PipelineSteps> pipelines;

    bool anyOpaque() const;
    std::vector<OpaqueStep> opaque() const;
};

PipelineView pipelinesOf(const RuleContext &context);

/// Unknown, where no pipeline was read: none is declared, or those declared could not be read.
std::optional<Finding> whyNoPipelines(const RuleContext &context, const Text &title);
/// One unknown for each definition that could not be read: it might say otherwise.
void addUnreadPipelines(const RuleContext &context, const Text &title, std::vector<Finding> &findings);

/// A push, with the occasions on which it happens.
struct PushOn {
    const PipelineSteps *steps = nullptr;
    const FoundStep *push = nullptr;
    std::vector<const Occasion *> occasions;
    Tri pushes = Tri::No; ///< at best; Maybe: an expression decides that cannot be evaluated
};
std::vector<PushOn> pushesIn(const PipelineView &view);

Finding findingAt(const RuleContext &context, const Text &title, const Pipeline &pipeline, const FoundStep &step);
/// Unknown, because of what cannot be seen into; each is marked.
Finding opaqueFinding(const RuleContext &context, const Text &title, const std::vector<OpaqueStep> &opaque,
                      const Text &sought);
Text named(const std::vector<OpaqueStep> &opaque); ///< "a, b and 2 more"

/// Fail, where the only step of this kind runs on no occasion.
std::optional<Finding> idleFinding(const RuleContext &context, const Text &title, const PipelineView &view, unsigned kind);
/// Unknown, for pushes that were left when so much had been tried.
Finding tooLarge(const RuleContext &context, const Text &title, const PushOn &push);

/// Marks `needs:` on the way from the push back to the check, and the push.
void markWay(Finding &finding, const Pipeline &pipeline, const StepRef &from, const StepRef &to);

/// What lint and unit tests share: the check has to come before each push, on its path.
struct CheckTexts {
    Text title;
    Text noun;       ///< "a lint step"
    QString example; ///< a command, for the snippet
};
/// Unknown, where a Dockerfile of the repository runs such a step.
std::optional<Finding> dockerfileFinding(const RuleContext &context, const CheckTexts &texts, unsigned kind);
std::vector<Finding> judgeBeforePush(const RuleContext &context, StepKind kind, const CheckTexts &texts);

} // namespace tenken
