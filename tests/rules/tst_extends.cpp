// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistyaml.h"
#include "support.h"

#include <rules/assertion.h>

#include <QDir>
#include <QTemporaryDir>

using namespace tenken;
using namespace tenken::test;

/// Company checklists: what `extends` keeps, changes, adds and leaves out.
class TestExtends : public QObject
{
    Q_OBJECT
private slots:
    void keepsWhatItDoesNotSay();
    void changesItems();
    void addsSectionsAndItems();
    void removesWithAReason();
    void decision();
    void tellsWhatItLoosens_data();
    void tellsWhatItLoosens();
    void tellsChangedRules_data();
    void tellsChangedRules();
    void chains();
    void tellsProblems_data();
    void tellsProblems();
    void incompleteDecidesNothing_data();
    void incompleteDecidesNothing();
    void ofAService();
    void ofAServiceUnreadable_data();
    void ofAServiceUnreadable();
};

namespace {

const QByteArray head = "format: tenken.checklist/1\nid: shop\nversion: \"3\"\nextends: zozotown\n";

Partial<Checklist> read(const QByteArray &yaml, const QByteArray &base = {})
{
    return readChecklistYaml(yaml, base, QStringLiteral("readiness/shop.yaml"));
}

const Item &itemOf(const Checklist &checklist, const char *id)
{
    static const Item none;
    const Item *item = checklist.item(QString::fromLatin1(id));
    return item ? *item : none;
}

void put(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    const QString path = folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

} // namespace

void TestExtends::keepsWhatItDoesNotSay()
{
    const Checklist base = *builtinChecklist(QStringLiteral("zozotown"));
    const auto own = read(head);
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QVERIFY(own.value.complete);
    QCOMPARE(own.value.id, QStringLiteral("shop"));
    QCOMPARE(own.value.title, base.title);
    QCOMPARE(own.value.bases, QStringList{QStringLiteral("zozotown ") + base.version});
    QCOMPARE(own.value.name(), QStringLiteral("shop 3 (zozotown %1)").arg(base.version));
    QCOMPARE(base.name(), QStringLiteral("zozotown ") + base.version);
    QCOMPARE(own.value.itemCount(), base.itemCount());
    QCOMPARE(own.value.decision.noGoText, base.decision.noGoText);
    QVERIFY(own.value.changes.empty()); // its own log, not the other's
    QCOMPARE(itemOf(own.value, "resilience.graceful-stop").question, itemOf(base, "resilience.graceful-stop").question);
}

void TestExtends::changesItems()
{
    const auto own = read(head + R"(sections:
  - id: resilience
    items:
      - id: resilience.min-ready
        level: should
        title: {ja: 題, en: Own title}
        rules:
          - rule: min-ready
            parameters: {factor: 0.5}
          - assert: "spec.minReadySeconds >= `20`"
            select: {kind: Deployment}
            message: Twenty seconds here.
)");
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    const Item &item = itemOf(own.value, "resilience.min-ready");
    QVERIFY(item.level == Level::Should);
    QCOMPARE(item.title.en, QStringLiteral("Own title"));
    QVERIFY(!item.question.isEmpty()); // of zozotown
    QCOMPARE(item.rules.size(), 2);
    QCOMPARE(item.rules[0].rule, QStringLiteral("min-ready"));
    QCOMPARE(item.rules[0].parameters.value(QStringLiteral("factor")), 0.5);
    QVERIFY(item.rules[1].assertion);
    QCOMPARE(own.value.itemCount(), builtinChecklist(QStringLiteral("zozotown"))->itemCount());
    const Evidence evidence = test::evidenceFrom("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {minReadySeconds: 10, template: {spec: {containers: [{name: a}]}}}\n");
    const Assessment assessment = evaluate(own.value, evidence, {QStringLiteral("resilience.min-ready")});
    QCOMPARE(assessment.items.front().findings.back().reason.en, QStringLiteral("Twenty seconds here."));
    QCOMPARE(assessment.items.front().verdict, Verdict::Fail);
}

void TestExtends::addsSectionsAndItems()
{
    const auto own = read(head + R"(sections:
  - id: resilience
    items:
      - {id: resilience.chaos, title: Chaos, question: "Was chaos tried?"}
  - id: company
    title: Company
    items:
      - {id: company.cost, level: should, title: Cost, question: "Who pays?"}
)");
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QCOMPARE(own.value.sections.back().id, QStringLiteral("company"));
    QCOMPARE(own.value.item(QStringLiteral("resilience.chaos"))->title.en, QStringLiteral("Chaos"));
    QCOMPARE(own.value.itemCount(), builtinChecklist(QStringLiteral("zozotown"))->itemCount() + 2);
    QVERIFY(itemOf(own.value, "company.cost").level == Level::Should);
}

void TestExtends::removesWithAReason()
{
    const auto own = read(head + R"(remove:
  - {item: resilience.proxy-first, reason: {ja: メッシュなし, en: We run no mesh}}
  - {item: resilience.min-ready, rule: min-ready, reason: Asked of people}
)");
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QVERIFY(!own.value.item(QStringLiteral("resilience.proxy-first")));
    QVERIFY(itemOf(own.value, "resilience.min-ready").rules.empty());
    QCOMPARE(own.value.removed.size(), 2);
    QCOMPARE(own.value.removed[0].reason.en, QStringLiteral("We run no mesh"));
    QVERIFY(!own.value.removed[0].title.isEmpty());
    QCOMPARE(own.value.removed[1].rule, QStringLiteral("min-ready"));
    // Without a reason nothing is left out.
    const auto silent = read(head + "remove: [{item: resilience.proxy-first}]\n");
    QVERIFY(silent.value.item(QStringLiteral("resilience.proxy-first")));
    QVERIFY2(printed(silent.problems).contains(QStringLiteral("`reason` has no text")), qPrintable(printed(silent.problems)));
}

void TestExtends::decision()
{
    const auto own = read(head + "decision:\n  no-go: {must: [fail, unknown, unanswered, warn]}\n");
    QVERIFY(own.problems.empty());
    QVERIFY(own.value.decision.noGoOnMust.contains(QStringLiteral("warn")));
    QVERIFY(!own.value.decision.conditionalOnShould.isEmpty());
}

/// A checklist of the service's own folder could else loosen what an override may not without a waiver.
void TestExtends::tellsWhatItLoosens_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("said"); // empty: nothing is loosened
    const auto item = [](const char *rest, const char *id = "resilience.min-ready") {
        return QByteArray("sections:\n  - id: resilience\n    items:\n      - {id: ") + id + ", " + rest + "}\n";
    };
    QTest::newRow("level") << item("level: should", "resilience.graceful-stop") << "loosened, resilience.graceful-stop: must → should";
    QTest::newRow("a higher level") << item("level: must") << "";
    QTest::newRow("parameter") << item("rules: [{rule: min-ready, parameters: {factor: 100}}]") << "loosened, resilience.min-ready min-ready: factor: ";
    QTest::newRow("tighter") << item("rules: [{rule: min-ready, parameters: {factor: 0.5}}]") << "";
    QTest::newRow("decision") << QByteArray("decision: {no-go: {must: [fail]}}\n") << "loosened, the decision's rule: must: unknown no longer counts";
    QTest::newRow("no longer asked of people")
        << item("rules: [{assert: \"`true`\", select: {kind: Deployment}, message: m}]", "release.pipeline-shared").replace("resilience\n", "release\n")
        << "loosened, release.pipeline-shared: answered by people → judged by rules";
    QTest::newRow("stricter decision") << QByteArray("decision: {no-go: {must: [fail, unknown, unanswered, warn]}}\n") << "";
}

