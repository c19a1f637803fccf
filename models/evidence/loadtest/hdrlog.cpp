// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/hdrdecode.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>
#include <evidence/loadtest/summary.h>

#include <cmath>

// HdrHistogram's interval log: [Tag=NAME,]start,length,max,histogram. Start is relative to the log's
// StartTime or BaseTime, or absolute. What the values count is nowhere written; the unit of `max` gives a
// hint.

namespace tenken
{

namespace
{

constexpr double secondsPerYear = 365 * 86400.0;
constexpr double longestRun = 4 * 86400.0, longestInterval = 86400;
constexpr double farFuture = 1e11;
constexpr qint64 longestLatencyUs = 6LL * 3600 * 1'000'000;
constexpr double largestSum = 4e18; // µs over all samples: the histogram's sum is 64 bits
constexpr qint64 mostCells = 16'000'000; // counts of a bucket in a second, which is what takes memory
constexpr size_t mostTags = 100;

struct Interval {
    std::string_view tag, histogram;
    double start = 0, length = 0, max = 0;
};

struct Samples {
    std::map<qint64, LoadSecond> seconds;
    double first = 0, last = 0;
    bool any = false;
};

class HdrLogReader
{
public:
    bool line(std::string_view text);
    void skip(qint64 line) { m_skipped += line > 0 ? 1 : 0; }
    LoadTestRun finish(bool cut);

private:
    void comment(std::string_view text);
    static bool parse(std::string_view text, Interval &interval);
    double absolute(double start);
    bool add(const Interval &interval, const std::vector<HdrBucket> &buckets);
    void takeUnit(const Interval &interval, const std::vector<HdrBucket> &buckets);
    void addTag(std::string_view tag, const std::vector<HdrBucket> &buckets);
    qint64 microseconds(qint64 value) const { return m_inMicroseconds ? value : (value + 500) / 1000; }
    void say(LoadTestRun &run, bool cut) const;

