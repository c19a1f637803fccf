// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

namespace tenken::test
{

bool isPipelineFile(const QString &path)
{
    return path.startsWith(u".github/workflows/") || path == u".gitlab-ci.yml" || path == u".circleci/config.yml";
}

Evidence evidenceOf(const Files &files, const QByteArray &service, const QByteArray &manifests)
{
    Evidence e = evidenceFrom(manifests, service.isEmpty() ? QByteArray("format: tenken.service/1\nid: shop\nteam: shop\n") : service);
    std::vector<RepositoryFile> all;
    for (const auto &[path, bytes] : files.asKeyValueRange()) {
        const bool yaml = path.endsWith(u".yml") || path.endsWith(u".yaml") || path.endsWith(u".json");
        all.push_back({path, bytes, yaml ? YamlFile::parse(bytes, path) : nullptr});
        if (isPipelineFile(path))
            e.pipelines.push_back(all.back().yaml);
    }
    for (const auto &file : e.pipelines)
        std::ranges::copy(file->errors(), std::back_inserter(e.unreadable));
    e.service.pipelinePatterns = {QStringLiteral(".github/workflows/"), QStringLiteral(".gitlab-ci.yml"), QStringLiteral(".circleci/config.yml")};
    const auto lookup = [&](const QString &path) -> const RepositoryFile * {
        const auto it = std::ranges::find(all, path, &RepositoryFile::path);
        return it == all.end() ? nullptr : &*it;
    };
    Repository repository = readPipelines(e.pipelines, lookup);
    repository.files = std::move(all);
    e.repository = std::make_shared<const Repository>(std::move(repository));
    return e;
}

Evidence workflow(const QByteArray &jobs, Files more, const QByteArray &on)
{
    more.insert(QStringLiteral(".github/workflows/release.yml"), "name: release\n" + on + "\njobs:\n" + jobs);
    return evidenceOf(more);
}

QByteArray imageJob(const QByteArray &steps, const QByteArray &keys)
{
    return "  image:\n    runs-on: ubuntu-24.04\n" + keys + "    steps:\n" + steps
        + "      - uses: docker/build-push-action@v6\n        with: {push: true, tags: r.example/a:1}\n";
}

QString verdictsIn(const std::vector<Finding> &findings)
{
    QStringList words;
    for (const Finding &f : findings)
        words.append(toString(f.verdict));
    return words.join(u' ');
}

} // namespace tenken::test
