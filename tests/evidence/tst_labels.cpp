// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/builder.h>

#include <QTest>

#include <generator/loadfiles.h>

#include <map>
#include <random>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 second = 1'000'000, t0 = 1'700'000'000 * second;

void add(RunBuilder &builder, int i, const std::string &label)
{
    builder.request(t0 + i * 10'000, t0 + i * 10'000 + 1'500'000, 1000 + i % 37 * 500, i % 10 == 0, label);
}

/// The histograms of a run, each request added to its own by itself.
struct Plainly {
    std::map<std::pair<QString, qint64>, LatencyHistogram> ofNames;
    std::map<qint64, LatencyHistogram> ofSeconds;

    void request(qint64 startUs, qint64 latencyUs, const std::string &name)
    {
        ofNames[{QString::fromStdString(name), startUs / second}].add(latencyUs);
        ofSeconds[startUs / second].add(latencyUs);
    }
    void compareWith(const LoadTestRun &run)
    {
        for (const LoadSecond &s : run.seconds)
            compare(s.latency, ofSeconds[s.second]);
        for (const LoadLabel &label : run.labels) {
            QVERIFY(!label.seconds.empty());
            for (const LoadLabel::Second &s : label.seconds)
                compare(s.latency, ofNames[{label.name, s.second}]);
        }
    }
    static void compare(const LatencyHistogram &found, const LatencyHistogram &expected)
    {
        QCOMPARE(found.buckets(), expected.buckets());
        QCOMPARE(found.count(), expected.count());
        QCOMPARE(found.minMs(), expected.minMs());
        QCOMPARE(found.maxMs(), expected.maxMs());
        QCOMPARE(found.meanMs(), expected.meanMs());
    }
};

qint64 samplesOf(const std::vector<LoadLabel> &labels)
{
    qint64 sum = 0;
    for (const LoadLabel &label : labels)
        sum += label.samples;
    return sum;
}

} // namespace

class TestLabels : public QObject
{
    Q_OBJECT

private slots:
    void eachHasItsSeconds();
    void histogramsAreExact_data();
    void histogramsAreExact();
    void copiesGoTheirOwnWay();
    void withoutNames();
    void beyondTheCap();
    void farMoreNamesThanRoom();
    void merging();
    void secondsThatDoNotFit();
    void garbageTimesAreNoSamples();
    void secretsInNames();
    void secretsInErrors();

private:
    Scratch m_scratch;
};

void TestLabels::eachHasItsSeconds()
{
    RunBuilder builder;
    for (int i = 0; i < 300; ++i)
        add(builder, i, i % 3 == 0 ? "put" : "get");
    const LoadTestRun run = builder.finish({});
    QCOMPARE(run.labels.size(), 2U);
    QCOMPARE(run.labelsBeyondCap, 0);
    const LoadLabel &get = run.labels[0], &put = run.labels[1];
    QCOMPARE(get.name, "get");
    QCOMPARE(get.samples, 200);
    QCOMPARE(put.samples, 100);
    QCOMPARE(get.errors + put.errors, run.errors);
    QCOMPARE(get.latency.count(), 200);
    QCOMPARE(get.seconds.size(), 5U); // three in which they start, two more in which they end
    QCOMPARE(get.seconds[0].started, 66);
    QCOMPARE(get.seconds[0].completed, 0);
    QCOMPARE(get.seconds[4].started, 0);
    QCOMPARE(get.seconds[0].latency.count(), 66);
    LatencyHistogram both = get.latency;
    both.merge(put.latency);
    QCOMPARE(both.buckets(), run.latency.buckets());
    LatencyHistogram first = get.seconds[0].latency;
    first.merge(put.seconds[0].latency);
    QCOMPARE(first.buckets(), run.seconds[0].latency.buckets());
}

