// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakehttp.h"
#include "rules/support.h"

#include <evidence/evidence.h>
#include <network/smokeanswer.h>
#include <network/smokerecord.h>

#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;
using State = SmokeResult::State;
using Delivery = FakeAnswer::Delivery;

Q_DECLARE_METATYPE(tenken::SmokeResult::State)

namespace
{

const QByteArray secret = "s3cr3t-0123456789abcdef";

SmokeRequest requestTo(const QUrl &url, const QString &id = u"r"_s)
{
    SmokeRequest request;
    request.id = id;
    request.url = url.toString();
    return request;
}

/// Runs to the end with the variables that are given.
void finish(SmokeRun &run, const QMap<QString, QByteArray> &variables = {})
{
    run.lookup = [variables](const QString &name) -> std::optional<QByteArray> {
        return variables.contains(name) ? std::optional(variables.value(name)) : std::nullopt;
    };
    QSignalSpy spy(&run, &SmokeRun::finished);
    run.start();
    QVERIFY(spy.wait(20'000));
}

SmokeResult resultOf(const SmokeRequest &request, const QMap<QString, QByteArray> &variables = {}, const QList<QSslCertificate> &authorities = {})
{
    SmokeRun run({u"staging"_s, 4, {request}, {}});
    run.authorities = authorities;
    finish(run, variables);
    return run.results().front();
}

quint16 closedPort()
{
    QTcpServer server;
    (void)server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

class TestSmokeRun : public QObject
{
    Q_OBJECT

private slots:
    void answers_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("follow");
        QTest::addColumn<State>("state");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *path, const char *pattern, bool follow, State state, int status, const char *error) {
            QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(pattern) << follow << state << status << QString::fromLatin1(error);
        };
        row("well", "/ok", "", false, State::Passed, 200, "");
        row("well, with the pattern", "/ok", "\"status\": *\"up\"", false, State::Passed, 200, "");
        row("another status", "/503", "", false, State::Failed, 503, "");
        row("another status before the pattern", "/503", "up", false, State::Failed, 503, "");
        row("pattern absent", "/ok", "down", false, State::Failed, 200, "body");
        row("pattern of too many ways", "/aaa", "(a+)+[bc]", false, State::Failed, 200, "pattern");
        row("too large for a pattern", "/large", "x", false, State::Failed, 0, "too-large");
        row("large without a pattern", "/large", "", false, State::Passed, 200, "");
        row("slow", "/silent", "", false, State::Failed, 0, "timeout");
        row("stalls", "/stall", "", false, State::Failed, 0, "timeout");
        row("reset", "/reset", "", false, State::Failed, 0, "connection");
        row("no HTTP", "/nothttp", "", false, State::Failed, 0, "connection");
        row("redirect that is not followed", "/away", "", false, State::Failed, 302, "");
        row("redirect that is followed", "/away", "up", true, State::Passed, 200, "");
        row("redirect in a ring", "/ring", "", true, State::Failed, 302, "redirect");
    }
    void answers()
    {
        QFETCH(QString, path);
        FakeHttp server([](const FakeRequest &r) -> FakeAnswer {
            const QString path = r.path();
            if (path == u"/503")
                return {.status = 503, .body = "down"};
            if (path == u"/aaa")
                return {.body = QByteArray(5'000, 'a')};
            if (path == u"/large")
                return {.body = QByteArray(1024 * 1024 + 1, 'y')};
            if (path == u"/silent")
                return {.body = "x", .delivery = Delivery::Silent};
            if (path == u"/stall")
                return {.body = "xxxx", .delivery = Delivery::Stall};
            if (path == u"/reset")
                return {.delivery = Delivery::Reset};
            if (path == u"/nothttp")
                return {.body = "hello\r\n\r\n", .delivery = Delivery::NotHttp};
            if (path == u"/away")
                return {.status = 302, .headers = {{"Location", "/ok"}}};
            if (path == u"/ring")
                return {.status = 302, .headers = {{"Location", "/ring"}}};
            return {.body = R"({"status": "up"})"};
        });
        QVERIFY(server.listen());
        SmokeRequest request = requestTo(server.url(path));
        QFETCH(QString, pattern);
        QFETCH(bool, follow);
        QFETCH(State, state);
        request.bodyPattern = pattern;
        request.followRedirects = follow;
        if (path == u"/silent" || path == u"/stall")
            request.seconds = 0.3;
        const SmokeResult result = resultOf(request);
        QVERIFY2(result.state == state, qPrintable(result.reason.en));
        QTEST(result.error, "error");
        QFETCH(int, status);
        if (status > 0)
            QCOMPARE(result.status, status);
        QCOMPARE(result.reason.isEmpty(), state == State::Passed);
    }

    void whatIsSent()
    {
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {.status = 201}; });
        QVERIFY(server.listen());
        SmokeRequest request = requestTo(server.url(u"/v1/token"_s));
        request.method = u"POST"_s;
        request.headers = {{u"Authorization"_s, u"Bearer ${SMOKE_TOKEN}"_s}, {u"X-Plain"_s, u"a"_s}};
        request.send = u"{\"token\": \"${SMOKE_TOKEN}\"}"_s;
        request.status.ranges = {{200, 299}};
        QCOMPARE(resultOf(request, {{u"SMOKE_TOKEN"_s, secret}}).state, State::Passed);
        const FakeRequest sent = server.requests().at(0);
        QCOMPARE(sent.method, QByteArray("POST"));
        QCOMPARE(sent.headers.value("authorization"), "Bearer " + secret);
        QCOMPARE(sent.headers.value("content-type"), QByteArray("application/json"));
        QCOMPARE(sent.headers.value("x-plain"), QByteArray("a"));
        QCOMPARE(sent.body, "{\"token\": \"" + secret + "\"}");
    }

    void methods_data()
    {
        QTest::addColumn<QString>("method");
        for (const char *method : {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"})
            QTest::newRow(method) << QString::fromLatin1(method);
    }
    void methods()
    {
        QFETCH(QString, method);
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {.status = 204}; });
        QVERIFY(server.listen());
        SmokeRequest request = requestTo(server.url(u"/x"_s));
        request.method = method;
        request.status.ranges = {{204, 204}};
        QCOMPARE(resultOf(request).state, State::Passed);
        QCOMPARE(QString::fromLatin1(server.requests().at(0).method), method);
    }

    void aMissingVariableIsSaid()
    {
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {}; });
        QVERIFY(server.listen());
        SmokeRequest request = requestTo(server.url(u"/x"_s));
        request.headers = {{u"Authorization"_s, u"Bearer ${SMOKE_TOKEN}"_s}};
        for (const QMap<QString, QByteArray> &variables : {QMap<QString, QByteArray>{}, {{u"SMOKE_TOKEN"_s, QByteArray()}}}) {
            const SmokeResult result = resultOf(request, variables);
            QCOMPARE(result.state, State::NotSent);
            QCOMPARE(result.error, u"variable"_s);
            QCOMPARE(result.reason.en, u"the environment variable SMOKE_TOKEN is not set"_s);
        }
        const SmokeResult broken = resultOf(request, {{u"SMOKE_TOKEN"_s, secret + "\r\nX-Evil: 1"}});
        QCOMPARE(broken.state, State::NotSent);
        QVERIFY(!broken.reason.en.contains(QString::fromUtf8(secret)));
        QVERIFY(server.requests().empty());
        QCOMPARE(missingVariables({u"a"_s, 4, {request, request}, {}}, [](const QString &) { return std::nullopt; }), QStringList{u"SMOKE_TOKEN"_s});
    }

