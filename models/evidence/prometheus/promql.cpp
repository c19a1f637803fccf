// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/promql.h>

#include <evidence/prometheus/promsyntax.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using Role = PromSelector::Role;

/// What stands above a node.
struct Above {
    Role role = Role::Watched;
    bool falling = false;
    QStringList functions;
    QString aggregation;
    std::optional<double> quantile;
    bool everyLabel = true;
    QStringList kept, dropped;
    bool decides = true; ///< a comparison here is the one that makes the alert fire

    void narrow(const PromLabelList &list);
};

void Above::narrow(const PromLabelList &list)
{
    if (list.kind == PromLabelList::Kind::Without) {
        dropped += list.labels;
        kept.removeIf([&](const QString &label) { return list.labels.contains(label); });
    } else if (!everyLabel) {
        kept.removeIf([&](const QString &label) { return !list.labels.contains(label); });
    } else {
        everyLabel = false;
        kept = list.labels;
        kept.removeIf([&](const QString &label) { return dropped.contains(label); });
    }
}

bool hasSelector(const PromNode &node)
{
    return node.kind == PromNode::Kind::Selector
        || std::ranges::any_of(node.parts, [](const auto &part) { return hasSelector(*part); });
}

bool isComparison(const QString &sign)
{
    static const QStringList signs = {u"=="_s, u"!="_s, u">"_s, u"<"_s, u">="_s, u"<="_s};
    return signs.contains(sign);
}

QString turned(const QString &sign)
{
    QString result = sign;
    if (sign.startsWith(u'<'))
        result[0] = u'>';
    else if (sign.startsWith(u'>'))
        result[0] = u'<';
    return result;
}

std::optional<double> constantOf(const PromNode &node)
{
    if (node.kind == PromNode::Kind::Number)
        return node.number;
    if (node.kind == PromNode::Kind::Minus) {
        const auto inner = constantOf(*node.parts.front());
        return inner ? std::optional(-*inner) : std::nullopt;
    }
    if (node.kind != PromNode::Kind::Binary)
        return {};
    const auto left = constantOf(*node.parts[0]), right = constantOf(*node.parts[1]);
    if (!left || !right)
        return {};
    if (node.name == u"*")
        return *left * *right;
    if (node.name == u"/")
        return *left / *right;
    if (node.name == u"+")
        return *left + *right;
    return node.name == u"-" ? std::optional(*left - *right) : std::nullopt;
}

/// Walks down an expression and notes the metrics at its leaves.
class Walk
{
public:
    PromQuery query;

    void visit(const PromNode &node, Above above);

private:
    void visitCall(const PromNode &node, Above above);
    void visitBinary(const PromNode &node, Above above);
    void compare(const PromNode &node, Above above);
    void both(const PromNode &node, const Above &left, const Above &right);
};

void Walk::visit(const PromNode &node, Above above)
{
    switch (node.kind) {
    case PromNode::Kind::Number:
    case PromNode::Kind::Text:
        return;
    case PromNode::Kind::Selector:
        query.selectors.push_back({node.name, node.matchers, above.role, above.functions, above.aggregation,
                                   above.quantile, above.falling, above.everyLabel, above.kept, above.dropped});
        return;
    case PromNode::Kind::Minus:
        above.falling = !above.falling;
        return visit(*node.parts.front(), above);
    case PromNode::Kind::Call:
    case PromNode::Kind::Aggregation:
        return visitCall(node, above);
    case PromNode::Kind::Binary:
        return visitBinary(node, above);
    }
}

