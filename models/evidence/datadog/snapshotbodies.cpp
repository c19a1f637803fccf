// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/fields.h>
#include <evidence/datadog/snapshotreader.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// Of {"data": …}, an element of which may stand alone.
const JsonPlace *placeInData(const JsonPlace &root, qsizetype i)
{
    const JsonPlace *data = root.child(u"data"_s);
    const bool single = data && !data->children.empty() && !data->children.front().key.isEmpty();
    return !data || single ? data : data->child(i);
}

} // namespace

void SnapshotReader::takeMonitor(const QJsonObject &object, const QString &file, const JsonPlace *place)
{
    if (object.contains(u"deleted") && !object.value(u"deleted").isNull())
        return;
    Monitor monitor = monitorFrom(object, file, place, m_snapshot.captured);
    const auto it = m_ids.constFind(monitor.id);
    if (it == m_ids.constEnd() || monitor.id.isEmpty()) {
        m_ids.insert(monitor.id, m_snapshot.monitors.size());
        m_snapshot.monitors.push_back(std::move(monitor));
        return;
    }
    Monitor *known = &m_snapshot.monitors[*it];
    // The list does not carry the runbooks, nor downtimes; the answer about one monitor may.
    known->runbookAssets += monitor.runbookAssets;
    known->runbookAssets.removeDuplicates();
    known->silencedForever |= monitor.silencedForever;
    known->silencedPartly |= monitor.silencedPartly;
    for (Silence &s : monitor.silences) {
        const bool told = std::ranges::any_of(known->silences, [&](const Silence &k) {
            return k.kind == s.kind && k.id == s.id && k.scope == s.scope && k.until == s.until;
        });
        if (!told)
            known->silences.push_back(std::move(s));
    }
}

qsizetype SnapshotReader::takeMonitors(const QString &file, const JsonText &json)
{
    if (json.document.isArray()) {
        const QJsonArray list = json.document.array();
        for (qsizetype i = 0; i < list.size(); ++i)
            takeMonitor(list.at(i).toObject(), file, json.root.child(i));
        return list.size();
    }
    const QJsonObject map = json.document.object();
    for (auto it = map.begin(); it != map.end(); ++it)
        takeMonitor(it.value().toObject(), file, json.root.child(it.key()));
    return map.size();
}

void SnapshotReader::takeDashboards(const QString &file, const JsonText &json)
{
    const QJsonArray list = json.document.array();
    for (qsizetype i = 0; i < list.size(); ++i)
        m_snapshot.dashboards.push_back(dashboardFrom(list.at(i).toObject(), file, json.root.child(i)));
    const QJsonObject map = json.document.object();
    for (auto it = map.begin(); it != map.end(); ++it)
        m_snapshot.dashboards.push_back(dashboardFrom(it.value().toObject(), file, json.root.child(it.key())));
}

qsizetype SnapshotReader::takeTests(const QString &file, const JsonText &json)
{
    const QJsonArray list = json.document.object().value(u"tests").toArray();
    const JsonPlace *places = json.root.child(u"tests"_s);
    for (qsizetype i = 0; i < list.size(); ++i)
        takeTest(syntheticsFrom(list.at(i).toObject(), file, places ? places->child(i) : nullptr));
    return list.size();
}

// The list and the answer about one test may both be there.
void SnapshotReader::takeTest(SyntheticsTest test)
{
    const auto it = std::ranges::find(m_snapshot.synthetics, test.id, &SyntheticsTest::id);
    if (it == m_snapshot.synthetics.end() || test.id.isEmpty())
        m_snapshot.synthetics.push_back(std::move(test));
    else if (it->message.isEmpty() || it->requests.empty())
        *it = std::move(test);
}

// Without its request nobody knows what a series of v2 is of.
void SnapshotReader::takeSeries(const QString &file, const QJsonObject &body, const IndexedResponse *response)
{
    if (response && saysWhatWasAsked(response->body)) {
        std::ranges::move(requestedSeries(body, response->body, file), std::back_inserter(m_snapshot.series));
        return;
    }
    const bool scalar = body.value(u"data").toObject().value(u"attributes").toObject().contains(u"columns");
    m_snapshot.ambiguous.push_back({file, {scalar ? u"scalar"_s : u"timeseries"_s}, true});
    remark(file,
           {"v2 の系列です。何をいつからいつまで問い合わせたかは、このファイルからは分かりません。",
            "A series of v2: what was asked, from when to when, this file does not tell."},
           {"snapshot.json に要求の本文を書くか、v1 の /api/v1/query で取ってください。",
            "Write the request's body in snapshot.json, or fetch it by /api/v1/query of v1."});
}

