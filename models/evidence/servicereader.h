// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/servicefields.h>

namespace tenken {

/// What readService finds, with values that were not understood told apart from keys that are only unknown.
struct ServiceReading {
    Service service;
    std::vector<Problem> errors;
    std::vector<Problem> warnings;
};

ServiceReading readServiceParts(const YamlFile &file);

// The parts of service.yaml, one function per key of the root.
void readPlatform(ServiceFields &fields, Yaml node, Service &service);
void readSources(ServiceFields &fields, Yaml node, Service &service);       // evidence:
void readCapacity(ServiceFields &fields, Yaml node, Service &service);
void readTargets(ServiceFields &fields, Yaml node, Service &service);
void readTiming(ServiceFields &fields, Yaml node, Service &service);
void readCallers(ServiceFields &fields, Yaml node, Service &service);
void readDependencies(ServiceFields &fields, Yaml node, Service &service);
void readEnvironments(ServiceFields &fields, Yaml node, Service &service);
void readNodes(ServiceFields &fields, Yaml platform, Service &service);     // nodes, node-group, daemonsets, sidecar
void readDependencySize(ServiceFields &fields, Yaml item, Dependency &dependency);
void readPrometheusSource(ServiceFields &fields, Yaml node, Service &service); // evidence.prometheus
void readMonitoring(ServiceFields &fields, Yaml node, Service &service);
void readOverrides(ServiceFields &fields, Yaml node, Service &service);

ClientSettings readClient(ServiceFields &fields, Yaml node, const QString &path, const QStringList &otherKeys = {});

} // namespace tenken
