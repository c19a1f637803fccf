// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <QFutureWatcher>
#include <QTimer>

namespace tenken {

class LoadTestFollower;

/// Follows a result file that a running test still writes: reads what is new in the background, works out steps and
/// knee there as well, and hands over whole pictures. Stops when told, and when it is destroyed.
class LoadTestFollow : public QObject
{
    Q_OBJECT
public:
    using Update = Result<std::shared_ptr<const LoadTestPicture>>; ///< null: nothing new

    explicit LoadTestFollow(QObject *parent = nullptr);
    ~LoadTestFollow() override;

    void start(const QString &absolutePath, const LoadTestPicture &known); ///< everything but the run stays as known
    void stop();
    bool isRunning() const { return m_follower != nullptr; }

signals:
    void updated(const std::shared_ptr<const tenken::LoadTestPicture> &test);
    void failed(const tenken::Problem &problem); ///< it goes on trying: the file may come back

private:
    void look();
    void take();

    std::shared_ptr<LoadTestFollower> m_follower; ///< a look in the background holds it too
    std::shared_ptr<const LoadTestPicture> m_known;
    QFutureWatcher<Update> m_watcher;
    QTimer m_next;
};

} // namespace tenken
