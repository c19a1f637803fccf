// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

#include <QUrl>

namespace tenken
{

namespace
{

const QString endpointsExample = QStringLiteral("endpoints: [\"https://id-auth.example.com/healthz\"]");
const QString limitExample = QStringLiteral("sentry-rate-limit: {events: 300, seconds: 60}");

void readEndpoints(ServiceFields &fields, Yaml node, Service &service)
{
    const Field field{node, QStringLiteral("monitoring.endpoints"), endpointsExample};
    QStringList endpoints;
    for (const QString &text : fields.texts(field)) {
        const QUrl url(text, QUrl::StrictMode);
        if (url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty())
            endpoints << text;
        else
            fields.wrong(field,
                         {"ホストのある URL（利用者名とパスワードなし）",
                          "URLs with a host, without user and password"});
    }
    if (!endpoints.isEmpty())
        service.watchedEndpoints = {endpoints, node.entrySpan()};
}

/// `none` says that there is no limit.
void readRateLimit(ServiceFields &fields, Yaml node, Service &service)
{
    if (node.text() == "none") {
        service.sentryRateLimit = {RateLimit{}, node.entrySpan()};
        return;
    }
    if (!fields.map({node, QStringLiteral("monitoring.sentry-rate-limit"), limitExample},
                    {QStringLiteral("events"), QStringLiteral("seconds")}))
        return;
    const auto events = fields.positive(
        {node["events"], QStringLiteral("monitoring.sentry-rate-limit.events"), limitExample});
    const auto seconds = fields.positive(
        {node["seconds"], QStringLiteral("monitoring.sentry-rate-limit.seconds"), limitExample});
    if (events && seconds)
        service.sentryRateLimit = {RateLimit{*events, *seconds}, node.entrySpan()};
    else if (ServiceFields::isUnset(node["events"]) || ServiceFields::isUnset(node["seconds"]))
        fields.report(
            node, {"上限には `events` と `seconds` が要ります", "a rate limit has `events` and `seconds`"},
            Text{"例: `%1`", "for example `%1`"}.arg(limitExample));
}

} // namespace

void readMonitoring(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map(
            {node, QStringLiteral("monitoring"), QStringLiteral("monitoring: {%1}").arg(limitExample)},
            {QStringLiteral("endpoints"), QStringLiteral("dashboard"), QStringLiteral("sentry-rate-limit")}))
        return;
    readEndpoints(fields, node["endpoints"], service);
    const QString dashboard = fields.text({node["dashboard"], QStringLiteral("monitoring.dashboard"),
                                           QStringLiteral("dashboard: abc-def-ghi")});
    if (!dashboard.isEmpty())
        service.dashboard = {dashboard, node["dashboard"].entrySpan()};
    readRateLimit(fields, node["sentry-rate-limit"], service);
}

} // namespace tenken
