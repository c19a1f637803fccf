// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestMinReady : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void kinds_data();
    void kinds();
    void places();
    void parameters();
};

namespace {

constexpr const char *rule = "min-ready";

Service startIn(double seconds)
{
    Service s = serviceWith({}, {});
    if (seconds >= 0)
        s.startSeconds = {seconds, {29, 3, 29, 20}};
    return s;
}

} // namespace

void TestMinReady::verdicts_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<double>("start"); // −1: not declared
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char *name, const char *spec, double start, const char *verdicts) {
        QTest::newRow(name) << QByteArray(spec) << start << QString::fromLatin1(verdicts);
    };
    row("unset is 0", "", 20, "fail");
    row("0", "  minReadySeconds: 0\n", 20, "fail");
    row("10 of 20", "  minReadySeconds: 10\n", 20, "pass pass pass");
    row("as long as the start", "  minReadySeconds: 20\n", 20, "pass pass pass");
    row("longer than the start", "  minReadySeconds: 21\n", 20, "pass pass warn");
    row("10 s is small whatever the start", "  minReadySeconds: 10\n", 1, "pass pass pass");
    row("10 s, start not declared", "  minReadySeconds: 10\n", -1, "pass pass pass");
    row("30 s, start not declared", "  minReadySeconds: 30\n", -1, "pass pass unknown");
    row("equal to the deadline is refused", "  minReadySeconds: 600\n", -1, "pass fail unknown");
    row("beyond the deadline that is set", "  minReadySeconds: 10\n  progressDeadlineSeconds: 10\n", -1, "pass fail pass");
    row("below it, with the start beyond", "  minReadySeconds: 10\n  progressDeadlineSeconds: 30\n", 20, "pass fail pass");
    row("below it, with the start", "  minReadySeconds: 9\n  progressDeadlineSeconds: 30\n", 20, "pass pass pass");
    row("template", "  minReadySeconds: $MIN\n", 20, "unknown");
}

void TestMinReady::verdicts()
{
    QFETCH(QByteArray, spec);
    QFETCH(double, start);
    const auto findings = judge(evidenceWith(deployment({}, {}, spec), startIn(start)), QLatin1StringView(rule));
    QTEST(verdictsOf(findings), "verdicts");
    checkWords(findings);
}

void TestMinReady::kinds_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("verdicts");
    QTest::newRow("StatefulSet has no deadline") << QByteArray("apiVersion: apps/v1\nkind: StatefulSet") << QStringLiteral("pass pass");
    QTest::newRow("DaemonSet has none either") << QByteArray("apiVersion: apps/v1\nkind: DaemonSet") << QStringLiteral("pass pass");
    QTest::newRow("Rollout") << QByteArray("apiVersion: argoproj.io/v1alpha1\nkind: Rollout") << QStringLiteral("pass pass pass");
    QTest::newRow("CronJob") << QByteArray("apiVersion: batch/v1\nkind: Job") << QStringLiteral("unknown");
}

void TestMinReady::kinds()
{
    QFETCH(QByteArray, head);
    const QByteArray yaml = head + "\nmetadata: {name: a}\nspec:\n  minReadySeconds: 5\n  template: {spec: {containers: [{name: a}]}}\n";
    QTEST(verdictsOf(judge(evidenceWith(yaml, startIn(20)), QLatin1StringView(rule))), "verdicts");
    QCOMPARE(verdictOf(evidenceWith("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n"), QLatin1StringView(rule)),
             QStringLiteral("fail"));
    QCOMPARE(verdictOf(evidenceWith({}), QLatin1StringView(rule)), QStringLiteral("unknown"));
}

void TestMinReady::places()
{
    const auto set = judge(evidenceWith(deployment({}, {}, "  minReadySeconds: 40\n"), startIn(20)), QLatin1StringView(rule));
    QCOMPARE(set[2].span, (Span{7, 3, 7, 22}));
    QCOMPARE(set[2].measured.en, QStringLiteral("40 s"));
    QCOMPARE(set[2].wanted.en, QStringLiteral("≤ 20 s"));
    QCOMPARE(set[2].snippet, QStringLiteral("  minReadySeconds: 20"));
    const auto unset = judge(evidenceWith(deployment({})), QLatin1StringView(rule));
    QCOMPARE(unset[0].span.line, 4); // the name
    QCOMPARE(unset[0].snippet, QStringLiteral("spec:\n  minReadySeconds: 10"));
}

void TestMinReady::parameters()
{
    const Evidence e = evidenceWith(deployment({}, {}, "  minReadySeconds: 10\n"), startIn(20));
    const QMap<QString, double> strict{{QStringLiteral("factor"), 0.25}, {QStringLiteral("free-seconds"), 2}};
    QCOMPARE(verdictOf(e, QLatin1StringView(rule), strict), QStringLiteral("warn"));
}

QTEST_APPLESS_MAIN(TestMinReady)
#include "tst_min_ready.moc"
