// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts/comparisonsample.h"
#include "parts/countingdevice.h"
#include "parts/sheet.h"

#include <parts/charts.h>
#include <parts/charts/heatgrid.h>
#include <parts/charts/histogrambins.h>
#include <parts/charts/plotview.h>
#include <parts/charts/runaxis.h>
#include <parts/panel.h>
#include <parts/pictureexport.h>
#include <parts/style.h>

#include <QApplication>
#include <QAreaSeries>
#include <QClipboard>
#include <QLineSeries>
#include <QMimeData>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace tenken;

/// Charts of load tests: what they draw, counted as items, and what a person can do with them.
class TestCharts : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void heatGridLosesNothing();
    void heatGridOfOddRuns_data();
    void heatGridOfOddRuns();
    void heatClassesAreNice_data();
    void heatClassesAreNice();
    void rampSurvivesGrey();
    void heatmapDrawsItsClasses();
    void binsAddUp_data();
    void binsAddUp();
    void histogramMarksPercentiles();
    void histogramHidesChance();
    void histogramOfStatedFigures();
    void runOfStretches();
    void runOfStepsAlone();
    void stepsStandAboveTheRun();
    void withoutClock();
    void kneeLeavesOutWhatIsNotStated();
    void nothingIsHarmless();
    void linearAndLog();
    void zoomOnLogAxis();
    void dragSelectsThenPans();
    void wheelNeedsFocusOrCtrl();
    void comparisonShowsBoth();
    void comparisonOfNothing();
    void closedLoopsGoByUsers();
    void bandIsTheLawsOwn();
    void outOfReachIsSaid();
    void summaries_data();
    void summaries();
    void copiesAndSaves();
    void facetTables();
    void buttonsInThePanel();
    void manySecondsOpenAtOnce();
};

namespace {

const PictureStyle english{&lightColours(), Lang::En, 1, {}};

Drawn drawn(QChart *chart, QSize size = {904, 420})
{
    CountingDevice device(size);
    QPainter p(&device);
    drawChart(p, QRectF(QPointF(0, 0), QSizeF(size)), chart);
    p.end();
    return device.drawn();
}

LoadTestPicture withRun(LoadTestRun run)
{
    LoadTestPicture t;
    t.run = std::make_shared<LoadTestRun>(std::move(run));
    return t;
}

LoadTestRun secondsOf(std::initializer_list<std::initializer_list<qint64>> latenciesUs)
{
    LoadTestRun run;
    qint64 at = 1'762'909'200;
    for (const auto &second : latenciesUs) {
        LoadSecond s;
        s.second = at++;
        for (const qint64 us : second) {
            s.latency.add(us);
            ++s.started;
            ++s.completed;
        }
        run.latency.merge(s.latency);
        run.samples += s.completed;
        run.seconds.push_back(std::move(s));
    }
    return run;
}

/// What wrk says of three files, one per number of connections.
LoadTestRun aggregatesOnly()
{
    LoadTestRun run;
    run.tool = QStringLiteral("wrk");
    run.hasClock = false;
    for (int i = 0; i < 3; ++i) {
        LoadAggregate a;
        a.start = i * 30.0;
        a.end = a.start + 30;
        a.users = 1 << i;
        a.completed = 3'000 * (i + 1);
        a.failed = i == 2 ? 90 : 0;
        a.percentiles = {{0.5, 8.0 + i}, {0.95, 20.0 * (i + 1)}, {0.99, 30.0 * (i + 1)}};
        run.samples += a.completed;
        run.errors += a.failed;
        run.aggregates.push_back(a);
    }
    run.endSeconds = 90;
    return run;
}

} // namespace

