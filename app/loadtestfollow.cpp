// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestinput.h"

#include <QDateTime>
#include <QFileInfo>
#include <QThread>

namespace tenken::app {

namespace {

constexpr int restSeconds = 10; // a generator writes more often than that

/// Whether a file was written since the last look.
class Watch
{
public:
    explicit Watch(const QString &file) : m_file(file) {}
    bool changed()
    {
        const QFileInfo info(m_file);
        const auto now = std::pair(info.size(), info.lastModified());
        return std::exchange(m_seen, now) != now;
    }

private:
    QString m_file;
    std::pair<qint64, QDateTime> m_seen{-1, {}};
};

} // namespace

Result<LoadTestReport> followReport(const LoadTestWishes &wishes, const std::function<void(const LoadTestReport &)> &told)
{
    Watch watch(wishes.files.first());
    Result<LoadTestReport> report = LoadTestReport{};
    for (int rested = 0; rested < restSeconds; ++rested) {
        if (watch.changed()) {
            rested = 0;
            report = readReport(wishes);
            if (report)
                told(*report);
            else if (!QFileInfo::exists(wishes.files.first()))
                return report; // what was begun and is not readable yet may become so
        }
        QThread::sleep(1);
    }
    return report;
}

} // namespace tenken::app
