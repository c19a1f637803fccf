// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/jobs.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tenken {

void Jobs::add(const QString &name, std::function<void(const Progress &)> work)
{
    auto job = std::make_unique<Job>();
    job->name = name;
    job->work = std::move(work);
    m_jobs.push_back(std::move(job));
}

void Jobs::workOff()
{
    while (!m_cancelled) {
        const size_t number = m_next++;
        if (number >= m_jobs.size())
            return;
        Job &job = *m_jobs[number];
        job.work([&](qint64 done, qint64 total) {
            job.percent = total > 0 ? static_cast<int>(100.0 * static_cast<double>(done) / static_cast<double>(total)) : -1;
            return !m_cancelled;
        });
        job.finished = true;
        ++m_done;
    }
}

/// The first job that is not finished is the one that people wait for.
ReadingStep Jobs::step() const
{
    QString what;
    for (const auto &job : m_jobs) {
        if (job->finished)
            continue;
        what = job->percent < 0 ? job->name : job->name + QStringLiteral(" %1 %").arg(job->percent.load());
        break;
    }
    return {sameText(what), m_done, static_cast<int>(m_jobs.size())};
}

bool Jobs::run(const ReadOptions &options)
{
    const auto report = [&] {
        if (options.progress && !options.progress(step()))
            m_cancelled = true;
    };
    report();
    std::mutex mutex;
    std::condition_variable changed;
    const size_t cores = options.threads > 0 ? size_t(options.threads) : std::max(1U, std::thread::hardware_concurrency());
    size_t running = std::min(cores, m_jobs.size());
    std::vector<std::jthread> threads;
    for (size_t i = 0, count = running; i < count; ++i) {
        threads.emplace_back([&] {
            workOff();
            const std::lock_guard lock(mutex);
            --running;
            changed.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    while (!changed.wait_for(lock, std::chrono::milliseconds(40), [&] { return running == 0; })) {
        lock.unlock(); // the callback may take its time
        report();
        lock.lock();
    }
    lock.unlock();
    threads.clear();
    if (!m_cancelled)
        report();
    return !m_cancelled;
}

} // namespace tenken
