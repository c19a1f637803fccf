// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistyaml.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray smallest = R"(format: tenken.checklist/1
id: small
version: "2"
title: Small
sections:
  - id: s
    title: {ja: 節, en: Section}
    items:
      - id: s.one
        level: should
        title: One
        question: {ja: 問い, en: Question}
        rules:
          - rule: event-capacity
            parameters: {headroom: 0.2}
)";

} // namespace

class TestChecklist : public QObject
{
    Q_OBJECT
private slots:
    void builtin();
    void builtinRulesExist();
    void builtinTextsAreInBothLanguages();
    void builtinPlainMarkup();
    void builtinByOtherNames_data();
    void builtinByOtherNames();
    void readsTheSmallest();
    void tellsProblems_data();
    void tellsProblems();
    void lostPartsDecideNothing_data();
    void lostPartsDecideNothing();
    void notedAndWhole_data();
    void notedAndWhole();
    void idOfABuiltin_data();
    void idOfABuiltin();
    void levelIsMustInDoubt();
    void oneLanguageServesBoth();
    void decisionDefaultsAndOwn();
    void listsOfWords();
};

void TestChecklist::builtin()
{
    const auto checklist = builtinChecklist(QStringLiteral("zozotown"));
    QVERIFY(checklist);
    QCOMPARE(checklist->id, QStringLiteral("zozotown"));
    QCOMPARE(checklist->version, QStringLiteral("2.1"));
    QCOMPARE(checklist->itemCount(), 52);
    QStringList sections;
    QList<int> counts;
    for (const Section &s : checklist->sections) {
        sections << s.id;
        counts << int(s.items.size());
    }
    QCOMPARE(sections, QStringList({"release", "performance", "resilience", "monitoring", "documentation"}));
    QCOMPARE(counts, QList<int>({11, 12, 16, 11, 2}));
    QCOMPARE(checklist->changes.size(), size_t(3));
    QVERIFY(!checklist->item(QStringLiteral("resilience.nothing")));

    const Item *stop = checklist->item(QStringLiteral("resilience.graceful-stop"));
    QVERIFY(stop);
    QCOMPARE(stop->rules.size(), size_t(1));
    QCOMPARE(stop->rules.front().rule, QStringLiteral("graceful-stop"));
    QVERIFY(stop->level == Level::Must);
    QVERIFY(stop->span.isValid());
    QVERIFY(checklist->item(QStringLiteral("release.pipeline-shared"))->rules.empty());
}