void TestCharts::heatGridLosesNothing()
{
    const auto run = samples::run();
    for (const int columns : {1, 7, 160, 100'000}) {
        const HeatGrid grid = heatGridOf(*run, columns, 1, 44);
        QVERIFY(grid.columns <= columns && grid.rows <= 44);
        qint64 sum = 0;
        for (const qint64 n : grid.counts)
            sum += n;
        QCOMPARE(sum, run->latency.count());
        QVERIFY(grid.edgeMs(0) <= run->latency.minMs());
        QVERIFY(grid.edgeMs(grid.rows) >= run->latency.maxMs());
    }
}

void TestCharts::heatGridOfOddRuns_data()
{
    QTest::addColumn<LoadTestRun>("run");
    QTest::addColumn<qint64>("most");
    QTest::newRow("nothing") << LoadTestRun() << qint64(0);
    QTest::newRow("seconds without samples") << secondsOf({{}, {}, {}}) << qint64(0);
    QTest::newRow("one request") << secondsOf({{5'000}}) << qint64(1);
    QTest::newRow("all the same") << secondsOf({{5'000, 5'000}, {5'000}}) << qint64(2);
    QTest::newRow("a latency of zero") << secondsOf({{0, 5'000}}) << qint64(1);
    QTest::newRow("an hour") << secondsOf({{1, 3'600'000'000}}) << qint64(1);
    QTest::newRow("a hole") << secondsOf({{5'000}, {}, {7'000, 7'000, 7'000}}) << qint64(3);
    QTest::newRow("aggregates") << aggregatesOnly() << qint64(0);
}

void TestCharts::heatGridOfOddRuns()
{
    QFETCH(LoadTestRun, run);
    QFETCH(qint64, most);
    const HeatGrid grid = heatGridOf(run, 160, 1, 44);
    QCOMPARE(grid.most, most);
    QCOMPARE(grid.isEmpty(), most == 0);
    const Drawn seen = drawn(heatmapChart(withRun(run), english));
    QCOMPARE(seen.says(QStringLiteral("no samples")), most == 0);
}

void TestCharts::heatClassesAreNice_data()
{
    QTest::addColumn<qint64>("greatest");
    QTest::addColumn<std::vector<qint64>>("classes");
    QTest::newRow("none") << qint64(0) << std::vector<qint64>{};
    QTest::newRow("one") << qint64(1) << std::vector<qint64>{1};
    QTest::newRow("30") << qint64(30) << std::vector<qint64>{1, 2, 5, 10, 20};
    QTest::newRow("thinned") << qint64(6'000) << std::vector<qint64>{1, 5, 20, 100, 500, 2'000};
    QTest::newRow("endless") << std::numeric_limits<qint64>::max() << std::vector<qint64>{};
}

void TestCharts::heatClassesAreNice()
{
    QFETCH(qint64, greatest);
    QFETCH(std::vector<qint64>, classes);
    const std::vector<qint64> found = heatClasses(greatest, 7);
    QVERIFY(found.size() <= 7);
    QVERIFY(std::ranges::is_sorted(found));
    if (greatest < std::numeric_limits<qint64>::max())
        QCOMPARE(found, classes);
    QCOMPARE(heatClassOf(found, 0), -1);
    if (!found.empty())
        QCOMPARE(heatClassOf(found, greatest), int(found.size()) - 1);
}

void TestCharts::rampSurvivesGrey()
{
    QVERIFY(std::abs(lightness(Qt::white) - 100) < 0.01 && std::abs(lightness(Qt::black)) < 0.01);
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        const std::vector<QColor> ramp = heatRamp(*c, 7);
        const double step = (lightness(ramp.back()) - lightness(ramp.front())) / 6;
        QVERIFY(std::abs(step) > 7); // classes tell apart, also in grey
        QCOMPARE(step < 0, !c->dark); // strong is far from the ground
        for (size_t i = 1; i < ramp.size(); ++i)
            QVERIFY2(std::abs(lightness(ramp[i]) - lightness(ramp[i - 1]) - step) < 1, qPrintable(ramp[i].name()));
        QVERIFY(heatRamp(*c, 0).empty());
        QCOMPARE(heatRamp(*c, 1).size(), size_t(1));
    }
}

void TestCharts::heatmapDrawsItsClasses()
{
    const LoadTestPicture t = samples::loadTest();
    const Drawn seen = drawn(heatmapChart(t, english));
    const HeatGrid grid = heatGridOf(*t.run, 160, 2, 44);
    const std::vector<qint64> classes = heatClasses(grid.most, 7);
    const std::vector<QColor> ramp = heatRamp(lightColours(), int(classes.size()));
    for (size_t i = 0; i < classes.size(); ++i) {
        const bool used = std::ranges::any_of(grid.counts, [&](qint64 n) { return heatClassOf(classes, n) == int(i); });
        QVERIFY(seen.rectsOf(ramp[i]) >= (used ? 2 : 1)); // in the legend, and in the plot
        QVERIFY(seen.says(QStringLiteral("≥ ") + QString::number(classes[i])));
    }
    QVERIFY(seen.rects.size() < 8'000); // neighbours are one
    QVERIFY(seen.says(QStringLiteral("Past the knee")));
    QVERIFY(seen.says(QStringLiteral("Cell 13 s")));
}

void TestCharts::binsAddUp_data()
{
    QTest::addColumn<QList<qint64>>("latenciesUs");
    QTest::addColumn<int>("bins");
    QTest::newRow("nothing") << QList<qint64>{} << 0;
    QTest::newRow("one") << QList<qint64>{10'000} << 1;
    QTest::newRow("zero") << QList<qint64>{0} << 1;
    QTest::newRow("a decade apart") << QList<qint64>{10'100, 101'000, 101'000} << 21;
}

void TestCharts::binsAddUp()
{
    QFETCH(QList<qint64>, latenciesUs);
    QFETCH(int, bins);
    LatencyHistogram latency;
    for (const qint64 us : latenciesUs)
        latency.add(us);
    const std::vector<HistogramBin> found = histogramBins(latency, 20);
    QCOMPARE(int(found.size()), bins);
    qint64 sum = 0;
    for (size_t i = 0; i < found.size(); ++i) {
        sum += found[i].count;
        QVERIFY(found[i].toMs > found[i].fromMs);
        if (i > 0)
            QCOMPARE(found[i].fromMs, found[i - 1].toMs); // no hole on the axis
    }
    QCOMPARE(sum, qint64(latenciesUs.size()));
}

void TestCharts::histogramMarksPercentiles()
{
    LoadTestPicture t = samples::loadTest();
    const Drawn seen = drawn(histogramChart(t, english));
    for (const char *name : {"p50", "p95", "p99", "p99.9"})
        QVERIFY2(seen.says(QString::fromLatin1(name)), name);
    QVERIFY(seen.says(QStringLiteral("Target p99 ≤ 200 ms")));
    const auto bins = histogramBins(t.run->latency, 20);
    const auto filled = std::ranges::count_if(bins, [](const HistogramBin &b) { return b.count > 0; });
    QCOMPARE(seen.rectsOf(lightColours().confidenceBand), int(filled));
}

void TestCharts::histogramHidesChance()
{
    const Drawn seen = drawn(histogramChart(withRun(secondsOf({{5'000, 6'000, 7'000}})), english));
    QVERIFY(seen.says(QStringLiteral("p99 (few samples)")));
    QVERIFY(!seen.says(QStringLiteral("p99.9"))); // of three samples it says nothing at all
}

void TestCharts::histogramOfStatedFigures()
{
    LoadTestRun run = aggregatesOnly();
    run.whole = run.aggregates.back();
    const Drawn seen = drawn(histogramChart(withRun(run), english));
    QVERIFY(seen.says(QStringLiteral("90 ms")));
    QVERIFY(seen.says(QStringLiteral("only the percentiles it states")));
    QVERIFY(!seen.says(QStringLiteral("few samples"))); // how many stand behind them is not known
}

void TestCharts::runOfStretches()
{
    LoadTestRun run = aggregatesOnly();
    run.levels = {{QStringLiteral("c4"), 60, 90, 4, 450}};
    const RunOverTime time = overTime(withRun(run), 400, 5);
    QVERIFY(time.countsAreStretches && time.latenciesAreStretches && !time.hasClock);
    QCOMPARE(time.counts.size(), size_t(3));
    QCOMPARE(time.counts[0].offered, 100.0); // what came is all that is known
    QCOMPARE(time.counts[2].offered, 450.0); // the level says what was wanted
    QCOMPARE(time.counts[2].completed, 297.0);
    QCOMPARE(time.latencies[1].p95, 40.0);
    run.aggregates[1].percentiles = {{0.5, 9}};
    QCOMPARE(overTime(withRun(run), 400, 5).latencies.size(), size_t(2)); // no p95: no band there
    run.aggregates[0].end = run.aggregates[0].start;
    QCOMPARE(overTime(withRun(run), 400, 5).counts.size(), size_t(2)); // a stretch of no length is none
}

void TestCharts::runOfStepsAlone()
{
    LoadTestPicture t;
    t.steps = samples::steps();
    const RunOverTime time = overTime(t, 400, 5);
    QCOMPARE(time.counts.size(), t.steps.size());
    QCOMPARE(time.latencies.size(), t.steps.size());
    QVERIFY(!drawn(runChart(t, english)).says(QStringLiteral("no record")));
    t.steps[3].p95 = 0; // not stated
    QCOMPARE(overTime(t, 400, 5).latencies.size(), t.steps.size() - 1);
}

void TestCharts::stepsStandAboveTheRun()
{
    const LoadTestPicture t = samples::loadTest();
    const Drawn seen = drawn(runChart(t, english));
    const auto marks = std::ranges::count_if(seen.rects, [](const Drawn::Rect &r) {
        return r.fill == lightColours().reference && r.box.bottom() < stepsHeight;
    });
    QCOMPARE(qsizetype(marks), qsizetype(t.steps.size()));
    QVERIFY(seen.texts.contains(QStringLiteral("11")));
}

void TestCharts::withoutClock()
{
    const LoadTestPicture t = withRun(aggregatesOnly());
    const Drawn seen = drawn(runChart(t, english));
    QVERIFY(seen.says(QStringLiteral("Since the start")));
    QVERIFY(seen.says(QStringLiteral("1:00"))); // not a time of day in 1970
    QCOMPARE(momentOf(overTime(t, 10, 1), 3'725, Lang::En), QStringLiteral("1:02:05 after the start"));
}

void TestCharts::kneeLeavesOutWhatIsNotStated()
{
    LoadTestPicture t = samples::loadTest();
    for (LoadStep &s : t.steps)
        s.p95 = -1;
    const std::unique_ptr<Plot> plot(qobject_cast<Plot *>(kneeChart(t, english)));
    QCOMPARE(plot->series().size(), 2);
    for (const PlotReading &r : plot->stops.front().readings)
        QVERIFY(r.name != u"p95");
    QCOMPARE(pictureTable(t, Lang::En)[1][3], QStringLiteral("—"));
    auto silent = std::make_shared<LoadTestRun>();
    silent->knowsErrors = false;
    t.run = silent;
    QCOMPARE(pictureTable(t, Lang::En)[1][5], QStringLiteral("unknown")); // not recorded is not 0 %
    for (LoadStep &s : t.steps)
        s.p50 = s.p99 = 0;
    QVERIFY(drawn(kneeChart(t, english)).says(QStringLiteral("no latencies by step")));
}

void TestCharts::nothingIsHarmless()
{
    LoadTestPicture none, empty = withRun({});
    LoadTestPicture endless = samples::loadTest();
    endless.steps[0].p99 = qInf();
    endless.steps[1].offered = qQNaN();
    for (const LoadTestPicture &t : {none, empty, withRun(aggregatesOnly()), endless})
        for (auto *make : {kneeChart, runChart, latencyOverTimeChart, heatmapChart, histogramChart})
            for (const QSize size : {QSize(1, 1), QSize(90, 40), QSize(600, 300)})
                for (const bool switched : {false, true})
                    drawn(make(t, {&darkColours(), Lang::Ja, 1, {}, switched}), size);
}

void TestCharts::linearAndLog()
{
    PictureView view;
    view.resize(800, 400);
    view.setPicture(samples::loadTest(), PictureView::Facet::Latency);
    view.show();
    const auto plot = [&] { return view.findChild<PlotView *>()->plot(); };
    QVERIFY(view.canSwitchScale());
    const double logMiddle = plot()->py(100);
    QTest::keyClick(view.findChild<PlotView *>(), Qt::Key_L);
    QVERIFY(view.isScaleSwitched());
    QCOMPARE(plot()->yFrom(), 0.0);
    QVERIFY(std::abs(plot()->py(100) - logMiddle) > 20);
    QTest::keyClick(view.findChild<PlotView *>(), Qt::Key_L);
    QVERIFY(!view.isScaleSwitched());
    view.setPicture(samples::capacity());
    QVERIFY(!view.canSwitchScale());
    view.setScaleSwitched(true);
    QVERIFY(!view.isScaleSwitched());
}

void TestCharts::zoomOnLogAxis()
{
    const std::unique_ptr<Plot> plot(qobject_cast<Plot *>(histogramChart(samples::loadTest(), english)));
    plot->resize(800, 400);
    const double from = plot->xFrom(), to = plot->xTo(), middle = std::sqrt(from * to);
    QVERIFY(std::abs(plot->xAt(plot->px(middle)) - middle) < 1e-6 * middle);
    plot->zoomX(2, middle);
    QVERIFY(std::abs(plot->xTo() / plot->xFrom() - std::sqrt(to / from)) < 1e-6 * to / from); // half of the decades
    QVERIFY(plot->showsX(middle));
    plot->panX(10);
    QCOMPARE(plot->xTo(), to); // and not beyond the end
    plot->zoomX(0.001, middle);
    QVERIFY(!plot->isZoomed());
    QCOMPARE(plot->xFrom(), from);
}

void TestCharts::dragSelectsThenPans()
{
    PlotView view;
    view.resize(800, 360);
    view.setPlot(qobject_cast<Plot *>(kneeChart(samples::loadTest(), english)), Lang::En);
    view.show();
    const auto point = [&](double x) { return QPointF(view.plot()->px(x), view.plot()->plotArea().center().y()).toPoint(); };
    const QPoint from = point(100), to = point(200);
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(view.viewport(), to);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
    QVERIFY(view.plot()->isZoomed());
    QVERIFY(std::abs(view.plot()->xFrom() - 100) < 2 && std::abs(view.plot()->xTo() - 200) < 2);
    const double before = view.plot()->xFrom();
    const QPoint start = view.plot()->plotArea().center().toPoint();
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, start);
    QTest::mouseMove(view.viewport(), start + QPoint(100, 0));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, start + QPoint(100, 0));
    QVERIFY(view.plot()->xFrom() < before); // the paper follows the hand
    QTest::keyClick(&view, Qt::Key_0);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, from);
    QVERIFY(!view.plot()->isZoomed()); // a click is no stretch
}

void TestCharts::wheelNeedsFocusOrCtrl()
{
    QWidget window;
    PlotView view(&window);
    view.resize(800, 360);
    view.setPlot(qobject_cast<Plot *>(kneeChart(samples::loadTest(), english)), Lang::En);
    window.show();
    const auto turn = [&](int by, Qt::KeyboardModifiers modifiers) {
        const QPointF at = view.plot()->plotArea().center();
        QWheelEvent wheel(at, view.mapToGlobal(at), {}, {0, by}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &wheel);
        return wheel.isAccepted();
    };
    view.clearFocus();
    turn(120, Qt::NoModifier);
    QVERIFY(!view.plot()->isZoomed()); // the page scrolls
    turn(120, Qt::ControlModifier);
    QVERIFY(view.plot()->isZoomed());
    QTest::keyClick(&view, Qt::Key_0);
    window.activateWindow();
    view.setFocus();
    QTRY_VERIFY(view.hasFocus());
    turn(120, Qt::NoModifier);
    QVERIFY(view.plot()->isZoomed());
}

void TestCharts::comparisonShowsBoth()
{
    const ComparisonPicture p = samples::comparison();
    const std::unique_ptr<Plot> plot(qobject_cast<Plot *>(comparisonChart(p, english)));
    QCOMPARE(plot->series().size(), 4); // p50 and p95 of both
    QCOMPARE(plot->stops.size(), p.comparison.levels.size());
    const Drawn seen = drawn(comparisonChart(p, english));
    for (const char *name : {"v41 p50", "v41 p95", "v42 p50", "v42 p95", "Difference of p95"})
        QVERIFY2(seen.says(QString::fromLatin1(name)), name);
    // A difference that is shown is filled in its colour, one that is not stays hollow.
    const auto dots = [&](const QColor &fill) {
        return std::ranges::count_if(seen.rects, [&](const Drawn::Rect &r) { return r.fill == fill && r.box.width() > 7.5 && r.box.width() < 10 && r.box.top() > 290; });
    };
    QCOMPARE(dots(lightColours().fail.text), 7);
    QCOMPARE(dots(lightColours().base), 3);

    PictureView view;
    view.setLanguage(Lang::En);
    view.setComparison(p);
    QVERIFY(!view.isEmpty() && view.canSwitchScale());
    QCOMPARE(view.accessibleDescription(), p.comparison.verdict.en);
    QVERIFY(view.svg().contains("<svg"));
    const QList<QStringList> table = comparisonTable(p, Lang::En);
    QCOMPARE(table.size(), qsizetype(1 + 5 * p.comparison.levels.size()));
    QCOMPARE(table[3][3], QStringLiteral("—")); // p99 after: not known
    QVERIFY(view.csv().startsWith(QStringLiteral("\"Offered, req/s\",Figure,v41,v42,Difference")));
    view.setPicture(samples::capacity());
    QVERIFY(!view.csv().contains(QStringLiteral("v41")));
}

void TestCharts::comparisonOfNothing()
{
    ComparisonPicture none, strange = samples::comparison();
    strange.comparison.levels[0].p95.high = qInf();
    strange.comparison.levels[1].load = qQNaN();
    strange.before[0].offered = qQNaN();
    strange.after[0].p95 = qInf();
    for (const ComparisonPicture &p : {none, strange})
        for (const QSize size : {QSize(1, 1), QSize(90, 40), QSize(600, 300)})
            drawn(comparisonChart(p, {&darkColours(), Lang::Ja, 1, {}}), size);
    QCOMPARE(comparisonTable(none, Lang::Ja).size(), 1);
    QVERIFY(drawn(comparisonChart(none, english)).says(QStringLiteral("no latencies")));
}

void TestCharts::closedLoopsGoByUsers()
{
    LoadTestPicture t = samples::loadTest();
    auto run = std::make_shared<LoadTestRun>(*t.run);
    run->model = LoadModel::Closed;
    t.run = run;
    for (size_t i = 0; i < t.steps.size(); ++i)
        t.steps[i].users = double(1 << i);
    t.knee.users = 64;
    t.knee.firstBadUsers = 128;
    t.steps[10].offered = 150; // more users, less throughput: the curve goes on to the right
    const std::unique_ptr<Plot> plot(qobject_cast<Plot *>(kneeChart(t, english)));
    QVERIFY(plot->xTo() > 1'024);
    QVERIFY(std::ranges::is_sorted(plot->stops, {}, &PlotStop::x));
    const Drawn seen = drawn(kneeChart(t, english));
    QVERIFY(seen.says(QStringLiteral("at 64 users, next 128")));
    QVERIFY(seen.says(QStringLiteral("Concurrency")));
    QVERIFY(!seen.says(QStringLiteral("Declared"))); // a rate has no place on an axis of users
    t.steps[3].users = -1; // one that does not say: by rate, as before
    QVERIFY(drawn(kneeChart(t, english)).says(QStringLiteral("Offered load")));
}

void TestCharts::bandIsTheLawsOwn()
{
    Scaling s = samples::scaling();
    QVERIFY(s.fit);
    const std::unique_ptr<QChart> chart(scalingChart(s, english));
    for (const QAbstractSeries *series : chart->series())
        if (const auto *area = qobject_cast<const QAreaSeries *>(series)) {
            const QPointF above = area->upperSeries()->points().at(40), below = area->lowerSeries()->points().at(40);
            const double half = s.fit->bandAt(above.x());
            QVERIFY(std::abs((above.y() - below.y()) / 2 - half) < 1e-6 * (1 + half));
            return;
        }
    QFAIL("no band");
}

void TestCharts::outOfReachIsSaid()
{
    CapacityPlan plan = samples::capacity();
    plan.events.back().unreachable = true;
    plan.events.back().peakPods = 1'000'000;
    plan.events.back().mostRps = 6'500;
    const std::unique_ptr<Plot> plot(qobject_cast<Plot *>(capacityChart(plan, english)));
    QVERIFY(plot->xTo() < 200); // the others are still to be seen
    const Drawn seen = drawn(capacityChart(plan, english));
    QVERIFY(seen.says(QStringLiteral("no number of pods reaches it (at most 6,500 req/s)")));
    QVERIFY(!seen.says(QStringLiteral("1,000,000")));
}

void TestCharts::summaries_data()
{
    QTest::addColumn<std::shared_ptr<Picture>>("picture");
    QTest::addColumn<int>("facet");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, Picture p, PictureView::Facet facet, const char *words) {
        QTest::newRow(name) << std::make_shared<Picture>(std::move(p)) << int(facet) << QString::fromUtf8(words);
    };
    using enum PictureView::Facet;
    row("knee", samples::loadTest(), Knee, "Knee 160 (in 160–180");
    row("run", samples::loadTest(), Run, "Past the knee at");
    row("latency", samples::loadTest(), Latency, "p95 between");
    row("heatmap", samples::loadTest(), Heatmap, "the strongest holds");
    row("histogram", samples::loadTest(), Histogram, "277,200 requests");
    row("capacity", samples::capacity(), Knee, "New Year needs 141 pods (61 short)");
    row("scaling", samples::scaling(), Knee, "efficiency 95 % at 16 pods");
}

void TestCharts::summaries()
{
    QFETCH(std::shared_ptr<Picture>, picture);
    QFETCH(int, facet);
    QFETCH(QString, words);
    PictureView view;
    view.setLanguage(Lang::En);
    view.setPicture(picture, PictureView::Facet(facet));
    const auto *plot = view.findChild<PlotView *>();
    QVERIFY2(plot->accessibleDescription().contains(words), qPrintable(plot->accessibleDescription()));
    QVERIFY(!plot->accessibleName().isEmpty());
    view.setLanguage(Lang::Ja);
    QVERIFY(!plot->accessibleDescription().isEmpty() && !plot->accessibleDescription().contains(words));
}

void TestCharts::copiesAndSaves()
{
    PictureView view;
    view.setLanguage(Lang::En);
    view.resize(800, 400);
    view.setPicture(samples::loadTest(), PictureView::Facet::Histogram);
    view.show();
    QTest::keyClick(view.findChild<PlotView *>(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->mimeData()->hasImage());
    QVERIFY(QApplication::clipboard()->mimeData()->data(QStringLiteral("image/svg+xml")).contains("<svg"));
    view.copySvg();
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("</svg>")));
    view.copyTable();
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("Latency from,Latency to,Requests")));

    const QTemporaryDir folder;
    const auto saved = [&](const char *name) {
        const QString path = folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        return savePicture(path, view) && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(saved("a.png").startsWith("\x89PNG"));
    QVERIFY(saved("a.svg").contains("<svg"));
    QVERIFY(saved("a.SVG").contains("<svg"));
    QVERIFY(saved("a.csv").startsWith("Latency from"));
    QVERIFY(!savePicture(folder.filePath(QStringLiteral("missing/a.png")), view));
}

void TestCharts::facetTables()
{
    const LoadTestPicture t = samples::loadTest();
    using enum PictureView::Facet;
    QSet<QString> headers;
    for (const auto facet : {Knee, Run, Heatmap, Histogram}) {
        const QList<QStringList> rows = facetTable(t, facet, Lang::En);
        QVERIFY(rows.size() > 5);
        headers.insert(rows.first().join(u'|'));
        for (const QStringList &row : rows)
            QCOMPARE(row.size(), rows.first().size());
    }
    QCOMPARE(headers.size(), 4);
    QCOMPARE(facetTable(t, Histogram, Lang::En).last().last(), QStringLiteral("100 %"));
    QCOMPARE(facetTable(LoadTestPicture(), Histogram, Lang::En).size(), 1);
    QCOMPARE(facetTable(LoadTestPicture(), Heatmap, Lang::En).size(), 1);
}

void TestCharts::buttonsInThePanel()
{
    Panel panel;
    auto *view = new PictureView(&panel);
    view->setTitleShown(false);
    view->setAccessibleName(QStringLiteral("Where does latency jump?"));
    view->setLanguage(Lang::En);
    view->addButtonsTo(&panel);
    view->setPicture(samples::loadTest());
    panel.show();
    const auto buttons = panel.findChildren<QToolButton *>();
    for (const QToolButton *button : buttons)
        QVERIFY(!button->accessibleName().isEmpty());
    QCOMPARE(view->accessibleName(), QStringLiteral("Where does latency jump?"));
    const auto named = [&](const char *name) {
        return *std::ranges::find_if(buttons, [&](const QToolButton *b) {
            return b->isVisible() && b->accessibleName().startsWith(QString::fromLatin1(name));
        });
    };
    named("Logarithmic")->click();
    QVERIFY(view->isScaleSwitched());
    named("Show as table")->click();
    QVERIFY(view->isTableShown());
}

void TestCharts::manySecondsOpenAtOnce()
{
    // An hour at 2,800 requests a second: ten million samples.
    LoadTestRun run;
    LatencyHistogram second;
    for (int i = 0; i < 2'800; ++i)
        second.add(qint64(2'000 * std::exp(4.0 * i / 2'800)));
    for (int i = 0; i < 3'600; ++i) {
        LoadSecond s;
        s.second = 1'762'909'200 + i;
        s.started = s.completed = 2'800;
        s.latency = second;
        run.samples += s.completed;
        run.seconds.push_back(s);
    }
    run.latency = second;
    const LoadTestPicture t = withRun(std::move(run));
    for (auto *make : {kneeChart, runChart, latencyOverTimeChart, heatmapChart, histogramChart}) {
        QElapsedTimer timer;
        timer.start();
        const std::unique_ptr<QChart> chart(make(t, english));
        qInfo() << timer.elapsed() << "ms"; // some 10 on an idle machine
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
    }
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
