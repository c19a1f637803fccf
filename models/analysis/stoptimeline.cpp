// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/podtimeline.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Tone = TimelineBar::Tone;

Text seconds(double s)
{
    return sameText(formatWithUnit(s, QStringLiteral("s")));
}

// A phase that SIGKILL may cut: what fits is drawn in its own tone, the rest as missing.
void addPhase(Timeline &t, const Text &actor, double from, double length, double kill, Tone tone)
{
    TimelineRow row{actor, {}};
    const double to = from + length;
    if (from < kill && length > 0)
        row.bars.push_back({from, std::min(to, kill), seconds(std::min(to, kill) - from), tone});
    if (to > kill) {
        const double short_ = to - std::max(from, kill);
        row.bars.push_back({std::max(from, kill), to,
                            Text{"%1 不足", "%1 short"}.arg(formatWithUnit(short_, QStringLiteral("s"))), Tone::Missing});
    }
    t.rows.push_back(std::move(row));
}

// Until when the classic sidecar serves: SIGTERM reaches it together with the app, at the end of preStop
// of its own — and it has none, so at once.
double proxyEnd(const StopTimes &times, double until)
{
    if (times.sidecar == SidecarMode::Native)
        return until;
    if (times.exitOnZero)
        return times.minimumDrain >= times.preStopAtLeast() ? until : times.minimumDrain;
    return times.proxyDrain;
}

void addProxy(Timeline &t, const StopTimes &times, double kill, double needed)
{
    if (times.sidecar != SidecarMode::Classic && times.sidecar != SidecarMode::Native)
        return;
    const double until = std::min(kill, needed);
    const double end = std::min(proxyEnd(times, until), kill);
    TimelineRow row{sameText(QStringLiteral("istio-proxy")), {}};
    if (end > 0)
        row.bars.push_back({0, end, seconds(end), Tone::Light});
    if (end < until) {
        row.bars.push_back({end, until,
                            Text{"proxy 不在 %1 → proxy-drain", "no proxy for %1 → proxy-drain"}.arg(seconds(until - end)),
                            Tone::Elsewhere});
    }
    t.rows.push_back(std::move(row));
}

Text subtitleOf(const StopTimes &times, const Service &service)
{
    Text mode;
    switch (times.sidecar) {
    case SidecarMode::None: mode = {"サイドカー: なし", "Sidecar: none"}; break;
    case SidecarMode::Classic: mode = {"サイドカー: classic", "Sidecar: classic"}; break;
    case SidecarMode::Native: mode = {"サイドカー: native", "Sidecar: native"}; break;
    case SidecarMode::Unknown: mode = {"サイドカー: 不明", "Sidecar: unknown"}; break;
    }
    if (!service.istioVersion || times.sidecar == SidecarMode::None)
        return mode;
    return Text{"%1 · Istio %2", "%1 · Istio %2"}.arg(mode, service.istioVersion.value->toString());
}

Text sourceOf(const StopTimes &times, const Service &service)
{
    if (!times.drain)
        return {};
    return Text{"drain %1 は %2:%3 の申告値", "drain %1 is declared at %2:%3"}
        .arg(seconds(*times.drain), service.file.section(u'/', -1), service.drainSeconds.span.line);
}

Text conclusionOf(const StopTimes &times, double preStop, double sigterm)
{
    const double needed = times.neededAtLeast();
    const Text kill = seconds(times.grace);
    if (needed > times.grace) {
        if (times.grace <= preStop) {
            return Text{"%1 で SIGKILL が届き、preStop が終わる前にアプリが切られます。",
                        "SIGKILL arrives at %1, before preStop has ended, and cuts the app off."}.arg(kill);
        }
        if (times.grace < preStop + sigterm || !times.drain) {
            return Text{"%1 で SIGKILL が届き、SIGTERM の処理が終わりません。",
                        "SIGKILL arrives at %1, before SIGTERM is handled."}.arg(kill);
        }
        return Text{"%1 で SIGKILL が届き、drain の残り %2 に処理中の要求が切れます。",
                    "SIGKILL arrives at %1; requests in the remaining %2 of the drain are cut off."}
            .arg(kill, seconds(needed - times.grace));
    }
    if (!times.needed()) {
        return Text{"分かっている時間は %1 です。残りの秒数が分からず、猶予 %2 で足りるか判定できません。",
                    "%1 is known to be needed. The rest is not, so whether %2 of grace is enough cannot be said."}
            .arg(seconds(needed), kill);
    }
    return Text{"猶予 %1 のうち %2 で止まります。残りは %3 です。", "The pod stops in %2 of its %1 of grace, with %3 to spare."}
        .arg(kill, seconds(needed), seconds(times.grace - needed));
}

void addMarks(Timeline &t, const StopTimes &times, double preStop)
{
    using Weight = TimelineMark::Weight;
    const double needed = times.neededAtLeast();
    t.marks.push_back({0, {"削除開始", "Deletion"}, Weight::Thin});
    if (preStop < times.grace)
        t.marks.push_back({preStop, sameText(QStringLiteral("SIGTERM")), Weight::Thin});
    t.marks.push_back({times.grace, sameText(QStringLiteral("SIGKILL")), Weight::Kill});
    if (times.needed())
        t.marks.push_back({needed, {"drain 完了", "Drained"}, Weight::Dashed});
}

} // namespace

Timeline stopTimeline(const StopTimes &times, const Service &service)
{
    const double kill = times.grace;
    const double preStop = times.preStopAtLeast();
    const double sigterm = times.sigterm.value_or(0);
    const double needed = times.neededAtLeast();

    Timeline t;
    t.title = {"Pod 停止の時系列", "How the pod stops"};
    t.subtitle = subtitleOf(times, service);
    t.source = sourceOf(times, service);
    if (service.endpointSeconds) {
        const double removed = *service.endpointSeconds;
        t.rows.push_back({{"Endpoint 除外", "Endpoint removal"}, {{0, removed, seconds(removed), Tone::Neutral}}});
    }
    addPhase(t, {"preStop sleep", "preStop sleep"}, 0, preStop, kill, Tone::Light);
    addPhase(t, {"SIGTERM 処理", "SIGTERM handling"}, preStop, sigterm, kill, Tone::Strong);
    addPhase(t, {"アプリの drain", "App drain"}, preStop + sigterm, times.drain.value_or(0), kill, Tone::Strong);
    addProxy(t, times, kill, needed);
    addMarks(t, times, preStop);

    t.good = times.graceKnown && times.needed() && needed <= kill;
    if (needed > kill) {
        t.gapFrom = kill;
        t.gapTo = needed;
    }
    t.configured = kill;
    t.configuredLabel = Text{"設定した猶予 %1", "Grace as set: %1"}.arg(seconds(kill));
    if (times.needed()) {
        t.needed = needed;
        t.neededLabel = Text{"必要な時間 %1", "Time needed: %1"}.arg(seconds(needed));
    }
    t.conclusion = conclusionOf(times, preStop, sigterm);
    t.end = std::ceil(std::max({kill, needed, service.endpointSeconds.value.value_or(0), 1.0}) * 1.15);
    return t;
}

} // namespace tenken
