// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistyaml.h"
#include "support.h"

#include <rules/assertion.h>
#include <rules/selection.h>

#include <QElapsedTimer>

using namespace tenken;
using namespace tenken::test;

/// Own rules of a checklist: expressions, what they select, what they say, and where their mistakes are.
class TestAssert : public QObject
{
    Q_OBJECT
private slots:
    void expressions_data();
    void expressions();
    void hostile_data();
    void hostile();
    void tooLarge();
    void selects_data();
    void selects();
    void says();
    void mistakes_data();
    void mistakes();
    void mistakesHavePlaces_data();
    void mistakesHavePlaces();
    void mistakenIsUnknown();
    void misreadSelectIsUnknown_data();
    void misreadSelectIsUnknown();
    void unreadableIsNoPass();
    void names();
    void judgedBare();
};

namespace {

const QByteArray manifests = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, tier: front}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec:
      automountServiceAccountToken: no
      containers:
        - name: web
          image: registry.example/web:1.2
          resources: {limits: {memory: 512Mi}}
        - name: agent
          image: registry.example/agent:latest
      initContainers:
        - {name: migrate, image: "registry.example/migrate:1"}
        - {name: proxy, image: "registry.example/proxy:1", restartPolicy: Always}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, labels: {app: nightly}}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers: [{name: job, image: "registry.example/job:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: ClusterIP}
)";

QByteArray checklistWith(const QByteArray &rule)
{
    QByteArray text = R"(format: tenken.checklist/1
id: shop
version: "1"
title: Shop
sections:
  - id: s
    title: S
    items:
      - id: s.one
        title: {ja: 題, en: Title}
        question: Question
        rules:
)";
    for (const QByteArray &line : rule.split('\n'))
        text += line.isEmpty() ? QByteArray("\n") : "          " + line + '\n';
    return text;
}

Partial<Checklist> read(const QByteArray &text)
{
    return readChecklistYaml(text, {}, QStringLiteral("shop.yaml"));
}

/// "verdict object container" of each finding.
QStringList judged(const QByteArray &rule, const QByteArray &yaml = manifests)
{
    const auto checklist = read(checklistWith(rule));
    if (!checklist.problems.empty())
        qWarning("%s", qPrintable(printed(checklist.problems)));
    QStringList all;
    const Assessment assessment = evaluate(checklist.value, evidenceFrom(yaml));
    for (const Finding &f : assessment.items.front().findings)
        all << QStringList{toString(f.verdict), f.object, f.container}.join(u' ').trimmed();
    return all;
}

QString answered(const QByteArray &expression, const QByteArray &yaml)
{
    const auto compiled = Expression::compile(expression);
    if (!compiled)
        return QStringLiteral("mistake at %1: %2").arg(compiled.error().offset).arg(compiled.error().message.en);
    const auto file = YamlFile::parse(yaml, QStringLiteral("a.yaml"));
    const ExpressionAnswer answer = (*compiled)->ask(file->documents().empty() ? Yaml() : file->documents().front());
    switch (answer.kind) {
    case ExpressionAnswer::Kind::True:
        return QStringLiteral("true");
    case ExpressionAnswer::Kind::False:
        return QStringLiteral("false");
    case ExpressionAnswer::Kind::Null:
        return QStringLiteral("null");
    case ExpressionAnswer::Kind::Other:
        return answer.detail.en;
    case ExpressionAnswer::Kind::Failed:
        return QStringLiteral("failed: ") + answer.detail.en;
    }
    return {};
}

} // namespace

