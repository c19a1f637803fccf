// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli.h"
#include "sarif.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace tenken::test;

/// `check` as a linter: its output formats, and bare manifests of every shape.
class TestFormats : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void sarif_data();
    void sarif();
    void sarifNamesPlaces();
    void sarifFingerprintsKeepTheirFinding();
    void sarifUnreadable();
    void junit_data();
    void junit();
    void junitCounts();
    void markdown();
    void markdownIsBounded();
    void github();
    void githubEscapes();
    void exitCodesDoNotChange_data();
    void exitCodesDoNotChange();
    void writesFiles();
    void shapes_data();
    void shapes();
    void standardInput();
    void byFile();
    void minVerdict();
    void secretsAreMasked();

private:
    QString put(const QString &name, const QByteArray &text) const { return putFile(m_dir, name, text); }
    CliOutcome run(const QStringList &arguments) const { return runTenken(arguments + QStringList{"--lang", "en"}, m_dir.path()); }

    const QString m_demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");
    QTemporaryDir m_dir;
};

namespace {

const QByteArray deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "web:1"}
)";

QStringList fingerprints(const QJsonObject &log)
{
    QStringList all;
    for (const QJsonValue &r : log["runs"][0]["results"].toArray())
        all << r["partialFingerprints"]["tenkenFinding/v1"].toString();
    return all;
}

} // namespace

void TestFormats::initTestCase()
{
    QVERIFY(m_dir.isValid());
    put("bare/web.yaml", deployment);
}

void TestFormats::sarif_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("service") << QStringList{m_demo};
    QTest::newRow("service in Japanese") << QStringList{m_demo, "--lang", "ja"};
    QTest::newRow("service, all") << QStringList{m_demo, "--all"};
    QTest::newRow("bare") << QStringList{"bare"};
    QTest::newRow("bare demo, all") << QStringList{m_demo + "/deploy", "--all"};
}

void TestFormats::sarif()
{
    QFETCH(QStringList, arguments);
    const CliOutcome outcome = runTenken(QStringList{"check", "--format", "sarif"} + arguments, m_dir.path());
    QVERIFY2(outcome.code == 1, outcome.err);
    SarifCheck sarif;
    sarif.check(outcome.json());
    QVERIFY2(sarif.breaches.isEmpty(), qPrintable(sarif.breaches.join(u'\n')));
    QVERIFY(outcome.json()["runs"][0]["results"].toArray().size() >= 5);
}

void TestFormats::sarifNamesPlaces()
{
    const QJsonObject log = run({"check", m_demo, "--format", "sarif", "--item", "resilience.graceful-stop"}).json();
    bool found = false;
    for (const QJsonValue &r : log["runs"][0]["results"].toArray()) {
        if (r["level"].toString() != u"error")
            continue;
        found = true;
        QCOMPARE(r["ruleId"].toString(), "graceful-stop");
        const QJsonValue place = r["locations"][0]["physicalLocation"];
        QVERIFY2(place["artifactLocation"]["uri"].toString().endsWith("deploy/base/deployment.yaml"), qPrintable(place["artifactLocation"]["uri"].toString()));
        QCOMPARE(place["region"]["startLine"].toInt(), 42);
        QCOMPARE(r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].toString(), "Deployment/identity/id-auth/app");
        QVERIFY(!r["relatedLocations"].toArray().isEmpty());
        QVERIFY(r["message"]["text"].toString().contains("45"));
    }
    QVERIFY(found);
}

void TestFormats::sarifFingerprintsKeepTheirFinding()
{
    put("moved/web.yaml", deployment);
    const QStringList before = fingerprints(run({"check", "moved", "--format", "sarif"}).json());
    put("moved/web.yaml", "# a line\n\n# and another\n" + deployment);
    const QStringList after = fingerprints(run({"check", "moved", "--format", "sarif"}).json());
    QVERIFY(before.size() >= 5);
    QCOMPARE(after, before);
    put("moved/web.yaml", QByteArray(deployment).replace("name: web}\nspec", "name: shop}\nspec"));
    const QStringList renamed = fingerprints(run({"check", "moved", "--format", "sarif"}).json());
    QVERIFY(renamed != before);
}

