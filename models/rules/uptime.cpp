// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>
#include <evidence/evidence.h>
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/uptime.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text &title()
{
    static const Text text{"外形監視", "Uptime check"};
    return text;
}

bool isPublic(const QString &host)
{
    return host.contains(u'.') && !host.contains(u'*') && !host.endsWith(u".local") && !host.endsWith(u".svc")
        && !host.endsWith(u".internal");
}

void takeHosts(QStringList &hosts, const QStringList &names)
{
    for (const QString &name : names) {
        const QString host = name.section(u'/', -1).toLower(); // a Gateway writes "namespace/host"
        if (isPublic(host) && !hosts.contains(host))
            hosts << host;
    }
}

/// The host of a URL, of "host:port" or of a bare name; not one that only stands in a path or a query.
bool asksHost(const QString &target, const QString &host)
{
    const QUrl url(target.contains(u"://") ? target : u"//"_s + target);
    return url.host().compare(host, Qt::CaseInsensitive) == 0;
}

/// Whether an answer that meets it is one of a service that works.
bool isProof(const SyntheticsAssertion &a)
{
    const QString operation = a.operation.toLower();
    const bool negative = operation.startsWith(u"isnot") || operation.startsWith(u"doesnot");
    if (a.type == u"responseTime")
        return false;
    if (a.type != u"statusCode")
        return !negative;
    // "is not 503" lets a 500 through; "does not match 5.." and "is not in 500–599" do not.
    return negative ? operation != u"isnot" && a.target.contains(u'5') : !a.target.trimmed().startsWith(u'5');
}

/// What a test's request leaves unseen; empty where its answer proves that the service works.
Text gapIn(const SyntheticsTest &test, const SyntheticsRequest &request)
{
    static const QStringList below = {"dns", "ssl", "tcp", "icmp", "udp"};
    if (below.contains(request.subtype))
        return Text{"%1 の試験は、サービスが要求に答えるかを見ません。", "A test of %1 does not see whether the service answers requests."}.arg(
            request.subtype.toUpper());
    const bool decides = test.type != u"browser" && request.assertions;
    if (decides && std::ranges::none_of(*request.assertions, isProof))
        return {"正しい応答を確かめる条件 (assertion) がありません。", "No assertion says what a good answer is."};
    return {};
}

Text gapIn(const SyntheticsTest &test, const QString &host)
{
    Text gap;
    for (const SyntheticsRequest &request : test.requests) {
        if (!asksHost(request.target, host))
            continue;
        gap = gapIn(test, request);
        if (gap.isEmpty())
            break;
    }
    if (gap.isEmpty() && test.everySeconds > mostMinutesBetweenChecks * 60)
        return Text{"試験は %1 ごとにしか動きません。", "The test runs only every %1."}.arg(formatWithUnit(test.everySeconds, u"s"_s));
    return gap;
}

