// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/pod_usage.h>
#include <rules/replicas.h>
#include <rules/series.h>
#include <rules/seriespicture.h>

#include <cmath>

namespace tenken
{

namespace
{

const Text title{"膝での使用量", "Use at the knee"};

const QStringList memoryMetrics = {"kubernetes.memory.usage", "kubernetes.memory.working_set",
                                   "container.memory.usage", "container.memory.working_set"};
const QStringList throttleMetrics = {"container.cpu.throttled", "container.cpu.throttled.periods",
                                     "kubernetes.cpu.cfs.throttled.periods",
                                     "kubernetes.cpu.cfs.throttled.seconds"};

/// The good steps end here: the window in which the pods carried the knee's load.
struct Window {
    double from = 0, to = 0;
    int pods = 1;
    const LoadTestSource *test = nullptr;
};

/// What the snapshot shows of one container in that window.
struct Use {
    std::optional<double> highest;
    std::vector<MetricSeries> series;
    bool reachesBeyond = false; ///< a value is of more than the window: of the steps beside it too
    bool sameEnvironment = true; ///< false: whether some series is of the test's environment is not known
};

/// A point stands for the time up to the next one: where none begins in a short window, the one that reaches into it
/// from before counts (60 s series of steps of 40 s).
std::optional<double> highestIn(const MetricSeries &series, const Window &w, bool &reachesBeyond)
{
    std::optional<double> highest;
    for (const auto &[at, value] : series.points) {
        if (at >= w.from && at < w.to && std::isfinite(value) && (!highest || value > *highest))
            highest = value;
    }
    for (size_t i = 0; !highest && i + 1 < series.points.size(); ++i) {
        const auto &[at, value] = series.points[i];
        const double next = series.points[i + 1].first;
        constexpr double longest = 300;
        if (at < w.from && next > w.from && next - at <= longest && std::isfinite(value)) {
            highest = value;
            reachesBeyond = true;
        }
    }
    return highest;
}

QString tagIn(const QString &scope, const QString &name)
{
    for (const QString &tag : scope.split(u',', Qt::SkipEmptyParts)) {
        if (tag.trimmed().startsWith(name + u':'))
            return tag.trimmed().sliced(name.size() + 1);
    }
    return {};
}

/// Whether a line is about this container of one pod. A mean or sum over pods hides the fullest one, so with
/// several pods only a maximum or a line per pod will do.
bool isAbout(const MetricSeries &s, const Workload &w, const Container &c, const Window &window,
             const QString &service)
{
    const QString container = tagIn(s.scope, QStringLiteral("kube_container_name"))
        + tagIn(s.scope, QStringLiteral("container_name"));
    if (container.isEmpty() ? w.containers.size() != 1 : container != c.name)
        return false;
    const bool perPod = !tagIn(s.scope, QStringLiteral("pod_name")).isEmpty();
    if (window.pods != 1 && !perPod && !s.query.startsWith(u"max:"))
        return false;
    const QString deployment = tagIn(s.scope, QStringLiteral("kube_deployment"));
    return deployment == w.object.name || tagIn(s.scope, QStringLiteral("service")) == service
        || (perPod && tagIn(s.scope, QStringLiteral("pod_name")).startsWith(w.object.name + u'-'));
}

/// Production's Pods at that time say nothing of a test in staging. Where nothing tells, the highest over all
/// environments is no lower than the test's own.
bool isSureOfEnvironment(const MetricSeries &s, const LoadTestSource &test)
{
    const bool bySeries = !environmentOf(s).isEmpty(), byTest = !test.environment.isEmpty();
    const bool each = s.query.startsWith(u"max:") || !tagIn(s.scope, QStringLiteral("pod_name")).isEmpty();
    return bySeries ? byTest : !byTest || each;
}

Use highestOf(const RuleContext &context, const QStringList &metrics, const Workload &w, const Container &c,
              const Window &window)
{
    static const QStringList baseUnits = {"", "B", "byte", "bytes", "ns", "s", "period", "periods"};
    Use use;
    for (const MetricSeries &s : context.evidence.datadog.series) {
        if (!metrics.contains(s.metric) || !baseUnits.contains(s.unit)
            || !isAbout(s, w, c, window, context.service().id)
            || isOfEnvironment(s, *window.test) == false)
            continue;
        if (const auto value = highestIn(s, window, use.reachesBeyond)) {
            use.highest = std::max(use.highest.value_or(*value), *value);
            use.sameEnvironment = use.sameEnvironment && isSureOfEnvironment(s, *window.test);
            use.series.push_back(s);
        }
    }
    return use;
}

/// What was seen may be of another environment: it proves nothing, and blames nobody.
Finding weighEnvironment(Finding f, const Use &use)
{
    if (use.reachesBeyond && f.verdict == Verdict::Fail)
        return say(f, Verdict::Unknown,
                   Text{"%1ただし時系列の間隔が段より長く、膝を越えた段の値も含みます。",
                        "%1 Yet the series' interval is longer than the step, and takes in the one past the knee."}
                       .arg(f.reason),
                   {"1 段を時系列の間隔より長くして測り直してください。", "Test again with steps longer than the series' interval."});
    if (use.sameEnvironment)
        return f;
    return say(f, f.verdict == Verdict::Pass ? Verdict::Warn : Verdict::Unknown,
               Text{"%1試験と同じ環境の値かどうかは分かりません。",
                    "%1 Whether that is of the environment under test is not known."}
                   .arg(f.reason),
               {"試験の `environment` を service.yaml に書き、`env:` で絞った時系列を記録してください。",
                "Write the test's `environment` in service.yaml, and keep a series filtered by `env:`."});
}

Finding unseen(Finding f, const RuleContext &context, const Container &c, const Text &what)
{
    if (context.service().datadogFolder.isEmpty()) {
        return say(f, Verdict::Warn,
                   Text{"コンテナ %1 の膝での%2は、Datadog の記録がなく示されていません。",
                        "No Datadog snapshot shows the %2 of container %1 at the knee."}
                       .arg(c.name, what),
                   {"負荷試験の時刻を含む記録を取り、service.yaml の `evidence.datadog` に書いてください。",
                    "Fetch a snapshot that covers the load test and name it as `evidence.datadog` in "
                    "service.yaml."});
    }
    return say(
        f, Verdict::Unknown,
        Text{"コンテナ %1 の膝での%2の時系列が、Datadog の記録にありません。",
             "The Datadog snapshot has no series of the %2 of container %1 at the knee."}
            .arg(c.name, what),
        Text{"負荷試験の時刻の `max:%1{kube_deployment:…} by {kube_container_name}` を記録に加えてください。",
             "Add `max:%1{kube_deployment:…} by {kube_container_name}` for the time of the load test."}
            .arg(QStringLiteral("kubernetes.memory.usage")));
}

Finding judgeMemory(const RuleContext &context, const Workload &w, const Container &c, double limit,
                    const Window &window)
{
    Finding f = findingFor(context, title, w, c, c.node["resources"]["limits"]["memory"]);
    Use use = highestOf(context, memoryMetrics, w, c, window);
    if (!use.highest)
        return unseen(std::move(f), context, c, {"メモリ使用量", "memory use"});
    const double share = *use.highest / limit;
    const double allowed = context.parameter(QStringLiteral("utilization"));
    compare(f, share * 100, Comparison::Relation::AtMost, allowed * 100, QStringLiteral("%"));
    setPicture(f, inContext(SeriesPicture{{"膝でのメモリ使用量", "Memory use at the knee"}, std::move(use.series), limit}, context.evidence));
    if (share <= allowed) {
        say(f, Verdict::Pass,
            Text{"膝でのメモリは limits の %1 % です。", "Memory at the knee is %1 % of the limit."}.arg(
                formatNumber(share * 100)));
        return weighEnvironment(f, use);
    }
    say(f, Verdict::Fail,
               Text{"膝でのメモリは limits の %1 % で、%2 % を超えます。",
                    "Memory at the knee is %1 % of the limit, above %2 %."}
                   .arg(formatNumber(share * 100), formatNumber(allowed * 100)),
               {"limits.memory を上げるか、使用量を減らして測り直してください。",
                "Raise limits.memory, or lower the use and test again."});
    return weighEnvironment(f, use);
}

Finding judgeThrottling(const RuleContext &context, const Workload &w, const Container &c,
                        const Window &window)
{
    Finding f =
        findingFor(context, {"CPU の抑制", "CPU throttling"}, w, c, c.node["resources"]["limits"]["cpu"]);
    Use use = highestOf(context, throttleMetrics, w, c, window);
    if (!use.highest)
        return unseen(std::move(f), context, c, {"CPU の抑制", "CPU throttling"});
    setPicture(f, inContext(SeriesPicture{{"膝での CPU の抑制", "CPU throttling at the knee"}, std::move(use.series), {}}, context.evidence));
    f.measured = sameText(formatNumber(*use.highest));
    f.wanted = sameText(QStringLiteral("0"));
    if (*use.highest <= 0) {
        say(f, Verdict::Pass,
            {"膝で CPU は抑制されていません。", "The CPU is not throttled at the knee."});
        return weighEnvironment(f, use);
    }
    say(f, Verdict::Fail, {"膝で CPU が抑制されています。", "The CPU is throttled at the knee."},
        {"limits.cpu を上げるか外し、測り直してください。", "Raise or drop limits.cpu and test again."});
    return weighEnvironment(f, use);
}

} // namespace

std::vector<Finding> judgeUsage(const RuleContext &context)
{
    std::vector<Finding> findings;
    const LoadTestAnalysis *best = context.bestKnee();
    const bool seen = best && best->knee.reached && best->knee.lastGoodStep >= 0
        && best->knee.lastGoodStep < int(best->steps.size());
    for (const Workload *w : servingWorkloads(context)) {
        if (!seen) {
            findings.push_back(
                say(findingFor(context, title, *w), Verdict::Warn,
                    {"膝に達した負荷試験がなく、limits が実際の必要量を満たすか示されていません。",
                     "No load test reached a knee, so it is not shown that the limits hold what is needed."},
                    {"1 Pod の負荷試験を膝を越えるまで行い、その時刻の Datadog を記録してください。",
                     "Test one Pod past its knee and keep the Datadog series of that time."}));
            continue;
        }
        const LoadStep &step = best->steps[size_t(best->knee.lastGoodStep)];
        if (!best->test->run->knowsWhen() && !context.service().datadogFolder.isEmpty()) {
            const ResultDoubt doubt = doubtInTime(*best->test->run);
            findings.push_back(say(findingFor(context, title, *w), Verdict::Unknown, doubt.why, doubt.remedy));
            continue;
        }
        const Window window{step.start, step.end, *best->test->source.pods, &best->test->source};
        for (const Container &c : w->containers) {
            if (c.role == Container::Role::Init)
                continue;
            const auto limit = parseQuantity(c.node["resources"]["limits"]["memory"].text());
            if (limit && *limit > 0)
                findings.push_back(judgeMemory(context, *w, c, *limit, window));
            if (c.node["resources"]["limits"]["cpu"])
                findings.push_back(judgeThrottling(context, *w, c, window));
        }
    }
    return findings;
}

} // namespace tenken
