// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workloadcases.h"

namespace tenken::test {

/// The service id-auth of the namespace shop, with its Service.
inline QByteArray idAuth()
{
    return deployment({}) + "---\napiVersion: v1\nkind: Service\nmetadata: {name: id-auth, namespace: shop}\nspec: {selector: {app: id-auth}}\n";
}

/// A VirtualService with one http route; `http` is indented by six spaces.
inline QByteArray virtualService(const char *host, const QByteArray &http, const QByteArray &spec = {}, const char *nameSpace = "shop")
{
    return QByteArray("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ") + QByteArray(host).replace('*', "x") + ", namespace: "
        + nameSpace + "}\nspec:\n  hosts: ['" + host + "']\n" + spec + "  http:\n    - route: [{destination: {host: '" + host + "'}}]\n" + http;
}

inline QByteArray destinationRule(const char *host, const QByteArray &spec, const char *nameSpace = "shop")
{
    return QByteArray("---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: ") + host + ", namespace: " + nameSpace
        + "}\nspec:\n  host: " + host + "\n" + spec;
}

inline QByteArray serviceYaml(const QByteArray &rest, const QByteArray &platform = "platform: {kubernetes: \"1.31\", istio: \"1.22\", mesh: istio}\n")
{
    return "format: tenken.service/1\nid: id-auth\n" + platform + rest;
}

/// One HTTP dependency in the same namespace, with what its client is set to.
inline QByteArray users(const QByteArray &client = {})
{
    return "dependencies:\n  - {id: users, kind: http, host: users" + (client.isEmpty() ? QByteArray() : ", client: {" + client + "}") + "}\n";
}

inline QByteArray database(const QByteArray &client = {})
{
    return "dependencies:\n  - {id: users-db, kind: mysql, host: 'users-db.internal:3306'" + (client.isEmpty() ? QByteArray() : ", client: {" + client + "}") + "}\n";
}

/// "title=verdict" of the findings whose English title holds `part`, in order.
inline QString verdictsAbout(const std::vector<Finding> &findings, const QString &part)
{
    QStringList words;
    for (const Finding &f : findings) {
        if (f.title.en.contains(part))
            words << toString(f.verdict);
    }
    return words.join(u' ');
}

} // namespace tenken::test
