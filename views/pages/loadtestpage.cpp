// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestpage.h>

#include <evidence/numbers.h>
#include <pages/comparisonpanel.h>
#include <pages/label.h>
#include <pages/loadtestchoice.h>
#include <pages/loadtestdetails.h>
#include <pages/loadtestfigures.h>
#include <pages/loadtestfollow.h>
#include <pages/loadtestwords.h>
#include <pages/missingevidence.h>
#include <pages/panelgrid.h>
#include <pages/whatifpanel.h>
#include <parts/panel.h>
#include <parts/pictureview.h>
#include <parts/refresher.h>
#include <review/session.h>

#include <QApplication>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

namespace {

constexpr int twoInARow = 1'100; ///< px

} // namespace

LoadTestPage::LoadTestPage(Session &session, Lang lang, QWidget *parent)
    : QScrollArea(parent), m_session(session), m_lang(lang)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(in({"負荷試験", "Load test"}));
    auto *whole = new QWidget;
    auto *column = new QVBoxLayout(whole);
    column->setContentsMargins(24, 12, 24, 16);
    column->setSpacing(12);
    m_content = new QWidget;
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(12);
    inner->addLayout(buildHead());
    m_figures = new LoadTestFigures(lang);
    inner->addWidget(m_figures);
    m_grid = new QGridLayout;
    m_grid->setSpacing(16);
    inner->addLayout(m_grid, 1);
    m_missing = new MissingEvidence(session, lang);
    column->addWidget(m_missing, 1);
    connect(m_missing, &MissingEvidence::itemRequested, this, &LoadTestPage::itemRequested);
    column->addWidget(m_content, 1);
    setWidget(whole);
    buildPanels();
    connect(m_tests, &QComboBox::currentIndexChanged, this, &LoadTestPage::refresh);
    auto *refresher = new Refresher(this, [this] { refill(); });
    connect(&session, &Session::loaded, refresher, &Refresher::later);
    connect(m_capacity, &WhatIfPanel::planChanged, this, [this] {
        m_figures->showPlan(m_session.assessment().capacity ? &m_capacity->plan() : nullptr);
    });
    auto *whatIf = new QShortcut(QKeySequence(QStringLiteral("Ctrl+I")), this);
    whatIf->setContext(Qt::WidgetWithChildrenShortcut);
    connect(whatIf, &QShortcut::activated, this, [this] { m_capacity->setOpen(!m_capacity->isOpen()); });
    buildParts();
    fillChoice();
    refresh();
}

QLayout *LoadTestPage::buildHead()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    m_tests = new LoadTestChoice(m_lang);
    m_about = new Label(Type::Caption, Label::Ink::Text2);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWrapped();
    head->addWidget(m_tests);
    head->addWidget(m_about, 1);
    m_followButton = new QToolButton;
    m_followButton->setText(in({"追いかける", "Follow"}));
    m_followButton->setToolTip(in({"実行中の試験が書き足すファイルを読み続けます", "Keep reading the file that a running test writes"}));
    m_followButton->setCheckable(true);
    head->addWidget(m_followButton, 0, Qt::AlignTop);
    m_follow = new LoadTestFollow(this);
    connect(m_followButton, &QToolButton::toggled, this, &LoadTestPage::setFollowing);
    connect(m_follow, &LoadTestFollow::updated, this, [this](const auto &test) {
        m_shown = std::make_shared<const Picture>(*test);
        showTest();
    });
    connect(m_follow, &LoadTestFollow::failed, this, [this](const Problem &problem) { m_about->setText(problem.toString(m_lang)); });
    return head;
}

void LoadTestPage::showMissing()
{
    const Evidence &evidence = m_session.evidence();
    MissingEvidence::Content content{.missing = {"負荷試験がありません。", "There are no load tests."},
                                     .how = {"結果のファイルを service.yaml に書くと、膝、Pod あたりの処理量、行事ごとに必要な Pod 数を求めます。形式は内容から見分けます。",
                                             "Name the result files in service.yaml: the knee, the throughput of one pod and the pods that each event needs follow. The format is told by content."},
                                     .snippet = QStringLiteral("evidence:\n"
                                                               "  loadtests:\n"
                                                               "    - id: step-1pod\n"
                                                               "      file: loadtest/step.jtl\n"
                                                               "      pods: 1\n"
                                                               "      purpose: knee\n"
                                                               "      environment: staging"),
                                     .button = {},
                                     .source = Rule::Source::LoadTests};
    if (!evidence.loadTests.empty()) {
        const QStringList files = evidence.loadTests.front().source.files;
        const auto why = std::ranges::find_if(evidence.unreadable, [&](const Problem &p) { return files.contains(p.file); });
        content.missing = Text{"負荷試験 %1 件は、どれも読めませんでした。", "None of the load tests (%1) could be read."}.arg(int(evidence.loadTests.size()));
        content.how = why == evidence.unreadable.end() ? Text() : Text{"%1: %2 %3", "%1: %2 %3"}.arg(why->file, why->message, why->hint);
        content.snippet.clear();
    }
    m_missing->show(content);
}

