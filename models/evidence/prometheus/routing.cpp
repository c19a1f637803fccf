// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/alertmanager.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// What was supposed of matchers whose labels only the data tell, and where the alert goes then.
struct World {
    std::vector<std::pair<LabelMatcher, bool>> supposed;
    std::vector<RoutedAlert> reached;
    bool matched = false; ///< by a child of the route at hand
    bool over = false; ///< no further sibling is looked at
};

constexpr size_t mostWorlds = 512;

/// Whether a matcher holds, after what was supposed already: a label has one value.
std::optional<bool> holdsIn(const World &world, const LabelMatcher &matcher, const LabelLookup &label)
{
    if (const auto value = label(matcher.name))
        return matcher.accepts(*value);
    for (const auto &[known, holds] : world.supposed) {
        if (known == matcher)
            return holds;
        const bool opposite = known.name == matcher.name && known.value == matcher.value && known.pattern() == matcher.pattern();
        if (opposite)
            return !holds;
        const bool isValue = known.name == matcher.name && !known.pattern() && holds != known.negative();
        if (isValue)
            return matcher.accepts(known.value);
    }
    return {};
}

class Walk
{
public:
    Walk(const Alertmanager &alertmanager, const LabelLookup &label)
        : m_alertmanager(alertmanager)
        , m_label(label)
    {
    }

    std::vector<World> worlds();
    bool exhausted() const { return m_exhausted; }

private:
    std::vector<World> enter(const AlertRoute &route, const World &world);
    std::vector<World> decide(const AlertRoute &route, const World &world);
    void end(const AlertRoute &route, World &world) const;

    const Alertmanager &m_alertmanager;
    const LabelLookup &m_label;
    bool m_exhausted = false;
    size_t m_steps = 0;
};

void Walk::end(const AlertRoute &route, World &world) const
{
    QStringList conditions;
    if (!route.mutedDuring.isEmpty())
        conditions << u"not "_s + route.mutedDuring.join(u", "_s);
    if (!route.onlyDuring.isEmpty())
        conditions << route.onlyDuring.join(u", "_s);
    world.reached.push_back({route.receiver, conditions.join(u" & "_s)});
}

/// One world for each way in which the matchers may turn out; `matched` says which.
std::vector<World> Walk::decide(const AlertRoute &route, const World &world)
{
    std::vector<World> open{world}, result;
    open.front().matched = true;
    for (const LabelMatcher &matcher : route.matchers) {
        std::vector<World> still;
        for (World &w : open) {
            const auto holds = holdsIn(w, matcher, m_label);
            if (!holds && open.size() + result.size() < mostWorlds) {
                World other = w;
                other.supposed.emplace_back(matcher, false);
                other.matched = false;
                result.push_back(std::move(other));
                w.supposed.emplace_back(matcher, true);
            } else if (!holds) {
                m_exhausted = true;
            }
            w.matched = holds.value_or(true);
            (w.matched ? still : result).push_back(std::move(w));
        }
        open = std::move(still);
    }
    std::ranges::move(result, std::back_inserter(open));
    return open;
}

/// The route itself is matched already: into its children, in their order.
std::vector<World> Walk::enter(const AlertRoute &route, const World &world)
{
    std::vector<World> now{world};
    now.front().matched = now.front().over = false;
    constexpr size_t mostSteps = 200'000;
    for (const AlertRoute &child : route.routes) {
        std::vector<World> after;
        for (World &w : now) {
            if (w.over || ++m_steps > mostSteps || now.size() > mostWorlds) {
                m_exhausted = m_exhausted || !w.over;
                after.push_back(std::move(w));
                continue;
            }
            const bool before = w.matched;
            for (World &decided : decide(child, w)) {
                if (!decided.matched) {
                    decided.matched = before;
                    after.push_back(std::move(decided));
                    continue;
                }
                for (World &reached : enter(child, decided)) {
                    reached.matched = true;
                    reached.over = !child.continues;
                    after.push_back(std::move(reached));
                }
            }
        }
        now = std::move(after);
    }
    for (World &w : now) {
        if (!w.matched)
            end(route, w);
    }
    return now;
}

std::vector<World> Walk::worlds()
{
    return enter(m_alertmanager.root, {});
}

/// The labels that decide whether this receiver is reached.
QString labelsDeciding(const std::vector<World> &worlds)
{
    QStringList names;
    for (const World &w : worlds) {
        for (const auto &[matcher, holds] : w.supposed)
            names << matcher.name;
    }
    names.removeDuplicates();
    return u"label "_s + names.join(u", "_s);
}

} // namespace

namespace
{

/// When a receiver is reached: in every world, or only under what decides between them.
QString conditionOf(const QString &receiver, const std::vector<World> &worlds, bool exhausted)
{
    bool everywhere = !exhausted;
    QStringList conditions;
    for (const World &world : worlds) {
        bool reached = false, always = false;
        QString times;
        for (const RoutedAlert &r : world.reached) {
            if (r.receiver != receiver)
                continue;
            reached = true;
            always = always || r.onlyIf.isEmpty();
            times = r.onlyIf;
        }
        everywhere = everywhere && reached;
        if (reached && !always)
            conditions << times;
    }
    if (!everywhere)
        conditions.prepend(labelsDeciding(worlds));
    conditions.removeDuplicates();
    return conditions.join(u" & "_s);
}

} // namespace

std::vector<RoutedAlert> routesOf(const Alertmanager &alertmanager, const LabelLookup &label)
{
    Walk walk(alertmanager, label);
    const std::vector<World> worlds = walk.worlds();
    std::vector<RoutedAlert> result;
    for (const World &world : worlds) {
        for (const RoutedAlert &reached : world.reached) {
            if (!std::ranges::contains(result, reached.receiver, &RoutedAlert::receiver))
                result.push_back({reached.receiver, conditionOf(reached.receiver, worlds, walk.exhausted())});
        }
    }
    return result;
}

QStringList inhibitionsOf(const Alertmanager &alertmanager, const LabelLookup &label)
{
    QStringList result;
    for (const InhibitRule &rule : alertmanager.inhibitions) {
        const bool may = std::ranges::all_of(rule.target, [&](const LabelMatcher &m) {
            const auto value = label(m.name);
            return !value || m.accepts(*value).value_or(true);
        });
        if (!may)
            continue;
        QStringList source;
        for (const LabelMatcher &m : rule.source)
            source << m.text();
        result << u'{' + source.join(u", "_s) + u'}';
    }
    return result;
}

} // namespace tenken
