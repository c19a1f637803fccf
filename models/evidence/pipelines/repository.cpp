// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/repository.h>

#include <evidence/pipelines/codeowners.h>
#include <evidence/pipelines/sources.h>

#include <algorithm>
#include <map>

namespace tenken {

namespace {

constexpr size_t mostFiles = 300;
constexpr qint64 largestFile = 512 * 1024;
constexpr qint64 mostBytes = 16 * 1024 * 1024;

/// The system a definition is for, by its place, else by its shape.
std::optional<Pipeline::System> systemOf(const QString &file, Yaml root)
{
    using System = Pipeline::System;
    if (file.contains(u".github/workflows/"))
        return System::GitHub;
    if (file.contains(u".circleci/"))
        return System::CircleCi;
    if (file.contains(u".gitlab-ci") || file.contains(u".gitlab/"))
        return System::GitLab;
    if (root["jobs"].isMap() && (root["on"] || root["true"]))
        return System::GitHub;
    if (root["version"] && (root["jobs"].isMap() || root["workflows"].isMap()) && !root["services"])
        return System::CircleCi;
    const auto hasScript = [](const auto &entry) { return entry.second["script"].exists() || entry.second["extends"].exists(); };
    if (root["stages"].isSequence() || root["include"].exists() || std::ranges::any_of(root.entries(), hasScript))
        return System::GitLab;
    return {};
}

bool isAction(Yaml root)
{
    return root["runs"]["using"].exists();
}

void readOne(const YamlFile &file, const PipelineSources &sources, Repository &repository)
{
    const Yaml root = file.documents().empty() ? Yaml() : file.documents().front();
    if (isAction(root) || !file.errors().empty() || !root.exists())
        return;
    std::vector<Pipeline> read;
    const auto system = systemOf(file.name(), root);
    if (system == Pipeline::System::GitHub)
        read = readGithubWorkflow(file, sources);
    else if (system == Pipeline::System::GitLab)
        read = readGitlabPipeline(file, sources);
    else if (system == Pipeline::System::CircleCi)
        read = readCircleConfig(file, sources);
    else
        sources.report(file.name(), root, {"GitHub Actions、GitLab CI、CircleCI の定義ではありません", "is no definition of GitHub Actions, GitLab CI or CircleCI"},
                       {"`evidence.pipelines` には、これらの定義を指してください", "name such definitions in `evidence.pipelines`"});
    std::ranges::move(read, std::back_inserter(repository.pipelines));
}

/// Files of the folder, each read once, within the bounds.
class FolderFiles
{
public:
    FolderFiles(const Root &root, std::vector<std::pair<SourceFile, QByteArray>> &read)
        : m_root(root)
        , m_read(read)
    {
    }

    const RepositoryFile *file(const QString &path)
    {
        if (path.isEmpty() || path == u".")
            return nullptr;
        if (const auto known = m_files.find(path); known != m_files.end())
            return known->second.get();
        std::unique_ptr<RepositoryFile> &place = m_files[path];
        if (m_files.size() > mostFiles || m_bytes > mostBytes)
            return nullptr;
        SourceFile source;
        Result<QByteArray> bytes = m_root.read(path, largestFile, &source);
        if (!bytes)
            return nullptr;
        m_bytes += bytes->size();
        place = std::make_unique<RepositoryFile>(RepositoryFile{path, *bytes, {}});
        static const QStringList structured{QStringLiteral(".yaml"), QStringLiteral(".yml"), QStringLiteral(".json")};
        if (std::ranges::any_of(structured, [&](const QString &suffix) { return path.endsWith(suffix); }))
            place->yaml = YamlFile::parse(*bytes, path);
        m_read.emplace_back(source, *bytes);
        return place.get();
    }

    std::vector<RepositoryFile> take() const
    {
        std::vector<RepositoryFile> files;
        for (const auto &[path, file] : m_files) {
            if (file)
                files.push_back(*file);
        }
        return files;
    }

private:
    const Root &m_root;
    std::vector<std::pair<SourceFile, QByteArray>> &m_read;
    std::map<QString, std::unique_ptr<RepositoryFile>> m_files;
    qint64 m_bytes = 0;
};

} // namespace

const RepositoryFile *Repository::file(const QString &path) const
{
    const auto it = std::ranges::lower_bound(files, path, {}, &RepositoryFile::path);
    return it != files.end() && it->path == path ? &*it : nullptr;
}

Repository readPipelines(const std::vector<std::shared_ptr<const YamlFile>> &pipelines, const FileLookup &file,
                         const GlobLookup &glob)
{
    Repository repository;
    PipelineSources sources{file, glob, &repository.problems};
    for (const auto &pipeline : pipelines)
        readOne(*pipeline, sources, repository);
    return repository;
}

RepositoryReading readRepository(const Root &root, const std::vector<std::shared_ptr<const YamlFile>> &pipelines)
{
    RepositoryReading reading;
    if (pipelines.empty())
        return reading;
    FolderFiles files(root, reading.read);
    // A pipeline of a further root does not run this folder's files: what it leads to is not seen.
    std::vector<std::shared_ptr<const YamlFile>> own, further;
    for (const auto &pipeline : pipelines)
        (pipeline->name().contains(u':') ? further : own).push_back(pipeline);
    const auto file = [&](const QString &path) -> const RepositoryFile * { return files.file(path); };
    const auto glob = [&](const QString &pattern) { return root.find(pattern, {}, int(mostFiles)).value; };
    reading.repository = readPipelines(own, file, glob);
    Repository elsewhere = readPipelines(further, [](const QString &) { return nullptr; });
    std::ranges::move(elsewhere.pipelines, std::back_inserter(reading.repository.pipelines));
    std::ranges::move(elsewhere.problems, std::back_inserter(reading.repository.problems));
    for (const OwnersSystem system : {OwnersSystem::GitHub, OwnersSystem::GitLab}) {
        for (const QString &place : codeOwnersPlaces(system))
            files.file(place);
    }
    reading.repository.files = files.take();
    return reading;
}

} // namespace tenken
