// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/elidedlabel.h>

#include <QPainter>
#include <QResizeEvent>

namespace tenken {

ElidedLabel::ElidedLabel(QWidget *parent) : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    setToolTip(shownText() == m_text ? QString() : m_text);
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + 2 + contentsMargins().left() + contentsMargins().right(), metrics.height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const { return {QFontMetrics(font()).averageCharWidth() * 6, sizeHint().height()}; }

QString ElidedLabel::shownText() const
{
    return QFontMetrics(font()).elidedText(m_text, m_mode, contentsRect().width());
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setPen(palette().color(foregroundRole()));
    p.drawText(contentsRect(), Qt::AlignLeft | Qt::AlignVCenter, shownText());
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    setToolTip(shownText() == m_text ? QString() : m_text);
}

} // namespace tenken
