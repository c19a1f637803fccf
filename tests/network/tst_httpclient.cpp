// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakehttp.h"

#include <network/httpclient.h>

#include <QSignalSpy>
#include <QTest>

using namespace tenken;
using namespace std::chrono_literals;
using Delivery = FakeAnswer::Delivery;

namespace
{

const QByteArray key = "0123456789abcdef0123456789abcdef";
const QByteArray small = R"({"valid":true})";

HttpPolicy policyFor(const FakeHttp &server)
{
    HttpPolicy policy;
    policy.allowed = {{"GET", QStringLiteral("/api/*")}, {"POST", QStringLiteral("/api/v2/query/scalar")}};
    policy.origin = server.url();
    policy.limits.connect = policy.limits.firstByte = policy.limits.stall = 400ms;
    policy.limits.total = 5s;
    return policy;
}

HttpAnswer answerOf(HttpClient &client, const HttpRequest &request)
{
    HttpAnswer answer;
    HttpCall *call = client.send(request);
    QSignalSpy spy(call, &HttpCall::finished);
    QObject::connect(call, &HttpCall::finished, call, [&](const HttpAnswer &a) { answer = a; });
    if (!spy.wait(20'000))
        answer.problem = {QStringLiteral("nothing"), QStringLiteral("nothing")};
    return answer;
}

HttpRequest get(const QUrl &url)
{
    return {"GET", url, {{"DD-API-KEY", Secret(key)}}, {}, true};
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private slots:
    void answers();
    void refuses_data();
    void refuses();
    void delivers_data();
    void delivers();
    void aBodyThatUnpacksTooLarge();
    void slowButSteadyIsFine();
    void cancels();
    void keepAliveThatCloses();
    void nobodyListens();
    void redirectElsewhereDropsTheKeys();
    void redirects_data();
    void redirects();
    void tlsOfATrustedAuthority();
    void tls_data();
    void tls();
    void oldTls();
    void redirectFromTlsToPlain();
    void proxyWantsALogin();
    void postsAreSentAsTheyAre();
};

void TestHttpClient::answers()
{
    FakeHttp server([](const FakeRequest &) {
        return FakeAnswer{403, R"({"errors":["Forbidden"]})", {{"X-RateLimit-RESET", "2"}}};
    });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/validate?x=%2B1")));
    QCOMPARE(a.outcome, HttpOutcome::Answered);
    QVERIFY(a.problem.isEmpty());
    QCOMPARE(a.status, 403);
    QVERIFY(!a.isSuccess());
    QCOMPARE(a.body, R"({"errors":["Forbidden"]})");
    QCOMPARE(a.headers.value("x-ratelimit-reset"), "2");
    QVERIFY(a.milliseconds > 0);
    const FakeRequest asked = server.requests().at(0);
    QCOMPARE(asked.headers.value("dd-api-key"), key);
    QVERIFY(asked.headers.value("user-agent").startsWith("tenken"));
    QVERIFY(asked.headers.value("accept-encoding").contains("gzip"));
    QCOMPARE(asked.url.query(QUrl::FullyEncoded), QStringLiteral("x=%2B1"));
    QVERIFY(!asked.headers.contains("cookie"));
}

void TestHttpClient::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("why");
    QTest::newRow("DELETE") << QByteArray("DELETE") << "http://127.0.0.1:1/api/v1/monitor/1"
                            << "none of the allowed";
    QTest::newRow("PUT") << QByteArray("PUT") << "http://127.0.0.1:1/api/v2/query/scalar"
                         << "none of the allowed";
    QTest::newRow("POST elsewhere") << QByteArray("POST") << "http://127.0.0.1:1/api/v1/monitor"
                                    << "none of the allowed";
    QTest::newRow("POST below an allowed one")
        << QByteArray("POST") << "http://127.0.0.1:1/api/v2/query/scalar/x" << "none of the allowed";
    QTest::newRow("another path") << QByteArray("GET") << "http://127.0.0.1:1/login" << "none of the allowed";
    QTest::newRow("out of the path") << QByteArray("GET") << "http://127.0.0.1:1/api/../login"
                                     << "none of the allowed";
    QTest::newRow("out of it, encoded")
        << QByteArray("GET") << "http://127.0.0.1:1/api/%2e%2e/login" << "none of the allowed";
    QTest::newRow("lower case") << QByteArray("get") << "http://127.0.0.1:1/api/v1/x"
                                << "none of the allowed";
    QTest::newRow("plain http") << QByteArray("GET") << "http://api.datadoghq.com/api/v1/x"
                                << "without encryption";
    QTest::newRow("file") << QByteArray("GET") << "file:///etc/passwd" << "not an http";
    QTest::newRow("nothing") << QByteArray("GET") << "" << "not an http";
    QTest::newRow("password") << QByteArray("GET") << "https://a:b@api.datadoghq.com/api/v1/x" << "user name";
    QTest::newRow("another host") << QByteArray("GET") << "https://api.datadoghq.com/api/v1/x"
                                  << "only to 127.0.0.1";
    QTest::newRow("another port") << QByteArray("GET") << "http://127.0.0.1:1/api/v1/x"
                                  << "only to 127.0.0.1";
}

void TestHttpClient::refuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, url);
    QFETCH(QString, why);
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{}; });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    const HttpAnswer a = answerOf(client, {method, QUrl(url), {{"DD-API-KEY", Secret(key)}}, {}, true});
    QCOMPARE(a.outcome, HttpOutcome::Refused);
    QVERIFY2(a.problem.en.contains(why), qPrintable(a.problem.en));
    QVERIFY(!a.problem.ja.isEmpty() && !a.problem.en.contains(QLatin1StringView(key)));
    QVERIFY(server.requests().empty());
}

