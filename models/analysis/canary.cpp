// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/canary.h>

#include <analysis/fields.h>
#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

bool CanaryPlan::isPartial() const
{
    return std::ranges::any_of(steps, [](const CanaryStep &s) {
        return (s.weight > 0 && s.weight < 100) || s.kind == CanaryStep::Kind::Match || s.kind == CanaryStep::Kind::Experiment;
    });
}

bool CanaryPlan::isAnalysed() const
{
    return background >= 0 || std::ranges::any_of(steps, &CanaryStep::analysis);
}

bool CanaryPlan::waitsForPerson() const
{
    return std::ranges::any_of(steps, &CanaryStep::person);
}

std::optional<double> CanaryPlan::seconds() const
{
    if (waitsForPerson())
        return std::nullopt;
    double sum = 0;
    for (const CanaryStep &s : steps)
        sum += s.seconds.value_or(0);
    return sum;
}

double CanaryPlan::worstRounding() const
{
    double worst = 0;
    for (const CanaryStep &s : steps)
        worst = std::max(worst, s.asked ? std::abs(*s.asked - s.weight) : 0.0);
    return worst;
}

CanaryPods canaryPods(int replicas, int weight, int maxSurge)
{
    if (replicas <= 0)
        return {};
    const double share = double(replicas) * weight / 100;
    const int up = int(std::ceil(share - 1e-9)), down = int(std::floor(share + 1e-9));
    // No pod at all is allowed only where none or all were asked for, or where a single one cannot be doubled.
    const bool zeroAllowed = weight >= 100 || weight <= 0 || (replicas == 1 && maxSurge == 0);
    std::vector<CanaryPods> options;
    if (up < replicas || zeroAllowed)
        options.push_back({up, replicas});
    if (down != 0 || zeroAllowed)
        options.push_back({down, replicas});
    if (maxSurge > 0) {
        options.push_back({up, replicas + 1});
        if (down != 0 || zeroAllowed)
            options.push_back({down, replicas + 1});
    }
    if (options.empty())
        return {0, replicas};
    if (weight >= 100)
        return {replicas, replicas};
    return *std::ranges::min_element(options, {}, [weight](const CanaryPods &o) { return std::abs(o.percent() - weight); });
}

std::optional<double> argoSeconds(Yaml node)
{
    if (const std::optional<double> n = node.number(); n && *n >= 0)
        return n;
    bool isNumber = false;
    const double n = node.string().toDouble(&isNumber);
    return isNumber && n >= 0 ? std::optional(n) : durationSeconds(node.text());
}

namespace {

using Kind = CanaryStep::Kind;

QString templatesOf(Yaml analysis)
{
    QStringList names;
    for (const Yaml t : analysis["templates"].items())
        names.append(t["templateName"].string());
    return names.join(QStringLiteral(", "));
}

struct ArgoReader {
    CanaryPlan &plan;
    int maxSurge = 0;
    double most = 100;   ///< trafficRouting.maxTrafficWeight
    double weight = 0;
    std::optional<double> asked = {};

    void add(Kind kind, const QString &label, Yaml node)
    {
        CanaryStep s;
        s.kind = kind;
        s.weight = weight;
        s.asked = asked;
        s.label = label;
        s.span = node.span();
        plan.steps.push_back(std::move(s));
    }

    void setWeight(Yaml node)
    {
        const std::optional<qint64> n = node.integer();
        plan.readable = plan.readable && n.has_value();
        const double percent = std::clamp(100.0 * double(n.value_or(0)) / most, 0.0, 100.0);
        asked.reset();
        weight = percent;
        if (plan.byPods && plan.replicasKnown) {
            weight = canaryPods(plan.replicas, int(std::lround(percent)), maxSurge).percent();
            if (std::abs(weight - percent) > 0.5)
                asked = percent;
        }
        add(Kind::Weight, QStringLiteral("setWeight %1").arg(node.string()), node);
    }

    void pause(Yaml node)
    {
        add(Kind::Pause, QStringLiteral("pause"), node);
        const Yaml duration = node["duration"];
        if (!duration || duration.isNull()) {
            plan.steps.back().person = true;
            return;
        }
        plan.steps.back().seconds = argoSeconds(duration);
        plan.readable = plan.readable && plan.steps.back().seconds.has_value();
    }

    void step(Yaml node)
    {
        if (node["setWeight"]) {
            setWeight(node["setWeight"]);
        } else if (node["pause"].exists()) {
            pause(node["pause"]);
        } else if (node["analysis"]) {
            add(Kind::Analysis, templatesOf(node["analysis"]), node["analysis"]);
            plan.steps.back().analysis = true;
        } else if (node["experiment"]) {
            add(Kind::Experiment, QStringLiteral("experiment"), node["experiment"]);
            plan.steps.back().seconds = argoSeconds(node["experiment"]["duration"]);
            plan.steps.back().analysis = node["experiment"]["analyses"].size() > 0;
        } else if (node["setHeaderRoute"]["match"].size() > 0) {
            add(Kind::Match, QStringLiteral("setHeaderRoute"), node["setHeaderRoute"]);
        } else if (node["setMirrorRoute"]["match"].size() > 0) {
            add(Kind::Mirror, QStringLiteral("setMirrorRoute"), node["setMirrorRoute"]);
        } else {
            add(Kind::Other, node.keys().value(0), node);
        }
    }

