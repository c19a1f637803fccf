// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/drawnseries.h>

namespace tenken
{

namespace
{

constexpr size_t mostPoints = 2'000; ///< of a line

/// In a band of its own a series is told by what is measured.
QString nameAlone(const MetricSeries &s)
{
    return s.metric.isEmpty() ? s.query : s.metric;
}

} // namespace

DrawnSeries::DrawnSeries(const SeriesPicture &shown)
    : picture(shown),
      panels(panelsOf(shown)),
      names(namesOf(shown.series)),
      zone(zoneNamed(shown.timeZone)),
      pieces(shown.series.size()),
      spacings(shown.series.size())
{
    for (const SeriesPanel &panel : panels.panels) {
        std::vector<MetricSeries> together;
        for (const size_t i : panel.series) {
            const MetricSeries &s = picture.series[i];
            together.push_back({s.file, s.query, s.metric, s.scope, {}, 1, {}});
        }
        const QStringList apart = namesOf(together);
        for (size_t k = 0; k < panel.series.size(); ++k)
            names[qsizetype(panel.series[k])] = together.size() > 1 || panels.panels.size() < 2
                ? apart[qsizetype(k)]
                : nameAlone(together[k]);
        for (const size_t i : panel.series) {
            pieces[i] = piecesOf(picture.series[i], mostPoints);
            spacings[i] = spacingOf(picture.series[i]);
        }
    }
}

QColor seriesColour(size_t index, size_t count, const Colours &c)
{
    if (count == 1)
        return c.p95;
    const QColor shades[] = {c.p99, c.p95, c.p50};
    return index < 3 ? shades[index] : c.reference;
}

} // namespace tenken