void Walk::visitCall(const PromNode &node, Above above)
{
    static const QStringList sameLabels = {u"topk"_s, u"bottomk"_s, u"limitk"_s, u"limit_ratio"_s};
    const bool aggregates = node.kind == PromNode::Kind::Aggregation;
    if (aggregates) {
        if (above.aggregation.isEmpty())
            above.aggregation = node.name;
        if (!sameLabels.contains(node.name))
            above.narrow(node.labels);
    } else {
        static const QStringList clock = {u"hour"_s, u"minute"_s, u"day_of_week"_s, u"day_of_month"_s, u"day_of_year"_s, u"month"_s};
        if (above.role == Role::Guard && clock.contains(node.name))
            query.selectors.push_back({node.name + u"()"_s, {}, Role::Guard, {}, {}, {}, false, true, {}, {}});
        above.functions << node.name;
    }
    const bool quantile = node.name == u"histogram_quantile" || node.name == u"quantile" || node.name == u"quantile_over_time";
    if (quantile && !node.parts.empty() && !above.quantile)
        above.quantile = constantOf(*node.parts.front());
    if (node.name == u"label_replace" || node.name == u"label_join") {
        if (node.parts.size() > 1 && node.parts[1]->kind == PromNode::Kind::Text)
            above.dropped << node.parts[1]->name; // another value than the metric's own
        if (!node.parts.empty())
            visit(*node.parts.front(), above);
        return;
    }
    above.decides = above.decides && !above.functions.contains(u"absent"_s);
    for (const auto &part : node.parts)
        visit(*part, above);
}

void Walk::both(const PromNode &node, const Above &left, const Above &right)
{
    visit(*node.parts[0], left);
    visit(*node.parts[1], right);
}

/// The side with the metric is watched; the other one is the bound.
void Walk::compare(const PromNode &node, Above above)
{
    const bool swapped = !hasSelector(*node.parts[0]);
    const PromNode &watched = *node.parts[swapped ? 1 : 0];
    const PromNode &bound = *node.parts[swapped ? 0 : 1];
    const QString sign = swapped ? turned(node.name) : node.name;
    if (above.decides && above.role == Role::Watched && query.comparator.isEmpty()) {
        query.comparator = sign;
        query.threshold = constantOf(bound);
    }
    above.decides = false; // what is compared further down decides what is counted, not when it fires
    // `x == 0` fires when x is gone down to it.
    if (sign.startsWith(u'<') || (sign == u"==" && constantOf(bound) == 0.0))
        above.falling = !above.falling;
    Above beside = above;
    beside.role = above.role == Role::Watched ? Role::Scale : above.role;
    visit(watched, above);
    visit(bound, beside);
}

void Walk::visitBinary(const PromNode &node, Above above)
{
    const QString &sign = node.name;
    const bool joined = hasSelector(*node.parts[0]) && hasSelector(*node.parts[1]);
    if (sign == u"or")
        return both(node, above, above);
    if (sign == u"and" || sign == u"unless") {
        Above guard = above;
        guard.role = Role::Guard;
        guard.decides = false;
        guard.falling = guard.falling != (sign == u"unless");
        return both(node, above, guard);
    }
    // One-to-one, the result has the labels that both sides were matched by.
    if (joined && !node.groups && node.labels.kind != PromLabelList::Kind::None)
        above.narrow(node.labels);
    if (isComparison(sign))
        return compare(node, above);
    Above right = above;
    if (sign == u"-")
        right.falling = !above.falling;
    else if (joined && above.role == Role::Watched && (sign == u"/" || sign == u"%" || (sign == u"*" && node.groups)))
        right.role = Role::Scale;
    both(node, above, right);
}

} // namespace

std::optional<PromQuery> parsePromQl(const QString &expression)
{
    const auto root = parsePromSyntax(expression);
    if (!root)
        return {};
    Walk walk;
    walk.visit(*root, {});
    return walk.query;
}

std::optional<QString> labelOfResult(const PromQuery &query, const QString &label)
{
    std::optional<QString> known;
    for (const PromSelector &selector : query.selectors) {
        if (selector.role != Role::Watched)
            continue;
        QString value;
        if (selector.keeps(label)) {
            const auto it = std::ranges::find_if(selector.matchers, [&](const LabelMatcher &m) {
                return m.name == label && m.kind == LabelMatcher::Kind::Equal;
            });
            if (it == selector.matchers.end())
                return {};
            value = it->value;
        }
        if (known && *known != value)
            return {};
        known = value;
    }
    return known;
}

} // namespace tenken
