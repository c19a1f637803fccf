// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/k6reader.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>

namespace tenken
{

namespace
{

/// The one list of readers.
constexpr LoadTestFormat formats[] = {
    {"Gatling simulation.log (text, 2.0–3.12)", isGatlingText, readGatlingText, gatlingTextParser},
    {"k6 --out json", isK6Json, readK6Json, k6JsonParser},
    {"JMeter JTL (CSV)", isJmeterCsv, readJmeterCsv, jmeterCsvParser},
    {"k6 --out csv", isK6Csv, readK6Csv, k6CsvParser},
    {"Gatling simulation.log (binary, 3.13 and later)", isGatlingBinary, readGatlingBinary},
    {"vegeta (gob)", isVegetaGob, readVegetaGob},
    {"vegeta encode -to json", isVegetaJson, readVegetaJson},
    {"vegeta encode -to csv", isVegetaCsv, readVegetaCsv},
    {"hey -o csv", isHeyCsv, readHeyCsv},
    {"oha --output-format csv", isOhaCsv, readOhaCsv},
    {"ab -g", isApacheBenchTable, readApacheBenchTable},
    {"h2load --log-file", isH2load, readH2load},
    {"JMeter JTL (XML)", isJmeterXml, readJmeterXml},
    {"JMeter statistics.json", isJmeterStatistics, readJmeterStatistics},
    {"JMeter Summary or Aggregate Report (CSV)", isJmeterAggregate, readJmeterAggregate},
    {"HdrHistogram .hlog", isHdrLog, readHdrLog},
    {"HdrHistogram .hgrm", isHdrPercentiles, readHdrPercentiles},
    {"k6 summary (JSON)", isK6Summary, readK6Summary},
    {"Vegeta report (JSON)", isVegetaReport, readVegetaReport},
    {"Vegeta report (text)", isVegetaText, readVegetaText, nullptr, true},
    {"Vegeta report (hdrplot)", isVegetaHdrPlot, readVegetaHdrPlot},
    {"Locust _stats_history.csv", isLocustHistory, readLocustHistory},
    {"Locust _stats.csv", isLocustStats, readLocustStats},
    {"Locust worker reports", isLocustWorkers, readLocustWorkers},
    {"artillery --output", isArtillery, readArtillery},
    {"artillery metrics", isArtilleryBuckets, readArtilleryBuckets},
    {"autocannon --json", isAutocannon, readAutocannon},
    {"oha --output-format json", isOhaJson, readOhaJson},
    {"Gatling stats.json", isGatlingStats, readGatlingStats},
    {"Gatling stats.js", isGatlingStatsJs, readGatlingStatsJs},
    {"wrk text, also wrk2", isWrk, readWrk, nullptr, true},
    {"ab text", isAbText, readAbText, nullptr, true},
    {"ab -e", isAbPercentages, readAbPercentages},
    {"oha text", isOhaText, readOhaText, nullptr, true},
    {"hey text", isHeyText, readHeyText, nullptr, true},
    {"h2load text", isH2loadText, readH2loadText, nullptr, true},
    {"loadtest (npm) text", isNpmLoadtest, readNpmLoadtest, nullptr, true},
    {"siege -j", isSiegeJson, readSiegeJson},
    {"siege.log", isSiegeLog, readSiegeLog},
    {"siege text", isSiegeText, readSiegeText, nullptr, true},
    {"JMeter summariser log", isJmeterSummary, readJmeterSummary},
    {"Iago log", isIago, readIago},
    {"Taurus final stats (XML)", isTaurusXml, readTaurusXml},
    {"Taurus final stats (CSV)", isTaurusCsv, readTaurusCsv},
};

/// What is recognised, yet not read, with the way out.
struct KnownOther {
    bool (*recognises)(std::string_view head);
    Text message;
    Text hint;
};

bool isUtf16(std::string_view head)
{
    return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
}
bool isZip(std::string_view head)
{
    return head.starts_with("PK\x03\x04");
}

const std::vector<KnownOther> &knownOthers()
{
    static const std::vector<KnownOther> others = {
        {isDamagedGob,
         {QStringLiteral(
              "vegeta のバイナリ結果が PowerShell の「>」で UTF-16 に変わり、壊れています。元に戻せません。"),
          QStringLiteral(
              "PowerShell's “>” turned vegeta's binary result into UTF-16: it is damaged for good.")},
         {QStringLiteral("vegeta attack -output results.bin で取り直してください。"),
          QStringLiteral("Run it again with vegeta attack -output results.bin.")}},
        {isUtf16,
         {QStringLiteral("UTF-16 で書かれています（PowerShell の「>」がこうします）。"),
          QStringLiteral("The file is UTF-16: PowerShell's “>” wrote it so.")},
         {QStringLiteral("変換してください: iconv -f UTF-16 -t UTF-8 元 > 先"),
          QStringLiteral("Convert it: iconv -f UTF-16 -t UTF-8 IN > OUT, or in PowerShell: "
                         "Get-Content IN | Set-Content -Encoding utf8 OUT")}},
        {isZip,
         {QStringLiteral("ZIP ファイルです。"), QStringLiteral("This is a ZIP archive.")},
         {QStringLiteral("展開してください。gzip と zstd はそのまま読めます。"),
          QStringLiteral("Unpack it; gzip and zstd are read as they are.")}},
    };
    return others;
}

/// Of a log: what a tool printed, without what the log puts before its lines. Null where it puts nothing.
const LoadTestFormat *consoleFormatIn(std::string_view head)
{
    ConsoleLines lines(head);
    if (!lines.changes(head))
        return nullptr;
    const std::string printed = lines.cleanAll(head);
    const auto *format = std::ranges::find_if(formats, [&](const auto &f) { return f.console && f.recognises(printed); });
    return format != std::end(formats) ? format : nullptr;
}

} // namespace

const LoadTestFormat *loadTestFormatOf(std::string_view head)
{
    const auto *format = std::ranges::find_if(formats, [&](const auto &f) { return f.recognises(head); });
    const bool known = !head.empty() && format != std::end(formats);
    if (!known || format->console) {
        if (const LoadTestFormat *inLog = consoleFormatIn(head))
            return inLog;
    }
    return known ? format : nullptr;
}

Problem unrecognisedLoadTest(const QString &path, std::string_view head)
{
    for (const KnownOther &other : knownOthers()) {
        if (other.recognises(head))
            return {path, {}, other.message, other.hint};
    }
    if (std::optional<Problem> known = beyondResults(path, head))
        return *std::move(known);
    return {path,
            {},
            {QStringLiteral("負荷試験の結果として読めない形式です。"),
             QStringLiteral("The format is not one of a load test that can be read.")},
            Text{"読める形式: %1（gzip、zstd 可）", "Readable: %1; gzip and zstd too"}.arg(
                loadTestFormats().join(QStringLiteral(", ")))};
}

QStringList loadTestFormats()
{
    QStringList names;
    for (const LoadTestFormat &format : formats)
        names += QString::fromUtf8(format.name);
    return names;
}

} // namespace tenken
