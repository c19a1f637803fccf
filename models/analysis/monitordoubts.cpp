// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>
#include <evidence/numbers.h>

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace tenken
{

using namespace Qt::StringLiterals;

std::optional<double> criticalThreshold(const Monitor &monitor)
{
    const QJsonValue critical = monitor.options.value(u"thresholds").toObject().value(u"critical");
    if (critical.isDouble())
        return critical.toDouble();
    bool ok = false;
    const double written = critical.toString().toDouble(&ok);
    return ok ? std::optional(written) : parseMonitorQuery(monitor).threshold;
}

namespace
{

/// The same signal of the same things: `ratio1h > x and ratio5m > x`.
bool looksAtTheSame(const QueryPart &a, const QueryPart &b)
{
    return a.metric == b.metric && a.counts == b.counts && a.scope == b.scope;
}

/// Errors and latency of one host or release alone: it is silent about all others.
void doubtNarrow(const Monitor &monitor, const MonitorQuery &query, std::vector<Text> &doubts)
{
    static const QStringList keys = {"host",         "hostname",    "pod_name",         "version",
                                     "container_id", "instance_id", "availability-zone"};
    if (monitor.source != Monitor::Source::Datadog)
        return;
    for (const QueryPart &part : query.watched()) {
        const bool answers =
            countsServerErrors(part) || countsErrors(part) || measuresLatency(part, query.comparator);
        if (isDependencyMetric(part.metric) || !answers)
            continue;
        // "id-auth.example.com" is whom the requests are for.
        const auto one = std::ranges::find_if(part.scope, [](const ScopeTerm &t) {
            const bool open = t.value.contains(u'*') || t.value.startsWith(u'$');
            const bool address = t.key.startsWith(u"host") && t.value.contains(u'.');
            return keys.contains(t.key) && !t.negative && !t.alternative && !open && !address;
        });
        if (one == part.scope.end())
            continue;
        doubts.push_back(
            Text{"見ているのは `%1:%2` だけです。", "It looks at `%1:%2` alone."}.arg(one->key, one->value));
        return;
    }
}

void doubtSilence(const Monitor &monitor, const MonitorQuery &query, std::vector<Text> &doubts)
{
    if (monitor.options.isEmpty() || monitor.source != Monitor::Source::Datadog)
        return; // nothing is said of what is set
    const auto parts = query.watched();
    const bool metric = std::ranges::any_of(parts, [](const QueryPart &p) { return !p.search; });
    if (query.comparator.startsWith(u'<') && metric && !monitor.noData.notifies)
        doubts.push_back({"下限の監視ですが、データが途絶えたときに通知しません。",
                          "It watches a lower bound, yet does not notify when data stop coming."});
    const bool aws = std::ranges::any_of(
        parts, [](const QueryPart &p) { return p.metric.startsWith(u"aws.") && !p.search; });
    if (aws && monitor.options.value(u"evaluation_delay").toVariant().toDouble() <= 0)
        doubts.push_back({"AWS のメトリクスは遅れて届きますが、評価の遅延 (evaluation_delay) がありません。",
                          "Metrics of AWS arrive late, and it has no evaluation_delay."});
}

} // namespace

std::vector<Text> doubtsAbout(const Monitor &monitor)
{
    return doubtsAbout(monitor, parseMonitorQuery(monitor));
}

std::vector<Text> doubtsAbout(const Monitor &monitor, const MonitorQuery &query)
{
    static const QRegularExpression percentile(u"(?<![a-z0-9])p(\\d{2,3})(?!\\d)"_s,
                                               QRegularExpression::CaseInsensitiveOption);
    std::vector<Text> doubts;
    const auto critical = criticalThreshold(monitor);
    if (critical && query.threshold
        && std::abs(*critical - *query.threshold) > 1e-9 * std::max(1.0, std::abs(*critical)))
        doubts.push_back(Text{"問い合わせの閾値 %1 と設定の閾値 %2 が違います。",
                              "The query's threshold %1 differs from the option's %2."}
                             .arg(formatNumber(*query.threshold), formatNumber(*critical)));
    const QString named = percentile.match(monitor.name).captured(1);
    for (const QueryPart &part : query.watched()) {
        if (!named.isEmpty() && part.aggregator.startsWith(u'p') && part.aggregator != u'p' + named)
            doubts.push_back(
                Text{"名前は p%1 ですが、見ているのは %2 です。", "Its name says p%1, yet it watches %2."}
                    .arg(named, part.aggregator));
        const auto placeholder =
            std::ranges::find_if(part.scope, [](const ScopeTerm &t) { return t.value.startsWith(u'$'); });
        if (placeholder != part.scope.end())
            doubts.push_back(
                Text{"`%1` が埋められていません。", "`%1` was never filled in."}.arg(placeholder->value));
    }
    // A floor of traffic is no doubt, nor the same in another window; any other condition may keep it quiet.
    const auto guard = std::ranges::find_if(query.parts, [&](const QueryPart &p) {
        return p.guard && p.counts != QueryPart::Counts::Load
            && std::ranges::none_of(query.parts,
                                    [&](const QueryPart &o) { return !o.guard && looksAtTheSame(o, p); });
    });
    if (guard != query.parts.end())
        doubts.push_back(Text{"鳴るのは `%1` の条件も満たすときだけです。",
                              "It fires only while a condition on `%1` holds too."}
                             .arg(guard->metric));
    doubtNarrow(monitor, query, doubts);
    static const QRegularExpression outliers(u"\\boutliers\\s*\\("_s);
    if (monitor.source == Monitor::Source::Datadog && outliers.match(monitor.query).hasMatch())
        doubts.push_back(
            {"ほかと違うものを知らせます。すべてが同じように悪いと鳴りません。",
             "It tells of one that differs from the others: it is silent when all are alike bad."});
    doubtSilence(monitor, query, doubts);
    return doubts;
}

namespace
{

Text datadogSays(const QString &issue)
{
    static const QHash<QString, Text> known = {
        {u"muted_duration_over_sixty_days"_s, {"60 日を超えて消音", "muted for more than 60 days"}},
        {u"alerted_too_long"_s, {"警報が長く続いている", "in alert for too long"}},
        {u"noisy_monitor"_s, {"頻繁に鳴る", "noisy"}},
        {u"broken_at_handle"_s, {"宛先が壊れている", "a broken receiver"}},
        {u"crawler_metric_missing_eval_delay"_s, {"評価の遅延がない", "no evaluation delay"}},
        {u"composite_has_deleted_constituents"_s, {"元の監視が消された", "deleted constituents"}},
        {u"missing_at_handle"_s, {"宛先がない", "no receiver"}}};
    return Text{"Datadog の指摘: %1", "Datadog says: %1"}.arg(known.value(issue, sameText(issue)));
}

} // namespace

std::vector<Text> remarksOn(const Monitor &monitor, const MonitorQuery &query)
{
    std::vector<Text> remarks;
    for (const QString &issue : monitor.qualityIssues)
        remarks.push_back(datadogSays(issue));
    if (monitor.options.contains(u"inhibited_by"))
        remarks.push_back(Text{"%1 が鳴っている間は抑えられることがあります (inhibit_rules)。",
                               "It may be held back while %1 fires (inhibit_rules)."}
                              .arg(monitor.options.value(u"inhibited_by").toArray().at(0).toString()));
    if (monitor.overallState == u"Alert" || monitor.overallState == u"No Data")
        remarks.push_back(Text{"採取したとき %1 でした。", "It stood in %1 when it was captured."}.arg(
            monitor.overallState));
    if (std::ranges::any_of(query.parts, &QueryPart::denominator))
        remarks.push_back({"比の監視です。要求が少ないとき、1 件の失敗で鳴ることがあります。",
                           "It watches a ratio: with little traffic a single failure may set it off."});
    if (monitor.priority == 0 && monitor.source == Monitor::Source::Datadog)
        remarks.push_back({"優先度が付いていません。", "It has no priority."});
    return remarks;
}

} // namespace tenken
