// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <rules/alerts.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QString receivers(const std::vector<Route> &routes)
{
    QStringList list;
    for (const Route &r : routes)
        list << r.handle.text;
    return list.join(u", "_s);
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

void judgeReceivers(Finding &f, const MonitorReading &r, SlackAlert alert)
{
    if (r.monitor->source == Monitor::Source::Prometheus)
        return judgeRouting(f, *r.monitor);
    QStringList elsewhere;
    for (const Handle &h : handlesAnywhere(r.monitor->message)) {
        if (h.kind == Handle::Kind::Slack)
            elsewhere << h.text;
    }
    const QString channel = elsewhere.value(0, u"@slack-<channel>"_s);
    const Text remedy = Text{"警報のときに届くよう、本文に %1 を書いてください。",
                             "Write %1 where the message is told on alert."}
                            .arg(channel);
    f.snippet = u"{{#is_alert}}\n%1\n{{/is_alert}}"_s.arg(channel);
    if (alert == SlackAlert::Unclear && r.mayGoElsewhere) {
        say(f, Verdict::Unknown,
            {"本文に Slack の宛先がなく、通知ルールは読めませんでした。",
             "The message names no Slack receiver, and the notification rules could not be read."},
            {"`GET /api/v2/monitor/notification_rule` の応答も置いてください。",
             "Add the answer of `GET /api/v2/monitor/notification_rule`."});
    } else if (alert == SlackAlert::Unclear) {
        say(f, Verdict::Unknown,
            Text{"警報は %1 へ行きますが、その先が Slack か分かりません。",
                 "It alerts %1; whether that reaches Slack is not known."}
                .arg(receivers(r.routes)),
            remedy);
    } else if (alert == SlackAlert::OtherStates) {
        say(f, Verdict::Fail,
            Text{"Slack の宛先 %1 は、警報のときに出ないブロック（復旧、再通知など）の中にしかありません。",
                 "The Slack receiver %1 stands only in blocks that are not told on alert (recovery, renotify "
                 "…)."}
                .arg(elsewhere.join(u", "_s)),
            remedy);
    } else if (alert == SlackAlert::Elsewhere) {
        say(f, Verdict::Fail,
            Text{"警報が届くのは %1 だけです。", "It alerts %1 only."}.arg(receivers(r.routes)), remedy);
    } else {
        say(f, Verdict::Fail, {"警報は誰にも届きません。", "Its alert reaches nobody."}, remedy);
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

void judgeSuppressed(Finding &f, const MonitorReading &r)
{
    const auto whole = std::ranges::find_if(r.suppressors, &Suppressor::whole);
    const bool draft = r.monitor->draft;
    f.measured = draft ? Text{"下書き", "draft"} : Text{"無期限の消音", "muted without end"};
    f.wanted = {"有効", "active"};
    f.span = r.monitor->placeOf(draft ? u"draft_status"_s : u"options.silenced"_s);
    if (whole != r.suppressors.end() && !draft) {
        f.measured = whole->what;
        if (!whole->file.isEmpty() && whole->span.isValid() && whole->file != f.file)
            addMark(f, whole->file, whole->span, whole->what);
    }
    if (draft)
        say(f, Verdict::Fail, {"下書きの監視は通知しません。", "A draft never notifies."},
            {"監視を公開してください。", "Publish the monitor."});
    else if (whole != r.suppressors.end() && whole->kind == Suppressor::Kind::Paused)
        say(f, Verdict::Fail, {"この監視の試験が停止されています。", "The test behind the monitor is paused."},
            {"試験を再開してください。", "Resume the test."});
    else
        say(f, Verdict::Fail, {"監視が無期限に消音されています。", "The monitor is muted without end."},
            {"消音を解くか、期限を付けてください。", "Unmute it, or give the mute an end."});
}

/// Whose word it is that the monitor is the service's goes with the finding.
void addWord(Finding &f, const MonitorReading &r)
{
    if (!r.said || !r.said->belongs)
        return;
    f.reason = Text{"%1（このサービスの監視であることは %2 が確認。）", "%1 (%2 confirmed that the monitor is this service's.)"}
                   .arg(f.reason, r.said->by);
}

void judgeReading(Finding &f, const RuleContext &context, const MonitorReading &r)
{
    const SlackAlert alert = slackAlertOf(r);
    if (alert == SlackAlert::Draft || alert == SlackAlert::Silenced) {
        showSeries(f, context, *r.monitor);
        judgeSuppressed(f, r);
        return;
    }
    if (alert != SlackAlert::Reaches && alert != SlackAlert::Doubtful)
        return judgeReceivers(f, r, alert);
    showSeries(f, context, *r.monitor);
    if (alert == SlackAlert::Doubtful) {
        say(f, Verdict::Warn, join(reservationsOf(r)),
            {"条件なしで、本番の警報がすべて Slack に届くようにしてください。",
             "Let every alert of production reach Slack, without conditions."});
        return;
    }
    say(f, Verdict::Pass,
        Text{"警報は %1 に届きます。", "Its alert reaches %1."}.arg(receivers(r.slackRoutes())));
}

} // namespace

Finding judgeAlert(const RuleContext &context, const Text &title, const MonitorReading &reading)
{
    Finding f = findingForMonitor(context, title, *reading.monitor, u"message"_s);
    f.measured = Text{"Slack 宛 %1 件", "%1 to Slack"}.arg(reading.slackRoutes().size());
    f.wanted = {"≥ 1 件", "≥ 1"};
    judgeReading(f, context, reading);
    addWord(f, reading);
    return f;
}

namespace
{

// Monitors that somebody took away from the service are named where nothing else watches.
Text denied(const Coverage &coverage)
{
    std::vector<const MonitorReading *> taken;
    for (const auto &r : coverage.readings) {
        if (r->said && !r->said->belongs)
            taken.push_back(r.get());
    }
    return taken.empty() ? Text{}
                         : Text{"（%1 は、このサービスの監視ではないと %2 が言っています。）",
                                " (%2 says that %1 is not this service's.)"}
                               .arg(namesOf(taken), taken.front()->said->by);
}

Finding onlyCandidates(const RuleContext &context, const WantedAlert &wanted, const std::vector<const MonitorReading *> &near)
{
    Finding f = findingForMonitor(context, wanted.title, *near.front()->monitor, u"query"_s);
    f.measured = Text{"候補 %1 件", "%1 candidates"}.arg(near.size());
    return say(
        f, Verdict::Unknown,
        Text{"%1 がこのサービスを見ているかは、名前や範囲からは決まりません。",
             "Whether %1 watches this service, its name and scope do not decide."}
            .arg(namesOf(near)),
        Text{"監視にタグ `service:%1` を付けるか、service.yaml の aliases に資源の名前を書いてください。",
             "Tag the monitor `service:%1`, or name its resource in aliases of service.yaml."}
            .arg(context.service().id));
}

} // namespace

// Nothing watches the signal, as far as can be seen.
Finding noMonitor(const RuleContext &context, const WantedAlert &wanted, const Coverage &coverage,
                  const NeedCoverage &need)
{
    if (!need.near.empty() && need.need.kind != Need::Kind::Dependency)
        return onlyCandidates(context, wanted, need.near);
    std::vector<const MonitorReading *> opaque;
    for (const MonitorReading *r : coverage.own()) {
        if (r->opaque)
            opaque.push_back(r);
    }
    if (!opaque.empty()) {
        Finding f = findingForMonitor(context, wanted.title, *opaque.front()->monitor, u"query"_s);
        return say(f, Verdict::Unknown,
                   Text{"%1 の元（SLO や監視）がスナップショットにありません。",
                        "What %1 stands on is not in the snapshot."}
                       .arg(namesOf(opaque)),
                   {"直に信号を見る監視を足すか、元の応答も置いてください。",
                    "Add a monitor of the signal itself, or what it stands on."});
    }
    const Text none =
        Text{"%1 を見る監視は見つかりません。", "No monitor of %1 is among it."}.arg(wanted.what);
    if (!coverage.complete)
        return listNotWhole(context, wanted.title, none);
    Finding f = findingInService(context, wanted.title);
    f.measured = Text{"監視 0 件（サービスの監視 %1 件中）", "0 monitors (of the service's %1)"}.arg(
        coverage.own().size());
    f.wanted = {"≥ 1 件", "≥ 1"};
    return say(
        f, Verdict::Fail,
        Text{"このサービスの %1 を見る監視がありません。%2", "No monitor watches this service's %1.%2"}.arg(
            wanted.what, denied(coverage)),
        {"監視を作り、警報で Slack に届くようにしてください。", "Make a monitor that alerts to Slack."});
}

Text howAlertsAreJudged()
{
    return {
        "サービスの監視は、問い合わせの "
        "service、タグ、宣言した資源の名前で決めます。名前が似ているだけのもの、本番でない環境のものは数えま"
        "せん"
        "。"
        "OR やパターン、ほかと共有する namespace で範囲が決まらないものは不明です。比の分母は監視とみなしません。下書き、無期限の消音は不合格です。本文は警報の場面で読み、復旧や再通知"
        "だけ"
        "の宛先は数えません。"
        "条件付きの宛先、一部の消音、設定と食い違う閾値は注意です。一覧が全部と分からないとき「無い」とは言い"
        "ませ"
        "ん。\n"
        "出典: "
        "docs.datadoghq.com/monitors/notify/variables、/monitors/notify、/monitors/guide/monitor_quality",
        "A monitor is the service's by the service in its query, by its tag, or by a declared resource; a "
        "similar name or an environment "
        "that is not production does not count; what an OR, a pattern or a shared namespace leaves open is unknown. A fraction's denominator is not watched. Drafts and endless "
        "mutes fail. The message is read as on "
        "alert: receivers of recovery or renotify alone do not count. Conditional receivers, partial mutes "
        "and "
        "thresholds that contradict the "
        "options warn. Unless the list is known to be whole, nothing is said to be missing.\n"
        "Sources: docs.datadoghq.com/monitors/notify/variables, /monitors/notify, "
        "/monitors/guide/monitor_quality"};
}

} // namespace tenken
