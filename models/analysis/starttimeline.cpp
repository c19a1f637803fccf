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

void addStart(Timeline &t, const StartTimes &times)
{
    if (times.postStart > 0)
        t.rows.push_back({sameText(QStringLiteral("postStart")), {{0, times.postStart, seconds(times.postStart), Tone::Neutral}}});
    if (!times.start)
        return;
    const double ready = *times.start;
    const double kill = times.killable ? times.earliestKill : ready;
    TimelineRow row{{"アプリの起動", "App start"}, {}};
    row.bars.push_back({0, std::min(ready, kill), seconds(std::min(ready, kill)), Tone::Strong});
    if (ready > kill) {
        row.bars.push_back({kill, ready, Text{"%1 不足", "%1 short"}.arg(seconds(ready - kill)), Tone::Missing});
        t.gapFrom = kill;
        t.gapTo = ready;
    }
    t.rows.push_back(std::move(row));
    t.marks.push_back({ready, {"準備完了", "Ready"}, TimelineMark::Weight::Dashed});
    t.needed = ready;
    t.neededLabel = Text{"起動にかかる時間 %1", "Time to start: %1"}.arg(seconds(ready));
}

void addProbe(Timeline &t, const StartTimes &times)
{
    TimelineRow row{sameText(times.hasStartupProbe ? QStringLiteral("startupProbe") : QStringLiteral("livenessProbe")), {}};
    if (times.initialDelay > 0)
        row.bars.push_back({0, times.initialDelay, Text{"待ち %1", "waits %1"}.arg(seconds(times.initialDelay)), Tone::Neutral});
    if (times.earliestKill > times.initialDelay) {
        row.bars.push_back({times.initialDelay, times.earliestKill,
                            Text{"%1 回失敗するまで", "until %1 failures"}.arg(times.failureThreshold), Tone::Light});
    }
    t.rows.push_back(std::move(row));
    t.marks.push_back({times.earliestKill, {"最初の kill", "Earliest kill"}, TimelineMark::Weight::Kill});
    t.configured = times.earliestKill;
    t.configuredLabel = Text{"最初の kill まで %1", "Until the earliest kill: %1"}.arg(seconds(times.earliestKill));
}

Text conclusionOf(const StartTimes &times)
{
    if (!times.killable)
        return {"起動の遅い container を止める probe はありません。", "No probe kills a container that starts slowly."};
    const Text kill = seconds(times.earliestKill);
    if (!times.start) {
        return Text{"起動の秒数が分からず、%1 で足りるか判定できません。",
                    "The start time is not known, so whether %1 is enough cannot be said."}.arg(kill);
    }
    if (*times.start > times.earliestKill) {
        return Text{"起動に %1 かかり、早ければ %2 で再起動が始まります。",
                    "The start takes %1; a restart can come at %2 already."}.arg(seconds(*times.start), kill);
    }
    return Text{"起動は %1 で終わり、最初の kill は %2 です。", "The start ends at %1; the earliest kill is at %2."}
        .arg(seconds(*times.start), kill);
}

} // namespace

Timeline startTimeline(const StartTimes &times)
{
    Timeline t;
    t.title = {"Pod 起動の時系列", "How the pod starts"};
    t.subtitle = sameText(times.container);
    t.marks.push_back({0, {"開始", "Start"}, TimelineMark::Weight::Thin});
    addStart(t, times);
    if (times.killable)
        addProbe(t, times);
    t.good = times.start && times.timingKnown && (!times.killable || *times.start <= times.earliestKill);
    t.conclusion = conclusionOf(times);
    t.end = std::ceil(std::max({times.start.value_or(0), times.earliestKill, times.postStart, 1.0}) * 1.15);
    return t;
}

} // namespace tenken
