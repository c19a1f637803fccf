// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/pod_usage.h>

namespace tenken
{

namespace
{

const Text title{"requests と limits", "Requests and limits"};

struct Wanted {
    const char *kind; ///< "requests"
    const char *resource; ///< "cpu"
    QString path() const { return QStringLiteral("%1.%2").arg(kind, resource); }
};
// No cpu limit: it throttles, and whether one is wanted is contested.
constexpr Wanted everyContainer[] = {{"requests", "cpu"}, {"requests", "memory"}, {"limits", "memory"}};

/// A quantity above zero, or what stands in its way.
enum class State { Set, Missing, Unreadable };

State stateOf(Yaml quantity)
{
    if (!quantity || quantity.isNull())
        return State::Missing;
    const auto value = parseQuantity(quantity.text());
    if (!value)
        return State::Unreadable;
    return *value > 0 ? State::Set : State::Missing;
}

State stateOf(Yaml resources, const Wanted &w)
{
    const State own = stateOf(resources[w.kind][w.resource]);
    // Kubernetes copies a limit into a request that is not written (only then).
    if (own == State::Missing && !resources[w.kind][w.resource] && QByteArrayView(w.kind) == "requests")
        return stateOf(resources["limits"][w.resource]);
    return own;
}

/// What a LimitRange of the namespace fills in when the pod is created.
const KubeObject *limitRangeGiving(const RuleContext &context, const Workload &w, const Wanted &wanted)
{
    for (const KubeObject *range : context.manifests().ofKind(QStringLiteral("LimitRange"))) {
        if (range->nameSpace != w.object.nameSpace)
            continue;
        for (const Yaml limit : range->node["spec"]["limits"].items()) {
            if (limit["type"].text() != "Container")
                continue;
            const bool request = QByteArrayView(wanted.kind) == "requests";
            if ((request && stateOf(limit["defaultRequest"][wanted.resource]) == State::Set)
                || stateOf(limit["default"][wanted.resource]) == State::Set)
                return range;
        }
    }
    return nullptr;
}

/// Pod-level resources stand for all containers, where the cluster knows them (beta and on from 1.34).
std::optional<bool> podLevelCounts(const RuleContext &context)
{
    const auto &version = context.service().kubernetesVersion.value;
    if (!version)
        return {};
    return *version >= QVersionNumber(1, 34) ? std::optional(true)
        : *version < QVersionNumber(1, 32)   ? std::optional(false)
                                             : std::nullopt; // alpha: only with a feature gate
}

struct Judged {
    QStringList missing, unreadable, fromPod, fromRange, above;
};

Judged judgeContainer(const RuleContext &context, const Workload &w, const Container &c)
{
    Judged judged;
    const Yaml resources = c.node["resources"];
    for (const Wanted &wanted : everyContainer) {
        const State state = stateOf(resources, wanted);
        if (state == State::Unreadable)
            judged.unreadable << wanted.path();
        if (state != State::Missing)
            continue;
        if (stateOf(w.podSpec["resources"], wanted) == State::Set && podLevelCounts(context) != false)
            judged.fromPod << wanted.path();
        else if (limitRangeGiving(context, w, wanted) && !resources[wanted.kind][wanted.resource])
            judged.fromRange << wanted.path();
        else
            judged.missing << wanted.path();
    }
    for (const char *resource : {"cpu", "memory"}) {
        const auto request = parseQuantity(resources["requests"][resource].text());
        const auto limit = parseQuantity(resources["limits"][resource].text());
        if (request && limit && *request > *limit)
            judged.above << QString::fromLatin1(resource);
    }
    return judged;
}

// The container's own block with what is missing added, so that it can replace it.
QString wholeBlock(const Workload &w, const Container &c, const QStringList &missing)
{
    const Yaml resources = c.node["resources"];
    QString text = QStringLiteral("resources:");
    for (const char *kind : {"requests", "limits"}) {
        QStringList lines;
        QStringList names = resources[kind].keys();
        for (const Wanted &wanted : everyContainer) {
            if (QByteArrayView(wanted.kind) == kind && !names.contains(QLatin1StringView(wanted.resource))
                && missing.contains(wanted.path()))
                names << QString::fromLatin1(wanted.resource);
        }
        for (const QString &name : std::as_const(names)) {
            const std::string key = name.toStdString();
            const bool add = missing.contains(QStringLiteral("%1.%2").arg(kind, name));
            const char *other = QByteArrayView(kind) == "limits" ? "requests" : "limits";
            QString value = add ? QString() : resources[kind][key].string();
            if (value.isEmpty() && stateOf(resources[other][key]) == State::Set)
                value = resources[other][key].string();
            if (value.isEmpty())
                value = name == u"cpu"
                    ? QStringLiteral("500m # 例: 膝での使用量 / e.g. its use at the knee")
                    : QStringLiteral("512Mi # 例: 膝での使用量 / e.g. its use at the knee");
            lines << QStringLiteral("    %1: %2").arg(name, value);
        }
        if (!lines.isEmpty())
            text += QStringLiteral("\n  %1:\n%2").arg(QLatin1StringView(kind), lines.join(u'\n'));
    }
    return snippetIn(c.node, text, w.object.node);
}

void say(Finding &f, const RuleContext &context, const Workload &w, const Container &c, const Judged &judged)
{
    const QString comma = QStringLiteral(", ");
    if (!judged.missing.isEmpty()) {
        f.measured = Text{"なし: %1", "missing: %1"}.arg(judged.missing.join(comma));
        say(f, Verdict::Fail,
            Text{"コンテナ %1 に %2 がありません。配置と退避の順が、実際の必要量で決まりません。",
                 "Container %1 lacks %2: scheduling and eviction do not follow what it really needs."}
                .arg(c.name, judged.missing.join(comma)),
            Text{"`resources` に %1 を書いてください。値は膝での使用量から決めます。",
                 "Write %1 under `resources`, from the use at the knee."}
                .arg(judged.missing.join(comma)));
        f.snippet = wholeBlock(w, c, judged.missing);
    } else if (!judged.above.isEmpty()) {
        f.measured = Text{"requests > limits（%1）", "requests > limits (%1)"}.arg(judged.above.join(comma));
        say(f, Verdict::Fail,
            Text{"コンテナ %1 の %2 は requests が limits を超え、API が拒みます。",
                 "Container %1 requests more %2 than its limit; the API refuses it."}
                .arg(c.name, judged.above.join(comma)),
            {"requests を limits 以下にしてください。", "Keep requests at or below limits."});
    } else if (!judged.unreadable.isEmpty()) {
        say(f, Verdict::Unknown,
            Text{"コンテナ %1 の %2 は Kubernetes の数量として読めません。",
                 "%2 of container %1 is not a Kubernetes quantity."}
                .arg(c.name, judged.unreadable.join(comma)),
            {"`500m` や `512Mi` のように書くか、展開後のマニフェストを渡してください。",
             "Write it like `500m` or `512Mi`, or give the rendered manifest."});
    } else if (!judged.fromPod.isEmpty() && !podLevelCounts(context)) {
        say(f, Verdict::Unknown,
            Text{"%1 は Pod 全体の resources にだけあります。効くのは Kubernetes 1.34 "
                 "からで、版が分からないか、機能ゲート次第です。",
                 "Only the pod's own resources give %1. They count from Kubernetes 1.34; the version is not "
                 "known, or depends on "
                 "a feature gate."}
                .arg(judged.fromPod.join(comma)),
            {"service.yaml の `platform.kubernetes` に版を書くか、コンテナごとに書いてください。",
             "Write the version as `platform.kubernetes` in service.yaml, or set them per container."});
    } else if (!judged.fromRange.isEmpty()) {
        say(f, Verdict::Warn,
            Text{"%1 は LimitRange の既定値です。このコンテナの必要量ではありません。",
                 "%1 comes from a LimitRange's default, not from what this container needs."}
                .arg(judged.fromRange.join(comma)),
            {"コンテナの `resources` に書いてください。", "Write it under the container's `resources`."});
        f.snippet = wholeBlock(w, c, judged.fromRange);
    } else {
        say(f, Verdict::Pass,
            Text{"コンテナ %1 に requests とメモリの limits があります。",
                 "Container %1 has requests and a memory limit."}
                .arg(c.name));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    for (const Workload &w : context.manifests().workloads) {
        for (const Container &c : w.containers) {
            if (c.role == Container::Role::Init)
                continue; // gone before the pod serves; its requests count only while it starts
            Finding f = findingFor(context, title, w, c, c.node["resources"]);
            f.measured = {"すべてあり", "all set"};
            f.wanted = {"requests.cpu, requests.memory, limits.memory",
                        "requests.cpu, requests.memory, limits.memory"};
            say(f, context, w, c, judgeContainer(context, w, c));
            findings.push_back(std::move(f));
        }
    }
    if (!findings.empty() && !context.service().file.isEmpty())
        std::ranges::move(judgeUsage(context), std::back_inserter(findings));
    return findings;
}

} // namespace

Rule podResourcesRule()
{
    return {
        "pod-resources",
        {"全コンテナに cpu と memory の requests、memory の limits があり、膝でもその内に収まるか",
         "Every container has cpu and memory requests and a memory limit, and stays within it at the knee"},
        {"アプリとネイティブサイドカーを見ます。init "
         "コンテナと、マニフェストにない注入サイドカーは見ません。書かれていない "
         "requests は limits から写されます。Pod 全体の resources は Kubernetes 1.34 から数えます。cpu の "
         "limits は求めません。"
         "膝での使用量と抑制は、膝のある負荷試験と、その時刻を含む Datadog "
         "の時系列があるとき判定します。Datadog を"
         "宣言していて時系列がなければ不明、Datadog "
         "も試験もなければ注意です。サービスの記述がないときは、マニフェストだけを判定します。",
         "App containers and native sidecars are judged; init containers and sidecars injected later are "
         "not. A request that "
         "is not written is copied from the limit. Pod-level resources count from Kubernetes 1.34. No cpu "
         "limit is demanded. "
         "Use and throttling at the knee are judged where a load test with a knee and Datadog series of that "
         "time exist; "
         "with Datadog declared and no such series that is unknown, without Datadog or test a warning. "
         "Without a service "
         "description the manifests alone are judged."},
        {{"utilization",
          0.8,
          "",
          RuleParameter::Stricter::Lower,
          {"膝でのメモリ使用量 ÷ limits の上限",
           "the most that memory use at the knee may be of the limit"}}},
        judge,
        Rule::Source::Manifests};
}

} // namespace tenken
