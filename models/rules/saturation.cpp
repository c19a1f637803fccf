// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/replicas.h>
#include <rules/saturation.h>
#include <rules/series.h>
#include <rules/seriespicture.h>

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text &title()
{
    static const Text text{"膝で飽和する資源", "What saturates at the knee"};
    return text;
}

/// From the last good step to the end of the first bad one: what gives way does so in there.
struct Window {
    double from = 0, to = 0;
};

struct Use {
    const MetricSeries *series = nullptr;
    double share = 0; ///< of what there is
};

QString tagIn(const QString &scope, QStringView key)
{
    for (const QString &tag : scope.split(u',', Qt::SkipEmptyParts)) {
        if (tag.trimmed().section(u':', 0, 0) == key)
            return tag.trimmed().section(u':', 1);
    }
    return {};
}

// The limit of the container that the line is about; of pods with one container that one's.
std::optional<double> limitFor(const RuleContext &context, const MetricSeries &s, const char *resource)
{
    const QString container = tagIn(s.scope, u"kube_container_name") + tagIn(s.scope, u"container_name");
    for (const Workload *w : servingWorkloads(context)) {
        const auto apps = w->appContainers();
        for (const Container &c : apps) {
            if (container.isEmpty() ? apps.size() == 1 : c.name == container)
                return parseQuantity(c.node["resources"]["limits"][resource].text());
        }
    }
    return {};
}

std::optional<double> peakIn(const MetricSeries &s, const Window &w, double sign)
{
    std::optional<double> peak;
    for (const auto &[at, value] : s.points) {
        if (at >= w.from && at < w.to && std::isfinite(value) && (!peak || sign * value > sign * *peak))
            peak = value;
    }
    return peak;
}

/// The share of a resource that was in use; nothing for a series that says nothing of the kind.
std::optional<double> shareOf(const RuleContext &context, const MetricSeries &s, const Window &w)
{
    static const QRegularExpression full(u"cpu|memory|utilization|saturation|pool|disk"_s),
        idle(u"idle|free|available"_s), throttled(u"cpu.*throttled"_s),
        cpu(u"^(kubernetes|container)\\.cpu\\.usage"_s),
        memory(u"^(kubernetes|container)\\.memory\\.(usage|working_set)$"_s);
    const bool isIdle = idle.match(s.metric).hasMatch();
    const auto peak = peakIn(s, w, isIdle ? -1 : 1);
    if (!peak)
        return {};
    if (throttled.match(s.metric).hasMatch())
        return *peak > 0 ? std::optional(1.0) : 0;
    if (s.unit == u"%" && full.match(s.metric).hasMatch())
        return (isIdle ? 100 - *peak : *peak) / 100;
    // A mean over pods may hide the fullest, yet never makes it fuller than it is.
    const bool sum = s.query.startsWith(u"sum:");
    if (memory.match(s.metric).hasMatch() && !sum) {
        if (const auto limit = limitFor(context, s, "memory"); limit && *limit > 0)
            return *peak / *limit;
    }
    if (cpu.match(s.metric).hasMatch() && !sum && s.unit == u"core") {
        if (const auto limit = limitFor(context, s, "cpu"); limit && *limit > 0)
            return *peak / *limit;
    }
    return {};
}

// A series of production says nothing of a test in staging, though it has points at that time.
bool isOfTest(const RuleContext &context, const LoadTestSource &test, const MetricSeries &s)
{
    const QString env = plainEnvironment(environmentOf(s)), place = plainEnvironment(test.environment);
    if (!env.isEmpty() && !place.isEmpty() && env != u"*" && env != place)
        return false;
    const QString service = tagIn(s.scope, u"service");
    return service.isEmpty() || service == context.service().id
        || context.service().aliases.contains(service, Qt::CaseInsensitive);
}

QString seriesName(const MetricSeries &s)
{
    return s.metric + (s.scope.isEmpty() ? QString() : u'{' + s.scope + u'}');
}

Finding notSeen(const RuleContext &context, Finding f, const LoadTestAnalysis &a)
{
    if (context.service().datadogFolder.isEmpty())
        return undeclared(context, title(), {"膝での資源の使用量", "The use of resources at the knee"},
                          u"evidence.datadog"_s, u"evidence:\n  datadog: readiness/datadog"_s);
    return say(f, Verdict::Unknown,
               Text{"試験 %1 の膝の時刻の使用率が、スナップショットにありません。",
                    "The snapshot has no use of resources at the time of the knee of test %1."}
                   .arg(nameOf(a.test->source)),
               {"CPU、メモリ、依存先の使用率をその時刻で取るか、飽和する資源をレビューで答えてください。",
                "Fetch CPU, memory and the dependencies' utilization of that time, or name the resource in "
                "the review."});
}

} // namespace

Finding judgeSaturation(const RuleContext &context)
{
    const LoadTestAnalysis *best = context.bestKnee();
    const bool seen = best && best->knee.reached && best->knee.lastGoodStep >= 0
        && best->knee.lastGoodStep < int(best->steps.size());
    if (!seen) {
        Finding f = findingInService(context, title());
        return say(f, Verdict::Unknown, {"膝に達した負荷試験がありません。", "No load test reached a knee."},
                   {"膝を越えるまで測るか、飽和する資源をレビューで答えてください。",
                    "Test past the knee, or name the resource in the review."});
    }
    const auto good = size_t(best->knee.lastGoodStep);
    const size_t bad = std::min(good + 1, best->steps.size() - 1);
    const Window window{best->steps[good].start, best->steps[bad].end};
    const double wanted = context.parameter(u"utilization"_s);
    Finding f = findingForTest(context, title(), best->test->source);
    f.wanted = Text{"≥ %1 % に達した資源の名", "the name of one at ≥ %1 %"}.arg(formatNumber(wanted * 100));
    if (!best->test->run->knowsWhen()) {
        const ResultDoubt doubt = doubtInTime(*best->test->run);
        return say(f, Verdict::Unknown, doubt.why, doubt.remedy);
    }
    std::vector<Use> uses;
    for (const MetricSeries &s : context.evidence.datadog.series) {
        if (const auto share =
                isOfTest(context, best->test->source, s) ? shareOf(context, s, window) : std::nullopt)
            uses.push_back({&s, *share});
    }
    if (uses.empty())
        return notSeen(context, f, *best);
    const Use &top = *std::ranges::max_element(uses, {}, &Use::share);
    f.measured = sameText(u"%1: %2 %"_s.arg(top.series->metric, formatNumber(top.share * 100)));
    setPicture(f, inContext(SeriesPicture{{"膝のころの使用量", "Use around the knee"}, {*top.series}, {}}, context.evidence));
    if (top.share >= wanted)
        return say(f, Verdict::Pass,
                   Text{"膝で飽和するのは %1 です（%2 %）。", "%1 saturates at the knee (%2 %)."}.arg(
                       seriesName(*top.series), formatNumber(top.share * 100)));
    return say(
        f, Verdict::Unknown,
        Text{"見えている資源で最も高いのは %1 の %2 % で、飽和したものが見えません。",
             "The fullest resource that is seen is %1 at %2 %: what saturates is not seen."}
            .arg(seriesName(*top.series), formatNumber(top.share * 100)),
        {"依存先やスレッド、接続の使用率も取るか、飽和する資源をレビューで答えてください。",
         "Fetch the use of dependencies, threads and connections too, or name the resource in the review."});
}

} // namespace tenken
