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
    row("parameter is a word", "headroom: 0.2", "headroom: much", "c.yaml:15:.*neither a number nor a list");
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
