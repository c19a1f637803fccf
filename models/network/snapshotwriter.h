// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/fetchkeys.h>
#include <network/fetchplan.h>

#include <QJsonObject>

namespace tenken
{

/// One answer, or the lack of one, as the index keeps it. Request headers are never part of it.
struct StoredAnswer {
    FetchRequest request;
    HttpAnswer answer;
    QString outcome; ///< "not_readable", "timeout" …; empty when all went well
    QDateTime fetchedAt;
    QString listId; ///< of a listing's pages
};

/// Writes a snapshot as it comes: bodies exactly as received below r/, and an index that is whole at every
/// time.
class SnapshotWriter
{
public:
    /// `keys`: what must never reach the disk, whatever a server sends back.
    SnapshotWriter(const QString &folder, const FetchPlan &plan, const std::vector<Secret> &keys);

    Result<void> resume(); ///< takes over what the folder's index holds
    bool
    has(const FetchRequest &request) const; ///< its answer is there and good, and all pages of its listing
    Result<QByteArray> bodyOf(const FetchRequest &request) const; ///< of an answer that has() knows
    Result<void> add(const StoredAnswer &stored);
    void dropList(const QString &listId); ///< its pages so far
    Result<void> setComplete(const QString &listId, bool complete);
    QString indexFile() const;

    static Result<FetchWishes> wishesOf(const QString &folder); ///< what the snapshot there was fetched with

private:
    Result<void> begin();
    void removeOld(const QJsonObject &index);
    void drop(const std::function<bool(const QJsonObject &)> &unwanted);
    Result<void> writeIndex() const;
    bool holdsKey(const QByteArray &bytes) const;
    const QJsonObject *find(const FetchRequest &request) const;

    QString m_folder;
    FetchPlan m_plan;
    std::vector<Secret> m_keys;
    QString m_captured;
    QString m_window[3];
    std::vector<QJsonObject> m_responses;
    int m_lastId = 0;
    bool m_begun = false;
};

/// Where the service's snapshot lies: as its description says, within its folder.
Result<QString> snapshotFolder(const QString &serviceFolder, const Service &service);

} // namespace tenken
