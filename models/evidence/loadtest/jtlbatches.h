// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <map>

namespace tenken
{

/// Rows of a JTL that stand for several requests each (SampleCount, from JMeter's statistical senders): how
/// many there were and how many failed is told, but of their latencies only the sum.
class JtlBatches
{
public:
    bool add(qint64 timeUs, qint64 requests, qint64 failed, double users); ///< false: it makes no sense
    void addMore(JtlBatches &later); ///< empties it
    bool isEmpty() const { return m_rows == 0; }
    void moveInto(
        LoadTestRun &run); ///< beside the single requests of `run`, whose latencies no longer speak for all

private:
    LoadSecond *at(qint64 second);

    std::map<qint64, LoadSecond> m_seconds;
    qint64 m_first = 0, m_rows = 0;
};

} // namespace tenken