void SnapshotReader::takeSlo(Slo slo)
{
    const auto it = std::ranges::find(m_snapshot.slos, slo.id, &Slo::id);
    if (it == m_snapshot.slos.end() || slo.id.isEmpty()) {
        m_snapshot.slos.push_back(std::move(slo));
        return;
    }
    // A search tells how it stands, the list what it is made of.
    const Slo &rich = slo.queries.size() > it->queries.size() ? slo : *it;
    const Slo &status = slo.state.isEmpty() ? *it : slo;
    Slo merged = rich;
    merged.value = status.value;
    merged.budgetRemaining = status.budgetRemaining;
    merged.state = status.state;
    *it = std::move(merged);
}

void SnapshotReader::takeSlos(const QString &file, const JsonText &json)
{
    const QJsonArray list = dataOf(json.document.object());
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QJsonObject object = list.at(i).toObject();
        const QJsonValue found = attributesOf(object).value(u"slos");
        if (!found.isArray()) {
            takeSlo(sloFrom(object, file, placeInData(json.root, i)));
            continue;
        }
        for (const QJsonValue &row : found.toArray())
            takeSlo(sloFromSearch(row.toObject(), file, &json.root));
    }
}

qsizetype SnapshotReader::takeDowntimes(const QString &file, const JsonText &json)
{
    if (json.document.isObject() && json.document.object().contains(u"data")) {
        const QJsonArray list = dataOf(json.document.object());
        for (qsizetype i = 0; i < list.size(); ++i)
            m_snapshot.downtimes.push_back(downtimeFrom(list.at(i).toObject(), file, placeInData(json.root, i)));
        return list.size();
    }
    const QJsonArray list = json.document.array();
    for (qsizetype i = 0; i < list.size(); ++i)
        m_snapshot.downtimes.push_back(oldDowntimeFrom(list.at(i).toObject(), file, json.root.child(i)));
    if (json.document.isObject())
        m_snapshot.downtimes.push_back(oldDowntimeFrom(json.document.object(), file, &json.root));
    return list.size();
}

// Downtimes that silence one monitor now: the request names it.
void SnapshotReader::takeMatches(const QString &file, const QJsonObject &body, const IndexedResponse *response)
{
    const QString monitor = response ? response->idIn(u"/api/v2/monitor/"_s, u"/downtime_matches"_s) : QString();
    if (monitor.isEmpty())
        return remark(file,
                      {"監視にかかるダウンタイムですが、どの監視かはこのファイルからは分かりません。",
                       "Downtimes of one monitor; of which, this file does not tell."});
    for (const QJsonValue &v : dataOf(body)) {
        const QJsonObject a = attributesOf(v);
        Downtime d;
        d.file = file;
        d.id = v.toObject().value(u"id").toString();
        d.status = u"active"_s;
        d.scope = scopeText(a.value(u"scope"));
        d.monitorId = monitor;
        d.from = timeOf(a.value(u"start"));
        d.until = timeOf(a.value(u"end"));
        m_snapshot.downtimes.push_back(std::move(d));
    }
}

void SnapshotReader::takeEmpty(const QString &file, bool array, const IndexedResponse *response)
{
    if (response)
        return; // its request says of what: there is none
    const QStringList lists = {"slos", "downtimes", "notification_rules", "catalogue", "teams"};
    m_snapshot.ambiguous.push_back({file, array ? QStringList{u"monitors"_s, u"downtimes_v1"_s} : lists, false});
    remark(file,
           {"空の一覧です。何の一覧かはこのファイルからは分かりません。",
            "An empty list; of what, this file does not tell."},
           {"snapshot.json に要求を書くと分かります。", "Write the request in snapshot.json."});
}

// What Datadog says of the monitors goes with them, whichever answer came first.
void SnapshotReader::applyRows()
{
    for (const MonitorRow &row : m_rows) {
        const auto it = m_ids.constFind(row.id);
        if (it != m_ids.constEnd() && !row.qualityIssues.isEmpty())
            m_snapshot.monitors[*it].qualityIssues = row.qualityIssues;
    }
}

