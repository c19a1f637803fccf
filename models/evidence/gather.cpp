// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/gather.h>

#include <evidence/git.h>
#include <evidence/glob.h>
#include <evidence/loadtest/reader.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 mostYamlBytes = 256 * 1024 * 1024; ///< of all manifests and pipelines
constexpr qint64 largestDocument = 8 * 1024 * 1024;
constexpr qint64 largestPlain = 4 * 1024 * 1024;

const QStringList &yamlSuffixes()
{
    static const QStringList suffixes{QStringLiteral(".yaml"), QStringLiteral(".yml"), QStringLiteral(".json")};
    return suffixes;
}

template<typename T>
void moveInto(std::vector<T> &all, std::vector<T> &&some)
{
    std::ranges::move(some, std::back_inserter(all));
}

} // namespace

Gathering::Gathering(const Roots &roots, Evidence &evidence)
    : m_roots(roots)
    , m_evidence(evidence)
    , m_inGit(isInGit(roots.own().folder()))
{
    for (const SourceRoot &root : evidence.roots)
        m_inGit = m_inGit || (root.state == SourceRoot::State::Readable && isInGit(root.folder));
}

QStringList Gathering::found(const QStringList &patterns, const QStringList &suffixes)
{
    QStringList paths;
    for (const QString &pattern : patterns) {
        Partial<QStringList> files = m_roots.find(pattern, suffixes);
        paths.append(files.value);
        moveInto(m_evidence.unreadable, std::move(files.problems));
    }
    std::ranges::sort(paths);
    paths.removeDuplicates();
    return paths;
}

/// Which files are beyond the bound must not depend on which thread is faster.
bool Gathering::fitsIn(const QString &path)
{
    m_yamlBytes += QFileInfo(m_roots.absolute(path)).size();
    if (m_yamlBytes <= mostYamlBytes)
        return true;
    m_evidence.unreadable.push_back({path, {}, {"マニフェストの合計が 256 MiB を超えたため、読んでいません",
                                                "is not read: the manifests are larger than 256 MiB together"},
                                     {"`evidence.manifests` の範囲を狭めてください", "name fewer files in `evidence.manifests`"}});
    return false;
}

QByteArray Gathering::readInto(Slot &slot, qint64 limit) const
{
    const Result<QByteArray> bytes = m_roots.read(slot.path, limit, &slot.source);
    if (!bytes) {
        slot.problems.push_back(bytes.error());
        return {};
    }
    if (m_inGit)
        slot.blob = gitBlobHash(*bytes);
    return *bytes;
}

Gathering::Slot &Gathering::addSlot(std::vector<std::unique_ptr<Slot>> &places, const QString &path) const
{
    places.push_back(std::make_unique<Slot>());
    places.back()->path = path;
    return *places.back();
}

void Gathering::addYaml(std::vector<std::unique_ptr<Slot>> &places, const QStringList &patterns)
{
    for (const QString &path : found(patterns, yamlSuffixes()))
        addYamlFile(places, path);
}

void Gathering::addYamlFile(std::vector<std::unique_ptr<Slot>> &places, const QString &path)
{
    if (!fitsIn(path))
        return;
    Slot &slot = addSlot(places, path);
    m_jobs.add(path, [this, &slot](const Jobs::Progress &) {
        const QByteArray bytes = readInto(slot, YamlLimits().bytes);
        if (slot.problems.empty())
            slot.yaml = YamlFile::parse(bytes, slot.path);
    });
}

void Gathering::addManifests(const QStringList &patterns, bool mayHoldOthers)
{
    for (const QString &pattern : patterns) {
        if (!mayHoldOthers && !hasGlob(pattern) && QFileInfo(m_roots.absolute(pattern)).isFile())
            m_explicit.append(QDir::cleanPath(pattern));
    }
    for (const QString &path : withoutPatches(found(patterns, yamlSuffixes())))
        addYamlFile(m_manifests, path);
}

void Gathering::addRenders(const Permissions &permissions)
{
    for (const RenderSource &source : m_evidence.service.renders) {
        m_renders.push_back(std::make_unique<Rendered>());
        Rendered &rendered = *m_renders.back();
        m_jobs.add(source.name(), [this, &rendered, source, permissions](const Jobs::Progress &progress) {
            RunLimits limits;
            limits.go = [&] { return progress(0, 1); };
            rendered = render(source, m_roots, permissions, limits);
        });
    }
}

void Gathering::addPipelines(const QStringList &patterns)
{
    addYaml(m_pipelines, patterns);
}

void Gathering::addRecords()
{
    const QString folder = QString::fromLatin1(testFolder);
    if (!QFileInfo::exists(m_roots.own().folder() + u'/' + folder))
        return;
    constexpr int mostRecords = 2'000;
    Partial<QStringList> files = m_roots.own().find(folder, yamlSuffixes(), mostRecords);
    // An empty folder holds no records yet, which is nothing to complain of.
    if (!files.value.isEmpty() || !m_roots.own().resolve(folder))
        moveInto(m_evidence.unreadable, std::move(files.problems));
    for (const QString &path : files.value) {
        Slot &slot = addSlot(m_records, path);
        m_jobs.add(path, [this, &slot](const Jobs::Progress &) {
            constexpr qint64 largestRecord = 1024 * 1024;
            const QByteArray bytes = readInto(slot, largestRecord);
            if (slot.problems.empty())
                slot.yaml = YamlFile::parse(bytes, slot.path);
        });
    }
}

