// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken::test;

/// The program as people call it: exit codes, output, errors.
class TestCli : public QObject
{
    Q_OBJECT
private slots:
    void exitCodes_data();
    void exitCodes();
    void screenshotsAskNothing_data();
    void screenshotsAskNothing();
    void slipsAreTold_data();
    void slipsAreTold();
    void demoIsJudged();
    void findingsPointAtTheirLines();
    void anItemAloneSaysTheSame();
    void aLinkToItselfEnds();
    void namesForgeNoLines();
    void bareManifests();
    void brokenFilesDoNotHide();
    void unreadableReviewsAreNoGo_data();
    void unreadableReviewsAreNoGo();
    void onlySomeItems();
    void loadtestAsJson();
    void initWritesOnce();
    void exportWritesPdf();

private:
    struct Outcome {
        int code = -1;
        QByteArray out, err;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };
    Outcome run(const QStringList &arguments) const;
    QString write(const QString &name, const QByteArray &text) const;

    const QString m_demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");
    QTemporaryDir m_dir;
};

TestCli::Outcome TestCli::run(const QStringList &arguments) const
{
    QProcess process;
    process.start(QStringLiteral(TENKEN_PROGRAM), arguments);
    if (!process.waitForFinished(120'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString TestCli::write(const QString &name, const QByteArray &text) const
{
    const QString path = m_dir.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) >= 0 ? path : QString();
}

void TestCli::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("help") << QStringList{"--help"} << 0;
    QTest::newRow("version") << QStringList{"--version"} << 0;
    QTest::newRow("help of a command") << QStringList{"check", "--help"} << 0;
    QTest::newRow("rules") << QStringList{"rules"} << 0;
    QTest::newRow("one rule") << QStringList{"rules", "graceful-stop"} << 0;
    QTest::newRow("a rule that is not there") << QStringList{"rules", "gracefull-stop"} << 2;
    QTest::newRow("neither command nor folder") << QStringList{"chekc"} << 2;
    QTest::newRow("unknown option") << QStringList{"check", ".", "--formt", "json"} << 2;
    QTest::newRow("check without anything") << QStringList{"check"} << 2;
    QTest::newRow("check of nothing") << QStringList{"check", "/nonexistent"} << 2;
    QTest::newRow("wrong format") << QStringList{"check", m_demo, "--format", "yaml"} << 2;
    QTest::newRow("wrong item") << QStringList{"check", m_demo, "--item", "resilience.gracefull-stop"} << 2;
    QTest::newRow("demo") << QStringList{"check", m_demo} << 1;
    QTest::newRow("demo, fail-on") << QStringList{"check", m_demo, "--fail-on", "fail"} << 1;
    QTest::newRow("a passing item") << QStringList{"check", m_demo, "--item", "resilience.min-ready", "--fail-on", "warn"} << 0;
    QTest::newRow("loadtest of nothing") << QStringList{"loadtest"} << 2;
    QTest::newRow("loadtest of a manifest") << QStringList{"loadtest", m_demo + "/deploy/base/service.yaml"} << 2;
    QTest::newRow("screenshot of no page") << QStringList{"screenshot", m_demo, "-o", "/nonexistent/x.png", "--page", "foo"} << 2;
    QTest::newRow("export without a target") << QStringList{"export", m_demo} << 2;
}

void TestCli::exitCodes()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const Outcome outcome = run(arguments);
    QVERIFY2(outcome.code == code, outcome.out + outcome.err);
    if (code == 2)
        QVERIFY2(!outcome.err.isEmpty(), "a wrong use says why");
}

