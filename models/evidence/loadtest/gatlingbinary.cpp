// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/bytestream.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/gatling.h>
#include <evidence/loadtest/requestformats.h>

#include <QStringDecoder>

#include <deque>
#include <limits>

// The binary form of Gatling's simulation.log, since 3.13. Records have no length, so nothing can be read
// behind a damaged one. Names and messages are written once and referred to by number from then on.

namespace tenken
{

namespace
{

constexpr size_t longestLabel = 1024; // of its groups

class GatlingBinaryReader
{
public:
    explicit GatlingBinaryReader(LineReader &lines) : m_in(lines) {}
    Result<LoadTestRun> read();

private:
    bool record(quint8 kind);
    bool run();
    bool request();
    bool user();
    bool groups();
    bool string(std::string &text);
    bool cached(std::string_view &text);
    bool count(qint32 &value);
    bool damaged();
    void addRequest(qint32 start, qint32 end, bool failed, std::string_view message);
    qint64 at(qint32 ms) const { return (m_start + ms) * 1000; }

    ByteStream m_in;
    RunBuilder m_run;
    GatlingCounts m_counts;
    std::deque<std::string> m_known; ///< strings by their number − 1
    qint64 m_knownCount = 0; ///< all of them, also those that are no longer kept
    qint64 m_start = 0; ///< epoch ms
    qint64 m_records = 0;
    std::string m_label; ///< the groups and the name of a request
    bool m_damaged = false;
};

bool GatlingBinaryReader::damaged()
{
    m_damaged = true;
    return false;
}

/// Lists of names in the header and of groups; longer than any real one is damage.
bool GatlingBinaryReader::count(qint32 &value)
{
    constexpr qint32 most = 1'000'000;
    return m_in.bigEndian32(value) && ((value >= 0 && value <= most) || damaged());
}

bool GatlingBinaryReader::string(std::string &text)
{
    constexpr size_t longestKept = 1024;
    text.clear();
    qint32 length = 0;
    if (!m_in.bigEndian32(length))
        return false;
    if (length < 0)
        return damaged();
    if (length == 0)
        return true;
    std::string_view bytes;
    quint8 coder = 0;
    const size_t kept = std::min(size_t(length), longestKept);
    if (!m_in.take(kept, bytes))
        return false;
    const std::string begin(bytes);
    if (!m_in.skip(quint64(length) - kept) || !m_in.byte(coder))
        return false;
    if (coder > 1)
        return damaged();
    QStringDecoder decode(coder == 0 ? QStringDecoder::Latin1 : QStringDecoder::Utf16LE);
    const QString decoded = decode(QByteArrayView(begin.data(), qsizetype(begin.size())));
    text = decoded.toStdString();
    return true;
}

bool GatlingBinaryReader::cached(std::string_view &text)
{
    constexpr size_t mostKept = 200'000;
    qint32 number = 0;
    if (!m_in.bigEndian32(number))
        return false;
    if (number > 0) {
        std::string fresh;
        if (number != m_knownCount + 1)
            return damaged();
        if (!string(fresh))
            return false;
        ++m_knownCount;
        text = {};
        if (m_known.size() < mostKept) {
            m_known.push_back(std::move(fresh));
            text = m_known.back();
        }
        return true;
    }
    if (number == 0 || -qint64(number) > m_knownCount)
        return damaged();
    const size_t index = size_t(-qint64(number)) - 1;
    text = index < m_known.size() ? std::string_view(m_known[index]) : std::string_view("other");
    return true;
}

bool GatlingBinaryReader::run()
{
    std::string version, text;
    if (!string(version) || !string(text) || !m_in.bigEndian64(m_start) || !string(text))
        return false;
    constexpr qint64 farFuture = 100'000'000'000'000; // ms; beyond it the sum in µs could overflow
    if (m_start < 0 || m_start > farFuture)
        return damaged();
    m_counts.version = version;
    qint32 scenarios = 0, assertions = 0;
    if (!count(scenarios))
        return false;
    while (scenarios-- > 0) {
        if (!string(text))
            return false;
    }
    if (!count(assertions))
        return false;
    while (assertions-- > 0) {
        qint32 length = 0;
        if (!m_in.bigEndian32(length) || (length < 0 && !damaged()) || !m_in.skip(quint64(length)))
            return false;
    }
    return true;
}

bool GatlingBinaryReader::groups()
{
    qint32 left = 0;
    std::string_view name;
    if (!count(left))
        return false;
    m_label.clear();
    while (left-- > 0) {
        if (!cached(name))
            return false;
        if (m_label.size() < longestLabel)
            (m_label += name) += " / ";
    }
    return true;
}

void GatlingBinaryReader::addRequest(qint32 start, qint32 end, bool failed, std::string_view message)
{
    // A request whose answer never came ends at Long.MinValue, of which the file keeps the lower half.
    const quint64 never = quint64(std::numeric_limits<qint64>::min()) - quint64(m_start);
    if (end == qint32(quint32(never)))
        ++m_counts.withoutEnd;
    else if (!m_run.request(at(start), at(end), (qint64(end) - start) * 1000, failed, m_label))
        m_run.skip(m_records);
    else if (failed)
        m_run.error(message);
}

bool GatlingBinaryReader::request()
{
    std::string_view name, message;
    qint32 start = 0, end = 0;
    quint8 ok = 0;
    if (!groups() || !cached(name) || !m_in.bigEndian32(start) || !m_in.bigEndian32(end) || !m_in.byte(ok)
        || !cached(message))
        return false;
    if (ok > 1)
        return damaged();
    m_label += name;
    addRequest(start, end, ok == 0, message);
    return true;
}

bool GatlingBinaryReader::user()
{
    qint32 scenario = 0, time = 0;
    quint8 start = 0;
    if (!m_in.bigEndian32(scenario) || !m_in.byte(start) || !m_in.bigEndian32(time))
        return false;
    if (scenario < 0 || start > 1)
        return damaged();
    if (!(start ? m_run.userStart(at(time)) : m_run.userEnd(at(time))))
        m_run.skip(m_records);
    return true;
}

bool GatlingBinaryReader::record(quint8 kind)
{
    std::string_view text;
    switch (kind) {
    case 0:
        return run();
    case 1:
        return request();
    case 2:
        return user();
    case 3: // a group: start, end, cumulated time, outcome; not a request
        return groups() && m_in.skip(13);
    case 4:
        ++m_counts.scenarioErrors;
        return cached(text) && m_in.skip(4);
    default:
        return damaged();
    }
}

Result<LoadTestRun> GatlingBinaryReader::read()
{
    quint8 kind = 0;
    while (m_in.byte(kind)) {
        ++m_records;
        const qint64 begin = m_in.position() - 1;
        if (record(kind))
            continue;
        m_counts.cut = !m_damaged;
        if (!m_damaged)
            return finishGatling(m_run, m_counts);
        LoadTestRun run = finishGatling(m_run, m_counts);
        run.cutOff = true;
        run.remarks.push_back(Text{"%1 バイト目からデータが壊れています。その前までを読みました。",
                                   "The data is damaged from byte %1 on; everything before it was read."}
                                  .arg(begin));
        return run;
    }
    return finishGatling(m_run, m_counts);
}

} // namespace

bool isGatlingBinary(std::string_view head)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return head.size() > 8 && head.starts_with(std::string_view("\0\0\0\0", 4)) && head[4] > 2 && head[4] < 32
        && digit(head[5]) && (head[6] == '.' || head[7] == '.') && (digit(head[7]) || digit(head[8]));
}

Result<LoadTestRun> readGatlingBinary(LineReader &lines)
{
    return GatlingBinaryReader(lines).read();
}

} // namespace tenken
