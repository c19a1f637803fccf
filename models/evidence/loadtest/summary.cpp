// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/summary.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace tenken
{

namespace
{

constexpr double mostCounted = 1e12;
constexpr double mostUsers = 1e9;
constexpr double longestMs = 1e11; // three years
constexpr qsizetype mostErrorKinds = 20;
constexpr qsizetype longestErrorKind = 160;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

double unitMs(std::string_view unit)
{
    static constexpr std::pair<std::string_view, double> units[] = {
        {"ns", 1e-6},  {"us", 1e-3},    {"µs", 1e-3},      {"μs", 1e-3},   {"ms", 1},
        {"msec", 1},   {"s", 1000},     {"sec", 1000},     {"secs", 1000}, {"seconds", 1000},
        {"m", 60'000}, {"min", 60'000}, {"h", 3'600'000},
    };
    for (const auto &[name, ms] : units) {
        if (unit == name)
            return ms;
    }
    return -1;
}

/// "1,234" is 1234 only where each comma stands before three digits.
std::string withoutGrouping(std::string_view text)
{
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ',') {
            plain += text[i];
            continue;
        }
        const std::string_view group = text.substr(i + 1, 3);
        const bool digits = group.size() == 3 && std::ranges::all_of(group, [](char c) { return c >= '0' && c <= '9'; });
        const bool ends = i + 4 >= text.size() || text[i + 4] == ',' || text[i + 4] == '.';
        if (i == 0 || !digits || !ends)
            return {};
    }
    return plain;
}

void dropLatenciesOfNothing(LoadAggregate &part)
{
    if (part.completed == 0 || (part.completed > 0 && part.timed == 0)) {
        part.percentiles.clear();
        part.minMs = part.meanMs = part.maxMs = -1;
    }
    part.completed = std::max<qint64>(0, part.completed);
}

/// A level without an answer is no step of any analysis: without a word the place where a service collapsed would be gone.
void remarkOnSilentLevels(LoadTestRun &run)
{
    if (run.levels.size() != run.aggregates.size() || run.levels.size() < 2)
        return;
    QStringList silent;
    for (size_t i = 0; i < run.levels.size(); ++i) {
        const QString &name = run.levels[i].name;
        if (run.aggregates[i].completed == 0)
            silent += name.isEmpty() ? QStringLiteral("#%1").arg(i + 1) : name;
    }
    if (silent.isEmpty())
        return;
    const qsizetype count = silent.size();
    run.remarks.push_back(Text{"%1 個の段階（%2）では 1 件も完了せず、率も遅延もありません。サービスが応答しなくなった恐れがあります。",
                               "At %1 levels (%2) not one request was completed: there is neither a rate nor a latency. The "
                               "service may have hung there."}
                              .arg(formatNumber(double(count)), silent.first(std::min<qsizetype>(count, 8)).join(QStringLiteral(", "))));
}

/// A single level is named by readLoadTest(), after its file; of several in one file each is named here.
void nameLevels(LoadTestRun &run)
{
    if (run.levels.size() < 2)
        return;
    bool rates = true, users = true;
    for (LoadLevel &level : run.levels) {
        rates = rates && level.offered >= 0;
        users = users && level.users >= 0;
        if (level.name.isEmpty() && level.users > 0 && level.users == std::floor(level.users))
            level.name = QStringLiteral("c%1").arg(qint64(level.users));
    }
    if (run.model == LoadModel::Unknown && users && !rates)
        run.model = LoadModel::Closed;
    if (run.model == LoadModel::Closed && !users)
        run.missing.push_back(missingConnections());
    else if (run.model == LoadModel::Open && !rates)
        run.missing.push_back(missingRate());
    else if (run.model == LoadModel::Unknown && !rates)
        run.missing.push_back(run.aggregates.front().users > 0 ? missingPace() : missingLoad());
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> words(std::string_view text, size_t most)
{
    std::vector<std::string_view> found;
    for (size_t i = 0; i < text.size() && found.size() < most;) {
        while (i < text.size() && isBlank(text[i]))
            ++i;
        const size_t begin = i;
        while (i < text.size() && !isBlank(text[i]))
            ++i;
        if (i > begin)
            found.push_back(text.substr(begin, i - begin));
    }
    return found;
}

std::vector<std::string_view> parts(std::string_view text, char delimiter, size_t most)
{
    std::vector<std::string_view> found;
    while (found.size() < most) {
        const size_t at = text.find(delimiter);
        found.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos)
            break;
        text.remove_prefix(at + 1);
    }
    return found;
}

std::optional<std::string_view> after(std::string_view line, std::string_view key)
{
    const std::string_view text = trimmed(line);
    if (!text.starts_with(key))
        return {};
    return trimmed(text.substr(key.size()));
}

std::optional<double> parseNumber(std::string_view text)
{
    text = trimmed(text);
    const std::string plain = text.contains(',') ? withoutGrouping(text) : std::string(text);
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (plain.empty() || error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value))
        return {};
    return value;
}

std::optional<qint64> countFrom(double value)
{
    if (!(value >= 0) || value > mostCounted)
        return {};
    return qint64(std::llround(value));
}

std::optional<qint64> parseCount(std::string_view text)
{
    const std::optional<double> value = parseNumber(text);
    return value ? countFrom(*value) : std::nullopt;
}

