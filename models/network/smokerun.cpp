// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/smokeanswer.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// In single quotes, but for the variables, which the shell puts in.
QString withShellVariables(const QString &text)
{
    static const QRegularExpression variable(u"\\$\\{([A-Za-z_][A-Za-z0-9_]{0,127})\\}"_s);
    QString result;
    qsizetype done = 0;
    for (auto it = variable.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        if (match.capturedStart() > done)
            result += quoted(text.mid(done, match.capturedStart() - done));
        result += u"\"$%1\""_s.arg(match.captured(1));
        done = match.capturedEnd();
    }
    return done < text.size() || result.isEmpty() ? result + quoted(text.mid(done)) : result;
}

} // namespace

Text titleOf(SmokeResult::State state)
{
    switch (state) {
    case SmokeResult::State::Waiting:
        return {"待機", "waiting"};
    case SmokeResult::State::Running:
        return {"送信中", "running"};
    case SmokeResult::State::Passed:
        return {"合格", "pass"};
    case SmokeResult::State::Failed:
        return {"不合格", "fail"};
    case SmokeResult::State::NotSent:
        return {"未送信", "not sent"};
    }
    return {};
}

std::optional<QByteArray> environmentVariable(const QString &name)
{
    const QByteArray key = name.toLatin1();
    return qEnvironmentVariableIsSet(key.constData()) ? std::optional(qgetenv(key.constData())) : std::nullopt;
}

QStringList missingVariables(const ServiceEnvironment &environment, const VariableLookup &lookup)
{
    QStringList missing;
    for (const SmokeRequest &request : environment.smoke) {
        for (const QString &name : request.variables()) {
            if (lookup(name).value_or(QByteArray()).isEmpty())
                missing << name;
        }
    }
    missing.removeDuplicates();
    return missing;
}

Text whereItGoes(const ServiceEnvironment &environment)
{
    QStringList hosts;
    for (const SmokeRequest &request : environment.smoke)
        hosts << QUrl(request.url).authority();
    hosts.removeDuplicates();
    return Text{"%1: %2 件の要求を %3 へ送ります", "%1: %2 requests go to %3"}.arg(environment.id, int(environment.smoke.size()), hosts.join(u", "_s));
}

bool isProduction(const ServiceEnvironment &environment)
{
    static const QRegularExpression production(u"(?:^|[-_./])(?:prod|prd|production|live)(?:$|[-_./])|本番"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression other(u"(?:^|[-_./])(?:non|pre|nonprod|preprod)(?:$|[-_./])"_s, QRegularExpression::CaseInsensitiveOption);
    return production.match(environment.id).hasMatch() && !other.match(environment.id).hasMatch();
}

QString asCurl(const SmokeRequest &request)
{
    QStringList words{u"curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' --max-time %1"_s.arg(request.seconds)};
    if (request.method == u"HEAD")
        words << u"--head"_s;
    else if (request.method != u"GET")
        words << u"-X "_s + request.method;
    if (request.followRedirects)
        words << u"--location"_s;
    for (auto it = request.headers.begin(); it != request.headers.end(); ++it)
        words << u"-H "_s + withShellVariables(it.key() + u": "_s + it.value());
    if (!request.send.isEmpty())
        words << u"--data-raw "_s + withShellVariables(request.send);
    words << quoted(request.url);
    return words.join(u' ');
}

SmokeRun::SmokeRun(const ServiceEnvironment &environment, QObject *parent)
    : QObject(parent)
    , m_environment(environment)
{
    for (const SmokeRequest &request : environment.smoke)
        m_results.push_back({.id = request.id});
    m_calls.resize(m_results.size());
}

SmokeRun::~SmokeRun()
{
    for (const QPointer<HttpCall> &call : m_calls) {
        if (call)
            call->disconnect(this);
    }
}

void SmokeRun::start()
{
    if (m_started.isValid())
        return;
    m_started = QDateTime::currentDateTime();
    m_open = int(m_results.size());
    if (m_open == 0)
        QMetaObject::invokeMethod(this, &SmokeRun::finished, Qt::QueuedConnection);
    else
        QMetaObject::invokeMethod(this, [this] { sendNext(); }, Qt::QueuedConnection);
}

void SmokeRun::sendNext()
{
    while (!m_cancelled && m_next < m_results.size() && m_running < m_environment.parallel) {
        ++m_running;
        send(m_next++);
    }
}

void SmokeRun::send(size_t index)
{
    const SmokeRequest &request = m_environment.smoke[index];
    const auto http = smokeHttpRequest(request, lookup);
    if (!http) {
        m_results[index].state = SmokeResult::State::NotSent;
        m_results[index].error = u"variable"_s;
        m_results[index].reason = http.error().message;
        QMetaObject::invokeMethod(this, [this, index] { settle(index); }, Qt::QueuedConnection);
        return;
    }
    HttpPolicy policy = smokePolicy(request);
    policy.authorities = authorities;
    auto *client = new HttpClient(policy, this);
    m_results[index].state = SmokeResult::State::Running;
    emit changed(int(index));
    m_calls[index] = client->send(*http);
    connect(m_calls[index], &HttpCall::finished, this, [this, index, client](const HttpAnswer &answer) {
        take(index, answer);
        client->deleteLater();
    });
}

void SmokeRun::take(size_t index, const HttpAnswer &answer)
{
    m_results[index] = judgeSmokeAnswer(m_environment.smoke[index], answer);
    settle(index);
}

void SmokeRun::settle(size_t index)
{
    --m_running;
    --m_open;
    emit changed(int(index));
    if (m_open == 0)
        emit finished();
    else
        sendNext();
}

void SmokeRun::cancel()
{
    if (m_cancelled || m_open == 0)
        return;
    m_cancelled = true;
    const bool idle = m_running == 0; // else the last one under way says that it is over
    for (; m_next < m_results.size(); ++m_next) {
        m_results[m_next].state = SmokeResult::State::NotSent;
        m_results[m_next].error = u"not-sent"_s;
        m_results[m_next].reason = {"中止しました。", "Cancelled."};
        --m_open;
        emit changed(int(m_next));
    }
    if (idle)
        emit finished();
    const auto calls = m_calls;
    for (const QPointer<HttpCall> &call : calls) {
        if (call)
            call->cancel();
    }
}

} // namespace tenken
