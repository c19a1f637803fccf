// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken {

/// One probe of a container, with the API's defaults filled in.
struct Probe {
    enum class Handler { None, Http, Tcp, Exec, Grpc };
    /// What a port in a probe refers to. Named: resolved by the container's own ports, as the kubelet does.
    enum class Port { Unused, Declared, Undeclared, NoSuchName, OtherProtocol, Templated, OutOfRange };

    Yaml node;                ///< missing when the container has no such probe
    Handler handler = Handler::None;
    int initialDelay = 0, period = 10, timeout = 1, failureThreshold = 3;
    bool timingKnown = true;  ///< false: a number is a template or otherwise unreadable
    qint8 handlers = 0;       ///< how many are written; the API server refuses more than one
    QString endpoint;         ///< "http://pod:8080/live": equal for two probes that ask the same thing
    Port port = Port::Unused;
    QString portText;         ///< as written

    bool exists() const { return node.exists() && !node.isNull(); }
    /// Seconds from container start to the first possible kill of a container that never answers well:
    /// initialDelay + (failureThreshold − 1) × period (kubelet prober/worker.go).
    double earliestKill() const { return initialDelay + (failureThreshold - 1) * double(period); }
    /// How long a running container has to fail until the probe acts: failureThreshold × period, without initialDelay.
    double secondsToFail() const { return failureThreshold * double(period); }
};

Probe readProbe(const Container &container, std::string_view key);

/// The containers that are the service: app containers without the mesh's own proxy.
std::vector<Container> ownContainers(const Workload &w);

/// Those of them that receive requests: the ones that declare ports; all, where none does.
std::vector<Container> servingContainers(const Workload &w);

} // namespace tenken
