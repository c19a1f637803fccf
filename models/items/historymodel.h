// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/timeline.h>

#include <QAbstractListModel>

namespace tenken {

/// What happened to a review, newest first: documents with their decision, and revisions of its answers.
class HistoryModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KindRole = Qt::UserRole + 1,   ///< int: HistoryEntry::Kind
        DecisionRole,                  ///< int: Decision; invalid for revisions
        DetailRole,                    ///< who signed; who answered how many items
        DayRole,                       ///< "2026-11-20"
    };

    explicit HistoryModel(QObject *parent = nullptr);

    void show(ReviewHistory history);
    void setLanguage(Lang lang);
    const ReviewHistory &history() const { return m_history; }
    const HistoryEntry *entry(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString titleOf(const HistoryEntry &entry) const;
    QString detailOf(const HistoryEntry &entry) const;

    ReviewHistory m_history;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
