// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakedatadog/fakehttp.h"

#include <QJsonArray>
#include <QStringList>

#include <deque>
#include <map>

namespace tenken
{

/// Datadog's API as the demo service id-auth would find it: believable answers, authentication, pages; told
/// to, it misbehaves. It watches its client, and says what that does wrong.
class FakeDatadog
{
public:
    /// `data`: a folder with a snapshot's bodies (monitors.json, query-*.json …).
    explicit FakeDatadog(const QString &data);
    FakeDatadog(const QString &data, const QSslConfiguration &tls);

    bool listen(quint16 port = 0) { return m_http->listen(port); }
    QString site() const { return m_http->url().toString(); }
    const FakeHttp &http() const { return *m_http; }
    std::vector<FakeRequest> requestsOf(const QString &path) const;

    /// Answers given to the next requests of this path, before it behaves again.
    void script(const QString &path, const std::vector<FakeAnswer> &answers);
    void always(const QString &path, const FakeAnswer &answer) { m_always[path] = answer; }

    QByteArray apiKey, applicationKey, bearer; ///< that are accepted
    QStringList missingScopes; ///< paths that the application key may not read
    QJsonArray monitors; ///< of the list; changed by tests
    int mostParallel = 4; ///< that a client may ask at once
    qsizetype largestPage = 1'000'000; ///< a server may give less than was asked for

    QStringList complaints() const; ///< what the client did wrong; empty: nothing

private:
    FakeAnswer answer(const FakeRequest &request);
    FakeAnswer route(const FakeRequest &request);
    std::optional<FakeAnswer> denied(const FakeRequest &request) const;
    void watch(const FakeRequest &request);
    void watchWindow(const FakeRequest &request);
    void remember(const FakeRequest &request, const FakeAnswer &answer);
    FakeAnswer file(const QString &name) const;
    FakeAnswer series(const FakeRequest &request) const;
    FakeAnswer monitorPage(const FakeRequest &request) const;
    FakeAnswer oneMonitor(const QString &id) const;

    QString m_data;
    std::unique_ptr<FakeHttp> m_http;
    QStringList m_complaints;
    std::map<QString, std::deque<FakeAnswer>> m_scripts;
    std::map<QString, FakeAnswer> m_always;
    std::map<QString, qint64> m_notBefore; ///< per kind of request, when a limit is over
};

FakeAnswer legacyForbidden(); ///< as the edge answers keys that are wrong
FakeAnswer jsonAnswer(const QByteArray &body, int status = 200);
FakeAnswer rateLimited(const QByteArray &reset,
                       const QByteArray &body = R"({"errors":["Rate limit exceeded"]})");

} // namespace tenken
