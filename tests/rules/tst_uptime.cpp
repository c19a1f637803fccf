// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/infrastructuresupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray service = "id: id-auth\nmonitoring: {endpoints: ['https://id-auth.example.com/healthz']}\n";

// The whole chain; every test takes one thing out of it.
const QByteArray chain = R"(Parameters:
  PagerDutyKey: {Type: String, NoEcho: true}
  PagerDutyUrl: {Type: String}
  Service: {Type: String}
Resources:
  Canary:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: !Sub '${Service}-uptime'
      StartCanaryAfterCreation: true
      Schedule: {Expression: rate(1 minute)}
      Code: {S3Bucket: code, S3Key: canary.zip}
      RunConfig:
        EnvironmentVariables: {URL: 'https://id-auth.example.com/healthz'}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: CloudWatchSynthetics
      MetricName: SuccessPercent
      Dimensions: [{Name: CanaryName, Value: !Ref Canary}]
      ComparisonOperator: LessThanThreshold
      Threshold: 90
      EvaluationPeriods: 3
      TreatMissingData: breaching
      AlarmActions: [!Ref Pages]
  Pages:
    Type: AWS::SNS::Topic
    Properties:
      Subscription: [{Protocol: https, Endpoint: !Sub 'https://events.pagerduty.com/integration/${PagerDutyKey}/enqueue'}]
)";

QByteArray without(const QByteArray &what, const QByteArray &instead = {})
{
    QByteArray text = chain;
    Q_ASSERT(text.contains(what));
    return text.replace(what, instead);
}

SyntheticsTest liveTest(const QString &message)
{
    SyntheticsTest t;
    t.id = u"a-b-c"_s;
    t.name = u"login"_s;
    t.live = true;
    t.message = message;
    t.target = u"https://id-auth.example.com/healthz"_s;
    t.locations = {u"aws:ap-northeast-1"_s};
    t.file = u"readiness/datadog/tests.json"_s;
    t.span = {2, 1, 2, 9};
    return t;
}

Evidence withTest(const SyntheticsTest &t)
{
    Evidence e = infrastructure({}, {}, service);
    e.datadog = monitoredService().datadog;
    e.datadog.synthetics = {t};
    return e;
}

} // namespace

class TestUptime : public QObject
{
    Q_OBJECT

private slots:
    void canaries_data()
    {
        QTest::addColumn<QByteArray>("cloudFormation");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("the whole chain") << chain << u"pass"_s;
        QTest::newRow("not started") << without("StartCanaryAfterCreation: true",
                                                "StartCanaryAfterCreation: false")
                                     << u"fail"_s;
        QTest::newRow("starting unsaid") << without("      StartCanaryAfterCreation: true\n") << u"fail"_s;
        QTest::newRow("runs once") << without("rate(1 minute)", "rate(0 minute)") << u"fail"_s;
        QTest::newRow("another canary's alarm") << without("!Ref Canary", "cart-uptime") << u"fail"_s;
        QTest::newRow("by the same expression")
            << without("!Ref Canary", "!Sub '${Service}-uptime'") << u"pass"_s;
        QTest::newRow("another namespace")
            << without("CloudWatchSynthetics", "AWS/ApplicationELB") << u"fail"_s;
        QTest::newRow("the wrong way round")
            << without("LessThanThreshold", "GreaterThanThreshold") << u"fail"_s;
        QTest::newRow("duration only") << without("SuccessPercent", "Duration") << u"fail"_s;
        QTest::newRow("actions off") << without("      AlarmActions",
                                                "      ActionsEnabled: false\n      AlarmActions")
                                     << u"fail"_s;
        QTest::newRow("silent without data") << without("      TreatMissingData: breaching\n") << u"warn"_s;
        QTest::newRow("no actions") << without("      AlarmActions: [!Ref Pages]\n") << u"fail"_s;
        QTest::newRow("a topic elsewhere")
            << without("!Ref Pages", "'arn:aws:sns:a:1:pages'") << u"unknown"_s;
        QTest::newRow("actions under a condition")
            << without("!Ref Pages", "!If [Prod, !Ref Pages, !Ref AWS::NoValue]") << u"warn"_s;
        QTest::newRow("nobody subscribes") << without("Subscription: [", "Nothing: [") << u"fail"_s;
        QTest::newRow("a lambda subscribes") << without("Protocol: https", "Protocol: lambda") << u"fail"_s;
        QTest::newRow("Slack subscribes")
            << without("events.pagerduty.com/integration", "hooks.slack.com/services") << u"unknown"_s;
        QTest::newRow("a URL given at deployment") << without(
            "!Sub 'https://events.pagerduty.com/integration/${PagerDutyKey}/enqueue'", "!Ref PagerDutyUrl")
                                                   << u"unknown"_s;
        QTest::newRow("rulesets of events")
            << without("integration/${PagerDutyKey}/enqueue", "x-ere/${PagerDutyKey}") << u"pass"_s;
        QTest::newRow("another host is not this one's")
            << without("https://id-auth.example.com", "https://cart.example.com")
                   .replace("Code: {S3Bucket: code, S3Key: canary.zip}", "Code: {Script: 'go()'}")
            << u"fail"_s;
        QTest::newRow("a host that only ends alike")
            << without("https://id-auth.example.com", "https://stg-id-auth.example.com")
                   .replace("Code: {S3Bucket: code, S3Key: canary.zip}", "Code: {Script: 'go()'}")
            << u"fail"_s;
        QTest::newRow("the script is elsewhere") << without(
            "EnvironmentVariables: {URL: 'https://id-auth.example.com/healthz'}", "TimeoutInSeconds: 9")
                                                 << u"unknown"_s;
        QTest::newRow("a script that says so")
            << without("Code: {S3Bucket: code, S3Key: canary.zip}",
                       "Code: {Script: \"get('id-auth.example.com')\"}")
                   .replace("URL: 'https://id-auth.example.com/healthz'", "A: b")
            << u"pass"_s;
        QTest::newRow("nested stacks")
            << QByteArray("Resources: {N: {Type: 'AWS::CloudFormation::Stack'}}") << u"unknown"_s;
        QTest::newRow("no templates") << QByteArray() << u"unknown"_s;
        QTest::newRow("no canary") << QByteArray("Resources: {B: {Type: 'AWS::S3::Bucket'}}") << u"fail"_s;
    }
    void canaries()
    {
        QFETCH(QByteArray, cloudFormation);
        const ItemResult result = judgeItem(infrastructure(cloudFormation, {}, service), u"uptime"_s);
        QFETCH(QString, verdict);
        QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    }

