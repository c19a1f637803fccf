// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/json.h>
#include <evidence/datadog/snapshotedit.h>
#include <evidence/datadog/snapshotindex.h>
#include <evidence/files.h>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 indexLimit = 16 * 1024 * 1024;
constexpr qint64 bodyLimit = 64 * 1024 * 1024;

struct KnownKind {
    QString kind, method, path;
    Text label;
};

const std::vector<KnownKind> &knownKinds()
{
    static const std::vector<KnownKind> kinds = {
        {u"monitors"_s, u"GET"_s, u"/api/v1/monitor"_s, {"監視", "Monitors"}},
        {u"downtimes_v1"_s, u"GET"_s, u"/api/v1/downtime"_s, {"ダウンタイム（v1）", "Downtimes (v1)"}},
        {u"downtimes"_s, u"GET"_s, u"/api/v2/downtime"_s, {"ダウンタイム", "Downtimes"}},
        {u"slos"_s, u"GET"_s, u"/api/v1/slo"_s, {"SLO", "SLOs"}},
        {u"notification_rules"_s, u"GET"_s, u"/api/v2/monitor/notification_rule"_s, {"通知ルール", "Notification rules"}},
        {u"catalogue"_s, u"GET"_s, u"/api/v2/catalog/entity"_s, {"カタログ", "Catalogue"}},
        {u"teams"_s, u"GET"_s, u"/api/v2/team"_s, {"チーム", "Teams"}},
        {u"timeseries"_s, u"POST"_s, u"/api/v2/query/timeseries"_s, {"系列（v2）", "Series (v2)"}},
        {u"scalar"_s, u"POST"_s, u"/api/v2/query/scalar"_s, {"値（v2）", "Values (v2)"}}};
    return kinds;
}

const KnownKind *knownKind(const QString &kind)
{
    const auto it = std::ranges::find(knownKinds(), kind, &KnownKind::kind);
    return it == knownKinds().end() ? nullptr : &*it;
}

Problem refused(const QString &file, const Text &why)
{
    return {file, {}, why, {"選び直してください。", "Choose again."}};
}

QJsonObject requestOf(const KnownKind &kind, const AnswerChoice &choice)
{
    QJsonObject request{{u"method"_s, kind.method}, {u"path"_s, kind.path}};
    if (kind.method != u"POST")
        return request;
    const QJsonObject query{{u"data_source"_s, u"metrics"_s}, {u"name"_s, u"a"_s}, {u"query"_s, choice.query}};
    const QJsonObject attributes{{u"from"_s, choice.from.toMSecsSinceEpoch()},
                                 {u"to"_s, choice.to.toMSecsSinceEpoch()},
                                 {u"queries"_s, QJsonArray{query}}};
    const QString type = kind.kind == u"scalar" ? u"scalar_request"_s : u"timeseries_request"_s;
    request.insert(u"body"_s, QJsonObject{{u"data"_s, QJsonObject{{u"type"_s, type}, {u"attributes"_s, attributes}}}});
    return request;
}

void enter(QJsonObject &index, const QString &bodyFile, const QByteArray &sha256, const KnownKind &kind,
           const AnswerChoice &choice)
{
    QJsonArray responses = index.value(u"responses").toArray();
    qsizetype at = 0;
    while (at < responses.size() && responses.at(at).toObject().value(u"body_file").toString() != bodyFile)
        ++at;
    QJsonObject entry = at < responses.size() ? responses.at(at).toObject() : QJsonObject();
    if (at == responses.size()) {
        entry.insert(u"id"_s, u"chosen-"_s + QString::number(at + 1));
        entry.insert(u"body_file"_s, bodyFile);
        entry.insert(u"sha256"_s, QString::fromLatin1(sha256));
    }
    entry.insert(u"kind"_s, kind.kind);
    entry.insert(u"request"_s, requestOf(kind, choice));
    entry.insert(u"chosen"_s, true); // by a person, after it was captured
    if (at == responses.size())
        responses.append(entry);
    else
        responses.replace(at, entry);
    index.insert(u"responses"_s, responses);
}

Result<QJsonObject> indexAt(const QString &folder, const QString &file)
{
    if (!QFileInfo::exists(folder + u'/' + file)) {
        return QJsonObject{{u"format"_s, u"tenken-datadog-snapshot"_s},
                           {u"version"_s, 1},
                           {u"source"_s, QJsonObject{{u"kind"_s, u"datadog"_s}}}};
    }
    const auto bytes = Root(folder).read(file, indexLimit);
    if (!bytes)
        return failure(bytes.error());
    if (const auto index = readSnapshotIndex(file, *bytes); !index)
        return failure(index.error());
    return parseJson(file, *bytes)->document.object();
}

} // namespace

Text labelOfKind(const QString &kind)
{
    const KnownKind *known = knownKind(kind);
    return known ? known->label : sameText(kind);
}

Result<void> chooseAnswer(const QString &folder, const QString &snapshot, const AnswerChoice &choice)
{
    const KnownKind *kind = knownKind(choice.kind);
    const QString prefix = snapshot.endsWith(u'/') ? snapshot : snapshot + u'/';
    if (!kind || !choice.file.startsWith(prefix))
        return failure(refused(choice.file, Text{"「%1」は選べません。", "\"%1\" cannot be chosen."}.arg(choice.kind)));
    if (kind->method == u"POST" && (choice.query.trimmed().isEmpty() || !choice.from.isValid() || choice.to <= choice.from))
        return failure(refused(choice.file, {"問い合わせと期間が要ります。", "It needs the query and its window."}));
    const auto body = Root(folder).read(choice.file, bodyLimit);
    if (!body)
        return failure(body.error());
    const QString file = prefix + u"snapshot.json"_s;
    auto index = indexAt(folder, file);
    if (!index)
        return failure(index.error());
    enter(*index, choice.file.sliced(prefix.size()), sha256Hex(*body), *kind, choice);
    return writeAtomically(folder + u'/' + file, QJsonDocument(*index).toJson());
}

} // namespace tenken
