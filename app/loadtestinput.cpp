// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestinput.h"

#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/merge.h>

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken::app {

namespace {

constexpr int mostPods = 100'000;

std::unexpected<Problem> wrong(const char *option, const QString &value, const Text &instead)
{
    return failure({{}, {},
                    Text{"--%1 の値 `%2` は使えません。", "--%1 cannot be `%2`."}.arg(QString::fromLatin1(option), value), instead});
}

Result<double> number(const QCommandLineParser &parser, const char *option, double least, double most, double fallback,
                      const Text &instead)
{
    const QString name = QString::fromLatin1(option);
    if (!parser.isSet(name))
        return fallback;
    bool ok = false;
    const double value = parser.value(name).toDouble(&ok);
    if (!ok || !(value >= least) || !(value <= most))
        return wrong(option, parser.value(name), instead);
    return value;
}

Result<std::vector<int>> podsOption(const QCommandLineParser &parser, qsizetype files)
{
    std::vector<int> pods;
    if (!parser.isSet(QStringLiteral("pods")))
        return pods;
    const QString value = parser.value(QStringLiteral("pods"));
    const Text instead{"1 つの数、またはファイルの順に `1,2,3` と書いてください。",
                       "Give one number, or one for each file in order: `1,2,3`."};
    for (const QString &part : value.split(u',')) {
        bool ok = false;
        pods.push_back(part.trimmed().toInt(&ok));
        if (!ok || pods.back() < 1 || pods.back() > mostPods)
            return wrong("pods", value, instead);
    }
    if (pods.size() != 1 && qsizetype(pods.size()) != files)
        return wrong("pods", value,
                     Text{"数が %1 個、ファイルが %2 個です。%3", "There are %1 numbers and %2 files. %3"}.arg(int(pods.size()), int(files), instead));
    return pods;
}

Result<void> kneeOptions(const QCommandLineParser &parser, KneeOptions &options)
{
    const auto ratio = number(parser, "ratio", 1.05, 100, options.ratio,
                              {"1.05 から 100 の倍率を書いてください (既定 3)。", "Give a factor from 1.05 to 100 (default 3)."});
    const auto shortfall = number(parser, "shortfall", 0.1, 50, options.shortfall * 100,
                                  {"0.1 から 50 の百分率を書いてください (既定 5)。", "Give a percentage from 0.1 to 50 (default 5)."});
    const auto target = number(parser, "target", 0.001, 1e7, 0,
                               {"ミリ秒の正の数を書いてください。", "Give a positive number of milliseconds."});
    for (const auto *value : {&ratio, &shortfall, &target}) {
        if (!*value)
            return std::unexpected(value->error());
    }
    options.ratio = *ratio;
    options.shortfall = *shortfall / 100;
    if (*target > 0)
        options.targetMs = *target;
    return {};
}

QStringList absolute(const QStringList &files)
{
    QStringList all;
    for (const QString &file : files)
        all << QFileInfo(file).absoluteFilePath();
    return all;
}

/// Every file one level, with the rate that stands at its place in the list.
Result<LoadTestRun> readLevels(const QStringList &files, const std::vector<double> &rates, const ReadProgress &progress)
{
    std::vector<LoadTestRun> parts;
    for (qsizetype i = 0; i < files.size(); ++i) {
        Result<LoadTestRun> part = readLoadTest(files[i], progress);
        if (!part)
            return part;
        if (part->levels.size() != 1)
            part->levels = {wholeLevel(*part)};
        part->levels.front().offered = rates[size_t(i)];
        if (part->levels.front().name.isEmpty())
            part->levels.front().name = QFileInfo(files[i]).completeBaseName();
        std::erase(part->missing, missingRate());
        parts.push_back(std::move(*part));
    }
    return mergeRuns(std::move(parts));
}

std::optional<Scaling> scalingOf(const std::vector<TestedRun> &tests)
{
    std::vector<ScalingPoint> points;
    for (const TestedRun &test : tests) {
        if (test.pods && test.throughput() > 0)
            points.push_back({*test.pods, test.throughput()});
    }
    Scaling scaling = analyseScaling(std::move(points));
    return scaling.points.size() >= 2 ? std::optional(scaling) : std::nullopt;
}

} // namespace

void addLoadTestOptions(QCommandLineParser &parser)
{
    const auto add = [&](const char *name, const char *text, const char *value) {
        parser.addOption({QString::fromLatin1(name), QString::fromUtf8(text), QString::fromUtf8(value)});
    };
    add("pods", "Pods under test; for several files of different counts one each (default: from names like pods-3).", "N[,N…]");
    add("steps", "The load's steps, where the files do not tell: rates in order, or seconds and rates.", "100,150,…|0-60:100,…");
    add("ratio", "Latency above K times the baseline is past the knee (default: 3).", "K");
    add("shortfall", "So is completing this much less than was offered, in percent (default: 5; 3 is stricter).", "PERCENT");
    add("target", "So is latency above this target, in place of the ratio.", "MS");
    add("compare", "Compare with this earlier run; may be given several times for its files.", "FILE");
    parser.addOption({QStringLiteral("format"), QStringLiteral("Output format (default: text)."), QStringLiteral("text|json|csv"),
                      QStringLiteral("text")});
    add("plot", "Draw the knee (or the scaling curve) into a file, by its ending.", "FILE.svg|pdf|png");
    parser.addOption({QStringLiteral("follow"), QStringLiteral("Follow a file that is still written, until it rests.")});
}

Result<LoadTestWishes> wishesIn(const QCommandLineParser &parser)
{
    LoadTestWishes wishes;
    wishes.files = absolute(parser.positionalArguments());
    if (wishes.files.isEmpty())
        return failure({{}, {}, {"負荷試験の結果ファイルを指定してください。", "Name a load test's result file."},
                        Text{"読める形式: %1", "Readable: %1"}.arg(loadTestFormats().join(QStringLiteral(", ")))});
    const auto pods = podsOption(parser, wishes.files.size());
    if (!pods)
        return std::unexpected(pods.error());
    wishes.pods = *pods;
    if (parser.isSet(QStringLiteral("steps"))) {
        const auto steps = parseGivenSteps(parser.value(QStringLiteral("steps")));
        if (!steps)
            return wrong("steps", parser.value(QStringLiteral("steps")), steps.error().hint);
        wishes.steps = *steps;
    }
    if (const auto knee = kneeOptions(parser, wishes.knee); !knee)
        return std::unexpected(knee.error());
    wishes.before = absolute(parser.values(QStringLiteral("compare")));
    wishes.plot = parser.value(QStringLiteral("plot"));
    wishes.follow = parser.isSet(QStringLiteral("follow"));
    static const QStringList endings{QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")};
    if (parser.isSet(QStringLiteral("plot")) && !endings.contains(QFileInfo(wishes.plot).suffix().toLower()))
        return wrong("plot", wishes.plot, {"名前を .svg、.pdf、.png のどれかで終えてください。", "End the name in .svg, .pdf or .png."});
    if (wishes.follow && wishes.files.size() > 1)
        return failure({{}, {}, {"--follow で追えるファイルは 1 つです。", "--follow follows one file."},
                        {"ファイルを 1 つにするか、--follow を外してください。", "Name one file, or leave --follow out."}});
    return wishes;
}

std::optional<int> podsInName(const QString &file)
{
    static const QRegularExpression pattern(QStringLiteral("(?:^|[^a-z0-9])(?:pods?[-_=]?(\\d{1,5})|(\\d{1,5})[-_]?pods?)(?![a-z0-9])"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(QFileInfo(file).fileName());
    const int pods = match.hasMatch() ? (match.captured(1) + match.captured(2)).toInt() : 0;
    return pods > 0 ? std::optional(pods) : std::nullopt;
}

std::vector<TestFiles> grouped(const LoadTestWishes &wishes)
{
    std::vector<std::optional<int>> pods;
    for (qsizetype i = 0; i < wishes.files.size(); ++i) {
        if (wishes.pods.empty())
            pods.push_back(podsInName(wishes.files[i]));
        else
            pods.push_back(wishes.pods.size() == 1 ? wishes.pods.front() : wishes.pods[size_t(i)]);
    }
    const bool allKnown = std::ranges::all_of(pods, [](const auto &p) { return p.has_value(); });
    std::vector<TestFiles> tests;
    for (qsizetype i = 0; i < wishes.files.size(); ++i) {
        const std::optional<int> own = allKnown ? pods[size_t(i)] : std::nullopt;
        const auto same = std::ranges::find(tests, own, &TestFiles::pods);
        (same != tests.end() ? *same : tests.emplace_back(TestFiles{{}, own})).files << wishes.files[i];
    }
    std::ranges::stable_sort(tests, {}, [](const TestFiles &t) { return t.pods.value_or(0); });
    return tests;
}

Result<TestedRun> readTest(const TestFiles &files, const LoadTestWishes &wishes, const ReadProgress &progress)
{
    const bool ownRates = files.files.size() > 1 && qsizetype(wishes.steps.rates.size()) == files.files.size();
    Result<LoadTestRun> run = ownRates ? readLevels(files.files, wishes.steps.rates, progress) : readLoadTests(files.files, progress);
    if (!run)
        return std::unexpected(run.error());
    LoadTestWishes rest = wishes;
    if (ownRates)
        rest.steps = {};
    return analysed(std::move(*run), files, rest);
}

Result<TestedRun> analysed(LoadTestRun run, const TestFiles &files, const LoadTestWishes &wishes)
{
    TestedRun test{std::move(run), {}, {}, QFileInfo(files.files.first()).fileName(), files.pods};
    auto steps = findSteps(test.run, wishes.steps);
    if (!steps)
        return std::unexpected(steps.error());
    test.steps = std::move(*steps);
    test.knee = findKnee(test.run, test.steps, wishes.knee);
    return test;
}

Result<std::optional<TestedRun>> readBefore(const LoadTestWishes &wishes, const ReadProgress &progress)
{
    if (wishes.before.isEmpty())
        return std::optional<TestedRun>();
    auto before = readTest({wishes.before, {}}, wishes, progress);
    if (!before)
        return std::unexpected(before.error());
    return std::optional(std::move(*before));
}

LoadTestReport reportOf(std::vector<TestedRun> tests, const std::optional<TestedRun> &before, const KneeOptions &knee)
{
    LoadTestReport report;
    report.options = knee;
    report.tests = std::move(tests);
    report.scaling = scalingOf(report.tests);
    report.before = before;
    if (before) {
        const TestedRun &now = report.tests.front();
        report.comparison = compareRuns(before->run, before->steps, now.run, now.steps);
    }
    return report;
}

Result<LoadTestReport> readReport(const LoadTestWishes &wishes, const ReadProgress &progress)
{
    const std::vector<TestFiles> groups = grouped(wishes);
    if (groups.size() > 1 && !wishes.before.isEmpty())
        return failure({{}, {}, {"--compare で比べられるのは 1 つの試験です。", "--compare compares one test."},
                        {"Pod の数が同じファイルだけを指定してください。", "Name files of one pod count."}});
    std::vector<TestedRun> tests;
    for (const TestFiles &files : groups) {
        auto test = readTest(files, wishes, progress);
        if (!test)
            return std::unexpected(test.error());
        tests.push_back(std::move(*test));
    }
    const auto before = readBefore(wishes, progress);
    if (!before)
        return std::unexpected(before.error());
    return reportOf(std::move(tests), *before, wishes.knee);
}

double TestedRun::throughput() const
{
    if (knee.usable && knee.reached)
        return knee.throughput;
    double most = 0;
    for (const LoadStep &step : steps)
        most = std::max(most, step.throughput);
    return most;
}

bool TestedRun::isBad(int step) const
{
    if (!knee.usable || !knee.reached)
        return false;
    const LoadStep &s = steps[size_t(step)], &good = steps[size_t(knee.lastGoodStep)];
    return run.model == LoadModel::Closed ? s.users > good.users : s.offered > good.offered;
}

bool TestedRun::isSpike(int step) const
{
    return std::ranges::contains(knee.spikes, step);
}

} // namespace tenken::app
