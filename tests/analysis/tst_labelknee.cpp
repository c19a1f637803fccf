// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/labelknee.h>
#include <evidence/loadtest/builder.h>

#include <QTest>

#include <functional>

using namespace tenken;

namespace
{

struct Request {
    qint64 latencyUs = 20'000;
    bool failed = false;
};

/// Steps of 80 s at 50, 100 … 300 req/s, of which one in `every` is a checkout that answers as `checkout` says.
LoadTestRun runWith(const std::function<Request(int rate, int i)> &checkout, int every = 25)
{
    RunBuilder builder;
    qint64 second = 1'700'000'000;
    for (int rate = 50; rate <= 300; rate += 50) {
        for (int s = 0; s < 80; ++s, ++second) {
            for (int i = 0; i < rate; ++i) {
                const bool isCheckout = i % every == 0;
                const Request r = isCheckout ? checkout(rate, i + s) : Request{.latencyUs = 18'000 + (i * 37 + s) % 4'000};
                const qint64 start = second * 1'000'000 + i * 1'000'000 / rate;
                if (!builder.request(start, start + r.latencyUs, r.latencyUs, r.failed, isCheckout ? "POST /checkout" : "GET /items"))
                    qFatal("the request makes no sense");
            }
        }
    }
    LoadTestRun run = builder.finish({});
    run.model = LoadModel::Open;
    return run;
}

Knee kneeOf(const LoadTestRun &run)
{
    return findKnee(run, findSteps(run));
}

} // namespace

class TestLabelKnee : public QObject
{
    Q_OBJECT

private slots:
    void aSlowFewInAHundred();
    void failingOnes();
    void slowFromTheBeginning();
    void onlyAtTheKnee();
    void aSpikeThatRecovers();
    void tooFewOfThem();
    void oneNameAlone();
};

void TestLabelKnee::aSlowFewInAHundred()
{
    const Knee knee = kneeOf(runWith([](int rate, int) { return Request{rate >= 200 ? 2'000'000 : 20'000}; }));
    QVERIFY(knee.usable && !knee.reached); // of all requests 95 % are fast
    QVERIFY(knee.earlyLabel);
    QCOMPARE(knee.earlyLabel->name, QStringLiteral("POST /checkout"));
    QCOMPARE_GT(knee.earlyLabel->offered, 190);
    QCOMPARE_LT(knee.earlyLabel->offered, 210);
    QCOMPARE_GT(knee.earlyLabel->p95, 1'900);
    QCOMPARE_LT(knee.earlyLabel->baselineP95, 25);
    QVERIFY(knee.caveats.back().en.contains(u"“POST /checkout”"));
}

void TestLabelKnee::failingOnes()
{
    const Knee knee = kneeOf(runWith([](int rate, int i) { return Request{20'000, rate >= 250 && i % 10 == 0}; }));
    QVERIFY(knee.earlyLabel && knee.earlyLabel->fails);
    QCOMPARE_GT(knee.earlyLabel->offered, 240);
    QVERIFY(knee.earlyLabel->inWords().en.contains(u"fails from"));
}

void TestLabelKnee::slowFromTheBeginning()
{
    QVERIFY(!kneeOf(runWith([](int, int) { return Request{900'000}; })).earlyLabel);
}

/// What comes close at the last step alone may be the knee that the whole reaches in the next one.
void TestLabelKnee::onlyAtTheKnee()
{
    QVERIFY(!kneeOf(runWith([](int rate, int) { return Request{rate >= 300 ? 2'000'000 : 20'000}; })).earlyLabel);
}

void TestLabelKnee::aSpikeThatRecovers()
{
    QVERIFY(!kneeOf(runWith([](int rate, int) { return Request{rate == 150 || rate == 200 ? 2'000'000 : 20'000}; })).earlyLabel);
}

void TestLabelKnee::tooFewOfThem()
{
    const auto slow = [](int rate, int) { return Request{rate >= 200 ? 2'000'000 : 20'000}; };
    QVERIFY(kneeOf(runWith(slow, 25)).earlyLabel);
    QVERIFY(!kneeOf(runWith(slow, 300)).earlyLabel); // one a second: too few for a p95
}

void TestLabelKnee::oneNameAlone()
{
    const Knee knee = kneeOf(runWith([](int, int) { return Request{}; }, 1));
    QVERIFY(knee.usable);
    QVERIFY(!knee.earlyLabel);
}

QTEST_APPLESS_MAIN(TestLabelKnee)
#include "tst_labelknee.moc"
