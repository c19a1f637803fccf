// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/input.h>
#include <evidence/loadtest/jmeterfields.h>
#include <evidence/loadtest/parse.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tenken
{

namespace
{

constexpr std::string_view timeStampName = "timeStamp";

std::string_view firstLine(std::string_view head)
{
    std::string_view line = head.substr(0, head.find('\n'));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// Delimiters may be any character; letters and digits would make a header that nobody can read.
bool canDelimit(char c)
{
    return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

std::optional<JtlColumns> fromHeader(std::string_view line)
{
    const size_t at = line.find(timeStampName);
    size_t behind = at + timeStampName.size();
    if (behind < line.size() && line[behind] == '"')
        ++behind;
    JtlColumns columns;
    columns.hasHeader = true;
    columns.delimiter = behind < line.size() ? line[behind] : at > 0 ? line[at - 1] : ',';
    if (!canDelimit(columns.delimiter))
        return {};
    const std::pair<std::string_view, int *> names[] = {
        {timeStampName, &columns.timeStamp},     {"elapsed", &columns.elapsed},
        {"responseCode", &columns.responseCode}, {"responseMessage", &columns.responseMessage},
        {"dataType", &columns.dataType},         {"success", &columns.success},
        {"allThreads", &columns.allThreads},     {"URL", &columns.url},
        {"label", &columns.label},               {"SampleCount", &columns.sampleCount},
        {"ErrorCount", &columns.errorCount},
    };
    JtlFields fields(columns.delimiter);
    fields.split(line, 0);
    for (size_t i = 0; i < fields.size(); ++i) {
        for (const auto &[name, column] : names) {
            if (fields[i] == name && *column < 0)
                *column = int(i);
        }
    }
    return columns;
}

/// JMeter's own order, of which a file without a header shows at most the count.
std::optional<JtlColumns> fromRow(std::string_view line)
{
    JtlColumns columns;
    if (line.size() < 15 || !canDelimit(line[13]))
        return {};
    columns.delimiter = line[13];
    JtlFields fields(columns.delimiter);
    qint64 number = 0;
    if (!fields.split(line, 0) || fields.size() < 9 || !parseInteger(fields[0], number)
        || !parseInteger(fields[1], number))
        return {};
    if (fields[7] != "true" && fields[7] != "false")
        return {};
    columns.timeStamp = 0;
    columns.elapsed = 1;
    columns.label = 2;
    columns.responseCode = 3;
    columns.responseMessage = 4;
    columns.dataType = 6;
    columns.success = 7;
    if (fields.size() >= 10 && fields.size() <= 14)
        columns.allThreads = 10; // 2.x: …success,bytes,grpThreads,allThreads,Latency
    else if (fields.size() >= 15)
        columns.allThreads =
            12; // 3.1 and later: …success,failureMessage,bytes,sentBytes,grpThreads,allThreads
    if (columns.allThreads >= 0
        && (size_t(columns.allThreads) >= fields.size()
            || !parseInteger(fields[size_t(columns.allThreads)], number)))
        columns.allThreads = -1;
    return columns;
}

} // namespace

bool isJtlHeader(std::string_view line)
{
    return line.find(timeStampName) != std::string_view::npos
        && line.find("elapsed") != std::string_view::npos;
}

std::optional<JtlColumns> findJtlColumns(std::string_view head)
{
    const std::string_view line = firstLine(head);
    std::optional<JtlColumns> columns = isJtlHeader(line) ? fromHeader(line) : fromRow(line);
    if (!columns || columns->timeStamp < 0 || columns->elapsed < 0
        || (columns->success < 0 && columns->responseCode < 0))
        return {};
    if (columns->responseMessage >= 0)
        columns->url = -1; // wanted only to tell transactions where there is no message
    const int last =
        std::max({columns->timeStamp, columns->elapsed, columns->responseCode, columns->responseMessage,
                  columns->dataType, columns->success, columns->allThreads, columns->url, columns->label,
                  columns->sampleCount, columns->errorCount});
    columns->count = size_t(last) + 1;
    return columns;
}

JtlTimes::Order findJtlOrder(std::string_view head, const JtlColumns &columns)
{
    JtlFields fields(columns.delimiter);
    while (!head.empty() && columns.timeStamp >= 0) {
        const std::string_view line = head.substr(0, head.find('\n'));
        head.remove_prefix(std::min(head.size(), line.size() + 1));
        if (!fields.split(line, size_t(columns.timeStamp) + 1))
            continue;
        const JtlTimes::Order order = JtlTimes::orderIn(fields[size_t(columns.timeStamp)]);
        if (order != JtlTimes::Order::Unknown)
            return order;
    }
    return JtlTimes::Order::Unknown;
}

namespace
{

/// Walks over a record's quotes, from one line into the next.
class Quotes
{
public:
    Quotes(std::string_view text, size_t begin, char delimiter)
        : m_text(text), m_begin(begin), m_at(begin), m_delimiter(delimiter)
    {
    }
    bool openAt(size_t end); ///< a quoted field is open where the line ends

private:
    std::string_view m_text;
    size_t m_begin, m_at;
    char m_delimiter;
    bool m_open = false;
};

bool Quotes::openAt(size_t end)
{
    while (m_at < end) {
        const void *quote = std::memchr(m_text.data() + m_at, '"', end - m_at);
        if (!quote)
            break;
        m_at = size_t(static_cast<const char *>(quote) - m_text.data());
        if (!m_open) // opens at the beginning of a field only
            m_open = m_at == m_begin || m_text[m_at - 1] == m_delimiter;
        else if (m_at + 1 < end && m_text[m_at + 1] == '"')
            ++m_at;
        else
            m_open = false;
        ++m_at;
    }
    m_at = std::max(m_at, end);
    return m_open;
}

} // namespace

bool JtlFields::openQuote(std::string_view row, char delimiter)
{
    return Quotes(row, 0, delimiter).openAt(row.size());
}

JtlRecord jtlRecordAt(std::string_view text, size_t begin, char delimiter)
{
    constexpr int mostLines = 1000;
    constexpr size_t mostBytes = 1024 * 1024;
    Quotes quotes(text, begin, delimiter);
    JtlRecord record, firstLine;
    for (size_t from = begin; record.lines <= mostLines; from = record.next, ++record.lines) {
        const size_t stop = text.find('\n', from);
        const size_t end = std::min(stop, text.size());
        if (record.lines > 1 && end - begin > mostBytes)
            break;
        record.end = end > begin && text[end - 1] == '\r' ? end - 1 : end;
        record.next = std::min(end + 1, text.size());
        if (record.lines == 1)
            firstLine = record;
        if (end - begin > mostBytes || !quotes.openAt(record.end))
            return record;
        if (stop == std::string_view::npos || record.next == text.size()) {
            firstLine.kind = JtlRecord::Open;
            return firstLine;
        }
    }
    firstLine.kind = JtlRecord::Stray;
    return firstLine;
}

bool JtlFields::split(std::string_view row, size_t wanted)
{
    if (row.contains('"')) {
        copyUnquoted(row);
        return size() >= wanted;
    }
    m_copy.assign(row);
    m_copy.append(LineReader::padding, '\0');
    return splitPadded({m_copy.data(), row.size()}, wanted);
}

bool JtlFields::splitPadded(std::string_view row, size_t wanted)
{
    m_row = row.data();
    m_ends.clear();
    if (row.empty())
        m_ends.add(0);
    else if (splitFirst(row, wanted).quoted)
        return split(row, wanted);
    return size() >= wanted;
}

void JtlFields::copyUnquoted(std::string_view row)
{
    m_copy.clear();
    m_ends.clear();
    for (size_t i = 0; i <= row.size(); ++i) {
        if (i < row.size() && row[i] == '"') {
            for (++i; i < row.size(); ++i) {
                if (row[i] != '"')
                    m_copy += row[i];
                else if (i + 1 < row.size() && row[i + 1] == '"')
                    m_copy += row[i++];
                else
                    break;
            }
            i = row.find(m_delimiter, i);
        } else {
            const size_t stop = row.find(m_delimiter, i);
            m_copy += row.substr(i, stop - i);
            i = stop;
        }
        m_ends.add(m_copy.size());
        if (i == std::string_view::npos)
            break;
        m_copy += m_delimiter;
    }
    m_row = m_copy.data();
}

} // namespace tenken
