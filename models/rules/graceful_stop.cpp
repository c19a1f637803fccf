// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/workloads.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

struct Stop {
    const RuleContext &context;
    const Workload &w;
    StopTimes times;
    Yaml graceNode;      ///< missing where the default of 30 s holds
    QString longest;     ///< the container whose preStop decides
};

const Hook *longestHook(const StopTimes &times)
{
    const Hook *longest = nullptr;
    for (const Hook &hook : times.preStops) {
        if (hook.exists && (!longest || hook.atLeast > longest->atLeast))
            longest = &hook;
    }
    return longest;
}

Finding graceFinding(const Stop &stop, const Text &title)
{
    Finding f = findingInTemplate(stop.context, title, stop.w, stop.graceNode);
    f.container = stop.longest;
    f.measured = sameText(seconds(stop.times.grace));
    return f;
}

// A round number with a fifth to spare, within what the checklist allows where the sum itself is.
int graceToWrite(double needed, double most)
{
    const double spare = std::ceil(needed * 1.2 / 10) * 10;
    return int(spare > most && needed <= most ? std::floor(most) : spare);
}

void addShares(Finding &f, const Stop &stop)
{
    const QString file = templateFile(stop.w, &stop.context.manifests());
    const Service &service = stop.context.service();
    const Text share{"+%1 を消費", "takes %1"};
    if (const Hook *hook = longestHook(stop.times))
        addMark(f, file, hook->span, share.arg(seconds(hook->atLeast)));
    if (stop.times.sigterm)
        addMark(f, service.file, service.sigtermSeconds.span, share.arg(seconds(*stop.times.sigterm)));
    if (stop.times.drain)
        addMark(f, service.file, service.drainSeconds.span, share.arg(seconds(*stop.times.drain)));
}

void addGraceSnippet(Finding &f, const Stop &stop, double needed)
{
    const int grace = graceToWrite(needed, stop.context.parameter(QStringLiteral("max-seconds")));
    f.snippet = entrySnippet(stop.w.podSpec, QStringLiteral("spec"),
                             QStringLiteral("terminationGracePeriodSeconds: %1").arg(grace), bool(stop.graceNode), stop.w);
}

Text sumText(const Stop &stop)
{
    const StopTimes &t = stop.times;
    Text sum = sameText(QStringLiteral("preStop %1").arg(seconds(t.preStopAtLeast())));
    if (t.sigterm)
        sum = Text{"%1 + SIGTERM 処理 %2", "%1 + SIGTERM handling %2"}.arg(sum, seconds(*t.sigterm));
    if (t.drain)
        sum = Text{"%1 + drain %2", "%1 + drain %2"}.arg(sum, seconds(*t.drain));
    return Text{"%1 = %2", "%1 = %2"}.arg(sum, seconds(t.neededAtLeast()));
}

void sayTooShort(Finding &f, const Stop &stop, const Text &reason)
{
    const double needed = stop.times.neededAtLeast();
    const double most = stop.context.parameter(QStringLiteral("max-seconds"));
    compare(f, stop.times.grace, Relation::AtLeast, needed, QStringLiteral("s"));
    addGraceSnippet(f, stop, needed);
    if (needed > most) {
        say(f, Verdict::Fail, reason,
            Text{"%1 は上限 %2 を超えます。preStop か drain を短くしてください。", "%1 is beyond the %2 allowed: shorten preStop or the drain."}
                .arg(sumText(stop), seconds(most)));
        return;
    }
    say(f, Verdict::Fail, reason,
        Text{"%1。余裕を足して %2 にします。", "%1. With some to spare, set it to %2."}
            .arg(sumText(stop), seconds(graceToWrite(needed, most))));
}

void sayMissing(Finding &f, const Stop &stop)
{
    const StopTimes &t = stop.times;
    f.wanted = Text{"≥ %1 + 不明", "≥ %1 + unknown"}.arg(seconds(t.neededAtLeast()));
    if (!t.preStop) {
        sayUndeclared(f, stop.context,
                      {"preStop が sleep だけではないため、かかる秒数が読めません。",
                       "preStop is more than a plain sleep, so how long it takes cannot be seen."},
                      QStringLiteral("timing.prestop-seconds"), QStringLiteral("timing:\n  prestop-seconds: 20"));
    } else if (!t.drain) {
        sayUndeclared(f, stop.context,
                      {"SIGTERM の後、処理中の要求を返し切るまでの秒数が宣言されていません。",
                       "How long open requests take to finish after SIGTERM is not declared."},
                      QStringLiteral("timing.drain-seconds"), QStringLiteral("timing:\n  drain-seconds: 20"));
    } else {
        sayUndeclared(f, stop.context,
                      {"SIGTERM から受付を閉じるまでの秒数が宣言されていません。すぐ閉じるなら 0 です。",
                       "The time from SIGTERM until the app stops accepting is not declared; 0 where it stops at once."},
                      QStringLiteral("timing.sigterm-seconds"), QStringLiteral("timing:\n  sigterm-seconds: 0"));
    }
}

