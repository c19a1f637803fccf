// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <cmath>

// wrk and wrk2 as they print. A file may hold several outputs, one after the other. wrk2 measures from the
// planned start of a request, leaves out the ten seconds of its calibration, and does not print the rate that
// -R asked for.

namespace tenken
{

namespace
{

constexpr size_t mostPercentiles = 400;
constexpr size_t mostStretches = 1000;

struct WrkOutput {
    LoadAggregate stretch;
    qint64 requests = -1;
    qint64 recorded = -1; ///< wrk2: latencies in the histogram
    qint64 connect = 0, read = 0, write = 0, timeout = 0, badStatus = 0;
    double perSecond = 0; ///< more exact than a duration in minutes
    bool isWrk2 = false, inMinutes = false;
    /// wrk 4 counts answers that came too late; wrk2 and wrk 3 connections that wait, again every two seconds.
    bool timeoutsAreRequests() const { return !isWrk2 && timeout <= requests; }
};

/// "  2 threads and 128 connections"
std::optional<double> connectionsIn(std::string_view line)
{
    const std::vector<std::string_view> word = words(line, 5);
    if (word.size() < 5 || !word[1].starts_with("thread") || word[2] != "and" || !word[4].starts_with("connection"))
        return {};
    const auto count = parseCount(word[3]);
    return count ? std::optional(double(*count)) : std::nullopt;
}

class WrkReader
{
public:
    WrkReader() { m_run.hasClock = false; }
    void line(std::string_view line);
    Result<LoadTestRun> finish();

private:
    enum class Part { Head, Distribution, Spectrum, Uncorrected };
    void endOutput();
    void figures(std::string_view line);
    bool heading(std::string_view line);
    void counts(std::string_view line);
    void begin();
    void remarkOn(const WrkOutput &output);

