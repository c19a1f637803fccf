// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestfollow.h>

#include <evidence/loadtest/follow.h>

#include <QtConcurrentRun>

#include <chrono>

namespace tenken {

namespace {

using namespace std::chrono_literals;
constexpr auto between = 1s; ///< two looks at the file

/// Values and the follower only: the page may be gone before this is done.
void lookAt(QPromise<LoadTestFollow::Update> &promise, const std::shared_ptr<LoadTestFollower> &follower,
            const std::shared_ptr<const LoadTestPicture> &known)
{
    auto run = follower->poll([&promise](qint64, qint64) { return !promise.isCanceled(); });
    if (promise.isCanceled())
        return;
    if (!run) {
        promise.addResult(LoadTestFollow::Update(std::unexpected(run.error())));
        return;
    }
    if (!*run) {
        promise.addResult(LoadTestFollow::Update(nullptr));
        return;
    }
    auto picture = std::make_shared<LoadTestPicture>(*known);
    picture->run = std::make_shared<const LoadTestRun>(std::move(**run));
    picture->steps = findSteps(*picture->run);
    picture->knee = findKnee(picture->steps, picture->run->model); // without its spread, which takes long
    promise.addResult(LoadTestFollow::Update(std::move(picture)));
}

} // namespace

LoadTestFollow::LoadTestFollow(QObject *parent) : QObject(parent)
{
    m_next.setSingleShot(true);
    m_next.setInterval(between);
    connect(&m_next, &QTimer::timeout, this, &LoadTestFollow::look);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &LoadTestFollow::take);
}

LoadTestFollow::~LoadTestFollow()
{
    m_watcher.disconnect(this);
    stop();
}

void LoadTestFollow::start(const QString &absolutePath, const LoadTestPicture &known)
{
    stop();
    m_follower = std::make_shared<LoadTestFollower>(absolutePath);
    m_known = std::make_shared<const LoadTestPicture>(known);
    look();
}

void LoadTestFollow::stop()
{
    m_next.stop();
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_follower.reset();
}

void LoadTestFollow::look()
{
    if (m_follower)
        m_watcher.setFuture(QtConcurrent::run(lookAt, m_follower, m_known));
}

void LoadTestFollow::take()
{
    if (!m_follower || m_watcher.isCanceled() || m_watcher.future().resultCount() == 0)
        return;
    const Update update = m_watcher.result();
    m_next.start();
    if (!update)
        emit failed(update.error());
    else if (*update)
        emit updated(*update);
}

} // namespace tenken
