// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistyaml.h"

#include <QTest>

using namespace tenken;
using namespace tenken::test;

namespace {

QByteArray withItem(const QByteArray &keys, const QByteArray &top = "stages: [{id: 1%, title: 1 %}, {id: 100%, title: 100 %}]\n")
{
    return "format: tenken.checklist/1\nid: small\nversion: \"2\"\ntitle: Small\n" + top
        + "sections:\n  - id: s\n    title: S\n    items:\n      - id: s.one\n        title: One\n        question: Q\n" + keys
        + "      - {id: s.two, title: Two, question: Q2}\n";
}

const Item &one(const Partial<Checklist> &read)
{
    static const Item none;
    const Item *item = read.value.item(QStringLiteral("s.one"));
    return item ? *item : none;
}

} // namespace

/// What a checklist says of roll-out stages, of waivers that are never granted and of how long answers hold.
class TestStages : public QObject
{
    Q_OBJECT
private slots:
    void validity_data();
    void validity();
    void reads();
    void defaults();
    void tellsProblems_data();
    void tellsProblems();
    void doubtIsStrict();
    void extendsTellsWhatItLoosens_data();
    void extendsTellsWhatItLoosens();
    void digestIsOfTheQuestion_data();
    void digestIsOfTheQuestion();
    void digestOfOwnRules();
    void builtin();
};

void TestStages::validity_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("lastDay"); ///< of one given on 31 August 2026
    QTest::newRow("days") << "90d" << "2026-11-29";
    QTest::newRow("one day") << "1d" << "2026-09-01";
    QTest::newRow("months") << "6mo" << "2027-02-28";
    QTest::newRow("nothing") << "" << "";
    QTest::newRow("no unit") << "90" << "";
    QTest::newRow("weeks") << "2w" << "";
    QTest::newRow("zero") << "0d" << "";
    QTest::newRow("leading zero") << "01d" << "";
    QTest::newRow("negative") << "-5d" << "";
    QTest::newRow("too many") << "9999d" << "";
    QTest::newRow("too many months") << "121mo" << "";
    QTest::newRow("overflow") << "99999999999999999999d" << "";
    QTest::newRow("line end") << "90d\n" << "";
}

void TestStages::validity()
{
    QFETCH(QString, text);
    QFETCH(QString, lastDay);
    const auto validity = Validity::fromString(text);
    QCOMPARE(validity.has_value(), !lastDay.isEmpty());
    if (!validity)
        return;
    QCOMPARE(validity->toString(), text);
    QCOMPARE(validity->lastDay(QDate(2026, 8, 31)).toString(Qt::ISODate), lastDay);
    QVERIFY(!validity->lastDay({}).isValid());
}

void TestStages::reads()
{
    const auto c = readChecklistYaml(withItem("        from: 100%\n        waivable: false\n        never-waived: {ja: 理由, en: Why}\n"
                                 "        valid-for: 6mo\n"));
    QVERIFY2(c.problems.empty(), qPrintable(printed(c.problems)));
    QCOMPARE(c.value.stages.size(), 2u);
    QCOMPARE(c.value.stages[1].title.en, QStringLiteral("100 %"));
    QVERIFY(!one(c).waivable);
    QCOMPARE(one(c).neverWaived.ja, QStringLiteral("理由"));
    QCOMPARE(one(c).validFor->months, 6);
    QCOMPARE(c.value.stageOf(one(c)), 1);
    QCOMPARE(c.value.stageOf(*c.value.item(QStringLiteral("s.two"))), 0);
    QVERIFY(!c.value.stageIndex(QStringLiteral("10%")));
}

void TestStages::defaults()
{
    const auto c = readChecklistYaml(withItem({}, {}));
    QVERIFY2(c.problems.empty(), qPrintable(printed(c.problems)));
    QVERIFY(c.value.stages.empty());
    QVERIFY(one(c).waivable && !one(c).validFor && one(c).from.isEmpty());
    QCOMPARE(c.value.stageOf(one(c)), 0);
}

