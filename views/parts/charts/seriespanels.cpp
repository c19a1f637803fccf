// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/seriespanels.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr double gap = 0.34; ///< of a band's height, between it and the next: the name of its unit

/// The unit, and where none is known the metric: numbers of two unknown units share no scale.
QString groupOf(const MetricSeries &s)
{
    return s.unit.isEmpty() ? u'?' + s.metric : s.unit;
}

void widen(SeriesPanel &panel, double value)
{
    if (std::isfinite(value)) {
        panel.low = std::min(panel.low, value);
        panel.high = std::max(panel.high, value);
    }
}

void scale(SeriesPanel &panel, const SeriesPicture &picture)
{
    panel.low = 0;
    panel.high = -1e300;
    for (const size_t i : panel.series) {
        for (const auto &[at, value] : picture.series[i].points)
            widen(panel, value);
    }
    double most = std::max(std::abs(panel.low), std::abs(panel.high));
    for (const SeriesThreshold &t : picture.thresholds) {
        // A threshold far above every value would press the line flat: it is said instead of drawn.
        const bool near = most <= 0 || std::abs(t.value) <= 20 * most;
        if (near && std::ranges::find(panel.series, t.series) != panel.series.end())
            widen(panel, t.value);
    }
    if (picture.threshold && std::ranges::find(panel.series, 0u) != panel.series.end())
        widen(panel, *picture.threshold);
    if (panel.high <= panel.low)
        panel.high = panel.low + 1;
    most = std::max(std::abs(panel.low), std::abs(panel.high));
    const double room = (panel.high - panel.low) * 0.12;
    panel.high += room;
    if (panel.low < 0)
        panel.low -= room / 2;
    panel.unit = shownUnit(picture.series[panel.series.front()].unit, most);
}

void findTimes(SeriesPanels &result, const SeriesPicture &picture)
{
    double from = 1e18, to = -1e18;
    const auto reach = [&](double first, double last) {
        from = std::min(from, first);
        to = std::max(to, last);
    };
    for (const MetricSeries &s : picture.series) {
        if (s.to > s.from)
            reach(s.from, s.to);
        if (!s.points.empty())
            reach(s.points.front().first, s.points.back().first);
    }
    if (to < from)
        return;
    // A single moment stands in the middle of two minutes.
    result.from = to > from ? from : from - 60;
    result.to = to > from ? to : to + 60;
}

} // namespace

const SeriesPanel *SeriesPanels::panelOf(size_t series) const
{
    const auto panel = std::ranges::find_if(
        panels, [&](const SeriesPanel &p) { return std::ranges::find(p.series, series) != p.series.end(); });
    return panel == panels.end() ? nullptr : &*panel;
}

SeriesPanels panelsOf(const SeriesPicture &picture)
{
    SeriesPanels result;
    findTimes(result, picture);
    QStringList groups;
    for (size_t i = 0; i < picture.series.size(); ++i) {
        const QString group = groupOf(picture.series[i]);
        qsizetype at = groups.indexOf(group);
        if (at < 0 && result.panels.size() < SeriesPanels::mostPanels) {
            at = groups.size();
            groups << group;
            result.panels.emplace_back();
        }
        if (at >= 0 && result.panels[size_t(at)].series.size() < SeriesPanels::mostLines)
            result.panels[size_t(at)].series.push_back(i);
        else
            ++result.left;
    }
    for (SeriesPanel &panel : result.panels)
        scale(panel, picture);
    const size_t count = result.panels.size();
    if (count == 1) { // its own values are the plot's
        SeriesPanel &only = result.panels.front();
        only.base = result.low = only.low;
        only.height = only.high - only.low;
        result.high = only.high;
        return result;
    }
    result.high = std::max(1.0, double(count) * (1 + gap) - gap);
    for (size_t i = 0; i < count; ++i)
        result.panels[i].base = double(count - 1 - i) * (1 + gap);
    return result;
}

size_t panelCount(const SeriesPicture &picture)
{
    QStringList groups;
    for (const MetricSeries &s : picture.series) {
        if (const QString group = groupOf(s); !groups.contains(group))
            groups << group;
    }
    return std::clamp<size_t>(size_t(groups.size()), 1, SeriesPanels::mostPanels);
}

} // namespace tenken
