// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/stylepaint.h>

#include <parts/icons.h>
#include <parts/style.h>

#include <QStyle>

#include <algorithm>

namespace tenken::stylepaint {

namespace {

constexpr qreal corner = 4;

bool is(const QStyleOption &option, QStyle::StateFlag flag) { return option.state.testFlag(flag); }

void rounded(QPainter &p, const QRectF &box, const QColor &fill, const QColor &line, qreal width, qreal radius = corner)
{
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    p.setBrush(fill);
    const qreal half = line.isValid() ? width / 2 : 0;
    p.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius);
    p.restore();
}

} // namespace

void button(QPainter &p, const QStyleOption &option, bool primary, const Colours &c)
{
    const bool enabled = is(option, QStyle::State_Enabled);
    if (primary && enabled) {
        const bool lit = is(option, QStyle::State_MouseOver) || is(option, QStyle::State_Sunken);
        rounded(p, option.rect, lit ? c.p99 : c.accent, {}, 0);
        return;
    }
    const bool pressed = is(option, QStyle::State_Sunken), on = is(option, QStyle::State_On);
    const QColor fill = !enabled ? c.window : on ? c.selection : pressed ? c.sunken
        : is(option, QStyle::State_MouseOver) ? c.alt : c.base;
    rounded(p, option.rect, fill, !enabled ? c.line : on ? c.accent : c.border, 1);
}

void buttonLabel(QPainter &p, const QStyleOptionButton &option, bool primary, const Colours &c)
{
    const bool enabled = is(option, QStyle::State_Enabled);
    constexpr int gap = 8;
    const int words = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    const bool menu = option.features.testFlag(QStyleOptionButton::HasMenu);
    const QSize icon = option.icon.isNull() ? QSize(0, 0) : option.iconSize;
    const int width = icon.width() + (icon.isEmpty() || option.text.isEmpty() ? 0 : gap) + words + (menu ? gap + 12 : 0);
    int x = option.rect.center().x() + 1 - width / 2;
    const QColor ink = !enabled ? c.text3 : primary ? c.onAccent : option.palette.color(QPalette::ButtonText);
    if (!icon.isEmpty()) {
        const QRect place(QPoint(x, option.rect.center().y() + 1 - icon.height() / 2), icon);
        option.icon.paint(&p, place, Qt::AlignCenter,
                          !enabled ? QIcon::Disabled : primary ? QIcon::Selected : QIcon::Normal,
                          primary ? QIcon::On : QIcon::Off);
        x += icon.width() + gap;
    }
    p.setPen(ink);
    p.drawText(QRect(x, option.rect.top(), words + 2, option.rect.height()),
               Qt::AlignLeft | Qt::AlignVCenter | Qt::TextHideMnemonic, option.text);
    if (menu)
        drawSign(p, QRectF(x + words + gap, option.rect.center().y() - 6, 12, 12), Sign::ChevronDown, ink);
}

void menuBarItem(QPainter &p, const QStyleOptionMenuItem &option, const Colours &c)
{
    p.fillRect(option.rect, c.window);
    if (is(option, QStyle::State_Selected) || is(option, QStyle::State_Sunken))
        rounded(p, option.rect.adjusted(1, 2, -1, -2), c.sunken, {}, 0);
    p.setPen(is(option, QStyle::State_Enabled) ? c.text : c.text3);
    p.drawText(option.rect, Qt::AlignCenter | Qt::TextHideMnemonic, option.text);
}

void toolButton(QPainter &p, const QStyleOption &option, const Colours &c)
{
    if (is(option, QStyle::State_On))
        rounded(p, option.rect, c.selection, c.accent, 1);
    else if (is(option, QStyle::State_Sunken) || is(option, QStyle::State_MouseOver))
        rounded(p, option.rect, c.sunken, {}, 0);
}

void field(QPainter &p, const QStyleOption &option, const Colours &c)
{
    const bool enabled = is(option, QStyle::State_Enabled), focus = is(option, QStyle::State_HasFocus);
    rounded(p, option.rect, enabled ? c.base : c.window, focus ? c.accent : enabled ? c.border : c.line, focus ? 2 : 1);
}

void row(QPainter &p, const QStyleOptionViewItem &option, bool wholeRow, const Colours &c)
{
    if (is(option, QStyle::State_Selected)) {
        p.fillRect(option.rect, c.selection);
        const bool first = wholeRow || option.viewItemPosition == QStyleOptionViewItem::Beginning
            || option.viewItemPosition == QStyleOptionViewItem::OnlyOne
            || option.viewItemPosition == QStyleOptionViewItem::Invalid;
        if (first)
            p.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), c.accent);
    } else if (is(option, QStyle::State_MouseOver)) {
        p.fillRect(option.rect, c.alt);
    }
}

void header(QPainter &p, const QStyleOptionHeader &option, const Colours &c)
{
    p.fillRect(option.rect, c.window);
    p.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), c.line);
}

