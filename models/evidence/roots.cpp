// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/roots.h>

#include <evidence/service.h>

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

QString rootNameOf(const QString &path)
{
    static const QRegularExpression form(QStringLiteral("^([a-z0-9][a-z0-9-]*):"));
    return form.match(path).captured(1);
}

Roots::Roots(const Root &own, const std::vector<SourceRoot> &named)
    : m_own(own)
{
    for (const SourceRoot &root : named) // one that may not be read gets no folder to look into
        m_named.push_back({root, root.state == SourceRoot::State::Readable ? Root(root.folder, root.name) : own});
}

const Root *Roots::rootOf(const QString &path, QString *relative) const
{
    const QString name = rootNameOf(path);
    const auto found = std::ranges::find(m_named, name, [](const Named &n) { return n.about.name; });
    if (name.isEmpty() || found == m_named.end()) { // a colon may be part of a file's name
        *relative = path;
        return &m_own;
    }
    *relative = path.sliced(name.size() + 1);
    return found->about.state == SourceRoot::State::Readable ? &found->root : nullptr;
}

Problem Roots::refused(const QString &path) const
{
    const QString name = rootNameOf(path);
    const auto found = std::ranges::find(m_named, name, [](const Named &n) { return n.about.name; });
    const bool missing = found != m_named.end() && found->about.state == SourceRoot::State::Missing;
    return {path, {},
            missing ? Text{"読んでいません。ルート「%1」のフォルダーがありません", "is not read: the folder of the root “%1” does not exist"}.arg(name)
                    : Text{"読んでいません。ルート「%1」は、このマシンで許可されていません",
                           "is not read: the root “%1” is not allowed on this machine"}.arg(name),
            missing ? Text{}
                    : Text{"`tenken roots allow %1` か、窓の「許可する」で許してください",
                           "allow it with `tenken roots allow %1`, or in the window"}.arg(found == m_named.end() ? name : found->about.folder)};
}

namespace {

/// Problems name files as everything else does: with the root.
Problem inRoot(Problem problem, const QString &name)
{
    if (!name.isEmpty() && rootNameOf(problem.file) != name)
        problem.file = name + u':' + problem.file;
    return problem;
}

/// A path that begins like a root which nobody declared is most likely meant as one.
Problem withRootHint(Problem problem)
{
    if (const QString name = rootNameOf(problem.file); !name.isEmpty())
        problem.hint = Text{"ルート「%1」は service.yaml の `evidence.roots` にありません。`{name: %1, path: ../…}` と書いてください",
                            "no root “%1” stands under `evidence.roots` in service.yaml; write `{name: %1, path: ../…}` there"}.arg(name);
    return problem;
}

} // namespace

Result<QString> Roots::resolve(const QString &path) const
{
    QString relative;
    const Root *root = rootOf(path, &relative);
    if (!root)
        return failure(refused(path));
    Result<QString> resolved = root->resolve(relative);
    if (!resolved)
        return failure(root == &m_own ? withRootHint(resolved.error()) : inRoot(resolved.error(), rootNameOf(path)));
    return resolved;
}

Result<QByteArray> Roots::read(const QString &path, qint64 limit, SourceFile *source) const
{
    QString relative;
    const Root *root = rootOf(path, &relative);
    if (!root)
        return failure(refused(path));
    Result<QByteArray> bytes = root->read(relative, limit, source);
    const QString name = root == &m_own ? QString() : rootNameOf(path);
    if (!bytes)
        return failure(name.isEmpty() ? withRootHint(bytes.error()) : inRoot(bytes.error(), name));
    if (source && !name.isEmpty())
        source->path = name + u':' + source->path;
    return bytes;
}

Partial<QStringList> Roots::find(const QString &pattern, const QStringList &suffixes) const
{
    QString relative;
    const Root *root = rootOf(pattern, &relative);
    if (!root)
        return {{}, {refused(pattern)}};
    Partial<QStringList> found = root->find(relative, suffixes);
    const QString name = root == &m_own ? QString() : rootNameOf(pattern);
    for (QString &file : found.value)
        file = name.isEmpty() ? file : name + u':' + file;
    for (Problem &problem : found.problems)
        problem = name.isEmpty() ? withRootHint(problem) : inRoot(problem, name);
    return found;
}

QString Roots::absolute(const QString &path) const
{
    QString relative;
    const Root *root = rootOf(path, &relative);
    return root ? root->folder() + u'/' + relative : QString();
}

QString Roots::nameOf(const QString &absolutePath) const
{
    const auto below = [&](const Root &root) { return absolutePath.startsWith(root.folder() + u'/'); };
    if (below(m_own))
        return absolutePath.sliced(m_own.folder().size() + 1);
    for (const Named &named : m_named) {
        if (named.about.state == SourceRoot::State::Readable && below(named.root))
            return named.about.name + u':' + absolutePath.sliced(named.root.folder().size() + 1);
    }
    return absolutePath;
}

namespace {

bool isInside(const QString &folder, const QString &base) { return folder == base || folder.startsWith(base + u'/'); }

/// Only names are compared until the folder is allowed; then it is looked where it really lies.
SourceRoot placed(const DeclaredRoot &declared, const Root &own, const Permissions &permissions)
{
    SourceRoot root{declared.name, declared.path, {}, SourceRoot::State::NotAllowed, declared.span, {}, {}, false};
    root.folder = QDir::cleanPath(QDir(own.folder()).absoluteFilePath(declared.path));
    const auto allowed = [&](const QString &folder) {
        return isInside(folder, own.folder()) || permissions.allowsRoot(folder);
    };
    if (!allowed(root.folder))
        return root;
    const QString canonical = QFileInfo(root.folder).canonicalFilePath();
    if (canonical.isEmpty() || !QFileInfo(canonical).isDir()) {
        root.state = SourceRoot::State::Missing;
    } else if (allowed(canonical)) {
        root.folder = canonical;
        root.state = SourceRoot::State::Readable;
    }
    return root;
}

} // namespace

Partial<std::vector<SourceRoot>> sourceRoots(const Service &service, const Root &own, const Permissions &permissions)
{
    Partial<std::vector<SourceRoot>> roots;
    for (const DeclaredRoot &declared : service.roots) {
        const SourceRoot root = placed(declared, own, permissions);
        if (root.state == SourceRoot::State::Missing)
            roots.problems.push_back({service.file, root.span,
                                      Text{"ルート「%1」のフォルダー %2 がありません", "the folder %2 of the root “%1” does not exist"}.arg(root.name, root.path),
                                      {"そのリポジトリーを、書かれた場所に置いてください", "check that repository out at the place that is written"}});
        if (root.state == SourceRoot::State::NotAllowed)
            roots.problems.push_back({service.file, root.span,
                                      Text{"ルート「%1」(%2)はサービスのフォルダーの外にあり、このマシンで許可されていないため、読んでいません",
                                           "the root “%1” (%2) lies outside the service's folder and is not allowed on this machine: it is not read"}
                                          .arg(root.name, root.path),
                                      Text{"`tenken roots allow %1` か、窓の「許可する」で許してください",
                                           "allow it with `tenken roots allow %1`, or in the window"}.arg(root.folder)});
        roots.value.push_back(root);
    }
    return roots;
}

} // namespace tenken
