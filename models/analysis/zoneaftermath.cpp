// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/rollout.h>

#include <analysis/fields.h>

#include <algorithm>

namespace tenken {

namespace {

// How long the pods stay bound to nodes that do not answer: DefaultTolerationSeconds adds 300 s where the pod says
// nothing; nothing: they tolerate it for ever.
std::optional<int> toleratedFor(Yaml tolerations)
{
    std::optional<int> least;
    for (const char *key : {"node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready"}) {
        std::optional<int> seconds;
        bool tolerated = false;
        for (const Yaml t : tolerations.items()) {
            const QString own = t["key"].string(), effect = t["effect"].string();
            const bool everything = own.isEmpty() && t["operator"].string() == u"Exists";
            if ((!everything && own != QLatin1StringView(key)) || (!effect.isEmpty() && effect != u"NoExecute"))
                continue;
            tolerated = true;
            if (const IntField field = intField(t, "tolerationSeconds", 300); field.written)
                seconds = std::min(seconds.value_or(std::max(0, field.value)), std::max(0, field.value));
        }
        if (!tolerated)
            seconds = 300;
        if (seconds)
            least = std::min(least.value_or(*seconds), *seconds);
    }
    return least;
}

} // namespace

ZoneAftermath zoneAftermath(const Workload &w, const ZoneLoss &loss, const std::vector<const KubeObject *> &budgets)
{
    using State = DisruptionBudget::State;
    ZoneAftermath a;
    const int lost = loss.placed - loss.leftBest;
    a.givenUpAfter = toleratedFor(w.podSpec["tolerations"]);
    a.orderedIdentity = w.object.kind == u"StatefulSet";
    a.waiting = a.orderedIdentity || !a.givenUpAfter ? lost : std::min(loss.pending, lost);
    a.replaced = lost - a.waiting;
    a.hasBudget = !budgets.empty();
    a.evictable = loss.leftWorst;
    for (const KubeObject *budget : budgets) {
        const DisruptionBudget b = disruptionBudget(*budget, loss.replicas);
        if (b.state == State::Unreadable)
            a.evictable.reset();
        // What is missing already counts as disrupted.
        if (a.evictable)
            a.evictable = std::min(*a.evictable, std::max(0, b.allowed - (loss.replicas - loss.leftWorst)));
    }
    if (budgets.size() > 1 && a.evictable)
        a.evictable = 0; // more than one budget refuses every eviction
    return a;
}

} // namespace tenken