Finding judgeTest(const RuleContext &context, const Text &title, const SyntheticsTest &test, const QString &host)
{
    Finding f = findingFor(context, title);
    f.object = u"Synthetics/"_s + (test.name.isEmpty() ? test.id : test.name);
    f.file = test.file;
    f.span = test.span;
    f.measured = Text{"Synthetics %1", "Synthetics %1"}.arg(test.live ? u"live"_s : u"paused"_s);
    f.wanted = {"有効、警報が PagerDuty に届く", "live, and its alert reaches PagerDuty"};
    const auto &monitors = context.evidence.datadog.monitors;
    const auto monitor = std::ranges::find(monitors, test.monitorId, &Monitor::id);
    const bool hasMonitor = !test.monitorId.isEmpty() && monitor != monitors.end();
    if (!test.live)
        return say(f, Verdict::Fail, {"試験が止められています。", "The test is paused."},
                   {"試験を再開してください。", "Resume the test."});
    if (hasMonitor && (monitor->silencedForever || monitor->draft))
        return say(f, Verdict::Fail,
                   {"試験の監視が無期限に消音されているか、下書きです。",
                    "The test's monitor is muted without end, or a draft."},
                   {"消音を解いてください。", "Unmute it."});
    std::vector<Handle> handles = handlesOnAlert(test.message);
    bool mayBeMore = context.evidence.datadog.notificationRulesNotReadable;
    for (const NotificationRule &rule : context.evidence.datadog.notificationRules) {
        Monitor own = hasMonitor ? *monitor : Monitor{};
        own.tags += test.tags;
        mayBeMore = mayBeMore || !rule.understood;
        std::ranges::move(handlesFor(rule, own), std::back_inserter(handles));
    }
    const auto pages = std::ranges::find(handles, Handle::Kind::PagerDuty, &Handle::kind);
    if (pages == handles.end()) {
        if (std::ranges::contains(handles, Handle::Kind::OnCall, &Handle::kind))
            return say(f, Verdict::Warn,
                       {"警報は Datadog On-Call を呼び出し、PagerDuty ではありません。",
                        "Its alert pages through Datadog On-Call, not PagerDuty."},
                       {"それでよければ、受け入れる理由を書いてください。",
                        "If that is meant, accept it with a reason."});
        const bool somewhere = std::ranges::any_of(handles, [](const Handle &h) {
            return h.kind == Handle::Kind::Webhook || h.text.startsWith(u"@team-")
                || h.text.startsWith(u"@workflow-");
        });
        return say(f, mayBeMore || somewhere ? Verdict::Unknown : Verdict::Fail,
                   mayBeMore || somewhere
                       ? Text{"警報が PagerDuty に届くか分かりません。",
                              "Whether its alert reaches PagerDuty is not known."}
                       : Text{"警報は PagerDuty に届きません。", "Its alert does not reach PagerDuty."},
                   {"本文に @pagerduty-<サービス> を書いてください。",
                    "Write @pagerduty-<service> in its message."});
    }
    const bool inside = !test.locations.isEmpty()
        && std::ranges::all_of(test.locations, [](const QString &l) { return l.startsWith(u"pl:"); });
    if (inside || !pages->onlyIf.isEmpty() || (hasMonitor && monitor->silencedPartly))
        return say(f, Verdict::Warn,
                   inside ? Text{"私設の場所からだけ見ており、外からではありません。",
                                 "It asks from private locations only, not from outside."}
                          : Text{"PagerDuty へ届くのは、条件があるか、消音されていないときだけです。",
                                 "It reaches PagerDuty only under a condition, or where it is not muted."},
                   {"外の場所から見て、いつも届くようにしてください。",
                    "Ask from outside, and let every failure page."});
    if (const Text gap = gapIn(test, host); !gap.isEmpty())
        return say(f, Verdict::Warn, gap,
                   {"15 分以内ごとに HTTP で要求し、応答の番号 (200 など) を確かめてください。",
                    "Ask by HTTP at least every 15 minutes, and assert the answer's status (200 or so)."});
    return say(f, Verdict::Pass,
               Text{"有効な試験が外から見ており、警報は %1 に届きます。",
                    "A live test watches from outside, and its alert reaches %1."}
                   .arg(pages->text));
}

Finding notWatched(const RuleContext &context, const QString &host)
{
    Finding f = findingInService(context, title(), context.service().watchedEndpoints.span);
    f.measured = {"外形監視 0 件", "0 checks"};
    f.wanted = {"≥ 1 件", "≥ 1"};
    const Text remedy{
        "CloudWatch Synthetics か Datadog Synthetics で外から見て、PagerDuty を呼び出してください。",
        "Watch it from outside with CloudWatch or Datadog Synthetics, and page by PagerDuty."};
    const Text absent =
        Text{"%1 を外から見る監視がありません。", "Nothing watches %1 from outside."}.arg(host);
    // The snapshot's list of tests is not known to be whole: templates alone cannot say that there is none.
    Finding result = notInTemplates(context, f, absent, remedy);
    if (result.verdict == Verdict::Fail && context.evidence.datadog.synthetics.empty()
        && context.evidence.datadog.exists)
        say(result, Verdict::Unknown,
            Text{"%1 テンプレートには無く、スナップショットに Synthetics の一覧がありません。",
                 "%1 The templates have none, and the snapshot has no list of Synthetics tests."}
                .arg(absent),
            {"`GET /api/v1/synthetics/tests` の応答も置いてください。",
             "Add the answer of `GET /api/v1/synthetics/tests`."});
    return result;
}

std::vector<Finding> judge(const RuleContext &context)
{
    const WatchedHosts watched = watchedHosts(context);
    if (watched.hosts.isEmpty())
        return {undeclared(
            context, title(), {"外から見るエンドポイント", "What has to be watched from outside"},
            u"monitoring.endpoints"_s,
            u"monitoring:\n  endpoints: [\"https://%1.example.com/healthz\"]"_s.arg(context.service().id))};
    std::vector<Finding> findings, missing;
    for (const QString &host : watched.hosts) {
        std::vector<Finding> own = judgeCanaries(context, title(), host);
        std::ranges::move(judgeSynthetics(context, title(), host), std::back_inserter(own));
        if (own.empty())
            missing.push_back(notWatched(context, host));
        else
            std::ranges::move(bestOf(own), std::back_inserter(findings));
    }
    if (findings.empty() || watched.declared)
        std::ranges::move(missing, std::back_inserter(findings));
    return watched.declared ? findings : bestOf(findings);
}

} // namespace

