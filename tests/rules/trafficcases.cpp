// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficcases.h"

namespace tenken::test
{

QByteArray idAuth()
{
    return deployment({}) + "---\napiVersion: v1\nkind: Service\nmetadata: {name: id-auth, namespace: shop}\nspec: {selector: {app: id-auth}}\n";
}

QByteArray virtualService(const char *host, const QByteArray &http, const QByteArray &spec, const char *nameSpace)
{
    return QByteArray("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ") + QByteArray(host).replace('*', "x") + ", namespace: "
        + nameSpace + "}\nspec:\n  hosts: ['" + host + "']\n" + spec + "  http:\n    - route: [{destination: {host: '" + host + "'}}]\n" + http;
}

QByteArray destinationRule(const char *host, const QByteArray &spec, const char *nameSpace)
{
    return QByteArray("---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: ") + host + ", namespace: " + nameSpace
        + "}\nspec:\n  host: " + host + "\n" + spec;
}

QByteArray serviceYaml(const QByteArray &rest, const QByteArray &platform)
{
    return "format: tenken.service/1\nid: id-auth\n" + platform + rest;
}

QByteArray users(const QByteArray &client)
{
    return "dependencies:\n  - {id: users, kind: http, host: users" + (client.isEmpty() ? QByteArray() : ", client: {" + client + "}") + "}\n";
}

QByteArray database(const QByteArray &client)
{
    return "dependencies:\n  - {id: users-db, kind: mysql, host: 'users-db.internal:3306'" + (client.isEmpty() ? QByteArray() : ", client: {" + client + "}") + "}\n";
}

QString verdictsAbout(const std::vector<Finding> &findings, const QString &part)
{
    QStringList words;
    for (const Finding &f : findings) {
        if (f.title.en.contains(part))
            words << toString(f.verdict);
    }
    return words.join(u' ');
}

} // namespace tenken::test
