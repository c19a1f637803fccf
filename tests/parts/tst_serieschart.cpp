// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts/countingdevice.h"

#include <parts/charts.h>
#include <parts/charts/plotview.h>
#include <parts/charts/seriespanels.h>
#include <parts/pictureview.h>
#include <parts/style.h>

#include <QLineSeries>
#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

constexpr double start = 1'794'409'200; ///< 2026-11-12 00:00 in Tokyo

MetricSeries series(const QString &metric, const QString &unit, const std::vector<double> &values,
                    double step = 600)
{
    MetricSeries s;
    s.metric = metric;
    s.unit = unit;
    for (size_t i = 0; i < values.size(); ++i)
        s.points.emplace_back(start + step * double(i), values[i]);
    return s;
}

SeriesPicture pictureOf(std::vector<MetricSeries> list)
{
    SeriesPicture p;
    p.title = {"題", "Title"};
    p.series = std::move(list);
    p.timeZone = u"Asia/Tokyo"_s;
    return p;
}

std::unique_ptr<Plot> plotOf(const SeriesPicture &picture, Lang lang = Lang::En)
{
    std::unique_ptr<Plot> plot(qobject_cast<Plot *>(seriesChart(picture, {&lightColours(), lang, 1, {}})));
    plot->resize(900, 500);
    return plot;
}

int linesOf(const Plot &plot)
{
    int count = 0;
    for (const QAbstractSeries *s : plot.series())
        count += qobject_cast<const QLineSeries *>(s) != nullptr;
    return count;
}

} // namespace

/// Series of a snapshot: what a chart of them draws, and what it says.
class TestSeriesChart : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void eachUnitHasItsBand();
    void unknownUnitsShareNothing();
    void bandsDoNotOverlap();
    void farThresholdsDoNotPressFlat();
    void readoutNamesEverything();
    void gapInTheReadout();
    void lonePointIsDrawn();
    void saysWhyThereIsNothing_data();
    void saysWhyThereIsNothing();
    void timesOfItsZone();
    void thresholdsAndWindowsAreDrawn();
    void manySeriesAreBounded();
    void keysAndTable();
};

void TestSeriesChart::eachUnitHasItsBand()
{
    const SeriesPicture picture =
        pictureOf({series(u"latency"_s, u"ms"_s, {80, 90}), series(u"memory"_s, u"B"_s, {6e8, 7e8}),
                   series(u"p50"_s, u"ms"_s, {20, 30})});
    const SeriesPanels panels = panelsOf(picture);
    QCOMPARE(panels.panels.size(), 2u);
    QCOMPARE(panelCount(picture), 2u);
    QCOMPARE(panels.panels[0].series, (std::vector<size_t>{0, 2}));
    QCOMPARE(panels.panels[1].unit.name, u"MiB"_s);
    QCOMPARE(panels.panelOf(2), &panels.panels[0]);
    QCOMPARE(panels.panelOf(9), nullptr);
    QVERIFY(panels.panels[0].base > panels.panels[1].top()); // the first is above
    QCOMPARE(linesOf(*plotOf(picture)), 3);
    const PictureStyle style{&lightColours(), Lang::En, 1, {}};
    QVERIFY(pictureHeight(picture, 600, style) > pictureHeight(pictureOf({picture.series[0]}), 600, style));
}

void TestSeriesChart::unknownUnitsShareNothing()
{
    QCOMPARE(panelsOf(pictureOf({series(u"a"_s, {}, {1}), series(u"b"_s, {}, {1e6})})).panels.size(), 2u);
    QCOMPARE(panelsOf(pictureOf({series(u"a"_s, {}, {1}), series(u"a"_s, {}, {2})})).panels.size(), 1u);
}

void TestSeriesChart::bandsDoNotOverlap()
{
    std::vector<MetricSeries> list;
    for (int i = 0; i < 9; ++i)
        list.push_back(series(u"m%1"_s.arg(i), u"u%1"_s.arg(i), {-5.0 * i, 10.0 * i, 3}));
    const SeriesPanels panels = panelsOf(pictureOf(list));
    QCOMPARE(panels.panels.size(), SeriesPanels::mostPanels);
    QCOMPARE(panels.left, 3u); // said, and in the table
    for (size_t i = 0; i < panels.panels.size(); ++i) {
        const SeriesPanel &p = panels.panels[i];
        for (const auto &[at, value] : list[i].points) {
            QVERIFY(p.y(value) >= p.base && p.y(value) <= p.top());
            QVERIFY(p.y(value) >= panels.low && p.y(value) <= panels.high);
        }
        if (i > 0)
            QVERIFY(p.top() < panels.panels[i - 1].base);
    }
}

