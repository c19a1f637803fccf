// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/evidence.h>

#include <QAbstractTableModel>

namespace tenken {

/// Every file that evidence was read from, and those that could not be read, unreadable ones first.
class EvidenceModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { PathColumn, StateColumn, SizeColumn, ModifiedColumn, DigestColumn, ColumnCount };
    enum class State { Unreadable, Warned, Read };  ///< Unreadable: the file, or a part of it
    enum Role {
        PathRole = Qt::UserRole + 1, ///< QString, relative to the service's folder
        StateRole,                   ///< int State
        DigestRole,                  ///< QString, the whole SHA-256 in hex; empty when it was not read
        LineRole,                    ///< int: of the first problem, 0 without
        SortRole,
    };

    explicit EvidenceModel(QObject *parent = nullptr);

    void show(const Evidence &evidence);   ///< copied
    void clear();
    void setLanguage(Lang lang);
    int count(State state) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Row {
        SourceFile file;
        State state = State::Read;
        std::vector<Problem> problems;
    };
    QString words(const Row &row, int column) const;
    QString problemsOf(const Row &row) const;
    QVariant sortKey(const Row &row, int column) const;

    std::vector<Row> m_rows;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
