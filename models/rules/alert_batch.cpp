// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <rules/alerts.h>
#include <rules/all.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const WantedAlert &wanted()
{
    static const WantedAlert alert{{"バッチの監視", "Monitor of batch jobs"},
                                   {"バッチの失敗", "failing batch jobs"}};
    return alert;
}

std::vector<const KubeObject *> cronJobsOf(const RuleContext &context)
{
    std::vector<const KubeObject *> jobs;
    for (const Workload &w : context.manifests().workloads) {
        // The platform's own jobs (a Descheduler …) may lie among the same manifests.
        if (w.object.kind == u"CronJob" && w.object.nameSpace != u"kube-system")
            jobs.push_back(&w.object);
    }
    return jobs;
}

bool isJobKey(const QString &key)
{
    static const QStringList keys = {"kube_cronjob", "kube_cron_job", "kube_job", "cronjob", "job_name"};
    return keys.contains(key);
}

// A part that rises when jobs succeed says nothing when they fail; one that falls does.
bool tellsOfFailure(const Monitor &m)
{
    static const QRegularExpression success(u"succe(ss|eded)|complet"_s);
    const MonitorQuery query = parseMonitorQuery(m);
    return std::ranges::any_of(query.watched(), [&](const QueryPart &p) {
        return !(query.comparator.startsWith(u'>') && success.match(p.metric).hasMatch());
    });
}

bool isBatchMonitor(const RuleContext &context, const Monitor &m)
{
    return std::ranges::any_of(partsThatAlert(context, m), [](const Monitor *part) {
        return std::ranges::contains(signalsOf(*part), Signal::Batch) && tellsOfFailure(*part);
    });
}

// Every job, unless the scope names some and not this one.
bool watchesJob(const Monitor &m, const QString &name)
{
    return std::ranges::any_of(parseMonitorQuery(m).watched(), [&](const QueryPart &part) {
        bool named = false, meant = false;
        for (const ScopeTerm &term : part.scope) {
            if (!isJobKey(term.key))
                continue;
            const auto pattern = QRegularExpression::fromWildcard(term.value, Qt::CaseInsensitive);
            const bool match = pattern.match(name).hasMatch();
            if (term.negative && match)
                return false;
            named = named || !term.negative;
            meant = meant || (match && !term.negative);
        }
        return !named || meant;
    });
}

// The declaration takes the item off the list, unless the manifests say otherwise.
Finding noBatch(const RuleContext &context, const std::vector<const KubeObject *> &jobs)
{
    Finding f = findingInService(context, wanted().title, context.service().batch.span);
    f.measured = sameText(u"batch: none"_s);
    if (jobs.empty())
        return say(f, Verdict::NotApplicable,
                   {"バッチはないと宣言されています。", "It is declared that there are no batch jobs."});
    addMark(f, jobs.front()->file, placeOf(*jobs.front()), {"マニフェストの CronJob", "a CronJob"});
    return say(f, Verdict::Unknown,
               Text{"バッチはないと宣言されていますが、マニフェストに %1 があります。",
                    "No batch jobs are declared, yet the manifests hold %1."}
                   .arg(jobs.front()->title()),
               {"`batch: none` を消すか、その CronJob を別のサービスの証拠に移してください。",
                "Remove `batch: none`, or move the CronJob to the service it belongs to."});
}

Finding unwatched(const RuleContext &context, const KubeObject &job)
{
    Finding f = findingFor(context, wanted().title, job);
    f.measured = {"監視 0 件", "0 monitors"};
    f.wanted = {"≥ 1 件", "≥ 1"};
    return say(
        f, Verdict::Warn,
        Text{"バッチの監視は別のジョブだけを見ており、%1 を見ません。",
             "The monitors of batch jobs watch others; none watches %1."}
            .arg(job.name),
        Text{"監視の対象に `kube_cronjob:%1` を足してください。", "Add `kube_cronjob:%1` to what is watched."}
            .arg(job.name));
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto jobs = cronJobsOf(context);
    const auto &declared = context.service().batch;
    if (declared && !*declared)
        return {noBatch(context, jobs)};
    if (auto why = whyNoMonitors(context, wanted().title))
        return {*std::move(why)};
    QStringList resources;
    for (const KubeObject *job : jobs)
        resources << u"kube_cronjob:"_s + job->name << u"kube_cron_job:"_s + job->name;
    const ServiceMonitors monitors = monitorsOf(context, resources);
    std::vector<Finding> findings;
    std::vector<const Monitor *> watching, near;
    for (const Monitor *m : monitors.own) {
        if (!isBatchMonitor(context, *m))
            continue;
        findings.push_back(judgeAlert(context, wanted().title, *m));
        for (const Monitor *part : partsThatAlert(context, *m))
            watching.push_back(part);
    }
    std::ranges::copy_if(monitors.candidates, std::back_inserter(near),
                         [&](const Monitor *m) { return isBatchMonitor(context, *m); });
    if (findings.empty()) {
        if (!declared && jobs.empty() && near.empty())
            return {undeclared(context, wanted().title, {"バッチの有無", "Whether there are batch jobs"},
                               u"batch"_s, u"batch: none"_s)};
        return {noMonitor(context, wanted(), monitors, near)};
    }
    findings = bestOf(findings);
    for (const KubeObject *job : jobs) {
        if (std::ranges::none_of(watching, [&](const Monitor *m) { return watchesJob(*m, job->name); }))
            findings.push_back(unwatched(context, *job));
    }
    return findings;
}

} // namespace

Rule alertBatchRule()
{
    const Text how{
        "`batch: none` の宣言があれば対象外、宣言も CronJob も監視もなければ不明です。"
        "kubernetes_state.job・cronjob、celery、sidekiq、airflow "
        "などを見る監視を数え、成功が増えると鳴る監視は"
        "数えません。マニフェストの CronJob のうち、どの監視も見ないものは注意です。",
        "Not applicable where `batch: none` is declared; unknown where nothing is declared, no CronJob is "
        "there "
        "and no monitor. Monitors of kubernetes_state.job and cronjob, celery, sidekiq, airflow and the like "
        "count, those that fire as successes rise do not. A CronJob of the manifests that no monitor watches "
        "is "
        "a warning."};
    return {"alert-batch",
            {"バッチの失敗を見る監視があり、警報が Slack に届くか",
             "Whether a monitor of failing batch jobs alerts to Slack"},
            Text{"%1\n%2", "%1\n%2"}.arg(how, howAlertsAreJudged()),
            {},
            judge,
            Rule::Source::Datadog};
}

} // namespace tenken
