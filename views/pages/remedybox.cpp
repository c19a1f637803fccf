// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/remedybox.h>

#include <pages/label.h>
#include <parts/icons.h>

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace tenken {

RemedyBox::RemedyBox(Lang lang, QWidget *parent) : QWidget(parent), m_lang(lang)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_reason = new Label(Type::Body);
    m_reason->setWrapped();
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_reason);
    m_title = new Label(Text{"直し方", "How to mend it"}.in(lang), Type::CaptionBold, Label::Ink::Text2);
    column->addSpacing(6);
    column->addWidget(m_title);
    m_remedy = new Label(Type::Body);
    m_remedy->setWrapped();
    m_remedy->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_remedy);
    m_box = new QFrame;
    m_box->setFrameShape(QFrame::StyledPanel);
    m_box->setBackgroundRole(QPalette::AlternateBase);
    m_box->setAutoFillBackground(true);
    auto *row = new QHBoxLayout(m_box);
    row->setContentsMargins(12, 8, 8, 8);
    m_snippet = new Label(Type::Code, Label::Ink::Text);
    m_snippet->setTextFormat(Qt::PlainText);
    m_snippet->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_snippet, 1, Qt::AlignTop);
    m_copy = new QToolButton;
    m_copy->setText(Text{"コピー", "Copy"}.in(lang));
    m_copy->setIcon(iconOf(Sign::Copy));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setToolTip(Text{"YAML をコピーします (Ctrl+Shift+C)", "Copy the YAML (Ctrl+Shift+C)"}.in(lang));
    row->addWidget(m_copy, 0, Qt::AlignTop);
    column->addWidget(m_box);
    connect(m_copy, &QToolButton::clicked, this, &RemedyBox::copy);
}

void RemedyBox::show(const Text &reason, const Text &remedy, const QString &snippet)
{
    m_plain = snippet.isEmpty() ? remedy.in(m_lang) : snippet;
    m_reason->setText(markup(reason.in(m_lang)));
    m_reason->setVisible(!reason.isEmpty());
    m_remedy->setText(markup(remedy.in(m_lang)));
    const bool has = !remedy.isEmpty() || !snippet.isEmpty();
    m_title->setVisible(has);
    m_remedy->setVisible(!remedy.isEmpty());
    m_snippet->setText(snippet);
    m_box->setVisible(!snippet.isEmpty());
}

void RemedyBox::copy()
{
    if (!m_plain.isEmpty())
        QApplication::clipboard()->setText(m_plain);
}

Strip::Strip(QWidget *parent) : QFrame(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 12, 8);
    m_text = new Label(Type::Body);
    m_text->setTextFormat(Qt::RichText);
    m_text->setWrapped();
    row->addWidget(m_text);
}

void Strip::setText(const QString &bold, const QString &rest)
{
    m_text->setText(QStringLiteral("<b>%1</b>&nbsp; %2").arg(bold.toHtmlEscaped(), rest.toHtmlEscaped()));
}

void Strip::paintEvent(QPaintEvent *)
{
    const Colours &c = coloursFor(palette());
    QPainter p(this);
    p.fillRect(rect(), c.warn.tint);
    p.fillRect(QRect(0, 0, 4, height()), c.warn.mark);
}

} // namespace tenken
