// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/cloudformation/template.h>
#include <evidence/datadog/snapshot.h>
#include <evidence/documents.h>
#include <evidence/fluentbit/config.h>
#include <evidence/loadtest/run.h>
#include <evidence/manifests.h>
#include <evidence/monitorlink.h>
#include <evidence/pipelines/pipeline.h>
#include <evidence/roots.h>
#include <evidence/service.h>
#include <evidence/testrecord.h>

#include <functional>
#include <memory>

namespace tenken {

/// A load test as declared and as read. `run` is empty when the file could not be read (see Evidence::unreadable).
struct LoadTest {
    LoadTestSource source;
    std::shared_ptr<const LoadTestRun> run;
};

/// What a program made of a kustomization or a chart, or somebody's output of it.
struct Rendering {
    QString name;         ///< "kustomize:deploy/overlays/production"
    QString program;      ///< "kustomize"; empty: read as it was rendered by somebody else
    QByteArray sha256;
    qint64 bytes = 0;
};

/// Everything that was read of one service at one time. A value: copied cheaply, moved between threads.
struct Evidence {
    QString folder;                          ///< absolute
    std::vector<SourceRoot> roots;           ///< further ones, readable or not
    Service service;
    std::shared_ptr<const YamlFile> serviceFile;
    std::shared_ptr<const Manifests> manifests;
    std::vector<std::shared_ptr<const YamlFile>> pipelines;
    std::vector<std::shared_ptr<const YamlFile>> checklists; ///< the file that `checklist:` names, and those it extends
    std::shared_ptr<const Repository> repository; ///< what the pipelines say and lead to; null: none were named
    std::shared_ptr<const CloudFormation> cloudFormation = std::make_shared<const CloudFormation>();
    std::vector<FluentBitConfig> fluentBit;
    std::vector<Document> documents;
    std::vector<LoadTest> loadTests;
    std::vector<TestRecord> records;         ///< of readiness/tests, by file; unreadable ones too
    std::vector<std::shared_ptr<const YamlFile>> recordFiles;
    DatadogSnapshot datadog;
    std::vector<MonitorLink> monitorLinks;   ///< what people said of which monitors are the service's (review.yaml)
    QDate today;                             ///< the day that ages are judged at; invalid: ages are not known
    std::vector<SourceFile> files;           ///< sorted by path
    std::vector<Rendering> renderings;
    std::vector<Problem> unreadable;         ///< errors: a file or a part of it was not read
    std::vector<Problem> warnings;           ///< duplicate keys, unknown keys …
    QString gitCommit;                       ///< short hash of HEAD, empty outside git
    QString gitBranch;
    bool gitDirty = false;                   ///< a file that was read differs from HEAD

    QByteArray digest() const;               ///< sha256 over "digest  path\n" of all files, hex
    QByteArray sourceText(const QString &relativePath) const; ///< bytes as read where still held, else from disk
};

struct ReadingStep {
    Text what;        ///< "k6-1pod-step.json 62 %"
    int done = 0;
    int total = 0;
};

struct ReadOptions {
    std::function<bool(const ReadingStep &)> progress = {}; ///< answers false to cancel
    Permissions permissions = {};                           ///< nothing beyond the service's folder by default
    QDate today = QDate::currentDate();
    bool onlyDeclared = false; ///< leaves out load tests and the snapshot: what takes long
    int threads = 0;                         ///< 0: as many as there are cores
};

/// All folders that this evidence may come from.
Roots rootsOf(const Evidence &evidence);

/// Reads a service's folder (one with readiness/service.yaml). Never fails as a whole: what cannot be read is
/// listed. A missing or unreadable service.yaml is a Problem. Cancelling gives a Problem with an empty message.
Result<Evidence> readEvidence(const QString &folder, const ReadOptions &options = {});

/// What `onlyDeclared` leaves out of folders and globs (the snapshot, Prometheus' files): names of the files
/// that would be read, sorted. None is read.
QStringList filesLeftOut(const Evidence &evidence);

/// Reads bare manifest files or folders, without a service description.
Result<Evidence> readBareManifests(const QStringList &paths, const ReadOptions &options = {});
/// The same of a text that is no file (standard input); `name` is what findings call it.
Evidence readManifestText(const QByteArray &text, const QString &name);

/// Masks values that look like keys, tokens, passwords in URLs, DSNs, and the data of Secret objects with "••••".
QString maskSecrets(const QString &text);

/// Invisible characters that turn the direction of the text around them, or break its line: what is read would
/// be another text than the one that was judged.
bool turnsText(QChar c);

/// Control characters as their pictures (␛, ␊), so that a name from a file can neither forge a line nor move a cursor;
/// those that turn text as �.
QString visible(QString text);

} // namespace tenken
