// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakedatadog.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>

using namespace tenken;

/// The fake Datadog by hand: tells how to reach it, and what its client did wrong as it happens.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const int port = argc > 1 ? QByteArray(argv[1]).toInt() : 8126;
    FakeDatadog datadog(QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth/readiness/datadog"));
    datadog.apiKey = "not-a-real-api-key-0001";
    datadog.applicationKey = "not-a-real-app-key-0001";
    datadog.missingScopes = {QStringLiteral("/api/v1/slo")};
    if (port < 1 || port > 65535 || !datadog.listen(quint16(port))) {
        out << "fake-datadog: cannot listen on port " << argv[1] << Qt::endl;
        return 2;
    }
    out << "A fake Datadog listens on " << datadog.site()
        << "; Ctrl+C ends it. In a copy of the demo service:\n\n"
        << "  DD_SITE=" << datadog.site() << " DD_API_KEY=" << datadog.apiKey
        << " DD_APP_KEY=" << datadog.applicationKey << " \\\n    ./dev tenken snapshot DIR\n"
        << Qt::endl;
    size_t told = 0;
    qsizetype complained = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &application, [&] {
        for (; told < datadog.http().requests().size(); ++told) {
            const FakeRequest &request = datadog.http().requests()[told];
            out << request.method << ' ' << request.url.toString() << Qt::endl;
        }
        const QStringList complaints = datadog.complaints();
        for (; complained < complaints.size(); ++complained)
            out << "!! " << complaints[complained] << Qt::endl;
    });
    timer.start(200);
    return QCoreApplication::exec();
}
