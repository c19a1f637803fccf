// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One target for every reader: the format is taken from the content. What a reader makes of garbage has to hold
// together, or the process ends.
#include <evidence/loadtest/reader.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

using namespace tenken;

namespace
{

void demand(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::exit(1);
}

void inspect(const LoadTestRun &run)
{
    demand(run.samples >= 0 && run.errors >= 0 && run.skippedLines >= 0, "counts are not negative");
    demand(std::isfinite(run.startSeconds) && std::isfinite(run.endSeconds), "times are finite");
    demand(run.latency.minMs() <= run.latency.maxMs(), "minimum ≤ maximum");
    qint64 started = 0;
    for (size_t i = 0; i < run.seconds.size(); ++i) {
        demand(i == 0 || run.seconds[i].second == run.seconds[i - 1].second + 1, "no holes between seconds");
        started += run.seconds[i].latency.count();
    }
    demand(run.seconds.empty() || run.latency.count() == 0 || started == run.latency.count(),
           "the seconds' latencies are the run's");
    demand(run.labels.size() <= 101, "labels are capped");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const int file = memfd_create("input", 0);
    demand(file >= 0 && ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == ssize_t(size), "the input is written");
    if (const Result<LoadTestRun> run = readLoadTest(QStringLiteral("/proc/self/fd/%1").arg(file)))
        inspect(*run);
    else
        demand(!run.error().message.isEmpty(), "a refusal says why");
    return 0;
}
