// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/snapshotreader.h>

#include <QFileInfo>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qint64 bodyLimit = 64 * 1024 * 1024;

} // namespace

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
    if (!response)
        return;
    m_snapshot.notificationRulesNotReadable |= response->isNotificationRules();
    m_snapshot.downtimesNotReadable |= response->path == u"/api/v2/downtime";
    m_snapshot.slosNotReadable |= response->path == u"/api/v1/slo";
}

qsizetype SnapshotReader::readBody(const QString &file, const QByteArray &bytes,
                                   const IndexedResponse *response)
{
    const auto json = parseJson(file, bytes);
    if (json)
        return take(file, *json, response);
    const auto lines = response ? std::vector<JsonText>() : parseJsonLines(file, bytes);
    if (lines.empty()) {
        refuse(file, json.error().message.en, response);
        m_snapshot.notReadable.back().span = json.error().span;
        m_snapshot.notReadable.back().message = json.error().message;
        m_snapshot.notReadable.back().hint = json.error().hint;
        return -1;
    }
    for (const JsonText &line : lines)
        take(file, line, nullptr);
    return 0;
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
    m_snapshot.indexFolder = indexFile.section(u'/', 0, -2);
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

namespace
{

Partial<QStringList> filesIn(const Root &root, const QString &folder)
{
    return root.find(folder,
                     {QStringLiteral(".json"), QStringLiteral(".jsonl"), QStringLiteral(".ndjson")});
}

QStringList indexesAmong(const QStringList &files)
{
    QStringList indexes;
    for (const QString &file : files) {
        if (file.section(u'/', -1) == u"snapshot.json")
            indexes << file;
    }
    return indexes;
}

void leaveOutFolderOf(const QString &index, QStringList &files)
{
    const QString folder = index.chopped(QStringLiteral("snapshot.json").size());
    files.removeIf([&](const QString &file) { return file.startsWith(folder); });
}

} // namespace

QStringList datadogFiles(const Root &root, const QString &folder)
{
    QStringList files = filesIn(root, folder).value;
    const QStringList indexes = indexesAmong(files);
    for (const QString &other : indexes.sliced(std::min<qsizetype>(1, indexes.size())))
        leaveOutFolderOf(other, files);
    files.removeIf([&](const QString &file) { return QFileInfo(root.folder() + u'/' + file).size() > bodyLimit; });
    return files;
}

Partial<DatadogSnapshot> SnapshotReader::read()
{
    auto found = filesIn(m_root, m_snapshot.folder);
    std::ranges::move(found.problems, std::back_inserter(m_problems));
    QStringList loose = found.value;
    m_snapshot.exists = !loose.isEmpty();
    m_snapshot.indexFolder = m_snapshot.folder;
    const QStringList indexes = indexesAmong(loose);
    // Of several snapshots in one folder the newest would have to be chosen by a person.
    if (!indexes.isEmpty()) {
        for (const QString &other : indexes)
            loose.removeAll(other);
        readIndexed(indexes.first(), loose);
        for (const QString &other : indexes.sliced(1)) {
            leaveOutFolderOf(other, loose);
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
    applyRows();
    applyDowntimes(m_snapshot.downtimes, m_snapshot.monitors);
    return {std::move(m_snapshot), std::move(m_problems)};
}

Partial<DatadogSnapshot> readDatadogSnapshot(const Root &root, const QString &folder,
                                             std::vector<SourceFile> *sources)
{
    return SnapshotReader(root, folder, sources).read();
}

} // namespace tenken
