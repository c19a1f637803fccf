// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/drawing.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

// In px of a 96 dpi screen, from the top: heads, rows (a name above its bar), axis, the names of the limits.
constexpr qreal headHeight = 20, rowPitch = 58, nameHeight = 20, barHeight = 24, axisHeight = 24, limitPitch = 20,
                stormWidth = 116;
constexpr int mostSegments = 24, mostDots = 30;

struct Row {
    const TimeoutHop *hop = nullptr;
    const TimeoutLayer *layer = nullptr;
    std::optional<double> outer;     ///< when the party outside has given up
    int arriving = 1;                ///< tries that leave this row, for one request of the first party
    bool firstOfHop = false;
};

std::vector<Row> rowsOf(const TimeoutPath &path)
{
    std::vector<Row> rows;
    std::optional<double> outer;
    int arriving = 1;
    for (const TimeoutHop &hop : path.hops) {
        bool first = true;
        std::optional<double> within = outer;
        for (const TimeoutLayer &layer : hop.layers) {
            arriving = int(std::min<qint64>(qint64(arriving) * std::max(1, layer.tries), 1'000'000));
            rows.push_back({&hop, &layer, within, arriving, first});
            first = false;
            if (const auto own = layer.oneTry())
                within = within ? std::min(*within, *own) : *own;
        }
        if (const auto own = hop.oneTry())
            outer = outer ? std::min(*outer, *own) : *own;
    }
    return rows;
}

struct Layout {
    QRectF box;
    qreal left = 0, right = 0, top = 0, axis = 0;
    double end = 1;
    qreal x(double seconds) const { return left + (right - left) * std::clamp(seconds / end, 0.0, 1.0); }
};

Layout layOut(const Ink &ink, const QRectF &box, const TimeoutPath &path, size_t rows)
{
    Layout l;
    l.box = box;
    l.left = box.left() + ink.u(4);
    l.right = std::max(l.left + 1, box.right() - ink.u(stormWidth));
    l.top = box.top() + ink.u(headHeight);
    l.axis = l.top + ink.u(rowPitch) * qreal(rows);
    l.end = path.longest() > 0 ? path.longest() * 1.12 : 1;
    return l;
}

QString countText(const Ink &ink, const TimeoutLayer &layer)
{
    const Text tries = layer.tries == 1 ? Text{"1 回", "1 try"} : Text{"%1 回", "%1 tries"}.arg(layer.tries);
    const Text why = layer.triesDefault ? Text{"%1 (既定)", "%1 by default"}.arg(tries)
        : layer.triesKnown              ? tries
                                        : Text{"再試行は未宣言", "retries not declared"};
    return ink.in(why);
}

QString lengthText(const Ink &ink, const TimeoutLayer &layer)
{
    const auto ms = [](double seconds) { return formatMs(seconds * 1000); };
    QString words;
    if (layer.perTry)
        words = layer.tries == 1 ? ms(*layer.perTry) : QStringLiteral("%1 × %2 = %3").arg(layer.tries).arg(ms(*layer.perTry), ms(*layer.perTry * layer.tries));
    if (layer.timeout && !(layer.perTry && layer.triesFit()))
        words += (words.isEmpty() ? QString() : QStringLiteral(" → ")) + QStringLiteral("timeout ") + ms(*layer.timeout);
    return words.isEmpty() ? ink.in(Text{"上限なし ∞", "no limit ∞"}) : words;
}

void drawAxis(Ink &ink, const Layout &l)
{
    const int most = std::clamp(int((l.right - l.left) / ink.u(56)), 2, 8);
    for (const double tick : niceTicks(0, l.end, most)) {
        const qreal x = l.x(tick);
        if (tick > 0)
            ink.line({x, l.top}, {x, l.axis}, ink.c.grid, 1);
        const QString words = tick == 0 ? QStringLiteral("0") : formatMs(tick * 1000);
        ink.text({x - ink.u(34), l.axis + ink.u(2), ink.u(68), ink.u(18)}, tick == 0 ? Qt::AlignCenter : Qt::AlignCenter, words,
                 Type::Caption, ink.c.text3);
    }
    ink.line({l.left, l.axis}, {l.right, l.axis}, ink.c.axis, 1);
}