void TestHttpClient::delivers_data()
{
    QTest::addColumn<FakeAnswer>("answer");
    QTest::addColumn<HttpOutcome>("outcome");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, HttpOutcome outcome, const FakeAnswer &answer) {
        QTest::newRow(name) << answer << outcome
                            << (outcome == HttpOutcome::Answered ? answer.body : QByteArray());
    };
    const std::vector<std::pair<QByteArray, QByteArray>> json{{"Content-Type", "application/json"}};
    row("whole", HttpOutcome::Answered, {200, small});
    row("gzip", HttpOutcome::Answered, {200, small, json, Delivery::Whole, 0, true});
    row("gzip in chunks", HttpOutcome::Answered,
        {200, QByteArray(300'000, 'x'), json, Delivery::Chunked, 0, true});
    row("chunks", HttpOutcome::Answered, {200, small, json, Delivery::Chunked});
    row("byte order mark", HttpOutcome::Answered, {200, "\xef\xbb\xbf" + small});
    row("no UTF-8", HttpOutcome::Answered, {200, "{\"a\":\"\xff\"}"});
    row("NaN", HttpOutcome::Answered, {200, R"({"a":NaN})"});
    row("empty", HttpOutcome::Answered, {200, {}});
    row("HTML of a captive portal", HttpOutcome::Answered,
        {200, "<html>Log in</html>", {{"Content-Type", "text/html"}}});
    row("429 as HTML", HttpOutcome::Answered,
        {429, "<html>Slow down</html>", {{"Content-Type", "text/html"}}});
    row("401 without a realm", HttpOutcome::Answered, {401, R"({"errors": ["Unauthorized"]})"});
    row("400", HttpOutcome::Answered, {400, R"({"errors":["no"]})"});
    row("418", HttpOutcome::Answered, {418, "teapot"});
    row("500", HttpOutcome::Answered, {500, R"({"errors":["Internal"]})"});
    row("502, closed", HttpOutcome::Answered, {502, "bad gateway", json, Delivery::Whole, 0, false, true});
    row("late first byte", HttpOutcome::Timeout, {200, small, json, Delivery::Whole, 3'000});
    row("silent", HttpOutcome::Timeout, {200, small, json, Delivery::Silent});
    row("stalled", HttpOutcome::Timeout, {200, QByteArray(20'000, 'x'), json, Delivery::Stall});
    row("cut by length", HttpOutcome::Broken, {200, small, json, Delivery::CutLength});
    row("cut in chunks", HttpOutcome::Broken, {200, small, json, Delivery::CutChunk});
    row("reset", HttpOutcome::Broken, {200, small, json, Delivery::Reset});
    row("not HTTP", HttpOutcome::Broken, {200, "SSH-2.0-OpenSSH\r\n", json, Delivery::NotHttp});
    row("too large", HttpOutcome::TooLarge, {200, QByteArray(2'000'001, 'x')});
    row("not gzip at all", HttpOutcome::Broken, {200, small, {{"Content-Encoding", "gzip"}}});
}

void TestHttpClient::delivers()
{
    QFETCH(FakeAnswer, answer);
    QFETCH(HttpOutcome, outcome);
    QFETCH(QByteArray, body);
    FakeHttp server([&](const FakeRequest &) { return answer; });
    QVERIFY(server.listen());
    HttpPolicy policy = policyFor(server);
    policy.limits.bodyBytes = 2'000'000;
    HttpClient client(policy);
    HttpAnswer a = answerOf(client, get(server.url("/api/v1/validate")));
    // On a busy machine Qt may read the chunks only when the connection has gone, and then misses that the last is missing.
    for (int again = 0; answer.delivery == FakeAnswer::Delivery::CutChunk && a.outcome != outcome && again < 5; ++again)
        a = answerOf(client, get(server.url("/api/v1/validate")));
    QVERIFY2(a.outcome == outcome, qPrintable(word(a.outcome) + u' ' + a.problem.en));
    QCOMPARE(a.body, body);
    QCOMPARE(a.problem.isEmpty(), outcome == HttpOutcome::Answered);
    QCOMPARE(a.problem.ja.isEmpty(), a.problem.en.isEmpty());
    if (outcome == HttpOutcome::Answered)
        QCOMPARE(a.status, answer.status);
}

void TestHttpClient::aBodyThatUnpacksTooLarge()
{
    FakeAnswer bomb{200, QByteArray(60 * 1024 * 1024, 'x')};
    bomb.gzip = true;
    FakeHttp server([&](const FakeRequest &) { return bomb; });
    QVERIFY(server.listen());
    HttpPolicy policy = policyFor(server);
    policy.limits.connect = policy.limits.firstByte = policy.limits.stall = policy.limits.total =
        120s; // packing it takes a while
    HttpPolicy patience = policy;
    policy.limits.bodyBytes = 1024 * 1024;
    HttpClient client(policy);
    QCOMPARE(answerOf(client, get(server.url("/api/v1/x"))).outcome, HttpOutcome::TooLarge);
    HttpClient patient(patience); // 60 MiB is below the usual limit
    QCOMPARE(answerOf(patient, get(server.url("/api/v1/x"))).body.size(), bomb.body.size());
}

void TestHttpClient::slowButSteadyIsFine()
{
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{200, small, {}, Delivery::Drip}; });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    QCOMPARE(answerOf(client, get(server.url("/api/v1/x"))).body, small);
    HttpPolicy hasty = policyFor(server);
    hasty.limits.total = 60ms;
    HttpClient impatient(hasty);
    QCOMPARE(answerOf(impatient, get(server.url("/api/v1/x"))).outcome, HttpOutcome::Timeout);
}

void TestHttpClient::cancels()
{
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{200, small, {}, Delivery::Silent}; });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    HttpCall *call = client.send(get(server.url("/api/v1/x")));
    QSignalSpy spy(call, &HttpCall::finished);
    HttpOutcome outcome{};
    connect(call, &HttpCall::finished, this, [&](const HttpAnswer &a) { outcome = a.outcome; });
    QTRY_COMPARE(server.requests().size(), 1u);
    call->cancel();
    QCOMPARE(spy.size(), 1);
    QCOMPARE(outcome, HttpOutcome::Cancelled);
    HttpCall *unsent = client.send(get(server.url("/api/v1/x")));
    QSignalSpy second(unsent, &HttpCall::finished);
    unsent->cancel();
    QCOMPARE(second.size(), 1);
    QTest::qWait(20);
    QCOMPARE(server.requests().size(), 1u);
}

void TestHttpClient::keepAliveThatCloses()
{
    FakeHttp server(
        [](const FakeRequest &) { return FakeAnswer{200, small, {}, Delivery::Whole, 0, false, true}; });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(answerOf(client, get(server.url("/api/v1/x"))).body, small);
}

void TestHttpClient::nobodyListens()
{
    QUrl gone;
    {
        FakeHttp server([](const FakeRequest &) { return FakeAnswer{}; });
        QVERIFY(server.listen());
        gone = server.url("/api/v1/x");
    }
    HttpPolicy policy;
    policy.allowed = {{"GET", QStringLiteral("*")}};
    HttpClient client(policy);
    const HttpAnswer a = answerOf(client, get(gone));
    QCOMPARE(a.outcome, HttpOutcome::Unreachable);
    QVERIFY(a.problem.en.contains(QStringLiteral("127.0.0.1")));
}

void TestHttpClient::redirectElsewhereDropsTheKeys()
{
    FakeHttp other([](const FakeRequest &) { return FakeAnswer{200, small}; });
    QVERIFY(other.listen());
    const QByteArray target = other.url("/api/v1/elsewhere").toEncoded();
    FakeHttp server([&](const FakeRequest &r) {
        return r.path() == u"/api/v1/here" ? FakeAnswer{302, {}, {{"Location", "/api/v1/moved"}}}
                                           : FakeAnswer{307, {}, {{"Location", target}}};
    });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/here")));
    QCOMPARE(a.body, small);
    QCOMPARE(server.requests().at(1).headers.value("dd-api-key"), key);
    QCOMPARE(other.requests().size(), 1u);
    for (const QByteArray &value : other.requests().at(0).headers)
        QVERIFY(!value.contains(key));
}

void TestHttpClient::redirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("why");
    QTest::newRow("to http") << QByteArray("http://datadog.example.com/api/v1/x") << "without encryption";
    QTest::newRow("to a login page") << QByteArray("https://login.example.com/saml") << "none of the allowed";
    QTest::newRow("round and round") << QByteArray("/api/v1/x") << "too many";
    QTest::newRow("to a file") << QByteArray("file:///etc/passwd") << "not an http";
}

void TestHttpClient::redirects()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, why);
    FakeHttp server([&](const FakeRequest &) { return FakeAnswer{302, {}, {{"Location", location}}}; });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/x")));
    QCOMPARE(a.outcome, HttpOutcome::Refused);
    QVERIFY2(a.problem.en.contains(why), qPrintable(a.problem.en));
    HttpRequest asIs = get(server.url("/api/v1/x"));
    asIs.followRedirects = false;
    QCOMPARE(answerOf(client, asIs).status, 302);
}

