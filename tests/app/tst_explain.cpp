// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli.h"

#include <rules/rule.h>

#include <QTest>

using namespace tenken;
using namespace tenken::test;

/// What is said of the rules: `explain`, the pages of docs/rules, `rules --test` and `rules --checklist`.
class TestExplain : public QObject
{
    Q_OBJECT
private slots:
    void explains_data();
    void explains();
    void wrongUse_data();
    void wrongUse();
    void pagesAreUpToDate();
    void noPageOfNoRule();
    void testsExamples();
    void disagreement();
    void nothingTested();
    void checklists_data();
    void checklists();
    void companyExample();
    void serviceWithItsOwnChecklist();
    void bareByAnotherChecklist();

private:
    CliOutcome run(const QStringList &arguments) const { return runTenken(arguments + QStringList{"--lang", "en"}, m_dir.path()); }

    const QString m_source = QStringLiteral(TENKEN_SOURCE_DIR);
    QTemporaryDir m_dir;
};

namespace {

const QByteArray deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1\n  template: {spec: {containers: [{name: web}]}}\n";

const QByteArray own = R"(format: tenken.checklist/1
id: own
version: "1"
title: Own
sections:
  - id: s
    title: S
    items:
      - id: s.two
        title: Two
        question: Are there two?
        rules:
          - {assert: "spec.replicas >= `2`", name: two, select: {kind: Deployment}, message: There are fewer than two.}
)";

} // namespace

void TestExplain::explains_data()
{
    QTest::addColumn<QString>("lang");
    QTest::addColumn<QStringList>("said");
    QTest::newRow("en") << "en" << QStringList{"free-seconds = 10 s", "lower is stricter", "progressDeadlineSeconds", "resilience.min-ready", "manifests", "Example: fail/unset.yaml", "minReadySeconds: 60"};
    QTest::newRow("ja") << "ja" << QStringList{QStringLiteral("小さいほど厳しい"), QStringLiteral("判定の仕方"), QStringLiteral("マニフェスト"), QStringLiteral("例: pass/ten-seconds.yaml")};
}

void TestExplain::explains()
{
    QFETCH(QString, lang);
    QFETCH(QStringList, said);
    const CliOutcome outcome = runTenken({"explain", "min-ready", "--lang", lang});
    QCOMPARE(outcome.code, 0);
    for (const QString &words : said)
        QVERIFY2(QString::fromUtf8(outcome.out).contains(words), qPrintable(words + u'\n' + QString::fromUtf8(outcome.out)));
}

void TestExplain::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QStringList{"explain"} << "name rules";
    QTest::newRow("misspelt") << QStringList{"explain", "min-redy"} << "Did you mean min-ready?";
    QTest::newRow("both") << QStringList{"explain", "min-ready", "--all"} << "name rules";
    QTest::newRow("output without all") << QStringList{"explain", "min-ready", "--output", "x"} << "name rules";
    QTest::newRow("rules with names and a test") << QStringList{"rules", "min-ready", "--test", "."} << "together";
    QTest::newRow("no such checklist") << QStringList{"rules", "--checklist", "gone.yaml"} << "gone.yaml";
    QTest::newRow("no such built in") << QStringList{"rules", "--checklist", "zozo"} << "zozo";
}

void TestExplain::wrongUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, said);
    const CliOutcome outcome = run(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(QString::fromUtf8(outcome.err).contains(said), outcome.err);
}

// A rule without its page, or a page that says something else than the rule: `./dev docs` writes them again.
void TestExplain::pagesAreUpToDate()
{
    const QString fresh = m_dir.filePath("pages");
    QCOMPARE(run({"explain", "--all", "--output", fresh}).code, 0);
    QStringList names{QStringLiteral("README.md")};
    for (const Rule &rule : allRules())
        names << QString::fromUtf8(rule.name) + ".md";
    QStringList outdated;
    for (const QString &name : names) {
        const QByteArray page = fileText(QDir(fresh).filePath(name));
        QVERIFY2(page.size() > 300, qPrintable(name));
        if (page != fileText(m_source + "/docs/rules/" + name))
            outdated << name;
    }
    QVERIFY2(outdated.isEmpty(), qPrintable("run ./dev docs: " + outdated.join(u' ')));
}

void TestExplain::noPageOfNoRule()
{
    for (const QString &name : QDir(m_source + "/docs/rules").entryList({"*.md"})) {
        if (name != u"README.md")
            QVERIFY2(findRule(name.chopped(3)), qPrintable(name));
    }
}

void TestExplain::testsExamples()
{
    const CliOutcome outcome = run({"rules", "--test", m_source + "/docs/rules/examples"});
    QVERIFY2(outcome.code == 0, outcome.out + outcome.err);
    QVERIFY(QString::fromUtf8(outcome.out).contains(QStringLiteral("✓ min-ready/fail/unset.yaml")));
    QVERIFY(outcome.out.contains("0 of "));
}

