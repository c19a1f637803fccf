// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitorsupport.h"

namespace tenken::test
{

Evidence monitoredService()
{
    Evidence e;
    e.manifests = std::make_shared<Manifests>();
    e.service.file = QStringLiteral("readiness/service.yaml");
    e.service.id = QStringLiteral("id-auth");
    e.service.idSpan = {3, 5, 3, 12};
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    e.datadog.exists = true;
    e.datadog.monitorsComplete = true;
    return e;
}

Monitor &addMonitor(Evidence &e, const QString &name, const QString &query, const QString &message)
{
    Monitor m;
    m.id = QString::number(100 + e.datadog.monitors.size());
    m.name = name;
    m.type = QStringLiteral("query alert");
    m.query = query;
    m.message = message;
    m.file = QStringLiteral("readiness/datadog/monitors.json");
    m.span = {int(10 * e.datadog.monitors.size()) + 2, 3, int(10 * e.datadog.monitors.size()) + 9, 4};
    m.fields = {{QStringLiteral("message"), {m.span.line + 3, 5, m.span.line + 3, 20}}};
    e.datadog.monitors.push_back(m);
    return e.datadog.monitors.back();
}

void addGuide(Evidence &e, const QString &role, const QString &markdown, const QString &url)
{
    DocumentSource source;
    source.role = role;
    source.url = url;
    if (!markdown.isNull()) {
        source.file = QStringLiteral("docs/%1.md").arg(role);
        e.documents.push_back(readMarkdown(source.file, markdown.toUtf8()));
        e.documents.back().role = role;
    }
    e.service.documents.push_back(source);
}

} // namespace tenken::test
