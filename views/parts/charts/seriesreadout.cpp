// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/seriesreadout.h>

#include <evidence/numbers.h>
#include <parts/charts/thresholdlines.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tenken
{

namespace
{

constexpr size_t mostStops = 4'000;

double valueAt(const MetricSeries &s, double at, double within)
{
    const auto here = std::ranges::lower_bound(s.points, at - within, {}, &SeriesPoint::first);
    double best = qQNaN(), distance = within;
    for (auto it = here; it != s.points.end() && it->first <= at + within; ++it) {
        if (std::abs(it->first - at) <= distance) {
            distance = std::abs(it->first - at);
            best = it->second;
        }
    }
    return best;
}

/// Every moment that any shown series has a point at, as far as there is room for them.
std::vector<double> momentsOf(const DrawnSeries &d)
{
    std::set<double> moments;
    for (const SeriesPanel &panel : d.panels.panels) {
        for (const size_t i : panel.series) {
            for (const auto &piece : d.pieces[i]) {
                for (const auto &point : piece)
                    moments.insert(point.first);
            }
            for (const auto &[at, value] : d.picture.series[i].points) {
                if (!std::isfinite(value) && moments.size() < 4 * mostStops)
                    moments.insert(at); // where there is none is worth a stop too
            }
        }
    }
    std::vector<double> kept;
    const size_t every = moments.size() / mostStops + 1;
    size_t i = 0;
    for (const double at : moments) {
        if (i++ % every == 0)
            kept.push_back(at);
    }
    return kept;
}

} // namespace

std::vector<PlotStop> seriesStops(const DrawnSeries &d, const PictureStyle &style)
{
    std::vector<PlotStop> stops;
    for (const double at : momentsOf(d)) {
        PlotStop stop{at, wholeMoment(at, d.zone, style.lang), {}};
        for (const SeriesPanel &panel : d.panels.panels) {
            for (size_t k = 0; k < panel.series.size(); ++k) {
                const size_t i = panel.series[k];
                const double value = valueAt(d.picture.series[i], at, std::max(1.0, d.spacings[i].usual / 2));
                const bool known = std::isfinite(value);
                stop.readings.push_back(
                    {d.names[qsizetype(i)],
                     known ? panel.unit.words(value) : Text{"値なし", "no value"}.in(style.lang),
                     seriesColour(k, panel.series.size(), *style.colours), known ? panel.y(value) : qQNaN()});
            }
        }
        stops.push_back(std::move(stop));
    }
    return stops;
}

QString seriesSummary(const DrawnSeries &d, Lang lang)
{
    QStringList parts;
    for (const SeriesPanel &panel : d.panels.panels) {
        for (const size_t i : panel.series) {
            double low = qInf(), high = -qInf();
            for (const auto &[at, value] : d.picture.series[i].points) {
                if (std::isfinite(value)) {
                    low = std::min(low, value);
                    high = std::max(high, value);
                }
            }
            const Text spacing = wordsOf(d.spacings[i]);
            parts << (low > high ? Text{"%1: %2", "%1: %2"}.arg(d.names[qsizetype(i)], spacing)
                                 : Text{"%1: %2–%3、%4", "%1: %2 to %3, %4"}.arg(
                                       d.names[qsizetype(i)], formatNumber(low * panel.unit.factor),
                                       panel.unit.words(high), spacing))
                         .in(lang);
        }
        for (const ThresholdLine &line : thresholdLines(d, panel))
            parts << (line.by.isEmpty() ? line.words : Text{"%1 (%2)", "%1 (%2)"}.arg(line.words, line.by))
                         .in(lang);
    }
    return parts.join(lang == Lang::Ja ? QStringLiteral("。") : QStringLiteral(". "));
}

} // namespace tenken
