// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/trafficfindings.h>

#include <algorithm>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

constexpr double istioConnectSeconds = 10;

// What a try may take at most: the client's own limit, else that of the routes.
struct Reading {
    std::optional<double> seconds;
    bool unlimited = false;      ///< a route or a declaration says that there is no limit
    bool readable = true;
    const MeshRoute *route = nullptr;
};

Reading readTimeout(const DependencyTraffic &d)
{
    Reading r;
    for (const TimeoutHop &hop : d.hops) {
        if (const std::optional<double> total = hop.oneTry())
            r.seconds = std::max(r.seconds.value_or(0), *total);
        else
            r.unlimited = r.unlimited || !d.routes.empty();
    }
    for (const MeshRoute &route : d.routes) {
        if (!route.timeout.readable || !route.retries.readable)
            r.readable = false;
        if (!route.oneTry() && !r.route)
            r.route = &route;
    }
    return r;
}

Finding judgeRead(const RuleContext &context, const DependencyTraffic &d)
{
    const Text title{"読み取りのタイムアウト", "read timeout"};
    const Reading r = readTimeout(d);
    Finding f = findingOn(context, d, title);
    const double most = context.parameter(QStringLiteral("read-seconds"));
    f.wanted = relationText(Relation::AtMost, most * 1000, QStringLiteral("ms"));
    if (!r.readable)
        return say(f, Verdict::Unknown, {"VirtualService の時間か回数が読めません。", "A duration or a number of the VirtualService cannot be read."},
                   {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
    if (r.unlimited && r.route) {
        f = findingOn(context, *r.route, Text{"%1 の%2", "%2 of %1"}.arg(d.dependency->id, title), r.route->timeout.node);
        f.measured = {"上限なし", "no limit"};
        f.wanted = relationText(Relation::AtMost, most * 1000, QStringLiteral("ms"));
        f.snippet = routeSnippet(*r.route, QStringLiteral("timeout: 2s"));
        return say(f, Verdict::Fail,
                   r.route->timeout.seconds ? Text{"timeout: 0s は無効の意味で、いつまでも待ちます。", "timeout: 0s turns it off: a call waits for ever."}
                                            : Text{"timeout がなく、Istio の既定は無効です。いつまでも待ちます。", "There is no timeout, and Istio's is off by default: a call waits for ever."},
                   {"route に timeout を書くか、クライアントの値を service.yaml の dependencies[].client に書きます。",
                    "Write a timeout into the route, or the client's own under dependencies[].client in service.yaml."});
    }
    if (!r.seconds) {
        const Text why = !d.ineffective.empty()
            ? Text{"VirtualService の route がありますが、TLS か TCP のため Istio から要求が見えず、効きません。クライアントの値が宣言されていません。",
                   "There is a VirtualService route, yet Istio sees TLS or TCP bytes here and it has no effect; the client's own is not declared."}
            : d.routesOfOthers
            ? Text{"VirtualService の route は sourceLabels か sourceNamespace でほかの呼び出し元に限られ、このサービスには効きません。クライアントの値が宣言されていません。",
                   "The routes of the VirtualService are for other callers (sourceLabels, sourceNamespace) and do not hold for this service; the client's own is not declared."}
            : d.dependency->client.declared
            ? Text{"client に読み取りのタイムアウトが書かれていません。", "client does not say a read timeout."}
            : Text{"route もクライアントの宣言もありません。", "There is neither a route nor a declared client."};
        return std::move(sayNoClient(f, context, d, why, QStringLiteral("read-timeout: 2s")));
    }
    compareSeconds(f, *r.seconds, Relation::AtMost, most);
    if (*r.seconds > most)
        return say(f, Verdict::Warn, {"長く、止まった依存先を待つ間に要求が積み上がります。", "It is long: requests pile up while they wait for a dependency that stands still."},
                   Text{"依存先の普段の p99 の数倍、%1 以下にします。", "Set it to a few times the dependency's usual p99, at most %1."}.arg(secondsText(most)));
    return say(f, Verdict::Pass, {"1 回の試行に短い上限があります。", "One try has a short limit."});
}

Finding judgeConnect(const RuleContext &context, const DependencyTraffic &d, const Traffic &t)
{
    const Text title{"接続のタイムアウト", "connect timeout"};
    const double most = context.parameter(QStringLiteral("connect-seconds"));
    Finding f = findingOn(context, d, title);
    f.wanted = relationText(Relation::AtMost, most * 1000, QStringLiteral("ms"));
    std::optional<double> seconds = d.dependency->client.connectSeconds.value;
    for (const HostPolicy &policy : d.policies) {
        if (d.dependency->client.connectSeconds || !policy.rule || !policy.connect.node)
            continue;
        if (!policy.connect.readable)
            return say(findingFor(context, f.title, *policy.rule, policy.connect.node), Verdict::Unknown,
                       {"connectTimeout が時間として読めません。", "connectTimeout cannot be read as a duration."},
                       {"「500ms」のように書きます。", "Write it as 500ms."});
        if (policy.connect.seconds.value_or(0) > seconds.value_or(-1)) {
            seconds = policy.connect.seconds;
            f.object = policy.rule->title();
            f.file = policy.rule->file;
            f.span = placeOf(policy.connect.node);
        }
    }
    if (!seconds && t.defaults.connect.seconds)
        seconds = t.defaults.connect.seconds;
    if (seconds) {
        compareSeconds(f, *seconds, Relation::AtMost, most);
        if (*seconds <= most)
            return say(f, Verdict::Pass, {"つながらない宛先を早く見切ります。", "An address that does not answer is given up early."});
        return say(f, Verdict::Warn, {"長く、つながらない宛先を待ち続けます。", "It is long: an address that does not answer is waited for."},
                   Text{"%1 以下にします。", "Set it to %1 or less."}.arg(secondsText(most)));
    }
    if (!t.mesh)
        return std::move(sayNoClient(f, context, d, {"クライアントの値が宣言されていません。", "The client's own is not declared."}, QStringLiteral("connect-timeout: 500ms")));
    compareSeconds(f, istioConnectSeconds, Relation::AtMost, most);
    f.measured = {"10 s (Istio の既定)", "10 s (Istio's default)"};
    f.snippet = QStringLiteral("trafficPolicy:\n  connectionPool:\n    tcp: { connectTimeout: 500ms }");
    return say(f, Verdict::Warn, {"書かれておらず、Istio の既定の 10 s です。", "It is not set, so Istio's default of 10 s holds."},
               {"DestinationRule に書くか、クライアントの値を dependencies[].client に書きます。", "Set it in a DestinationRule, or declare the client's under dependencies[].client."});
}

// The path whose inner end outlives the outer by most, else the one with the least room.
const TimeoutPath *worstPath(const std::vector<TimeoutPath> &paths)
{
    const auto room = [](const TimeoutPath &p) {
        const std::vector<NestingGap> gaps = nestingGaps(p);
        if (!gaps.empty())
            return gaps.front().inner ? gaps.front().outer - *gaps.front().inner - 1e9 : -1e12;
        const auto outer = p.hops.front().oneTry(), inner = p.hops.back().total();
        return outer && inner ? *outer - *inner : outer ? -1e6 : 1e6;
    };
    const auto it = std::ranges::min_element(paths, {}, room);
    return it == paths.end() ? nullptr : &*it;
}

Finding judgeNesting(const RuleContext &context, const DependencyTraffic &d, const Traffic &t)
{
    Finding f = findingOn(context, d, {"経路全体の入れ子", "nested along the path"});
    const std::vector<TimeoutPath> paths = t.pathsTo(d);
    const TimeoutPath *path = worstPath(paths);
    if (!path)
        return std::move(sayNoClient(f, context, d, {"この依存先までに、待つ時間が一つも分かりません。", "No wait on the way to this dependency is known."},
                                     QStringLiteral("timeout: 2s, retries: 0")));
    TimeoutPath shown = *path;
    shown.stormLimit = 0;
    setPicture(f, shown);
    const TimeoutHop &inner = path->hops.back();
    const std::optional<double> innerTotal = inner.total();
    if (t.callers.empty() && t.callersKnown)
        return say(f, Verdict::Pass, {"呼び出し元はないと宣言されています。", "It is declared that nobody calls the service."});
    // Without a limit by a route's own words, a caller whose time is not declared is not known to wait for ever.
    const auto &layers = path->hops.front().layers;
    const bool routed = std::ranges::any_of(layers, [](const TimeoutLayer &l) { return l.by == TimeoutLayer::By::Mesh && !l.triesDefault; })
        || !t.inbound.empty();
    if (t.callers.empty() || (!routed && !path->hops.front().oneTry()))
        return std::move(sayUndeclared(f, context, {"呼び出し元が待つ時間が分かりません。", "How long the callers wait is not known."},
                                       QStringLiteral("callers"), QStringLiteral("callers:\n  - {id: web-bff, timeout: 3s, retries: 0}")));
    const std::optional<double> outer = path->hops.front().oneTry();
    markPath(f, *path);
    if (innerTotal && outer)
        compareSeconds(f, *outer, Relation::MoreThan, *innerTotal);
    if (!innerTotal && d.routes.empty())
        return std::move(sayNoClient(f, context, d, {"依存先を待つ時間に、分かっている上限がありません。", "No limit is known for the wait on the dependency."},
                                     QStringLiteral("timeout: 2s, retries: 0")));
    if (!innerTotal) {
        f.measured = outer ? sameText(secondsText(*outer)) : Text{"上限なし", "no limit"};
        f.wanted = {"依存先への上限", "a limit on the dependency"};
        return say(f, Verdict::Fail, {"依存先を待つ時間に上限がなく、呼び出し元が諦めた後も待ち続けます。",
                                      "The wait on the dependency has no limit and goes on after the caller has given up."},
                   {"依存先への timeout を書きます。", "Set a timeout towards the dependency."});
    }
    if (!outer) {
        f.measured = {"上限なし", "no limit"};
        f.wanted = relationText(Relation::MoreThan, *innerTotal * 1000, QStringLiteral("ms"));
        return say(f, Verdict::Warn, Text{"入れ子ではありますが、%1 に上限がなく、いつまでも待ちます。", "It is nested, yet %1 has no limit and waits for ever."}
                                         .arg(hopText(path->hops.front())),
                   {"VirtualService に timeout を書くか、callers に呼び出し元の値を書きます。", "Set a timeout in the VirtualService, or declare the caller's under callers."});
    }
    if (*outer > *innerTotal)
        return say(f, Verdict::Pass, Text{"呼び出し元が %1 待つ間に、依存先への %2 が終わります。", "The caller waits %1, and the dependency is done with after %2."}
                                         .arg(secondsText(*outer), secondsText(*innerTotal)));
    return say(f, Verdict::Fail,
               Text{"呼び出し元は %1 で諦めますが、依存先へは最長 %2 (%3 回の試行) かかり、誰も待たない仕事が残ります。",
                    "The caller gives up after %1, while the dependency may take %2 (%3 tries): work goes on that nobody waits for."}
                   .arg(secondsText(*outer), secondsText(*innerTotal), inner.tries()),
               {"依存先の perTryTimeout か再試行を減らすか、呼び出し元の timeout を延ばします。",
                "Shorten the dependency's perTryTimeout or its retries, or lengthen the caller's timeout."});
}

// timeout ≥ (1 + attempts) × perTryTimeout: otherwise the last tries never run to their end.
std::optional<Finding> judgeFit(const RuleContext &context, const MeshRoute &route)
{
    const TimeoutLayer layer = meshLayer(route);
    if (!layer.perTry || !layer.timeout)
        return std::nullopt;
    Finding f = findingOn(context, route, {"試行が timeout に収まる", "the tries fit in the timeout"}, route.timeout.node);
    const double needed = *layer.perTry * layer.tries;
    compareSeconds(f, *layer.timeout, Relation::AtLeast, needed);
    addMark(f, route.object->file, route.retries.perTry.node, Text{"× %1 回 = %2", "× %1 tries = %2"}.arg(layer.tries, secondsText(needed)));
    setPicture(f, TimeoutPath{{{{"呼び出し元", "caller"}, sameText(route.destinations.front().host.section(u'.', 0, 0)), {layer}}}, 0});
    if (layer.triesFit())
        return say(f, Verdict::Pass, {"すべての試行が最後まで待てます。", "Every try can run to its end."});
    return say(f, Verdict::Fail,
               Text{"%1 回 × %2 = %3 の前に timeout %4 が切れ、最後の再試行は行われません。", "%1 tries × %2 = %3, but the timeout of %4 ends them first: the last retry never happens."}
                   .arg(layer.tries, secondsText(*layer.perTry), secondsText(needed), secondsText(*layer.timeout)),
               Text{"timeout を %1 以上にするか、perTryTimeout か attempts を減らします。", "Set timeout to %1 or more, or reduce perTryTimeout or attempts."}.arg(secondsText(needed)));
}

// A client that stops waiting before its own sidecar has tried for the last time.
void judgeClientFit(const RuleContext &context, const TimeoutHop &hop, std::vector<Finding> &findings)
{
    if (hop.layers.size() < 2)
        return;
    const std::optional<double> client = hop.layers[0].oneTry(), mesh = hop.layers[1].total();
    if (!client || !mesh || *client > *mesh)
        return;
    Finding f = findingInService(context, Text{"%1: クライアントと Istio の入れ子", "%1: client and Istio nested"}.arg(hopText(hop)), hop.layers[0].span);
    compareSeconds(f, *client, Relation::MoreThan, *mesh);
    setPicture(f, TimeoutPath{{hop}, 0});
    markPath(f, {{hop}, 0});
    findings.push_back(say(std::move(f), Verdict::Fail,
                           Text{"クライアントは %1 で諦め、Istio の試行 (最長 %2) は最後まで続きません。",
                                "The client gives up after %1, before Istio's tries (at most %2) are done."}.arg(secondsText(*client), secondsText(*mesh)),
                           {"クライアントの値を Istio の合計より長くします。", "Let the client wait longer than Istio's tries take together."}));
}

bool isToDependency(const Traffic &t, const MeshRoute &route)
{
    return std::ranges::any_of(t.dependencies, [&](const DependencyTraffic &d) {
        return std::ranges::any_of(d.routes, [&](const MeshRoute &r) { return r.node == route.node; });
    });
}

void judgeRoutes(const RuleContext &context, const Traffic &t, std::vector<Finding> &findings)
{
    for (const MeshRoute &route : t.routes) {
        if (!route.timeout.readable || !route.retries.readable) {
            findings.push_back(say(findingOn(context, route, {"timeout がある", "it has a timeout"}, route.timeout.node), Verdict::Unknown,
                                   {"時間か回数が読めません。", "A duration or a number cannot be read."},
                                   {"「2s」のように単位を付けます。変数なら、展開した後のマニフェストを指定してください。",
                                    "Write it with its unit, as in 2s; for a variable, point to rendered manifests."}));
            continue;
        }
        if (auto fit = judgeFit(context, route))
            findings.push_back(std::move(*fit));
        if (route.total() || isToDependency(t, route))
            continue;
        Finding f = findingOn(context, route, {"timeout がある", "it has a timeout"}, route.timeout.node);
        f.measured = {"上限なし", "no limit"};
        f.snippet = routeSnippet(route, QStringLiteral("timeout: 3s"));
        findings.push_back(say(std::move(f), Verdict::Warn, {"Istio の HTTP タイムアウトは既定で無効で、呼び出し元はいつまでも待ちます。",
                                                             "Istio's HTTP timeout is off by default: a caller waits for ever."},
                               {"timeout を書きます。", "Set a timeout."}));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Traffic t = trafficFor(context);
    if (auto undecided = dependenciesUndecided(context, {"依存先のタイムアウト", "Timeouts of the dependencies"}))
        findings.push_back(std::move(*undecided));
    for (const DependencyTraffic &d : t.dependencies) {
        findings.push_back(judgeConnect(context, d, t));
        findings.push_back(judgeRead(context, d));
        findings.push_back(judgeNesting(context, d, t));
        for (const TimeoutHop &hop : d.hops)
            judgeClientFit(context, hop, findings);
    }
    for (const TimeoutHop &hop : t.callers)
        judgeClientFit(context, hop, findings);
    judgeRoutes(context, t, findings);
    return findings;
}

} // namespace

Rule timeoutsRule()
{
    return {
        "timeouts",
        {"依存先ごとに短い接続と読み取りのタイムアウトがあり、経路全体で入れ子になっているかを見ます。",
         "Whether every dependency has short connect and read timeouts, nested along the whole path."},
        {"接続: dependencies[].client の connect-timeout、なければ DestinationRule の connectTimeout (Istio の既定 10 s)。読み取り: VirtualService の timeout と perTryTimeout、または client の read-timeout、"
         "per-try、timeout。Istio の HTTP タイムアウトは既定で無効です。TLS や TCP の依存先には route は効かず、client だけで決まります。sourceLabels や sourceNamespace がほかの呼び出し元を選ぶ route と、前の route がすべて受けて届かない route は数えません。入れ子: 呼び出し元の 1 回の待ち > 依存先への合計、合計は min(timeout, (1 + 再試行) × "
         "1 回)。1 つの route の中では timeout ≥ (1 + attempts) × perTryTimeout。呼び出し元は callers とこのサービスへの VirtualService から読みます。依存先が宣言されていなければ不明です。出典: Istio の VirtualService、retry.go。",
         "Connect: connect-timeout of dependencies[].client, else connectTimeout of the DestinationRule (10 s by default). Read: timeout and "
         "perTryTimeout of the VirtualService, or read-timeout, per-try and timeout of the client; Istio's HTTP timeout is off by default. Routes have "
         "no effect on TLS or TCP, where the client alone decides; those for other callers (sourceLabels, sourceNamespace) and those behind a route that "
         "takes all requests do not count. Nested: one wait of the caller > all of the dependency's, which is min(timeout, "
         "(1 + retries) × one try). Within a route timeout ≥ (1 + attempts) × perTryTimeout. Callers are read from callers and from VirtualServices "
         "that lead to this service. Without declared dependencies it is unknown. Sources: Istio's VirtualService, retry.go."},
        {{"connect-seconds", 3, "s", RuleParameter::Stricter::Lower, {"接続のタイムアウトの上限", "The longest connect timeout"}},
         {"read-seconds", 10, "s", RuleParameter::Stricter::Lower, {"1 回の読み取りの上限", "The longest wait of one try"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
