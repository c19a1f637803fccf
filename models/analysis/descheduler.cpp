// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/descheduler.h>

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace tenken {

namespace {

const QString plugin = QStringLiteral("RemovePodsViolatingTopologySpreadConstraint");

bool isOn(Yaml node, bool fallback = false)
{
    return node.boolean().value_or(fallback);
}

int countOf(Yaml node)
{
    return int(std::clamp<qint64>(node.integer().value_or(0), 0, std::numeric_limits<int>::max()));
}

void readNamespaces(SpreadEviction &e, Yaml node)
{
    e.included = node["include"].strings();
    e.excluded = node["exclude"].strings();
    e.namespacesNode = node;
}

void readSelector(SpreadEviction &e, Yaml node)
{
    if (!node.isMap() || node.size() == 0)
        return;
    e.selectors.push_back(node);
    if (!e.selectorNode)
        e.selectorNode = node;
}

Yaml argsOf(Yaml profile, const QString &name)
{
    for (const Yaml config : profile["pluginConfig"].items()) {
        if (config["name"].string() == name)
            return config;
    }
    return {};
}

// podProtections, where it says anything, replaces the older switches outright.
void readEvictor(SpreadEviction &e, Yaml args)
{
    const Yaml protections = args["podProtections"];
    const QStringList off = protections["defaultDisabled"].strings(), extra = protections["extraEnabled"].strings();
    if (!off.isEmpty() || !extra.isEmpty()) {
        e.localStorage = off.contains(QLatin1String("PodsWithLocalStorage"));
        e.claims = !extra.contains(QLatin1String("PodsWithPVC"));
        e.withoutBudget = !extra.contains(QLatin1String("PodsWithoutPDB"));
    } else {
        e.localStorage = isOn(args["evictLocalStoragePods"]);
        e.claims = !isOn(args["ignorePvcPods"]);
        e.withoutBudget = !isOn(args["ignorePodsWithoutPDB"]);
    }
    e.minReplicas = countOf(args["minReplicas"]);
    e.minReplicasNode = args["minReplicas"];
    e.nodeFit = isOn(args["nodeFit"]);
    readSelector(e, args["labelSelector"]);
    e.namespaceSelector = args["namespaceLabelSelector"].isMap() ? args["namespaceLabelSelector"] : Yaml();
    e.minPodAge = args["minPodAge"];
    e.critical = isOn(args["evictSystemCriticalPods"]) || off.contains(QLatin1String("SystemCriticalPods"));
    e.priorityNode = args["priorityThreshold"];
    e.priorityValue = e.priorityNode["value"].integer();
    e.priorityClass = e.priorityNode["name"].string();
}

SpreadEviction profileOf(Yaml profile, const QString &nodeSelector)
{
    SpreadEviction e;
    e.profile = profile["name"].string();
    e.nodeSelector = nodeSelector;
    const Yaml config = argsOf(profile, plugin), args = config["args"];
    const Yaml balance = profile["plugins"]["balance"];
    const QStringList enabled = balance["enabled"].strings(), disabled = balance["disabled"].strings();
    e.enabled = enabled.contains(plugin) && !disabled.contains(plugin) && !disabled.contains(QLatin1String("*"));
    e.configured = config.exists() || enabled.contains(plugin);
    e.node = config ? config["name"] : profile["plugins"];
    if (const QStringList kinds = args["constraints"].strings(); !kinds.isEmpty()) {
        e.hard = kinds.contains(QLatin1String("DoNotSchedule"));
        e.soft = kinds.contains(QLatin1String("ScheduleAnyway"));
        e.constraintsNode = args["constraints"];
    }
    readNamespaces(e, args["namespaces"]);
    readSelector(e, args["labelSelector"]);
    readEvictor(e, argsOf(profile, QStringLiteral("DefaultEvictor"))["args"]);
    return e;
}

SpreadEviction strategyOf(Yaml policy)
{
    SpreadEviction e;
    const Yaml strategy = policy["strategies"][plugin.toStdString()], params = strategy["params"];
    e.node = strategy ? strategy : policy["strategies"];
    e.configured = strategy.exists();
    e.enabled = isOn(strategy["enabled"]);
    e.soft = isOn(params["includeSoftConstraints"]);
    e.constraintsNode = params["includeSoftConstraints"];
    e.nodeFit = isOn(params["nodeFit"]);
    e.localStorage = isOn(policy["evictLocalStoragePods"]);
    e.claims = !isOn(policy["ignorePvcPods"]);
    e.critical = isOn(policy["evictSystemCriticalPods"]);
    e.priorityNode = params["thresholdPriority"] ? params["thresholdPriority"] : params["thresholdPriorityClassName"];
    e.priorityValue = params["thresholdPriority"].integer();
    e.priorityClass = params["thresholdPriorityClassName"].string();
    e.nodeSelector = policy["nodeSelector"].string();
    readNamespaces(e, params["namespaces"]);
    readSelector(e, params["labelSelector"]);
    return e;
}

void readPolicy(DeschedulerPolicy &policy, Yaml node)
{
    policy.version = node["apiVersion"].string().section(u'/', 1);
    for (const char *limit : {"maxNoOfPodsToEvictPerNode", "maxNoOfPodsToEvictPerNamespace", "maxNoOfPodsToEvictTotal"})
        policy.evictsNothing = policy.evictsNothing || node[limit].integer() == 0;
    if (node["strategies"].exists()) {
        policy.profiles.push_back(strategyOf(node));
    } else {
        for (const Yaml profile : node["profiles"].items())
            policy.profiles.push_back(profileOf(profile, node["nodeSelector"].string()));
    }
    if (policy.profiles.empty())
        policy.profiles.emplace_back();
}

void readEmbedded(const KubeObject &map, std::vector<DeschedulerPolicy> &policies)
{
    for (const auto &[key, value] : map.node["data"].entries()) {
        const std::string_view text = value.text();
        if (text.find("DeschedulerPolicy") == std::string_view::npos)
            continue;
        DeschedulerPolicy policy{map.title(), map.file, key.span(), true, {}, {}, true, false, {}, key.string()};
        policy.text = YamlFile::parse(QByteArray(text.data(), qsizetype(text.size())), map.file);
        const auto &documents = policy.text->documents();
        const bool isOne = !documents.empty() && policy.text->errors().empty() && documents.front()["kind"].string() == u"DeschedulerPolicy";
        policy.readable = isOne;
        if (isOne)
            readPolicy(policy, documents.front());
        else
            policy.profiles.emplace_back();
        policies.push_back(std::move(policy));
    }
}

} // namespace

Span DeschedulerPolicy::placeOf(Yaml at) const
{
    return embedded || !at ? span : at.entrySpan();
}

std::vector<DeschedulerPolicy> deschedulerPolicies(const Manifests &manifests)
{
    std::vector<DeschedulerPolicy> policies;
    for (const KubeObject &object : manifests.objects) {
        if (object.kind == u"DeschedulerPolicy") {
            DeschedulerPolicy policy{object.kind, object.file, object.node["kind"].entrySpan(), false, {}, {}, true, false, {}, {}};
            readPolicy(policy, object.node);
            policies.push_back(std::move(policy));
        } else if (object.kind == u"ConfigMap") {
            readEmbedded(object, policies);
        }
    }
    return policies;
}

namespace {

/// The words of a container's command, also those inside `sh -c "…"`.
QStringList wordsOf(const Container &c)
{
    static const QRegularExpression between(QStringLiteral("[\\s\"';&|]+"));
    return (c.node["command"].strings() + c.node["args"].strings()).join(u' ').split(between, Qt::SkipEmptyParts);
}

/// As the flags are read: alone it is on, and so are "=1", "=t", "=True" …
bool isDryRun(const QStringList &words)
{
    static const QStringList off = {"0", "f", "F", "false", "FALSE", "False"};
    return std::ranges::any_of(words, [](const QString &w) {
        return w == u"--dry-run" || (w.startsWith(u"--dry-run=") && !off.contains(w.section(u'=', 1)));
    });
}

QString policyPathOf(const QStringList &words)
{
    const QString flag = QStringLiteral("--policy-config-file");
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i].startsWith(flag + u'='))
            return words[i].section(u'=', 1);
        if (words[i] == flag)
            return words.value(i + 1);
    }
    return {};
}

