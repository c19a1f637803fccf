// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/workloads.h>

#include <analysis/fields.h>

#include <algorithm>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

bool hasMinReady(const Workload &w)
{
    return w.object.kind != u"Pod";
}

bool hasDeadline(const Workload &w)
{
    return w.object.kind == u"Deployment" || w.object.kind == u"Rollout";
}

Finding minReadyFinding(const RuleContext &context, const Text &title, const Workload &w)
{
    const Yaml node = w.object.node["spec"]["minReadySeconds"];
    return findingFor(context, title, w, node ? node : Yaml{});
}

QString snippetOf(const Workload &w, double value)
{
    const Yaml spec = w.object.node["spec"];
    return entrySnippet(spec, QStringLiteral("spec"), QStringLiteral("minReadySeconds: %1").arg(int(value)),
                        spec["minReadySeconds"].exists(), w);
}

Finding judgeSet(const RuleContext &context, const Workload &w, const IntField &minReady)
{
    Finding f = minReadyFinding(context, {"minReadySeconds がある", "minReadySeconds is set"}, w);
    compare(f, minReady.value, Relation::MoreThan, 0, QStringLiteral("s"));
    if (minReady.value > 0)
        return say(f, Verdict::Pass, {"Ready になった直後に落ちる Pod で更新が進みません。", "A pod that falls over right after getting ready stops the roll-out."});
    f.snippet = snippetOf(w, 10);
    return say(f, Verdict::Fail,
               minReady.written
                   ? Text{"0 s では、Ready になった瞬間に次の Pod へ進みます。", "At 0 s the roll-out moves on the moment a pod is ready."}
                   : Text{"書かれておらず、既定の 0 s です。Ready になった瞬間に次の Pod へ進みます。",
                          "It is not set, so the default of 0 s holds: the roll-out moves on the moment a pod is ready."},
               {"起動の秒数より短い値を書きます。", "Write a value below the start time."});
}

// The controller counts progress until the new pod is available: its start and minReadySeconds have to fit.
Finding judgeDeadline(const RuleContext &context, const Workload &w, const IntField &minReady, const IntField &deadline)
{
    Finding f = minReadyFinding(context, {"progressDeadlineSeconds に収まる", "It fits in progressDeadlineSeconds"}, w);
    addMark(f, w.object.file, w.object.node["spec"]["progressDeadlineSeconds"], {"更新の期限", "the roll-out's deadline"});
    const double start = context.service().startSeconds.value.value_or(0);
    compare(f, minReady.value + start, Relation::LessThan, deadline.value, QStringLiteral("s"));
    if (minReady.value >= deadline.value) {
        compare(f, minReady.value, Relation::LessThan, deadline.value, QStringLiteral("s"));
        f.snippet = snippetOf(w, std::max(1.0, std::min(10.0, deadline.value - 1.0)));
        return say(f, Verdict::Fail, {"progressDeadlineSeconds 以上の minReadySeconds は API サーバーが拒みます。",
                                      "The API server refuses a minReadySeconds that is not below progressDeadlineSeconds."},
                   Text{"%1 より短くします。", "Set it below %1."}.arg(seconds(deadline.value)));
    }
    if (minReady.value + start >= deadline.value) {
        return say(f, Verdict::Fail,
                   Text{"起動 %1 + minReadySeconds %2 が期限に達し、正常な更新が失敗と見なされます。",
                        "Start %1 + minReadySeconds %2 reach the deadline, so a healthy roll-out is reported as failed."}
                       .arg(seconds(start), seconds(minReady.value)),
                   {"minReadySeconds を短くするか、progressDeadlineSeconds を延ばします。",
                    "Shorten minReadySeconds or lengthen progressDeadlineSeconds."});
    }
    return say(f, Verdict::Pass,
               context.service().startSeconds
                   ? Text{"起動と minReadySeconds の和が期限に収まります。", "The start and minReadySeconds together fit in the deadline."}
                   : Text{"minReadySeconds だけなら期限に収まります。", "minReadySeconds by itself fits in the deadline."});
}

