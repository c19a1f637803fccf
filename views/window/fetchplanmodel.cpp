// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <window/fetchplanmodel.h>

namespace tenken
{

FetchPlanModel::FetchPlanModel(Lang lang, QObject *parent) : QAbstractTableModel(parent), m_lang(lang) {}

void FetchPlanModel::setPlan(const FetchPlan &plan)
{
    beginResetModel();
    const FetchPlan before = std::exchange(m_plan, plan);
    for (FetchRequest &request : m_plan.requests) {
        const auto old = std::ranges::find(before.requests, request.purpose, &FetchRequest::purpose);
        if (old == before.requests.end())
            continue;
        request.enabled = old->enabled;
        if (m_changed.contains(request.purpose))
            request.setEditable(old->editable());
    }
    m_rows.assign(m_plan.requests.size(), {});
    m_asked.clear();
    endResetModel();
}

void FetchPlanModel::setRunning(bool running)
{
    if (!running) {
        m_running = false; // what came stays, and so does the place in it
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_running = true;
    m_rows.assign(m_plan.requests.size(), {});
    m_asked.clear();
    for (int i = 0; i < int(m_plan.requests.size()); ++i) {
        if (m_plan.requests[size_t(i)].enabled)
            m_asked.push_back(i);
    }
    endResetModel();
}

void FetchPlanModel::setRow(int index, const FetchRow &row)
{
    while (index >= int(m_asked.size())) {
        const int at = int(m_rows.size());
        beginInsertRows({}, at, at);
        m_rows.emplace_back();
        m_asked.push_back(at);
        endInsertRows();
    }
    const int at = m_asked[size_t(index)];
    m_rows[size_t(at)] = row;
    emit dataChanged(this->index(at, 0), this->index(at, ColumnCount - 1));
}

int FetchPlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FetchPlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FetchPlanModel::stateText(const FetchRow &row) const
{
    const QString came = visible(row.came.in(m_lang));
    switch (row.state) {
    case FetchRow::State::Waiting:
        return {};
    case FetchRow::State::Running:
        return Text{"取得中…", "fetching…"}.in(m_lang);
    case FetchRow::State::Paused:
        return QStringLiteral("… ") + came;
    case FetchRow::State::Good:
        return QStringLiteral("✓ ") + came;
    case FetchRow::State::Kept:
        return QStringLiteral("✓ ") + came + Text{"（前回のまま）", " (kept)"}.in(m_lang);
    case FetchRow::State::Failed:
        return (row.status > 0 ? QStringLiteral("✗ %1 ").arg(row.status) : QStringLiteral("✗ ")) + came;
    }
    return {};
}

QVariant FetchPlanModel::text(int row, int column) const
{
    const FetchRow &state = m_rows[size_t(row)];
    switch (column) {
    case What:
        return visible(isPlanned(row) ? m_plan.requests[size_t(row)].label.in(m_lang)
                                      : state.label.in(m_lang));
    case Query:
        if (!isPlanned(row))
            return {};
        return m_plan.requests[size_t(row)].query.empty() && m_plan.requests[size_t(row)].body.isEmpty()
            ? m_plan.requests[size_t(row)].path
            : m_plan.requests[size_t(row)].editable();
    case Came:
        return stateText(state);
    default:
        return {};
    }
}

QVariant FetchPlanModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::CheckStateRole && index.column() == What && isPlanned(index.row()))
        return m_plan.requests[size_t(index.row())].enabled ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return text(index.row(), index.column());
    if (role == Qt::ToolTipRole) {
        const QString full = text(index.row(), index.column()).toString();
        return full.isEmpty() ? QVariant() : QVariant(full.toHtmlEscaped());
    }
    return {};
}

bool FetchPlanModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || !isPlanned(index.row()) || m_running)
        return false;
    FetchRequest &request = m_plan.requests[size_t(index.row())];
    if (role == Qt::CheckStateRole && index.column() == What) {
        request.enabled = value.toInt() == Qt::Checked;
    } else if (role == Qt::EditRole && index.column() == Query) {
        FetchRequest changed = request;
        if (!changed.setEditable(value.toString()))
            return false; // the former query stays
        if (changed == request)
            return true;
        request = changed;
        m_changed.insert(request.purpose);
    } else {
        return false;
    }
    emit dataChanged(index, index);
    return true;
}

Qt::ItemFlags FetchPlanModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (m_running || !index.isValid() || !isPlanned(index.row()))
        return flags;
    const FetchRequest &request = m_plan.requests[size_t(index.row())];
    if (index.column() == What)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Query && (!request.query.empty() || !request.body.isEmpty()))
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant FetchPlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array names{Text{"取るもの", "What"}, Text{"問い合わせ", "Query"},
                                  Text{"結果", "Result"}};
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    return names[size_t(section)].in(m_lang);
}

} // namespace tenken
