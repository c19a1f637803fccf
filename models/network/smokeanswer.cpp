// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/smokeanswer.h>

#include <evidence/numbers.h>
#include <evidence/testrecord.h>

#include <QRegularExpression>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 largestBody = 1024 * 1024; ///< that a pattern is held against

QString errorWord(const HttpAnswer &answer)
{
    switch (answer.outcome) {
    case HttpOutcome::Answered:
        return {};
    case HttpOutcome::Refused:
        return answer.url.isEmpty() || answer.status == 0 ? u"not-sent"_s : u"redirect"_s;
    case HttpOutcome::Timeout:
        return u"timeout"_s;
    case HttpOutcome::TooLarge:
        return u"too-large"_s;
    case HttpOutcome::Tls:
        return u"tls"_s;
    case HttpOutcome::Proxy:
        return u"proxy"_s;
    case HttpOutcome::Unreachable:
        if (answer.error == QNetworkReply::HostNotFoundError)
            return u"dns"_s;
        return answer.error == QNetworkReply::ConnectionRefusedError ? u"refused"_s : u"connection"_s;
    case HttpOutcome::Broken:
        return u"connection"_s;
    case HttpOutcome::Cancelled:
        return u"not-sent"_s;
    }
    return u"connection"_s;
}

/// Empty: the pattern is in the body. A pattern of many ways is not tried for ever.
QString bodyError(const QString &pattern, const QByteArray &body)
{
    if (pattern.isEmpty())
        return {};
    const QRegularExpression expression(u"(*LIMIT_MATCH=2000000)"_s + pattern);
    const QRegularExpressionMatch match = expression.match(QString::fromUtf8(body));
    if (!match.isValid())
        return u"pattern"_s;
    return match.hasMatch() ? QString() : u"body"_s;
}

QByteArray contentType(const QString &body)
{
    const QString text = body.trimmed();
    return text.startsWith(u'{') || text.startsWith(u'[') ? "application/json" : "text/plain; charset=utf-8";
}

QMap<QString, QString> valuesOf(const SmokeRequest &request, const VariableLookup &lookup, QString *missing)
{
    QMap<QString, QString> values;
    for (const QString &name : request.variables()) {
        const auto value = lookup(name);
        if (value && !value->isEmpty())
            values.insert(name, QString::fromUtf8(*value));
        else if (missing->isEmpty())
            *missing = name;
    }
    return values;
}

} // namespace

SmokeResult judgeSmokeAnswer(const SmokeRequest &request, const HttpAnswer &answer)
{
    using State = SmokeResult::State;
    SmokeResult result{request.id, State::Failed, answer.status, answer.milliseconds, errorWord(answer), {}, answer.certificateExpiry};
    if (result.error.isEmpty() && !request.status.accepts(answer.status)) {
        result.reason = Text{"%1 が返りました (%2 を求めています)", "answered %1, wanted %2"}.arg(answer.status, request.status.text());
        return result;
    }
    if (result.error.isEmpty())
        result.error = bodyError(request.bodyPattern, answer.body);
    if (result.error.isEmpty()) {
        result.state = State::Passed;
        if (answer.milliseconds <= request.seconds * 1000)
            return result;
        result.state = State::Failed;
        result.reason = Text{"%1 かかりました (%2 まで)", "took %1, at most %2 is wanted"}.arg(
            formatMs(answer.milliseconds), formatWithUnit(request.seconds, u"s"_s));
        return result;
    }
    if (result.error == u"not-sent")
        result.state = State::NotSent;
    result.reason = titleOfSmokeError(result.error);
    if (!answer.problem.isEmpty())
        result.reason = answer.problem;
    return result;
}

HttpPolicy smokePolicy(const SmokeRequest &request)
{
    HttpPolicy policy;
    policy.allowed = {{request.method.toLatin1(), QUrl(request.url).path(QUrl::FullyDecoded)}};
    if (request.followRedirects)
        policy.allowed.push_back({"GET", u"*"_s});
    policy.plainHttp = request.variables().isEmpty();
    const auto limit = std::chrono::milliseconds(qint64(request.seconds * 1000));
    policy.limits.connect = policy.limits.firstByte = policy.limits.stall = policy.limits.total = limit;
    if (!request.bodyPattern.isEmpty())
        policy.limits.bodyBytes = largestBody;
    return policy;
}

Result<HttpRequest> smokeHttpRequest(const SmokeRequest &request, const VariableLookup &lookup)
{
    QString missing;
    const QMap<QString, QString> values = valuesOf(request, lookup, &missing);
    if (!missing.isEmpty())
        return failure({{}, request.span, Text{"環境変数 %1 がありません", "the environment variable %1 is not set"}.arg(missing), {}});
    HttpRequest http;
    http.method = request.method.toLatin1();
    http.url = QUrl(request.url);
    http.followRedirects = request.followRedirects;
    http.body = withVariables(request.send, values).toUtf8();
    bool typed = http.body.isEmpty();
    for (auto it = request.headers.begin(); it != request.headers.end(); ++it) {
        const QByteArray value = withVariables(it.value(), values).trimmed().toUtf8();
        // The value is not shown: it may be the secret itself.
        if (value.contains('\n') || value.contains('\r') || value.contains('\0'))
            return failure({{}, request.span, Text{"ヘッダー %1 の値に改行があります", "the value of header %1 holds a line break"}.arg(it.key()), {}});
        typed = typed || it.key().compare(u"content-type", Qt::CaseInsensitive) == 0;
        http.headers.emplace_back(it.key().toLatin1(), Secret(value));
    }
    if (!typed)
        http.headers.emplace_back("Content-Type", Secret(contentType(request.send)));
    return http;
}

} // namespace tenken