/// One stretch of a bar: quiet before the outer party gives up, red after it.
void drawStretch(Ink &ink, const Layout &l, const Row &row, qreal y, double from, double to, const QColor &fill)
{
    const double limit = row.outer.value_or(to);
    const QRectF whole(QPointF(l.x(from), y), QPointF(l.x(to), y + ink.u(barHeight)));
    const qreal gap = ink.u(1);
    QRectF quiet = whole.adjusted(gap, 0, -gap, 0), late = quiet;
    quiet.setRight(std::min(quiet.right(), l.x(limit)));
    late.setLeft(std::max(late.left(), l.x(limit)));
    if (quiet.width() > 0)
        ink.block(quiet, fill, 2);
    if (row.outer && late.width() > 0 && to > limit)
        ink.block(late, ink.c.fail.fill, 2);
}

void drawBar(Ink &ink, const Layout &l, const Row &row, qreal y)
{
    const TimeoutLayer &layer = *row.layer;
    const QColor fill = layer.by == TimeoutLayer::By::Client ? ink.c.barStrong : ink.c.barLight;
    const std::optional<double> total = layer.total();
    ink.block({l.left, y + ink.u(barHeight) / 2 - ink.u(2), l.right - l.left, ink.u(4)}, ink.c.sunken, 2);
    if (!total) {
        drawStretch(ink, l, row, y, 0, l.end, fill);
        const qreal arrow = ink.u(barHeight) / 2;
        ink.line({l.right, y}, {l.right + ink.u(7), y + arrow}, row.outer ? ink.c.fail.text : ink.c.text2, 2);
        ink.line({l.right + ink.u(7), y + arrow}, {l.right, y + 2 * arrow}, row.outer ? ink.c.fail.text : ink.c.text2, 2);
        return;
    }
    const double one = layer.perTry.value_or(*total);
    const int shown = layer.perTry ? std::min(layer.tries, mostSegments) : 1;
    const double each = layer.perTry && layer.tries > mostSegments ? one * layer.tries / shown : one;
    for (int i = 0; i < shown; ++i) {
        const double from = i * each, to = (i + 1) * each;
        if (from < *total)
            drawStretch(ink, l, row, y, from, std::min(to, *total), fill);
        if (to > *total + 1e-9) { // the timeout ends this try, or it never begins
            const double begin = std::max(from, *total);
            const QRectF cut(QPointF(l.x(begin) + ink.u(1), y), QPointF(l.x(to) - ink.u(1), y + ink.u(barHeight)));
            if (cut.width() > 1)
                ink.hatched(cut, ink.c.base, ink.c.fail.text);
        }
    }
}

void drawNames(Ink &ink, const Layout &l, const Row &row, qreal y)
{
    const Text by = row.layer->by == TimeoutLayer::By::Client ? Text{"クライアント", "client"} : sameText(QStringLiteral("Istio"));
    const QString name = ink.in(row.hop->from) + QStringLiteral(" → ") + ink.in(row.hop->to);
    const QString rest = QStringLiteral("  ") + ink.in(by) + QStringLiteral(" · ") + countText(ink, *row.layer) + QStringLiteral(" · ") + lengthText(ink, *row.layer);
    qreal x = l.left;
    const qreal room = l.right - l.left;
    if (row.firstOfHop) {
        const QString shown = ink.elided(name, Type::CaptionBold, room * 0.5);
        ink.patchedText({x + ink.u(4), y + ink.u(9)}, Qt::AlignLeft, shown, Type::CaptionBold, ink.c.text, ink.c.base);
        x += ink.width(shown, Type::CaptionBold) + ink.u(4);
    }
    const bool late = row.outer && (!row.layer->total() || *row.layer->total() >= *row.outer);
    const bool bad = late || !row.layer->triesFit();
    const QString shown = ink.elided(rest.trimmed(), Type::Caption, l.left + room - x - ink.u(8));
    ink.patchedText({x + ink.u(8), y + ink.u(9)}, Qt::AlignLeft, shown, Type::Caption, bad ? ink.c.fail.text : ink.c.text2, ink.c.base);
}

