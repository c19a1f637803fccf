// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/drawing.h>
#include <parts/tighttimeline.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

namespace {

// In px of a 96 dpi screen, from the top: names of the marks, rows, axis, dimension lines.
struct Pitch {
    qreal marks = 40, row = 32, bar = 24, padding = 6, axis = 24, dimension = 20;
};

constexpr Pitch loose, tight{.marks = 20, .row = 20, .bar = 17, .padding = 3, .axis = 18, .dimension = 17};

struct Layout {
    Pitch pitch;
    QRectF box;
    qreal left = 0, right = 0;   ///< of the time axis
    qreal top = 0, axis = 0;     ///< of the rows
    double end = 1;              ///< seconds at `right`

    qreal x(double seconds) const { return left + (right - left) * std::clamp(seconds / end, 0.0, 1.0); }
};

double lastMoment(const Timeline &t)
{
    double end = std::max({t.end, t.configured, t.needed, t.gapTo});
    for (const TimelineRow &row : t.rows)
        for (const TimelineBar &bar : row.bars)
            end = std::max(end, bar.to);
    for (const TimelineMark &mark : t.marks)
        end = std::max(end, mark.at);
    return end > 0 ? end : 1;
}

Layout layOut(const Ink &ink, const QRectF &box, const Timeline &t, const Pitch &pitch)
{
    Layout l;
    l.pitch = pitch;
    l.box = box;
    qreal names = 0;
    for (const TimelineRow &row : t.rows)
        names = std::max(names, ink.width(ink.in(row.actor), Type::Caption));
    l.left = box.left() + std::min(names + ink.u(8), box.width() * 0.36);
    l.right = box.right() - ink.u(28);
    l.top = box.top() + ink.u(l.pitch.marks);
    l.axis = l.top + ink.u(l.pitch.row) * t.rows.size() + ink.u(l.pitch.padding);
    l.end = lastMoment(t);
    return l;
}

void drawGround(Ink &ink, const Layout &l, const Timeline &t)
{
    if (t.gapTo > t.gapFrom)
        ink.p.fillRect(QRectF(QPointF(l.x(t.gapFrom), l.top), QPointF(l.x(t.gapTo), l.axis)), ink.c.markFail);
    const int most = std::clamp(int((l.right - l.left) / ink.u(48)), 2, 8);
    for (const double tick : niceTicks(0, l.end, most)) {
        const qreal x = l.x(tick);
        if (tick > 0)
            ink.line({x, l.top}, {x, l.axis}, ink.c.grid, 1);
        ink.text({x - ink.u(30), l.axis + ink.u(2), ink.u(60), ink.u(18)}, Qt::AlignCenter, formatNumber(tick),
                 Type::Caption, ink.c.text3);
    }
    ink.line({l.left, l.axis}, {l.right, l.axis}, ink.c.axis, 1);
    const QString unit = ink.style.lang == Lang::Ja ? QStringLiteral("秒") : QStringLiteral("s");
    ink.text({l.right + ink.u(8), l.axis + ink.u(2), ink.u(20), ink.u(18)}, Qt::AlignLeft | Qt::AlignVCenter, unit,
             Type::Caption, ink.c.text3);
}

struct Tone {
    QColor fill, label;
};

Tone toneOf(TimelineBar::Tone tone, const Colours &c)
{
    switch (tone) {
    case TimelineBar::Tone::Neutral: return {c.barNeutral, inkOn(c.barNeutral, c)};
    case TimelineBar::Tone::Light: return {c.barLight, inkOn(c.barLight, c)};
    case TimelineBar::Tone::Strong: return {c.barStrong, inkOn(c.barStrong, c)};
    case TimelineBar::Tone::Missing: return {c.fail.fill, c.fail.onFill};
    case TimelineBar::Tone::Elsewhere: return {c.base, c.fail.text};
    }
    return {c.barNeutral, c.text};
}

/// Drops words from the end until the rest fits: the number stands first, the row says what it is.
QString shortened(const Ink &ink, QString label, qreal room)
{
    while (ink.width(label, Type::CaptionBold) > room) {
        const qsizetype space = label.lastIndexOf(QLatin1Char(' '));
        if (space <= 0)
            return {};
        label.truncate(space);
        while (label.endsWith(QLatin1Char(' ')) || label.endsWith(QChar(0x2192)))
            label.chop(1);
    }
    return label;
}

bool crossesMark(const Layout &l, const Timeline &t, qreal from, qreal to)
{
    return std::ranges::any_of(t.marks, [&](const TimelineMark &m) { return l.x(m.at) > from && l.x(m.at) < to; });
}

/// A bar's label stands inside where it fits, else beside it where the row is free, else in short.
void drawBarLabel(Ink &ink, const Layout &l, const Timeline &t, const QRectF &bar, const TimelineBar &what,
                  qreal previousBar, qreal nextBar)
{
    const QString label = ink.in(what.label);
    const qreal width = ink.width(label, Type::CaptionBold), gap = ink.u(6);
    const Tone tone = toneOf(what.tone, ink.c);
    const bool hatched = what.tone == TimelineBar::Tone::Elsewhere;
    const qreal room = bar.width() - ink.u(hatched ? 16 : 6);
    const QColor beside = hatched || what.tone == TimelineBar::Tone::Missing ? ink.c.fail.text : ink.c.text;
    const auto inside = [&](const QString &words) {
        if (hatched && !words.isEmpty())
            ink.patchedText(bar.center(), Qt::AlignHCenter, words, Type::CaptionBold, tone.label, ink.c.base);
        else
            ink.text(bar, Qt::AlignCenter, words, Type::CaptionBold, tone.label);
    };
    if (label.isEmpty() || width <= room)
        inside(label);
    else if (const QString words = shortened(ink, label, room); words.contains(QLatin1Char(' ')))
        inside(words);
    else if (bar.right() + gap + width <= std::min(nextBar, l.box.right())
             && !crossesMark(l, t, bar.right() + gap, bar.right() + gap + width))
        ink.text({bar.right() + gap, bar.top(), width, bar.height()}, Qt::AlignVCenter, label, Type::CaptionBold, beside);
    else if (bar.left() - gap - width >= std::max(previousBar, l.left))
        ink.patchedText({bar.left() - gap, bar.center().y()}, Qt::AlignRight, label, Type::CaptionBold, beside, ink.c.base);
    else
        inside(words);
}

void drawRows(Ink &ink, const Layout &l, const Timeline &t)
{
    qreal y = l.top + ink.u(l.pitch.padding);
    for (const TimelineRow &row : t.rows) {
        const QString name = ink.elided(ink.in(row.actor), Type::Caption, l.left - l.box.left() - ink.u(8));
        ink.text({l.box.left(), y, l.left - l.box.left() - ink.u(8), ink.u(l.pitch.bar)},
                 Qt::AlignRight | Qt::AlignVCenter, name, Type::Caption, ink.c.text2);
        const auto rectOf = [&](const TimelineBar &bar) {
            const qreal from = l.x(bar.from), to = std::max(l.x(bar.to), from + ink.u(2));
            return QRectF(from, y, to - from, ink.u(l.pitch.bar));
        };
        for (const TimelineBar &bar : row.bars) {
            if (bar.tone == TimelineBar::Tone::Elsewhere)
                ink.hatched(rectOf(bar), ink.c.base, ink.c.fail.mark);
            else
                ink.block(rectOf(bar), toneOf(bar.tone, ink.c).fill, 1);
        }
        for (size_t i = 0; i < row.bars.size(); ++i) {
            const qreal next = i + 1 < row.bars.size() ? l.x(row.bars[i + 1].from) : l.box.right();
            const qreal previous = i > 0 ? l.x(row.bars[i - 1].to) : l.left;
            drawBarLabel(ink, l, t, rectOf(row.bars[i]), row.bars[i], previous, next);
        }
        y += ink.u(l.pitch.row);
    }
}

QColor colourOf(TimelineMark::Weight weight, const Colours &c)
{
    return weight == TimelineMark::Weight::Kill ? c.fail.text : c.text2;
}

void drawMarkLine(Ink &ink, const Layout &l, const TimelineMark &mark)
{
    const qreal x = l.x(mark.at);
    switch (mark.weight) {
    case TimelineMark::Weight::Thin: return ink.line({x, l.box.top()}, {x, l.axis}, ink.c.text3, 1.5);
    case TimelineMark::Weight::Kill: return ink.line({x, l.box.top()}, {x, l.axis}, ink.c.fail.mark, 2.5);
    case TimelineMark::Weight::Dashed: return ink.line({x, l.box.top()}, {x, l.axis}, ink.c.text2, 1.5, {3, 2});
    }
}

/// Names of marks stand right of their lines; where two marks are near, left of it or on a second line.
void drawMarkLabels(Ink &ink, const Layout &l, const Timeline &t)
{
    std::vector<QRectF> taken;
    const auto isFree = [&](const QRectF &place) {
        if (place.left() < l.box.left() || place.right() > l.box.right() + ink.u(2))
            return false;
        for (const QRectF &other : taken)
            if (other.intersects(place))
                return false;
        return std::none_of(t.marks.begin(), t.marks.end(), [&](const TimelineMark &m) {
            const qreal x = l.x(m.at);
            return x > place.left() + ink.u(1) && x < place.right() - ink.u(1);
        });
    };
    for (const TimelineMark &mark : t.marks) {
        const QString label = ink.in(mark.label);
        const qreal x = l.x(mark.at), width = ink.width(label, Type::CaptionBold);
        const auto at = [&](bool right, int row) {
            return QRectF(right ? x + ink.u(5) : x - ink.u(5) - width, l.box.top() + ink.u(row * 17), width, ink.u(17));
        };
        const QRectF places[] = {at(true, 0), at(false, 0), at(true, 1), at(false, 1)};
        const auto found = std::find_if(std::begin(places), std::end(places), isFree);
        const bool free = found != std::end(places);
        const QRectF place = free ? *found : at(x + width + ink.u(5) <= l.box.right(), 1);
        if (!free)
            ink.p.fillRect(place, ink.c.base);
        taken.push_back(place);
        ink.text(place, Qt::AlignVCenter | Qt::AlignLeft, label, Type::CaptionBold, colourOf(mark.weight, ink.c));
    }
}

void drawDimension(Ink &ink, const Layout &l, qreal y, double seconds, const QString &label, const QColor &colour)
{
    const qreal from = l.x(0), to = l.x(seconds);
    ink.line({from, y}, {to, y}, colour, 1.5);
    for (const qreal x : {from, to})
        ink.line({x, y - ink.u(4)}, {x, y + ink.u(4)}, colour, 1.5);
    const qreal width = ink.width(label, Type::CaptionBold);
    if (width + ink.u(40) <= to - from) {
        const QRectF hole((from + to - width) / 2 - ink.u(9), y - ink.u(9), width + ink.u(18), ink.u(18));
        ink.p.fillRect(hole, ink.c.base);
        ink.text(hole, Qt::AlignCenter, label, Type::CaptionBold, colour);
    } else {
        ink.text({to + ink.u(8), y - ink.u(9), width, ink.u(18)}, Qt::AlignVCenter, label, Type::CaptionBold, colour);
    }
}

qreal heightOf(const Timeline &t, const PictureStyle &style, const Pitch &pitch)
{
    const int dimensions = (t.configured > 0) + (t.needed > 0);
    return style.scale * (pitch.marks + pitch.row * qreal(t.rows.size()) + pitch.padding + pitch.axis
                          + pitch.dimension * dimensions + (dimensions ? 4 : 0));
}

void draw(QPainter &p, const QRectF &box, const Timeline &t, const PictureStyle &style, const Pitch &pitch)
{
    if (t.rows.empty())
        return;
    Ink ink(p, style);
    const Layout l = layOut(ink, box, t, pitch);
    drawGround(ink, l, t);
    for (const TimelineMark &mark : t.marks)
        if (mark.weight != TimelineMark::Weight::Kill)
            drawMarkLine(ink, l, mark);
    drawRows(ink, l, t);
    for (const TimelineMark &mark : t.marks) // the one line that everything yields to
        if (mark.weight == TimelineMark::Weight::Kill)
            drawMarkLine(ink, l, mark);
    drawMarkLabels(ink, l, t);
    qreal y = l.axis + ink.u(pitch.axis + pitch.dimension / 2 - 2);
    if (t.configured > 0) {
        drawDimension(ink, l, y, t.configured, ink.in(t.configuredLabel), t.good ? ink.c.text2 : ink.c.fail.text);
        y += ink.u(pitch.dimension);
    }
    if (t.needed > 0)
        drawDimension(ink, l, y, t.needed, ink.in(t.neededLabel), ink.c.text);
}

} // namespace

qreal timelineHeight(const Timeline &t, const PictureStyle &style) { return heightOf(t, style, loose); }
qreal tightTimelineHeight(const Timeline &t, const PictureStyle &style) { return heightOf(t, style, tight); }

void drawTimeline(QPainter &p, const QRectF &box, const Timeline &t, const PictureStyle &style) { draw(p, box, t, style, loose); }
void drawTightTimeline(QPainter &p, const QRectF &box, const Timeline &t, const PictureStyle &style) { draw(p, box, t, style, tight); }

} // namespace tenken
