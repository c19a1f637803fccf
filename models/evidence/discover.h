// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>

#include <functional>

namespace tenken {

/// What a repository seems to hold, found without anybody having described it. Paths are relative to the folder.
struct Discovery {
    struct LoadTestFile {
        QString file;
        QString tool;              ///< "k6", "gatling", "jmeter"
        int pods = 0;              ///< from a name like "k6-4pod.json.gz"; 0 when the name does not say
    };
    struct Guide {
        QString role;              ///< "onboarding", "oncall", "release-flow"
        QString file;
    };

    QString folder;
    QString id;                    ///< from the one workload, or the folder's name
    QStringList manifests;         ///< files and folders
    int workloads = 0;
    QStringList pipelines;
    std::vector<LoadTestFile> loadTests;
    std::vector<Guide> guides;
    QString datadogFolder;
    QStringList prometheusRules;   ///< files and folders of alerting rules
    QStringList alertmanager;
    bool usesIstio = false;

    bool isEmpty() const;
};

/// Looks through a folder (bounded: 20,000 files, the head of each). `go` is asked now and then; false stops.
Discovery discover(const QString &folder, const std::function<bool(const QString &file)> &go = {});

/// A commented readiness/service.yaml for what was found; what only people know is there as a comment.
QByteArray proposeServiceFile(const Discovery &found, Lang commentLanguage);

} // namespace tenken
