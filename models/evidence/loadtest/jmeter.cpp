// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/jmeterfields.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/parse.h>

// JMeter's JTL as CSV: any columns in any order, any delimiter, with or without a header, times as numbers or
// as dates. A row's time is the request's START (JMeter's default).

namespace tenken
{

namespace
{

constexpr std::string_view transactionMessage = "Number of samples in transaction";

class JmeterReader
{
public:
    explicit JmeterReader(JtlColumns columns) : m_columns(columns), m_fields(columns.delimiter) {}
    void read(LineReader &lines);
    Result<LoadTestRun> finish();

private:
    bool row(std::string_view text);
    bool isTransaction() const;
    bool failed(bool &known) const;
    std::string errorKind() const;
    std::string_view field(int column) const
    {
        return column < 0 ? std::string_view() : m_fields[size_t(column)];
    }

    JtlColumns m_columns;
    JtlFields m_fields;
    RunBuilder m_run;
    qint64 m_transactions = 0;
    bool m_formattedTimes = false;
    bool m_cut = false;
};

// A transaction controller's row sums up the rows of its requests: counting it would double the throughput.
bool JmeterReader::isTransaction() const
{
    if (m_columns.responseMessage >= 0)
        return field(m_columns.responseMessage).starts_with(transactionMessage);
    return m_columns.dataType >= 0 && field(m_columns.dataType).empty() && field(m_columns.url) == "null";
}

bool JmeterReader::failed(bool &known) const
{
    const std::string_view success = field(m_columns.success);
    const std::string_view code = field(m_columns.responseCode);
    known = true;
    if (success == "true" || success == "false")
        return success == "false";
    known = m_columns.success < 0 && code.size() == 3;
    return !(code.starts_with('2') || code.starts_with('3'));
}

std::string JmeterReader::errorKind() const
{
    const std::string_view code = field(m_columns.responseCode);
    const std::string_view message = field(m_columns.responseMessage);
    std::string kind(code);
    if (!message.empty() && code.size() <= 3)
        kind += (kind.empty() ? "" : " ") + std::string(message);
    return kind;
}

bool JmeterReader::row(std::string_view text)
{
    if (!m_fields.split(text, m_columns.count))
        return false;
    qint64 start = 0, elapsed = 0;
    const std::string_view stamp = field(m_columns.timeStamp);
    if (!parseInteger(field(m_columns.elapsed), elapsed) || elapsed < 0 || elapsed > 1'000'000'000)
        return false;
    if (parseInteger(stamp, start)) {
        if (start < 0 || start > 100'000'000'000'000)
            return false;
        start *= 1000;
    } else if (const std::optional<qint64> time = parseLocalTime(stamp)) {
        start = *time;
        m_formattedTimes = true;
    } else {
        return false;
    }
    if (isTransaction()) {
        ++m_transactions;
        return true;
    }
    bool known = false;
    const bool bad = failed(known);
    const qint64 end = start + elapsed * 1000;
    if (!known || !m_run.request(start, end, elapsed * 1000, bad))
        return false;
    if (bad)
        m_run.error(errorKind());
    qint64 threads = 0;
    if (parseInteger(field(m_columns.allThreads), threads))
        m_run.usersGauge(start, double(threads));
    m_run.busy(end, elapsed * 1000);
    return true;
}

void JmeterReader::read(LineReader &lines)
{
    std::string_view line;
    while (lines.next(line)) {
        const qint64 number = lines.lineNumber();
        if (line.empty())
            continue;
        if (JtlFields::openQuote(line, m_columns.delimiter)) { // a message with line breaks in it
            int joined = 0;
            bool open = true;
            while (open && joined++ < 1000 && lines.extend(line))
                open = JtlFields::openQuote(line, m_columns.delimiter);
            if (open) { // a stray quote, not a quoted field: only its own line is lost
                lines.backToFirstLine();
                m_run.skip(number);
                continue;
            }
        }
        if (row(line) || isJtlHeader(line)) // appended runs repeat the header
            continue;
        if (lines.lastLineCut())
            m_cut = true;
        else
            m_run.skip(number);
    }
}

Result<LoadTestRun> JmeterReader::finish()
{
    LoadTestRun run =
        m_run.finish({.users = m_columns.allThreads >= 0 ? UsersFrom::Gauge : UsersFrom::Nowhere});
    run.tool = QStringLiteral("jmeter");
    run.latencyMeaning =
        QStringLiteral("request start to last byte of the answer, connecting included (elapsed)");
    run.model = modelFromThreads(run, m_run.lowLoadUtilisation());
    if (m_transactions > 0) {
        run.remarks.push_back(Text{"Transaction Controller の集計行 %1 件はリクエストに数えません。",
                                   "%1 rows of transaction controllers are sums, not counted as requests."}
                                  .arg(m_transactions));
    }
    if (m_formattedTimes) {
        run.remarks.push_back({QStringLiteral("時刻にタイムゾーンがないため、UTC として読みました。"),
                               QStringLiteral("The time stamps name no zone; they are read as UTC.")});
    }
    if (m_cut)
        run.remarks.push_back(lastRecordCutOff());
    return run;
}

} // namespace

bool isJmeterCsv(std::string_view head)
{
    return findJtlColumns(head).has_value();
}

Result<LoadTestRun> readJmeterCsv(LineReader &lines)
{
    JmeterReader reader(findJtlColumns(lines.head()).value_or(JtlColumns{}));
    reader.read(lines);
    return reader.finish();
}

} // namespace tenken
