// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// `tenken record`, and `--today` of the commands that judge records, as they are called from a shell.
class TestRecord : public QObject
{
    Q_OBJECT

private:
    struct Outcome {
        int code = -1;
        QByteArray out, err;
    };
    static Outcome run(const QStringList &arguments, const QByteArray &typed = {})
    {
        QProcess process;
        process.start(QStringLiteral(TENKEN_PROGRAM), arguments);
        process.write(typed);
        process.closeWriteChannel();
        if (!process.waitForFinished(120'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    /// A service's folder with one environment and one dependency.
    static void fill(const QTemporaryDir &dir)
    {
        QVERIFY(QDir().mkpath(dir.filePath(QStringLiteral("readiness"))));
        QFile service(dir.filePath(QStringLiteral("readiness/service.yaml")));
        QVERIFY(service.open(QIODevice::WriteOnly));
        service.write("format: tenken.service/1\nid: id-auth\nenvironments: [staging]\ndependencies: [{id: users-db}]\n");
    }

    static QStringList records(const QTemporaryDir &dir)
    {
        return QDir(dir.filePath(QStringLiteral("readiness/tests"))).entryList(QDir::Files | QDir::Hidden);
    }

    static QByteArray text(const QTemporaryDir &dir, const QString &name)
    {
        QFile file(dir.filePath(QStringLiteral("readiness/tests/") + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QStringList liveness(const QTemporaryDir &dir)
    {
        return {"record", dir.path(), "--kind", "liveness", "--environment", "staging", "--started", "2026-11-05T14:00:00+09:00",
                "--who", "Sato", "--image", "app:1.0", "--pods", "2", "--limits", "none", "--during", "nothing", "--links", "none",
                "--liveness", "normal=200, users-db=200", "--result", "pass", "--lang", "en"};
    }

private slots:
    void everythingByOptions()
    {
        QTemporaryDir dir;
        fill(dir);
        const Outcome outcome = run(liveness(dir) + QStringList{"--yes"});
        QVERIFY2(outcome.code == 0, outcome.err);
        QVERIFY(outcome.out.contains("Wrote readiness/tests/2026-11-05-liveness.yaml"));
        QVERIFY2(!outcome.err.contains("Not said"), outcome.err);
        QCOMPARE(records(dir), QStringList{"2026-11-05-liveness.yaml"});
        const Outcome check = run({"check", dir.path(), "--item", "resilience.liveness-200", "--today", "2026-11-20", "--fail-on", "warn"});
        QVERIFY2(check.code == 0, check.out);
        const Outcome later = run({"check", dir.path(), "--item", "resilience.liveness-200", "--today", "2027-11-20", "--fail-on", "unknown", "--lang", "en"});
        QVERIFY2(later.code == 1 && later.out.contains("380 days old"), later.out);
    }

    void nothingIsOverwritten()
    {
        QTemporaryDir dir;
        fill(dir);
        QCOMPARE(run(liveness(dir) + QStringList{"-y"}).code, 0);
        const QByteArray before = text(dir, QStringLiteral("2026-11-05-liveness.yaml"));
        QCOMPARE(run(liveness(dir) + QStringList{"-y", "--notes", "again"}).code, 0);
        QCOMPARE(records(dir), (QStringList{"2026-11-05-liveness-2.yaml", "2026-11-05-liveness.yaml"}));
        QCOMPARE(text(dir, QStringLiteral("2026-11-05-liveness.yaml")), before);
        QVERIFY(text(dir, QStringLiteral("2026-11-05-liveness-2.yaml")).contains("notes: "));
    }

    void whatOptionsDoNotSayIsAsked()
    {
        QTemporaryDir dir;
        fill(dir);
        // environment: as proposed; started: wrong, then right; duration, who, image, pods; limits; during; no load test;
        // dependency: as proposed; errors; contained; no liveness; readiness; result; links; notes
        const QByteArray typed = "\nyesterday\n2026-11-05T14:00:00Z\n300\n佐藤\napp:1.0\n2\nmemory=1Gi\n負荷なし\n-\n\n0\nはい\n-\nusers-db=503\n合格\nnone\nbye\n";
        const Outcome outcome = run({"record", dir.path(), "--kind", "dependency-down", "--lang", "ja"}, typed);
        QVERIFY2(outcome.code == 0, outcome.err);
        QVERIFY(QString::fromUtf8(outcome.err).contains(QStringLiteral("時差付きの日時")));
        QVERIFY(QString::fromUtf8(outcome.err).contains(QStringLiteral("[users-db]")));
        const QByteArray record = text(dir, QStringLiteral("2026-11-05-dependency-down.yaml"));
        for (const char *line : {"environment: staging\n", "who: 佐藤\n", "limits: {memory: \"1Gi\"}\n", "  dependency: users-db\n", "  contained: true\n",
                                 "  readiness: {users-db: 503}\n", "result: pass\n", "links: []\n", "notes: "})
            QVERIFY2(record.contains(line), record.constData());
        QVERIFY(!record.contains("loadtest") && !record.contains("commit") && !record.contains("liveness"));
        const Outcome check = run({"check", dir.path(), "--item", "resilience.readiness-503", "--today", "2026-11-20", "--format", "json"});
        QVERIFY(!check.out.contains("\"unreadable\": [\n        {"));
    }

    void anEndOfInputWritesNothing()
    {
        QTemporaryDir dir;
        fill(dir);
        const Outcome outcome = run({"record", dir.path(), "--kind", "smoke", "--lang", "en"}, "staging\n");
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.err.contains("nothing was written"));
        QCOMPARE(records(dir), QStringList());
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("complaint");
        QTest::newRow("no kind") << QStringList{} << QByteArray("name the kind of test with --kind");
        QTest::newRow("misspelt kind") << QStringList{"--kind", "zone-los"} << QByteArray("Did you mean zone-loss?");
        QTest::newRow("wrong number") << QStringList{"--kind", "zone-loss", "--errors", "few", "--yes"} << QByteArray("--errors: ");
        QTest::newRow("not of the kind") << QStringList{"--kind", "smoke", "--zone", "a", "--yes"} << QByteArray("--zone: is not part of kind smoke");
        QTest::newRow("unknown dependency") << QStringList{"--kind", "dependency-down", "--dependency", "user-db", "--yes"} << QByteArray("did you mean");
        QTest::newRow("no start") << QStringList{"--kind", "smoke", "--result", "pass", "--yes"} << QByteArray("without --started");
        QTest::newRow("no result") << QStringList{"--kind", "smoke", "--started", "2026-11-05 14:00", "--yes"} << QByteArray("without --result");
        QTest::newRow("unknown option") << QStringList{"--kind", "smoke", "--colour", "red"} << QByteArray("colour");
    }
    void wrongUse()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, complaint);
        QTemporaryDir dir;
        fill(dir);
        const Outcome outcome = run(QStringList{"record", dir.path(), "--lang", "en"} + options);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(complaint), outcome.err);
        QCOMPARE(records(dir), QStringList());
    }

    void foldersThatAreNoService()
    {
        QTemporaryDir dir;
        QCOMPARE(run({"record", dir.path(), "--kind", "smoke"}).code, 2);
        QCOMPARE(run({"record", "--kind", "smoke"}).code, 2);
        QVERIFY(QDir(dir.path()).isEmpty());
    }

    void printingWritesNothing()
    {
        QTemporaryDir dir;
        fill(dir);
        const Outcome outcome = run({"record", dir.path(), "--kind", "smoke", "--started", "2026-11-05 14:00", "--result", "fail", "--yes", "--print", "--lang", "en"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.startsWith("format: tenken.test/1\nkind: smoke\nstarted: "));
        QVERIFY2(outcome.err.contains("Not said, so that the verdict will be warn or unknown: Environment"), outcome.err);
        QCOMPARE(records(dir), QStringList());
    }

    void todayHasToBeADay()
    {
        QTemporaryDir dir;
        fill(dir);
        QCOMPARE(run({"check", dir.path(), "--today", "tomorrow"}).code, 2);
        QCOMPARE(run({"export", dir.path(), "-o", dir.filePath("a.pdf"), "--today", "2026-13-01"}).code, 2);
    }

    void theDemosRecordsAreJudged()
    {
        const QString demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");
        const auto verdicts = [&](const QString &day) {
            const Outcome outcome = run({"check", demo, "--format", "json", "--today", day, "--item", "resilience.liveness-200", "--item", "resilience.readiness-503",
                                         "--item", "resilience.mixed-versions", "--item", "resilience.dependency-return", "--item", "monitoring.smoke-tool"});
            QStringList all;
            for (const QJsonValue &item : QJsonDocument::fromJson(outcome.out).object()["items"].toArray())
                all << item["id"].toString().section(u'.', 1) + u' ' + item["verdict"].toString();
            return all.join(QStringLiteral(", "));
        };
        QCOMPARE(verdicts(QStringLiteral("2026-11-23")), QStringLiteral("liveness-200 pass, readiness-503 warn, mixed-versions pass, dependency-return pass, smoke-tool pass"));
        QCOMPARE(verdicts(QStringLiteral("2027-11-23")), QStringLiteral("liveness-200 unknown, readiness-503 unknown, mixed-versions unknown, dependency-return unknown, smoke-tool unknown"));
    }
};

QTEST_GUILESS_MAIN(TestRecord)
#include "tst_record.moc"
