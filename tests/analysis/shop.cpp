// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"

namespace tenken::test
{

Evidence shop()
{
    Evidence e;
    e.manifests = std::make_shared<Manifests>();
    e.service.id = u"shop"_s;
    e.service.datadogFolder = u"readiness/datadog"_s;
    e.service.batch.value = false;
    e.datadog.exists = true;
    e.datadog.monitorsComplete = true;
    return e;
}

Monitor &add(Evidence &e, const QString &name, const QString &query, const QString &message)
{
    Monitor m;
    m.id = QString::number(e.datadog.monitors.size() + 1);
    m.name = name;
    m.type = u"query alert"_s;
    m.query = query;
    m.message = message;
    m.priority = 1;
    e.datadog.monitors.push_back(m);
    return e.datadog.monitors.back();
}

std::shared_ptr<const Manifests> deployments(const QStringList &all)
{
    QByteArray yaml;
    for (const QString &one : all) {
        yaml += u"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: %1, namespace: '%2', labels: {%3}}\n"
                "spec: {selector: {matchLabels: {run: %1}}, template: {metadata: {labels: {run: %1}}, spec: {containers: "
                "[{name: a, image: a}]}}}\n"_s
                    .arg(one.section(u'|', 0, 0), one.section(u'|', 1, 1), one.section(u'|', 2)).toUtf8();
    }
    return std::make_shared<Manifests>(readManifests({YamlFile::parse(yaml, u"k8s.yaml"_s)}).value);
}

} // namespace tenken::test
