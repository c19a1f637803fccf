// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

namespace tenken {

namespace {

void readBreaker(ServiceFields &fields, Yaml node, const QString &path, ClientSettings &client)
{
    const QString example = QStringLiteral("circuit-breaker: {library: resilience4j, link: \"https://…\"}");
    if (ServiceFields::isUnset(node))
        return;
    // One text: the link, else the library's name.
    if (node.isScalar()) {
        const QString text = node.string().trimmed();
        const bool link = text.contains(QLatin1String("://"));
        client.breaker = {link ? QString() : text, node.span()};
        client.breakerLink = link ? text : QString();
        return;
    }
    if (!fields.map({node, path, example}, {QStringLiteral("library"), QStringLiteral("link")}))
        return;
    client.breaker = {fields.text({node["library"], path + QStringLiteral(".library"), QStringLiteral("library: resilience4j")}),
                      node.span()};
    client.breakerLink = fields.text({node["link"], path + QStringLiteral(".link"), QStringLiteral("link: \"https://…\"")});
}

} // namespace

/// The keys stand in `node` itself; `otherKeys` are those that it has besides.
ClientSettings readClient(ServiceFields &fields, Yaml node, const QString &path, const QStringList &otherKeys)
{
    ClientSettings client;
    const QStringList keys{QStringLiteral("connect-timeout"), QStringLiteral("read-timeout"), QStringLiteral("per-try"),
                           QStringLiteral("timeout"), QStringLiteral("retries"), QStringLiteral("circuit-breaker")};
    if (!fields.map({node, path, QStringLiteral("{connect-timeout: 500ms, read-timeout: 2s, retries: 1}")}, keys + otherKeys))
        return client;
    client.span = node.span();
    const auto duration = [&](const char *key, const char *example) {
        return fields.duration({node[key], path + u'.' + QString::fromLatin1(key), QString::fromLatin1(example)});
    };
    client.connectSeconds = duration("connect-timeout", "connect-timeout: 500ms");
    client.readSeconds = duration("read-timeout", "read-timeout: 2s");
    client.perTrySeconds = duration("per-try", "per-try: 1s");
    client.timeoutSeconds = duration("timeout", "timeout: 3s");
    client.retries = fields.whole({node["retries"], path + QStringLiteral(".retries"), QStringLiteral("retries: 1")}, 0);
    readBreaker(fields, node["circuit-breaker"], path + QStringLiteral(".circuit-breaker"), client);
    client.declared = client.connectSeconds || client.readSeconds || client.perTrySeconds || client.timeoutSeconds
        || client.retries || client.breaker;
    return client;
}

void readCallers(ServiceFields &fields, Yaml node, Service &service)
{
    const QString example = QStringLiteral("- {id: web-bff, timeout: 3s, retries: 1, per-try: 1s}");
    const std::vector<Yaml> items = fields.list({node, QStringLiteral("callers"), example});
    if (!node.isSequence())
        return;
    std::vector<Caller> callers;
    QStringList ids;
    for (const Yaml item : items) {
        Caller caller;
        caller.span = item.span();
        if (item.isScalar()) {
            caller.id = item.string().trimmed();
        } else {
            caller.client = readClient(fields, item, QStringLiteral("callers[]"), {QStringLiteral("id")});
            caller.id = fields.text({item["id"], QStringLiteral("callers[].id"), QStringLiteral("id: web-bff")});
        }
        if (caller.id.isEmpty()) {
            fields.report(item, {"呼び出し元には `id` が要ります", "a caller has an `id`"},
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
            continue;
        }
        fields.repeated(item, caller.id, ids);
        callers.push_back(std::move(caller));
    }
    service.callers = {std::move(callers), node.span()};
}

} // namespace tenken
