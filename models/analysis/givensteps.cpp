// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/givensteps.h>
#include <analysis/stepmeasure.h>

#include <evidence/numbers.h>

#include <cmath>

namespace tenken
{

namespace
{

double startOf(const LoadTestRun &run)
{
    if (!run.seconds.empty())
        return double(run.seconds.front().second);
    return run.aggregates.empty() ? run.startSeconds : run.aggregates.front().start;
}

double endOf(const LoadTestRun &run)
{
    if (!run.seconds.empty())
        return double(run.seconds.back().second + 1);
    return run.aggregates.empty() ? run.endSeconds : run.aggregates.back().end;
}

Result<std::vector<LoadStep>> measured(const LoadTestRun &run, const std::vector<LoadLevel> &levels)
{
    std::vector<LoadStep> steps;
    for (const LoadLevel &level : levels) {
        auto step = measureLevel(run, level);
        if (!step) {
            return failure(
                {run.file,
                 {},
                 Text{"%1 から %2 秒の間に要求がありません。試験は %3 秒です。",
                      "There is no request from second %1 to %2. The test took %3 s."}
                     .arg(formatNumber(level.start - startOf(run)), formatNumber(level.end - startOf(run)),
                          formatNumber(std::ceil(endOf(run) - startOf(run)))),
                 {"秒は試験の始まりから数えてください。", "Count the seconds from the start of the test."}});
        }
        steps.push_back(std::move(*step));
    }
    return steps;
}

std::vector<LoadLevel> equalParts(const LoadTestRun &run, const std::vector<double> &rates)
{
    const double start = startOf(run), length = (endOf(run) - start) / double(rates.size());
    std::vector<LoadLevel> levels;
    for (size_t i = 0; i < rates.size(); ++i)
        levels.push_back({{}, start + double(i) * length, start + double(i + 1) * length, -1, rates[i]});
    return levels;
}

} // namespace

Result<std::vector<LoadStep>> findSteps(const LoadTestRun &run, const GivenSteps &given)
{
    if (!given.ranges.empty()) {
        std::vector<LoadLevel> levels;
        for (const GivenSteps::Range &range : given.ranges)
            levels.push_back({{}, startOf(run) + range.from, startOf(run) + range.to, -1, range.offered});
        return measured(run, levels);
    }
    std::vector<LoadStep> found = findSteps(run);
    if (given.rates.empty())
        return found;
    if (found.size() != given.rates.size())
        return measured(run, equalParts(run, given.rates));
    for (size_t i = 0; i < found.size(); ++i)
        found[i].offered = given.rates[i];
    return found;
}

} // namespace tenken
