// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/workloads.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

// Small waits are never worth a word.
constexpr double negligibleSeconds = 10;

Yaml killerNode(const Container &c, const StartTimes &times)
{
    return c.node[times.hasStartupProbe ? "startupProbe" : "livenessProbe"];
}

Text killerFormula(const StartTimes &t)
{
    return Text{"%1 の initialDelay %2 + (failureThreshold %3 − 1) × period %4 = %5",
                "%1: initialDelay %2 + (failureThreshold %3 − 1) × period %4 = %5"}
        .arg(t.hasStartupProbe ? "startupProbe" : "livenessProbe", seconds(t.initialDelay), t.failureThreshold, seconds(t.period),
             seconds(t.earliestKill));
}

// failureThreshold that gives the start half as much time again, at the period that is set.
int thresholdFor(const StartTimes &t)
{
    const double wanted = std::max(0.0, *t.start * 1.5 - (t.hasStartupProbe ? t.initialDelay : 0));
    return int(std::ceil(wanted / t.period)) + 1;
}

QString startupSnippet(const Workload &w, const Container &c, const StartTimes &t)
{
    if (t.hasStartupProbe) {
        const Yaml probe = c.node["startupProbe"];
        return entrySnippet(probe, QStringLiteral("startupProbe"), QStringLiteral("failureThreshold: %1").arg(thresholdFor(t)),
                            probe["failureThreshold"].exists(), w);
    }
    const Yaml http = c.node["livenessProbe"]["httpGet"];
    QString yaml = QStringLiteral("startupProbe:\n");
    if (http.isMap()) {
        yaml += QStringLiteral("  httpGet:\n    path: %1\n    port: %2\n")
                    .arg(http["path"].stringOr(QStringLiteral("/")), http["port"].string());
    }
    yaml += QStringLiteral("  periodSeconds: %1\n  failureThreshold: %2").arg(t.period).arg(thresholdFor(t));
    return snippetIn(c.node, yaml, w.object.node);
}

void judgeKnownStart(Finding &f, const Workload &w, const Container &c, const StartTimes &t)
{
    compare(f, *t.start, Relation::AtMost, t.earliestKill, QStringLiteral("s"));
    if (*t.start <= t.earliestKill) {
        say(f, Verdict::Pass, Text{"%1。起動はその前に終わります。", "%1. The start ends before that."}.arg(killerFormula(t)));
        return;
    }
    f.snippet = startupSnippet(w, c, t);
    say(f, Verdict::Fail,
        Text{"%1。起動が %2 長く、起動中に再起動されます。", "%1. The start takes %2 longer and is cut off by a restart."}
            .arg(killerFormula(t), seconds(*t.start - t.earliestKill)),
        Text{"startupProbe の failureThreshold を %1 にします (period %2)。", "Give a startupProbe a failureThreshold of %1 (period %2)."}
            .arg(thresholdFor(t), seconds(t.period)));
}

