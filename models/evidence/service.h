// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/environments.h>
#include <evidence/files.h>
#include <evidence/prometheus/source.h>
#include <evidence/sizing.h>
#include <evidence/yaml.h>

#include <QMap>
#include <QVersionNumber>

namespace tenken {

/// A load that the service has to carry: a name people use, and the peak request rate.
struct CapacityEvent {
    QString id;             ///< "normal", "weekend", "sale", "new-year"
    Text name;
    double peakRps = 0;     ///< requests per second over the whole service
    Declared<int> scheduledReplicas; ///< replicas ensured before the event by a scheduled scale-out
    Span span;
};

/// A result file of a load test, and what the file itself cannot tell.
struct LoadTestSource {
    QStringList files;      ///< of one run (several generators), relative to the service's folder
    Declared<int> pods;     ///< application pods under test
    QString id;             ///< "step-1pod"
    QString purpose;        ///< "knee", "scaling", "peak", "rollout", "dependency" or empty: any
    Declared<double> offeredRps;
    QString environment;
    QString during;         ///< what was done meanwhile
    QString image;
    Span span;
};

/// How a client waits and tries again, as people declare it: a caller towards this service, or this service
/// towards a dependency.
struct ClientSettings {
    bool declared = false;
    Declared<double> connectSeconds;  ///< connect-timeout
    Declared<double> readSeconds;     ///< read-timeout: of one try, after the connection stands
    Declared<double> perTrySeconds;   ///< per-try: of one try as a whole
    Declared<double> timeoutSeconds;  ///< timeout: of the call with all its tries
    Declared<int> retries;            ///< further tries after the first
    Declared<QString> breaker;        ///< name of the library that breaks the circuit; may be empty
    QString breakerLink;              ///< where its settings can be read
    Span span;
};

struct Caller {
    QString id;             ///< "web-bff"
    ClientSettings client;
    Span span;
};

struct Dependency {
    QString id;             ///< "users-db"
    QString kind;           ///< "mysql", "redis", "http", …
    QString host;
    bool required = true;
    ClientSettings client;
    Span span;
    std::vector<DependencyInstances> instances;
    Declared<int> maxConnections;   ///< that it takes from the Pods in all; an entry of instances may say otherwise
    Declared<int> poolSize;         ///< connections that one Pod may open
};

struct DocumentSource {
    QString role;           ///< "onboarding", "oncall", "release-flow", …
    QString file;           ///< relative path; empty when only a URL is known
    QString url;            ///< where people read it
    Span span;
};

/// At most so many events in so many seconds; 0 events: there is no limit.
struct RateLimit {
    double events = 0;
    double seconds = 0;
};

/// A parameter set for one service. Tightening is free; loosening needs a reason (and is printed).
struct ParameterOverride {
    QString item;
    QString parameter;
    double value = 0;
    QString reason;
    Span span;
};

/// Another folder that evidence comes from, as declared (see roots.h for whether it may be read).
struct DeclaredRoot {
    QString name;           ///< "app": `app:deploy/` is a path in it
    QString path;           ///< relative to the service's folder, or absolute
    Span span;
};

/// Manifests that a program makes (see render.h).
struct RenderSource {
    enum class Kind { Kustomize, Helm };
    Kind kind = Kind::Kustomize;
    QString path;           ///< folder of the kustomization or the chart
    QStringList values;     ///< of a chart: further values files, the last has its way
    QString release, nameSpace;
    QString rendered;       ///< its output, read where the program may not or cannot be run
    Span span;

    QString name() const;   ///< "kustomize:deploy/overlays/production": what the rendered text is called
};

/// readiness/service.yaml: what people say about the service. Format: checklists/service.md.
struct Service {
    QString file;           ///< "readiness/service.yaml", or empty when there is none (bare manifests)
    QString id;
    Text name;
    QString team;
    Declared<QStringList> owners;          ///< the team's handles in CODEOWNERS: "@example/identity-platform"
    QString tier;
    QString checklist = QStringLiteral("zozotown"); ///< an id, or the path of a file in the folder
    Span checklistSpan;

    Declared<QVersionNumber> kubernetesVersion;
    Declared<QVersionNumber> istioVersion;
    Declared<bool> mesh;                   ///< `mesh: none` → false; an Istio version or `mesh: istio` → true
    Declared<bool> meshDefaults;           ///< `mesh-config: default` → true: nothing is set for the whole mesh
    Declared<bool> batch;                  ///< `batch: none` → false
    Declared<int> zones;
    std::vector<NodeGroupSource> nodeGroups;
    Declared<QString> nodeGroup;           ///< the one its Pods are meant for, where there are several
    Declared<NodeShare> daemonSets;        ///< per node, of DaemonSets that are not among the manifests
    Declared<NodeShare> sidecar;           ///< requests of an injected istio-proxy

    Declared<double> startSeconds;         ///< measured: container start → ready
    Declared<double> sigtermSeconds;       ///< measured: SIGTERM → stops accepting, default unset
    Declared<double> drainSeconds;         ///< measured: last request after that
    Declared<double> preStopSeconds;       ///< duration of a preStop that is not a plain sleep
    Declared<double> endpointSeconds;      ///< until every caller has removed the endpoint
    Declared<double> perPodRps;            ///< declared throughput of one pod
    Declared<QString> latencyPercentile;   ///< "p99"
    Declared<double> latencyTargetMs;
    Declared<double> errorRateTarget;      ///< 0.001 = 0.1 %

    std::vector<DeclaredRoot> roots;
    QStringList manifestPatterns;
    std::vector<RenderSource> renders;
    QStringList pipelinePatterns;
    QStringList infrastructurePatterns;    ///< CloudFormation templates, Fluent Bit files
    std::vector<LoadTestSource> loadTests;
    QString datadogFolder;
    PrometheusSource prometheus;
    std::vector<DocumentSource> documents;
    std::vector<CapacityEvent> events;
    Declared<std::vector<Dependency>> dependencies;   ///< `dependencies: []` is a declaration too
    Declared<std::vector<Caller>> callers;            ///< who sends this service its requests
    Declared<std::vector<ServiceEnvironment>> environments;
    Declared<QStringList> watchedEndpoints; ///< URLs that a check from outside has to hit
    Declared<QString> dashboard;           ///< of Datadog: "abc-def-ghi", or its URL
    Declared<RateLimit> sentryRateLimit;   ///< of the Sentry key
    std::vector<ParameterOverride> overrides;
    QStringList aliases;                   ///< other names monitors use for the service

    Span idSpan;

    /// Somewhere its monitors, series and dashboards are declared to lie.
    bool hasMonitorSource() const { return !datadogFolder.isEmpty() || prometheus.declared; }
};

/// Reads service.yaml; unknown keys and wrong types become problems with line, column and a suggestion, and
/// everything that can be understood is kept.
Partial<Service> readService(const YamlFile &file);

} // namespace tenken