    void headersStayWithTheirHost()
    {
        FakeHttp other([](const FakeRequest &) -> FakeAnswer { return {}; });
        QVERIFY(other.listen());
        FakeHttp server([&](const FakeRequest &) -> FakeAnswer { return {.status = 302, .headers = {{"Location", other.url(u"/b"_s).toEncoded()}}}; });
        QVERIFY(server.listen());
        SmokeRequest request = requestTo(server.url(u"/a"_s));
        request.headers = {{u"Authorization"_s, u"Bearer ${SMOKE_TOKEN}"_s}};
        request.followRedirects = true;
        QCOMPARE(resultOf(request, {{u"SMOKE_TOKEN"_s, secret}}).state, State::Passed);
        QVERIFY(server.requests().at(0).headers.contains("authorization"));
        QVERIFY(!other.requests().at(0).headers.contains("authorization"));
    }

    void secretsDoNotGoUnencrypted()
    {
        SmokeRequest request = requestTo(QUrl(u"http://smoke.invalid/x"_s));
        request.headers = {{u"Authorization"_s, u"Bearer ${SMOKE_TOKEN}"_s}};
        const SmokeResult result = resultOf(request, {{u"SMOKE_TOKEN"_s, secret}});
        QCOMPARE(result.state, State::NotSent);
        QVERIFY2(result.reason.en.contains(u"without encryption"), qPrintable(result.reason.en));
        QVERIFY(smokePolicy(requestTo(QUrl(u"http://smoke.invalid/x"_s))).plainHttp);
        QVERIFY(!smokePolicy(request).plainHttp);
    }