void TestExtends::tellsWhatItLoosens()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, said);
    const auto own = read(head + yaml);
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QStringList lines;
    for (const RemovedQuestion &r : own.value.removed)
        lines << r.words().en + QStringLiteral(": ") + r.reason.en;
    QVERIFY2(said.isEmpty() ? lines.isEmpty() : lines.join(u'\n').contains(said), qPrintable(lines.join(u'\n')));
}

/// What a company asks by own rules, lists of words and in words: a service's own file could empty it.
void TestExtends::tellsChangedRules_data()
{
    QTest::addColumn<QByteArray>("rest"); // of the item company.own
    QTest::addColumn<QStringList>("said");
    const auto own = [](const char *name, const char *assertion, const char *select, const QStringList &said,
                        const char *more = "") {
        QTest::newRow(name) << QByteArray("rules: [{assert: \"") + assertion + "\", name: min, select: {" + select
                + "}, message: m" + more + "}]"
                            << said;
    };
    const char *same = "a > `100`", *kind = "kind: [Deployment], each: container, containers: [app]";
    own("the same", same, kind, {});
    own("roles in words", same, "each: container, containers: app, kind: Deployment", {});
    own("expression", "`true`", kind, {"company.own min: expression: `a > `100`` → ``true``"});
    own("a select more", same, "kind: [Deployment], each: container, containers: [app], names: none",
        {"company.own min: selects: Deployment each=container containers=app → Deployment none each=container containers=app"});
    own("containers", same, "kind: [Deployment], each: container, containers: [init]",
        {"company.own min: selects: Deployment each=container containers=app → Deployment each=container containers=init"});
    own("nothing selected", same, "kind: [Deployment], each: container, containers: [app], absent: n/a",
        {"company.own min: nothing selected: unknown → n/a"});
    own("nothing selected fails", same, "kind: [Deployment], each: container, containers: [app], absent: fail", {});
    own("warn", same, kind, {"company.own min: when false: fail → warn"}, ", verdict: warn");
    own("both", "`true`", kind,
        {"company.own min: expression: `a > `100`` → ``true``", "company.own min: when false: fail → warn"}, ", verdict: warn");

    const auto list = [](const char *name, const char *parameters, const QStringList &said) {
        QTest::newRow(name) << QByteArray("rules: [{rule: guide-headings, parameters: {") + parameters + "}}]" << said;
    };
    list("headings", "headings: [A]", {"company.own guide-headings: headings: [A, B] → [A]"});
    list("no headings", "headings: []", {"company.own guide-headings: headings: [A, B] → []"});
    list("another word for one", "headings: [A, B | C]", {"company.own guide-headings: headings: [A, B] → [A, B | C]"});
    list("more headings", "headings: [B, C, A]", {});
    list("role", "role: [oncall]", {"company.own guide-headings: role: [onboarding] → [oncall]"});

    QTest::newRow("another question") << QByteArray("question: \"Is it there?\"")
                                      << QStringList{"company.own: another question: “Q” → “Is it there?”"};
    QTest::newRow("another title") << QByteArray("title: T2") << QStringList{};
}

