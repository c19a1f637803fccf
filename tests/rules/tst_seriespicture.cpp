// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/seriespicture.h>

#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

constexpr double start = 1'794'409'200;

MetricSeries hour(const QString &query)
{
    MetricSeries s;
    s.query = query;
    s.unit = u"ms"_s;
    s.scale = 1'000;
    s.points = {{start, 80}, {start + 3'600, 90}};
    return s;
}

LoadTest run(const QString &id, double from, double to, bool hasClock = true)
{
    LoadTestRun test;
    test.startSeconds = from;
    test.endSeconds = to;
    test.hasClock = hasClock;
    LoadTest result;
    result.source.id = id;
    result.run = std::make_shared<const LoadTestRun>(std::move(test));
    return result;
}

} // namespace

class TestSeriesPicture : public QObject
{
    Q_OBJECT
private slots:
    void marksWhatRanMeanwhile();
    void thresholdsKnowTheirSeries();
};

void TestSeriesPicture::marksWhatRanMeanwhile()
{
    Evidence e;
    e.datadog.timeZone = u"Asia/Tokyo"_s;
    e.loadTests = {run(u"late"_s, start + 3'000, start + 9'000),
                   run(u"inside"_s, start + 60, start + 120),
                   run(u"before"_s, start - 600, start - 60),
                   run(u"without clock"_s, 0, 4e9, false),
                   {}};
    const SeriesPicture picture = inContext({{}, {hour(u"avg:a{*}"_s)}, {}}, e);
    QCOMPARE(picture.windows.size(), 2u);
    QCOMPARE(picture.windows[0].name, u"inside"_s);
    QCOMPARE(picture.windows[1].to, start + 9'000);
    QCOMPARE(picture.timeZone, u"Asia/Tokyo"_s);
    MetricSeries empty = hour(u"avg:a{*}"_s);
    empty.points.clear();
    QVERIFY(inContext({{}, {empty}, {}}, e).windows.empty());
}

void TestSeriesPicture::thresholdsKnowTheirSeries()
{
    Evidence e;
    Monitor m;
    m.name = u"slow"_s;
    m.type = u"query alert"_s;
    m.query = u"avg(last_5m):p99:t{service:a} > 0.2"_s;
    e.datadog.monitors = {m};
    const SeriesPicture picture =
        inContext({{}, {hour(u"avg:cpu{service:a}"_s), hour(u"p99:t{service:a}"_s)}, {}}, e);
    QCOMPARE(picture.thresholds.size(), 1u);
    QCOMPARE(picture.thresholds[0].series, 1u);
    QCOMPARE(picture.thresholds[0].value, 200);
    QCOMPARE(picture.thresholds[0].monitor, u"slow"_s);
}

QTEST_APPLESS_MAIN(TestSeriesPicture)
#include "tst_seriespicture.moc"
