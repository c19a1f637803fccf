// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/dependencies_capacity.h>

#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/seriespicture.h>

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

// "users-db" in dbinstanceidentifier:users-db-1, dbclusteridentifier:users-db, name:… – the id or the host's first label.
bool isAbout(const MetricSeries &s, const Dependency &d)
{
    static const QRegularExpression tag(QStringLiteral("(?:^|[{,\\s])[a-z_]+:([^,}\\s]+)"));
    const QString host = d.host.section(u'.', 0, 0).toLower(), id = d.id.toLower();
    for (const QString &text : {s.scope, s.query}) {
        for (auto it = tag.globalMatch(text); it.hasNext();) {
            const QString value = it.next().captured(1).toLower();
            for (const QString &name : {id, host}) {
                static const QRegularExpression rest(QStringLiteral("^(-\\d+|-(instance|node|writer|reader).*)?$"));
                if (!name.isEmpty() && value.startsWith(name) && rest.match(value.sliced(name.size())).hasMatch())
                    return true;
            }
        }
    }
    return false;
}

/// Whether a series was taken while a load test of the peak ran: only then does a low value say something.
const LoadTest *peakTestIn(const RuleContext &context, const MetricSeries &s)
{
    for (const LoadTest &t : context.evidence.loadTests) {
        if (!t.run || !t.run->knowsWhen() || t.source.purpose != u"peak" || isOfEnvironment(s, t.source) == false)
            continue;
        for (const auto &[at, value] : s.points) {
            if (std::isfinite(value) && at >= t.run->startSeconds && at <= t.run->endSeconds)
                return &t;
        }
    }
    return nullptr;
}

struct CpuSeen {
    std::vector<MetricSeries> series;
    std::optional<double> highest;        ///< percent
    std::optional<double> highestAtPeak;  ///< the same within a load test of the peak
    bool mean = false;                    ///< over several instances: it hides the fullest one
    bool sameEnvironment = true;          ///< false: whether that test ran where the series was taken is not known
};

/// Whether a line is the mean of several instances: a writer at its end beside idle readers looks half used.
bool isMeanOfSeveral(const MetricSeries &s, const Dependency &d)
{
    static const QRegularExpression one(QStringLiteral("(?:^|[,\\s])(?:dbinstanceidentifier|cacheclusterid|cachenodeid|host|hostname|name):[^*\\s]"));
    const bool several = std::ranges::any_of(d.instances, [](const DependencyInstances &i) { return i.count > 1; });
    return several && (s.query.startsWith(u"avg:") || s.query.startsWith(u"min:")) && !one.match(s.scope).hasMatch();
}

CpuSeen cpuOf(const DependencyCase &c)
{
    CpuSeen seen;
    for (const MetricSeries &s : c.context.evidence.datadog.series) {
        if (!c.kind.cpuMetrics.contains(s.metric) || !isAbout(s, c.d))
            continue;
        const LoadTest *test = peakTestIn(c.context, s);
        if (test && !isOfEnvironment(s, test->source))
            seen.sameEnvironment = false;
        seen.mean = seen.mean || (test && isMeanOfSeveral(s, c.d));
        for (const auto &[at, value] : s.points) {
            if (!std::isfinite(value))
                continue;
            seen.highest = std::max(seen.highest.value_or(value), value);
            if (test && at >= test->run->startSeconds && at <= test->run->endSeconds)
                seen.highestAtPeak = std::max(seen.highestAtPeak.value_or(value), value);
        }
        seen.series.push_back(s);
    }
    return seen;
}

} // namespace

Finding judgeDependencyCpu(const DependencyCase &c)
{
    const Text what{"ピークでの CPU", "CPU at the peak"};
    const double allowed = c.context.parameter(QStringLiteral("utilization")) * 100;
    CpuSeen seen = cpuOf(c);
    Finding f = findingForDependency(c, what);
    const Text attest{"ピークの負荷試験の時刻の CPU を Datadog から記録に加えるか、測った値を添えて人が答えてください。",
                      "Add its CPU for the time of the peak's load test to the snapshot, or answer by hand with the measured value."};
    if (!seen.highest) {
        if (c.context.service().datadogFolder.isEmpty())
            return say(f, Verdict::Unknown, Text{"%1 の CPU は、Datadog の記録がなく分かりません。", "There is no Datadog snapshot that shows the CPU of %1."}.arg(c.d.id), attest);
        return say(f, Verdict::Unknown, Text{"%1 の CPU の時系列（%2 など）が、Datadog の記録にありません。", "The Datadog snapshot has no series of the CPU of %1 (%2 or the like)."}
                                            .arg(c.d.id, c.kind.cpuMetrics.front()), attest);
    }
    setPicture(f, inContext(SeriesPicture{Text{"%1 の CPU", "CPU of %1"}.arg(c.d.id), std::move(seen.series), allowed}, c.context.evidence));
    const double shown = seen.highestAtPeak.value_or(*seen.highest);
    compare(f, shown, Comparison::Relation::AtMost, allowed, QStringLiteral("%"));
    if (*seen.highest > allowed) {
        compare(f, *seen.highest, Comparison::Relation::AtMost, allowed, QStringLiteral("%"));
        return say(f, Verdict::Fail, Text{"%1 の CPU は %2 % に達し、%3 % を超えます。", "The CPU of %1 reached %2 %, above %3 %."}
                                         .arg(c.d.id, formatNumber(*seen.highest), formatNumber(allowed)),
                   {"大きいインスタンスにするか、台数を増やして測り直してください。", "Use larger or more instances and test again."});
    }
    if (seen.highestAtPeak && !seen.sameEnvironment) {
        return say(f, Verdict::Warn, Text{"ピークの負荷試験の間、%1 の CPU は %2 % まででしたが、試験と同じ環境の値かどうか分かりません。",
                                          "During the peak's load test the CPU of %1 stayed within %2 %; whether in the environment under test is not known."}
                                         .arg(c.d.id, formatNumber(shown)),
                   {"試験の `environment` を書き、`env:` で絞った時系列を記録してください。", "Write the test's `environment`, and keep a series filtered by `env:`."});
    }
    if (seen.highestAtPeak && seen.mean) {
        return say(f, Verdict::Warn, Text{"ピークの負荷試験の間、%1 の CPU は平均で %2 % まででした。複数のインスタンスの平均では、最も高い 1 台が分かりません。",
                                          "During the peak's load test the CPU of %1 stayed within %2 % on average; the mean of several instances hides the fullest one."}
                                         .arg(c.d.id, formatNumber(shown)),
                   {"`max:` か、インスタンスごと (by {dbinstanceidentifier}) の時系列を記録してください。", "Keep a series of `max:`, or one for each instance (by {dbinstanceidentifier})."});
    }
    if (seen.highestAtPeak)
        return say(f, Verdict::Pass, Text{"ピークの負荷試験の間、%1 の CPU は %2 % まででした。", "During the peak's load test the CPU of %1 stayed within %2 %."}.arg(c.d.id, formatNumber(shown)));
    return say(f, Verdict::Unknown, Text{"記録の中で %1 の CPU は %2 % までですが、ピークの負荷試験の時刻を含みません。",
                                         "In the snapshot the CPU of %1 stays within %2 %, yet it does not cover a load test of the peak."}.arg(c.d.id, formatNumber(shown)), attest);
}

} // namespace tenken
