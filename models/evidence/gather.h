// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/jobs.h>
#include <evidence/render.h>

#include <QHash>

namespace tenken {

/// Reads the files that a service names, in parallel, and puts what they hold into an Evidence.
class Gathering
{
public:
    Gathering(const Roots &roots, Evidence &evidence);

    void addManifests(const QStringList &patterns, bool mayHoldOthers = false); ///< else a named file must hold objects
    void addRenders(const Permissions &permissions);
    void addPipelines(const QStringList &patterns);
    void addInfrastructure(const QStringList &patterns);
    void addDocuments();
    void addRecords(); ///< found by themselves, in readiness/tests
    void addLoadTests();
    void addDatadog();
    void addPrometheus();
    void addRead(const SourceFile &source, const QByteArray &bytes); ///< read already: service.yaml

    bool run(const ReadOptions &options); ///< false: cancelled
    void finish();                        ///< fills the evidence; files sorted, each once

private:
    struct Slot {                         ///< one file; written by its job alone
        QString path;
        SourceFile source;
        QByteArray blob;
        std::vector<Problem> problems;
        std::shared_ptr<const YamlFile> yaml;
        Document document;
        QByteArray text;                  ///< of a file that is neither
    };
    struct Run {
        LoadTest test;
        std::vector<Problem> problems;
    };

    QStringList found(const QStringList &patterns, const QStringList &suffixes);
    bool fitsIn(const QString &path);
    QByteArray readInto(Slot &slot, qint64 limit) const;
    Slot &addSlot(std::vector<std::unique_ptr<Slot>> &places, const QString &path) const;
    std::vector<std::shared_ptr<const YamlFile>> takeYaml(std::vector<std::unique_ptr<Slot>> &places);
    void addYamlFile(std::vector<std::unique_ptr<Slot>> &places, const QString &path);
    void addYaml(std::vector<std::unique_ptr<Slot>> &places, const QStringList &patterns);
    void addDigest(const QString &path);
    void take(Slot &slot);
    void takeManifests();
    void takeRecords();
    void followPipelines();
    void takeInfrastructure();
    void takePrometheus();
    void takeRuns();
    void readGit();
    void takeRenders(std::vector<std::shared_ptr<const YamlFile>> &files);
    QStringList withoutPatches(const QStringList &files);
    QStringList patchesAround(const QString &folder);
    std::vector<UnappliedPatch> unapplied() const;

    Roots m_roots;
    Evidence &m_evidence;
    Jobs m_jobs;
    bool m_inGit = false;
    qint64 m_yamlBytes = 0;
    QStringList m_explicit;                            ///< manifests named one by one
    std::vector<std::unique_ptr<Slot>> m_manifests;
    std::vector<std::unique_ptr<Slot>> m_pipelines;
    std::vector<std::unique_ptr<Slot>> m_records;
    std::vector<std::unique_ptr<Slot>> m_infrastructure;
    std::vector<std::unique_ptr<Slot>> m_prometheus;   ///< rules and configurations
    std::vector<std::unique_ptr<Slot>> m_answers;      ///< of Prometheus' API, and dashboards
    bool m_prometheusWhole = true;                     ///< every path of its rules led to a file
    std::vector<std::unique_ptr<Slot>> m_plain;        ///< Fluent Bit's classic files
    QStringList m_terraform;                           ///< named, not read
    std::vector<std::unique_ptr<Slot>> m_documents;
    std::vector<std::unique_ptr<Slot>> m_results;      ///< load-test files, only digested
    std::vector<std::unique_ptr<Rendered>> m_renders;
    QHash<QString, QStringList> m_patches;             ///< by folder: what its kustomization patches with
    QStringList m_kustomized;                          ///< folders of manifests, and above them, with a kustomization
    std::vector<std::unique_ptr<Run>> m_runs;
    Partial<DatadogSnapshot> m_datadog;
    std::vector<SourceFile> m_datadogFiles;
    QHash<QString, QByteArray> m_blobs;
};

} // namespace tenken
