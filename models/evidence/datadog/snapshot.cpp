// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/snapshot.h>
#include <evidence/datadog/snapshotindex.h>

#include <QJsonArray>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qint64 bodyLimit = 64 * 1024 * 1024;

class SnapshotReader
{
public:
    SnapshotReader(const Root &root, const QString &folder, std::vector<SourceFile> *sources)
        : m_root(root), m_sources(sources)
    {
        m_snapshot.folder = folder;
    }

    Partial<DatadogSnapshot> read();

private:
    void readIndexed(const QString &indexFile, QStringList &loose);
    qsizetype readResponse(const IndexedResponse &response, const QString &folder);
    qsizetype readBody(const QString &file, const QByteArray &bytes, const IndexedResponse *response);
    std::optional<QByteArray> bytesOf(const QString &file, SourceFile &source);
    void take(const QJsonObject &monitor, const QString &file, const JsonPlace *place);
    qsizetype takeMonitors(const QString &file, const JsonText &json);
    qsizetype takeTests(const QString &file, const JsonText &json);
    void takeTest(SyntheticsTest test);
    void refuse(const QString &file, const QString &why, const IndexedResponse *response);
    void remark(const QString &file, const Text &message, const Text &hint = {});

    const Root &m_root;
    std::vector<SourceFile> *m_sources;
    DatadogSnapshot m_snapshot;
    std::vector<Problem> m_problems;
    std::vector<std::pair<QString, QJsonObject>> m_downtimes;
    QHash<QString, size_t> m_ids;
};

std::optional<QByteArray> SnapshotReader::bytesOf(const QString &file, SourceFile &source)
{
    auto bytes = m_root.read(file, bodyLimit, &source);
    if (!bytes) {
        m_problems.push_back(bytes.error());
        return {};
    }
    if (m_sources)
        m_sources->push_back(source);
    return *bytes;
}

void SnapshotReader::remark(const QString &file, const Text &message, const Text &hint)
{
    m_snapshot.remarks.push_back({file, {}, message, hint});
}

// An answer that was an error: what was asked is not known, which is not the same as "there is none".
void SnapshotReader::refuse(const QString &file, const QString &why, const IndexedResponse *response)
{
    QString what = response ? response->endpoint() : file;
    if (response && response->status > 0)
        what += QStringLiteral(" → %1").arg(response->status);
    Problem p;
    p.file = file;
    p.message = why.isEmpty()
        ? Text{"%1: 読めませんでした。", "%1: could not be read."}.arg(what)
        : Text{"%1: 読めませんでした（%2）。", "%1: could not be read (%2)."}.arg(what, why);
    p.hint = {
        "キー、サイト（datadoghq.com・ap1 …）、アプリケーションキーの権限を確かめて取り直してください。",
        "Check the keys, the site (datadoghq.com, ap1 …) and the scopes of the application key, and fetch "
        "again."};
    m_snapshot.notReadable.push_back(std::move(p));
    if (response ? response->isMonitorList() : file.section(u'/', -1).contains(u"monitor"))
        m_snapshot.monitorsNotReadable = true;
    if (response && response->isNotificationRules())
        m_snapshot.notificationRulesNotReadable = true;
}

void SnapshotReader::take(const QJsonObject &object, const QString &file, const JsonPlace *place)
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
    std::ranges::move(monitor.silences, std::back_inserter(known->silences));
}

qsizetype SnapshotReader::takeMonitors(const QString &file, const JsonText &json)
{
    if (json.document.isArray()) {
        const QJsonArray list = json.document.array();
        for (qsizetype i = 0; i < list.size(); ++i)
            take(list.at(i).toObject(), file, json.root.child(i));
        return list.size();
    }
    const QJsonObject map = json.document.object();
    for (auto it = map.begin(); it != map.end(); ++it)
        take(it.value().toObject(), file, json.root.child(it.key()));
    return map.size();
}

