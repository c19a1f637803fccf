// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <QAbstractTableModel>

namespace tenken {

/// The request names of a load test. Sortable by SortRole through a proxy.
class LoadLabelModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, RequestsColumn, ErrorsColumn, P50Column, P95Column, P99Column, ColumnCount };
    enum Role { SortRole = Qt::UserRole + 1, TrustedRole };

    explicit LoadLabelModel(QObject *parent = nullptr) : QAbstractTableModel(parent) { }

    void show(const std::shared_ptr<const LoadTestRun> &run, Lang lang); ///< shared, not copied

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Worked out once: a table asks for a cell many times, and a percentile walks a histogram.
    struct Row {
        QString name;
        qint64 requests = 0, samples = 0;
        double errors = 0;          ///< share
        double percentiles[3] = {}; ///< ms; −1: not known
    };
    QString words(const Row &row, int column) const;
    bool trusts(const Row &row, int column) const;

    std::vector<Row> m_rows;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
