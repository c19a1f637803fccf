// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

#include <QHash>

namespace tenken {

/// Where things stand in a Manifests value, so that a thousand workloads do not each look through a thousand objects.
/// Holds positions, not pointers: Manifests is a value and is copied.
struct ManifestIndex {
    using Positions = std::vector<size_t>;

    QHash<QString, Positions> kinds;      ///< of objects, by kind, in file order
    QHash<QString, Positions> scalers;    ///< autoscalers, by the name of their target
    QHash<QString, Positions> selecting;  ///< Services and PodDisruptionBudgets, by one "key=value" that they require
    Positions unselective;                ///< those that require no pair: matchExpressions alone, or everything
    QHash<QString, size_t> files;         ///< by name; the first one of that name
    size_t objects = 0;                   ///< how many there were: another number means the index is out of date

    static std::shared_ptr<const ManifestIndex> of(const Manifests &manifests);

    /// Of the Services or PodDisruptionBudgets those that may select pods with these labels, in file order.
    Positions maySelect(const QMap<QString, QString> &labels) const;
};

} // namespace tenken
