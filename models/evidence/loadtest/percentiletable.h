// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <optional>
#include <string_view>

namespace tenken
{

/// The table that HdrHistogram prints, between blanks or as CSV, "Value Percentile TotalCount 1/(1-Percentile)", with
/// the "#[Mean = …]" lines below it; `vegeta report -type=hdrplot` prints it without them. Of several in a file the
/// first is read.
class PercentileTable
{
public:
    static bool isHeader(std::string_view line); ///< "Value", "Value(ms)", also in quotes
    void line(std::string_view text);
    /// What the table says into `run.whole`, with remarks on what it does not say by itself.
    void finish(LoadTestRun &run);

private:
    void footer(std::string_view text);
    void row(std::string_view text);
    void fillBetween(LoadTestRun &run);

    LoadAggregate m_whole;
    std::optional<qint64> m_total; ///< stated below the table or by its last row
    double m_last = -1; ///< the highest percentile of the first table
    double m_previous = -1; ///< of the row before
    qint64 m_tables = 0;
};

} // namespace tenken
