// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <network/httpclient.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>

namespace tenken
{

namespace
{

constexpr qint64 readAhead = 1024 * 1024; ///< a body that unpacks to gigabytes waits outside

HttpOutcome outcomeOf(QNetworkReply::NetworkError error)
{
    using Error = QNetworkReply::NetworkError;
    switch (error) {
    case Error::ConnectionRefusedError:
    case Error::HostNotFoundError:
    case Error::NetworkSessionFailedError:
    case Error::TemporaryNetworkFailureError:
    case Error::UnknownNetworkError:
        return HttpOutcome::Unreachable;
    case Error::TimeoutError:
        return HttpOutcome::Timeout;
    case Error::SslHandshakeFailedError:
        return HttpOutcome::Tls;
    case Error::OperationCanceledError:
        return HttpOutcome::Cancelled;
    case Error::ProxyConnectionRefusedError:
    case Error::ProxyConnectionClosedError:
    case Error::ProxyNotFoundError:
    case Error::ProxyTimeoutError:
    case Error::ProxyAuthenticationRequiredError:
    case Error::UnknownProxyError:
        return HttpOutcome::Proxy;
    case Error::InsecureRedirectError:
    case Error::BackgroundRequestNotAllowedError:
    case Error::TooManyRedirectsError:
        return HttpOutcome::Refused;
    case Error::RemoteHostClosedError:
    case Error::ProtocolUnknownError:
    case Error::ProtocolInvalidOperationError:
    case Error::ProtocolFailure:
        return HttpOutcome::Broken;
    default:
        return HttpOutcome::Answered; // the server's own words: 401, 404, 503 …
    }
}

Text problemOf(HttpOutcome outcome, QNetworkReply::NetworkError error, const QString &host)
{
    switch (outcome) {
    case HttpOutcome::Tls:
        return Text{
            "%1 と安全な接続を結べません。TLS 1.2 以上を話さないか、途中で書き換えられています。",
            "No safe connection to %1: it does not speak TLS 1.2 or newer, or something stands between."}
            .arg(host);
    case HttpOutcome::Proxy:
        if (error == QNetworkReply::ProxyAuthenticationRequiredError)
            return {"プロキシが認証を求めています（407）。プロキシの設定を確かめてください。",
                    "The proxy wants a login (407). Check the settings of the proxy."};
        return {"プロキシにつながりません。プロキシの設定を確かめてください。",
                "The proxy cannot be reached. Check the settings of the proxy."};
    case HttpOutcome::Unreachable:
        if (error == QNetworkReply::HostNotFoundError)
            return Text{
                "%1 が見つかりません。名前の綴りと、ネットワークにつながっているかを確かめてください。",
                "%1 is not found. Check its spelling, and whether there is a network."}
                .arg(host);
        return Text{"%1 につながりません。", "%1 cannot be reached."}.arg(host);
    case HttpOutcome::Broken:
        return Text{"%1 が応答の途中で接続を切りました。",
                    "%1 closed the connection before the answer was complete."}
            .arg(host);
    default:
        return {};
    }
}

QString userAgent()
{
    const QString version = QCoreApplication::applicationVersion();
    return version.isEmpty() ? QStringLiteral("tenken") : QStringLiteral("tenken/") + version;
}

} // namespace

struct HttpCall::Private {
    Private(HttpCall *call, HttpClient *asked, const HttpRequest &wanted)
        : q(call), client(asked), request(wanted)
    {
    }

    void begin();
    void ask();
    void sent();
    void read();
    void replied();
    bool redirected();
    void timedOut(const Text &problem) { end(HttpOutcome::Timeout, problem); }
    void end(HttpOutcome outcome, const Text &problem);
    void drop();
    HttpLimits limits() const { return client->policy().limits; }

