// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/environment.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using From = EnvironmentValue::From;

bool isSecretKind(const QString &kind)
{
    return kind == u"Secret" || kind == u"SealedSecret" || kind == u"ExternalSecret";
}

// What the object is called once it is in the cluster.
QString nameInCluster(const KubeObject &o)
{
    if (o.kind == u"ExternalSecret")
        return o.node["spec"]["target"]["name"].stringOr(o.name);
    if (o.kind == u"SealedSecret")
        return o.node["spec"]["template"]["metadata"]["name"].stringOr(o.name);
    return o.name;
}

const KubeObject *objectNamed(const RuleContext &context, const Workload &w, bool secret, const QString &name)
{
    for (const KubeObject &o : context.manifests().objects) {
        const bool near =
            o.nameSpace.isEmpty() || w.object.nameSpace.isEmpty() || o.nameSpace == w.object.nameSpace;
        if (near && (secret ? isSecretKind(o.kind) : o.kind == u"ConfigMap") && nameInCluster(o) == name)
            return &o;
    }
    return nullptr;
}

struct Key {
    bool found = false;
    bool all = true; ///< every key of the object is known
    Yaml value; ///< where it stands in plain text
};

Key keyOf(const KubeObject &o, const QString &key)
{
    const std::string name = key.toStdString();
    if (o.kind == u"ExternalSecret") {
        for (const Yaml data : o.node["spec"]["data"].items()) {
            if (data["secretKey"].string() == key)
                return {true, true, {}};
        }
        return {false, !o.node["spec"]["dataFrom"].exists(), {}};
    }
    if (o.kind == u"SealedSecret")
        return {o.node["spec"]["encryptedData"][name].exists(), true, {}};
    for (const char *part : {"stringData", "data"}) {
        if (const Yaml value = o.node[part][name])
            return {true, true, value};
    }
    return {false, true, {}};
}

void takeWritten(EnvironmentValue &v, const RuleContext &context, const Workload &w, const QString &key)
{
    const KubeObject *o = objectNamed(context, w, v.from == From::Secret, v.object);
    const Key k = o ? keyOf(*o, key) : Key{};
    if (!k.value)
        return;
    v.written = true;
    v.text = k.value.string();
    v.file = o->file;
    v.node = k.value;
}

EnvironmentValue explicitValue(const RuleContext &context, const Workload &w, Yaml entry)
{
    EnvironmentValue v;
    v.file = w.object.file;
    v.node = entry["value"] ? entry["value"] : entry["valueFrom"] ? entry["valueFrom"] : entry["name"];
    const Yaml from = entry["valueFrom"];
    for (const auto &[reference, kind] :
         {std::pair("secretKeyRef", From::Secret), std::pair("configMapKeyRef", From::ConfigMap)}) {
        const Yaml node = from[reference];
        if (!node)
            continue;
        v.from = kind;
        v.object = node["name"].string();
        v.optional = node["optional"].boolean().value_or(false);
        takeWritten(v, context, w, node["key"].string());
        return v;
    }
    if (from["fieldRef"]) {
        v.from = From::Field;
        v.fieldPath = from["fieldRef"]["fieldPath"].string();
    } else {
        v.from = From::Literal;
        v.text = entry["value"].string();
    }
    return v;
}

EnvironmentValue valueFromAll(const RuleContext &context, const Workload &w, const Container &c,
                              const QString &name)
{
    EnvironmentValue found;
    for (const Yaml source : c.node["envFrom"].items()) {
        const bool secret = source["secretRef"].exists();
        const Yaml reference = secret ? source["secretRef"] : source["configMapRef"];
        const QString prefix = source["prefix"].string();
        if (!reference || !name.startsWith(prefix))
            continue;
        EnvironmentValue v;
        v.object = reference["name"].string();
        v.file = w.object.file;
        v.node = reference;
        v.optional = reference["optional"].boolean().value_or(false);
        const KubeObject *o = objectNamed(context, w, secret, v.object);
        const Key k = o ? keyOf(*o, name.sliced(prefix.size())) : Key{false, false, {}};
        if (k.found) {
            v.from = secret ? From::Secret : From::ConfigMap;
            takeWritten(v, context, w, name.sliced(prefix.size()));
            found = v;
        } else if (!k.all && (found.from == From::Nowhere || found.from == From::Unseen)) {
            v.from = From::Unseen;
            found = v;
        }
    }
    return found;
}

} // namespace

EnvironmentValue environmentValue(const RuleContext &context, const Workload &w, const Container &c,
                                  const QString &name)
{
    static const QRegularExpression alone(u"^\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)$"_s);
    QString wanted = name;
    for (int followed = 0; followed < 5; ++followed) {
        Yaml entry;
        for (const Yaml e : c.node["env"].items()) {
            if (e["name"].string() == wanted)
                entry = e;
        }
        if (!entry)
            return valueFromAll(context, w, c, wanted);
        const EnvironmentValue v = explicitValue(context, w, entry);
        const auto match = alone.match(v.text);
        if (v.from != From::Literal || !match.hasMatch())
            return v;
        wanted = match.captured(1);
    }
    return {};
}

QStringList environmentNames(const Container &c)
{
    QStringList names;
    for (const Yaml entry : c.node["env"].items())
        names << entry["name"].string();
    return names;
}

std::vector<Container> mainContainers(const RuleContext &context, const Workload &w, const QString &prefix)
{
    const std::vector<Container> apps = w.appContainers();
    const QString chosen =
        w.podTemplate["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"].string();
    auto main = std::ranges::find(apps, chosen, &Container::name);
    for (const QString &name : {context.service().id, w.object.name, u"app"_s}) {
        if (main == apps.end() && !name.isEmpty())
            main = std::ranges::find(apps, name, &Container::name);
    }
    std::vector<Container> found;
    for (auto it = apps.begin(); it != apps.end(); ++it) {
        const bool isMain = main == apps.end() ? it == apps.begin() : it == main;
        const QStringList names = environmentNames(*it);
        if (isMain || std::ranges::any_of(names, [&](const QString &n) { return !prefix.isEmpty() && n.startsWith(prefix); }))
            found.push_back(*it);
    }
    return found;
}

} // namespace tenken
