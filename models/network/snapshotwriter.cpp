// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/files.h>
#include <network/snapshotwriter.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <cmath>

namespace tenken
{

namespace
{

constexpr qint64 indexLimit = 64 * 1024 * 1024;
const QString indexName = QStringLiteral("snapshot.json");

QString timeText(const QDateTime &time)
{
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate);
}

QJsonObject requestObject(const FetchRequest &request)
{
    QJsonObject query;
    for (const auto &[key, value] : request.query)
        query.insert(key, value);
    return {
        {"method", QString::fromLatin1(request.method)},
        {"path", request.path},
        {"query", query},
        {"body",
         request.body.isEmpty() ? QJsonValue() : QJsonValue(QJsonDocument::fromJson(request.body).object())}};
}

// Only what says something of the answer itself.
QJsonObject headersObject(const HttpAnswer &answer)
{
    QJsonObject headers;
    for (const auto &[name, value] : answer.headers.asKeyValueRange()) {
        if (name == "content-type" || name == "date" || name.startsWith("x-ratelimit-"))
            headers.insert(QString::fromLatin1(name), QString::fromUtf8(value).left(200));
    }
    return headers;
}

QString fileStem(const QString &purpose)
{
    QString stem;
    for (const QChar c : purpose.left(60))
        stem += c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-' || c == u'_') ? c : QChar(u'-');
    return stem;
}

bool isGood(const QJsonObject &response)
{
    const int status = response.value(u"status").toInt();
    return status >= 200 && status < 300 && !response.contains(u"outcome");
}

Result<QJsonObject> indexIn(const QString &folder)
{
    const auto bytes = Root(folder).read(indexName, indexLimit);
    if (!bytes)
        return failure(bytes.error());
    const QJsonObject index = QJsonDocument::fromJson(*bytes).object();
    if (index.value(u"format").toString() == u"tenken-datadog-snapshot"
        && index.value(u"version").toInt() == 1)
        return index;
    return failure({QDir(folder).filePath(indexName),
                    {},
                    {"続きを取れる索引ではありません。", "It is no index that can be resumed."},
                    {"始めから取り直してください。", "Fetch it from the beginning."}});
}

} // namespace

SnapshotWriter::SnapshotWriter(const QString &folder, const FetchPlan &plan, const std::vector<Secret> &keys)
    : m_folder(folder), m_plan(plan), m_captured(timeText(QDateTime::currentDateTime()))
{
    constexpr qsizetype shortestKey = 8; // shorter ones would be found in anything
    std::ranges::copy_if(keys, std::back_inserter(m_keys),
                         [](const Secret &key) { return key.reveal().size() >= shortestKey; });
    m_window[0] = timeText(plan.wishes.window.from);
    m_window[1] = timeText(plan.wishes.window.to);
    m_window[2] = QString::fromLatin1(QTimeZone::systemTimeZoneId());
}

QString SnapshotWriter::indexFile() const
{
    return QDir(m_folder).filePath(indexName);
}

bool SnapshotWriter::holdsKey(const QByteArray &bytes) const
{
    return std::ranges::any_of(m_keys, [&](const Secret &key) { return bytes.contains(key.reveal()); });
}

const QJsonObject *SnapshotWriter::find(const FetchRequest &request) const
{
    const QJsonObject wanted = requestObject(request);
    const auto it = std::ranges::find_if(
        m_responses, [&](const QJsonObject &r) { return r.value(u"request").toObject() == wanted; });
    return it == m_responses.end() ? nullptr : &*it;
}

bool SnapshotWriter::has(const FetchRequest &request) const
{
    const QJsonObject *known = find(request);
    return known && isGood(*known) && known->value(u"complete").toBool(true);
}

Result<QByteArray> SnapshotWriter::bodyOf(const FetchRequest &request) const
{
    const QJsonObject *known = find(request);
    return Root(m_folder).read(known ? known->value(u"body_file").toString() : QString(),
                               HttpLimits().bodyBytes);
}

Result<FetchWishes> SnapshotWriter::wishesOf(const QString &folder)
{
    const auto read = indexIn(folder);
    if (!read)
        return failure(read.error());
    FetchWishes wishes;
    const QJsonObject window = read->value(u"window").toObject(),
                      subject = read->value(u"subject").toObject();
    wishes.site = read->value(u"source").toObject().value(u"site").toString();
    wishes.window.from = QDateTime::fromString(window.value(u"from").toString(), Qt::ISODate);
    wishes.window.to = QDateTime::fromString(window.value(u"to").toString(), Qt::ISODate);
    wishes.environment = subject.value(u"env").toString();
    return wishes;
}

Result<void> SnapshotWriter::resume()
{
    const auto read = indexIn(m_folder);
    if (!read)
        return failure(read.error());
    const QJsonObject &index = *read;
    const QJsonObject window = index.value(u"window").toObject();
    m_captured = index.value(u"captured_at").toString();
    m_window[0] = window.value(u"from").toString();
    m_window[1] = window.value(u"to").toString();
    m_window[2] = window.value(u"tz").toString();
    for (const QJsonValue &response : index.value(u"responses").toArray()) {
        m_responses.push_back(response.toObject());
        m_lastId = std::max(m_lastId, response.toObject().value(u"id").toVariant().toInt());
    }
    m_begun = true;
    return {};
}

// The answers of an earlier snapshot, which its index names; whatever else lies there stays.
void SnapshotWriter::removeOld(const QJsonObject &index)
{
    const Root root(m_folder);
    for (const QJsonValue &response : index.value(u"responses").toArray()) {
        const QString name = response.toObject().value(u"body_file").toString();
        const QFileInfo file(QDir(m_folder).filePath(name));
        if (name.endsWith(u".json") && name != indexName && !file.isSymLink() && root.resolve(name))
            QFile::remove(file.filePath());
    }
}

