// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/capacity.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr int mostPods = 1'000'000;
constexpr double leastR2 = 0.9; // a law that does not describe the tests is not planned with
const std::vector<ScalingPoint> noPoints;

/// Rounds up, but not for a hair of floating point: 0.3 × 1000 ÷ 100 is 3 pods, not 4.
int podsFor(double exact)
{
    if (!(exact < mostPods)) // not a number either: never fewer pods for a number that makes no sense
        return mostPods;
    return int(std::max(0.0, std::ceil(exact - 1e-9 * std::max(1.0, exact))));
}

/// The law's shape, scaled to the throughput of one pod that is planned with.
class ScaledLaw
{
public:
    ScaledLaw(const UslFit &law, double perPod) : m_law(law), m_scale(perPod / law.at(1)) {}

    double at(int pods) const { return m_scale * m_law.at(pods); }

    /// The pod count with the most throughput: beside the law's peak, or as many as there can be.
    int best() const
    {
        const auto peak = m_law.peakPods();
        if (!peak || !(*peak < mostPods))
            return mostPods;
        const int below = std::max(1, int(std::floor(*peak)));
        return at(below + 1) > at(below) ? below + 1 : below;
    }

    /// The fewest pods that carry a rate; nothing when no number does.
    std::optional<int> podsFor(double rps) const
    {
        const auto carries = [&](int pods) { return at(pods) * (1 + 1e-9) >= rps; };
        if (rps <= 0)
            return 0;
        int low = 0, high = best(); // throughput grows up to there
        if (!carries(high))
            return {};
        while (high - low > 1) {
            const int middle = low + (high - low) / 2;
            (carries(middle) ? high : low) = middle;
        }
        return high;
    }

private:
    UslFit m_law;
    double m_scale = 1;
};

bool plansByLaw(const ScaleOut &scaleOut, int divided)
{
    if (!scaleOut.law || !(scaleOut.law->at(1) > 0) || !(scaleOut.law->r2 >= leastR2))
        return false;
    // An α that its own error does not tell from none is noise of the tests.
    const bool bends = scaleOut.law->beta > 0 || scaleOut.law->alpha > 2 * scaleOut.law->alphaError;
    return bends || divided > scaleOut.mostTested;
}

/// What pods were seen to carry: straight between two tested counts, beyond them as little per pod as was ever seen,
/// and never more than one pod's throughput times their number.
class TestedCurve
{
public:
    TestedCurve(const std::vector<ScalingPoint> &points, double perPod) : m_points(points), m_perPod(perPod)
    {
        m_least = perPod;
        for (const ScalingPoint &p : points)
            m_least = std::min(m_least, tolerance * p.throughput / p.pods);
    }

    double at(int pods) const
    {
        const auto above = std::ranges::lower_bound(m_points, pods, {}, &ScalingPoint::pods);
        if (above == m_points.end())
            return m_least * pods;
        double seen = above->throughput * pods / above->pods;
        if (above != m_points.begin()) {
            const ScalingPoint &below = *std::prev(above);
            seen = std::lerp(below.throughput, above->throughput, double(pods - below.pods) / (above->pods - below.pods));
        }
        return std::min(m_perPod * pods, tolerance * seen);
    }

    int podsFor(double rps) const
    {
        int pods = tenken::podsFor(rps / m_perPod);
        const int tested = m_points.empty() ? 0 : m_points.back().pods;
        while (pods <= tested && at(pods) * (1 + 1e-9) < rps)
            ++pods;
        return pods > tested ? std::max(pods, tenken::podsFor(rps / m_least)) : pods;
    }

private:
    static constexpr double tolerance = 1.01; // for counting, as where a declared throughput is held against a knee
    const std::vector<ScalingPoint> &m_points;
    double m_perPod = 0, m_least = 0;
};

int zoneSpare(int pods, int zones)
{
    return zones >= 2 ? podsFor(double(pods) * zones / (zones - 1)) - pods : 0;
}

