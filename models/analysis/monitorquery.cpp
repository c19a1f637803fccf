// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <analysis/queryarithmetic.h>

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype queryLimit = 20'000;

QStringList tagList(const QString &text)
{
    static const QRegularExpression separator(u"[\\s,\"]+"_s);
    return text.toLower().split(separator, Qt::SkipEmptyParts);
}

void addMetrics(const QString &query, std::vector<QueryPart> &parts)
{
    static const QRegularExpression reference(
        uR"re((?:\b(avg|sum|min|max|count|p\d+(?:\.\d+)?|percentile)\s*:\s*)?([A-Za-z_][\w.]*)\s*\{([^{}]*)\})re"_s);
    const std::vector<bool> below = denominators(query), falling = subtracted(query), past = shifted(query);
    const size_t before = parts.size();
    for (auto it = reference.globalMatch(query); it.hasNext();) {
        const auto match = it.next();
        if (match.captured(2) == u"by") {
            // Behind the threshold it groups the whole query.
            const bool all = query.left(match.capturedStart())
                                 .contains(QRegularExpression(u"[<>=]=?\\s*-?[\\d.]+\\s*$"_s));
            for (size_t i = all ? before : std::max(before, parts.size() - std::min<size_t>(parts.size(), 1));
                 i < parts.size(); ++i)
                parts[i].groupBy += tagList(match.captured(3));
            continue;
        }
        QueryPart part = parseScope(match.captured(3));
        part.aggregator = match.captured(1);
        part.metric = match.captured(2);
        const auto at = size_t(match.capturedStart(2));
        part.denominator = below[at] || past[at];
        part.falling = falling[at];
        parts.push_back(std::move(part));
    }
}

// "pc99" of "@duration"; how many there are says nothing of what they measure.
void measure(QueryPart &part, QString aggregator, const QString &of)
{
    static const QRegularExpression percentile(u"^pc(?=\\d)"_s);
    if (of.isEmpty() || aggregator == u"count" || aggregator == u"cardinality")
        return;
    part.aggregator = aggregator.replace(percentile, u"p"_s);
    part.measure = of.toLower();
}

