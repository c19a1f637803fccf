// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/thresholdlines.h>

#include <algorithm>

namespace tenken
{

namespace
{

/// "警報 > 200 ms · p95"; whose it is stands in the summary and the table, or the words would cover the
/// lines.
Text shortWords(const SeriesThreshold &t, const ShownUnit &unit)
{
    const QString value = (t.comparator + u' ' + unit.words(t.value)).trimmed()
        + (t.aggregator.isEmpty() ? QString() : QStringLiteral(" · ") + t.aggregator);
    return t.critical ? Text{"警報 %1", "Critical %1"}.arg(value) : Text{"注意 %1", "Warning %1"}.arg(value);
}

} // namespace

std::vector<ThresholdLine> thresholdLines(const DrawnSeries &d, const SeriesPanel &panel)
{
    using Kind = ThresholdLine::Kind;
    std::vector<ThresholdLine> lines;
    for (const SeriesThreshold &t : d.picture.thresholds) {
        if (std::ranges::find(panel.series, t.series) != panel.series.end() && t.value >= panel.low
            && t.value <= panel.high)
            lines.push_back({panel.y(t.value), shortWords(t, panel.unit), sameText(t.monitor),
                             t.critical ? Kind::Critical : Kind::Warning});
    }
    if (d.picture.threshold && &panel == d.panels.panelOf(0))
        lines.push_back({panel.y(*d.picture.threshold),
                         Text{"しきい値 %1", "Threshold %1"}.arg(panel.unit.words(*d.picture.threshold)),
                         {}});
    return lines;
}

void drawThresholds(Ink &ink, const Plot &plot, const DrawnSeries &d, const SeriesPanel &panel)
{
    const QRectF area = plot.plotArea();
    std::vector<QRectF> taken;
    for (const ThresholdLine &line : thresholdLines(d, panel)) {
        const bool critical = line.kind == ThresholdLine::Kind::Critical;
        const QColor colour = critical                  ? ink.c.fail.text
            : line.kind == ThresholdLine::Kind::Warning ? ink.c.warn.text
                                                        : ink.c.text2;
        const qreal y = plot.py(line.y);
        ink.line({area.left(), y}, {area.right(), y}, colour, 1.5,
                 critical ? QList<qreal>{6, 3} : QList<qreal>{1.5, 2});
        const bool above = y - ink.u(24) > area.top();
        const QString words = ink.elided(ink.in(line.words), Type::CaptionBold, area.width() - ink.u(20));
        const qreal width = ink.width(words, Type::CaptionBold);
        const QRectF place(area.right() - ink.u(6) - width, y + ink.u(above ? -21 : 3), width, ink.u(18));
        if (std::ranges::any_of(taken, [&](const QRectF &other) { return other.intersects(place); }))
            continue; // its line is there, and its words in the table
        taken.push_back(place);
        ink.patchedText({place.left(), place.center().y()}, Qt::AlignLeft, words, Type::CaptionBold, colour,
                        ink.c.base);
    }
}

} // namespace tenken
