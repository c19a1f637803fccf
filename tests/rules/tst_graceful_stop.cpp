// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestGracefulStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sleepHandlerNeedsAVersion();
    void verdicts_data();
    void verdicts();
    void theFailureOfTheDesign();
    void snippetFitsTheFile_data();
    void snippetFitsTheFile();
    void limit();
    void removal_data();
    void removal();
    void onlyServingContainersWait();
    void noManifests();
    void onlyJobs();
};

namespace {

constexpr const char *sum = "The grace period covers the whole stop";
constexpr const char *limitTitle = "The grace period stays within its limit";
constexpr const char *removalTitle = "preStop waits for endpoint removal";

QByteArray preStop(const char *hook)
{
    return QByteArray("          lifecycle:\n            preStop: ") + hook + '\n';
}

QByteArray grace(const char *seconds)
{
    return QByteArray("      terminationGracePeriodSeconds: ") + seconds + '\n';
}

} // namespace

void TestGracefulStop::sleepHandlerNeedsAVersion()
{
    const auto verdict = [](const char *hook, int minor) {
        Service service = declaredService();
        service.kubernetesVersion.value = QVersionNumber(1, minor);
        const Evidence e = evidenceWith(deployment(grace("60"), preStop(hook)), service);
        checkWords(judge(e, QStringLiteral("graceful-stop")));
        return verdictOf(e, QStringLiteral("graceful-stop"));
    };
    QCOMPARE(verdict("{sleep: {seconds: 20}}", 27), QStringLiteral("fail"));
    QCOMPARE(verdict("{sleep: {seconds: 20}}", 28), QStringLiteral("fail"));
    QCOMPARE(verdict("{sleep: {seconds: 20}}", 29), QStringLiteral("warn"));
    QCOMPARE(verdict("{sleep: {seconds: 20}}", 30), QStringLiteral("pass"));
    QCOMPARE(verdict("{exec: {command: [sleep, '20']}}", 27), QStringLiteral("pass"));
}

void TestGracefulStop::verdicts_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<double>("sigterm"); // −1: not declared
    QTest::addColumn<double>("drain");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &podSpec, const QByteArray &container, double sigterm, double drain,
                        const char *verdict) {
        QTest::newRow(name) << podSpec << container << sigterm << drain << QString::fromLatin1(verdict);
    };
    row("20 + 2 + 23 in 60", grace("60"), preStop("{sleep: {seconds: 20}}"), 2, 23, "pass");
    row("exactly enough", grace("45"), preStop("{sleep: {seconds: 20}}"), 2, 23, "pass");
    row("one second short", grace("44"), preStop("{sleep: {seconds: 20}}"), 2, 23, "fail");
    row("the default of 30 s", "", preStop("{sleep: {seconds: 20}}"), 2, 23, "fail");
    row("no preStop fits the default", "", "", 2, 23, "pass");
    row("drain not declared", grace("60"), preStop("{sleep: {seconds: 20}}"), 2, -1, "unknown");
    row("SIGTERM not declared", grace("60"), preStop("{sleep: {seconds: 20}}"), -1, 23, "unknown");
    row("SIGTERM not declared, short anyway", grace("40"), preStop("{sleep: {seconds: 20}}"), -1, 23, "fail");
    row("nothing declared, preStop longer than grace", "", preStop("{exec: {command: [sleep, \"40\"]}}"), -1, -1, "fail");
    row("nothing declared, preStop uses all of it", "", preStop("{exec: {command: [sleep, \"30\"]}}"), -1, -1, "fail");
    row("preStop uses all and nothing else is needed", "", preStop("{exec: {command: [sleep, \"30\"]}}"), 0, 0, "pass");
    row("nothing declared", "", "", -1, -1, "unknown");
    row("grace 0", grace("0"), "", 0, 0, "fail");
    row("sleep handler beyond grace is refused", grace("10"), preStop("{sleep: {seconds: 11}}"), 0, 0, "fail");
    row("httpGet preStop cannot be seen", grace("60"), preStop("{httpGet: {path: /stop, port: 80}}"), 2, 23, "unknown");
    row("script preStop cannot be seen", grace("60"), preStop("{exec: {command: [/stop.sh]}}"), 2, 23, "unknown");
    row("sleep then more cannot be seen", grace("60"), preStop("{exec: {command: [sh, -c, sleep 5 && quit]}}"), 2, 23, "unknown");
    row("sleep then more is too long already", grace("60"), preStop("{exec: {command: [sh, -c, sleep 50 && quit]}}"), 2, 23, "fail");
    row("grace is a template", grace("${GRACE}"), "", 2, 23, "unknown");
    row("postStart takes nothing from the stop", "", "          lifecycle: {postStart: {sleep: {seconds: 600}}}\n", 2, 23, "pass");
}

