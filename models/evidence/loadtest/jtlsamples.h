// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>

#include <array>

namespace tenken
{

/// The samples of a JTL as XML: those inside others are the requests, those that hold others their sums.
/// Knows nothing of XML's troubles.
class JtlSamples
{
public:
    void open(const char **attributes);
    void close();
    void forget(); ///< samples that are open: the file is damaged inside of them
    bool isOpen() const { return m_depth > 0; }
    void skip() { m_run.skip(m_count + 1); }
    LoadTestRun finish();

private:
    struct Sample {
        qint64 start = -1, elapsed = -1, threads = -1; ///< ms
        qint64 requests = 1, failures = -1; ///< more than one from a statistical sender
        bool failed = false, judged = false;
        bool hasSamples = false, hasFailedSample = false;
        std::string label, code, message;
        void clear()
        {
            start = elapsed = threads = failures = -1;
            requests = 1;
            failed = judged = hasSamples = hasFailedSample = false;
            label.clear();
            code.clear();
            message.clear();
        }
    };
    static constexpr size_t deepest = 32; ///< samples inside samples
    void count(const Sample &sample);

    RunBuilder m_run;
    std::array<Sample, deepest> m_open;
    size_t m_depth = 0; ///< may go beyond `deepest`: those are not looked at
    qint64 m_count = 0;
    qint64 m_transactions = 0, m_failedApart = 0, m_excused = 0;
    bool m_hasThreads = false;
};

} // namespace tenken
