// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/metricseries.h>

#include <QTest>

#include <cmath>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

constexpr double start = 1'794'409'200;
const double none = std::nan("");

/// Points a minute apart from `start`.
MetricSeries minutes(const std::vector<double> &values)
{
    MetricSeries s;
    for (size_t i = 0; i < values.size(); ++i)
        s.points.emplace_back(start + 60 * double(i), values[i]);
    return s;
}

MetricSeries at(const std::vector<double> &seconds)
{
    MetricSeries s;
    for (const double second : seconds)
        s.points.emplace_back(start + second, 1);
    return s;
}

std::vector<size_t> sizes(const MetricSeries &s, size_t most = 1'000)
{
    std::vector<size_t> result;
    for (const auto &piece : piecesOf(s, most))
        result.push_back(piece.size());
    return result;
}

MetricSeries asked(const QString &query, const QString &scope = {})
{
    MetricSeries s;
    s.query = query;
    s.scope = scope;
    return s;
}

Monitor watching(const QString &query)
{
    Monitor m;
    m.name = u"m"_s;
    m.type = u"query alert"_s;
    m.query = query;
    return m;
}

} // namespace

class TestMetricSeries : public QObject
{
    Q_OBJECT
private slots:
    void spacing_data();
    void spacing();
    void piecesEndAtGaps_data();
    void piecesEndAtGaps();
    void reductionKeepsEnds();
    void reductionKeepsGaps();
    void reductionIsBounded();
    void units_data();
    void units();
    void names();
    void thresholds_data();
    void thresholds();
    void warningBesideCritical();
    void thresholdOfAnotherScale();
    void seriesOfAMonitor();
};