void TestChecklist::builtinRulesExist()
{
    QFile file(QStringLiteral(":/checklists/zozotown.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto checklist = readChecklistYaml(file.readAll());
    QVERIFY2(checklist.problems.empty(), qPrintable(printed(checklist.problems)));
    int machine = 0;
    for (const Section &s : checklist.value.sections) {
        for (const Item &i : s.items)
            machine += !i.rules.empty();
    }
    QCOMPARE(machine, 51);
}

void TestChecklist::builtinTextsAreInBothLanguages()
{
    static const QRegularExpression kana(QStringLiteral("[\\x{3040}-\\x{30ff}\\x{4e00}-\\x{9fff}]"));
    const auto checklist = builtinChecklist(QStringLiteral("zozotown"));
    QVERIFY(checklist);
    for (const Section &s : checklist->sections) {
        for (const Item &i : s.items) {
            for (const Text &t : {i.title, i.question, i.guidance, i.evidence}) {
                QVERIFY2(!t.ja.isEmpty() && !t.en.isEmpty(), qPrintable(i.id));
                QVERIFY2(!kana.match(t.en).hasMatch(), qPrintable(i.id + QStringLiteral(": ") + t.en));
            }
            QVERIFY2(kana.match(i.question.ja).hasMatch(), qPrintable(i.id));
            QVERIFY2(i.question.ja.endsWith(u"。"), qPrintable(i.id));
            QVERIFY2(i.question.en.endsWith(u'?'), qPrintable(i.id));
            QVERIFY2(i.title.ja.size() <= 16 && i.title.en.size() <= 32, qPrintable(i.id));
        }
    }
}

void TestChecklist::builtinPlainMarkup()
{
    const auto checklist = builtinChecklist(QStringLiteral("zozotown"));
    QVERIFY(checklist);
    for (const Section &s : checklist->sections) {
        for (const Item &i : s.items) {
            for (const QString &text : {i.guidance.ja, i.guidance.en}) {
                QVERIFY2(text.count(QStringLiteral("**")) % 2 == 0, qPrintable(i.id));
                QVERIFY2(text.count(u'`') % 2 == 0, qPrintable(i.id));
                QVERIFY2(!text.contains(u'<') && !text.contains(u'#'), qPrintable(i.id));
            }
        }
    }
}

void TestChecklist::builtinByOtherNames_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"", "nothing", "../zozotown", "zozotown.yaml", "ZOZOTOWN", "zozotown\n", "a/b"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestChecklist::builtinByOtherNames()
{
    QFETCH(QString, name);
    const auto checklist = builtinChecklist(name);
    QVERIFY(!checklist);
    QVERIFY(!checklist.error().message.isEmpty());
    QVERIFY(!checklist.error().hint.isEmpty());
}

void TestChecklist::readsTheSmallest()
{
    const auto checklist = readChecklistYaml(smallest);
    QVERIFY2(checklist.problems.empty(), qPrintable(printed(checklist.problems)));
    QCOMPARE(checklist.value.itemCount(), 1);
    const Item *item = checklist.value.item(QStringLiteral("s.one"));
    QVERIFY(item);
    QVERIFY(item->level == Level::Should);
    QCOMPARE(item->question.ja, QStringLiteral("問い"));
    QCOMPARE(item->title, sameText(QStringLiteral("One")));
    QCOMPARE(item->rules.front().parameters.value(QStringLiteral("headroom")), 0.2);
    QCOMPARE(item->span.line, 9);
}

void TestChecklist::tellsProblems_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("expected"); // regular expression over the printed problems
    QTest::addColumn<int>("items");

    const auto row = [](const char *name, const char *from, const char *to, const char *expected,
                        int items = 1) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromUtf8(expected) << items;
    };
    row("misspelt rule", "rule: event-capacity", "rule: event-capacty",
        "c.yaml:14:.*event-capacty.*Did you mean `event-capacity`");
    row("unheard-of rule", "rule: event-capacity", "rule: weather",
        "c.yaml:14:.*no rule `weather`.*tenken rules");
    row("misspelt parameter", "headroom: 0.2", "hedroom: 0.2",
        "c.yaml:15:.*hedroom.*Did you mean `headroom`");
    row("parameter is a word", "headroom: 0.2", "headroom: much", "c.yaml:15:.*`headroom` is no number");
    row("misspelt key", "question:", "qestion:", "qestion.*question");
    row("question missing", "question: {ja: 問い, en: Question}", "evidence: x", "`question` has no text");
    row("id of another section", "id: s.one", "id: t.one", "does not begin with `s\\.`");
    row("id twice",
        "rules:", "rules: []\n      - id: s.one\n        title: T\n        question: Q\n        rules:",
        "c.yaml:14:.*`s.one` is there twice", 2);
    row("wrong level", "level: should", "level: could", "`level` is `could`.*Write `must` or `should`");
    row("id missing", "id: s.one", "level: must", "`id` is missing", 0);
    row("no format", "format: tenken.checklist/1", "format: tenken.checklist/9", "`format` is not");
    row("no version", "version: \"2\"", "", "`version` is missing");
    row("unknown top key", "title: Small", "title: Small\nsectoins: []", "sectoins.*sections");
    row("third language", "{ja: 問い, en: Question}", "{ja: 問い, en: Question, fr: Q}", "c.yaml:12:.*fr");
    row("not yaml at all", "format:", "\t@[", ".", 0);
}

