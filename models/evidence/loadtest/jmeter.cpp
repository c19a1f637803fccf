// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/blocks.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/jmeterfields.h>
#include <evidence/loadtest/jtlbatches.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/parse.h>

#include <QHash>

#include <utility>

// JMeter's JTL as CSV: any columns in any order, any delimiter, with or without a header, times as numbers or
// as dates. A row's time is the request's START (JMeter's default).

namespace tenken
{

namespace
{

constexpr std::string_view transactionMessage = "Number of samples in transaction";
constexpr std::string_view noneFailed = "number of failing samples : 0";

/// "X-0" and "X-1" beside "X" are redirects or embedded resources, which JMeter writes as rows beside that of the whole.
/// A row does not tell which it belongs to, so they stay counted and the run says so.
void addSubSamples(LoadTestRun &run)
{
    QHash<QStringView, qint64> byName;
    for (const LoadLabel &label : run.labels)
        byName.insert(label.name, label.samples);
    for (const LoadLabel &label : run.labels) {
        qsizetype end = label.name.size();
        while (end > 0 && label.name[end - 1] >= u'0' && label.name[end - 1] <= u'9')
            --end;
        const bool numbered = end < label.name.size() && end > 1 && label.name[end - 1] == u'-';
        const qint64 whole = numbered ? byName.value(QStringView(label.name).first(end - 1)) : 0;
        run.subSamples += label.samples <= whole ? label.samples : 0;
    }
    if (run.subSamples > 0) {
        run.remarks.push_back(Text{"%1 行は、名前からみて別の行の一部（転送や埋め込みの資源）です。行からは区別できないため要求として数えており、"
                                   "スループットが実際より大きい恐れがあります。",
                                   "By their names %1 rows are parts of others (redirects, embedded resources). Rows do not tell, so "
                                   "they are counted as requests and the throughput may be too high."}
                                  .arg(run.subSamples));
    }
}

class JmeterReader : public RecordParser
{
public:
    JmeterReader(const JtlColumns &columns, JtlTimes::Order order)
        : m_columns(columns), m_order(order), m_fields(columns.delimiter), m_times(order)
    {
    }
    std::unique_ptr<RecordParser> another() const override { return std::make_unique<JmeterReader>(m_columns, m_order); }
    std::unique_ptr<RecordParser> copy() const override { return std::make_unique<JmeterReader>(*this); }
    size_t cut(std::string_view text) const override;
    void parse(std::string_view text, bool openEnd) override;
    Result<LoadTestRun> finish() override;

private:
    size_t quotedRecord(std::string_view text, bool openEnd);
    void settle(bool read, std::string_view text, bool cut);
    bool row();
    bool batch(qint64 start, qint64 requests, bool failed);
    bool isTransaction() const;
    bool failed(bool &known) const;
    std::string errorKind() const;
    void addMore(RecordParser &later) override;
    std::string_view field(int column) const
    {
        return column < 0 ? std::string_view() : m_fields[size_t(column)];
    }

