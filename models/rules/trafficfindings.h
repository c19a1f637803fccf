// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/traffic.h>
#include <rules/workloads.h>

namespace tenken {

/// The calls of this service, as trafficOf() reads them for the workloads that carry its requests.
Traffic trafficFor(const RuleContext &context);

/// Answers for the whole rule where nothing is to be judged: `dependencies: []` (n/a) and none declared (unknown).
std::optional<Finding> dependenciesUndecided(const RuleContext &context, const Text &title);

/// Where none is declared: n/a, or unknown where the manifests or the APM map show one all the same.
Finding withoutDependencies(const RuleContext &context, const Text &title);

/// A finding on a dependency, at its place in service.yaml; its title begins with the dependency's name.
Finding findingOn(const RuleContext &context, const DependencyTraffic &d, const Text &title);
Finding findingOn(const RuleContext &context, const MeshRoute &route, const Text &title, Yaml node = {});

/// Unknown: the client's settings are not declared; `line` is what to write into `client: {…}`.
Finding &sayNoClient(Finding &f, const RuleContext &context, const DependencyTraffic &d, const Text &reason, const QString &line);

Text hopText(const TimeoutHop &hop);          ///< "web-bff → id-auth"
Text routeText(const MeshRoute &route);       ///< "VirtualService/identity/id-auth · primary"
QString secondsText(double seconds);          ///< "500 ms", "2 s"
void compareSeconds(Finding &f, double measured, Comparison::Relation relation, double wanted); ///< in ms below 1 s

/// Marks every file line that a path was read from.
void markPath(Finding &f, const TimeoutPath &path);

/// YAML below an http route: the key is replaced where it stands, else added.
QString routeSnippet(const MeshRoute &route, const QString &yaml);

} // namespace tenken
