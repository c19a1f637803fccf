// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "fakedatadog/fakehttp.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

/// `tenken smoke`, as it is called from a shell, against a server in this process.
class TestSmoke : public QObject
{
    Q_OBJECT

private:
    static constexpr const char *token = "t0ken-0123456789abcdef";

    /// The server answers from this thread, so it may not sleep until the program ends.
    static CliOutcome run(const QStringList &arguments, bool withToken = true, const QByteArray &typed = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (withToken)
            environment.insert(QStringLiteral("SMOKE_TOKEN"), QString::fromLatin1(token));
        environment.insert(QStringLiteral("USER"), QStringLiteral("sato"));
        process.setProcessEnvironment(environment);
        QSignalSpy ended(&process, &QProcess::finished);
        process.start(QStringLiteral(TENKEN_PROGRAM), QStringList{QStringLiteral("smoke")} + arguments + QStringList{QStringLiteral("--lang"), QStringLiteral("en")});
        process.write(typed);
        process.closeWriteChannel();
        if (ended.isEmpty() && !ended.wait(120'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static void fill(const QTemporaryDir &dir, const FakeHttp &server)
    {
        const QByteArray url = server.url(QStringLiteral("/")).toEncoded();
        QVERIFY(!putFile(dir, QStringLiteral("readiness/service.yaml"),
                         "format: tenken.service/1\nid: id-auth\nenvironments:\n- id: staging\n  smoke: [{id: health, url: '" + url + "healthz', body: up}]\n"
                         "- id: production\n  smoke: [{id: token, url: '" + url + "token', headers: {Authorization: 'Bearer ${SMOKE_TOKEN}'}}]\n- empty\n").isEmpty());
    }

    static QStringList records(const QTemporaryDir &dir)
    {
        return QDir(dir.filePath(QStringLiteral("readiness/tests"))).entryList(QDir::Files | QDir::Hidden);
    }

private slots:
    void init()
    {
        m_status = 200;
        m_server = std::make_unique<FakeHttp>([this](const FakeRequest &) -> FakeAnswer { return {.status = m_status, .body = "up"}; });
        QVERIFY(m_server->listen());
        m_dir = std::make_unique<QTemporaryDir>();
        fill(*m_dir, *m_server);
    }

    void greenIsRecordedAndJudged()
    {
        const CliOutcome outcome = run({m_dir->path(), "--environment", "staging", "--image", "app:1", "--pods", "2", "--limits", "none"});
        QVERIFY2(outcome.code == 0, outcome.err);
        QVERIFY2(outcome.out.contains("staging: 1 of 1 requests passed") && !outcome.out.contains("Not said"), outcome.out);
        QCOMPARE(records(*m_dir).size(), 1);
        QVERIFY(records(*m_dir).front().startsWith("smoke-staging-"));
        const CliOutcome check = runTenken({"check", m_dir->path(), "--item", "monitoring.smoke-tool", "--format", "json"});
        QVERIFY2(check.out.contains("\"pass\""), check.out);
    }

    void redFails()
    {
        m_status = 503;
        const CliOutcome outcome = run({m_dir->path(), "--environment", "staging"});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.out.contains("answered 503, wanted 200"), outcome.out);
        QVERIFY2(outcome.out.contains("Not said") && outcome.out.contains("--image"), outcome.out);
        const QByteArray record = fileText(m_dir->filePath("readiness/tests/" + records(*m_dir).front()));
        QVERIFY2(record.contains("result: fail") && record.contains("\"status\": 503"), record);
    }

    void aMissingVariableIsNotSent()
    {
        const CliOutcome outcome = run({m_dir->path(), "--environment", "production"}, false);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.out.contains("SMOKE_TOKEN is not set"), outcome.out);
        QVERIFY(m_server->requests().empty());
    }

    void productionIsAskedFor()
    {
        CliOutcome outcome = run({m_dir->path()}, true, "n\n");
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("production: 1 requests go to 127.0.0.1") && outcome.err.contains("Nothing was sent"), outcome.err);
        QVERIFY(m_server->requests().empty() && records(*m_dir).isEmpty());
        outcome = run({m_dir->path()}, true, "y\n");
        QCOMPARE(outcome.code, 0);
        QCOMPARE(m_server->requests().size(), size_t(2));
        QCOMPARE(run({m_dir->path(), "--yes", "--no-record"}).code, 0);
        QCOMPARE(records(*m_dir).size(), 2);
        QCOMPARE(run({m_dir->path()}, true, "").code, 2); // the input ended
    }

    void json()
    {
        const CliOutcome outcome = run({m_dir->path(), "--environment", "production", "--format", "json"});
        QCOMPARE(outcome.code, 0);
        const QJsonObject one = outcome.json().value("runs").toArray().at(0).toObject();
        QCOMPARE(one.value("environment").toString(), QStringLiteral("production"));
        QVERIFY(one.value("passed").toBool() && one.value("record").toString().startsWith("readiness/tests/smoke-production-"));
        QCOMPARE(one.value("requests").toArray().at(0).toObject().value("status").toInt(), 200);
        QVERIFY(!outcome.out.contains(token) && !outcome.err.contains(token));
        QCOMPARE(m_server->requests().at(0).headers.value("authorization"), QByteArray("Bearer ") + token);
        QVERIFY(!fileText(m_dir->filePath("readiness/tests/" + records(*m_dir).front())).contains(token));
    }

    void dryRunSendsNothing()
    {
        const CliOutcome outcome = run({m_dir->path(), "--dry-run"});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.contains("curl ") && outcome.out.contains("\"$SMOKE_TOKEN\"") && !outcome.out.contains(token), outcome.out);
        QVERIFY(m_server->requests().empty() && records(*m_dir).isEmpty());
    }

    void wrongUse()
    {
        QVERIFY(run({m_dir->path(), "--environment", "stagin"}).err.contains("it has: staging, production, empty"));
        QVERIFY(run({m_dir->path(), "--environment", "empty"}).err.contains("There are no requests"));
        QCOMPARE(run({m_dir->path(), "--format", "xml"}).code, 2);
        QCOMPARE(run({}).code, 2);
        QCOMPARE(run({QDir::tempPath() + "/no-such-folder"}).code, 2);
        QCOMPARE(run({m_dir->path(), "--environment", "staging", "--pods", "many"}).code, 2);
        QVERIFY(m_server->requests().empty());
    }

    void whatIsLeftOutIsSaid()
    {
        QVERIFY(!putFile(*m_dir, QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\nenvironments: [{id: staging, smoke: [{id: a, url: '"
                         + m_server->url("/x").toEncoded() + "'}, {id: b, url: 'http://far.example/', headers: {X: '${A}'}}]}]\n").isEmpty());
        const CliOutcome outcome = run({m_dir->path(), "--no-record"});
        QVERIFY2(outcome.err.contains("would be sent unencrypted"), outcome.err);
        QCOMPARE(m_server->requests().size(), size_t(1));
    }

private:
    int m_status = 200;
    std::unique_ptr<FakeHttp> m_server;
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestSmoke)
#include "tst_smoke.moc"
