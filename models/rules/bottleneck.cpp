// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverage.h>
#include <analysis/dashboards.h>
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/guides.h>
#include <rules/saturation.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text &title()
{
    static const Text text{"警報のときに見るダッシュボード", "Dashboard to look at when an alert fires"};
    return text;
}

// "https://ap1.datadoghq.com/dashboard/abc-def-ghi/name?x" → "abc-def-ghi"; of Grafana "https://g.example/d/abc/name"
QString dashboardId(const QString &link)
{
    const qsizetype at = link.indexOf(u"/dashboard/");
    const qsizetype grafana = link.indexOf(u"/d/");
    const QString id = at >= 0 ? link.sliced(at + 11) : grafana >= 0 ? link.sliced(grafana + 3) : link;
    return id.section(u'/', 0, 0).section(u'?', 0, 0).section(u'#', 0, 0);
}

QStringList linkedDashboards(const RuleContext &context)
{
    QStringList ids;
    for (const Guide &guide : guidesOf(context, u"oncall"_s)) {
        if (!guide.document)
            continue;
        for (const Link &link : guide.document->links) {
            if (link.url.contains(u"/dashboard/") || link.url.contains(u"/d/"))
                ids << dashboardId(link.url);
        }
    }
    return ids;
}

/// The dashboards of the service: the declared one; else those that the on-call guide links to; else those
/// whose queries name the service.
std::vector<DashboardCover> coversOf(const RuleContext &context, bool *declaredMissing)
{
    const auto &declared = context.service().dashboard;
    const QStringList linked = linkedDashboards(context);
    std::vector<DashboardCover> named, guided;
    const ServiceNames names = serviceNames(context.evidence);
    for (const Dashboard &d : context.evidence.datadog.dashboards) {
        const DashboardCover cover = coverOf(d, names, context.service());
        if (declared && d.id == dashboardId(*declared))
            return {cover};
        if (linked.contains(d.id))
            guided.push_back(cover);
        else if (cover.aboutService)
            named.push_back(cover);
    }
    *declaredMissing = bool(declared);
    if (declared)
        return {};
    return guided.empty() ? named : guided;
}

struct Missing {
    std::vector<Text> what;
    Text text;
};

Missing missingIn(const DashboardCover &cover, const Service &service)
{
    Missing missing;
    for (const Shows what : everythingShown) {
        if (!cover.shown.contains(what))
            missing.what.push_back(label(what));
    }
    for (const Dependency &d : service.dependencies ? *service.dependencies : std::vector<Dependency>()) {
        if (!cover.dependencies.contains(d.id))
            missing.what.push_back(Text{"依存先 %1", "dependency %1"}.arg(d.id));
    }
    for (const Text &t : missing.what)
        missing.text = missing.text.isEmpty() ? t : Text{"%1、%2", "%1, %2"}.arg(missing.text, t);
    return missing;
}

Finding judgeDashboard(const RuleContext &context, const std::vector<DashboardCover> &covers)
{
    const DashboardCover &best = *std::ranges::max_element(covers, {}, &DashboardCover::count);
    const Service &service = context.service();
    const size_t dependencies = service.dependencies ? service.dependencies.value->size() : 0;
    Finding f = findingFor(context, title());
    f.object = u"Dashboard/"_s + best.dashboard->title;
    f.file = best.dashboard->file;
    f.span = best.dashboard->span;
    const Missing missing = missingIn(best, service);
    const size_t all = std::size(everythingShown) + dependencies;
    f.measured = Text{"%1 種類", "%1 kinds"}.arg(all - missing.what.size());
    f.wanted = Text{"%1 種類（要求・誤り・遅延、CPU・メモリ・Pod、依存先 %2）",
                    "%1 kinds (requests, errors, latency, CPU, memory, pods, %2 dependencies)"}
                   .arg(all, dependencies);
    for (const auto &[what, widget] : best.shown)
        addMark(f, best.dashboard->file, widget->span, label(what));
    for (const auto &[id, widget] : best.dependencies)
        addMark(f, best.dashboard->file, widget->span, sameText(id));
    const Text remedy =
        Text{"ダッシュボードに %1 を足してください。", "Add %1 to the dashboard."}.arg(missing.text);
    if (missing.what.empty())
        return service.dependencies
            ? say(f, Verdict::Pass,
                  {"アプリケーション、基盤、宣言した依存先のすべてが一枚にあります。",
                   "Application, infrastructure and every declared dependency are on one page."})
            : say(f, Verdict::Unknown,
                  {"依存先が宣言されておらず、依存先のすべてかは分かりません。",
                   "No dependencies are declared, so whether all of them are shown is not known."},
                  {"service.yaml に `dependencies` を書いてください（なければ `[]`）。",
                   "Write `dependencies` in service.yaml (`[]` if there are none)."});
    DashboardCover together;
    for (const DashboardCover &c : covers) {
        together.shown.insert(c.shown.begin(), c.shown.end());
        together.dependencies.insert(c.dependencies.begin(), c.dependencies.end());
    }
    if (missingIn(together, service).what.empty())
        return say(f, Verdict::Warn,
                   Text{"このダッシュボードにない %1 は、別のダッシュボードにあります。",
                        "%1 is not on this dashboard, but on another one."}
                       .arg(missing.text),
                   remedy);
    return say(
        f, Verdict::Fail,
        Text{"ダッシュボードに %1 がありません。", "The dashboard does not show %1."}.arg(missing.text),
        remedy);
}

