// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/levelname.h>
#include <evidence/loadtest/levels.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

struct RatedLevel {
    LoadLevel *level = nullptr;
    double rate = 0; ///< that was measured
};

/// Where several levels share a file, by the seconds that belong to one of them alone.
double rateOf(const LoadTestRun &run, const LoadLevel &level)
{
    const bool shared = run.levels.size() > 1;
    const double start = shared ? std::ceil(level.start) : level.start;
    const double end = shared ? std::floor(level.end) : level.end;
    qint64 requests = shared ? 0 : run.samples;
    if (shared) { // of thousands of levels each looks at its own seconds alone
        const auto before = [](double time) { return [=](const LoadSecond &s) { return double(s.second) < time; }; };
        const auto first = std::ranges::partition_point(run.seconds, before(start));
        for (auto at = first; at != run.seconds.end() && double(at->second) < end; ++at)
            requests += at->started;
    }
    return end > start ? double(requests) / (end - start) : 0;
}

std::vector<RatedLevel> ratedLevels(std::span<LoadTestRun> parts)
{
    std::vector<RatedLevel> rated;
    for (LoadTestRun &part : parts) {
        for (LoadLevel &level : part.levels)
            rated.push_back({&level, rateOf(part, level)});
    }
    return rated;
}

void takeFromName(LoadLevel &level, const QString &tool)
{
    NamedLoad named = loadInName(level.name);
    if (level.users < 0)
        level.users = named.users;
    const bool eachWorker = tool == QLatin1StringView("hey"); // its -q is for each worker
    if (named.offered < 0 && named.perWorker > 0 && (!eachWorker || level.users > 0))
        named.offered = named.perWorker * (eachWorker ? level.users : 1);
    if (level.offered < 0)
        level.offered = named.offered;
}

void sayWhatIsMissing(LoadTestRun &run)
{
    const LoadLevel &level = run.levels.front();
    for (const Text &load : {missingRate(), missingConnections(), missingLoad(), missingPace()})
        std::erase(run.missing, load);
    if (run.model == LoadModel::Unknown)
        run.missing.push_back(run.whole && run.whole->users > 0 ? missingPace() : missingLoad());
    else if (level.offered < 0 && run.model == LoadModel::Open && run.seconds.empty())
        run.missing.push_back(missingRate());
    else if (level.users < 0 && run.model == LoadModel::Closed)
        run.missing.push_back(missingConnections());
}

} // namespace

void readStepsAsRates(std::span<LoadTestRun> parts)
{
    const std::vector<RatedLevel> rated = ratedLevels(parts);
    double lowest = 0, itsRate = 0;
    for (const auto &[level, rate] : rated) {
        const double step = loadInName(level->name).step;
        // A tool that sends once a second (h2load) ends a second early, which makes a short level look faster.
        const double burst = 1 / std::max(1.0, level->end - level->start);
        if (step <= 0 || level->users >= 0 || (level->offered >= 0 && level->offered != step)
            || rate > (1.05 + burst) * step)
            return;
        if (lowest == 0 || step < lowest) {
            lowest = step;
            itsRate = rate;
        }
    }
    if (itsRate < 0.9 * lowest)
        return;
    for (const RatedLevel &each : rated)
        each.level->offered = loadInName(each.level->name).step;
}

Text missingRate()
{
    return {QStringLiteral("送ろうとした毎秒リクエスト数（ファイルにもファイル名にもありません）"),
            QStringLiteral("the offered rate in requests per second (neither the file nor its name has it)")};
}

Text missingConnections()
{
    return {QStringLiteral("同時接続数（ファイルにもファイル名にもありません）"),
            QStringLiteral("the number of connections (neither the file nor its name has it)")};
}

Text missingLoad()
{
    return {QStringLiteral(
                "かけた負荷: 毎秒リクエスト数または同時接続数（ファイルにもファイル名にもありません）"),
            QStringLiteral("the load: its rate or its connections (neither the file nor its name has it)")};
}

Text missingPace()
{
    return {QStringLiteral("接続ごとの率を決めていたかどうかと、その値（ファイルにもファイル名にもありません）"),
            QStringLiteral("whether the clients kept to a rate, and to which (neither the file nor its name has it)")};
}

void nameLevel(LoadTestRun &run)
{
    if (run.levels.empty())
        return;
    // Several of one name are one load with pauses.
    const bool oneLoad = run.levels.size() == 1
        || (run.aggregates.empty() && std::ranges::all_of(run.levels, [&](const LoadLevel &level) {
                return level.name == run.levels.front().name;
            }));
    for (LoadLevel &level : run.levels) {
        if (oneLoad && level.name.isEmpty())
            level.name = nameWithoutEndings(run.file);
    }
    for (LoadLevel &level : run.levels)
        takeFromName(level, run.tool);
    readStepsAsRates({&run, 1});
    if (!oneLoad)
        return;
    // A tool that can do both tells by its name which it was.
    const LoadLevel &level = run.levels.front();
    if (run.model == LoadModel::Unknown && level.offered >= 0)
        run.model = LoadModel::Open;
    else if (run.model == LoadModel::Unknown && level.users >= 0)
        run.model = LoadModel::Closed;
    sayWhatIsMissing(run);
}

} // namespace tenken