    void refusedAndUnknownHosts()
    {
        const SmokeResult refused = resultOf(requestTo(QUrl(u"http://127.0.0.1:%1/"_s.arg(closedPort()))));
        QCOMPARE(refused.state, State::Failed);
        QCOMPARE(refused.error, u"refused"_s);
        const SmokeResult unknown = resultOf(requestTo(QUrl(u"http://no-such-host.invalid/"_s)));
        QCOMPARE(unknown.state, State::Failed);
        QVERIFY2(unknown.error == u"dns" || unknown.error == u"timeout", qPrintable(unknown.error));
    }

    void certificates()
    {
        const FakeCertificate good = makeCertificate(u"localhost"_s);
        if (!good.error.isEmpty())
            QSKIP(qPrintable(good.error));
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {}; }, good.tls);
        QVERIFY(server.listen());
        const SmokeRequest request = requestTo(server.url(u"/"_s, u"localhost"_s));
        const SmokeResult trusted = resultOf(request, {}, {good.certificate});
        QVERIFY2(trusted.state == State::Passed, qPrintable(trusted.reason.en));
        QCOMPARE(trusted.certificateExpires, good.certificate.expiryDate());
        const SmokeResult stranger = resultOf(request);
        QCOMPARE(stranger.state, State::Failed);
        QCOMPARE(stranger.error, u"tls"_s);
    }

    void anExpiredCertificate()
    {
        const FakeCertificate old = makeCertificate(u"localhost"_s, true);
        if (!old.error.isEmpty())
            QSKIP(qPrintable(old.error));
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {}; }, old.tls);
        QVERIFY(server.listen());
        const SmokeResult result = resultOf(requestTo(server.url(u"/"_s, u"localhost"_s)), {}, {old.certificate});
        QCOMPARE(result.error, u"tls"_s);
        QCOMPARE(result.certificateExpires, old.certificate.expiryDate());
    }

    void inParallelAndNoMore()
    {
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {.delayMs = 50}; });
        QVERIFY(server.listen());
        ServiceEnvironment environment{u"staging"_s, 3, {}, {}};
        for (int i = 0; i < 9; ++i)
            environment.smoke.push_back(requestTo(server.url(u"/%1"_s.arg(i)), QString::number(i)));
        SmokeRun run(environment);
        finish(run);
        QCOMPARE(server.requests().size(), size_t(9));
        QCOMPARE(server.mostParallel(), 3);
        for (const SmokeResult &result : run.results())
            QCOMPARE(result.state, State::Passed);
    }

    void cancel()
    {
        FakeHttp server([](const FakeRequest &) -> FakeAnswer { return {.delivery = Delivery::Silent}; });
        QVERIFY(server.listen());
        ServiceEnvironment environment{u"staging"_s, 2, {}, {}};
        for (int i = 0; i < 5; ++i)
            environment.smoke.push_back(requestTo(server.url(u"/"_s), QString::number(i)));
        SmokeRun run(environment);
        QSignalSpy spy(&run, &SmokeRun::finished);
        run.start();
        QTRY_COMPARE(server.requests().size(), size_t(2));
        run.cancel();
        QTRY_COMPARE(spy.count(), 1);
        QVERIFY(run.wasCancelled() && !run.isRunning());
        for (const SmokeResult &result : run.results())
            QCOMPARE(result.state, State::NotSent);
        QVERIFY(!smokeRecord(run, {}).answers.contains(u"result"_s));
    }

    void nothingToSend()
    {
        SmokeRun run({u"staging"_s, 4, {}, {}});
        finish(run);
        QVERIFY(!smokeRecord(run, {}).answers.contains(u"result"_s));
    }

    void records_data();
    void records();
    void curl();
    void production();
};

