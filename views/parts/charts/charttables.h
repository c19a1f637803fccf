// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <QStringList>

namespace tenken {

/// The values that charts over a run's time and of its latencies show: header first.
QList<QStringList> runTable(const LoadTestPicture &test, Lang lang);
QList<QStringList> heatmapTable(const LoadTestPicture &test, Lang lang); ///< cells that hold something
QList<QStringList> histogramTable(const LoadTestPicture &test, Lang lang);

} // namespace tenken
