// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/keycap.h>

#include <parts/colours.h>
#include <parts/type.h>

#include <QPainter>

#include <algorithm>

namespace tenken {

KeyCap::KeyCap(const QString &key, QWidget *parent) : QLabel(key, parent)
{
    QFont small = fontFor(Type::Code);
    small.setPointSizeF(fontFor(Type::Caption).pointSizeF());
    setFont(small);
    setAlignment(Qt::AlignCenter);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCap::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int height = metrics.height() + 2;
    return {std::max(height, metrics.horizontalAdvance(text()) + metrics.height() / 2), height};
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Colours &c = coloursFor(palette());
    p.setPen(QPen(c.border, 1));
    p.setBrush(c.alt);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    p.setPen(c.text2);
    p.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace tenken