/// How many requests arrive for one: a dot each, beside the product.
void drawStorm(Ink &ink, const Layout &l, const Row &row, qreal y, int limit)
{
    const bool over = limit > 0 && row.arriving > limit;
    const QColor colour = over ? ink.c.fail.text : ink.c.text2;
    const qreal x = l.right + ink.u(20), dot = ink.u(6), pitch = ink.u(9);
    ink.text({x, y, ink.u(stormWidth - 20), ink.u(18)}, Qt::AlignVCenter | Qt::AlignLeft,
             QStringLiteral("× %1 = %2").arg(row.layer->tries).arg(formatNumber(row.arriving)), over ? Type::CaptionBold : Type::Caption, colour);
    for (int i = 0; i < std::min(row.arriving, mostDots); ++i) {
        const QRectF mark(x + pitch * (i % 10), y + ink.u(nameHeight) + pitch * qreal(i / 10), dot, dot);
        ink.block(mark, limit > 0 && i >= limit ? ink.c.fail.fill : ink.c.barNeutral, dot / 2);
    }
}

/// A line down from where a party gives up, with its name below the axis.
void drawLimits(Ink &ink, const Layout &l, const TimeoutPath &path, const std::vector<Row> &rows)
{
    qreal below = l.axis + ink.u(axisHeight);
    for (size_t i = 0; i + 1 < rows.size(); ++i) {
        const std::optional<double> at = rows[i].layer->oneTry();
        const Row &next = rows[i + 1];
        if (!at || !next.outer || std::abs(*next.outer - *at) > 1e-9)
            continue;
        const bool late = !next.layer->total() || *next.layer->total() >= *at;
        const qreal x = l.x(*at), y = l.top + ink.u(rowPitch) * qreal(i) + ink.u(nameHeight);
        const QColor colour = late ? ink.c.fail.text : ink.c.text2;
        ink.line({x, y}, {x, below}, colour, late ? 2.5 : 1, late ? QList<qreal>() : QList<qreal>{3, 3});
        const Text words = Text{"%1 は %2 で諦める", "%1 gives up at %2"}.arg(rows[i].hop->from, formatMs(*at * 1000));
        const qreal width = ink.width(ink.in(words), Type::CaptionBold);
        const bool leftward = x + width + ink.u(8) > l.box.right();
        ink.text({leftward ? x - width - ink.u(6) : x + ink.u(6), below - ink.u(2), width + ink.u(4), ink.u(18)}, Qt::AlignLeft | Qt::AlignVCenter,
                 ink.in(words), late ? Type::CaptionBold : Type::Caption, colour);
        below += ink.u(limitPitch);
    }
    Q_UNUSED(path)
}

} // namespace

qreal timeoutPathHeight(const TimeoutPath &path, const PictureStyle &style)
{
    const size_t rows = rowsOf(path).size();
    return style.scale * (headHeight + rowPitch * qreal(rows) + axisHeight + limitPitch * qreal(std::max<size_t>(rows, 1) - 1) + 6);
}

void drawTimeoutPath(QPainter &p, const QRectF &box, const TimeoutPath &path, const PictureStyle &style)
{
    const std::vector<Row> rows = rowsOf(path);
    if (rows.empty() || box.width() < style.scale * 160)
        return;
    Ink ink(p, style);
    const Layout l = layOut(ink, box, path, rows.size());
    const Text storm = path.stormLimit > 0 ? Text{"届く回数 (≤ %1)", "Arriving (≤ %1)"}.arg(path.stormLimit) : Text{"届く回数", "Arriving"};
    ink.text({l.right + ink.u(20), box.top(), ink.u(stormWidth - 20), ink.u(18)}, Qt::AlignLeft | Qt::AlignVCenter, ink.in(storm), Type::Caption, ink.c.text3);
    drawAxis(ink, l);
    for (size_t i = 0; i < rows.size(); ++i) {
        const qreal y = l.top + ink.u(rowPitch) * qreal(i);
        drawBar(ink, l, rows[i], y + ink.u(nameHeight));
    }
    drawLimits(ink, l, path, rows);
    for (size_t i = 0; i < rows.size(); ++i) {
        const qreal y = l.top + ink.u(rowPitch) * qreal(i);
        drawNames(ink, l, rows[i], y);
        drawStorm(ink, l, rows[i], y, path.stormLimit);
    }
}

} // namespace tenken
