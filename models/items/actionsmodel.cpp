// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/actionsmodel.h>

#include <algorithm>

namespace tenken {

ActionsModel::ActionsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ActionsModel::show(const Review &review, const Checklist &checklist, const QDate &today)
{
    std::vector<Row> rows;
    for (const ItemReview &block : review.items) {
        const Item *item = checklist.item(block.id);
        for (size_t i = 0; i < block.actions.size(); ++i) {
            const Action &action = block.actions[i];
            rows.push_back({block.id, item ? item->title : sameText(block.title), int(i), action,
                            !action.done && action.due.isValid() && action.due < today});
        }
    }
    // An action without a date comes after those that have one.
    const auto order = [](const Row &row) {
        return std::tuple(row.action.done, !row.action.due.isValid(), row.action.due);
    };
    std::ranges::stable_sort(rows, {}, order);

    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void ActionsModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void ActionsModel::setLanguage(Lang lang)
{
    if (lang == m_lang)
        return;
    m_lang = lang;
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int ActionsModel::openCount() const
{
    return int(std::ranges::count_if(m_rows, [](const Row &row) { return !row.action.done; }));
}

int ActionsModel::overdueCount() const { return int(std::ranges::count(m_rows, true, &Row::overdue)); }

int ActionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ActionsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ActionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return words(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() != TextColumn
            ? words(row, index.column())
            : Text{"%1、%2、担当 %3、期日 %4%5", "%1, %2, owner %3, due %4%5"}
                  .arg(row.action.text, words(row, DoneColumn), row.action.owner, words(row, DueColumn),
                       row.overdue ? Text{"、期日を過ぎています", ", overdue"} : Text{})
                  .in(m_lang);
    case Qt::ToolTipRole: return row.action.text;
    case ItemIdRole: return row.itemId;
    case PositionRole: return row.position;
    case DoneRole: return row.action.done;
    case OverdueRole: return row.overdue;
    case DueRole: return row.action.due;
    case LinkRole: return row.action.link;
    case SortRole:
        return index.column() == DueColumn ? QVariant(row.action.due)
            : index.column() == DoneColumn ? QVariant(row.action.done) : QVariant(words(row, index.column()));
    default: return {};
    }
}

QString ActionsModel::words(const Row &row, int column) const
{
    switch (column) {
    case DoneColumn: return (row.action.done ? Text{"完了", "Done"} : Text{"未完了", "Open"}).in(m_lang);
    case TextColumn: return row.action.text;
    case OwnerColumn: return row.action.owner;
    case DueColumn: return row.action.due.toString(Qt::ISODate);
    case ItemColumn: return row.itemTitle.isEmpty() ? row.itemId : row.itemTitle.in(m_lang);
    case LinkColumn: return row.action.link;
    default: return {};
    }
}

QVariant ActionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case DoneColumn: return Text{"状態", "State"}.in(m_lang);
    case TextColumn: return Text{"対応", "Action"}.in(m_lang);
    case OwnerColumn: return Text{"担当", "Owner"}.in(m_lang);
    case DueColumn: return Text{"期日", "Due"}.in(m_lang);
    case ItemColumn: return Text{"項目", "Item"}.in(m_lang);
    case LinkColumn: return Text{"リンク", "Link"}.in(m_lang);
    default: return {};
    }
}

QHash<int, QByteArray> ActionsModel::roleNames() const
{
    auto names = QAbstractTableModel::roleNames();
    names.insert({{ItemIdRole, "itemId"}, {PositionRole, "position"}, {DoneRole, "done"},
                  {OverdueRole, "overdue"}, {DueRole, "due"}, {LinkRole, "link"}, {SortRole, "sort"}});
    return names;
}

} // namespace tenken
