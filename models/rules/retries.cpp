// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/trafficfindings.h>

#include <algorithm>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

const Text setTitle{"再試行がある", "retries are set"};
const Text safeTitle{"条件が安全", "its conditions are safe"};
const Text acceptedTitle{"Istio が受け取る値", "values that Istio takes"};

// A second sending is harmless: nothing was processed, or the method may be repeated by definition (RFC 9110 9.2.2).
const QStringList &harmlessConditions()
{
    static const QStringList words = QStringLiteral("connect-failure refused-stream reset-before-request unavailable cancelled envoy-ratelimited").split(u' ');
    return words;
}

bool isRepeatable(const QString &method)
{
    return QStringLiteral("GET HEAD OPTIONS TRACE PUT DELETE").split(u' ').contains(method);
}

QStringList riskyConditions(const MeshRoute &route)
{
    QStringList risky;
    for (const QString &word : route.retries.conditions.split(u',', Qt::SkipEmptyParts)) {
        if (!harmlessConditions().contains(word.trimmed()))
            risky.append(word.trimmed());
    }
    return risky;
}

Finding judgeConditions(const RuleContext &context, const MeshRoute &route)
{
    Finding f = findingOn(context, route, safeTitle, route.retries.node["retryOn"]);
    const QStringList risky = riskyConditions(route);
    f.measured = sameText(route.retries.conditions);
    f.wanted = sameText(QStringLiteral("connect-failure,refused-stream"));
    if (risky.empty())
        return say(f, Verdict::Pass, {"届かなかった要求だけをやり直します。", "Only requests that never arrived are sent again."});
    const bool named = !route.methods.empty();
    if (named && std::ranges::all_of(route.methods, isRepeatable))
        return say(f, Verdict::Pass, Text{"二度行われてもよいメソッドだけです: %1", "Only methods that may be repeated: %1"}.arg(route.methods.join(QStringLiteral(", "))));
    f.snippet = QStringLiteral("retryOn: connect-failure,refused-stream,unavailable,cancelled");
    return say(f, named ? Verdict::Fail : Verdict::Warn,
               named ? Text{"%1 では処理された後の要求もやり直し、%2 が二度行われます。", "%1 also repeats requests that were processed: %2 may happen twice."}
                           .arg(risky.join(QStringLiteral(", ")), route.methods.join(QStringLiteral(", ")))
                     : Text{"メソッドを選ばないため、%1 では POST も二度行われることがあります。", "The route takes any method, so with %1 a POST may happen twice."}
                           .arg(risky.join(QStringLiteral(", "))),
               {"届かなかった場合だけの条件にするか、match.method で GET などの route を分けます。",
                "Keep to conditions of requests that never arrived, or give GET and its like a route of their own (match.method)."});
}

// The route has none: right for requests that must not be repeated, and where the client tries again itself.
Finding judgeOff(const RuleContext &context, const MeshRoute &route, bool clientRetries)
{
    Finding f = findingOn(context, route, setTitle, route.retries.node);
    f.measured = sameText(QStringLiteral("attempts: 0"));
    f.wanted = sameText(QStringLiteral("attempts > 0 + perTryTimeout"));
    if (clientRetries)
        return say(f, Verdict::Pass, {"クライアントがやり直します。", "The client tries again itself."});
    if (!route.methods.empty() && std::ranges::none_of(route.methods, isRepeatable))
        return say(f, Verdict::Pass, Text{"%1 は二度行わないよう、やり直しません。", "%1 must not happen twice and is not retried."}.arg(route.methods.join(QStringLiteral(", "))));
    f.snippet = routeSnippet(route, QStringLiteral("retries:\n  attempts: 1\n  perTryTimeout: 1s\n  retryOn: connect-failure,refused-stream"));
    return say(f, Verdict::Fail, {"再試行が止められ、一時的な失敗がそのまま返ります。", "Retries are turned off: every passing failure reaches the caller."},
               {"attempts と perTryTimeout を書きます。", "Set attempts and perTryTimeout."});
}