Finding withoutDashboard(const RuleContext &context, bool declaredMissing)
{
    if (!context.service().hasMonitorSource())
        return undeclared(context, title(), {"ダッシュボード", "The dashboard"}, u"evidence.datadog"_s,
                          u"evidence:\n  datadog: readiness/datadog"_s);
    Finding f = findingInService(context, title(), context.service().dashboard.span);
    const Text remedy{"`GET /api/v1/dashboard/{id}` の応答を、手を加えずにスナップショットに置いてください。",
                      "Put the answer of `GET /api/v1/dashboard/{id}` unmodified into the snapshot."};
    if (declaredMissing)
        return say(f, Verdict::Unknown,
                   Text{"宣言したダッシュボード %1 がスナップショットにありません。",
                        "The declared dashboard %1 is not in the snapshot."}
                       .arg(dashboardId(*context.service().dashboard)),
                   remedy);
    // The snapshot holds the dashboards that somebody picked: others may exist.
    return say(f, Verdict::Unknown,
               {"このサービスのダッシュボードがスナップショットにありません。",
                "The snapshot has no dashboard of this service."},
               remedy);
}

std::vector<Finding> judge(const RuleContext &context)
{
    bool declaredMissing = false;
    const auto covers = coversOf(context, &declaredMissing);
    std::vector<Finding> findings;
    findings.push_back(covers.empty() ? withoutDashboard(context, declaredMissing)
                                      : judgeDashboard(context, covers));
    findings.push_back(judgeSaturation(context));
    return findings;
}

} // namespace

Rule bottleneckRule()
{
    return {
        "bottleneck",
        {"警報のときに見るものが一枚のダッシュボードにあり、膝で飽和する資源の名が言えるか",
         "Whether one dashboard shows what to look at when an alert fires, and what saturates at the knee "
         "has a name"},
        {"ダッシュボードは service.yaml の "
         "`monitoring.dashboard`、なければオンコールガイドのリンク、なければ問い合わせが"
         "このサービスを名指すものです。入れ子のグループと式を開き、変数は既定値で埋め、要求・誤り・遅延、CPU"
         "・メモリ・"
         "Pod "
         "の数、宣言した依存先ごとのウィジェットを探します。ほかのサービスや環境の問い合わせは数えません。足りない"
         "ものは名を"
         "挙げて不合格、別のダッシュボードにあれば注意です。飽和は、膝の時刻のメトリクスで utilization "
         "以上に達した"
         "資源を挙げます。なければ不明で、レビューでチームが答えます。\n出典: "
         "docs.datadoghq.com/api/latest/dashboards",
         "The dashboard is `monitoring.dashboard` of service.yaml, else one that the on-call guide links to, "
         "else "
         "one whose queries name the service. Groups and formulas are opened and variables take their "
         "defaults; "
         "widgets are sought for requests, errors, latency, CPU, memory, pods and each declared dependency. "
         "Queries "
         "of other services or environments do not count. What is missing is named: fail, or warn where another dashboard "
         "has it. "
         "What saturates are the resources that reach `utilization` in the metrics around the knee; without "
         "any it "
         "is unknown, and the team answers in the review.\nSource: docs.datadoghq.com/api/latest/dashboards"},
        {{"utilization",
          0.8,
          "",
          RuleParameter::Stricter::Higher,
          {"飽和とみなす使用率", "Use from which a resource counts as saturated"}}},
        judge,
        Rule::Source::Datadog};
}

} // namespace tenken