/// The name of a ConfigMap that a volume holds, and its key for a path in the volume.
void readVolume(DeschedulerRun &run, Yaml map, const QString &path)
{
    if (!map.exists())
        return;
    run.policyMap = map["name"].string();
    run.policyKey = path;
    for (const Yaml item : map["items"].items()) {
        if (item["path"].string() == path)
            run.policyKey = item["key"].string();
    }
}

void readMount(DeschedulerRun &run, const Container &c, const QString &path)
{
    qsizetype longest = -1;
    for (const Yaml mount : c.node["volumeMounts"].items()) {
        QString at = mount["mountPath"].string();
        while (at.endsWith(u'/'))
            at.chop(1);
        const bool under = path == at || path.startsWith(at + u'/');
        if (at.isEmpty() || !under || at.size() <= longest)
            continue;
        longest = at.size();
        QStringList parts{mount["subPath"].string(), path.sliced(at.size() + (path == at ? 0 : 1))};
        parts.removeAll(QString());
        run.policyMap.clear();
        for (const Yaml volume : run.workload->podSpec["volumes"].items()) {
            if (volume["name"].string() != mount["name"].string())
                continue;
            readVolume(run, volume["configMap"], parts.join(u'/'));
            for (const Yaml source : volume["projected"]["sources"].items())
                readVolume(run, source["configMap"], parts.join(u'/'));
        }
    }
}

} // namespace

