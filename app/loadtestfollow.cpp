// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestinput.h"

#include <evidence/loadtest/follow.h>

#include <QFileInfo>
#include <QThread>

#include <utility>

namespace tenken::app {

namespace {

constexpr int restSeconds = 10; // a generator writes more often than that

} // namespace

Result<LoadTestReport> followReport(const LoadTestWishes &wishes, const std::function<void(const LoadTestReport &)> &told)
{
    const TestFiles files = grouped(wishes).front();
    const auto before = readBefore(wishes);
    if (!before)
        return std::unexpected(before.error());
    LoadTestFollower follower(files.files.first());
    std::optional<Result<LoadTestReport>> last;
    qint64 size = -1;
    for (int rested = 0; rested < restSeconds; ++rested) {
        // A file that grows is written, also where what is in it so far cannot be read.
        if (const qint64 now = QFileInfo(files.files.first()).size(); now != std::exchange(size, now))
            rested = 0;
        auto added = follower.poll();
        if (!added && !QFileInfo::exists(files.files.first()))
            return std::unexpected(added.error()); // what was begun and is not readable yet may become so
        if (added && *added) {
            rested = 0;
            auto test = analysed(std::move(**added), files, wishes);
            if (test) {
                std::vector<TestedRun> tests;
                tests.push_back(std::move(*test));
                last = reportOf(std::move(tests), *before, wishes.knee);
                told(**last);
            } else {
                last = std::unexpected(test.error());
            }
        }
        QThread::sleep(1);
    }
    return last ? std::move(*last) : readReport(wishes); // which says why nothing came of it
}

} // namespace tenken::app
