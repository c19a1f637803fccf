// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/prometheus.h>
#include <evidence/prometheus/promql.h>

#include <QJsonArray>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

bool isTemplated(const QString &text)
{
    return text.contains(u"{{");
}

/// Labels that Prometheus adds to everything it sends: whether an alert carries them no rule tells.
bool isExternalLabel(const QString &label)
{
    static const QStringList usual = {u"cluster"_s, u"env"_s,        u"environment"_s, u"region"_s,  u"replica"_s,
                                      u"stage"_s,   u"prometheus"_s, u"datacenter"_s,  u"dc"_s,      u"zone"_s,
                                      u"account"_s, u"tenant"_s,     u"cluster_name"_s, u"stack"_s, u"monitor"_s};
    return usual.contains(label);
}

/// What the alert's labels will be, as far as its rule tells.
class AlertLabels
{
public:
    AlertLabels(const AlertRule &rule, const PrometheusSource &source)
        : m_rule(rule)
        , m_source(source)
        , m_query(parsePromQl(rule.expression))
    {
    }

    std::optional<QString> operator()(const QString &label) const
    {
        if (label == u"alertname")
            return m_rule.name;
        if (const auto it = m_rule.labels.constFind(label); it != m_rule.labels.constEnd())
            return isTemplated(*it) ? std::nullopt : std::optional(*it);
        const auto result = m_query ? labelOfResult(*m_query, label) : std::nullopt;
        if (!result || !result->isEmpty())
            return result;
        if (const auto external = m_source.externalLabels.value_or(Labels()); external.contains(label))
            return external.value(label);
        return !m_source.externalLabels && isExternalLabel(label) ? std::nullopt : result;
    }

private:
    const AlertRule &m_rule;
    const PrometheusSource &m_source;
    std::optional<PromQuery> m_query;
};

QString messageOf(const AlertRule &rule, const PrometheusSource &source)
{
    QStringList lines;
    for (const auto &[name, value] : rule.annotations) {
        if (!source.runbookAnnotations.contains(name))
            lines << value.trimmed();
    }
    lines.removeAll(QString());
    return lines.join(u"\n\n"_s);
}

/// Recorded metrics that it looks at, with what they stand for: whoever reads the query looks there too.
QJsonObject recordingsOf(const QString &expression, const QMap<QString, QString> &recorded)
{
    constexpr int most = 200;
    QJsonObject used;
    QStringList open{expression};
    while (!open.isEmpty() && used.size() < most) {
        const auto query = parsePromQl(open.takeFirst());
        for (const PromSelector &selector : query ? query->selectors : std::vector<PromSelector>()) {
            const auto it = recorded.constFind(selector.metric);
            if (it == recorded.constEnd() || used.contains(selector.metric))
                continue;
            used.insert(selector.metric, *it);
            open << *it;
        }
    }
    return used;
}

QJsonObject optionsOf(const AlertRule &rule, const PrometheusRules &rules)
{
    QJsonObject options;
    if (!rule.forDuration.isEmpty())
        options.insert(u"for"_s, rule.forDuration);
    if (!rule.keepFiringFor.isEmpty())
        options.insert(u"keep_firing_for"_s, rule.keepFiringFor);
    if (rule.labels.contains(u"severity"_s))
        options.insert(u"severity"_s, rule.labels.value(u"severity"_s));
    if (const QJsonObject recordings = recordingsOf(rule.expression, rules.recorded); !recordings.isEmpty())
        options.insert(u"recordings"_s, recordings);
    return options;
}

void addReceivers(Monitor &monitor, const Alertmanager &alertmanager, const LabelLookup &labels)
{
    for (const RoutedAlert &routed : routesOf(alertmanager, labels)) {
        for (const QString &handle : alertmanager.receivers.value(routed.receiver)) {
            QStringList conditions{routed.onlyIf};
            if (isTemplated(handle))
                conditions << handle.sliced(handle.indexOf(u"{{"));
            conditions.removeAll(QString());
            const Receiver receiver{handle, conditions.join(u" & "_s)};
            const auto known = std::ranges::find(monitor.receivers, handle, &Receiver::handle);
            if (known == monitor.receivers.end())
                monitor.receivers.push_back(receiver);
            else if (receiver.onlyIf.isEmpty())
                known->onlyIf.clear();
        }
    }
}

/// What this Prometheus says of all that it sends is said of the alert too.
void addEnvironment(Monitor &monitor, const PrometheusSource &source)
{
    const Labels external = source.externalLabels.value_or(Labels());
    for (const QString &key : {u"env"_s, u"environment"_s}) {
        const auto hasKey = [&](const QString &tag) { return tag.startsWith(key + u':'); };
        if (external.contains(key) && std::ranges::none_of(monitor.tags, hasKey))
            monitor.tags << key + u':' + external.value(key);
    }
}

} // namespace

std::vector<Monitor> monitorsOf(const PrometheusRules &rules, const AlertRouting &routing, const PrometheusSource &source)
{
    std::vector<Monitor> monitors;
    QMap<QString, int> times;
    for (const AlertRule &rule : rules.alerts) {
        Monitor m;
        m.source = Monitor::Source::Prometheus;
        m.file = rule.file;
        m.span = rule.span;
        m.fields = rule.fields;
        m.name = rule.name;
        m.id = rule.group.isEmpty() ? rule.name : rule.group + u'/' + rule.name;
        if (const int before = times[m.id]++; before > 0) // one alert often has a rule for each severity
            m.id += u'#' + QString::number(before + 1);
        m.type = u"prometheus alert"_s;
        m.query = rule.expression;
        m.message = messageOf(rule, source);
        for (auto it = rule.labels.begin(); it != rule.labels.end(); ++it)
            m.tags << it.key() + u':' + it.value();
        addEnvironment(m, source);
        for (const auto &[name, value] : rule.annotations) {
            if (source.runbookAnnotations.contains(name) && !value.trimmed().isEmpty())
                m.runbookAssets << value.trimmed();
        }
        m.options = optionsOf(rule, rules);
        const AlertLabels labels(rule, source);
        QJsonArray inhibitions;
        for (const Alertmanager &alertmanager : routing.alertmanagers) {
            addReceivers(m, alertmanager, labels);
            for (const QString &by : inhibitionsOf(alertmanager, labels))
                inhibitions.append(by);
        }
        // Beside parts of a configuration there are others, and they may send it elsewhere too.
        m.routingKnown = routing.whole || !m.receivers.empty();
        if (!inhibitions.isEmpty())
            m.options.insert(u"inhibited_by"_s, inhibitions);
        monitors.push_back(std::move(m));
    }
    return monitors;
}

} // namespace tenken
