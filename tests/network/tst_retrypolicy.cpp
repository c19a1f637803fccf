// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/retrypolicy.h>

#include <QTest>

using namespace tenken;
using namespace std::chrono_literals;

namespace
{

HttpAnswer withStatus(int status, const QMap<QByteArray, QByteArray> &headers = {})
{
    HttpAnswer a;
    a.status = status;
    a.headers = headers;
    return a;
}

HttpAnswer without(HttpOutcome outcome)
{
    HttpAnswer a;
    a.outcome = outcome;
    return a;
}

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private slots:
    void transient_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("again");
        for (const int status : {408, 429, 500, 502, 503, 504, 520})
            QTest::addRow("%d", status) << status << true;
        for (const int status : {200, 204, 301, 400, 401, 403, 404, 409, 410, 412, 422, 501})
            QTest::addRow("%d", status) << status << false;
    }

    void transient()
    {
        QFETCH(int, status);
        QFETCH(bool, again);
        QCOMPARE(isTransient(withStatus(status)), again);
    }

    void connections()
    {
        QVERIFY(isTransient(without(HttpOutcome::Timeout)) && isTransient(without(HttpOutcome::Broken)));
        for (const HttpOutcome o : {HttpOutcome::Refused, HttpOutcome::TooLarge, HttpOutcome::Tls,
                                    HttpOutcome::Proxy, HttpOutcome::Unreachable, HttpOutcome::Cancelled})
            QVERIFY(!isTransient(without(o)));
    }

    void reset_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("milliseconds");
        QTest::newRow("seconds") << QByteArray("2") << 2050;
        QTest::newRow("fraction") << QByteArray(" 0.5 ") << 550;
        QTest::newRow("now") << QByteArray("0") << 50;
        QTest::newRow("negative") << QByteArray("-3") << -1;
        QTest::newRow("an epoch is not seconds to wait") << QByteArray("1794409200") << -1;
        QTest::newRow("huge") << QByteArray("1e300") << -1;
        QTest::newRow("nan") << QByteArray("nan") << -1;
        QTest::newRow("words") << QByteArray("soon") << -1;
        QTest::newRow("empty") << QByteArray() << -1;
    }

    void reset()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, milliseconds);
        const auto after = resetAfter(withStatus(429, {{"x-ratelimit-reset", value}}));
        QCOMPARE(after ? int(after->count()) : -1, milliseconds);
    }

    void retryAfterWhereThereIsNoReset()
    {
        QCOMPARE(*resetAfter(withStatus(503, {{"retry-after", "3"}})), 3050ms);
        QCOMPARE(*resetAfter(withStatus(503, {{"retry-after", "3"}, {"x-ratelimit-reset", "1"}})), 1050ms);
        QVERIFY(!resetAfter(withStatus(503, {{"retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"}})));
    }

    void backsOff()
    {
        RetryLimits limits;
        limits.tries = 9;
        RetryPolicy policy(limits, [] { return 1.0; });
        for (const auto wanted : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
            static int tried = 0;
            QCOMPARE(*policy.waitAfter(withStatus(500), ++tried), std::chrono::milliseconds(wanted));
        }
        QVERIFY(!policy.waitAfter(withStatus(500), 9));
        QCOMPARE(policy.left(), 300s - 183s);
    }

    void jitterHalvesAtMost()
    {
        RetryPolicy early(RetryLimits{}, [] { return 0.0; });
        QCOMPARE(*early.waitAfter(withStatus(502), 1), 500ms);
        RetryPolicy wild(RetryLimits{}, [] { return 17.0; });
        QCOMPARE(*wild.waitAfter(withStatus(502), 1), 1000ms);
        RetryPolicy own{RetryLimits{}};
        const auto wait = *own.waitAfter(without(HttpOutcome::Broken), 2);
        QVERIFY(wait >= 1000ms && wait <= 2000ms);
    }

    void theServersResetIsHonoured()
    {
        RetryPolicy policy(RetryLimits{}, [] { return 0.0; });
        QCOMPARE(*policy.waitAfter(withStatus(429, {{"x-ratelimit-reset", "2"}}), 1), 2050ms);
        QVERIFY(!policy.waitAfter(withStatus(403, {{"x-ratelimit-reset", "2"}}), 1));
    }

    void theBudgetEnds()
    {
        RetryLimits limits;
        limits.budget = 5s;
        RetryPolicy policy(limits, [] { return 1.0; });
        QVERIFY(policy.waitAfter(withStatus(429, {{"x-ratelimit-reset", "3"}}), 1));
        QVERIFY(!policy.waitAfter(withStatus(429, {{"x-ratelimit-reset", "3"}}), 1));
        QVERIFY(
            policy.waitAfter(withStatus(429, {{"x-ratelimit-reset", "1"}}), 1)); // a shorter one still fits
        QVERIFY(!policy.take(1s));
        QVERIFY(policy.take(100ms));
    }

    void nothingRemains()
    {
        const RetryPolicy policy{RetryLimits{}};
        QCOMPARE(
            policy.pauseAfter(withStatus(200, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "2"}})),
            2050ms);
        QCOMPARE(policy.pauseAfter(withStatus(200, {{"x-ratelimit-remaining", "0"}})), 1000ms);
        QCOMPARE(
            policy.pauseAfter(withStatus(200, {{"x-ratelimit-remaining", "1"}, {"x-ratelimit-reset", "2"}})),
            0ms);
        QCOMPARE(policy.pauseAfter(withStatus(200, {{"x-ratelimit-reset", "2"}})), 0ms);
        QCOMPARE(policy.pauseAfter(withStatus(200, {{"x-ratelimit-remaining", "none"}})), 0ms);
    }
};

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
