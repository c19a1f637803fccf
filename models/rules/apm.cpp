// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>
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
