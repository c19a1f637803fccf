// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken {

class SourceLines;

/// A parameter that a service sets looser than its checklist. It is applied only under an unexpired waiver.
struct Loosening {
    int index = 0;                          ///< in Service::overrides
    QString parameter;
    double from = 0, to = 0;
    bool directed = true;                   ///< the parameter has a stricter direction
    QString reason;
    Span span;                              ///< in service.yaml
    std::optional<Acceptance> waived;       ///< set: applied
    Text words() const;                     ///< "headroom: 0.2 → 0 — reason (not applied: …)"
};

/// What an item's rules say with some loosenings applied.
struct LoosenedFindings {
    std::vector<int> applied;               ///< Loosening::index, ascending
    std::vector<Finding> findings;
};

struct ItemResult {
    QString id;
    Verdict verdict = Verdict::Unknown;    ///< of the rules; for an item without rules Unknown, see `machine`
    bool machine = false;                  ///< false: no rule judges it, people do
    std::vector<Finding> findings;
    Verdict strict = Verdict::Unknown;     ///< without any waiver of a finding or a parameter
    std::vector<Loosening> loosened;       ///< printed
    std::vector<LoosenedFindings> ifLoosened; ///< for waivers to choose from; the findings are without any
    bool waivable = true;                  ///< false: no waiver of a part of it counts
};

/// What the machine says of a service: one result per item of the checklist, in its order.
struct Assessment {
    QString checklistId, checklistVersion;
    std::vector<ItemResult> items;
    std::vector<LoadTestPicture> loadTests; ///< every test that could be read, for the load test page
    std::optional<CapacityPlan> capacity;
    std::optional<Scaling> scaling;
    std::vector<Problem> problems;          ///< overrides in service.yaml that name no item or no parameter of it
    std::shared_ptr<const SourceLines> sources = {}; ///< what was read: answers rest on it (review/stale.h)

    const ItemResult *item(const QString &id) const;
};

/// Judges every item, or only those named (by id), on `threads` threads (0: one per core). Pure: the outcome
/// does not depend on the threads. Waivers are taken in afterwards (review/waived.h), so that a new one counts at
/// once.
Assessment evaluate(const Checklist &checklist, const Evidence &evidence, const QStringList &onlyItems = {},
                    int threads = 0);

/// The worst of what is not waived. Where all that applies is waived, warn: looked at, and not met.
Verdict verdictOf(const std::vector<Finding> &findings);

/// The plan that the capacity rule drew, so that page and finding never differ.
std::optional<CapacityPlan> planIn(const std::vector<ItemResult> &items);

} // namespace tenken
