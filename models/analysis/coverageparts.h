// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>

#include <unordered_map>

namespace tenken
{

/// A monitor's query and what it says, worked out once.
struct ParsedMonitor {
    MonitorQuery query;
    Belongs belongs = Belongs::No; ///< by its own words, without a person's
    WatchedEnvironment environment = WatchedEnvironment::Unsaid;
};

/// Reads the monitors of one service's evidence; what composites are made of is read once too.
class MonitorReader
{
public:
    explicit MonitorReader(const Evidence &evidence);

    /// Nothing for monitors that have nothing to do with the service.
    std::unique_ptr<MonitorReading> read(const Monitor &monitor);
    const ParsedMonitor &parsed(const Monitor &monitor);
    /// The monitors whose own alert makes this one alert: itself; of a composite those that are enough alone.
    std::vector<const Monitor *> partsThatAlert(const Monitor &monitor) const;
    const Evidence &evidence() const { return m_evidence; }
    std::vector<const Monitor *> constituents(const Monitor &composite, QStringList *missing = nullptr) const;

private:
    bool mayConcern(const Monitor &monitor) const;
    const MonitorLink *linkOf(const Monitor &monitor) const;
    Belongs belongs(const Monitor &monitor);
    bool watchesDependency(const Monitor &monitor);
    std::vector<Signal> signalsWithParts(const Monitor &monitor);
    std::vector<Signal> signalsOfSlo(const Monitor &alert);
    void readDoubts(MonitorReading &reading);
    void readRoutes(MonitorReading &reading) const;
    bool holdsForService(const QString &scope) const;
    void readSuppressors(MonitorReading &reading) const;
    void readRunbook(MonitorReading &reading) const;

    const Evidence &m_evidence;
    ServiceNames m_names;
    std::vector<Guide> m_guides;
    QStringList m_runbooks; ///< that the catalogue lists
    QStringList m_words; ///< one of which a monitor of the service names
    QHash<QString, const Monitor *> m_byId;
    QHash<QString, const MonitorLink *> m_links;
    std::unordered_map<const Monitor *, ParsedMonitor> m_parsed;
};

/// Its Kubernetes objects as tags that queries may name: "kube_deployment:id-auth-web", "kube_service:id-auth".
QStringList kubernetesTags(const Manifests &manifests, const Service &service);
/// Their Services as Prometheus labels what it scrapes through them; what Datadog calls so may be another's.
QStringList scrapedTags(const Manifests &manifests, const Service &service);
/// Those of the other workloads among its manifests: whether they are the service's, nothing tells.
QStringList nearbyTags(const Manifests &manifests, const Service &service);
/// Namespaces of its own workloads, as tags.
QStringList namespaceTags(const Manifests &manifests, const Service &service);

/// How far its alert gets, once its routes and what keeps them back are read.
Reach reachOf(const MonitorReading &reading);

std::vector<NeedCoverage> needsOf(const Evidence &evidence, const Coverage &coverage, MonitorReader &reader);

/// Says of a need whose monitors are found how it is covered, and why.
void answer(NeedCoverage &need, const Coverage &coverage);

} // namespace tenken
