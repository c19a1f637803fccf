// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/metricseries.h>
#include <analysis/monitorquery.h>
#include <analysis/monitors.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// A query that names one metric and does nothing more to it than aggregate it.
struct PlainQuery {
    QueryPart part;
    bool counted = false; ///< .as_count(): another scale than a rate or a gauge
    bool rate = false;
};

std::optional<PlainQuery> plainQuery(const QString &text)
{
    // [avg(last_5m):] p95:metric{scope} [by {…}] [.as_count()] [.rollup(…)] [> 3]
    static const QRegularExpression form(
        uR"re(^\s*(?:(?:avg|min|max|median|p\d+|percentile)\([^()]*\):)?\s*(?:[a-z][\w.]*:)?[\w.]+\{[^{}]*\}(?:\s*by\s*\{[^{}]*\})?((?:\.\w+\([^()]*\))*)\s*(?:by\s*\{[^{}]*\})?\s*(?:(?:>=|<=|>|<|==|!=)\s*-?[\d.eE+-]+)?\s*(?:by\s*\{[^{}]*\})?\s*$)re"_s);
    static const QRegularExpression modifier(u"\\.(\\w+)\\("_s);
    if (text.size() > 10'000)
        return {};
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    Monitor monitor;
    monitor.type = u"query alert"_s;
    monitor.query = text;
    const MonitorQuery query = parseMonitorQuery(monitor);
    if (query.parts.size() != 1 || query.parts.front().search)
        return {};
    PlainQuery plain{query.parts.front()};
    for (auto it = modifier.globalMatch(match.captured(1)); it.hasNext();) {
        const QString name = it.next().captured(1);
        if (name == u"as_count")
            plain.counted = true;
        else if (name == u"as_rate")
            plain.rate = true;
        else if (name != u"rollup")
            return {};
    }
    return plain;
}

bool isPercentile(const QString &aggregator)
{
    return aggregator.size() > 1 && aggregator.startsWith(u'p') && aggregator[1].isDigit();
}

bool isEnvironment(const ScopeTerm &term)
{
    return term.key == u"env" || term.key == u"environment";
}

bool has(const std::vector<ScopeTerm> &scope, const ScopeTerm &term)
{
    return std::ranges::find(scope, term) != scope.end();
}

/// Every term of `a` stands in `b`. An environment may be named by one side alone: the snapshot is of one.
bool isWithin(const std::vector<ScopeTerm> &a, const std::vector<ScopeTerm> &b)
{
    const bool other = std::ranges::any_of(b, isEnvironment);
    return std::ranges::all_of(a,
                               [&](const ScopeTerm &t) { return has(b, t) || (isEnvironment(t) && !other); });
}

/// A sum over fewer hosts has another scale: what is counted has to be the same. A group of the monitor is
/// one of the series', which names it.
bool sameScope(const QueryPart &watched, std::vector<ScopeTerm> drawn)
{
    for (const QString &group : watched.groupBy) {
        if (std::erase_if(drawn, [&](const ScopeTerm &t) { return t.key == group && !has(watched.scope, t); })
            == 0)
            return false;
    }
    return isWithin(watched.scope, drawn) && isWithin(drawn, watched.scope);
}

bool watchesTheSame(const PlainQuery &watched, const PlainQuery &drawn)
{
    const QueryPart &a = watched.part, &b = drawn.part;
    const bool sameScale =
        a.aggregator == b.aggregator || (isPercentile(a.aggregator) && isPercentile(b.aggregator));
    return a.metric == b.metric && sameScale && watched.counted == drawn.counted && watched.rate == drawn.rate
        && !a.either && !b.either && sameScope(a, b.scope);
}

std::optional<double> optionOf(const Monitor &monitor, QStringView name)
{
    const QJsonValue value = monitor.options.value(u"thresholds").toObject().value(name);
    if (value.isDouble())
        return value.toDouble();
    bool ok = false;
    const double written = value.toString().toDouble(&ok);
    return ok ? std::optional(written) : std::nullopt;
}

} // namespace

std::vector<SeriesThreshold> thresholdsOn(const MetricSeries &series, const std::vector<Monitor> &monitors)
{
    std::vector<SeriesThreshold> result;
    auto drawn = plainQuery(series.query);
    if (!drawn)
        return result;
    // A line of a query that groups has the tags of its group in its own scope.
    if (!series.scope.isEmpty() && series.scope != u"*")
        drawn->part.scope = parseScope(series.scope).scope;
    for (const Monitor &monitor : monitors) {
        if (!monitor.query.contains(drawn->part.metric))
            continue;
        const auto watched = plainQuery(monitor.query);
        if (!watched || !watchesTheSame(*watched, *drawn))
            continue;
        SeriesThreshold line;
        line.comparator = parseMonitorQuery(monitor).comparator;
        line.aggregator =
            watched->part.aggregator == drawn->part.aggregator ? QString() : watched->part.aggregator;
        line.monitor = monitor.name;
        for (const bool critical : {true, false}) {
            const auto value = critical ? criticalThreshold(monitor) : optionOf(monitor, u"warning");
            if (!value)
                continue;
            line.critical = critical;
            line.value = *value * series.scale;
            result.push_back(line);
        }
    }
    return result;
}

std::vector<MetricSeries> seriesWatchedBy(const Monitor &monitor, const std::vector<MetricSeries> &all)
{
    std::vector<MetricSeries> exact, near;
    const std::vector<QueryPart> watched = parseMonitorQuery(monitor).watched();
    for (const MetricSeries &s : all) {
        if (!thresholdsOn(s, {monitor}).empty())
            exact.push_back(s);
        else if (std::ranges::any_of(watched, [&](const QueryPart &p) {
                     return !s.metric.isEmpty() && p.metric == s.metric;
                 }))
            near.push_back(s);
    }
    return exact.empty() ? near : exact;
}

} // namespace tenken