void TestFormats::sarifUnreadable()
{
    put("broken/bad file.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: [\n");
    put("broken/good.yaml", deployment);
    const QJsonObject log = run({"check", "broken", "--format", "sarif"}).json();
    SarifCheck sarif;
    sarif.check(log);
    QVERIFY2(sarif.breaches.isEmpty(), qPrintable(sarif.breaches.join(u'\n')));
    const QJsonArray notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].toArray();
    const auto bad = std::ranges::find_if(notes, [](const QJsonValue &n) { return n["level"].toString() == u"error"; });
    QVERIFY(bad != notes.end());
    const QJsonValue place = bad->toObject()["locations"][0]["physicalLocation"];
    QVERIFY(place["artifactLocation"]["uri"].toString().endsWith("bad%20file.yaml"));
    QVERIFY(place["region"]["startLine"].toInt() >= 3);
}

void TestFormats::junit_data()
{
    sarif_data();
    put("control/web.yaml", QByteArray(deployment).replace("image: \"web:1\"", "image: \"web:\\x01\\u2028<&]]>\""));
    QTest::newRow("control characters") << QStringList{"control"};
}

void TestFormats::junit()
{
    QFETCH(QStringList, arguments);
    const CliOutcome outcome = runTenken(QStringList{"check", "--format", "junit"} + arguments, m_dir.path());
    QXmlStreamReader xml(outcome.out);
    QStringList path;
    int cases = 0, failures = 0, attributeTests = -1, attributeFailures = -1;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement())
            path.removeLast();
        if (!xml.isStartElement())
            continue;
        path << xml.name().toString();
        if (path.size() == 1) {
            attributeTests = xml.attributes().value("tests").toInt();
            attributeFailures = xml.attributes().value("failures").toInt();
        }
        if (xml.name() == u"testcase") {
            ++cases;
            QCOMPARE(path, QStringList({"testsuites", "testsuite", "testcase"}));
            QVERIFY(!xml.attributes().value("name").isEmpty());
        }
        if (xml.name() == u"failure") {
            ++failures;
            QVERIFY(!xml.attributes().value("message").isEmpty());
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(cases >= 5);
    QCOMPARE(cases, attributeTests);
    QCOMPARE(failures, attributeFailures);
    QVERIFY(failures >= 2);
}

// An unknown that blocks is no pass in a test report either.
void TestFormats::junitCounts()
{
    const CliOutcome outcome = run({"check", m_demo, "--format", "junit", "--item", "resilience.graceful-stop", "--item", "resilience.min-ready", "--item", "release.lint"});
    QVERIFY2(outcome.out.contains("tests=\"3\" failures=\"1\""), outcome.out);
    QVERIFY2(outcome.out.contains("file=\""), outcome.out);
    QVERIFY2(outcome.out.contains("deploy/base/deployment.yaml:42"), outcome.out);
    const CliOutcome bare = run({"check", "bare", "--format", "junit"});
    QVERIFY2(bare.out.contains("<testsuite name=\"bare/web.yaml\""), bare.out);
    QVERIFY2(bare.out.contains("Deployment/web"), bare.out);
}

void TestFormats::markdown()
{
    const CliOutcome outcome = run({"check", m_demo, "--format", "markdown"});
    const QString text = QString::fromUtf8(outcome.out);
    QVERIFY2(text.startsWith("## ") && text.contains("NO-GO"), outcome.out);
    QVERIFY(text.contains("deploy/base/deployment.yaml:42"));
    QVERIFY(text.contains("`resilience.graceful-stop`"));
    int columns = 0;
    for (const QString &line : text.split(u'\n')) { // every row of a table has its columns
        if (!line.startsWith(u'|')) {
            columns = 0;
            continue;
        }
        const int bars = int(line.count(u'|') - line.count("\\|"));
        QVERIFY2(columns == 0 || bars == columns, qPrintable(line));
        columns = bars;
    }
}

