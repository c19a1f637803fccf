// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/promsyntax.h>

#include <evidence/prometheus/promparser.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// How tightly an operator binds; 0: it is none.
int strengthOf(const PromToken &token)
{
    const QString &t = token.text;
    if (token.kind == PromToken::Kind::Name) {
        const QString word = t.toLower();
        return word == u"or" ? 1 : word == u"and" || word == u"unless" ? 2 : word == u"atan2" ? 5 : 0;
    }
    if (token.kind != PromToken::Kind::Sign)
        return 0;
    static const QStringList comparisons = {u"=="_s, u"!="_s, u">"_s, u"<"_s, u">="_s, u"<="_s};
    if (comparisons.contains(t))
        return 3;
    if (t == u"+" || t == u"-")
        return 4;
    return t == u"*" || t == u"/" || t == u"%" ? 5 : t == u"^" ? 6 : 0;
}

} // namespace

bool PromParser::take(QStringView sign)
{
    if (!isSign(sign))
        return false;
    ++m_at;
    return true;
}

bool PromParser::takeWord(QStringView word)
{
    if (!isWord(word))
        return false;
    ++m_at;
    return true;
}

PromParser::Node PromParser::make(PromNode::Kind kind, const QString &name)
{
    ++m_nodes;
    Node node = std::make_unique<PromNode>();
    node->kind = kind;
    node->name = name;
    return node;
}

/// bool, on(), ignoring(), group_left(), group_right() behind an operator.
bool PromParser::modifiers(PromNode &binary)
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

PromParser::Node PromParser::expression(int least)
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

PromParser::Node PromParser::unary()
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

std::unique_ptr<PromNode> parsePromSyntax(const QString &text)
{
    auto tokens = promTokens(text);
    if (!tokens)
        return nullptr;
    return PromParser(*std::move(tokens)).parse();
}

} // namespace tenken