void TestGracefulStop::verdicts()
{
    QFETCH(QByteArray, podSpec);
    QFETCH(QByteArray, container);
    QFETCH(double, sigterm);
    QFETCH(double, drain);
    const auto declared = [](double s) { return s < 0 ? std::nullopt : std::optional(s); };
    const Evidence e = evidenceWith(deployment(podSpec, container), serviceWith(declared(sigterm), declared(drain)));
    const auto findings = judge(e, QStringLiteral("graceful-stop"));
    QTEST(toString(titled(findings, sum).verdict), "verdict");
    checkWords(findings);
}

// The picture of the design: three findings, line and column, both values, the marks and their shares.
void TestGracefulStop::theFailureOfTheDesign()
{
    const Evidence e = evidenceWith(deployment(grace("30"), preStop("{exec: {command: [\"sleep\", \"20\"]}}")), declaredService());
    const auto findings = judge(e, QStringLiteral("graceful-stop"), {{QStringLiteral("max-seconds"), 120}});
    QCOMPARE(verdictsOf(findings), QStringLiteral("fail pass pass"));

    const Finding &f = findings[0];
    QCOMPARE(f.title.ja, QStringLiteral("猶予は停止の合計以上"));
    QCOMPARE(f.object, QStringLiteral("Deployment/shop/id-auth"));
    QCOMPARE(f.file, QStringLiteral("k8s.yaml"));
    QCOMPARE(f.span, (Span{13, 7, 13, 40}));
    QCOMPARE(f.measured.ja, QStringLiteral("30 s"));
    QCOMPARE(f.wanted.ja, QStringLiteral("≥ 45 s"));
    QCOMPARE(f.comparison->measured, 30.0);
    QCOMPARE(f.comparison->wanted, 45.0);
    QVERIFY(f.reason.ja.startsWith(QStringLiteral("15 s 足りません。")));
    QCOMPARE(f.remedy.ja, QStringLiteral("preStop 20 s + SIGTERM 処理 2 s + drain 23 s = 45 s。余裕を足して 60 s にします。"));
    QCOMPARE(f.snippet, QStringLiteral("      terminationGracePeriodSeconds: 60"));
    QCOMPARE(f.marks.size(), 3u);
    QCOMPARE(f.marks[0].note.ja, QStringLiteral("+20 s を消費"));
    QCOMPARE(f.marks[0].span.line, 18);
    QCOMPARE(f.marks[2].file, QStringLiteral("readiness/service.yaml"));
    QCOMPARE(f.marks[2].span.line, 31);
    QVERIFY(std::holds_alternative<Timeline>(*f.picture));
    QCOMPARE(std::get<Timeline>(*f.picture).gapTo, 45.0);

    QCOMPARE(findings[1].title.ja, QStringLiteral("猶予は上限以内"));
    QCOMPARE(findings[1].wanted.ja, QStringLiteral("≤ 120 s"));
    QCOMPARE(findings[2].title.ja, QStringLiteral("preStop で除外を待つ"));
    QCOMPARE(findings[2].measured.ja, QStringLiteral("20 s"));
    QCOMPARE(findings[2].wanted.ja, QStringLiteral("≥ 8 s"));
    QCOMPARE(findings[2].span.line, 18);
    QCOMPARE(findings[2].container, QStringLiteral("app"));
}

void TestGracefulStop::snippetFitsTheFile_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("snippet");
    const QByteArray head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n";
    QTest::newRow("written: in its place") << head + "  template:\n    spec:\n      terminationGracePeriodSeconds: 5\n      containers: [{name: a}]\n"
                                           << "      terminationGracePeriodSeconds: 30";
    QTest::newRow("not written: below spec") << head + "  template:\n    spec:\n      containers:\n        - {name: a, lifecycle: {preStop: {sleep: {seconds: 29}}}}\n"
                                             << "    spec:\n      terminationGracePeriodSeconds: 70";
    QTest::newRow("four spaces") << QByteArray("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n    template:\n        spec:\n"
                                    "            terminationGracePeriodSeconds: 5\n            containers: [{name: a}]\n")
                                 << "            terminationGracePeriodSeconds: 30";
    QTest::newRow("flow map") << head + "  template: {spec: {containers: [{name: a, lifecycle: {preStop: {sleep: {seconds: 29}}}}]}}\n"
                              << "spec:\n  terminationGracePeriodSeconds: 70";
}

