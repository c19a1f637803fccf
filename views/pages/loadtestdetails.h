// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <QObject>

class QSortFilterProxyModel;

namespace tenken {

class Label;
class LoadLabelModel;
class LoadStepModel;
class LoadTestTable;
class Panel;

/// A load test in figures: its steps, its request names, and what else there is to know of it.
class LoadTestDetails : public QObject
{
    Q_OBJECT
public:
    explicit LoadTestDetails(Lang lang, QWidget *parent);

    void showTest(const LoadTestPicture &test);
    Panel *steps() const { return m_steps; }
    Panel *labels() const { return m_labels; }
    Panel *about() const { return m_about; }
    bool hasLabels() const;

private:
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    Panel *m_steps, *m_labels, *m_about;
    LoadStepModel *m_stepModel;
    LoadLabelModel *m_labelModel;
    QSortFilterProxyModel *m_sorted;
    LoadTestTable *m_stepTable, *m_labelTable;
    Label *m_words;
};

} // namespace tenken
