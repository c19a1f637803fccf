// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <QStringList>

#include <functional>

namespace tenken
{

/// Told how far reading is (bytes of the file); answers false to stop. Called from the threads that read, by one
/// at a time.
using ReadProgress = std::function<bool(qint64 done, qint64 total)>;

/// Reads one load-test result, streaming and in bounded memory; the format is recognised by content.
/// Cancelled reading ends with a Problem whose message is empty.
Result<LoadTestRun> readLoadTest(const QString &absolutePath, const ReadProgress &progress = {});

/// Several result files of one run (one per generator), merged by absolute time.
Result<LoadTestRun> readLoadTests(const QStringList &absolutePaths, const ReadProgress &progress = {});

/// The tool whose result a file seems to be ("gatling", "k6", "jmeter"), from its first bytes; empty when
/// none.
QString recogniseLoadTest(const QString &absolutePath);

/// The formats that can be read, for help texts: "Gatling simulation.log (text)", …
QStringList loadTestFormats();

} // namespace tenken
