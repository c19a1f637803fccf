// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/rollout.h>

#include <analysis/fields.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostSteps = 240;       // a picture shows no more
constexpr int mostReplicas = 10'000;

// A default is written as the API server would fill it in.
std::optional<int> resolved(Yaml value, const char *fallback, int total, Rounding rounding)
{
    if (value && !value.isNull()) {
        const std::optional<int> n = resolveIntOrPercent(value, total, rounding);
        return n && *n >= 0 ? n : std::nullopt;
    }
    const auto file = YamlFile::parse(fallback, QStringLiteral("default"));
    return resolveIntOrPercent(file->documents().front(), total, rounding);
}

bool isZero(Yaml value)
{
    return value.string() == u"0" || value.string() == u"0%";
}

void resolveRolling(UpdateStrategy &s, Yaml map, int replicas)
{
    s.surgeNode = map["maxSurge"];
    s.unavailableNode = map["maxUnavailable"];
    if (isZero(s.surgeNode) && isZero(s.unavailableNode)) {
        s.type = UpdateStrategy::Type::Refused;
        return;
    }
    const auto surge = resolved(s.surgeNode, "25%", replicas, Rounding::Up);
    const auto unavailable = resolved(s.unavailableNode, "25%", replicas, Rounding::Down);
    if (!surge || !unavailable) {
        s.type = UpdateStrategy::Type::Unreadable;
        return;
    }
    s.raised = *surge == 0 && *unavailable == 0;
    s.maxSurge = *surge;
    s.maxUnavailable = s.raised ? 1 : *unavailable;
}

UpdateStrategy deploymentStrategy(Yaml strategy, int replicas)
{
    UpdateStrategy s;
    s.node = strategy;
    s.typeText = strategy["type"].stringOr(QStringLiteral("RollingUpdate"));
    if (s.typeText == u"Recreate")
        s.type = UpdateStrategy::Type::Recreate;
    else if (s.typeText != u"RollingUpdate")
        s.type = UpdateStrategy::Type::Unreadable;
    else
        resolveRolling(s, strategy["rollingUpdate"], replicas);
    return s;
}

// Argo Rollouts: with traffic routing the stable pods stay until the canary took over; without it maxSurge
// and maxUnavailable hold as in a Deployment, with the same defaults.
UpdateStrategy argoStrategy(Yaml strategy, int replicas)
{
    UpdateStrategy s;
    s.node = strategy;
    if (strategy["blueGreen"].exists()) {
        s.typeText = QStringLiteral("blueGreen");
        s.type = UpdateStrategy::Type::AllNewFirst;
    } else if (const Yaml canary = strategy["canary"]; canary.exists()) {
        s.typeText = QStringLiteral("canary");
        if (canary["trafficRouting"].isMap())
            s.type = UpdateStrategy::Type::AllNewFirst;
        else
            resolveRolling(s, canary, replicas);
    } else {
        s.type = UpdateStrategy::Type::Unreadable;
    }
    return s;
}

// StatefulSets and DaemonSets: spec.updateStrategy; maxUnavailable 1 where unset, percentages round up.
UpdateStrategy ordinalStrategy(Yaml strategy, int replicas)
{
    UpdateStrategy s;
    s.node = strategy;
    s.typeText = strategy["type"].stringOr(QStringLiteral("RollingUpdate"));
    if (s.typeText == u"OnDelete") {
        s.type = UpdateStrategy::Type::OnDelete;
        return s;
    }
    const Yaml rolling = strategy["rollingUpdate"];
    const IntField partition = intField(rolling, "partition", 0);
    s.surgeNode = rolling["maxSurge"];
    s.unavailableNode = rolling["maxUnavailable"];
    const auto surge = resolved(s.surgeNode, "0", replicas, Rounding::Up);
    const auto unavailable = resolved(s.unavailableNode, "1", replicas, Rounding::Up);
    if (s.typeText != u"RollingUpdate" || !surge || !unavailable || !partition.known) {
        s.type = UpdateStrategy::Type::Unreadable;
        return s;
    }
    s.partition = partition.value;
    s.maxSurge = *surge;
    s.maxUnavailable = *surge == 0 ? std::max(1, *unavailable) : *unavailable;
    return s;
}

void thin(std::vector<RolloutStep> &steps)
{
    if (steps.size() <= mostSteps)
        return;
    std::vector<RolloutStep> kept;
    for (size_t i = 0; i < mostSteps; ++i)
        kept.push_back(steps[i * (steps.size() - 1) / (mostSteps - 1)]);
    steps = std::move(kept);
}

} // namespace

Rollout simulateRollout(int replicas, int maxSurge, int maxUnavailable)
{
    Rollout r;
    r.replicas = std::clamp(replicas, 0, mostReplicas);
    r.maxSurge = std::max(0, maxSurge);
    r.maxUnavailable = std::max(0, maxUnavailable);
    if (r.maxSurge == 0 && r.maxUnavailable == 0)
        r.maxUnavailable = 1;
    RolloutStep now{.oldPods = r.replicas};
    r.steps.push_back(now);
    // The controller's turn (surge, then take down what is spare), then the kubelet's: what starts gets ready.
    while (now.newReady < r.replicas || now.oldPods > 0) {
        const int wanted = r.replicas - now.newStarting - now.newReady;
        now.newStarting += std::clamp(r.replicas + r.maxSurge - now.total(), 0, std::max(0, wanted));
        r.steps.push_back(now);
        now.oldPods -= std::clamp(now.ready() - (r.replicas - r.maxUnavailable), 0, now.oldPods);
        r.steps.push_back(now);
        now.newReady += now.newStarting;
        now.newStarting = 0;
        r.steps.push_back(now);
    }
    r.steps.erase(std::ranges::unique(r.steps, [](const RolloutStep &a, const RolloutStep &b) {
                      return a.oldPods == b.oldPods && a.newStarting == b.newStarting && a.newReady == b.newReady;
                  }).begin(), r.steps.end());
    r.lowestReady = std::ranges::min(r.steps, {}, &RolloutStep::ready).ready();
    r.highestTotal = std::ranges::max(r.steps, {}, &RolloutStep::total).total();
    thin(r.steps);
    return r;
}

Rollout simulateRollout(Yaml strategy, int replicas)
{
    const UpdateStrategy s = deploymentStrategy(strategy, replicas);
    if (s.type == UpdateStrategy::Type::Recreate)
        return simulateRollout(replicas, 0, replicas);
    return simulateRollout(replicas, s.maxSurge, s.maxUnavailable);
}

UpdateStrategy updateStrategy(const Workload &w, int replicas)
{
    const Yaml spec = w.object.node["spec"];
    if (w.object.kind == u"Rollout")
        return argoStrategy(spec["strategy"], replicas);
    if (w.object.kind == u"StatefulSet" || w.object.kind == u"DaemonSet")
        return ordinalStrategy(spec["updateStrategy"], replicas);
    if (w.object.kind == u"Deployment")
        return deploymentStrategy(spec["strategy"], replicas);
    UpdateStrategy s;
    s.type = UpdateStrategy::Type::None;
    return s;
}

} // namespace tenken
