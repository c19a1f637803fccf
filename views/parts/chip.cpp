// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/chip.h>

#include <parts/style.h>
#include <parts/type.h>

#include <QPainter>
#include <QStyle>

namespace tenken {

Chip::Chip(QWidget *parent) : QToolButton(parent)
{
    setCheckable(true);
    setFont(fontFor(Type::CaptionBold));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::setLabel(const QString &label, int count)
{
    setText(QStringLiteral("%1 %2").arg(label).arg(count));
    updateGeometry();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 16, std::max(24, metrics.height() + 6)};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Colours &c = coloursFor(palette());
    const bool on = isChecked();
    const QColor ground = on ? c.selection : isDown() || underMouse() ? c.alt : c.base;
    p.setPen(QPen(on ? c.accent : c.border, on ? 1.5 : 1));
    p.setBrush(ground);
    const qreal inset = on ? 0.75 : 0.5;
    p.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 4, 4);
    p.setPen(!isEnabled() ? c.text3 : on ? c.accent : c.text2);
    p.drawText(rect(), Qt::AlignCenter, text());
    if (hasFocus())
        drawFocus(p, rect(), c);
}

} // namespace tenken