/// Nobody is there to close a box.
void TestCli::screenshotsAskNothing_data()
{
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QByteArray>("review");
    QTest::addColumn<QByteArray>("said");
    const QByteArray good = "format: tenken.service/1\nid: shop\n";
    const QByteArray head = "format: tenken.review/1\nservice: shop\nchecklist: zozotown\nitems:\n  release.lint:\n    team:\n";
    QTest::newRow("no YAML") << QByteArray("format: [\n") << QByteArray() << QByteArray("service.yaml");
    QTest::newRow("a conflict") << good
                                << head + "<<<<<<< ours\n      answer: pass\n||||||| base\n      answer: not-yet\n=======\n      answer: fail\n>>>>>>> theirs\n"
                                << QByteArray("1 answers to the same field");
}

void TestCli::screenshotsAskNothing()
{
    QFETCH(QByteArray, service);
    QFETCH(QByteArray, review);
    QFETCH(QByteArray, said);
    const QTemporaryDir dir;
    putFile(dir, "readiness/service.yaml", service);
    if (!review.isEmpty())
        putFile(dir, "readiness/review.yaml", review);
    const auto outcome = runTenken({"screenshot", dir.path(), "-o", dir.filePath("x.png"), "--lang", "en"});
    QVERIFY2(outcome.code == 2, outcome.out + outcome.err);
    QVERIFY2(outcome.err.contains(said), outcome.err);
    QVERIFY(!QFileInfo::exists(dir.filePath("x.png")));
}

/// An override that names nothing changes nothing, and that is told; so is a review of something else.
void TestCli::slipsAreTold_data()
{
    QTest::addColumn<QByteArray>("overridden");
    QTest::addColumn<QByteArray>("review");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name, const QByteArray &overridden, const QByteArray &review, const QByteArray &said) {
        QTest::newRow(name) << overridden << review << said;
    };
    row("item", "{item: performance.event-capacityy, parameter: headroom, value: 1, reason: r}", {}, "Did you mean `performance.event-capacity`?");
    row("parameter", "{item: performance.event-capacity, parameter: hedroom, value: 1, reason: r}", {}, "Did you mean `headroom`?");
    row("reason", "{item: performance.event-capacity, parameter: headroom, value: 1}", {}, "service.yaml:4:5");
    row("another service", {}, "service: other\nchecklist: zozotown\n", "The review is of other, not of shop");
    row("another checklist", {}, "service: shop\nchecklist: acme\n", "The review answers the checklist acme");
}

void TestCli::slipsAreTold()
{
    QFETCH(QByteArray, overridden);
    QFETCH(QByteArray, review);
    QFETCH(QByteArray, said);
    const QTemporaryDir dir;
    putFile(dir, "readiness/service.yaml", "format: tenken.service/1\nid: shop\n" + (overridden.isEmpty() ? "" : "overrides:\n  - " + overridden + "\n"));
    const QByteArray answers = "items:\n  monitoring.alert-response:\n    team: {answer: fail, note: x, by: A}\n";
    if (!review.isEmpty())
        putFile(dir, "readiness/review.yaml", "format: tenken.review/1\n" + review + answers);
    const auto outcome = runTenken({"check", dir.path(), "--lang", "en"});
    QCOMPARE(outcome.code, 1);
    QVERIFY2((outcome.err + outcome.out).contains(said), outcome.err + outcome.out);
    QVERIFY(!outcome.out.contains("The team answers fail")); // no answer of it counts
}

void TestCli::demoIsJudged()
{
    const Outcome outcome = run({"check", m_demo, "--format", "json", "--lang", "en"});
    const QJsonObject report = outcome.json();
    QCOMPARE(report["format"].toString(), "tenken.check/1");
    QCOMPARE(report["service"]["id"].toString(), "id-auth");
    QCOMPARE(report["decision"].toString(), "NO-GO");
    QCOMPARE(report["unreadable"].toArray().size(), 0);
    int machine = 0, failing = 0;
    for (const QJsonValue &item : report["items"].toArray()) {
        machine += item["judgedBy"].toString() == u"machine";
        failing += item["verdict"].toString() == u"fail";
    }
    QVERIFY2(machine >= 16, qPrintable(QString::number(machine)));
    QVERIFY2(failing >= 5, qPrintable(QString::number(failing)));
    QCOMPARE(report["items"].toArray().size(), 52);
}

