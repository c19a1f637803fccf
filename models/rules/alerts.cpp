// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <rules/alerts.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

std::vector<Handle> receiversOf(const RuleContext &context, const Monitor &m, bool *mayBeMore)
{
    std::vector<Handle> handles;
    if (m.source == Monitor::Source::Prometheus) { // its message names nobody: Alertmanager's tree does
        for (const Receiver &r : m.receivers)
            handles.push_back({r.handle, handleKind(r.handle), r.onlyIf});
        *mayBeMore = !m.routingKnown;
        return handles;
    }
    handles = handlesOnAlert(m.message);
    *mayBeMore = context.evidence.datadog.notificationRulesNotReadable;
    for (const NotificationRule &rule : context.evidence.datadog.notificationRules) {
        *mayBeMore = *mayBeMore || !rule.understood;
        if (appliesTo(rule, m))
            std::ranges::move(handlesOf(rule), std::back_inserter(handles));
    }
    return handles;
}

QStringList texts(const std::vector<Handle> &handles, bool slackOnly)
{
    QStringList list;
    for (const Handle &h : handles) {
        if (!slackOnly || h.kind == Handle::Kind::Slack)
            list << h.text;
    }
    return list;
}

// Its message in the picture, or the watched series where the snapshot has it.
void showSeries(Finding &f, const RuleContext &context, const Monitor &m)
{
    const MonitorQuery query = parseMonitorQuery(m);
    const QString written = QString(m.query).remove(u' ');
    for (const MetricSeries &s : context.evidence.datadog.series) {
        const auto part = std::ranges::find_if(query.parts, [&](const QueryPart &p) {
            return !p.denominator && p.metric == s.metric
                && std::ranges::all_of(p.scope, [&](const ScopeTerm &t) {
                       return t.negative || s.scope.contains(t.key + u':' + t.value, Qt::CaseInsensitive);
                   });
        });
        if (s.points.empty() || part == query.parts.end())
            continue;
        SeriesPicture picture{sameText(m.name), {s}, {}};
        // A threshold is on the scale of the series only when nothing is added up or divided.
        const bool sameScale = query.parts.size() == 1 && !written.startsWith(u"sum(")
            && written.contains(QString(s.query).remove(u' '));
        if (const auto critical = criticalThreshold(m); critical && sameScale)
            picture.threshold = *critical * s.scale;
        setPicture(f, std::move(picture));
        return;
    }
}

void judgeReceivers(Finding &f, const Monitor &m, const std::vector<Handle> &handles, bool mayBeMore)
{
    if (m.source == Monitor::Source::Prometheus)
        return judgeRouting(f, m);
    const QStringList elsewhere = texts(handlesAnywhere(m.message), true);
    const QString channel = elsewhere.value(0, u"@slack-<channel>"_s);
    const Text remedy{"警報のときに届くよう、本文に %1 を書いてください。",
                      "Write %1 where the message is told on alert."};
    f.snippet = u"{{#is_alert}}\n%1\n{{/is_alert}}"_s.arg(channel);
    const bool somewhere = std::ranges::any_of(handles, [](const Handle &h) {
        return h.kind == Handle::Kind::Webhook || h.text.startsWith(u"@workflow-")
            || h.text.startsWith(u"@team-");
    });
    if (mayBeMore) {
        say(f, Verdict::Unknown,
            {"本文に Slack の宛先がなく、通知ルールは読めませんでした。",
             "The message names no Slack receiver, and the notification rules could not be read."},
            {"`GET /api/v2/monitor/notification_rule` の応答も置いてください。",
             "Add the answer of `GET /api/v2/monitor/notification_rule`."});
    } else if (somewhere) {
        say(f, Verdict::Unknown,
            Text{"警報は %1 へ行きますが、その先が Slack か分かりません。",
                 "It alerts %1; whether that reaches Slack is not known."}
                .arg(texts(handles, false).join(u", "_s)),
            remedy.arg(channel));
    } else if (!elsewhere.isEmpty()) {
        say(f, Verdict::Fail,
            Text{"Slack の宛先 %1 は、警報のときに出ないブロック（復旧、再通知など）の中にしかありません。",
                 "The Slack receiver %1 stands only in blocks that are not told on alert (recovery, renotify "
                 "…)."}
                .arg(elsewhere.join(u", "_s)),
            remedy.arg(channel));
    } else if (!handles.empty()) {
        say(f, Verdict::Fail,
            Text{"警報が届くのは %1 だけです。", "It alerts %1 only."}.arg(
                texts(handles, false).join(u", "_s)),
            remedy.arg(channel));
    } else {
        say(f, Verdict::Fail, {"警報は誰にも届きません。", "Its alert reaches nobody."}, remedy.arg(channel));
    }
}

