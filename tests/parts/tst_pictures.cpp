// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/plotview.h>
#include <parts/charts/runbuckets.h>
#include <parts/pictureview.h>
#include <parts/style.h>

#include "parts/samples.h"
#include "parts/sheet.h"

#include <QBuffer>
#include <QLineSeries>
#include <QPdfWriter>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace tenken;

class TestPictures : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void everythingIsDrawn_data();
    void everythingIsDrawn();
    void paperIsVectorAndOpaque_data() { everythingIsDrawn_data(); }
    void paperIsVectorAndOpaque();
    void emptyPicturesAreHarmless();
    void tableEqualsValues();
    void tableOfSeriesKeepsGaps();
    void chartsStaySmall();
    void gapsAreNotBridged();
    void bucketsKeepSums();
    void niceNumbers_data();
    void niceNumbers();
    void keysStepAndZoom();
    void tableKey();
    void restyledOnPaletteChange();
    void csvIsQuoted();
    void kneeNotReachedSaysSo();
};

namespace {

LoadTestPicture notUsable()
{
    LoadTestPicture t;
    t.steps = {samples::steps().front()};
    t.knee.usable = false;
    t.knee.whyNotUsable = {"段が 1 つしかありません。", "There is only one step."};
    return t;
}

const QByteArray pdfOf(const Picture &picture, const PictureStyle &style)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(1200);
        QPainter p(&writer);
        p.scale(1200 / 96.0, 1200 / 96.0);
        drawPicture(p, QRectF(0, 0, 600, 320), picture, style);
    }
    return buffer.data();
}

} // namespace

void TestPictures::everythingIsDrawn_data()
{
    QTest::addColumn<std::shared_ptr<Picture>>("picture");
    const auto row = [](const char *name, Picture p) { QTest::newRow(name) << std::make_shared<Picture>(std::move(p)); };
    row("timeline", samples::stop());
    row("rollout", samples::rollout());
    row("zones", samples::zones());
    row("canary", samples::canary());
    row("flagger", samples::flagger());
    row("timeouts", samples::timeouts());
    row("nested timeouts", samples::nestedTimeouts());
    row("nodes", samples::nodes());
    row("nodes, one that does not fit", samples::nodes(0, 4.2));
    row("load test", samples::loadTest());
    row("one step", notUsable());
    row("capacity", samples::capacity());
    row("scaling", samples::scaling());
    row("series", samples::series());
}

void TestPictures::everythingIsDrawn()
{
    QFETCH(std::shared_ptr<Picture>, picture);
    QVERIFY(isDrawable(*picture));
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        QImage ja, en;
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            const PictureStyle style{c, lang, 1, {}};
            QVERIFY(!pictureTitle(*picture).in(lang).isEmpty());
            QVERIFY(pictureHeight(*picture, 600, style) > 60);
            const QImage image = sheet({600, 360}, *c, [&](QPainter &p, const QRectF &box) {
                drawPicture(p, box, *picture, style);
            });
            QVERIFY(inkedPixels(image, c->base) > 2'000);
            (lang == Lang::Ja ? ja : en) = image;
        }
        QVERIFY2(ja != en, "both languages look the same");
        // Every size is survived, also one with no room for anything.
        for (const QSize size : {QSize(1, 1), QSize(80, 40), QSize(300, 90), QSize(2000, 900)})
            sheet(size, *c, [&](QPainter &p, const QRectF &box) {
                drawPicture(p, box, *picture, {c, Lang::Ja, 1, {}});
            });
    }
}

