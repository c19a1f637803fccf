// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>

// What people name by mistake: consoles, reports for the browser, tables beside the results.

namespace tenken
{

namespace
{

struct Known {
    bool (*recognises)(std::string_view head);
    Text message;
    Text hint;
};

bool begins(std::string_view head, std::string_view text)
{
    return trimmed(head.substr(0, 1024)).starts_with(text);
}
bool isBlank(std::string_view head)
{
    return head.find_first_not_of(" \t\r\n") == std::string_view::npos;
}
bool isHtml(std::string_view head)
{
    return begins(head, "<!DOCTYPE html") || begins(head, "<!doctype html") || begins(head, "<html")
        || begins(head, "<HTML");
}
bool isLocustHtml(std::string_view head)
{
    return isHtml(head) && (head.contains("Test Report for") || head.contains("ocust"));
}
bool isK6Html(std::string_view head)
{
    return isHtml(head) && (head.contains("k6 report") || head.contains("K6 Load Test") || head.contains("k6 dashboard"));
}
bool isGatlingHtml(std::string_view head)
{
    return isHtml(head) && head.contains("atling");
}
bool isJmeterHtml(std::string_view head)
{
    return isHtml(head) && head.contains("JMeter");
}
bool isJtlWithout(std::string_view head, std::initializer_list<std::string_view> columns)
{
    const std::string_view header = head.substr(0, head.find('\n'));
    return header.contains("timeStamp") && (header.contains("label") || header.contains("threadName"))
        && std::ranges::none_of(columns, [&](std::string_view column) { return header.contains(column); });
}
bool isJtlWithoutElapsed(std::string_view head)
{
    return isJtlWithout(head, {"elapsed"});
}
bool isJtlWithoutOutcome(std::string_view head)
{
    return isJtlWithout(head, {"success", "responseCode"});
}
bool isLocustFailures(std::string_view head)
{
    return begins(head, "Method,Name,Error,Occurrences") || begins(head, "\"Method\",\"Name\",\"Error\"");
}
bool isLocustExceptions(std::string_view head)
{
    return begins(head, "Count,Message,Traceback") || begins(head, "\"Count\",\"Message\",\"Traceback\"");
}
bool isLocustDistribution(std::string_view head)
{
    return begins(head, "\"Name\",\"# requests\",\"50%\"") || begins(head, "Name,# requests,50%");
}
bool isLocustConsole(std::string_view head)
{
    return head.contains("/INFO/locust.") || (head.contains("# reqs") && head.contains("# fails"));
}
bool isK6Console(std::string_view head)
{
    return head.contains("http_req_duration....") || head.contains("http_req_duration:") || head.contains("http_reqs....")
        || (head.contains("execution: local") && head.contains("scenarios:"));
}
bool isArtilleryConsole(std::string_view head)
{
    return head.contains("Metrics for period to:") || head.contains("Summary report @");
}
bool isGatlingConsole(std::string_view head)
{
    return head.contains("---- Global Information ----") || head.contains("---- Requests ----");
}
bool isAutocannonConsole(std::string_view head)
{
    return head.contains("Req/Bytes counts sampled") || (head.contains("connections") && head.contains("│ 97.5%"));
}
bool isAutocannonTable(std::string_view head)
{
    return begins(head, "[") && hasKeys(head, {"name", "requests", "latency", "throughput"}) && !hasKeys(head, {"p97_5"});
}
bool isOhaConsole(std::string_view head)
{
    return head.contains("Success rate:") && head.contains("Slowest:");
}
bool isVegetaHistogram(std::string_view head)
{
    return begins(head, "Bucket ") && head.contains("Histogram");
}
bool isTsung(std::string_view head)
{
    return begins(head, "{") && hasKeys(head, {"stats", "timestamp", "samples"}) && head.contains("users_count");
}
bool isFortioTable(std::string_view head)
{
    return begins(head, "StartTime,") && head.contains("ActualQPS");
}

Text text(const char *ja, const char *en)
{
    return {QString::fromUtf8(ja), QString::fromUtf8(en)};
}

const std::vector<Known> &known()
{
    static const Text locustHint = text("同じ場所の _stats_history.csv を指定してください（locust --csv=NAME --csv-full-history）。",
                                         "Name the _stats_history.csv beside it (locust --csv=NAME --csv-full-history).");
    static const Text gatlingHint = text("simulation.log を指定してください。", "Name the simulation.log.");
    static const Text k6Hint = text("k6 run --out json=結果.json.gz か --summary-export=要約.json の結果を指定してください。",
                                     "Name what k6 run --out json=results.json.gz or --summary-export=summary.json writes.");
    static const Text jmeterHint = text("jmeter -l 結果.jtl のファイルを指定してください。", "Name the file of jmeter -l results.jtl.");
    static const std::vector<Known> list = {
        {isBlank, text("ファイルに空白しかありません。", "There is nothing but blanks in the file."),
         text("試験が始まる前に止まっていないか確かめてください。", "Check whether the test ended before it began.")},
        {isLocustHtml, text("Locust の HTML レポートです。", "This is Locust's HTML report."), locustHint},
        {isK6Html, text("k6 の HTML レポートです。", "This is a k6 report in HTML."), k6Hint},
        {isGatlingHtml, text("Gatling の HTML レポートです。", "This is Gatling's HTML report."), gatlingHint},
        {isJmeterHtml, text("JMeter の HTML レポートです。", "This is JMeter's HTML report."), jmeterHint},
        {isHtml, text("HTML のページで、結果のファイルではありません。", "This is an HTML page, not a result file."),
         text("ツールが書いた結果のファイルを指定してください。", "Name the result file that the tool wrote.")},
        {isJtlWithoutElapsed, text("JMeter の JTL ですが、列 elapsed（遅延）がありません。", "This JTL has no column elapsed: latencies are not in it."),
         text("jmeter.save.saveservice.time=true で取り直してください。", "Test again with jmeter.save.saveservice.time=true.")},
        {isJtlWithoutOutcome, text("JMeter の JTL ですが、成否の列（success、responseCode）がありません。",
                                    "This JTL has neither success nor responseCode: failures are not in it."),
         text("jmeter.save.saveservice.successful=true で取り直してください。", "Test again with jmeter.save.saveservice.successful=true.")},
        {isLocustFailures, text("Locust の失敗の一覧です。", "This is Locust's list of failures."), locustHint},
        {isLocustExceptions, text("Locust の例外の一覧です。", "This is Locust's list of exceptions."), locustHint},
        {isLocustDistribution, text("Locust の分布の表です。件数の時間変化も失敗もありません。",
                                     "This is Locust's distribution table, without failures or a course over time."),
         text("同じ場所の _requests.csv を指定してください。", "Name the _requests.csv beside it.")},
        {isLocustConsole, text("Locust の画面出力です。", "This is what Locust printed on the console."), locustHint},
        {isK6Console, text("k6 の画面出力です。", "This is what k6 printed on the console."), k6Hint},
        {isArtilleryConsole, text("artillery の画面出力です。", "This is what artillery printed on the console."),
         text("artillery run --output report.json の結果を指定してください。", "Name what artillery run --output report.json writes.")},
        {isGatlingConsole, text("Gatling の画面出力です。", "This is what Gatling printed on the console."), gatlingHint},
        {isAutocannonConsole, text("autocannon の画面出力です。", "This is what autocannon printed on the console."),
         text("autocannon --json の結果を指定してください。", "Name what autocannon --json prints.")},
        {isAutocannonTable, text("複数の対象を比べた表で、1 つのサービスの結果ではありません。",
                                  "This is a table that compares several programs, not the result of one service."),
         text("autocannon --json の結果を指定してください。", "Name what autocannon --json prints.")},
        {isOhaConsole, text("oha の画面出力です。", "This is what oha printed on the console."),
         text("oha --output-format json の結果を指定してください。", "Name what oha --output-format json prints.")},
        {isVegetaHistogram, text("vegeta のヒストグラムで、率も失敗もありません。", "This is vegeta's histogram, without rate and failures."),
         text("vegeta report -type=json の結果か、attack の出力を指定してください。",
               "Name what vegeta report -type=json prints, or the attack's output.")},
        {isTsung, text("tsung のログです。区間ごとの平均だけで、パーセンタイルがありません。",
                        "This is tsung's log: means of intervals, without percentiles."),
         text("読める形式で測り直してください。", "Test again with a tool whose results are read.")},
        {isFortioTable, text("fortio の結果の一覧表です。条件の違う試験が並んでいて、1 回の試験ではありません。",
                              "This is a table of fortio's results: tests of different settings, not one test."),
         text("読める形式で測り直してください。", "Test again with a tool whose results are read.")},
    };
    return list;
}

} // namespace

std::optional<Problem> beyondResults(const QString &path, std::string_view head)
{
    const auto found = std::ranges::find_if(known(), [&](const Known &k) { return k.recognises(head); });
    if (found == known().end())
        return {};
    return Problem{path, {}, found->message, found->hint};
}

} // namespace tenken
