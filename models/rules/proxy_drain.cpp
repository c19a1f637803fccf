// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/sidecars.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

const Text title{"proxy は最後の要求まで残る", "The proxy outlives the last request"};

void markShares(Finding &f, const SidecarCase &c, const StopTimes &t)
{
    const Service &service = c.context.service();
    for (const Hook &hook : t.preStops) {
        if (hook.exists && hook.atLeast > 0)
            addMark(f, templateFile(c.w, &c.context.manifests()), hook.span, Text{"preStop %1", "preStop %1"}.arg(seconds(hook.atLeast)));
    }
    if (t.drain)
        addMark(f, service.file, service.drainSeconds.span, Text{"drain %1", "drain %1"}.arg(seconds(*t.drain)));
}

void addRemedy(Finding &f, const SidecarCase &c, const StopTimes &t)
{
    const int preStop = std::max(5, int(std::ceil(t.preStopAtLeast())));
    const int whole = std::max(5, int(std::ceil(t.neededAtLeast())));
    const QString config = readsExitOnZero(c.context.service())
        ? QStringLiteral("proxyMetadata:\n  EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\"\n  MINIMUM_DRAIN_DURATION: \"%1s\"").arg(preStop)
        : QStringLiteral("terminationDrainDuration: %1s").arg(whole);
    f.snippet = annotationSnippet(c.w, config);
    f.remedy = whereToSet();
}

void sayUnseenPreStop(Finding &f, const SidecarCase &c)
{
    sayUndeclared(f, c.context,
                  {"preStop が sleep だけではないため、かかる秒数が読めません。",
                   "preStop is more than a plain sleep, so how long it takes cannot be seen."},
                  QStringLiteral("timing.prestop-seconds"), QStringLiteral("timing:\n  prestop-seconds: 20"));
}

// With EXIT_ON_ZERO_ACTIVE_CONNECTIONS the agent sleeps MINIMUM_DRAIN_DURATION, then stays while connections are
// open; terminationDrainDuration is not read. The minimum has to cover preStop, when there may be none.
Finding judgeExitOnZero(const SidecarCase &c, const StopTimes &t)
{
    const ProxySetting<double> &minimum = c.proxy.minimumDrain;
    Finding f = settingFinding(c, title, minimum.isDefault() ? c.proxy.exitOnZero.file : minimum.file,
                               minimum.isDefault() ? c.proxy.exitOnZero.span : minimum.span);
    compare(f, minimum.value, Relation::AtLeast, t.preStopAtLeast(), QStringLiteral("s"));
    if (minimum.value < t.preStopAtLeast()) {
        addRemedy(f, c, t);
        return say(f, Verdict::Fail,
                   Text{"preStop %1 の間に接続が途切れると、proxy は %2 で終わります。", "When no connection is open during the %1 of preStop, the proxy ends at %2."}
                       .arg(seconds(t.preStopAtLeast()), seconds(minimum.value)), f.remedy);
    }
    if (!t.preStop) {
        sayUnseenPreStop(f, c);
    } else if (t.graceKnown && minimum.value > t.grace) {
        compare(f, minimum.value, Relation::AtMost, t.grace, QStringLiteral("s"));
        say(f, Verdict::Warn, {"MINIMUM_DRAIN_DURATION が猶予より長く、いつも SIGKILL まで止まりません。",
                               "MINIMUM_DRAIN_DURATION is longer than the grace period, so every stop lasts until SIGKILL."},
            Text{"preStop の %1 以上、猶予の %2 以下にします。", "Set it to at least preStop, %1, and at most the grace period, %2."}
                .arg(seconds(*t.preStop), seconds(t.grace)));
    } else {
        say(f, Verdict::Pass, {"EXIT_ON_ZERO_ACTIVE_CONNECTIONS により、接続がなくなるまで残ります。terminationDrainDuration は読まれません。",
                               "With EXIT_ON_ZERO_ACTIVE_CONNECTIONS it stays until no connection is open; terminationDrainDuration is not read."});
    }
    return f;
}

