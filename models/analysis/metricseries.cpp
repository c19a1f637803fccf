// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/metricseries.h>
#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr double missing = 1.5; ///< × the usual spacing: a point that should be there is not

std::vector<double> spacings(const std::vector<SeriesPoint> &points)
{
    std::vector<double> result;
    for (size_t i = 1; i < points.size(); ++i) {
        const double step = points[i].first - points[i - 1].first;
        if (std::isfinite(step) && step > 0)
            result.push_back(step);
    }
    return result;
}

double medianOf(std::vector<double> &values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Which points of a stretch are kept: the least and the greatest, in their order.
void keepEnds(const std::vector<SeriesPoint> &points, size_t from, size_t to, std::vector<size_t> &kept)
{
    size_t low = to, high = to;
    for (size_t i = from; i < to; ++i) {
        const double value = points[i].second;
        if (!std::isfinite(value))
            continue;
        if (low == to || value < points[low].second)
            low = i;
        if (high == to || value > points[high].second)
            high = i;
    }
    if (low == to)
        return;
    kept.push_back(std::min(low, high));
    if (low != high)
        kept.push_back(std::max(low, high));
}

std::vector<size_t> keptPoints(const std::vector<SeriesPoint> &points, size_t most)
{
    std::vector<size_t> kept;
    const size_t length =
        points.size() <= most ? 1 : (points.size() * 2 + most - 1) / std::max<size_t>(1, most);
    for (size_t first = 0; first < points.size(); first += length)
        keepEnds(points, first, std::min(first + length, points.size()), kept);
    return kept;
}

/// Seconds as people say them: "20 s", "10 min", "1 h", "1.5 d".
QString duration(double seconds)
{
    if (seconds < 90)
        return formatWithUnit(seconds, QStringLiteral("s"));
    if (seconds < 90 * 60)
        return formatWithUnit(seconds / 60, QStringLiteral("min"));
    if (seconds < 36 * 3'600)
        return formatWithUnit(seconds / 3'600, QStringLiteral("h"));
    return formatWithUnit(seconds / 86'400, QStringLiteral("d"));
}

} // namespace

SeriesSpacing spacingOf(const MetricSeries &series)
{
    SeriesSpacing result;
    std::vector<double> steps = spacings(series.points);
    if (!steps.empty()) {
        const auto [least, most] = std::ranges::minmax(steps);
        result.least = least;
        result.most = most;
        result.usual = medianOf(steps);
    }
    bool open = false; // after a value, where a gap may begin
    double last = 0;
    for (const auto &[at, value] : series.points) {
        if (!std::isfinite(value))
            continue;
        ++result.values;
        if (open && at - last > missing * result.usual)
            ++result.gaps;
        open = true;
        last = at;
    }
    return result;
}

Text wordsOf(const SeriesSpacing &s)
{
    Text words;
    if (s.values == 0)
        return {"データなし", "no data"};
    if (s.usual <= 0)
        return {"1 点", "one point"};
    if (s.most > missing * s.usual && s.least < s.usual / missing)
        words = Text{"間隔 %1–%2", "%1 to %2 apart"}.arg(duration(s.least), duration(s.most));
    else
        words = Text{"%1 ごと", "every %1"}.arg(duration(s.usual));
    if (s.gaps == 1)
        return Text{"%1、欠け 1 か所", "%1, one gap"}.arg(words);
    return s.gaps > 1 ? Text{"%1、欠け %2 か所", "%1, %2 gaps"}.arg(words, s.gaps) : words;
}

std::vector<std::vector<SeriesPoint>> piecesOf(const MetricSeries &series, size_t most)
{
    const auto &points = series.points;
    std::vector<double> steps = spacings(points);
    const double usual = medianOf(steps);
    // Counted once, so that whether something is missing between two kept points is a subtraction.
    std::vector<unsigned> holes(points.size() + 1, 0);
    for (size_t i = 0; i < points.size(); ++i) {
        const bool late = i > 0 && usual > 0 && points[i].first - points[i - 1].first > missing * usual;
        holes[i + 1] = holes[i] + (late || !std::isfinite(points[i].second) ? 1 : 0);
    }
    std::vector<std::vector<SeriesPoint>> pieces;
    size_t before = 0;
    for (const size_t i : keptPoints(points, most)) {
        if (pieces.empty() || holes[i + 1] != holes[before + 1])
            pieces.emplace_back();
        pieces.back().push_back(points[i]);
        before = i;
    }
    return pieces;
}

QString ShownUnit::words(double value) const
{
    return formatWithUnit(value * factor, name);
}

ShownUnit shownUnit(const QString &unit, double greatest)
{
    const double size = std::abs(greatest);
    if (!std::isfinite(size) || size == 0)
        return {unit, 1};
    if (unit == u"ms")
        return size >= 2'000 ? ShownUnit{QStringLiteral("s"), 1e-3}
            : size < 0.1     ? ShownUnit{QStringLiteral("µs"), 1e3}
                             : ShownUnit{unit, 1};
    if (unit == u"core" && size < 0.5)
        return {QStringLiteral("millicore"), 1e3};
    if (unit == u"B" || unit.startsWith(u"B/")) {
        static const QStringList prefixes{{},
                                          QStringLiteral("Ki"),
                                          QStringLiteral("Mi"),
                                          QStringLiteral("Gi"),
                                          QStringLiteral("Ti"),
                                          QStringLiteral("Pi")};
        const int power = std::clamp(int(std::log2(size) / 10), 0, int(prefixes.size()) - 1);
        return {prefixes[power] + unit, std::pow(1024, -power)};
    }
    if (size >= 1e9)
        return {unit.isEmpty() ? QStringLiteral("×10⁹") : QStringLiteral("G") + unit, 1e-9};
    if (size >= 1e7)
        return {unit.isEmpty() ? QStringLiteral("×10⁶") : QStringLiteral("M") + unit, 1e-6};
    return {unit, 1};
}

QStringList namesOf(const std::vector<MetricSeries> &series)
{
    const auto same = [&](auto &&of) {
        return std::ranges::all_of(series,
                                   [&](const MetricSeries &s) { return of(s) == of(series.front()); });
    };
    const bool oneMetric = same([](const MetricSeries &s) { return s.metric; });
    const bool oneScope = same([](const MetricSeries &s) { return s.scope; });
    QStringList names;
    for (const MetricSeries &s : series) {
        const QString metric = s.metric.isEmpty() ? s.query : s.metric;
        const bool everywhere = s.scope.isEmpty() || s.scope == u"*";
        if (everywhere || (oneScope && series.size() > 1 && !oneMetric))
            names << metric;
        else
            names << (oneMetric ? s.scope : QStringLiteral("%1{%2}").arg(metric, s.scope));
    }
    // The same metric of the same scope, aggregated in two ways.
    const QStringList plain = names;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (plain.count(plain[i]) > 1)
            names[i] = series[size_t(i)].query.section(u'{', 0, 0) + u' ' + plain[i];
    }
    return names;
}

} // namespace tenken
