// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QDateTime>
#include <QMap>

namespace tenken
{

/// One request of a snapshot and what became of it.
struct IndexedResponse {
    QString id;
    QString purpose;
    QString kind;
    QString method;
    QString path; ///< "/api/v1/monitor", without query
    QMap<QString, QString> query;
    int status = 0; ///< 0: not said
    QString outcome; ///< "not_readable", "timeout" …; empty when all went well
    QString bodyFile; ///< relative to the snapshot's folder
    QByteArray sha256; ///< hex; empty when not said
    QString listId; ///< pages of one listing share it
    std::optional<bool> complete; ///< all pages of the listing were fetched
    Span span;

    QString endpoint() const; ///< "GET /api/v1/monitor"
    bool failed() const;
    bool isMonitorList() const;
    bool isNotificationRules() const;
};

/// snapshot.json: which answers there are, of when, and how they were asked for.
struct SnapshotIndex {
    QDateTime captured;
    QString timeZone; ///< of the window that was asked for: "Asia/Tokyo"
    std::vector<IndexedResponse> responses;
};

Result<SnapshotIndex> readSnapshotIndex(const QString &file, const QByteArray &bytes);

/// A page of the list of monitors as it was read.
struct MonitorPage {
    const IndexedResponse *response = nullptr;
    qsizetype count = -1; ///< monitors on it; −1: not read
};

/// Whether these pages are the whole list: nothing filtered, none missing, the last one short. A page that
/// the index calls complete while another one failed is not.
bool isWholeList(const std::vector<MonitorPage> &pages);

} // namespace tenken