qsizetype SnapshotReader::take(const QString &file, const JsonText &json, const IndexedResponse *response)
{
    using Kind = DatadogBody::Kind;
    const DatadogBody body = recogniseBody(json.document);
    const QJsonObject object = json.document.object();
    const auto append = [](auto &list, auto &&more) { std::ranges::move(more, std::back_inserter(list)); };
    switch (body.kind) {
    case Kind::Error:
        refuse(file, body.what, response);
        return -1;
    case Kind::MetricQuery:
        append(m_snapshot.series, metricSeries(object, file));
        return 0;
    case Kind::Timeseries:
    case Kind::Scalar:
        takeSeries(file, object, response);
        return 0;
    case Kind::MonitorList:
    case Kind::MonitorMap:
        return takeMonitors(file, json);
    case Kind::Monitor:
        takeMonitor(object, file, &json.root);
        return 0;
    case Kind::MonitorAsset:
        takeMonitor(object.value(u"definition").toObject(), file, json.root.child(u"definition"_s));
        return 0;
    case Kind::MonitorSearch:
        append(m_rows, monitorRows(object));
        return 0;
    case Kind::Downtimes:
    case Kind::OldDowntimes:
        return takeDowntimes(file, json);
    case Kind::DowntimeMatches:
        takeMatches(file, object, response);
        return 0;
    case Kind::NotificationRules:
        append(m_snapshot.notificationRules, notificationRules(object));
        return 0;
    case Kind::Dashboard:
        m_snapshot.dashboards.push_back(dashboardFrom(object, file, &json.root));
        return 0;
    case Kind::DashboardAsset:
        m_snapshot.dashboards.push_back(
            dashboardFrom(object.value(u"definition").toObject(), file, json.root.child(u"definition"_s)));
        return 0;
    case Kind::DashboardMap:
    case Kind::DashboardArray:
        takeDashboards(file, json);
        return 0;
    case Kind::Slos:
    case Kind::SloSearch:
        takeSlos(file, json);
        return 0;
    case Kind::SloHistory:
        m_snapshot.sloHistories.push_back(sloHistoryFrom(object, file));
        return 0;
    case Kind::SyntheticsList:
        return takeTests(file, json);
    case Kind::SyntheticsTest:
        takeTest(syntheticsFrom(object, file, &json.root));
        return 0;
    case Kind::Catalogue:
        append(m_snapshot.catalogue, catalogueFrom(object, file, &json.root));
        return 0;
    case Kind::CatalogueRelations:
        append(m_snapshot.relations, relationsFrom(object));
        return 0;
    case Kind::Teams:
        append(m_snapshot.teams, teamsFrom(object));
        return 0;
    case Kind::TeamRules:
        append(m_snapshot.teamRules,
               teamRulesFrom(object, response ? response->idIn(u"/api/v2/team/"_s, u"/notification-rules"_s) : QString(), file));
        return 0;
    case Kind::OnCall:
        append(m_snapshot.onCall, onCallFrom(object, file));
        return 0;
    case Kind::ServiceCalls:
        m_snapshot.serviceCalls.push_back(serviceCallsFrom(object, file));
        if (response)
            m_snapshot.serviceCalls.back().environment = response->query.value(u"env"_s);
        return 0;
    case Kind::ApmServices:
        m_snapshot.apmServices.push_back(apmServicesFrom(object, file));
        if (response)
            m_snapshot.apmServices.back().environment = response->query.value(u"filter[env]"_s);
        return 0;
    case Kind::Empty:
        takeEmpty(file, json.document.isArray(), response);
        return 0;
    case Kind::Other:
        remark(file,
               Text{"%1 の応答です。まだ使いません。", "An answer about %1, which is not used yet."}.arg(body.what));
        return 0;
    case Kind::Unknown:
        break;
    }
    m_problems.push_back(
        {file,
         {1, 1, 1, 2},
         {"Datadog のどの応答か分かりません。", "This is no answer of Datadog that is known."},
         {"/api/v1/query や /api/v1/monitor の応答を、手を加えずに置いてください。",
          "Put answers of /api/v1/query or /api/v1/monitor here, unmodified."}});
    return -1;
}

} // namespace tenken
