// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/environments.h>
#include <evidence/problem.h>
#include <network/secret.h>

#include <QDateTime>
#include <QMap>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QObject>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>

namespace tenken
{

/// What a client may ask for. Anything else is refused before a byte leaves the machine.
struct AllowedRequest {
    QByteArray method;
    QString path; ///< exact, or with a trailing `*` what it begins with: "/api/v1/*"
};

struct HttpLimits {
    std::chrono::milliseconds connect{10'000}; ///< until the request has been sent
    std::chrono::milliseconds firstByte{60'000}; ///< from the start until the answer begins
    std::chrono::milliseconds stall{30'000}; ///< between two pieces of the answer
    std::chrono::milliseconds total{300'000};
    qint64 bodyBytes = 64 * 1024 * 1024; ///< as decoded
    int redirects = 5;
};

struct HttpPolicy {
    std::vector<AllowedRequest> allowed;
    bool plainHttp = false; ///< http beyond loopback too: for requests that carry no secret
    QUrl origin; ///< the only place that requests may go to, redirects aside; empty: anywhere
    HttpLimits limits;
    QList<QSslCertificate> authorities; ///< trusted besides the system's
    std::optional<QNetworkProxy> proxy; ///< nothing: as the system says, none for loopback
};

struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;
    std::vector<std::pair<QByteArray, Secret>>
        headers; ///< for this URL's host alone: a redirect elsewhere drops them
    QByteArray body;
    bool followRedirects = true; ///< only ever of a GET
};

enum class HttpOutcome { Answered, Refused, Timeout, TooLarge, Tls, Proxy, Unreachable, Broken, Cancelled };
QString word(HttpOutcome outcome); ///< "timeout", "too_large" …

/// What became of a request: with any status that the server gave it is answered.
struct HttpAnswer {
    HttpOutcome outcome = HttpOutcome::Answered;
    Text problem; ///< what was wrong and what to do; empty when answered
    QNetworkReply::NetworkError error = QNetworkReply::NoError; ///< as Qt tells it
    int status = 0;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body; ///< content-decoded; empty unless answered. Qt does not tell of gzip that ends too early
    QUrl url; ///< that answered, after redirects
    double milliseconds = 0;
    QDateTime certificateExpiry; ///< of the server's certificate; invalid without TLS

    bool isSuccess() const { return outcome == HttpOutcome::Answered && status >= 200 && status < 300; }
};

class HttpClient;

/// A request under way; deletes itself after finished().
class HttpCall : public QObject
{
    Q_OBJECT
public:
    ~HttpCall() override;
    void cancel();

signals:
    void finished(const tenken::HttpAnswer &answer);

private:
    friend class HttpClient;
    HttpCall(HttpClient *client, const HttpRequest &request);
    void start();

    struct Private;
    std::unique_ptr<Private> d;
};

/// Asks a server, within a policy: no other methods and paths, TLS errors never ignored, plain http only for
/// loopback, no cookies, bounded in size and time. Its headers' values are secrets throughout.
class HttpClient : public QObject
{
    Q_OBJECT
public:
    explicit HttpClient(const HttpPolicy &policy, QObject *parent = nullptr);

    HttpCall *send(const HttpRequest &request); ///< finished() comes later, also for what is refused
    const HttpPolicy &policy() const { return m_policy; }
    Text refusal(const QByteArray &method, const QUrl &url) const; ///< why it may not be sent; empty: it may

private:
    friend class HttpCall;
    HttpPolicy m_policy;
    QNetworkAccessManager m_manager;
};

bool sameOrigin(const QUrl &a, const QUrl &b);
Text tlsText(const QList<QSslError> &errors, const QString &host);

} // namespace tenken
