// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

std::optional<std::vector<SyntheticsAssertion>> assertionsOf(const QJsonValue &list)
{
    if (!list.isArray())
        return {};
    std::vector<SyntheticsAssertion> assertions;
    for (const QJsonValue &value : list.toArray()) {
        const QJsonObject a = value.toObject();
        assertions.push_back({a.value(u"type").toString(), a.value(u"operator").toString(),
                              a.value(u"target").toVariant().toString()});
    }
    return assertions;
}

/// A multistep test asks in every step; each has its subtype and its assertions.
std::vector<SyntheticsRequest> requestsOf(const QJsonObject &config, const QString &subtype)
{
    std::vector<SyntheticsRequest> requests;
    const auto take = [&](const QJsonObject &from, const QString &kind) {
        const QJsonObject request = from.value(u"request").toObject();
        for (const char *key : {"url", "host"}) {
            if (const QString value = request.value(QLatin1StringView(key)).toString(); !value.isEmpty()) {
                requests.push_back({value, kind, assertionsOf(from.value(u"assertions"))});
                return;
            }
        }
    };
    take(config, subtype);
    for (const QJsonValue &step : config.value(u"steps").toArray())
        take(step.toObject(), step.toObject().value(u"subtype").toString());
    return requests;
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
    test.requests = requestsOf(object.value(u"config").toObject(), object.value(u"subtype").toString());
    test.everySeconds = object.value(u"options").toObject().value(u"tick_every").toDouble();
    test.tags = stringsOf(object.value(u"tags"));
    test.locations = stringsOf(object.value(u"locations"));
    test.monitorId = idText(object.value(u"monitor_id"));
    if (place) {
        const JsonPlace *name = place->child(u"name"_s);
        test.span = name ? name->span : place->span;
    }
    return test;
}

ServiceCalls serviceCallsFrom(const QJsonObject &object, const QString &file)
{
    ServiceCalls calls{file, {}, {}};
    for (auto it = object.begin(); it != object.end(); ++it)
        calls.calls.insert(it.key(), stringsOf(it.value().toObject().value(u"calls")));
    return calls;
}

ApmServices apmServicesFrom(const QJsonObject &body, const QString &file)
{
    const QJsonObject data = body.value(u"data").toObject();
    const QJsonValue inside = data.value(u"attributes").toObject().value(u"services");
    return {file, {}, stringsOf(inside.isArray() ? inside : data.value(u"services"))};
}

} // namespace tenken
