// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/datadogfetch.h>

#include <QCommandLineParser>

namespace tenken::app
{

void addSnapshotOptions(QCommandLineParser &parser);

/// What the command line and the service ask for; the keys are the environment's, as far as there are any.
Result<FetchOptions> snapshotWishes(const QCommandLineParser &parser);

QString snapshotTable(const FetchSummary &summary, Lang lang);
QByteArray snapshotJson(const FetchOptions &options, const FetchSummary &summary, Lang lang);
/// The plan as commands for a shell.
QString snapshotCommands(const FetchPlan &plan, Lang lang);

} // namespace tenken::app
