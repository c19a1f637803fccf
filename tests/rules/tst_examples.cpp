// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include <rules/examples.h>

#include <QDir>
#include <QTemporaryDir>

using namespace tenken;

/// The examples that `tenken explain` shows do what they say; and how examples are read.
class TestExamples : public QObject
{
    Q_OBJECT
private slots:
    void proved_data();
    void proved();
    void areOfRules();
    void readsAFolder();
    void subjects_data();
    void subjects();
    void withAServiceDescription();
    void brokenExampleIsNoPass();
};

namespace {

Checklist zozotown() { return *builtinChecklist(QStringLiteral("zozotown")); }

std::vector<Example> allExamples()
{
    return readExamples(QStringLiteral(":/examples")).value;
}

QString put(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    const QString path = folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) >= 0 ? path : QString();
}

const QByteArray unset = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a}]}}}\n";

} // namespace

void TestExamples::proved_data()
{
    QTest::addColumn<int>("index");
    const auto examples = allExamples();
    for (size_t i = 0; i < examples.size(); ++i)
        QTest::newRow(qPrintable(examples[i].file)) << int(i);
}

void TestExamples::proved()
{
    QFETCH(int, index);
    const Example example = allExamples()[size_t(index)];
    const auto result = judgeExample(example, Checklist{}); // with the rule's defaults
    QVERIFY2(result, result ? "" : qPrintable(result.error().toString(Lang::En)));
    QVERIFY2(result->verdict == example.expected, test::printed(result->findings));
    QVERIFY2(evidenceOf(example).unreadable.empty(), "an example can be read");
    QVERIFY2(!example.caption().isEmpty(), "an example begins with a comment that says what it shows");
}

void TestExamples::areOfRules()
{
    const auto read = readExamples(QStringLiteral(":/examples"));
    QVERIFY(read.problems.empty());
    QVERIFY(read.value.size() >= 10);
    for (const Example &example : read.value)
        QVERIFY2(findRule(example.subject), qPrintable(example.file));
    QVERIFY(builtinExamples(QStringLiteral("min-ready")).size() >= 3);
    QVERIFY(builtinExamples(QStringLiteral("nothing")).empty());
}

void TestExamples::readsAFolder()
{
    QTemporaryDir folder;
    put(folder, QStringLiteral("min-ready/fail/a.yaml"), "# Two\n# lines.\n" + unset + "# not this\n");
    put(folder, QStringLiteral("min-ready/n-a/b.json"), "{}");
    put(folder, QStringLiteral("min-ready/good/c.yaml"), unset);
    put(folder, QStringLiteral("min-ready/README.md"), "not an example");
    const auto read = readExamples(folder.path());
    QCOMPARE(read.value.size(), 2);
    QCOMPARE(read.value[0].file, QStringLiteral("min-ready/fail/a.yaml"));
    QCOMPARE(read.value[0].subject, QStringLiteral("min-ready"));
    QCOMPARE(read.value[0].caption(), QStringLiteral("Two lines."));
    QCOMPARE(read.value[1].expected, Verdict::NotApplicable);
    QCOMPARE(read.problems.size(), 1);
    QVERIFY(read.problems[0].toString(Lang::En).contains(QStringLiteral("pass, fail, warn, unknown, n-a")));
    QVERIFY(readExamples(QStringLiteral("/nonexistent")).value.empty());
}

void TestExamples::subjects_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("said"); // the verdict, or part of the problem
    QTest::newRow("rule") << QStringLiteral("min-ready") << QStringLiteral("fail");
    QTest::newRow("item") << QStringLiteral("resilience.min-ready") << QStringLiteral("fail");
    QTest::newRow("misspelt rule") << QStringLiteral("min-redy") << QStringLiteral("did you mean min-ready?");
    QTest::newRow("misspelt item") << QStringLiteral("resilience.min-redy") << QStringLiteral("did you mean resilience.min-ready?");
    QTest::newRow("neither") << QStringLiteral("weather") << QStringLiteral("tenken rules");
}

void TestExamples::subjects()
{
    QFETCH(QString, subject);
    QFETCH(QString, said);
    const Example example{subject, Verdict::Fail, subject + QStringLiteral("/fail/a.yaml"), unset};
    const auto result = judgeExample(example, zozotown());
    const QString words = result ? toString(result->verdict) : result.error().toString(Lang::En);
    QVERIFY2(words.contains(said), qPrintable(words));
}

void TestExamples::withAServiceDescription()
{
    const Example example{QStringLiteral("x"), Verdict::Pass, QStringLiteral("x/pass/a.yaml"),
                          "format: tenken.service/1\nid: shop\nplatform: {zones: 2}\n--- # the manifests\n" + unset};
    const Evidence evidence = evidenceOf(example);
    QCOMPARE(evidence.service.id, QStringLiteral("shop"));
    QCOMPARE(*evidence.service.zones, 2);
    QCOMPARE(evidence.manifests->workloads.size(), 1);
    QVERIFY(evidence.unreadable.empty());
    QCOMPARE(evidence.manifests->workloads.front().object.node.span().line, 5); // lines are the file's own
}

void TestExamples::brokenExampleIsNoPass()
{
    const Example example{QStringLiteral("min-ready"), Verdict::Pass, QStringLiteral("min-ready/pass/a.yaml"),
                          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {minReadySeconds: 5, template: {spec: {containers: [{name: a}]}}}\n---\na: [\n"};
    const auto result = judgeExample(example, zozotown());
    QVERIFY(result);
    QCOMPARE(result->verdict, Verdict::Unknown);
}

QTEST_APPLESS_MAIN(TestExamples)
#include "tst_examples.moc"
