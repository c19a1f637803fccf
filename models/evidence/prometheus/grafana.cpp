// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/prometheus.h>

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int deepest = 10;
constexpr size_t mostPanels = 2'000;

/// What each variable stands for by default: "$job", "${job:regex}", "[[job]]".
QMap<QString, QString> variablesOf(const QJsonObject &dashboard)
{
    QMap<QString, QString> values;
    for (const QJsonValue &entry : dashboard.value(u"templating").toObject().value(u"list").toArray()) {
        const QJsonValue current = entry[u"current"][u"value"];
        QStringList words;
        for (const QJsonValue &word : current.isArray() ? current.toArray() : QJsonArray{current})
            words << word.toString();
        QString value = words.join(u'|');
        if (value.isEmpty() || value == u"$__all")
            value = u".*"_s;
        values.insert(entry[u"name"].toString(), value);
    }
    return values;
}

QString withValues(const QString &expression, const QMap<QString, QString> &values)
{
    static const QRegularExpression variable(u"\\$\\{(\\w+)(?::[^{}]{0,40})?\\}|\\[\\[(\\w+)(?::[^\\[\\]]{0,40})?\\]\\]|\\$(\\w+)"_s);
    QString result;
    qsizetype done = 0;
    for (auto it = variable.globalMatch(expression); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured(match.lastCapturedIndex());
        result += QStringView(expression).sliced(done, match.capturedStart() - done);
        result += values.contains(name) ? values.value(name) : match.captured();
        done = match.capturedEnd();
    }
    return result.append(QStringView(expression).sliced(done));
}

/// Rows hold panels, in the old form under "rows" and in the new one under "panels" again.
void addPanels(const QJsonArray &panels, const QMap<QString, QString> &values, int depth, Dashboard &dashboard)
{
    for (const QJsonValue &entry : panels) {
        if (depth > deepest || dashboard.widgets.size() >= mostPanels)
            return;
        const QJsonObject panel = entry.toObject();
        DashboardWidget widget;
        widget.title = panel.value(u"title").toString();
        widget.type = panel.value(u"type").toString();
        widget.promQl = true;
        for (const QJsonValue &target : panel.value(u"targets").toArray()) {
            const QString expression = target[u"expr"].toString();
            if (!expression.isEmpty() && !target[u"hide"].toBool())
                widget.queries << withValues(expression, values);
        }
        if (!widget.queries.isEmpty())
            dashboard.widgets.push_back(std::move(widget));
        addPanels(panel.value(u"panels").toArray(), values, depth + 1, dashboard);
    }
}

} // namespace

std::optional<Dashboard> grafanaDashboard(const QJsonObject &object, const QString &file)
{
    const QJsonObject wrapped = object.value(u"dashboard").toObject();
    const QJsonObject &inner = wrapped.isEmpty() ? object : wrapped;
    const bool known = inner.contains(u"schemaVersion") || inner.contains(u"templating") || inner.contains(u"uid");
    if (!known || (!inner.value(u"panels").isArray() && !inner.value(u"rows").isArray()))
        return {};
    Dashboard dashboard;
    dashboard.file = file;
    dashboard.span = {1, 1, 1, 2};
    dashboard.id = inner.value(u"uid").toString();
    dashboard.title = inner.value(u"title").toString();
    const QMap<QString, QString> values = variablesOf(inner);
    addPanels(inner.value(u"panels").toArray(), values, 0, dashboard);
    addPanels(inner.value(u"rows").toArray(), values, 0, dashboard);
    return dashboard;
}

} // namespace tenken
