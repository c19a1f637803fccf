// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pods.h"

namespace tenken::test
{

Manifests manifestsFrom(const QByteArray &yaml)
{
    return readManifests({YamlFile::parse(yaml, QStringLiteral("k8s.yaml"))}).value;
}

QByteArray deployment(const QByteArray &podSpec, const QByteArray &container, const QByteArray &spec,
                      const QByteArray &annotations)
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: id-auth\n  namespace: shop\nspec:\n" + spec
        + "  selector:\n    matchLabels: {app: id-auth}\n  template:\n    metadata:\n      labels: {app: id-auth}\n"
        + (annotations.isEmpty() ? QByteArray() : "      annotations:\n" + annotations)
        + "    spec:\n" + podSpec + "      containers:\n        - name: app\n          image: a:1\n" + container;
}

Service serviceWith(std::optional<double> sigterm, std::optional<double> drain)
{
    Service service;
    service.file = QStringLiteral("readiness/service.yaml");
    service.sigtermSeconds = {sigterm, {30, 3, 30, 20}};
    service.drainSeconds = {drain, {31, 3, 31, 20}};
    return service;
}

} // namespace tenken::test
