// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/support.h>

#include <QJsonArray>

namespace tenken::test
{

/// A service "id-auth" with a whole, empty snapshot and an on-call guide at https://wiki.example.com/oncall.
Evidence monitoredService();

Monitor &addMonitor(Evidence &e, const QString &name, const QString &query, const QString &message);

void addGuide(Evidence &e, const QString &role, const QString &markdown, const QString &url = {});

} // namespace tenken::test