Finding judgeSet(const RuleContext &context, const MeshRoute &route, bool clientRetries)
{
    if (route.retries.attempts == 0)
        return judgeOff(context, route, clientRetries);
    Finding f = findingOn(context, route, setTitle, route.retries.node);
    f.wanted = sameText(QStringLiteral("attempts > 0 + perTryTimeout"));
    f.measured = sameText(QStringLiteral("attempts: %1").arg(route.retries.attempts));
    if (!route.retries.written) {
        f.measured = Text{"%1 (既定)", "%1 (default)"}.arg(route.retries.attempts);
        f.snippet = routeSnippet(route, QStringLiteral("retries:\n  attempts: 1\n  perTryTimeout: 1s\n  retryOn: connect-failure,refused-stream"));
        return say(f, Verdict::Warn, Text{"書かれておらず、既定の %1 回 (1 段につき %2 回の試行) になります。1 回の上限がありません。",
                                          "It is not set, so the default of %1 retries holds: %2 tries a hop, without a limit for one of them."}
                                         .arg(route.retries.attempts, route.tries()),
                   {"attempts と perTryTimeout を書きます。", "Set attempts and perTryTimeout."});
    }
    if (route.retries.perTry.seconds.value_or(0) > 0) {
        f.measured = sameText(QStringLiteral("attempts: %1, perTryTimeout: %2").arg(route.retries.attempts).arg(secondsText(*route.retries.perTry.seconds)));
        return say(f, Verdict::Pass, {"1 回ごとの上限つきでやり直します。", "It tries again, with a limit for each try."});
    }
    f.snippet = routeSnippet(route, QStringLiteral("retries:\n  attempts: %1\n  perTryTimeout: 1s").arg(route.retries.attempts));
    return say(f, Verdict::Warn, {"perTryTimeout がないため、応答のない 1 回目が timeout を使い切り、やり直せません。",
                                  "Without perTryTimeout a first try that hangs uses up the whole timeout, and nothing is retried."},
               {"perTryTimeout を timeout ÷ (1 + attempts) 以下にします。", "Set perTryTimeout to at most timeout ÷ (1 + attempts)."});
}