void TestFormats::markdownIsBounded()
{
    QByteArray many;
    for (int i = 0; i < 400; ++i)
        many += "---\n" + QByteArray(deployment).replace("name: web", "name: a-long-name-for-a-workload-" + QByteArray::number(i));
    put("many/all.yaml", many);
    const CliOutcome outcome = run({"check", "many", "--format", "markdown"});
    QVERIFY(QString::fromUtf8(outcome.out).size() <= 65'000);
    QVERIFY2(outcome.out.contains(" more |"), outcome.out);
}

void TestFormats::github()
{
    const CliOutcome outcome = run({"check", "bare", "--format", "github"});
    QVERIFY2(outcome.out.contains("::error file=bare/web.yaml,line=10,endLine=10,col=12,endColumn="), outcome.out);
    static const QRegularExpression command(QStringLiteral("^::(error|warning|notice) ((file|line|endLine|col|endColumn|title)=[^,:\\n]*,?)+::[^\\n]+$"));
    for (const QString &line : QString::fromUtf8(outcome.out).split(u'\n', Qt::SkipEmptyParts))
        QVERIFY2(command.match(line).hasMatch(), qPrintable(line));
    // Passes are no annotations.
    QVERIFY(run({"check", m_demo, "--format", "github", "--item", "resilience.min-ready", "--all"}).out.isEmpty());
}

void TestFormats::githubEscapes()
{
    put("odd, 100%:/web.yaml", deployment);
    const CliOutcome outcome = run({"check", "odd, 100%:", "--format", "github"});
    QVERIFY2(outcome.out.contains("file=odd%2C 100%25%3A/web.yaml,line="), outcome.out);
    QVERIFY(outcome.out.contains("%0ADeployment/web"));
}

void TestFormats::exitCodesDoNotChange_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"text", "json", "sarif", "junit", "markdown", "github"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestFormats::exitCodesDoNotChange()
{
    QFETCH(QString, format);
    put("nothing/a.yaml", "a: 1\n");
    QCOMPARE(run({"check", m_demo, "--format", format}).code, 1);
    QCOMPARE(run({"check", m_demo, "--format", format, "--item", "resilience.min-ready", "--fail-on", "warn"}).code, 0);
    QCOMPARE(run({"check", "bare", "--format", format}).code, 1);
    QCOMPARE(run({"check", "nothing", "--format", format}).code, 2);
    QCOMPARE(run({"check", "nowhere", "--format", format}).code, 2);
}

void TestFormats::writesFiles()
{
    const QString target = m_dir.filePath("out.sarif");
    const CliOutcome outcome = run({"check", "bare", "--format", "sarif", "--output", target});
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.out.isEmpty());
    QCOMPARE(fileText(target), run({"check", "bare", "--format", "sarif"}).out);
    const CliOutcome refused = run({"check", "bare", "--output", m_dir.filePath("no/such/folder/x")});
    QCOMPARE(refused.code, 2);
    QVERIFY(!refused.err.isEmpty());
}

void TestFormats::shapes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("objects"); // with a failing finding
    QTest::addColumn<int>("code");
    const QByteArray other = QByteArray(deployment).replace("{name: web}\n", "{name: api}\n");
    QTest::newRow("several documents") << deployment + "---\n" + other << QStringList{"Deployment/api", "Deployment/web"} << 1;
    QTest::newRow("empty documents between") << "---\n---\n" + deployment + "---\n...\n" << QStringList{"Deployment/web"} << 1;
    QTest::newRow("list") << QByteArray("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {containers: [{name: c}]}}}}\n")
                          << QStringList{"Deployment/a"} << 1;
    QTest::newRow("json") << QByteArray(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"j"},"spec":{"template":{"spec":{"containers":[{"name":"c"}]}}}})")
                          << QStringList{"Deployment/j"} << 1;
    QTest::newRow("values of a chart") << QByteArray("image: {tag: 1}\nreplicas: 2\n") << QStringList() << 2;
    QTest::newRow("a list of words") << QByteArray("- a\n- b\n") << QStringList() << 2;
    QTest::newRow("empty") << QByteArray() << QStringList() << 2;
    QTest::newRow("binary") << QByteArray("\x00\x01\x02\xff", 4) << QStringList() << 2;
    QTest::newRow("template") << QByteArray("{{- if .Values.x }}\napiVersion: apps/v1\n{{- end }}\n") << QStringList() << 2;
    QTest::newRow("broken behind a good one") << deployment + "---\na: [\n" << QStringList{"Deployment/web"} << 1;
}

