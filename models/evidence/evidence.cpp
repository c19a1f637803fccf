// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>

#include <evidence/checklistfiles.h>
#include <evidence/gather.h>
#include <evidence/servicereader.h>

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace tenken {

namespace {

const QString serviceName = QStringLiteral("readiness/service.yaml");
constexpr qint64 largestService = 4 * 1024 * 1024;
constexpr qint64 largestShown = 64 * 1024 * 1024;

/// The service's folder, of itself, of its readiness folder or of its service.yaml.
QString folderOfService(const QString &given)
{
    QFileInfo info(QDir::cleanPath(QDir::current().absoluteFilePath(given)));
    if (info.isFile() && info.fileName() == u"service.yaml")
        info.setFile(info.path());
    const QDir dir(info.filePath());
    if (info.fileName() == u"readiness" && dir.exists(QStringLiteral("service.yaml")) && !dir.exists(serviceName))
        return info.path();
    return info.filePath();
}

Problem cancelled() { return {}; }

/// A checklist in the folder is part of what is judged: its bytes are digested like any evidence.
void addChecklists(const Root &root, Evidence &evidence, Gathering &gathering)
{
    if (!isChecklistPath(evidence.service.checklist))
        return;
    ChecklistReading read = readChecklistFiles(root, evidence.service.checklist);
    for (size_t i = 0; i < read.files.size(); ++i)
        gathering.addRead(read.sources[i], read.files[i]->text());
    evidence.checklists = std::move(read.files);
    std::ranges::move(read.problems, std::back_inserter(evidence.unreadable));
}

} // namespace

QByteArray Evidence::digest() const
{
    QByteArray lines;
    for (const SourceFile &file : files)
        lines += file.sha256 + "  " + file.path.toUtf8() + '\n';
    return sha256Hex(lines);
}

QByteArray Evidence::sourceText(const QString &relativePath) const
{
    if (serviceFile && serviceFile->name() == relativePath)
        return serviceFile->text();
    if (const YamlFile *file = manifests ? manifests->fileOf(relativePath) : nullptr)
        return file->text();
    for (const auto &file : cloudFormation->files) {
        if (file->name() == relativePath)
            return file->text();
    }
    for (const auto &file : pipelines) {
        if (file->name() == relativePath)
            return file->text();
    }
    for (const auto &file : recordFiles) {
        if (file->name() == relativePath)
            return file->text();
    }
    if (const RepositoryFile *file = repository ? repository->file(relativePath) : nullptr)
        return file->bytes;
    for (const Document &document : documents) {
        if (document.file == relativePath)
            return document.text.toUtf8();
    }
    return rootsOf(*this).read(relativePath, largestShown).value_or(QByteArray());
}

Roots rootsOf(const Evidence &evidence) { return Roots(Root(evidence.folder), evidence.roots); }

Result<Evidence> readEvidence(const QString &folder, const ReadOptions &options)
{
    const QString path = folderOfService(folder);
    if (!QFileInfo(path).isDir())
        return failure({folder, {}, {"フォルダーがありません", "is no folder"}, {"サービスのフォルダーを指してください", "name a service's folder"}});
    const Root root(path);
    SourceFile source;
    const Result<QByteArray> bytes = root.read(serviceName, largestService, &source);
    if (!bytes) {
        Problem problem = bytes.error();
        if (!QFileInfo(root.folder() + u'/' + serviceName).exists())
            problem.hint = {"`tenken init` で下書きを作れます", "`tenken init` writes a draft"};
        return failure(std::move(problem));
    }

    Evidence evidence;
    evidence.folder = root.folder();
    evidence.today = options.today;
    evidence.serviceFile = YamlFile::parse(*bytes, serviceName);
    if (!evidence.serviceFile->errors().empty())
        return failure(evidence.serviceFile->errors().front());
    ServiceReading reading = readServiceParts(*evidence.serviceFile);
    evidence.service = std::move(reading.service);
    evidence.unreadable = std::move(reading.errors);
    evidence.warnings = std::move(reading.warnings);
    std::ranges::copy(evidence.serviceFile->warnings(), std::back_inserter(evidence.warnings));

    Partial<std::vector<SourceRoot>> roots = sourceRoots(evidence.service, root, options.permissions);
    evidence.roots = std::move(roots.value);
    std::ranges::move(roots.problems, std::back_inserter(evidence.unreadable));

    Gathering gathering(Roots(root, evidence.roots), evidence);
    gathering.addRead(source, *bytes);
    addChecklists(root, evidence, gathering);
    if (!options.onlyDeclared) {
        gathering.addLoadTests(); // the longest first
        gathering.addDatadog();
        gathering.addPrometheus();
    }
    gathering.addManifests(evidence.service.manifestPatterns);
    gathering.addRenders(options.permissions);
    gathering.addPipelines(evidence.service.pipelinePatterns);
    gathering.addInfrastructure(evidence.service.infrastructurePatterns);
    gathering.addDocuments();
    gathering.addRecords();
    if (!gathering.run(options))
        return failure(cancelled());
    gathering.finish();
    return evidence;
}

namespace {

/// The current folder where all paths lie in it, so that they are shown as they were written; else what they share.
QString commonFolder(const QStringList &absolutePaths)
{
    const auto holdsAll = [&](const QString &folder) {
        return std::ranges::all_of(absolutePaths, [&](const QString &path) {
            return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
        });
    };
    const QString current = QDir::current().canonicalPath();
    if (holdsAll(current))
        return current;
    QString folder = QFileInfo(absolutePaths.first()).isDir() ? absolutePaths.first() : QFileInfo(absolutePaths.first()).path();
    for (QString above; !holdsAll(folder); folder = above) {
        above = QFileInfo(folder).path();
        if (above == folder)
            break;
    }
    return folder;
}

/// A linter is given whole folders: files of another kind are passed over, and that is said.
void noteOthers(Evidence &evidence)
{
    QSet<QString> holding;
    for (const KubeObject &object : evidence.manifests->objects)
        holding.insert(object.file);
    QStringList others;
    for (const auto &file : evidence.manifests->files) {
        if (!holding.contains(file->name()) && file->errors().empty())
            others.append(file->name());
    }
    if (others.isEmpty())
        return;
    const int shown = int(std::min<qsizetype>(others.size(), 5));
    QString names = others.first(shown).join(QStringLiteral(", "));
    if (others.size() > shown)
        names += QStringLiteral(" …");
    evidence.warnings.push_back({others.size() == 1 ? others.first() : QString(), {},
                                 others.size() == 1
                                     ? Text{"Kubernetes のオブジェクトがないため、飛ばしました", "holds no Kubernetes object and was passed over"}
                                     : Text{"Kubernetes のオブジェクトがない %1 ファイルを飛ばしました: %2",
                                            "%1 files hold no Kubernetes object and were passed over: %2"}
                                           .arg(int(others.size()), names),
                                 {}});
}

/// Without a description the service goes by the name of its only workload, else of its folder.
void nameAfter(Evidence &evidence, const QString &folder)
{
    const std::vector<Workload> &workloads = evidence.manifests->workloads;
    evidence.service.id = workloads.size() == 1 ? workloads.front().object.name : folder;
    evidence.service.name = sameText(evidence.service.id);
}

} // namespace

Result<Evidence> readBareManifests(const QStringList &paths, const ReadOptions &options)
{
    QStringList absolute;
    for (const QString &path : paths) {
        const QString canonical = QFileInfo(path).canonicalFilePath();
        if (canonical.isEmpty() || QDir::isRelativePath(canonical)) // a link that leads to itself has no canonical path
            return failure({path, {}, {"ファイルがありません", "does not exist"}, {"パスを確かめてください", "check the path"}});
        absolute.append(canonical);
    }
    if (absolute.isEmpty())
        return failure({{}, {}, {"マニフェストが指定されていません", "no manifest was named"}, {}});

    Evidence evidence;
    const Root root(commonFolder(absolute));
    evidence.folder = root.folder();
    QStringList patterns;
    for (const QString &path : absolute)
        patterns.append(QDir(root.folder()).relativeFilePath(path));
    Gathering gathering(Roots(root), evidence);
    gathering.addManifests(patterns, true);
    if (!gathering.run(options))
        return failure(cancelled());
    gathering.finish();
    if (evidence.files.empty() && !evidence.unreadable.empty())
        return failure(evidence.unreadable.front());
    noteOthers(evidence);
    nameAfter(evidence, QFileInfo(root.folder()).fileName());
    return evidence;
}

Evidence readManifestText(const QByteArray &text, const QString &name)
{
    Evidence evidence;
    evidence.folder = QDir::current().canonicalPath();
    evidence.files.push_back({name, sha256Hex(text), text.size(), {}});
    const auto file = YamlFile::parse(text, name);
    evidence.unreadable = file->errors();
    evidence.warnings = file->warnings();
    Partial<Manifests> read = readManifests({file});
    std::ranges::move(read.problems, std::back_inserter(evidence.unreadable));
    std::ranges::copy(read.value.warnings, std::back_inserter(evidence.warnings));
    evidence.manifests = std::make_shared<const Manifests>(std::move(read.value));
    noteOthers(evidence);
    nameAfter(evidence, name);
    return evidence;
}

} // namespace tenken