// From service.yaml over the wire and the file back to the rule's verdict.
void TestSmokeRun::records_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("variable");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("green") << 200 << true << u"6"_s << u"pass"_s;
    QTest::newRow("red") << 500 << true << u"6"_s << u"fail"_s;
    QTest::newRow("not said how many Pods") << 200 << true << QString() << u"warn"_s;
    QTest::newRow("not sent") << 200 << false << u"6"_s << u"unknown"_s;
}

void TestSmokeRun::records()
{
    QFETCH(int, status);
    QFETCH(bool, variable);
    QFETCH(QString, more);
    FakeHttp server([&](const FakeRequest &) -> FakeAnswer { return {.status = status, .body = "private body"}; });
    QVERIFY(server.listen());
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"readiness"_s));
    QFile service(folder.filePath(u"readiness/service.yaml"_s));
    QVERIFY(service.open(QFile::WriteOnly));
    service.write("format: tenken.service/1\nid: id-auth\nchecklist: zozotown\nenvironments:\n- id: 'stag/ing'\n  smoke:\n  - {id: health, url: '"
                  + server.url(u"/healthz?q=1"_s).toEncoded() + "', headers: {Authorization: 'Bearer ${SMOKE_TOKEN}'}}\n");
    service.close();
    const auto evidence = readEvidence(folder.path());
    QVERIFY(evidence && evidence->service.environments);
    SmokeRun run(evidence->service.environments->front());
    finish(run, variable ? QMap<QString, QByteArray>{{u"SMOKE_TOKEN"_s, secret}} : QMap<QString, QByteArray>{});
    const QMap<QString, QString> said{{u"who"_s, u"佐藤"_s}, {u"pods"_s, more}, {u"image"_s, u"registry.example/id-auth:1"_s}, {u"limits"_s, u"cpu=1, memory=1Gi"_s}};
    const auto written = writeRecord(folder.path(), smokeRecord(run, said), smokeRecordName(run));
    QVERIFY2(written, qPrintable(written ? QString() : written.error().message.en));
    QVERIFY2(written->startsWith(u"readiness/tests/smoke-stag_ing-2"), qPrintable(*written));

    const auto again = readEvidence(folder.path());
    QVERIFY(again);
    QVERIFY2(again->unreadable.empty(), qPrintable(again->unreadable.empty() ? QString() : again->unreadable[0].toString(Lang::En)));
    QCOMPARE(again->records.size(), size_t(1));
    QString verdict;
    for (const Finding &finding : test::judge(*again, u"smoke"_s)) {
        if (finding.file.startsWith(u"readiness/tests"))
            verdict = toString(finding.verdict);
    }
    QTEST(verdict, "verdict");

    QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains(secret) && !bytes.contains("private body"), qPrintable(file.fileName()));
    }
}

void TestSmokeRun::curl()
{
    SmokeRequest request = requestTo(QUrl(u"https://a.example/x?y='1'"_s));
    request.method = u"POST"_s;
    request.headers = {{u"Authorization"_s, u"Bearer ${SMOKE_TOKEN}"_s}};
    request.send = u"it's ${A}"_s;
    request.followRedirects = true;
    QCOMPARE(asCurl(request), u"curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' --max-time 5 -X POST --location -H 'Authorization: Bearer '\"$SMOKE_TOKEN\" "
                              "--data-raw 'it'\\''s '\"$A\" 'https://a.example/x?y='\\''1'\\'''"_s);
}

void TestSmokeRun::production()
{
    for (const char *id : {"production", "prod", "prod-eu", "jp.live", "本番"})
        QVERIFY2(isProduction({QString::fromUtf8(id), 4, {}, {}}), id);
    for (const char *id : {"staging", "dev", "non-prod", "pre-production", "product", "delivery"})
        QVERIFY2(!isProduction({QString::fromUtf8(id), 4, {}, {}}), id);
    const ServiceEnvironment environment{u"prod"_s, 4, {requestTo(QUrl(u"https://a.example/x"_s)), requestTo(QUrl(u"https://a.example/y"_s)), requestTo(QUrl(u"https://b.example:8443/"_s))}, {}};
    QCOMPARE(whereItGoes(environment).en, u"prod: 3 requests go to a.example, b.example:8443"_s);
}

QTEST_GUILESS_MAIN(TestSmokeRun)
#include "tst_smokerun.moc"
