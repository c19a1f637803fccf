// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/environment.h>
#include <rules/findings.h>
#include <rules/replicas.h>
#include <rules/workloads.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using From = EnvironmentValue::From;

const Text &title()
{
    static const Text text{"Sentry の DSN", "Sentry's DSN"};
    return text;
}

bool isDsnName(const QString &name)
{
    static const QRegularExpression dsn(u"^([A-Z0-9_]+_)?SENTRY_(LARAVEL_)?DSN$|^Sentry__Dsn$"_s);
    return dsn.match(name).hasMatch();
}

QString secretSnippet(const RuleContext &context)
{
    const QString id = context.service().id.isEmpty() ? u"app"_s : context.service().id;
    return u"env:\n  - name: SENTRY_DSN\n    valueFrom:\n      secretKeyRef:\n        name: %1-secrets\n        key: SENTRY_DSN"_s
        .arg(id);
}

const Text toSecret{"Secret に移し、secretKeyRef で渡してください。",
                    "Move it to a Secret and pass it by secretKeyRef."};

// The value itself is never shown.
Finding judgeValue(const RuleContext &context, const Workload &w, const Container &c, const QString &name,
                   const EnvironmentValue &v)
{
    Finding f = findingInTemplate(context, title(), w, c, v.file == w.object.file ? v.node : Yaml());
    f.wanted = {"Secret から", "from a Secret"};
    f.snippet = secretSnippet(context);
    if (v.file != w.object.file)
        addMark(f, v.file, v.node, {"値の書かれた所", "where the value stands"});
    switch (v.from) {
    case From::Literal:
        f.measured = v.text.isEmpty() ? Text{"%1 は空", "%1 is empty"}.arg(name)
                                      : Text{"%1 は直書き", "%1 is a literal"}.arg(name);
        return v.text.isEmpty() ? say(f, Verdict::Fail,
                                      {"DSN が空で、エラーは黙って捨てられます。",
                                       "The DSN is empty: errors are dropped silently."},
                                      toSecret)
                                : say(f, Verdict::Fail,
                                      {"DSN がマニフェストに直接書かれています。",
                                       "The DSN stands in the manifest as a literal."},
                                      toSecret);
    case From::ConfigMap:
        f.measured = Text{"ConfigMap %1", "ConfigMap %1"}.arg(v.object);
        return v.written ? say(f, Verdict::Fail,
                               Text{"DSN が ConfigMap %1 に直接書かれています。",
                                    "The DSN stands in ConfigMap %1 as a literal."}
                                   .arg(v.object),
                               toSecret)
                         : say(f, Verdict::Warn,
                               Text{"DSN は Secret ではなく ConfigMap %1 から来ます。",
                                    "The DSN comes from ConfigMap %1, not from a Secret."}
                                   .arg(v.object),
                               toSecret);
    case From::Secret:
        f.measured = Text{"Secret %1", "Secret %1"}.arg(v.object);
        f.snippet.clear();
        if (v.written)
            return say(f, Verdict::Warn,
                       Text{"Secret %1 の値がマニフェストに書かれています。",
                            "The value of Secret %1 is written in the manifests."}
                           .arg(v.object),
                       {"ExternalSecret や SealedSecret にしてください。",
                        "Make it an ExternalSecret or a SealedSecret."});
        if (v.optional)
            return say(f, Verdict::Warn,
                       Text{"Secret %1 は optional で、なければエラーは黙って捨てられます。",
                            "Secret %1 is optional: without it errors are dropped silently."}
                           .arg(v.object),
                       {"`optional: true` を消してください。", "Remove `optional: true`."});
        return say(f, Verdict::Pass,
                   Text{"DSN は Secret %1 から渡されます。", "The DSN comes from Secret %1."}.arg(v.object));
    case From::Unseen:
        f.measured = Text{"envFrom %1", "envFrom %1"}.arg(v.object);
        return say(f, Verdict::Unknown,
                   Text{"envFrom の %1 に SENTRY_DSN があるかは、ここからは見えません。",
                        "Whether %1 of envFrom holds SENTRY_DSN is not seen from here."}
                       .arg(v.object),
                   {"env に secretKeyRef で SENTRY_DSN を書くか、ExternalSecret を証拠に加えてください。",
                    "Write SENTRY_DSN in env by secretKeyRef, or add the ExternalSecret to the evidence."});
    case From::Field:
    case From::Nowhere:
        break;
    }
    f.measured = {"SENTRY_DSN なし", "no SENTRY_DSN"};
    const auto volumes = w.podSpec["volumes"].items();
    const bool mounted = std::ranges::any_of(
        volumes, [](Yaml volume) { return volume["secret"] || volume["csi"] || volume["projected"]; });
    if (mounted)
        return say(f, Verdict::Unknown,
                   {"SENTRY_DSN は環境変数になく、マウントした Secret にあるかは見えません。",
                    "SENTRY_DSN is no environment variable; whether a mounted Secret holds it is not seen."},
                   {"env に secretKeyRef で書くか、レビューで答えてください。",
                    "Write it in env by secretKeyRef, or answer in the review."});
    return say(f, Verdict::Fail,
               {"SENTRY_DSN が渡されず、エラーは黙って捨てられます。",
                "No SENTRY_DSN is passed: errors are dropped silently."},
               {"Secret から SENTRY_DSN を渡してください。", "Pass SENTRY_DSN from a Secret."});
}