void TestCli::findingsPointAtTheirLines()
{
    const QJsonObject report = run({"check", m_demo, "--format", "json", "--item", "resilience.graceful-stop"}).json();
    const QJsonArray items = report["items"].toArray();
    QCOMPARE(items.size(), 1);
    bool found = false;
    for (const QJsonValue &finding : items.first()["findings"].toArray()) {
        if (finding["verdict"].toString() != u"fail")
            continue;
        found = true;
        QCOMPARE(finding["file"].toString(), "deploy/base/deployment.yaml");
        QCOMPARE(finding["line"].toInt(), 42);
        QCOMPARE(finding["object"].toString(), "Deployment/identity/id-auth");
        QVERIFY(finding["measured"].toString().contains("30"));
        QVERIFY(finding["wanted"].toString().contains("45"));
    }
    QVERIFY(found);
}

/// Items lean on each other (the peaks' pods are planned once): asked for alone, each says what it says among all.
void TestCli::anItemAloneSaysTheSame()
{
    QMap<QString, QString> all;
    for (const QJsonValue &item : run({"check", m_demo, "--format", "json", "--today", "2026-11-20"}).json()["items"].toArray())
        all.insert(item["id"].toString(), item["verdict"].toString());
    for (const char *id : {"performance.autoscaling", "performance.node-size"}) {
        const Outcome outcome = run({"check", m_demo, "--format", "json", "--today", "2026-11-20", "--item", id});
        const QJsonArray items = outcome.json()["items"].toArray();
        if (!all.contains(QString::fromLatin1(id)))
            continue;
        QCOMPARE(items.size(), 1);
        QCOMPARE(items.first()["verdict"].toString(), all.value(QString::fromLatin1(id)));
        QVERIFY2(!outcome.out.contains("unknown key"), id); // review.yaml is read against the whole checklist
    }
}

void TestCli::aLinkToItselfEnds()
{
    const QString link = QFileInfo(write(QStringLiteral("loop/other.yaml"), "a: b\n")).path() + QStringLiteral("/loop.yaml");
    QVERIFY(QFile::link(QStringLiteral("loop.yaml"), link));
    QCOMPARE(run({"check", link}).code, 2);
}

void TestCli::namesForgeNoLines()
{
    const QString file = write(QStringLiteral("forged/deployment.yaml"), R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: "x\n\nGO  All items that apply are met.\n\e[2J::error::y"}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: "c\n::error::z", image: web:1}
)");
    for (const char *format : {"text", "markdown", "github", "junit"}) {
        const QByteArray out = run({"check", file, "--format", format, "--all"}).out;
        QVERIFY2(!out.contains('\x1b'), format);
        QVERIFY2(!out.contains("\nGO  All items"), format);
        QVERIFY2(!out.contains("\n::error::z"), format);
    }
}

void TestCli::bareManifests()
{
    const QString file = write(QStringLiteral("bare/deployment.yaml"), R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: web:1}
)");
    const Outcome outcome = run({"check", file, "--format", "json", "--lang", "en"});
    QCOMPARE(outcome.code, 1);
    QStringList failing;
    for (const QJsonValue &item : outcome.json()["items"].toArray()) {
        if (item["verdict"].toString() == u"fail")
            failing << item["id"].toString();
    }
    QVERIFY2(failing.contains("resilience.health-endpoints"), qPrintable(failing.join(u' ')));
    QVERIFY2(failing.contains("performance.pod-resources"), qPrintable(failing.join(u' ')));
}