void TestHttpClient::tlsOfATrustedAuthority()
{
    const FakeCertificate made = makeCertificate(QStringLiteral("localhost"));
    if (!made.error.isEmpty())
        QSKIP(qPrintable(made.error));
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{200, small}; }, made.tls);
    QVERIFY(server.listen());
    HttpPolicy policy = policyFor(server);
    policy.origin.setHost(QStringLiteral("localhost"));
    policy.authorities = {made.certificate};
    HttpClient client(policy);
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/x", "localhost")));
    QVERIFY2(a.isSuccess(), qPrintable(a.problem.en));
    QCOMPARE(a.certificateExpiry, made.certificate.expiryDate());
}

void TestHttpClient::tls_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("expired");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QString>("says");
    QTest::newRow("self-signed") << "localhost" << false << false << "self-signed";
    QTest::newRow("expired") << "localhost" << true << true << "expired on 2020-02-01";
    QTest::newRow("wrong host") << "api.datadoghq.example" << false << true
                                << "another host's (api.datadoghq.example)";
}

void TestHttpClient::tls()
{
    QFETCH(QString, host);
    QFETCH(bool, expired);
    QFETCH(bool, trusted);
    QFETCH(QString, says);
    const FakeCertificate made = makeCertificate(host, expired);
    if (!made.error.isEmpty())
        QSKIP(qPrintable(made.error));
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{200, small}; }, made.tls);
    QVERIFY(server.listen());
    HttpPolicy policy = policyFor(server);
    policy.origin.setHost(QStringLiteral("localhost"));
    if (trusted)
        policy.authorities = {made.certificate};
    HttpClient client(policy);
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/x", "localhost")));
    QCOMPARE(a.outcome, HttpOutcome::Tls);
    QVERIFY2(a.problem.en.contains(says), qPrintable(a.problem.en));
    QVERIFY(server.requests().empty());
}