Text join(const std::vector<Text> &texts)
{
    QStringList ja, en;
    for (const Text &t : texts) {
        ja << t.ja;
        en << t.en;
    }
    return {ja.join(QString()), en.join(u' ')};
}

std::vector<Text> reservations(const Monitor &m, const std::vector<Handle> &slack)
{
    std::vector<Text> found = doubtsAbout(m);
    if (std::ranges::none_of(slack, [](const Handle &h) { return h.onlyIf.isEmpty(); }))
        found.push_back(Text{"Slack へ届くのは条件 %1 のときだけです。", "It reaches Slack only if %1."}.arg(
            slack.front().onlyIf));
    if (m.silencedPartly)
        found.push_back({"一部または期限付きで消音されています。", "It is muted in part, or for a time."});
    if (environmentOf(m) == WatchedEnvironment::Unclear)
        found.push_back({"見ている環境が本番か、名前からは分かりません。",
                         "Whether it watches production, its scope does not tell."});
    return found;
}

} // namespace

Finding judgeAlert(const RuleContext &context, const Text &title, const Monitor &m)
{
    Finding f = findingForMonitor(context, title, m, u"message"_s);
    bool mayBeMore = false;
    const auto handles = receiversOf(context, m, &mayBeMore);
    std::vector<Handle> slack;
    std::ranges::copy_if(handles, std::back_inserter(slack),
                         [](const Handle &h) { return h.kind == Handle::Kind::Slack; });
    f.measured = Text{"Slack 宛 %1 件", "%1 to Slack"}.arg(slack.size());
    f.wanted = {"≥ 1 件", "≥ 1"};
    if (m.draft || m.silencedForever) {
        f.measured = m.draft ? Text{"下書き", "draft"} : Text{"無期限の消音", "muted without end"};
        f.wanted = {"有効", "active"};
        f.span = m.placeOf(m.draft ? u"draft_status"_s : u"options.silenced"_s);
        showSeries(f, context, m);
        return say(f, Verdict::Fail,
                   m.draft ? Text{"下書きの監視は通知しません。", "A draft never notifies."}
                           : Text{"監視が無期限に消音されています。", "The monitor is muted without end."},
                   m.draft
                       ? Text{"監視を公開してください。", "Publish the monitor."}
                       : Text{"消音を解くか、期限を付けてください。", "Unmute it, or give the mute an end."});
    }
    QStringList missing;
    constituentsOf(m, context.evidence.datadog.monitors, &missing);
    if (slack.empty()) {
        judgeReceivers(f, m, handles, mayBeMore);
        return f;
    }
    showSeries(f, context, m);
    std::vector<Text> doubts = reservations(m, slack);
    if (!missing.isEmpty())
        doubts.push_back(
            Text{"元の監視 %1 がありません。", "Its constituent %1 is missing."}.arg(missing.join(u", "_s)));
    if (!doubts.empty()) {
        return say(f, Verdict::Warn, join(doubts),
                   {"条件なしで、本番の警報がすべて Slack に届くようにしてください。",
                    "Let every alert of production reach Slack, without conditions."});
    }
    return say(f, Verdict::Pass,
               Text{"警報は %1 に届きます。", "Its alert reaches %1."}.arg(texts(slack, true).join(u", "_s)));
}

