// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tenken {

/// The services opened last, newest first; kept in the user's settings.
QStringList recentServices();
void rememberService(const QString &folder);

} // namespace tenken
