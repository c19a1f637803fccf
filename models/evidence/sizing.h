// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QMap>
#include <QStringList>

#include <optional>

namespace tenken {

/// A value of service.yaml together with the place it was written at, so that a finding can point there.
template<typename T>
struct Declared {
    std::optional<T> value;
    Span span; ///< in service.yaml

    explicit operator bool() const { return value.has_value(); }
    const T &operator*() const { return *value; }
    const T *operator->() const { return &*value; }
};

/// CPU and memory that Pods ask of a node.
struct NodeShare {
    double cpu = 0;       ///< cores
    double memory = 0;    ///< MiB
    int pods = 0;         ///< places for Pods, where that is counted

    NodeShare operator+(const NodeShare &o) const { return {cpu + o.cpu, memory + o.memory, pods + o.pods}; }
    NodeShare operator-(const NodeShare &o) const { return {cpu - o.cpu, memory - o.memory, pods - o.pods}; }
    NodeShare operator*(int n) const { return {cpu * n, memory * n, pods * n}; }
    friend bool operator==(const NodeShare &, const NodeShare &) = default;
};

struct NodeTaint {
    QString key, value, effect;
};

/// A node group as service.yaml describes it, for clusters whose own files are not among the evidence.
struct NodeGroupSource {
    QString name;
    QStringList types;                ///< instance types, "m6i.xlarge"
    QMap<QString, QString> labels;
    std::vector<NodeTaint> taints;
    Declared<int> min, max;           ///< nodes
    QStringList zones;
    Declared<double> vcpu, memory;    ///< cores, MiB: of a type that is not in the table
    Declared<int> maxPods;
    QString architecture;             ///< "amd64", "arm64" or empty
    Span span;
};

/// Instances of a dependency at an event; without an event, at every one that has no entry of its own.
struct DependencyInstances {
    QString event;
    int count = 0;
    QString type;                     ///< "db.r6g.xlarge"
    Declared<int> maxConnections;
    Span span;
};

} // namespace tenken
