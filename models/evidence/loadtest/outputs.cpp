// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/summary.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr size_t mostOutputs = 1000;

void countErrors(LoadTestRun &run, const Output &output)
{
    for (const auto &[kind, count] : output.errors)
        countError(run, kind, count);
}

} // namespace

void settleClock(LoadTestRun &run, std::vector<Output> &outputs)
{
    const bool anyLevel = std::ranges::any_of(outputs, &Output::isLevel);
    run.hasClock = std::ranges::all_of(
        outputs, [&](const Output &output) { return output.figures.start > 0 || (anyLevel && !output.isLevel()); });
    for (Output &output : outputs) {
        if (run.hasClock)
            continue;
        output.figures.end -= output.figures.start;
        output.figures.start = 0;
    }
}

bool Outputs::add(LoadTestRun &run, Output output)
{
    if (!output.isLevel() || run.aggregates.size() >= mostOutputs) {
        ++m_leftOut;
        if (m_left.empty())
            m_left.push_back(std::move(output));
        return false;
    }
    countErrors(run, output);
    run.knowsErrors = run.knowsErrors && output.knowsErrors;
    addStretch(run, std::move(output.figures), output.offered > 0 ? output.offered : -1);
    if (!output.usersAreLoad)
        run.levels.back().users = -1;
    return true;
}

void Outputs::settle(LoadTestRun &run)
{
    if (run.aggregates.empty() && m_leftOut == 1) { // counts and percentiles are known, only no rate
        countErrors(run, m_left.front());
        run.knowsErrors = run.knowsErrors && m_left.front().knowsErrors;
        run.whole = std::move(m_left.front().figures);
        if (run.whole->completed != 0)
            run.missing.push_back(durationMissing());
    } else if (m_leftOut > 0) {
        run.remarks.push_back(Text{"件数か長さのない出力が %1 個あり、除外しました。",
                                   "%1 outputs without requests or without a duration are left out."}
                                  .arg(formatNumber(double(m_leftOut))));
    }
    settleSummary(run);
}

} // namespace tenken
