// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/rollout.h>

#include <analysis/fields.h>

#include <algorithm>

namespace tenken {

DisruptionBudget disruptionBudget(const KubeObject &budget, int replicas)
{
    using State = DisruptionBudget::State;
    const Yaml spec = budget.node["spec"];
    const auto written = [&](const char *key) { return spec[key] && !spec[key].isNull(); };
    DisruptionBudget b;
    if (written("minAvailable") && written("maxUnavailable")) {
        b.state = State::BothFields;
        b.node = spec["minAvailable"];
        return b;
    }
    const bool keeps = written("minAvailable");
    b.node = spec[keeps ? "minAvailable" : "maxUnavailable"];
    if (!keeps && !written("maxUnavailable")) {
        b.state = State::NoPolicy;
        b.node = {};
        return b;
    }
    const std::optional<int> n = resolveIntOrPercent(b.node, replicas, Rounding::Up);
    if (!n || *n < 0) {
        b.state = looksTemplated(b.node.string()) ? State::Unreadable : State::Invalid;
        return b;
    }
    if (b.node.string().endsWith(u'%') && resolveIntOrPercent(b.node, 100, Rounding::Up).value_or(0) > 100) {
        b.state = State::AboveAll;
        return b;
    }
    b.allowed = std::clamp(keeps ? replicas - *n : *n, 0, std::max(0, replicas));
    b.state = b.allowed <= 0 ? State::Blocks : b.allowed >= replicas && replicas > 1 ? State::AllowsAll : State::Allows;
    return b;
}

} // namespace tenken