/// Templates and YAML as such, Fluent Bit's own files as text; Terraform is only noted.
void Gathering::addInfrastructure(const QStringList &patterns)
{
    const QStringList more{QStringLiteral(".template"), QStringLiteral(".conf"), QStringLiteral(".tf")};
    for (const QString &path : found(patterns, yamlSuffixes() + more)) {
        if (path.endsWith(u".tf") || path.endsWith(u".tf.json")) {
            m_terraform.append(path);
        } else if (!path.endsWith(u".conf")) {
            addYamlFile(m_infrastructure, path);
        } else {
            Slot &slot = addSlot(m_plain, path);
            m_jobs.add(path, [this, &slot](const Jobs::Progress &) { slot.text = readInto(slot, largestPlain); });
        }
    }
}

void Gathering::addDocuments()
{
    for (const DocumentSource &source : m_evidence.service.documents) {
        if (source.file.isEmpty())
            continue;
        Slot &slot = addSlot(m_documents, source.file);
        m_jobs.add(source.file, [this, &slot, source](const Jobs::Progress &) {
            const QByteArray bytes = readInto(slot, largestDocument);
            if (!slot.problems.empty())
                return;
            const bool html = source.file.endsWith(u".html", Qt::CaseInsensitive) || source.file.endsWith(u".htm", Qt::CaseInsensitive);
            slot.document = html ? readHtml(source.file, bytes) : readMarkdown(source.file, bytes);
            slot.document.role = source.role;
            slot.document.url = source.url;
        });
    }
}

/// A load test's result is streamed twice, at the same time: once to be understood, once for its digest.
void Gathering::addDigest(const QString &path)
{
    Slot &slot = addSlot(m_results, QDir::cleanPath(path));
    m_jobs.add(path, [this, &slot](const Jobs::Progress &progress) {
        const Result<QString> absolute = m_roots.resolve(slot.path);
        QFile file(absolute.value_or(QString()));
        if (!absolute || !QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
            return; // said by the reader
        const qint64 size = file.size();
        const QDateTime modified = QFileInfo(*absolute).lastModified(QTimeZone::UTC);
        QCryptographicHash hash(QCryptographicHash::Sha256), blob(QCryptographicHash::Sha1);
        blob.addData("blob " + QByteArray::number(size) + '\0');
        qint64 done = 0;
        while (progress(done, size)) {
            const QByteArray chunk = file.read(1024 * 1024);
            if (chunk.isEmpty())
                break;
            hash.addData(chunk);
            if (m_inGit)
                blob.addData(chunk);
            done += chunk.size();
        }
        slot.source = {slot.path, hash.result().toHex(), done, modified};
        slot.blob = m_inGit ? blob.result().toHex() : QByteArray();
        if (done != size || QFileInfo(*absolute).lastModified(QTimeZone::UTC) != modified)
            slot.problems.push_back({slot.path, {}, {"読んでいる間に変わりました", "changed while it was read"},
                                     {"書き終わってから読み直してください", "read again once it is complete"}});
    });
}

void Gathering::addLoadTests()
{
    for (const LoadTestSource &source : m_evidence.service.loadTests) {
        m_runs.push_back(std::make_unique<Run>());
        Run &run = *m_runs.back();
        run.test.source = source;
        m_jobs.add(source.files.join(QStringLiteral(", ")), [this, &run](const Jobs::Progress &progress) {
            QStringList paths;
            for (const QString &file : run.test.source.files) {
                const Result<QString> path = m_roots.resolve(file);
                if (!path)
                    return run.problems.push_back(path.error());
                if (!QFileInfo(*path).isFile())
                    return run.problems.push_back({file, {}, {"ふつうのファイルではありません", "is not a regular file"}, {}});
                paths.append(*path);
            }
            Result<LoadTestRun> read = readLoadTests(paths, progress);
            if (!read)
                return run.problems.push_back(read.error());
            read->file = run.test.source.files.first();
            run.test.run = std::make_shared<const LoadTestRun>(*std::move(read));
        });
        for (const QString &file : source.files)
            addDigest(file);
    }
}

void Gathering::addDatadog()
{
    if (m_evidence.service.datadogFolder.isEmpty())
        return;
    m_jobs.add(m_evidence.service.datadogFolder, [this](const Jobs::Progress &) {
        m_datadog = readDatadogSnapshot(m_roots.own(), m_evidence.service.datadogFolder, &m_datadogFiles);
    });
}

/// Rules are YAML (an answer of the API too); what was asked of query_range, and dashboards, are plain JSON.
void Gathering::addPrometheus()
{
    constexpr qint64 largestAnswer = 64 * 1024 * 1024;
    const PrometheusSource &source = m_evidence.service.prometheus;
    const size_t before = m_evidence.unreadable.size();
    addYaml(m_prometheus, source.rules + source.alertmanager);
    m_prometheusWhole = m_evidence.unreadable.size() == before;
    QStringList patterns;
    for (const PrometheusSnapshot &snapshot : source.snapshots)
        patterns << snapshot.path;
    for (const QString &path : found(patterns, {QStringLiteral(".json")})) {
        Slot &slot = addSlot(m_answers, path);
        m_jobs.add(path, [this, &slot](const Jobs::Progress &) { slot.text = readInto(slot, largestAnswer); });
    }
}

void Gathering::addRead(const SourceFile &source, const QByteArray &bytes)
{
    m_evidence.files.push_back(source);
    if (m_inGit)
        m_blobs.insert(source.path, gitBlobHash(bytes));
}

bool Gathering::run(const ReadOptions &options)
{
    return m_jobs.run(options);
}

} // namespace tenken
