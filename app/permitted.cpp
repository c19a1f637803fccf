// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permitted.h"

#include <QFileInfo>

namespace tenken::app {

void addPermissionOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("allow-root"),
                      QStringLiteral("Read evidence from this folder too, where service.yaml names it; may be given several times."),
                      QStringLiteral("PATH")});
    parser.addOption({QStringLiteral("render"), QStringLiteral("Let kustomize and helm render what service.yaml names.")});
}

Result<Permissions> permissionsOf(const QCommandLineParser &parser, const QStringList &paths)
{
    Result<Permissions> permissions = storedPermissions();
    for (const QString &folder : parser.values(QStringLiteral("allow-root"))) {
        if (permissions)
            permissions = withRoot(*permissions, folder);
    }
    if (!permissions || !parser.isSet(QStringLiteral("render")))
        return permissions;
    for (const QString &path : paths + permissions->roots) {
        if (QFileInfo info(path); info.exists()) {
            // Of a service named by its service.yaml or its readiness folder, the folder around it.
            QString folder = info.isDir() ? info.canonicalFilePath() : QFileInfo(info.canonicalFilePath()).path();
            if (QFileInfo(folder).fileName() == u"readiness")
                folder = QFileInfo(folder).path();
            if (permissions)
                permissions = withRenderer(*permissions, folder);
        }
    }
    return permissions;
}

} // namespace tenken::app
