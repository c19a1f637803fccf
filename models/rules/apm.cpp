// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/apm.h>
#include <rules/replicas.h>

#include <QSet>

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

bool hasAgentBeside(const Workload &w)
{
    return std::ranges::any_of(w.containers, [](const Container &c) {
        return c.node["image"].string().contains(u"datadog/agent")
            || c.node["image"].string().contains(u"otel");
    });
}

bool marksAdmission(Yaml metadata)
{
    return std::ranges::any_of(metadata["annotations"].keys(), [](const QString &key) {
        return key.startsWith(u"admission.datadoghq.com/");
    });
}

Finding judgeAgent(const TracedContainer &k)
{
    const EnvironmentValue host = k.value(u"DD_AGENT_HOST"_s), url = k.value(u"DD_TRACE_AGENT_URL"_s),
                           open = k.value(u"OTEL_EXPORTER_OTLP_ENDPOINT"_s),
                           on = k.value(u"DD_TRACE_ENABLED"_s);
    const auto set = [](const EnvironmentValue &v) {
        return v.from != From::Nowhere && v.from != From::Unseen;
    };
    const EnvironmentValue &way = set(host) ? host : set(url) ? url : open;
    Finding f = findingInTemplate(k.context, {"トレースの送り先", "Where traces go"}, k.w, k.c,
                                  set(way) ? way.node : Yaml());
    f.wanted = {"エージェント", "the agent"};
    const Text remedy{
        "DD_AGENT_HOST を status.hostIP から渡すか、Pod にラベル admission.datadoghq.com/enabled: \"true\" "
        "を書いてください。",
        "Pass DD_AGENT_HOST from status.hostIP, or label the pod admission.datadoghq.com/enabled: \"true\"."};
    if (on.from == From::Literal && (on.text == u"false" || on.text == u"0"))
        return say(f, Verdict::Fail, {"DD_TRACE_ENABLED が false です。", "DD_TRACE_ENABLED is false."},
                   {"消すか true にしてください。", "Remove it, or set it to true."});
    if (host.from == From::Field && host.fieldPath != u"status.hostIP")
        return say(f, Verdict::Warn,
                   Text{"DD_AGENT_HOST が %1 で、ノードのエージェント（status.hostIP）ではありません。",
                        "DD_AGENT_HOST is %1, not the node's agent (status.hostIP)."}
                       .arg(host.fieldPath),
                   remedy);
    if (set(way)) {
        f.measured =
            way.from == From::Field ? sameText(way.fieldPath) : Text{"環境変数", "environment variable"};
        return say(f, Verdict::Pass,
                   {"トレースはエージェントへ送られます。", "Traces are sent to the agent."});
    }
    if (k.admission == TracedContainer::Admission::On || hasAgentBeside(k.w))
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

// Services joined to this one by calls, this one included.
Finding judgeTraces(const RuleContext &context)
{
    Finding f = findingInService(context, {"サービスをまたぐトレース", "Traces across services"});
    const double wanted = context.parameter(u"services"_s);
    const auto &maps = context.evidence.datadog.serviceCalls;
    const Text howTo{
        "`GET /api/v1/service_dependencies?env=…` の応答を、手を加えずに Datadog "
        "のスナップショットに置いてください。",
        "Put the answer of `GET /api/v1/service_dependencies?env=…` unmodified into the Datadog snapshot."};
    if (maps.empty())
        return say(
            f, Verdict::Unknown,
            {"スナップショットに APM の呼び出しの図がありません。", "The snapshot has no map of APM calls."},
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
             "の中のエージェントのいずれかです。最後に APM の"
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
             "controller or to an agent in the pod. Last, the map of APM calls has to join at least "
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
