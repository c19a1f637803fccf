// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/body.h>
#include <evidence/datadog/snapshot.h>
#include <evidence/datadog/snapshotindex.h>

namespace tenken
{

/// Reads a folder of answers; what a body says is taken in by snapshotbodies.cpp.
class SnapshotReader
{
public:
    SnapshotReader(const Root &root, const QString &folder, std::vector<SourceFile> *sources)
        : m_root(root), m_sources(sources)
    {
        m_snapshot.folder = folder;
    }

    Partial<DatadogSnapshot> read();

private:
    void readIndexed(const QString &indexFile, QStringList &loose);
    qsizetype readResponse(const IndexedResponse &response, const QString &folder);
    /// Gives the number of elements of a list, 0 for anything else that was read, −1 for what was not.
    qsizetype readBody(const QString &file, const QByteArray &bytes, const IndexedResponse *response);
    qsizetype take(const QString &file, const JsonText &json, const IndexedResponse *response);
    std::optional<QByteArray> bytesOf(const QString &file, SourceFile &source);
    void takeMonitor(const QJsonObject &monitor, const QString &file, const JsonPlace *place);
    qsizetype takeMonitors(const QString &file, const JsonText &json);
    void takeDashboards(const QString &file, const JsonText &json);
    qsizetype takeTests(const QString &file, const JsonText &json);
    void takeTest(SyntheticsTest test);
    void takeSeries(const QString &file, const QJsonObject &body, const IndexedResponse *response);
    void takeSlos(const QString &file, const JsonText &json);
    void takeSlo(Slo slo);
    qsizetype takeDowntimes(const QString &file, const JsonText &json);
    void takeMatches(const QString &file, const QJsonObject &body, const IndexedResponse *response);
    void takeEmpty(const QString &file, bool array, const IndexedResponse *response);
    void applyRows();
    void refuse(const QString &file, const QString &why, const IndexedResponse *response);
    void remark(const QString &file, const Text &message, const Text &hint = {});

    const Root &m_root;
    std::vector<SourceFile> *m_sources;
    DatadogSnapshot m_snapshot;
    std::vector<Problem> m_problems;
    std::vector<MonitorRow> m_rows;
    QHash<QString, size_t> m_ids;
};

} // namespace tenken