    void promote()
    {
        weight = 100;
        asked.reset();
        add(Kind::Promote, QStringLiteral("100 %"), {});
    }
};

void readBlueGreen(Yaml blueGreen, CanaryPlan &plan)
{
    plan.means = CanaryPlan::Means::BlueGreen;
    ArgoReader reader{plan};
    if (blueGreen["prePromotionAnalysis"]) {
        reader.add(Kind::Analysis, templatesOf(blueGreen["prePromotionAnalysis"]), blueGreen["prePromotionAnalysis"]);
        plan.steps.back().analysis = true;
    }
    if (blueGreen["autoPromotionEnabled"].boolean() == false && !blueGreen["autoPromotionSeconds"]) {
        reader.add(Kind::Pause, QStringLiteral("pause"), blueGreen["autoPromotionEnabled"]);
        plan.steps.back().person = true;
    }
    reader.promote();
    if (blueGreen["postPromotionAnalysis"]) {
        reader.add(Kind::Analysis, templatesOf(blueGreen["postPromotionAnalysis"]), blueGreen["postPromotionAnalysis"]);
        plan.steps.back().analysis = true;
    }
}

} // namespace

CanaryPlan argoPlan(const KubeObject &rollout, int replicas, bool replicasKnown)
{
    CanaryPlan plan;
    plan.object = rollout.title();
    plan.replicas = replicas;
    plan.replicasKnown = replicasKnown;
    const Yaml strategy = rollout.node["spec"]["strategy"];
    if (strategy["blueGreen"].exists()) {
        readBlueGreen(strategy["blueGreen"], plan);
        return plan;
    }
    const Yaml canary = strategy["canary"];
    plan.byPods = canary["trafficRouting"].size() == 0;
    ArgoReader reader{plan};
    const Yaml surge = canary["maxSurge"];
    reader.maxSurge = surge && !surge.isNull() ? resolveIntOrPercent(surge, replicas, Rounding::Up).value_or(0) : (replicas + 3) / 4;
    reader.most = std::max<double>(1, double(canary["trafficRouting"]["maxTrafficWeight"].integer().value_or(100)));
    constexpr size_t mostSteps = 200;
    for (const Yaml step : canary["steps"].items()) {
        if (plan.steps.size() < mostSteps)
            reader.step(step);
    }
    reader.promote();
    const qint64 first = std::max<qint64>(0, canary["analysis"]["startingStep"].integer().value_or(0));
    if (canary["analysis"]["templates"].size() > 0 && (first == 0 || first < qint64(plan.steps.size()) - 1)) // the last one is the promotion
        plan.background = int(first);
    return plan;
}

namespace {

std::vector<double> flaggerWeights(Yaml analysis, CanaryPlan &plan)
{
    constexpr size_t mostSteps = 100;
    std::vector<double> weights;
    for (const Yaml w : analysis["stepWeights"].items()) {
        plan.readable = plan.readable && w.integer().has_value();
        if (weights.size() < mostSteps)
            weights.push_back(double(w.integer().value_or(0)));
    }
    const IntField step = intField(analysis, "stepWeight", 0), most = intField(analysis, "maxWeight", 100);
    plan.readable = plan.readable && step.known && most.known;
    if (weights.empty() && step.value > 0) {
        for (int w = step.value; w <= std::min(most.value, 100) && weights.size() < mostSteps; w += step.value)
            weights.push_back(w);
    }
    return weights;
}

void addGate(Yaml webhooks, const char *type, double weight, CanaryPlan &plan)
{
    for (const Yaml hook : webhooks.items()) {
        if (hook["type"].text() != type)
            continue;
        CanaryStep s;
        s.kind = Kind::Pause;
        s.weight = weight;
        s.person = true;
        s.label = QString::fromLatin1(type);
        s.span = hook.span();
        plan.steps.push_back(std::move(s));
    }
}

} // namespace

CanaryPlan flaggerPlan(const KubeObject &canary)
{
    CanaryPlan plan;
    plan.means = CanaryPlan::Means::Flagger;
    plan.object = canary.title();
    const Yaml spec = canary.node["spec"];
    const Yaml analysis = spec["analysis"].isMap() ? spec["analysis"] : spec["canaryAnalysis"];
    plan.skipped = spec["skipAnalysis"].boolean().value_or(false);
    const std::optional<double> interval = analysis["interval"] ? durationSeconds(analysis["interval"].text()) : std::optional(60.0);
    plan.readable = interval.has_value();
    const bool analysed = analysis["metrics"].size() > 0;
    addGate(analysis["webhooks"], "confirm-rollout", 0, plan);
    const auto add = [&](Kind kind, double weight, std::optional<double> seconds, const QString &label) {
        CanaryStep s{.kind = kind, .weight = weight, .asked = {}, .seconds = seconds, .person = false, .analysis = analysed, .label = label, .span = analysis.span()};
        plan.steps.push_back(std::move(s));
    };
    const std::vector<double> weights = flaggerWeights(analysis, plan);
    const int iterations = std::clamp(intField(analysis, "iterations", 0).value, 0, 100);
    if (analysis["mirror"].boolean().value_or(false))
        add(Kind::Mirror, 0, interval, QStringLiteral("mirror"));
    if (iterations > 0) {
        const Kind kind = analysis["match"].size() > 0 ? Kind::Match : Kind::Analysis;
        add(kind, 0, interval ? std::optional(*interval * iterations) : std::nullopt, QStringLiteral("× %1").arg(iterations));
    } else {
        for (const double w : weights)
            add(Kind::Weight, w, interval, QStringLiteral("%1 %").arg(formatNumber(w)));
    }
    addGate(analysis["webhooks"], "confirm-promotion", weights.empty() ? 0 : weights.back(), plan);
    add(Kind::Promote, 100, {}, QStringLiteral("100 %"));
    plan.steps.back().analysis = false;
    return plan;
}

} // namespace tenken