void TestChecklist::tellsProblems()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, expected);
    QFETCH(int, items);
    QByteArray yaml = smallest;
    QVERIFY(yaml.contains(from));
    const auto checklist = readChecklistYaml(yaml.replace(yaml.indexOf(from), from.size(), to));
    const QString all = printed(checklist.problems);
    QVERIFY2(QRegularExpression(expected).match(all).hasMatch(), qPrintable(all));
    QCOMPARE(checklist.value.itemCount(), items);
    for (const Problem &p : checklist.problems)
        QVERIFY(!p.message.ja.isEmpty() && !p.message.en.isEmpty());
}

/// A part that is not read could have been a question, or have made one stricter.
void TestChecklist::lostPartsDecideNothing_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("expected"); // regular expression over the printed problems

    const auto row = [](const char *name, const char *from, const char *to, const char *expected) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromUtf8(expected);
    };
    const char *rules = "rules:\n          - rule: event-capacity\n            parameters: {headroom: 0.2}\n";
    row("sections is a map", "  - id: s\n    title", "  id: s\n  more:\n    title", "c.yaml:5:1: `sections` is no list. — .*- {id:");
    row("sections is a word", "sections:", "sections: none\nsectoins:", "`sections` is no list");
    row("items is a map", "items:\n      - id: s.one\n", "items:\n        s.one: {}\n", "c.yaml:8:5: `items` is no list");
    row("items of ids", rules, "\n    items: {s.two: {title: T}}\n", "“items” stands twice.*the first is at c.yaml:8");
    row("rules is a map", rules, "rules: {rule: safe-start}\n", "c.yaml:13:9: `rules` is no list. — .*- rule: safe-start");
    row("rules is a word", rules, "rules: safe-start\n", "c.yaml:13:9: `rules` is no list");
    row("rules of words", rules, "rules: [safe-start]\n", "c.yaml:13:17: `rule` is missing");
    row("rule of the item", rules, "rule: safe-start\n", "c.yaml:13:9: unknown key “rule” — did you mean “rules”");
    row("rules twice", "rules:", "rules: [{rule: safe-start}]\n        rules:", "c.yaml:14:9:.*“rules” stands twice");
    row("parameters is a list", "{headroom: 0.2}", "[{headroom: 0.2}]", "c.yaml:15:13: `parameters` is no map");
    row("parameters of words", "{headroom: 0.2}", "[\"headroom: 0.2\"]", "`parameters` is no map");
    row("parameters is a word", "{headroom: 0.2}", "\"headroom: 0.2\"", "`parameters` is no map");
    row("parameter is a map", "headroom: 0.2", "headroom: {value: 0.2}", "c.yaml:15:36: `headroom` is no number");
    row("parameter is a list", "headroom: 0.2", "headroom: [0.2]", "`headroom` is no number");
    row("parameter is quoted", "headroom: 0.2", "headroom: \"0.2\"", "`headroom` is no number");
    row("parameter is nothing", "headroom: 0.2", "headroom: ", "`headroom` is no number");
    row("misspelt parameter", "headroom", "hedroom", "Did you mean `headroom`");
    row("misspelt parameters", "parameters", "paramters", "did you mean “parameters”");
    row("list is a word", rules, "rules: [{rule: guide-headings, parameters: {role: oncall}}]\n", "`role` is no list of words");
    row("list of maps", rules, "rules: [{rule: guide-headings, parameters: {headings: [{a: b}]}}]\n",
        "`headings` is no list of words");
    row("misspelt key of the item", "level:", "levle:", "c.yaml:10:9:.*did you mean “level”");
    row("misspelt key of the section", "items:", "itmes:", "did you mean “items”");
    row("misspelt extends", "title: Small", "title: Small\nextend: zozotown", "c.yaml:5:1:.*did you mean “extends”");
    row("changes is a map", "title: Small", "title: Small\nchanges: {version: \"2\", text: T, items: [s.one]}",
        "c.yaml:5:1: `changes` is no list");
    row("change is a word", "title: Small", "title: Small\nchanges: [\"2\"]", "c.yaml:5:11: This change cannot be read");
    row("items of a change", "title: Small",
        "title: Small\nchanges: [{version: \"2\", text: T, items: {s.one: true}}]", "`items` is no list of words");
    row("remove is a map", "title: Small", "title: Small\nremove: {item: s.one, reason: R}", "`remove` is no list");
    row("misspelt decision", "title: Small", "title: Small\ndecision: {nogo: {must: [warn]}}", "did you mean “no-go”");
    row("misspelt sign-off", "title: Small", "title: Small\nsign-off: {peple: 3}", "did you mean “people”");
    row("a second document", "sections:", "---\nsections:", "second document, which is not read");
    row("another format", "checklist/1", "checklist/2", "c.yaml:1:9: `format` is not");
    row("a comma in a text", "en: Question", "en: One, two", "c.yaml:12:37: The text ends at the comma before “two”");
    row("select is misspelt", rules, "rules: [{assert: a, message: m, selct: {kind: Pod}}]\n", "did you mean “select”");
    row("labels is a list", rules, "rules: [{assert: a, message: m, select: {labels: [app]}}]\n", "`labels` is no map");
    row("kind is a map", rules, "rules: [{assert: a, message: m, select: {kind: {Pod: 1}}}]\n", "`kind` is no list of words");
    row("two of one id", rules, "\n      - {id: s.one, title: T, question: Q}\n", "c.yaml:14:14: The id `s.one` is there twice");
    row("one id in two sections", rules,
        "\n  - {id: t, title: T, items: [{id: s.one, title: T, question: Q}]}\n", "The id `s.one` is there twice");
}

