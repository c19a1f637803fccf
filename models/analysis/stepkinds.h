// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/pipelinerun.h>

#include <span>

namespace tenken {

/// What a step is for, as bits: one command may do several things.
enum StepKind : unsigned {
    BuildsImage = 1,
    PushesImage = 2,
    Lints = 4,
    TestsUnits = 8,
    ScansImage = 16,
    TellsSlack = 32,
    Deploys = 64,
};

/// A line of the table of commands. `words` are looked for in this order among the words that are no options; a word
/// may list alternatives (`a|b`) and end in `*`. Options are alternatives too.
struct CommandRow {
    const char *words;
    unsigned kinds = 0;           ///< 0: known, and none of these
    const char *needs = "";       ///< options of which one is there
    const char *unless = "";      ///< options of which none is there
    const char *failsWith = "";   ///< without one of these, not "0", it never fails
    const char *neverFails = "";  ///< with one of these it never fails
};
std::span<const CommandRow> commandTable();

/// A line of the table of actions and orbs: "owner/name", or "owner/*" for all of an owner's.
struct ActionRow {
    const char *name;
    unsigned kinds = 0;
    const char *pushInput = "";   ///< pushes only where this input is true; `=true`: it is where it is not given
    const char *failInput = "";   ///< fails only where this input is neither 0 nor false
    const char *failDefault = ""; ///< of failInput
    const char *neverFailsWith = ""; ///< never fails where this input is true
};
std::span<const ActionRow> actionTable();

/// A step, or a command of one, whose purpose is known.
struct FoundStep {
    StepRef ref;
    unsigned kinds = 0;
    QString what;                 ///< "docker push …", "docker/build-push-action@v6"
    QString file;
    Span span;
    Expr when = Expr::literal(true); ///< when it does it at all, as an input says
    Tri canFail = Tri::Yes;       ///< its findings fail it
    QString lacks;                ///< the option or input that would make it fail
    Span lacksSpan;               ///< where that is written wrongly
    bool byName = false;          ///< what it runs could not be seen; its name says what it is for
};

/// What cannot be seen into.
struct OpaqueStep {
    std::optional<size_t> job;
    QString name;
    QString file;
    Span span;
};

struct PipelineSteps {
    const Pipeline *pipeline = nullptr;
    std::vector<FoundStep> found;
    std::vector<FoundStep> idle;  ///< they run on no occasion, whatever happens: `if: false`, after `exit 0`
    std::vector<OpaqueStep> opaque;

    std::vector<const FoundStep *> of(unsigned kind) const;
    const FoundStep *idleOf(unsigned kind) const; ///< the first, or null
};

PipelineSteps findSteps(const Pipeline &pipeline);
void setIdleAside(PipelineSteps &steps); ///< from `found` to `idle`; findSteps has done it

} // namespace tenken