Finding judgeSize(const RuleContext &context, const Workload &w, const IntField &minReady)
{
    Finding f = minReadyFinding(context, {"起動の秒数に対して小さい", "It is small against the start time"}, w);
    const double floor = context.parameter(QStringLiteral("free-seconds"));
    const Declared<double> &start = context.service().startSeconds;
    f.measured = sameText(seconds(minReady.value));
    if (minReady.value <= floor) {
        compare(f, minReady.value, Relation::AtMost, std::max(floor, start.value.value_or(0) * context.parameter(QStringLiteral("factor"))),
                QStringLiteral("s"));
        return say(f, Verdict::Pass, {"更新を目立って遅らせません。", "It does not slow a roll-out noticeably."});
    }
    if (!start) {
        f.wanted = {"起動の秒数以下", "≤ the start time"};
        return sayUndeclared(f, context, {"起動の秒数が宣言されていません。", "The start time is not declared."},
                             QStringLiteral("timing.start-seconds"), QStringLiteral("timing:\n  start-seconds: 20"));
    }
    const double most = std::max(floor, *start * context.parameter(QStringLiteral("factor")));
    compare(f, minReady.value, Relation::AtMost, most, QStringLiteral("s"));
    addMark(f, context.service().file, start.span, Text{"起動に %1", "start takes %1"}.arg(seconds(*start)));
    if (minReady.value <= most)
        return say(f, Verdict::Pass, {"起動の秒数と比べて長くありません。", "It is not long against the start time."});
    f.snippet = snippetOf(w, most);
    return say(f, Verdict::Warn,
               Text{"起動 %1 より長く待ち、更新の時間の大半が待ちになります。", "It is longer than the start of %1, so a roll-out mostly waits."}
                   .arg(seconds(*start)),
               Text{"%1 以下にします。", "Set it to %1 or less."}.arg(seconds(most)));
}

void judgeWorkload(const RuleContext &context, const Workload &w, std::vector<Finding> &findings)
{
    const Yaml spec = w.object.node["spec"];
    const IntField minReady = intField(spec, "minReadySeconds", 0);
    const IntField deadline = intField(spec, "progressDeadlineSeconds", 600);
    if (!minReady.known || !deadline.known) {
        Finding f = minReadyFinding(context, {"minReadySeconds がある", "minReadySeconds is set"}, w);
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               {"minReadySeconds か progressDeadlineSeconds が整数ではありません。",
                                "minReadySeconds or progressDeadlineSeconds is no whole number."},
                               {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."}));
        return;
    }
    findings.push_back(judgeSet(context, w, minReady));
    if (minReady.value <= 0)
        return;
    if (hasDeadline(w))
        findings.push_back(judgeDeadline(context, w, minReady, deadline));
    findings.push_back(judgeSize(context, w, minReady));
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Text title{"minReadySeconds がある", "minReadySeconds is set"};
    for (const Workload *w : longRunning(context, title, findings)) {
        if (hasMinReady(*w)) {
            judgeWorkload(context, *w, findings);
            continue;
        }
        findings.push_back(say(findingFor(context, title, *w), Verdict::Fail,
                               {"単独の Pod には minReadySeconds も更新もありません。", "A bare Pod has neither minReadySeconds nor a roll-out."},
                               {"Deployment にします。", "Make it a Deployment."}));
    }
    return findings;
}

} // namespace

Rule minReadyRule()
{
    return {
        "min-ready",
        {"minReadySeconds が 0 より大きく、更新の期限に収まり、起動の秒数に対して小さいかを見ます。",
         "Whether minReadySeconds is above 0, fits in the roll-out's deadline and is small against the start time."},
        {"既定は 0 s で、Ready になった瞬間に次の Pod へ進みます。progressDeadlineSeconds (既定 600) 以上の値は API サーバーが拒み、起動の秒数との和が期限に達すると正常な更新も失敗と見なされます。"
         "free-seconds 以下なら常に小さいとし、それを超える値は起動の秒数 (service.yaml の timing.start-seconds) の factor 倍までとします。出典: apps/v1 validation。",
         "The default is 0 s: the roll-out moves on the moment a pod is ready. The API server refuses a value that is not below "
         "progressDeadlineSeconds (600 by default), and where its sum with the start time reaches the deadline a healthy roll-out is reported as "
         "failed. Up to free-seconds it always counts as small, beyond that up to factor times the start time (timing.start-seconds of "
         "service.yaml). Source: apps/v1 validation."},
        {{"factor", 1, "", RuleParameter::Stricter::Lower,
          {"起動の秒数の何倍までか", "How many times the start time it may be"}},
         {"free-seconds", 10, "s", RuleParameter::Stricter::Lower,
          {"起動の秒数によらず小さいとする値", "A value that counts as small whatever the start time"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
