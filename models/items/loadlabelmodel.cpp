// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/loadlabelmodel.h>

#include <evidence/numbers.h>
#include <items/loadstepmodel.h>

#include <array>

namespace tenken {

namespace {

const std::array<Text, LoadLabelModel::ColumnCount> headers{Text{"要求の名前", "Request"}, Text{"要求数", "Requests"},
                                                            Text{"エラー", "Errors"},      Text{"p50", "p50"},
                                                            Text{"p95", "p95"},            Text{"p99", "p99"}};
constexpr double quantiles[] = {0.5, 0.95, 0.99};
constexpr qint64 enough[] = {20, 200, 1'000};

} // namespace

void LoadLabelModel::show(const std::shared_ptr<const LoadTestRun> &run, Lang lang)
{
    beginResetModel();
    m_lang = lang;
    m_rows.clear();
    for (size_t i = 0; run && i < run->labels.size(); ++i) {
        const LoadLabel &label = run->labels[i];
        Row row{label.name, label.samples, label.latency.count(), 0, {-1, -1, -1}};
        if (label.samples > 0)
            row.errors = double(label.errors) / double(label.samples);
        for (size_t q = 0; q < 3 && row.samples > 0; ++q)
            row.percentiles[q] = label.latency.percentileMs(quantiles[q]);
        if (run->labelsBeyondCap > 0 && i + 1 == run->labels.size())
            row.name = Text{"その他 %1 種類", "%1 other names"}.arg(run->labelsBeyondCap).in(lang);
        m_rows.push_back(std::move(row));
    }
    endResetModel();
}

int LoadLabelModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int LoadLabelModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

bool LoadLabelModel::trusts(const Row &row, int column) const
{
    return column < P50Column || row.samples >= enough[column - P50Column];
}

QString LoadLabelModel::words(const Row &row, int column) const
{
    switch (column) {
    case NameColumn: return row.name;
    case RequestsColumn: return formatNumber(double(row.requests));
    case ErrorsColumn: return formatWithUnit(100 * row.errors, QStringLiteral("%"));
    default: return latencyOrDash(row.percentiles[column - P50Column]);
    }
}

QVariant LoadLabelModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return words(row, column);
    case Qt::ToolTipRole: return column == NameColumn ? QVariant(row.name) : QVariant();
    case Qt::TextAlignmentRole: return int((column == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case TrustedRole: return trusts(row, column);
    case SortRole:
        return column == NameColumn ? QVariant(row.name)
            : column == RequestsColumn ? QVariant(row.requests)
            : column == ErrorsColumn   ? QVariant(row.errors)
                                       : QVariant(row.percentiles[column - P50Column]);
    default: return {};
    }
}

QVariant LoadLabelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(headers[size_t(section)].in(m_lang)) : QVariant();
}

} // namespace tenken