WatchedHosts watchedHosts(const RuleContext &context)
{
    WatchedHosts found;
    if (const auto &declared = context.service().watchedEndpoints) {
        for (const QString &url : *declared) {
            const QString host = QUrl(url).host().toLower();
            if (!host.isEmpty() && !found.hosts.contains(host))
                found.hosts << host;
        }
        found.declared = true;
        return found;
    }
    for (const KubeObject &o : context.manifests().objects) {
        const Yaml spec = o.node["spec"];
        if (o.kind == u"Ingress") {
            for (const Yaml rule : spec["rules"].items())
                takeHosts(found.hosts, rule["host"].strings());
        } else if (o.kind == u"VirtualService" && spec["gateways"].isSequence()) {
            takeHosts(found.hosts, spec["hosts"].strings());
        } else if (o.kind == u"HTTPRoute") {
            takeHosts(found.hosts, spec["hostnames"].strings());
        }
    }
    return found;
}

bool mentionsHost(const QString &text, const QString &host)
{
    const QRegularExpression whole(u"(?<![\\w.-])%1(?![\\w-]|\\.\\w)"_s.arg(QRegularExpression::escape(host)),
                                   QRegularExpression::CaseInsensitiveOption);
    return whole.match(text).hasMatch();
}

std::vector<Finding> judgeSynthetics(const RuleContext &context, const Text &title, const QString &host)
{
    std::vector<Finding> findings;
    for (const SyntheticsTest &test : context.evidence.datadog.synthetics) {
        Monitor tagged;
        tagged.tags = test.tags;
        const bool asks = std::ranges::any_of(test.requests, [&](const SyntheticsRequest &r) { return asksHost(r.target, host); });
        if (asks && environmentOf(tagged) != WatchedEnvironment::Other)
            findings.push_back(judgeTest(context, title, test, host));
    }
    return findings;
}

Rule uptimeRule()
{
    return {"uptime",
            {"エンドポイントを外から見る監視から、PagerDuty までつながっているか",
             "Whether a check from outside leads all the way to PagerDuty"},
            {"見るべきホストは service.yaml の `monitoring.endpoints`（それぞれ見られていること）、なければ "
             "Ingress・"
             "VirtualService・HTTPRoute の公開ホスト（どれか一つ）です。CloudFormation では、動き出す "
             "Synthetics の canary → "
             "CanaryName の警報（向き、TreatMissingData、ActionsEnabled）→ SNS → PagerDuty の https "
             "の購読をたどります。"
             "Datadog では、有効な Synthetics の試験で、警報の場面の本文か通知ルールが @pagerduty "
             "を呼ぶものを数えます。"
             "DNS・証明書・ポートだけの試験、正しい応答を確かめる条件のない試験、15 分より間の空くものは注意です。"
             "名前だけのつながりは数えません。見えない所（S3 "
             "のスクリプト、配置のときに決まる送り先）は不明です。\n"
             "出典: AWS::Synthetics::Canary、AWS::CloudWatch::Alarm、AWS::SNS::Subscription、"
             "docs.datadoghq.com/synthetics",
             "The hosts are those of `monitoring.endpoints` in service.yaml (each has to be watched), else "
             "the public "
             "hosts of Ingress, VirtualService and HTTPRoute (one of them). In CloudFormation the chain is "
             "followed: a "
             "Synthetics canary that starts, an alarm on its CanaryName (direction, TreatMissingData, "
             "ActionsEnabled), "
             "the SNS topic, an https subscription of PagerDuty. In Datadog a live Synthetics test counts "
             "whose message "
             "as told on alert, or a notification rule, calls @pagerduty. One of DNS, a certificate or a port alone, one that asserts no good answer, and "
             "checks more than 15 minutes apart warn. Names alone prove nothing. What is "
             "not seen "
             "(a script in S3, a receiver decided at deployment) is unknown.\n"
             "Sources: AWS::Synthetics::Canary, AWS::CloudWatch::Alarm, AWS::SNS::Subscription, "
             "docs.datadoghq.com/synthetics"},
            {},
            judge,
            Rule::Source::Service};
}

} // namespace tenken
