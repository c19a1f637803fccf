// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/rowbutton.h>

#include <parts/icons.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QKeyEvent>
#include <QPainter>

namespace tenken {

RowButton::RowButton(const Content &content, QWidget *parent) : QAbstractButton(parent), m_content(content)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QStringList words{content.title, content.below, content.value, content.valueBelow};
    words.removeAll(QString());
    setAccessibleName(words.join(QStringLiteral(", ")));
}

QSize RowButton::sizeHint() const
{
    const QFontMetrics title(fontFor(Type::BodyBold));
    const QFontMetrics below(fontFor(Type::Caption));
    return {320, title.height() + below.height() + 18};
}

void RowButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RowButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void RowButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void RowButton::paintEvent(QPaintEvent *)
{
    const Colours &c = coloursFor(palette());
    QPainter p(this);
    if (underMouse())
        p.fillRect(rect(), c.alt);
    const QFontMetrics bold(fontFor(Type::BodyBold)), small(fontFor(Type::Caption));
    const QFont code = m_content.belowIsCode ? fontFor(Type::Code) : fontFor(Type::Caption);
    const int top = (height() - bold.height() - small.height() - 2) / 2;

    drawGlyph(p, QRectF(0, (height() - 20) / 2.0, 20, 20), m_content.glyph, c);
    const int right = width() - 20;
    drawSign(p, QRectF(width() - 14, (height() - 12) / 2.0, 12, 12), Sign::ChevronRight, c.text3);

    int valueWidth = 0;
    if (!m_content.value.isEmpty()) {
        valueWidth = std::max(bold.horizontalAdvance(m_content.value), small.horizontalAdvance(m_content.valueBelow)) + 8;
        valueWidth = std::min(valueWidth, width() / 2);
        p.setFont(fontFor(Type::BodyBold));
        p.setPen(toneOf(m_content.glyph, c).text);
        p.drawText(QRect(right - valueWidth, top, valueWidth, bold.height()), Qt::AlignRight | Qt::AlignVCenter,
                   bold.elidedText(m_content.value, Qt::ElideRight, valueWidth));
        p.setFont(fontFor(Type::Caption));
        p.setPen(c.text2);
        p.drawText(QRect(right - valueWidth, top + bold.height() + 2, valueWidth, small.height()),
                   Qt::AlignRight | Qt::AlignVCenter, small.elidedText(m_content.valueBelow, Qt::ElideRight, valueWidth));
    }
    const int left = 32;
    const int room = right - valueWidth - left - 8;
    p.setFont(fontFor(Type::BodyBold));
    p.setPen(c.text);
    p.drawText(QRect(left, top, room, bold.height()), Qt::AlignLeft | Qt::AlignVCenter,
               bold.elidedText(m_content.title, Qt::ElideRight, room));
    QFont belowFont = code;
    belowFont.setPointSizeF(fontFor(Type::Caption).pointSizeF());
    p.setFont(belowFont);
    p.setPen(c.text3);
    p.drawText(QRect(left, top + bold.height() + 2, room, small.height()), Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetrics(belowFont).elidedText(m_content.below, Qt::ElideMiddle, room));
    if (hasFocus())
        drawFocus(p, QRectF(rect()), c);
}

} // namespace tenken
