// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/recorddraft.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

namespace {

const QByteArray service = "format: tenken.service/1\nid: id-auth\nenvironments: [staging, production]\n"
                           "dependencies: [{id: users-db}]\nevidence: {loadtests: [{id: peak, file: a.log}]}\n";

Evidence evidenceOf(const QByteArray &manifests = {})
{
    Evidence evidence;
    evidence.service = readService(*YamlFile::parse(service, QStringLiteral("readiness/service.yaml"))).value;
    auto read = readManifests({YamlFile::parse(manifests, QStringLiteral("k8s.yaml"))});
    evidence.manifests = std::make_shared<Manifests>(std::move(read.value));
    return evidence;
}

const TestField &field(const char *path)
{
    for (const TestField &f : testFields()) {
        if (QLatin1StringView(f.path) == QLatin1StringView(path))
            return f;
    }
    qFatal("no field %s", path);
}

RecordDraft complete()
{
    return {QStringLiteral("zone-loss"),
            {{QStringLiteral("environment"), QStringLiteral("staging")},
             {QStringLiteral("started"), QStringLiteral("2026-11-05T14:00:00+09:00")},
             {QStringLiteral("duration"), QStringLiteral("900")},
             {QStringLiteral("who"), QStringLiteral("佐藤: \"SRE\"")},
             {QStringLiteral("image"), QStringLiteral("registry.example/id-auth:1.42.0")},
             {QStringLiteral("pods"), QStringLiteral("6")},
             {QStringLiteral("limits"), QStringLiteral("cpu=2, memory=1Gi")},
             {QStringLiteral("during"), QStringLiteral("# 400 req/s")},
             {QStringLiteral("loadtest"), QStringLiteral("peak")},
             {QStringLiteral("outcome.zone"), QStringLiteral("a")},
             {QStringLiteral("outcome.errors"), QStringLiteral("0")},
             {QStringLiteral("outcome.recovery-seconds"), QStringLiteral("45.5")},
             {QStringLiteral("result"), QStringLiteral("合格")},
             {QStringLiteral("links"), QStringLiteral("https://a.example/1 https://a.example/2")},
             {QStringLiteral("notes"), QStringLiteral("first\n- second: [")}}};
}

} // namespace

