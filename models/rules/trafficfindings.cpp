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
    return say(findingInService(context, title, service.dependencies.span), Verdict::NotApplicable,
               {"依存先はないと宣言されています。", "It is declared to depend on nothing."});
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
