// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken
{

/// Results appended to each other in one file, of a tool whose times are offsets: each begins at 0 with a header of its
/// own. They are laid one after the other, each a level.
class AppendedRuns
{
public:
    /// A header line: what follows is another run, unless nothing came before it.
    void header();
    bool isFull() const { return m_isFull; } ///< too many runs: the rows that follow are left out
    qint64 offsetUs() const { return m_base; } ///< to add to the times of a row
    void row(qint64 endUs); ///< of a row that was taken, offset included
    qint64 largest() const { return m_largest; } ///< rows of the run that has most
    /// Gives a finished run a level for each.
    void settle(LoadTestRun &run) const;

private:
    qint64 m_base = 0, m_lastUs = -1;
    qint64 m_rows = 0, m_largest = 0;
    bool m_isFull = false;
    std::vector<double> m_begins = {0}; ///< seconds
};

} // namespace tenken
