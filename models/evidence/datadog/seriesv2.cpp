// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

namespace
{

struct Asked {
    QStringList queries; ///< by query_index
    QStringList names; ///< "a", "b": what formulas and columns call them
    QStringList formulas;
    double fromMs = 0, toMs = 0;
};

QJsonObject attributesOfRequest(const QJsonObject &request)
{
    const QJsonObject data = request.value(u"data").toObject();
    return data.contains(u"attributes") ? data.value(u"attributes").toObject() : request;
}

// What is asked of other sources than metrics, so that a chart can say what it shows.
QString otherQuery(const QJsonObject &query)
{
    const QString source = query.value(u"data_source").toString();
    QStringList words;
    for (const char *key : {"metric", "slo_id", "measure", "stat", "service", "resource_name", "text_filter"}) {
        if (const QString word = query.value(QLatin1StringView(key)).toString(); !word.isEmpty())
            words << word;
    }
    return source.isEmpty() ? QString()
                            : QStringLiteral("%1(\"%2\")").arg(source, words.isEmpty() ? QStringLiteral("*") : words.join(u' '));
}

Asked askedBy(const QJsonObject &request)
{
    const QJsonObject attributes = attributesOfRequest(request);
    Asked asked;
    for (const QJsonValue &v : attributes.value(u"queries").toArray()) {
        const QString query = queryTextOf(v.toObject());
        asked.queries << (query.isEmpty() ? otherQuery(v.toObject()) : query);
        asked.names << v.toObject().value(u"name").toString();
    }
    for (const QJsonValue &v : attributes.value(u"formulas").toArray())
        asked.formulas << v.toObject().value(u"formula").toString();
    asked.fromMs = numberOf(attributes.value(u"from")).value_or(0);
    asked.toMs = numberOf(attributes.value(u"to")).value_or(0);
    return asked;
}

// A formula that is one query's name is that query; another is told with the queries put in.
QString told(const QString &formula, const Asked &asked)
{
    QString text = formula;
    for (qsizetype i = 0; i < asked.names.size(); ++i) {
        const QString &name = asked.names.at(i);
        if (formula.trimmed() == name)
            return asked.queries.at(i);
        if (!name.isEmpty())
            text.replace(QRegularExpression(QStringLiteral("\\b%1\\b").arg(QRegularExpression::escape(name))),
                         QString(asked.queries.at(i)).replace(u'\\', QStringLiteral("\\\\")));
    }
    return text;
}

QString queryOf(int index, const Asked &asked)
{
    if (!asked.formulas.isEmpty())
        return told(asked.formulas.value(index), asked);
    return asked.queries.value(index);
}

QString metricIn(const QString &query)
{
    static const QRegularExpression reference(QStringLiteral(R"((?:^|[\s(,:+*/-])([A-Za-z_][\w.]*)\s*\{)"));
    return reference.match(query).captured(1);
}

/// As v1 would have answered it: the same reader makes the series.
QJsonObject lineOf(const QString &query, const QStringList &tags, const QJsonValue &unit, const QJsonArray &points)
{
    return {{QStringLiteral("expression"), query},
            {QStringLiteral("metric"), metricIn(query)},
            {QStringLiteral("scope"), tags.join(u',')},
            {QStringLiteral("unit"), unit},
            {QStringLiteral("query_index"), 1}, // makes each line tell its own query
            {QStringLiteral("pointlist"), points}};
}

QJsonArray timeseriesLines(const QJsonObject &attributes, const Asked &asked)
{
    const QJsonArray times = attributes.value(u"times").toArray();
    const QJsonArray rows = attributes.value(u"values").toArray();
    const QJsonArray series = attributes.value(u"series").toArray();
    QJsonArray lines;
    for (qsizetype i = 0; i < series.size(); ++i) {
        const QJsonObject one = series.at(i).toObject();
        const QJsonArray row = rows.at(i).toArray();
        QJsonArray points;
        for (qsizetype k = 0; k < std::min(times.size(), row.size()); ++k)
            points.append(QJsonArray{times.at(k), row.at(k)});
        lines.append(lineOf(queryOf(one.value(u"query_index").toInt(), asked), stringsOf(one.value(u"group_tags")),
                            one.value(u"unit"), points));
    }
    return lines;
}

/// One number per row and column: a series of one point, at the end of the window.
QJsonArray scalarLines(const QJsonObject &attributes, const Asked &asked)
{
    QStringList groups; // per row
    QJsonArray lines;
    const QJsonArray columns = attributes.value(u"columns").toArray();
    for (const QJsonValue &v : columns) {
        const QJsonArray values = v.toObject().value(u"values").toArray();
        if (v.toObject().value(u"type").toString() != u"group")
            continue;
        for (qsizetype i = 0; i < values.size(); ++i) {
            while (groups.size() <= i)
                groups << QString();
            const QString tags = values.at(i).isArray() ? stringsOf(values.at(i)).join(u',') : values.at(i).toString();
            groups[i] += (groups.at(i).isEmpty() || tags.isEmpty() ? QString() : QStringLiteral(",")) + tags;
        }
    }
    int index = -1;
    for (const QJsonValue &v : columns) {
        const QJsonObject column = v.toObject();
        if (column.value(u"type").toString() == u"group")
            continue;
        ++index;
        const qsizetype named = asked.names.indexOf(column.value(u"name").toString());
        const QString query = named >= 0 && asked.formulas.isEmpty() ? asked.queries.at(named) : queryOf(index, asked);
        const QJsonArray values = column.value(u"values").toArray();
        for (qsizetype i = 0; i < values.size(); ++i) {
            QJsonArray points; // a list in braces would be the point itself
            points.append(QJsonArray{asked.toMs, values.at(i)});
            lines.append(lineOf(query, {groups.value(i)}, column.value(u"meta").toObject().value(u"unit"), points));
        }
    }
    return lines;
}

} // namespace

bool saysWhatWasAsked(const QJsonObject &request)
{
    const Asked asked = askedBy(request);
    const bool any = std::ranges::any_of(asked.queries, [](const QString &q) { return !q.isEmpty(); });
    return any && asked.toMs > asked.fromMs && asked.fromMs > 0;
}

std::vector<MetricSeries> requestedSeries(const QJsonObject &body, const QJsonObject &request, const QString &file)
{
    const Asked asked = askedBy(request);
    const QJsonObject data = body.value(u"data").toObject();
    const QJsonObject attributes = data.value(u"attributes").toObject();
    const bool scalar = attributes.value(u"columns").isArray();
    const QJsonArray lines = scalar ? scalarLines(attributes, asked) : timeseriesLines(attributes, asked);
    return metricSeries({{QStringLiteral("query"), asked.formulas.isEmpty() ? asked.queries.join(QStringLiteral(", "))
                                                                            : told(asked.formulas.front(), asked)},
                         {QStringLiteral("from_date"), asked.fromMs},
                         {QStringLiteral("to_date"), asked.toMs},
                         {QStringLiteral("series"), lines}},
                        file);
}

} // namespace tenken