void planByDivision(EventPlan &pods, const CapacityPlan &plan, double withHeadroomRps)
{
    // A law that describes the tests has no bend here: what single tests lack of the line is noise.
    const bool straight = plan.scaleOut.law && plan.scaleOut.law->r2 >= leastR2;
    const TestedCurve curve(straight ? noPoints : plan.scaleOut.points, plan.perPodRps);
    pods.peakPods = curve.podsFor(pods.event.peakRps);
    const int withHeadroom = curve.podsFor(withHeadroomRps);
    pods.byTests = withHeadroom > podsFor(withHeadroomRps / plan.perPodRps);
    pods.headroomPods = withHeadroom - pods.peakPods;
    pods.zonePods = zoneSpare(withHeadroom, plan.options.zones);
}

void planByLaw(EventPlan &pods, const CapacityPlan &plan, double withHeadroomRps)
{
    const ScaledLaw law(*plan.scaleOut.law, plan.perPodRps);
    pods.byLaw = true;
    pods.mostRps = law.at(law.best());
    const auto peak = law.podsFor(pods.event.peakRps), withHeadroom = law.podsFor(withHeadroomRps);
    const int spare = withHeadroom ? zoneSpare(*withHeadroom, plan.options.zones) : 0;
    // A spare past the law's peak would slow the rest down below what is needed.
    if (!peak || !withHeadroom || (spare > 0 && law.at(*withHeadroom + spare) * (1 + 1e-9) < withHeadroomRps)) {
        pods.unreachable = true;
        pods.peakPods = mostPods;
        return;
    }
    pods.peakPods = *peak;
    pods.headroomPods = *withHeadroom - *peak;
    pods.zonePods = spare;
}

EventPlan planEvent(const CapacityEvent &event, const CapacityPlan &plan)
{
    EventPlan pods{.event = event};
    const double withHeadroomRps = event.peakRps * (1 + std::max(0.0, plan.options.headroom));
    planByDivision(pods, plan, withHeadroomRps);
    if (plansByLaw(plan.scaleOut, pods.needed()))
        planByLaw(pods = EventPlan{.event = event}, plan, withHeadroomRps);
    pods.extrapolated = plan.scaleOut.mostTested > 0 && pods.needed() > plan.scaleOut.mostTested;
    if (pods.unreachable)
        return pods;
    if (plan.node && plan.node->podsPerNode > 0)
        pods.nodes = (pods.needed() + plan.node->podsPerNode - 1) / plan.node->podsPerNode;
    for (const PoolLimit &pool : plan.pools) {
        EventConnections c{pool.dependency, qint64(pods.needed()) * pool.poolSize, {}};
        if (const auto at = pool.maxAtEvent.constFind(event.id); at != pool.maxAtEvent.cend())
            c.limit = *at;
        else if (pool.maxConnections)
            c.limit = *pool.maxConnections;
        pods.connections.push_back(c);
    }
    return pods;
}

} // namespace

int CapacityPlan::largestNeed() const
{
    int most = 0;
    for (const EventPlan &event : events)
        most = std::max(most, event.needed());
    return most;
}

CapacityPlan planCapacity(const std::vector<CapacityEvent> &events, double perPodRps,
                          const CapacityOptions &options, const ScaleOut &scaleOut)
{
    CapacityPlan plan;
    plan.options = options;
    plan.scaleOut = scaleOut;
    if (!std::isfinite(perPodRps) || perPodRps <= 0)
        return plan; // no throughput, no plan: an event without a number must not look like one that needs
                     // nothing
    plan.perPodRps = perPodRps;
    for (const CapacityEvent &event : events)
        plan.events.push_back(planEvent(event, plan));
    return plan;
}

CapacityPlan planWith(CapacityPlan plan, const CapacityWhatIf &whatIf)
{
    if (whatIf.perPodRps && std::isfinite(*whatIf.perPodRps) && *whatIf.perPodRps > 0) {
        plan.perPodMeasured = plan.perPodMeasured && *whatIf.perPodRps == plan.perPodRps;
        for (ScalingPoint &point : plan.scaleOut.points) // a faster pod is one in every test
            point.throughput *= plan.perPodRps > 0 ? *whatIf.perPodRps / plan.perPodRps : 1;
        plan.perPodRps = *whatIf.perPodRps;
    }
    plan.options.headroom = whatIf.headroom.value_or(plan.options.headroom);
    plan.options.zones = whatIf.zones.value_or(plan.options.zones);
    for (EventPlan &event : plan.events) {
        event.event.peakRps = whatIf.peakRps.value(event.event.id, event.event.peakRps);
        event = planEvent(CapacityEvent(event.event), plan);
    }
    return plan;
}

} // namespace tenken
