// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QFrame>

class QPlainTextEdit;
class QToolButton;

namespace tenken {

class Label;

/// How to mend it: a sentence, and the YAML to paste with its button.
class RemedyBox : public QWidget
{
    Q_OBJECT
public:
    explicit RemedyBox(Lang lang, QWidget *parent = nullptr);

    void show(const Text &reason, const Text &remedy, const QString &snippet);
    void copy();

private:
    Lang m_lang;
    Label *m_title, *m_reason, *m_remedy;
    QFrame *m_box;
    Label *m_snippet;
    QToolButton *m_copy;
    QString m_plain;
};

/// A tinted line with an edge that says what needs talking about.
class Strip : public QFrame
{
    Q_OBJECT
public:
    explicit Strip(QWidget *parent = nullptr);
    void setText(const QString &bold, const QString &rest);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_text;
};

} // namespace tenken
