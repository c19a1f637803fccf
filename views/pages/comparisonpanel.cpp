// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/comparisonpanel.h>

#include <pages/label.h>
#include <parts/pictureview.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QtConcurrentRun>

namespace tenken {

ComparisonPanel::ComparisonPanel(Lang lang, QWidget *parent)
    : Panel(parent), m_lang(lang), m_others(new QComboBox), m_verdict(new Label(Type::BodyBold)), m_view(new PictureView)
{
    setTitle(in(comparisonTitle()));
    m_others->setAccessibleName(in({"比べる相手 (前)", "Compare with (before)"}));
    m_others->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_verdict->setWrapped();
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    auto *name = new Label(in({"前の試験", "Run before"}), Type::Caption, Label::Ink::Text2);
    name->setBuddy(m_others);
    row->addWidget(name);
    row->addWidget(m_others);
    row->addWidget(m_verdict, 1);
    body()->addLayout(row);
    m_view->setLanguage(lang);
    m_view->setTitleShown(false);
    m_view->setAccessibleName(in(comparisonTitle()));
    m_view->addButtonsTo(this);
    m_view->setMinimumHeight(340);
    body()->addWidget(m_view, 1);
    m_view->hide();
    connect(m_others, &QComboBox::currentIndexChanged, this, &ComparisonPanel::compare);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ComparisonPanel::showResult);
}

ComparisonPanel::~ComparisonPanel() { m_watcher.disconnect(this); }

bool ComparisonPanel::hasChoice() const { return m_others->count() > 1; }

void ComparisonPanel::setTests(const std::vector<LoadTestPicture> &tests, int shown)
{
    m_tests = tests;
    m_shown = shown;
    const QString before = m_others->currentText();
    {
        const QSignalBlocker quiet(m_others);
        m_others->clear();
        m_others->addItem(in({"選ばない", "none"}), -1);
        for (int i = 0; i < int(tests.size()); ++i)
            if (i != shown && tests[size_t(i)].run && !tests[size_t(i)].steps.empty())
                m_others->addItem(tests[size_t(i)].id, i);
        m_others->setCurrentIndex(std::max(0, m_others->findText(before)));
    }
    compare();
}

void ComparisonPanel::compare()
{
    const int other = m_others->currentData().toInt();
    const bool chosen = m_others->currentIndex() > 0 && other >= 0 && m_shown >= 0 && m_shown < int(m_tests.size())
        && m_tests[size_t(m_shown)].run;
    m_view->setVisible(chosen);
    m_verdict->setText(chosen ? in({"差を検定しています…", "Testing the difference…"})
                              : in({"同じ試験の、変更前や別の版の結果を選びます。", "Choose the same test before a change, or of another version."}));
    m_verdict->setInk(Label::Ink::Text2);
    if (!chosen)
        return m_watcher.setFuture({});
    // Values and shared runs only: the page may be gone before the test is done.
    m_watcher.setFuture(QtConcurrent::run([before = m_tests[size_t(other)], after = m_tests[size_t(m_shown)]] {
        auto picture = std::make_shared<ComparisonPicture>();
        picture->beforeName = before.id;
        picture->afterName = after.id;
        picture->before = before.steps;
        picture->after = after.steps;
        picture->comparison = compareRuns(*before.run, before.steps, *after.run, after.steps);
        return std::shared_ptr<const ComparisonPicture>(picture);
    }));
}

void ComparisonPanel::showResult()
{
    if (m_watcher.future().resultCount() == 0)
        return;
    const auto picture = m_watcher.result();
    const Change::Outcome outcome = picture->comparison.latency.outcome;
    m_verdict->setText(in(picture->comparison.verdict));
    m_verdict->setInk(outcome == Change::Outcome::Higher ? Label::Ink::Fail
                          : outcome == Change::Outcome::Lower ? Label::Ink::Pass
                                                              : Label::Ink::Text);
    m_view->setComparison(*picture);
}

} // namespace tenken
