// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/promsyntax.h>

#include <evidence/prometheus/promtokens.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using Node = std::unique_ptr<PromNode>;
using Kind = PromToken::Kind;

const QStringList &aggregations()
{
    static const QStringList names = {u"sum"_s,      u"avg"_s,         u"min"_s,     u"max"_s,    u"count"_s,
                                      u"stddev"_s,   u"stdvar"_s,      u"group"_s,   u"topk"_s,   u"bottomk"_s,
                                      u"quantile"_s, u"count_values"_s, u"limitk"_s, u"limit_ratio"_s};
    return names;
}

/// How tightly an operator binds; 0: it is none.
int strengthOf(const PromToken &token)
{
    const QString &t = token.text;
    if (token.kind == Kind::Name) {
        const QString word = t.toLower();
        return word == u"or" ? 1 : word == u"and" || word == u"unless" ? 2 : word == u"atan2" ? 5 : 0;
    }
    if (token.kind != Kind::Sign)
        return 0;
    static const QStringList comparisons = {u"=="_s, u"!="_s, u">"_s, u"<"_s, u">="_s, u"<="_s};
    if (comparisons.contains(t))
        return 3;
    if (t == u"+" || t == u"-")
        return 4;
    return t == u"*" || t == u"/" || t == u"%" ? 5 : t == u"^" ? 6 : 0;
}

class Parser
{
public:
    explicit Parser(std::vector<PromToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Node parse()
    {
        Node node = expression(1);
        return node && now().kind == Kind::End ? std::move(node) : nullptr;
    }

private:
    const PromToken &now() const { return m_tokens[m_at]; }
    const PromToken &next() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    bool isSign(QStringView sign) const { return now().kind == Kind::Sign && now().text == sign; }
    bool isWord(QStringView word) const
    {
        return now().kind == Kind::Name && now().text.compare(word, Qt::CaseInsensitive) == 0;
    }
    bool take(QStringView sign);
    bool takeWord(QStringView word);
    Node make(PromNode::Kind kind, const QString &name);
    Node expression(int least);
    Node unary();
    Node primary();
    Node named();
    Node selector(Node node);
    Node call(Node node);
    Node aggregation();
    bool modifiers(PromNode &binary);
    bool suffixes();
    bool labelList(PromLabelList &list, PromLabelList::Kind kind);
    bool arguments(PromNode &node);

    static constexpr int deepest = 100;
    static constexpr int mostNodes = 2'000;

    std::vector<PromToken> m_tokens;
    size_t m_at = 0;
    int m_depth = 0;
    int m_nodes = 0;
};

bool Parser::take(QStringView sign)
{
    if (!isSign(sign))
        return false;
    ++m_at;
    return true;
}

bool Parser::takeWord(QStringView word)
{
    if (!isWord(word))
        return false;
    ++m_at;
    return true;
}

Node Parser::make(PromNode::Kind kind, const QString &name)
{
    ++m_nodes;
    Node node = std::make_unique<PromNode>();
    node->kind = kind;
    node->name = name;
    return node;
}

/// "(a, b)".
bool Parser::labelList(PromLabelList &list, PromLabelList::Kind kind)
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

/// bool, on(), ignoring(), group_left(), group_right() behind an operator.
bool Parser::modifiers(PromNode &binary)
{
    (void)takeWord(u"bool");
    using List = PromLabelList::Kind;
    if (takeWord(u"on")) {
        if (!labelList(binary.labels, List::Only))
            return false;
    } else if (takeWord(u"ignoring") && !labelList(binary.labels, List::Without)) {
        return false;
    }
    if (!takeWord(u"group_left") && !takeWord(u"group_right"))
        return true;
    binary.groups = true;
    PromLabelList included;
    return !isSign(u"(") || labelList(included, List::Only);
}

Node Parser::expression(int least)
{
    if (++m_depth > deepest || m_nodes > mostNodes)
        return nullptr;
    Node left = unary();
    while (left) {
        const int strength = strengthOf(now());
        if (strength == 0 || strength < least)
            break;
        Node binary = make(PromNode::Kind::Binary, now().text.toLower());
        ++m_at;
        if (!modifiers(*binary))
            return nullptr;
        Node right = expression(strength == 6 ? strength : strength + 1); // ^ binds to the right
        if (!right || m_nodes > mostNodes)
            return nullptr;
        binary->parts.push_back(std::move(left));
        binary->parts.push_back(std::move(right));
        left = std::move(binary);
    }
    --m_depth;
    return left;
}

Node Parser::unary()
{
    if (take(u"+"))
        return expression(6);
    if (!take(u"-"))
        return primary();
    Node inner = expression(6);
    if (!inner)
        return nullptr;
    Node minus = make(PromNode::Kind::Minus, u"-"_s);
    minus->number = -inner->number;
    if (inner->kind == PromNode::Kind::Number)
        minus->kind = PromNode::Kind::Number;
    else
        minus->parts.push_back(std::move(inner));
    return minus;
}

/// [5m], offset 5m, @ 123: they move in time and change nothing of what is looked at.
bool Parser::suffixes()
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

Node Parser::primary()
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

Node Parser::named()
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

Node Parser::selector(Node node)
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

bool Parser::arguments(PromNode &node)
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

Node Parser::call(Node node)
{
    return arguments(*node) ? std::move(node) : nullptr;
}

Node Parser::aggregation()
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

} // namespace

std::unique_ptr<PromNode> parsePromSyntax(const QString &text)
{
    auto tokens = promTokens(text);
    if (!tokens)
        return nullptr;
    return Parser(*std::move(tokens)).parse();
}

} // namespace tenken
