// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/infrastructuresupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

// A stream "log" with this destination.
QByteArray stream(const QByteArray &destination, const QByteArray &name = "log", const QByteArray &more = {})
{
    return "Parameters: {Env: {Type: String, Default: production}, Stage: {Type: String}}\nResources:\n"
           "  Bucket: {Type: AWS::S3::Bucket}\n  Stream:\n    Type: AWS::KinesisFirehose::DeliveryStream\n"
        + more + "    Properties:\n"
        + (name.isEmpty() ? QByteArray() : "      DeliveryStreamName: " + name + '\n') + "      "
        + destination + '\n';
}

const QByteArray toBucket = "ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Bucket.Arn, RoleARN: r}";

} // namespace

class TestAccessLog : public QObject
{
    Q_OBJECT

private slots:
    void streams_data()
    {
        QTest::addColumn<QByteArray>("cloudFormation");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("S3") << stream(toBucket) << u"pass"_s;
        QTest::newRow("S3 by its ARN")
            << stream("S3DestinationConfiguration: {BucketARN: 'arn:aws:s3:::b', RoleARN: r}") << u"pass"_s;
        QTest::newRow("name by a parameter's default")
            << stream(toBucket, "!Sub '${Env}'").replace("production", "log") << u"pass"_s;
        QTest::newRow("name by a parameter without default") << stream(toBucket, "!Ref Stage") << u"warn"_s;
        QTest::newRow("another name") << stream(toBucket, "audit") << u"fail"_s;
        QTest::newRow("a name that CloudFormation makes") << stream(toBucket, {}) << u"fail"_s;
        QTest::newRow("search alone keeps failures only")
            << stream("AmazonopensearchserviceDestinationConfiguration: {S3Configuration: {BucketARN: "
                      "'arn:aws:s3:::b'}}")
            << u"fail"_s;
        QTest::newRow("search that backs all of it up")
            << stream("AmazonopensearchserviceDestinationConfiguration: {S3BackupMode: AllDocuments, "
                      "S3Configuration: {BucketARN: 'arn:aws:s3:::b'}}")
            << u"pass"_s;
        QTest::newRow("Redshift") << stream(
            "RedshiftDestinationConfiguration: {S3Configuration: {BucketARN: 'arn:aws:s3:::b'}}")
                                  << u"warn"_s;
        QTest::newRow("no destination") << stream("DeliveryStreamType: DirectPut") << u"fail"_s;
        QTest::newRow("written to directly") << stream(toBucket + "\n      DeliveryStreamType: DirectPut") << u"pass"_s;
        QTest::newRow("reads a data stream, and is written to directly")
            << stream(toBucket + "\n      DeliveryStreamType: KinesisStreamAsSource") << u"fail"_s;
        QTest::newRow("under a condition") << stream(toBucket, "log", "    Condition: Prod\n") << u"warn"_s;
        QTest::newRow("destination by an !If") << stream(
            "ExtendedS3DestinationConfiguration: !If [P, {BucketARN: !GetAtt Bucket.Arn}, !Ref AWS::NoValue]")
                                               << u"warn"_s;
        QTest::newRow("nested stacks may hold it")
            << QByteArray("Resources: {N: {Type: 'AWS::CloudFormation::Stack'}}") << u"unknown"_s;
        QTest::newRow("no templates") << QByteArray() << u"unknown"_s;
    }
    void streams()
    {
        QFETCH(QByteArray, cloudFormation);
        QTEST(verdictOf(infrastructure(cloudFormation, toStream("log")), u"access-log"_s), "verdict");
    }