void judgeRoute(const RuleContext &context, const MeshRoute &route, bool clientRetries, std::vector<Finding> &findings)
{
    if (const auto refused = refusedRetries(route)) {
        findings.push_back(say(findingOn(context, route, acceptedTitle, refused->node), Verdict::Fail,
                               Text{"Istio が拒みます。%1", "Istio refuses it. %1"}.arg(refused->why),
                               {"Istio が受け取る値にします。", "Write a value that Istio takes."}));
        return;
    }
    if (!route.retries.readable) {
        findings.push_back(say(findingOn(context, route, setTitle, route.retries.node), Verdict::Unknown,
                               {"回数か時間が読めません。", "A number or a duration cannot be read."},
                               {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."}));
        return;
    }
    findings.push_back(judgeSet(context, route, clientRetries));
    if (route.retries.written && route.retries.attempts > 0)
        findings.push_back(judgeConditions(context, route));
}

// Where the mesh sees no requests, only the client can try again.
Finding judgeClient(const RuleContext &context, const DependencyTraffic &d, const Traffic &t)
{
    const ClientSettings &client = d.dependency->client;
    Finding f = findingOn(context, d, setTitle);
    f.wanted = sameText(QStringLiteral("retries > 0"));
    if (client.retries) {
        f.measured = sameText(QString::number(*client.retries));
        const bool limited = client.perTrySeconds || client.readSeconds;
        if (*client.retries > 0 && limited)
            return say(f, Verdict::Pass, {"クライアントが 1 回ごとの上限つきでやり直します。", "The client tries again, with a limit for each try."});
        if (*client.retries > 0)
            return say(f, Verdict::Warn, {"1 回ごとの上限がなく、応答のない 1 回目で待ち続けます。", "One try has no limit: a first one that hangs is waited for."},
                       {"per-try か read-timeout を書きます。", "Declare per-try or read-timeout."});
        return say(f, d.http ? Verdict::Fail : Verdict::Warn, {"再試行がなく、一時的な失敗がそのまま返ります。", "There is none: every passing failure reaches the caller."},
                   {"接続の失敗だけでもやり直します。", "Retry at least what failed to connect."});
    }
    if (t.mesh && d.http) {
        f.measured = Text{"%1 (既定)", "%1 (default)"}.arg(t.defaults.attempts);
        f.snippet = QStringLiteral("retries:\n  attempts: 1\n  perTryTimeout: 1s\n  retryOn: connect-failure,refused-stream");
        return say(f, t.defaults.attempts > 0 ? Verdict::Warn : Verdict::Fail,
                   Text{"このサービスに効く VirtualService の route がなく、メッシュの既定の %1 回になります。", "No route of a VirtualService holds for this service, so the mesh's default of %1 retries holds."}.arg(t.defaults.attempts),
                   {"VirtualService に attempts と perTryTimeout を書きます。", "Write attempts and perTryTimeout into a VirtualService."});
    }
    return std::move(sayNoClient(f, context, d, {"クライアントの再試行が宣言されていません。", "The client's retries are not declared."}, QStringLiteral("retries: 1, per-try: 500ms")));
}

Finding judgeStorm(const RuleContext &context, const DependencyTraffic &d, const Traffic &t)
{
    Finding f = findingOn(context, d, {"再試行の掛け算", "retries multiplied"});
    const int limit = int(context.parameter(QStringLiteral("storm")));
    std::vector<TimeoutPath> paths = t.pathsTo(d);
    const auto worst = std::ranges::max_element(paths, {}, &TimeoutPath::tries);
    if (worst == paths.end())
        return std::move(sayNoClient(f, context, d, {"この依存先への試行の回数が分かりません。", "How often this dependency is tried is not known."},
                                     QStringLiteral("retries: 1, per-try: 500ms")));
    worst->stormLimit = limit;
    setPicture(f, *worst);
    markPath(f, *worst);
    compare(f, worst->tries(), Relation::AtMost, limit, {});
    QStringList factors;
    bool known = t.callersKnown || t.mesh;
    for (const TimeoutHop &hop : worst->hops) {
        factors.append(QString::number(hop.tries()));
        // A sidecar's tries are known; a client library beside it that is not declared counts once.
        known = known && std::ranges::all_of(hop.layers, &TimeoutLayer::triesKnown);
    }
    const Text product = sameText(factors.join(QStringLiteral(" × ")));
    if (worst->tries() > limit)
        return say(f, Verdict::Fail, Text{"障害のとき、1 つの要求が %1 = %2 回になって届きます。", "In an outage one request arrives %1 = %2 times."}.arg(product, worst->tries()),
                   {"やり直す場所を 1 つに絞り、ほかは attempts: 0 にします。", "Retry in one place only; set attempts: 0 in the others."});
    if (!known)
        return std::move(sayUndeclared(f, context, {"呼び出し元かクライアントの再試行が宣言されていません。", "The retries of a caller or of the client are not declared."},
                                       QStringLiteral("callers"), QStringLiteral("callers:\n  - {id: web-bff, timeout: 3s, retries: 0}")));
    return say(f, Verdict::Pass, Text{"1 つの要求は最大 %1 = %2 回です。", "One request becomes at most %1 = %2."}.arg(product, worst->tries()));
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Traffic t = trafficFor(context);
    if (auto undecided = dependenciesUndecided(context, {"依存先への再試行", "Retries towards the dependencies"}))
        findings.push_back(std::move(*undecided));
    for (const MeshRoute &route : t.noMesh ? std::vector<MeshRoute>() : meshRoutes(context.manifests())) {
        // Istio refuses a VirtualService for any of its routes, also for one that no request of ours comes to.
        const bool ours = std::ranges::any_of(t.routes, [&](const MeshRoute &r) { return r.node == route.node; });
        if (!ours && !refusedRetries(route))
            continue;
        const bool clientRetries = std::ranges::any_of(t.dependencies, [&](const DependencyTraffic &d) {
            return d.dependency->client.retries.value.value_or(0) > 0
                && std::ranges::any_of(d.routes, [&](const MeshRoute &r) { return r.node == route.node; });
        });
        judgeRoute(context, route, clientRetries, findings);
    }
    for (const DependencyTraffic &d : t.dependencies) {
        if (d.routes.empty())
            findings.push_back(judgeClient(context, d, t));
        findings.push_back(judgeStorm(context, d, t));
    }
    return findings;
}

} // namespace

Rule retriesRule()
{
    return {
        "retries",
        {"再試行が 1 回ごとの上限つきであり、やり直してよい要求だけを対象にし、経路で掛け合わさって嵐にならないかを見ます。",
         "Whether retries are set with a limit for each try, only repeat what may be repeated, and do not multiply into a storm."},
        {"VirtualService の retries と、dependencies[].client、callers を読みます。書かれていなければ Istio の既定の 2 回 (1 段につき 3 回の試行) です。attempts があっても perTryTimeout がなければ注意、attempts: 0 は不合格です "
         "(二度行ってはならないメソッドだけの route と、クライアントがやり直す場合を除きます)。connect-failure、refused-stream、reset-before-request、unavailable、cancelled は常に安全とし、それ以外は GET、HEAD、OPTIONS、TRACE、PUT、DELETE "
         "だけの route で安全とします (RFC 9110)。嵐の倍率は経路の試行回数の積で、storm 以下とします。宣言されていないクライアントは、Istio の隣では 1 回と数えます。出典: Istio の retry.go、validation.go。",
         "Read are the retries of VirtualServices, dependencies[].client and callers. Where nothing is written Istio's default of two holds: three tries "
         "a hop. attempts without perTryTimeout warns; attempts: 0 fails, except on a route of methods that must not be repeated and where the client "
         "tries again. connect-failure, refused-stream, reset-before-request, unavailable and cancelled are always safe, other conditions on routes of "
         "GET, HEAD, OPTIONS, TRACE, PUT and DELETE only (RFC 9110). The storm factor is the product of the tries along the path and stays within "
         "storm. A client that is not declared counts once beside Istio. Sources: Istio's retry.go, validation.go."},
        {{"storm", 4, "", RuleParameter::Stricter::Lower, {"1 つの要求が最後の相手に届く回数の上限", "How often one request may arrive at the last party"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
