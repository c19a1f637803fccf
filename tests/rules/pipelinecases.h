// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support.h"

#include <evidence/pipelines/repository.h>

#include <algorithm>

namespace tenken::test
{

using Files = QMap<QString, QByteArray>;

/// Whether a file is what `evidence.pipelines` would name.
bool isPipelineFile(const QString &path);

/// Evidence from the files of a repository, as gathering would find them.
Evidence evidenceOf(const Files &files, const QByteArray &service = {}, const QByteArray &manifests = {});

/// A GitHub workflow on push to main, with these jobs (two spaces of indentation).
Evidence workflow(const QByteArray &jobs, Files more = {}, const QByteArray &on = "on: {push: {branches: [main]}}");

/// A job `image` with these steps (six spaces), then a push.
QByteArray imageJob(const QByteArray &steps, const QByteArray &keys = {});

QString verdictsIn(const std::vector<Finding> &findings);

} // namespace tenken::test