    void outputs_data()
    {
        QTest::addColumn<QByteArray>("manifests");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("kube.*") << toStream("log", "kube.*") << u"pass"_s;
        QTest::newRow("matches no input") << toStream("log", "host.*") << u"fail"_s;
        QTest::newRow("the Go plugin")
            << toStream("log").replace("kinesis_firehose", "firehose") << u"pass"_s;
        QTest::newRow("by upper case")
            << toStream("log").replace("[OUTPUT]", "[Output]").replace("Name kinesis", "NAME kinesis")
            << u"pass"_s;
        QTest::newRow("without Match") << toStream("log").replace("    Match *\n", "") << u"fail"_s;
        QTest::newRow("Match_Regex") << toStream("log").replace("Match *", "Match_Regex kube.*") << u"warn"_s;
        QTest::newRow("without a stream")
            << toStream("log").replace("delivery_stream log", "region a") << u"fail"_s;
        QTest::newRow("commented out") << toStream("log").replace("[OUTPUT]", "# [OUTPUT]") << u"fail"_s;
        QTest::newRow("to S3 itself") << toStream("log").replace("kinesis_firehose", "s3") << u"warn"_s;
        QTest::newRow("to CloudWatch")
            << toStream("log").replace("kinesis_firehose", "cloudwatch_logs") << u"unknown"_s;
        QTest::newRow("to nowhere") << toStream("log").replace("kinesis_firehose", "stdout") << u"fail"_s;
        QTest::newRow("tags rewritten")
            << fluentBit("[INPUT]\n    Name tail\n    Tag a\n[FILTER]\n    Name rewrite_tag\n    Match "
                         "a\n[OUTPUT]\n    Name firehose\n    Match b\n    delivery_stream log\n")
            << u"warn"_s;
        QTest::newRow("an include that is not here")
            << fluentBit("[SERVICE]\n    Flush 1\n@INCLUDE out.conf\n") << u"unknown"_s;
        QTest::newRow("in a file that nothing includes")
            << fluentBit("[SERVICE]\n    Flush 1\n[OUTPUT]\n    Name stdout\n    Match *\n")
                + "  out.conf: |\n    [OUTPUT]\n        Name kinesis_firehose\n        Match *\n        "
                  "delivery_stream log\n"
            << u"fail"_s;
        const QByteArray input = "[INPUT]\n    Name tail\n    Tag kube.*\n", out = "[OUTPUT]\n    Name kinesis_firehose\n    Match *\n    delivery_stream log\n";
        QTest::newRow("no input") << fluentBit("[SERVICE]\n    Flush 1\n" + out) << u"fail"_s;
        QTest::newRow("an input that nothing includes")
            << fluentBit("[SERVICE]\n    Flush 1\n" + out) + "  input.conf: |\n    [INPUT]\n        Name tail\n        Tag kube.*\n" << u"fail"_s;
        QTest::newRow("an input that is included")
            << fluentBit("[SERVICE]\n    Flush 1\n@INCLUDE input.conf\n" + out) + "  input.conf: |\n    [INPUT]\n        Name tail\n        Tag kube.*\n" << u"pass"_s;
        QTest::newRow("outputs alone: inputs may stand elsewhere") << fluentBit(out) << u"warn"_s;
        QTest::newRow("EKS on Fargate adds the inputs") << fluentBit(out).replace("name: fluent-bit", "name: aws-logging, namespace: aws-observability") << u"pass"_s;
        const auto filtered = [&](const char *name, const QByteArray &filter, const char *verdict) {
            QTest::newRow(name) << fluentBit(input + "[FILTER]\n    Name grep\n    " + filter + "\n" + out) << QString::fromLatin1(verdict);
        };
        filtered("every log is excluded", "Match *\n    Exclude log .*", "fail");
        filtered("every log of this tag is excluded", "Match kube.*\n    Exclude log .*", "fail");
        filtered("every log that is not empty is excluded", "Match *\n    Exclude $log ^.+$", "fail");
        filtered("another key is excluded", "Match *\n    Exclude level .*", "warn");
        filtered("some logs are excluded", "Match *\n    Exclude log healthz.*", "pass");
        filtered("empty logs are excluded", "Match *\n    Exclude log ^$", "pass");
        filtered("other tags are excluded", "Match host.*\n    Exclude log .*", "pass");
        QTest::newRow("a name from the environment") << toStream("${STREAM}") << u"warn"_s;
        QTest::newRow("no Fluent Bit") << QByteArray() << u"unknown"_s;
    }
    void outputs()
    {
        QFETCH(QByteArray, manifests);
        const Evidence e = infrastructure(stream(toBucket), manifests);
        const ItemResult result = judgeItem(e, u"access-log"_s);
        QFETCH(QString, verdict);
        QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    }

    void throughADataStream()
    {
        const QByteArray manifests = toStream("raw")
                                         .replace("kinesis_firehose", "kinesis_streams")
                                         .replace("delivery_stream", "stream");
        const QByteArray cfn =
            stream(
                toBucket
                + "\n      KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Raw.Arn, RoleARN: r}")
            + "  Raw: {Type: AWS::Kinesis::Stream, Properties: {Name: raw}}\n";
        QCOMPARE(verdictOf(infrastructure(cfn, manifests), u"access-log"_s), u"pass"_s);
        QCOMPARE(verdictOf(infrastructure(stream(toBucket), manifests), u"access-log"_s), u"fail"_s);
    }

    void terraformIsNotRead()
    {
        Evidence e = infrastructure({}, toStream("log"));
        addTerraform(e);
        QVERIFY(firstWith(Verdict::Unknown, judge(e, u"access-log"_s)).reason.en.contains(u"Terraform"));
    }

    void findingMarksTheWay()
    {
        const auto findings = judge(infrastructure(stream(toBucket), toStream("log")), u"access-log"_s);
        const Finding f = firstWith(Verdict::Pass, findings);
        QCOMPARE(f.object, u"ConfigMap/fluent-bit"_s);
        QCOMPARE(f.span.line, 9);
        QCOMPARE(f.marks.size(), 4u); // name, stream, destination, bucket
        QCOMPARE(f.marks.at(1).file, u"cfn/logs.yaml"_s);
        QCOMPARE(f.marks.at(1).span.line, 4);
    }
};

QTEST_APPLESS_MAIN(TestAccessLog)
#include "tst_access_log.moc"
