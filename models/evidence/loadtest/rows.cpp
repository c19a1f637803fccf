// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/appended.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/rows.h>
#include <evidence/loadtest/sending.h>

#include <charconv>
#include <cmath>

namespace tenken
{

bool parseSeconds(std::string_view text, qint64 &microseconds)
{
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr double most = 1e9;
    if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0 && seconds <= most))
        return false;
    microseconds = std::llround(seconds * 1e6);
    return true;
}

std::string statusKind(qint64 status)
{
    return "HTTP " + std::to_string(status);
}

bool addAppendedRow(RunBuilder &run, AppendedRuns &appended, qint64 startUs, qint64 latencyUs, qint64 status)
{
    startUs += appended.offsetUs();
    if (!run.request(startUs, startUs + latencyUs, latencyUs, isFailure(status)))
        return false;
    appended.row(startUs + latencyUs);
    if (isFailure(status))
        run.error(statusKind(status));
    return true;
}

LoadTestRun finishTable(RunBuilder &builder, const TableTool &tool, bool cut)
{
    LoadTestRun run = builder.finish({});
    run.tool = QLatin1StringView(tool.name);
    run.latencyMeaning = QLatin1StringView(tool.latencyMeaning);
    run.model = tool.model;
    run.hasClock = tool.hasClock;
    run.levels = {whileSending(run, wholeLevel(run))};
    if (tool.appended)
        tool.appended->settle(run);
    splitAtPauses(run);
    if (cut)
        addCutOff(run);
    return run;
}

} // namespace tenken
