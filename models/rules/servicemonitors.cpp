// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/servicemonitors.h>

#include <analysis/coverageparts.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text howToFetch{
    "`GET /api/v1/monitor` の応答をそのまま readiness/datadog/monitors.json に置き、"
    "service.yaml に `evidence.datadog: readiness/datadog` と書いてください。",
    "Put the answer of `GET /api/v1/monitor` unmodified into readiness/datadog/monitors.json and write "
    "`evidence.datadog: readiness/datadog` in service.yaml."};

} // namespace

ServiceMonitors monitorsOf(const RuleContext &context, const QStringList &resources)
{
    const auto &all = context.evidence.datadog.monitors;
    const Service &service = context.service();
    const QStringList aliases = service.aliases + resources + kubernetesTags(context.manifests(), service);
    const auto belongs = [&](const Monitor &m) { return belongsTo(m, service.id, aliases); };
    ServiceMonitors result;
    for (const Monitor &m : all) {
        Belongs b = belongs(m);
        if (b != Belongs::Yes && !m.constituents.isEmpty()) {
            QStringList missing;
            const auto parts = constituentsOf(m, all, &missing);
            if (missing.isEmpty()
                && std::ranges::all_of(parts, [&](const Monitor *p) { return belongs(*p) == Belongs::Yes; }))
                b = Belongs::Yes;
        }
        if (b == Belongs::Yes)
            result.own.push_back(&m);
        else if (b == Belongs::NameOnly)
            result.candidates.push_back(&m);
    }
    return result;
}

std::optional<Finding> whyNoMonitors(const RuleContext &context, const Text &title)
{
    const DatadogSnapshot &snapshot = context.evidence.datadog;
    if (context.service().id.isEmpty() || (!context.service().hasMonitorSource() && snapshot.monitors.empty())) {
        return undeclared(context, title, {"監視", "The monitors"}, QStringLiteral("evidence.datadog"),
                          QStringLiteral("evidence:\n  datadog: readiness/datadog"));
    }
    Finding f = findingInService(context, title);
    if (!snapshot.exists && context.service().datadogFolder.isEmpty()) {
        return say(f, Verdict::Unknown, {"Prometheus の規則が読めませんでした。", "No rules of Prometheus could be read."},
                   {"service.yaml の `evidence.prometheus.rules` に規則のファイルを書いてください。", "Name the rule files in `evidence.prometheus.rules` of service.yaml."});
    }
    if (!snapshot.exists) {
        return say(f, Verdict::Unknown,
                   Text{"%1 に Datadog の応答がありません。", "There are no answers of Datadog in %1."}.arg(
                       context.service().datadogFolder),
                   howToFetch);
    }
    if (!snapshot.monitors.empty() || snapshot.monitorsComplete)
        return {};
    if (snapshot.monitorsNotReadable) {
        const auto it = std::ranges::find_if(
            snapshot.notReadable, [](const Problem &p) { return p.message.en.contains(u"monitor"); });
        const Problem why = it == snapshot.notReadable.end() ? Problem{} : *it;
        if (!why.file.isEmpty()) {
            f.file = why.file;
            f.span = why.span;
        }
        return say(f, Verdict::Unknown,
                   Text{"監視の一覧を読めませんでした。無いとは言えません。%1",
                        "The list of monitors could not be read; that is not the same as none. %1"}
                       .arg(why.message),
                   why.hint);
    }
    if (context.service().datadogFolder.isEmpty())
        return say(f, Verdict::Unknown, {"Prometheus の規則に警報がないか、全部は読めませんでした。", "Prometheus' rules hold no alert, or not all of them could be read."},
                   {"service.yaml の `evidence.prometheus.rules` が、すべての規則を指すようにしてください。", "Let `evidence.prometheus.rules` of service.yaml name all rules."});
    return say(f, Verdict::Unknown,
               {"スナップショットに監視の一覧がありません。", "The snapshot has no list of monitors."},
               howToFetch);
}

Finding listNotWhole(const RuleContext &context, const Text &title, const Text &what)
{
    Finding f = findingInService(context, title);
    f.measured = {"一覧は一部", "part of the list"};
    const bool prometheus = context.service().datadogFolder.isEmpty();
    return say(
        f, Verdict::Unknown,
        Text{"監視の一覧が全部かどうか分かりません。%1", "The list of monitors is not known to be whole. %1"}
            .arg(what),
        prometheus ? Text{"`evidence.prometheus.rules` が、すべての規則を指すようにしてください。",
                          "Let `evidence.prometheus.rules` of service.yaml name all rules."}
                   : Text{"`GET /api/v1/monitor`（page なし）で取り、要求を snapshot.json に書いてください。",
                          "Fetch `GET /api/v1/monitor` (without page) and write the request in snapshot.json."});
}

Finding findingForMonitor(const RuleContext &context, const Text &title, const Monitor &monitor,
                          const QString &field)
{
    Finding f = findingFor(context, title);
    f.object = QStringLiteral("Monitor/") + (monitor.name.isEmpty() ? monitor.id : monitor.name);
    f.file = monitor.file;
    f.span = field.isEmpty() ? monitor.placeOf(QStringLiteral("name")) : monitor.placeOf(field);
    setPicture(f, MessagePicture{monitor, messageOnAlert(monitor.message)});
    return f;
}

Text namesOf(const std::vector<const Monitor *> &monitors)
{
    constexpr size_t shown = 3;
    QStringList names;
    for (size_t i = 0; i < std::min(shown, monitors.size()); ++i)
        names << QStringLiteral("\"%1\"").arg(monitors[i]->name);
    Text text = sameText(names.join(QStringLiteral(", ")));
    if (monitors.size() > shown)
        text = Text{"%1 ほか %2 件", "%1 and %2 more"}.arg(text, monitors.size() - shown);
    return text;
}

} // namespace tenken
