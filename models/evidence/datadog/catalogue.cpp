// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype mostLinks = 200;

void addLinks(CatalogueEntry &entry, const QJsonValue &list, const QString &type = {})
{
    for (const QJsonValue &v : list.toArray()) {
        const QJsonObject o = v.toObject();
        const QString url = o.value(u"url").toString();
        if (!url.isEmpty() && qsizetype(entry.links.size()) < mostLinks)
            entry.links.push_back({o.value(u"name").toString(), o.value(u"type").toString(type), url});
    }
}

void addContacts(CatalogueEntry &entry, const QJsonValue &list)
{
    for (const QJsonValue &v : list.toArray()) {
        const QJsonObject o = v.toObject();
        entry.contacts.push_back(
            {o.value(u"name").toString(), o.value(u"type").toString(), o.value(u"contact").toString()});
    }
}

// A URL, or an object that carries one.
void addOnCall(CatalogueEntry &entry, const QJsonObject &integrations)
{
    for (const char *tool : {"pagerduty", "opsgenie"}) {
        const QJsonValue v = integrations.value(QLatin1StringView(tool));
        const QJsonObject o = v.toObject();
        const QString url = v.isString() ? v.toString() : o.value(u"service-url").toString(o.value(u"serviceURL").toString());
        if (!url.isEmpty())
            entry.onCall << url;
    }
}

// v2 to v2.2, and v1, which groups the same under "info", "org" and "contact".
CatalogueEntry fromDefinition(const QJsonObject &schema)
{
    CatalogueEntry entry;
    entry.kind = u"service"_s;
    entry.version = schema.value(u"schema-version").toString();
    const QJsonObject info = schema.value(u"info").toObject();
    const QJsonObject org = schema.value(u"org").toObject();
    entry.name = schema.value(u"dd-service").toString(info.value(u"dd-service").toString());
    entry.displayName = info.value(u"display-name").toString();
    entry.team = schema.value(u"team").toString(org.value(u"team").toString());
    entry.tier = schema.value(u"tier").toString(info.value(u"service-tier").toString());
    entry.lifecycle = schema.value(u"lifecycle").toString();
    entry.tags = tagsFrom(schema.value(u"tags"));
    addLinks(entry, schema.value(u"links"));
    addLinks(entry, schema.value(u"external-resources"));
    addLinks(entry, schema.value(u"docs"), u"doc"_s);
    addLinks(entry, schema.value(u"repos"), u"repo"_s);
    addContacts(entry, schema.value(u"contacts"));
    const QJsonObject contact = schema.value(u"contact").toObject();
    for (auto it = contact.begin(); it != contact.end(); ++it)
        entry.contacts.push_back({{}, it.key(), it.value().toString()});
    addOnCall(entry, schema.value(u"integrations").toObject());
    return entry;
}

// v3: metadata, spec, integrations.
void fill(CatalogueEntry &entry, const QJsonObject &schema)
{
    const QJsonObject metadata = schema.value(u"metadata").toObject();
    const QJsonObject spec = schema.value(u"spec").toObject();
    addLinks(entry, metadata.value(u"links"));
    addContacts(entry, metadata.value(u"contacts"));
    addOnCall(entry, schema.value(u"integrations").toObject());
    entry.tier = spec.value(u"tier").toString();
    entry.lifecycle = spec.value(u"lifecycle").toString();
    entry.dependsOn = stringsOf(spec.value(u"dependsOn"));
    if (entry.team.isEmpty())
        entry.team = metadata.value(u"owner").toString();
    if (!schema.value(u"dd-service").isUndefined()) {
        const CatalogueEntry old = fromDefinition(schema);
        entry.links = old.links;
        entry.contacts = old.contacts;
        entry.onCall = old.onCall;
    }
}

QJsonObject schemaOf(const QJsonObject &resource, const QJsonObject &body)
{
    const QString id = resource.value(u"relationships").toObject().value(u"schema").toObject().value(u"data").toObject().value(u"id").toString();
    for (const QJsonValue &v : body.value(u"included").toArray()) {
        const QJsonObject o = v.toObject();
        if (o.value(u"type").toString() == u"schema" && o.value(u"id").toString() == id && !id.isEmpty())
            return attributesOf(o).value(u"schema").toObject();
    }
    return {};
}

const JsonPlace *placeIn(const JsonPlace *root, qsizetype i)
{
    const JsonPlace *data = root ? root->child(u"data"_s) : nullptr;
    return !data ? nullptr : data->children.empty() || !data->children.front().key.isEmpty() ? data : data->child(i);
}

} // namespace

std::vector<CatalogueEntry> catalogueFrom(const QJsonObject &body, const QString &file, const JsonPlace *root)
{
    std::vector<CatalogueEntry> entries;
    const QJsonArray data = dataOf(body);
    for (qsizetype i = 0; i < data.size(); ++i) {
        const QJsonObject resource = data.at(i).toObject();
        const QJsonObject attributes = attributesOf(resource);
        CatalogueEntry entry;
        if (attributes.value(u"schema").isObject()) {
            entry = fromDefinition(attributes.value(u"schema").toObject());
        } else {
            entry.kind = attributes.value(u"kind").toString();
            entry.name = attributes.value(u"name").toString();
            entry.displayName = attributes.value(u"displayName").toString();
            entry.version = attributes.value(u"apiVersion").toString();
            entry.team = attributes.value(u"owner").toString();
            entry.tags = tagsFrom(attributes.value(u"tags"));
            fill(entry, schemaOf(resource, body));
        }
        entry.file = file;
        if (const JsonPlace *place = placeIn(root, i))
            entry.span = place->span;
        if (!entry.name.isEmpty())
            entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<CatalogueRelation> relationsFrom(const QJsonObject &body)
{
    std::vector<CatalogueRelation> relations;
    for (const QJsonValue &v : dataOf(body)) {
        const QJsonObject a = attributesOf(v);
        const QJsonObject from = a.value(u"from").toObject(), to = a.value(u"to").toObject();
        relations.push_back({a.value(u"type").toString(), from.value(u"kind").toString(), from.value(u"name").toString(),
                             to.value(u"kind").toString(), to.value(u"name").toString()});
    }
    return relations;
}

} // namespace tenken
