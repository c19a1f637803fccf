// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>
#include <rules/all.h>
#include <rules/apm.h>
#include <rules/replicas.h>

#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using From = EnvironmentValue::From;

// The whole cluster may be told to instrument pods without any mark on them.
bool instrumentedByOperator(const RuleContext &context)
{
    return std::ranges::any_of(context.manifests().ofKind(u"DatadogAgent"_s), [](const KubeObject *agent) {
        const Yaml features = agent->node["spec"]["features"];
        return features["apm"]["instrumentation"]["enabled"].boolean() == true
            || features["admissionController"]["mutateUnlabelled"].boolean() == true;
    });
}

TracedContainer tracedContainer(const RuleContext &context, const Workload &w, const Container &c)
{
    TracedContainer result{context, w, c, w.podLabels()};
    const QString enabled = result.labels.value(u"admission.datadoghq.com/enabled"_s);
    if (!enabled.isEmpty())
        result.admission =
            enabled == u"true" ? TracedContainer::Admission::On : TracedContainer::Admission::Off;
    else if (instrumentedByOperator(context))
        result.admission = TracedContainer::Admission::On;
    return result;
}

/// Images of agents and collectors, by the words of their names: "datadog/agent", "otel-collector".
bool isAgent(const QString &image)
{
    static const QStringList words = {"otel", "otelcol", "opentelemetry", "ddot", "adot"};
    static const QRegularExpression between(u"[-_.]"_s);
    const QString path = image.section(u'@', 0, 0), name = path.section(u'/', -1).section(u':', 0, 0).toLower();
    const QStringList parts = name.split(between);
    if (name == u"agent")
        return path.section(u'/', 0, -2).contains(u"datadog", Qt::CaseInsensitive);
    return (parts.contains(u"datadog"_s) && parts.contains(u"agent"_s))
        || std::ranges::any_of(parts, [](const QString &part) { return words.contains(part); });
}

/// In the pod, beside the container itself; or put there as the pod's marks ask for.
bool hasAgentBeside(const TracedContainer &k)
{
    const Yaml annotations = k.w.podTemplate["metadata"]["annotations"];
    const QString injected = annotations["sidecar.opentelemetry.io/inject"].string();
    if (k.labels.contains(u"agent.datadoghq.com/sidecar"_s) || (!injected.isEmpty() && injected != u"false"))
        return true;
    return std::ranges::any_of(k.w.containers, [&](const Container &c) {
        return c.name != k.c.name && isAgent(c.node["image"].string());
    });
}

bool marksAdmission(Yaml metadata)
{
    return std::ranges::any_of(metadata["annotations"].keys(), [](const QString &key) {
        return key.startsWith(u"admission.datadoghq.com/");
    });
}

bool isSet(const EnvironmentValue &v)
{
    return v.from != From::Nowhere && v.from != From::Unseen;
}

/// A value that stands in the manifests, also in a ConfigMap among them.
bool isRead(const EnvironmentValue &v)
{
    return v.from == From::Literal || (v.from == From::ConfigMap && v.written);
}

bool isOff(const EnvironmentValue &v)
{
    static const QStringList off = {"false", "0", "f", "no", "off"};
    return isRead(v) && off.contains(v.text.trimmed().toLower());
}

/// The variable that says where traces go, and whether that is the pod itself.
struct Way {
    const char *name = nullptr;
    EnvironmentValue value;
    bool local = false; ///< also where it is empty, for that is the default
};

bool isLocal(const EnvironmentValue &v)
{
    static const QStringList hosts = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0"};
    const QString text = v.text.trimmed();
    if (!isRead(v) || text.startsWith(u"unix:"))
        return false;
    const QUrl url(text.contains(u"://") ? text : u"//"_s + text);
    return hosts.contains(text.toLower()) || (url.isValid() && hosts.contains(url.host()));
}

