// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <analysis/knee.h>
#include <evidence/evidence.h>
#include <evidence/loadtest/reader.h>
#include <evidence/numbers.h>

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("format"), QStringLiteral("Output format (default: text)."), QStringLiteral("text|json"),
                      QStringLiteral("text")});
}

QString isoTime(double epochSeconds)
{
    return QDateTime::fromMSecsSinceEpoch(qint64(epochSeconds * 1000), QTimeZone::UTC).toString(Qt::ISODateWithMs);
}

QString word(Confidence confidence)
{
    switch (confidence) {
    case Confidence::High:
        return QStringLiteral("high");
    case Confidence::Medium:
        return QStringLiteral("medium");
    case Confidence::Low:
        break;
    }
    return QStringLiteral("low");
}

QJsonArray stepsArray(const std::vector<LoadStep> &steps)
{
    QJsonArray array;
    for (const LoadStep &step : steps) {
        array.append(QJsonObject{{"start", isoTime(step.start)},
                                 {"end", isoTime(step.end)},
                                 {"offered", step.offered},
                                 {"throughput", step.throughput},
                                 {"errors", step.errors},
                                 {"p50", step.p50},
                                 {"p95", step.p95},
                                 {"p99", step.p99}});
    }
    return array;
}

QByteArray json(const LoadTestRun &run, const std::vector<LoadStep> &steps, const Knee &knee, Lang lang)
{
    QJsonArray remarks;
    for (const Text &remark : run.remarks)
        remarks.append(maskSecrets(remark.in(lang)));
    const QJsonObject kneeObject{{"throughput", knee.usable ? QJsonValue(knee.throughput) : QJsonValue()},
                                 {"reached", knee.usable && knee.reached},
                                 {"offered", knee.usable ? QJsonValue(knee.offered) : QJsonValue()},
                                 {"firstBad", knee.usable && knee.reached ? QJsonValue(knee.firstBad) : QJsonValue()},
                                 {"confidence", word(knee.confidence)},
                                 {"method", knee.method}};
    const QJsonObject latency{{"p50", run.latency.percentileMs(0.50)},
                              {"p95", run.latency.percentileMs(0.95)},
                              {"p99", run.latency.percentileMs(0.99)},
                              {"max", run.latency.maxMs()}};
    return QJsonDocument(QJsonObject{{"format", "tenken.loadtest/1"},
                                     {"tool", run.tool},
                                     {"samples", run.samples},
                                     {"errors", run.errors},
                                     {"start", isoTime(run.startSeconds)},
                                     {"end", isoTime(run.endSeconds)},
                                     {"latency", latency},
                                     {"steps", stepsArray(steps)},
                                     {"knee", kneeObject},
                                     {"remarks", remarks}}).toJson();
}

Text kneeSentence(const Knee &knee)
{
    if (!knee.usable)
        return Text{"膝は求められません。%1", "No knee can be worked out. %1"}.arg(knee.whyNotUsable);
    if (!knee.reached)
        return Text{"%1 までに膝はありません。容量はそれ以上です。", "No knee up to %1: capacity is at least that."}.arg(
            formatWithUnit(knee.throughput, QStringLiteral("req/s")));
    Text text = Text{"膝 %1 (投入 %2 から %3 の間)", "Knee %1 (between %2 and %3 offered)"}.arg(
        formatWithUnit(knee.throughput, QStringLiteral("req/s")), formatNumber(knee.offered),
        formatWithUnit(knee.firstBad, QStringLiteral("req/s")));
    if (knee.firstErrors > 0) {
        const Text more = Text{"。最初のエラーは %1", "; first errors at %1"}.arg(
            formatWithUnit(knee.firstErrors, QStringLiteral("req/s")));
        text = {text.ja + more.ja, text.en + more.en};
    }
    return {text.ja + u'。', text.en + u'.'};
}

void printSteps(const std::vector<LoadStep> &steps, const Knee &knee)
{
    out() << QStringLiteral("   %1 %2 %3 %4 %5 %6\n")
                 .arg("offered", 9).arg("done", 9).arg("errors", 8).arg("p50", 9).arg("p95", 9).arg("p99", 9);
    for (int i = 0; i < int(steps.size()); ++i) {
        const LoadStep &step = steps[size_t(i)];
        out() << (knee.usable && knee.reached && i == knee.lastGoodStep ? " ▶ " : "   ")
              << QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                     .arg(formatNumber(step.offered), 9)
                     .arg(formatNumber(step.throughput), 9)
                     .arg(step.errors, 8)
                     .arg(formatMs(step.p50), 9)
                     .arg(formatMs(step.p95) + (step.p95Trusted() ? QString() : QStringLiteral("*")), 9)
                     .arg(formatMs(step.p99) + (step.p99Trusted() ? QString() : QStringLiteral("*")), 9);
    }
}

void printText(const LoadTestRun &run, const std::vector<LoadStep> &steps, const Knee &knee, Lang lang)
{
    out() << run.tool << ' ' << run.toolVersion << " · "
          << Text{"%1 要求、エラー %2", "%1 requests, %2 errors"}
                 .arg(formatNumber(double(run.samples)), formatNumber(double(run.errors))).in(lang)
          << " · " << isoTime(run.startSeconds) << "\n"
          << "p50 " << formatMs(run.latency.percentileMs(0.5)) << " · p95 " << formatMs(run.latency.percentileMs(0.95))
          << " · p99 " << formatMs(run.latency.percentileMs(0.99)) << " · max " << formatMs(run.latency.maxMs()) << "  "
          << Text{"(最近順位、対数ヒストグラム、誤差 ≤ 0.4 %)", "(nearest rank, log histogram, error ≤ 0.4 %)"}.in(lang)
          << "\n\n";
    printSteps(steps, knee);
    out() << "\n" << kneeSentence(knee).in(lang) << "\n";
    const bool thin = std::ranges::any_of(steps, [](const LoadStep &s) { return !s.p99Trusted(); });
    if (thin)
        out() << Text{"* 標本が少なく、p95 は 200、p99 は 1,000 に足りません。",
                      "* Too few samples: p95 wants 200, p99 wants 1,000."}.in(lang) << "\n";
    for (const Text &remark : run.remarks)
        out() << "! " << maskSecrets(remark.in(lang)) << "\n";
    out().flush();
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty())
        return wrongUse({"負荷試験の結果ファイルを指定してください。", "name a load test's result file"}, lang);
    const auto format = oneOf(parser, QStringLiteral("format"), {"text", "json"});
    if (!format)
        return WrongUse;
    QStringList absolute;
    for (const QString &file : files)
        absolute << QFileInfo(file).absoluteFilePath();
    const auto result = readLoadTests(absolute);
    if (!result) {
        complain(result.error(), lang);
        return WrongUse;
    }
    const std::vector<LoadStep> steps = findSteps(*result);
    const Knee knee = findKnee(steps, result->model);
    if (*format == u"json")
        out() << json(*result, steps, knee, lang) << Qt::flush;
    else
        printText(*result, steps, knee, lang);
    return Ok;
}

} // namespace

const Command &loadtestCommand()
{
    static const Command command{"loadtest", "loadtest FILE… [--format text|json] [--lang ja|en]",
                                 {"負荷試験の結果を読み、段ごとの表と膝を出します。",
                                  "Read a load test's results; print its steps and the knee."},
                                 "  tenken loadtest simulation.log\n"
                                 "  tenken loadtest k6.json.gz --format json\n",
                                 false, addOptions, run};
    return command;
}

} // namespace tenken::app
