// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/cloudformation/template.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tenken;

namespace
{

CloudFormation read(const std::vector<QByteArray> &texts)
{
    std::vector<std::shared_ptr<const YamlFile>> files;
    for (const QByteArray &text : texts)
        files.push_back(YamlFile::parse(text, u"t%1.yaml"_s.arg(files.size())));
    return readCloudFormation(files);
}

// A template with a bucket, a parameter, a mapping, and one output V to be worked out.
QByteArray withValue(const QByteArray &value)
{
    return "Parameters: {Env: {Type: String, Default: production}, Key: {Type: String, NoEcho: true}}\n"
           "Mappings: {Names: {production: {log: plog}, staging: {log: slog}}, Same: {a: {k: v}, b: {k: "
           "v}}}\n"
           "Resources:\n  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: b}}\n"
           "  Other: {Type: AWS::S3::Bucket, Properties: {X: "
        + value + "}}\n";
}

CfnText valueOf(const CloudFormation &all)
{
    return all.text(all.templates.front(),
                    all.templates.front().resource(u"Other"_s)->node["Properties"]["X"]);
}

} // namespace

class TestCloudFormation : public QObject
{
    Q_OBJECT

private slots:
    void recognise_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("is");
        QTest::newRow("format version")
            << QByteArray("AWSTemplateFormatVersion: 2010-09-09\nResources: {}") << true;
        QTest::newRow("AWS types") << QByteArray("Resources: {A: {Type: 'AWS::S3::Bucket'}}") << true;
        QTest::newRow("JSON") << QByteArray(R"({"Resources":{"A":{"Type":"AWS::S3::Bucket"}}})") << true;
        QTest::newRow("Kubernetes") << QByteArray("apiVersion: v1\nkind: ConfigMap\n") << false;
        QTest::newRow("serverless.yml")
            << QByteArray("resources: {Resources: {A: {Type: 'AWS::S3::Bucket'}}}") << false;
        QTest::newRow("resources of something else") << QByteArray("Resources: {A: {Type: vm}}") << false;
        QTest::newRow("a list") << QByteArray("[1, 2]") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("no map below Resources") << QByteArray("Resources: [a]") << false;
    }
    void recognise()
    {
        QFETCH(QByteArray, text);
        QTEST(!read({text}).templates.empty(), "is");
    }

    void values_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("known");
        QTest::addColumn<bool>("toBucket");
        const auto row = [](const char *name, const QByteArray &value, const QString &text, bool known,
                            bool toBucket = false) {
            QTest::newRow(name) << value << text << known << toBucket;
        };
        row("plain", "a", u"a"_s, true);
        row("number", "7", u"7"_s, true);
        row("!Ref to a resource", "!Ref Bucket", u"${Bucket}"_s, false, true);
        row("Ref in the long form", "{Ref: Bucket}", u"${Bucket}"_s, false, true);
        row("!Ref to a parameter", "!Ref Env", u"${Env}"_s, false);
        row("!Ref to a pseudo parameter", "!Ref AWS::Region", u"${AWS::Region}"_s, false);
        row("!Ref to nothing", "!Ref Bukcet", u"${Fn::Bukcet}"_s, false);
        row("!GetAtt", "!GetAtt Bucket.Arn", u"${Bucket.Arn}"_s, false, true);
        row("!GetAtt as a list", "!GetAtt [Bucket, Arn]", u"${Bucket.Arn}"_s, false, true);
        row("Fn::GetAtt", "{\"Fn::GetAtt\": [Bucket, Arn]}", u"${Bucket.Arn}"_s, false, true);
        row("!Sub", "!Sub 'arn:aws:s3:::${Bucket}/a'", u"arn:aws:s3:::${Bucket}/a"_s, false, true);
        row("!Sub with an attribute", "!Sub '${Bucket.Arn}/a'", u"${Bucket.Arn}/a"_s, false, true);
        row("!Sub with its own map", "!Sub ['${x}-${Env}', {x: y}]", u"y-${Env}"_s, false);
        row("!Sub, literal", "!Sub '${!not.a.variable}'", u"${not.a.variable}"_s, true);
        row("!Join", "!Join ['', ['arn:aws:s3:::', !Ref Bucket]]", u"arn:aws:s3:::${Bucket}"_s, false, true);
        row("!Join of words", "!Join ['-', [a, b]]", u"a-b"_s, true);
        row("!Join leaves AWS::NoValue out", "!Join ['-', [a, !Ref AWS::NoValue, b]]", u"a-b"_s, true);
        row("!Select", "!Select [1, [a, b]]", u"b"_s, true);
        row("!Select of a !Split", "!Select [2, !Split [':', 'a:b:c']]", u"c"_s, true);
        row("!Select beyond", "!Select [5, [a]]", u"${Fn::Select}"_s, false);
        row("!FindInMap", "!FindInMap [Names, staging, log]", u"slog"_s, true);
        row("!FindInMap by parameter", "!FindInMap [Names, !Ref Env, log]", u"${Fn::FindInMap}"_s, false);
        row("!FindInMap, the same everywhere", "!FindInMap [Same, !Ref AWS::Region, k]", u"v"_s, true);
        row("!If", "!If [Prod, a, b]", u"a"_s, true);
        row("!If without a first value", "!If [Prod, !Ref AWS::NoValue, b]", u"b"_s, true);
        row("!ImportValue of nowhere", "!ImportValue other-Topic", u"${Fn::ImportValue}"_s, false);
        row("!Base64", "!Base64 a", u"${Fn::Base64}"_s, false);
        row("Fn::ToJsonString", "{\"Fn::ToJsonString\": {a: b}}", u"${Fn::ToJsonString}"_s, false);
        row("a map", "{a: b, c: d}", u"${Fn::Value}"_s, false);
        row("null", "null", QString(), true);
    }
    void values()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, toBucket);
        const CloudFormation all = read({withValue(value)});
        QCOMPARE(all.templates.size(), 1u);
        const CfnText text = valueOf(all);
        QTEST(text.text, "text");
        QTEST(text.known, "known");
        QCOMPARE(!text.targets.empty(), toBucket);
        if (toBucket)
            QCOMPARE(text.targets.front().resource->id, u"Bucket"_s);
        QCOMPARE(text.conditional, value.startsWith("!If"));
    }

    void defaultsAreAssumedNotKnown()
    {
        const CfnText text = valueOf(read({withValue("!Sub '${Env}-log-${Key}'")}));
        QCOMPARE(text.text, u"${Env}-log-${Key}"_s);
        QCOMPARE(text.assumed, u"production-log-${Key}"_s);
        QVERIFY(!text.known);
    }

    void importsLeadToTheOtherTemplate()
    {
        const QByteArray other = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n"
                                 "Outputs: {T: {Value: !Ref Topic, Export: {Name: pages}}}\n";
        const CloudFormation all = read({withValue("!ImportValue pages"), other});
        const CfnText text = valueOf(all);
        QCOMPARE(text.targets.size(), 1u);
        QCOMPARE(text.targets.front().resource->id, u"Topic"_s);
        QCOMPARE(text.targets.front().in, &all.templates.at(1));
        QCOMPARE(valueOf(read({withValue("!ImportValue {'Fn::Sub': pages}"), other})).targets.size(), 1u);
    }

    void circlesAndGrowthAreBounded()
    {
        const QByteArray circle =
            "Resources: {A: {Type: 'AWS::S3::Bucket'}}\n"
            "Outputs: {O: {Value: !Join ['', [!ImportValue x, !ImportValue x]], Export: {Name: x}}}\n";
        const CfnText text = valueOf(read({withValue("!ImportValue x"), circle}));
        QVERIFY(!text.known);
        QVERIFY(text.text.size() <= 128 * 1024);
    }

    void lists()
    {
        const CloudFormation all =
            read({withValue("[a, !If [Prod, !Ref Bucket, !Ref AWS::NoValue], !Ref AWS::NoValue]")});
        const CfnTemplate &t = all.templates.front();
        const auto items = all.list(t, t.resource(u"Other"_s)->node["Properties"]["X"]);
        QCOMPARE(items.size(), 2u);
        QVERIFY(!items.at(0).conditional);
        QVERIFY(items.at(1).conditional);
        QCOMPARE(all.text(t, items.at(1).node).targets.size(), 1u);
        const CloudFormation whole = read({withValue("!If [Prod, [a, b], !Ref AWS::NoValue]")});
        const auto both = whole.list(whole.templates.front(),
                                     whole.templates.front().resource(u"Other"_s)->node["Properties"]["X"]);
        QCOMPARE(both.size(), 2u);
        QVERIFY(both.at(0).conditional);
    }

    void sameness()
    {
        const CloudFormation all = read({withValue("a"), withValue("a")});
        const CfnTemplate *one = &all.templates.at(0), *other = &all.templates.at(1);
        const CfnText word{u"a"_s, u"a"_s, {}, true, false}, open{u"${Env}-a"_s, u"p-a"_s, {}, false, false},
            unclear{u"${Fn::Split}"_s, u"${Fn::Split}"_s, {}, false, false};
        QVERIFY(isSame(word, one, word, other));
        QVERIFY(isSame(open, one, open, one));
        QVERIFY(!isSame(open, one, open, other)); // another stack may be given another value
        QVERIFY(!isSame(unclear, one, unclear, one));
        QVERIFY(!isSame({}, one, {}, one));
    }

    void whatCannotBeSeen()
    {
        const CloudFormation all =
            read({"Transform: [AWS::LanguageExtensions, Macro]\nResources:\n"
                  "  Nested: {Type: AWS::CloudFormation::Stack}\n"
                  "  'Fn::ForEach::X': [a, [b], {}]\n  A: {Type: AWS::S3::Bucket, Condition: Prod}\n"});
        QCOMPARE(all.opaque().size(), 3);
        QCOMPARE(all.templates.front().resources.size(), 2u);
        QCOMPARE(all.templates.front().resource(u"A"_s)->condition, u"Prod"_s);
        QCOMPARE(all.templates.front().resource(u"A"_s)->place().line, 5);
    }
};

QTEST_APPLESS_MAIN(TestCloudFormation)
#include "tst_cloudformation.moc"
