// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextStream>

#include <functional>

namespace tenken::bench {

QTextStream &out();

/// The median of several runs, in milliseconds.
double median(int runs, const std::function<void()> &work);

void report(const char *what, double ours, const char *yardstick, double theirs);

} // namespace tenken::bench
