// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/scaling.h>
#include <evidence/service.h>

namespace tenken {

struct CapacityOptions {
    double headroom = 0;      ///< 0.2 = 20 %
    int zones = 0;            ///< 0 or 1: no spare for a lost zone
};

/// How throughput was seen to grow with pods.
struct ScaleOut {
    std::optional<UslFit> law = {};
    int mostTested = 0;       ///< pods; 0: no tests at several pod counts
    std::vector<ScalingPoint> points = {}; ///< what was measured, by pods
};

/// A node of the group that the pods go to.
struct NodeRoom {
    QString group;
    int podsPerNode = 1;
    std::optional<int> maxNodes = {};
};

/// A dependency that takes a limited number of connections from all pods together.
struct PoolLimit {
    QString dependency;
    int poolSize = 0;         ///< connections that one pod may open
    std::optional<int> maxConnections = {};
    QMap<QString, int> maxAtEvent = {}; ///< by event id, where it is another then
};

struct EventConnections {
    QString dependency;
    qint64 used = 0;          ///< pods × pool size
    std::optional<qint64> limit = {};
    bool exceeds() const { return limit && used > *limit; }
};

struct EventPlan {
    CapacityEvent event;
    int peakPods = 0;         ///< ceil(peak ÷ per pod), or as many as the scaling law wants
    int headroomPods = 0;     ///< added by headroom
    int zonePods = 0;         ///< added so that the rest stands when one zone is lost: ceil(pods × Z ÷ (Z − 1))
    bool byLaw = false;       ///< from the scaling law, not by division
    bool byTests = false;     ///< the tests at several pod counts carried less than the division says
    bool extrapolated = false; ///< more pods than were ever tested
    /// The law's peak lies below the rate: no number of pods carries it. The pods above are then a number too large
    /// for any autoscaler, and are not to be shown.
    bool unreachable = false;
    double mostRps = 0;       ///< the most that the law can reach; 0: no bound known
    std::optional<int> nodes = {}; ///< for needed()
    std::vector<EventConnections> connections = {}; ///< with needed() pods
    int needed() const { return peakPods + headroomPods + zonePods; }
};

/// Pods per event against what the autoscaler allows. Holds everything that it follows from, see planWith().
struct CapacityPlan {
    double perPodRps = 0;
    bool perPodMeasured = false;        ///< from the knee rather than declared
    CapacityOptions options;
    std::vector<EventPlan> events;      ///< in file order
    std::optional<int> minReplicas;     ///< of the autoscaler (1 where unset), or the fixed replica count
    std::optional<int> maxReplicas;
    ScaleOut scaleOut;
    std::optional<NodeRoom> node;
    std::vector<PoolLimit> pools;
    int largestNeed() const;
};

CapacityPlan planCapacity(const std::vector<CapacityEvent> &events, double perPodRps, const CapacityOptions &options,
                          const ScaleOut &scaleOut = {});

/// What a person tries with the sliders; what is not set stays.
struct CapacityWhatIf {
    std::optional<double> perPodRps = {}, headroom = {};
    std::optional<int> zones = {};
    QMap<QString, double> peakRps = {}; ///< req/s by event id
};

/// The plan again under a what-if (or, with none, after its nodes and pools were filled in). The law's shape stays;
/// it is scaled to the throughput of one pod. Changes nothing else.
CapacityPlan planWith(CapacityPlan plan, const CapacityWhatIf &whatIf = {});

} // namespace tenken