void TestSeriesChart::farThresholdsDoNotPressFlat()
{
    SeriesPicture picture = pictureOf({series(u"a"_s, u"ms"_s, {1, 2})});
    picture.thresholds = {{0, 5, true, u">"_s, {}, u"near"_s}, {0, 5'000, true, u">"_s, {}, u"far"_s}};
    const SeriesPanel panel = panelsOf(picture).panels.front();
    QVERIFY(panel.high >= 5 && panel.high < 10);
}

void TestSeriesChart::readoutNamesEverything()
{
    const auto plot = plotOf(pictureOf(
        {series(u"latency"_s, u"ms"_s, {80, 2'500}), series(u"memory"_s, u"B"_s, {512, 1'048'576})}));
    QCOMPARE(plot->stops.size(), 2u);
    QCOMPARE(plot->stops[1].heading, u"2026-11-12 (Thu) 00:10 JST"_s);
    QCOMPARE(plot->stops[1].readings[0].name, u"latency"_s);
    QCOMPARE(plot->stops[1].readings[0].value, u"2.5 s"_s);
    QCOMPARE(plot->stops[1].readings[1].value, u"1 MiB"_s);
    QVERIFY(plot->summary.contains(u"latency"_s) && plot->summary.contains(u"every 10 min"_s));
    QVERIFY(plotOf(pictureOf({series(u"a"_s, u"ms"_s, {1, 2})}), Lang::Ja)
                ->stops[0]
                .heading.startsWith(u"2026-11-12 (木)"_s));
}

void TestSeriesChart::gapInTheReadout()
{
    const auto plot = plotOf(pictureOf({series(u"a"_s, u"req/s"_s, {1, qQNaN(), 0, 4})}));
    QCOMPARE(plot->stops.size(), 4u); // where there is no value one can stop and read that
    QCOMPARE(plot->stops[1].readings[0].value, u"no value"_s);
    QVERIFY(std::isnan(plot->stops[1].readings[0].y)); // and no dot stands at zero
    QCOMPARE(plot->stops[2].readings[0].value, u"0 req/s"_s);
    QCOMPARE(linesOf(*plot), 1); // 0–4; the 1 stands alone
}

void TestSeriesChart::lonePointIsDrawn()
{
    SeriesPicture picture = pictureOf({series(u"a"_s, u"ms"_s, {7})});
    const PictureStyle style{&lightColours(), Lang::En, 1, {}};
    const auto dots = [&] {
        QImage image(600, 300, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter p(&image);
        drawChart(p, image.rect(), seriesChart(picture, style));
        p.end();
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                found += image.pixelColor(x, y) == lightColours().p95;
        return found;
    };
    QVERIFY(dots() > 10);
    picture.series[0].points[0].second = qQNaN();
    QCOMPARE(dots(), 0);
}

void TestSeriesChart::saysWhyThereIsNothing_data()
{
    QTest::addColumn<SeriesPicture>("picture");
    QTest::addColumn<QString>("words");
    const QString noData = u"No data for this query."_s;
    QTest::newRow("no points") << pictureOf({series(u"a"_s, u"ms"_s, {})}) << noData;
    QTest::newRow("nulls alone") << pictureOf({series(u"a"_s, u"ms"_s, {qQNaN(), qQNaN()})}) << noData;
    QTest::newRow("no series") << pictureOf({}) << noData;
    SeriesPicture refused = pictureOf({});
    refused.instead = {"読めません: 403", "Not readable: 403"};
    QTest::newRow("refused") << refused << u"Not readable: 403"_s;
}

void TestSeriesChart::saysWhyThereIsNothing()
{
    QFETCH(SeriesPicture, picture);
    QFETCH(QString, words);
    const auto plot = plotOf(picture);
    QCOMPARE(plot->summary, words);
    QVERIFY(plot->series().isEmpty());
    QVERIFY(plot->stops.empty());
}

void TestSeriesChart::timesOfItsZone()
{
    QCOMPARE(formatMoment(start, 3'600, zoneNamed(u"Asia/Tokyo"_s)), u"00:00"_s);
    QCOMPARE(formatMoment(start, 3'600, zoneNamed(u"UTC"_s)), u"15:00"_s);
    QCOMPARE(zoneNamed(u"No/Where"_s), QTimeZone::systemTimeZone());
    QCOMPARE(zoneNamed({}), QTimeZone::systemTimeZone());
    QCOMPARE(wholeMoment(start + 1, zoneNamed(u"UTC"_s), Lang::Ja), u"2026-11-11 (水) 15:00:01 UTC"_s);
    // Days begin at midnight where the service is, not where the reader is.
    for (const double tick : timeTicks(start + 5'000, start + 7 * 86'400, 7, zoneNamed(u"Asia/Tokyo"_s)))
        QCOMPARE(std::fmod(tick - start, 86'400), 0.0);
    QVERIFY(timeTicks(1, 0, 5).empty());
    QVERIFY(timeTicks(0, qInf(), 5).empty());
    QVERIFY(!wholeMoment(1e300, zoneNamed(u"UTC"_s), Lang::En).isEmpty());
}

void TestSeriesChart::thresholdsAndWindowsAreDrawn()
{
    SeriesPicture picture = pictureOf({series(u"a"_s, u"ms"_s, {80, 90, 100, 120})});
    const PictureStyle style{&lightColours(), Lang::En, 1, {}};
    const auto says = [&](const QString &words) {
        CountingDevice device({900, 500});
        QPainter p(&device);
        drawChart(p, QRectF(0, 0, 900, 500), seriesChart(picture, style));
        p.end();
        return device.drawn().says(words);
    };
    QVERIFY(!says(u"Critical"_s));
    picture.thresholds = {{0, 150, true, u">"_s, u"p95"_s, u"slow"_s},
                          {0, 110, false, u">"_s, {}, u"slow"_s}};
    picture.windows = {{start + 600, start + 900, u"1pod-step"_s}};
    for (const QString &words : {u"Critical > 150 ms · p95"_s, u"Warning > 110 ms"_s,
                                 u"Load test 1pod-step"_s, u"ms · every 10 min"_s, u"Time (JST)"_s})
        QVERIFY2(says(words), qPrintable(words));
    QVERIFY(plotOf(picture)->summary.contains(u"Critical > 150 ms · p95 (slow)"_s));
    picture.windows = {{start - 9'000, start - 8'000, u"before"_s}};
    QVERIFY(!says(u"before"_s));
}

void TestSeriesChart::manySeriesAreBounded()
{
    std::vector<MetricSeries> list;
    for (int i = 0; i < 100; ++i) {
        MetricSeries s = series(u"m"_s, u"ms"_s, {});
        s.scope = u"host:%1"_s.arg(i);
        for (int k = 0; k < 5'000; ++k)
            s.points.emplace_back(start + k * 60 + i * 0.37, k % 7 + i);
        list.push_back(std::move(s));
    }
    const auto plot = plotOf(pictureOf(list));
    QCOMPARE(linesOf(*plot), int(SeriesPanels::mostLines));
    QVERIFY(plot->stops.size() <= 4'000);
}

void TestSeriesChart::keysAndTable()
{
    PictureView view;
    view.setLanguage(Lang::En);
    view.resize(900, 500);
    view.setPicture(Picture(pictureOf({series(u"a"_s, u"ms"_s, {80, 90, qQNaN(), 120})})));
    view.show();
    auto *plot = view.findChild<PlotView *>();
    plot->setFocus();
    QTest::keyClick(plot, Qt::Key_Right);
    QCOMPARE(plot->readout(), u"2026-11-12 (Thu) 00:00 JST: a 80 ms"_s);
    QTest::keyClick(plot, Qt::Key_Plus);
    QVERIFY(plot->plot()->isZoomed());
    QTest::keyClick(plot, Qt::Key_0);
    QVERIFY(!plot->plot()->isZoomed());
    QVERIFY(view.csv().contains(u"a,2026-11-12T00:20:00+09:00,no value"_s));
    QVERIFY(view.csv().contains(u"a,2026-11-12T00:00:00+09:00,80 ms"_s));
}

QTEST_MAIN(TestSeriesChart)
#include "tst_serieschart.moc"