void TestLabels::histogramsAreExact_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("names");
    QTest::addColumn<qint64>("gapUs"); // from one request to the next
    QTest::addColumn<qint64>("spreadUs"); // in which requests stand that began at any time
    QTest::addColumn<qint64>("longestUs");
    QTest::newRow("few names") << 30'000 << 5 << qint64(500) << qint64(0) << 300'000LL;
    QTest::newRow("more names than trays") << 30'000 << 90 << qint64(500) << qint64(0) << 300'000LL;
    QTest::newRow("overloaded: requests wait for many seconds") << 60'000 << 3 << qint64(500) << 20 * second << 20 * second;
    QTest::newRow("all alike") << 200'000 << 1 << qint64(0) << qint64(0) << qint64(0);
    QTest::newRow("a request in each second") << 3000 << 2 << second << qint64(0) << 900'000LL;
}

void TestLabels::histogramsAreExact()
{
    QFETCH(int, requests);
    QFETCH(int, names);
    QFETCH(qint64, gapUs);
    QFETCH(qint64, spreadUs);
    QFETCH(qint64, longestUs);
    std::mt19937 random(17);
    RunBuilder builder;
    Plainly plainly;
    for (int i = 0; i < requests; ++i) {
        const qint64 start = t0 + i * gapUs + (spreadUs > 0 ? qint64(random()) % spreadUs : 0);
        const qint64 latency = longestUs > 0 ? qint64(random()) % longestUs : 70'000;
        const std::string name = "name " + std::to_string(random() % quint32(names));
        QVERIFY(builder.request(start, start + latency, latency, false, name));
        plainly.request(start, latency, name);
    }
    const LoadTestRun run = builder.finish({});
    QCOMPARE(run.labels.size(), size_t(names));
    plainly.compareWith(run);
}