void TestGracefulStop::snippetFitsTheFile()
{
    QFETCH(QByteArray, yaml);
    const auto findings = judge(evidenceWith(yaml, serviceWith(2, 23)), QStringLiteral("graceful-stop"));
    const Finding f = titled(findings, sum);
    QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
    QTEST(f.snippet, "snippet");
}

void TestGracefulStop::limit()
{
    const Evidence e = evidenceWith(deployment(grace("121")), declaredService());
    const auto findings = judge(e, QStringLiteral("graceful-stop"));
    QCOMPARE(toString(titled(findings, limitTitle).verdict), toString(Verdict::Fail));
    QCOMPARE(titled(findings, limitTitle).snippet, QStringLiteral("      terminationGracePeriodSeconds: 30"));
    const QMap<QString, double> looser{{QStringLiteral("max-seconds"), 300}};
    QCOMPARE(toString(titled(judge(e, QStringLiteral("graceful-stop"), looser), limitTitle).verdict), toString(Verdict::Pass));
    // A sum beyond the limit cannot be mended by more grace.
    const Evidence slow = evidenceWith(deployment(grace("60")), serviceWith(2, 200));
    const Finding f = titled(judge(slow, QStringLiteral("graceful-stop")), sum);
    QVERIFY(f.remedy.en.contains(QLatin1String("shorten preStop or the drain")));
}

void TestGracefulStop::removal_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<double>("endpoint");
    QTest::addColumn<double>("sigterm");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &container, double endpoint, double sigterm, const char *verdict) {
        QTest::newRow(name) << container << endpoint << sigterm << QString::fromLatin1(verdict);
    };
    row("long enough", preStop("{sleep: {seconds: 8}}"), 8, 0, "pass");
    row("too short", preStop("{sleep: {seconds: 7}}"), 8, 0, "fail");
    row("accepting after SIGTERM makes up for it", preStop("{sleep: {seconds: 7}}"), 8, 1, "pass");
    row("no preStop, nothing declared", "", -1, -1, "warn");
    row("no preStop, declared", "", 8, 0, "fail");
    row("preStop, nothing declared", preStop("{sleep: {seconds: 8}}"), -1, -1, "unknown");
    row("preStop that cannot be seen", preStop("{httpGet: {port: 80}}"), 8, 0, "unknown");
    row("a script that sleeps long enough first", preStop("{exec: {command: [sh, -c, sleep 9; quit]}}"), 8, 0, "pass");
}

void TestGracefulStop::removal()
{
    QFETCH(QByteArray, container);
    QFETCH(double, endpoint);
    QFETCH(double, sigterm);
    Service service = serviceWith(sigterm < 0 ? std::nullopt : std::optional(sigterm), {});
    if (endpoint >= 0)
        service.endpointSeconds.value = endpoint;
    const auto findings = judge(evidenceWith(deployment({}, container), service), QStringLiteral("graceful-stop"));
    const Finding f = titled(findings, removalTitle);
    QTEST(toString(f.verdict), "verdict");
    if (f.verdict == Verdict::Fail)
        QVERIFY2(f.snippet.contains(QLatin1String("preStop:")) && f.snippet.contains(QLatin1String("\"8\"")), qPrintable(f.snippet));
}

void TestGracefulStop::onlyServingContainersWait()
{
    const QByteArray two = "          ports: [{containerPort: 80}]\n" + preStop("{sleep: {seconds: 9}}") + "        - name: logs\n          image: b\n";
    const auto findings = judge(evidenceWith(deployment(grace("60"), two), declaredService()), QStringLiteral("graceful-stop"));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass pass pass"));
    QCOMPARE(findings[0].container, QStringLiteral("app")); // whose preStop decides
}

void TestGracefulStop::noManifests()
{
    QCOMPARE(verdictOf(evidenceWith({}), QStringLiteral("graceful-stop")), QStringLiteral("unknown"));
}

void TestGracefulStop::onlyJobs()
{
    const QByteArray job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {containers: [{name: a}]}}}\n";
    const auto findings = judge(evidenceWith(job, declaredService()), QStringLiteral("graceful-stop"));
    QCOMPARE(verdictsOf(findings), QStringLiteral("unknown"));
    QVERIFY(findings[0].reason.en.contains(QLatin1String("Jobs")));
    const auto both = judge(evidenceWith(job + "---\n" + deployment(grace("60")), declaredService()), QStringLiteral("graceful-stop"));
    for (const Finding &f : both)
        QCOMPARE(f.object, QStringLiteral("Deployment/shop/id-auth"));
}

QTEST_APPLESS_MAIN(TestGracefulStop)
#include "tst_graceful_stop.moc"
