// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/givensteps.h>
#include <analysis/stepmeasure.h>

#include <evidence/numbers.h>

#include <QStringList>

#include <cmath>

namespace tenken
{

namespace
{

constexpr qsizetype mostSteps = 1000;

std::unexpected<Problem> notUnderstood(const QString &part)
{
    return failure({{},
                    {},
                    Text{"段 `%1` が読めません。", "The step `%1` cannot be read."}.arg(part),
                    {"率を順に `100,150,200`、または秒と率を `0-60:100,60-120:200` と書いてください。",
                     "Write rates in order, `100,150,200`, or seconds and rates, `0-60:100,60-120:200`."}});
}

std::optional<double> positive(const QString &text)
{
    bool ok = false;
    const double value = text.trimmed().toDouble(&ok);
    return ok && std::isfinite(value) && value > 0 ? std::optional(value) : std::nullopt;
}

std::optional<GivenSteps::Range> rangeIn(const QString &part)
{
    const qsizetype colon = part.indexOf(u':'), dash = part.indexOf(u'-');
    if (colon < 0 || dash <= 0 || dash > colon)
        return {};
    bool ok = false;
    const double from = part.first(dash).trimmed().toDouble(&ok);
    const auto to = positive(part.sliced(dash + 1, colon - dash - 1)), offered = positive(part.sliced(colon + 1));
    if (!ok || !std::isfinite(from) || from < 0 || !to || !offered || *to <= from)
        return {};
    return GivenSteps::Range{from, *to, *offered};
}

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

Result<GivenSteps> parseGivenSteps(const QString &text)
{
    GivenSteps given;
    const QStringList parts = text.split(u',');
    if (parts.size() > mostSteps)
        return notUnderstood(parts.back());
    for (const QString &part : parts) {
        const auto rate = positive(part);
        const auto range = rangeIn(part);
        if (rate)
            given.rates.push_back(*rate);
        else if (range)
            given.ranges.push_back(*range);
        // One of the two, not both.
        if ((!rate && !range) || (!given.rates.empty() && !given.ranges.empty()))
            return notUnderstood(part);
    }
    return given;
}

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
