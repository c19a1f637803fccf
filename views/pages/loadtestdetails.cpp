// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestdetails.h>

#include <items/loadlabelmodel.h>
#include <items/loadstepmodel.h>
#include <pages/label.h>
#include <pages/loadtesttable.h>
#include <pages/loadtestwords.h>
#include <parts/panel.h>

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace tenken {

LoadTestDetails::LoadTestDetails(Lang lang, QWidget *parent)
    : QObject(parent), m_lang(lang), m_steps(new Panel(parent)), m_labels(new Panel(parent)), m_about(new Panel(parent)),
      m_stepModel(new LoadStepModel(this)), m_labelModel(new LoadLabelModel(this)), m_sorted(new QSortFilterProxyModel(this)),
      m_stepTable(new LoadTestTable(LoadStepModel::TrustedRole, LoadStepModel::KneeRole)),
      m_labelTable(new LoadTestTable(LoadLabelModel::TrustedRole, -1)), m_words(new Label(Type::Body))
{
    m_steps->setTitle(in({"段ごとの値", "Figures by step"}));
    m_stepTable->setAccessibleName(in({"段ごとの値", "Figures by step"}));
    m_stepTable->setFilled(m_stepModel);
    m_steps->body()->addWidget(m_stepTable);

    m_labels->setTitle(in({"どの要求が遅いか", "Which requests are slow?"}));
    m_labelTable->setAccessibleName(in({"要求の名前ごとの値", "Figures by request name"}));
    m_sorted->setSourceModel(m_labelModel);
    m_sorted->setSortRole(LoadLabelModel::SortRole);
    m_labelTable->setFilled(m_sorted);
    m_labelTable->setSortingEnabled(true);
    m_labelTable->sortByColumn(LoadLabelModel::RequestsColumn, Qt::DescendingOrder);
    m_labels->body()->addWidget(m_labelTable);
    m_labels->body()->addStretch(1);

    m_about->setTitle(in({"この試験について", "About this test"}));
    m_words->setTextFormat(Qt::RichText);
    m_words->setWrapped();
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_words->setAccessibleName(in({"この試験について", "About this test"}));
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_about->body()->addWidget(m_words, 1);
}

bool LoadTestDetails::hasLabels() const { return m_labelModel->rowCount() > 0; }

void LoadTestDetails::showTest(const LoadTestPicture &test)
{
    m_stepModel->show(test, m_lang);
    m_labelModel->show(test.run, m_lang);
    m_steps->setTitle(in({"段ごとの値", "Figures by step"}),
                      in({"灰色は標本が少ない値、— はファイルにない値", "grey: few samples, —: not in the file"}));
    QString html;
    for (const TestFact &fact : factsOf(test))
        html += QStringLiteral("<p style=\"margin:0 0 6px 0\"><b>%1</b><br>%2</p>").arg(in(fact.name).toHtmlEscaped(), in(fact.words).toHtmlEscaped());
    m_words->setText(html);
}

} // namespace tenken
