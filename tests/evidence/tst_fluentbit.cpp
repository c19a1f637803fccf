// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/fluentbit/config.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tenken;

namespace
{

std::vector<FluentBitConfig> fromManifest(const QByteArray &yaml)
{
    const auto manifests = readManifests({YamlFile::parse(yaml, u"cm.yaml"_s)});
    return readFluentBit(manifests.value, {}, {});
}

std::vector<FluentBitConfig> fromFiles(const std::vector<PlainFile> &files)
{
    return readFluentBit({}, {}, files);
}

} // namespace

class TestFluentBit : public QObject
{
    Q_OBJECT

private slots:
    void configMap()
    {
        const auto configs =
            fromManifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb, namespace: log}\ndata:\n"
                         "  fluent-bit.conf: |\n    [SERVICE]\n        Flush 1\n    @INCLUDE out-*.conf\n"
                         "    # [OUTPUT] not this one\n"
                         "  out-firehose.conf: |\n    [OUTPUT]\n        Name   kinesis_firehose\n"
                         "        Match  kube.*\n        delivery_stream  access log\n"
                         "  unused.conf: |\n    [OUTPUT]\n        Name s3\n"
                         "  script.lua: |\n    return 1\n");
        QCOMPARE(configs.size(), 1u);
        QCOMPARE(configs.at(0).object, u"ConfigMap/log/fb"_s);
        QVERIFY(configs.at(0).missing.isEmpty());
        const auto outputs = configs.at(0).ofKind(u"output"_s); // unused.conf is included by nothing
        QCOMPARE(outputs.size(), 1u);
        QCOMPARE(outputs.at(0)->plugin(), u"kinesis_firehose"_s);
        QCOMPARE(outputs.at(0)->value(u"delivery_stream"_s), u"access log"_s);
        QCOMPARE(outputs.at(0)->span, (Span{11, 5, 11, 13}));
        QCOMPARE(outputs.at(0)->setting(u"match"_s)->span, (Span{13, 9, 13, 22}));
    }

    void missingIncludes()
    {
        const auto configs = fromManifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb}\ndata:\n"
                                          "  fluent-bit.conf: |\n    [SERVICE]\n        Flush 1\n    "
                                          "@INCLUDE /fluent-bit/etc/output.conf\n");
        QCOMPARE(configs.at(0).missing, QStringList{u"/fluent-bit/etc/output.conf"_s});
    }

    void fragmentsForSomebodyElse() // Fargate's aws-logging: no main file, all of it counts
    {
        const auto configs = fromManifest(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-logging, namespace: aws-observability}\n"
            "data:\n  output.conf: |\n    [output]\n        name firehose\n        match *\n");
        QCOMPARE(configs.at(0).ofKind(u"output"_s).size(), 1u);
    }

    void parsersAreNoConfiguration()
    {
        QVERIFY(fromManifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb}\ndata:\n  parsers.conf: "
                             "|\n    [PARSER]\n        Name a\n")
                    .empty());
        QVERIFY(fromManifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb}\ndata:\n  my.ini: |\n    "
                             "[mysqld]\n    a=b\n")
                    .empty());
        QVERIFY(fromManifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb}\n").empty());
    }

    void yamlInAConfigMap()
    {
        const auto configs = fromManifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb}\ndata:\n"
                                          "  fluent-bit.yaml: |\n    service: {flush: 1}\n    pipeline:\n    "
                                          "  inputs:\n        - name: tail\n          tag: kube.*\n"
                                          "      outputs:\n        - name: kinesis_firehose\n          "
                                          "match: '*'\n          delivery_stream: s\n");
        QCOMPARE(configs.size(), 1u);
        const auto outputs = configs.at(0).ofKind(u"output"_s);
        QCOMPARE(outputs.at(0)->value(u"match"_s), u"*"_s);
        QCOMPARE(outputs.at(0)->setting(u"delivery_stream"_s)->span.line, 14);
        QCOMPARE(outputs.at(0)->setting(u"delivery_stream"_s)->span.column, 11);
    }

    void plainFilesOfOneFolder()
    {
        const auto configs =
            fromFiles({{u"fb/fluent-bit.conf"_s,
                        "@SET stream=log-a\n[SERVICE]\n Flush 1\n@INCLUDE outputs/firehose.conf\n[OUTPUT]\n  "
                        "Name  firehose\n  Match *\n  delivery_stream ${stream}\n"},
                       {u"other/readme.conf"_s, "server { listen 80; }\n"}});
        QCOMPARE(configs.size(), 1u);
        QCOMPARE(configs.at(0).file, u"fb/fluent-bit.conf"_s);
        QCOMPARE(configs.at(0).missing.size(), 1);
        QCOMPARE(configs.at(0).ofKind(u"output"_s).at(0)->value(u"delivery_stream"_s), u"log-a"_s);
    }

    void plainYaml()
    {
        const auto file =
            YamlFile::parse("pipeline:\n  outputs:\n    - name: firehose\n      match: a\n", u"fb.yaml"_s);
        const auto configs = readFluentBit({}, {file}, {});
        QCOMPARE(configs.size(), 1u);
        QCOMPARE(configs.at(0).ofKind(u"output"_s).at(0)->span.line, 3);
        QVERIFY(readFluentBit({}, {YamlFile::parse("pipeline: build\n", u"ci.yaml"_s)}, {}).empty());
    }

    void operatorOutput()
    {
        const auto configs = fromManifest(
            "apiVersion: fluentbit.fluent.io/v1alpha2\nkind: ClusterOutput\nmetadata: {name: o}\n"
            "spec: {match: 'kube.*', firehose: {region: r, deliveryStream: s}}\n");
        const auto outputs = configs.at(0).ofKind(u"output"_s);
        QCOMPARE(outputs.at(0)->plugin(), u"kinesis_firehose"_s);
        QCOMPARE(outputs.at(0)->value(u"delivery_stream"_s), u"s"_s);
        QCOMPARE(outputs.at(0)->value(u"match"_s), u"kube.*"_s);
    }

    void matching_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<bool>("may");
        QTest::newRow("all") << u"*"_s << u"kube.var.log"_s << true;
        QTest::newRow("the tag itself") << u"a.b"_s << u"a.b"_s << true;
        QTest::newRow("below") << u"kube.*"_s << u"kube.*"_s << true;
        QTest::newRow("narrower than the tag") << u"kube.var.log.*id-auth*"_s << u"kube.*"_s << true;
        QTest::newRow("another root") << u"host.*"_s << u"kube.*"_s << false;
        QTest::newRow("longer than the tag") << u"access.log"_s << u"access"_s << false;
        QTest::newRow("in the middle") << u"a*c"_s << u"ab*"_s << true;
        QTest::newRow("ends differ") << u"*.a"_s << u"*.b"_s << false;
        QTest::newRow("empty") << QString() << u"a"_s << false;
    }
    void matching()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, tag);
        QTEST(mayMatch(pattern, tag), "may");
    }
};

QTEST_APPLESS_MAIN(TestFluentBit)
#include "tst_fluentbit.moc"
