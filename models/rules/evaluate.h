// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken {

struct ItemResult {
    QString id;
    Verdict verdict = Verdict::Unknown;    ///< of the rules; for an item without rules Unknown, see `machine`
    bool machine = false;                  ///< false: no rule judges it, people do
    std::vector<Finding> findings;
    std::vector<QString> loosened;         ///< parameters a service loosened, with the reason: printed
};

/// What the machine says of a service: one result per item of the checklist, in its order.
struct Assessment {
    QString checklistId, checklistVersion;
    std::vector<ItemResult> items;
    std::vector<LoadTestPicture> loadTests; ///< every test that could be read, for the load test page
    std::optional<CapacityPlan> capacity;
    std::optional<Scaling> scaling;
    std::vector<Problem> problems;          ///< overrides in service.yaml that name no item or no parameter of it

    const ItemResult *item(const QString &id) const;
};

/// Judges every item, or only those named (by id), on `threads` threads (0: one per core). Pure: the outcome
/// does not depend on the threads.
Assessment evaluate(const Checklist &checklist, const Evidence &evidence, const QStringList &onlyItems = {},
                    int threads = 0);

} // namespace tenken