void tab(QPainter &p, const QStyleOptionTab &option, const Colours &c)
{
    if (is(option, QStyle::State_Selected))
        p.fillRect(QRect(option.rect.left() + 4, option.rect.bottom() - 2, option.rect.width() - 8, 3), c.accent);
    else if (is(option, QStyle::State_MouseOver))
        p.fillRect(QRect(option.rect.left() + 4, option.rect.bottom() - 2, option.rect.width() - 8, 3), c.line);
    if (is(option, QStyle::State_HasFocus))
        drawFocus(p, option.rect.adjusted(2, 2, -2, -4), c);
}

void checkBox(QPainter &p, const QStyleOption &option, const Colours &c)
{
    const bool on = is(option, QStyle::State_On), partly = is(option, QStyle::State_NoChange);
    const bool enabled = is(option, QStyle::State_Enabled);
    const QRectF box = option.rect;
    const QColor filled = enabled ? c.accent : c.border;
    rounded(p, box, on || partly ? filled : enabled ? c.base : c.window, on || partly ? filled : c.border, 1, 3);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(c.onAccent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](qreal x, qreal y) { return QPointF(box.left() + box.width() * x / 16, box.top() + box.height() * y / 16); };
    if (on)
        p.drawPolyline(QPolygonF({at(4, 8.4), at(6.9, 11.2), at(12, 5)}));
    else if (partly)
        p.drawLine(at(4.5, 8), at(11.5, 8));
    p.restore();
}

void radioButton(QPainter &p, const QStyleOption &option, const Colours &c)
{
    const bool enabled = is(option, QStyle::State_Enabled), on = is(option, QStyle::State_On);
    const QColor strong = enabled ? c.accent : c.border;
    rounded(p, option.rect, enabled ? c.base : c.window, on ? strong : c.border, on ? 2 : 1, option.rect.height() / 2.0);
    if (!on)
        return;
    const QRectF dot = QRectF(option.rect).adjusted(5, 5, -5, -5);
    rounded(p, dot, strong, {}, 0, dot.height() / 2);
}

void comboBox(QPainter &p, const QStyleOptionComboBox &option, const Colours &c)
{
    if (option.editable)
        field(p, option, c);
    else
        button(p, option, false, c);
    const QRectF arrow(option.rect.right() - 22, option.rect.center().y() - 6, 14, 14);
    const QRectF place = option.direction == Qt::RightToLeft ? QRectF(option.rect.left() + 8, arrow.top(), 14, 14) : arrow;
    drawSign(p, place, Sign::ChevronDown, is(option, QStyle::State_Enabled) ? c.text2 : c.border);
    if (is(option, QStyle::State_HasFocus) && !option.editable)
        drawFocus(p, option.rect, c);
}

void scrollBar(QPainter &p, const QStyleOptionSlider &option, const QRect &slider, const QColor &ground, const Colours &c)
{
    p.fillRect(option.rect, ground);
    if (option.maximum <= option.minimum)
        return;
    const bool held = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider);
    rounded(p, QRectF(slider).adjusted(3, 3, -3, -3), held ? c.text3 : c.border, {}, 0, 3);
}

void progressGroove(QPainter &p, const QRect &box, const Colours &c)
{
    const qreal height = std::min(6, box.height());
    rounded(p, QRectF(box.left(), box.center().y() - height / 2 + 0.5, box.width(), height), c.sunken, {}, 0, height / 2);
}

void progressBar(QPainter &p, const QStyleOptionProgressBar &option, const Colours &c)
{
    const qreal height = std::min(6, option.rect.height());
    const QRectF groove(option.rect.left(), option.rect.center().y() - height / 2 + 0.5, option.rect.width(), height);
    const qint64 range = qint64(option.maximum) - option.minimum;
    // Of unknown length: half of the bar, still. Nothing here moves by itself.
    const qreal share = range > 0 ? std::clamp(qreal(option.progress - option.minimum) / range, 0.0, 1.0) : 0.5;
    rounded(p, {groove.left(), groove.top(), std::max(height, groove.width() * share), height}, c.accent, {}, 0, height / 2);
}

void splitter(QPainter &p, const QStyleOption &option, const Colours &c)
{
    const QRect r = option.rect;
    p.fillRect(r, c.window);
    if (is(option, QStyle::State_Horizontal))
        p.fillRect(QRect(r.center().x(), r.top(), 1, r.height()), c.line);
    else
        p.fillRect(QRect(r.left(), r.center().y(), r.width(), 1), c.line);
}

void branch(QPainter &p, const QStyleOption &option, const Colours &c)
{
    if (!is(option, QStyle::State_Children))
        return;
    const QRectF box(option.rect.center().x() - 6, option.rect.center().y() - 6, 13, 13);
    drawSign(p, box, is(option, QStyle::State_Open) ? Sign::ChevronDown : Sign::ChevronRight, c.text3);
}

void frame(QPainter &p, const QRect &box, const QColor &ground, const QColor &line)
{
    if (ground.isValid())
        p.fillRect(box, ground);
    p.save();
    p.setRenderHint(QPainter::Antialiasing, false);
    p.setPen(QPen(line, 1));
    p.setBrush(Qt::NoBrush);
    p.drawRect(box.adjusted(0, 0, -1, -1));
    p.restore();
}

} // namespace tenken::stylepaint
