// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QStyledItemDelegate>

namespace tenken {

/// Rows of the checklist tree: sections with their bar, items with the machine's badge and what people say.
class ChecklistDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ChecklistDelegate(Lang lang, QObject *parent = nullptr);
    void setCompact(bool compact) { m_compact = compact; }

    void paint(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintSection(QPainter &p, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintItem(QPainter &p, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintMachine(QPainter &p, const QRect &box, const QModelIndex &index) const;

    Lang m_lang;
    bool m_compact = false;
};

} // namespace tenken
