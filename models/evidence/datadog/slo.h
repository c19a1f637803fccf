// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/series.h>

#include <QStringList>

#include <optional>

namespace tenken
{

struct SloTarget {
    QString timeframe; ///< "7d", "30d", "90d"
    double target = 0; ///< percent
    std::optional<double> warning;
};

/// A service level objective.
struct Slo {
    QString file;
    Span span;
    QString id;
    QString name;
    QString type; ///< "metric", "monitor", "time_slice"
    std::vector<SloTarget> targets;
    QStringList monitorIds; ///< it is made of these
    QString numerator, denominator;
    QStringList queries; ///< of an SLI that is specified by several
    QStringList tags;
    std::optional<double> value, budgetRemaining; ///< percent, where a search told them
    QString state; ///< "ok", "breached", "no_data"; empty: not said
};

/// How an objective was kept in a window.
struct SloHistory {
    QString file;
    QString sloId;
    QString name;
    double from = 0, to = 0; ///< epoch seconds
    std::optional<double> value; ///< percent; nothing: it could not be worked out, see errors
    QStringList errors; ///< "ZERO_VALUED_DENOMINATOR" …
    std::vector<MetricSeries> series; ///< numerator, then denominator, where it is made of metrics
    std::vector<std::pair<double, bool>> kept; ///< from when on it was kept or not, where it is made of monitors
};

} // namespace tenken
