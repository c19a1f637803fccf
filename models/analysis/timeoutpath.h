// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/meshroutes.h>
#include <evidence/service.h>

namespace tenken {

/// One thing that waits and tries again on the way of a call: the client library, or the sidecar in front of it.
struct TimeoutLayer {
    enum class By { Client, Mesh };
    By by = By::Client;
    std::optional<double> perTry;     ///< seconds that one try may take; nothing: no limit of its own
    std::optional<double> timeout;    ///< seconds that the call may take with all its tries
    int tries = 1;                    ///< first try and retries
    bool triesKnown = true;           ///< false: not declared, counted as one
    bool triesDefault = false;        ///< Istio's default of two retries holds
    QString file;
    Span span;

    std::optional<double> oneTry() const;
    std::optional<double> total() const;   ///< min(timeout, tries × perTry); nothing: no limit
    bool triesFit() const;                 ///< timeout ≥ tries × perTry, where both are set
    bool isLimited() const { return total().has_value(); }
};

/// A call from one party to the next: the client outside, the sidecar inside.
struct TimeoutHop {
    Text from, to;
    std::vector<TimeoutLayer> layers;

    std::optional<double> oneTry() const;  ///< the shortest of the layers: when the callee's work is given up
    std::optional<double> total() const;   ///< how long the caller may wait for it
    int tries() const;                     ///< product of the layers
};

/// caller → service → dependency, outermost first.
struct TimeoutPath {
    std::vector<TimeoutHop> hops;
    int stormLimit = 0;                    ///< 0: none given

    int tries() const;                     ///< at the last party, for one request of the first (the retry storm)
    double longest() const;                ///< seconds the picture has to show
    bool nested() const;                   ///< every hop's one try outlasts what the hop below may take
};

/// Where an inner wait outlives the outer: the outer party has given up, and the inner goes on for nobody.
/// `hop` is the inner one. The outer has to be longer, so equal times are a gap too.
struct NestingGap {
    size_t hop = 0;
    double outer = 0;
    std::optional<double> inner;           ///< nothing: without limit
};
std::vector<NestingGap> nestingGaps(const TimeoutPath &path);

TimeoutLayer clientLayer(const ClientSettings &client, const QString &serviceFile);
TimeoutLayer meshLayer(const MeshRoute &route);

} // namespace tenken
