// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/panel.h>

#include <parts/colours.h>
#include <parts/elidedlabel.h>
#include <parts/type.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>

namespace tenken {

Panel::Panel(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_subtitle(new ElidedLabel(this)), m_header(new QHBoxLayout),
      m_body(new QVBoxLayout)
{
    m_title->setFont(fontFor(Type::Title));
    m_title->setTextFormat(Qt::PlainText);
    m_subtitle->setFont(fontFor(Type::Caption));
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // gives way first
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_subtitle, 1, Qt::AlignVCenter);
    m_body->setSpacing(8);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(16, 12, 16, 16);
    all->setSpacing(8);
    all->addLayout(m_header);
    all->addLayout(m_body, 1);
    m_title->hide();
    m_subtitle->hide();
    applyColours();
}

void Panel::setTitle(const QString &title, const QString &subtitle)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!title.isEmpty()); // also when empty: it holds the buttons at the right
    setAccessibleName(title);
}

void Panel::setEdge(const QColor &colour)
{
    m_edge = colour;
    update();
}

void Panel::addToHeader(QWidget *widget) { m_header->addWidget(widget, 0, Qt::AlignVCenter); }

void Panel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Colours &c = coloursFor(palette());
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    p.setPen(QPen(c.line, 1));
    p.setBrush(c.base);
    p.drawRoundedRect(frame, 4, 4);
    if (m_edge.isValid()) {
        QPainterPath round;
        round.addRoundedRect(rect(), 4, 4);
        p.setClipPath(round);
        p.fillRect(QRect(0, 0, 4, height()), m_edge);
    }
}

void Panel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColours();
    QFrame::changeEvent(event);
}

void Panel::applyColours()
{
    QPalette grey = m_subtitle->palette();
    const QColor wanted = coloursFor(palette()).text2;
    if (grey.color(QPalette::WindowText) == wanted)
        return;
    grey.setColor(QPalette::WindowText, wanted);
    m_subtitle->setPalette(grey);
}

} // namespace tenken
