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
  On: {Type: String, Default: 'true'}
  Off: {Type: String, Default: 'false'}
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
    t.type = u"api"_s;
    t.requests = {{u"https://id-auth.example.com/healthz"_s, u"http"_s, std::vector<SyntheticsAssertion>{{u"statusCode"_s, u"is"_s, u"200"_s}}}};
    t.everySeconds = 60;
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
        const auto started = [](const char *name, const QByteArray &value, const char *verdict) {
            QTest::newRow(name) << without("StartCanaryAfterCreation: true", "StartCanaryAfterCreation: " + value) << QString::fromLatin1(verdict);
        };
        started("started by a word", "'true'", "pass");
        started("not started by a word", "'false'", "fail");
        started("started by a parameter's default", "!Ref On", "warn");
        started("stopped by a parameter's default", "!Ref Off", "unknown");
        started("started or not", "!If [Prod, true, false]", "unknown");
        started("started or unsaid", "!If [Prod, true, !Ref AWS::NoValue]", "unknown");
        started("started in any case", "!If [Prod, true, true]", "pass");
        const auto actions = [](const char *name, const QByteArray &value, const char *verdict) {
            QTest::newRow(name) << without("      AlarmActions", "      ActionsEnabled: " + value + "\n      AlarmActions") << QString::fromLatin1(verdict);
        };
        actions("actions off by a word", "'false'", "fail");
        actions("actions on by a word", "\"true\"", "pass");
        actions("actions off by a parameter's default", "!Ref Off", "unknown");
        actions("actions on by a parameter's default", "!Ref On", "warn");
        actions("actions by a parameter without default", "!Ref Service", "unknown");
        actions("actions on or off", "!If [Prod, true, false]", "unknown");
        QTest::newRow("a threshold of 0") << without("Threshold: 90", "Threshold: 0") << u"fail"_s;
        QTest::newRow("a threshold of 0, or equal") << without("Threshold: 90", "Threshold: 0").replace("LessThanThreshold", "LessThanOrEqualToThreshold") << u"pass"_s;
        QTest::newRow("a threshold below 0, or equal") << without("Threshold: 90", "Threshold: '-1'").replace("LessThanThreshold", "LessThanOrEqualToThreshold") << u"fail"_s;
        QTest::newRow("successes counted the wrong way") << without("SuccessPercent", "2xx").replace("LessThanThreshold", "GreaterThanThreshold") << u"fail"_s;
        QTest::newRow("client errors only") << without("SuccessPercent", "4xx").replace("LessThanThreshold", "GreaterThanThreshold") << u"warn"_s;
        QTest::newRow("failures counted") << without("SuccessPercent", "Failed").replace("LessThanThreshold", "GreaterThanThreshold") << u"pass"_s;
        QTest::newRow("a metric that is not known") << without("SuccessPercent", "Custom") << u"unknown"_s;
        const auto metrics = [](const char *name, const QByteArray &metric, const QByteArray &comparison, const QByteArray &more, const char *verdict) {
            QTest::newRow(name) << without("      Namespace: CloudWatchSynthetics\n      MetricName: SuccessPercent\n      Dimensions: [{Name: CanaryName, Value: !Ref Canary}]\n",
                                           "      Metrics:\n        - {Id: m1, MetricStat: {Stat: Average, Period: 60, Metric: {Namespace: CloudWatchSynthetics, MetricName: "
                                               + metric + ", Dimensions: [{Name: CanaryName, Value: !Ref Canary}]}}}\n" + more)
                                       .replace("LessThanThreshold", comparison)
                                << QString::fromLatin1(verdict);
        };
        metrics("a metric with its statistic", "SuccessPercent", "LessThanThreshold", "", "pass");
        metrics("a metric with its statistic, the wrong way round", "SuccessPercent", "GreaterThanThreshold", "", "fail");
        metrics("duration with its statistic", "Duration", "GreaterThanThreshold", "", "fail");
        metrics("an expression", "SuccessPercent", "GreaterThanThreshold", "        - {Id: e1, Expression: 100 - m1}\n", "unknown");
        QTest::newRow("a topic under a condition") << without("    Type: AWS::SNS::Topic\n", "    Type: AWS::SNS::Topic\n    Condition: Prod\n") << u"warn"_s;
        QTest::newRow("a subscription under a condition")
            << without("Subscription: [{", "Subscription: [!If [Prod, {").replace("/enqueue'}]", "/enqueue'}, !Ref AWS::NoValue]]") << u"warn"_s;
        QTest::newRow("every other day") << without("rate(1 minute)", "rate(2 days)") << u"warn"_s;
        QTest::newRow("every 15 minutes") << without("rate(1 minute)", "rate(15 minutes)") << u"pass"_s;
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
        const auto said = [&](const QByteArray &more) { return verdictOf(infrastructure(cfn + more, {}, service), u"uptime"_s); };
        QCOMPARE(said("    Condition: Prod\n"), u"warn"_s);
        QCOMPARE(said("      FilterPolicy: {severity: [critical]}\n"), u"fail"_s);
        QCOMPARE(said("      FilterPolicy: {}\n"), u"pass"_s);
        QCOMPARE(said("      FilterPolicyScope: MessageBody\n      FilterPolicy: {NewStateValue: [ALARM]}\n"), u"unknown"_s);
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

    void syntheticsThatProveLittle_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("subtype");
        QTest::addColumn<QString>("assertions");
        QTest::addColumn<int>("every");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char *name, const char *target, const char *subtype, const char *assertions, int every, const char *verdict) {
            QTest::newRow(name) << QString::fromLatin1(target) << QString::fromLatin1(subtype) << QString::fromLatin1(assertions) << every << QString::fromLatin1(verdict);
        };
        const char *url = "https://id-auth.example.com/healthz";
        row("a status", url, "http", "statusCode is 200", 60, "pass");
        row("a class of status", url, "http", "statusCode matches 2..", 60, "pass");
        row("no server error", url, "http", "statusCode doesNotMatch 5..", 60, "pass");
        row("a body", url, "http", "body contains ok", 60, "pass");
        row("not 200", url, "http", "statusCode isNot 200", 60, "warn");
        row("500 is wanted", url, "http", "statusCode is 500", 60, "warn");
        row("time alone", url, "http", "responseTime lessThan 1000", 60, "warn");
        row("time, and a status", url, "http", "responseTime lessThan 1000;statusCode is 200", 60, "pass");
        row("no assertion", url, "http", "", 60, "warn");
        row("the name alone", "id-auth.example.com", "dns", "recordSome is 1.2.3.4", 60, "warn");
        row("the certificate alone", "id-auth.example.com", "ssl", "certificate isInMoreThan 10", 60, "warn");
        row("the port alone", "id-auth.example.com", "tcp", "connection is established", 60, "warn");
        row("once a week", url, "http", "statusCode is 200", 604800, "warn");
        row("every 15 minutes", url, "http", "statusCode is 200", 900, "pass");
        row("the host in a query of another", "https://other.example.com/redirect?to=https://id-auth.example.com/", "http", "statusCode is 200", 60, "unknown");
        row("with a port", "https://id-auth.example.com:8443/", "http", "statusCode is 200", 60, "pass");
        row("without a scheme", "id-auth.example.com/healthz", "http", "statusCode is 200", 60, "pass");
        row("in capitals", "https://ID-Auth.example.com/", "http", "statusCode is 200", 60, "pass");
    }
    void syntheticsThatProveLittle()
    {
        QFETCH(QString, target);
        QFETCH(QString, subtype);
        QFETCH(QString, assertions);
        QFETCH(int, every);
        SyntheticsTest t = liveTest(u"@pagerduty-x"_s);
        std::vector<SyntheticsAssertion> all;
        for (const QString &a : assertions.split(u';', Qt::SkipEmptyParts))
            all.push_back({a.section(u' ', 0, 0), a.section(u' ', 1, 1), a.section(u' ', 2)});
        t.requests = {{target, subtype, all}};
        t.everySeconds = every;
        QTEST(verdictOf(withTest(t), u"uptime"_s), "verdict");
        t.type = u"browser"_s;
        if (subtype == u"http" && every == 60 && !target.startsWith(u"https://other"))
            QCOMPARE(verdictOf(withTest(t), u"uptime"_s), u"pass"_s); // its steps assert
    }

    void aTestOfSeveralSteps()
    {
        SyntheticsTest t = liveTest(u"@pagerduty-x"_s);
        const SyntheticsRequest good = t.requests.front();
        t.requests = {{u"https://login.example.com/"_s, u"http"_s, good.assertions}, good};
        QCOMPARE(verdictOf(withTest(t), u"uptime"_s), u"pass"_s);
        t.requests[1].assertions->clear();
        QCOMPARE(verdictOf(withTest(t), u"uptime"_s), u"warn"_s);
        t.requests.push_back(good);
        QCOMPARE(verdictOf(withTest(t), u"uptime"_s), u"pass"_s);
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
