// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/proxysettings.h>
#include <evidence/manifests.h>
#include <evidence/service.h>

namespace tenken {

/// One stretch of time of one actor in a pod's start or stop.
struct TimelineBar {
    enum class Tone { Neutral, Light, Strong, Missing, Elsewhere }; ///< Missing: red; Elsewhere: hatched red, another item judges it
    double from = 0, to = 0;   ///< seconds from the beginning
    Text label;                ///< inside or beside the bar
    Tone tone = Tone::Neutral;
};

struct TimelineRow {
    Text actor;
    std::vector<TimelineBar> bars;
};

struct TimelineMark {
    double at = 0;
    Text label;                ///< "SIGTERM"
    enum class Weight { Thin, Kill, Dashed } weight = Weight::Thin;
};

/// A picture of waits: what happens when, and the gap in which a request can die.
struct Timeline {
    Text title;                ///< "Pod 停止の時系列"
    Text subtitle;             ///< "サイドカー: classic · Istio 1.22"
    Text source;               ///< "drain 23 s は service.yaml:31 の申告値"
    std::vector<TimelineRow> rows;
    std::vector<TimelineMark> marks;
    double end = 0;            ///< seconds shown
    double gapFrom = 0, gapTo = 0; ///< equal: no gap
    Text configuredLabel, neededLabel;
    double configured = 0, needed = 0; ///< dimension lines below the rows; 0: not drawn
    Text conclusion;           ///< one sentence
    bool good = true;
};

/// How the sidecar of a pod runs. Decided by annotation, else by Istio and Kubernetes version
/// (ENABLE_NATIVE_SIDECARS is "auto" since 1.27: native when every kubelet is ≥ 1.33).
enum class SidecarMode { None, Classic, Native, Unknown };
/// With `manifests`, labels of the Namespace count too: injection switched off, ambient mode without sidecars.
SidecarMode sidecarMode(const Workload &w, const Service &service, const Manifests *manifests = nullptr);

/// EXIT_ON_ZERO_ACTIVE_CONNECTIONS and MINIMUM_DRAIN_DURATION are read from Istio 1.12 on.
bool readsExitOnZero(const Service &service);

/// A lifecycle hook of one container: its handler and, where that is a plain sleep or declared, its duration.
struct Hook {
    bool exists = false;
    std::optional<double> seconds;   ///< nothing: cannot be seen; 0 where there is no hook
    double atLeast = 0;              ///< what is certain: "sleep 20 && …" takes 20 s or more
    bool declared = false;           ///< `seconds` is what people say
    bool sleepHandler = false;       ///< the `sleep` handler, which the API checks against the grace period
    Span span;                       ///< of the whole hook
    QString container;
};

/// `key` is "preStop" or "postStart"; `declared` stands for a duration that cannot be seen.
Hook lifecycleHook(const Container &container, std::string_view key, std::optional<double> declared = {});

/// The numbers of a pod's end; every one says whether it was written, declared or a default.
struct StopTimes {
    double grace = 30;
    Span graceSpan;                     ///< invalid when the default is used
    std::optional<double> preStop;      ///< longest of the app containers; nothing: its duration cannot be seen
    Span preStopSpan;
    bool graceKnown = true;             ///< false: written, but no number
    std::vector<Hook> preStops;         ///< one per own app container, in file order
    std::optional<double> sigterm, drain; ///< declared
    double proxyDrain = 5;              ///< terminationDrainDuration
    bool exitOnZero = false;            ///< EXIT_ON_ZERO_ACTIVE_CONNECTIONS
    double minimumDrain = 5;            ///< MINIMUM_DRAIN_DURATION
    Span proxySpan;
    SidecarMode sidecar = SidecarMode::Unknown;
    std::optional<double> needed() const; ///< preStop + SIGTERM handling + drain
    double neededAtLeast() const;         ///< the same with what is not known counted as 0
    double preStopAtLeast() const;
};

/// With `manifests`, mesh-wide settings among the files count too, not only those of the pod template.
StopTimes stopTimes(const Workload &w, const Service &service, const Manifests *manifests = nullptr);
Timeline stopTimeline(const StopTimes &times, const Service &service);

/// The start: delays and thresholds of the probe that kills a slow start (startup, else liveness).
struct StartTimes {
    std::optional<double> start;        ///< measured seconds to ready
    double postStart = 0;
    bool postStartKnown = true;
    bool hasStartupProbe = false;
    double earliestKill = 0;            ///< initialDelay + (failureThreshold − 1) × period
    double initialDelay = 0, period = 10;
    int failureThreshold = 3;
    bool killable = false;              ///< false: neither probe exists
    bool timingKnown = true;            ///< false: a number of the probe cannot be read
    Span probeSpan;
    QString container;
};

std::vector<StartTimes> startTimes(const Workload &w, const Service &service);
Timeline startTimeline(const StartTimes &times);

} // namespace tenken