Result<void> SnapshotWriter::begin()
{
    m_begun = true;
    if (!QDir().mkpath(QDir(m_folder).filePath(QStringLiteral("r"))))
        return failure({m_folder, {}, {"フォルダーを作れません。", "The folder cannot be made."}, {}});
    if (const auto old = indexIn(m_folder))
        removeOld(*old);
    return {};
}

void SnapshotWriter::drop(const std::function<bool(const QJsonObject &)> &unwanted)
{
    std::erase_if(m_responses, [&](const QJsonObject &r) {
        if (!unwanted(r))
            return false;
        const QString file = r.value(u"body_file").toString();
        if (file.startsWith(u"r/") && Root(m_folder).resolve(file))
            QFile::remove(QDir(m_folder).filePath(file));
        return true;
    });
}

void SnapshotWriter::dropList(const QString &listId)
{
    drop([&](const QJsonObject &r) { return r.value(u"list_id").toString() == listId; });
    (void)writeIndex(); // does not name what is gone; if it cannot be written, the next answer tells
}

Result<void> SnapshotWriter::add(const StoredAnswer &stored)
{
    if (!m_begun) {
        if (const auto begun = begin(); !begun)
            return begun;
    }
    const QJsonObject asked = requestObject(stored.request);
    drop([&](const QJsonObject &r) { return r.value(u"request").toObject() == asked; });
    const QString id = QStringLiteral("%1").arg(++m_lastId, 4, 10, QChar(u'0'));
    const HttpAnswer &answer = stored.answer;
    QJsonObject entry{{"id", id},
                      {"purpose", stored.request.purpose},
                      {"kind", stored.request.kind},
                      {"request", asked},
                      {"headers", headersObject(answer)},
                      {"fetched_at", timeText(stored.fetchedAt)},
                      {"duration_ms", std::round(answer.milliseconds)}};
    if (answer.status > 0)
        entry.insert(QStringLiteral("status"), answer.status);
    QString outcome = stored.outcome;
    if (answer.outcome == HttpOutcome::Answered && holdsKey(answer.body)) {
        outcome = QStringLiteral("withheld_key"); // a server that sends keys back: they stay off the disk
    } else if (answer.outcome == HttpOutcome::Answered) {
        const QString file = QStringLiteral("r/%1-%2.json").arg(id, fileStem(stored.request.purpose));
        if (const auto written = writeAtomically(QDir(m_folder).filePath(file), answer.body); !written)
            return written;
        entry.insert(QStringLiteral("body_file"), file);
        entry.insert(QStringLiteral("sha256"), QString::fromLatin1(sha256Hex(answer.body)));
        entry.insert(QStringLiteral("bytes"), answer.body.size());
    }
    if (!outcome.isEmpty())
        entry.insert(QStringLiteral("outcome"), outcome);
    if (!stored.listId.isEmpty()) {
        entry.insert(QStringLiteral("list_id"), stored.listId);
        entry.insert(QStringLiteral("complete"), false); // until its last page is there
    }
    m_responses.push_back(entry);
    return writeIndex();
}

Result<void> SnapshotWriter::setComplete(const QString &listId, bool complete)
{
    for (QJsonObject &response : m_responses) {
        if (response.value(u"list_id").toString() == listId)
            response.insert(QStringLiteral("complete"), complete);
    }
    return writeIndex();
}

Result<void> SnapshotWriter::writeIndex() const
{
    QJsonArray responses;
    for (const QJsonObject &response : m_responses)
        responses.append(response);
    const QJsonObject index{
        {"format", "tenken-datadog-snapshot"},
        {"version", 1},
        {"source",
         QJsonObject{{"kind", "datadog"},
                     {"site", siteName(m_plan.wishes.site)},
                     {"org", QJsonObject{{"name", QJsonValue()}, {"public_id", QJsonValue()}}}}},
        {"captured_by", QStringLiteral("tenken %1").arg(QCoreApplication::applicationVersion()).trimmed()},
        {"captured_at", m_captured},
        {"window", QJsonObject{{"from", m_window[0]}, {"to", m_window[1]}, {"tz", m_window[2]}}},
        {"subject", QJsonObject{{"service", m_plan.service}, {"env", m_plan.wishes.environment}}},
        {"responses", responses},
        {"redaction", QJsonObject{{"version", 1}, {"applied", QJsonArray{"request_headers"}}}}};
    const QByteArray text = QJsonDocument(index).toJson();
    if (holdsKey(text))
        return failure(
            {indexFile(),
             {},
             {"索引にキーが入るため、書きません。", "The index would hold a key, and is not written."},
             {}});
    return writeAtomically(indexFile(), text);
}

Result<QString> snapshotFolder(const QString &serviceFolder, const Service &service)
{
    const QString declared =
        service.datadogFolder.isEmpty() ? QStringLiteral("readiness/datadog") : service.datadogFolder;
    const QString path = QDir::cleanPath(declared);
    const Root root(serviceFolder);
    const bool leaves =
        QDir::isAbsolutePath(path) || path == u".." || path.startsWith(u"../") || path.contains(u':');
    if (leaves || (QFileInfo::exists(root.folder() + u'/' + path) && !root.resolve(path)))
        return failure({{},
                        {},
                        Text{"`evidence.datadog` の %1 は、サービスのフォルダーの外です。",
                             "%1 of `evidence.datadog` is outside the service's folder."}
                            .arg(declared),
                        {"書き出せるのはサービスのフォルダーの中だけです。",
                         "Only the service's own folder is written to."}});
    return root.folder() + u'/' + path;
}

} // namespace tenken
