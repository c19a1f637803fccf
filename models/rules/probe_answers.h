// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/recordfindings.h>

namespace tenken
{

/// What an answer in one state is worth.
struct AnswerVerdict {
    Verdict verdict;
    Text reason; ///< %1: the state, %2: the status
    Text remedy;
};

/// A probe, as its records tell of it: "liveness" or "readiness".
struct ProbeQuestion {
    QString probe;
    Text title; ///< %1: the state
    QMap<QString, Declared<int>> TestRecord::*answers;
    AnswerVerdict (*judge)(int status, const Dependency *down); ///< null: everything is well
    bool (*needs)(const Dependency &down); ///< whether an answer in this state has to be recorded
    const char *normalWanted, *downWanted, *optionalWanted;
    bool allSpeaksForEach; ///< an answer with everything down (state "all") holds for each dependency
};

/// One finding per state (everything well, each declared dependency down) and environment, from the records of
/// the probe, of outages and, for the plain state, of smoke runs.
std::vector<Finding> judgeProbeAnswers(const RuleContext &context, const ProbeQuestion &question);

inline constexpr const char *normalState = "normal";
inline constexpr const char *allDownState = "all";

} // namespace tenken
