// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestSafeStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void unknownShowsTheBudget();
    void findingHasItsPlace();
    void snippetsMendIt_data();
    void snippetsMendIt();
    void delays_data();
    void delays();
    void containersWithoutPortsAreLeftOut();
};

namespace {

constexpr const char *rule = "safe-start";

Service startIn(std::optional<double> seconds)
{
    Service s = serviceWith({}, {});
    s.startSeconds = {seconds, {29, 3, 29, 20}};
    return s;
}

} // namespace

void TestSafeStart::verdicts_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<double>("start"); // −1: not declared
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *container, double start, const char *verdict) {
        QTest::newRow(name) << QByteArray(container) << start << QString::fromLatin1(verdict);
    };
    row("liveness defaults kill at 20 s", "          livenessProbe: {httpGet: {port: 1}}\n", 20, "pass");
    row("liveness defaults, 21 s", "          livenessProbe: {httpGet: {port: 1}}\n", 21, "fail");
    row("threshold × period is the late reading", "          startupProbe: {periodSeconds: 10, failureThreshold: 6}\n", 60, "fail");
    row("guaranteed budget", "          startupProbe: {periodSeconds: 10, failureThreshold: 6}\n", 50, "pass");
    row("startup shields from liveness", "          livenessProbe: {}\n          startupProbe: {failureThreshold: 30}\n", 100, "pass");
    row("liveness delay does not help a short startup",
        "          livenessProbe: {initialDelaySeconds: 100}\n          startupProbe: {failureThreshold: 1}\n", 1, "fail");
    row("startup delay counts", "          startupProbe: {initialDelaySeconds: 15, failureThreshold: 1}\n", 15, "pass");
    row("nothing kills", "          readinessProbe: {}\n", 500, "warn");
    row("not declared", "          livenessProbe: {}\n", -1, "unknown");
    row("not declared, nothing kills", "", -1, "warn");
    row("template", "          livenessProbe: {initialDelaySeconds: $DELAY}\n", 1, "unknown");
    row("postStart longer than the declared start", "          livenessProbe: {}\n          lifecycle: {postStart: {sleep: {seconds: 21}}}\n", 5, "fail");
}

void TestSafeStart::verdicts()
{
    QFETCH(QByteArray, container);
    QFETCH(double, start);
    const Evidence e = evidenceWith(deployment({}, container), startIn(start < 0 ? std::nullopt : std::optional(start)));
    const auto findings = judge(e, QLatin1StringView(rule));
    QTEST(toString(findings.front().verdict), "verdict");
    checkWords(findings);
}

void TestSafeStart::unknownShowsTheBudget()
{
    const auto findings = judge(evidenceWith(deployment({}, "          livenessProbe: {httpGet: {port: 1}}\n")), QLatin1StringView(rule));
    QCOMPARE(toString(findings.front().verdict), toString(Verdict::Unknown));
    QCOMPARE(findings.front().wanted.en, QStringLiteral("≤ 20 s"));
    QVERIFY(findings.front().remedy.en.contains(QLatin1String("timing.start-seconds")));
    QVERIFY(std::holds_alternative<Timeline>(*findings.front().picture));
}

void TestSafeStart::findingHasItsPlace()
{
    const auto findings = judge(evidenceWith(deployment({}, "          startupProbe:\n            failureThreshold: 3\n"), startIn(41)),
                                QLatin1StringView(rule));
    const Finding &f = findings.front();
    QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
    QCOMPARE(f.span.line, 16);
    QCOMPARE(f.container, QStringLiteral("app"));
    QCOMPARE(f.measured.en, QStringLiteral("41 s"));
    QCOMPARE(f.wanted.en, QStringLiteral("≤ 20 s"));
    QCOMPARE(f.comparison->relation, Comparison::Relation::AtMost);
    QCOMPARE(f.marks.front().file, QStringLiteral("readiness/service.yaml"));
    QCOMPARE(std::get<Timeline>(*f.picture).gapTo, 41.0);
}

void TestSafeStart::snippetsMendIt_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::newRow("a new startupProbe") << QByteArray("          livenessProbe:\n            httpGet:\n              path: /live\n              port: 8080\n");
    QTest::newRow("delay, short period") << QByteArray("          livenessProbe:\n            httpGet:\n              port: 8080\n            initialDelaySeconds: 3\n            periodSeconds: 1\n");
}

void TestSafeStart::snippetsMendIt()
{
    QFETCH(QByteArray, container);
    const QByteArray yaml = deployment({}, container);
    const Finding f = judge(evidenceWith(yaml, startIn(41)), QLatin1StringView(rule)).front();
    QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
    const Evidence mended = evidenceWith(yaml + f.snippet.toUtf8() + '\n', startIn(41));
    QVERIFY2(verdictOf(mended, QLatin1StringView(rule)) == u"pass", qPrintable(f.snippet));

    const QByteArray startup = deployment({}, "          startupProbe:\n            periodSeconds: 4\n            failureThreshold: 2\n");
    const Finding tight = judge(evidenceWith(startup, startIn(41)), QLatin1StringView(rule)).front();
    const Evidence wider = evidenceWith(QByteArray(startup).replace("            failureThreshold: 2", tight.snippet.toUtf8()), startIn(41));
    QVERIFY2(verdictOf(wider, QLatin1StringView(rule)) == u"pass", qPrintable(tight.snippet));
}

void TestSafeStart::delays_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char *name, const char *container, const char *verdicts) {
        QTest::newRow(name) << QByteArray(container) << QString::fromLatin1(verdicts);
    };
    // Declared: 10 s to start. Up to 20 s of delay is taken as room.
    row("as long as the start", "          livenessProbe: {initialDelaySeconds: 10}\n", "pass");
    row("twice", "          livenessProbe: {initialDelaySeconds: 20}\n", "pass");
    row("too long", "          livenessProbe: {initialDelaySeconds: 21}\n", "pass warn");
    row("readiness waits too", "          livenessProbe: {}\n          readinessProbe: {initialDelaySeconds: 60}\n", "pass warn");
    row("both", "          livenessProbe: {initialDelaySeconds: 60}\n          readinessProbe: {initialDelaySeconds: 60}\n", "pass warn warn");
}

void TestSafeStart::delays()
{
    QFETCH(QByteArray, container);
    const auto findings = judge(evidenceWith(deployment({}, container), startIn(10)), QLatin1StringView(rule));
    QTEST(verdictsOf(findings), "verdicts");
    checkWords(findings);
}

void TestSafeStart::containersWithoutPortsAreLeftOut()
{
    const QByteArray two = "          ports: [{containerPort: 80}]\n          startupProbe: {failureThreshold: 30}\n"
                           "        - name: logs\n          livenessProbe: {httpGet: {port: 1}}\n";
    const auto findings = judge(evidenceWith(deployment({}, two), startIn(41)), QLatin1StringView(rule));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass")); // 41 s is what the service takes, not its log shipper
}

QTEST_APPLESS_MAIN(TestSafeStart)
#include "tst_safe_start.moc"
