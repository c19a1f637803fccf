// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>

#include <QFileInfo>

#include <algorithm>

namespace tenken {

QStringList filesLeftOut(const Evidence &evidence)
{
    const Service &service = evidence.service;
    const Roots roots = rootsOf(evidence);
    QStringList files;
    if (!service.datadogFolder.isEmpty())
        files = datadogFiles(roots.own(), service.datadogFolder);
    const auto add = [&](const QStringList &patterns, const QStringList &suffixes) {
        for (const QString &pattern : patterns) {
            // What is too large to be read was not judged either.
            for (const QString &file : roots.find(pattern, suffixes).value) {
                if (QFileInfo(roots.absolute(file)).size() <= YamlLimits().bytes)
                    files.append(file);
            }
        }
    };
    add(service.prometheus.rules + service.prometheus.alertmanager,
        {QStringLiteral(".yaml"), QStringLiteral(".yml"), QStringLiteral(".json")});
    QStringList snapshots;
    for (const PrometheusSnapshot &snapshot : service.prometheus.snapshots)
        snapshots << snapshot.path;
    add(snapshots, {QStringLiteral(".json")});
    std::ranges::sort(files);
    files.removeDuplicates();
    return files;
}

} // namespace tenken