void TestStages::tellsProblems_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("complete");
    const auto row = [](const char *name, const QByteArray &yaml, const char *said, bool complete = true) {
        QTest::newRow(name) << yaml << QString::fromUtf8(said) << complete;
    };
    row("misspelt stage", withItem("        from: 10%\n"), "c.yaml:13:15: `stages` has no stage `10%`. — Did you mean `1%`?");
    row("stage without stages", withItem("        from: 10%\n", {}), "`stages` has no stage `10%`. — Known: –");
    row("waivable", withItem("        waivable: never\n"), "`waivable` is `never`. — Write `true` or `false`.");
    row("misspelt key", withItem("        waiveable: false\n"), "waivable", false);
    row("valid-for", withItem("        valid-for: 3 months\n"), "as in `90d` or `6mo`", false);
    row("valid-for of another kind", withItem("        valid-for: [90d]\n"), "as in `90d` or `6mo`", false);
    row("stages is a word", withItem({}, "stages: all\n"), "`stages` is no list", false);
    row("stages is empty", withItem({}, "stages: []\n"), "`stages` is no list", false);
    row("stage twice", withItem({}, "stages: [{id: a, title: A}, {id: a, title: B}]\n"), "empty, or there twice", false);
    row("stage without id", withItem({}, "stages: [{title: A}]\n"), "`id` is missing", false);
    row("change names a misspelt item", withItem({}, "changes: [{version: \"2\", text: T, items: [s.oen]}]\n"),
        "There is no item `s.oen`. — Did you mean `s.one`?");
}

void TestStages::tellsProblems()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, said);
    QFETCH(bool, complete);
    const auto c = readChecklistYaml(yaml);
    QVERIFY2(printed(c.problems).contains(said), qPrintable(printed(c.problems)));
    QCOMPARE(c.value.complete, complete);
}

void TestStages::doubtIsStrict()
{
    const auto c = readChecklistYaml(withItem("        waivable: nope\n        from: 10%\n"));
    QVERIFY(!one(c).waivable);
    QCOMPARE(c.value.stageOf(one(c)), 0); // needed from the first
}

void TestStages::extendsTellsWhatItLoosens_data()
{
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<QString>("said");
    const QByteArray head = "format: tenken.checklist/1\nid: own\nversion: \"1\"\nextends: base.yaml\n";
    const auto item = [&](const QByteArray &keys) {
        return QByteArray(head + "sections:\n  - id: s\n    items:\n      - {id: s.one, " + keys + "}\n");
    };
    QTest::newRow("nothing") << head << "";
    QTest::newRow("tighter: sooner") << item("from: 1%") << "";
    QTest::newRow("tighter: shorter") << item("valid-for: 30d") << "";
    QTest::newRow("same time in days") << item("valid-for: 89d") << "";
    QTest::newRow("waivable") << item("waivable: true") << "never waived → may be waived";
    QTest::newRow("longer") << item("valid-for: 12mo") << "valid for 90 days → 12 months";
    QTest::newRow("later") << item("from: 100%") << "It is needed from the stage 100 % on.";
    QTest::newRow("other stages") << QByteArray(head + "stages: [{id: 1%, title: Day 1}, {id: beta, title: B}, {id: 10%, title: T}]\n")
                                  << "It is needed from the stage T on.";
}

void TestStages::extendsTellsWhatItLoosens()
{
    QFETCH(QByteArray, own);
    QFETCH(QString, said);
    const QByteArray base = withItem("        from: 10%\n        valid-for: 90d\n        waivable: false\n",
                                     "stages: [{id: 1%, title: 1 %}, {id: 10%, title: 10 %}, {id: 100%, title: 100 %}]\n");
    const auto c = readChecklistYaml(own, base);
    QVERIFY2(c.problems.empty(), qPrintable(printed(c.problems)));
    QStringList looser;
    for (const RemovedQuestion &r : c.value.removed) {
        QVERIFY(r.loosened);
        QCOMPARE(r.item, QStringLiteral("s.one"));
        looser << r.reason.en;
    }
    QCOMPARE(looser.join(u'|'), said);
}

