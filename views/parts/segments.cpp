// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>

#include <array>
#include <algorithm>

namespace tenken {

namespace {

constexpr qreal gap = 2, least = 4, corner = 2;

/// Widths that add up to `available`: in proportion, but nothing that exists is thinner than `least`.
std::array<qreal, 5> widths(const std::array<int, 5> &counts, qreal available)
{
    std::array<qreal, 5> result{};
    int rest = 0;
    qreal room = available;
    std::array<bool, 5> small{};
    for (const int n : counts)
        rest += n;
    // Taking the small ones out makes the others' share smaller, so look again until nothing changes.
    for (bool changed = true; changed && rest > 0;) {
        changed = false;
        for (size_t i = 0; i < counts.size(); ++i) {
            if (small[i] || counts[i] == 0 || room * counts[i] / rest >= least)
                continue;
            small[i] = changed = true;
            result[i] = least;
            room -= least;
            rest -= counts[i];
        }
    }
    for (size_t i = 0; i < counts.size(); ++i)
        if (!small[i] && counts[i] > 0)
            result[i] = room * counts[i] / rest;
    return result;
}

void drawBlock(QPainter &p, const QRectF &r, const QColor &fill)
{
    p.setPen(Qt::NoPen);
    p.setBrush(fill);
    const qreal radius = std::min(corner, r.height() / 4);
    p.drawRoundedRect(r, radius, radius);
}

} // namespace

void drawHatch(QPainter &p, const QRectF &box, const QColor &ink, qreal pitch, qreal width)
{
    if (box.isEmpty() || pitch <= 0)
        return;
    p.save();
    p.setClipRect(box, Qt::IntersectClip);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(ink, width, Qt::SolidLine, Qt::FlatCap));
    // The phase hangs on the box, so that a moved box does not shimmer.
    const qreal height = box.height();
    QList<QLineF> lines;
    for (qreal x = box.left() - height + pitch / 2; x < box.right(); x += pitch)
        lines.append(QLineF(x, box.bottom(), x + height, box.top()));
    p.drawLines(lines);
    p.restore();
}

void drawSegments(QPainter &p, const QRectF &box, const SectionCount &count, const Colours &c)
{
    const std::array<int, 5> counts{count.pass, count.warn, count.fail, count.unknown, count.notApplicable};
    const auto parts = std::count_if(counts.begin(), counts.end(), [](int n) { return n > 0; });
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    if (parts == 0) {
        drawBlock(p, box, c.sunken);
        p.restore();
        return;
    }
    const std::array<qreal, 5> width = widths(counts, box.width() - gap * (parts - 1));
    const std::array<QColor, 5> fill{c.pass.mark, c.warn.mark, c.fail.mark, c.unknown.mark, c.notApplicable.mark};
    qreal x = box.left();
    for (size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const QRectF segment(x, box.top(), width[i], box.height());
        if (i == 3)
            drawHatch(p, segment, fill[i], 6, box.height() > 12 ? 2.2 : 2);
        else
            drawBlock(p, segment, fill[i]);
        x += width[i] + gap;
    }
    p.restore();
}

} // namespace tenken
