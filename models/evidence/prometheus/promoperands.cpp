// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/promparser.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const QStringList &aggregations()
{
    static const QStringList names = {u"sum"_s,      u"avg"_s,         u"min"_s,     u"max"_s,    u"count"_s,
                                      u"stddev"_s,   u"stdvar"_s,      u"group"_s,   u"topk"_s,   u"bottomk"_s,
                                      u"quantile"_s, u"count_values"_s, u"limitk"_s, u"limit_ratio"_s};
    return names;
}

} // namespace

/// "(a, b)".
bool PromParser::labelList(PromLabelList &list, PromLabelList::Kind kind)
{
    list.kind = kind;
    if (!take(u"("))
        return false;
    while (!take(u")")) {
        if (now().kind != Kind::Name && now().kind != Kind::Text)
            return false;
        list.labels << now().text;
        ++m_at;
        if (!take(u",") && !isSign(u")"))
            return false;
    }
    return true;
}

/// [5m], offset 5m, @ 123: they move in time and change nothing of what is looked at.
bool PromParser::suffixes()
{
    while (true) {
        if (now().kind == Kind::Range) {
            ++m_at;
        } else if (takeWord(u"offset")) {
            (void)take(u"-");
            if (now().kind != Kind::Number && now().kind != Kind::Name)
                return false;
            ++m_at;
        } else if (take(u"@")) {
            (void)take(u"-");
            const bool word = now().kind == Kind::Name;
            if (!word && now().kind != Kind::Number)
                return false;
            ++m_at;
            if (word && !(take(u"(") && take(u")")))
                return false;
        } else {
            return true;
        }
    }
}

PromParser::Node PromParser::primary()
{
    Node node;
    if (now().kind == Kind::Number) {
        node = make(PromNode::Kind::Number, now().text);
        node->number = now().number;
        ++m_at;
    } else if (now().kind == Kind::Text) {
        node = make(PromNode::Kind::Text, now().text);
        ++m_at;
    } else if (take(u"(")) {
        node = expression(1);
        if (!node || !take(u")"))
            return nullptr;
    } else if (isSign(u"{")) {
        node = selector(make(PromNode::Kind::Selector, {}));
    } else if (now().kind == Kind::Name) {
        node = named();
    }
    return node && suffixes() ? std::move(node) : nullptr;
}

PromParser::Node PromParser::named()
{
    const QString name = now().text;
    const QString word = name.toLower();
    const bool grouped = next().kind == Kind::Name
        && (next().text.compare(u"by", Qt::CaseInsensitive) == 0 || next().text.compare(u"without", Qt::CaseInsensitive) == 0);
    const bool opens = next().kind == Kind::Sign && next().text == u"(";
    if (aggregations().contains(word) && (opens || grouped))
        return aggregation();
    ++m_at;
    return opens ? call(make(PromNode::Kind::Call, word)) : selector(make(PromNode::Kind::Selector, name));
}

PromParser::Node PromParser::selector(Node node)
{
    static const QStringList signs = {u"="_s, u"!="_s, u"=~"_s, u"!~"_s};
    if (!take(u"{"))
        return node;
    while (!take(u"}")) {
        if (now().kind != Kind::Name && now().kind != Kind::Text)
            return nullptr;
        const bool quoted = now().kind == Kind::Text;
        LabelMatcher matcher{now().text, {}, {}};
        ++m_at;
        const qsizetype sign = now().kind == Kind::Sign ? signs.indexOf(now().text) : -1;
        if (sign < 0 && quoted && node->name.isEmpty()) { // {"metric.name"}
            node->name = matcher.name;
        } else {
            if (sign < 0)
                return nullptr;
            ++m_at;
            if (now().kind != Kind::Text)
                return nullptr;
            matcher.kind = LabelMatcher::Kind(sign);
            matcher.value = now().text;
            ++m_at;
            if (matcher.name == u"__name__" && matcher.kind == LabelMatcher::Kind::Equal)
                node->name = matcher.value;
            else
                node->matchers.push_back(std::move(matcher));
        }
        if (!take(u",") && !isSign(u"}"))
            return nullptr;
    }
    return node;
}

bool PromParser::arguments(PromNode &node)
{
    if (!take(u"("))
        return false;
    while (!take(u")")) {
        Node argument = expression(1);
        if (!argument || (!take(u",") && !isSign(u")")))
            return false;
        node.parts.push_back(std::move(argument));
    }
    return true;
}

PromParser::Node PromParser::call(Node node)
{
    return arguments(*node) ? std::move(node) : nullptr;
}

PromParser::Node PromParser::aggregation()
{
    Node node = make(PromNode::Kind::Aggregation, now().text.toLower());
    ++m_at;
    using List = PromLabelList::Kind;
    const auto grouping = [&] {
        if (takeWord(u"by"))
            return labelList(node->labels, List::Only);
        return !takeWord(u"without") || labelList(node->labels, List::Without);
    };
    if (!grouping() || !arguments(*node) || !grouping())
        return nullptr;
    return node;
}

} // namespace tenken
