// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/summary.h>

#include <string>

namespace tenken
{

/// A row of a comma-separated file, quotes taken off.
std::vector<std::string> csvRow(std::string_view line, size_t most = 100, char delimiter = ',');
/// Of a header: spreadsheets save with semicolons or tabs where the comma is the decimal sign.
char csvDelimiter(std::string_view header);

/// The columns of Locust's tables, by name: their words changed with its age, and percentiles are configurable.
class LocustColumns
{
public:
    explicit LocustColumns(std::string_view header);

    struct Row {
        std::string type, name;
        std::optional<double> timestamp, users, requestsPerSecond;
        std::optional<qint64> requests, failures;
        std::optional<double> medianMs, meanMs, minMs, maxMs;
        std::vector<std::pair<double, double>> percentiles; ///< those that are stated and not 0
        bool isTotal() const { return name == "Aggregated" || name == "Total" || name == " Total"; }
    };
    std::optional<Row> row(std::string_view line) const;
    bool isStats() const { return m_requests >= 0 && m_failures >= 0 && m_timestamp < 0 && m_name >= 0; }
    bool isHistory() const { return m_requests >= 0 && m_timestamp >= 0 && m_name >= 0; }

private:
    char m_delimiter = ',';
    int m_type = -1, m_name = -1, m_timestamp = -1, m_users = -1, m_rps = -1;
    int m_requests = -1, m_failures = -1, m_median = -1, m_mean = -1, m_min = -1, m_max = -1;
    std::vector<std::pair<double, int>> m_percentiles;
    size_t m_least = 0;
};

LoadTestRun locustRun();

} // namespace tenken
