// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitormessage.h>
#include <analysis/monitorquery.h>

#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace tenken
{

/// What a service is called: by itself, and by tags of its own resources. Lower case.
struct ServiceNames {
    QStringList names;
    QStringList tags; ///< "loadbalancer:app/x/1"
    QRegularExpression word; ///< one of the names, whole
    QStringList nearby = {}; ///< tags of what lies among its manifests and may be another's: candidates
    QStringList scraped = {}; ///< what scraped metrics call it: "service:id-auth-web", its Kubernetes Service
    QStringList around = {}; ///< tags that it stands within: "team:identity", "kube_namespace:id"

    bool isService(const QString &value) const { return names.contains(value); }
    bool isEmpty() const { return names.isEmpty() && tags.isEmpty(); }
};
ServiceNames serviceNames(const QString &serviceId, const QStringList &aliases);

/// How sure we are that a monitor watches this service (facts: A query, B tag, C resource, D only the name).
enum class Belongs { No, NameOnly, Yes };
/// An alias is another name of the service, or a whole tag of a resource of its own ("loadbalancer:app/x/1").
/// A monitor of another environment than production is none of the service's: No.
Belongs belongsTo(const Monitor &monitor, const QString &serviceId, const QStringList &aliases);
Belongs belongsTo(const Monitor &monitor, const MonitorQuery &query, const ServiceNames &names);

/// The query names services, and not this one: a tag may say otherwise.
bool watchesAnother(const Monitor &monitor, const QString &serviceId, const QStringList &aliases);
bool watchesAnother(const MonitorQuery &query, const ServiceNames &names);

/// What the scope (else the tags) says of the environment. Unclear: a name that tells neither way.
enum class WatchedEnvironment { Unsaid, Production, Other, Unclear };
WatchedEnvironment environmentOf(const Monitor &monitor, const MonitorQuery &query);
WatchedEnvironment environmentOf(const Monitor &monitor);

/// The monitors a composite is made of; ids that are not among `all` go to `missing`.
std::vector<const Monitor *> constituentsOf(const Monitor &composite, const std::vector<Monitor> &all,
                                            QStringList *missing = nullptr);

enum class Signal { ServerErrors, Errors, Latency, Batch, Dependency, HighLoad, Other };
std::vector<Signal> signalsOf(const MonitorQuery &query);
std::vector<Signal> signalsOf(const Monitor &monitor);

/// Whether it tells that load is getting too high: requests, latency, CPU, memory, connections, queues,
/// autoscaling at its end; of the service or of what it depends on.
bool tellsHighLoad(const MonitorQuery &query);
bool tellsHighLoad(const Monitor &monitor);

/// What may keep it from firing as its name says: another threshold in the query than in the options, another
/// percentile than in the name, a placeholder that was never filled, a floor that is silent when no data come,
/// metrics of AWS without the delay that they need.
std::vector<Text> doubtsAbout(const Monitor &monitor, const MonitorQuery &query);
std::vector<Text> doubtsAbout(const Monitor &monitor);
/// Worth saying, yet no reason to doubt it: no priority, a ratio without a minimum of traffic, it stands in
/// Alert or No Data, what Datadog itself says of it.
std::vector<Text> remarksOn(const Monitor &monitor, const MonitorQuery &query);
std::optional<double> criticalThreshold(const Monitor &monitor);

std::vector<Handle> handlesOf(const NotificationRule &rule); ///< conditions on anything but the alert stay
bool appliesTo(const NotificationRule &rule, const Monitor &monitor); ///< or may: its filter names a group's tag
/// Whom the rule tells of this monitor's alert; none where it does not apply.
std::vector<Handle> handlesFor(const NotificationRule &rule, const Monitor &monitor);

} // namespace tenken
