// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/label.h>

#include <parts/colours.h>

#include <QEvent>
#include <QRegularExpression>

namespace tenken {

Label::Label(Type type, Ink ink, QWidget *parent) : Label(QString(), type, ink, parent) { }

Label::Label(const QString &text, Type type, Ink ink, QWidget *parent) : QLabel(text, parent), m_ink(ink)
{
    setFont(fontFor(type));
    setTextInteractionFlags(Qt::NoTextInteraction);
    applyInk();
}

void Label::setInk(Ink ink)
{
    m_ink = ink;
    applyInk();
}

void Label::setWrapped(bool wrapped)
{
    setWordWrap(wrapped);
}

void Label::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    // Our own setPalette() arrives here too; applyInk() sets the same palette again and Qt then sends nothing more.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
        applyInk();
}

void Label::applyInk()
{
    const Colours &c = coloursFor(parentWidget() ? parentWidget()->palette() : palette());
    QColor colour = c.text;
    switch (m_ink) {
    case Ink::Text:
        break;
    case Ink::Text2:
        colour = c.text2;
        break;
    case Ink::Text3:
        colour = c.text3;
        break;
    case Ink::Accent:
        colour = c.accent;
        break;
    case Ink::Pass:
        colour = c.pass.text;
        break;
    case Ink::Warn:
        colour = c.warn.text;
        break;
    case Ink::Fail:
        colour = c.fail.text;
        break;
    }
    if (palette().color(QPalette::WindowText) == colour)
        return;
    QPalette mine = palette();
    mine.setColor(QPalette::WindowText, colour);
    setPalette(mine);
}

QString markup(const QString &text)
{
    static const QRegularExpression bold(QStringLiteral("\\*\\*(.+?)\\*\\*"));
    static const QRegularExpression code(QStringLiteral("`([^`]+)`"));
    QString html = text.toHtmlEscaped();
    html.replace(code, QStringLiteral("<code>\\1</code>"));
    html.replace(bold, QStringLiteral("<b>\\1</b>"));
    html.replace(u'\n', QStringLiteral("<br>"));
    return html;
}

} // namespace tenken
