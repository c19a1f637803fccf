// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/checklistfilter.h>
#include <items/checklistmodel.h>

#include <QWidget>

#include <vector>

class QLineEdit;
class QTreeView;

namespace tenken {

class ChecklistDelegate;
class Chip;
class Label;
class SegmentBar;
class Session;

/// The checklist at the left: search, filter chips, the tree, and the totals below.
class ChecklistPane : public QWidget
{
    Q_OBJECT
public:
    ChecklistPane(Session &session, Lang lang, QWidget *parent = nullptr);

    QString currentItem() const;
    void select(const QString &itemId);
    void focusSearch();
    void toggleFilter(int number);      ///< 1…5, as the chips stand
    void clearFilters();
    void setCompact(bool compact);
    QTreeView *tree() const { return m_tree; }

signals:
    void itemSelected(const QString &itemId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTree();
    QWidget *buildChips();
    QWidget *buildFooter();
    void refresh();
    void applyFilters();

    Session &m_session;
    Lang m_lang;
    ChecklistModel m_model;
    ChecklistFilter m_filter;
    QLineEdit *m_search;
    QTreeView *m_tree;
    ChecklistDelegate *m_delegate;
    std::vector<Chip *> m_chips;        ///< all, then one per filter
    Label *m_total;
    SegmentBar *m_totalBar;
    QString m_wanted;                   ///< selected as soon as it exists
};

} // namespace tenken