void TestHttpClient::oldTls()
{
    FakeCertificate made = makeCertificate(QStringLiteral("localhost"));
    if (!made.error.isEmpty())
        QSKIP(qPrintable(made.error));
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    made.tls.setProtocol(QSsl::TlsV1_0);
    QT_WARNING_POP
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{200, small}; }, made.tls);
    QVERIFY(server.listen());
    HttpPolicy policy = policyFor(server);
    policy.authorities = {made.certificate};
    policy.origin.setHost(QStringLiteral("localhost"));
    HttpClient client(policy);
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/x", "localhost")));
    QCOMPARE(a.outcome, HttpOutcome::Tls);
    QVERIFY2(a.problem.en.contains(QStringLiteral("TLS 1.2")), qPrintable(a.problem.en));
}

void TestHttpClient::redirectFromTlsToPlain()
{
    const FakeCertificate made = makeCertificate(QStringLiteral("localhost"));
    if (!made.error.isEmpty())
        QSKIP(qPrintable(made.error));
    FakeHttp plain([](const FakeRequest &) { return FakeAnswer{200, small}; });
    QVERIFY(plain.listen());
    const QByteArray target = plain.url("/api/v1/x").toEncoded();
    FakeHttp server([&](const FakeRequest &) { return FakeAnswer{301, {}, {{"Location", target}}}; },
                    made.tls);
    QVERIFY(server.listen());
    HttpPolicy policy = policyFor(server);
    policy.authorities = {made.certificate};
    policy.origin.setHost(QStringLiteral("localhost"));
    HttpClient client(policy);
    const HttpAnswer a = answerOf(client, get(server.url("/api/v1/x", "localhost")));
    QCOMPARE(a.outcome, HttpOutcome::Refused);
    QVERIFY2(a.problem.en.contains(QStringLiteral("without encryption")), qPrintable(a.problem.en));
    QVERIFY(plain.requests().empty());
}

