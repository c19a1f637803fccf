// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/gather.h>

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace tenken {

namespace {

QString folderOf(const QString &file)
{
    return file.left(std::max<qsizetype>(std::max(file.lastIndexOf(u'/'), file.indexOf(u':') + 1), 0));
}

} // namespace

/// What the kustomizations in a folder and above it list as patches, by path.
QStringList Gathering::patchesAround(const QString &folder)
{
    if (const auto known = m_patches.constFind(folder); known != m_patches.cend())
        return *known;
    QStringList patches;
    for (const QString &name : kustomizationNames()) {
        const QString path = folder.isEmpty() || folder.endsWith(u':') ? folder + name : folder + u'/' + name;
        if (!QFileInfo::exists(m_roots.absolute(path)))
            continue;
        m_kustomized.append(folder);
        if (const Result<QByteArray> bytes = m_roots.read(path, 1024 * 1024)) {
            for (const QString &file : patchFilesOf(*YamlFile::parse(*bytes, path)))
                patches.append(QDir::cleanPath(path.chopped(name.size()) + file));
        }
    }
    if (const QString above = folderOf(folder); above.size() < folder.size())
        patches += patchesAround(above);
    m_patches.insert(folder, patches);
    return patches;
}

/// A patch holds parts of an object: judged as one, it would fail for what its base says, or pass for it.
QStringList Gathering::withoutPatches(const QStringList &files)
{
    QStringList whole;
    for (const QString &file : files) {
        if (!patchesAround(folderOf(file)).contains(QDir::cleanPath(file))) {
            whole.append(file);
            continue;
        }
        m_evidence.warnings.push_back(
            {file, {}, {"kustomize のパッチなので、オブジェクトとして読んでいません。パッチを当てた結果は判定していません",
                        "is a patch of a kustomization and is not read as an object; what it changes is not judged"},
             {"`evidence.manifests` に `{kustomize: フォルダー}` と書くと、組み立てた結果を判定します",
              "write `{kustomize: FOLDER}` under `evidence.manifests` to judge what is rendered"}});
        m_explicit.removeAll(file);
    }
    return whole;
}

/// What the kustomizations around the manifests would change in objects that are judged as they were written.
std::vector<UnappliedPatch> Gathering::unapplied() const
{
    std::vector<UnappliedPatch> patches;
    for (const QString &folder : m_kustomized) {
        const Kustomization kustomization = readKustomization(folder.isEmpty() ? QStringLiteral(".") : folder, m_roots);
        const bool rendered = std::ranges::any_of(m_renders, [&](const auto &r) {
            return r->file && !kustomization.levels.empty()
                && std::ranges::contains(r->inputs, kustomization.levels.front().file,
                                         [](const RenderInput &input) { return input.source.path; });
        });
        if (!rendered)
            std::ranges::move(unappliedPatches(kustomization), std::back_inserter(patches));
    }
    return patches;
}

} // namespace tenken
