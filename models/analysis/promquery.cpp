// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/promnames.h>

#include <QJsonObject>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int deepestRecording = 5;
constexpr size_t mostParts = 500;

QString aggregatorOf(const PromSelector &selector)
{
    if (selector.quantile)
        return u'p' + QString::number(*selector.quantile * 100, 'g', 6);
    const auto quantile = std::ranges::find(selector.matchers, u"quantile"_s, &LabelMatcher::name);
    bool fine = false;
    const double written = quantile == selector.matchers.end() ? 0 : quantile->value.toDouble(&fine);
    return fine ? u'p' + QString::number(written * 100, 'g', 6) : selector.aggregation;
}

QueryPart partOf(const PromSelector &selector)
{
    QueryPart part;
    part.metric = datadogMetric(selector.metric);
    part.aggregator = aggregatorOf(selector);
    for (const LabelMatcher &matcher : selector.matchers)
        std::ranges::move(scopeTerms(matcher, part.metric), std::back_inserter(part.scope));
    if (!selector.everyLabel) {
        for (const QString &label : selector.kept)
            part.groupBy << (label == u"service_name" ? u"service"_s : label.toLower());
    }
    part.eachSeries = selector.everyLabel && selector.aggregation.isEmpty();
    part.denominator = selector.role != PromSelector::Role::Watched;
    part.guard = selector.role == PromSelector::Role::Guard;
    part.counts = countsOf(selector);
    return part;
}

/// Of a metric recorded for several services the alert looks at one.
bool contradicts(const std::vector<LabelMatcher> &matchers)
{
    return std::ranges::any_of(matchers, [&](const LabelMatcher &m) {
        return m.kind == LabelMatcher::Kind::Equal
            && std::ranges::any_of(matchers, [&](const LabelMatcher &other) {
                   return other.name == m.name && !other.accepts(m.value).value_or(true);
               });
    });
}

/// A recorded metric stands for the expression behind it.
void addParts(const PromSelector &selector, const QJsonObject &recordings, int depth,
              std::vector<QueryPart> &parts)
{
    if (parts.size() >= mostParts)
        return;
    const auto recorded = recordings.constFind(selector.metric);
    const auto inner = recorded == recordings.constEnd() || depth >= deepestRecording
        ? std::nullopt
        : parsePromQl(recorded->toString());
    if (!inner || inner->selectors.empty())
        return parts.push_back(partOf(selector));
    const size_t before = parts.size();
    for (PromSelector below : inner->selectors) {
        std::ranges::copy(selector.matchers, std::back_inserter(below.matchers));
        if (contradicts(below.matchers))
            continue;
        if (selector.role != PromSelector::Role::Watched)
            below.role = selector.role;
        below.falling = below.falling != selector.falling;
        below.functions = selector.functions + below.functions;
        if (!below.quantile)
            below.quantile = selector.quantile;
        addParts(below, recordings, depth + 1, parts);
    }
    if (parts.size() == before)
        parts.push_back(partOf(selector));
}

/// As the first watched metric sees it: `1 - x > 0.9` fires as x gets smaller.
QString directionOf(const PromQuery &query)
{
    const auto watched = std::ranges::find(query.selectors, PromSelector::Role::Watched, &PromSelector::role);
    const bool written = query.comparator.startsWith(u'<');
    if (watched == query.selectors.end() || watched->falling == written)
        return query.comparator;
    return watched->falling ? u"<"_s : u">"_s;
}

} // namespace

MonitorQuery parsePromQuery(const QString &expression, const QJsonObject &recordings)
{
    MonitorQuery result;
    const auto query = parsePromQl(expression);
    if (!query)
        return result;
    result.comparator = directionOf(*query);
    result.threshold = query->threshold;
    for (const PromSelector &selector : query->selectors)
        addParts(selector, recordings, 0, result.parts);
    return result;
}

} // namespace tenken
