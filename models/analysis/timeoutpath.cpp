// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/timeoutpath.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostTries = 1'000'000;

int product(int a, int b)
{
    return int(std::min<qint64>(qint64(std::max(1, a)) * std::max(1, b), mostTries));
}

std::optional<double> shorter(std::optional<double> a, std::optional<double> b)
{
    return a && b ? std::min(*a, *b) : a ? a : b;
}

} // namespace

std::optional<double> TimeoutLayer::oneTry() const
{
    return shorter(perTry, timeout);
}

std::optional<double> TimeoutLayer::total() const
{
    return shorter(perTry ? std::optional(*perTry * tries) : std::nullopt, timeout);
}

bool TimeoutLayer::triesFit() const
{
    constexpr double rounding = 1e-9;
    return !perTry || !timeout || *timeout + rounding >= *perTry * tries;
}

std::optional<double> TimeoutHop::oneTry() const
{
    std::optional<double> shortest;
    for (const TimeoutLayer &layer : layers)
        shortest = shorter(shortest, layer.oneTry());
    return shortest;
}

// Each layer ends what is inside it: a client that gives up resets the stream, and the sidecar stops with it.
std::optional<double> TimeoutHop::total() const
{
    std::optional<double> inside;
    for (size_t i = layers.size(); i-- > 0;) {
        const TimeoutLayer &layer = layers[i];
        const std::optional<double> repeated = inside ? std::optional(*inside * layer.tries) : std::nullopt;
        inside = shorter(layer.total(), repeated);
    }
    return inside;
}

int TimeoutHop::tries() const
{
    int all = 1;
    for (const TimeoutLayer &layer : layers)
        all = product(all, layer.tries);
    return all;
}

int TimeoutPath::tries() const
{
    int all = 1;
    for (const TimeoutHop &hop : hops)
        all = product(all, hop.tries());
    return all;
}

double TimeoutPath::longest() const
{
    double most = 0;
    for (const TimeoutHop &hop : hops) {
        for (const TimeoutLayer &layer : hop.layers) {
            most = std::max({most, layer.timeout.value_or(0), layer.perTry.value_or(0) * layer.tries});
        }
    }
    return most;
}

bool TimeoutPath::nested() const
{
    return nestingGaps(*this).empty();
}

std::vector<NestingGap> nestingGaps(const TimeoutPath &path)
{
    std::vector<NestingGap> gaps;
    std::optional<double> outer;
    for (size_t i = 0; i < path.hops.size(); ++i) {
        const std::optional<double> inner = path.hops[i].total();
        if (outer && (!inner || *inner >= *outer))
            gaps.push_back({i, *outer, inner});
        outer = shorter(outer, path.hops[i].oneTry());
    }
    return gaps;
}

TimeoutLayer clientLayer(const ClientSettings &client, const QString &serviceFile)
{
    TimeoutLayer layer;
    layer.by = TimeoutLayer::By::Client;
    layer.timeout = client.timeoutSeconds.value;
    if (client.perTrySeconds)
        layer.perTry = client.perTrySeconds.value;
    else if (client.readSeconds)
        layer.perTry = *client.readSeconds + client.connectSeconds.value.value_or(0);
    layer.triesKnown = bool(client.retries);
    layer.tries = 1 + client.retries.value.value_or(0);
    layer.file = serviceFile;
    layer.span = client.span;
    return layer;
}

TimeoutLayer meshLayer(const MeshRoute &route)
{
    TimeoutLayer layer;
    layer.by = TimeoutLayer::By::Mesh;
    if (route.hasTimeout())
        layer.timeout = route.timeout.seconds;
    if (route.retries.attempts > 0 && route.retries.perTry.seconds.value_or(0) > 0)
        layer.perTry = route.retries.perTry.seconds;
    layer.tries = route.tries();
    layer.triesDefault = !route.retries.written;
    layer.file = route.object->file;
    layer.span = route.node.span();
    return layer;
}

} // namespace tenken