void TestChecklist::lostPartsDecideNothing()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, expected);
    QByteArray yaml = smallest;
    QVERIFY(yaml.contains(from));
    const auto checklist = readChecklistYaml(yaml.replace(yaml.indexOf(from), from.size(), to));
    const QString all = printed(checklist.problems);
    QVERIFY2(QRegularExpression(expected).match(all).hasMatch(), qPrintable(all));
    QVERIFY2(!checklist.value.complete, qPrintable(all));
    for (const Problem &p : checklist.problems)
        QVERIFY(!p.message.ja.isEmpty() && !p.message.en.isEmpty());
}

/// What makes nothing less strict does not stop the checklist.
void TestChecklist::notedAndWhole_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("noted");
    const auto row = [](const char *name, const char *from, const char *to, bool noted) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << noted;
    };
    row("nothing under a key", "title: Small", "title: Small\nchanges:\nremove:", false);
    row("somebody's own key", "title: Small", "x-usual: &usual {headroom: 0.2}\ntitle: Small", false);
    row("no parameters", "parameters: {headroom: 0.2}", "parameters:", false);
    row("item of a change as a word", "title: Small", "title: Small\nchanges: [{version: \"2\", text: T, items: s.one}]", false);
    row("third language", "{ja: 問い, en: Question}", "{ja: 問い, en: Question, fr: Q}", true);
    row("wrong level", "level: should", "level: could", true);
    row("misspelt rule", "rule: event-capacity", "rule: event-capacty", true);
    row("no format", "format: tenken.checklist/1\n", "", true);
}

void TestChecklist::notedAndWhole()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(bool, noted);
    QByteArray yaml = smallest;
    QVERIFY(yaml.contains(from));
    const auto checklist = readChecklistYaml(yaml.replace(yaml.indexOf(from), from.size(), to));
    QVERIFY2(checklist.value.complete, qPrintable(printed(checklist.problems)));
    QVERIFY2(checklist.problems.empty() != noted, qPrintable(printed(checklist.problems)));
}

