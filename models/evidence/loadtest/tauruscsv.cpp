// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/locuststats.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>
#include <evidence/loadtest/taurus.h>

#include <algorithm>

// Taurus' final stats as CSV (dump-csv): a row for each label, columns named as the XML's elements, with the
// percentile or the status behind an underscore: label,avg_ct,…,perc_95.0,…,rc_200.

namespace tenken
{

namespace
{

struct Column {
    std::string name;
    std::string param;
};

std::vector<Column> columnsOf(std::string_view header)
{
    std::vector<Column> columns;
    for (std::string &name : csvRow(header, 200, csvDelimiter(header))) {
        Column &column = columns.emplace_back(std::string(trimmed(name)), std::string());
        if (const size_t end = column.name.find('_'); column.name.starts_with("perc_") || column.name.starts_with("rc_")) {
            column.param = column.name.substr(end + 1);
            column.name.resize(end);
        }
    }
    return columns;
}

size_t labelIn(const std::vector<Column> &columns)
{
    return size_t(std::ranges::find(columns, "label", &Column::name) - columns.begin());
}

} // namespace

bool isTaurusCsv(std::string_view head)
{
    const std::string_view line = head.substr(0, head.find('\n'));
    return line.contains("label") && line.contains("avg_rt") && line.contains("perc_") && line.contains("throughput");
}

Result<LoadTestRun> readTaurusCsv(LineReader &lines)
{
    std::string_view line;
    (void)lines.next(line);
    const char delimiter = csvDelimiter(line);
    const std::vector<Column> columns = columnsOf(line);
    const size_t label = labelIn(columns);
    TaurusGroups groups;
    qint64 skipped = 0;
    while (lines.next(line)) {
        const std::vector<std::string> fields = csvRow(line, 200, delimiter);
        if (fields.size() < columns.size() || label >= fields.size()) {
            skipped += trimmed(line).empty() ? 0 : 1;
            continue;
        }
        groups.begin(fields[label]);
        for (size_t i = 0; i < columns.size(); ++i)
            groups.figure(columns[i].name, columns[i].param, parseNumber(fields[i]).value_or(-1));
    }
    LoadTestRun run = groups.finish(0);
    run.skippedLines = skipped;
    return run;
}

} // namespace tenken