void TestFormats::shapes()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, objects);
    QFETCH(int, code);
    put("shape.yaml", text);
    const CliOutcome outcome = run({"check", "shape.yaml", "--format", "json"});
    QVERIFY2(outcome.code == code, outcome.err);
    QSet<QString> failing;
    for (const QJsonValue &item : outcome.json()["items"].toArray()) {
        for (const QJsonValue &f : item["findings"].toArray()) {
            if (f["verdict"].toString() == u"fail")
                failing.insert(f["object"].toString());
        }
    }
    QStringList found(failing.cbegin(), failing.cend());
    found.sort();
    QCOMPARE(found, objects);
    if (code == 2)
        QVERIFY2(!outcome.err.isEmpty(), "says that nothing was readable");
}

void TestFormats::standardInput()
{
    const CliOutcome outcome = runTenken({"check", "-", "--lang", "en"}, m_dir.path(), deployment);
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.out.startsWith("stdin\n"), outcome.out);
    QCOMPARE(runTenken({"check", "-"}, m_dir.path(), "a: 1\n").code, 2);
    QCOMPARE(runTenken({"check", "-"}, m_dir.path(), {}).code, 2);
    QCOMPARE(runTenken({"check", "-", "bare"}, m_dir.path(), deployment).code, 2);
}

void TestFormats::byFile()
{
    put("two/a.yaml", deployment);
    put("two/b.yaml", QByteArray(deployment).replace("{name: web}\n", "{name: api}\n"));
    put("two/values.yaml", "image: x\n");
    const QString text = QString::fromUtf8(run({"check", "two"}).out);
    const qsizetype a = text.indexOf("two/a.yaml\n"), b = text.indexOf("two/b.yaml\n");
    QVERIFY2(a >= 0 && b > a, qPrintable(text));
    QVERIFY(text.indexOf("Deployment/web", a) < b);
    QVERIFY(text.indexOf("Deployment/api", b) > b);
    QVERIFY2(text.contains("two/values.yaml: holds no Kubernetes object"), qPrintable(text));
    QVERIFY(text.contains("3 files, 2 workloads"));
    QVERIFY(text.contains("--all"));
    QVERIFY(!text.contains(QStringLiteral("? Unknown")));
    QVERIFY(QString::fromUtf8(run({"check", "two", "--all"}).out).contains(QStringLiteral("? Unknown")));
}

void TestFormats::minVerdict()
{
    const QString fails = QString::fromUtf8(run({"check", "bare", "--min-verdict", "fail"}).out);
    QVERIFY(fails.contains(QStringLiteral("✗ Fail")) && !fails.contains(QStringLiteral("! Warn")));
    const QString unknown = QString::fromUtf8(run({"check", "bare", "--min-verdict", "unknown"}).out);
    QVERIFY(unknown.contains(QStringLiteral("? Unknown")) && !unknown.contains(QStringLiteral("! Warn")));
    QCOMPARE(run({"check", "bare", "--min-verdict", "bad"}).code, 2);
}

void TestFormats::secretsAreMasked()
{
    put("secret/web.yaml", QByteArray(deployment).replace("name: web}\nspec", "name: web, namespace: \"postgres://u:hunter22secret@db/x\"}\nspec"));
    for (const char *format : {"text", "sarif", "junit", "markdown", "github"}) {
        const CliOutcome outcome = run({"check", "secret", "--format", QString::fromLatin1(format)});
        QVERIFY2(!outcome.out.contains("hunter22secret"), outcome.out);
    }
}

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
