// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/comparison.h>

#include <parts/badge.h>

#include <algorithm>
#include <cmath>

namespace tenken {

double comparisonEnd(const Comparison &c)
{
    const double greater = std::max(c.measured, c.wanted);
    return std::isfinite(greater) && greater > 0 ? greater * 4 / 3 : 1;
}

void drawComparison(QPainter &p, const QRectF &box, const Comparison &comparison, Verdict verdict, const Colours &c,
                    qreal scale)
{
    if (box.isEmpty() || !std::isfinite(comparison.measured) || !std::isfinite(comparison.wanted))
        return;
    const double end = comparisonEnd(comparison);
    const auto x = [&](double value) { return box.left() + box.width() * std::clamp(value / end, 0.0, 1.0); };
    const qreal middle = box.center().y();
    const auto strip = [&](qreal from, qreal to, qreal height) {
        return QRectF(from, middle - height * scale / 2, to - from, height * scale);
    };
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(c.sunken);
    p.drawRoundedRect(strip(box.left(), box.right(), 4), 2 * scale, 2 * scale);

    const QRectF bar = strip(box.left(), std::max(x(comparison.measured), box.left() + 2 * scale), 8);
    const QColor mark = toneOf(glyphOf(verdict), c).mark;
    if (verdict == Verdict::Unknown) {
        drawHatch(p, bar, mark, 6 * scale, 2 * scale);
    } else {
        p.setBrush(mark);
        p.drawRoundedRect(bar, 2 * scale, 2 * scale);
    }
    p.setRenderHint(QPainter::Antialiasing, false);
    p.setBrush(c.text);
    p.drawRect(QRectF(std::round(x(comparison.wanted)) - scale, middle - 8 * scale, 2 * scale, 16 * scale));
    p.restore();
}

} // namespace tenken