    void subscriptionOfItsOwn()
    {
        const QByteArray cfn = without("      Subscription: [{Protocol: https, Endpoint: !Sub "
                                       "'https://events.pagerduty.com/integration/${PagerDutyKey}/enqueue'}]",
                                       "      TopicName: pages")
            + "  Sub:\n    Type: AWS::SNS::Subscription\n    Properties:\n      TopicArn: !Ref Pages\n      "
              "Protocol: https\n"
              "      Endpoint: "
              "https://events.pagerduty.com/integration/0123456789abcdef0123456789abcdef/enqueue\n";
        const auto findings = judge(infrastructure(cfn, {}, service), u"uptime"_s);
        QCOMPARE(findings.front().verdict, Verdict::Pass);
        QCOMPARE(findings.front().marks.size(), 3u); // alarm, topic, subscription
        QVERIFY(!printed(findings).contains("0123456789")); // the key reaches no output
    }

    void synthetics_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("PagerDuty") << u"@pagerduty-id-auth"_s << u"pass"_s;
        QTest::newRow("Slack only") << u"@slack-x"_s << u"fail"_s;
        QTest::newRow("on recovery only") << u"{{#is_recovery}}@pagerduty-x{{/is_recovery}}"_s << u"fail"_s;
        QTest::newRow("On-Call") << u"@oncall-x"_s << u"warn"_s;
        QTest::newRow("a webhook") << u"@webhook-x"_s << u"unknown"_s;
        QTest::newRow("nobody") << QString() << u"fail"_s;
    }
    void synthetics()
    {
        QFETCH(QString, message);
        QTEST(verdictOf(withTest(liveTest(message)), u"uptime"_s), "verdict");
    }

    void syntheticsThatDoNotWatch()
    {
        SyntheticsTest t = liveTest(u"@pagerduty-x"_s);
        t.live = false;
        QCOMPARE(verdictOf(withTest(t), u"uptime"_s), u"fail"_s);
        t.live = true;
        t.locations = {u"pl:inside"_s};
        QCOMPARE(verdictOf(withTest(t), u"uptime"_s), u"warn"_s);
        t.locations.clear();
        t.tags = {u"env:staging"_s};
        QCOMPARE(verdictOf(withTest(t), u"uptime"_s),
                 u"unknown"_s); // no test of production, and no templates
        t.tags.clear();
        t.monitorId = u"100"_s;
        Evidence e = withTest(t);
        addMonitor(e, u"synthetics"_s, {}, {}).silencedForever = true;
        QCOMPARE(verdictOf(e, u"uptime"_s), u"fail"_s);
    }

    void hosts()
    {
        Evidence e = infrastructure(chain, {}, "id: id-auth\n");
        QVERIFY(
            firstWith(Verdict::Unknown, judge(e, u"uptime"_s)).remedy.en.contains(u"monitoring.endpoints"));
        const QByteArray ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\n"
                                   "spec: {rules: [{host: id-auth.example.com}, {host: www.example.com}]}\n";
        QCOMPARE(verdictOf(infrastructure(chain, ingress), u"uptime"_s), u"pass"_s); // one of the shown hosts
        const QByteArray both = "id: id-auth\nmonitoring: {endpoints: ['https://id-auth.example.com/', "
                                "'https://b.example.com/']}\n";
        QCOMPARE(verdictOf(infrastructure(chain, {}, both), u"uptime"_s),
                 u"unknown"_s); // its script may ask b too
        const QByteArray inside =
            "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v}\n"
            "spec: {hosts: [id-auth.identity.svc.cluster.local, id-auth], gateways: [g]}\n";
        QCOMPARE(verdictOf(infrastructure(chain, inside), u"uptime"_s),
                 u"unknown"_s); // nothing is shown to the world
    }
};

QTEST_APPLESS_MAIN(TestUptime)
#include "tst_uptime.moc"
