// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/kustomization.h>

#include <algorithm>

namespace tenken {

const QStringList &kustomizationNames()
{
    static const QStringList names{QStringLiteral("kustomization.yaml"), QStringLiteral("kustomization.yml"),
                                   QStringLiteral("Kustomization")};
    return names;
}

bool looksRemote(const QString &path)
{
    // Stricter than kustomize: a local path has no need of any of these.
    static const QStringList marks{QStringLiteral(":"), QStringLiteral("?"), QStringLiteral("@"), QStringLiteral("//"),
                                   QStringLiteral("_git")};
    const QString first = path.section(u'/', 0, 0).toLower();
    return std::ranges::any_of(marks, [&](const QString &mark) { return path.contains(mark); })
        || path.endsWith(u".git", Qt::CaseInsensitive) || path.contains(u".git/", Qt::CaseInsensitive)
        || (first.contains(u'.') && first != u"." && first != u".." && path.contains(u'/')
            && (first.endsWith(u".com") || first.endsWith(u".org") || first.endsWith(u".io") || first.endsWith(u".net")));
}

QStringList namesOf(const Kustomization &kustomization, const KustomizePart &part)
{
    QString name = part.node["metadata"]["name"].string();
    QStringList names{name};
    for (int level = part.level; level >= 0; level = kustomization.levels[size_t(level)].parent) {
        const Yaml node = kustomization.levels[size_t(level)].node;
        name = node["namePrefix"].string() + name + node["nameSuffix"].string();
        names.append(name);
    }
    names.removeDuplicates();
    return names;
}

QStringList patchFilesOf(const YamlFile &kustomization)
{
    QStringList files;
    if (kustomization.documents().empty())
        return files;
    const Yaml node = kustomization.documents().front();
    for (const Yaml entry : node["patchesStrategicMerge"].items())
        files.append(entry.string());
    for (const char *key : {"patches", "patchesJson6902"}) {
        for (const Yaml entry : node[key].items())
            files.append(entry["path"].string());
    }
    QStringList resources;
    for (const char *key : {"resources", "bases"})
        resources += node[key].strings();
    files.removeIf([&](const QString &file) { return file.isEmpty() || file.contains(u'\n') || resources.contains(file); });
    return files;
}

} // namespace tenken
