// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictures.h>

#include <parts/charts.h>
#include <parts/charts/seriespanels.h>

#include <algorithm>

namespace tenken {

namespace {

template<typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

qreal chartHeight(qreal width, const PictureStyle &style) { return std::clamp(width * 0.46, 260 * style.scale, 420 * style.scale); }

} // namespace

qreal pictureHeight(const Picture &picture, qreal width, const PictureStyle &style)
{
    return std::visit(Overloaded{
        [&](const Timeline &t) { return timelineHeight(t, style); },
        [&](const ZoneLoss &z) { return zoneLossHeight(z, style); },
        [&](const CanaryPlan &plan) { return canaryHeight(plan, style); },
        [&](const TimeoutPath &t) { return timeoutPathHeight(t, style); },
        [&](const NodePacking &n) { return nodePackingHeight(n, style); },
        [&](const Rollout &) { return 260 * style.scale; },
        [&](const CapacityPlan &plan) { return style.scale * (100 + 60 * std::max<qreal>(2, qreal(plan.events.size()))); },
        [&](const LoadTestPicture &) { return chartHeight(width, style); },
        [&](const Scaling &) { return chartHeight(width, style); },
        [&](const SeriesPicture &s) { return chartHeight(width, style) * 0.8 + style.scale * 110 * qreal(panelCount(s) - 1); },
        [](const auto &) { return 0.0; }}, picture);
}

void drawPicture(QPainter &p, const QRectF &box, const Picture &picture, const PictureStyle &style)
{
    if (box.isEmpty())
        return;
    std::visit(Overloaded{
        [&](const Timeline &t) { drawTimeline(p, box, t, style); },
        [&](const Rollout &r) { drawRollout(p, box, r, style); },
        [&](const ZoneLoss &z) { drawZoneLoss(p, box, z, style); },
        [&](const CanaryPlan &plan) { drawCanary(p, box, plan, style); },
        [&](const TimeoutPath &t) { drawTimeoutPath(p, box, t, style); },
        [&](const NodePacking &n) { drawNodePacking(p, box, n, style); },
        [&](const LoadTestPicture &t) { drawChart(p, box, kneeChart(t, style)); },
        [&](const CapacityPlan &plan) { drawChart(p, box, capacityChart(plan, style)); },
        [&](const Scaling &s) { drawChart(p, box, scalingChart(s, style)); },
        [&](const SeriesPicture &s) { drawChart(p, box, seriesChart(s, style)); },
        [](const auto &) {}}, picture);
}

Text pictureTitle(const Picture &picture)
{
    return std::visit(Overloaded{
        [](const Timeline &t) { return t.title; },
        [](const Rollout &) { return Text{"入れ替え中に Pod は足りるか", "Do enough pods stay ready while rolling out?"}; },
        [](const ZoneLoss &) { return Text{"AZ を 1 つ失っても足りるか", "Is it enough when one zone is lost?"}; },
        [](const CanaryPlan &) { return Text{"新しい版はどう広がり、誰が決めるか", "How does the new version spread, and who decides?"}; },
        [](const TimeoutPath &t) {
            return t.stormLimit > 0 ? Text{"1 つの要求は何回になるか", "How often does one request arrive?"}
                                    : Text{"内側の待ちは外側より短いか", "Does the inner wait end before the outer?"};
        },
        [](const NodePacking &) { return Text{"1 ノードに何が載るか", "What fits on a node?"}; },
        [](const LoadTestPicture &) { return Text{"遅延が跳ねるのはどこか", "Where does latency jump?"}; },
        [](const CapacityPlan &) { return Text{"行事に足りるか", "Is it enough for the events?"}; },
        [](const Scaling &) { return Text{"Pod を増やすと伸びるか", "Does it grow with more pods?"}; },
        [](const SeriesPicture &s) { return s.title; },
        [](const MessagePicture &m) { return sameText(m.monitor.name); },
        [](const DocumentPicture &d) { return sameText(d.document.file); },
        [](std::monostate) { return Text{}; }}, picture);
}

bool isDrawable(const Picture &picture)
{
    return std::visit(Overloaded{
        [](const Timeline &t) { return !t.rows.empty(); },
        [](const Rollout &r) { return !r.steps.empty(); },
        [](const ZoneLoss &z) { return !z.best.empty() || !z.worst.empty(); },
        [](const CanaryPlan &plan) { return !plan.steps.empty(); },
        [](const TimeoutPath &t) { return std::ranges::any_of(t.hops, [](const TimeoutHop &h) { return !h.layers.empty(); }); },
        [](const NodePacking &n) { return n.node.capacity.cpu > 0; },
        [](const LoadTestPicture &t) { return !t.steps.empty() || t.run != nullptr; },
        [](const CapacityPlan &plan) { return !plan.events.empty(); },
        [](const Scaling &s) { return !s.points.empty(); },
        [](const SeriesPicture &s) { return !s.series.empty() || !s.instead.isEmpty(); },
        [](const auto &) { return false; }}, picture);
}

} // namespace tenken
