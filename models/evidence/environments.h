// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QMap>

namespace tenken {

/// A request whose answer shows whether the service works. Declared only: nothing here reaches the network.
struct SmokeRequest {
    QString id;             ///< "health"
    QString url;
    QString method = QStringLiteral("GET");
    QMap<QString, QString> headers; ///< values name environment variables: "Bearer ${SMOKE_TOKEN}"
    int status = 200;       ///< wanted
    QString bodyPattern;    ///< regular expression that the body has to match somewhere; empty: any body
    double seconds = 5;     ///< the answer has to be there within
    QString probe;          ///< "liveness" or "readiness" where it asks that endpoint
    Span span;
};

/// Where the service runs, and how to see whether it works there.
struct ServiceEnvironment {
    QString id;             ///< "production"
    std::vector<SmokeRequest> smoke;
    Span span;
};

} // namespace tenken
