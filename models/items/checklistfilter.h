// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace tenken {

/// Lets through the items that a person wants to see now, with their sections. Several filters show what any
/// of them lets through; the text narrows that further (every word must be found, in either language).
class ChecklistFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum Filter {
        ToDo = 1,          ///< somebody has to act: fail, unknown, unanswered, or the reviewer asks
        Failing = 2,
        Unknown = 4,       ///< no verdict yet: unknown or unanswered
        Disagreement = 8,
    };
    Q_DECLARE_FLAGS(Filters, Filter)

    explicit ChecklistFilter(QObject *parent = nullptr);

    Filters filters() const { return m_filters; }
    void setFilters(Filters filters);
    QString text() const { return m_text; }
    void setText(const QString &text);

    int count(Filter filter) const;   ///< items of the whole checklist, whatever is shown now

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Filters m_filters;
    QString m_text;
    QStringList m_words;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(ChecklistFilter::Filters)

} // namespace tenken