    JtlColumns m_columns;
    JtlTimes::Order m_order;
    JtlFields m_fields;
    JtlTimes m_times;
    qint64 m_transactions = 0;
    qint64 m_excused = 0;
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
    if (isWord(success, "true"))
        return false;
    if (isWord(success, "false"))
        return true;
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

/// A row of a statistical sender, which adds up several requests.
bool JmeterReader::batch(qint64 start, qint64 requests, bool failed)
{
    qint64 failures = 0, threads = -1;
    if (!parseInteger(field(m_columns.errorCount), failures))
        failures = failed ? requests : 0; // at worst
    (void)parseInteger(field(m_columns.allThreads), threads);
    if (!m_run.batch(start, requests, failures))
        return false;
    m_run.usersGauge(start, double(threads));
    return true;
}

bool JmeterReader::row()
{
    qint64 start = 0, elapsed = 0;
    if (!parseInteger(field(m_columns.elapsed), elapsed) || elapsed < 0 || elapsed > 1'000'000'000)
        return false;
    if (!m_times.read(field(m_columns.timeStamp), start)) {
        m_times.refuse(field(m_columns.timeStamp), m_lines);
        return false;
    }
    if (isTransaction()) {
        ++m_transactions;
        const bool apart = isWord(field(m_columns.success), "false") && field(m_columns.responseMessage).ends_with(noneFailed);
        m_excused += apart ? 1 : 0;
        return true;
    }
    bool known = false;
    const bool bad = failed(known);
    if (qint64 several = 0; m_columns.sampleCount >= 0 && parseInteger(field(m_columns.sampleCount), several) && several > 1)
        return batch(start, several, bad);
    qint64 threads = -1;
    (void)parseInteger(field(m_columns.allThreads), threads);
    if (!known || !m_run.userRequest(start, start + elapsed * 1000, bad, field(m_columns.label), threads))
        return false;
    if (bad)
        m_run.error(errorKind());
    else if (const std::string_view code = field(m_columns.responseCode); code.size() == 3 && code[0] == '5')
        ++m_excused;
    return true;
}

void JmeterReader::settle(bool read, std::string_view text, bool cut)
{
    if (read || text.empty() || isJtlHeader(text)) // appended runs repeat the header
        return;
    if (cut)
        m_cut = true;
    else
        m_run.skip(m_lines);
}

// A record with line breaks in it must not be cut in two.
size_t JmeterReader::cut(std::string_view text) const
{
    if (!text.contains('"'))
        return RecordParser::cut(text);
    size_t at = 0;
    while (at < text.size()) {
        const JtlRecord record = jtlRecordAt(text, at, m_columns.delimiter);
        if (record.kind == JtlRecord::Open || text[record.next - 1] != '\n')
            break;
        at = record.next;
    }
    return at;
}

// The record that begins the text, whose first line has quotes. Answers where the next one begins.
size_t JmeterReader::quotedRecord(std::string_view text, bool openEnd)
{
    const JtlRecord record = jtlRecordAt(text, 0, m_columns.delimiter);
    const std::string_view content = text.substr(0, record.end);
    if (content.size() > LineReader::maxRecord) {
        leaveOutLine();
        return record.next;
    }
    m_run.atLine(++m_lines);
    if (record.kind == JtlRecord::Whole)
        settle(m_fields.split(content, m_columns.count) && row(), content, openEnd && record.next == text.size());
    else
        m_run.skip(m_lines);
    m_lines += record.lines - 1;
    return record.next;
}

void JmeterReader::parse(std::string_view text, bool openEnd)
{
    while (!text.empty()) {
        const FirstLine line = m_fields.splitFirst(text, m_columns.count);
        if (line.quoted) {
            text.remove_prefix(quotedRecord(text, openEnd));
            continue;
        }
        if (line.end > LineReader::maxRecord) {
            leaveOutLine();
        } else {
            m_run.atLine(++m_lines);
            const bool read = m_fields.size() >= m_columns.count && row();
            settle(read, text.substr(0, line.end), openEnd && line.next == text.size());
        }
        text.remove_prefix(line.next);
    }
}

void JmeterReader::addMore(RecordParser &later)
{
    auto &other = static_cast<JmeterReader &>(later);
    m_transactions += std::exchange(other.m_transactions, 0);
    m_excused += std::exchange(other.m_excused, 0);
    m_times.add(other.m_times, m_lines);
    m_cut = std::exchange(other.m_cut, false) || m_cut;
}

Result<LoadTestRun> JmeterReader::finish()
{
    if (m_times.contradictsItself() || m_times.refused() > m_run.samples())
        return failure(m_times.unreadable());
    LoadTestRun run =
        m_run.finish({.users = m_columns.allThreads >= 0 ? UsersFrom::Gauge : UsersFrom::Nowhere});
    run.tool = QStringLiteral("jmeter");
    run.latencyMeaning =
        QStringLiteral("request start to last byte of the answer, connecting included (elapsed)");
    const bool single = m_run.batches() == 0; // of the others it is not known how long they kept a thread busy
    run.model = modelFromThreads(run, single ? m_run.lowLoadUtilisation() : -1);
    if (m_transactions > 0) {
        run.remarks.push_back(Text{"Transaction Controller の集計行 %1 件はリクエストに数えません。",
                                   "%1 rows of transaction controllers are sums, not counted as requests."}
                                  .arg(m_transactions));
    }
    settleBatches(run, m_run.batches());
    if (m_times.hasNoZone())
        addNoZone(run);
    if (m_times.isGuessed()) {
        run.remarks.push_back({QStringLiteral("日付の月と日のどちらが先かがファイルから分からず、月を先として読みました。"),
                               QStringLiteral("Nothing shows whether its dates begin with the day or the month: they are read as month "
                                              "first.")});
    }
    if (m_cut)
        addCutOff(run);
    addExcused(run, m_excused);
    addSubSamples(run);
    return run;
}

} // namespace

bool isJmeterCsv(std::string_view head)
{
    return findJtlColumns(head).has_value();
}

Result<LoadTestRun> readJmeterCsv(LineReader &lines)
{
    return readRecords(lines, jmeterCsvParser(lines.head()));
}

std::unique_ptr<RecordParser> jmeterCsvParser(std::string_view head)
{
    const JtlColumns columns = findJtlColumns(head).value_or(JtlColumns{});
    return std::make_unique<JmeterReader>(columns, findJtlOrder(head, columns));
}

} // namespace tenken
