// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/historymodel.h>

#include <signoff/statement.h>

namespace tenken {

using namespace Qt::StringLiterals;

HistoryModel::HistoryModel(QObject *parent) : QAbstractListModel(parent) {}

void HistoryModel::show(ReviewHistory history)
{
    beginResetModel();
    m_history = std::move(history);
    endResetModel();
}

void HistoryModel::setLanguage(Lang lang)
{
    if (std::exchange(m_lang, lang) != lang && rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

const HistoryEntry *HistoryModel::entry(const QModelIndex &index) const
{
    return index.isValid() && index.row() < rowCount() ? &m_history.entries[size_t(index.row())] : nullptr;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_history.entries.size());
}

QString HistoryModel::titleOf(const HistoryEntry &entry) const
{
    if (entry.kind == HistoryEntry::Kind::Revision)
        return maskSecrets(entry.subject);
    return entry.review && entry.review->decision ? label(*entry.review->decision).in(m_lang) : entry.file.section(u'/', -1);
}

QString HistoryModel::detailOf(const HistoryEntry &entry) const
{
    if (entry.kind == HistoryEntry::Kind::Revision) {
        const int count = int(entry.items.size());
        const Text words = count == 0 ? Text{"%1 · 答えはそのまま", "%1 · no answer changed"} : count == 1
            ? Text{"%1 · 1 項目の答え", "%1 · the answer to 1 item"} : Text{"%1 · %2 項目の答え", "%1 · answers to %2 items"};
        return (count > 1 ? words.arg(entry.author, count) : words.arg(entry.author)).in(m_lang);
    }
    QStringList who;
    for (const HistoryEntry::Signature &s : entry.signatures) {
        const auto decision = signDecisionFromString(s.decision);
        who << u"%1 (%2)"_s.arg(s.name, decision ? label(*decision).in(m_lang) : s.decision);
    }
    return who.isEmpty() ? Text{"署名なし", "not signed"}.in(m_lang) : who.join(Text{"、", ", "}.in(m_lang));
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    const HistoryEntry *e = entry(index);
    if (!e)
        return {};
    const QString day = e->at.toString(u"yyyy-MM-dd"_s);
    switch (role) {
    case Qt::DisplayRole: return titleOf(*e);
    case Qt::ToolTipRole: return e->kind == HistoryEntry::Kind::Document ? e->file : e->commit;
    case Qt::AccessibleTextRole: return u"%1, %2, %3"_s.arg(day, titleOf(*e), detailOf(*e));
    case KindRole: return int(e->kind);
    case DecisionRole: return e->review && e->review->decision ? QVariant(int(*e->review->decision)) : QVariant();
    case DetailRole: return detailOf(*e);
    case DayRole: return day;
    default: return {};
    }
}

} // namespace tenken
