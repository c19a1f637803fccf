// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/merge.h>

#include <QDialog>

class QPushButton;
class QTableWidget;

namespace tenken {

class Label;

/// Two people answered the same: field by field, whose value stays. Keys 1 (ours), 2 (theirs), 3 (as it was).
class ConflictDialog : public QDialog
{
    Q_OBJECT
public:
    /// `inFile`: git left them in review.yaml; else the file changed beside edits in this window.
    ConflictDialog(const std::vector<MergeConflict> &conflicts, const Checklist &checklist, bool inFile, Lang lang,
                   QWidget *parent = nullptr);

    std::vector<MergeSide> sides() const;   ///< one for each conflict, once accepted

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addRow(const MergeConflict &conflict, const Checklist &checklist);
    void choose(MergeSide side);
    void showRow(int row);
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    std::vector<MergeConflict> m_conflicts;
    std::vector<std::optional<MergeSide>> m_sides;
    QTableWidget *m_table;
    Label *m_left;
    QPushButton *m_ok;
};

} // namespace tenken
