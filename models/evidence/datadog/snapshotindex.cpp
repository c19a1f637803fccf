// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/json.h>
#include <evidence/datadog/snapshotindex.h>

#include <QJsonArray>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr int newestVersion = 1;
constexpr int defaultPageSize = 100;

IndexedResponse responseFrom(const QJsonObject &object, const JsonPlace *place)
{
    IndexedResponse r;
    const QJsonObject request = object.value(u"request").toObject();
    r.id = object.value(u"id").toVariant().toString();
    r.purpose = object.value(u"purpose").toString();
    r.kind = object.value(u"kind").toString();
    r.method = request.value(u"method").toString(QStringLiteral("GET")).toUpper();
    const QString path = request.value(u"path").toString();
    r.path = path.section(u'?', 0, 0);
    while (r.path.endsWith(u'/'))
        r.path.chop(1);
    const QString written = path.section(u'?', 1)
        + (request.value(u"query").isString() ? u'&' + request.value(u"query").toString() : QString());
    for (const auto &[key, value] : QUrlQuery(written).queryItems(QUrl::FullyDecoded))
        r.query.insert(key, value);
    const QJsonObject query = request.value(u"query").toObject();
    for (auto it = query.begin(); it != query.end(); ++it)
        r.query.insert(it.key(), it.value().toVariant().toString());
    r.status = object.value(u"status").toInt();
    r.outcome = object.value(u"outcome").toString();
    if (r.outcome == u"ok")
        r.outcome.clear();
    r.bodyFile = object.value(u"body_file").toString();
    r.sha256 = object.value(u"sha256").toString().toLatin1().toLower();
    r.listId = object.value(u"list_id").toVariant().toString();
    if (object.value(u"complete").isBool())
        r.complete = object.value(u"complete").toBool();
    if (place)
        r.span = place->span;
    return r;
}

bool isFiltered(const IndexedResponse &r)
{
    static const QStringList harmless = {"page", "page_size", "with_downtimes", "group_states",
                                         "with_assets"};
    return std::ranges::any_of(r.query.keys(), [](const QString &key) { return !harmless.contains(key); });
}

} // namespace

QString IndexedResponse::endpoint() const
{
    return path.isEmpty() ? (bodyFile.isEmpty() ? id : bodyFile) : method + u' ' + path;
}

bool IndexedResponse::failed() const
{
    return status >= 400 || !outcome.isEmpty();
}

bool IndexedResponse::isMonitorList() const
{
    return path == u"/api/v1/monitor"
        || (path.isEmpty() && (kind == u"monitors" || kind == u"monitor_list" || kind == u"monitors_v1"));
}

bool IndexedResponse::isNotificationRules() const
{
    return path == u"/api/v2/monitor/notification_rule";
}

Result<SnapshotIndex> readSnapshotIndex(const QString &file, const QByteArray &bytes)
{
    auto json = parseJson(file, bytes);
    if (!json)
        return failure(json.error());
    const QJsonObject root = json->document.object();
    if (root.value(u"format").toString() != u"tenken-datadog-snapshot") {
        return failure(
            {file,
             {1, 1, 1, 2},
             {"`format` が `tenken-datadog-snapshot` ではありません。",
              "`format` is not `tenken-datadog-snapshot`."},
             {"索引でなければ別の名前にしてください。", "Give it another name if it is no index."}});
    }
    const int version = root.value(u"version").toInt();
    if (version > newestVersion) {
        const JsonPlace *place = json->root.child(QStringLiteral("version"));
        return failure({file,
                        place ? place->span : Span{},
                        Text{"version %1 の索引は新しすぎて読めません（%2 まで）。",
                             "An index of version %1 is too new to read (up to %2)."}
                            .arg(version, newestVersion),
                        {"新しい Tenken で読んでください。", "Read it with a newer Tenken."}});
    }
    SnapshotIndex index;
    index.captured = QDateTime::fromString(root.value(u"captured_at").toString(), Qt::ISODateWithMs);
    index.timeZone = root.value(u"window").toObject().value(u"tz").toString().left(64);
    const QJsonArray responses = root.value(u"responses").toArray();
    const JsonPlace *places = json->root.child(QStringLiteral("responses"));
    for (qsizetype i = 0; i < responses.size(); ++i)
        index.responses.push_back(
            responseFrom(responses.at(i).toObject(), places ? places->child(i) : nullptr));
    return index;
}

bool isWholeList(const std::vector<MonitorPage> &pages)
{
    // One listing that is whole is enough; a second attempt may have failed.
    QStringList ids;
    for (const MonitorPage &page : pages)
        ids << page.response->listId;
    ids.removeDuplicates();
    return std::ranges::any_of(ids, [&](const QString &id) {
        QMap<int, qsizetype> counts;
        int pageSize = defaultPageSize;
        bool said = false;
        for (const MonitorPage &page : pages) {
            const IndexedResponse &r = *page.response;
            if (r.listId != id)
                continue;
            if (page.count < 0 || r.failed() || isFiltered(r) || r.complete == false)
                return false;
            said = said || r.complete == true;
            if (!r.query.contains(QStringLiteral("page")) && (!r.path.isEmpty() || said))
                return true; // without a page the answer holds everything
            counts.insert(r.query.value(QStringLiteral("page")).toInt(), page.count);
            pageSize = r.query.value(QStringLiteral("page_size"), QString::number(defaultPageSize)).toInt();
        }
        const bool contiguous =
            !counts.isEmpty() && counts.firstKey() == 0 && counts.lastKey() == counts.size() - 1;
        return contiguous && (said || counts.last() < pageSize);
    });
}

} // namespace tenken
