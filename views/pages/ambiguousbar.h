// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>
#include <evidence/datadog/snapshotedit.h>

#include <QFrame>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QVBoxLayout;

namespace tenken
{

class Session;

/// Asks, above the page, what an answer in the snapshot is that could be one of several; the index remembers it. There
/// only while there is such a file.
class AmbiguousBar : public QFrame
{
    Q_OBJECT
public:
    AmbiguousBar(Session &session, Lang lang, QWidget *parent = nullptr);

    void show(const DatadogSnapshot &snapshot);

signals:
    void failed(const tenken::Problem &problem);

private:
    void addRow(const AmbiguousFile &file);
    void remember(const AnswerChoice &choice);

    Session &m_session;
    Lang m_lang;
    QString m_index; ///< folder of the snapshot's index
    QVBoxLayout *m_rows;
};

} // namespace tenken