void TestAssert::expressions_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char *name, const char *expression, const char *yaml, const char *answer) {
        QTest::newRow(name) << QByteArray(expression) << QByteArray(yaml) << QString::fromUtf8(answer);
    };
    row("number", "spec.replicas >= `2`", "spec: {replicas: 2}", "true");
    row("too small", "spec.replicas >= `2`", "spec: {replicas: 1}", "false");
    row("a quoted number is a string", "spec.replicas >= `2`", "spec: {replicas: \"2\"}", "null");
    row("missing", "spec.replicas >= `2`", "spec: {}", "null");
    row("missing with a default", "(spec.replicas || `1`) >= `2`", "spec: {}", "false");
    row("string", "kind == 'Pod'", "kind: Pod", "true");
    row("yaml 1.1 boolean", "a == `true`", "a: yes", "true");
    row("quoted yes is a string", "a == 'yes'", "a: 'yes'", "true");
    row("null in yaml", "a == null", "a: ~", "true"); // an identifier: the missing field `null`
    row("list", "length(a) == `3`", "a: [1, 2, 3]", "true");
    row("filter", "length(a[?b > `1`]) == `1`", "a: [{b: 1}, {b: 2}]", "true");
    row("hash key with dots", "metadata.annotations.\"a.b/c\" == 'x'", "metadata: {annotations: {a.b/c: x}}", "true");
    row("alias", "b.x == `1`", "a: &a {x: 1}\nb: *a", "true");
    row("merge key", "b.x == `1`", "a: &a {x: 1}\nb: {<<: *a, y: 2}", "true");
    row("large integer", "a > `4294967296`", "a: 4294967297", "true");
    row("fraction", "a < `0.5`", "a: 0.25", "true");
    row("multi-byte", "a == '点検'", "a: 点検", "true");
    row("a string", "kind", "kind: Pod", "a string");
    row("a number", "length(@)", "[1]", "a number");
    row("an array", "@", "[1]", "an array");
    row("an object", "@", "a: 1", "an object");
    row("wrong type", "length(a)", "a: 1", "failed: The expression cannot be evaluated (Invalid type).");
    row("nothing at all", "a", "", "null");
    row("list and hash", "[a, b] == [`1`, `2`]", "a: 1\nb: 2", "true");
    row("expression reference", "max_by(@, &a).b == 'z'", "[{a: 1, b: x}, {a: 2, b: z}]", "true");
}

void TestAssert::expressions()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, yaml);
    QTEST(answered(expression, yaml), "answer");
}

void TestAssert::hostile_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QString>("said");
    const auto repeated = [](const char *part, int times) { return QByteArray(part).repeated(times); };
    QTest::newRow("doubling") << "[@,@]" + repeated("|[@,@]", 40) << QStringLiteral("too many lists");
    QTest::newRow("doubling and flattening") << "[@,@]" + repeated("[] | [@,@]", 40) << QStringLiteral("too many lists");
    QTest::newRow("hashes") << "{a:@,b:@}" + repeated("|{a:@,b:@}", 40) << QStringLiteral("too many lists");
    QTest::newRow("escapes") << repeated("to_string(", 30) + "@" + repeated(")", 30) << QStringLiteral("too many lists");
    QTest::newRow("loops in literals") << repeated("`[1,1,1,1,1,1,1,1,1,1]`[?", 20) + "@" + repeated("]", 20) << QStringLiteral("too many lists");
    QTest::newRow("join") << QByteArray("join(a, b)") << QStringLiteral("The function join cannot be used");
    QTest::newRow("pad") << QByteArray("pad_left(a, `1000000000`)") << QStringLiteral("cannot be used");
    QTest::newRow("variable") << QByteArray("let $a = @ in $a") << QStringLiteral("Variables");
    QTest::newRow("deep brackets") << repeated("(", 60) + "@" + repeated(")", 60) << QStringLiteral("nested too deeply");
    QTest::newRow("long") << repeated("a.", 3000) + "a" << QStringLiteral("more than 4096");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
    QTest::newRow("blank") << QByteArray(" \n\t") << QStringLiteral("empty");
    QTest::newRow("unclosed quote") << QByteArray("a == 'b") << QStringLiteral("cannot be read");
    QTest::newRow("unclosed literal") << QByteArray("a == `[1") << QStringLiteral("cannot be read");
    QTest::newRow("ends in a backslash") << QByteArray("'\\") << QStringLiteral("cannot be read");
    QTest::newRow("only closing") << QByteArray(")]}") << QStringLiteral("cannot be read");
    QTest::newRow("garbage") << QByteArray("\xff\xfe\x01") << QStringLiteral("cannot be read");
    QTest::newRow("many negations, fine") << repeated("!", 4000) + "@" << QStringLiteral("true");
    QTest::newRow("many pipes, fine") << "@" + repeated("|@", 2000) + " == @" << QString();
}

