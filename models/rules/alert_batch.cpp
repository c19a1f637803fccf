// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/alerts.h>
#include <rules/all.h>

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
    const auto jobs = cronJobsOf(context.evidence);
    const auto &declared = context.service().batch;
    if (declared && !*declared)
        return {noBatch(context, jobs)};
    if (auto why = whyNoMonitors(context, wanted().title))
        return {*std::move(why)};
    const auto coverage = coverageFor(context);
    const NeedCoverage &need = *coverage->need(u"batch"_s);
    std::vector<Finding> findings;
    for (const MonitorReading *r : need.evidence)
        findings.push_back(judgeAlert(context, wanted().title, *r));
    if (findings.empty()) {
        if (!declared && jobs.empty() && need.near.empty())
            return {undeclared(context, wanted().title, {"バッチの有無", "Whether there are batch jobs"},
                               u"batch"_s, u"batch: none"_s)};
        return {noMonitor(context, wanted(), *coverage, need)};
    }
    findings = bestOf(findings);
    for (const KubeObject *job : need.unwatched)
        findings.push_back(unwatched(context, *job));
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
