// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QAbstractItemModel>

namespace tenken {

/// The checklist as a tree: sections, and below them items, with what machine, team and reviewer say.
class ChecklistModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { ItemColumn, MachineColumn, TeamColumn, ReviewColumn, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString, of the item or section
        IsSectionRole,             ///< bool
        VerdictRole,               ///< int Verdict: the machine's; nothing where no rule judges
        StandingRole,              ///< int Standing
        TeamAnswerRole,            ///< int TeamAnswer
        ReviewAnswerRole,          ///< int ReviewAnswer
        LevelRole,                 ///< int Level
        DisagreementRole,          ///< bool
        BlocksRole,                ///< bool: alone enough for NO-GO
        CountsRole,                ///< SectionCount, of sections
        TeamStaleRole,             ///< bool: the answer rests on something else now
        ReviewStaleRole,           ///< bool
        SearchRole,                ///< QString: everything that can be searched for, both languages
    };

    explicit ChecklistModel(QObject *parent = nullptr);
    ~ChecklistModel() override;

    /// Shows these values (they are copied). The same items as before are updated in place, so that
    /// selection, scroll position and open sections stay; another checklist resets.
    void show(const Checklist &checklist, const Outcome &outcome);
    void clear();
    void setLanguage(Lang lang);

    QModelIndex indexOf(const QString &itemId) const;   ///< of the first column; invalid when there is none
    QString itemId(const QModelIndex &index) const;     ///< empty for sections

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct ItemRow;
    struct SectionRow;
    QVariant sectionData(const SectionRow &row, int column, int role) const;
    QVariant itemData(const ItemRow &row, int column, int role) const;
    QString words(const ItemRow &row, int column) const;
    QString accessibleText(const ItemRow &row) const;

    std::vector<SectionRow> m_sections;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken

Q_DECLARE_METATYPE(tenken::SectionCount)