void TestMetricSeries::spacing_data()
{
    QTest::addColumn<MetricSeries>("series");
    QTest::addColumn<QString>("en");
    QTest::addColumn<QString>("ja");
    QTest::newRow("nothing") << MetricSeries() << u"no data"_s << u"データなし"_s;
    QTest::newRow("nulls alone") << minutes({none, none}) << u"no data"_s << u"データなし"_s;
    QTest::newRow("one point") << minutes({3}) << u"one point"_s << u"1 点"_s;
    QTest::newRow("regular") << minutes({1, 2, 3}) << u"every 60 s"_s << u"60 s ごと"_s;
    QTest::newRow("a null is a gap") << minutes({1, none, 3, 4}) << u"every 60 s, one gap"_s
                                     << u"60 s ごと、欠け 1 か所"_s;
    QTest::newRow("nulls at the ends are none")
        << minutes({none, 1, 2, none}) << u"every 60 s"_s << u"60 s ごと"_s;
    QTest::newRow("a missing time is a gap")
        << at({0, 60, 120, 300, 360}) << u"every 60 s, one gap"_s << u"60 s ごと、欠け 1 か所"_s;
    QTest::newRow("ten minutes") << at({0, 600, 1'200}) << u"every 10 min"_s << u"10 min ごと"_s;
    QTest::newRow("an hour") << at({0, 3'600 * 2, 3'600 * 4}) << u"every 2 h"_s << u"2 h ごと"_s;
    QTest::newRow("the same moment twice") << at({0, 0, 60, 120}) << u"every 60 s"_s << u"60 s ごと"_s;
    QTest::newRow("irregular") << at({0, 20, 320, 420, 520}) << u"20 s to 5 min apart, one gap"_s
                               << u"間隔 20 s–5 min、欠け 1 か所"_s;
}

void TestMetricSeries::spacing()
{
    QFETCH(MetricSeries, series);
    QTEST(wordsOf(spacingOf(series)).in(Lang::En), "en");
    QTEST(wordsOf(spacingOf(series)).in(Lang::Ja), "ja");
}

void TestMetricSeries::piecesEndAtGaps_data()
{
    QTest::addColumn<MetricSeries>("series");
    QTest::addColumn<std::vector<size_t>>("wanted");
    using Sizes = std::vector<size_t>;
    QTest::newRow("nothing") << MetricSeries() << Sizes{};
    QTest::newRow("nulls alone") << minutes({none, none}) << Sizes{};
    QTest::newRow("one point is one") << minutes({5}) << Sizes{1};
    QTest::newRow("whole") << minutes({1, 2, 3}) << Sizes{3};
    QTest::newRow("a null") << minutes({1, 2, none, 4}) << Sizes{2, 1};
    QTest::newRow("infinite is no value") << minutes({1, INFINITY, 4}) << Sizes{1, 1};
    QTest::newRow("several nulls") << minutes({none, 1, none, none, 4, 5, none}) << Sizes{1, 2};
    QTest::newRow("a missing time") << at({0, 60, 120, 300, 360}) << Sizes{3, 2};
    QTest::newRow("little late is none") << at({0, 60, 121, 185, 240}) << Sizes{5};
}

void TestMetricSeries::piecesEndAtGaps()
{
    QFETCH(MetricSeries, series);
    QTEST(sizes(series), "wanted");
}

void TestMetricSeries::reductionKeepsEnds()
{
    MetricSeries s;
    for (int i = 0; i < 100'000; ++i)
        s.points.emplace_back(start + i, i == 12'345 ? 1e6 : i == 67'890 ? -1e6 : std::sin(i * 0.01));
    const auto pieces = piecesOf(s, 500);
    QCOMPARE(pieces.size(), 1u);
    QVERIFY(pieces.front().size() <= 502);
    const auto [low, high] = std::ranges::minmax(pieces.front(), {}, &SeriesPoint::second);
    QCOMPARE(low, (SeriesPoint{start + 67'890, -1e6}));
    QCOMPARE(high, (SeriesPoint{start + 12'345, 1e6}));
    QVERIFY(std::ranges::is_sorted(pieces.front(), {}, &SeriesPoint::first));
}

void TestMetricSeries::reductionKeepsGaps()
{
    MetricSeries s;
    for (int i = 0; i < 50'000; ++i)
        s.points.emplace_back(start + i, i == 25'000 ? none : 1 + (i & 1));
    const auto pieces = piecesOf(s, 400);
    QCOMPARE(pieces.size(), 2u); // a single null of 50,000 still ends the line
    QVERIFY(pieces[0].back().first < start + 25'000);
    QVERIFY(pieces[1].front().first > start + 25'000);
}

void TestMetricSeries::reductionIsBounded()
{
    MetricSeries s; // every second one a null: the worst there is
    for (int i = 0; i < 200'000; ++i)
        s.points.emplace_back(start + i, i & 1 ? none : i);
    size_t points = 0;
    for (const auto &piece : piecesOf(s, 1'000))
        points += piece.size();
    QVERIFY2(points <= 1'002, qPrintable(QString::number(points)));
}

void TestMetricSeries::units_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("words");
    QTest::newRow("ms") << u"ms"_s << 231.0 << u"231 ms"_s;
    QTest::newRow("seconds") << u"ms"_s << 4'200.0 << u"4.2 s"_s;
    QTest::newRow("microseconds") << u"ms"_s << 0.05 << u"50 µs"_s;
    QTest::newRow("bytes") << u"B"_s << 512.0 << u"512 B"_s;
    QTest::newRow("MiB") << u"B"_s << 700.0 * 1024 * 1024 << u"700 MiB"_s;
    QTest::newRow("GiB per s") << u"B/s"_s << 2.0 * 1024 * 1024 * 1024 << u"2 GiB/s"_s;
    QTest::newRow("millicores") << u"core"_s << 0.25 << u"250 millicore"_s;
    QTest::newRow("cores") << u"core"_s << 1.5 << u"1.5 core"_s;
    QTest::newRow("requests") << u"req/s"_s << 4'000.0 << u"4,000 req/s"_s;
    QTest::newRow("many requests") << u"req"_s << 25'000'000.0 << u"25 Mreq"_s;
    QTest::newRow("no unit") << QString() << 12.0 << u"12"_s;
    QTest::newRow("negative") << u"ms"_s << -4'200.0 << u"−4.2 s"_s;
    QTest::newRow("zero") << u"B"_s << 0.0 << u"0 B"_s;
    QTest::newRow("endless") << u"B"_s << double(INFINITY) << u"∞ B"_s;
}

void TestMetricSeries::units()
{
    QFETCH(QString, unit);
    QFETCH(double, value);
    QTEST(shownUnit(unit, value).words(value), "words");
}

void TestMetricSeries::names()
{
    const auto make = [](const QString &metric, const QString &scope, const QString &query) {
        MetricSeries s;
        s.metric = metric;
        s.scope = scope;
        s.query = query;
        return s;
    };
    QCOMPARE(namesOf({}), QStringList());
    QCOMPARE(namesOf({make(u"cpu"_s, u"*"_s, {})}), QStringList{u"cpu"_s});
    QCOMPARE(namesOf({make({}, {}, u"avg:cpu{*}"_s)}), QStringList{u"avg:cpu{*}"_s});
    QCOMPARE(namesOf({make(u"cpu"_s, u"host:a"_s, {}), make(u"cpu"_s, u"host:b"_s, {})}),
             (QStringList{u"host:a"_s, u"host:b"_s}));
    QCOMPARE(namesOf({make(u"cpu"_s, u"host:a"_s, {}), make(u"mem"_s, u"host:a"_s, {})}),
             (QStringList{u"cpu"_s, u"mem"_s}));
    QCOMPARE(namesOf({make(u"cpu"_s, u"host:a"_s, {}), make(u"mem"_s, u"host:b"_s, {})}),
             (QStringList{u"cpu{host:a}"_s, u"mem{host:b}"_s}));
    QCOMPARE(namesOf({make(u"t"_s, u"s:a"_s, u"p50:t{s:a}"_s), make(u"t"_s, u"s:a"_s, u"p99:t{s:a}"_s)}),
             (QStringList{u"p50:t s:a"_s, u"p99:t s:a"_s}));
}

void TestMetricSeries::thresholds_data()
{
    QTest::addColumn<QString>("series");
    QTest::addColumn<QString>("monitor");
    QTest::addColumn<bool>("drawn");
    const QString p99 = u"p99:trace.http.request{env:production,service:id-auth}"_s;
    QTest::newRow("the same")
        << p99 << u"avg(last_10m):p99:trace.http.request{env:production,service:id-auth} > 0.2"_s << true;
    QTest::newRow("a roll-up between")
        << p99 + u".rollup(avg, 600)"_s
        << u"avg(last_10m):p99:trace.http.request{service:id-auth,env:production} > 0.2"_s << true;
    QTest::newRow("another percentile")
        << p99 << u"avg(last_10m):p95:trace.http.request{env:production,service:id-auth} > 0.2"_s << true;
    QTest::newRow("env said by one") << u"max:pods{kube_deployment:a}"_s
                                     << u"min(last_5m):max:pods{env:production,kube_deployment:a} < 12"_s
                                     << true;
    QTest::newRow("another env") << u"max:pods{env:staging}"_s
                                 << u"min(last_5m):max:pods{env:production} < 12"_s << false;
    QTest::newRow("fewer are watched")
        << p99 << u"avg(last_5m):p99:trace.http.request{service:id-auth,resource_name:login} > 1"_s << false;
    QTest::newRow("more are watched")
        << p99 << u"avg(last_5m):p99:trace.http.request{env:production} > 1"_s << false;
    QTest::newRow("another metric")
        << p99 << u"avg(last_5m):p99:trace.grpc.request{env:production,service:id-auth} > 1"_s << false;
    QTest::newRow("another aggregation") << u"avg:cpu{a:b}"_s << u"avg(last_5m):max:cpu{a:b} > 1"_s << false;
    QTest::newRow("a count against a rate")
        << u"sum:hits{a:b}.as_rate()"_s << u"sum(last_5m):sum:hits{a:b}.as_count() > 9"_s << false;
    QTest::newRow("a sum over time") << u"sum:hits{a:b}"_s << u"sum(last_5m):sum:hits{a:b} > 9"_s << false;
    QTest::newRow("a ratio") << u"sum:hits{a:b}"_s << u"avg(last_5m):sum:hits{a:b} / sum:all{a:b} > 0.1"_s
                             << false;
    QTest::newRow("a change") << u"avg:cpu{a:b}"_s << u"change(avg(last_5m),last_5m):avg:cpu{a:b} > 1"_s
                              << false;
    QTest::newRow("anomalies") << u"avg:cpu{a:b}"_s
                               << u"avg(last_4h):anomalies(avg:cpu{a:b}, 'basic', 2) >= 1"_s << false;
    QTest::newRow("times a hundred") << u"avg:cpu{a:b}"_s << u"avg(last_5m):avg:cpu{a:b} * 100 > 90"_s
                                     << false;
    QTest::newRow("groups that the series lacks")
        << u"avg:cpu{a:b}"_s << u"avg(last_5m):avg:cpu{a:b} by {host} > 90"_s << false;
    QTest::newRow("a composite") << p99 << u"123 && 456"_s << false;
    QTest::newRow("garbage") << u"}{"_s << u"{{{"_s << false;
}

void TestMetricSeries::thresholds()
{
    QFETCH(QString, series);
    QFETCH(QString, monitor);
    QFETCH(bool, drawn);
    QCOMPARE(!thresholdsOn(asked(series), {watching(monitor)}).empty(), drawn);
}

void TestMetricSeries::warningBesideCritical()
{
    Monitor m = watching(u"avg(last_10m):p95:trace.http.request{service:id-auth} > 0.2"_s);
    m.options = QJsonObject{{u"thresholds"_s, QJsonObject{{u"critical"_s, 0.2}, {u"warning"_s, u"0.15"_s}}}};
    MetricSeries s = asked(u"p99:trace.http.request{service:id-auth}"_s, u"service:id-auth"_s);
    s.scale = 1'000; // the metric is in seconds, the series in ms
    const auto lines = thresholdsOn(s, {m});
    QCOMPARE(lines.size(), 2u);
    QVERIFY(lines[0].critical);
    QCOMPARE(lines[0].value, 200);
    QVERIFY(!lines[1].critical);
    QCOMPARE(lines[1].value, 150);
    QCOMPARE(lines[1].comparator, u">"_s);
    QCOMPARE(lines[0].aggregator, u"p95"_s);
    // One line of several of a query that groups: the group of the monitor is the series' own.
    const auto grouped = thresholdsOn(asked(u"avg:cpu{a:b} by {host}"_s, u"a:b,host:h1"_s),
                                      {watching(u"avg(last_5m):avg:cpu{a:b} by {host} > 90"_s)});
    QCOMPARE(grouped.size(), 1u);
    QCOMPARE(grouped[0].value, 90);
}

void TestMetricSeries::thresholdOfAnotherScale()
{
    Monitor m = watching(u"sum(last_5m):avg:cpu{a:b} > 300"_s); // five points added up
    m.options = QJsonObject{{u"thresholds"_s, QJsonObject{{u"critical"_s, 300}}}};
    QVERIFY(thresholdsOn(asked(u"avg:cpu{a:b}"_s), {m}).empty());
}

void TestMetricSeries::seriesOfAMonitor()
{
    MetricSeries exact = asked(u"p99:t{service:a}"_s), other = asked(u"p99:t{service:b}"_s),
                 cpu = asked(u"avg:cpu{*}"_s);
    exact.metric = other.metric = u"t"_s;
    cpu.metric = u"cpu"_s;
    const Monitor m = watching(u"avg(last_5m):p99:t{service:a} > 0.2"_s);
    QCOMPARE(seriesWatchedBy(m, {cpu, other, exact}).size(), 1u);
    QCOMPARE(seriesWatchedBy(m, {cpu, other, exact})[0].query, exact.query);
    QCOMPARE(seriesWatchedBy(m, {cpu, other})[0].query, other.query); // the same metric says something
    QVERIFY(seriesWatchedBy(m, {cpu, {}}).empty());
    QVERIFY(seriesWatchedBy(watching(u"1 && 2"_s), {cpu, exact}).empty());
}

QTEST_APPLESS_MAIN(TestMetricSeries)
#include "tst_metricseries.moc"
