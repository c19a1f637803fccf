// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/canaries.h>

#include <rules/trafficfindings.h>

#include <algorithm>

namespace tenken {

namespace {

/// VirtualServices whose weights a Rollout moves.
QStringList drivenServices(const Canaries &c)
{
    QStringList names;
    for (const KubeObject *rollout : c.rollouts) {
        const Yaml istio = rollout->node["spec"]["strategy"]["canary"]["trafficRouting"]["istio"];
        std::vector<Yaml> services = istio["virtualServices"].items();
        services.push_back(istio["virtualService"]);
        for (const Yaml service : services)
            names.append(service["name"].string());
    }
    return names;
}

bool isDrivenByRollout(const Canaries &c, const AlbAction &action)
{
    return std::ranges::any_of(c.rollouts, [&](const KubeObject *rollout) {
        const Yaml alb = rollout->node["spec"]["strategy"]["canary"]["trafficRouting"]["alb"];
        return alb["ingress"].string() == action.ingress->name;
    });
}

} // namespace

Canaries canariesOf(const RuleContext &context)
{
    Canaries c;
    for (const KubeObject &object : context.manifests().objects) {
        if (object.kind == u"Rollout" && object.group() == u"argoproj.io")
            c.rollouts.push_back(&object);
        else if (object.kind == u"Canary" && object.group() == u"flagger.app")
            c.flagger.push_back(&object);
    }
    const Traffic t = trafficFor(context);
    const QStringList driven = drivenServices(c);
    const std::vector<MeshRoute> routes = meshRoutes(context.manifests());
    const bool known = std::ranges::any_of(routes, [&](const MeshRoute &r) { return leadsTo(r, t.ownHosts); });
    for (const MeshRoute &route : routes) {
        if (route.object->kind != u"VirtualService" || driven.contains(route.object->name) || (known && !leadsTo(route, t.ownHosts)))
            continue;
        if (route.destinations.size() > 1)
            c.splits.push_back(route);
        else if (route.reachable)
            c.whole.push_back(route);
    }
    for (AlbAction &action : albActions(context.manifests())) {
        if (!isDrivenByRollout(c, action) && (!action.readable || action.groups.size() > 1))
            c.alb.push_back(std::move(action));
    }
    return c;
}

CanaryPlan planOf(const RuleContext &context, const KubeObject &rollout)
{
    for (const Workload &w : context.manifests().workloads) {
        if (w.object.node == rollout.node) {
            const ReplicaRange range = replicasOf(context.manifests(), w);
            return argoPlan(rollout, std::max(1, range.min), range.known);
        }
    }
    const std::optional<qint64> replicas = rollout.node["spec"]["replicas"].integer();
    return argoPlan(rollout, int(std::clamp<qint64>(replicas.value_or(1), 1, 100'000)), replicas.has_value());
}

Finding sayNoCanary(const RuleContext &context, const Text &title)
{
    Finding f = findingFor(context, title);
    if (!context.manifests().workloads.empty())
        f = findingFor(context, title, context.manifests().workloads.front());
    return say(std::move(f), Verdict::Unknown,
               {"Argo Rollouts、Flagger、重みのある VirtualService、ALB の重みのいずれもマニフェストにありません。",
                "The manifests hold no Argo Rollout, no Flagger Canary, no weighted VirtualService and no weighted ALB action."},
               {"そのファイルを service.yaml の `manifests` に加えてください。カナリアをしないなら、Rollout か Canary を用意します。",
                "Add those files to `manifests` in service.yaml; where there is no canary yet, set up a Rollout or a Canary."});
}

std::optional<Finding> judgeHalt(const RuleContext &context, const KubeObject &release)
{
    const char *key = release.kind == u"Rollout" ? "paused" : "suspend";
    const Yaml node = release.node["spec"][key];
    if (!node.boolean().value_or(false))
        return std::nullopt;
    Finding f = findingFor(context, {"止められていない", "It is not halted"}, release, node);
    f.measured = sameText(QStringLiteral("%1: true").arg(QLatin1String(key)));
    return say(std::move(f), Verdict::Warn, Text{"%1: true のため、人が外すまで新しい版は進みません。", "With %1: true a new version goes nowhere until a person takes it away."}.arg(key),
               Text{"マニフェストから %1 を外します。", "Take %1 out of the manifest."}.arg(key));
}

Finding sayUnreadable(Finding f)
{
    return say(std::move(f), Verdict::Unknown, {"重みか時間が変数で、読めません。", "A weight or a duration is a variable and cannot be read."},
               {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
}

} // namespace tenken
