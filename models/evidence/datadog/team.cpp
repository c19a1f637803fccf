// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QStringList idsIn(const QJsonValue &relationship)
{
    QStringList ids;
    for (const QJsonValue &v : dataOf(relationship.toObject()))
        ids << v.toObject().value(u"id").toString();
    ids.removeAll(QString());
    return ids;
}

/// The receivers as a handle of a message would name them, without '@'.
QStringList receiversOf(const QJsonObject &attributes)
{
    QStringList receivers;
    const auto add = [&](const QString &prefix, const QString &name) {
        if (!name.isEmpty())
            receivers << prefix + (name.startsWith(u'#') ? name.sliced(1) : name);
    };
    const QJsonObject slack = attributes.value(u"slack").toObject();
    const QString workspace = slack.value(u"workspace").toString(), channel = slack.value(u"channel").toString();
    if (!channel.isEmpty())
        add(workspace.isEmpty() ? u"slack-"_s : u"slack-"_s + workspace + u'-', channel);
    add(u"pagerduty-"_s, attributes.value(u"pagerduty").toObject().value(u"service_name").toString());
    add(u"teams-"_s, attributes.value(u"ms_teams").toObject().value(u"connector_name").toString());
    if (attributes.value(u"email").toObject().value(u"enabled").toBool())
        receivers << u"team@email"_s;
    return receivers;
}

} // namespace

std::vector<Team> teamsFrom(const QJsonObject &body)
{
    std::vector<Team> teams;
    for (const QJsonValue &v : dataOf(body)) {
        const QJsonObject a = attributesOf(v);
        teams.push_back({v.toObject().value(u"id").toString(), a.value(u"handle").toString(), a.value(u"name").toString()});
    }
    return teams;
}

std::vector<TeamRule> teamRulesFrom(const QJsonObject &body, const QString &teamId, const QString &file)
{
    std::vector<TeamRule> rules;
    for (const QJsonValue &v : dataOf(body))
        rules.push_back({file, teamId, receiversOf(attributesOf(v))});
    return rules;
}

std::vector<OnCall> onCallFrom(const QJsonObject &body, const QString &file)
{
    std::vector<OnCall> found;
    for (const QJsonValue &v : dataOf(body)) {
        const QJsonObject o = v.toObject();
        const QString type = o.value(u"type").toString();
        const QJsonObject related = o.value(u"relationships").toObject();
        OnCall onCall;
        onCall.file = file;
        onCall.kind = type == u"schedules" ? OnCall::Kind::Schedule
            : type == u"policies"          ? OnCall::Kind::Policy
                                           : OnCall::Kind::Routing;
        onCall.id = o.value(u"id").toString();
        onCall.name = attributesOf(v).value(u"name").toString();
        onCall.teamIds = onCall.kind == OnCall::Kind::Routing ? QStringList{onCall.id} : idsIn(related.value(u"teams"));
        for (const char *parts : {"layers", "steps", "rules", "escalations", "responders"})
            onCall.steps = std::max(onCall.steps, idsIn(related.value(QLatin1StringView(parts))).size());
        found.push_back(std::move(onCall));
    }
    return found;
}

} // namespace tenken
