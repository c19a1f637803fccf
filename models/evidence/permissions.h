// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QStringList>

namespace tenken {

/// What the person at this machine allowed, beyond the service's own folder. Never part of a repository.
struct Permissions {
    QStringList roots;          ///< absolute folders that may be read, with what is below them
    QStringList renderers;      ///< absolute folders in which kustomize and helm may be run

    /// Told from the path alone, so that nothing is looked at on the disk before it is allowed.
    bool allowsRoot(const QString &folder) const;
    bool allowsRendering(const QString &folder) const;
};

/// The permissions kept on this machine for this person.
Permissions storedPermissions();

/// Adds a folder, as it is written and as it really lies. "/" and what is no folder are refused.
Result<Permissions> withRoot(Permissions permissions, const QString &folder);
Result<Permissions> withRenderer(Permissions permissions, const QString &folder);
Result<void> allowRoot(const QString &folder);
Result<void> allowRendering(const QString &folder);
bool forgetRoot(const QString &folder);       ///< and rendering in it; false when it was not there

} // namespace tenken