void TestExplain::disagreement()
{
    putFile(m_dir, "own.yaml", own);
    putFile(m_dir, "t/two/pass/a.yaml", deployment);
    putFile(m_dir, "t/s.two/fail/a.yaml", deployment);
    const CliOutcome outcome = run({"rules", "--test", "t", "--checklist", "own.yaml"});
    QCOMPARE(outcome.code, 1);
    const QString text = QString::fromUtf8(outcome.out);
    QVERIFY2(text.contains(QStringLiteral("✗ two/pass/a.yaml")) && text.contains(QStringLiteral("pass ≠ fail")), outcome.out);
    QVERIFY2(text.contains("There are fewer than two."), outcome.out);
    QVERIFY2(text.contains(QStringLiteral("✓ s.two/fail/a.yaml")), outcome.out);
    QVERIFY2(text.contains("1 of 2 examples differ (own 1)"), outcome.out);
    putFile(m_dir, "m/two/fail/a.yaml", deployment);
    putFile(m_dir, "m/tow/fail/a.yaml", deployment);
    const CliOutcome misspelt = run({"rules", "--test", "m", "--checklist", "own.yaml"});
    QCOMPARE(misspelt.code, 1); // an example that was not tried is no success
    QVERIFY2(misspelt.err.contains("did you mean two?"), misspelt.err);
}

void TestExplain::nothingTested()
{
    putFile(m_dir, "empty/README.md", "nothing");
    QCOMPARE(run({"rules", "--test", "empty"}).code, 2);
    QCOMPARE(run({"rules", "--test", "nowhere"}).code, 2);
    putFile(m_dir, "odd/two/good/a.yaml", deployment);
    const CliOutcome outcome = run({"rules", "--test", "odd"});
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("pass, fail, warn, unknown, n-a"), outcome.err);
}

void TestExplain::checklists_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("said");
    QTest::newRow("good") << own << 0 << "own 1  sections: 1, items: 1 (judged by rules: 1, own rules: 1)";
    QTest::newRow("a mistake in an expression") << QByteArray(own).replace("spec.replicas >=", "spec.replicas >= >=") << 1 << "c.yaml:13:";
    QTest::newRow("misspelt key") << QByteArray(own).replace("question:", "qestion:") << 2 << "did you mean";
    QTest::newRow("misspelt rule") << own.first(own.indexOf("{assert")) + "rule: min-redy\n" << 1
                                   << "Did you mean `min-ready`";
    QTest::newRow("a map instead of a list") << own + "remove: {item: s.two, reason: R}\n" << 2 << "c.yaml:14:1: `remove` is no list";
    QTest::newRow("broken") << own + "remove: [\n" << 2 << "c.yaml:";
    QTest::newRow("a circle") << own + "extends: c.yaml\n" << 2 << "circle";
}

void TestExplain::checklists()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QString, said);
    putFile(m_dir, "c.yaml", text);
    const CliOutcome outcome = run({"rules", "--checklist", "c.yaml"});
    QVERIFY2(outcome.code == code, outcome.out + outcome.err);
    QVERIFY2(QString::fromUtf8(outcome.out + outcome.err).contains(said), outcome.out + outcome.err);
}

void TestExplain::companyExample()
{
    const QString folder = m_source + "/checklists/examples/company";
    const CliOutcome checked = run({"rules", "--checklist", folder + "/checklist.yaml"});
    QVERIFY2(checked.code == 0, checked.out + checked.err);
    QVERIFY(checked.out.contains("left out, release.lint: Our shared CI"));
    const CliOutcome tested = run({"rules", "--test", folder + "/tests", "--checklist", folder + "/checklist.yaml"});
    QVERIFY2(tested.code == 0, tested.out + tested.err);
}

void TestExplain::serviceWithItsOwnChecklist()
{
    putFile(m_dir, "svc/readiness/service.yaml", "format: tenken.service/1\nid: shop\nchecklist: readiness/own.yaml\nevidence: {manifests: [deploy]}\n");
    putFile(m_dir, "svc/deploy/web.yaml", deployment);
    putFile(m_dir, "svc/readiness/own.yaml", own + "extends: zozotown\nremove: [{item: release.lint, reason: Elsewhere}]\n");
    const CliOutcome outcome = run({"check", "svc", "--item", "s.two"});
    QVERIFY2(outcome.code == 1, outcome.out + outcome.err);
    const QString text = QString::fromUtf8(outcome.out);
    QVERIFY2(text.contains("own 1 (zozotown "), outcome.out);
    QVERIFY2(text.contains("There are fewer than two."), outcome.out);
    QVERIFY2(text.contains("release.lint: Elsewhere"), outcome.out);
    const QJsonObject json = run({"check", "svc", "--format", "json"}).json();
    QCOMPARE(json["checklist"]["removed"][0]["item"].toString(), "release.lint");
    QVERIFY(json["checklist"]["extends"][0].toString().startsWith("zozotown"));
    // A checklist that is read in part decides nothing.
    putFile(m_dir, "svc/readiness/own.yaml", own + "extends: gone.yaml\n");
    const CliOutcome refused = run({"check", "svc"});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("readiness/own.yaml:14:10"), refused.err);
}

void TestExplain::bareByAnotherChecklist()
{
    putFile(m_dir, "own.yaml", own);
    putFile(m_dir, "bare/web.yaml", deployment);
    const CliOutcome outcome = run({"check", "bare", "--checklist", "own.yaml", "--format", "sarif"});
    QCOMPARE(outcome.code, 1);
    const QJsonObject json = outcome.json();
    QCOMPARE(json["runs"][0]["results"][0]["ruleId"].toString(), "two");
    QVERIFY(json["runs"][0]["tool"]["driver"]["rules"][0]["help"]["markdown"].toString().contains("spec.replicas"));
    QCOMPARE(run({"check", m_source + "/resources/demo/id-auth", "--checklist", "zozotown"}).code, 2);
    QCOMPARE(run({"check", "bare", "--checklist", "zozo"}).code, 2);
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
