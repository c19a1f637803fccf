// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badgewidget.h>

#include <parts/type.h>

#include <QPainter>

namespace tenken {

BadgeWidget::BadgeWidget(QWidget *parent) : QWidget(parent)
{
    setFont(fontFor(Type::CaptionBold));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void BadgeWidget::setBadge(Glyph glyph, const QString &word)
{
    m_glyph = glyph;
    m_word = word;
    setAccessibleName(word);
    setIconOnly(m_iconOnly);
}

void BadgeWidget::setIconOnly(bool iconOnly)
{
    m_iconOnly = iconOnly;
    setToolTip(iconOnly ? m_word : QString());
    updateGeometry();
    update();
}

QSize BadgeWidget::sizeHint() const
{
    const QSizeF size = badgeSize(font(), m_iconOnly ? QString() : m_word);
    return m_iconOnly ? QSize(int(size.height()), int(size.height())) : size.toSize() + QSize(1, 0);
}

void BadgeWidget::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    const Colours &colours = coloursFor(palette());
    if (m_iconOnly)
        drawGlyph(p, QRectF(rect()).adjusted(3, 3, -3, -3), m_glyph, colours);
    else
        drawBadge(p, rect(), m_glyph, m_word, colours);
}

} // namespace tenken
