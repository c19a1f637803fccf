// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QMap>
#include <QStringList>

class QUrl;

namespace tenken {

/// Statuses that an answer may have: one, several, or classes ("2xx").
struct WantedStatus {
    std::vector<std::pair<int, int>> ranges = {{200, 200}};

    bool accepts(int status) const;
    QString text() const; ///< "200", "200, 204", "2xx"
};

/// A request whose answer shows whether the service works. Declared only: nothing here reaches the network.
struct SmokeRequest {
    QString id;             ///< "health"
    QString url;
    QString method = QStringLiteral("GET");
    QMap<QString, QString> headers; ///< values name environment variables: "Bearer ${SMOKE_TOKEN}"
    QString send;           ///< body of the request; may name environment variables too
    WantedStatus status;
    QString bodyPattern;    ///< regular expression that the body has to match somewhere; empty: any body
    double seconds = 5;     ///< the answer has to be there within
    bool followRedirects = false;
    QString probe;          ///< "liveness" or "readiness" where it asks that endpoint
    Span span;

    QStringList variables() const; ///< the environment variables that it names, each once
};

/// Where the service runs, and how to see whether it works there.
struct ServiceEnvironment {
    QString id;             ///< "production"
    int parallel = 4;       ///< requests of a smoke run at the same time
    std::vector<SmokeRequest> smoke;
    Span span;
};

/// "localhost", 127.0.0.0/8 and ::1: what is sent there stays on this machine.
bool isLoopback(const QUrl &url);

/// A text with its `${NAME}` replaced by what `value` says of NAME.
QString withVariables(const QString &text, const QMap<QString, QString> &values);

} // namespace tenken
