// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/hdrsamples.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>

// HdrHistogram's interval log: [Tag=NAME,]start,length,max,histogram. Start is relative to the log's
// StartTime or BaseTime, or absolute. What the values count is nowhere written, nor whether the second number is a
// length or an end: the first lines together give a hint and wait until there are enough of them.

namespace tenken
{

namespace
{

constexpr double secondsPerYear = 365 * 86400.0;
constexpr double longestInterval = 86400;
constexpr double farFuture = 1e11;
constexpr size_t enoughLines = 64, mostWaiting = 10'000;
constexpr size_t mostBuckets = 1'000'000; // that wait: 16 MB
constexpr size_t longestTag = 256;

class HdrLogReader
{
public:
    bool line(std::string_view text);
    void skip(qint64 line) { m_skipped += line > 0 ? 1 : 0; }
    LoadTestRun finish(bool cut);

private:
    void comment(std::string_view text);
    static bool parse(std::string_view text, HdrInterval &interval, std::string_view &histogram);
    double baseOf(double start);
    void decide();
    bool add(const HdrInterval &interval);
    void say(LoadTestRun &run, bool cut) const;
    void sayUnit(LoadTestRun &run) const;

    HdrSamples m_samples;
    std::vector<HdrInterval> m_waiting; ///< until it is decided how to read them
    size_t m_telling = 0; ///< of these, with anything in them
    size_t m_buckets = 0; ///< in all of these
    double m_startTime = 0, m_baseTime = 0;
    std::optional<double> m_base; ///< what is added to every start
    int m_part = 0;
    qint64 m_skipped = 0;
    bool m_headSaysEnd = false, m_isEnd = false, m_decided = false;
};

void HdrLogReader::comment(std::string_view text)
{
    for (const auto &[key, into] : {std::pair<std::string_view, double *>{"#[StartTime:", &m_startTime},
                                    {"#[BaseTime:", &m_baseTime}}) {
        if (!text.starts_with(key))
            continue;
        const std::vector<std::string_view> word = words(text.substr(key.size()), 2);
        const std::optional<double> seconds = word.empty() ? std::nullopt : parseNumber(word.front());
        if (!seconds || *seconds <= 0 || *seconds >= farFuture)
            continue;
        if (m_base) { // after lines: another log begins
            m_base.reset();
            m_startTime = m_baseTime = 0;
            ++m_part;
        }
        *into = *seconds;
    }
}

bool HdrLogReader::parse(std::string_view text, HdrInterval &interval, std::string_view &histogram)
{
    if (text.starts_with("Tag=")) {
        const size_t comma = text.find(',');
        if (comma == std::string_view::npos)
            return false;
        interval.tag = text.substr(4, std::min(comma - 4, longestTag));
        text.remove_prefix(comma + 1);
    }
    const std::vector<std::string_view> fields = parts(text, ',', 5);
    if (fields.size() != 4)
        return false;
    const auto start = parseNumber(fields[0]), second = parseNumber(fields[1]), max = parseNumber(fields[2]);
    if (!start || !second || !max || *start < 0 || *start > farFuture || *second < 0 || *second > farFuture)
        return false;
    interval.start = *start;
    interval.second = *second;
    interval.max = *max;
    histogram = fields[3];
    return true;
}

// Logs of the first versions hold seconds since StartTime, later ones may hold seconds since 1970.
double HdrLogReader::baseOf(double start)
{
    if (!m_base) {
        const bool relative = start < m_startTime - secondsPerYear;
        m_base = m_baseTime > 0 ? m_baseTime : relative ? m_startTime : 0;
    }
    return *m_base;
}

bool HdrLogReader::add(const HdrInterval &interval)
{
    const double length = m_isEnd ? interval.second - interval.start : interval.second;
    return length >= 0 && length <= longestInterval && m_samples.add(interval, length);
}

void HdrLogReader::decide()
{
    m_decided = true;
    m_isEnd = secondIsEnd(m_waiting, m_headSaysEnd);
    m_samples.setUnit(hdrUnitOf(m_waiting));
    for (const HdrInterval &interval : std::exchange(m_waiting, {}))
        m_skipped += add(interval) ? 0 : 1;
}

bool HdrLogReader::line(std::string_view text)
{
    if (text.starts_with('#')) {
        comment(text);
        return true;
    }
    if (text.starts_with('"')) {
        m_headSaysEnd = m_headSaysEnd || text.contains("\"EndTimestamp\"");
        return true;
    }
    HdrInterval interval;
    std::string_view histogram;
    if (!parse(text, interval, histogram))
        return false;
    std::optional<std::vector<HdrBucket>> buckets = decodeHdr(histogram);
    if (!buckets)
        return false;
    interval.buckets = std::move(*buckets);
    interval.base = baseOf(interval.start);
    interval.part = m_part;
    if (m_decided)
        return add(interval);
    m_telling += interval.buckets.empty() ? 0 : 1;
    m_buckets += interval.buckets.size();
    m_waiting.push_back(std::move(interval));
    if (m_telling >= enoughLines || m_waiting.size() >= mostWaiting || m_buckets >= mostBuckets)
        decide();
    return true;
}

void HdrLogReader::sayUnit(LoadTestRun &run) const
{
    if (m_samples.unit() == HdrUnit::Open) {
        run.missing.push_back({QStringLiteral("応答時間（ログに単位がなく、最大値の列からも分かりません。最大値を ms で書き出してください）"),
                               QStringLiteral("how long requests took (the log names no unit, nor does its column of "
                                              "maxima tell it: have them written in ms)")});
        return;
    }
    run.remarks.push_back(m_samples.unit() == HdrUnit::Microseconds
                              ? Text{"ログに単位がないため、値をマイクロ秒とみなしました。",
                                     "The log names no unit: its values are taken for microseconds."}
                              : Text{"ログに単位がないため、値をナノ秒とみなしました。マイクロ秒で記録するプログラム（YCSB など）では 1000 倍です。",
                                     "The log names no unit: its values are taken for nanoseconds. Of a program that records "
                                     "microseconds, such as YCSB, all latencies are 1,000 times as long."});
}

void HdrLogReader::say(LoadTestRun &run, bool cut) const
{
    run.percentileMeaning = {QStringLiteral("HdrHistogram の各区間の上端"),
                             QStringLiteral("upper ends of HdrHistogram's buckets")};
    sayUnit(run);
    if (m_samples.hasBoth()) {
        run.remarks.push_back(
            {QStringLiteral("タグのない行だけを合計しました。タグごとの行は重複とみなしています。"),
             QStringLiteral("Only lines without a tag are added up; those with tags are taken for "
                            "parts of them.")});
    }
    if (m_samples.tooLong() > 0) {
        run.remarks.push_back(Text{"6 時間を超える応答時間が %1 件あり、除外しました。",
                                   "%1 latencies beyond six hours are left out."}
                                  .arg(m_samples.tooLong()));
    }
    if (m_samples.tooManyParts()) {
        run.remarks.push_back({QStringLiteral("ファイルに 1,000 を超えるログがあり、1 つの負荷として読みました。"),
                               QStringLiteral("There are more than 1,000 logs in the file: they are read as one load.")});
    }
    if (m_skipped > 0) {
        run.remarks.push_back(
            Text{"読めない行が %1 行あり、除外しました。", "%1 lines could not be read and are left out."}
                .arg(m_skipped));
    }
    if (cut)
        addCutOff(run);
    run.missing.push_back({QStringLiteral("失敗した件数（ヒストグラムには残りません）"),
                           QStringLiteral("how many requests failed (a histogram does not keep it)")});
}

LoadTestRun HdrLogReader::finish(bool cut)
{
    if (!m_decided)
        decide();
    LoadTestRun run = m_samples.take();
    run.tool = QStringLiteral("hdrhistogram");
    run.latencyMeaning = QStringLiteral("as the program measured it that wrote the log");
    run.knowsErrors = false;
    run.skippedLines = m_skipped;
    say(run, cut);
    return run;
}

} // namespace

bool isHdrLog(std::string_view head)
{
    return head.find("\"Interval_Compressed_Histogram\"") != std::string_view::npos
        || head.substr(0, 4096).find(",HISTF") != std::string_view::npos
        || head.starts_with("#[Histogram log format version");
}

Result<LoadTestRun> readHdrLog(LineReader &lines)
{
    HdrLogReader reader;
    const bool cut = readRows(lines, reader, [&](std::string_view line) { return reader.line(line); });
    return reader.finish(cut);
}

} // namespace tenken
