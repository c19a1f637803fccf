// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestpage.h>

#include <pages/comparisonpanel.h>
#include <pages/label.h>
#include <pages/loadtestchoice.h>
#include <pages/loadtestdetails.h>
#include <pages/loadtestfigures.h>
#include <pages/loadtestwords.h>
#include <pages/missingevidence.h>
#include <pages/whatifpanel.h>
#include <parts/panel.h>
#include <parts/pictureview.h>
#include <parts/refresher.h>
#include <review/session.h>

#include <QSignalBlocker>
#include <QToolButton>

namespace tenken {

// A chart of a long run takes some ten milliseconds to draw, and there are eight: filled in one go they would keep the
// window from answering.
void LoadTestPage::buildParts()
{
    const auto part = [this](auto show) {
        m_testParts.push_back(new Refresher(this, [this, show] {
            if (m_shown)
                show(std::get<LoadTestPicture>(*m_shown));
            arrangeAnew();
        }));
    };
    using Facet = PictureView::Facet;
    part([this](const LoadTestPicture &test) {
        m_about->setText(aboutTest(test, m_lang));
        m_figures->showTest(test);
        m_knee.view->setPicture(m_shown, Facet::Knee);
    });
    part([this](const LoadTestPicture &) { m_run.view->setPicture(m_shown, Facet::Run); });
    part([this](const LoadTestPicture &) { m_latency.view->setPicture(m_shown, Facet::Latency); });
    part([this](const LoadTestPicture &test) {
        const bool samples = test.run && test.run->latency.count() > 0;
        const bool stated = test.run && test.run->whole && !test.run->whole->percentiles.empty();
        m_histogram.panel->setVisible(samples || stated);
        m_histogram.view->setPicture(m_shown, Facet::Histogram);
    });
    part([this](const LoadTestPicture &test) {
        const bool samples = test.run && test.run->latency.count() > 0;
        m_heatmap.panel->setVisible(samples && !test.run->seconds.empty());
        m_heatmap.view->setPicture(m_shown, Facet::Heatmap);
    });
    part([this](const LoadTestPicture &test) {
        m_details->showTest(test);
        m_details->labels()->setVisible(m_details->hasLabels());
    });
    m_serviceParts.push_back(new Refresher(this, [this] {
        showService();
        arrangeAnew();
    }));
    m_serviceParts.push_back(new Refresher(this, [this] {
        m_comparison->setTests(m_session.assessment().loadTests, m_tests->currentIndex());
        m_comparison->setVisible(m_comparison->hasChoice());
        arrangeAnew();
    }));
}

void LoadTestPage::fillChoice()
{
    const auto &tests = m_session.assessment().loadTests;
    m_missing->setVisible(tests.empty());
    if (tests.empty())
        showMissing();
    m_content->setVisible(!tests.empty());
    const QString before = m_tests->currentText();
    const QSignalBlocker quiet(m_tests);
    m_tests->fill(tests, m_session.evidence().loadTests);
    const int again = m_tests->findText(before);
    m_tests->setCurrentIndex(again >= 0 ? again : bestTest(tests));
}

void LoadTestPage::choose()
{
    const auto &tests = m_session.assessment().loadTests;
    const int index = m_tests->currentIndex();
    m_shown.reset();
    m_followButton->setChecked(false);
    if (index < 0 || index >= int(tests.size()))
        return;
    const LoadTestPicture &test = tests[size_t(index)];
    m_shown = std::make_shared<const Picture>(test);
    m_followButton->setEnabled(!followedFile(test).isEmpty());
}

void LoadTestPage::refill()
{
    fillChoice();
    choose();
    for (const auto *parts : {&m_serviceParts, &m_testParts}) {
        for (Refresher *part : *parts)
            part->later();
    }
}

void LoadTestPage::refresh()
{
    choose();
    for (Refresher *part : m_serviceParts)
        part->run();
    showTest();
}

void LoadTestPage::showTest()
{
    for (Refresher *part : m_testParts)
        part->run();
}

void LoadTestPage::showService()
{
    const Assessment &assessment = m_session.assessment();
    m_capacity->setVisible(assessment.capacity.has_value());
    if (assessment.capacity)
        m_capacity->setPlan(*assessment.capacity, m_session.evidence().service, capacityItemOf(m_session.checklist()));
    else
        m_figures->showPlan(nullptr);
    const bool scaling = assessment.scaling && assessment.scaling->points.size() >= 2;
    m_scaling.panel->setVisible(scaling);
    if (!scaling)
        return;
    m_scaling.panel->setTitle(in({"Pod を増やすと伸びるか", "Do more Pods help?"}), aboutScaling(*assessment.scaling, m_lang));
    m_scaling.view->setPicture(Picture(*assessment.scaling));
}

} // namespace tenken
