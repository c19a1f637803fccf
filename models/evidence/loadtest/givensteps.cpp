// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/givensteps.h>

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

} // namespace tenken
