// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/planning.h>
#include <rules/scalingtests.h>
#include <rules/workloads.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

std::vector<const Workload *> longRunning(const RuleContext &context, const Text &title, std::vector<Finding> &findings)
{
    std::vector<const Workload *> all;
    for (const Workload &w : context.manifests().workloads) {
        if (w.isLongRunning())
            all.push_back(&w);
    }
    if (all.empty() && !context.manifests().workloads.empty()) {
        const Workload &job = context.manifests().workloads.front();
        findings.push_back(say(findingFor(context, title, job), Verdict::Unknown,
                               {"マニフェストに Job と CronJob だけがあり、常に動く Pod がありません。",
                                "The manifests hold Jobs and CronJobs only, no pod that stays."},
                               {"service.yaml の `manifests` に、Deployment などの場所を書いてください。",
                                "Name the files of the Deployment (or its like) under `manifests` in service.yaml."}));
    }
    return all;
}

Finding findingInTemplate(const RuleContext &context, const Text &title, const Workload &w, Yaml node)
{
    Finding f = findingFor(context, title, w, node);
    const QString file = templateFile(w, &context.manifests());
    if (file != f.file && node)
        f.file = file;
    return f;
}

Finding findingInTemplate(const RuleContext &context, const Text &title, const Workload &w, const Container &c, Yaml node)
{
    Finding f = findingFor(context, title, w, c, node);
    f.file = templateFile(w, &context.manifests());
    return f;
}

QString seconds(double s)
{
    return formatWithUnit(s, QStringLiteral("s"));
}

Finding &sayUndeclared(Finding &finding, const RuleContext &context, const Text &reason, const QString &key,
                       const QString &example)
{
    finding.snippet = example;
    if (context.service().file.isEmpty()) {
        return say(finding, Verdict::Unknown, reason,
                   Text{"`tenken init` で readiness/service.yaml を作り、`%1` を書いてください。",
                        "Create readiness/service.yaml with `tenken init` and write `%1`."}.arg(key));
    }
    return say(finding, Verdict::Unknown, reason,
               Text{"service.yaml に `%1` を書いてください。", "Write `%1` in service.yaml."}.arg(key));
}

bool isServing(const RuleContext &context, const Workload &w)
{
    if (context.serving)
        return context.serving->set.contains(&w);
    return std::ranges::contains(servingWorkloads(context), &w);
}

namespace {

const CapacityEvent *chosenEvent(const RuleContext &context)
{
    const auto &events = context.service().events;
    const QStringList wanted = context.use.lists.value(QStringLiteral("event"), {QStringLiteral("normal")});
    for (const CapacityEvent &e : events) {
        if (wanted.contains(e.id))
            return &e;
    }
    return events.empty() ? nullptr : &events.front();
}

} // namespace

EventNeed needOf(const RuleContext &context, const Workload &w)
{
    EventNeed need;
    const ReplicaRange range = replicasOf(context.manifests(), w);
    need.replicasKnown = range.known;
    need.replicas = range.isKeda() ? std::max(1, range.min) : range.min; // KEDA makes an HPA with at least 1
    need.event = chosenEvent(context);
    if (!need.event) {
        need.missing = {"イベントのピークが宣言されていません。", "No event with its peak is declared."};
        need.key = QStringLiteral("capacity.events");
        need.example = QStringLiteral("capacity:\n  events:\n    - { id: normal, peak: 1000 }");
        return need;
    }
    if (need.event->scheduledReplicas && !range.paused)
        need.replicas = std::max(need.replicas, *need.event->scheduledReplicas);
    const std::optional<double> perPod = context.perPodRps();
    if (perPod && *perPod > 0) {
        // With headroom, as the event's plan has it. The spare for a lost zone is not counted: it is what is used up.
        const CapacityOptions options{planningParameter(context, QStringLiteral("headroom")), 0};
        const EventPlan plan = planCapacity({*need.event}, *perPod, options, scaleOutOf(context.loadTests)).events.front();
        if (!plan.unreachable) {
            need.needed = std::max(1, plan.needed());
            return need;
        }
        need.missing = Text{"スケーリング則の頂点は %1 req/s で、どの台数でもこのイベントに届きません。",
                            "The scaling law peaks at %1 req/s, so no number of pods carries this event."}
                           .arg(formatNumber(plan.mostRps));
        need.key = QStringLiteral("capacity.events");
        need.example = QStringLiteral("capacity:\n  events:\n    - { id: normal, peak: 1000 }");
        return need;
    }
    need.missing = {"1 Pod の処理量が分かりません。", "The throughput of one pod is not known."};
    need.key = QStringLiteral("capacity.per-pod");
    need.example = QStringLiteral("capacity:\n  per-pod: 140");
    return need;
}

QString entrySnippet(Yaml parent, const QString &parentName, const QString &yaml, bool written, const Workload &w)
{
    if (written)
        return snippetIn(parent, yaml, w.object.node);
    QString indented = QStringLiteral("  ") + yaml;
    indented.replace(u'\n', QStringLiteral("\n  "));
    const Span key = parent.keySpan();
    const QString inner = snippetIn(parent, yaml, w.object.node);
    if (!key.isValid() || inner == yaml)
        return parentName + QStringLiteral(":\n") + indented;
    return QString(key.column - 1, u' ') + parentName + QStringLiteral(":\n") + inner;
}

} // namespace tenken
