// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

namespace tenken::samples
{

Timeline stop()
{
    using Tone = TimelineBar::Tone;
    using Weight = TimelineMark::Weight;
    Timeline t;
    t.title = {"Pod 停止の時系列", "Timeline of a pod's stop"};
    t.subtitle = {"サイドカー: classic · Istio 1.22", "Sidecar: classic · Istio 1.22"};
    t.source = {"drain 23 s は service.yaml:31 の申告値", "drain 23 s declared in service.yaml:31"};
    t.rows = {
        {{"Endpoint 除外", "Endpoint removal"}, {{0, 8, sameText("8 s"), Tone::Neutral}}},
        {{"preStop sleep", "preStop sleep"}, {{0, 20, sameText("20 s"), Tone::Light}}},
        {{"SIGTERM 処理", "SIGTERM handling"}, {{20, 22, sameText("2 s"), Tone::Strong}}},
        {{"アプリの drain", "Application drain"},
         {{22, 30, sameText("8 s"), Tone::Strong}, {30, 45, {"15 s 不足", "15 s missing"}, Tone::Missing}}},
        {{"istio-proxy", "istio-proxy"},
         {{0, 5, sameText("5 s"), Tone::Light},
          {5, 30, {"proxy 不在 25 s → proxy-drain", "no proxy 25 s → proxy-drain"}, Tone::Elsewhere}}},
    };
    t.marks = {{0, {"削除開始", "Deletion"}, Weight::Thin},
               {20, sameText("SIGTERM"), Weight::Thin},
               {30, sameText("SIGKILL"), Weight::Kill},
               {45, {"drain 完了", "Drained"}, Weight::Dashed}};
    t.end = 52;
    t.gapFrom = 30;
    t.gapTo = 45;
    t.configured = 30;
    t.needed = 45;
    t.configuredLabel = {"設定した猶予 30 s", "Grace period set: 30 s"};
    t.neededLabel = {"必要な時間 45 s", "Time needed: 45 s"};
    t.conclusion = {"30 s で SIGKILL が届き、drain の残り 15 s に処理中の要求が切れます。",
                    "SIGKILL arrives at 30 s and cuts the requests of the last 15 s of draining."};
    t.good = false;
    return t;
}

Rollout rollout()
{
    Rollout r;
    r.replicas = 12;
    r.maxSurge = 3;
    r.maxUnavailable = 3;
    r.needed = 11;
    int old = 12, ready = 0;
    r.steps.push_back({12, 0, 0});
    while (old > 0 || ready < 12) {
        const int gone = std::min({old, 3, std::max(0, old + ready - 9)});
        old -= gone;
        const int starting = std::min(12 - ready, 15 - old - ready);
        r.steps.push_back({old, starting, ready});
        ready += starting;
        r.steps.push_back({old, 0, ready});
    }
    r.lowestReady = 9;
    r.highestTotal = 15;
    return r;
}

NodePacking nodes(int fits, double appCpu)
{
    NodePacking p;
    p.group = QStringLiteral("api");
    p.type = QStringLiteral("c6i.xlarge");
    p.node.capacity = {4, 8192, 0};
    p.node.machine = {0, 615, 0};
    p.node.reserved = {0.08, 893, 0};
    p.node.eviction = {0, 100, 0};
    p.node.allocatable = {3.92, 6584, 58};
    p.daemons = {{QStringLiteral("aws-node"), {0.05, 0, 1}, true}, {QStringLiteral("kube-proxy"), {0.1, 0, 1}, true},
                 {QStringLiteral("datadog-agent"), {0.2, 512, 1}, true}};
    p.daemonSum = {0.35, 512, 3};
    p.pod.sidecar = {0.1, 128, 0};
    p.pod.total = {appCpu + 0.1, 1216, 1};
    p.fits = fits;
    p.limit = NodePacking::Limit::Cpu;
    p.left = p.node.allocatable - p.daemonSum - p.pod.total * p.perNode();
    p.events = {{{"平常時", "Normal"}, 14, 14}, {{"土日深夜", "Weekend night"}, 27, 27}, {{"大規模セール", "Big sale"}, 53, 53}, {{"正月", "New Year"}, 104, 104}};
    p.maxNodes = 90;
    return p;
}

ZoneLoss zones()
{
    ZoneLoss z;
    z.zones = 3;
    z.replicas = 12;
    z.best = {4, 4, 4};
    z.worst = {8, 2, 2};
    z.leftBest = 8;
    z.leftWorst = 4;
    z.needed = 8;
    z.softConstraint = true;
    z.placed = 12;
    ZoneAftermath a;
    a.replaced = 4;
    a.hasBudget = true;
    a.evictable = 0;
    a.autoscaledTo = 12;
    a.autoscalerMax = 80;
    z.aftermath = a;
    return z;
}

TimeoutPath timeouts()
{
    using By = TimeoutLayer::By;
    const auto layer = [](By by, std::optional<double> perTry, std::optional<double> timeout, int tries) {
        TimeoutLayer l;
        l.by = by;
        l.perTry = perTry;
        l.timeout = timeout;
        l.tries = tries;
        return l;
    };
    TimeoutPath path;
    path.stormLimit = 4;
    path.hops = {{{"ゲートウェイ", "gateway"}, sameText("id-auth"), {layer(By::Mesh, {}, 3, 1)}},
                 {sameText("id-auth"), sameText("users"), {layer(By::Client, {}, 5, 2), layer(By::Mesh, 1.5, 4, 3)}}};
    return path;
}

TimeoutPath nestedTimeouts()
{
    TimeoutPath path = timeouts();
    path.stormLimit = 0;
    path.hops[0].layers[0].timeout = 5;
    path.hops[1].layers = {path.hops[1].layers[1]};
    path.hops[1].layers[0].tries = 2;
    path.hops[1].layers[0].perTry = 1;
    path.hops[1].layers[0].timeout = 2.5;
    return path;
}

CanaryPlan canary()
{
    using Kind = CanaryStep::Kind;
    const auto step = [](Kind kind, double weight, const char *label) {
        CanaryStep s;
        s.kind = kind;
        s.weight = weight;
        s.label = QString::fromLatin1(label);
        return s;
    };
    CanaryPlan plan;
    plan.object = QStringLiteral("Rollout/shop/id-auth");
    plan.byPods = true;
    plan.replicas = 5;
    plan.steps = {step(Kind::Weight, 17, "setWeight 10"), step(Kind::Pause, 17, "pause"), step(Kind::Analysis, 17, "success-rate"),
                  step(Kind::Weight, 50, "setWeight 50"), step(Kind::Pause, 50, "pause"), step(Kind::Promote, 100, "100 %")};
    for (int i = 0; i < 3; ++i)
        plan.steps[size_t(i)].asked = 10;
    plan.steps[1].seconds = 600;
    plan.steps[2].analysis = true;
    plan.steps[4].person = true;
    return plan;
}

CanaryPlan flagger()
{
    CanaryPlan plan;
    plan.means = CanaryPlan::Means::Flagger;
    for (int w = 10; w <= 50; w += 10) {
        CanaryStep s;
        s.weight = w;
        s.seconds = 60;
        s.analysis = true;
        s.label = QStringLiteral("%1 %").arg(w);
        plan.steps.push_back(s);
    }
    CanaryStep all;
    all.kind = CanaryStep::Kind::Promote;
    all.weight = 100;
    all.label = QStringLiteral("100 %");
    plan.steps.push_back(all);
    plan.background = 0;
    return plan;
}

std::vector<LoadStep> steps()
{
    const double offered[] = {40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240};
    const double p50[] = {16, 16, 17, 17, 18, 20, 24, 58, 210, 640, 1200};
    const double p95[] = {38, 38, 39, 40, 42, 47, 62, 210, 790, 1950, 2900};
    const double p99[] = {62, 63, 63, 65, 69, 84, 118, 420, 1400, 2850, 4200};
    std::vector<LoadStep> steps;
    for (int i = 0; i < 11; ++i) {
        LoadStep s;
        s.start = 1'762'909'200 + i * 180 + 10;
        s.end = 1'762'909'200 + (i + 1) * 180;
        s.offered = offered[i];
        s.throughput = std::min(offered[i], 186.0);
        s.samples = qint64(offered[i] * (i == 0 ? 4 : 170)); // the first step is short: not trusted
        s.errors = i == 9 ? s.samples * 8 / 1000 : i == 10 ? s.samples * 46 / 1000 : 0;
        s.p50 = p50[i];
        s.p95 = p95[i];
        s.p99 = p99[i];
        s.max = p99[i] * 1.4;
        steps.push_back(s);
    }
    return steps;
}

std::shared_ptr<LoadTestRun> run()
{
    auto run = std::make_shared<LoadTestRun>();
    run->tool = QStringLiteral("k6");
    run->model = LoadModel::Open;
    const std::vector<LoadStep> levels = steps();
    unsigned noise = 12345;
    const auto random = [&noise] {
        noise = noise * 1'664'525u + 1'013'904'223u;
        return double(noise >> 8) / double(1 << 24);
    };
    for (int second = 0; second < 11 * 180; ++second) {
        const LoadStep &level = levels[size_t(second / 180)];
        LoadSecond s;
        s.second = 1'762'909'200 + second;
        s.started = s.arrivals = qint64(level.offered + 2 * random() - 1);
        s.completed = qint64(level.throughput * (0.97 + 0.06 * random()));
        s.failed = qint64(double(level.errors) / double(level.samples) * double(s.completed) + random() * 0.9 * (level.errors > 0));
        for (qint64 i = 0; i < s.started; i += 4) {
            const double spread = std::pow(random(), 3);
            s.latency.add(qint64((level.p50 * 0.7 + (level.p95 - level.p50 * 0.7) * spread) * 1000), 4);
        }
        run->samples += s.completed;
        run->errors += s.failed;
        run->latency.merge(s.latency);
        run->seconds.push_back(std::move(s));
    }
    run->startSeconds = 1'762'909'200;
    run->endSeconds = 1'762'909'200 + 11 * 180;
    return run;
}

LoadTestPicture loadTest()
{
    LoadTestPicture t;
    t.id = QStringLiteral("k6-1pod-step");
    t.steps = steps();
    t.knee.usable = t.knee.reached = true;
    t.knee.throughput = t.knee.offered = 160;
    t.knee.firstBad = 180;
    t.knee.lastGoodStep = 6;
    t.knee.firstErrors = 220;
    t.knee.confidence = Confidence::High;
    t.declaredPerPod = 140;
    t.targetMs = 200;
    t.targetPercentile = QStringLiteral("p99");
    t.run = run();
    return t;
}

CapacityPlan capacity()
{
    CapacityPlan plan;
    plan.perPodRps = 140;
    plan.options = {0.2, 3};
    plan.minReplicas = 12;
    plan.maxReplicas = 80;
    const auto event = [&](const char *id, Text name, double rps, int peak, int headroom, int zone) {
        EventPlan e;
        e.event.id = QString::fromLatin1(id);
        e.event.name = std::move(name);
        e.event.peakRps = rps;
        e.peakPods = peak;
        e.headroomPods = headroom;
        e.zonePods = zone;
        plan.events.push_back(e);
    };
    event("normal", {"平常時", "Normal"}, 1000, 8, 1, 5);
    event("weekend", {"土日深夜", "Weekend night"}, 2000, 15, 4, 10);
    event("sale", {"大規模セール", "Big sale"}, 4000, 32, 7, 20);
    event("new-year", {"正月", "New Year"}, 8000, 73, 21, 47);
    return plan;
}

Scaling scaling()
{
    Scaling s;
    UslFit fit;
    fit.gamma = 160;
    fit.alpha = 0.0031;
    fit.beta = 9e-6;
    fit.alphaError = 0.0006;
    fit.betaError = 2.1e-6;
    fit.gammaError = 1.4;
    fit.r2 = 0.998;
    fit.degreesOfFreedom = 3;
    fit.mostMeasured = 16;
    fit.covariance[0][0] = fit.alphaError * fit.alphaError;
    fit.covariance[1][1] = fit.betaError * fit.betaError;
    fit.covariance[2][2] = fit.gammaError * fit.gammaError;
    fit.covariance[0][1] = fit.covariance[1][0] = -0.95 * fit.alphaError * fit.betaError;
    s.fit = fit;
    for (const int pods : {1, 2, 4, 8, 12, 16}) {
        const double x = 160.0 * pods / (1 + fit.alpha * (pods - 1) + fit.beta * pods * (pods - 1));
        s.points.push_back({pods, std::round(x)});
        s.efficiency.push_back(x / 160 / pods);
    }
    s.lastMarginalShare = 0.91;
    return s;
}

SeriesPicture series()
{
    SeriesPicture p;
    p.title = {"ピーク時の p99", "p99 at the peak"};
    p.threshold = 200;
    for (int zone = 0; zone < 3; ++zone) {
        MetricSeries s;
        s.metric = QStringLiteral("trace.http.request");
        s.scope = QStringLiteral("zone:ap-northeast-1%1").arg(QLatin1Char("acd"[zone]));
        s.unit = QStringLiteral("ms");
        s.intervalSeconds = 60;
        s.from = 1'762'909'200;
        s.to = s.from + 6 * 3600;
        for (int i = 0; i < 360; ++i) {
            const bool gap = zone == 1 && i > 120 && i < 150;
            const double value = 80 + 20 * zone + 60 * std::exp(-std::pow((i - 220) / 40.0, 2)) + 6 * std::sin(i * 0.9 + zone);
            s.points.emplace_back(s.from + i * 60, gap ? std::nan("") : value);
        }
        p.series.push_back(s);
    }
    const double from = p.series.front().from;
    p.thresholds = {{0, 180, false, QStringLiteral(">"), QStringLiteral("p95"), QStringLiteral("[id-auth] 応答時間")}};
    p.windows = {{from + 3 * 3600, from + 4 * 3600, QStringLiteral("1pod-step")}};
    p.timeZone = QStringLiteral("Asia/Tokyo");
    MetricSeries memory;
    memory.metric = QStringLiteral("kubernetes.memory.usage");
    memory.unit = QStringLiteral("B");
    memory.from = from;
    memory.to = p.series.front().to;
    for (int i = 0; i < 36; ++i)
        memory.points.emplace_back(from + i * 600, (600 + 8.0 * i) * 1024 * 1024);
    p.series.push_back(memory);
    return p;
}

} // namespace tenken::samples
