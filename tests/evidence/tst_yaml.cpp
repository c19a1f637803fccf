// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml.h>

#include <QElapsedTimer>
#include <QTest>

using namespace tenken;

namespace {

std::shared_ptr<const YamlFile> parse(const QByteArray &text, const YamlLimits &limits = {})
{
    return YamlFile::parse(text, QStringLiteral("a.yaml"), limits);
}

/// "line:column-endLine:endColumn"
QString shown(const Span &s)
{
    return QStringLiteral("%1:%2-%3:%4").arg(s.line).arg(s.column).arg(s.endLine).arg(s.endColumn);
}

/// A path such as "a/b/0/c" from the root of the first document.
Yaml walk(const YamlFile &file, const QString &path)
{
    if (file.documents().empty())
        return {};
    Yaml node = file.documents().front();
    for (const QString &part : path.split(u'/', Qt::SkipEmptyParts))
        node = node.isSequence() ? node.at(part.toInt()) : node[part.toStdString()];
    return node;
}

QByteArray billionLaughs()
{
    QByteArray text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + before;
        for (int j = 0; j < 9; ++j)
            text += ", " + before;
        text += "]\n";
    }
    return text;
}

} // namespace

class TestYaml : public QObject
{
    Q_OBJECT

private slots:
    void emptyDocuments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf");
        QTest::newRow("comments") << QByteArray("# only\n# comments\n");
        QTest::newRow("marks") << QByteArray("---\n---\n...\n");
        QTest::newRow("null") << QByteArray("---\nnull\n");
        QTest::newRow("line ends") << QByteArray("\n\r\n\n");
    }
    void emptyDocuments()
    {
        QFETCH(QByteArray, text);
        const auto file = parse(text);
        QVERIFY(file->documents().empty());
        QVERIFY(file->errors().empty());
        QCOMPARE(file->text(), text);
    }

    void missingStaysMissing()
    {
        const auto file = parse("a: {b: [1]}\n");
        const Yaml root = file->documents().front();
        QVERIFY(root["a"]["b"].at(0).exists());
        QVERIFY(!root["x"]["y"].at(3)["z"].exists());
        QVERIFY(!root["a"]["b"].at(1));
        QVERIFY(!root["a"]["b"].at(-1));
        QCOMPARE(Yaml().kind(), Yaml::Kind::Missing);
        QVERIFY(!Yaml().span().isValid());
        QCOMPARE(Yaml().size(), 0);
        QCOMPARE(Yaml().string(), QString());
        QVERIFY(!Yaml().integer() && !Yaml().number() && !Yaml().boolean());
        QVERIFY(Yaml().strings().isEmpty() && Yaml().keys().isEmpty() && Yaml().items().empty());
    }

    void spans_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("entry");
        const auto row = [](const char *name, const QByteArray &text, const char *path, const char *value,
                            const char *entry) {
            QTest::newRow(name) << text << QString::fromUtf8(path) << QString::fromLatin1(value)
                                << QString::fromLatin1(entry);
        };
        const QByteArray map = "a:\n  b: one two\n  c:   # why\n    - x\n    - y: z\n\nd: 1\n";
        row("plain", map, "a/b", "2:6-2:13", "2:3-2:13");
        row("block map", map, "a", "2:3-5:11", "1:1-5:11");
        row("block sequence", map, "a/c", "4:5-5:11", "3:3-5:11");
        row("element", map, "a/c/1", "5:7-5:11", "5:7-5:11");
        row("root", map, "", "1:1-7:5", "1:1-7:5");
        row("crlf", "a:\r\n  b: c\r\nd: e\r\n", "a", "2:3-2:7", "1:1-2:7");
        row("byte order mark", "\xef\xbb\xbf" "a: b\n", "a", "1:4-1:5", "1:1-1:5");
        row("code points", "名前: 東京 # 註\n次: {鍵: 値}\n", "次", "2:4-2:10", "2:1-2:10");
        row("astral", "\"\xf0\x9f\x8d\xa3\": x\n", "\xf0\x9f\x8d\xa3", "1:6-1:7", "1:1-1:7");
        row("single quoted", "a: 'it''s'  # x\n", "a", "1:4-1:11", "1:1-1:11");
        row("double quoted", "a: \"x\\\"y\" \n", "a", "1:4-1:10", "1:1-1:10");
        row("quoted over lines", "a: \"x\n  y\"\nb: 1\n", "a", "1:4-2:5", "1:1-2:5");
        row("plain over lines", "a: one\n  two\n\n  three   \nb: 1\n", "a", "1:4-4:8", "1:1-4:8");
        row("literal", "a: |\n  one\n   two\n\nb: 1\n", "a", "1:4-3:7", "1:1-3:7");
        row("folded, kept", "a: >+\n  one\n\n  two\n\nb: 1\n", "a", "1:4-4:6", "1:1-4:6");
        row("literal, given indent", "a: |1\n  one\n b\nc: 1\n", "a", "1:4-3:3", "1:1-3:3");
        row("literal in a list", "a:\n- |\n  one\n- b\n", "a/0", "2:3-3:6", "2:3-3:6");
        row("empty literal", "a: |\nb: 1\n", "a", "1:4-1:5", "1:1-1:5");
        row("literal at the end", "a: |-\n  one", "a", "1:4-2:6", "1:1-2:6");
        row("literal before comment", "a:\n  b: |\n    one\n  # not of it\n  c: 1\n", "a/b", "2:6-3:8", "2:3-3:8");
        row("flow map", "a: {b: 1, c: [2, 3] , }\nd: 1\n", "a", "1:4-1:24", "1:1-1:24");
        row("flow over lines", "a: [b, # ] no\n  c\n  ]\n", "a", "1:4-3:4", "1:1-3:4");
        row("empty flow", "a: [ ]\nb: {}\n", "a", "1:4-1:7", "1:1-1:7");
        row("empty flow map", "a: [ ]\nb: {}\n", "b", "2:4-2:6", "2:1-2:6");
        row("map in flow list", "a: [b: 1, c]\n", "a/0", "1:5-1:9", "1:5-1:9");
        row("map of map in flow list", "a: [{b: 1}: 2]\n", "a/0", "1:5-1:14", "1:5-1:14");
        row("nothing", "a:\nb: 1\n", "a", "1:3-1:3", "1:1-1:3");
        row("nothing before null", "a:\nnull: 1\n", "a", "1:3-1:3", "1:1-1:3");
        row("null", "a: null # x\nb: ~\n", "a", "1:4-1:8", "1:1-1:8");
        row("tilde", "a: null # x\nb: ~\n", "b", "2:4-2:5", "2:1-2:5");
        row("null below", "a:\n  null\nb: 1\n", "a", "2:3-2:7", "1:1-2:7");
        row("nothing in a list", "a:\n-\n- b\n", "a/0", "2:2-2:2", "2:2-2:2");
        row("last nothing in a list", "a:\n  - b\n  -\nnull: 1\n", "a/1", "3:4-3:4", "3:4-3:4");
        row("flow key alone", "a: {b, null: 1}\n", "a/b", "1:6-1:6", "1:5-1:6");
        row("anchor", "a: &x\n  b: 1\nc: *x\n", "a", "2:3-2:7", "1:1-2:7");
        row("alias", "a: &x\n  b: 1\nc: *x\n", "c", "3:4-3:6", "3:1-3:6");
        row("tag", "a: !Sub \"x\"\n", "a", "1:9-1:12", "1:1-1:12");
        row("anchor and tag", "a: &b !!str 1\n", "a", "1:13-1:14", "1:1-1:14");
        row("indentless list", "a:\n- 1\n- 2\nb: 3\n", "a", "2:1-3:4", "1:1-3:4");
        row("tab after colon", "a:\tb\n", "a", "1:4-1:5", "1:1-1:5");
        row("json", "{\n  \"a\" : [1,\n 2 ]\n}\n", "a", "2:9-3:5", "2:3-3:5");
        row("no line end", "a: b", "a", "1:4-1:5", "1:1-1:5");
    }
    void spans()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, entry);
        const auto file = parse(text);
        QVERIFY2(file->errors().empty(), qPrintable(file->errors().empty() ? QString() : file->errors()[0].toString(Lang::En)));
        const Yaml node = walk(*file, path);
        QVERIFY(node.exists());
        QCOMPARE(shown(node.span()), value);
        QCOMPARE(shown(node.entrySpan()), entry);
    }

    void keySpans()
    {
        const auto file = parse("spec:\n  \"replicas\": 3\n  list: [1]\n");
        const Yaml spec = file->documents()[0]["spec"];
        QCOMPARE(shown(spec["replicas"].keySpan()), QStringLiteral("2:3-2:13"));
        QVERIFY(!spec["list"].at(0).keySpan().isValid());
        QVERIFY(!file->documents()[0].keySpan().isValid());
        QCOMPARE(spec["list"].at(0), spec["list"].at(0));
        QVERIFY(!(spec["list"] == spec["replicas"]));
    }

    void scalars_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("integer");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("boolean");
        const auto row = [](const char *text, const char *integer, const char *number, const char *boolean) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(integer) << QString::fromLatin1(number)
                                << QString::fromLatin1(boolean);
        };
        row("0", "0", "0", "");
        row("42", "42", "42", "");
        row("-7", "-7", "-7", "");
        row("+7", "7", "7", "");
        row("1_000", "1000", "1000", "");
        row("0x1F", "31", "31", "");
        row("0b101", "5", "5", "");
        row("010", "8", "8", "");
        row("0o17", "15", "15", "");
        row("08", "8", "8", "");
        row("-0x10", "-16", "-16", "");
        row("3.0", "3", "3", "");
        row("1e3", "1000", "1000", "");
        row("0.5", "", "0.5", "");
        row(".5", "", "0.5", "");
        row("1.", "1", "1", "");
        row("1e-3", "", "0.001", "");
        row("9223372036854775807", "9223372036854775807", "9.22337e+18", "");
        row("-9223372036854775808", "-9223372036854775808", "-9.22337e+18", "");
        row("9223372036854775808", "", "9.22337e+18", "");
        row("1e400", "", "", "");
        row(".inf", "", "", "");
        row(".nan", "", "", "");
        row("1:30", "", "", "");
        row("1.2.3", "", "", "");
        row("10m", "", "", "");
        row("0x", "", "", "");
        row("-x", "", "", "");
        row("_1", "", "", "");
        row("'5'", "", "", "");
        row("\"5\"", "", "", "");
        row("|\n 5", "", "", "");
        row("!!int \"5\"", "5", "5", "");
        row("!!float 5", "", "5", "");
        row("!!str 5", "", "", "");
        row("!Ref 5", "", "", "");
        row("! 5", "", "", "");
        row("true", "", "", "true");
        row("False", "", "", "false");
        row("yes", "", "", "true");
        row("NO", "", "", "false");
        row("on", "", "", "true");
        row("Off", "", "", "false");
        row("y", "", "", "true");
        row("n", "", "", "false");
        row("tRue", "", "", "");
        row("'yes'", "", "", "");
        row("!!str true", "", "", "");
        row("[1]", "", "", "");
        row("null", "", "", "");
    }
    void scalars()
    {
        QFETCH(QByteArray, text);
        const auto file = parse("v: " + text + "\n");
        QVERIFY(file->errors().empty());
        const Yaml v = file->documents()[0]["v"];
        QTEST(v.integer() ? QString::number(*v.integer()) : QString(), "integer");
        QTEST(v.number() ? QString::number(*v.number()) : QString(), "number");
        QTEST(v.boolean() ? QString::fromLatin1(*v.boolean() ? "true" : "false") : QString(), "boolean");
    }

    void textIsAsWritten()
    {
        const auto file = parse("version: 1.30\nquoted: \"1.30\"\ntext: 'it''s'\nescaped: \"a\\tb\\u3042\"\n"
                                "folded: one\n  two\nblock: |\n  x\n  y\nempty: ''\ntagged: !Sub '${A}'\nnull: 1\n"
                                "short: !GetAtt A.Arn\nlist: !Join [a, b]\nbare: !Ref\n");
        QVERIFY(file->errors().empty());
        const Yaml root = file->documents()[0];
        QCOMPARE(root["version"].string(), QStringLiteral("1.30"));
        QVERIFY(!root["version"].isQuoted());
        QCOMPARE(root["quoted"].string(), QStringLiteral("1.30"));
        QVERIFY(root["quoted"].isQuoted());
        QCOMPARE(root["text"].string(), QStringLiteral("it's"));
        QCOMPARE(root["escaped"].string(), QStringLiteral("a\tbあ"));
        QCOMPARE(root["folded"].string(), QStringLiteral("one two"));
        QCOMPARE(root["block"].string(), QStringLiteral("x\ny\n"));
        QVERIFY(root["empty"].isScalar() && root["empty"].text().empty());
        QCOMPARE(root["tagged"].tag(), std::string_view("!Sub"));
        QCOMPARE(root["tagged"].string(), QStringLiteral("${A}"));
        QCOMPARE(root["short"].tag(), std::string_view("!GetAtt"));
        QCOMPARE(root["list"].tag(), std::string_view("!Join"));
        QCOMPARE(root["list"].strings(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(root["bare"].tag(), std::string_view("!Ref"));
        QCOMPARE(root["version"].tag(), std::string_view());
        QCOMPARE(root["quoted"].tag(), std::string_view());
        QCOMPARE(root["quoted"].strings(), QStringList{QStringLiteral("1.30")});
        QVERIFY(!root["null"].exists()); // the key is null, not the word
        QCOMPARE(root["version"].stringOr(QStringLiteral("x")), QStringLiteral("1.30"));
        QCOMPARE(root["list"].stringOr(QStringLiteral("x")), QStringLiteral("x"));
    }

    void documentsAndTheirOrder()
    {
        const auto file = parse("# head\na: 1\n---\n# nothing\n---\n- x\n...\n---\n\"s\"\n");
        QVERIFY(file->errors().empty());
        QCOMPARE(file->documents().size(), 3);
        QCOMPARE(shown(file->documents()[0].span()), QStringLiteral("2:1-2:5"));
        QVERIFY(file->documents()[1].isSequence());
        QCOMPARE(file->documents()[2].string(), QStringLiteral("s"));
    }

    void aliasesAndMergeKeys()
    {
        const auto file = parse("base: &base {a: 1, b: 2, probe: &p {path: /h}}\n"
                                "more: &more {b: 3, c: 4}\n"
                                "one: {<<: *base, b: 5}\n"
                                "two: {<<: [*more, *base], d: 6}\n"
                                "deep:\n  <<: &inner\n    <<: *more\n    e: 7\n  f: 8\n"
                                "quoted: {\"<<\": *base}\n"
                                "same: *p\nagain: *p\n");
        QVERIFY(file->errors().empty());
        QVERIFY(file->warnings().empty());
        const Yaml root = file->documents()[0];
        QCOMPARE(root["one"].keys().join(u' '), QStringLiteral("b a probe"));
        QCOMPARE(root["one"]["b"].integer(), 5);
        QCOMPARE(root["one"]["a"].integer(), 1);
        QCOMPARE(root["one"].size(), 3);
        QCOMPARE(root["two"].keys().join(u' '), QStringLiteral("d b c a probe"));
        QCOMPARE(root["two"]["b"].integer(), 3); // the first source wins
        QCOMPARE(root["deep"].keys().join(u' '), QStringLiteral("f e b c"));
        QCOMPARE(shown(root["deep"].span()), QStringLiteral("6:3-9:7"));
        QCOMPARE(root["quoted"].keys(), QStringList{QStringLiteral("<<")});
        QCOMPARE(root["same"]["path"].string(), QStringLiteral("/h"));
        QCOMPARE(root["same"]["path"], root["again"]["path"]);
        QCOMPARE(shown(root["same"]["path"].span()), QStringLiteral("1:43-1:45"));
        QCOMPARE(shown(root["same"].keySpan()), QStringLiteral("11:1-11:5"));
    }

    void wrongMergeKey()
    {
        const auto file = parse("a: {<<: 5, b: 1}\n");
        QCOMPARE(file->warnings().size(), 1);
        QCOMPARE(file->documents()[0]["a"].keys(), QStringList{QStringLiteral("b")});
    }

    void duplicateKeys()
    {
        const auto file = parse("a: 1\nb: 2\n\"a\": 3\n");
        QCOMPARE(file->warnings().size(), 1);
        const Problem &warning = file->warnings()[0];
        QCOMPARE(shown(warning.span), QStringLiteral("3:1-3:4"));
        QVERIFY(warning.message.en.contains(u"“a”"));
        QVERIFY(warning.hint.en.contains(u"a.yaml:1:1"));
        QVERIFY(warning.hint.ja.contains(u"a.yaml:1:1"));
        QCOMPARE(file->documents()[0]["a"].integer(), 3);
        QCOMPARE(file->documents()[0].size(), 2);
    }

    void largeMaps()
    {
        QByteArray text;
        for (int i = 0; i < 50'000; ++i)
            text += "key" + QByteArray::number(i) + ": " + QByteArray::number(i) + "\n";
        text += "key77: last\n[a]: complex\n";
        const auto file = parse(text);
        QVERIFY(file->errors().empty());
        QCOMPARE(file->warnings().size(), 1);
        const Yaml root = file->documents()[0];
        QCOMPARE(root.size(), 50'001);
        QElapsedTimer timer;
        timer.start();
        for (int i = 78; i < 50'000; ++i)
            QCOMPARE(root["key" + std::to_string(i)].integer(), i);
        QVERIFY2(timer.elapsed() < 5'000, "a look-up walks over the whole map");
        QCOMPARE(root["key77"].string(), QStringLiteral("last"));
        QVERIFY(!root["key50000"] && !root["a"] && !root[""]);
        QCOMPARE(root.keys().first(), QStringLiteral("key0"));
    }

    void json_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("value");
        QTest::newRow("no space") << QByteArray("{\"a\":\"b\"}") << QStringLiteral("b");
        QTest::newRow("tabs") << QByteArray("{\n\t\"a\"\t:\t\"b\"\n\t}") << QStringLiteral("b");
        QTest::newRow("escapes") << QByteArray("{\"a\":\"\\/\\n\\u00e9\\\"\"}") << QStringLiteral("/\né\"");
        QTest::newRow("surrogates") << QByteArray("{\"a\":\"\\ud83c\\udf63!\"}") << QStringLiteral("🍣!");
        QTest::newRow("half a pair") << QByteArray("{\"a\":\"\\ud83c!\"}") << QString(QChar(0xfffd)) + u'!';
        QTest::newRow("colon on the next line") << QByteArray("{\"a\"\n:\n\"b\"}") << QStringLiteral("b");
        QTest::newRow("number") << QByteArray("{\"a\":-1.5e3}") << QStringLiteral("-1.5e3");
        QTest::newRow("crlf and byte order mark") << QByteArray("\xef\xbb\xbf{\r\n\"a\":\"b\"\r\n}\r\n") << QStringLiteral("b");
        QTest::newRow("long key") << "{\"" + QByteArray(3000, 'k') + "\":1,\"a\":\"b\"}" << QStringLiteral("b");
        QTest::newRow("flow YAML") << QByteArray("{a: b, # x\n c: 'd'}\n") << QStringLiteral("b");
        QTest::newRow("templates are strings") << QByteArray("{\"a\":\"{{x}}\"}") << QStringLiteral("{{x}}");
    }
    void json()
    {
        QFETCH(QByteArray, text);
        const auto file = parse(text);
        QVERIFY2(file->errors().empty(), qPrintable(file->errors().empty() ? QString() : file->errors()[0].toString(Lang::En)));
        QTEST(file->documents()[0]["a"].string(), "value");
    }

    void jsonTypes()
    {
        const auto file = parse("{\"n\":null,\"t\":true,\"i\":3,\"s\":\"3\",\"l\":[],\"m\":{},\"i\":4}");
        const Yaml root = file->documents()[0];
        QVERIFY(root["n"].isNull());
        QCOMPARE(root["t"].boolean(), true);
        QCOMPARE(root["i"].integer(), 4);
        QVERIFY(!root["s"].integer());
        QVERIFY(root["l"].isSequence() && root["m"].isMap());
        QCOMPARE(file->warnings().size(), 1);
        QCOMPARE(parse("{\"a\":1}\n{\"a\":2}\n")->documents().size(), 2);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("documents");
        const auto row = [](const char *name, const QByteArray &text, int line, const char *words, int documents = 0) {
            QTest::newRow(name) << text << line << QString::fromUtf8(words) << documents;
        };
        row("unterminated quote", "a: 1\nb: \"x\nc: 2\n", 2, "never closed");
        row("unterminated quote at the end", "a: 1\nb: \"x", 2, "never closed");
        row("unterminated single quote", "b: 'x\n  c''\n", 1, "never closed");
        row("mark inside quotes", "b: 'x\n---\n'\n", 2, "---");
        row("unterminated flow", "a: [1, 2\nb: 3\n", 2, "");
        row("tab", "a:\n\tb: 1\n", 2, "tab");
        row("tab before a list", "a:\n\t- 1\n", 2, "tab");
        row("colon in value", "a: b: c\n", 1, "colon");
        row("bad indentation", "a: 1\n  b: 2\n", 2, "colon");
        row("list in map", "a: 1\n- b\n", 2, "map");
        row("stray bracket", "a: 1\n}\n", 2, "");
        row("second flow", "[a]\n[b]\n", 2, "follows the end", 1);
        row("unknown alias", "a: *nobody\n", 1, "alias");
        row("percent", "a: %x\n", 1, "cannot begin");
        row("at sign", "a: @x\n", 1, "cannot begin");
        row("escape", "a: \"\\q\"\n", 1, "escape");
        row("documents before are kept", "a: 1\n---\nb: [\n", 4, "", 1);
        row("helm", "a:\n  {{- if .Values.x }}\n  b: 1\n  {{- end }}\n", 2, "Helm");
        row("helm value", "replicas: {{ .Values.replicas }}\n", 1, "Helm");
        row("helm at the top", "{{- range .Values.x }}\na: 1\n{{- end }}\n", 1, "Helm");
        row("utf-16", QByteArray("\xff\xfe" "a\0:\0", 6), 1, "UTF-16");
        row("utf-16 without mark", QByteArray("a\0:\0 \0b\0", 8), 1, "UTF-16");
        row("shift_jis", "a: 1\nb: \x93\x8c\x8b\x9e\n", 2, "UTF-8");
        row("nul", QByteArray("a: \0\n", 5), 1, "control character 0x00");
        row("end of transmission", "a: 1\nb: \x04 c\n", 2, "0x04");
        row("own alias", "a: &a [*a]\n", 1, "itself");
        row("own merge", "a: &a {<<: *a}\n", 1, "itself");
        row("laughs", billionLaughs(), 7, "alias");
        row("deep flow", QByteArray(100'000, '['), 1, "nested");
        row("deep block", QByteArray("- ").repeated(100'000), 1, "nested");
        row("deep questions", QByteArray("? ").repeated(100'000), 1, "");
        row("deep json", QByteArray("{\"a\":").repeated(100'000), 1, "nested");
    }
    void errors()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        QElapsedTimer timer;
        timer.start();
        const auto file = parse(text);
        QVERIFY(timer.elapsed() < 3'000);
        QCOMPARE(file->errors().size(), 1);
        const Problem &error = file->errors()[0];
        QVERIFY2(error.message.en.contains(words), qPrintable(error.toString(Lang::En)));
        QTEST(error.span.line, "line");
        QVERIFY(error.span.column > 0);
        QCOMPARE(error.file, QStringLiteral("a.yaml"));
        QVERIFY(!error.message.ja.isEmpty() && !error.hint.ja.isEmpty() && !error.hint.en.isEmpty());
        QTEST(static_cast<int>(file->documents().size()), "documents");
    }

    void unquotedInBrackets_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("hint"); // empty: it is not told what to quote
        const auto row = [](const char *name, const char *text, int column, const char *hint) {
            QTest::newRow(name) << QByteArray(text) << column << QString::fromUtf8(hint);
        };
        row("question", "q: {en: Does it stop?}\n", 21, "quote it: `\"Does it stop?\"`");
        row("question before another", "q: {ja: 止まる?, en: Does it stop?}\n", 12, "quote it: `\"止まる?\"`");
        row("question amid", "q: {en: Really? Yes, ja: x}\n", 15, "quote it: `\"Really? Yes\"`");
        row("question in a list", "q: [Does it?, b]\n", 12, "quote it: `\"Does it?\"`");
        row("colon", "q: {en: Note: it stops, ja: x}\n", 13, "quote it: `\"Note: it stops\"`");
        row("brackets", "q: {en: Is it [a, b] or b, ja: x}\n", 15, "quote it: `\"Is it [a, b] or b\"`");
        row("braces", "q: [${{ matrix.os }}, b]\n", 6, "quote it: `\"${{ matrix.os }}\"`");
        row("quotation marks", "q: {en: Is it \"so\": it's, ja: x}\n", 0, "");
        row("quotation marks behind it", "q: {en: Is: \"so\" it's, ja: x}\n", 11, "quote it: `'Is: \"so\" it''s'`");
        row("behind a quotation", "q: {en: \"a\" b: c, ja: x}\n", 0, "");
        row("brackets of another line", "a: [1, 2\nb: 3\n", 0, "");
        row("behind brackets", "a: {a: {b: c} d: e}\n", 0, "");
        row("first character", "a: {b: `x`}\n", 0, "");
        row("block", "a: b: c\n", 0, "");
    }
    void unquotedInBrackets()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, column);
        QFETCH(QString, hint);
        const auto file = parse(text);
        QCOMPARE(file->errors().size(), 1);
        const Problem &error = file->errors()[0];
        QVERIFY2(hint.isEmpty() ? !error.hint.en.startsWith(u"quote it") : error.hint.en == hint,
                 qPrintable(error.toString(Lang::En)));
        if (column > 0) {
            QCOMPARE(error.span.column, column);
            QVERIFY2(error.message.en.contains(u"without quotation marks"), qPrintable(error.message.en));
        }
    }

    void aliasChainsAreNotDeeperThanAllowed()
    {
        QByteArray text = "a0: &a0 [x]\n";
        for (int i = 1; i < 300; ++i)
            text += QByteArray("a%2: &a%2 [*a%1]\n").replace("%1", QByteArray::number(i - 1)).replace("%2", QByteArray::number(i));
        const auto file = parse(text);
        QCOMPARE(file->errors().size(), 1);
        QVERIFY(file->errors()[0].message.en.contains(u"nested"));
    }

    void limits()
    {
        YamlLimits small;
        small.bytes = 10;
        QCOMPARE(parse("a: 1234567890\n", small)->errors().size(), 1);
        QCOMPARE(parse("a: 1\n", small)->errors().size(), 0);
        small = {};
        small.nodes = 5;
        QCOMPARE(parse("[1, 2, 3, 4]\n", small)->errors().size(), 0);
        QVERIFY(parse("[1, 2, 3, 4, 5]\n", small)->errors()[0].message.en.contains(u"5 values"));
        small = {};
        small.expandedNodes = 8;
        QCOMPARE(parse("- &a [1, 2]\n- *a\n", small)->errors().size(), 0);
        QCOMPARE(parse("- &a [1, 2]\n- *a\n- *a\n", small)->errors().size(), 1);
    }

    void hundredMegabytesOfNonsense()
    {
        const QByteArray text(100 * 1024 * 1024, 'x');
        QElapsedTimer timer;
        timer.start();
        const auto file = parse(text);
        QCOMPARE(file->errors().size(), 1);
        QVERIFY(file->errors()[0].message.en.contains(u"100 MiB"));
        QVERIFY(file->errors()[0].message.en.contains(u"16 MiB"));
        QVERIFY(timer.elapsed() < 1'000);
    }

    void nonsenseEndsSoon_data()
    {
        QTest::addColumn<QByteArray>("unit");
        for (const char *unit : {"[", "{", "- ", "? ", ": ", "a: ", "&a ", "!a ", "*a ", "\"", "'", "|\n", ">\n", "#", "# ",
                                 ",", "a\n", "a b ", "{a: ", "[a, ", "\t", "\r", "---\n", "...\n", "%", "!<", "{{", "x: y\n",
                                 "? a\n: b\n", "{\"a\":", "\\u", "<<: {", "- - \n", "a:\n- ", "null\n", "~: "})
            QTest::newRow(unit) << QByteArray(unit);
    }
    void nonsenseEndsSoon()
    {
        QFETCH(QByteArray, unit);
        QElapsedTimer timer;
        timer.start();
        const auto file = parse(unit.repeated(300'000 / unit.size()));
        for (const Yaml document : file->documents())
            QVERIFY(document.span().isValid());
        QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(file->errors().size() <= 1);
    }

    void suggestions_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("meant");
        const auto row = [](const char *word, const char *meant) {
            QTest::newRow(word) << QString::fromLatin1(word) << QString::fromLatin1(meant);
        };
        row("latncy", "latency");
        row("Latency", "latency");
        row("errorRate", "error-rate");
        row("error_rat", "error-rate");
        row("tire", "tier");
        row("xy", "");
        row("elephant", "");
        row("", "");
    }
    void suggestions()
    {
        QFETCH(QString, word);
        const QStringList known{QStringLiteral("latency"), QStringLiteral("error-rate"), QStringLiteral("tier"),
                                QStringLiteral("id")};
        QTEST(didYouMean(word, known).value_or(QString()), "meant");
    }

    void unknownKeysAreNamed()
    {
        const auto file = parse("targets:\n  latncy: 1\n  errors: 2\n  ok: 3\n");
        const auto problems = unknownKeys(file->documents()[0]["targets"], {QStringLiteral("latency"), QStringLiteral("ok")},
                                          QStringLiteral("readiness/service.yaml"));
        QCOMPARE(problems.size(), 2);
        QCOMPARE(problems[0].toString(Lang::En),
                 QStringLiteral("readiness/service.yaml:2:3: unknown key “latncy” — did you mean “latency”?"));
        QCOMPARE(problems[1].hint.en, QStringLiteral("known here: latency, ok"));
        QVERIFY(unknownKeys(Yaml(), {}, {}).empty());
    }
};

QTEST_APPLESS_MAIN(TestYaml)
#include "tst_yaml.moc"
