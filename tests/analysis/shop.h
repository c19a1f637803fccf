// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>

namespace tenken::test
{

using namespace Qt::StringLiterals;

/// A service "shop" with a whole, empty list of monitors.
Evidence shop();

Monitor &add(Evidence &e, const QString &name, const QString &query, const QString &message);

/// Deployments among its manifests as "name/namespace/labels".
std::shared_ptr<const Manifests> deployments(const QStringList &all);

} // namespace tenken::test
