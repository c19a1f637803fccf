// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/evidencepane.h>

#include <pages/label.h>
#include <pages/localtext.h>
#include <parts/elidedlabel.h>
#include <parts/emptystate.h>
#include <parts/pictureview.h>
#include <parts/sourceview.h>
#include <review/session.h>

#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

namespace tenken {

EvidencePane::EvidencePane(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent), m_session(session), m_lang(lang)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 16, 8);
    head->setSpacing(12);
    head->addWidget(new Label(Text{"証拠", "Evidence"}.in(lang), Type::BodyBold));
    m_about = new ElidedLabel;
    m_about->setFont(fontFor(Type::Caption));
    head->addWidget(m_about, 1);
    column->addLayout(head);

    m_stack = new QStackedWidget;
    m_empty = new EmptyState;
    m_stack->addWidget(m_empty);
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->setHandleWidth(9);
    m_splitter->setChildrenCollapsible(false);
    m_source = new SourceView;
    m_source->setLanguage(lang);
    m_picture = new PictureView;
    m_picture->setLanguage(lang);
    m_textBox = new QWidget;
    auto *textColumn = new QVBoxLayout(m_textBox);
    textColumn->setContentsMargins(16, 8, 16, 8);
    m_textTitle = new Label(Type::Title);
    m_textTitle->setTextFormat(Qt::PlainText);
    m_textTitle->setWrapped();
    m_text = new LocalTextBrowser;
    textColumn->addWidget(m_textTitle);
    textColumn->addWidget(m_text, 1);
    m_splitter->addWidget(m_source);
    m_splitter->addWidget(m_picture);
    m_splitter->addWidget(m_textBox);
    m_stack->addWidget(m_splitter);
    column->addWidget(m_stack, 1);
    connect(m_source, &SourceView::openRequested, this, [this](const QString &path) { openSource(path); });
    showFinding(nullptr, nullptr);
}

void EvidencePane::showFinding(const Finding *finding, const Item *item)
{
    if (!finding) {
        m_about->setText({});
        const Text how = item ? item->evidence : Text{};
        m_empty->setText(Text{"この項目に機械の所見はありません。", "No rule judges this item."}.in(m_lang), how.in(m_lang));
        m_stack->setCurrentIndex(0);
        return;
    }
    m_about->setText(Text{"所見「%1」", "Finding: %1"}.arg(finding->title).in(m_lang));
    showSource(*finding);
    showPicture(*finding);
    const bool nothing = m_source->isHidden() && m_picture->isHidden() && m_textBox->isHidden();
    if (nothing)
        m_empty->setText(finding->reason.in(m_lang), finding->remedy.in(m_lang));
    m_stack->setCurrentIndex(nothing ? 0 : 1);
    if (!m_source->isHidden() && (!m_picture->isHidden() || !m_textBox->isHidden())) {
        const int whole = std::max(600, m_splitter->height());
        m_splitter->setSizes({whole * 55 / 100, whole * 45 / 100, whole * 45 / 100});
    }
}

void EvidencePane::showSource(const Finding &finding)
{
    const QByteArray text = finding.file.isEmpty() ? QByteArray() : m_session.evidence().sourceText(finding.file);
    m_source->setVisible(!text.isEmpty());
    if (text.isEmpty()) {
        m_source->clear();
        return;
    }
    QByteArray digest;
    for (const SourceFile &file : m_session.evidence().files) {
        if (file.path == finding.file)
            digest = file.sha256;
    }
    m_source->showFinding(finding, maskSecrets(QString::fromUtf8(text)).toUtf8(), digest);
}

void EvidencePane::showPicture(const Finding &finding)
{
    m_picture->setVisible(finding.picture && isDrawable(*finding.picture));
    m_textBox->hide();
    if (!finding.picture)
        return;
    if (isDrawable(*finding.picture)) {
        m_picture->setPicture(finding.picture);
    } else if (const auto *message = std::get_if<MessagePicture>(finding.picture.get())) {
        showText(Text{"アラート時の文面: %1", "As it reads on alert: %1"}.arg(message->monitor.name).in(m_lang),
                 message->onAlert, {});
    } else if (const auto *guide = std::get_if<DocumentPicture>(finding.picture.get())) {
        showText(guide->document.file, guide->document.text, guide->anchor);
    }
}

void EvidencePane::showText(const QString &title, const QString &markdown, const QString &anchor)
{
    m_textTitle->setText(title);
    m_text->document()->setMarkdown(maskSecrets(markdown), QTextDocument::MarkdownNoHTML);
    m_textBox->show();
    scrollToHeading(*m_text, anchor);
}

void EvidencePane::openSource(const QString &path)
{
    const auto file = rootsOf(m_session.evidence()).resolve(path);
    if (file)
        QDesktopServices::openUrl(QUrl::fromLocalFile(*file));
}

void EvidencePane::toggleTable()
{
    if (!m_picture->isHidden())
        m_picture->setTableShown(!m_picture->isTableShown());
}

void EvidencePane::focusEvidence()
{
    if (!m_source->isHidden())
        m_source->setFocus(Qt::ShortcutFocusReason);
    else
        m_picture->setFocus(Qt::ShortcutFocusReason);
}

} // namespace tenken