/// As a file that is followed has one made of what is read so far, again and again.
void TestLabels::copiesGoTheirOwnWay()
{
    RunBuilder builder;
    Plainly plainly;
    const auto add = [&](int from, int to) {
        for (int i = from; i < to; ++i) {
            const qint64 latency = 1000 + i % 91 * 777;
            const std::string name = "name " + std::to_string(i % 11);
            builder.request(t0 + i * 20'000, t0 + i * 20'000 + latency, latency, false, name);
            plainly.request(t0 + i * 20'000, latency, name);
        }
    };
    for (int from = 0; from < 3000; from += 500) {
        add(from, from + 500);
        RunBuilder copy = builder;
        copy.request(t0, t0 + 1, 1, false, "its own");
        Plainly here = plainly;
        here.request(t0, 1, "its own");
        here.compareWith(copy.finish({}));
    }
    plainly.compareWith(builder.finish({}));
}

void TestLabels::withoutNames()
{
    RunBuilder builder;
    for (int i = 0; i < 100; ++i)
        add(builder, i, {});
    const LoadTestRun run = builder.finish({});
    QVERIFY(run.labels.empty());
    QCOMPARE(run.latency.count(), 100);
    QCOMPARE(run.seconds[0].latency.count(), 100);
}

void TestLabels::beyondTheCap()
{
    RunBuilder builder;
    int i = 0;
    for (int name = 0; name < 150; ++name) {
        for (int count = 0; count <= name; ++count)
            add(builder, i++ % 1000, "name " + std::to_string(name));
    }
    const LoadTestRun run = builder.finish({});
    QCOMPARE(run.labels.size(), 101U);
    QCOMPARE(run.labelsBeyondCap, 50);
    QCOMPARE(run.labels.front().name, "name 149"); // most requests first
    QCOMPARE(run.labels[99].name, "name 50");
    QCOMPARE(run.labels.back().samples, 50 * 51 / 2);
    QCOMPARE(samplesOf(run.labels), run.samples);
    QVERIFY(hasRemark(run, "150 request names"));
}

void TestLabels::farMoreNamesThanRoom()
{
    RunBuilder builder;
    for (int i = 0; i < 20'000; ++i)
        add(builder, i % 500, i % 2 == 0 ? "often" : "/items/" + std::to_string(i));
    const LoadTestRun run = builder.finish({});
    QCOMPARE(run.labels.size(), 101U);
    QCOMPARE(run.labels.front().name, "often");
    QCOMPARE(run.labels.front().samples, 10'000);
    QCOMPARE(run.labelsBeyondCap, 10'001 - 100);
    QCOMPARE(samplesOf(run.labels), run.samples);
}

void TestLabels::merging()
{
    RunBuilder whole, first, later;
    for (int i = 0; i < 2000; ++i) {
        const std::string name = "name " + std::to_string(i % 7);
        add(whole, i, name);
        add(i < 900 ? first : later, i, name);
    }
    first.merge(later, 900);
    QCOMPARE(later.samples(), 0);
    QCOMPARE(everythingIn(first.finish({})), everythingIn(whole.finish({})));
}

void TestLabels::secondsThatDoNotFit()
{
    RunBuilder builder; // 90 names, each in 7,000 seconds: those with the fewest requests lose their seconds
    for (int s = 0; s < 7000; ++s) {
        for (int name = 0; name < 90; ++name) {
            for (int i = 0; i < (name == 5 ? 3 : 1); ++i)
                builder.request(t0 + s * second, t0 + s * second, 1000 * (name + i), false, "name " + std::to_string(name));
        }
    }
    const LoadTestRun run = builder.finish({});
    QCOMPARE(run.labels.size(), 90U);
    QCOMPARE(run.labels.front().name, "name 5");
    QCOMPARE(run.labels.front().seconds.size(), 7000U);
    QVERIFY(run.labels.back().seconds.empty());
    for (const LoadLabel &label : run.labels)
        QCOMPARE(label.latency.count(), label.name == u"name 5" ? 21'000 : 7000);
}

void TestLabels::garbageTimesAreNoSamples()
{
    RunBuilder builder;
    for (int i = 0; i < 100; ++i)
        add(builder, i, "get");
    builder.request(5, 6, 1, true, "get");
    const LoadTestRun run = builder.finish({});
    QCOMPARE(run.samples, 100);
    QCOMPARE(run.labels[0].samples, 100);
    QCOMPARE(run.labels[0].latency.count(), 100);
}

/// Names that differed in nothing but a key are one request.
void TestLabels::secretsInNames()
{
    const QByteArray row = ",20,GET http://shop/?api_key=", rest = ",200,true\n";
    const auto run = readLoadTest(m_scratch.write("a.jtl",
                                                  "timeStamp,elapsed,label,responseCode,success\n1700000000000" + row + "AKIAIOSFODNN7EXAMPLE" + rest
                                                      + "1700000000100,20,plain" + rest + "1700000000100,20,plain" + rest
                                                      + "1700000000200" + row + "AKIAIOSFODNN7EXAMPLF" + rest + "1700000001300" + row
                                                      + "AKIAIOSFODNN7EXAMPLG" + rest));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->labels.size(), 2U);
    QVERIFY2(run->labels[0].name.startsWith("GET http://shop/?api_key=") && !run->labels[0].name.contains("AKIA"),
             qPrintable(run->labels[0].name));
    QCOMPARE(run->labels[0].samples, 3);
    QCOMPARE(run->labels[0].seconds.size(), 2U);
    QCOMPARE(run->labels[0].latency.count(), 3);
    QCOMPARE(run->labels[1].name, "plain");
}

void TestLabels::secretsInErrors()
{
    const QByteArray hey = "Summary:\n  Total:\t10.0 secs\n  Slowest:\t0.1 secs\n  Fastest:\t0.001 secs\n\nLatency distribution:\n"
                           "  95% in 0.0400 secs\n\nStatus code distribution:\n  [200]\t100 responses\n\nError distribution:\n"
                           "  [4]\tGet \"http://shop/?api_key=AKIAIOSFODNN7EXAMPLE\": EOF\n  [3]\tGet \"http://shop/?api_key=AKIAIOSFODNN7EXAMPLF\": EOF\n";
    const auto run = readLoadTest(m_scratch.write("hey.txt", hey));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->errors, 7);
    QCOMPARE(run->errorKinds.size(), 1);
    QVERIFY2(!run->errorKinds.firstKey().contains("AKIA") && run->errorKinds.firstKey().contains("shop"),
             qPrintable(run->errorKinds.firstKey()));
    QCOMPARE(run->errorKinds.first(), 7);
}

QTEST_APPLESS_MAIN(TestLabels)
#include "tst_labels.moc"
