// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestreport.h"

#include <parts/pictureexport.h>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace tenken::app {

namespace {

QJsonValue isoTime(const LoadTestRun &run, double seconds)
{
    if (!run.hasClock)
        return QJsonValue();
    return QDateTime::fromMSecsSinceEpoch(qint64(seconds * 1000), QTimeZone::UTC).toString(Qt::ISODateWithMs);
}

QJsonValue known(double value)
{
    return value >= 0 ? QJsonValue(value) : QJsonValue();
}

QString word(Confidence confidence)
{
    static const char *words[] = {"low", "medium", "high"};
    return QString::fromLatin1(words[int(confidence)]);
}

QString word(LoadModel model)
{
    return model == LoadModel::Open ? QStringLiteral("open") : model == LoadModel::Closed ? QStringLiteral("closed") : QStringLiteral("unknown");
}

QString word(KneeSign sign)
{
    static const char *words[] = {"latency", "shortfall", "growth", "errors"};
    return QString::fromLatin1(words[int(sign)]);
}

QJsonArray words(const std::vector<Text> &texts, Lang lang)
{
    QJsonArray array;
    for (const Text &text : texts)
        array.append(printable(text.in(lang)));
    return array;
}

QString verdictOn(const TestedRun &test, int step)
{
    if (!test.knee.usable)
        return QStringLiteral("unknown");
    if (test.knee.reached && step == test.knee.lastGoodStep)
        return QStringLiteral("knee");
    return test.isBad(step) ? QStringLiteral("past") : test.isSpike(step) ? QStringLiteral("spike") : QStringLiteral("good");
}

QJsonArray stepsArray(const TestedRun &test)
{
    QJsonArray array;
    const double zero = test.steps.empty() ? 0 : test.run.startSeconds;
    for (int i = 0; i < int(test.steps.size()); ++i) {
        const LoadStep &step = test.steps[size_t(i)];
        QJsonObject object{{"start", isoTime(test.run, step.start)},
                           {"end", isoTime(test.run, step.end)},
                           {"fromSecond", step.start - zero},
                           {"toSecond", step.end - zero},
                           {"offered", hasRate(step) ? QJsonValue(step.offered) : QJsonValue()},
                           {"throughput", hasRate(step) ? QJsonValue(step.throughput) : QJsonValue()},
                           {"users", known(step.users)},
                           {"samples", step.samples},
                           {"errors", test.run.showsErrors() ? QJsonValue(step.errors) : QJsonValue()},
                           {"p50", known(step.p50)},
                           {"p95", known(step.p95)},
                           {"p99", known(step.p99)},
                           {"max", known(step.max)},
                           {"p95Trusted", step.p95Trusted()},
                           {"p99Trusted", step.p99Trusted()},
                           {"verdict", verdictOn(test, i)}};
        if (!step.name.isEmpty())
            object.insert(QStringLiteral("name"), printable(step.name));
        QJsonObject stated;
        for (const auto &[q, ms] : step.stated)
            stated.insert(percentileLabel(q).en, ms);
        if (!stated.isEmpty())
            object.insert(QStringLiteral("stated"), stated);
        array.append(object);
    }
    return array;
}

QJsonObject kneeObject(const TestedRun &test, Lang lang)
{
    const Knee &knee = test.knee;
    const auto ifUsable = [&](double value) { return knee.usable ? known(value) : QJsonValue(); };
    const auto ifReached = [&](double value) { return knee.usable && knee.reached ? known(value) : QJsonValue(); };
    QJsonArray signs, spikes;
    for (const KneeSign sign : knee.signs)
        signs.append(word(sign));
    for (const int spike : knee.spikes)
        spikes.append(spike);
    QJsonObject object{{"throughput", ifUsable(knee.throughput)},
                       {"reached", knee.usable && knee.reached},
                       {"offered", ifUsable(knee.offered)},
                       {"firstBad", ifReached(knee.firstBad)},
                       {"users", ifUsable(knee.users)},
                       {"firstBadUsers", ifReached(knee.firstBadUsers)},
                       {"crossing", known(knee.crossing)},
                       {"confidence", word(knee.confidence)},
                       {"method", knee.method},
                       {"percentile", knee.percentile > 0 ? QJsonValue(percentileLabel(knee.percentile).en) : QJsonValue()},
                       {"baseline", ifUsable(knee.percentile > 0 ? knee.baselineP95 : -1)},
                       {"jump", ifReached(knee.percentile > 0 ? knee.jump : -1)},
                       {"signs", signs},
                       {"spikes", spikes},
                       {"firstErrors", knee.firstErrors > 0 ? QJsonValue(knee.firstErrors) : QJsonValue()},
                       {"secondOpinion", knee.secondOpinion ? QJsonValue(*knee.secondOpinion) : QJsonValue()},
                       {"secondOpinionAgrees", knee.secondOpinion ? QJsonValue(knee.secondOpinionAgrees) : QJsonValue()},
                       {"caveats", words(knee.caveats, lang)}};
    if (knee.spread)
        object.insert(QStringLiteral("spread"), QJsonObject{{"low", knee.spread->low}, {"high", knee.spread->high},
                                                            {"agreement", knee.spread->agreement}, {"reached", knee.spread->reached},
                                                            {"draws", knee.spread->draws}});
    if (!knee.usable)
        object.insert(QStringLiteral("why"), knee.whyNotUsable.in(lang));
    if (test.pods)
        object.insert(QStringLiteral("perPod"), ifUsable(knee.throughput / *test.pods));
    return object;
}

QJsonObject testObject(const TestedRun &test, Lang lang)
{
    const LoadTestRun &run = test.run;
    const auto latency = [&](double q) {
        if (run.latency.count() > 0)
            return known(run.latency.percentileMs(q));
        return run.whole ? known(run.whole->percentileMs(q).value_or(-1)) : QJsonValue();
    };
    const double most = run.latency.count() > 0 ? run.latency.maxMs() : run.whole ? run.whole->maxMs : -1;
    const bool whole = run.samples == 0 && run.whole;
    return {{"tool", run.tool},
            {"toolVersion", printable(run.toolVersion)},
            {"file", printable(test.name)},
            {"model", word(run.model)},
            {"pods", test.pods ? QJsonValue(*test.pods) : QJsonValue()},
            {"samples", whole ? run.whole->completed : run.samples},
            {"errors", run.showsErrors() ? QJsonValue(whole ? run.whole->failed : run.errors) : QJsonValue()},
            {"start", isoTime(run, run.startSeconds)},
            {"end", isoTime(run, run.endSeconds)},
            {"latency", QJsonObject{{"p50", latency(0.5)}, {"p95", latency(0.95)}, {"p99", latency(0.99)}, {"max", known(most)}}},
            {"percentiles", printable(percentileMeaningOf(run, test.steps).in(lang))},
            {"steps", stepsArray(test)},
            {"knee", kneeObject(test, lang)},
            {"remarks", words(run.remarks, lang)},
            {"missing", words(run.missing, lang)}};
}

QJsonObject scalingObject(const Scaling &scaling)
{
    QJsonArray points;
    for (size_t i = 0; i < scaling.points.size(); ++i)
        points.append(QJsonObject{{"pods", scaling.points[i].pods}, {"throughput", scaling.points[i].throughput},
                                  {"efficiency", scaling.efficiency[i]}});
    QJsonObject object{{"points", points}, {"lastMarginalShare", scaling.lastMarginalShare},
                       {"linear", scaling.isLinear()}, {"linearUpTo", scaling.linearUpTo()}};
    if (!scaling.fit)
        return object;
    const UslFit &fit = *scaling.fit;
    const auto maybe = [](const std::optional<double> &value) { return value ? QJsonValue(*value) : QJsonValue(); };
    object.insert(QStringLiteral("usl"),
                  QJsonObject{{"alpha", fit.alpha}, {"alphaError", fit.alphaError}, {"beta", fit.beta}, {"betaError", fit.betaError},
                              {"gamma", fit.gamma}, {"gammaError", fit.gammaError}, {"r2", fit.r2}, {"residualError", fit.residualError},
                              {"peakPods", maybe(fit.peakPods())}, {"limit", maybe(fit.limit())}, {"mostMeasured", fit.mostMeasured}});
    return object;
}

QJsonObject changeObject(const Change &change)
{
    static const char *outcomes[] = {"not-comparable", "none-shown", "lower", "higher"};
    const bool tested = change.outcome != Change::Outcome::NotComparable;
    return {{"before", known(change.before)}, {"after", known(change.after)}, {"by", tested ? QJsonValue(change.by) : QJsonValue()},
            {"low", tested ? QJsonValue(change.low) : QJsonValue()}, {"high", tested ? QJsonValue(change.high) : QJsonValue()},
            {"outcome", QString::fromLatin1(outcomes[int(change.outcome)])}};
}

QJsonObject comparisonObject(const LoadTestReport &report, Lang lang)
{
    const RunComparison &c = *report.comparison;
    QJsonArray levels, onlyBefore, onlyAfter;
    for (const LevelChange &l : c.levels)
        levels.append(QJsonObject{{"load", l.load}, {"keptUp", l.keptUp}, {"p50", changeObject(l.p50)}, {"p95", changeObject(l.p95)},
                                  {"p99", changeObject(l.p99)}, {"throughput", changeObject(l.throughput)}, {"errors", changeObject(l.errors)}});
    for (const double load : c.onlyBefore)
        onlyBefore.append(load);
    for (const double load : c.onlyAfter)
        onlyAfter.append(load);
    return {{"before", printable(report.before->name)}, {"byUsers", c.byUsers}, {"levels", levels}, {"onlyBefore", onlyBefore},
            {"onlyAfter", onlyAfter}, {"latency", changeObject(c.latency)}, {"verdict", c.verdict.in(lang)}};
}

QString csvNumber(double value)
{
    return value < 0 ? QString() : QString::number(value, 'g', 10);
}

} // namespace

