// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/manifestindex.h>

#include <QSet>

#include <algorithm>
#include <array>

namespace tenken {

QString KubeObject::title() const
{
    return nameSpace.isEmpty() ? kind + u'/' + name : kind + u'/' + nameSpace + u'/' + name;
}

QString KubeObject::group() const
{
    const qsizetype slash = apiVersion.indexOf(u'/');
    return slash < 0 ? QString() : apiVersion.first(slash);
}

bool Workload::isLongRunning() const
{
    return object.kind != u"Job" && object.kind != u"CronJob";
}

std::vector<Container> Workload::appContainers() const
{
    std::vector<Container> apps;
    std::ranges::copy_if(containers, std::back_inserter(apps),
                         [](const Container &c) { return c.role == Container::Role::App; });
    return apps;
}

QMap<QString, QString> Workload::podLabels() const
{
    QMap<QString, QString> labels;
    for (const auto &[key, value] : podTemplate["metadata"]["labels"].entries())
        labels.insert(key.string(), value.string());
    return labels;
}

int Workload::declaredReplicas() const
{
    if (object.kind == u"DaemonSet")
        return 0;
    const qint64 replicas = object.kind == u"Pod" ? 1 : object.node["spec"]["replicas"].integer().value_or(1);
    return static_cast<int>(std::clamp<qint64>(replicas, 0, 1'000'000'000));
}

namespace {

struct WorkloadKind {
    QString kind;
    QString group;
};

const std::array workloadKinds{
    WorkloadKind{QStringLiteral("Deployment"), QStringLiteral("apps")},
    WorkloadKind{QStringLiteral("StatefulSet"), QStringLiteral("apps")},
    WorkloadKind{QStringLiteral("DaemonSet"), QStringLiteral("apps")},
    WorkloadKind{QStringLiteral("ReplicaSet"), QStringLiteral("apps")},
    WorkloadKind{QStringLiteral("Job"), QStringLiteral("batch")},
    WorkloadKind{QStringLiteral("CronJob"), QStringLiteral("batch")},
    WorkloadKind{QStringLiteral("Pod"), QString()},
    WorkloadKind{QStringLiteral("Rollout"), QStringLiteral("argoproj.io")},
};

bool isWorkload(const KubeObject &object)
{
    // Deployments once lived in "extensions".
    return std::ranges::any_of(workloadKinds, [group = object.group(), &object](const WorkloadKind &known) {
        return object.kind == known.kind
            && (group == known.group || (known.group == u"apps" && group == u"extensions"));
    });
}

std::vector<Container> containersOf(Yaml podSpec)
{
    std::vector<Container> containers;
    for (const Yaml node : podSpec["containers"].items())
        containers.push_back({Container::Role::App, node["name"].string(), node});
    for (const Yaml node : podSpec["initContainers"].items()) {
        const bool staysAlive = node["restartPolicy"].text() == "Always";
        containers.push_back({staysAlive ? Container::Role::NativeSidecar : Container::Role::Init,
                              node["name"].string(), node});
    }
    return containers;
}

/// Takes objects and workloads out of the documents of all files.
class Reader
{
public:
    Partial<Manifests> result;

    void readFile(const std::shared_ptr<const YamlFile> &file, bool strict)
    {
        const size_t before = objects().size();
        for (const Yaml document : file->documents())
            readObject(document, file->name(), {}, {});
        if (strict && objects().size() == before && file->errors().empty())
            report(file->name(), {}, {"Kubernetes のオブジェクトがありません", "holds no Kubernetes object"},
                   {"apiVersion と kind を持つマニフェストを指してください", "name a manifest with apiVersion and kind"});
    }

    void makeWorkloads()
    {
        // A Deployment that only lends its pod template to a Rollout makes no pods of its own.
        std::vector<const KubeObject *> lenders;
        for (const KubeObject &object : objects()) {
            if (isRollout(object))
                lenders.push_back(referenced(object));
            warnOfTarget(object);
        }
        QSet<QString> makers;
        for (const KubeObject &object : objects()) {
            if (isWorkload(object))
                makers.insert(keyOf(object.group(), object.kind, object.nameSpace, object.name));
        }
        for (const KubeObject &object : objects()) {
            if (isWorkload(object) && std::ranges::find(lenders, &object) == lenders.end() && !isOwned(object, makers))
                makeWorkload(object);
        }
    }

private:
    std::vector<KubeObject> &objects() { return result.value.objects; }

    void report(const QString &file, const Span &span, const Text &message, const Text &hint)
    {
        result.problems.push_back({file, span, message, hint});
    }

    /// `kind` and `apiVersion` are those that a typed list gives to its items.
    void readObject(Yaml node, const QString &file, const QString &kind, const QString &apiVersion)
    {
        KubeObject object;
        object.kind = node["kind"].stringOr(kind);
        object.apiVersion = node["apiVersion"].stringOr(apiVersion);
        if (object.kind.isEmpty() || object.apiVersion.isEmpty())
            return;
        if (object.kind.endsWith(u"List") && node["items"].isSequence()) {
            const QString itemKind = object.kind.chopped(4);
            for (const Yaml item : node["items"].items())
                readObject(item, file, itemKind, itemKind.isEmpty() ? QString() : object.apiVersion);
            return;
        }
        const Yaml metadata = node["metadata"];
        object.nameSpace = metadata["namespace"].string();
        object.name = metadata["name"].stringOr(metadata["generateName"].string());
        object.file = file;
        object.node = node;
        objects().push_back(std::move(object));
    }

    static QString keyOf(const QString &group, const QString &kind, const QString &nameSpace, const QString &name)
    {
        const QString plain = group == u"extensions" ? QStringLiteral("apps") : group;
        return QStringList{plain, kind, nameSpace.isEmpty() ? QStringLiteral("default") : nameSpace, name}.join(u'\n');
    }

    /// A ReplicaSet that a Deployment made, a Pod that a ReplicaSet made: judged where people wrote it.
    static bool isOwned(const KubeObject &object, const QSet<QString> &makers)
    {
        return std::ranges::any_of(object.node["metadata"]["ownerReferences"].items(), [&](Yaml owner) {
            const QString apiVersion = owner["apiVersion"].string();
            const QString key = keyOf(apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString(),
                                      owner["kind"].string(), object.nameSpace, owner["name"].string());
            return makers.contains(key)
                && key != keyOf(object.group(), object.kind, object.nameSpace, object.name);
        });
    }

    /// The object that a Rollout's workloadRef names, or null.
    const KubeObject *referenced(const KubeObject &rollout)
    {
        const Yaml reference = rollout.node["spec"]["workloadRef"];
        for (const KubeObject &object : objects()) {
            if (object.kind == reference["kind"].string() && object.name == reference["name"].string()
                && object.nameSpace == rollout.nameSpace && object.node != rollout.node)
                return &object;
        }
        return nullptr;
    }

    static bool isRollout(const KubeObject &object)
    {
        return object.kind == u"Rollout" && object.group() == u"argoproj.io";
    }

    /// Kubernetes takes such an autoscaler and then finds no Deployment in the core group.
    void warnOfTarget(const KubeObject &object)
    {
        const Yaml target = object.node["spec"]["scaleTargetRef"];
        if (object.kind != u"HorizontalPodAutoscaler" || !target.isMap() || !target["apiVersion"].text().empty())
            return;
        result.value.warnings.push_back(
            {object.file, target.entrySpan(),
             Text{"%1 の scaleTargetRef に apiVersion がないため、対象が見つかりません",
                  "scaleTargetRef of %1 has no apiVersion, so its target is not found"}.arg(object.title()),
             {"`apiVersion: apps/v1` を加えてください", "add `apiVersion: apps/v1`"}});
    }

    Yaml podTemplateOf(const KubeObject &object)
    {
        const Yaml spec = object.node["spec"];
        if (object.kind == u"Pod")
            return object.node;
        if (object.kind == u"CronJob")
            return spec["jobTemplate"]["spec"]["template"];
        if (isRollout(object) && spec["workloadRef"].isMap()) {
            const KubeObject *source = referenced(object);
            return source ? source->node["spec"]["template"] : Yaml();
        }
        return spec["template"];
    }

    void makeWorkload(const KubeObject &object)
    {
        const Yaml podTemplate = podTemplateOf(object);
        const Yaml podSpec = podTemplate["spec"];
        if (!podSpec["containers"].isSequence()) {
            const Yaml reference = object.node["spec"]["workloadRef"];
            if (object.kind == u"Rollout" && reference.isMap())
                report(object.file, reference.entrySpan(),
                       Text{"%1 の workloadRef が指すオブジェクトがマニフェストにありません",
                            "the object that %1 names in workloadRef is not among the manifests"}.arg(object.title()),
                       {"そのファイルも manifests に加えてください", "add its file to manifests as well"});
            else
                report(object.file, object.node["kind"].entrySpan(),
                       Text{"%1 に Pod のテンプレートがないため、判定しません", "%1 has no pod template and is not judged"}
                           .arg(object.title()),
                       {"kustomize のパッチなら、`kustomize build` で組み立てた結果を指してください",
                        "if this is a kustomize patch, name the result of `kustomize build` instead"});
            return;
        }
        result.value.workloads.push_back({object, podTemplate, podSpec, containersOf(podSpec)});
    }
};

} // namespace

Partial<Manifests> readManifests(std::vector<std::shared_ptr<const YamlFile>> files, bool strict)
{
    Reader reader;
    for (const auto &file : files)
        reader.readFile(file, strict);
    reader.makeWorkloads();
    reader.result.value.files = std::move(files);
    reader.result.value.index = ManifestIndex::of(reader.result.value);
    return std::move(reader.result);
}

} // namespace tenken
