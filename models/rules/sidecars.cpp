// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/sidecars.h>

namespace tenken {

SidecarCase sidecarCase(const RuleContext &context, const Workload &w)
{
    return {context, w, sidecarMode(w, context.service(), &context.manifests()), proxySettings(w, &context.manifests())};
}

namespace {

Finding sayUnknownMode(Finding f, const RuleContext &context)
{
    const Service &service = context.service();
    f.measured = {"不明", "unknown"};
    f.wanted = {"サイドカーの種類", "the kind of sidecar"};
    if (!service.istioVersion) {
        return sayUndeclared(f, context,
                             {"メッシュの有無と Istio の版が宣言されていません。", "Neither the mesh nor Istio's version is declared."},
                             QStringLiteral("platform"),
                             QStringLiteral("platform:\n  kubernetes: \"1.31\"\n  istio: \"1.22\"   # mesh: none"));
    }
    return sayUndeclared(f, context,
                         {"Istio 1.27 以降のサイドカーは、Kubernetes 1.33 以降で native になります。Kubernetes の版が宣言されていません。",
                          "From Istio 1.27 on the sidecar is native on Kubernetes 1.33 or newer; Kubernetes' version is not declared."},
                         QStringLiteral("platform.kubernetes"), QStringLiteral("platform:\n  kubernetes: \"1.33\""));
}

// Before 1.28 the API server drops restartPolicy of an init container, and in 1.28 it does so without a feature gate: the
// proxy would be an init container that never ends.
Finding judgeNative(Finding f, const SidecarCase &c, const Text &native)
{
    const Declared<QVersionNumber> &kubernetes = c.context.service().kubernetesVersion;
    f.measured = sameText(QStringLiteral("native"));
    if (!kubernetes || !(*kubernetes < QVersionNumber(1, 29)))
        return say(std::move(f), Verdict::Pass, native);
    f.measured = sameText(QStringLiteral("native, Kubernetes ") + kubernetes.value->toString());
    f.wanted = sameText(QStringLiteral("Kubernetes ≥ 1.29"));
    const Text remedy{"Kubernetes を 1.29 以上にするか、sidecar.istio.io/nativeSidecar を \"false\" にします。",
                      "Run Kubernetes 1.29 or newer, or set sidecar.istio.io/nativeSidecar to \"false\"."};
    if (*kubernetes < QVersionNumber(1, 28))
        return say(std::move(f), Verdict::Fail, {"native サイドカーはこの版の Kubernetes になく、proxy が終わらない init container になって Pod が起動しません。",
                                                 "This version of Kubernetes has no native sidecars: the proxy is an init container that never ends, and the pod does not start."}, remedy);
    return say(std::move(f), Verdict::Unknown, {"Kubernetes 1.28 では、native サイドカーは feature gate SidecarContainers を有効にしたときだけ働きます。",
                                                "In Kubernetes 1.28 native sidecars work only with the feature gate SidecarContainers."}, remedy);
}

/// What in the pod template asks for a sidecar; nothing where it also refuses one.
Yaml asksForSidecar(const Workload &w)
{
    const Yaml metadata = w.podTemplate["metadata"], labels = metadata["labels"], annotations = metadata["annotations"];
    const Yaml byLabel = labels["sidecar.istio.io/inject"], byAnnotation = annotations["sidecar.istio.io/inject"];
    const Yaml inject = byLabel ? byLabel : byAnnotation;
    if (w.podSpec["hostNetwork"].boolean().value_or(false))
        return {}; // passed over by the injector
    if (inject)
        return inject.text() == "true" ? inject : Yaml();
    const Yaml config = annotations["proxy.istio.io/config"];
    return config ? config : labels["istio.io/rev"];
}

Finding sayNoSidecar(Finding f, const SidecarCase &c)
{
    const Yaml asked = c.context.service().mesh.value == false ? asksForSidecar(c.w) : Yaml();
    if (!asked)
        return say(f, Verdict::NotApplicable, {"サイドカーを使わないと、service.yaml かマニフェストに書かれています。", "service.yaml or the manifests say that it runs without a sidecar."});
    f.file = templateFile(c.w, &c.context.manifests());
    f.span = asked.entrySpan();
    f.measured = sameText(QStringLiteral("mesh: none"));
    addMark(f, c.context.service().file, c.context.service().mesh.span, {"宣言", "the declaration"});
    return say(f, Verdict::Unknown,
               {"メッシュを使わないと宣言されていますが、Pod template はサイドカーを求めています。", "It is declared to run without a mesh, yet the pod template asks for a sidecar."},
               {"`mesh: none` を消して Istio の版を書くか、Pod template からその指定を消してください。",
                "Remove `mesh: none` and write Istio's version, or take the mark off the pod template."});
}

} // namespace

std::optional<Finding> settledCase(const SidecarCase &c, const Text &title, const Text &native)
{
    Finding f = findingFor(c.context, title, c.w);
    switch (c.mode) {
    case SidecarMode::None:
        return sayNoSidecar(std::move(f), c);
    case SidecarMode::Native:
        return judgeNative(std::move(f), c, native);
    case SidecarMode::Unknown:
        return sayUnknownMode(f, c.context);
    case SidecarMode::Classic:
        break;
    }
    if (c.proxy.problems.empty())
        return std::nullopt;
    const Problem &p = c.proxy.problems.front();
    f.file = p.file;
    f.span = p.span;
    return say(f, Verdict::Unknown, p.message, p.hint);
}

Finding settingFinding(const SidecarCase &c, const Text &title, const QString &file, const Span &span)
{
    Finding f = findingFor(c.context, title, c.w);
    if (!file.isEmpty()) {
        f.file = file;
        f.span = span;
    } else if (c.proxy.annotation.isValid()) {
        f.file = templateFile(c.w, &c.context.manifests());
        f.span = c.proxy.annotation;
    } else if (c.proxy.misplaced.isValid()) {
        f.span = c.proxy.misplaced;
    }
    return f;
}

std::optional<Finding> unseenMesh(const SidecarCase &c, Finding f, const QString &setting)
{
    if (c.proxy.meshConfigRead || c.proxy.rendered || c.proxy.misplaced.isValid() || c.context.service().meshDefaults)
        return std::nullopt;
    f.comparison.reset();
    f.measured = {"不明", "unknown"};
    say(f, Verdict::Unknown,
        Text{"Pod template に %1 がなく、メッシュ全体の設定もファイルにないため、どの値で動くか分かりません。",
             "The pod template does not set %1, and no mesh-wide configuration is among the files: which value holds cannot be seen."}.arg(setting),
        {"annotation proxy.istio.io/config に書くか、メッシュの設定 (ConfigMap istio か IstioOperator) を `manifests` に足します。メッシュが既定値のままなら service.yaml に "
         "`platform.mesh-config: default` と書きます。",
         "Set it in the annotation proxy.istio.io/config, or add the mesh's configuration (ConfigMap istio or an IstioOperator) to `manifests`; "
         "if the mesh keeps Istio's defaults, write `platform.mesh-config: default` in service.yaml."});
    return f;
}

Text whereToSet()
{
    return {"Pod template の annotation proxy.istio.io/config に書きます。", "Set it in the annotation proxy.istio.io/config of the pod template."};
}

std::vector<Finding> judgeSidecars(const RuleContext &context, const Text &title, const Text &native, Finding (*judge)(const SidecarCase &))
{
    std::vector<Finding> findings;
    for (const Workload *w : longRunning(context, title, findings)) {
        const SidecarCase c = sidecarCase(context, *w);
        const std::optional<Finding> settled = settledCase(c, title, native);
        findings.push_back(settled ? *settled : judge(c));
    }
    return findings;
}

Text whyDefault(const SidecarCase &c)
{
    if (c.proxy.misplaced.isValid()) {
        return {"annotation が Pod template ではなく Workload 自身にあり、効きません。",
                "The annotation is on the workload itself, not on its pod template, and has no effect."};
    }
    return {"Pod template にもメッシュ全体にも設定がなく、既定値です。", "Neither the pod template nor the mesh sets it: the default holds."};
}

namespace {

// What the annotation already says stays in the snippet, where the lines can simply stand together.
QString mergedWith(Yaml annotation, const QString &config)
{
    const QString there = annotation.string().trimmed();
    const auto parsed = YamlFile::parse(there.toUtf8(), {});
    const auto wanted = YamlFile::parse(config.toUtf8(), {});
    if (there.startsWith(u'{') || parsed->documents().size() != 1 || !parsed->errors().empty())
        return config;
    for (const QString &key : wanted->documents().front().keys()) {
        if (parsed->documents().front()[key.toStdString()])
            return config;
    }
    return there + u'\n' + config;
}

} // namespace

QString annotationSnippet(const Workload &w, const QString &config)
{
    const Yaml metadata = w.podTemplate["metadata"];
    const Yaml annotation = metadata["annotations"]["proxy.istio.io/config"];
    QString inner = annotation.isScalar() ? mergedWith(annotation, config) : config;
    inner.replace(u'\n', QStringLiteral("\n  "));
    const QString yaml = QStringLiteral("proxy.istio.io/config: |\n  ") + inner;
    if (metadata["annotations"].isMap())
        return entrySnippet(metadata["annotations"], QStringLiteral("annotations"), yaml, annotation.exists(), w);
    QString nested = yaml;
    nested.replace(u'\n', QStringLiteral("\n  "));
    return entrySnippet(metadata, QStringLiteral("metadata"), QStringLiteral("annotations:\n  ") + nested, false, w);
}

} // namespace tenken
