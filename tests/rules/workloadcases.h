// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/pods.h"
#include "support.h"

namespace tenken::test {

/// What is known of a service whose numbers are all declared: 20 s to start, 2 s + 23 s to stop, 8 s to be dropped by
/// callers, three zones, Istio 1.22, 100 req/s a pod and 400 req/s on a normal day (4 pods).
Service declaredService();

Evidence evidenceWith(const QByteArray &manifests, const Service &service = {});

/// The finding with this English title; a failed test says which there are.
Finding titled(const std::vector<Finding> &findings, const char *title);

/// Every finding that is not fine says what to do, and each says where it stands and why.
void checkWords(const std::vector<Finding> &findings);

} // namespace tenken::test