void TestPictures::paperIsVectorAndOpaque()
{
    QFETCH(std::shared_ptr<Picture>, picture);
    const QByteArray pdf = pdfOf(*picture, {&lightColours(), Lang::Ja, 1, {}});
    QVERIFY(pdf.size() > 4'000);
    QVERIFY2(!pdf.contains("/Subtype /Image"), "a picture was painted as pixels");
    // A constant alpha below one would stand in an ExtGState as /ca or /CA.
    for (const char *key : {"/ca ", "/CA "})
        for (qsizetype at = pdf.indexOf(key); at >= 0; at = pdf.indexOf(key, at + 1))
            QVERIFY2(pdf.mid(at + 4, 1) == "1", pdf.mid(at, 12).constData());
}

void TestPictures::emptyPicturesAreHarmless()
{
    const PictureStyle style{&lightColours(), Lang::En, 1, {}};
    for (const Picture &picture : {Picture(), Picture(Timeline()), Picture(Rollout()), Picture(ZoneLoss()), Picture(NodePacking()),
                                   Picture(LoadTestPicture()), Picture(CapacityPlan()), Picture(Scaling()),
                                   Picture(SeriesPicture()), Picture(MessagePicture()), Picture(DocumentPicture()), Picture(TimeoutPath()), Picture(CanaryPlan())}) {
        QVERIFY(!isDrawable(picture));
        sheet({300, 200}, lightColours(), [&](QPainter &p, const QRectF &box) { drawPicture(p, box, picture, style); });
        PictureView view;
        view.setPicture(picture);
        QVERIFY(view.isEmpty());
        QTest::keyClick(&view, Qt::Key_T);
        QVERIFY(!view.isTableShown());
    }
    LoadTestPicture runOnly;
    runOnly.run = std::make_shared<LoadTestRun>();
    for (auto *make : {kneeChart, runChart, latencyOverTimeChart})
        sheet({300, 200}, lightColours(), [&](QPainter &p, const QRectF &box) { drawChart(p, box, make(runOnly, style)); });
}

void TestPictures::tableEqualsValues()
{
    const QList<QStringList> knee = pictureTable(samples::loadTest(), Lang::En);
    QCOMPARE(knee.size(), 12);
    QCOMPARE(knee[7][0], QStringLiteral("160"));
    QCOMPARE(knee[7][3], QStringLiteral("62 ms"));
    QCOMPARE(knee[7][4], QStringLiteral("118 ms"));
    QVERIFY(knee[7].last().contains(QStringLiteral("knee")));
    QVERIFY(knee[1].last().contains(QStringLiteral("too few samples for p95")));

    const QList<QStringList> capacity = pictureTable(samples::capacity(), Lang::Ja);
    QCOMPARE(capacity.last(), (QStringList{"正月", "8,000", "73", "21", "47", "141", "80", "61"}));
    QCOMPARE(capacity[1].last(), QStringLiteral("0"));

    const QList<QStringList> stop = pictureTable(samples::stop(), Lang::Ja);
    QVERIFY(stop.contains(QStringList{"アプリの drain", "30", "45", "15 s 不足"}));
    QVERIFY(stop.contains(QStringList{"必要な時間 45 s", "0", "45", ""}));

    const QList<QStringList> zones = pictureTable(samples::zones(), Lang::En);
    QCOMPARE(zones[2], (QStringList{"Worst", "8", "2", "2", "4", "8"}));
    const QList<QStringList> timeouts = pictureTable(samples::timeouts(), Lang::En);
    QCOMPARE(timeouts[1], (QStringList{"gateway → id-auth", "Istio", "1", "3 s", "3 s", "no limit", "1"}));
    QCOMPARE(timeouts[3], (QStringList{"id-auth → users", "Istio", "3", "1.5 s", "4 s", "3 s", "6"}));
    const QList<QStringList> canary = pictureTable(samples::canary(), Lang::En);
    QCOMPARE(canary[2], (QStringList{"2", "pause", "17", "10", "600", "by itself"}));
    QCOMPARE(canary[5].last(), QStringLiteral("a person decides"));
    QCOMPARE(zones.last(), (QStringList{"Pods the HPA asks for", "", "", "", "12", ""}));
    const QList<QStringList> nodes = pictureTable(samples::nodes(), Lang::En);
    QVERIFY(nodes.contains(QStringList{"istio-proxy", "0.1", "128", "", ""}));
    QVERIFY(nodes.contains(QStringList{"Application pod", "1.05", "1,088", "1", ""}));
    QVERIFY(nodes.contains(QStringList{"New Year", "", "", "104", "104"}));
    QCOMPARE(nodes.last(), (QStringList{"Group maximum", "", "", "", "90"}));
    const QList<QStringList> rollout = pictureTable(samples::rollout(), Lang::En);
    QCOMPARE(rollout.size(), qsizetype(samples::rollout().steps.size()) + 1);
    for (const Lang lang : {Lang::Ja, Lang::En})
        for (const QList<QStringList> &table : {knee, capacity, stop, zones, nodes, pictureTable(samples::scaling(), lang)})
            for (const QStringList &row : table)
                QCOMPARE(row.size(), table.first().size());
}

void TestPictures::tableOfSeriesKeepsGaps()
{
    SeriesPicture picture;
    MetricSeries s;
    s.metric = QStringLiteral("errors");
    s.points = {{1'762'909'200, 0}, {1'762'909'260, qQNaN()}, {1'762'909'320, 3}};
    picture.series = {s};
    const QList<QStringList> table = pictureTable(picture, Lang::En);
    QCOMPARE(table[1][2], QStringLiteral("0"));
    QCOMPARE(table[2][2], QStringLiteral("no value")); // a gap is not a zero
    QCOMPARE(table[3][2], QStringLiteral("3"));
}

void TestPictures::chartsStaySmall()
{
    SeriesPicture picture;
    MetricSeries s;
    for (int i = 0; i < 300'000; ++i)
        s.points.emplace_back(i, i == 123'457 ? 1e6 : std::sin(i * 0.001));
    picture.series = {s};
    QElapsedTimer timer;
    timer.start();
    const std::unique_ptr<QChart> chart(seriesChart(picture, {&lightColours(), Lang::En, 1, {}}));
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    double highest = 0;
    for (QAbstractSeries *series : chart->series()) {
        const QList<QPointF> points = static_cast<QLineSeries *>(series)->points();
        QVERIFY(points.size() <= 5'000);
        for (const QPointF &p : points)
            highest = std::max(highest, p.y());
    }
    QCOMPARE(highest, 1e6); // thinning loses no spike
}

void TestPictures::gapsAreNotBridged()
{
    const std::unique_ptr<QChart> chart(seriesChart(samples::series(), {&lightColours(), Lang::En, 1, {}}));
    QCOMPARE(chart->series().size(), 5); // three lines, one of them in two pieces, and the memory
}

void TestPictures::bucketsKeepSums()
{
    const auto run = samples::run();
    double completed = 0, failed = 0;
    for (const LoadSecond &s : run->seconds) {
        completed += double(s.completed - s.failed);
        failed += double(s.failed);
    }
    for (const int most : {1, 7, 400, 5'000}) {
        const auto buckets = bucketsOf(*run, most, 1);
        QVERIFY(int(buckets.size()) <= std::min<int>(most, int(run->seconds.size())));
        double sum = 0, errors = 0;
        const double all = double(run->seconds.size());
        const double length = std::ceil(all / most);
        for (size_t i = 0; i < buckets.size(); ++i) {
            const double seconds = std::min(length, all - length * double(i));
            sum += buckets[i].completed * seconds;
            errors += buckets[i].failed * seconds;
        }
        QVERIFY(std::abs(sum - completed) < 1e-3 * completed);
        QVERIFY(std::abs(errors - failed) < 1e-3 * failed + 1e-6);
    }
    QVERIFY(bucketsOf({}, 100, 1).empty());
    LoadTestPicture picture = samples::loadTest();
    QCOMPARE(*kneePassedAt(picture), picture.steps[7].start);
    picture.knee.reached = false;
    QVERIFY(!kneePassedAt(picture));
}

void TestPictures::niceNumbers_data()
{
    QTest::addColumn<double>("range");
    QTest::addColumn<int>("most");
    QTest::addColumn<double>("step");
    QTest::newRow("52 s") << 52.0 << 6 << 10.0;
    QTest::newRow("155 pods") << 155.0 << 6 << 50.0;
    QTest::newRow("exact") << 100.0 << 5 << 20.0;
    QTest::newRow("small") << 0.03 << 4 << 0.01;
    QTest::newRow("nothing") << 0.0 << 4 << 1.0;
    QTest::newRow("no number") << qQNaN() << 4 << 1.0;
    QTest::newRow("endless") << qInf() << 4 << 1.0;
}

void TestPictures::niceNumbers()
{
    QFETCH(double, range);
    QFETCH(int, most);
    QFETCH(double, step);
    QVERIFY(std::abs(niceStep(range, most) - step) < 1e-9);
    QVERIFY(niceTicks(0, range, most).size() <= size_t(most) + 1);
}

void TestPictures::keysStepAndZoom()
{
    PlotView view;
    view.resize(700, 360);
    view.setPlot(qobject_cast<Plot *>(kneeChart(samples::loadTest(), {&lightColours(), Lang::En, 1, {}})), Lang::En);
    view.show();
    QCOMPARE(view.currentStop(), -1);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.currentStop(), 0);
    for (int i = 0; i < 6; ++i)
        QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.currentStop(), 6);
    QVERIFY2(view.readout().startsWith(QStringLiteral("160 req/s")), qPrintable(view.readout()));
    QVERIFY(view.readout().contains(QStringLiteral("p95 62 ms")));
    QCOMPARE(view.accessibleDescription(), view.readout());
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.currentStop(), 10);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.currentStop(), 10); // the end is the end

    const double whole = view.plot()->xTo() - view.plot()->xFrom();
    QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(view.plot()->isZoomed());
    QVERIFY(view.plot()->xTo() - view.plot()->xFrom() < whole);
    QTest::keyClick(&view, Qt::Key_Home); // out of what is shown, stepped to all the same
    QCOMPARE(view.currentStop(), 0);
    QTest::keyClick(&view, Qt::Key_Minus);
    QTest::keyClick(&view, Qt::Key_Minus);
    QVERIFY(!view.plot()->isZoomed()); // never wider than the whole
    QTest::keyClick(&view, Qt::Key_Plus);
    QTest::keyClick(&view, Qt::Key_0);
    QVERIFY(!view.plot()->isZoomed());
    QTest::keyClick(&view, Qt::Key_Escape);
    QCOMPARE(view.currentStop(), -1);

    const QPointF at(view.plot()->px(160), view.plot()->plotArea().center().y());
    QTest::mouseMove(view.viewport(), at.toPoint());
    QCOMPARE(view.currentStop(), 6);
}

void TestPictures::tableKey()
{
    PictureView view;
    view.resize(700, 400);
    view.setPicture(samples::capacity());
    view.show();
    QSignalSpy shown(&view, &PictureView::tableShownChanged);
    view.setFocus();
    QTest::keyClick(view.focusWidget() ? view.focusWidget() : &view, Qt::Key_T);
    QVERIFY(view.isTableShown());
    QCOMPARE(shown.count(), 1);
    const auto *table = view.findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 4);
    QCOMPARE(table->item(3, 7)->text(), QStringLiteral("61"));
    QTest::keyClick(view.findChild<QTableWidget *>(), Qt::Key_T);
    QVERIFY(!view.isTableShown());
    QVERIFY(!view.accessibleName().isEmpty());
}

void TestPictures::restyledOnPaletteChange()
{
    PictureView view;
    view.resize(700, 400);
    view.setPicture(samples::loadTest());
    view.show();
    QVERIFY(hasColour(view.grab().toImage(), lightColours().p99));
    view.setPalette(paletteFor(darkColours()));
    const QImage dark = view.grab().toImage();
    QVERIFY(hasColour(dark, darkColours().p99));
    QVERIFY(hasColour(dark, darkColours().base));
    QVERIFY(!hasColour(dark, lightColours().base));
    QVERIFY(inkedPixels(view.image(1), darkColours().base) > 2'000);
    QVERIFY(view.svg().contains("<svg"));
}

void TestPictures::csvIsQuoted()
{
    PictureView view;
    CapacityPlan plan = samples::capacity();
    plan.events[0].event.name = sameText(QStringLiteral("a \"b\", c"));
    plan.events[1].event.name = sameText(QStringLiteral("=HYPERLINK(1)"));
    view.setPicture(plan);
    const QStringList csv = view.csv().split(QLatin1Char('\n'));
    QVERIFY2(csv[1].startsWith(QStringLiteral("\"a \"\"b\"\", c\",\"1,000\",8")), qPrintable(csv[1]));
    QVERIFY2(csv[2].startsWith(QStringLiteral("'=HYPERLINK")), qPrintable(csv[2]));
}

void TestPictures::kneeNotReachedSaysSo()
{
    LoadTestPicture t = samples::loadTest();
    const auto drawn = [](const LoadTestPicture &test) {
        return sheet({700, 360}, lightColours(), [&](QPainter &p, const QRectF &box) {
            drawPicture(p, box, test, {&lightColours(), Lang::Ja, 1, {}});
        });
    };
    QVERIFY(hasColour(drawn(t), lightColours().markNeutral));
    t.knee.reached = false;
    t.knee.firstBad = 0;
    const QImage image = drawn(t);
    QVERIFY(!hasColour(image, lightColours().markNeutral)); // no interval, nothing beyond
    QVERIFY(!hasColour(image, lightColours().beyond));
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
