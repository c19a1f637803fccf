// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>
#include <evidence/service.h>

#include <QTest>

namespace tenken::test {

/// Manifests from inline YAML; they keep the file, so workloads taken from them stay valid.
Manifests manifestsFrom(const QByteArray &yaml);

/// A Deployment with one container: `podSpec` is indented by six spaces, `container` by ten.
QByteArray deployment(const QByteArray &podSpec, const QByteArray &container = {}, const QByteArray &spec = {},
                      const QByteArray &annotations = {});

Service serviceWith(std::optional<double> sigterm, std::optional<double> drain);

} // namespace tenken::test
