// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/loadtestreport.h"

namespace tenken::app {

/// As many cells wide in a terminal, where Japanese letters take two.
QString alignedRight(const QString &text, int width);

QString msOrDash(double value); ///< a negative one is not known

/// Which percentiles the table shows: p95 where any step has it, else the percentile that was judged.
std::vector<double> percentileColumns(const TestedRun &test);

/// One row for each level, the knee marked; what a file does not tell is a dash.
QString loadTestTable(const TestedRun &test, Lang lang);

} // namespace tenken::app