    LoadTestRun m_run;
    std::optional<WrkOutput> m_output;
    Part m_part = Part::Head;
    bool m_anyWrk2 = false, m_cut = false;
    bool m_uncorrected = false;
};

bool WrkReader::heading(std::string_view line)
{
    const auto distribution = after(line, "Latency Distribution");
    if (!distribution && !line.contains("Detailed Percentile spectrum"))
        return false;
    const bool hdr = distribution && distribution->contains("HdrHistogram");
    m_output->isWrk2 = m_output->isWrk2 || hdr;
    if (distribution)
        m_part = distribution->contains("Uncorrected") ? Part::Uncorrected : Part::Distribution;
    else if (m_part != Part::Uncorrected)
        m_part = Part::Spectrum;
    m_uncorrected = m_uncorrected || m_part == Part::Uncorrected;
    return true;
}

void WrkReader::figures(std::string_view line)
{
    LoadAggregate &stretch = m_output->stretch;
    const std::vector<std::string_view> word = words(line, 8);
    if (m_part == Part::Distribution && word.size() == 2 && word[0].ends_with('%')) {
        if (const auto percent = parseNumber(word[0].substr(0, word[0].size() - 1)))
            addPercentile(stretch, *percent / 100, parseDurationMs(word[1]));
    } else if (m_part == Part::Spectrum && word.size() == 4 && stretch.percentiles.size() < mostPercentiles) {
        const auto q = parseNumber(word[1]);
        if (q && parseNumber(word[2]))
            addPercentile(stretch, *q, parseNumber(word[0]));
    } else if (m_part != Part::Uncorrected && word.size() >= 4 && word[0] == "Latency") {
        stretch.meanMs = parseDurationMs(word[1]).value_or(-1);
        stretch.maxMs = parseDurationMs(word[3]).value_or(-1);
    }
    if (const size_t at = line.find("Total count"); at != std::string_view::npos && m_part != Part::Uncorrected) {
        const std::vector<std::string_view> count = words(line.substr(at), 4);
        if (count.size() == 4)
            m_output->recorded = parseCount(count[3].substr(0, count[3].find(']'))).value_or(-1);
    }
}

void WrkReader::counts(std::string_view line)
{
    WrkOutput &output = *m_output;
    const std::vector<std::string_view> word = words(line, 12);
    if (const auto users = connectionsIn(line)) {
        output.stretch.users = *users;
    } else if (word.size() >= 4 && word[1] == "requests" && word[2] == "in") {
        output.requests = parseCount(word[0]).value_or(-1);
        const std::string_view duration = word[3].substr(0, word[3].find(','));
        output.stretch.end = parseDurationMs(duration).value_or(0) / 1000;
        output.inMinutes = !duration.ends_with('s');
        m_part = Part::Head;
    } else if (const auto errors = after(line, "Socket errors:")) {
        for (const std::string_view part : parts(*errors, ',', 8)) {
            const std::vector<std::string_view> pair = words(part, 2);
            const qint64 count = pair.size() == 2 ? parseCount(pair[1]).value_or(0) : 0;
            if (count > 0)
                (pair[0] == "connect"   ? output.connect
                     : pair[0] == "read"  ? output.read
                     : pair[0] == "write" ? output.write
                                          : output.timeout) = count;
        }
    } else if (const auto bad = after(line, "Non-2xx or 3xx responses:")) {
        output.badStatus = parseCount(*bad).value_or(0);
    } else if (const auto rate = after(line, "Requests/sec:")) {
        output.perSecond = parseNumber(*rate).value_or(0);
    }
}

void WrkReader::begin()
{
    endOutput();
    m_output.emplace();
    m_part = Part::Head;
}

void WrkReader::line(std::string_view line)
{
    if (line.contains("Running ") && line.contains(" test @ ")) {
        begin();
        return;
    }
    if (connectionsIn(line) && (!m_output || m_output->stretch.users >= 0)) // pasted without its first line
        begin();
    if (m_output && line.contains("Thread calibration:"))
        m_output->isWrk2 = true;
    if (!m_output || heading(line))
        return;
    figures(line);
    counts(line);
}

void WrkReader::remarkOn(const WrkOutput &output)
{
    const QString requests = formatNumber(double(output.requests));
    if (output.isWrk2 && output.recorded >= 0 && output.recorded != output.requests) {
        m_run.remarks.push_back(
            Text{"wrk2 の遅延は %2 要求のうち %1 件のものです（最初の 10 s は較正）。",
                 "wrk2's latencies are those of %1 of %2 requests: the first 10 s are its calibration."}
                .arg(formatNumber(double(output.recorded)), requests));
    }
    if (output.isWrk2 && output.stretch.end < 10) {
        m_run.remarks.push_back({QStringLiteral("10 s に満たない wrk2 は較正前で、送信がまとまり、遅延が大きく出ます。"),
                                 QStringLiteral("wrk2 under 10 s is not calibrated: it sends in bursts, and latencies "
                                                "come out too high.")});
    }
    if (output.timeout > 0 && !output.timeoutsAreRequests()) {
        m_run.remarks.push_back(
            Text{"時間切れの %1 件は失敗に数えません。待っている接続を 2 s ごとに重ねて数えた数で、要求の数ではありません。",
                 "%1 timeouts are not counted as failed: this wrk counts waiting connections, again every 2 s, and not "
                 "requests."}
                .arg(formatNumber(double(output.timeout))));
    } else if (output.timeout > 0) {
        m_run.remarks.push_back(
            Text{"時間切れの %1 件は遅延に含まれません。百分位は実際より小さく出ます。",
                 "%1 answers beyond the timeout are not in the latencies: the percentiles come out too low."}
                .arg(formatNumber(double(output.timeout))));
    }
}

void WrkReader::endOutput()
{
    if (!m_output)
        return;
    WrkOutput &output = *m_output;
    if (output.requests < 0 || output.stretch.end <= 0 || m_run.aggregates.size() >= mostStretches) {
        m_cut = true;
        m_output.reset();
        return;
    }
    if (output.inMinutes && output.perSecond > 0) { // "1.00m" stands for anything up to 60.3 s
        const double seconds = double(output.requests) / output.perSecond;
        if (std::abs(seconds - output.stretch.end) < 0.02 * output.stretch.end)
            output.stretch.end = seconds;
    }
    const qint64 unanswered = output.connect + output.read + output.write;
    output.stretch.completed = output.requests + unanswered;
    // A request beyond the timeout is answered in the end, and counted; wrk only keeps its latency back.
    const qint64 late = output.timeoutsAreRequests() ? output.timeout : 0;
    output.stretch.failed = output.badStatus + unanswered + late;
    if (output.requests == 0)
        output.stretch.timed = 0;
    else if (output.isWrk2)
        output.stretch.timed = output.recorded;
    else if (unanswered + late > 0)
        output.stretch.timed = output.requests - late;
    for (const auto &[kind, count] : {std::pair{"connect", output.connect}, std::pair{"read", output.read},
                                      std::pair{"write", output.write}, std::pair{"timeout", late},
                                      std::pair{"non-2xx or 3xx", output.badStatus}})
        countError(m_run, QString::fromLatin1(kind), count);
    m_anyWrk2 = m_anyWrk2 || output.isWrk2;
    remarkOn(output);
    addStretch(m_run, std::move(output.stretch));
    m_output.reset();
}

Result<LoadTestRun> WrkReader::finish()
{
    endOutput();
    m_run.tool = m_anyWrk2 ? QStringLiteral("wrk2") : QStringLiteral("wrk");
    m_run.model = m_anyWrk2 ? LoadModel::Open : LoadModel::Closed;
    m_run.latencyMeaning = m_anyWrk2 ? QStringLiteral("planned start to last byte of the answer")
                                     : QStringLiteral("request sent to last byte of the answer; waiting for a free "
                                                      "connection is left out (coordinated omission)");
    m_run.percentileMeaning = m_anyWrk2 ? Text{"wrk2 の HdrHistogram（3 桁）", "wrk2's HdrHistogram, 3 digits"}
                                        : Text{"wrk の定義: 最近順位、1 µs 刻み", "wrk's own: nearest rank in steps of 1 µs"};
    if (m_uncorrected)
        m_run.remarks.push_back({QStringLiteral("補正なしの表 (-U) は使っていません。"),
                                 QStringLiteral("The uncorrected table (-U) is not used.")});
    if (m_cut)
        addCutOff(m_run);
    settleSummary(m_run);
    return std::move(m_run);
}

} // namespace

bool isWrk(std::string_view head)
{
    if (!head.contains(" threads and "))
        return false;
    const size_t at = head.find("Running ");
    return (at != std::string_view::npos && head.substr(at, 4096).contains(" test @ "))
        || (head.contains("Thread Stats") && head.contains(" requests in "));
}

Result<LoadTestRun> readWrk(LineReader &lines)
{
    ConsoleReader console(lines);
    WrkReader reader;
    std::string_view line;
    while (console.next(line))
        reader.line(line);
    return reader.finish();
}

} // namespace tenken
