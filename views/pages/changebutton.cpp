// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/changebutton.h>

#include <parts/badge.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QKeyEvent>
#include <QPainter>

namespace tenken {

namespace {

constexpr int gap = 6, narrow = 320; ///< below that the state before is its glyph alone

} // namespace

ChangeButton::ChangeButton(const ItemChange &change, Lang lang, QWidget *parent)
    : QAbstractButton(parent),
      m_from{change.from.in(lang), change.stood},
      m_to{change.to.in(lang), change.stands},
      m_title(change.title.in(lang))
{
    for (State *state : {&m_from, &m_to}) {
        if (state->word.isEmpty())
            state->word = Text{"なし", "none"}.in(lang);
    }
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const QString why = visible(maskSecrets(change.why.in(lang)));
    setAccessibleName(
        Text{"%1: %2 から %3 へ", "%1: from %2 to %3"}.arg(m_title, m_from.word, m_to.word).in(lang));
    setAccessibleDescription(why);
    setToolTip(QStringLiteral("%1\n%2").arg(m_title, why));
}

QSize ChangeButton::sizeHint() const
{
    return {300,
            std::max(QFontMetrics(fontFor(Type::Body)).height() + 4,
                     int(badgeSize(fontFor(Type::Caption), {}).height()) + 8)};
}

void ChangeButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

qreal ChangeButton::drawState(QPainter &p, qreal x, const State &state, bool brief) const
{
    const Colours &c = coloursFor(palette());
    p.setFont(fontFor(Type::Caption));
    if (!state.standing) {
        p.setPen(c.text2);
        const qreal width = p.fontMetrics().horizontalAdvance(state.word);
        p.drawText(QRectF(x, 0, width, height()), Qt::AlignVCenter | Qt::AlignLeft, state.word);
        return x + width;
    }
    const QString word = brief ? QString() : state.word;
    const qreal width = badgeSize(p.font(), word).width();
    drawBadge(p, QRectF(x, 0, width, height()), glyphOf(*state.standing), word, c);
    return x + width;
}

void ChangeButton::paintEvent(QPaintEvent *)
{
    const Colours &c = coloursFor(palette());
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    if (underMouse())
        p.fillRect(rect(), c.alt);
    qreal x = drawState(p, 2, m_from, width() < narrow) + gap;
    p.setFont(fontFor(Type::Body));
    p.setPen(c.text2);
    const QString arrow(u'→');
    const qreal arrowWidth = p.fontMetrics().horizontalAdvance(arrow);
    p.drawText(QRectF(x, 0, arrowWidth, height()), Qt::AlignCenter, arrow);
    x = drawState(p, x + arrowWidth + gap, m_to, false) + gap + 2;
    p.setFont(fontFor(Type::Body));
    p.setPen(c.text);
    const int room = std::max(0, width() - int(x) - 4);
    p.drawText(QRectF(x, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
               p.fontMetrics().elidedText(m_title, Qt::ElideRight, room));
    if (hasFocus())
        drawFocus(p, QRectF(rect()), c);
}

} // namespace tenken