QStringList dsnNames(const Container &c)
{
    QStringList names = environmentNames(c);
    names.removeIf([](const QString &n) { return !isDsnName(n); });
    names.removeDuplicates();
    return names;
}

void judgeWorkload(const RuleContext &context, const Workload &w, bool serving,
                   std::vector<Finding> &findings)
{
    const auto main = mainContainers(context, w, u"SENTRY_"_s);
    for (const Container &c : w.containers) {
        const QStringList names = dsnNames(c);
        for (const QString &name : names) {
            Finding f = judgeValue(context, w, c, name, environmentValue(context, w, c, name));
            if (serving || f.verdict == Verdict::Fail)
                findings.push_back(std::move(f)); // a literal is one wherever it stands
        }
        const bool isMain =
            std::ranges::contains(main, c.name, &Container::name) && c.role == Container::Role::App;
        const auto setsAnother = environmentNames(c).filter(QRegularExpression(u"^SENTRY_"_s));
        if (serving && names.isEmpty() && (isMain || !setsAnother.isEmpty()))
            findings.push_back(
                judgeValue(context, w, c, u"SENTRY_DSN"_s, environmentValue(context, w, c, u"SENTRY_DSN"_s)));
    }
}

Finding judgeLimit(const RuleContext &context)
{
    const Text limitTitle{"Sentry の量の上限", "Sentry's rate limit"};
    const auto &limit = context.service().sentryRateLimit;
    if (!limit)
        return undeclared(context, limitTitle, {"Sentry の量の上限", "Sentry's rate limit"},
                          u"monitoring.sentry-rate-limit"_s,
                          u"monitoring:\n  sentry-rate-limit: {events: 300, seconds: 60}"_s);
    Finding f = findingInService(context, limitTitle, limit.span);
    f.wanted = {"上限あり", "a limit"};
    if (limit.value->events <= 0) {
        f.measured = {"なし", "none"};
        return say(f, Verdict::Fail,
                   {"上限がなく、障害の洪水が枠を使い切ります。",
                    "Without a limit, a flood of errors uses up the quota."},
                   {"Sentry の鍵（Client Keys）に Rate Limit を決めてください。",
                    "Set a Rate Limit on the Sentry key (Client Keys)."});
    }
    f.measured = Text{"%1 件 / %2", "%1 events / %2"}.arg(formatNumber(limit.value->events),
                                                          formatWithUnit(limit.value->seconds, u"s"_s));
    return say(f, Verdict::Pass, {"鍵ごとの上限が宣言されています。", "A limit of the key is declared."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const auto serving = servingWorkloads(context);
    // Bare manifests do not say whether Sentry is meant to be used: only a literal can be told.
    const bool described = !context.service().file.isEmpty();
    for (const Workload &w : context.manifests().workloads)
        judgeWorkload(context, w, described && std::ranges::contains(serving, &w), findings);
    if (!serving.empty())
        findings.push_back(judgeLimit(context));
    return findings;
}

} // namespace

Rule errorReportingRule()
{
    return {"error-reporting",
            {"SENTRY_DSN が Secret から渡され、量の上限が決まっているか",
             "Whether SENTRY_DSN comes from a Secret, and a rate limit is set"},
            {"要求を受ける workload "
             "のアプリケーションのコンテナごとに、SENTRY_DSN（SENTRY_LARAVEL_DSN、Sentry__Dsn、"
             "NEXT_PUBLIC_… なども）の出どころを Kubernetes と同じ順でたどります。直書き、空、ConfigMap "
             "に書かれた値、"
             "どこにもないときは不合格。ConfigMap（中身は見えない）、optional、値の書かれた Secret "
             "は注意。envFrom や"
             "マウントした Secret の中身が見えないときは不明です。DSN そのものは表示しません。上限は "
             "service.yaml の "
             "`monitoring.sentry-rate-limit` で、`none` は不合格です。\n出典: docs.sentry.io（DSN、Rate "
             "Limiting）",
             "For each application container of the workloads that serve requests, SENTRY_DSN (and "
             "SENTRY_LARAVEL_DSN, "
             "Sentry__Dsn, NEXT_PUBLIC_… ) is followed to its source in Kubernetes' order. A literal, an "
             "empty value, "
             "one written in a ConfigMap, or none at all fails. A ConfigMap that is not seen, an optional "
             "Secret and a "
             "Secret whose value is written in the manifests warn. Where envFrom or a mounted Secret cannot "
             "be seen "
             "into: unknown. The DSN itself is never shown. The limit is `monitoring.sentry-rate-limit` of "
             "service.yaml; `none` fails.\nSource: docs.sentry.io (DSN, rate limiting)"},
            {},
            judge,
            Rule::Source::Manifests};
}

} // namespace tenken
