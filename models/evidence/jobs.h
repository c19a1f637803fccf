// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/evidence.h>

#include <atomic>

namespace tenken {

/// Independent pieces of reading, done on as many threads as there are cores. Each writes into its own place, so
/// that the outcome does not depend on who was first. Progress is told from the calling thread.
class Jobs
{
public:
    /// Told by a job how far it is; answers false when it is to stop.
    using Progress = std::function<bool(qint64 done, qint64 total)>;

    void add(const QString &name, std::function<void(const Progress &)> work);
    bool run(const ReadOptions &options); ///< false: cancelled

private:
    struct Job {
        QString name;
        std::function<void(const Progress &)> work;
        std::atomic<int> percent = -1;
        std::atomic<bool> finished = false;
    };

    void workOff();
    ReadingStep step() const;

    std::vector<std::unique_ptr<Job>> m_jobs;
    std::atomic<size_t> m_next = 0;
    std::atomic<int> m_done = 0;
    std::atomic<bool> m_cancelled = false;
};

} // namespace tenken
