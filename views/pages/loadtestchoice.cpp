// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestchoice.h>

#include <pages/loadtestwords.h>

#include <QStandardItemModel>
#include <QTreeView>

#include <algorithm>

namespace tenken {

LoadTestChoice::LoadTestChoice(Lang lang, QWidget *parent) : QComboBox(parent), m_lang(lang), m_choice(new QStandardItemModel(this))
{
    setAccessibleName(in({"試験を選ぶ", "Choose a test"}));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *list = new QTreeView;
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAllColumnsShowFocus(true);
    list->setAccessibleName(accessibleName());
    setModel(m_choice);
    setView(list);
}

void LoadTestChoice::fill(const std::vector<LoadTestPicture> &tests, const std::vector<LoadTest> &sources)
{
    m_choice->clear();
    m_choice->setHorizontalHeaderLabels({in({"試験", "Test"}), in({"道具", "Tool"}), QStringLiteral("Pod"), in({"目的", "Purpose"}),
                                         in({"日時", "When"})});
    for (const LoadTestPicture &test : tests) {
        QList<QStandardItem *> row;
        for (const QString &cell : choiceCells(test, sources, m_lang))
            row << new QStandardItem(cell);
        m_choice->appendRow(row);
    }
    auto *list = static_cast<QTreeView *>(view());
    int width = 40;
    for (int i = 0; i < m_choice->columnCount(); ++i) {
        list->resizeColumnToContents(i);
        width += list->columnWidth(i);
    }
    list->setMinimumWidth(std::min(width, 900));
}

} // namespace tenken
