// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/httpclient.h>

#include <QNetworkProxyFactory>

#include <algorithm>

namespace tenken
{

namespace
{

class ProxyOfSystem : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.url()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == u"https" ? 443 : 80);
}

bool matches(const AllowedRequest &allowed, const QByteArray &method, const QString &path)
{
    if (allowed.method != method)
        return false;
    return allowed.path.endsWith(u'*') ? path.startsWith(allowed.path.chopped(1)) : path == allowed.path;
}

} // namespace

QString word(HttpOutcome outcome)
{
    switch (outcome) {
    case HttpOutcome::Answered:
        return QStringLiteral("answered");
    case HttpOutcome::Refused:
        return QStringLiteral("refused");
    case HttpOutcome::Timeout:
        return QStringLiteral("timeout");
    case HttpOutcome::TooLarge:
        return QStringLiteral("too_large");
    case HttpOutcome::Tls:
        return QStringLiteral("tls_error");
    case HttpOutcome::Proxy:
        return QStringLiteral("proxy_error");
    case HttpOutcome::Unreachable:
        return QStringLiteral("unreachable");
    case HttpOutcome::Broken:
        return QStringLiteral("connection_lost");
    case HttpOutcome::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

HttpClient::HttpClient(const HttpPolicy &policy, QObject *parent) : QObject(parent), m_policy(policy)
{
    m_manager.setAutoDeleteReplies(false);
    m_manager.setStrictTransportSecurityEnabled(true);
    if (policy.proxy)
        m_manager.setProxy(*policy.proxy);
    else
        m_manager.setProxyFactory(new ProxyOfSystem);
}

HttpCall *HttpClient::send(const HttpRequest &request)
{
    auto *call = new HttpCall(this, request);
    QMetaObject::invokeMethod(call, [call] { call->start(); }, Qt::QueuedConnection);
    return call;
}

Text HttpClient::refusal(const QByteArray &method, const QUrl &url) const
{
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        return Text{"%1 は http(s) の URL ではありません。", "%1 is not an http(s) URL."}.arg(
            url.toDisplayString());
    if (url.scheme() == u"http" && !isLoopback(url) && !m_policy.plainHttp)
        return Text{"%1 へは暗号化なし（http）では送りません。https にしてください。",
                    "Nothing is sent to %1 without encryption (http). Use https."}
            .arg(url.host());
    if (!url.userInfo().isEmpty())
        return {"URL にユーザー名やパスワードは書けません。",
                "A URL may not carry a user name or a password."};
    // As the server may decode it: a way back up would leave the allowed paths.
    const QString path = url.path(QUrl::FullyDecoded);
    const QStringList steps = path.split(u'/');
    const bool clean = !path.contains(u'\\') && !steps.contains(QStringLiteral(".."));
    const bool allowed =
        std::ranges::any_of(m_policy.allowed, [&](const auto &a) { return matches(a, method, path); });
    if (!clean || !allowed)
        return Text{"%1 %2 は送りません。許された要求ではありません。",
                    "%1 %2 is not sent: it is none of the allowed requests."}
            .arg(QString::fromLatin1(method), path);
    return {};
}

} // namespace tenken
