// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/infrastructuresupport.h>

#include <QFile>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");

void addDemoGuide(Evidence &e, const QString &role)
{
    QFile file(demo + u"/docs/%1.md"_s.arg(role));
    QVERIFY(file.open(QIODevice::ReadOnly));
    addGuide(e, role, QString::fromUtf8(file.readAll()), u"https://wiki.example.com/id-auth/"_s + role);
}

Evidence demoEvidence()
{
    Evidence e = monitoredService();
    auto read = readDatadogSnapshot(Root(demo), u"readiness/datadog"_s, &e.files);
    e.datadog = std::move(read.value);
    e.unreadable = std::move(read.problems);
    addDemoGuide(e, u"onboarding"_s);
    addDemoGuide(e, u"oncall"_s);
    return e;
}

QByteArray demoFile(const QString &path)
{
    QFile file(demo + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList titlesWith(Verdict v, const std::vector<Finding> &findings)
{
    QStringList list;
    for (const Finding &f : findings) {
        if (f.verdict == v)
            list << f.object.section(u'/', 1) + u": "_s + f.measured.en;
    }
    return list;
}

} // namespace

/// The story that the demo's monitors and guides tell.
class TestDemoMonitors : public QObject
{
    Q_OBJECT

private slots:
    void snapshot()
    {
        const Evidence e = demoEvidence();
        QVERIFY(e.unreadable.empty());
        QVERIFY(e.datadog.remarks.empty()); // nothing changed since capture
        QVERIFY(e.datadog.monitorsComplete);
        QCOMPARE(e.datadog.monitors.size(), 10u);
        QCOMPARE(e.datadog.series.size(), 6u);
        QCOMPARE(e.datadog.notReadable.size(), 1u); // SLO: 403
        QCOMPARE(e.datadog.captured.date(), QDate(2026, 11, 19));
        for (const MetricSeries &s : e.datadog.series) {
            QCOMPARE(s.points.size(), 1008u);
            QCOMPARE(s.intervalSeconds, 600.0);
        }
    }

    void fiveHundredsReachSlackOnlyOnRecovery()
    {
        const auto findings = judge(demoEvidence(), u"alert-5xx"_s);
        QCOMPARE(findings.size(), 1u);
        const Finding f = firstWith(Verdict::Fail, findings);
        QVERIFY(f.reason.en.contains(u"@slack-identity-alerts"));
        QFile file(demo + u'/' + f.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().split('\n').at(f.span.line - 1).contains("is_recovery"));
    }

    void latencyWatchesAnotherPercentile()
    {
        const auto findings = judge(demoEvidence(), u"alert-latency"_s);
        QCOMPARE(findings.size(), 1u);
        const Finding f = firstWith(Verdict::Warn, findings);
        QVERIFY(f.reason.en.contains(u"p95"));
        QCOMPARE(f.marks.size(), 1u); // the muted one
        QVERIFY(std::get_if<SeriesPicture>(f.picture.get()));
    }

    void runbooks()
    {
        const auto findings = judge(demoEvidence(), u"runbook-links"_s);
        QCOMPARE(
            titlesWith(Verdict::Fail, findings),
            (QStringList{u"[id-auth] セッションキャッシュの追い出しが多い: #redis-のメモリが足りない"_s}));
        QCOMPARE(titlesWith(Verdict::Warn, findings).size(), 1); // to the guide's top
        QCOMPARE(titlesWith(Verdict::Pass, findings).size(), 5);
        QCOMPARE(findings.size(), 7u); // neither staging, nor another team's, nor the one only named so
    }

    void guides()
    {
        const QMap<QString, QStringList> oncall = {{u"role"_s, {u"oncall"_s}},
                                                   {u"headings"_s,
                                                    {u"連絡先|Contacts"_s, u"監視"_s, u"関連サービス"_s,
                                                     u"障害報告"_s, u"障害の履歴"_s, u"アラート"_s}}};
        const auto entries = judge(demoEvidence(), u"guide-headings"_s, {}, oncall);
        QCOMPARE(titlesWith(Verdict::Fail, entries),
                 (QStringList{u"[id-auth] 動いている Pod が少ない: 0 entries"_s}));
        const QMap<QString, QStringList> onboarding = {
            {u"role"_s, {u"onboarding"_s}},
            {u"headings"_s,
             {u"概要"_s, u"設計"_s, u"構成"_s, u"リクエストの流れ"_s, u"利用箇所"_s, u"リポジトリ"_s,
              u"インフラ"_s, u"運用"_s, u"オンコール"_s}}};
        const auto sections = judge(demoEvidence(), u"guide-headings"_s, {}, onboarding);
        QCOMPARE(titlesWith(Verdict::Fail, sections),
                 (QStringList{u"docs/onboarding.md: template text in 2 places"_s}));
        QCOMPARE(sections.size(), 9u);
    }

    void logsGoToAthena()
    {
        const Evidence e = infrastructure(demoFile(u"cfn/observability.yaml"_s), demoFile(u"deploy/base/fluent-bit.yaml"_s),
                                          demoFile(u"readiness/service.yaml"_s));
        QCOMPARE(verdictOf(e, u"access-log"_s), u"pass"_s);
        QCOMPARE(verdictOf(e, u"log-query"_s), u"pass"_s);
        // The one thing amiss: the alarm stays silent when the canary itself stops.
        const Finding f = firstWith(Verdict::Warn, judge(e, u"uptime"_s));
        QVERIFY(f.reason.en.contains(u"TreatMissingData"));
    }

    void tracesAndErrors()
    {
        Evidence e = evidenceFrom(demoFile(u"deploy/base/deployment.yaml"_s) + "\n---\n"
                                      + demoFile(u"deploy/base/fluent-bit.yaml"_s),
                                  demoFile(u"readiness/service.yaml"_s));
        e.datadog = demoEvidence().datadog;
        QCOMPARE(verdictOf(e, u"apm"_s, {{u"services"_s, 2}}), u"pass"_s);
        QCOMPARE(verdictOf(e, u"error-reporting"_s), u"pass"_s);
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"n/a"_s);
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"pass"_s);
        QCOMPARE(judge(e, u"bottleneck"_s).front().verdict, Verdict::Pass);
    }
};

QTEST_APPLESS_MAIN(TestDemoMonitors)
#include "tst_demo_monitors.moc"
