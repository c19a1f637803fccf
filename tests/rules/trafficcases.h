// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workloadcases.h"

namespace tenken::test {

/// The service id-auth of the namespace shop, with its Service.
QByteArray idAuth();

/// A VirtualService with one http route; `http` is indented by six spaces.
QByteArray virtualService(const char *host, const QByteArray &http, const QByteArray &spec = {}, const char *nameSpace = "shop");

QByteArray destinationRule(const char *host, const QByteArray &spec, const char *nameSpace = "shop");

QByteArray serviceYaml(const QByteArray &rest, const QByteArray &platform = "platform: {kubernetes: \"1.31\", istio: \"1.22\", mesh: istio}\n");

/// One HTTP dependency in the same namespace, with what its client is set to.
QByteArray users(const QByteArray &client = {});

QByteArray database(const QByteArray &client = {});

/// "title=verdict" of the findings whose English title holds `part`, in order.
QString verdictsAbout(const std::vector<Finding> &findings, const QString &part);

} // namespace tenken::test