std::optional<double> parseDurationMs(std::string_view text)
{
    text = trimmed(text);
    double sum = 0;
    if (text.empty())
        return {};
    while (!text.empty()) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc())
            return {};
        text = trimmed(text.substr(size_t(end - text.data())));
        const size_t length = std::min(text.find_first_of("0123456789. "), text.size());
        const double unit = unitMs(text.substr(0, length));
        if (unit < 0)
            return {};
        sum += value * unit;
        text = trimmed(text.substr(length));
    }
    return sum >= 0 && sum <= longestMs ? std::optional(sum) : std::nullopt;
}

std::optional<double> numberIn(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    if (value.isDouble() && std::isfinite(value.toDouble()))
        return value.toDouble();
    return value.isString() ? parseNumber(value.toString().toStdString()) : std::nullopt;
}

qint64 countIn(const QJsonObject &object, const QString &key)
{
    const std::optional<double> value = numberIn(object, key);
    return value ? countFrom(*value).value_or(0) : 0;
}

bool hasKeys(std::string_view head, std::initializer_list<std::string_view> keys)
{
    return std::ranges::all_of(keys, [&](std::string_view key) {
        const std::string quoted = '"' + std::string(key) + '"';
        for (size_t at = head.find(quoted); at != std::string_view::npos; at = head.find(quoted, at + 1)) {
            if (trimmed(head.substr(at + quoted.size(), 16)).starts_with(':'))
                return true;
        }
        return false;
    });
}

void addPercentile(LoadAggregate &aggregate, double q, std::optional<double> ms)
{
    if (!ms || !(*ms >= 0) || *ms > longestMs || !(q > 0) || q > 1 || aggregate.percentileMs(q))
        return;
    const auto at = std::ranges::upper_bound(aggregate.percentiles, q, {}, &std::pair<double, double>::first);
    aggregate.percentiles.insert(at, {q, *ms});
}

void addStretch(LoadTestRun &run, LoadAggregate stretch, double offered, const QString &name)
{
    if (!run.hasClock && !run.aggregates.empty()) {
        const double shift = run.aggregates.back().end - stretch.start;
        stretch.start += shift;
        stretch.end += shift;
    }
    stretch.users = stretch.users <= mostUsers ? stretch.users : -1;
    offered = offered <= mostCounted ? offered : -1;
    run.levels.push_back({name, stretch.start, stretch.end, stretch.users, offered});
    run.aggregates.push_back(std::move(stretch));
}

void settleSummary(LoadTestRun &run)
{
    std::ranges::stable_sort(run.aggregates, {}, &LoadAggregate::start);
    std::ranges::stable_sort(run.levels, {}, &LoadLevel::start);
    std::ranges::for_each(run.aggregates, dropLatenciesOfNothing);
    if (run.whole)
        dropLatenciesOfNothing(*run.whole);
    else if (run.aggregates.size() == 1)
        run.whole = run.aggregates.front();
    qint64 completed = 0, failed = 0;
    for (LoadAggregate &part : run.aggregates) {
        part.failed = std::clamp<qint64>(part.failed, 0, part.completed);
        completed += part.completed;
        failed += part.failed;
    }
    if (run.whole) {
        run.whole->failed = std::clamp<qint64>(run.whole->failed, 0, run.whole->completed);
        completed = std::max(completed, run.whole->completed);
        failed = std::max(failed, run.whole->failed);
    }
    if (run.samples == 0) {
        run.samples = completed;
        run.errors = failed;
    }
    nameLevels(run);
    remarkOnSilentLevels(run);
    if (run.startSeconds != 0 || run.endSeconds != 0)
        return;
    run.startSeconds = run.whole ? run.whole->start : 0;
    run.endSeconds = run.whole ? run.whole->end : 0;
    if (!run.aggregates.empty()) {
        run.startSeconds = run.aggregates.front().start;
        run.endSeconds = std::ranges::max(run.aggregates, {}, &LoadAggregate::end).end;
    }
}

void takeSeconds(LoadTestRun &run, std::map<qint64, LoadSecond> seconds, const LoadSecond &empty)
{
    for (auto &[at, second] : seconds) {
        for (qint64 hole = run.seconds.empty() ? at : run.seconds.back().second + 1; hole < at; ++hole) {
            run.seconds.push_back(empty);
            run.seconds.back().second = hole;
        }
        second.second = at;
        run.samples += second.completed;
        run.errors += second.failed;
        run.seconds.push_back(std::move(second));
    }
    if (!run.seconds.empty()) {
        run.startSeconds = double(run.seconds.front().second);
        run.endSeconds = double(run.seconds.back().second + 1);
    }
}

void countError(LoadTestRun &run, const QString &kind, qint64 count)
{
    const QString name = kind.left(longestErrorKind);
    if (count > 0 && (run.errorKinds.size() < mostErrorKinds || run.errorKinds.contains(name)))
        run.errorKinds[name] += count;
}

Text durationMissing()
{
    return {QStringLiteral("試験の長さはファイルになく、率が分かりません。"),
            QStringLiteral("How long the test ran is not in the file, so that no rate follows from it.")};
}

Problem unreadableSummary(const Text &message, const Text &hint)
{
    return {{}, {}, message, hint};
}

} // namespace tenken
