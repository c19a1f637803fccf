// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QAbstractTableModel>

namespace tenken {

/// "Fail", or "Fail (waived)".
Text labelOf(const Finding &finding);

/// The findings of one item, worst first.
class FindingsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        VerdictColumn,
        TitleColumn,
        ObjectColumn,
        MeasuredColumn,
        WantedColumn,
        PlaceColumn,
        ColumnCount
    };
    enum Role {
        VerdictRole = Qt::UserRole + 1, ///< int Verdict
        RuleRole,                       ///< QString
        ReasonRole,                     ///< QString, in the model's language
        RemedyRole,                     ///< QString, in the model's language
        SnippetRole,                    ///< QString: YAML to paste
        HasComparisonRole,              ///< bool: Finding::comparison has the bar's values
        SortRole,                       ///< the worse, the greater
    };

    explicit FindingsModel(QObject *parent = nullptr);

    void show(const std::vector<Finding> &findings);  ///< copied
    void clear() { show({}); }
    void setLanguage(Lang lang);
    Lang language() const { return m_lang; }

    /// Null when there is none; valid until the next show().
    const Finding *finding(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString words(const Finding &finding, int column) const;

    std::vector<Finding> m_findings;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
