// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/permissions.h>

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace tenken {

namespace {

const QString rootsKey = QStringLiteral("permissions/roots");
const QString renderersKey = QStringLiteral("permissions/renderers");

QString absolute(const QString &folder) { return QDir::cleanPath(QDir::current().absoluteFilePath(folder)); }

bool isIn(const QString &folder, const QStringList &allowed)
{
    return std::ranges::any_of(allowed, [&](const QString &one) {
        return !one.isEmpty() && one != u"/" && (folder == one || folder.startsWith(one + u'/'));
    });
}

Result<QStringList> with(QStringList list, const QString &folder)
{
    const QString written = absolute(folder), canonical = QFileInfo(written).canonicalFilePath();
    if (canonical.isEmpty() || !QFileInfo(canonical).isDir())
        return failure({folder, {}, {"フォルダーがありません", "is no folder"}, {"パスを確かめてください", "check the path"}});
    if (canonical == u"/")
        return failure({folder, {}, {"すべてのファイルを許すことはできません", "would allow every file there is"},
                        {"必要なフォルダーだけを許してください", "allow only the folder that is needed"}});
    // A link is allowed together with where it leads now; should it lead elsewhere later, that is not.
    for (const QString &path : {written, canonical}) {
        if (!list.contains(path))
            list.append(path);
    }
    list.sort();
    return list;
}

Result<void> store(const QString &key, const QStringList &list)
{
    QSettings settings;
    settings.setValue(key, list);
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    return failure({settings.fileName(), {}, {"設定を書けません", "the settings cannot be written"}, {}});
}

} // namespace

bool Permissions::allowsRoot(const QString &folder) const { return isIn(folder, roots); }
bool Permissions::allowsRendering(const QString &folder) const { return isIn(folder, renderers); }

Permissions storedPermissions()
{
    const QSettings settings;
    return {settings.value(rootsKey).toStringList(), settings.value(renderersKey).toStringList()};
}

Result<Permissions> withRoot(Permissions permissions, const QString &folder)
{
    Result<QStringList> roots = with(permissions.roots, folder);
    if (!roots)
        return failure(roots.error());
    permissions.roots = *std::move(roots);
    return permissions;
}

Result<Permissions> withRenderer(Permissions permissions, const QString &folder)
{
    Result<QStringList> renderers = with(permissions.renderers, folder);
    if (!renderers)
        return failure(renderers.error());
    permissions.renderers = *std::move(renderers);
    return permissions;
}

Result<void> allowRoot(const QString &folder)
{
    const Result<Permissions> now = withRoot(storedPermissions(), folder);
    return now ? store(rootsKey, now->roots) : failure(now.error());
}

Result<void> allowRendering(const QString &folder)
{
    const Result<Permissions> now = withRenderer(storedPermissions(), folder);
    return now ? store(renderersKey, now->renderers) : failure(now.error());
}

bool forgetRoot(const QString &folder)
{
    const QString written = absolute(folder), canonical = QFileInfo(written).canonicalFilePath();
    Permissions now = storedPermissions();
    qsizetype gone = 0;
    for (QStringList *list : {&now.roots, &now.renderers}) {
        gone += list->removeAll(written);
        gone += list->removeAll(canonical);
    }
    return gone > 0 && store(rootsKey, now.roots) && store(renderersKey, now.renderers);
}

} // namespace tenken