qsizetype SnapshotReader::takeTests(const QString &file, const JsonText &json)
{
    const QJsonArray list = json.document.object().value(u"tests").toArray();
    const JsonPlace *places = json.root.child(QStringLiteral("tests"));
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

// Gives the number of elements of a list, 0 for anything else that was read, −1 for what was not.
qsizetype SnapshotReader::readBody(const QString &file, const QByteArray &bytes,
                                   const IndexedResponse *response)
{
    const auto json = parseJson(file, bytes);
    if (!json) {
        refuse(file, json.error().message.en, response);
        m_snapshot.notReadable.back().span = json.error().span;
        m_snapshot.notReadable.back().message = json.error().message;
        m_snapshot.notReadable.back().hint = json.error().hint;
        return -1;
    }
    using Kind = DatadogBody::Kind;
    const DatadogBody body = recogniseBody(json->document);
    const QJsonObject object = json->document.object();
    switch (body.kind) {
    case Kind::Error:
        refuse(file, body.what, response);
        return -1;
    case Kind::MetricQuery:
        std::ranges::move(metricSeries(object, file), std::back_inserter(m_snapshot.series));
        return 0;
    case Kind::MonitorList:
    case Kind::MonitorMap:
        return takeMonitors(file, *json);
    case Kind::Monitor:
        take(object, file, &json->root);
        return 0;
    case Kind::MonitorAsset:
        take(object.value(u"definition").toObject(), file, json->root.child(QStringLiteral("definition")));
        return 0;
    case Kind::Downtimes:
        m_downtimes.emplace_back(file, object);
        return 0;
    case Kind::NotificationRules:
        std::ranges::move(notificationRules(object), std::back_inserter(m_snapshot.notificationRules));
        return 0;
    case Kind::Dashboard:
        m_snapshot.dashboards.push_back(dashboardFrom(object, file, &json->root));
        return 0;
    case Kind::SyntheticsList:
        return takeTests(file, *json);
    case Kind::SyntheticsTest:
        takeTest(syntheticsFrom(object, file, &json->root));
        return 0;
    case Kind::ServiceCalls:
        m_snapshot.serviceCalls.push_back(serviceCallsFrom(object, file));
        if (response)
            m_snapshot.serviceCalls.back().environment = response->query.value(QStringLiteral("env"));
        return 0;
    case Kind::Empty:
        if (!response)
            remark(file,
                   {"空の一覧です。何の一覧かはこのファイルからは分かりません。",
                    "An empty list; of what, this file does not tell."},
                   {"snapshot.json に要求を書くと分かります。", "Write the request in snapshot.json."});
        return 0;
    case Kind::Other:
        remark(file,
               Text{"%1 の応答です。まだ使いません。", "An answer about %1, which is not used yet."}.arg(
                   body.what));
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

qsizetype SnapshotReader::readResponse(const IndexedResponse &response, const QString &folder)
{
    const QString file = folder + response.bodyFile;
    if (response.bodyFile.isEmpty() && !response.failed()) {
        refuse(folder + QStringLiteral("snapshot.json"), QStringLiteral("body_file"), &response);
        return -1;
    }
    std::optional<QByteArray> bytes;
    SourceFile source;
    if (!response.bodyFile.isEmpty())
        bytes = bytesOf(file, source);
    if (response.failed()) {
        const auto json = bytes ? parseJson(file, *bytes) : Result<JsonText>(failure({}));
        const DatadogBody body = json ? recogniseBody(json->document) : DatadogBody{};
        refuse(file, body.kind == DatadogBody::Kind::Error ? body.what : response.outcome, &response);
        return -1;
    }
    if (!bytes) {
        refuse(file, {}, &response);
        return -1;
    }
    if (!response.sha256.isEmpty() && response.sha256 != source.sha256)
        remark(file,
               {"採取した後に変わっています（sha256 が索引と違います）。",
                "It changed since it was captured (its sha256 differs from the index)."});
    return readBody(file, *bytes, &response);
}

void SnapshotReader::readIndexed(const QString &indexFile, QStringList &loose)
{
    SourceFile source;
    const auto bytes = bytesOf(indexFile, source);
    if (!bytes)
        return;
    const auto index = readSnapshotIndex(indexFile, *bytes);
    if (!index) {
        m_problems.push_back(index.error());
        loose.clear(); // without its index nothing says what these are, or whether they are all there
        return;
    }
    m_snapshot.captured = index->captured;
    m_snapshot.timeZone = index->timeZone;
    const QString folder = indexFile.chopped(QStringLiteral("snapshot.json").size());
    std::vector<MonitorPage> pages;
    for (const IndexedResponse &response : index->responses) {
        const qsizetype count = readResponse(response, folder);
        if (response.isMonitorList())
            pages.push_back({&response, count});
        loose.removeAll(folder + response.bodyFile);
    }
    m_snapshot.monitorsComplete = isWholeList(pages);
    if (m_snapshot.monitorsComplete)
        m_snapshot.monitorsNotReadable = false;
}

Partial<DatadogSnapshot> SnapshotReader::read()
{
    auto found = m_root.find(m_snapshot.folder, {QStringLiteral(".json")});
    std::ranges::move(found.problems, std::back_inserter(m_problems));
    QStringList loose = found.value;
    m_snapshot.exists = !loose.isEmpty();
    QStringList indexes;
    for (const QString &file : std::as_const(loose)) {
        if (file.section(u'/', -1) == u"snapshot.json")
            indexes << file;
    }
    // Of several snapshots in one folder the newest would have to be chosen by a person.
    if (!indexes.isEmpty()) {
        for (const QString &other : indexes)
            loose.removeAll(other);
        readIndexed(indexes.first(), loose);
        for (const QString &other : indexes.sliced(1)) {
            const QString folder = other.chopped(QStringLiteral("snapshot.json").size());
            loose.removeIf([&](const QString &file) { return file.startsWith(folder); });
            remark(other,
                   Text{"%1 を使い、これは読みません。", "%1 is used, this one is not read."}.arg(
                       indexes.first()));
        }
    }
    for (const QString &file : std::as_const(loose)) {
        SourceFile source;
        if (const auto bytes = bytesOf(file, source))
            readBody(file, *bytes, nullptr);
    }
    for (const auto &[file, downtimes] : m_downtimes)
        applyDowntimes(downtimes, file, m_snapshot.monitors);
    return {std::move(m_snapshot), std::move(m_problems)};
}

} // namespace

Partial<DatadogSnapshot> readDatadogSnapshot(const Root &root, const QString &folder,
                                             std::vector<SourceFile> *sources)
{
    return SnapshotReader(root, folder, sources).read();
}

} // namespace tenken
