// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/session.h>

#include <QProcess>

namespace tenken {

/// Writes the PDF in a child process of the same program, so that the window stays alive and the bytes do not depend
/// on this process.
class Exporter : public QObject
{
    Q_OBJECT
public:
    explicit Exporter(QObject *parent = nullptr);
    bool isBusy() const { return m_process.state() != QProcess::NotRunning; }
    void start(const QString &folder, const QString &target, Lang lang, const QStringList &more = {});

signals:
    void finished(const QString &target);
    void failed(const QString &message);

private:
    QProcess m_process;
    QString m_target;
};

} // namespace tenken