Finding judgeKill(const RuleContext &context, const Workload &w, const Container &c, const StartTimes &t)
{
    Finding f = findingInTemplate(context, {"起動は最初の kill より早い", "The start ends before the earliest kill"}, w, c,
                                  killerNode(c, t));
    const Declared<double> &start = context.service().startSeconds;
    f.measured = t.start ? sameText(seconds(*t.start)) : Text{"不明", "unknown"};
    if (!t.killable) {
        f.wanted = {"startupProbe か livenessProbe", "a startupProbe or livenessProbe"};
        say(f, Verdict::Warn, {"起動に失敗した container を止める probe がありません。", "No probe restarts a container whose start hangs."},
            {"起動の秒数に合わせた startupProbe を書きます。", "Write a startupProbe that fits the start time."});
    } else if (!t.timingKnown) {
        say(f, Verdict::Unknown, {"probe の秒数が整数ではありません。", "A number of the probe is no whole number."},
            {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
    } else if (!t.start) {
        f.wanted = relationText(Relation::AtMost, t.earliestKill, QStringLiteral("s"));
        sayUndeclared(f, context,
                      Text{"%1。起動の秒数が宣言されていません。", "%1. The start time is not declared."}.arg(killerFormula(t)),
                      QStringLiteral("timing.start-seconds"), QStringLiteral("timing:\n  start-seconds: 20"));
    } else {
        judgeKnownStart(f, w, c, t);
        addMark(f, context.service().file, start.span, Text{"起動に %1", "start takes %1"}.arg(seconds(*t.start)));
    }
    if (t.killable && t.timingKnown)
        setPicture(f, startTimeline(t));
    return f;
}

// initialDelaySeconds holds back readiness, or leaves a dead start standing, for longer than any start takes.
void judgeDelay(const RuleContext &context, const Workload &w, const Container &c, const char *key, std::vector<Finding> &findings)
{
    const Probe probe = readProbe(c, key);
    const double start = *context.service().startSeconds;
    const double most = std::max(start * context.parameter(QStringLiteral("delay-factor")), start + negligibleSeconds);
    if (!probe.exists() || !probe.timingKnown || probe.initialDelay <= most)
        return;
    Finding f = findingInTemplate(context, {"待ちは長すぎない", "The delay is not needlessly long"}, w, c,
                                  probe.node["initialDelaySeconds"]);
    compare(f, probe.initialDelay, Relation::AtMost, most, QStringLiteral("s"));
    f.snippet = snippetIn(probe.node, QStringLiteral("initialDelaySeconds: %1").arg(int(std::ceil(start))), w.object.node);
    findings.push_back(say(std::move(f), Verdict::Warn,
                           Text{"%1 は起動 %2 に対して %3 待ちます。その分、リリースと拡張が遅れます。",
                                "%1 waits %3 for a start of %2, which delays releases and scaling out."}
                               .arg(key, seconds(start), seconds(probe.initialDelay)),
                           {"initialDelaySeconds を起動の秒数に近づけるか、startupProbe に替えます。",
                            "Bring initialDelaySeconds near the start time, or use a startupProbe instead."}));
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Text title{"起動は最初の kill より早い", "The start ends before the earliest kill"};
    for (const Workload *w : longRunning(context, title, findings)) {
        const std::vector<StartTimes> times = startTimes(*w, context.service());
        const std::vector<Container> containers = servingContainers(*w);
        for (size_t i = 0; i < containers.size(); ++i) {
            findings.push_back(judgeKill(context, *w, containers[i], times[i]));
            if (!context.service().startSeconds)
                continue;
            for (const char *key : {"startupProbe", "livenessProbe", "readinessProbe"})
                judgeDelay(context, *w, containers[i], key, findings);
        }
    }
    return findings;
}

} // namespace

Rule safeStartRule()
{
    return {
        "safe-start",
        {"起動にかかる秒数が、probe が container を止めうる最も早い時刻より短いかを見ます。",
         "Whether the start takes less than the earliest moment at which a probe can kill the container."},
        {"最も早い kill は、startupProbe (なければ livenessProbe) の initialDelaySeconds + (failureThreshold − 1) × periodSeconds です。文書にある "
         "failureThreshold × periodSeconds は最も遅い読み方です。起動の秒数は service.yaml の timing.start-seconds (container の開始から Ready まで。postStart "
         "を含む) で、postStart の sleep のほうが長ければそちらを使います。ports を持つ container (なければすべて) を見ます。待ち: initialDelaySeconds が起動の "
         "delay-factor 倍を超え、かつ 10 s 以上余る probe は注意です。出典: kubelet prober/worker.go。",
         "The earliest kill is initialDelaySeconds + (failureThreshold − 1) × periodSeconds of the startupProbe, or of the livenessProbe where "
         "there is none; failureThreshold × periodSeconds, as documented, is the latest reading. The start is timing.start-seconds of "
         "service.yaml (container start to ready, postStart included), or a postStart sleep where that is longer. Containers with ports are "
         "judged, all where none has any. Delay: an initialDelaySeconds beyond delay-factor times the start, and more than 10 s beyond it, "
         "warns. Source: kubelet prober/worker.go."},
        {{"delay-factor", 2, "", RuleParameter::Stricter::Lower,
          {"initialDelaySeconds が起動の秒数の何倍までか", "How many times the start time initialDelaySeconds may be"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