/// A file of one's own must not be reported under the name of one that comes with Tenken.
void TestChecklist::idOfABuiltin_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("another file") << QByteArray("id: small") << QByteArray("id: zozotown");
    QTest::newRow("in capitals") << QByteArray("id: small") << QByteArray("id: ZOZOTOWN");
    QTest::newRow("one that extends it") << QByteArray("id: small") << QByteArray("extends: zozotown\nid: zozotown");
}

void TestChecklist::idOfABuiltin()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray yaml = smallest;
    const auto checklist = readChecklistYaml(yaml.replace(from, to));
    QVERIFY(!checklist.value.complete);
    const QString all = printed(checklist.problems);
    QVERIFY2(all.contains(u"comes with Tenken, and this file is another one. — Give it an id of its own"), qPrintable(all));
}

void TestChecklist::levelIsMustInDoubt()
{
    for (const QByteArray level : {"level: could", "# none"}) {
        QByteArray yaml = smallest;
        const auto checklist = readChecklistYaml(yaml.replace("level: should", level));
        QVERIFY(checklist.value.item(QStringLiteral("s.one"))->level == Level::Must);
    }
    QVERIFY(readChecklistYaml("").value.sections.empty());
    QVERIFY(!readChecklistYaml("").problems.empty());
    QVERIFY(!readChecklistYaml("id: x\nversion: 1\ntitle: t\n").problems.empty());
}

void TestChecklist::oneLanguageServesBoth()
{
    QByteArray yaml = smallest;
    const auto checklist = readChecklistYaml(yaml.replace("{ja: 問い, en: Question}", "{ja: 問い}"));
    QVERIFY(checklist.problems.empty());
    QCOMPARE(checklist.value.item(QStringLiteral("s.one"))->question.en, QStringLiteral("問い"));
}

void TestChecklist::decisionDefaultsAndOwn()
{
    QCOMPARE(readChecklistYaml(smallest).value.decision.noGoOnMust, QStringList({"fail", "unknown", "unanswered"}));
    const auto own =
        readChecklistYaml(smallest + "decision:\n  no-go: {must: [fail, warn]}\n  conditional: {should: []}\n");
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QCOMPARE(own.value.decision.noGoOnMust, QStringList({"fail", "warn"}));
    QVERIFY(own.value.decision.conditionalOnShould.isEmpty());
    const auto wrong = readChecklistYaml(smallest + "decision:\n  no-go: {must: [fail, sometimes]}\n");
    QVERIFY(printed(wrong.problems).contains(QStringLiteral("no reason `sometimes`")));
    QCOMPARE(wrong.value.decision.noGoOnMust, QStringList({"fail"}));
    // What is not understood must never become a rule that lets everything pass.
    for (const char *decision : {"{no-go: {must: fail}}", "{no-go: {must: []}}", "{no-go: {must: {fail: true}}}", "{no-go: {must: }}",
                                 "{no-go: fail}", "fail", "{no-go: {must: [sometimes]}}", "{conditional: {should: fail}}"}) {
        const auto unclear = readChecklistYaml(smallest + "decision: " + decision + "\n");
        QVERIFY2(!unclear.value.complete, decision);
        QVERIFY2(!unclear.problems.empty(), decision);
    }
}

// A list given to a rule that takes none is reported; of a rule that does not exist everything is kept.
void TestChecklist::listsOfWords()
{
    QByteArray yaml = smallest;
    yaml.replace("event-capacity", "weather").replace("{headroom: 0.2}", "{words: [a, \"b c\"]}");
    const auto checklist = readChecklistYaml(yaml);
    QCOMPARE(checklist.problems.size(), size_t(1));
    const RuleUse use = checklist.value.item(QStringLiteral("s.one"))->rules.front();
    QCOMPARE(use.lists.value(QStringLiteral("words")), QStringList({"a", "b c"}));
}

QTEST_APPLESS_MAIN(TestChecklist)
#include "tst_checklist.moc"
