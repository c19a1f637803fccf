// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/permissions.h>

#include <QCommandLineParser>

namespace tenken::app {

void addPermissionOptions(QCommandLineParser &parser);

/// What is allowed on this machine, and for this run by --allow-root and --render.
Result<Permissions> permissionsOf(const QCommandLineParser &parser, const QStringList &paths);

} // namespace tenken::app