// SIGTERM reaches the proxy at the deletion: it has no preStop, while the app is still in its own.
Finding judgeFixedDrain(const SidecarCase &c, const StopTimes &t)
{
    const ProxySetting<double> &drain = c.proxy.terminationDrain;
    Finding f = settingFinding(c, title, drain.file, drain.span);
    const double needed = t.neededAtLeast();
    compare(f, drain.value, Relation::AtLeast, needed, QStringLiteral("s"));
    Text why = drain.isDefault() ? whyDefault(c) : Text{};
    if (c.proxy.exitOnZero.value)
        why = {"EXIT_ON_ZERO_ACTIVE_CONNECTIONS は Istio 1.12 より前の版では読まれません。", "Before Istio 1.12 EXIT_ON_ZERO_ACTIVE_CONNECTIONS is not read."};
    if (drain.value < needed) {
        addRemedy(f, c, t);
        if (drain.isDefault()) {
            if (auto unseen = unseenMesh(c, f, QStringLiteral("terminationDrainDuration")))
                return *unseen;
        }
        return say(f, Verdict::Fail,
                   Text{"proxy は %1 で終わり、アプリが止まるまでの %2 は通信できません。%3",
                        "The proxy ends after %1; for the %2 until the app has stopped nothing gets through. %3"}
                       .arg(seconds(drain.value), seconds(needed - drain.value), why), f.remedy);
    }
    if (t.graceKnown && drain.value > t.grace) {
        compare(f, drain.value, Relation::AtMost, t.grace, QStringLiteral("s"));
        return say(f, Verdict::Fail, {"terminationDrainDuration が猶予より長く、SIGKILL が先に届きます。",
                                      "terminationDrainDuration is longer than the grace period: SIGKILL comes first."},
                   {"terminationGracePeriodSeconds をそれ以上にします。", "Set terminationGracePeriodSeconds to at least that."});
    }
    if (t.needed())
        return say(f, Verdict::Pass, {"アプリが止まるまで proxy が残ります。", "The proxy stays until the app has stopped."});
    f.comparison.reset();
    f.wanted = Text{"≥ %1 + 不明", "≥ %1 + unknown"}.arg(seconds(needed));
    if (!t.preStop) {
        sayUnseenPreStop(f, c);
    } else {
        sayUndeclared(f, c.context,
                      {"アプリが SIGTERM の後に要求を返し切るまでの秒数が宣言されていません。",
                       "How long the app takes to finish requests after SIGTERM is not declared."},
                      QStringLiteral("timing.drain-seconds"), QStringLiteral("timing:\n  sigterm-seconds: 0\n  drain-seconds: 20"));
    }
    return f;
}

Finding judgeClassic(const SidecarCase &c)
{
    const StopTimes times = stopTimes(c.w, c.context.service(), &c.context.manifests());
    Finding f = times.exitOnZero ? judgeExitOnZero(c, times) : judgeFixedDrain(c, times);
    markShares(f, c, times);
    setPicture(f, stopTimeline(times, c.context.service()));
    return f;
}

std::vector<Finding> judge(const RuleContext &context)
{
    return judgeSidecars(context, title,
                         {"native サイドカーは、最後の container が終わってから止まります。設定は要りません。",
                          "A native sidecar stops after the last container has ended; nothing has to be set."},
                         judgeClassic);
}

} // namespace

Rule proxyDrainRule()
{
    return {
        "proxy-drain",
        {"サイドカーの proxy が、アプリの最後の要求より長く残るかを見ます。", "Whether the sidecar proxy outlives the app's last request."},
        {"classic サイドカーには削除と同時に SIGTERM が届き、既定の terminationDrainDuration 5 s で終わります。preStop + timing.sigterm-seconds + timing.drain-seconds "
         "以上で、猶予以下である必要があります。EXIT_ON_ZERO_ACTIVE_CONNECTIONS が true なら terminationDrainDuration は読まれず、MINIMUM_DRAIN_DURATION (既定 5 s) が preStop "
         "以上であればよくなります (Istio 1.12 以降)。設定の読み方は proxy-first と同じで、proxyMetadata と ProxyConfig の environmentVariables も読みます。native サイドカーには何も要りません。出典: Istio の agent.go、"
         "proxy_config.go。",
         "SIGTERM reaches a classic sidecar at the deletion already, and it ends after terminationDrainDuration, 5 s by default. That has to be at "
         "least preStop + timing.sigterm-seconds + timing.drain-seconds, and at most the grace period. With EXIT_ON_ZERO_ACTIVE_CONNECTIONS true "
         "terminationDrainDuration is not read; MINIMUM_DRAIN_DURATION (5 s by default) then has to cover preStop (from Istio 1.12 on). Settings are read as in "
         "proxy-first, with proxyMetadata and environmentVariables of ProxyConfig. A native sidecar needs nothing. Sources: Istio's agent.go, "
         "proxy_config.go."},
        {},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
