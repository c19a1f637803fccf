// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/histogram.h>

#include <QTest>

#include <algorithm>
#include <random>

using namespace tenken;

class TestHistogram : public QObject
{
    Q_OBJECT

private slots:
    void emptyIsZero();
    void bucketsAreNarrowAndAdjoin();
    void percentilesWithinBound();
    void nearestRank_data();
    void nearestRank();
    void exactCountSumAndEnds();
    void mergingIsExact();
    void outOfRange();
};

void TestHistogram::emptyIsZero()
{
    const LatencyHistogram h;
    QCOMPARE(h.count(), 0);
    QCOMPARE(h.percentileMs(0.95), 0.0);
    QCOMPARE(h.meanMs(), 0.0);
    QCOMPARE(h.minMs(), 0.0);
    QCOMPARE(h.maxMs(), 0.0);
}

void TestHistogram::bucketsAreNarrowAndAdjoin()
{
    for (quint32 i = 0; i < 7000; ++i) {
        QCOMPARE(LatencyHistogram::bucketHighMs(i), LatencyHistogram::bucketLowMs(i + 1));
        const double low = LatencyHistogram::bucketLowMs(i), high = LatencyHistogram::bucketHighMs(i);
        QVERIFY(i < 128 || (high - low) / low <= 1.0 / 128 + 1e-12);
    }
    for (qint64 us : {0LL, 1LL, 127LL, 128LL, 255LL, 256LL, 1000LL, 123'456LL, 60'000'000LL, 1LL << 62}) {
        const quint32 bucket = LatencyHistogram::bucketOf(us);
        QCOMPARE_LE(LatencyHistogram::bucketLowMs(bucket), double(us) / 1000);
        QCOMPARE_GT(LatencyHistogram::bucketHighMs(bucket) * (1 + 1e-15), double(us) / 1000);
    }
}

void TestHistogram::percentilesWithinBound()
{
    std::mt19937_64 engine(1);
    std::vector<qint64> values;
    LatencyHistogram h;
    for (int i = 0; i < 20'000; ++i) {
        const qint64 us = qint64(std::exp(double(engine() % 10'000) / 10'000 * 12) * 50);
        values.push_back(us);
        h.add(us);
    }
    std::ranges::sort(values);
    for (const double q : {0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
        const double exact = double(values[size_t(std::ceil(q * 20'000)) - 1]) / 1000;
        QVERIFY2(std::abs(h.percentileMs(q) - exact) <= 0.004 * exact, qPrintable(QString::number(q)));
    }
}

void TestHistogram::nearestRank_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("q");
    QTest::addColumn<double>("rank");
    QTest::newRow("one value") << 1 << 0.99 << 1.0;
    QTest::newRow("median of ten is the fifth") << 10 << 0.5 << 5.0;
    QTest::newRow("p95 of twenty is the 19th, not the 20th") << 20 << 0.95 << 19.0;
    QTest::newRow("p99 of a hundred") << 100 << 0.99 << 99.0;
    QTest::newRow("p0 is the least") << 10 << 0.0 << 1.0;
    QTest::newRow("beyond one") << 10 << 1.5 << 10.0;
}

void TestHistogram::nearestRank()
{
    QFETCH(int, count);
    QFETCH(double, q);
    QFETCH(double, rank);
    LatencyHistogram h;
    for (int i = 1; i <= count; ++i)
        h.add(i); // below 128 µs every value has its own bucket
    QCOMPARE(h.percentileMs(q), rank / 1000);
}

void TestHistogram::exactCountSumAndEnds()
{
    LatencyHistogram h;
    h.add(339'217);
    h.add(1'000, 3);
    h.add(7, 0);
    QCOMPARE(h.count(), 4);
    QCOMPARE(h.minMs(), 1.0);
    QCOMPARE(h.maxMs(), 339.217);
    QCOMPARE(h.meanMs(), (339.217 + 3) / 4);
    QCOMPARE(h.percentileMs(1), 339.217); // a bucket's middle never leaves what was seen
}

void TestHistogram::mergingIsExact()
{
    LatencyHistogram all, even, odd, empty;
    for (qint64 i = 0; i < 3'000; ++i) {
        const qint64 us = i * i;
        all.add(us);
        (i % 2 == 0 ? even : odd).add(us);
    }
    odd.merge(even);
    odd.merge(empty);
    empty.merge(odd);
    QCOMPARE(empty.buckets(), all.buckets());
    QCOMPARE(empty.count(), all.count());
    QCOMPARE(empty.meanMs(), all.meanMs());
    QCOMPARE(empty.minMs(), all.minMs());
    QCOMPARE(empty.maxMs(), all.maxMs());
    QVERIFY(std::ranges::is_sorted(all.buckets()));
}

void TestHistogram::outOfRange()
{
    LatencyHistogram h;
    h.add(-5);
    QCOMPARE(h.minMs(), 0.0);
    h.add(1LL << 61);
    QCOMPARE(h.count(), 2);
    QCOMPARE(h.percentileMs(1), double(1LL << 61) / 1000);
}

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
