// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>

#include <QJsonArray>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int deepest = 30;
constexpr size_t mostWidgets = 2'000;
constexpr qsizetype mostQueries = 200; ///< of one widget

struct Variable {
    QString name, prefix, value;
};

std::vector<Variable> variablesOf(const QJsonObject &dashboard)
{
    std::vector<Variable> variables;
    for (const QJsonValue &entry : dashboard.value(u"template_variables").toArray()) {
        const QJsonObject o = entry.toObject();
        const QString several = o.value(u"defaults").toArray().at(0).toString();
        const QString value = o.value(u"default").toString(several);
        variables.push_back(
            {o.value(u"name").toString(), o.value(u"prefix").toString(), value.isEmpty() ? u"*"_s : value});
    }
    // "$service_name" must not be taken for "$service" and a rest.
    std::ranges::sort(variables, std::greater{}, [](const Variable &v) { return v.name.size(); });
    return variables;
}

QString filled(QString query, const std::vector<Variable> &variables)
{
    for (const Variable &v : variables) {
        query.replace(u'$' + v.name + u".value"_s, v.value);
        query.replace(u'$' + v.name, v.prefix.isEmpty() ? v.value : v.prefix + u':' + v.value);
    }
    return query;
}

/// Collects what the widgets ask for, wherever in their definitions it stands.
class WidgetReader
{
public:
    WidgetReader(Dashboard &dashboard, std::vector<Variable> variables)
        : m_dashboard(dashboard), m_variables(std::move(variables))
    {
    }

    void read(const QJsonArray &widgets, const JsonPlace *places, Span outer, int depth);

private:
    void collect(const QJsonValue &value, DashboardWidget &widget, int depth);
    void collectQuery(const QJsonObject &object, DashboardWidget &widget);
    void collectService(const QJsonObject &definition, DashboardWidget &widget);
    void add(DashboardWidget &widget, const QString &query)
    {
        if (!query.isEmpty() && widget.queries.size() < mostQueries)
            widget.queries << filled(query, m_variables);
    }

    Dashboard &m_dashboard;
    std::vector<Variable> m_variables;
};

QString inScope(const QString &metric, const QString &service)
{
    return metric + u'{'
        + (service.isEmpty()              ? u"*"_s
               : service.startsWith(u'$') ? service
                                          : u"service:"_s + service)
        + u'}';
}

// "hits", "errors", "latency_p99" of a service, as the metric that carries the same.
QString ofStatistic(const QString &statistic, const QString &service, const QString &prefix)
{
    if (statistic.startsWith(u"latency"))
        return statistic.section(u'_', 1).startsWith(u'p')
            ? inScope(statistic.section(u'_', 1) + u':' + prefix, service)
            : inScope(u"avg:"_s + prefix, service);
    if (statistic.contains(u"duration"))
        return inScope(u"avg:"_s + prefix, service);
    if (statistic.startsWith(u"error"))
        return inScope(u"sum:"_s + prefix + u".errors"_s, service);
    const bool hits = statistic.isEmpty() || statistic.startsWith(u"hits") || statistic.contains(u"count");
    return hits ? inScope(u"sum:"_s + prefix + u".hits"_s, service) : QString();
}

void WidgetReader::collectQuery(const QJsonObject &object, DashboardWidget &widget)
{
    add(widget, queryTextOf(object));
    if (object.value(u"q").isString())
        add(widget, object.value(u"q").toString());
}

// Widgets that draw a service by its name alone.
void WidgetReader::collectService(const QJsonObject &definition, DashboardWidget &widget)
{
    const QString service = definition.value(u"service").toString();
    if (widget.type != u"trace_service" || service.isEmpty())
        return;
    const auto shows = [&](QStringView key) { return definition.value(key).toBool(false); };
    if (shows(u"show_hits"))
        add(widget, inScope(u"sum:trace.apm.request.hits"_s, service));
    if (shows(u"show_errors"))
        add(widget, inScope(u"sum:trace.apm.request.errors"_s, service));
    if (shows(u"show_latency"))
        add(widget, inScope(u"p99:trace.apm.request"_s, service));
}

void WidgetReader::collect(const QJsonValue &value, DashboardWidget &widget, int depth)
{
    if (depth > deepest)
        return;
    for (const QJsonValue &entry : value.toArray())
        collect(entry, widget, depth + 1);
    if (!value.isObject())
        return;
    const QJsonObject object = value.toObject();
    collectQuery(object, widget);
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() != u"search" && it.key() != u"widgets" && (it->isObject() || it->isArray()))
            collect(*it, widget, depth + 1);
    }
}

void WidgetReader::read(const QJsonArray &widgets, const JsonPlace *places, Span outer, int depth)
{
    for (qsizetype i = 0; i < widgets.size() && depth < deepest && m_dashboard.widgets.size() < mostWidgets;
         ++i) {
        const QJsonObject definition = widgets.at(i).toObject().value(u"definition").toObject();
        const JsonPlace *place = places ? places->child(i) : nullptr;
        const JsonPlace *inner = place ? place->child(u"definition"_s) : nullptr;
        DashboardWidget widget;
        widget.title = definition.value(u"title").toString();
        widget.type = definition.value(u"type").toString();
        widget.span = place ? place->span : outer;
        collectService(definition, widget);
        collect(definition, widget, 0);
        m_dashboard.widgets.push_back(widget);
        if (definition.value(u"widgets").isArray())
            read(definition.value(u"widgets").toArray(), inner ? inner->child(u"widgets"_s) : nullptr,
                 widget.span, depth + 1);
    }
}

} // namespace

QString queryTextOf(const QJsonObject &query)
{
    const QString source = query.value(u"data_source").toString();
    const QString service = query.value(u"service").toString();
    const QString statistic = query.value(u"stat").toString();
    if (source == u"apm_metrics" || source == u"apm_resource_stats")
        return ofStatistic(statistic, service, u"trace.apm.request"_s);
    if (source == u"apm_dependency_stats")
        return ofStatistic(statistic, service, u"trace.apm.client"_s);
    if (query.value(u"query").isString() && (source.isEmpty() || source == u"metrics"))
        return query.value(u"query").toString();
    const QString search = query.value(u"search").toObject().value(u"query").toString();
    return search.isEmpty() ? QString()
                            : u"%1(\"%2\")"_s.arg(source.isEmpty() ? u"logs"_s : source, QString(search).remove(u'"'));
}

Dashboard dashboardFrom(const QJsonObject &object, const QString &file, const JsonPlace *place)
{
    Dashboard dashboard;
    dashboard.file = file;
    dashboard.id = object.value(u"id").toString();
    dashboard.title = object.value(u"title").toString();
    if (place) {
        const JsonPlace *title = place->child(u"title"_s);
        dashboard.span = title ? title->span : place->span;
    }
    WidgetReader(dashboard, variablesOf(object))
        .read(object.value(u"widgets").toArray(), place ? place->child(u"widgets"_s) : nullptr,
              dashboard.span, 0);
    return dashboard;
}

} // namespace tenken
