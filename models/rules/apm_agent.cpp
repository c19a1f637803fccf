// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/apm.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using From = EnvironmentValue::From;

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

} // namespace

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

} // namespace tenken
