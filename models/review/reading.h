// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/dissent.h>
#include <review/reviewfile.h>

#include <QFutureWatcher>
#include <QObject>

#include <memory>

namespace tenken {

/// Everything that is read and worked out in the background when a service is opened. Handed over as a whole.
struct Loaded {
    Evidence evidence;
    Checklist checklist;
    Assessment assessment;
    Result<ReviewFile> review;
    std::vector<StatedDissent> dissents; ///< of the service's meetings
    QString gitAuthor;         ///< git's user.name for that folder, empty without
    QDateTime readAt;
};
using LoadedPointer = std::shared_ptr<const Loaded>;

/// Reads and judges. `progress` answers false to cancel, which gives a Problem without words.
Result<LoadedPointer> load(const QString &folder, const std::function<bool(const ReadingStep &)> &progress);

/// Judges what was read again, with other words of people on which monitors are the service's.
LoadedPointer judgedAgain(const Loaded &loaded, const std::vector<MonitorLink> &monitors);

/// One reading at a time, on another thread: starting anew cancels the one under way and forgets it.
class Reading final : public QObject
{
    Q_OBJECT
public:
    explicit Reading(QObject *parent = nullptr);
    ~Reading() override;

    void start(const QString &folder);
    void judgeAgain(const LoadedPointer &loaded, const std::vector<MonitorLink> &monitors);
    void cancel();
    bool isRunning() const { return m_watcher != nullptr; }

signals:
    void step(const tenken::ReadingStep &step);
    void done(const tenken::LoadedPointer &loaded);
    void failed(const tenken::Problem &problem);
    void cancelled();

private:
    using Watcher = QFutureWatcher<Result<LoadedPointer>>;
    void forget();
    void finish();
    void watch();

    std::unique_ptr<Watcher> m_watcher;
};

} // namespace tenken
