// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/datadogfetch.h>

#include <QAbstractTableModel>
#include <QSet>

namespace tenken
{

/// The plan as a table: which lines to ask for, with what query, and what came. Lines may be turned off and
/// their queries changed until it runs; what the answers lead to follows below.
class FetchPlanModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { What, Query, Came, ColumnCount };

    explicit FetchPlanModel(Lang lang, QObject *parent = nullptr);

    void setPlan(const FetchPlan &plan); ///< what a person turned off or changed stays
    FetchPlan plan() const { return m_plan; }
    void setRunning(bool running); ///< begins anew; nothing can be changed meanwhile
    void setRow(int index,
                const FetchRow &row); ///< as the fetch tells it: its index counts only what is asked for

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isPlanned(int row) const { return row < int(m_plan.requests.size()); }
    QString stateText(const FetchRow &row) const;
    QVariant text(int row, int column) const;

    Lang m_lang;
    FetchPlan m_plan;
    QSet<QString> m_changed; ///< purposes whose query a person wrote
    std::vector<FetchRow> m_rows; ///< the plan's, then what followed
    std::vector<int> m_asked; ///< the fetch's index → row
    bool m_running = false;
};

} // namespace tenken
