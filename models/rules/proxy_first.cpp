// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/sidecars.h>

namespace tenken {

namespace {

const Text title{"proxy がアプリより先に起動する", "The proxy starts before the app"};

Finding judgeClassic(const SidecarCase &c)
{
    const ProxySetting<bool> &hold = c.proxy.hold;
    Finding f = settingFinding(c, title, hold.file, hold.span);
    f.measured = hold.isDefault() ? Text{"false (既定)", "false (default)"} : sameText(hold.value ? "true" : "false");
    f.wanted = sameText(QStringLiteral("holdApplicationUntilProxyStarts: true"));
    if (hold.value)
        return say(f, Verdict::Pass, {"proxy が応えるまでアプリの起動を待ちます。", "The app waits until the proxy answers."});
    f.snippet = annotationSnippet(c.w, QStringLiteral("holdApplicationUntilProxyStarts: true"));
    if (hold.isDefault()) {
        if (auto unseen = unseenMesh(c, f, QStringLiteral("holdApplicationUntilProxyStarts")))
            return *unseen;
    }
    const Text why = hold.isDefault() ? whyDefault(c) : Text{"false と書かれています。", "It is set to false."};
    return say(f, Verdict::Fail,
               Text{"%1アプリが先に起動すると、最初の通信が失敗します。", "%1 An app that starts first fails its first connections."}.arg(why),
               whereToSet());
}

std::vector<Finding> judge(const RuleContext &context)
{
    return judgeSidecars(context, title,
                         {"native サイドカーは、いつもアプリより先に起動します。holdApplicationUntilProxyStarts は要りません。",
                          "A native sidecar always starts before the app; holdApplicationUntilProxyStarts is not needed."},
                         judgeClassic);
}

} // namespace

Rule proxyFirstRule()
{
    return {
        "proxy-first",
        {"サイドカーの proxy がアプリより先に起動するかを見ます。", "Whether the sidecar proxy starts before the app."},
        {"classic サイドカーでは holdApplicationUntilProxyStarts が true であることが要ります (既定は false)。Pod template の annotation "
         "proxy.istio.io/config (YAML か JSON)、ファイルにあれば IstioOperator か ConfigMap istio のメッシュ全体の設定を読みます。Workload 自身に付けた annotation "
         "は効きません。native サイドカー (annotation sidecar.istio.io/nativeSidecar、または Istio 1.27 以降と Kubernetes 1.33 以降) では要りません。native は Kubernetes 1.29 からです。`mesh: none`、"
         "sidecar.istio.io/inject: \"false\"、hostNetwork、Namespace の istio-injection: disabled と istio.io/dataplane-mode: ambient は対象外です。版が宣言されていなければ不明です。どこにも書かれず、メッシュ全体の設定も見えない場合も不明です (既定値のままなら platform.mesh-config: default)。出典: Istio の injection template、mesh.go。",
         "A classic sidecar needs holdApplicationUntilProxyStarts: true (false by default). Read are the annotation proxy.istio.io/config (YAML "
         "or JSON) of the pod template and, where among the files, the mesh-wide configuration in an IstioOperator or the ConfigMap istio. The "
         "annotation on the workload itself has no effect. A native sidecar (annotation sidecar.istio.io/nativeSidecar, or Istio 1.27 and "
         "Kubernetes 1.33 onwards) needs nothing but Kubernetes 1.29. `mesh: none`, sidecar.istio.io/inject: \"false\", hostNetwork and a Namespace "
         "with istio-injection: disabled or istio.io/dataplane-mode: ambient are n/a; without declared "
         "versions it is unknown, and also where nothing sets it and the mesh's configuration cannot be seen (`platform.mesh-config: default` says "
         "that it keeps the defaults). Sources: Istio's injection template, mesh.go."},
        {},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
