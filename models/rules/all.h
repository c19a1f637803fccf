// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

// One function per rule, in a file of the same name: zone-loss is zoneLossRule() in zone_loss.cpp.
// A new rule: declare it here and add its line to table.cpp.
Rule accessLogRule();
Rule alert5xxRule();
Rule alertBatchRule();
Rule alertDependenciesRule();
Rule alertLatencyRule();
Rule alertResponseRule();
Rule apmRule();
Rule autoscalingRule();
Rule bottleneckRule();
Rule canaryRule();
Rule dependenciesCapacityRule();
Rule dependencyLossRule();
Rule dependencyReturnRule();
Rule errorReportingRule();
Rule eventCapacityRule();
Rule gracefulStopRule();
Rule guideHeadingsRule();
Rule healthEndpointsRule();
Rule latencyTargetRule();
Rule linearRule();
Rule liveness200Rule();
Rule logQueryRule();
Rule minReadyRule();
Rule mixedVersionsRule();
Rule nodeAffinityRule();
Rule nodeSizeRule();
Rule peakEnduredRule();
Rule podResourcesRule();
Rule podThroughputRule();
Rule progressiveDeliveryRule();
Rule proxyDrainRule();
Rule proxyFirstRule();
Rule readiness503Rule();
Rule retriesRule();
Rule rollingUpdateRule();
Rule runbookLinksRule();
Rule safeStartRule();
Rule smokeRule();
Rule timeoutsRule();
Rule uptimeRule();
Rule zoneLossRule();
Rule zoneReturnRule();

} // namespace tenken
