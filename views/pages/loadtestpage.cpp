// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestpage.h>

#include <evidence/numbers.h>
#include <pages/label.h>
#include <pages/loadtestwords.h>
#include <parts/badge.h>
#include <parts/emptystate.h>
#include <parts/panel.h>
#include <parts/pictureview.h>
#include <review/session.h>

#include <QApplication>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace tenken {

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
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    m_tests = new QComboBox;
    m_tests->setAccessibleName(in({"試験を選ぶ", "Choose a test"}));
    m_tests->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_about = new Label(Type::Caption, Label::Ink::Text2);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWrapped();
    head->addWidget(m_tests);
    head->addWidget(m_about, 1);
    inner->addLayout(head);
    inner->addWidget(buildFigures());
    m_charts = new QGridLayout;
    m_charts->setSpacing(16);
    m_knee = addChart({"遅延が跳ねるのはどこか", "Where does latency jump?"}, m_kneePanel);
    m_capacity = addChart({"行事に足りるか", "Is it enough for the events?"}, m_capacityPanel);
    m_run = addChart({"試験の経過: 投入と完了", "The run: offered and completed"}, m_runPanel);
    m_scaling = addChart({"Pod を増やすと伸びるか", "Do more Pods help?"}, m_scalingPanel);
    m_latency = addChart({"試験の経過: 遅延の幅 p50–p95", "The run: latency p50–p95"}, m_latencyPanel);
    inner->addLayout(m_charts, 1);
    m_empty = buildEmpty();
    column->addWidget(m_empty, 1);
    column->addWidget(m_content, 1);
    setWidget(whole);
    connect(m_tests, &QComboBox::currentIndexChanged, this, &LoadTestPage::refresh);
    connect(&session, &Session::loaded, this, &LoadTestPage::refill);
    arrange(1600);
    refill();
}

QWidget *LoadTestPage::buildEmpty()
{
    auto *empty = new EmptyState;
    empty->setText(in({"負荷試験がありません。", "There are no load tests."}),
                   in({"service.yaml の evidence.loadtests に結果のファイルを書くと、膝と必要な Pod 数を求めます。",
                       "Write result files under evidence.loadtests in service.yaml: the knee and the pods needed follow."}));
    return empty;
}

QWidget *LoadTestPage::buildFigures()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    for (Figure &figure : m_figures) {
        figure.panel = new tenken::Panel;
        QVBoxLayout *body = figure.panel->body();
        body->setSpacing(0);
        figure.name = new Label(Type::CaptionBold, Label::Ink::Text2);
        figure.value = new Label(Type::KeyFigure);
        figure.unit = new Label(Type::Body, Label::Ink::Text2);
        figure.note = new Label(Type::Caption, Label::Ink::Text2);
        figure.note->setWrapped();
        auto *line = new QHBoxLayout;
        line->setSpacing(6);
        line->addWidget(figure.value);
        line->addWidget(figure.unit, 0, Qt::AlignBottom);
        line->addStretch(1);
        body->addWidget(figure.name);
        body->addLayout(line);
        body->addWidget(figure.note);
        row->addWidget(figure.panel, 1);
    }
    return box;
}

PictureView *LoadTestPage::addChart(const Text &question, tenken::Panel *&panel)
{
    panel = new tenken::Panel;
    panel->setTitle(in(question));
    auto *view = new PictureView;
    view->setLanguage(m_lang);
    view->setTitleShown(false);
    view->setAccessibleName(in(question));
    view->setMinimumHeight(280);
    panel->body()->addWidget(view, 1);
    return view;
}

void LoadTestPage::refill()
{
    const auto &tests = m_session.assessment().loadTests;
    m_empty->setVisible(tests.empty());
    m_content->setVisible(!tests.empty());
    const QString before = m_tests->currentText();
    {
        const QSignalBlocker quiet(m_tests);
        m_tests->clear();
        for (const LoadTestPicture &test : tests)
            m_tests->addItem(test.id);
        const int again = m_tests->findText(before);
        m_tests->setCurrentIndex(again >= 0 ? again : bestTest(tests));
    }
    refresh();
}

void LoadTestPage::refresh()
{
    const Assessment &assessment = m_session.assessment();
    const int index = m_tests->currentIndex();
    if (index < 0 || index >= int(assessment.loadTests.size()))
        return;
    const LoadTestPicture &test = assessment.loadTests[size_t(index)];
    m_about->setText(aboutTest(test, m_lang));
    showFigures(test);
    m_knee->setPicture(Picture(test), PictureView::Facet::Knee);
    m_run->setPicture(Picture(test), PictureView::Facet::Run);
    m_latency->setPicture(Picture(test), PictureView::Facet::Latency);
    m_capacityPanel->setVisible(assessment.capacity.has_value());
    if (assessment.capacity) {
        m_capacityPanel->setTitle(in({"行事に足りるか", "Is it enough for the events?"}), aboutPlan(*assessment.capacity, m_lang));
        m_capacity->setPicture(Picture(*assessment.capacity));
    }
    const bool scaling = assessment.scaling && assessment.scaling->points.size() >= 2;
    m_scalingPanel->setVisible(scaling);
    if (scaling) {
        m_scalingPanel->setTitle(in({"Pod を増やすと伸びるか", "Do more Pods help?"}), aboutScaling(*assessment.scaling, m_lang));
        m_scaling->setPicture(Picture(*assessment.scaling));
    }
}