// Neither hang nor crash nor eat the machine; what is refused says why.
void TestAssert::hostile()
{
    QFETCH(QByteArray, expression);
    QFETCH(QString, said);
    QElapsedTimer timer;
    timer.start();
    const QString answer = answered(expression, "a: [b, c]");
    QVERIFY2(answer.contains(said), qPrintable(answer));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void TestAssert::tooLarge()
{
    QByteArray list = "[";
    for (int i = 0; i < 100'000; ++i)
        list += "1,";
    list += "1]";
    QCOMPARE(answered("length(@) == `100001`", list), QStringLiteral("true"));
    const QString answer = answered("[@,@,@,@,@,@,@,@,@,@]|[@,@,@,@,@,@,@,@,@,@] == @", list);
    QVERIFY2(answer.contains(QStringLiteral("too large")), qPrintable(answer));
}

void TestAssert::selects_data()
{
    QTest::addColumn<QByteArray>("select");
    QTest::addColumn<QStringList>("objects"); // "verdict object container", the expression being `true`
    const auto row = [](const char *name, const char *select, const QStringList &objects) {
        QTest::newRow(name) << QByteArray(select) << objects;
    };
    row("a kind", "{kind: Deployment}", {"pass Deployment/web"});
    row("kinds", "{kind: [Deployment, Service]}", {"pass Deployment/web", "pass Service/web"});
    row("everything", "{}", {"pass Deployment/web", "pass CronJob/nightly", "pass Service/web"});
    row("by apiVersion", "{apiVersion: batch/*}", {"pass CronJob/nightly"});
    row("by name", "{names: [we*]}", {"pass Deployment/web", "pass Service/web"});
    row("by label", "{labels: {tier: front}}", {"pass Deployment/web"});
    row("by labels, all of them", "{labels: {tier: front, app: api}}", {"unknown"});
    row("by a label that is there", "{labels: {app: '*'}}", {"pass Deployment/web", "pass CronJob/nightly"});
    row("workloads", "{each: workload}", {"pass Deployment/web", "pass CronJob/nightly"});
    row("containers", "{each: container, kind: Deployment}",
        {"pass Deployment/web web", "pass Deployment/web agent", "pass Deployment/web migrate", "pass Deployment/web proxy"});
    row("only app containers", "{each: container, containers: app}",
        {"pass Deployment/web web", "pass Deployment/web agent", "pass CronJob/nightly job"});
    row("init and sidecars", "{each: container, containers: [init, sidecar]}", {"pass Deployment/web migrate", "pass Deployment/web proxy"});
    row("none", "{kind: StatefulSet}", {"unknown"});
    row("none is n/a", "{kind: StatefulSet, absent: n/a}", {"n/a"});
    row("none is a fail", "{kind: PodDisruptionBudget, absent: fail}", {"fail"});
    row("a custom resource", "{kind: Certificate, absent: n/a}", {"n/a"});
    row("regular expressions mean nothing", "{names: ['w.b']}", {"unknown"});
}

void TestAssert::selects()
{
    QFETCH(QByteArray, select);
    QFETCH(QStringList, objects);
    QCOMPARE(judged("- assert: \"type(@) == 'object'\"\n  message: m\n  select: " + select), objects);
}

void TestAssert::says()
{
    const auto checklist = read(checklistWith(R"(- assert: contains(keys(@), 'resources')
  name: memory-limits
  select: {kind: Deployment, each: container, containers: app}
  message: {ja: 上限がありません。, en: There is no limit.}
  remedy: {ja: 書きます。, en: Write one.}
  verdict: warn
)"));
    QVERIFY2(checklist.problems.empty(), qPrintable(printed(checklist.problems)));
    const ItemResult result = evaluate(checklist.value, evidenceFrom(manifests)).items.front();
    QVERIFY(result.machine);
    QCOMPARE(result.verdict, Verdict::Warn);
    QCOMPARE(result.findings.size(), 2);
    const Finding &f = result.findings[1];
    QCOMPARE(f.rule, QStringLiteral("memory-limits"));
    QCOMPARE(f.verdict, Verdict::Warn);
    QCOMPARE(f.title.ja, QStringLiteral("題"));
    QCOMPARE(f.reason.en, QStringLiteral("There is no limit."));
    QCOMPARE(f.remedy.ja, QStringLiteral("書きます。"));
    QCOMPARE(f.wanted.en, QStringLiteral("contains(keys(@), 'resources')"));
    QCOMPARE(f.file, QStringLiteral("k8s.yaml"));
    QCOMPARE(f.span.line, 16); // the container's name
    QVERIFY(result.findings[0].remedy.isEmpty());
    // null and other types are unknown, never pass
    QCOMPARE(judged("- {assert: \"spec.nothing == `1` || spec.nothing\", message: m, select: {kind: Service}}"), QStringList{"unknown Service/web"});
    QCOMPARE(judged("- {assert: \"length(keys(@))\", message: m, select: {kind: Service}}"), QStringList{"unknown Service/web"});
    QCOMPARE(judged("- {assert: \"length(kind == 'x')\", message: m, select: {kind: Service}}"), QStringList{"unknown Service/web"});
    QCOMPARE(judged("- {assert: \"kind == 'Service'\", message: m, select: {kind: Service}}", {}), QStringList{"unknown"});
}

void TestAssert::mistakes_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *rule, const char *said) { QTest::newRow(name) << QByteArray(rule) << QString::fromUtf8(said); };
    row("no select", "- {assert: a, message: m}", "shop.yaml:13:13: `select` is missing");
    row("no message", "- {assert: a, select: {kind: Pod}}", "`message` has no text");
    row("misspelt kind", "- {assert: a, message: m, select: {kind: Deploymnet}}", "shop.yaml:13:52:.*Did you mean `Deployment`");
    row("misspelt key", "- {assert: a, mesage: m, select: {kind: Pod}}", "mesage.*message");
    row("misspelt each", "- {assert: a, message: m, select: {each: containr}}", "Did you mean `container`");
    row("misspelt verdict", "- {assert: a, message: m, verdict: wrn, select: {kind: Pod}}", "Did you mean `warn`");
    row("misspelt function", "- {assert: \"lenght(a) == `1`\", message: m, select: {kind: Pod}}", "shop.yaml:13:23:.*lenght.*Did you mean length");
    row("a Service has no containers", "- {assert: a, message: m, select: {kind: Service, each: container}}", "makes no pods");
    row("name of a rule of the table", "- {assert: a, name: graceful-stop, message: m, select: {kind: Pod}}", "a rule `graceful-stop` already");
    row("wrong name", "- {assert: a, name: 'My Rule', message: m, select: {kind: Pod}}", "cannot be named `My Rule`");
    row("rule and assert", "- {assert: a, rule: min-ready, message: m, select: {kind: Pod}}", "rule");
    row("a number", "- {assert: [a], message: m, select: {kind: Pod}}", "The expression is empty");
}

void TestAssert::mistakes()
{
    QFETCH(QByteArray, rule);
    QFETCH(QString, said);
    const QString all = printed(read(checklistWith(rule)).problems);
    QVERIFY2(QRegularExpression(said).match(all).hasMatch(), qPrintable(all));
}

void TestAssert::mistakesHavePlaces_data()
{
    QTest::addColumn<QByteArray>("assertion");
    QTest::addColumn<QByteArray>("at"); // the text that the place is at
    const auto row = [](const char *name, const char *assertion, const char *at) { QTest::newRow(name) << QByteArray(assertion) << QByteArray(at); };
    row("plain", "assert: spec.replicas && nofun(a)", "nofun(a)");
    row("plain over lines", "assert: spec.replicas\n    && nofun(a)", "nofun(a)");
    row("double quotes", "assert: \"a == \\\"x\\\" && \\t nofun(a)\"", "nofun(a)");
    row("single quotes", "assert: 'a == ''it''''s'' && nofun(a)'", "nofun(a)");
    row("literal block", "assert: |\n    a &&\n      b\n    && nofun(a)\n", "nofun(a)");
    row("folded block", "assert: >-\n    a &&\n    b &&\n\n    nofun(a)\n", "nofun(a)");
    row("block with a comment behind |", "assert: | # why\n    a && nofun(a)\n", "nofun(a)");
    row("multi-byte before it", "assert: |\n    a == '点検' && nofun(a)\n", "nofun(a)");
    row("of the parser", "assert: |\n    a ==\n      == b\n", "== b");
    row("of the parser, quoted", "assert: 'a == [b'' ~ c'", "'' ~ c");
    row("first character", "assert: nofun(a)", "nofun(a)");
}

void TestAssert::mistakesHavePlaces()
{
    QFETCH(QByteArray, assertion);
    QFETCH(QByteArray, at);
    const QByteArray text = checklistWith("- " + QByteArray(assertion) + "\n  message: m\n  select: {kind: Pod}");
    const auto checklist = read(text);
    QCOMPARE(checklist.problems.size(), 1);
    const Span span = checklist.problems.front().span;
    const auto rows = text.split('\n');
    QVERIFY(span.line >= 1 && span.line <= rows.size());
    const QString line = QString::fromUtf8(rows.at(span.line - 1)).sliced(span.column - 1);
    QVERIFY2(line.startsWith(QString::fromUtf8(at)), qPrintable(QStringLiteral("%1:%2 %3 — %4").arg(span.line).arg(span.column).arg(line, printed(checklist.problems))));
}

void TestAssert::mistakenIsUnknown()
{
    const auto checklist = read(checklistWith("- {assert: \"a ==\", message: m, select: {kind: Deployment}}"));
    QCOMPARE(checklist.problems.size(), 1);
    QVERIFY(checklist.value.complete); // the question stays, undecided
    const ItemResult result = evaluate(checklist.value, evidenceFrom(manifests)).items.front();
    QCOMPARE(result.verdict, Verdict::Unknown);
    QCOMPARE(result.findings.front().file, QStringLiteral("shop.yaml"));
    QCOMPARE(result.findings.front().span.line, 13);
}

/// What it looks at instead of what was meant decides nothing.
void TestAssert::misreadSelectIsUnknown_data()
{
    QTest::addColumn<QByteArray>("select");
    QTest::newRow("each") << QByteArray("{kind: Deployment, each: containr}");
    QTest::newRow("containers") << QByteArray("{kind: Deployment, each: container, containers: [inits]}");
    QTest::newRow("absent") << QByteArray("{kind: StatefulSet, absent: nothing}");
    QTest::newRow("no pods") << QByteArray("{kind: Service, each: container, absent: n/a}");
    QTest::newRow("labels") << QByteArray("{kind: Deployment, labels: [app]}");
    QTest::newRow("a label's value") << QByteArray("{kind: Deployment, labels: {app: [web]}}");
    QTest::newRow("misspelt key") << QByteArray("{kinds: StatefulSet, absent: n/a}");
}

void TestAssert::misreadSelectIsUnknown()
{
    QFETCH(QByteArray, select);
    const auto checklist = read(checklistWith("- assert: \"type(@) == 'object'\"\n  message: m\n  select: " + select));
    QVERIFY(!checklist.problems.empty());
    QCOMPARE(evaluate(checklist.value, evidenceFrom(manifests)).items.front().verdict, Verdict::Unknown);
}

void TestAssert::unreadableIsNoPass()
{
    Evidence evidence = evidenceFrom(manifests);
    evidence.unreadable.push_back({QStringLiteral("other.yaml"), {}, {"読めません", "cannot be read"}, {}});
    const auto checklist = read(checklistWith("- {assert: \"kind == 'Service'\", message: m, select: {kind: Service}}"));
    QCOMPARE(evaluate(checklist.value, evidence).items.front().verdict, Verdict::Unknown);
}

void TestAssert::names()
{
    const auto checklist = read(checklistWith("- {assert: a, message: m, select: {}}\n- {assert: b, message: m, select: {}}\n- {assert: c, name: own, message: m, select: {}}\n- rule: min-ready"));
    QStringList names;
    for (const RuleUse &use : checklist.value.sections.front().items.front().rules)
        names << use.rule;
    QCOMPARE(names, QStringList({"s.one", "s.one-2", "own", "min-ready"}));
}

void TestAssert::judgedBare()
{
    const auto checklist = read(checklistWith("- {assert: a, message: m, select: {}}\n- rule: peak-endured"));
    const Checklist bare = selectManifestItems(checklist.value);
    QCOMPARE(bare.itemCount(), 1);
    QCOMPARE(bare.sections.front().items.front().rules.size(), 1); // what needs load tests is not asked of manifests
}

QTEST_APPLESS_MAIN(TestAssert)
#include "tst_assert.moc"
