// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

#include <evidence/pipelines/codeowners.h>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

class TestPipelineOwned : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patterns_data();
    void patterns();
    void sections();
    void verdicts_data();
    void verdicts();
    void gitlab();
    void wrongOwners();
};

namespace
{

const QString release = u".github/workflows/release.yml"_s;

Evidence owned(const QByteArray &codeOwners, const QByteArray &service, const QString &place = u".github/CODEOWNERS"_s)
{
    Files files{{release, "on: push\njobs:\n" + imageJob({})}};
    if (!codeOwners.isEmpty())
        files.insert(place, codeOwners);
    return evidenceOf(files, "format: tenken.service/1\nid: shop\n" + service);
}

} // namespace

void TestPipelineOwned::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("github");
    QTest::addColumn<bool>("gitlab");
    const auto row = [](const char *pattern, const char *path, bool github, bool gitlab) {
        QTest::addRow("%s of %s", pattern, path) << QString::fromLatin1(pattern) << QString::fromLatin1(path) << github << gitlab;
    };
    row("*", ".github/workflows/a.yml", true, true);
    row("*.yml", ".github/workflows/a.yml", true, true);
    row("*.js", ".github/workflows/a.yml", false, false);
    row("/.github/", ".github/workflows/a.yml", true, true);
    row(".github/", ".github/workflows/a.yml", true, true);
    row("/.github", ".github/workflows/a.yml", true, false);
    row(".github/*", ".github/workflows/a.yml", false, false);
    row(".github/workflows/*", ".github/workflows/a.yml", true, true);
    row("/workflows/", ".github/workflows/a.yml", false, false);
    row("workflows/", ".github/workflows/a.yml", true, true);
    row("**/workflows/", ".github/workflows/a.yml", true, true);
    row("/.github/**/*.yml", ".github/workflows/a.yml", true, true);
    row("/.github/**", ".github/workflows/a.yml", true, true);
    row("a.yml", ".github/workflows/a.yml", true, true);
    row("/a.yml", ".github/workflows/a.yml", false, false);
    row(".github/workflows/?.yml", ".github/workflows/a.yml", true, true);
    row("docs/*", "docs/a.md", true, true);
    row("docs/*", "docs/build-app/a.md", false, false);
    row(".github.workflows", ".github/workflows", false, false);
}

void TestPipelineOwned::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QString, path);
    QTEST(matchesOwnersPattern(path, pattern, OwnersSystem::GitHub), "github");
    QTEST(matchesOwnersPattern(path, pattern, OwnersSystem::GitLab), "gitlab");
}

void TestPipelineOwned::sections()
{
    const QByteArray text = "* @all # everyone\n\n[Pipelines][2] @org/platform\n.gitlab-ci.yml\n^[docs]\n*.md @writers\n[PIPELINES]\n*.yml @late\n";
    const CodeOwners owners = readCodeOwners(u"CODEOWNERS"_s, text, OwnersSystem::GitLab);
    const auto lines = owners.linesFor(u".gitlab-ci.yml"_s);
    QCOMPARE(lines.size(), size_t(2)); // one of each section that matches
    QCOMPARE(lines[0]->owners, QStringList{u"@all"_s});
    QCOMPARE(lines[1]->owners, QStringList{u"@late"_s}); // sections of one name are one
    const CodeOwners github = readCodeOwners(u"CODEOWNERS"_s, "a\\ b.yml @x\n!c @y\n[d]x @z\n*.yml   \n", OwnersSystem::GitHub);
    QCOMPARE(github.lines.size(), size_t(2));
    QCOMPARE(github.lines[0].pattern, u"a b.yml"_s);
    QCOMPARE(github.problems.size(), size_t(2));
    QCOMPARE(github.problems[0].span.line, 2);
}

void TestPipelineOwned::verdicts_data()
{
    QTest::addColumn<QByteArray>("codeOwners");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *owners, const char *service, const char *verdict) {
        QTest::newRow(name) << QByteArray(owners) << QByteArray(service) << QString::fromLatin1(verdict);
    };
    const char *team = "owners: ['@org/shop']\n";
    row("the team", "* @org/shop\n", team, "pass");
    row("case does not matter", "* @Org/Shop\n", team, "pass");
    row("among others", "/.github/ @org/platform @org/shop\n", team, "pass");
    row("the last match wins", "* @org/shop\n/.github/ @org/platform\n", team, "fail");
    row("a later match gives it back", "/.github/ @org/platform\n*.yml @org/shop\n", team, "pass");
    row("a later line without owners", "* @org/shop\n/.github/\n", team, "fail");
    row("no line matches", "*.go @org/shop\n", team, "fail");
    row("no CODEOWNERS", "", team, "unknown");
    row("an address", "* shop@example.com\n", "owners: shop@example.com\n", "pass");
    row("by the team's name", "* @org/identity-platform\n", "team: identity-platform\n", "pass");
    row("a team whose handle is not declared", "* @org/idp\n", "team: ID基盤チーム\n", "unknown");
    row("a team of a similar name", "* @org/shop-admins\n", team, "fail");
}

void TestPipelineOwned::verdicts()
{
    QFETCH(QByteArray, codeOwners);
    QFETCH(QByteArray, service);
    QFETCH(QString, verdict);
    const auto findings = judge(owned(codeOwners, service), u"pipeline-owned"_s);
    QVERIFY2(verdictsIn(findings) == verdict, printed(findings).constData());
    // .github is looked at first, and alone.
    if (codeOwners.isEmpty())
        return;
    Evidence both = evidenceOf({{release, "on: push\njobs:\n" + imageJob({})}, {u".github/CODEOWNERS"_s, codeOwners}, {u"CODEOWNERS"_s, "* @nobody\n"}},
                               "format: tenken.service/1\nid: shop\n" + service);
    QCOMPARE(verdictsIn(judge(both, u"pipeline-owned"_s)), verdict);
}

void TestPipelineOwned::gitlab()
{
    const auto verdict = [](const QString &place) {
        return verdictOf(evidenceOf({{u".gitlab-ci.yml"_s, "push:\n  script: [docker build --push .]\n"}, {place, "* @org/shop\n"}},
                                    "format: tenken.service/1\nid: shop\nowners: ['@org/shop']\n"), u"pipeline-owned"_s);
    };
    QCOMPARE(verdict(u".gitlab/CODEOWNERS"_s), u"pass"_s);
    QCOMPARE(verdict(u".github/CODEOWNERS"_s), u"unknown"_s); // not a place of GitLab's
}

void TestPipelineOwned::wrongOwners()
{
    const auto file = YamlFile::parse("format: tenken.service/1\nid: shop\nowners: [identity platform, '@org/shop']\n", u"readiness/service.yaml"_s);
    const auto read = readService(*file);
    QCOMPARE(read.problems.size(), size_t(1));
    QCOMPARE(read.problems[0].span.line, 3);
    QCOMPARE(read.problems[0].span.column, 10);
    QVERIFY(read.problems[0].hint.en.contains(u"@example/identity-platform"_s));
    QCOMPARE(*read.value.owners, QStringList{u"@org/shop"_s});
}

QTEST_APPLESS_MAIN(TestPipelineOwned)
#include "tst_pipeline_owned.moc"
