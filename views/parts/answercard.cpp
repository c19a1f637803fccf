// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/answercard.h>

#include <parts/richline.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

// Rows of a card, in px: 12 above, who 20, verdict 36, the note, 8, the footer 16, 12 below.
constexpr qreal padding = 12, whoHeight = 20, verdictHeight = 36, noteGap = 8, footerHeight = 16;

QFont scaled(Type role, qreal scale)
{
    QFont font = fontFor(role);
    font.setPointSizeF(font.pointSizeF() * scale);
    return font;
}

} // namespace

AnswerCard::AnswerCard(QWidget *parent) : QFrame(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::TabFocus);
}

void AnswerCard::setText(const AnswerCardText &text)
{
    m_text = text;
    setAccessibleName(QStringLiteral("%1: %2").arg(text.who, text.word));
    setAccessibleDescription(QStringList{text.byAndWhen, withoutMarks(text.note), text.footer}.join(QLatin1Char('\n')).trimmed());
    updateGeometry();
    update();
}

void AnswerCard::setToFillIn(bool toFillIn)
{
    m_toFillIn = toFillIn;
    update();
}

void AnswerCard::setScale(qreal scale)
{
    m_scale = scale;
    updateGeometry();
    update();
}

int AnswerCard::heightForWidth(int width) const
{
    const qreal note = m_text.note.isEmpty()
        ? 0 : richTextHeight(m_text.note, scaled(Type::Body, m_scale), width - 2 * padding * m_scale, this);
    const qreal footer = m_text.footer.isEmpty() ? 0 : noteGap + footerHeight;
    return int(std::ceil(note + (2 * padding + whoHeight + verdictHeight + footer) * m_scale));
}

QSize AnswerCard::sizeHint() const
{
    const int width = int(184 * m_scale);
    return {width, std::max(heightForWidth(width), int(144 * m_scale))};
}

QSize AnswerCard::minimumSizeHint() const { return {int(150 * m_scale), heightForWidth(std::max(width(), int(150 * m_scale)))}; }

void AnswerCard::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Colours &c = coloursFor(palette());
    const qreal line = m_toFillIn ? 2 : 1;
    p.setPen(QPen(m_toFillIn ? c.accent : c.line, line));
    p.setBrush(m_toFillIn ? c.base : c.alt);
    p.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), 4, 4);

    const QRectF inner = QRectF(rect()).marginsRemoved(QMarginsF(padding, padding, padding, padding) * m_scale);
    const QRectF who(inner.left(), inner.top(), inner.width(), whoHeight * m_scale);
    p.setFont(scaled(Type::CaptionBold, m_scale));
    p.setPen(c.text2);
    p.drawText(who, Qt::AlignLeft | Qt::AlignVCenter, m_text.who);
    const qreal taken = p.fontMetrics().horizontalAdvance(m_text.who) + 8 * m_scale;
    p.setFont(scaled(Type::Caption, m_scale));
    p.setPen(c.text3);
    p.drawText(who, Qt::AlignRight | Qt::AlignVCenter,
               p.fontMetrics().elidedText(m_text.byAndWhen, Qt::ElideRight, int(who.width() - taken)));

    const QRectF verdict(inner.left(), who.bottom(), inner.width(), verdictHeight * m_scale);
    const qreal side = 24 * m_scale;
    drawGlyph(p, {verdict.left(), verdict.center().y() - side / 2, side, side}, m_text.glyph, c);
    p.setFont(scaled(Type::CardVerdict, m_scale));
    p.setPen(toneOf(m_text.glyph, c).text);
    p.drawText(verdict.adjusted(side + 8 * m_scale, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_text.word);

    drawRichText(p, {inner.left(), verdict.bottom(), inner.width(), inner.height()}, m_text.note,
                 scaled(Type::Body, m_scale), c.text);
    p.setFont(scaled(Type::Caption, m_scale));
    p.setPen(c.text3);
    const QRectF footer(inner.left(), inner.bottom() - footerHeight * m_scale, inner.width(), footerHeight * m_scale);
    p.drawText(footer, Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(m_text.footer, Qt::ElideRight, int(footer.width())));
    if (hasFocus() && !m_toFillIn)
        drawFocus(p, rect(), c);
}

void AnswerCard::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit clicked();
}

void AnswerCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        emit clicked();
    else
        QFrame::keyPressEvent(event);
}

} // namespace tenken
