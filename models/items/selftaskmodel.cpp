// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/selftaskmodel.h>

#include <algorithm>

namespace tenken {

SelfTaskModel::SelfTaskModel(Lang lang, QObject *parent) : QAbstractTableModel(parent), m_lang(lang) { }

void SelfTaskModel::setTasks(const SelfAssessment &all, const Checklist &checklist, const QString &keep)
{
    const int kept = rowOf(keep);
    std::vector<Row> rows;
    for (const SelfTask &task : all.tasks) {
        const Item &item = *task.standing->item;
        rows.push_back({item.id, label(task.kind).in(m_lang), item.title.in(m_lang), task.missing.in(m_lang).simplified(),
                        task.kind, task.silent, false, item.level == Level::Must});
    }
    if (const Item *item = checklist.item(keep); item && !all.task(keep)) {
        Row row;
        row.id = keep;
        row.kind = Text{"済み", "Done"}.in(m_lang);
        row.title = item->title.in(m_lang);
        row.missing = Text{"この項目に残りはありません。", "Nothing is left here."}.in(m_lang);
        row.done = true;
        row.must = item->level == Level::Must;
        rows.insert(rows.begin() + std::clamp(kept, 0, int(rows.size())), row);
    }
    if (rows == m_rows)
        return;
    const bool sameItems = std::ranges::equal(rows, m_rows, {}, &Row::id, &Row::id);
    if (sameItems) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int SelfTaskModel::rowOf(const QString &itemId) const
{
    const auto found = std::ranges::find(m_rows, itemId, &Row::id);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int SelfTaskModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int SelfTaskModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString SelfTaskModel::spoken(const Row &row) const
{
    const Text level = row.must ? Text{"必須", "must"} : Text{"推奨", "should"};
    return QStringList{row.title, level.in(m_lang), row.kind, row.missing}.join(QStringLiteral(", "));
}

QVariant SelfTaskModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return index.column() == Kind ? row.kind : index.column() == Title ? row.title : row.missing;
    case Qt::ToolTipRole: return index.column() == Missing ? row.missing : row.id;
    case Qt::AccessibleTextRole: return spoken(row);
    case ItemIdRole: return row.id;
    case KindRole: return int(row.of);
    case SilentRole: return row.silent;
    case DoneRole: return row.done;
    case MustRole: return row.must;
    default: return {};
    }
}

QVariant SelfTaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    const Text names[] = {{"すること", "To do"}, {"項目", "Item"}, {"足りないもの", "What is missing"}};
    return names[section].in(m_lang);
}

} // namespace tenken