void TestExtends::tellsChangedRules()
{
    QFETCH(QByteArray, rest);
    QFETCH(QStringList, said);
    const QByteArray base = R"(format: tenken.checklist/1
id: base
version: "7"
title: B
sections:
  - id: company
    title: Company
    items:
      - id: company.own
        title: O
        question: Q
        rules:
          - {assert: "a > `100`", name: min, select: {kind: Deployment, each: container, containers: [app]}, message: m}
          - {rule: guide-headings, parameters: {role: [oncall], headings: [X]}}
          - {rule: guide-headings, parameters: {role: [onboarding], headings: [A, B]}}
)";
    // The first of the two is taken over as it is.
    const bool isList = rest.contains("guide-headings");
    const QByteArray change = isList ? QByteArray(rest).replace("rules: [", "rules: [{rule: guide-headings}, ") : rest;
    const auto own = read("format: tenken.checklist/1\nid: shop\nversion: \"3\"\nextends: base.yaml\nsections:\n"
                          "  - id: company\n    items:\n      - {id: company.own, " + change + "}\n", base);
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QStringList lines;
    for (const RemovedQuestion &r : own.value.removed) {
        QVERIFY(r.loosened && !r.reason.ja.isEmpty());
        lines << QStringList{r.item, r.rule}.join(u' ').trimmed() + QStringLiteral(": ") + r.reason.en;
    }
    QCOMPARE(lines, said);
}

