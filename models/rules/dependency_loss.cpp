// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/recordfindings.h>
#include <rules/trafficfindings.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

const Text breakerTitle{"サーキットブレーカー", "circuit breaker"};

Finding judgeEarly(const RuleContext &context, const DependencyTraffic &d)
{
    Finding f = findingOn(context, d, {"早いタイムアウト", "early timeout"});
    const double most = context.parameter(QStringLiteral("early-seconds"));
    f.wanted = relationText(Relation::AtMost, most * 1000, QStringLiteral("ms"));
    const bool readable = std::ranges::all_of(d.routes, [](const MeshRoute &r) { return r.timeout.readable && r.retries.readable; });
    if (!readable)
        return say(f, Verdict::Unknown, {"VirtualService の時間か回数が読めません。", "A duration or a number of the VirtualService cannot be read."},
                   {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
    double longest = 0;
    for (const TimeoutHop &hop : d.hops) {
        const std::optional<double> total = hop.total();
        if (!total && d.routes.empty())
            return std::move(sayNoClient(f, context, d, {"待つ時間の上限が分かりません。", "No limit to the wait is known."}, QStringLiteral("timeout: 2s, retries: 0")));
        if (!total) {
            f.measured = {"上限なし", "no limit"};
            markPath(f, {{hop}, 0});
            return say(f, Verdict::Fail, {"待つ時間に上限がなく、止まった依存先がこのサービスも止めます。", "The wait has no limit: a dependency that hangs makes this service hang."},
                       {"VirtualService の timeout か、クライアントの timeout を設定します。", "Set a timeout in the VirtualService or in the client."});
        }
        longest = std::max(longest, *total);
    }
    if (d.hops.empty())
        return std::move(sayNoClient(f, context, d, {"待つ時間の上限が分かりません。", "No limit to the wait is known."}, QStringLiteral("timeout: 2s, retries: 0")));
    compareSeconds(f, longest, Relation::AtMost, most);
    setPicture(f, TimeoutPath{{d.hops.front()}, 0});
    if (longest <= most)
        return say(f, Verdict::Pass, {"止まった依存先を早く見切ります。", "A dependency that hangs is given up early."});
    return say(f, Verdict::Warn, {"再試行を含めた待ちが長く、その間に要求が積み上がります。", "With its retries the wait is long, and requests pile up meanwhile."},
               Text{"合計を %1 以下にします。", "Keep all tries together within %1."}.arg(secondsText(most)));
}

// What one HostPolicy does when the host fails.
struct Breaker {
    bool refused = false, unreadable = false, bounded = false, ejects = false, ejectsEnough = false;
    Text measured, why;
    Yaml node;
    std::optional<double> percent;
    bool doubtful = false;    ///< set, yet so high that it acts too late: `why` says which
};

constexpr qint64 manyErrors = 1'000; // in a row: most hosts fail long before that

bool isTemplated(Yaml node)
{
    return node.isScalar() && !node.number() && !node.isNull();
}

void lookAtPool(const HostPolicy &policy, const DependencyTraffic &d, Breaker &b)
{
    const Yaml tcp = policy.pool["tcp"], http = policy.pool["http"];
    std::vector<std::pair<const char *, Yaml>> limits{{"maxConnections", tcp["maxConnections"]}};
    if (!d.opaque) {
        limits.push_back({"http1MaxPendingRequests", http["http1MaxPendingRequests"]});
        limits.push_back({"http2MaxRequests", http["http2MaxRequests"]});
    }
    for (const auto &[name, limit] : limits) {
        b.unreadable = b.unreadable || isTemplated(limit);
        if (bounds(limit) == Bounds::InName && !b.doubtful) {
            b.doubtful = true;
            b.node = limit;
            b.measured = sameText(QStringLiteral("%1: %2").arg(QLatin1String(name), limit.string()));
            b.why = Text{"%1 の上限 %2 には届かず、何も抑えません。", "The limit %2 of %1 is never reached: it bounds nothing."}.arg(name, limit.string());
        }
        if (bounds(limit) != Bounds::Truly)
            continue;
        b.bounded = true;
        b.node = b.node ? b.node : limit;
        b.measured = sameText(QStringLiteral("%1: %2").arg(QLatin1String(name), limit.string()));
    }
}

/// The fewest errors in a row that eject a host; nothing: no count is on. 5 of any 5xx by default, the gateway's off.
std::optional<qint64> leastErrors(Yaml outlier)
{
    const Yaml any = outlier["consecutive5xxErrors"] ? outlier["consecutive5xxErrors"] : outlier["consecutiveErrors"];
    std::optional<qint64> least;
    for (const qint64 count : {any.integer().value_or(5), outlier["consecutiveGatewayErrors"].integer().value_or(0),
                               outlier["consecutiveLocalOriginFailures"].integer().value_or(0)}) {
        if (count > 0)
            least = std::min(least.value_or(count), count);
    }
    return least;
}

// Of `hosts` the share that may be out at once, rounded down; unknown number: the share itself.
void lookAtOutlier(const HostPolicy &policy, const DependencyTraffic &d, double wantedPercent, Breaker &b)
{
    const Yaml outlier = policy.outlier;
    if (!outlier.isMap())
        return;
    const Yaml percentNode = outlier["maxEjectionPercent"];
    const Yaml healthNode = outlier["minHealthPercent"];
    if (isTemplated(percentNode) || isTemplated(healthNode) || isTemplated(outlier["consecutive5xxErrors"])) {
        b.unreadable = true;
        return;
    }
    b.percent = percentNode.number().value_or(10);
    const std::optional<qint64> errors = leastErrors(outlier);
    b.ejects = errors.has_value();
    if (!errors || *errors >= manyErrors) {
        b.doubtful = errors.has_value();
        b.why = errors ? Text{"%1 回続けて失敗するまで宛先を外しません。", "A host is ejected only after %1 errors in a row."}.arg(*errors)
                       : Text{"consecutive5xxErrors: 0 で、外す判定が止められています。", "consecutive5xxErrors: 0 turns ejection off."};
        b.node = outlier["consecutive5xxErrors"] ? outlier["consecutive5xxErrors"] : outlier;
        return;
    }
    // Below minHealthPercent Envoy uses every host again, ejected or not.
    const double most = std::max(0.0, 100 - healthNode.number().value_or(0));
    const bool byHealth = most < *b.percent;
    const Text healthWhy = Text{"minHealthPercent のため、%1 % を超えて外れると、外した宛先にも送ります。",
                                "With this minHealthPercent, once more than %1 % are ejected, requests go to the ejected hosts too."}.arg(formatNumber(most));
    b.percent = std::min(*b.percent, most);
    b.node = byHealth ? healthNode : percentNode ? percentNode : outlier;
    if (d.endpoints > 0) {
        const int out = int(std::floor(d.endpoints * *b.percent / 100 + 1e-9));
        const int wanted = std::max(1, int(std::ceil(d.endpoints * wantedPercent / 100 - 1e-9)));
        b.ejectsEnough = out >= wanted;
        b.measured = Text{"%1 % (%2 台のうち %3 台)", "%1 % (%3 of %2 hosts)"}.arg(formatNumber(*b.percent), d.endpoints, out);
        b.why = byHealth ? healthWhy
                         : Text{"%1 台のうち %2 台しか外せません (少ない台数では、古い Istio で 1 台、新しい Istio で 0 台)。",
                                "Of %1 hosts it ejects %2 (with few hosts older versions of Istio eject one, newer ones none)."}.arg(d.endpoints, out);
        return;
    }
    b.ejectsEnough = *b.percent + 1e-9 >= wantedPercent;
    b.measured = sameText(byHealth ? QStringLiteral("minHealthPercent: %1").arg(healthNode.string())
                                   : QStringLiteral("maxEjectionPercent: %1").arg(formatNumber(*b.percent)));
    b.why = byHealth ? healthWhy
                     : Text{"宛先の %1 % までしか外せず%2、残りへ送り続けます。", "It ejects at most %1 % of the hosts%2 and goes on sending to the rest."}
                           .arg(formatNumber(*b.percent), percentNode ? Text{} : Text{" (既定)", " (the default)"});
}

Breaker breakerOf(const HostPolicy &policy, const DependencyTraffic &d, double wantedPercent)
{
    Breaker b;
    if (const auto refused = refusedPolicy(policy.trafficPolicy)) {
        b.refused = true;
        b.node = refused->node;
        b.why = refused->why;
        return b;
    }
    lookAtOutlier(policy, d, wantedPercent, b);
    const Breaker outlierOnly = b;
    lookAtPool(policy, d, b);
    if (outlierOnly.ejectsEnough && !b.bounded) {
        b.node = outlierOnly.node;
        b.measured = outlierOnly.measured;
    }
    return b;
}

bool holds(const Breaker &b)
{
    return !b.refused && (b.bounded || b.ejectsEnough);
}

std::optional<Finding> judgeLibrary(const RuleContext &context, const DependencyTraffic &d)
{
    const ClientSettings &client = d.dependency->client;
    if (!client.breaker)
        return std::nullopt;
    Finding f = findingOn(context, d, breakerTitle);
    f.span = client.breaker.span;
    f.measured = sameText(client.breaker.value->isEmpty() ? client.breakerLink : *client.breaker);
    if (!client.breakerLink.isEmpty())
        return say(f, Verdict::Pass, {"クライアントのサーキットブレーカーが、設定へのリンクつきで宣言されています。", "The client's own circuit breaker is declared, with a link to its settings."});
    f.snippet = QStringLiteral("circuit-breaker: {library: %1, link: \"https://…\"}").arg(*client.breaker);
    return say(f, Verdict::Unknown, {"クライアントのサーキットブレーカーに、設定へのリンクがありません。", "The client's own circuit breaker has no link to its settings."},
               {"設定を読める場所を link に書きます。", "Write where its settings can be read into link."});
}

Finding judgePolicy(const RuleContext &context, const DependencyTraffic &d, const HostPolicy &policy, const Breaker &b)
{
    Finding f = findingFor(context, Text{"%1: %2", "%1: %2"}.arg(d.dependency->id, breakerTitle), *policy.rule, b.node);
    f.measured = b.measured.isEmpty() ? Text{"なし", "none"} : b.measured;
    const double wanted = context.parameter(QStringLiteral("eject-percent"));
    f.wanted = Text{"接続の上限、または %1 % 以上を外す", "bounded connections, or ejecting ≥ %1 %"}.arg(formatNumber(wanted));
    if (b.refused)
        return say(f, Verdict::Fail, Text{"Istio が拒みます。%1", "Istio refuses it. %1"}.arg(b.why), {"Istio が受け取る値にします。", "Write a value that Istio takes."});
    if (b.bounded)
        return say(f, Verdict::Pass, {"上限を超えた要求はすぐに断られ、待ち行列が積み上がりません。", "Requests beyond the limit are refused at once: no queue piles up."});
    if (b.ejectsEnough)
        return say(f, Verdict::Pass, {"失敗する宛先を、必要なだけ外せます。", "It can eject as many failing hosts as needed."});
    if (b.unreadable)
        return say(f, Verdict::Unknown, {"数が変数で、読めません。", "A number is a variable and cannot be read."}, {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
    f.snippet = QStringLiteral("trafficPolicy:\n  connectionPool:\n    tcp: { maxConnections: 100 }\n    http: { http1MaxPendingRequests: 64, http2MaxRequests: 256 }\n"
                               "  outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: 30s, maxEjectionPercent: 100 }");
    if (b.doubtful)
        return say(f, Verdict::Warn, b.why, {"届きうる上限か、少ない回数にします。", "Set a limit that can be reached, or a small number of errors."});
    return say(f, Verdict::Fail,
               b.percent ? b.why : Text{"DestinationRule に接続の上限も outlierDetection もなく、Istio の既定は無制限です。",
                                        "The DestinationRule bounds no connections and has no outlierDetection; Istio's default is without limit."},
               {"connectionPool に上限を書くか、maxEjectionPercent を上げます。", "Bound connectionPool, or raise maxEjectionPercent."});
}

Finding judgeBreaker(const RuleContext &context, const DependencyTraffic &d)
{
    const double wanted = context.parameter(QStringLiteral("eject-percent"));
    std::optional<Finding> worst;
    bool all = !d.policies.empty();
    for (const HostPolicy &policy : d.policies) {
        if (!policy.rule) {
            all = false;
            continue;
        }
        const Breaker b = breakerOf(policy, d, wanted);
        Finding f = judgePolicy(context, d, policy, b);
        if (!worst || (!holds(b) && worst->verdict == Verdict::Pass))
            worst = std::move(f);
    }
    const std::optional<Finding> library = judgeLibrary(context, d);
    if (worst && worst->verdict == Verdict::Pass && all)
        return *worst;
    if (library && (library->verdict == Verdict::Pass || !worst))
        return *library;
    if (worst && (worst->verdict != Verdict::Pass || all))
        return *worst;
    Finding f = findingOn(context, d, breakerTitle);
    const bool declared = d.dependency && d.dependency->client.declared;
    const Text why = declared ? Text{"DestinationRule がなく、宣言されたクライアントに circuit-breaker がありません。",
                                     "There is no DestinationRule, and the declared client names no circuit breaker."}
                              : Text{"DestinationRule もクライアントの宣言もありません。",
                                     "There is neither a DestinationRule nor a declared client."};
    return std::move(sayNoClient(f, context, d, why,
                                 QStringLiteral("circuit-breaker: {library: resilience4j, link: \"https://…\"}")));
}

// Rules for hosts that are no declared dependency: only what Istio refuses.
void judgeOtherRules(const RuleContext &context, std::vector<Finding> &findings)
{
    for (const KubeObject *rule : context.manifests().ofKind(QStringLiteral("DestinationRule"))) {
        const Yaml spec = rule->node["spec"];
        std::optional<RefusedSetting> refused = refusedPolicy(spec["trafficPolicy"]);
        for (const Yaml subset : spec["subsets"].items())
            refused = refused ? refused : refusedPolicy(subset["trafficPolicy"]);
        const bool told = refused && std::ranges::any_of(findings, [&](const Finding &f) { return f.object == rule->title() && f.span == placeOf(refused->node); });
        if (!refused || told)
            continue;
        findings.push_back(say(findingFor(context, {"Istio が受け取る値", "Values that Istio takes"}, *rule, refused->node), Verdict::Fail,
                               Text{"Istio が拒みます。%1", "Istio refuses it. %1"}.arg(refused->why), {"Istio が受け取る値にします。", "Write a value that Istio takes."}));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    if (auto undecided = dependenciesUndecided(context, {"依存先の障害", "An outage of a dependency"}))
        findings.push_back(std::move(*undecided));
    for (const DependencyTraffic &d : trafficFor(context).dependencies) {
        findings.push_back(judgeEarly(context, d));
        findings.push_back(judgeBreaker(context, d));
        std::ranges::move(judgeRecords(context, {QStringLiteral("dependency-down"), false, d.dependency->id},
                                       Text{"%1 を止めた試験", "Test with %1 down"}.arg(d.dependency->id)),
                          std::back_inserter(findings));
    }
    std::ranges::move(unassignedRecords(context, {"依存先を止めた試験", "Test with a dependency down"}, QStringLiteral("dependency-down")),
                      std::back_inserter(findings));
    judgeOtherRules(context, findings);
    return findings;
}

} // namespace

Rule dependencyLossRule()
{
    return {
        "dependency-loss",
        {"依存先ごとに、早いタイムアウトとサーキットブレーカーがあるかを見ます。", "Whether every dependency has an early timeout and a circuit breaker."},
        {"早いタイムアウト: 再試行を含めた待ちが early-seconds 以下であること。サーキットブレーカー: DestinationRule の connectionPool に上限 (maxConnections、http1MaxPendingRequests、http2MaxRequests。百万以上は注意) があるか、outlierDetection が宛先の "
         "eject-percent 以上を外せるか、クライアントのものがリンクつきで宣言されていること。Istio の既定は無制限、maxEjectionPercent は 10 で、10 台未満では多くて 1 台しか外せません。minHealthPercent を下回るほどは外せず、1000 回以上続けて失敗してから外すのは注意です。workloadSelector がこのサービスの Pod を選ばない DestinationRule は数えません。subset と port の設定が DestinationRule 全体の設定に優先します。"
         "どちらもなければ不明です。依存先を止めた試験の記録 (readiness/tests) があれば、それも見ます。出典: Istio の DestinationRule、Envoy の outlier detection。",
         "Early timeout: the wait with all its retries stays within early-seconds. Circuit breaker: connectionPool of the DestinationRule is bounded "
         "(maxConnections, http1MaxPendingRequests, http2MaxRequests; a million and more warns), or outlierDetection can eject at least eject-percent of the hosts, or the "
         "client's own is declared with a link. Istio's defaults are no limit and maxEjectionPercent 10, which ejects at most one of fewer than ten "
         "hosts. No more can be ejected than minHealthPercent leaves, and ejecting after 1000 errors in a row or more warns. A DestinationRule whose "
         "workloadSelector does not select the service's pods does not count. Settings of a subset and of a port go before those of the rule. Without any of them it is unknown. Records of tests with the dependency down (readiness/tests) count where there are some. Sources: Istio's DestinationRule, "
         "Envoy's outlier detection."},
        {{"early-seconds", 5, "s", RuleParameter::Stricter::Lower, {"再試行を含めた待ちの上限", "The longest wait with all retries"}},
         {"eject-percent", 50, "%", RuleParameter::Stricter::Higher, {"外せるべき宛先の割合", "The share of hosts that it must be able to eject"}},
         validDays()},
        judge,
        Rule::Source::Manifests,
        {},
        {"dependency-down"},
    };
}

} // namespace tenken