// The countdown starts before preStop: preStop, the handling of SIGTERM and the drain share the grace period.
Finding judgeSum(const Stop &stop)
{
    const StopTimes &t = stop.times;
    Finding f = graceFinding(stop, {"猶予は停止の合計以上", "The grace period covers the whole stop"});
    addShares(f, stop);
    const bool sleepTooLong = std::ranges::any_of(t.preStops, [&](const Hook &hook) {
        return hook.sleepHandler && hook.atLeast > t.grace;
    });
    if (t.grace == 0) {
        sayTooShort(f, stop, {"猶予 0 s では、処理中の要求を待たずに SIGKILL が届きます。",
                              "With a grace period of 0 s SIGKILL arrives at once, whatever is being handled."});
    } else if (sleepTooLong) {
        sayTooShort(f, stop, {"preStop の sleep が猶予より長く、API サーバーがこの Pod を拒みます。",
                              "preStop sleeps longer than the grace period: the API server refuses this pod."});
    } else if (t.preStopAtLeast() >= t.grace && !(t.needed() && *t.needed() <= t.grace)) {
        sayTooShort(f, stop, {"preStop だけで猶予を使い切り、SIGTERM を処理する時間が残りません。",
                              "preStop alone uses up the grace period; none is left to handle SIGTERM."});
    } else if (t.neededAtLeast() > t.grace) {
        sayTooShort(f, stop, Text{"%1 足りません。猶予の秒読みは preStop の前に始まります。",
                                  "%1 short: the countdown starts before preStop."}.arg(seconds(t.neededAtLeast() - t.grace)));
    } else if (!t.needed()) {
        sayMissing(f, stop);
    } else {
        compare(f, t.grace, Relation::AtLeast, *t.needed(), QStringLiteral("s"));
        say(f, Verdict::Pass, Text{"%1 が猶予に収まります。", "%1 fits in the grace period."}.arg(sumText(stop)));
    }
    setPicture(f, stopTimeline(t, stop.context.service()));
    return f;
}

Finding judgeLimit(const Stop &stop)
{
    const double most = stop.context.parameter(QStringLiteral("max-seconds"));
    Finding f = graceFinding(stop, {"猶予は上限以内", "The grace period stays within its limit"});
    f.container.clear();
    compare(f, stop.times.grace, Relation::AtMost, most, QStringLiteral("s"));
    if (stop.times.grace <= most) {
        say(f, Verdict::Pass, {"リリースのたびに待つ時間として長すぎません。", "It is not too long to wait for in every release."});
        return f;
    }
    addGraceSnippet(f, stop, std::min(most, std::max(1.0, stop.times.neededAtLeast())));
    say(f, Verdict::Fail,
        Text{"Pod の入れ替えごとに最大 %1 待ち、リリースが遅くなります。", "Every replaced pod may take %1 to stop, which slows releases down."}
            .arg(seconds(stop.times.grace)),
        Text{"%1 以下にします。長い処理があるなら、免除に理由を書いてください。", "Set it to %1 or less, or record the reason in a waiver."}
            .arg(seconds(most)));
    return f;
}

QString preStopSnippet(const Container &c, const Workload &w, double endpoint, const Hook &hook)
{
    const QString sleep = QStringLiteral("command: [\"sleep\", \"%1\"]").arg(int(std::ceil(std::max(endpoint, 5.0))));
    if (hook.exists)
        return entrySnippet(c.node["lifecycle"], {}, QStringLiteral("preStop:\n  exec:\n    ") + sleep, true, w);
    if (const Yaml lifecycle = c.node["lifecycle"]; lifecycle.isMap())
        return entrySnippet(lifecycle, QStringLiteral("lifecycle"), QStringLiteral("preStop:\n  exec:\n    ") + sleep, false, w);
    return snippetIn(c.node, QStringLiteral("lifecycle:\n  preStop:\n    exec:\n      ") + sleep, w.object.node);
}

