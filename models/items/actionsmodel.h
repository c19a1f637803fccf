// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

#include <QAbstractTableModel>

namespace tenken {

/// All actions of a review: open ones first, by due date.
class ActionsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { DoneColumn, TextColumn, OwnerColumn, DueColumn, ItemColumn, LinkColumn, ColumnCount };
    enum Role {
        ItemIdRole = Qt::UserRole + 1,
        PositionRole,                  ///< int: the action's index in its item's list
        DoneRole,                      ///< bool
        OverdueRole,                   ///< bool: open and due before today
        DueRole,                       ///< QDate
        LinkRole,
        SortRole,
    };

    explicit ActionsModel(QObject *parent = nullptr);

    void show(const Review &review, const Checklist &checklist, const QDate &today); ///< copied
    void clear();
    void setLanguage(Lang lang);
    int openCount() const;
    int overdueCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Row {
        QString itemId;
        Text itemTitle;
        int position = 0;
        Action action;
        bool overdue = false;
    };
    QString words(const Row &row, int column) const;

    std::vector<Row> m_rows;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
