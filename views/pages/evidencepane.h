// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>
#include <rules/finding.h>

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTextBrowser;

namespace tenken {

class EmptyState;
class ElidedLabel;
class Label;
class PictureView;
class Session;
class SourceView;

/// What shows that a finding is so: the file at its lines, and the picture, message or guide behind it.
class EvidencePane : public QWidget
{
    Q_OBJECT
public:
    EvidencePane(Session &session, Lang lang, QWidget *parent = nullptr);

    void showFinding(const Finding *finding, const Item *item);
    void toggleTable();
    void focusEvidence();

private:
    void showSource(const Finding &finding);
    void showPicture(const Finding &finding);
    void showText(const QString &title, const QString &markdown, const QString &anchor);
    void openSource(const QString &path);

    Session &m_session;
    Lang m_lang;
    ElidedLabel *m_about;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    SourceView *m_source;
    PictureView *m_picture;
    QWidget *m_textBox;
    Label *m_textTitle;
    QTextBrowser *m_text;
    EmptyState *m_empty;
};

} // namespace tenken
