// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/statusline.h>

#include <pages/label.h>
#include <parts/badge.h>
#include <parts/icons.h>

#include <QProgressBar>
#include <QToolButton>

namespace tenken {

StatusLine::StatusLine(Session &session, Lang lang, QWidget *parent) : QStatusBar(parent), m_session(session), m_lang(lang)
{
    setSizeGripEnabled(false);
    setContentsMargins(12, 0, 12, 0);
    m_unsaved = new Label(Type::Caption, Label::Ink::Text);
    m_read = new Label(Type::Caption, Label::Ink::Text2);
    m_about = new Label(Type::Caption, Label::Ink::Text2);
    for (Label *label : {m_unsaved, m_read, m_about})
        label->setTextFormat(Qt::PlainText);
    m_problems = new QToolButton;
    m_problems->setAutoRaise(true);
    m_problems->setFont(fontFor(Type::Caption));
    m_problems->setIcon(iconOf(Glyph::Fail));
    m_problems->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_progress = new QProgressBar;
    m_progress->setFixedSize(120, 4);
    m_progress->setTextVisible(false);
    m_stop = new QToolButton;
    m_stop->setText(Text{"中止 Esc", "Stop Esc"}.in(lang));
    m_stop->setFont(fontFor(Type::Caption));
    addWidget(m_unsaved);
    addWidget(m_progress);
    addWidget(m_read);
    addWidget(m_stop);
    addWidget(m_problems);
    addPermanentWidget(m_about);
    connect(m_problems, &QToolButton::clicked, this, &StatusLine::problemsRequested);
    connect(m_stop, &QToolButton::clicked, &session, &Session::cancel);
    connect(&session, &Session::progress, this, &StatusLine::showProgress);
    connect(&session, &Session::cancelled, this, [this] {
        refresh();
        showMessage(Text{"読み込みを中止しました。前の値を表示しています。", "Stopped. The earlier values stay."}.in(m_lang), 8000);
    });
    for (const auto signal : {&Session::loaded, &Session::outcomeChanged})
        connect(&session, signal, this, &StatusLine::refresh);
    connect(&session, &Session::stateChanged, this, &StatusLine::refresh);
    connect(&session, &Session::modifiedChanged, this, &StatusLine::refresh);
    connect(&session, &Session::readOnlyChanged, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::showProgress(const ReadingStep &step)
{
    m_progress->setRange(0, std::max(1, step.total));
    m_progress->setValue(step.done);
    m_read->setText(step.what.in(m_lang));
}

void StatusLine::refresh()
{
    const bool loading = m_session.state() == Session::State::Loading;
    const bool open = !m_session.outcome().items.empty();
    m_progress->setVisible(loading);
    m_stop->setVisible(loading);
    const Evidence &evidence = m_session.evidence();
    const int edits = m_session.unsavedEdits();
    if (open && m_session.isReadOnly())
        m_unsaved->setText(Text{"読み取り専用: %1 が開いています", "Read-only: open in %1"}.arg(m_session.lockOwner()).in(m_lang));
    else
        m_unsaved->setText(edits > 0 ? Text{"● 未保存の変更 %1 件 (Ctrl+S)", "● %1 unsaved (Ctrl+S)"}.arg(edits).in(m_lang) : QString());
    m_unsaved->setVisible(!m_unsaved->text().isEmpty());
    if (!loading)
        m_read->setText(open ? Text{"証拠 %1 ファイル · %2 読込 · 変更を監視中", "%1 files · read at %2 · watching for changes"}
                                   .arg(int(evidence.files.size()), m_session.readAt().toString(QStringLiteral("HH:mm"))).in(m_lang)
                             : QString());
    const int bad = int(evidence.unreadable.size()), notes = int(evidence.warnings.size());
    m_problems->setVisible(open && bad + notes > 0);
    m_problems->setIcon(iconOf(bad > 0 ? Glyph::Fail : Glyph::Warn));
    m_problems->setText(bad > 0 ? Text{"読めないもの %1 件", "%1 not readable"}.arg(bad).in(m_lang)
                                : Text{"気をつけること %1 件", "%1 to look at"}.arg(notes).in(m_lang));
    QStringList about;
    if (open) {
        const Service &service = evidence.service;
        about << QStringLiteral("%1 %2").arg(m_session.checklist().id, m_session.checklist().version);
        if (!evidence.gitCommit.isEmpty())
            about << evidence.gitBranch + u' ' + evidence.gitCommit + (evidence.gitDirty ? QStringLiteral("+") : QString());
        if (service.kubernetesVersion)
            about << QStringLiteral("Kubernetes %1").arg((*service.kubernetesVersion).toString());
        if (service.istioVersion)
            about << QStringLiteral("Istio %1").arg((*service.istioVersion).toString());
    }
    m_about->setText(about.join(QStringLiteral(" · ")));
}

} // namespace tenken
