// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchthread.h>

namespace tenken
{

FetchThread::FetchThread(QObject *parent) : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("fetch"));
}

FetchThread::~FetchThread()
{
    cancel();
    m_thread.quit();
    m_thread.wait();
}

void FetchThread::start(const FetchOptions &options)
{
    if (m_fetch)
        return;
    m_fetch = new DatadogFetch(options);
    m_fetch->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_fetch, &QObject::deleteLater);
    connect(m_fetch, &DatadogFetch::rowChanged, this, &FetchThread::rowChanged);
    connect(m_fetch, &DatadogFetch::progress, this, &FetchThread::progress);
    connect(m_fetch, &DatadogFetch::finished, this, [this](const FetchSummary &summary) {
        m_thread.quit();
        m_thread.wait();
        m_fetch = nullptr;
        emit finished(summary);
    });
    m_thread.start();
    QMetaObject::invokeMethod(m_fetch, &DatadogFetch::start, Qt::QueuedConnection);
}

void FetchThread::cancel()
{
    if (m_fetch)
        QMetaObject::invokeMethod(m_fetch, &DatadogFetch::cancel, Qt::QueuedConnection);
}

} // namespace tenken
