// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/monitorsupport.h>

namespace tenken::test
{

/// Templates, and manifests with the ConfigMaps of Fluent Bit.
Evidence infrastructure(const QByteArray &cloudFormation, const QByteArray &manifests = {},
                        const QByteArray &service = "id: id-auth\n");

void addTerraform(Evidence &e);

/// A ConfigMap whose main file is this, indented by four.
QByteArray fluentBit(const QByteArray &config);

QByteArray toStream(const QByteArray &name, const QByteArray &match = "*");

} // namespace tenken::test
