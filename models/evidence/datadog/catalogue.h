// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QStringList>

namespace tenken
{

struct CatalogueLink {
    QString name, type, url; ///< type: "runbook", "doc", "repo", "dashboard" …
};

struct CatalogueContact {
    QString name, type, contact; ///< type: "email", "slack" …
};

/// A service (or another thing) as the software catalogue lists it, of either generation.
struct CatalogueEntry {
    QString file;
    Span span;
    QString kind; ///< "service", "datastore", "api" …
    QString name;
    QString displayName;
    QString version; ///< of the schema: "v1", "v2.1", "v3"
    QString team; ///< the owner
    QString tier, lifecycle;
    std::vector<CatalogueLink> links;
    std::vector<CatalogueContact> contacts;
    QStringList onCall; ///< URLs of PagerDuty, Opsgenie
    QStringList dependsOn; ///< "service:session", as written
    QStringList tags;
};

/// "service:shop depends on datastore:users".
struct CatalogueRelation {
    QString type; ///< "RelationTypeDependsOn", "RelationTypeOwnedBy" …
    QString fromKind, from, toKind, to;
};

} // namespace tenken
