// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

namespace tenken::test
{

Evidence evidenceFrom(const QByteArray &manifests, const QByteArray &service)
{
    Evidence e;
    e.today = QDate(2026, 11, 20);
    auto read = readManifests({YamlFile::parse(manifests, QStringLiteral("k8s.yaml"))});
    e.manifests = std::make_shared<Manifests>(std::move(read.value));
    if (!service.isEmpty()) {
        e.serviceFile = YamlFile::parse(service, QStringLiteral("readiness/service.yaml"));
        e.service = readService(*e.serviceFile).value;
        e.service.file = QStringLiteral("readiness/service.yaml");
    }
    return e;
}

ItemResult judgeItem(const Evidence &evidence, const QString &rule,
                     const QMap<QString, double> &parameters,
                     const QMap<QString, QStringList> &lists)
{
    Item item;
    item.id = QStringLiteral("section.item");
    item.rules = {RuleUse{rule, parameters, lists, {}}};
    Checklist checklist;
    checklist.id = QStringLiteral("test");
    checklist.sections = {Section{QStringLiteral("section"), {}, {item}}};
    return evaluate(checklist, evidence).items.front();
}

std::vector<Finding> judge(const Evidence &evidence, const QString &rule,
                           const QMap<QString, double> &parameters,
                           const QMap<QString, QStringList> &lists)
{
    return judgeItem(evidence, rule, parameters, lists).findings;
}

QByteArray printed(const std::vector<Finding> &findings)
{
    QString all;
    for (const Finding &f : findings) {
        all += QStringLiteral("%1 %2 %3 @%4:%5 [%6 | %7] %8 — %9\n")
                   .arg(toString(f.verdict), f.object, f.container, f.file)
                   .arg(f.span.line)
                   .arg(f.measured.en, f.wanted.en, f.reason.en, f.remedy.en);
    }
    return all.toUtf8();
}

QString verdictOf(const Evidence &evidence, const QString &rule,
                  const QMap<QString, double> &parameters,
                  const QMap<QString, QStringList> &lists)
{
    const ItemResult result = judgeItem(evidence, rule, parameters, lists);
    return toString(result.verdict);
}

QString verdictsOf(const std::vector<Finding> &findings)
{
    QStringList words;
    for (const Finding &f : findings)
        words << toString(f.verdict);
    return words.join(u' ');
}

Finding firstWith(Verdict verdict, const std::vector<Finding> &findings)
{
    for (const Finding &f : findings) {
        if (f.verdict == verdict)
            return f;
    }
    qWarning("no finding with verdict %s:\n%s", qPrintable(toString(verdict)), printed(findings).constData());
    return {};
}

void addLoadTest(Evidence &evidence, std::shared_ptr<const LoadTestRun> run, std::optional<int> pods,
                 const QString &purpose, const QString &id)
{
    LoadTest test;
    test.source.id = id;
    test.source.files = {QStringLiteral("loadtest/%1.log").arg(id)};
    test.source.purpose = purpose;
    if (pods)
        test.source.pods = {*pods, {7, 5, 7, 12}};
    test.source.span = {6, 5, 9, 1};
    test.run = std::move(run);
    evidence.service.loadTests.push_back(test.source);
    evidence.loadTests.push_back(std::move(test));
}

void addRecord(Evidence &evidence, const QByteArray &yaml, const QString &file)
{
    const auto parsed = YamlFile::parse("format: tenken.test/1\n" + yaml, file);
    evidence.recordFiles.push_back(parsed);
    evidence.records.push_back(readTestRecord(*parsed).record);
}

QByteArray recordOf(const QByteArray &kind, const QByteArray &outcome, const QByteArray &more)
{
    return "kind: " + kind + "\nenvironment: staging\nstarted: 2026-11-05T14:00:00+09:00\nduration: 600\nwho: Sato\n"
           "image: app:1.0\npods: 6\nlimits: {memory: 1Gi}\nduring: 200 req/s\nlinks: []\noutcome: " + outcome + "\n"
        + (more.isEmpty() ? QByteArray("result: pass\n") : more);
}

} // namespace tenken::test
