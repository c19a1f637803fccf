// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/exporter.h>

#include <QCoreApplication>

namespace tenken {

Exporter::Exporter(QObject *parent) : QObject(parent)
{
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        if (code == 0 && status == QProcess::NormalExit)
            emit finished(m_target);
        else
            emit failed(QString::fromUtf8(m_process.readAllStandardError()).trimmed());
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            emit failed(m_process.errorString());
    });
}

void Exporter::start(const QString &folder, const QString &target, Lang lang, const QStringList &more)
{
    m_target = target;
    m_process.start(QCoreApplication::applicationFilePath(),
                    QStringList{QStringLiteral("export"), folder, QStringLiteral("-o"), target, QStringLiteral("--lang"),
                     lang == Lang::Ja ? QStringLiteral("ja") : QStringLiteral("en")} + more);
}

} // namespace tenken