void TestExtends::chains()
{
    const QByteArray base = R"(format: tenken.checklist/1
id: base
version: "7"
extends: zozotown
sections:
  - id: company
    title: Company
    items:
      - id: company.labels
        title: Labels
        question: Are there labels?
        rules:
          - {assert: "type(metadata.labels.team) == 'string'", name: labels, select: {each: object}, message: No team.}
remove: [{item: release.lint, reason: Done elsewhere}]
)";
    const auto own = read(R"(format: tenken.checklist/1
id: shop
version: "3"
extends: base.yaml
sections:
  - id: company
    items:
      - id: company.labels
        rules:
          - {assert: "type(metadata.labels.owner) == 'string'", name: labels, select: {each: object}, message: No owner.}
)", base);
    // The name is there already, in the checklist that is extended: the rule takes its place.
    QVERIFY2(own.problems.empty(), qPrintable(printed(own.problems)));
    QCOMPARE(own.value.bases.size(), 2);
    QVERIFY(own.value.name().startsWith(u"shop 3 (base 7 ← zozotown "));
    const Item &item = itemOf(own.value, "company.labels");
    QCOMPARE(item.rules.size(), 1);
    QCOMPARE(item.rules[0].assertion->message.en, QStringLiteral("No owner."));
    QCOMPARE(own.value.removed.size(), 2);
    QCOMPARE(own.value.removed[0].item, QStringLiteral("release.lint")); // what the other one leaves out
    QVERIFY(own.value.removed[1].loosened); // another expression: whether it asks for more cannot be told
}

void TestExtends::tellsProblems_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *text, const char *said) { QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(said); };
    row("misspelt item", "sections: [{id: resilience, items: [{id: resilience.gracefull-stop, level: should}]}]", "shop.yaml:5:.*Did you mean `resilience.graceful-stop`");
    row("misspelt section", "sections: [{id: resilence, items: [{id: resilence.a, title: A, question: Q}]}]", "shop.yaml:5:.*`title` has no text");
    row("misspelt item to remove", "remove: [{item: resilience.min-redy, reason: r}]", "shop.yaml:5:17:.*Did you mean `resilience.min-ready`");
    row("rule to remove is not there", "remove: [{item: resilience.min-ready, rule: min-redy, reason: r}]", "shop.yaml:5:.*Did you mean `min-ready`");
    row("misspelt key", "remove: [{itme: a, reason: r}]", "itme.*item");
    row("wrong level", "sections: [{id: resilience, items: [{id: resilience.min-ready, level: may}]}]", "`level` is `may`");
}

void TestExtends::tellsProblems()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    const QString all = printed(read(head + text).problems);
    QVERIFY2(QRegularExpression(said).match(all).hasMatch(), qPrintable(all));
}

void TestExtends::incompleteDecidesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QString>("said");
    const QByteArray own = "format: tenken.checklist/1\nid: a\nversion: \"1\"\nextends: ";
    QTest::newRow("itself") << own + "shop.yaml\n" << QByteArray() << QStringLiteral("shop.yaml:4:10:.*circle: readiness/shop.yaml → readiness/shop.yaml");
    QTest::newRow("a circle of two") << own + "base.yaml\n" << own + "./shop.yaml\n" << QStringLiteral("base.yaml:4:10:.*circle");
    QTest::newRow("no such built in") << own + "zozotwn\n" << QByteArray() << QStringLiteral("shop.yaml:4:10: There is no checklist `zozotwn`");
    QTest::newRow("no such file") << own + "gone.yaml\n" << QByteArray() << QStringLiteral("readiness/gone.yaml cannot be read");
    QTest::newRow("broken base") << own + "base.yaml\n" << QByteArray("sections: [\n") << QStringLiteral("base.yaml:");
    QTest::newRow("broken") << head + "sections: [\n" << QByteArray() << QStringLiteral("shop.yaml:");
    QTest::newRow("an item without an id") << head + "sections: [{id: release, items: [{title: A, question: Q}]}]\n" << QByteArray() << QStringLiteral("`id` is missing");
    QTest::newRow("twice, of two sections") << own + "base.yaml\nsections: [{id: t, title: T, items: [{id: s.x, title: X, question: Q}]}]\n"
                                            << QByteArray("format: tenken.checklist/1\nid: base\nversion: \"1\"\ntitle: B\nsections: [{id: s, title: S, items: [{id: s.x, title: X, question: Q}]}]\n")
                                            << QStringLiteral("shop.yaml:5:43: The item `s.x` is in another section");
    QTest::newRow("a base of which a part is lost") << own + "base.yaml\n" << head + "sectoins: []\n" << QStringLiteral("base.yaml:5:1:.*sections");
    QTest::newRow("empty") << QByteArray() << QByteArray() << QStringLiteral("empty");
}