bool DeschedulerRun::reads(const DeschedulerPolicy &policy, const Manifests &manifests) const
{
    const QString &nameSpace = workload->object.nameSpace;
    const auto isMounted = [&](const QString &name, const QString &in) {
        return !policyMap.isEmpty() && name == policyMap && (in.isEmpty() || nameSpace.isEmpty() || in == nameSpace);
    };
    if (policy.embedded) {
        const QString in = policy.object.count(u'/') > 1 ? policy.object.section(u'/', 1, 1) : QString();
        return isMounted(policy.object.section(u'/', -1), in) && policyKey == policy.key;
    }
    // A file of its own becomes a ConfigMap that is made of it.
    return !policyMap.isEmpty() && std::ranges::none_of(manifests.objects, [&](const KubeObject &o) {
        return o.kind == u"ConfigMap" && isMounted(o.name, o.nameSpace);
    });
}

bool isSeldomerThanDaily(const QString &schedule)
{
    static const QStringList seldom = {"@yearly", "@annually", "@monthly", "@weekly"}, every = {"*", "?", "*/1"};
    const QStringList fields = schedule.simplified().split(u' ');
    if (fields.size() != 5)
        return seldom.contains(fields.front());
    return std::ranges::any_of(fields.sliced(2), [](const QString &f) { return !every.contains(f); });
}

std::vector<DeschedulerRun> deschedulerRuns(const Manifests &manifests)
{
    static const QRegularExpression image(QStringLiteral("(?:^|/)descheduler(?::v?(\\d+\\.\\d+(?:\\.\\d+)?))?[^/]*$"));
    std::vector<DeschedulerRun> runs;
    for (const Workload &w : manifests.workloads) {
        for (const Container &c : w.appContainers()) {
            const auto match = image.match(c.node["image"].string());
            if (!match.hasMatch())
                continue;
            DeschedulerRun run{&w, {}, isOn(w.object.node["spec"]["suspend"]), false, w.object.kind == u"Job", {}, {}};
            if (match.hasCaptured(1))
                run.version = QVersionNumber::fromString(match.captured(1));
            const QStringList words = wordsOf(c);
            run.dryRun = isDryRun(words);
            readMount(run, c, policyPathOf(words));
            run.suspended = run.suspended || (w.object.kind == u"Deployment" && w.declaredReplicas() == 0);
            runs.push_back(run);
            break;
        }
    }
    return runs;
}

bool hasLocalStorage(const Workload &w)
{
    return std::ranges::any_of(w.podSpec["volumes"].items(), [](Yaml v) { return v["emptyDir"].exists() || v["hostPath"].exists(); });
}

bool hasClaims(const Workload &w)
{
    return w.object.node["spec"]["volumeClaimTemplates"].size() > 0
        || std::ranges::any_of(w.podSpec["volumes"].items(), [](Yaml v) { return v["persistentVolumeClaim"].exists(); });
}

} // namespace tenken