void TestHttpClient::proxyWantsALogin()
{
    FakeHttp proxy([](const FakeRequest &) {
        return FakeAnswer{407, {}, {{"Proxy-Authenticate", "Basic realm=\"x\""}}};
    });
    QVERIFY(proxy.listen());
    HttpPolicy policy;
    policy.allowed = {{"GET", QStringLiteral("/api/*")}};
    policy.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port());
    HttpClient client(policy);
    const HttpAnswer a = answerOf(client, get(QUrl(QStringLiteral("https://api.datadog.example/api/v1/x"))));
    QCOMPARE(a.outcome, HttpOutcome::Proxy);
    QVERIFY2(a.problem.en.contains(QStringLiteral("407")), qPrintable(a.problem.en));
    for (const FakeRequest &request : proxy.requests()) {
        for (const QByteArray &value : request.headers)
            QVERIFY(!value.contains(key));
    }
}

void TestHttpClient::postsAreSentAsTheyAre()
{
    FakeHttp server([](const FakeRequest &) { return FakeAnswer{307, {}, {{"Location", "/api/v1/x"}}}; });
    QVERIFY(server.listen());
    HttpClient client(policyFor(server));
    const HttpRequest request{"POST",
                              server.url("/api/v2/query/scalar"),
                              {{"Content-Type", Secret("application/json")}},
                              "{\"a\":1}",
                              true};
    QCOMPARE(answerOf(client, request).status, 307); // a body is never sent on
    QCOMPARE(server.requests().size(), 1u);
    QCOMPARE(server.requests().at(0).body, "{\"a\":1}");
    QCOMPARE(server.requests().at(0).headers.value("content-type"), "application/json");
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
