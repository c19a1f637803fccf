// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictures.h>

#include <evidence/numbers.h>
#include <items/loadstepmodel.h>
#include <parts/charts/plot.h>

#include <QDateTime>

#include <cmath>

namespace tenken {

namespace {

using Rows = QList<QStringList>;

Rows tableOf(const Timeline &t, Lang lang)
{
    Rows rows{{Text{"何が", "What"}.in(lang), Text{"開始 s", "From, s"}.in(lang), Text{"終了 s", "To, s"}.in(lang),
               Text{"意味", "Meaning"}.in(lang)}};
    for (const TimelineRow &row : t.rows)
        for (const TimelineBar &bar : row.bars)
            rows.append({row.actor.in(lang), formatNumber(bar.from), formatNumber(bar.to), bar.label.in(lang)});
    for (const TimelineMark &mark : t.marks)
        rows.append({mark.label.in(lang), formatNumber(mark.at), QString(), QString()});
    if (t.configured > 0)
        rows.append({t.configuredLabel.in(lang), formatNumber(0), formatNumber(t.configured), QString()});
    if (t.needed > 0)
        rows.append({t.neededLabel.in(lang), formatNumber(0), formatNumber(t.needed), QString()});
    return rows;
}

Rows tableOf(const Rollout &r, Lang lang)
{
    Rows rows{{Text{"段", "Step"}.in(lang), Text{"旧 Pod", "Old pods"}.in(lang), Text{"新 Pod (ready)", "New, ready"}.in(lang),
               Text{"新 Pod (起動中)", "New, starting"}.in(lang), Text{"ready 計", "Ready"}.in(lang),
               Text{"総数", "Total"}.in(lang)}};
    for (size_t i = 0; i < r.steps.size(); ++i) {
        const RolloutStep &s = r.steps[i];
        QStringList row;
        for (const int n : {int(i), s.oldPods, s.newReady, s.newStarting, s.ready(), s.total()})
            row.append(formatNumber(n));
        rows.append(row);
    }
    return rows;
}

Rows tableOf(const ZoneLoss &z, Lang lang)
{
    Rows rows{{Text{"配置", "Placement"}.in(lang)}};
    const size_t zones = std::max(z.best.size(), z.worst.size());
    for (size_t i = 0; i < zones; ++i)
        rows[0].append(Text{"AZ %1", "Zone %1"}.arg(int(i) + 1).in(lang));
    rows[0] << Text{"1 AZ 喪失後", "Left after losing one"}.in(lang) << Text{"必要", "Needed"}.in(lang);
    const auto add = [&](const Text &name, const std::vector<int> &pods, int left) {
        if (pods.empty())
            return;
        QStringList row{name.in(lang)};
        for (size_t i = 0; i < zones; ++i)
            row.append(i < pods.size() ? formatNumber(pods[i]) : QString());
        row << formatNumber(left) << (z.needed > 0 ? formatNumber(z.needed) : Text{"不明", "unknown"}.in(lang));
        rows.append(row);
    };
    add({"最良", "Best"}, z.best, z.leftBest);
    add({"最悪", "Worst"}, z.worst, z.leftWorst);
    const auto addFact = [&](const Text &name, const QString &value) {
        QStringList row{name.in(lang)};
        row.resize(rows[0].size());
        row[row.size() - 2] = value;
        rows.append(row);
    };
    if (!z.aftermath)
        return rows;
    addFact({"代わりの Pod", "Replaced"}, formatNumber(z.aftermath->replaced));
    addFact({"Pending", "Pending"}, formatNumber(z.aftermath->waiting));
    if (z.aftermath->hasBudget && z.aftermath->evictable)
        addFact({"PDB がまだ許す追い出し", "Evictions the PDB still allows"}, formatNumber(*z.aftermath->evictable));
    if (z.aftermath->autoscaledTo)
        addFact({"HPA が求める Pod", "Pods the HPA asks for"}, formatNumber(*z.aftermath->autoscaledTo));
    return rows;
}

Rows tableOf(const NodePacking &n, Lang lang)
{
    Rows rows{{Text{"何が", "What"}.in(lang), QStringLiteral("CPU"), Text{"メモリ MiB", "Memory, MiB"}.in(lang), QStringLiteral("Pod"),
               Text{"ノード", "Nodes"}.in(lang)}};
    const auto add = [&](const Text &name, const NodeShare &s) {
        rows.append({name.in(lang), formatNumber(s.cpu), formatNumber(std::round(s.memory)), s.pods > 0 ? formatNumber(s.pods) : QString(), QString()});
    };
    add(sameText(n.type), n.node.capacity);
    add({"システム予約", "Reserved by the system"}, n.node.machine + n.node.reserved + n.node.eviction);
    add({"割り当て可能", "Allocatable"}, n.node.allocatable);
    for (const NodeDaemon &d : n.daemons)
        add(sameText(QStringLiteral("DaemonSet ") + d.name), d.share);
    if (n.pod.sidecar != NodeShare{})
        add(sameText(QStringLiteral("istio-proxy")), n.pod.sidecar);
    add({"アプリの Pod", "Application pod"}, n.pod.own());
    add({"残り", "Left"}, n.left);
    for (const NodePacking::EventNodes &e : n.events)
        rows.append({e.name.in(lang), QString(), QString(), formatNumber(e.pods), formatNumber(e.nodes)});
    if (n.maxNodes)
        rows.append({Text{"グループの最大", "Group maximum"}.in(lang), QString(), QString(), QString(), formatNumber(*n.maxNodes)});
    return rows;
}

Rows tableOf(const CanaryPlan &plan, Lang lang)
{
    Rows rows{{Text{"段", "Step"}.in(lang), Text{"内容", "What"}.in(lang), Text{"新しい版 %", "New version, %"}.in(lang), Text{"書かれた重み", "Weight as written"}.in(lang),
               Text{"秒", "Seconds"}.in(lang), Text{"進め方", "Goes on"}.in(lang)}};
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const CanaryStep &s = plan.steps[i];
        const bool beside = plan.background >= 0 && int(i) >= plan.background;
        const Text how = s.person ? Text{"人が決める", "a person decides"}
            : s.analysis || beside ? Text{"分析が判定する", "an analysis decides"}
                                   : Text{"自動", "by itself"};
        rows.append({QString::number(i + 1), s.label, formatNumber(s.weight), s.asked ? formatNumber(*s.asked) : QString(),
                     s.seconds ? formatNumber(*s.seconds) : QString(), how.in(lang)});
    }
    return rows;
}

QString waitText(const std::optional<double> &seconds, Lang lang)
{
    return seconds ? formatMs(*seconds * 1000) : Text{"上限なし", "no limit"}.in(lang);
}

Rows tableOf(const TimeoutPath &path, Lang lang)
{
    Rows rows{{Text{"呼び出し", "Call"}.in(lang), Text{"待つもの", "Waiting"}.in(lang), Text{"試行", "Tries"}.in(lang),
               Text{"1 回", "One try"}.in(lang), Text{"合計", "In all"}.in(lang), Text{"外側の残り", "Outer gives up after"}.in(lang),
               Text{"届く回数", "Arriving"}.in(lang)}};
    std::optional<double> outer;
    int arriving = 1;
    for (const TimeoutHop &hop : path.hops) {
        for (const TimeoutLayer &layer : hop.layers) {
            arriving = int(std::min<qint64>(qint64(arriving) * layer.tries, 1'000'000));
            rows.append({hop.from.in(lang) + QStringLiteral(" → ") + hop.to.in(lang),
                         layer.by == TimeoutLayer::By::Client ? Text{"クライアント", "client"}.in(lang) : QStringLiteral("Istio"),
                         QString::number(layer.tries), waitText(layer.oneTry(), lang), waitText(layer.total(), lang),
                         waitText(outer, lang), formatNumber(arriving)});
        }
        if (const auto own = hop.oneTry())
            outer = outer ? std::min(*outer, *own) : *own;
    }
    return rows;
}

Rows tableOf(const LoadTestPicture &t, Lang lang)
{
    Rows rows{{Text{"投入 req/s / Pod", "Offered, req/s per pod"}.in(lang), Text{"完了 req/s", "Completed, req/s"}.in(lang),
               QStringLiteral("p50"), QStringLiteral("p95"), QStringLiteral("p99"), Text{"エラー", "Errors"}.in(lang),
               Text{"標本", "Samples"}.in(lang), Text{"所見", "Remark"}.in(lang)}};
    for (size_t i = 0; i < t.steps.size(); ++i) {
        const LoadStep &s = t.steps[i];
        QStringList remarks;
        if (t.knee.usable && t.knee.reached && int(i) == t.knee.lastGoodStep)
            remarks << Text{"膝", "knee"}.in(lang);
        if (!s.p95Trusted())
            remarks << Text{"p95 は標本が少ない", "too few samples for p95"}.in(lang);
        else if (!s.p99Trusted())
            remarks << Text{"p99 は標本が少ない", "too few samples for p99"}.in(lang);
        rows.append({rateOrDash(s, s.offered / std::max(1, t.pods)), rateOrDash(s, s.throughput), latencyOrDash(s.p50),
                     latencyOrDash(s.p95), latencyOrDash(s.p99), errorsInWords(s, !t.run || t.run->showsErrors(), lang),
                     samplesOrDash(s), remarks.join(QStringLiteral(" · "))});
    }
    return rows;
}

Rows tableOf(const CapacityPlan &plan, Lang lang)
{
    Rows rows{{Text{"行事", "Event"}.in(lang), Text{"ピーク req/s", "Peak, req/s"}.in(lang),
               Text{"ピークの Pod", "Pods for the peak"}.in(lang), Text{"余裕", "Headroom"}.in(lang),
               Text{"1 AZ 喪失の補填", "For a lost zone"}.in(lang), Text{"必要", "Needed"}.in(lang),
               Text{"HPA 最大", "HPA max"}.in(lang), Text{"不足", "Short by"}.in(lang)}};
    for (const EventPlan &e : plan.events) {
        if (e.unreachable) {
            const QString never = Text{"届かない", "out of reach"}.in(lang);
            rows.append({e.event.name.in(lang), formatNumber(e.event.peakRps), QStringLiteral("—"), QStringLiteral("—"),
                         QStringLiteral("—"), never, plan.maxReplicas ? formatNumber(*plan.maxReplicas) : Text{"不明", "unknown"}.in(lang),
                         never});
            continue;
        }
        const int missing = plan.maxReplicas ? std::max(0, e.needed() - *plan.maxReplicas) : 0;
        rows.append({e.event.name.in(lang), formatNumber(e.event.peakRps), formatNumber(e.peakPods),
                     formatNumber(e.headroomPods), formatNumber(e.zonePods), formatNumber(e.needed()),
                     plan.maxReplicas ? formatNumber(*plan.maxReplicas) : Text{"不明", "unknown"}.in(lang),
                     plan.maxReplicas ? formatNumber(missing) : Text{"不明", "unknown"}.in(lang)});
    }
    return rows;
}

Rows tableOf(const Scaling &s, Lang lang)
{
    Rows rows{{QStringLiteral("Pod"), Text{"実測 req/s", "Measured, req/s"}.in(lang), Text{"効率", "Efficiency"}.in(lang)}};
    if (s.fit)
        rows[0].append(Text{"USL req/s", "USL, req/s"}.in(lang));
    for (size_t i = 0; i < s.points.size(); ++i) {
        QStringList row{formatNumber(s.points[i].pods), formatNumber(s.points[i].throughput),
                        i < s.efficiency.size() ? formatWithUnit(s.efficiency[i] * 100, QStringLiteral("%")) : QString()};
        if (s.fit)
            row.append(formatNumber(s.fit->at(s.points[i].pods)));
        rows.append(row);
    }
    return rows;
}

Rows tableOf(const SeriesPicture &picture, Lang lang)
{
    Rows rows{{Text{"系列", "Series"}.in(lang), Text{"時刻", "Time"}.in(lang), Text{"値", "Value"}.in(lang)}};
    const QStringList names = namesOf(picture.series);
    const QTimeZone zone = zoneNamed(picture.timeZone);
    for (size_t i = 0; i < picture.series.size(); ++i) {
        const MetricSeries &s = picture.series[i];
        for (const auto &[at, value] : s.points) {
            const QString shown = !std::isfinite(value) ? Text{"値なし", "no value"}.in(lang) : formatWithUnit(value, s.unit);
            rows.append({names[qsizetype(i)], QDateTime::fromMSecsSinceEpoch(qRound64(at * 1000), zone).toString(Qt::ISODate), shown});
        }
    }
    for (const SeriesThreshold &t : picture.thresholds) {
        const Text kind = t.critical ? Text{"警報", "critical"} : Text{"注意", "warning"};
        rows.append({t.monitor, kind.in(lang), (t.comparator + u' ' + formatWithUnit(t.value, picture.series.empty() || t.series >= picture.series.size()
            ? QString() : picture.series[t.series].unit)).trimmed()});
    }
    return rows;
}

} // namespace

QList<QStringList> pictureTable(const Picture &picture, Lang lang)
{
    return std::visit([lang](const auto &p) -> Rows {
        if constexpr (requires { tableOf(p, lang); })
            return tableOf(p, lang);
        else
            return {};
    }, picture);
}

} // namespace tenken