void TestCli::brokenFilesDoNotHide()
{
    write(QStringLiteral("broken/bad.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: [\n");
    write(QStringLiteral("broken/good.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: a}]}}}\n");
    const QJsonObject report = run({"check", m_dir.filePath("broken"), "--format", "json"}).json();
    const QJsonArray unreadable = report["unreadable"].toArray();
    QCOMPARE(unreadable.size(), 1);
    QVERIFY(unreadable.first()["file"].toString().endsWith("bad.yaml"));
    QVERIFY(unreadable.first()["line"].toInt() >= 3);
    QVERIFY(!report["items"].toArray().isEmpty());
}

void TestCli::unreadableReviewsAreNoGo_data()
{
    QTest::addColumn<QByteArray>("review");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<QString>("said"); ///< in the lead or an item's words
    const QByteArray head = "format: tenken.review/1\nservice: s\nchecklist: c\nversion: \"1\"\nitems:\n"
                            "  x.people:\n    team: {answer: pass, note: done, by: Ann}\n"
                            "  x.own:\n    team: {answer: pass, note: done, by: Ann}\n";
    const QByteArray reject = "    reviewer: {answer: reject, note: wrong, by: Bob}\n";
    const auto row = [](const char *name, const QByteArray &review, const char *decision, const char *said) {
        QTest::newRow(name) << review << QString::fromLatin1(decision) << QString::fromLatin1(said);
    };
    row("nobody rejects", head, "GO", "");
    row("rejected", head + reject, "NO-GO", "1 must item blocks");
    row("a conflict's marker", head + reject + "<<<<<<< HEAD\n", "NO-GO", "The review cannot be read");
    row("a newer format", QByteArray(head + reject).replace("review/1", "review/2"), "NO-GO", "The review cannot be read");
    row("another service's", QByteArray(head + reject).replace("service: s", "service: t"), "NO-GO", "The review cannot be read");
    row("a key twice", head + reject + reject, "NO-GO", "The review cannot be read");
    row("no YAML", "items: [\n", "NO-GO", "The review cannot be read");
    row("a capital", head + "    reviewer: {answer: Reject}\n", "NO-GO", "1 must item blocks");
    row("the word alone", head + "    reviewer: reject\n", "NO-GO", "1 must item blocks");
    row("a misspelt item", head + "  x.owm:\n" + reject, "NO-GO", "x.owm");
    row("an item of another name", head + "  y.elsewhere:\n" + reject, "CONDITIONAL GO", "y.elsewhere");
}

/// What people decided and cannot be read may be a rejection.
void TestCli::unreadableReviewsAreNoGo()
{
    QFETCH(QByteArray, review);
    QFETCH(QString, decision);
    QFETCH(QString, said);
    write(QStringLiteral("doubt/readiness/service.yaml"),
          "format: tenken.service/1\nid: s\nname: s\nteam: t\nchecklist: readiness/checklist.yaml\n");
    write(QStringLiteral("doubt/readiness/checklist.yaml"),
          "format: tenken.checklist/1\nid: c\nversion: \"1\"\ntitle: C\nstages: [{id: 1%, title: 1 %}, {id: 50%, title: 50 %}]\n"
          "sections:\n  - id: x\n    title: X\n    items:\n"
          "      - {id: x.people, title: P, question: Q1}\n      - {id: x.own, title: O, question: Q2}\n");
    write(QStringLiteral("doubt/readiness/review.yaml"), review);
    const QStringList check{"check", m_dir.filePath("doubt"), "--lang", "en", "--today", "2026-11-20"};
    const Outcome outcome = run(check + QStringList{"--format", "json"});
    const QJsonObject report = outcome.json();
    QVERIFY2(report["decision"].toString() == decision, outcome.out + outcome.err);
    QCOMPARE(outcome.code, decision == u"GO" ? 0 : 1);
    QVERIFY2(report["lead"].toString().contains(said), outcome.out);
    QVERIFY(!report.contains("only"));
    for (const QJsonValue &stage : report["stages"].toArray())
        QCOMPARE(stage["decision"].toString(), decision);
    QVERIFY(QString::fromUtf8(run(check).out).contains(report["lead"].toString()));
}

/// What is said of a part is not taken for the whole.
void TestCli::onlySomeItems()
{
    const QStringList part{"check", m_demo, "--lang", "en", "--today", "2026-11-20", "--item", "resilience.min-ready"};
    const QJsonObject report = run(part + QStringList{"--format", "json"}).json();
    QCOMPARE(report["only"].toArray(), QJsonArray{"resilience.min-ready"});
    QVERIFY2(report["lead"].toString().startsWith("Of the 1 item asked for: "), qPrintable(report["lead"].toString()));
    QVERIFY(run(part).out.contains("Of the 1 item asked for: "));
    QVERIFY(!run({"check", m_demo, "--format", "json"}).json().contains("only"));
    write(QStringLiteral("later/readiness/service.yaml"),
          "format: tenken.service/1\nid: s\nname: s\nteam: t\nchecklist: readiness/checklist.yaml\n");
    write(QStringLiteral("later/readiness/checklist.yaml"),
          "format: tenken.checklist/1\nid: c\nversion: \"1\"\ntitle: C\nstages: [{id: 1%, title: 1 %}, {id: 50%, title: 50 %}]\n"
          "sections:\n  - id: x\n    title: X\n    items:\n      - {id: x.own, title: O, question: Q, from: 50%}\n");
    const QByteArray later = run({"check", m_dir.filePath("later"), "--lang", "en", "--stage", "1%", "--item", "x.own"}).out;
    QVERIFY2(later.contains("No item asked for is needed at 1 % yet: x.own is first needed at 50 %."), later);
    const Outcome strange = run({"check", m_demo, "--lang", "en", "--item", "nothing.of-the-kind"});
    QVERIFY2(strange.code == 2 && strange.err.contains("--format json") && strange.err.size() < 400, strange.err);
    const QJsonArray items = run({"check", m_demo, "--format", "json", "--item", "resilience.min-ready", "--item",
                                  "performance.autoscaling"}).json()["items"].toArray();
    QCOMPARE(items.size(), 2);
}

void TestCli::loadtestAsJson()
{
    const QStringList files = QDir(m_demo + "/loadtest").entryList({"*1pod-step*"});
    QVERIFY(!files.isEmpty());
    const QJsonObject report = run({"loadtest", m_demo + "/loadtest/" + files.first(), "--format", "json"}).json();
    QCOMPARE(report["format"].toString(), "tenken.loadtest/1");
    QVERIFY(report["samples"].toInteger() > 1000);
    QVERIFY(report["steps"].toArray().size() >= 8);
    QVERIFY(report["knee"]["reached"].toBool());
    QVERIFY(qAbs(report["knee"]["throughput"].toDouble() - 160) < 12);
}

void TestCli::initWritesOnce()
{
    write(QStringLiteral("svc/deploy/d.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {containers: [{name: a}]}}}\n");
    write(QStringLiteral("svc/docs/runbook.md"), "# On call\n");
    const QString folder = m_dir.filePath("svc");
    QCOMPARE(run({"init", folder}).code, 0);
    QFile file(folder + "/readiness/service.yaml");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("id: shop"));
    QVERIFY(text.contains("deploy/"));
    QVERIFY(text.contains("docs/runbook.md"));
    QCOMPARE(run({"init", folder}).code, 2);
    const QJsonObject report = run({"check", folder, "--format", "json"}).json();
    QCOMPARE(report["service"]["id"].toString(), "shop");
    QCOMPARE(report["unreadable"].toArray().size(), 0);
    QCOMPARE(report["warnings"].toArray().size(), 0);
}

void TestCli::exportWritesPdf()
{
    const QString target = m_dir.filePath("review.pdf");
    const Outcome outcome = run({"export", m_demo, "-o", target, "--lang", "en"});
    QVERIFY2(outcome.code == 0, outcome.err);
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.read(8).startsWith("%PDF-1"));
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