void judgeDeclaredRemoval(Finding &f, const Stop &stop, const Hook &hook, double endpoint)
{
    const double accepting = hook.atLeast + stop.times.sigterm.value_or(0);
    compare(f, hook.atLeast, Relation::AtLeast, endpoint, QStringLiteral("s"));
    if (hook.atLeast >= endpoint) {
        say(f, Verdict::Pass, Text{"呼び出し側が除外する %1 の間、受付を続けます。", "It goes on accepting for the %1 that callers take to drop it."}
                                  .arg(seconds(endpoint)));
    } else if (accepting >= endpoint) {
        compare(f, accepting, Relation::AtLeast, endpoint, QStringLiteral("s"));
        say(f, Verdict::Pass, Text{"preStop と、SIGTERM の後も受け付ける %1 で除外を待ちます。",
                                   "preStop and the %1 of accepting after SIGTERM cover the removal."}
                                  .arg(seconds(*stop.times.sigterm)));
    } else if (hook.exists && !hook.seconds) {
        f.comparison.reset();
        f.measured = {"不明", "unknown"};
        sayUndeclared(f, stop.context,
                      {"preStop が sleep だけではないため、かかる秒数が読めません。",
                       "preStop is more than a plain sleep, so how long it takes cannot be seen."},
                      QStringLiteral("timing.prestop-seconds"), QStringLiteral("timing:\n  prestop-seconds: 20"));
    } else {
        say(f, Verdict::Fail,
            Text{"除外が終わる %1 前に受付を閉じ、その間の要求が失敗します。", "It stops accepting %1 before callers drop it; requests in between fail."}
                .arg(seconds(endpoint - accepting)),
            Text{"preStop を %1 以上にします。", "Make preStop last %1 or more."}.arg(seconds(endpoint)));
    }
}

// SIGTERM and the removal of the endpoint run side by side: without a wait, requests still arrive after SIGTERM.
Finding judgeRemoval(const Stop &stop, const Container &c, const Hook &hook)
{
    Finding f = findingInTemplate(stop.context, {"preStop で除外を待つ", "preStop waits for endpoint removal"}, stop.w, c,
                                  c.node["lifecycle"]["preStop"]);
    if (hook.exists)
        f.span = hook.span;
    const Declared<double> &endpoint = stop.context.service().endpointSeconds;
    f.measured = hook.seconds ? sameText(seconds(*hook.seconds)) : Text{"不明", "unknown"};
    if (endpoint) {
        judgeDeclaredRemoval(f, stop, hook, *endpoint);
        addMark(f, stop.context.service().file, endpoint.span, Text{"除外に %1", "removal takes %1"}.arg(seconds(*endpoint)));
    } else if (!hook.exists) {
        f.wanted = {"除外の秒数以上", "≥ the time removal takes"};
        say(f, Verdict::Warn,
            {"preStop がなく、SIGTERM の後にも要求が届きます。", "There is no preStop, so requests still arrive after SIGTERM."},
            {"除外が終わるまで待つ preStop を足し、除外の秒数を service.yaml の `timing.endpoint-seconds` に書いてください。",
             "Add a preStop that waits, and declare in `timing.endpoint-seconds` how long removal takes."});
    } else {
        f.wanted = {"除外の秒数以上", "≥ the time removal takes"};
        sayUndeclared(f, stop.context,
                      {"呼び出し側が Endpoint を除外し終えるまでの秒数が宣言されていません。",
                       "How long callers take to drop the endpoint is not declared."},
                      QStringLiteral("timing.endpoint-seconds"), QStringLiteral("timing:\n  endpoint-seconds: 10"));
    }
    if (f.verdict == Verdict::Fail || f.verdict == Verdict::Warn)
        f.snippet = preStopSnippet(c, stop.w, endpoint.value.value_or(10), hook);
    return f;
}

// The sleep handler is of Kubernetes 1.29, where it still needs a feature gate; older ones see a preStop without a handler.
std::optional<Finding> judgeSleepHandler(const Stop &stop)
{
    const Declared<QVersionNumber> &kubernetes = stop.context.service().kubernetesVersion;
    const auto hook = std::ranges::find_if(stop.times.preStops, &Hook::sleepHandler);
    if (hook == stop.times.preStops.end() || !kubernetes || !(*kubernetes < QVersionNumber(1, 30)))
        return std::nullopt;
    Finding f = findingInTemplate(stop.context, {"sleep ハンドラーのある Kubernetes", "Kubernetes with the sleep handler"}, stop.w);
    f.container = hook->container;
    f.file = templateFile(stop.w, &stop.context.manifests());
    f.span = hook->span;
    addMark(f, stop.context.service().file, kubernetes.span, sameText(QStringLiteral("Kubernetes ") + kubernetes.value->toString()));
    f.measured = sameText(kubernetes.value->toString());
    f.wanted = sameText(QStringLiteral("≥ 1.30"));
    const Text remedy{"exec の sleep にするか、Kubernetes を 1.30 以上にします。", "Use a sleep in exec, or Kubernetes 1.30 or newer."};
    if (*kubernetes < QVersionNumber(1, 29))
        return say(std::move(f), Verdict::Fail, {"preStop の sleep ハンドラーは 1.29 からで、この版では待ちません。", "The sleep handler of preStop exists since 1.29: this version does not wait."}, remedy);
    return say(std::move(f), Verdict::Warn, {"1.29 では、feature gate PodLifecycleSleepAction を有効にしたときだけ待ちます。", "In 1.29 it waits only with the feature gate PodLifecycleSleepAction."}, remedy);
}

