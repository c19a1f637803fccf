// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/prometheus/labels.h>

#include <QStringList>

namespace tenken
{

/// A metric that an expression looks at, and what happens to it on the way up.
struct PromSelector {
    enum class Role {
        Watched, ///< the alert follows it
        Scale, ///< below a fraction's line, or what something is compared with
        Guard ///< behind `and` or `unless`: the alert needs it, and does not follow it
    };

    QString metric;
    std::vector<LabelMatcher> matchers;
    Role role = Role::Watched;
    QStringList functions; ///< "histogram_quantile", "rate": outermost first
    QString aggregation; ///< outermost: "sum"; empty where nothing is aggregated
    std::optional<double> quantile; ///< of histogram_quantile() and quantile()
    bool falling = false; ///< the alert fires as it gets smaller
    bool everyLabel = true; ///< false: only those of `kept` reach the alert
    QStringList kept;
    QStringList dropped;

    bool keeps(const QString &label) const
    {
        return everyLabel ? !dropped.contains(label) : kept.contains(label);
    }
    bool calls(const char *function) const { return functions.contains(QLatin1StringView(function)); }
};

struct PromQuery {
    std::vector<PromSelector> selectors;
    QString comparator; ///< of the comparison that decides; empty where there is none
    std::optional<double> threshold;
};

/// Reads an expression of PromQL as far as is needed to know what it watches. Nothing: it is none.
std::optional<PromQuery> parsePromQl(const QString &expression);

/// What a label of the alert will be: a value, "" (not there), or nothing where only the data tell.
std::optional<QString> labelOfResult(const PromQuery &query, const QString &label);

} // namespace tenken
