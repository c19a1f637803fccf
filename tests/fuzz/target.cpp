// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One target for every reader: the format is taken from the content. What a reader makes of garbage has to hold
// together, or the process ends. Where TENKEN_FUZZ_LIKE names a file, inputs of other formats are turned away, so
// that a fuzzer stays with one reader.
#include <evidence/loadtest/format.h>
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
    // Some tools count in seconds, and keep their latencies for the run as a whole.
    demand(started == 0 || run.latency.count() == 0 || started == run.latency.count(),
           "the seconds' latencies are the run's");
    demand(run.labels.size() <= 101, "labels are capped");
}

const LoadTestFormat *formatOf(const QString &path)
{
    ByteInput input(path);
    if (!input.open())
        return nullptr;
    LineReader lines(input);
    lines.skipByteOrderMark();
    return loadTestFormatOf(lines.head());
}

/// The only format that is looked at; null: all of them.
const LoadTestFormat *wantedFormat()
{
    const QString example = qEnvironmentVariable("TENKEN_FUZZ_LIKE");
    if (example.isEmpty())
        return nullptr;
    const LoadTestFormat *format = formatOf(example);
    demand(format != nullptr, "the example is of a known format");
    return format;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const LoadTestFormat *const wanted = wantedFormat();
    static const int file = memfd_create("input", 0);
    demand(file >= 0 && ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == ssize_t(size), "the input is written");
    const QString path = QStringLiteral("/proc/self/fd/%1").arg(file);
    if (wanted && formatOf(path) != wanted)
        return -1;
    if (const Result<LoadTestRun> run = readLoadTest(path))
        inspect(*run);
    else
        demand(!run.error().message.isEmpty(), "a refusal says why");
    return 0;
}
