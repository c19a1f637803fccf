// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/selfassessment.h>

#include <QAbstractTableModel>

namespace tenken {

/// What a team still has to say, a row each. It holds words, not the outcome they came from.
class SelfTaskModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Kind, Title, Missing, ColumnCount };
    enum Role { ItemIdRole = Qt::UserRole, KindRole, SilentRole, DoneRole, MustRole };

    explicit SelfTaskModel(Lang lang, QObject *parent = nullptr);

    /// `keep` stays in its row, marked as done, although nothing is left to say of it: whoever types there must
    /// not lose the place.
    void setTasks(const SelfAssessment &all, const Checklist &checklist, const QString &keep);
    int rowOf(const QString &itemId) const;    ///< -1 when it is not there

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString id, kind, title, missing;
        SelfTask::Kind of = SelfTask::Kind::Answer;
        bool silent = false, done = false, must = true;
        friend bool operator==(const Row &, const Row &) = default;
    };
    QString spoken(const Row &row) const;

    Lang m_lang;
    std::vector<Row> m_rows;
};

} // namespace tenken