void TestStages::digestIsOfTheQuestion_data()
{
    QTest::addColumn<QByteArray>("changed");
    QTest::addColumn<bool>("same");
    const QByteArray rest = "      - {id: s.two, title: Two, question: Q2}\n";
    const auto with = [](QByteArray yaml, const char *from, const char *to) { return yaml.replace(from, to); };
    const QByteArray yaml = withItem("        guidance: G\n        rules: [{rule: graceful-stop, parameters: {max-seconds: 120}}]\n");
    QTest::newRow("nothing") << yaml << true;
    QTest::newRow("title") << with(yaml, "title: One", "title: Uno") << true;
    QTest::newRow("level") << with(yaml, "question: Q\n", "question: Q\n        level: should\n") << true;
    QTest::newRow("spaces") << with(yaml, "guidance: G", "guidance: \" G \"") << true;
    QTest::newRow("stage") << with(yaml, "question: Q\n", "question: Q\n        from: 100%\n") << true;
    QTest::newRow("question") << with(yaml, "question: Q\n", "question: Q?\n") << false;
    QTest::newRow("one language") << with(yaml, "question: Q\n", "question: {ja: 問い, en: Q}\n") << false;
    QTest::newRow("guidance") << with(yaml, "guidance: G", "guidance: H") << false;
    QTest::newRow("parameter") << with(yaml, "max-seconds: 120", "max-seconds: 60") << false;
    QTest::newRow("rule") << with(yaml, "graceful-stop", "proxy-drain") << false;
}

void TestStages::digestIsOfTheQuestion()
{
    QFETCH(QByteArray, changed);
    QFETCH(bool, same);
    const auto before = readChecklistYaml(withItem("        guidance: G\n        rules: [{rule: graceful-stop, parameters: {max-seconds: 120}}]\n"));
    const QString digest = questionDigest(one(before));
    QCOMPARE(digest.size(), 16);
    QCOMPARE(questionDigest(one(readChecklistYaml(changed))) == digest, same);
}

/// What an own rule looks at is asked, too. What says no more than the default has the digest it always had: answers
/// that were recorded stay.
void TestStages::digestOfOwnRules()
{
    const auto digest = [](const char *select, const char *more = "") {
        const auto c = readChecklistYaml(withItem(QByteArray("        rules: [{assert: a, name: own, message: m, select: {kind: Deployment")
                                                  + select + "}" + more + "}]\n"));
        return c.problems.empty() ? questionDigest(one(c)) : printed(c.problems);
    };
    const QString always = QStringLiteral("08bf19f97ead8682");
    QCOMPARE(digest(""), always);
    QCOMPARE(digest(", each: object, absent: unknown, containers: init", ", verdict: fail"), always);
    const QString container = digest(", each: container");
    QCOMPARE(digest(", each: container, containers: [sidecar, init, app]"), container);
    QStringList all{always, container, digest(", each: workload"), digest(", each: container, containers: [init]"),
                    digest(", each: container, containers: app"), digest(", absent: n/a"), digest(", absent: fail"),
                    digest("", ", verdict: warn"), digest(", labels: {each: container}")};
    for (const QString &one : std::as_const(all))
        QCOMPARE(one.size(), 16);
    QCOMPARE(all.removeDuplicates(), 0);
}

void TestStages::builtin()
{
    const auto c = builtinChecklist(QStringLiteral("zozotown"));
    QVERIFY(c);
    QCOMPARE(c->stages.size(), 3u);
    int never = 0, last = 0, mustsFirst = 0;
    for (const Section &section : c->sections) {
        for (const Item &item : section.items) {
            never += !item.waivable;
            QCOMPARE(item.waivable, item.neverWaived.isEmpty()); // whoever may not waive is told why
            last += c->stageOf(item) == 2;
            mustsFirst += c->stageOf(item) == 0 && item.level == Level::Must;
        }
    }
    QCOMPARE(never, 2);
    QCOMPARE(last, 9);
    QVERIFY2(mustsFirst >= 20, qPrintable(QString::number(mustsFirst)));
    QCOMPARE(c->changes.back().version, c->version);
    // What an early canary cannot do without, and what only the largest peak needs.
    for (const char *id : {"resilience.graceful-stop", "resilience.health-endpoints", "monitoring.alert-5xx", "release.canary"})
        QCOMPARE(c->stageOf(*c->item(QString::fromLatin1(id))), 0);
    for (const char *id : {"performance.peak-endured", "performance.event-capacity", "performance.linear"})
        QCOMPARE(c->stageOf(*c->item(QString::fromLatin1(id))), 2);
}

QTEST_APPLESS_MAIN(TestStages)
#include "tst_stages.moc"