    Samples m_untagged, m_tagged;
    std::vector<LoadLabel> m_tags;
    qint64 m_tagsBeyond = 0;
    double m_startTime = 0, m_baseTime = 0;
    std::optional<double> m_base; ///< what is added to every start
    double m_sum = 0;
    qint64 m_cells = 0;
    qint64 m_skipped = 0;
    bool m_unitKnown = false, m_inMicroseconds = false;
};

void HdrLogReader::comment(std::string_view text)
{
    for (const auto &[key, into] : {std::pair<std::string_view, double *>{"#[StartTime:", &m_startTime},
                                    {"#[BaseTime:", &m_baseTime}}) {
        if (!text.starts_with(key))
            continue;
        const std::vector<std::string_view> word = words(text.substr(key.size()), 2);
        const std::optional<double> seconds = word.empty() ? std::nullopt : parseNumber(word.front());
        if (seconds && *seconds > 0 && *seconds < farFuture)
            *into = *seconds;
    }
}

bool HdrLogReader::parse(std::string_view text, Interval &interval)
{
    if (text.starts_with("Tag=")) {
        const size_t comma = text.find(',');
        if (comma == std::string_view::npos)
            return false;
        interval.tag = text.substr(4, comma - 4);
        text.remove_prefix(comma + 1);
    }
    const std::vector<std::string_view> fields = parts(text, ',', 5);
    if (fields.size() != 4)
        return false;
    const auto start = parseNumber(fields[0]), length = parseNumber(fields[1]), max = parseNumber(fields[2]);
    if (!start || !length || !max || *start < 0 || *start > farFuture || *length < 0
        || *length > longestInterval)
        return false;
    interval.start = *start;
    interval.length = *length;
    interval.max = *max;
    interval.histogram = fields[3];
    return true;
}

// Logs of the first versions hold seconds since StartTime, later ones may hold seconds since 1970.
double HdrLogReader::absolute(double start)
{
    if (!m_base) {
        const bool relative = start < m_startTime - secondsPerYear;
        m_base = m_baseTime > 0 ? m_baseTime : relative ? m_startTime : 0;
    }
    return *m_base + start;
}

/// Writers scale `max` to ms: by a million, as is the default, where they count nanoseconds.
void HdrLogReader::takeUnit(const Interval &interval, const std::vector<HdrBucket> &buckets)
{
    if (m_unitKnown || buckets.empty() || interval.max <= 0)
        return;
    const double ratio = double(buckets.back().highest) / interval.max;
    m_unitKnown = true;
    m_inMicroseconds = ratio > 500 && ratio < 2000;
}

void HdrLogReader::addTag(std::string_view tag, const std::vector<HdrBucket> &buckets)
{
    const QString name = QString::fromUtf8(tag.substr(0, 256));
    auto label = std::ranges::find(m_tags, name, &LoadLabel::name);
    if (label == m_tags.end() && m_tags.size() >= mostTags) {
        ++m_tagsBeyond;
        label = m_tags.end() - 1;
    } else if (label == m_tags.end()) {
        label = m_tags.insert(m_tags.end(), LoadLabel());
        label->name = name;
    }
    for (const HdrBucket &bucket : buckets) {
        label->samples += bucket.count;
        label->latency.add(microseconds(bucket.highest), bucket.count);
    }
}

bool HdrLogReader::add(const Interval &interval, const std::vector<HdrBucket> &buckets)
{
    Samples &samples = interval.tag.empty() ? m_untagged : m_tagged;
    const double start = absolute(interval.start), end = start + interval.length;
    if (samples.any && std::max(end, samples.last) - std::min(start, samples.first) > longestRun)
        return false;
    const qint64 width = std::max<qint64>(1, std::llround(interval.length));
    double sum = m_sum;
    qint64 cells = m_cells;
    for (const HdrBucket &bucket : buckets) {
        if (microseconds(bucket.highest) > longestLatencyUs)
            return false;
        sum += double(microseconds(bucket.highest)) * double(bucket.count);
        cells += std::min(width, bucket.count);
    }
    if (sum > largestSum || cells > mostCells)
        return false;
    m_sum = sum;
    m_cells = cells;
    samples.first = samples.any ? std::min(samples.first, start) : start;
    samples.last = std::max(samples.last, end);
    samples.any = true;
    // An interval of several seconds is spread over them.
    const qint64 first = qint64(std::floor(start));
    qint64 next = 0;
    for (const HdrBucket &bucket : buckets) {
        for (qint64 i = 0; i < std::min(width, bucket.count); ++i, ++next) {
            const qint64 count = bucket.count / width + (i < bucket.count % width ? 1 : 0);
            LoadSecond &second = samples.seconds[first + next % width];
            second.started += count;
            second.completed += count;
            second.latency.add(microseconds(bucket.highest), count);
        }
    }
    return true;
}

bool HdrLogReader::line(std::string_view text)
{
    if (text.starts_with('#')) {
        comment(text);
        return true;
    }
    if (text.starts_with('"'))
        return true;
    Interval interval;
    if (!parse(text, interval))
        return false;
    const std::optional<std::vector<HdrBucket>> buckets = decodeHdr(interval.histogram);
    if (!buckets)
        return false;
    takeUnit(interval, *buckets);
    if (!add(interval, *buckets))
        return false;
    if (!interval.tag.empty())
        addTag(interval.tag, *buckets);
    return true;
}

void HdrLogReader::say(LoadTestRun &run, bool cut) const
{
    run.percentileMeaning = {QStringLiteral("HdrHistogram の各区間の上端"),
                             QStringLiteral("upper ends of HdrHistogram's buckets")};
    run.remarks.push_back(m_inMicroseconds
                              ? Text{"ログに単位がないため、値をマイクロ秒とみなしました。",
                                     "The log names no unit: its values are taken for microseconds."}
                              : Text{"ログに単位がないため、値をナノ秒とみなしました。",
                                     "The log names no unit: its values are taken for nanoseconds."});
    if (m_untagged.any && m_tagged.any) {
        run.remarks.push_back(
            {QStringLiteral("タグのない行だけを合計しました。タグごとの行は重複とみなしています。"),
             QStringLiteral("Only lines without a tag are added up; those with tags are taken for "
                            "parts of them.")});
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
    Samples &samples = m_untagged.any ? m_untagged : m_tagged;
    LoadTestRun run;
    run.tool = QStringLiteral("hdrhistogram");
    run.latencyMeaning = QStringLiteral("as the program measured it that wrote the log");
    run.knowsErrors = false;
    run.skippedLines = m_skipped;
    run.hasClock = samples.any && samples.first > secondsPerYear;
    run.startSeconds = samples.first;
    run.endSeconds = samples.last;
    for (auto &[number, second] : samples.seconds) {
        while (!run.seconds.empty() && run.seconds.back().second + 1 < number) {
            const qint64 next = run.seconds.back().second + 1;
            run.seconds.emplace_back().second = next;
        }
        second.second = number;
        run.samples += second.started;
        run.latency.merge(second.latency);
        run.seconds.push_back(std::move(second));
    }
    std::ranges::stable_sort(m_tags, std::ranges::greater{}, &LoadLabel::samples);
    run.labels = std::move(m_tags);
    run.labelsBeyondCap = m_tagsBeyond;
    run.levels = {wholeLevel(run)};
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
