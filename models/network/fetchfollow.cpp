// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/datadogfetch.h>

#include <QJsonObject>

namespace tenken
{

namespace
{

constexpr size_t mostMonitors = 50, mostDashboards = 5, mostTeams = 5;

// Ids become part of a path: nothing but what ids are made of.
QString idIn(const QJsonObject &o)
{
    static const QRegularExpression shape(QStringLiteral("^[A-Za-z0-9-]{1,64}$"));
    const QString id = o.value(u"id").toVariant().toString();
    return shape.match(id).hasMatch() ? id : QString();
}

bool mentions(const QString &text, const QStringList &names)
{
    return std::ranges::any_of(names, [&](const QString &name) {
        return !name.isEmpty() && text.contains(name, Qt::CaseInsensitive);
    });
}

QString joined(const QJsonValue &tags)
{
    QStringList list;
    for (const QJsonValue &tag : tags.toArray())
        list << tag.toString();
    return list.join(u' ');
}

FetchRequest single(const QString &purpose, const Text &label, const QString &kind, const QString &path)
{
    FetchRequest r;
    r.purpose = purpose;
    r.label = label;
    r.kind = kind;
    r.path = path;
    return r;
}

} // namespace

// The list does not carry runbooks: those that may be this service's are asked for one by one.
std::vector<FetchRequest> monitorRequests(const QJsonArray &monitors, const QStringList &names)
{
    std::vector<FetchRequest> requests;
    for (const QJsonValue &value : monitors) {
        const QJsonObject o = value.toObject();
        const QString text = o.value(u"name").toString() + u' ' + o.value(u"query").toString() + u' '
            + joined(o.value(u"tags"));
        const QString id = idIn(o);
        if (id.isEmpty() || !mentions(text, names) || requests.size() == mostMonitors)
            continue;
        FetchRequest r = single(QStringLiteral("monitor_") + id,
                                Text{"モニター %1", "Monitor %1"}.arg(o.value(u"name").toString()),
                                QStringLiteral("monitor"), QStringLiteral("/api/v1/monitor/") + id);
        r.query = {{"with_assets", "true"}, {"with_downtimes", "true"}};
        requests.push_back(r);
    }
    return requests;
}

QStringList teamHandlesIn(const QJsonArray &monitors)
{
    static const QRegularExpression handle(QStringLiteral("@team-([A-Za-z0-9_-]{1,100})"));
    QStringList handles;
    for (const QJsonValue &value : monitors) {
        for (auto it = handle.globalMatch(value.toObject().value(u"message").toString()); it.hasNext();)
            handles << it.next().captured(1);
    }
    handles.removeDuplicates();
    return handles;
}

std::vector<FetchRequest> dashboardRequests(const QJsonArray &dashboards, const QStringList &names)
{
    std::vector<FetchRequest> requests;
    for (const QJsonValue &value : dashboards) {
        const QJsonObject o = value.toObject();
        const QString title = o.value(u"title").toString(), id = idIn(o);
        if (id.isEmpty() || requests.size() == mostDashboards
            || !mentions(title + u' ' + o.value(u"description").toString() + u' ' + joined(o.value(u"tags")),
                         names))
            continue;
        requests.push_back(single(QStringLiteral("dashboard_") + id,
                                  Text{"ダッシュボード %1", "Dashboard %1"}.arg(title),
                                  QStringLiteral("dashboard"), QStringLiteral("/api/v1/dashboard/") + id));
    }
    return requests;
}

std::vector<FetchRequest> teamRequests(const QJsonArray &teams, const QStringList &names)
{
    std::vector<FetchRequest> requests;
    for (const QJsonValue &value : teams) {
        const QJsonObject attributes = value.toObject().value(u"attributes").toObject();
        const QString handle = attributes.value(u"handle").toString(), id = idIn(value.toObject());
        const bool wanted = names.contains(handle, Qt::CaseInsensitive)
            || names.contains(attributes.value(u"name").toString(), Qt::CaseInsensitive);
        if (id.isEmpty() || !wanted || requests.size() == mostTeams)
            continue;
        requests.push_back(single(QStringLiteral("team_rules_") + handle,
                                  Text{"チーム %1 の通知先", "Notification rules of team %1"}.arg(handle),
                                  QStringLiteral("team_notification_rules"),
                                  QStringLiteral("/api/v2/team/%1/notification-rules").arg(id)));
    }
    return requests;
}

} // namespace tenken