void LoadTestPage::setFigure(Figure &figure, const FigureText &text)
{
    figure.name->setText(in(text.name));
    figure.value->setText(text.value.isEmpty() ? QStringLiteral("–") : text.value);
    figure.unit->setText(text.unit);
    figure.note->setText(in(text.note));
    const Colours &c = coloursFor(qApp->palette());
    const bool bad = text.verdict == Verdict::Fail;
    figure.value->setInk(bad ? Label::Ink::Fail : Label::Ink::Text);
    figure.note->setInk(bad ? Label::Ink::Fail : text.verdict == Verdict::Pass ? Label::Ink::Pass
                            : text.verdict == Verdict::Warn                    ? Label::Ink::Warn
                                                                               : Label::Ink::Text2);
    figure.panel->setEdge(bad ? c.fail.mark : QColor());
    figure.panel->setAccessibleName(QStringLiteral("%1: %2 %3. %4").arg(in(text.name), figure.value->text(), text.unit, in(text.note)));
}

void LoadTestPage::showFigures(const LoadTestPicture &test)
{
    const double pods = std::max(1, test.pods);
    const Knee &knee = test.knee;
    const QString unit = QStringLiteral("req/s / Pod");
    FigureText first{knee.reached ? Text{"膝 (遅延が跳ねる手前)", "Knee (before latency jumps)"} : Text{"膝なし: 少なくとも", "No knee: at least"},
                     knee.usable ? formatNumber(knee.throughput / pods) : QString(), unit, kneeNote(knee, pods)};
    setFigure(m_figures[0], first);
    FigureText declared{{"申告値", "Declared"}, test.declaredPerPod ? formatNumber(*test.declaredPerPod) : QString(), unit,
                        {"service.yaml に capacity.per-pod がありません", "capacity.per-pod is not in service.yaml"}};
    if (test.declaredPerPod && knee.usable) {
        declared.verdict = *test.declaredPerPod <= knee.throughput / pods ? Verdict::Pass : Verdict::Fail;
        declared.note = Text{"膝の %1 %", "%1 % of the knee"}.arg(formatNumber(std::round(100 * *test.declaredPerPod * pods / knee.throughput)));
    }
    setFigure(m_figures[1], declared);
    const LatencyAtLoad latency = latencyAt(test, test.declaredPerPod.value_or(knee.throughput / pods));
    FigureText third{Text{"申告値での %1", "%1 at the declared rate"}.arg(latency.percentile), latency.known ? formatMs(latency.ms) : QString(), {}, {}};
    if (latency.known && test.targetMs) {
        third.verdict = latency.ms <= *test.targetMs ? Verdict::Pass : Verdict::Fail;
        third.note = Text{"目標 ≤ %1", "target ≤ %1"}.arg(formatMs(*test.targetMs));
    }
    setFigure(m_figures[2], third);
    FigureText errors{{"最初のエラー", "First errors"}, knee.firstErrors > 0 ? formatNumber(knee.firstErrors / pods) : QString(),
                      knee.firstErrors > 0 ? unit : QString(), {"エラー率 1 % を超えた段はありません", "no step above 1 % errors"}};
    if (knee.firstErrors > 0 && knee.usable && knee.offered > 0)
        errors.note = Text{"膝の %1 倍。ここを容量にしない", "%1 × the knee: not the capacity"}.arg(formatNumber(knee.firstErrors / knee.offered));
    setFigure(m_figures[3], errors);
    setFigure(m_figures[4], [&] {
        FigureText need{{"最大の行事に要る Pod", "Pods for the largest event"}, {}, QStringLiteral("Pod"), {"行事が書かれていません", "no events declared"}};
        const auto &plan = m_session.assessment().capacity;
        if (!plan || plan->events.empty())
            return need;
        need.value = formatNumber(plan->largestNeed());
        need.note = Text{"自動拡縮の上限は不明", "the autoscaler's maximum is unknown"};
        if (plan->maxReplicas) {
            need.verdict = plan->largestNeed() <= *plan->maxReplicas ? Verdict::Pass : Verdict::Fail;
            need.note = Text{"HPA 最大 %1", "HPA maximum %1"}.arg(*plan->maxReplicas);
        }
        return need;
    }());
}

void LoadTestPage::arrange(int width)
{
    for (tenken::Panel *panel : {m_kneePanel, m_capacityPanel, m_runPanel, m_scalingPanel, m_latencyPanel})
        m_charts->removeWidget(panel);
    const bool wide = width >= 1100;
    m_charts->setColumnStretch(0, 904);
    m_charts->setColumnStretch(1, wide ? 632 : 0);
    m_charts->addWidget(m_kneePanel, 0, 0);
    m_charts->addWidget(m_capacityPanel, wide ? 0 : 1, wide ? 1 : 0);
    m_charts->addWidget(m_runPanel, wide ? 1 : 2, 0);
    m_charts->addWidget(m_scalingPanel, wide ? 1 : 3, wide ? 1 : 0, wide ? 2 : 1, 1);
    m_charts->addWidget(m_latencyPanel, wide ? 2 : 4, 0);
}

void LoadTestPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if ((event->size().width() >= 1100) != (event->oldSize().width() >= 1100))
        arrange(event->size().width());
}

void LoadTestPage::toggleTable()
{
    for (PictureView *view : {m_knee, m_capacity, m_run, m_scaling, m_latency}) {
        if (view->hasFocus() || view->isAncestorOf(QApplication::focusWidget())) {
            view->setTableShown(!view->isTableShown());
            return;
        }
    }
    m_knee->setTableShown(!m_knee->isTableShown());
}

} // namespace tenken