    HttpCall *q;
    HttpClient *client;
    HttpRequest request;
    HttpAnswer answer;
    QNetworkReply *reply = nullptr;
    QTimer step; ///< connecting, the first byte, a stall: whichever is next
    QTimer total;
    QElapsedTimer clock;
    bool answering = false;
    int redirects = 0;
    bool ended = false;
};

void HttpCall::Private::begin()
{
    step.setSingleShot(true);
    total.setSingleShot(true);
    clock.start();
    QObject::connect(&total, &QTimer::timeout, q, [this] {
        timedOut(
            Text{"%1 の応答が %2 以内に終わりませんでした。", "%1 did not finish its answer within %2."}.arg(
                request.url.host(), formatMs(double(limits().total.count()))));
    });
    QObject::connect(&step, &QTimer::timeout, q, [this] {
        timedOut(answering
                     ? Text{"%1 の応答が途中で止まりました。", "%1 stopped in the middle of its answer."}.arg(
                           request.url.host())
                     : Text{"%1 が応答しません。", "%1 does not answer."}.arg(request.url.host()));
    });
    total.start(limits().total);
    ask();
}

void HttpCall::Private::ask()
{
    const Text refused = client->refusal(request.method, request.url);
    const QUrl &origin = client->policy().origin;
    if (!refused.isEmpty())
        return end(HttpOutcome::Refused, refused);
    if (redirects == 0 && !origin.isEmpty() && !sameOrigin(origin, request.url))
        return end(
            HttpOutcome::Refused,
            Text{"%1 へは送りません。送り先は %2 だけです。", "Nothing is sent to %1; only to %2."}.arg(
                request.url.host(), origin.host()));
    QNetworkRequest asked(request.url);
    asked.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    asked.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    asked.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    asked.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    asked.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    asked.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // its streams would share one stall
    asked.setHeader(QNetworkRequest::UserAgentHeader, userAgent());
    asked.setDecompressedSafetyCheckThreshold(-1); // bodyBytes bounds it
    for (const auto &[name, value] : request.headers)
        asked.setRawHeader(name, value.reveal());
    if (request.url.scheme() == u"https") {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(tls.caCertificates() + client->policy().authorities);
        asked.setSslConfiguration(tls);
    }
    reply = request.body.isEmpty() && request.method == "GET"
        ? client->m_manager.get(asked)
        : client->m_manager.sendCustomRequest(asked, request.method, request.body);
    reply->setReadBufferSize(readAhead);
    answering = false;
    step.start(limits().connect);
    QObject::connect(reply, &QNetworkReply::requestSent, q, [this] { sent(); });
    QObject::connect(reply, &QNetworkReply::metaDataChanged, q, [this] {
        answering = true;
        step.start(limits().stall);
    });
    QObject::connect(reply, &QNetworkReply::readyRead, q, [this] { read(); });
    QObject::connect(reply, &QNetworkReply::sslErrors, q, [this](const QList<QSslError> &errors) {
        answer.certificateExpiry = reply->sslConfiguration().peerCertificate().expiryDate();
        if (!errors.isEmpty())
            end(HttpOutcome::Tls, tlsText(errors, request.url.host()));
    });
    QObject::connect(reply, &QNetworkReply::finished, q, [this] { replied(); });
}

void HttpCall::Private::sent()
{
    if (!answering && !ended)
        step.start(limits().firstByte);
}

void HttpCall::Private::read()
{
    if (ended || !reply)
        return;
    answering = true;
    step.start(limits().stall);
    const qint64 room = limits().bodyBytes + 1 - answer.body.size();
    answer.body += reply->read(room);
    if (answer.body.size() > limits().bodyBytes)
        end(HttpOutcome::TooLarge,
            Text{"応答が上限の %1 を超えています。期間を短くするか、絞り込んでください。",
                 "The answer is larger than the limit of %1. Ask for a shorter window, or for less."}
                .arg(formatWithUnit(double(limits().bodyBytes) / (1024 * 1024), QStringLiteral("MiB"))));
    else if (reply && reply->bytesAvailable() > 0)
        QMetaObject::invokeMethod(q, [this] { read(); }, Qt::QueuedConnection);
}

// Only a GET is asked again elsewhere. Its headers are for the host that they were given for.
bool HttpCall::Private::redirected()
{
    const QUrl target = reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    const bool elsewhere = answer.status >= 300 && answer.status < 400 && answer.status != 304;
    if (!elsewhere || target.isEmpty() || !request.followRedirects || request.method != "GET")
        return false;
    const QUrl next = request.url.resolved(target);
    const auto refuse = [&](const Text &why) {
        end(HttpOutcome::Refused,
            Text{"%1 へ転送されました。%2", "It was redirected to %1. %2"}.arg(next.host(), why));
        return true;
    };
    if (++redirects > limits().redirects)
        return refuse({"転送が多すぎます。", "There are too many redirects."});
    if (request.url.scheme() == u"https" && next.scheme() != u"https")
        return refuse({"暗号化のない http へは従いません。",
                       "It leads to http, without encryption, and is not followed."});
    if (const Text why = client->refusal(request.method, next); !why.isEmpty())
        return refuse(why);
    if (!sameOrigin(request.url, next))
        request.headers.clear();
    request.url = next;
    drop();
    answer = {};
    ask();
    return true;
}

void HttpCall::Private::replied()
{
    if (ended || !reply)
        return;
    const auto error = answer.error = reply->error();
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.certificateExpiry = reply->sslConfiguration().peerCertificate().expiryDate();
    for (const auto &[name, value] : reply->rawHeaderPairs())
        answer.headers.insert(name.toLower(), value);
    // Qt calls some statuses (400, 418) errors of the protocol; they are the server's own words all the same.
    const bool said = error >= QNetworkReply::ContentAccessDenied && answer.status >= 400;
    HttpOutcome outcome = said ? HttpOutcome::Answered : outcomeOf(error);
    const bool undecodable = error == QNetworkReply::UnknownContentError && answer.status < 300;
    if (outcome == HttpOutcome::Answered && (answer.status == 0 || undecodable))
        outcome = HttpOutcome::Broken; // not HTTP at all, or not the gzip that it says
    if (outcome != HttpOutcome::Answered)
        return end(outcome, problemOf(outcome, error, request.url.host()));
    while (!ended && reply && reply->bytesAvailable() > 0)
        read();
    if (!ended && !redirected())
        end(HttpOutcome::Answered, {});
}

void HttpCall::Private::drop()
{
    if (!reply)
        return;
    QNetworkReply *old = std::exchange(reply, nullptr);
    old->disconnect(q);
    old->abort();
    old->deleteLater();
}

void HttpCall::Private::end(HttpOutcome outcome, const Text &problem)
{
    if (std::exchange(ended, true))
        return;
    step.stop();
    total.stop();
    drop();
    answer.outcome = outcome;
    answer.problem = problem;
    answer.url = request.url;
    answer.milliseconds = double(clock.nsecsElapsed()) / 1e6;
    if (outcome != HttpOutcome::Answered)
        answer.body.clear(); // a part is not an answer
    const QPointer<HttpCall> alive(q);
    emit q->finished(answer);
    if (alive)
        q->deleteLater();
}

HttpCall::HttpCall(HttpClient *client, const HttpRequest &request)
    : QObject(client), d(std::make_unique<Private>(this, client, request))
{
}

HttpCall::~HttpCall()
{
    d->drop();
}

void HttpCall::start()
{
    if (!d->ended)
        d->begin();
}

void HttpCall::cancel()
{
    d->end(HttpOutcome::Cancelled, {"中止しました。", "Cancelled."});
}

} // namespace tenken
