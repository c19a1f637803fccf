// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>

#include <QJsonArray>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QStringList stringsOf(const QJsonValue &list)
{
    QStringList strings;
    for (const QJsonValue &v : list.toArray()) {
        if (v.isString())
            strings << v.toString();
    }
    return strings;
}

// A multistep test asks in every step; the first with a URL says where.
QString targetOf(const QJsonObject &config)
{
    const QJsonObject request = config.value(u"request").toObject();
    for (const char *key : {"url", "host"}) {
        if (const QString value = request.value(QLatin1StringView(key)).toString(); !value.isEmpty())
            return value;
    }
    for (const QJsonValue &step : config.value(u"steps").toArray()) {
        if (const QString url = step.toObject().value(u"request").toObject().value(u"url").toString();
            !url.isEmpty())
            return url;
    }
    return {};
}

} // namespace

SyntheticsTest syntheticsFrom(const QJsonObject &object, const QString &file, const JsonPlace *place)
{
    SyntheticsTest test;
    test.file = file;
    test.id = object.value(u"public_id").toString();
    test.name = object.value(u"name").toString();
    test.type = object.value(u"type").toString();
    test.live = object.value(u"status").toString() == u"live";
    test.message = object.value(u"message").toString();
    test.target = targetOf(object.value(u"config").toObject());
    test.tags = stringsOf(object.value(u"tags"));
    test.locations = stringsOf(object.value(u"locations"));
    const QJsonValue monitor = object.value(u"monitor_id");
    test.monitorId = monitor.isDouble() ? QString::number(monitor.toInteger()) : monitor.toString();
    if (place) {
        const JsonPlace *name = place->child(u"name"_s);
        test.span = name ? name->span : place->span;
    }
    return test;
}

ServiceCalls serviceCallsFrom(const QJsonObject &object, const QString &file)
{
    ServiceCalls calls{file, {}};
    for (auto it = object.begin(); it != object.end(); ++it)
        calls.calls.insert(it.key(), stringsOf(it.value().toObject().value(u"calls")));
    return calls;
}

} // namespace tenken
