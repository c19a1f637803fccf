// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/prometheus/promsyntax.h>
#include <evidence/prometheus/promtokens.h>

#include <algorithm>

namespace tenken
{

/// Reads an expression of PromQL from its tokens, by recursive descent; null where it is none.
class PromParser
{
public:
    using Node = std::unique_ptr<PromNode>;

    explicit PromParser(std::vector<PromToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Node parse()
    {
        Node node = expression(1);
        return node && now().kind == Kind::End ? std::move(node) : nullptr;
    }

private:
    using Kind = PromToken::Kind;

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

} // namespace tenken
