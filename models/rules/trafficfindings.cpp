// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/trafficfindings.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

Traffic trafficFor(const RuleContext &context)
{
    return trafficOf(context.manifests(), context.service(), servingWorkloads(context));
}

std::optional<Finding> dependenciesUndecided(const RuleContext &context, const Text &title)
{
    const Service &service = context.service();
    if (!service.dependencies) {
        return undeclared(context, title, {"依存先", "What the service depends on"}, QStringLiteral("dependencies"),
                          QStringLiteral("dependencies:\n  - {id: users-db, kind: mysql, host: users-db.internal}"));
    }
    if (!service.dependencies.value->empty())
        return std::nullopt;
    return withoutDependencies(context, title);
}

namespace
{

/// Something that shows a dependency: a host's first label, or a service's name.
struct Shown {
    QString name, file;
    Span place;
};

/// Hosts that the mesh is told of, except those of the Services that stand among the manifests.
std::optional<Shown> shownByMesh(const RuleContext &context)
{
    const Manifests &manifests = context.manifests();
    QStringList own{context.service().id};
    own += context.service().aliases;
    for (const KubeObject *service : manifests.ofKind(QStringLiteral("Service")))
        own << service->name;
    for (const QString &kind : {QStringLiteral("ServiceEntry"), QStringLiteral("DestinationRule")}) {
        for (const KubeObject *object : manifests.ofKind(kind)) {
            const Yaml spec = object->node["spec"];
            for (const QString &host : spec["hosts"].strings() + spec["host"].strings()) {
                if (!host.isEmpty() && !host.startsWith(u'*') && !own.contains(host.section(u'.', 0, 0)))
                    return Shown{object->title(), object->file, placeOf(*object)};
            }
        }
    }
    return {};
}

std::optional<Shown> shownByTraces(const RuleContext &context)
{
    QStringList own{context.service().id};
    own += context.service().aliases;
    for (const ServiceCalls &map : context.evidence.datadog.serviceCalls) {
        for (const QString &caller : own) {
            for (const QString &callee : map.calls.value(caller)) {
                if (!own.contains(callee, Qt::CaseInsensitive))
                    return Shown{callee, map.file, {1, 1, 1, 2}};
            }
        }
    }
    return {};
}

} // namespace

Finding withoutDependencies(const RuleContext &context, const Text &title)
{
    Finding f = findingInService(context, title, context.service().dependencies.span);
    f.measured = sameText(QStringLiteral("dependencies: []"));
    std::optional<Shown> shown = shownByMesh(context);
    const bool isTraced = !shown;
    if (!shown)
        shown = shownByTraces(context);
    if (!shown)
        return say(f, Verdict::NotApplicable, {"依存先はないと宣言されています。", "It is declared to depend on nothing."});
    addMark(f, shown->file, shown->place, isTraced ? Text{"APM の呼び出し", "the map of APM calls"} : Text{"マニフェスト", "the manifest"});
    return say(f, Verdict::Unknown,
               isTraced ? Text{"依存先はないと宣言されていますが、APM の図では %1 を呼んでいます。", "It is declared to depend on nothing, yet the map of APM calls shows that it calls %1."}.arg(shown->name)
                        : Text{"依存先はないと宣言されていますが、マニフェストに %1 があります。", "It is declared to depend on nothing, yet the manifests hold %1."}.arg(shown->name),
               {"`dependencies` にその依存先を書くか、別のサービスのものなら証拠から外してください。",
                "Write that dependency into `dependencies`; or, if it is another service's, take it out of the evidence."});
}

Finding findingOn(const RuleContext &context, const DependencyTraffic &d, const Text &title)
{
    Finding f = findingInService(context, Text{"%1: %2", "%1: %2"}.arg(d.dependency->id, title), d.dependency->span);
    if (d.dependency->client.span.isValid())
        f.span = d.dependency->client.span;
    return f;
}

Finding findingOn(const RuleContext &context, const MeshRoute &route, const Text &title, Yaml node)
{
    Finding f = findingFor(context, Text{"%1: %2", "%1: %2"}.arg(route.name, title), *route.object, node ? node : route.node);
    return f;
}

Finding &sayNoClient(Finding &f, const RuleContext &context, const DependencyTraffic &d, const Text &reason, const QString &line)
{
    f.measured = {"不明", "unknown"};
    return sayUndeclared(f, context, reason, QStringLiteral("dependencies[].client"),
                         QStringLiteral("dependencies:\n  - id: %1\n    client: {%2}").arg(d.dependency->id, line));
}

Text hopText(const TimeoutHop &hop)
{
    return Text{"%1 → %2", "%1 → %2"}.arg(hop.from, hop.to);
}

Text routeText(const MeshRoute &route)
{
    return sameText(route.object->title() + QStringLiteral(" · ") + route.name);
}

QString secondsText(double seconds)
{
    return formatMs(seconds * 1000);
}

void compareSeconds(Finding &f, double measured, Comparison::Relation relation, double wanted)
{
    compare(f, measured * 1000, relation, wanted * 1000, QStringLiteral("ms"));
    f.measured = sameText(secondsText(measured));
}

void markPath(Finding &f, const TimeoutPath &path)
{
    for (const TimeoutHop &hop : path.hops) {
        for (const TimeoutLayer &layer : hop.layers) {
            if (layer.file.isEmpty() || (layer.file == f.file && layer.span.line == f.span.line))
                continue;
            const std::optional<double> total = layer.total();
            addMark(f, layer.file, Span{layer.span.line, layer.span.column, layer.span.line, layer.span.column},
                    total ? Text{"%1: 最長 %2", "%1: at most %2"}.arg(hopText(hop), secondsText(*total))
                          : Text{"%1: 上限なし", "%1: no limit"}.arg(hopText(hop)));
        }
    }
}

QString routeSnippet(const MeshRoute &route, const QString &yaml)
{
    return snippetIn(route.node, yaml, route.object->node);
}

} // namespace tenken
