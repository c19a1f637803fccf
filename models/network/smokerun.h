// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/environments.h>
#include <network/httpclient.h>

#include <QPointer>

namespace tenken
{

/// What became of one smoke request. Holds no secret and no body.
struct SmokeResult {
    enum class State { Waiting, Running, Passed, Failed, NotSent };

    QString id;
    State state = State::Waiting;
    int status = 0; ///< 0: not answered
    double milliseconds = 0;
    QString error = {}; ///< one of smokeErrors(); empty: answered, and the body fits
    Text reason = {}; ///< why it did not pass
    QDateTime certificateExpires = {}; ///< invalid without TLS
};
Text titleOf(SmokeResult::State state);

/// What a variable holds; nothing: it is not set.
using VariableLookup = std::function<std::optional<QByteArray>(const QString &)>;
std::optional<QByteArray> environmentVariable(const QString &name);

/// Variables that an environment's requests name and that are not set.
QStringList missingVariables(const ServiceEnvironment &environment, const VariableLookup &lookup = environmentVariable);

/// "3 requests to id-auth.example.com (production)": asked before anything is sent there.
Text whereItGoes(const ServiceEnvironment &environment);
/// Named like production, so that a person confirms before anything is sent.
bool isProduction(const ServiceEnvironment &environment);

/// The request as a command line, its secrets named and not shown.
QString asCurl(const SmokeRequest &request);

/// Sends the requests of one environment, a few at a time, and looks at the answers.
class SmokeRun : public QObject
{
    Q_OBJECT
public:
    explicit SmokeRun(const ServiceEnvironment &environment, QObject *parent = nullptr);
    ~SmokeRun() override;

    VariableLookup lookup = environmentVariable;
    QList<QSslCertificate> authorities; ///< trusted besides the system's

    void start();
    void cancel(); ///< what is under way counts as not sent
    const ServiceEnvironment &environment() const { return m_environment; }
    const std::vector<SmokeResult> &results() const { return m_results; }
    QDateTime started() const { return m_started; }
    bool isRunning() const { return m_open > 0; }
    bool wasCancelled() const { return m_cancelled; }

signals:
    void changed(int index);
    void finished();

private:
    void sendNext();
    void send(size_t index);
    void take(size_t index, const HttpAnswer &answer);
    void settle(size_t index);

    ServiceEnvironment m_environment;
    std::vector<SmokeResult> m_results;
    std::vector<QPointer<HttpCall>> m_calls;
    QDateTime m_started;
    size_t m_next = 0;
    int m_running = 0;
    int m_open = 0;
    bool m_cancelled = false;
};

} // namespace tenken
