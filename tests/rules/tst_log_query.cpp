// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/infrastructuresupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

QByteArray withLogs(const QByteArray &more, const QByteArray &prefix = "access/!{timestamp:yyyy}/")
{
    return "Resources:\n  Bucket: {Type: AWS::S3::Bucket}\n  Other: {Type: AWS::S3::Bucket}\n  Stream:\n"
           "    Type: AWS::KinesisFirehose::DeliveryStream\n    Properties:\n      DeliveryStreamName: log\n"
           "      ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Bucket.Arn, Prefix: '"
        + prefix + "'}\n" + more;
}

QByteArray table(const QByteArray &location,
                 const QByteArray &more = "PartitionKeys: [{Name: day, Type: string}],")
{
    return "  Table: {Type: AWS::Glue::Table, Properties: {TableInput: {" + more
        + " StorageDescriptor: {Location: " + location + "}}}}\n";
}

} // namespace

class TestLogQuery : public QObject
{
    Q_OBJECT

private slots:
    void verdicts_data()
    {
        QTest::addColumn<QByteArray>("cloudFormation");
        QTest::addColumn<QString>("verdict");
        const QByteArray group = "  Group: {Type: AWS::Athena::WorkGroup, Properties: {Name: g}}\n";
        QTest::newRow("a table over the bucket")
            << withLogs(table("!Sub 's3://${Bucket}/access/'")) << u"pass"_s;
        QTest::newRow("over the whole bucket") << withLogs(table("!Sub 's3://${Bucket}/'")) << u"pass"_s;
        QTest::newRow("joined") << withLogs(table("!Join ['', ['s3://', !Ref Bucket, '/access']]"))
                                << u"pass"_s;
        QTest::newRow("partition projection")
            << withLogs(table("!Sub 's3://${Bucket}/access/'", "Parameters: {projection.enabled: 'true'},"))
            << u"pass"_s;
        QTest::newRow("no partitions") << withLogs(table("!Sub 's3://${Bucket}/access/'", {})) << u"warn"_s;
        QTest::newRow("another folder") << withLogs(table("!Sub 's3://${Bucket}/alb/'")) << u"fail"_s;
        QTest::newRow("another folder, and no prefix") << withLogs(table("!Sub 's3://${Bucket}/alb-logs/'"), {}) << u"fail"_s;
        QTest::newRow("no prefix: by date") << withLogs(table("!Sub 's3://${Bucket}/2026/'"), {}) << u"pass"_s;
        QTest::newRow("no prefix: the whole bucket") << withLogs(table("!Sub 's3://${Bucket}/'"), {}) << u"pass"_s;
        QTest::newRow("a prefix without a date, and a folder in it") << withLogs(table("!Sub 's3://${Bucket}/access/alb/'"), "access/") << u"fail"_s;
        QTest::newRow("a folder beside the dates") << withLogs(table("!Sub 's3://${Bucket}/access/alb/'")) << u"fail"_s;
        QTest::newRow("a prefix by something else than the date")
            << withLogs(table("!Sub 's3://${Bucket}/access/alb/'"), "access/!{partitionKeyFromQuery:kind}/") << u"pass"_s;
        QTest::newRow("a prefix that is decided at deployment")
            << withLogs(table("!Sub 's3://${Bucket}/alb/'")).replace("Prefix: '", "Prefix: !Sub '${Stage}/") << u"pass"_s;
        QTest::newRow("a crawler of another folder")
            << withLogs("  C: {Type: AWS::Glue::Crawler, Properties: {Schedule: {}, Targets: {S3Targets: [{Path: !Sub '${Bucket}/alb-logs'}]}}}\n", {}) << u"fail"_s;
        QTest::newRow("another bucket") << withLogs(table("!Sub 's3://${Other}/access/'")) << u"fail"_s;
        QTest::newRow("under a condition")
            << withLogs(table("!Sub 's3://${Bucket}/access/'")
                            .replace("AWS::Glue::Table,", "AWS::Glue::Table, Condition: P,"))
            << u"warn"_s;
        QTest::newRow("a scheduled crawler")
            << withLogs("  C: {Type: AWS::Glue::Crawler, Properties: {Schedule: {}, Targets: {S3Targets: "
                        "[{Path: !Sub '${Bucket}/access'}]}}}\n")
            << u"pass"_s;
        QTest::newRow("a crawler without schedule")
            << withLogs("  C: {Type: AWS::Glue::Crawler, Properties: {Targets: {S3Targets: [{Path: !Sub "
                        "'s3://${Bucket}/'}]}}}\n")
            << u"warn"_s;
        QTest::newRow("a work group alone") << withLogs(group) << u"warn"_s;
        QTest::newRow("a disabled work group")
            << withLogs(group).replace("Name: g", "State: DISABLED") << u"fail"_s;
        QTest::newRow("nothing") << withLogs({}) << u"fail"_s;
        QTest::newRow("no stream") << QByteArray("Resources: {B: {Type: 'AWS::S3::Bucket'}}") << u"unknown"_s;
        QTest::newRow("no templates") << QByteArray() << u"unknown"_s;
        QTest::newRow("nested stacks")
            << withLogs("  N: {Type: AWS::CloudFormation::Stack}\n") << u"unknown"_s;
    }
    void verdicts()
    {
        QFETCH(QByteArray, cloudFormation);
        const ItemResult result = judgeItem(infrastructure(cloudFormation, toStream("log")), u"log-query"_s);
        QFETCH(QString, verdict);
        QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    }

    void bucketsByTheirNames()
    {
        const QByteArray cfn = "Parameters: {Name: {Type: String}}\nResources:\n  Stream:\n    Type: "
                               "AWS::KinesisFirehose::DeliveryStream\n"
                               "    Properties:\n      DeliveryStreamName: log\n      "
                               "S3DestinationConfiguration: {BucketARN: !Sub 'arn:aws:s3:::${Name}-log'}\n";
        QCOMPARE(verdictOf(infrastructure(cfn + table("!Sub 's3://${Name}-log/'"), toStream("log")),
                           u"log-query"_s),
                 u"pass"_s);
        QCOMPARE(verdictOf(infrastructure(cfn + table("!Sub 's3://${Name}-other/a/'"), toStream("log")),
                           u"log-query"_s),
                 u"fail"_s);
        QCOMPARE(verdictOf(infrastructure(cfn + table("'s3://x-log/'"), toStream("log")), u"log-query"_s),
                 u"fail"_s);
    }

    void withoutFluentBitEveryStreamCounts()
    {
        QCOMPARE(verdictOf(infrastructure(withLogs(table("!Sub 's3://${Bucket}/access/'"))), u"log-query"_s),
                 u"pass"_s);
    }
};

QTEST_APPLESS_MAIN(TestLogQuery)
#include "tst_log_query.moc"
