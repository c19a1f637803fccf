// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/pipeline.h>

namespace tenken {

/// What a script does when one of its commands fails (or none does). Everything else is taken to succeed; what only
/// asks (`[ -n "$X" ]`) may answer either way.
struct ShellOutcome {
    std::vector<Tri> ran;   ///< per command
    Tri succeeds = Tri::Yes;
};

ShellOutcome runShell(const ShellScript &script, std::optional<size_t> failing = {});

} // namespace tenken
