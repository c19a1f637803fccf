// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/meshroutes.h>

#include <analysis/fields.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Refusal = std::optional<RefusedSetting>;

// Conditions that Envoy knows, for HTTP and for gRPC; a number is a status code.
const QStringList &retryConditions()
{
    static const QStringList known = QStringLiteral(
        "5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream retriable-status-codes "
        "retriable-headers envoy-ratelimited http3-post-connect-failure cancelled deadline-exceeded internal "
        "resource-exhausted unavailable").split(u' ');
    return known;
}

// Istio takes durations of at least a millisecond, and only whole ones.
Refusal refusedDuration(Yaml node, bool zeroAllowed = false)
{
    if (!node || node.isNull() || looksTemplated(node.string()))
        return {};
    const std::optional<double> seconds = durationSeconds(node.text());
    if (!seconds)
        return RefusedSetting{node, Text{"%1 は時間ではありません。", "%1 is no duration."}.arg(node.string())};
    const double ms = *seconds * 1000;
    if ((zeroAllowed && ms == 0) || (ms >= 1 && std::abs(ms - std::round(ms)) < 1e-7))
        return {};
    return RefusedSetting{node, Text{"%1 はミリ秒の整数倍 (1 ms 以上) ではありません。", "%1 is no whole number of milliseconds from 1 ms on."}.arg(node.string())};
}

Refusal refusedNumber(Yaml node, double least, double most)
{
    if (!node || node.isNull() || looksTemplated(node.string()))
        return {};
    const std::optional<double> n = node.number();
    if (n && *n >= least && *n <= most)
        return {};
    return RefusedSetting{node, Text{"%1 は %2 から %3 までの数ではありません。", "%1 is no number from %2 to %3."}
                                    .arg(node.string(), formatNumber(least), formatNumber(most))};
}

Refusal refusedConditions(Yaml node)
{
    for (const QString &word : node.string().split(u',', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int status = word.trimmed().toInt(&isNumber);
        if (isNumber ? status < 100 || status > 599 : !retryConditions().contains(word.trimmed()))
            return RefusedSetting{node, Text{"「%1」という条件はありません。", "There is no condition “%1”."}.arg(word.trimmed())};
    }
    return {};
}

Refusal firstOf(std::initializer_list<Refusal> refusals)
{
    for (const Refusal &r : refusals) {
        if (r)
            return r;
    }
    return {};
}

constexpr double most32 = 4'294'967'295.0;

Refusal refusedPool(Yaml pool)
{
    if (!pool || pool.isNull())
        return {};
    const Yaml tcp = pool["tcp"], http = pool["http"];
    if (!tcp.isMap() && !http.isMap())
        return RefusedSetting{pool, {"connectionPool に tcp も http もありません。", "connectionPool has neither tcp nor http."}};
    for (const char *key : {"http1MaxPendingRequests", "http2MaxRequests", "maxRequestsPerConnection", "maxRetries", "maxConcurrentStreams"}) {
        if (const Refusal r = refusedNumber(http[key], 0, most32))
            return r;
    }
    const Yaml keepAlive = http["http2KeepAlive"];
    if (keepAlive.isMap() && keepAlive["interval"].exists() != keepAlive["timeout"].exists())
        return RefusedSetting{keepAlive, {"http2KeepAlive には interval と timeout の両方が要ります。", "http2KeepAlive needs both interval and timeout."}};
    return firstOf({refusedNumber(tcp["maxConnections"], 0, most32), refusedDuration(tcp["connectTimeout"]),
                    refusedDuration(tcp["idleTimeout"], true), refusedDuration(http["idleTimeout"], true),
                    refusedDuration(tcp["maxConnectionDuration"])});
}

Refusal refusedOutlier(Yaml outlier)
{
    if (!outlier || outlier.isNull())
        return {};
    if (outlier["consecutiveLocalOriginFailures"] && !outlier["splitExternalLocalOriginErrors"].boolean().value_or(false))
        return RefusedSetting{outlier["consecutiveLocalOriginFailures"],
                              {"splitExternalLocalOriginErrors: true がなければ使えません。", "It needs splitExternalLocalOriginErrors: true."}};
    return firstOf({refusedDuration(outlier["interval"]), refusedDuration(outlier["baseEjectionTime"]),
                    refusedNumber(outlier["maxEjectionPercent"], 0, 100), refusedNumber(outlier["minHealthPercent"], 0, 100)});
}

Refusal refusedWeights(Yaml route)
{
    const auto destinations = route.items();
    qint64 sum = 0;
    for (const Yaml d : destinations) {
        const Yaml weight = d["weight"];
        if (weight && !weight.isNull() && !weight.integer())
            return {}; // a template: judged elsewhere as not readable
        const qint64 n = weight.integer().value_or(0);
        if (n < 0)
            return RefusedSetting{weight, {"重みが負です。", "A weight is negative."}};
        sum += std::min<qint64>(n, 1'000'000'000);
    }
    if (destinations.size() > 1 && sum == 0)
        return RefusedSetting{route, {"宛先が複数あるのに、重みがすべて 0 です。", "There are several destinations and all their weights are 0."}};
    return {};
}

} // namespace

std::optional<RefusedSetting> refusedRetries(const MeshRoute &route)
{
    const Yaml r = route.retries.node;
    if (!r.isMap())
        return {};
    if (const std::optional<qint64> attempts = r["attempts"].integer(); attempts && *attempts < 0)
        return RefusedSetting{r["attempts"], {"attempts が負です。", "attempts is negative."}};
    if (r["attempts"].integer().value_or(r["attempts"].exists() ? 1 : 0) == 0) {
        for (const QString &key : r.keys()) {
            if (key != u"attempts")
                return RefusedSetting{r, Text{"attempts が 0 なのに %1 があります。", "attempts is 0, and yet there is %1."}.arg(key)};
        }
    }
    return firstOf({refusedDuration(r["perTryTimeout"], true), refusedDuration(r["backoff"]), refusedConditions(r["retryOn"])});
}

std::optional<RefusedSetting> refusedRoute(Yaml http)
{
    const bool acts = std::ranges::any_of(std::initializer_list<const char *>{"route", "redirect", "delegate", "directResponse"},
                                          [&](const char *key) { return http[key].exists(); });
    if (!acts)
        return RefusedSetting{http, {"宛先も redirect もありません。", "It has neither a destination nor a redirect."}};
    if (const Refusal r = refusedWeights(http["route"]))
        return r;
    return refusedNumber(http["mirrorPercentage"]["value"], 0, 100);
}

std::optional<RefusedSetting> refusedPolicy(Yaml trafficPolicy)
{
    for (const Yaml port : trafficPolicy["portLevelSettings"].items()) {
        if (const Refusal r = firstOf({refusedPool(port["connectionPool"]), refusedOutlier(port["outlierDetection"])}))
            return r;
    }
    return firstOf({refusedPool(trafficPolicy["connectionPool"]), refusedOutlier(trafficPolicy["outlierDetection"])});
}

} // namespace tenken
