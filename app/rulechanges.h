// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"

namespace tenken::app {

/// The checklist's change log; with a service's folder also what becomes of each answer. Exit code 1 where the
/// review answers another version.
int printChanges(const QStringList &folders, const QString &checklist, Lang lang);

} // namespace tenken::app