LoadTestPage::Chart LoadTestPage::addChart(const Text &question)
{
    Chart chart;
    chart.panel = new tenken::Panel(m_content);
    chart.panel->setTitle(in(question));
    chart.view = new PictureView;
    chart.view->setLanguage(m_lang);
    chart.view->setTitleShown(false);
    chart.view->setAccessibleName(in(question));
    chart.view->addButtonsTo(chart.panel);
    chart.panel->body()->addWidget(chart.view, 1);
    return chart;
}

void LoadTestPage::buildPanels()
{
    m_knee = addChart({"遅延が跳ねるのはどこか", "Where does latency jump?"});
    m_capacity = new WhatIfPanel(m_lang, m_content);
    m_run = addChart({"試験の経過: 投入と完了", "The run: offered and completed"});
    m_scaling = addChart({"Pod を増やすと伸びるか", "Do more Pods help?"});
    m_latency = addChart({"試験の経過: 遅延の幅 p50–p95", "The run: latency p50–p95"});
    m_histogram = addChart({"遅延の分布", "How are latencies spread?"});
    m_heatmap = addChart({"遅延の分布はどう動いたか", "How did the spread move?"});
    m_comparison = new ComparisonPanel(m_lang, m_content);
    m_details = new LoadTestDetails(m_lang, m_content);
    for (QWidget *panel : std::initializer_list<QWidget *>{m_knee.panel, m_run.panel, m_latency.panel, m_details->steps(), m_details->about()})
        panel->show(); // with the page; the others only where they have something to say
}

std::vector<PictureView *> LoadTestPage::views() const
{
    return {m_knee.view, m_capacity->view(), m_run.view, m_scaling.view, m_latency.view, m_histogram.view, m_heatmap.view,
            m_comparison->view()};
}

QString LoadTestPage::followedFile(const LoadTestPicture &test) const
{
    const auto &tests = m_session.evidence().loadTests;
    const auto known = std::ranges::find(tests, test.run, &LoadTest::run);
    if (known == tests.end() || known->source.files.size() != 1)
        return {}; // of several generators: their clocks would have to be joined each time
    // It was read, so it may be read; a path in another root ("app:…") is not followed.
    const QFileInfo file(m_session.folder() + u'/' + known->source.files.first());
    return file.isFile() ? file.absoluteFilePath() : QString();
}

void LoadTestPage::setFollowing(bool on)
{
    const auto &tests = m_session.assessment().loadTests;
    const int index = m_tests->currentIndex();
    if (!on || index < 0 || index >= int(tests.size()))
        return m_follow->stop();
    m_follow->start(followedFile(tests[size_t(index)]), tests[size_t(index)]);
}

void LoadTestPage::hideEvent(QHideEvent *event)
{
    m_followButton->setChecked(false); // nobody looks
    QScrollArea::hideEvent(event);
}

std::vector<GridPanel> LoadTestPage::panels() const
{
    return {{m_knee.panel, false},    {m_capacity, false},         {m_run.panel, false},
            {m_scaling.panel, false}, {m_latency.panel, false},    {m_histogram.panel, false},
            {m_heatmap.panel, true},  {m_comparison, true},        {m_details->steps(), true},
            {m_details->about(), false}, {m_details->labels(), false}};
}

void LoadTestPage::arrange()
{
    const std::vector<GridPanel> places = panels();
    for (PictureView *view : views())
        if (view != m_comparison->view())
            view->setMinimumHeight(std::clamp(width() / 6, 280, 400));
    arrangePanels(*m_grid, places, width() >= twoInARow);
    m_hidden.clear();
    for (const GridPanel &place : places)
        m_hidden.push_back(place.panel->isHidden());
}

// A panel that is shown before it has a place in the grid would lie on the others.
void LoadTestPage::arrangeAnew()
{
    const auto isHidden = [](const GridPanel &place) { return place.panel->isHidden(); };
    if (!std::ranges::equal(panels(), m_hidden, {}, isHidden))
        arrange();
}

void LoadTestPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        arrange();
}

void LoadTestPage::toggleTable()
{
    const auto all = views();
    for (PictureView *view : all) {
        if (view->hasFocus() || view->isAncestorOf(QApplication::focusWidget())) {
            view->setTableShown(!view->isTableShown());
            return;
        }
    }
    m_knee.view->setTableShown(!m_knee.view->isTableShown());
}

} // namespace tenken
