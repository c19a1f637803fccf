// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/workloads.h>

namespace tenken {

namespace {

struct Probes {
    const RuleContext &context;
    const Workload &w;
    const Container &container;
    Probe liveness, readiness, startup;
};

QString snippetFor(const Probes &p, const char *key, const QString &path)
{
    const Yaml first = p.container.node["ports"].at(0);
    const QString port = first["name"].stringOr(first["containerPort"].stringOr(QStringLiteral("8080")));
    return snippetIn(p.container.node,
                     QStringLiteral("%1:\n  httpGet:\n    path: %2\n    port: %3").arg(QLatin1StringView(key), path, port),
                     p.w.object.node);
}

Finding judgePresence(const Probes &p)
{
    Finding f = findingInTemplate(p.context, {"liveness と readiness がある", "Both liveness and readiness exist"}, p.w,
                                  p.container);
    f.wanted = {"livenessProbe と readinessProbe", "livenessProbe and readinessProbe"};
    const bool live = p.liveness.exists();
    const bool ready = p.readiness.exists();
    if (live && ready) {
        f.measured = {"両方", "both"};
        return say(f, Verdict::Pass, {"生死と準備を別々に確かめています。", "Being alive and being ready are each probed."});
    }
    const QString path = ready ? QStringLiteral("/livez") : QStringLiteral("/readyz");
    f.snippet = snippetFor(p, ready ? "livenessProbe" : "readinessProbe", path);
    if (!live && !ready) {
        f.measured = {"なし", "none"};
        f.snippet += u'\n' + snippetFor(p, "livenessProbe", QStringLiteral("/livez"));
        return say(f, Verdict::Fail,
                   {"probe がなく、準備前の Pod に要求が届き、止まった Pod が再起動されません。",
                    "Without probes requests reach a pod that is not ready, and a hung one is not restarted."},
                   {"両方の probe を、別々の endpoint に書きます。", "Write both probes, each with its own endpoint."});
    }
    if (!ready) {
        f.measured = {"livenessProbe だけ", "livenessProbe only"};
        return say(f, Verdict::Fail, {"readinessProbe がなく、準備前の Pod に要求が届きます。",
                                      "Without a readinessProbe requests reach a pod that is not ready."},
                   {"依存先の状態で 200 か 503 を返す endpoint を readinessProbe に書きます。",
                    "Write a readinessProbe on an endpoint that answers 200 or 503 after its dependencies."});
    }
    f.measured = {"readinessProbe だけ", "readinessProbe only"};
    return say(f, Verdict::Fail, {"livenessProbe がなく、応答しなくなった container が再起動されません。startupProbe は起動後には働きません。",
                                  "Without a livenessProbe a hung container is not restarted; a startupProbe ends with the start."},
               {"依存先によらず 200 を返す endpoint を livenessProbe に書きます。",
                "Write a livenessProbe on an endpoint that answers 200 whatever the dependencies do."});
}

QString shown(const Probe &probe)
{
    QString text = probe.endpoint;
    text.replace(QChar(0x1f), u' ');
    text.replace(QLatin1String("//pod:"), QLatin1String("//:"));
    return text.size() > 80 ? text.first(79) + QChar(u'…') : text;
}

// A liveness probe that asks what readiness asks restarts every pod when a dependency is down. Twice the time to
// fail (failureThreshold × period) at least leaves readiness the time to take the pod out first.
Finding judgeSeparate(const Probes &p)
{
    Finding f = findingInTemplate(p.context, {"別々の endpoint", "Separate endpoints"}, p.w, p.container, p.liveness.node);
    f.measured = sameText(shown(p.liveness));
    f.wanted = Text{"%1 以外", "other than %1"}.arg(shown(p.readiness));
    const QString file = templateFile(p.w, &p.context.manifests());
    addMark(f, file, p.readiness.node, {"readiness も同じ", "readiness asks the same"});
    if (p.liveness.endpoint != p.readiness.endpoint) {
        f.marks.clear();
        f.wanted = Text{"readiness (%1) と異なる", "other than readiness (%1)"}.arg(shown(p.readiness));
        return say(f, Verdict::Pass, {"liveness と readiness が別の endpoint を見ています。", "Liveness and readiness ask different endpoints."});
    }
    const Text remedy{"liveness 用に、依存先を見ずに 200 を返す endpoint を分けます。",
                      "Give liveness an endpoint of its own that answers 200 without looking at dependencies."};
    if (p.liveness.handler == Probe::Handler::Http)
        f.snippet = snippetFor(p, "livenessProbe", QStringLiteral("/livez"));
    const bool known = p.liveness.timingKnown && p.readiness.timingKnown;
    const double live = p.liveness.secondsToFail();
    const double ready = p.readiness.secondsToFail();
    const double factor = p.context.parameter(QStringLiteral("slower"));
    if (known && live >= factor * ready) {
        return say(f, Verdict::Warn,
                   Text{"同じ endpoint です。liveness の失敗まで %1、readiness は %2 なので、先に切り離されます。",
                        "Both ask the same endpoint. Liveness takes %1 to fail and readiness %2, so the pod is taken out first."}
                       .arg(seconds(live), seconds(ready)), remedy);
    }
    return say(f, Verdict::Fail,
               Text{"同じ endpoint です。依存先の障害で readiness が失敗すると、liveness も失敗して Pod が再起動されます (%1 と %2)。",
                    "Both ask the same endpoint: when a dependency makes readiness fail, liveness fails too and the pod is "
                    "restarted (%1 and %2)."}.arg(seconds(ready), seconds(live)), remedy);
}

void addPort(const Probes &p, const Probe &probe, const char *key, std::vector<Finding> &findings)
{
    if (!probe.exists())
        return;
    const Text title = Text{"%1 の port", "Port of %1"}.arg(key);
    Finding f = findingInTemplate(p.context, title, p.w, p.container, probe.node);
    f.measured = sameText(probe.portText);
    f.wanted = {"container の ports にある", "one of the container's ports"};
    if (probe.handler == Probe::Handler::None) {
        findings.push_back(say(std::move(f), Verdict::Fail,
                               Text{"%1 に httpGet、tcpSocket、grpc、exec のどれもなく、API サーバーが拒みます。",
                                    "%1 has none of httpGet, tcpSocket, grpc and exec: the API server refuses it."}.arg(key),
                               {"確かめ方を 1 つ書きます。", "Write one way of asking."}));
        return;
    }
    if (probe.handlers > 1) {
        f.measured = sameText(QString::number(int(probe.handlers)));
        f.wanted = {"1 つ", "one"};
        findings.push_back(say(std::move(f), Verdict::Fail,
                               Text{"%1 に確かめ方が %2 つあり、API サーバーが拒みます。", "%1 has %2 handlers: the API server refuses more than one."}.arg(key, int(probe.handlers)),
                               {"1 つだけ残します。", "Keep one of them."}));
        return;
    }
    const Yaml handler = probe.node[probe.handler == Probe::Handler::Http       ? "httpGet"
                                        : probe.handler == Probe::Handler::Tcp ? "tcpSocket"
                                                                               : "grpc"];
    if (const Yaml port = handler["port"])
        f.span = placeOf(port);
    switch (probe.port) {
    case Probe::Port::Unused:
    case Probe::Port::Declared:
        return;
    case Probe::Port::Undeclared:
        say(f, Verdict::Warn,
            Text{"port %1 は container の ports にありません。動きますが、対応が読み手に見えません。",
                 "Port %1 is not among the container's ports. It works, but readers cannot see which port it is."}.arg(probe.portText),
            Text{"ports に containerPort: %1 を名前付きで足し、名前で指します。", "Add containerPort: %1 with a name and refer to that."}
                .arg(probe.portText));
        f.snippet = snippetIn(p.container.node, QStringLiteral("ports:\n  - name: http\n    containerPort: %1").arg(probe.portText),
                              p.w.object.node);
        break;
    case Probe::Port::NoSuchName:
        say(f, Verdict::Fail,
            Text{"名前 %1 の port がこの container になく、probe は必ず失敗します。",
                 "This container has no port named %1, so the probe always fails."}.arg(probe.portText),
            {"ports にある名前か番号を書きます。番号に引用符は付けません。", "Write a name from ports, or a number without quotes."});
        break;
    case Probe::Port::OtherProtocol:
        say(f, Verdict::Warn,
            Text{"port %1 は TCP ではありません。probe は TCP でつなぎます。", "Port %1 is not TCP, but probes connect over TCP."}.arg(probe.portText),
            {"probe を受ける TCP の port を書きます。", "Write the TCP port that answers probes."});
        break;
    case Probe::Port::OutOfRange:
        f.wanted = {"1 から 65535", "1 to 65535"};
        say(f, Verdict::Fail, Text{"port %1 は 1 から 65535 の間になく、API サーバーが拒みます。", "Port %1 is not between 1 and 65535: the API server refuses it."}.arg(probe.portText),
            {"ports にある名前か番号を書きます。", "Write a name or a number from ports."});
        break;
    case Probe::Port::Templated:
        say(f, Verdict::Unknown, Text{"port %1 は展開前の変数です。", "Port %1 is a variable that was not filled in."}.arg(probe.portText),
            {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
        break;
    }
    findings.push_back(std::move(f));
}

void judgeContainer(const RuleContext &context, const Workload &w, const Container &c, std::vector<Finding> &findings)
{
    const Probes p{context, w, c, readProbe(c, "livenessProbe"), readProbe(c, "readinessProbe"), readProbe(c, "startupProbe")};
    findings.push_back(judgePresence(p));
    if (p.liveness.handler != Probe::Handler::None && p.readiness.handler != Probe::Handler::None)
        findings.push_back(judgeSeparate(p));
    addPort(p, p.liveness, "livenessProbe", findings);
    addPort(p, p.readiness, "readinessProbe", findings);
    addPort(p, p.startup, "startupProbe", findings);
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Text title{"liveness と readiness がある", "Both liveness and readiness exist"};
    for (const Workload *w : longRunning(context, title, findings)) {
        for (const Container &c : ownContainers(*w))
            judgeContainer(context, *w, c, findings);
    }
    return findings;
}

} // namespace

Rule healthEndpointsRule()
{
    return {
        "health-endpoints",
        {"app container ごとに liveness と readiness の probe があり、別の endpoint を見ているかを確かめます。",
         "Whether every app container has a liveness and a readiness probe, each on an endpoint of its own."},
        {"Pod 全体ではなく container ごとに見ます。init container、native sidecar、istio-proxy、Job と CronJob には求めません。同じ endpoint とは、httpGet の "
         "scheme、host (Host ヘッダー)、path、port、tcpSocket の port、exec の引数列、grpc の port と service がすべて等しいことで、port の名前は番号に直してから比べます。同じ "
         "endpoint は不合格です。ただし liveness の failureThreshold × periodSeconds が readiness の slower 倍以上なら注意です。port: 名前が ports "
         "にないと不合格、番号が ports にないと注意、1 から 65535 になければ不合格です。確かめ方が 2 つある probe も不合格です。startupProbe だけでは livenessProbe の代わりになりません。出典: kubelet prober、core/v1 defaults。",
         "Each container is judged, not the pod as a whole; init containers, native sidecars, istio-proxy, Jobs and CronJobs are not asked for "
         "probes. Endpoints are the same when scheme, host (Host header), path and port of httpGet, the port of tcpSocket, the arguments of exec, "
         "or port and service of grpc are all equal; port names are resolved to numbers first. The same endpoint fails, or warns where liveness' "
         "failureThreshold × periodSeconds is at least slower times that of readiness. Ports: a name that is not among the container's ports "
         "fails, a number that is not warns, one outside 1 to 65535 fails. So does a probe with two handlers. A startupProbe does not replace a livenessProbe. Sources: kubelet prober, core/v1 defaults."},
        {{"slower", 2, "", RuleParameter::Stricter::Higher,
          {"同じ endpoint のとき、liveness が readiness の何倍遅ければ注意にとどめるか",
           "How many times slower than readiness liveness must fail for the same endpoint to be a warning only"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