void judgeWorkload(const RuleContext &context, const Workload &w, std::vector<Finding> &findings)
{
    Stop stop{context, w, stopTimes(w, context.service(), &context.manifests()), w.podSpec["terminationGracePeriodSeconds"], {}};
    if (const Hook *hook = longestHook(stop.times); hook && stop.times.preStops.size() > 1)
        stop.longest = hook->container;
    if (!stop.times.graceKnown) {
        Finding f = graceFinding(stop, {"猶予は停止の合計以上", "The grace period covers the whole stop"});
        f.measured = sameText(stop.graceNode.string());
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               {"terminationGracePeriodSeconds が整数ではありません。",
                                "terminationGracePeriodSeconds is no whole number."},
                               {"展開した後のマニフェストを指定するか、秒数を整数で書いてください。",
                                "Point to rendered manifests, or write the seconds as a whole number."}));
        return;
    }
    findings.push_back(judgeSum(stop));
    findings.push_back(judgeLimit(stop));
    if (auto handler = judgeSleepHandler(stop))
        findings.push_back(std::move(*handler));
    for (const Container &c : servingContainers(w)) {
        const auto hook = std::ranges::find(stop.times.preStops, c.name, &Hook::container);
        if (hook != stop.times.preStops.end())
            findings.push_back(judgeRemoval(stop, c, *hook));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Text title{"猶予は停止の合計以上", "The grace period covers the whole stop"};
    for (const Workload *w : longRunning(context, title, findings))
        judgeWorkload(context, *w, findings);
    return findings;
}

} // namespace

Rule gracefulStopRule()
{
    return {
        "graceful-stop",
        {"停止の猶予が preStop、SIGTERM の処理、drain の合計以上で、上限以内かを見ます。",
         "Whether the grace period covers preStop, the handling of SIGTERM and the drain, and stays within a limit."},
        {"terminationGracePeriodSeconds (既定 30) の秒読みは preStop の前に始まります。必要な時間は、最も長い preStop と、service.yaml の "
         "timing.sigterm-seconds と timing.drain-seconds の和です。preStop の秒数は、sleep だけのもの (sleep ハンドラー、[\"sleep\", \"20\"]、"
         "[\"sh\", \"-c\", \"sleep 20\"]) だけを読み、ほかは timing.prestop-seconds の宣言がなければ不明です。分かっている分だけで猶予を超えるか、preStop "
         "だけで使い切るときは、宣言がなくても不合格です。除外の待ちは、ports を持つ container (なければすべて) の preStop を timing.endpoint-seconds と比べ、足りない分は "
         "SIGTERM の後も受け付ける秒数で補えます。sleep ハンドラーは Kubernetes 1.30 からです (1.29 は注意)。出典: Kubernetes の Pod Lifecycle、kubelet の killContainer。",
         "The countdown of terminationGracePeriodSeconds (30 by default) starts before preStop. Needed is the longest preStop plus "
         "timing.sigterm-seconds and timing.drain-seconds of service.yaml. A preStop's time is read only where it is a plain sleep (the sleep "
         "handler, [\"sleep\", \"20\"], [\"sh\", \"-c\", \"sleep 20\"]); any other is unknown unless timing.prestop-seconds declares it. Where "
         "what is known already exceeds the grace period, or preStop alone uses it up, it fails without declarations. Waiting for removal: the "
         "preStop of each container with ports (of all, where none has any) against timing.endpoint-seconds; time of accepting after SIGTERM "
         "counts too. The sleep handler needs Kubernetes 1.30 (1.29 warns). Sources: Kubernetes' Pod Lifecycle, kubelet's killContainer."},
        {{"max-seconds", 120, "s", RuleParameter::Stricter::Lower,
          {"猶予の上限", "The longest grace period allowed"}}},
        judge,
        Rule::Source::Manifests,
    };
}

} // namespace tenken
