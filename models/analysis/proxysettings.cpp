// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/proxysettings.h>

#include <analysis/fields.h>

namespace tenken {

namespace {

constexpr const char *annotationName = "proxy.istio.io/config";

// Values of proxyMetadata and environmentVariables are strings; people quote them or do not.
struct Layer {
    Yaml config;        ///< has terminationDrainDuration, holdApplicationUntilProxyStarts
    Yaml environment;   ///< name: value
    QString file;
    Span span;          ///< where to point when the text inside has no place of its own
};

void takeDuration(ProxySetting<double> &setting, Yaml value, const Layer &layer, ProxySettings &all)
{
    if (!value || value.isNull())
        return;
    const Span span = layer.span.isValid() ? layer.span : value.entrySpan();
    if (const std::optional<double> seconds = durationSeconds(value.text())) {
        setting = {*seconds, layer.file, span};
        return;
    }
    all.problems.push_back({layer.file, span,
                            Text{"%1 は「5s」のような時間ではありません。", "%1 is not a duration such as 5s."}.arg(value.string()),
                            Text{"単位を付けて書きます: \"30s\"", "Write it with a unit: \"30s\""}});
}

void takeSwitch(ProxySetting<bool> &setting, Yaml value, const Layer &layer)
{
    if (!value || value.isNull())
        return;
    // Read by Go's strconv.ParseBool, which takes these spellings of true; anything else leaves it off.
    static const QStringList spellings{QStringLiteral("true"), QStringLiteral("True"), QStringLiteral("TRUE"),
                                       QStringLiteral("t"), QStringLiteral("T"), QStringLiteral("1")};
    setting = {spellings.contains(value.string()), layer.file, layer.span.isValid() ? layer.span : value.entrySpan()};
}

void takeHold(ProxySetting<bool> &setting, Yaml value, const Layer &layer, ProxySettings &all)
{
    if (!value || value.isNull())
        return;
    const Span span = layer.span.isValid() ? layer.span : value.entrySpan();
    // A protobuf boolean: a quoted "true" is refused, and with it the whole annotation.
    if (const std::optional<bool> on = value.boolean(); on && !value.isQuoted()) {
        setting = {*on, layer.file, span};
        return;
    }
    all.problems.push_back({layer.file, span,
                            Text{"holdApplicationUntilProxyStarts が真偽値ではありません。",
                                 "holdApplicationUntilProxyStarts is no boolean."},
                            Text{"引用符なしの true を書きます。", "Write true without quotes."}});
}

void apply(const Layer &layer, ProxySettings &all)
{
    takeDuration(all.terminationDrain, layer.config["terminationDrainDuration"], layer, all);
    takeHold(all.hold, layer.config["holdApplicationUntilProxyStarts"], layer, all);
    takeSwitch(all.exitOnZero, layer.environment["EXIT_ON_ZERO_ACTIVE_CONNECTIONS"], layer);
    takeDuration(all.minimumDrain, layer.environment["MINIMUM_DRAIN_DURATION"], layer, all);
}

// Configuration that is text inside YAML: an annotation, a ConfigMap's entry. Its nodes live only for the call.
void applyText(Yaml text, const QString &file, std::string_view under, ProxySettings &all)
{
    const auto inner = YamlFile::parse(text.string().toUtf8(), file);
    if (!inner->errors().empty() || inner->documents().size() > 1) {
        all.problems.push_back({file, text.entrySpan(),
                                {"中の文字列を YAML として読めません。", "The text inside cannot be read as YAML."},
                                {"字下げを確かめてください。", "Check its indentation."}});
        return;
    }
    if (inner->documents().empty())
        return;
    const Yaml root = inner->documents().front();
    const Yaml config = under.empty() ? root : root[under];
    apply({config, config["proxyMetadata"], file, text.entrySpan()}, all);
}

void applyMeshConfig(const Manifests &manifests, ProxySettings &all)
{
    for (const KubeObject *op : manifests.ofKind(QStringLiteral("IstioOperator"))) {
        all.meshConfigRead = true;
        const Yaml config = op->node["spec"]["meshConfig"]["defaultConfig"];
        apply({config, config["proxyMetadata"], op->file, {}}, all);
    }
    for (const KubeObject *map : manifests.ofKind(QStringLiteral("ConfigMap"))) {
        const Yaml mesh = map->node["data"]["mesh"];
        if (map->name != u"istio" || !mesh.isScalar())
            continue;
        all.meshConfigRead = true;
        applyText(mesh, map->file, "defaultConfig", all);
    }
}

// The injector's own value is OR-ed with the proxy configuration: false in an annotation does not undo it.
void applyInjectorValues(const Manifests &manifests, ProxySettings &all)
{
    for (const KubeObject *op : manifests.ofKind(QStringLiteral("IstioOperator"))) {
        const Yaml hold = op->node["spec"]["values"]["global"]["proxy"]["holdApplicationUntilProxyStarts"];
        if (hold.boolean().value_or(false))
            all.hold = {true, op->file, hold.entrySpan()};
    }
}

// Manifests that were injected before they were written down hold the settings in the container itself.
void applyRenderedContainer(const Workload &w, const QString &file, ProxySettings &all)
{
    for (const Container &c : w.containers) {
        if (c.name != u"istio-proxy" || c.node["image"].string() == u"auto")
            continue;
        all.rendered = true;
        const Yaml wait = c.node["lifecycle"]["postStart"]["exec"]["command"];
        if (wait.strings().contains(QStringLiteral("wait")))
            all.hold = {true, file, wait.entrySpan()};
        for (const Yaml variable : c.node["env"].items()) {
            const Layer layer{{}, {}, file, variable["value"].entrySpan()};
            if (variable["name"].string() == u"EXIT_ON_ZERO_ACTIVE_CONNECTIONS")
                takeSwitch(all.exitOnZero, variable["value"], layer);
            else if (variable["name"].string() == u"MINIMUM_DRAIN_DURATION")
                takeDuration(all.minimumDrain, variable["value"], layer, all);
        }
    }
}

void applyProxyConfig(const KubeObject &object, ProxySettings &all)
{
    apply({{}, object.node["spec"]["environmentVariables"], object.file, {}}, all);
}

enum class Reach { RootNamespace, OwnNamespace, Pod };

void applyProxyConfigs(const Manifests &manifests, const Workload &w, Reach reach, ProxySettings &all)
{
    const auto sameNamespace = [&](const KubeObject &o) { return o.nameSpace == w.object.nameSpace; };
    for (const KubeObject *object : manifests.ofKind(QStringLiteral("ProxyConfig"))) {
        const Yaml selector = object->node["spec"]["selector"];
        const bool root = object->nameSpace == u"istio-system";
        const bool whole = selector.size() == 0;
        const bool wanted = reach == Reach::RootNamespace ? root && whole
            : reach == Reach::OwnNamespace                ? !root && whole && sameNamespace(*object)
                                           : !whole && sameNamespace(*object) && LabelSelector{selector}.matches(w.podLabels());
        if (wanted)
            applyProxyConfig(*object, all);
    }
}

} // namespace

ProxySettings proxySettings(const Workload &w, const Manifests *manifests)
{
    ProxySettings all;
    if (manifests) {
        applyMeshConfig(*manifests, all);
        applyProxyConfigs(*manifests, w, Reach::RootNamespace, all);
        applyProxyConfigs(*manifests, w, Reach::OwnNamespace, all);
    }
    // A lone Pod is its own template: nothing can be misplaced there.
    const Yaml own = w.podTemplate["metadata"]["annotations"][annotationName];
    const Yaml outer = w.object.node["metadata"]["annotations"][annotationName];
    if (outer && !(outer == own))
        all.misplaced = outer.entrySpan();
    if (own.isScalar()) {
        all.annotation = own.entrySpan();
        applyText(own, templateFile(w, manifests), {}, all);
    }
    if (manifests) {
        applyProxyConfigs(*manifests, w, Reach::Pod, all);
        applyInjectorValues(*manifests, all);
    }
    applyRenderedContainer(w, templateFile(w, manifests), all);
    return all;
}

QString templateFile(const Workload &w, const Manifests *manifests)
{
    const Yaml ref = w.object.node["spec"]["workloadRef"];
    if (!manifests || !ref.isMap() || w.object.node["spec"]["template"].isMap())
        return w.object.file;
    for (const KubeObject *object : manifests->ofKind(ref["kind"].string())) {
        if (object->name == ref["name"].string() && object->nameSpace == w.object.nameSpace)
            return object->file;
    }
    return w.object.file;
}

} // namespace tenken