QByteArray loadTestJson(const LoadTestReport &report, Lang lang)
{
    QJsonObject object = testObject(report.tests.front(), lang);
    object.insert(QStringLiteral("format"), QStringLiteral("tenken.loadtest/1"));
    if (report.tests.size() > 1) {
        QJsonArray tests;
        for (const TestedRun &test : report.tests)
            tests.append(testObject(test, lang));
        object.insert(QStringLiteral("tests"), tests);
    }
    if (report.scaling)
        object.insert(QStringLiteral("scaling"), scalingObject(*report.scaling));
    if (report.comparison)
        object.insert(QStringLiteral("comparison"), comparisonObject(report, lang));
    return QJsonDocument(object).toJson();
}

QByteArray loadTestCsv(const LoadTestReport &report)
{
    QList<QStringList> rows{QStringLiteral("file,pods,step,name,start,from_s,to_s,users,offered,throughput,samples,errors,p50_ms,p95_ms,"
                                           "p99_ms,max_ms,verdict").split(u',')};
    for (const TestedRun &test : report.tests) {
        for (int i = 0; i < int(test.steps.size()); ++i) {
            const LoadStep &step = test.steps[size_t(i)];
            rows << QStringList{printable(test.name), test.pods ? QString::number(*test.pods) : QString(), QString::number(i + 1),
                                  printable(step.name), isoTime(test.run, step.start).toString(),
                                  csvNumber(step.start - test.run.startSeconds), csvNumber(step.end - test.run.startSeconds),
                                  csvNumber(step.users), csvNumber(hasRate(step) ? step.offered : -1), csvNumber(hasRate(step) ? step.throughput : -1), QString::number(step.samples),
                                  test.run.showsErrors() ? QString::number(step.errors) : QString(), csvNumber(step.p50), csvNumber(step.p95),
                                  csvNumber(step.p99), csvNumber(step.max), verdictOn(test, i)};
        }
    }
    return csvOf(rows).toUtf8();
}

} // namespace tenken::app