void TestExtends::incompleteDecidesNothing()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, base);
    QFETCH(QString, said);
    const auto own = read(text, base);
    QVERIFY(!own.value.complete);
    QVERIFY2(QRegularExpression(said).match(printed(own.problems)).hasMatch(), qPrintable(printed(own.problems)));
}

void TestExtends::ofAService()
{
    QTemporaryDir folder;
    put(folder, QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\nchecklist: readiness/shop.yaml\n");
    put(folder, QStringLiteral("readiness/shop.yaml"), "format: tenken.checklist/1\nid: shop\nversion: \"3\"\nextends: ../company/base.yaml\n");
    put(folder, QStringLiteral("company/base.yaml"), QByteArray(head).replace("id: shop", "id: company"));
    const auto evidence = readEvidence(folder.path());
    QVERIFY(evidence);
    QStringList digested;
    for (const SourceFile &file : evidence->files)
        digested << file.path;
    QCOMPARE(digested, QStringList({"company/base.yaml", "readiness/service.yaml", "readiness/shop.yaml"}));
    const auto checklist = checklistOf(*evidence);
    QVERIFY2(checklist, checklist ? "" : qPrintable(checklist.error().toString(Lang::En)));
    QVERIFY2(checklist->value.name().startsWith(u"shop 3 (company 3 ← zozotown"), qPrintable(checklist->value.name()));
    QVERIFY(checklistNamed(folder.filePath(QStringLiteral("company/base.yaml"))));
    QVERIFY(checklistNamed(QStringLiteral("zozotown")));
    QVERIFY(!checklistNamed(QStringLiteral("nothing")));
    QVERIFY(!checklistNamed(folder.filePath(QStringLiteral("gone.yaml"))));
}

void TestExtends::ofAServiceUnreadable_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text"); // of readiness/shop.yaml
    QTest::addColumn<QString>("said");
    QTest::newRow("gone") << QByteArray("readiness/gone.yaml") << QByteArray() << QStringLiteral("readiness/service.yaml:3:12: the checklist readiness/gone.yaml cannot be read");
    QTest::newRow("outside") << QByteArray("../shop.yaml") << QByteArray() << QStringLiteral("outside the service's folder");
    QTest::newRow("absolute") << QByteArray("/etc/passwd.yaml") << QByteArray() << QStringLiteral("absolute path");
    QTest::newRow("extends outside") << QByteArray("readiness/shop.yaml") << QByteArray("format: tenken.checklist/1\nid: s\nversion: \"1\"\nextends: ../../x.yaml\n") << QStringLiteral("shop.yaml:4:10:.*x.yaml cannot be read");
    QTest::newRow("unknown id") << QByteArray("zozotwon") << QByteArray() << QStringLiteral("zozotwon");
}

void TestExtends::ofAServiceUnreadable()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    QTemporaryDir folder;
    put(folder, QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\nchecklist: " + name + "\n");
    put(folder, QStringLiteral("readiness/shop.yaml"), text);
    const auto evidence = readEvidence(folder.path());
    QVERIFY(evidence);
    const auto checklist = checklistOf(*evidence);
    QVERIFY(!checklist);
    const QString words = checklist.error().toString(Lang::En);
    QVERIFY2(QRegularExpression(said).match(words).hasMatch(), qPrintable(words));
}

QTEST_GUILESS_MAIN(TestExtends)
#include "tst_extends.moc"
