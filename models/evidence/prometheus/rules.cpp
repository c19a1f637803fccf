// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/rules.h>

#include <evidence/prometheus/promql.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr size_t mostRules = 20'000; // of all files together

Yaml groupsOf(Yaml document)
{
    if (document["groups"])
        return document["groups"];
    return document["data"]["groups"];
}

/// As the file has it, or as the API says it: name, query and duration.
Yaml either(Yaml rule, const char *inFile, const char *inAnswer)
{
    return rule[inFile] ? rule[inFile] : rule[inAnswer];
}

void addLabels(Yaml map, Labels &labels)
{
    for (const auto &[key, value] : map.entries())
        labels.insert(key.string(), value.string());
}

QString durationIn(Yaml node)
{
    // The API writes seconds.
    return node.number() && !node.isQuoted() ? node.string() + u's' : node.string();
}

/// One name is often recorded for each service, or each environment.
void record(PrometheusRules &rules, const QString &name, const QString &expression)
{
    constexpr qsizetype longest = 20'000;
    QString &known = rules.recorded[name];
    if (known.isEmpty())
        known = expression;
    else if (!known.contains(expression) && known.size() + expression.size() < longest)
        known = u"(%1) or (%2)"_s.arg(known, expression);
}

AlertRule alertFrom(Yaml rule, Yaml name, Yaml expression, const Labels &ofGroup)
{
    AlertRule alert;
    alert.name = name.string();
    alert.expression = expression.string().trimmed();
    alert.forDuration = durationIn(either(rule, "for", "duration"));
    alert.keepFiringFor = durationIn(either(rule, "keep_firing_for", "keepFiringFor"));
    alert.labels = ofGroup;
    addLabels(rule["labels"], alert.labels);
    for (const auto &[key, value] : rule["annotations"].entries())
        alert.annotations.emplace_back(key.string(), value.string());
    alert.span = rule.span();
    alert.fields = {{u"name"_s, name.span()}, {u"query"_s, expression.span()}};
    if (rule["annotations"].isMap())
        alert.fields.insert(u"message"_s, rule["annotations"].entrySpan());
    if (rule["labels"].isMap())
        alert.fields.insert(u"tags"_s, rule["labels"].entrySpan());
    return alert;
}

} // namespace

bool isPrometheusRules(Yaml document)
{
    const Yaml groups = groupsOf(document);
    return groups.isSequence() && groups.at(0)["rules"].isSequence();
}

void readPrometheusRules(Yaml document, const QString &file, PrometheusRules &rules)
{
    const auto refuse = [&](Yaml node, const Text &message) {
        rules.problems.push_back({file, node.span(), message, {"`promtool check rules` で確かめられます", "`promtool check rules` tells more"}});
    };
    for (const Yaml group : groupsOf(document).items()) {
        Labels ofGroup;
        addLabels(group["labels"], ofGroup);
        for (const Yaml rule : group["rules"].items()) {
            const bool recording = rule["record"].exists() || rule["type"].text() == "recording";
            const Yaml name = recording ? either(rule, "record", "name") : either(rule, "alert", "name");
            const Yaml expression = either(rule, "expr", "query");
            if (rules.alerts.size() + size_t(rules.recorded.size()) >= mostRules)
                return refuse(rule, Text{"規則が %1 件を超えたため、ここから先は読んでいません", "there are more than %1 rules; those from here on are not read"}.arg(int(mostRules)));
            if (name.string().isEmpty() || expression.string().trimmed().isEmpty() || (rule["record"] && rule["alert"])) {
                refuse(rule, {"規則には `alert` (または `record`) と `expr` が要ります", "a rule has `alert` (or `record`) and `expr`"});
                continue;
            }
            // It still is an alert, though nobody can tell of what.
            if (!parsePromQl(expression.string()))
                refuse(expression, Text{"`%1` の式が読み取れません", "the expression of `%1` cannot be understood"}.arg(name.string().left(100)));
            if (recording) {
                record(rules, name.string(), expression.string().trimmed());
                continue;
            }
            AlertRule alert = alertFrom(rule, name, expression, ofGroup);
            alert.file = file;
            alert.group = group["name"].string();
            rules.alerts.push_back(std::move(alert));
        }
    }
}

} // namespace tenken
