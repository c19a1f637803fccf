// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

namespace tenken
{

namespace
{

bool isTransition(const QString &scope)
{
    return scope.startsWith(u"transition_type:");
}

// Who is told on alert: those of that transition; where none is named, those for the rest. A condition of
// another kind ("priority:p1") stays one.
void readReceivers(NotificationRule &rule, const QJsonObject &attributes)
{
    rule.onAlert = stringsOf(attributes.value(u"recipients"));
    const QJsonObject conditional = attributes.value(u"conditional_recipients").toObject();
    bool decided = false;
    for (const QJsonValue &entry : conditional.value(u"conditions").toArray()) {
        const QString scope = entry.toObject().value(u"scope").toString().trimmed();
        const QStringList receivers = stringsOf(entry.toObject().value(u"recipients"));
        if (scope == u"transition_type:is_alert" || scope == u"transition_type:alert") {
            rule.onAlert += receivers;
            decided = true;
        } else if (!isTransition(scope)) {
            rule.onlyIf.push_back({scope, receivers});
        }
    }
    const QStringList rest = stringsOf(conditional.value(u"fallback_recipients"));
    if (decided || rest.isEmpty())
        return;
    if (rule.onlyIf.empty())
        rule.onAlert += rest;
    else
        rule.onlyIf.push_back({QStringLiteral("otherwise"), rest});
}

} // namespace

std::vector<NotificationRule> notificationRules(const QJsonObject &body)
{
    std::vector<NotificationRule> rules;
    for (const QJsonValue &entry : dataOf(body)) {
        const QJsonObject attributes = attributesOf(entry);
        const QJsonObject filter = attributes.value(u"filter").toObject();
        NotificationRule rule;
        rule.name = attributes.value(u"name").toString();
        rule.tags = tagsFrom(filter.value(u"tags"));
        rule.scope = filter.value(u"scope").toString();
        readReceivers(rule, attributes);
        rule.understood = !rule.tags.isEmpty() || !rule.scope.isEmpty();
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace tenken
