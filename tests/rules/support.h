// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QTest>

#include <cmath>

// So that QCOMPARE prints verdicts: tenken::toString, found by argument, gives a QString where Qt Test wants
// a char *.
template <>
inline const char *QTest::Internal::genericToString<tenken::Verdict>(const void *verdict)
{
    return qstrdup(qPrintable(tenken::toString(*static_cast<const tenken::Verdict *>(verdict))));
}

namespace tenken::test
{

/// Evidence from inline YAML: manifests, and a service description (empty: bare manifests).
inline Evidence evidenceFrom(const QByteArray &manifests, const QByteArray &service = {})
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

/// What one rule says of it, through the engine: parameters as a checklist would set them.
inline ItemResult judgeItem(const Evidence &evidence, const QString &rule,
                            const QMap<QString, double> &parameters = {},
                            const QMap<QString, QStringList> &lists = {})
{
    Item item;
    item.id = QStringLiteral("section.item");
    item.rules = {RuleUse{rule, parameters, lists, {}}};
    Checklist checklist;
    checklist.id = QStringLiteral("test");
    checklist.sections = {Section{QStringLiteral("section"), {}, {item}}};
    return evaluate(checklist, evidence).items.front();
}

inline std::vector<Finding> judge(const Evidence &evidence, const QString &rule,
                                  const QMap<QString, double> &parameters = {},
                                  const QMap<QString, QStringList> &lists = {})
{
    return judgeItem(evidence, rule, parameters, lists).findings;
}

/// The findings as "verdict object container: reason", one a line: what a failing test prints.
inline QByteArray printed(const std::vector<Finding> &findings)
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

inline QString verdictOf(const Evidence &evidence, const QString &rule,
                         const QMap<QString, double> &parameters = {},
                         const QMap<QString, QStringList> &lists = {})
{
    const ItemResult result = judgeItem(evidence, rule, parameters, lists);
    return toString(result.verdict);
}

/// The first finding with this verdict; fails the test by printing all when there is none.
inline Finding firstWith(Verdict verdict, const std::vector<Finding> &findings)
{
    for (const Finding &f : findings) {
        if (f.verdict == verdict)
            return f;
    }
    qWarning("no finding with verdict %s:\n%s", qPrintable(toString(verdict)), printed(findings).constData());
    return {};
}

/// One level of a made-up load test: offered req/s for so many seconds, answered in `ms` (a tenth of the
/// requests takes 1.5 × as long), `failed` of 1 in errors.
struct HeldLoad {
    double rps = 0;
    int seconds = 60;
    double ms = 20;
    double failed = 0;
    double completed = 1; ///< share of the offered requests that end within the level
};

/// An open-model run made of levels, as a reader would give it.
inline std::shared_ptr<LoadTestRun> runOf(const std::vector<HeldLoad> &levels,
                                          double startSeconds = 1'700'000'000)
{
    auto run = std::make_shared<LoadTestRun>();
    run->tool = QStringLiteral("gatling");
    run->file = QStringLiteral("simulation.log");
    run->model = LoadModel::Open;
    run->startSeconds = startSeconds;
    auto second = qint64(startSeconds);
    for (const HeldLoad &level : levels) {
        for (int i = 0; i < level.seconds; ++i, ++second) {
            LoadSecond s;
            s.second = second;
            s.started = s.arrivals = std::llround(level.rps);
            s.completed = std::llround(level.rps * level.completed);
            s.failed = std::llround(double(s.completed) * level.failed);
            const qint64 slow = s.started / 10;
            s.latency.add(qint64(level.ms * 1000), s.started - slow);
            if (slow > 0)
                s.latency.add(qint64(level.ms * 1500), slow);
            run->samples += s.completed;
            run->errors += s.failed;
            run->latency.merge(s.latency);
            run->seconds.push_back(std::move(s));
        }
    }
    run->endSeconds = double(second);
    return run;
}

/// Adds a run as the service would declare it.
inline void addLoadTest(Evidence &evidence, std::shared_ptr<const LoadTestRun> run, std::optional<int> pods,
                        const QString &purpose = {}, const QString &id = QStringLiteral("step"))
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

/// Adds a record of readiness/tests, its first line (the format) left out.
inline void addRecord(Evidence &evidence, const QByteArray &yaml, const QString &file = QStringLiteral("readiness/tests/a.yaml"))
{
    const auto parsed = YamlFile::parse("format: tenken.test/1\n" + yaml, file);
    evidence.recordFiles.push_back(parsed);
    evidence.records.push_back(readTestRecord(*parsed).record);
}

/// A record with every field that all kinds want, of 15 days ago.
inline QByteArray recordOf(const QByteArray &kind, const QByteArray &outcome, const QByteArray &more = {})
{
    return "kind: " + kind + "\nenvironment: staging\nstarted: 2026-11-05T14:00:00+09:00\nduration: 600\nwho: Sato\n"
           "image: app:1.0\npods: 6\nlimits: {memory: 1Gi}\nduring: 200 req/s\nlinks: []\noutcome: " + outcome + "\n"
        + (more.isEmpty() ? QByteArray("result: pass\n") : more);
}

} // namespace tenken::test
