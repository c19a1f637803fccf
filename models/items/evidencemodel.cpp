// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/evidencemodel.h>

#include <evidence/numbers.h>

#include <QMap>

#include <algorithm>

namespace tenken {

namespace {

Text label(EvidenceModel::State state)
{
    switch (state) {
    case EvidenceModel::State::Unreadable: return {"読めません", "Not readable"};
    case EvidenceModel::State::Warned: return {"注意あり", "Read, with remarks"};
    case EvidenceModel::State::Read: break;
    }
    return {"読みました", "Read"};
}

QString sizeInWords(qint64 bytes)
{
    if (bytes < 1024)
        return formatWithUnit(double(bytes), QStringLiteral("B"));
    if (bytes < 1024 * 1024)
        return formatWithUnit(double(bytes) / 1024, QStringLiteral("KiB"));
    return formatWithUnit(double(bytes) / (1024 * 1024), QStringLiteral("MiB"));
}

} // namespace

EvidenceModel::EvidenceModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void EvidenceModel::show(const Evidence &evidence)
{
    QMap<QString, Row> rows;
    for (const SourceFile &file : evidence.files)
        rows[file.path].file = file;
    const auto add = [&](const std::vector<Problem> &problems, State state) {
        for (const Problem &problem : problems) {
            if (problem.file.isEmpty())
                continue; // of no file, so no row; the pages that need that evidence say so
            Row &row = rows[problem.file];
            row.file.path = problem.file;
            row.state = std::min(row.state, state);
            row.problems.push_back(problem);
        }
    };
    add(evidence.unreadable, State::Unreadable);
    add(evidence.warnings, State::Warned);

    beginResetModel();
    m_rows.assign(rows.cbegin(), rows.cend());
    std::ranges::stable_sort(m_rows, {}, &Row::state);
    endResetModel();
}

void EvidenceModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void EvidenceModel::setLanguage(Lang lang)
{
    if (lang == m_lang)
        return;
    m_lang = lang;
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int EvidenceModel::count(State state) const { return int(std::ranges::count(m_rows, state, &Row::state)); }

int EvidenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EvidenceModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EvidenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return words(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() != PathColumn
            ? words(row, index.column())
            : Text{"%1、%2", "%1, %2"}.arg(row.file.path, label(row.state)).in(m_lang);
    case Qt::ToolTipRole:
        return index.column() == DigestColumn ? QString::fromLatin1(row.file.sha256) : problemsOf(row);
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn
            ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
            : QVariant();
    case PathRole: return row.file.path;
    case StateRole: return int(row.state);
    case DigestRole: return QString::fromLatin1(row.file.sha256);
    case LineRole: return row.problems.empty() ? 0 : row.problems.front().span.line;
    case SortRole: return sortKey(row, index.column());
    default: return {};
    }
}

QString EvidenceModel::words(const Row &row, int column) const
{
    const bool wasRead = !row.file.sha256.isEmpty();
    switch (column) {
    case PathColumn: return row.file.path;
    case StateColumn: return label(row.state).in(m_lang);
    case SizeColumn: return wasRead ? sizeInWords(row.file.bytes) : QString();
    case ModifiedColumn:
        return row.file.modified.isValid()
            ? row.file.modified.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"))
            : QString();
    case DigestColumn: return QString::fromLatin1(row.file.sha256.left(12));
    default: return {};
    }
}

QString EvidenceModel::problemsOf(const Row &row) const
{
    QStringList lines;
    for (const Problem &problem : row.problems)
        lines << maskSecrets(problem.toString(m_lang));
    return lines.join(u'\n');
}

QVariant EvidenceModel::sortKey(const Row &row, int column) const
{
    switch (column) {
    case StateColumn: return int(row.state);
    case SizeColumn: return row.file.bytes;
    case ModifiedColumn: return row.file.modified;
    default: return words(row, column);
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PathColumn: return Text{"ファイル", "File"}.in(m_lang);
    case StateColumn: return Text{"状態", "State"}.in(m_lang);
    case SizeColumn: return Text{"大きさ", "Size"}.in(m_lang);
    case ModifiedColumn: return Text{"更新日時", "Modified"}.in(m_lang);
    case DigestColumn: return QStringLiteral("SHA-256");
    default: return {};
    }
}

QHash<int, QByteArray> EvidenceModel::roleNames() const
{
    auto names = QAbstractTableModel::roleNames();
    names.insert({{PathRole, "path"}, {StateRole, "state"}, {DigestRole, "digest"}, {LineRole, "line"},
                  {SortRole, "sort"}});
    return names;
}

} // namespace tenken
