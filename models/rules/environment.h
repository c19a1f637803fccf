// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Where a container gets an environment variable from. `text` may be a secret: it is compared, never shown.
struct EnvironmentValue {
    enum class From {
        Nowhere,
        Literal,
        Secret,
        ConfigMap,
        Field, ///< the downward API
        Unseen, ///< perhaps of an envFrom whose object is not in the evidence
    };
    From from = From::Nowhere;
    QString text; ///< a literal, also one that stands in a ConfigMap or a Secret of the manifests
    QString object; ///< the Secret's or ConfigMap's name
    QString fieldPath;
    bool optional = false;
    bool written = false; ///< the object is among the manifests, and its value stands there for all to read
    QString file;
    Yaml node;
};

/// As Kubernetes does: the last entry of env wins, then the last envFrom; "$(NAME)" alone is followed.
EnvironmentValue environmentValue(const RuleContext &context, const Workload &w, const Container &c,
                                  const QString &name);

/// Names that the container sets itself, in file order.
QStringList environmentNames(const Container &c);

/// The containers that run the application: the one that kubectl takes by default (annotation, else the one
/// named like service or workload or "app", else the first), and others that set a variable with this prefix
/// (none with an empty one).
std::vector<Container> mainContainers(const RuleContext &context, const Workload &w, const QString &prefix = {});

} // namespace tenken