/// The first that leads out of the pod; else the first that is set.
Way wayOf(const TracedContainer &k)
{
    Way found;
    for (const char *name : {"DD_AGENT_HOST", "DD_TRACE_AGENT_URL", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"}) {
        const EnvironmentValue value = k.value(QString::fromLatin1(name));
        if (isSet(value) && (!found.name || (found.local && !isLocal(value))))
            found = {name, value, isLocal(value)};
    }
    return found;
}

/// A switch that keeps traces from being sent.
std::optional<Finding> turnedOff(const TracedContainer &k, const Finding &blank, const Way &way)
{
    const auto at = [&](const EnvironmentValue &v) {
        Finding f = findingInTemplate(k.context, blank.title, k.w, k.c, v.node);
        f.wanted = blank.wanted;
        return f;
    };
    const EnvironmentValue on = k.value(u"DD_TRACE_ENABLED"_s), sdk = k.value(u"OTEL_SDK_DISABLED"_s),
                           exporter = k.value(u"OTEL_TRACES_EXPORTER"_s);
    const Text remedy{"消すか true にしてください。", "Remove it, or set it to true."};
    if (isOff(on))
        return say(at(on), Verdict::Fail, {"DD_TRACE_ENABLED が false です。", "DD_TRACE_ENABLED is false."}, remedy);
    const bool byOtel = way.name && QLatin1StringView(way.name).startsWith(QLatin1StringView("OTEL_"));
    if (byOtel && isRead(sdk) && sdk.text.trimmed().compare(u"true", Qt::CaseInsensitive) == 0)
        return say(at(sdk), Verdict::Fail, {"OTEL_SDK_DISABLED が true です。", "OTEL_SDK_DISABLED is true."},
                   {"消してください。", "Remove it."});
    if (isRead(exporter) && exporter.text.trimmed().compare(u"none", Qt::CaseInsensitive) == 0 && !isSet(on))
        return say(at(exporter), byOtel ? Verdict::Fail : Verdict::Warn,
                   byOtel ? Text{"OTEL_TRACES_EXPORTER が none で、トレースは送られません。", "OTEL_TRACES_EXPORTER is none: no trace is sent."}
                          : Text{"OTEL_TRACES_EXPORTER が none で、Datadog のライブラリーもこれに従うことがあります。",
                                 "OTEL_TRACES_EXPORTER is none, which libraries of Datadog may follow too."},
                   {"消すか otlp にしてください。", "Remove it, or set it to otlp."});
    if (isSet(on) && !isRead(on) && on.from == From::ConfigMap)
        return say(at(on), Verdict::Unknown,
                   Text{"DD_TRACE_ENABLED は %1 にあり、読めません。", "DD_TRACE_ENABLED stands in %1, which is not seen."}.arg(on.object),
                   {"その ConfigMap をマニフェストに加えてください。", "Add that ConfigMap to the manifests."});
    return {};
}

/// Traces that go to the pod itself need an agent there.
Finding judgeLocal(const TracedContainer &k, Finding f, const Way &way, const Text &remedy)
{
    const Text where = way.value.text.trimmed().isEmpty() ? Text{"空", "empty"} : sameText(u"localhost"_s);
    f.measured = where;
    if (hasAgentBeside(k))
        return say(f, Verdict::Pass, {"トレースは Pod の中のエージェントへ送られます。", "Traces are sent to the agent in the pod."});
    const bool perhaps = k.admission == TracedContainer::Admission::On || k.w.podSpec["hostNetwork"].boolean() == true;
    return say(f, perhaps ? Verdict::Warn : Verdict::Fail,
               Text{"%1 が%2で、Pod の中にエージェントがありません。", "%1 is %2, and there is no agent in the pod."}.arg(way.name, where), remedy);
}

// No variable says where: the admission controller, or an agent in the pod.
Finding judgeMarks(const TracedContainer &k, Finding f, const Text &remedy)
{
    if (k.admission == TracedContainer::Admission::On || hasAgentBeside(k))
        return say(f, Verdict::Pass,
                   {"送り先は admission controller か、Pod の中のエージェントが渡します。",
                    "The admission controller, or an agent in the pod, provides where to send."});
    const bool misplaced =
        marksAdmission(k.w.object.node["metadata"]) && !marksAdmission(k.w.podTemplate["metadata"]);
    f.measured = {"なし", "none"};
    if (k.admission == TracedContainer::Admission::Off || misplaced)
        return say(
            f, Verdict::Fail,
            misplaced
                ? Text{"admission.datadoghq.com の注釈が Pod テンプレートでなく外側にあり、何も起きません。",
                       "The admission.datadoghq.com annotation stands outside of the pod template, where it "
                       "does nothing."}
                : Text{"admission controller が切られ、DD_AGENT_HOST もありません。",
                       "The admission controller is turned off, and there is no DD_AGENT_HOST."},
            remedy);
    return say(f, Verdict::Unknown,
               {"送り先の印がなく、クラスター全体の設定で渡されるかは見えません。",
                "No mark says where traces go; whether the cluster's own settings provide it is not seen."},
               remedy);
}

Finding judgeAgent(const TracedContainer &k)
{
    const Way way = wayOf(k);
    Finding f = findingInTemplate(k.context, {"トレースの送り先", "Where traces go"}, k.w, k.c, way.name ? way.value.node : Yaml());
    f.wanted = {"エージェント", "the agent"};
    const Text remedy{
        "DD_AGENT_HOST を status.hostIP から渡すか、Pod にラベル admission.datadoghq.com/enabled: \"true\" "
        "を書いてください。",
        "Pass DD_AGENT_HOST from status.hostIP, or label the pod admission.datadoghq.com/enabled: \"true\"."};
    const auto off = turnedOff(k, f, way);
    if (off && off->verdict == Verdict::Fail)
        return *off;
    if (const EnvironmentValue host = k.value(u"DD_AGENT_HOST"_s); host.from == From::Field && host.fieldPath != u"status.hostIP")
        return say(f, Verdict::Warn,
                   Text{"DD_AGENT_HOST が %1 で、ノードのエージェント（status.hostIP）ではありません。",
                        "DD_AGENT_HOST is %1, not the node's agent (status.hostIP)."}
                       .arg(host.fieldPath),
                   remedy);
    if (way.name && way.local) {
        const Finding local = judgeLocal(k, f, way, remedy);
        return off && local.verdict == Verdict::Pass ? *off : local;
    }
    if (off)
        return *off;
    if (way.name) {
        f.measured =
            way.value.from == From::Field ? sameText(way.value.fieldPath) : Text{"環境変数", "environment variable"};
        return say(f, Verdict::Pass,
                   {"トレースはエージェントへ送られます。", "Traces are sent to the agent."});
    }
    return judgeMarks(k, std::move(f), remedy);
}

bool isOfAnotherEnvironment(const ServiceCalls &map)
{
    Monitor tagged;
    tagged.tags = {u"env:"_s + map.environment};
    return environmentOf(tagged) == WatchedEnvironment::Other;
}

/// Whether APM receives traces of this service at all, where the snapshot has the list of its services.
Text whatApmReceives(const RuleContext &context)
{
    const QStringList names = QStringList{context.service().id} + context.service().aliases;
    Text said;
    for (const ApmServices &list : context.evidence.datadog.apmServices) {
        if (isOfAnotherEnvironment({list.file, list.environment, {}}))
            continue;
        const bool received = std::ranges::any_of(
            list.names, [&](const QString &n) { return names.contains(n, Qt::CaseInsensitive); });
        if (received)
            return {"APM にこのサービスのトレースは届いています。", "APM receives traces of this service."};
        said = Text{"APM のサービス %1 件に %2 はありません。", "%2 is not among the %1 services that APM receives traces of."}
                   .arg(list.names.size(), context.service().id);
    }
    return said;
}

// Services joined to this one by calls, this one included.
Finding judgeTraces(const RuleContext &context)
{
    Finding f = findingInService(context, {"サービスをまたぐトレース", "Traces across services"});
    const double wanted = context.parameter(u"services"_s);
    std::vector<ServiceCalls> maps = context.evidence.datadog.serviceCalls;
    const auto elsewhere = std::erase_if(maps, isOfAnotherEnvironment);
    const Text howTo{
        "`GET /api/v1/service_dependencies?env=…` の応答を、手を加えずに Datadog "
        "のスナップショットに置いてください。",
        "Put the answer of `GET /api/v1/service_dependencies?env=…` unmodified into the Datadog snapshot."};
    if (const Text received = whatApmReceives(context); maps.empty() && !received.isEmpty())
        return say(f, Verdict::Unknown,
                   Text{"%1 ほかのサービスとつながるかは、呼び出しの図がなく分かりません。",
                        "%1 Whether they join other services is not known: there is no map of calls."}
                       .arg(received),
                   howTo);
    if (maps.empty())
        return say(
            f, Verdict::Unknown,
            elsewhere > 0 ? Text{"スナップショットの APM の呼び出しの図は、本番のものではありません。", "The snapshot's map of APM calls is not production's."}
                          : Text{"スナップショットに APM の呼び出しの図がありません。", "The snapshot has no map of APM calls."},
            howTo);
    QStringList names{context.service().id};
    names += context.service().aliases;
    QSet<QString> joined;
    bool known = false;
    for (const ServiceCalls &map : maps) {
        f.file = map.file;
        f.span = {1, 1, 1, 2};
        for (auto it = map.calls.begin(); it != map.calls.end(); ++it) {
            const bool own = names.contains(it.key(), Qt::CaseInsensitive);
            known = known || own;
            for (const QString &callee : it.value()) {
                const bool toOwn = names.contains(callee, Qt::CaseInsensitive);
                if (own != toOwn)
                    joined.insert(own ? callee : it.key());
                known = known || toOwn;
            }
        }
    }
    if (!known)
        return say(f, Verdict::Unknown,
                   Text{"呼び出しの図に %1 がありません。", "The map of calls does not name %1."}.arg(
                       context.service().id),
                   {"env を確かめるか、service.yaml の aliases に APM での名前を書いてください。",
                    "Check its env, or write the name that APM uses in aliases of service.yaml."});
    const auto spans = double(joined.size()) + 1;
    compare(f, spans, Comparison::Relation::AtLeast, wanted, {});
    QStringList others(joined.begin(), joined.end());
    others.sort();
    if (spans >= wanted)
        return say(f, Verdict::Pass,
                   Text{"トレースは %1 とつながっています。", "Traces join it with %1."}.arg(
                       others.first(std::min<qsizetype>(others.size(), 5)).join(u", "_s)));
    return say(f, Verdict::Fail,
               {"トレースがほかのサービスへつながっていません。", "Traces do not reach other services."},
               {"呼び出しの見出しにトレースの文脈を付けて渡してください。",
                "Pass the trace context on in the headers of calls."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    if (context.service().file.isEmpty()) // bare manifests do not say whether Datadog is meant to be used
        return {undeclared(context, {"分散トレース", "Distributed tracing"}, {"分散トレース", "Distributed tracing"},
                           u"evidence.datadog"_s, u"evidence:\n  datadog: readiness/datadog"_s)};
    for (const Workload *w : servingWorkloads(context)) {
        for (const Container &c : mainContainers(context, *w, u"DD_"_s)) {
            const TracedContainer k = tracedContainer(context, *w, c);
            for (const QString &tag : {u"env"_s, u"service"_s, u"version"_s})
                findings.push_back(judgeTag(k, tag));
            findings.push_back(judgeAgent(k));
        }
    }
    if (!findings.empty())
        findings.push_back(judgeTraces(context));
    return findings;
}

} // namespace

Rule apmRule()
{
    return {"apm",
            {"env・service・version のタグとトレースの送り先が揃い、トレースがサービスをまたぐか",
             "Whether the tags env, service and version and an agent are set, and traces span services"},
            {"要求を受ける workload のアプリケーションのコンテナごとに、DD_ENV・DD_SERVICE・DD_VERSION と "
             "Pod のラベル "
             "tags.datadoghq.com/… を見ます。fieldRef の指すラベルが Pod "
             "テンプレートになければ空になり不合格です。ラベルが"
             "あり admission.datadoghq.com/enabled: \"true\" "
             "なら環境変数は要りません。ラベルだけ、環境変数だけ、変わらない "
             "version（latest など）は注意。OpenTelemetry の属性も数えます。送り先は "
             "DD_AGENT_HOST、DD_TRACE_AGENT_URL、"
             "OTEL_EXPORTER_OTLP_ENDPOINT、admission controller、Pod "
             "の中のエージェントのいずれかです。空か localhost で、Pod の中にエージェントがなければ不合格です。最後に（本番の）APM の"
             "呼び出しの図で、services 個以上のサービスがつながるかを見ます。\n"
             "出典: "
             "docs.datadoghq.com/getting_started/tagging/unified_service_tagging、/containers/cluster_agent/"
             "admission_controller",
             "For each application container of the workloads that serve requests, DD_ENV, DD_SERVICE and "
             "DD_VERSION and "
             "the pod labels tags.datadoghq.com/… are looked at. A fieldRef to a label that the pod template "
             "does not "
             "have is empty: fail. With labels and admission.datadoghq.com/enabled: \"true\" no variables "
             "are needed. "
             "Labels alone, variables alone, or a version that never changes (latest) warn. Attributes of "
             "OpenTelemetry "
             "count. Traces go to DD_AGENT_HOST, DD_TRACE_AGENT_URL, OTEL_EXPORTER_OTLP_ENDPOINT, by the "
             "admission "
             "controller or to an agent in the pod; empty or localhost without an agent in the pod fails. Last, production's map of APM calls has to join at least "
             "`services` services.\n"
             "Sources: docs.datadoghq.com/getting_started/tagging/unified_service_tagging, "
             "/containers/cluster_agent/admission_controller"},
            {{"services",
              2,
              "",
              RuleParameter::Stricter::Higher,
              {"トレースがまたぐサービスの数", "How many services traces have to span"}}},
            judge,
            Rule::Source::Manifests};
}

} // namespace tenken