void addSearches(const QString &query, std::vector<QueryPart> &parts)
{
    static const QRegularExpression call(
        uR"re(\b([a-z][a-z0-9-]*)\("((?:[^"\\]|\\.)*)"\)((?:\.\w+\([^()]*\))*))re"_s);
    static const QRegularExpression by(uR"re(\.by\(([^()]*)\))re"_s);
    static const QRegularExpression rollup(uR"re(\.rollup\(\s*"([^"]*)"\s*,\s*"([^"]*)")re"_s);
    static const QStringList notSearches = {"by",        "over",        "last",        "rollup",
                                            "index",     "exclude",     "formula",     "error_budget",
                                            "burn_rate", "long_window", "short_window"};
    const std::vector<bool> below = denominators(query), falling = subtracted(query);
    for (auto it = call.globalMatch(query); it.hasNext();) {
        const auto match = it.next();
        if (notSearches.contains(match.captured(1)))
            continue;
        QueryPart part = parseScope(match.captured(2).replace(u"\\\""_s, u"\""_s));
        part.metric = match.captured(1);
        part.search = true;
        part.denominator = below[size_t(match.capturedStart())];
        part.falling = falling[size_t(match.capturedStart())];
        if (const auto computed = rollup.match(match.captured(3)); computed.hasMatch())
            measure(part, computed.captured(1), computed.captured(2));
        part.groupBy = tagList(by.match(match.captured(3)).captured(1));
        parts.push_back(std::move(part));
    }
}

void addCheck(const QString &query, std::vector<QueryPart> &parts)
{
    static const QRegularExpression check(
        uR"re(^\s*"([\w.-]+)"\.over\(([^()]*)\)(?:\.exclude\(([^()]*)\))?(?:\.by\(([^()]*)\))?)re"_s);
    const auto match = check.match(query);
    if (!match.hasMatch())
        return;
    QueryPart part = parseScope(match.captured(2).remove(u'"'));
    for (ScopeTerm term : parseScope(match.captured(3).remove(u'"')).scope) {
        term.negative = true;
        part.scope.push_back(term);
    }
    part.metric = match.captured(1);
    part.groupBy = tagList(match.captured(4));
    parts.push_back(std::move(part));
}

std::vector<QueryPart> partsOf(const QJsonObject &variable)
{
    std::vector<QueryPart> parts;
    if (variable.value(u"search").isObject()) {
        const QJsonObject compute = variable.value(u"compute").toObject();
        parts.push_back(parseScope(variable.value(u"search").toObject().value(u"query").toString()));
        parts.back().metric = variable.value(u"data_source").toString();
        parts.back().search = true;
        measure(parts.back(), compute.value(u"aggregation").toString(), compute.value(u"metric").toString());
    } else {
        addMetrics(variable.value(u"query").toString().left(queryLimit), parts);
    }
    for (QueryPart &part : parts) {
        for (const QJsonValue &group : variable.value(u"group_by").toArray())
            part.groupBy << group.toObject().value(u"facet").toString().toLower();
    }
    return parts;
}

// formula("errors / hits * 100") with its variables in the options; one that the formula leaves out is not
// looked at.
void addFormula(const Monitor &monitor, std::vector<QueryPart> &parts)
{
    static const QRegularExpression formula(uR"re(formula\("([^"]*)"\))re"_s);
    const QString text = formula.match(monitor.query).captured(1);
    const std::vector<bool> below = denominators(text), falling = subtracted(text);
    for (const QJsonValue &entry : monitor.options.value(u"variables").toArray()) {
        const QJsonObject variable = entry.toObject();
        const QRegularExpression name(
            u"\\b%1\\b"_s.arg(QRegularExpression::escape(variable.value(u"name").toString())));
        std::optional<size_t> at;
        for (auto it = name.globalMatch(text); it.hasNext();) {
            const size_t here = size_t(it.next().capturedStart());
            if (here < below.size() && (!at || below[*at]))
                at = here;
        }
        if (!at && !text.isEmpty())
            continue;
        for (QueryPart &part : partsOf(variable)) {
            part.denominator = part.denominator || (at && below[*at]);
            part.falling = part.falling != (at && falling[*at]);
            parts.push_back(std::move(part));
        }
    }
}

} // namespace

std::vector<QueryPart> MonitorQuery::watched() const
{
    std::vector<QueryPart> result;
    std::ranges::copy_if(parts, std::back_inserter(result),
                         [](const QueryPart &p) { return !p.denominator; });
    return result;
}

bool firesRising(const QueryPart &part, const QString &comparator)
{
    return comparator.startsWith(u'<') == part.falling;
}

MonitorQuery parseMonitorQuery(const Monitor &monitor)
{
    static const QRegularExpression end(
        uR"re((<=|>=|==|!=|<|>)\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*(?:by\s*\{[^}]*\})?\s*$)re"_s);
    if (monitor.source == Monitor::Source::Prometheus)
        return parsePromQuery(monitor.query, monitor.options.value(u"recordings").toObject());
    const QString query = monitor.query.left(queryLimit);
    MonitorQuery result;
    if (query.contains(u"formula("))
        addFormula(monitor, result.parts);
    addMetrics(query, result.parts);
    addSearches(query, result.parts);
    addCheck(query, result.parts);
    // An anomaly below what is expected only.
    static const QRegularExpression below(u"direction\\s*=\\s*['\"]below['\"]"_s);
    for (QueryPart &part : query.contains(u"anomalies(") && below.match(query).hasMatch()
             ? std::span(result.parts)
             : std::span<QueryPart>())
        part.falling = !part.falling;
    const auto match = end.match(query);
    if (match.hasMatch()) {
        result.comparator = match.captured(1);
        bool ok = false;
        const double value = match.captured(2).toDouble(&ok);
        if (ok)
            result.threshold = value;
        // `x == 0` fires when x is gone down to it.
        for (QueryPart &part :
             ok &&value == 0 && result.comparator == u"==" ? std::span(result.parts) : std::span<QueryPart>())
            part.falling = !part.falling;
    }
    return result;
}

} // namespace tenken