class TestRecordDraft : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsReadBack()
    {
        const QByteArray text = recordText(complete());
        const auto [r, errors, warnings] = readTestRecord(*YamlFile::parse(text, QStringLiteral("a.yaml")));
        QVERIFY2(errors.empty() && warnings.empty(), text.constData());
        QCOMPARE(r.missing, QStringList());
        QCOMPARE(r.kind, QStringLiteral("zone-loss"));
        QCOMPARE(*r.who, QStringLiteral("佐藤: \"SRE\""));
        QCOMPARE(*r.during, QStringLiteral("# 400 req/s"));
        QCOMPARE(r.limits[0].cpu, QStringLiteral("2"));
        QCOMPARE(*r.recoverySeconds, 45.5);
        QCOMPARE(*r.passed, true);
        QCOMPARE(r.links->size(), 2);
        QCOMPARE(*r.notes, QStringLiteral("first\n- second: ["));
        QVERIFY(unanswered(complete()).empty());
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("complaint"); // part of it; empty: fine
        const auto row = [](const char *kind, const char *path, const char *answer, const char *complaint) {
            QTest::addRow("%s: %s", path, answer) << QByteArray(kind) << QByteArray(path) << QString::fromUtf8(answer) << QString::fromUtf8(complaint);
        };
        row("smoke", "environment", "staging", "");
        row("smoke", "environment", "stagging", "did you mean “staging”?");
        row("smoke", "environment", "moon", "it has: staging, production");
        row("smoke", "started", "2026-11-05 14:00", "");
        row("smoke", "started", "2026-11-05T14:00:00Z", "");
        row("smoke", "started", "yesterday", "is a date and time");
        row("smoke", "started", "2026-11-05", "is a date and time");
        row("smoke", "pods", "6", "");
        row("smoke", "pods", "six", "a whole number from 0 on");
        row("smoke", "pods", "-1", "a whole number from 0 on");
        row("smoke", "pods", "6, kind: liveness", "a whole number");
        row("zone-loss", "duration", "1.5", "");
        row("zone-loss", "duration", "15 min", "a number from 0 on");
        row("zone-loss", "outcome.errors", "0", "");
        row("zone-loss", "loadtest", "peak", "");
        row("zone-loss", "loadtest", "peek", "did you mean “peak”?");
        row("dependency-down", "outcome.dependency", "users-db", "");
        row("dependency-down", "outcome.dependency", "users", "did you mean “users-db”?");
        row("dependency-down", "outcome.contained", "はい", "");
        row("dependency-down", "outcome.contained", "No", "");
        row("dependency-down", "outcome.contained", "perhaps", "true or false");
        row("liveness", "outcome.liveness", "normal=200, users-db: 200", "");
        row("liveness", "outcome.liveness", "{normal: 200}", "");
        row("liveness", "outcome.liveness", "normal=2", "from 100 on");
        row("liveness", "outcome.liveness", "200", "`outcome.liveness.200`");
        row("liveness", "outcome.liveness", "{normal: [", "a map of names and numbers");
        row("zone-return", "outcome.pods-per-zone", "a=2, b=0", "");
        row("zone-return", "outcome.pods-per-zone", "a=two", "a whole number");
        row("smoke", "limits", "cpu=500m, memory=none", "");
        row("smoke", "limits", "none", "");
        row("smoke", "limits", "{app: {cpu: 2}}", "");
        row("smoke", "limits", "disk=2", "disk");
        row("smoke", "limits", "memory=lots", "an amount such as 500m");
        row("smoke", "outcome.requests", "health=200 38ms, token=401 fail", "");
        row("smoke", "outcome.requests", "health=ok", "a whole number");
        row("smoke", "links", "none", "");
        row("smoke", "links", "https://a.example/?a=b,https://b.example", "");
        row("smoke", "result", "fail", "");
        row("smoke", "result", "ok", "pass or fail");
        row("smoke", "who", "a: [b", "");
        row("smoke", "notes", "{a", "");
        row("smoke", "who", "", "");
    }
    void answers()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, path);
        QFETCH(QString, answer);
        QFETCH(QString, complaint);
        const Text said = complaintAbout(evidenceOf(), QString::fromLatin1(kind), field(path.constData()), answer);
        if (complaint.isEmpty())
            QCOMPARE(said.en, QString());
        else
            QVERIFY2(said.en.contains(complaint), qPrintable(said.en));
        QCOMPARE(said.ja.isEmpty(), said.en.isEmpty());
    }

    void longAnswersAreRefused()
    {
        QVERIFY(!complaintAbout(evidenceOf(), QStringLiteral("smoke"), field("notes"), QString(5'000, u'a')).isEmpty());
    }

    void smokeAnswersAreTakenApart()
    {
        const RecordDraft draft{QStringLiteral("smoke"), {{QStringLiteral("outcome.requests"), QStringLiteral("health=200 38.5ms pass, token=401")}}};
        const TestRecord r = readTestRecord(*YamlFile::parse(recordText(draft), QStringLiteral("a.yaml"))).record;
        QCOMPARE(r.smoke->size(), size_t(2));
        QCOMPARE(*(*r.smoke)[0].milliseconds, 38.5);
        QCOMPARE(*(*r.smoke)[0].passed, true);
        QCOMPARE(*(*r.smoke)[1].status, 401);
    }

    void proposals()
    {
        const Evidence evidence = evidenceOf("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec: {template: {spec: {containers: "
                                             "[{name: proxy, image: p:1}, {name: app, image: 'r/app:1.2', resources: {limits: {memory: 1Gi}}}]}}}\n");
        const RecordDraft draft = proposedRecord(evidence, QStringLiteral("dependency-down"), QStringLiteral("Sato"));
        QCOMPARE(draft.answers.value(QStringLiteral("image")), QStringLiteral("r/app:1.2"));
        QCOMPARE(draft.answers.value(QStringLiteral("limits")), QStringLiteral("cpu=none, memory=1Gi"));
        QCOMPARE(draft.answers.value(QStringLiteral("who")), QStringLiteral("Sato"));
        QCOMPARE(draft.answers.value(QStringLiteral("outcome.dependency")), QStringLiteral("users-db"));
        QVERIFY(!draft.answers.contains(QStringLiteral("environment"))); // there are two
        for (const auto &[path, answer] : draft.answers.asKeyValueRange())
            QVERIFY(complaintAbout(evidence, draft.kind, field(path.toLatin1().constData()), answer).isEmpty());
        QCOMPARE(proposedRecord(Evidence(), QStringLiteral("smoke"), {}).answers.size(), 0);
    }

    void nothingIsOverwritten()
    {
        QTemporaryDir dir;
        const Result<QString> first = writeRecord(dir.path(), complete());
        QVERIFY(first);
        QCOMPARE(*first, QStringLiteral("readiness/tests/2026-11-05-zone-loss.yaml"));
        QFile file(dir.filePath(*first));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), recordText(complete()));
        RecordDraft other = complete();
        other.answers.insert(QStringLiteral("pods"), QStringLiteral("7"));
        QCOMPARE(*writeRecord(dir.path(), other), QStringLiteral("readiness/tests/2026-11-05-zone-loss-2.yaml"));
        file.seek(0);
        QCOMPARE(file.readAll(), recordText(complete()));
        QFile::link(dir.filePath(QStringLiteral("nowhere")), dir.filePath(QStringLiteral("readiness/tests/2026-11-05-zone-loss-3.yaml")));
        QCOMPARE(*writeRecord(dir.path(), other), QStringLiteral("readiness/tests/2026-11-05-zone-loss-4.yaml"));
        // Nothing half-written is left beside them.
        QCOMPARE(QDir(dir.filePath(QStringLiteral("readiness/tests"))).entryList(QDir::Files | QDir::Hidden | QDir::System).size(), 4);
    }

    void neverOutsideTheFolder()
    {
        QTemporaryDir dir, elsewhere;
        QDir().mkpath(dir.filePath(QStringLiteral("readiness")));
        QVERIFY(QFile::link(elsewhere.path(), dir.filePath(QStringLiteral("readiness/tests"))));
        QVERIFY(!writeRecord(dir.path(), complete()));
        QVERIFY(QDir(elsewhere.path()).isEmpty());
        QTemporaryDir second;
        QVERIFY(QFile::link(elsewhere.path(), second.filePath(QStringLiteral("readiness"))));
        QVERIFY(!writeRecord(second.path(), complete()));
        QVERIFY(QDir(elsewhere.path()).isEmpty());
    }

    void aFolderThatCannotBeWritten()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("readiness")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const Result<QString> written = writeRecord(dir.path(), complete());
        QVERIFY(!written);
        QVERIFY(!written.error().message.ja.isEmpty());
    }

    void withoutADay()
    {
        QTemporaryDir dir;
        QCOMPARE(*writeRecord(dir.path(), {QStringLiteral("smoke"), {}}), QStringLiteral("readiness/tests/undated-smoke.yaml"));
    }
};

QTEST_APPLESS_MAIN(TestRecordDraft)
#include "tst_recorddraft.moc"
