// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/checklistfilter.h>

#include <items/checklistmodel.h>

#include <algorithm>

namespace tenken {

namespace {

bool passes(const QModelIndex &item, ChecklistFilter::Filter filter)
{
    const auto standing = Standing(item.data(ChecklistModel::StandingRole).toInt());
    const bool noVerdict = standing == Standing::Unknown || standing == Standing::Unanswered;
    switch (filter) {
    case ChecklistFilter::ToDo:
        return standing == Standing::Fail || noVerdict
            || ReviewAnswer(item.data(ChecklistModel::ReviewAnswerRole).toInt()) == ReviewAnswer::Ask;
    case ChecklistFilter::Failing: return standing == Standing::Fail;
    case ChecklistFilter::Unknown: return noVerdict;
    case ChecklistFilter::Disagreement: return item.data(ChecklistModel::DisagreementRole).toBool();
    }
    return true;
}

constexpr ChecklistFilter::Filter allFilters[] = {ChecklistFilter::ToDo, ChecklistFilter::Failing,
                                                  ChecklistFilter::Unknown, ChecklistFilter::Disagreement};

} // namespace

ChecklistFilter::ChecklistFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true); // a section is shown for its items' sake
}

void ChecklistFilter::setFilters(Filters filters)
{
    if (filters == m_filters)
        return;
    m_filters = filters;
    invalidateFilter();
}

void ChecklistFilter::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_words = text.normalized(QString::NormalizationForm_KC)
                  .toCaseFolded()
                  .simplified()
                  .split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

int ChecklistFilter::count(Filter filter) const
{
    int found = 0;
    const QAbstractItemModel *all = sourceModel();
    for (int s = 0; all && s < all->rowCount(); ++s) {
        const QModelIndex section = all->index(s, 0);
        for (int i = 0; i < all->rowCount(section); ++i)
            found += passes(all->index(i, 0, section), filter);
    }
    return found;
}

bool ChecklistFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!parent.isValid()) // sections: only through their items, or everything when nothing is asked
        return !m_filters && m_words.isEmpty();
    const QModelIndex item = sourceModel()->index(row, 0, parent);
    const auto wanted = [&](Filter filter) { return m_filters.testFlag(filter) && passes(item, filter); };
    if (m_filters && std::ranges::none_of(allFilters, wanted))
        return false;
    const QString search = item.data(ChecklistModel::SearchRole).toString();
    return std::ranges::all_of(m_words, [&](const QString &word) { return search.contains(word); });
}

} // namespace tenken
