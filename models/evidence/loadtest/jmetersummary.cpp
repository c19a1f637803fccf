// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>
#include <map>

// JMeter's summariser, in jmeter.log or on the console:
//   summary +    374 in 00:00:13 =   29.0/s Avg:   284 Min:    51 Max:   499 Err:     0 (0.00%) Active: 10 …
// "+" is what is new, "=" the sum so far. Several summarisers may print the same samples.

namespace tenken
{

namespace
{

struct Line {
    std::string name;
    bool isTotal = false;
    double endsAt = -1; ///< epoch seconds; -1: the line has no time
    double seconds = 0;
    qint64 samples = 0, errors = 0, active = -1;
    double meanMs = -1, minMs = -1, maxMs = -1;
};

/// "19s", "0.5s", "1", "00:00:18"
std::optional<double> secondsOf(std::string_view text)
{
    double sum = 0;
    if (const auto plain = parseNumber(text.ends_with('s') ? text.substr(0, text.size() - 1) : text))
        return *plain >= 0 && *plain < 1e7 ? plain : std::nullopt;
    for (const std::string_view part : parts(text, ':', 4)) {
        const auto value = parseCount(part);
        if (!value || *value > 1'000'000)
            return {};
        sum = sum * 60 + double(*value);
    }
    return sum < 1e7 ? std::optional(sum) : std::nullopt;
}

/// "00:00:02" and "2s" are rounded: where count and rate ("656.2/s") tell it more exactly, and do not contradict it, they
/// are taken.
double exactSeconds(double rounded, qint64 samples, std::string_view rateText)
{
    constexpr double half = 0.5, rateHalf = 0.05; // of their last digits
    const auto rate = rateText.ends_with("/s") ? parseNumber(rateText.substr(0, rateText.size() - 2)) : std::nullopt;
    if (!rate || *rate <= rateHalf || samples == 0)
        return rounded;
    const double least = double(samples) / (*rate + rateHalf), most = double(samples) / (*rate - rateHalf);
    const bool fits = most >= rounded - half && least <= rounded + half;
    return fits && most - least < 2 * half ? double(samples) / *rate : rounded;
}

std::optional<Line> lineOf(std::string_view text)
{
    const size_t average = text.find("Avg:");
    if (average == std::string_view::npos || !text.contains("Err:"))
        return {};
    const std::vector<std::string_view> word = words(text, 40);
    Line line;
    size_t sign = 0; // of the first "+" or "=" before a count and "in"
    for (size_t i = 1; i + 5 < word.size() && sign == 0; ++i)
        sign = (word[i] == "+" || word[i] == "=") && word[i + 2] == "in" ? i : 0;
    if (sign == 0)
        return {};
    const auto samples = parseCount(word[sign + 1]);
    const auto seconds = secondsOf(word[sign + 3]);
    if (!samples || !seconds)
        return {};
    line.isTotal = word[sign] == "=";
    line.samples = *samples;
    const bool whole = !word[sign + 3].contains('.');
    line.seconds = whole ? exactSeconds(*seconds, *samples, word[sign + 5]) : *seconds;
    for (size_t i = sign + 4; i + 1 < word.size(); ++i) {
        const auto value = parseNumber(word[i + 1]);
        if (word[i] == "Avg:")
            line.meanMs = value.value_or(-1);
        else if (word[i] == "Min:")
            line.minMs = value.value_or(-1);
        else if (word[i] == "Max:")
            line.maxMs = value.value_or(-1);
        else if (word[i] == "Err:")
            line.errors = value ? countFrom(*value).value_or(0) : 0;
        else if (word[i] == "Active:")
            line.active = value ? countFrom(*value).value_or(-1) : -1;
    }
    const std::string_view before(text.data(), size_t(word[sign].data() - text.data()));
    const size_t colon = before.rfind(": ");
    line.name = std::string(trimmed(colon == std::string_view::npos ? before : before.substr(colon + 2)));
    if (word.size() > 1 && colon != std::string_view::npos) {
        const std::string stamp = std::string(word[0]) + ' ' + std::string(word[1]);
        if (const auto time = parseLocalTime(stamp))
            line.endsAt = double(*time) / 1e6;
    }
    return line;
}

struct Summariser {
    std::vector<Line> parts;
    std::optional<Line> total; ///< the last one
    qint64 samples() const
    {
        qint64 sum = 0;
        for (const Line &part : parts)
            sum += part.samples;
        return std::max(sum, total ? total->samples : 0);
    }
};

LoadAggregate aggregateOf(const Line &line, double end)
{
    LoadAggregate part;
    part.end = end;
    part.start = end - line.seconds;
    part.completed = line.samples;
    part.failed = line.errors;
    part.users = line.active > 0 ? double(line.active) : -1;
    part.minMs = line.minMs;
    part.meanMs = line.meanMs;
    part.maxMs = line.maxMs;
    return part;
}

void fill(LoadTestRun &run, const Summariser &summariser)
{
    run.hasClock = std::ranges::all_of(summariser.parts, [](const Line &line) { return line.endsAt > 0; })
        && (!summariser.total || summariser.total->endsAt > 0);
    double at = 0;
    for (const Line &line : summariser.parts) {
        at = run.hasClock ? line.endsAt : at + line.seconds;
        if (line.seconds > 0 && line.samples > 0)
            run.aggregates.push_back(aggregateOf(line, at));
    }
    if (summariser.total) {
        LoadAggregate whole = aggregateOf(*summariser.total, run.hasClock ? summariser.total->endsAt : at);
        if (!run.hasClock) {
            whole.start = 0;
            whole.end = summariser.total->seconds; // the parts may overlap, or go on behind the last sum
        }
        run.whole = std::move(whole);
    }
}

} // namespace

bool isJmeterSummary(std::string_view head)
{
    return head.contains("jmeter.JMeter") || head.contains("o.a.j.JMeter") || head.contains("Creating summariser <")
        || (head.contains(" Avg: ") && head.contains(" Err: "));
}

Result<LoadTestRun> readJmeterSummary(LineReader &lines)
{
    std::map<std::string, Summariser> byName;
    LoadTestRun run;
    std::string_view line;
    size_t kept = 0;
    while (lines.next(line)) {
        if (const size_t at = line.find("JMeter: Version "); at != std::string_view::npos) {
            const std::vector<std::string_view> version = words(line.substr(at + 16), 1);
            run.toolVersion = version.empty() ? QString() : QString::fromUtf8(version[0].data(), qsizetype(version[0].size()));
        }
        auto found = lineOf(line);
        if (!found || (byName.size() >= 20 && !byName.contains(found->name)) || ++kept > 1'000'000)
            continue;
        Summariser &summariser = byName[found->name];
        if (found->isTotal)
            summariser.total = std::move(found);
        else
            summariser.parts.push_back(std::move(*found));
    }
    run.tool = QStringLiteral("jmeter");
    run.model = LoadModel::Closed;
    run.latencyMeaning = QStringLiteral("request start to last byte of the answer, connecting included");
    run.percentileMeaning = {QStringLiteral("summariser は百分位を出しません"), QStringLiteral("the summariser states no percentiles")};
    if (!byName.empty())
        fill(run, std::ranges::max_element(byName, {}, [](const auto &entry) { return entry.second.samples(); })->second);
    run.remarks.push_back({QStringLiteral("summariser の数で、Transaction Controller の行も含まれることがあります。"),
                           QStringLiteral("These are the summariser's counts: rows of transaction controllers may be among "
                                          "them.")});
    if (run.hasClock)
        addNoZone(run);
    run.missing.push_back({QStringLiteral("百分位はこのログにありません。jmeter -l 結果.jtl のファイルを指定してください。"),
                           QStringLiteral("Percentiles are not in this log: name the file of jmeter -l results.jtl.")});
    settleSummary(run);
    return run;
}

} // namespace tenken