std::vector<const Monitor *> partsThatAlert(const RuleContext &context, const Monitor &m)
{
    if (m.constituents.isEmpty())
        return {&m};
    std::vector<const Monitor *> parts = constituentsOf(m, context.evidence.datadog.monitors);
    std::erase_if(parts, [&](const Monitor *part) {
        const QRegularExpression negated(u"!\\s*%1\\b"_s.arg(part->id));
        return negated.match(m.query).hasMatch();
    });
    const bool any = m.query.contains(u"||") || m.constituents.size() == 1;
    return any ? parts : std::vector<const Monitor *>{};
}

// Nothing watches the signal, as far as can be seen.
Finding noMonitor(const RuleContext &context, const WantedAlert &wanted, const ServiceMonitors &monitors,
                  const std::vector<const Monitor *> &near)
{
    std::vector<const Monitor *> opaque;
    for (const Monitor *m : monitors.own) {
        QStringList missing;
        constituentsOf(*m, context.evidence.datadog.monitors, &missing);
        if (m->type == u"slo alert" || !missing.isEmpty())
            opaque.push_back(m);
    }
    if (!near.empty()) {
        Finding f = findingForMonitor(context, wanted.title, *near.front(), u"query"_s);
        f.measured = Text{"候補 %1 件", "%1 candidates"}.arg(near.size());
        return say(
            f, Verdict::Unknown,
            Text{"%1 は名前が似ているだけで、このサービスを見ているか分かりません。",
                 "%1 only looks like this service's by name."}
                .arg(namesOf(near)),
            Text{"監視にタグ `service:%1` を付けるか、service.yaml の aliases に資源の名前を書いてください。",
                 "Tag the monitor `service:%1`, or name its resource in aliases of service.yaml."}
                .arg(context.service().id));
    }
    if (!opaque.empty()) {
        Finding f = findingForMonitor(context, wanted.title, *opaque.front(), u"query"_s);
        return say(f, Verdict::Unknown,
                   Text{"%1 の元（SLO や監視）がスナップショットにありません。",
                        "What %1 stands on is not in the snapshot."}
                       .arg(namesOf(opaque)),
                   {"直に信号を見る監視を足すか、元の応答も置いてください。",
                    "Add a monitor of the signal itself, or what it stands on."});
    }
    const Text none =
        Text{"%1 を見る監視は見つかりません。", "No monitor of %1 is among it."}.arg(wanted.what);
    if (!context.evidence.datadog.monitorsComplete)
        return listNotWhole(context, wanted.title, none);
    Finding f = findingInService(context, wanted.title);
    f.measured = Text{"監視 0 件（サービスの監視 %1 件中）", "0 monitors (of the service's %1)"}.arg(
        monitors.own.size());
    f.wanted = {"≥ 1 件", "≥ 1"};
    return say(
        f, Verdict::Fail,
        Text{"このサービスの %1 を見る監視がありません。", "No monitor watches this service's %1."}.arg(
            wanted.what),
        {"監視を作り、警報で Slack に届くようにしてください。", "Make a monitor that alerts to Slack."});
}

Text howAlertsAreJudged()
{
    return {
        "サービスの監視は、問い合わせの "
        "service、タグ、宣言した資源の名前で決めます。名前が似ているだけのもの、本番でない環境のものは数えま"
        "せん"
        "。"
        "比の分母は監視とみなしません。下書き、無期限の消音は不合格です。本文は警報の場面で読み、復旧や再通知"
        "だけ"
        "の宛先は数えません。"
        "条件付きの宛先、一部の消音、設定と食い違う閾値は注意です。一覧が全部と分からないとき「無い」とは言い"
        "ませ"
        "ん。\n"
        "出典: "
        "docs.datadoghq.com/monitors/notify/variables、/monitors/notify、/monitors/guide/monitor_quality",
        "A monitor is the service's by the service in its query, by its tag, or by a declared resource; a "
        "similar name or an environment "
        "that is not production does not count. A fraction's denominator is not watched. Drafts and endless "
        "mutes fail. The message is read as on "
        "alert: receivers of recovery or renotify alone do not count. Conditional receivers, partial mutes "
        "and "
        "thresholds that contradict the "
        "options warn. Unless the list is known to be whole, nothing is said to be missing.\n"
        "Sources: docs.datadoghq.com/monitors/notify/variables, /monitors/notify, "
        "/monitors/guide/monitor_quality"};
}

} // namespace tenken
