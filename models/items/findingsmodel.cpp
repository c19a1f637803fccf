// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/findingsmodel.h>

#include <algorithm>

namespace tenken {

namespace {

/// A waived one comes after all that still counts against the item.
int badness(const Finding &finding)
{
    if (finding.waived)
        return 2;
    switch (finding.verdict) {
    case Verdict::Fail: return 5;
    case Verdict::Unknown: return 4;
    case Verdict::Warn: return 3;
    case Verdict::Pass: return 1;
    case Verdict::NotApplicable: break;
    }
    return 0;
}

QString place(const Finding &finding)
{
    return finding.span.isValid() ? QStringLiteral("%1:%2").arg(finding.file).arg(finding.span.line)
                                  : finding.file;
}

QString objectAndContainer(const Finding &finding)
{
    return finding.container.isEmpty() ? finding.object
                                       : QStringLiteral("%1 (%2)").arg(finding.object, finding.container);
}

} // namespace

Text labelOf(const Finding &finding)
{
    if (!finding.waived)
        return label(finding.verdict);
    return Text{"%1(免除)", "%1 (waived)"}.arg(label(finding.verdict));
}

FindingsModel::FindingsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void FindingsModel::show(const std::vector<Finding> &findings)
{
    beginResetModel();
    m_findings = findings;
    std::ranges::stable_sort(m_findings, std::greater(), badness);
    endResetModel();
}

void FindingsModel::setLanguage(Lang lang)
{
    if (lang == m_lang)
        return;
    m_lang = lang;
    if (!m_findings.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

const Finding *FindingsModel::finding(const QModelIndex &index) const
{
    return index.model() == this && index.row() < rowCount() ? &m_findings[size_t(index.row())] : nullptr;
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_findings.size());
}

int FindingsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Finding &finding = m_findings[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return words(finding, index.column());
    case Qt::ToolTipRole: return finding.reason.in(m_lang);
    case Qt::TextAlignmentRole:
        return index.column() == MeasuredColumn || index.column() == WantedColumn
            ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() != TitleColumn ? words(finding, index.column())
                                             : Text{"%1、%2、%3", "%1, %2, %3"}
                                                   .arg(labelOf(finding), finding.title, finding.reason)
                                                   .in(m_lang);
    case VerdictRole: return int(finding.verdict);
    case RuleRole: return finding.rule;
    case ReasonRole: return finding.reason.in(m_lang);
    case RemedyRole: return finding.remedy.in(m_lang);
    case SnippetRole: return finding.snippet;
    case HasComparisonRole: return finding.comparison.has_value();
    case SortRole: return index.column() == VerdictColumn ? QVariant(badness(finding))
                                                          : QVariant(words(finding, index.column()));
    default: return {};
    }
}

QString FindingsModel::words(const Finding &finding, int column) const
{
    switch (column) {
    case VerdictColumn: return labelOf(finding).in(m_lang);
    case TitleColumn: return finding.title.in(m_lang);
    case ObjectColumn: return objectAndContainer(finding);
    case MeasuredColumn: return finding.measured.in(m_lang);
    case WantedColumn: return finding.wanted.in(m_lang);
    case PlaceColumn: return place(finding);
    default: return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case VerdictColumn: return Text{"判定", "Verdict"}.in(m_lang);
    case TitleColumn: return Text{"確認したこと", "Finding"}.in(m_lang);
    case ObjectColumn: return Text{"対象", "Object"}.in(m_lang);
    case MeasuredColumn: return Text{"実際", "Measured"}.in(m_lang);
    case WantedColumn: return Text{"必要", "Wanted"}.in(m_lang);
    case PlaceColumn: return Text{"場所", "Place"}.in(m_lang);
    default: return {};
    }
}

QHash<int, QByteArray> FindingsModel::roleNames() const
{
    auto names = QAbstractTableModel::roleNames();
    names.insert({{VerdictRole, "verdict"},
                  {RuleRole, "rule"},
                  {ReasonRole, "reason"},
                  {RemedyRole, "remedy"},
                  {SnippetRole, "snippet"},
                  {HasComparisonRole, "hasComparison"},
                  {SortRole, "sort"}});
    return names;
}

} // namespace tenken
