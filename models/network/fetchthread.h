// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/datadogfetch.h>

#include <QPointer>
#include <QThread>

namespace tenken
{

/// A fetch in a thread of its own, so that large answers are read and written without a window noticing. Its
/// signals arrive in the thread of this object.
class FetchThread : public QObject
{
    Q_OBJECT
public:
    explicit FetchThread(QObject *parent = nullptr);
    ~FetchThread() override; ///< cancels, and waits for what is being written

    void start(const FetchOptions &options); ///< one at a time
    void cancel();
    bool isRunning() const { return m_fetch != nullptr; }

signals:
    void rowChanged(int index, const tenken::FetchRow &row);
    void progress(int done, int total, const tenken::Text &what);
    void finished(const tenken::FetchSummary &summary);

private:
    QThread m_thread;
    QPointer<DatadogFetch> m_fetch;
};

} // namespace tenken
