// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakedatadog.h"

#include "fakedatadog/fakebodies.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace tenken
{

namespace
{

const QString validatePath = QStringLiteral("/api/v1/validate");

QString family(const QString &path)
{
    return path.section(u'/', 0, 3);
}

bool isWrite(const FakeRequest &request)
{
    if (request.method == "GET")
        return false;
    return request.method != "POST"
        || (request.path() != u"/api/v2/query/timeseries" && request.path() != u"/api/v2/query/scalar");
}

} // namespace

FakeAnswer jsonAnswer(const QByteArray &body, int status)
{
    FakeAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

FakeAnswer legacyForbidden()
{
    FakeAnswer answer =
        jsonAnswer(R"({"status":"error","code":403,"errors":["Forbidden"],)"
                   R"("statuspage":"http://status.datadoghq.com",)"
                   R"("twitter":"http://twitter.com/datadogops","email":"support@datadoghq.com"})",
                   403);
    answer.headers.emplace_back("Via", "haproxy");
    answer.headers.emplace_back("Cache-Control", "no-cache");
    return answer;
}

FakeAnswer rateLimited(const QByteArray &reset, const QByteArray &body)
{
    FakeAnswer answer = jsonAnswer(body, 429);
    answer.headers.insert(
        answer.headers.end(),
        {{"X-Ratelimit-Limit", "1000"}, {"x-ratelimit-remaining", "0"}, {"X-RateLimit-Reset", reset}});
    return answer;
}

FakeDatadog::FakeDatadog(const QString &data)
    : m_data(data), m_http(std::make_unique<FakeHttp>([this](const FakeRequest &r) { return answer(r); }))
{
    monitors = QJsonDocument::fromJson(file(QStringLiteral("monitors.json")).body).array();
}

FakeDatadog::FakeDatadog(const QString &data, const QSslConfiguration &tls) : FakeDatadog(data)
{
    m_http = std::make_unique<FakeHttp>([this](const FakeRequest &r) { return answer(r); }, tls);
}

std::vector<FakeRequest> FakeDatadog::requestsOf(const QString &path) const
{
    std::vector<FakeRequest> found;
    std::ranges::copy_if(m_http->requests(), std::back_inserter(found),
                         [&](const FakeRequest &r) { return r.path() == path; });
    return found;
}

void FakeDatadog::script(const QString &path, const std::vector<FakeAnswer> &answers)
{
    m_scripts[path].insert(m_scripts[path].end(), answers.begin(), answers.end());
}

QStringList FakeDatadog::complaints() const
{
    QStringList all = m_complaints;
    if (m_http->mostParallel() > mostParallel)
        all << QStringLiteral("%1 requests at once").arg(m_http->mostParallel());
    return all;
}

void FakeDatadog::watch(const FakeRequest &request)
{
    const QString what = QString::fromLatin1(request.method) + u' ' + request.path();
    const QByteArray target =
        request.url.toEncoded() + QByteArray::fromPercentEncoding(request.url.toEncoded()) + request.body;
    for (const QByteArray &key : {apiKey, applicationKey, bearer}) {
        if (!key.isEmpty() && target.contains(key))
            m_complaints << what + QStringLiteral(": a key outside the headers");
    }
    if (target.contains("api_key=") || target.contains("application_key="))
        m_complaints << what + QStringLiteral(": keys in the query");
    if (!request.headers.value("user-agent").startsWith("tenken"))
        m_complaints << what + QStringLiteral(": no User-Agent");
    if (!request.headers.value("accept-encoding").contains("gzip"))
        m_complaints << what + QStringLiteral(": does not take gzip");
    if (const auto limit = m_notBefore.find(family(request.path()));
        limit != m_notBefore.end() && request.atMs < limit->second)
        m_complaints << what
                + QStringLiteral(": asked %1 ms before the limit was over").arg(limit->second - request.atMs);
    watchWindow(request);
}

// v1 counts seconds, v2 milliseconds.
void FakeDatadog::watchWindow(const FakeRequest &request)
{
    constexpr double year2001 = 1e9, year2286 = 1e10;
    double from = 0, to = 0, unit = 1;
    if (request.path() == u"/api/v1/query") {
        from = request.query("from").toDouble();
        to = request.query("to").toDouble();
    } else if (request.method == "POST") {
        const QJsonObject a = QJsonDocument::fromJson(request.body)
                                  .object()
                                  .value(u"data")
                                  .toObject()
                                  .value(u"attributes")
                                  .toObject();
        from = a.value(u"from").toDouble();
        to = a.value(u"to").toDouble();
        unit = 1000;
    } else {
        return;
    }
    if (from < year2001 * unit || to > year2286 * unit || from >= to)
        m_complaints << QStringLiteral("%1: window %2 to %3")
                            .arg(request.path())
                            .arg(from, 0, 'f', 0)
                            .arg(to, 0, 'f', 0);
}

std::optional<FakeAnswer> FakeDatadog::denied(const FakeRequest &request) const
{
    const QByteArray key = request.headers.value("dd-api-key"),
                     token = request.headers.value("authorization");
    if (!bearer.isEmpty() && token == "Bearer " + bearer)
        return {};
    if (key.isEmpty() && token.isEmpty())
        return request.path() == validatePath ? jsonAnswer(R"({"errors":["API key required"]})", 403)
                                              : legacyForbidden();
    if (apiKey.isEmpty() || key != apiKey)
        return legacyForbidden();
    if (request.path() == validatePath)
        return {};
    if (request.headers.value("dd-application-key") != applicationKey)
        return jsonAnswer(R"({"errors":["Forbidden"]})", 403);
    return {};
}

// A limit that was told has to be waited for, down to the clocks' own grain.
void FakeDatadog::remember(const FakeRequest &request, const FakeAnswer &answer)
{
    constexpr qint64 grain = 30;
    bool none = answer.status == 429;
    qint64 seconds = 0;
    for (const auto &[name, value] : answer.headers) {
        if (name.toLower() == "x-ratelimit-reset")
            seconds = value.toLongLong();
        if (name.toLower() == "x-ratelimit-remaining" && value == "0")
            none = true;
    }
    constexpr qint64 day = 24 * 3600; // an epoch is no time to wait
    if (none && seconds > 0 && seconds <= day)
        m_notBefore[family(request.path())] = request.atMs + seconds * 1000 - grain;
}

FakeAnswer FakeDatadog::answer(const FakeRequest &request)
{
    if (isWrite(request)) {
        m_complaints << QStringLiteral("WRITE ATTEMPTED: %1 %2")
                            .arg(QString::fromLatin1(request.method), request.path());
        return jsonAnswer("WRITE ATTEMPTED", 500);
    }
    watch(request);
    FakeAnswer given;
    if (auto &waiting = m_scripts[request.path()]; !waiting.empty()) {
        given = waiting.front();
        waiting.pop_front();
    } else if (const auto fixed = m_always.find(request.path()); fixed != m_always.end()) {
        given = fixed->second;
    } else if (const auto no = denied(request)) {
        given = *no;
    } else if (missingScopes.contains(request.path())) {
        given = jsonAnswer(R"({"errors":["Forbidden","Failed permission authorization checks"]})", 403);
    } else {
        given = route(request);
    }
    remember(request, given);
    return given;
}

FakeAnswer FakeDatadog::file(const QString &name) const
{
    QFile file(m_data + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? jsonAnswer(file.readAll())
                                          : jsonAnswer(R"({"errors":["Not found"]})", 404);
}

FakeAnswer FakeDatadog::route(const FakeRequest &r)
{
    const QString path = r.path(), last = path.section(u'/', -1);
    if (path == validatePath)
        return jsonAnswer(R"({"valid":true})");
    if (path == u"/api/v1/query")
        return series(r);
    if (path == u"/api/v1/monitor")
        return monitorPage(r);
    if (path.startsWith(u"/api/v1/monitor/"))
        return oneMonitor(last);
    if (path == u"/api/v1/dashboard")
        return jsonAnswer(
            R"({"dashboards":[{"id":"abc-def-ghi","title":"ID認証API","description":"id-auth"},)"
            R"({"id":"zzz-zzz-zzz","title":"Somebody else's"}]})");
    if (path == u"/api/v1/dashboard/abc-def-ghi")
        return file(QStringLiteral("dashboard.json"));
    if (path == u"/api/v2/monitor/notification_rule")
        return file(QStringLiteral("notification-rules.json"));
    if (path == u"/api/v1/service_dependencies")
        return file(QStringLiteral("service-dependencies.json"));
    if (const auto body = fakeBodies().find(path); body != fakeBodies().end())
        return jsonAnswer(body->second);
    return jsonAnswer(R"({"errors":["Not found"]})", 404);
}

FakeAnswer FakeDatadog::series(const FakeRequest &r) const
{
    const QString query = r.query(QStringLiteral("query"));
    QJsonObject body{{"status", "ok"}, {"series", QJsonArray()}, {"res_type", "time_series"}};
    const auto known =
        std::ranges::find_if(fakeSeries(), [&](const FakeSeries &s) { return query.contains(s.part); });
    if (known != fakeSeries().end())
        body = derived(QJsonDocument::fromJson(file(known->file).body).object(), *known);
    return jsonAnswer(movedTo(body, query, r.query(QStringLiteral("from")).toLongLong(),
                              r.query(QStringLiteral("to")).toLongLong()));
}

FakeAnswer FakeDatadog::monitorPage(const FakeRequest &r) const
{
    const bool paged = !r.query(QStringLiteral("page")).isEmpty();
    const qsizetype asked = r.query(QStringLiteral("page_size")).isEmpty()
        ? 100
        : r.query(QStringLiteral("page_size")).toLongLong();
    const qsizetype size = std::min(std::max<qsizetype>(asked, 1), largestPage);
    const qsizetype begin = paged ? r.query(QStringLiteral("page")).toLongLong() * size : 0;
    QJsonArray page;
    for (qsizetype i = begin; i < monitors.size() && (!paged || i < begin + size); ++i)
        page.append(monitors.at(i));
    FakeAnswer answer = jsonAnswer(QJsonDocument(page).toJson());
    answer.headers.insert(answer.headers.end(),
                          {{"X-RateLimit-Limit", "1000"},
                           {"X-RateLimit-Period", "10"},
                           {"X-RateLimit-Remaining", "998"},
                           {"X-RateLimit-Reset", "7"},
                           {"X-RateLimit-Name", "get_all_monitors"}});
    return answer;
}

FakeAnswer FakeDatadog::oneMonitor(const QString &id) const
{
    for (const QJsonValue &value : monitors) {
        QJsonObject monitor = value.toObject();
        if (monitor.value(u"id").toVariant().toString() != id)
            continue;
        if (!monitor.contains(u"assets"))
            monitor.insert(QStringLiteral("assets"), QJsonArray());
        return jsonAnswer(QJsonDocument(monitor).toJson());
    }
    return jsonAnswer(R"({"errors":["Monitor not found"]})", 404);
}

} // namespace tenken
