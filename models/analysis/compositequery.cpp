// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/compositequery.h>

#include <QRegularExpression>

#include <optional>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// Evaluates the query for one choice of parts that alert.
class Composite
{
public:
    Composite(const QStringList &tokens, const QStringList &alerting) : m_tokens(tokens), m_alerting(alerting)
    {
    }

    std::optional<bool> value()
    {
        const bool result = anyOf(0);
        return m_broken || m_at != m_tokens.size() ? std::nullopt : std::optional(result);
    }

private:
    bool skip(QStringView token)
    {
        const bool found = m_at < m_tokens.size() && m_tokens.at(m_at) == token;
        m_at += found;
        return found;
    }

    bool anyOf(int depth)
    {
        bool result = allOf(depth);
        while (skip(u"||")) {
            const bool next = allOf(depth);
            result = result || next;
        }
        return result;
    }

    bool allOf(int depth)
    {
        bool result = one(depth);
        while (skip(u"&&")) {
            const bool next = one(depth);
            result = result && next;
        }
        return result;
    }

    bool one(int depth)
    {
        constexpr int deepest = 50;
        m_broken = m_broken || depth > deepest || m_at >= m_tokens.size();
        if (m_broken)
            return false;
        if (skip(u"!"))
            return !one(depth + 1);
        if (skip(u"(")) {
            const bool result = anyOf(depth + 1);
            m_broken = m_broken || !skip(u")");
            return result;
        }
        const QString &id = m_tokens.at(m_at++);
        m_broken = m_broken || !id.front().isDigit();
        return m_alerting.contains(id);
    }

    const QStringList &m_tokens;
    const QStringList &m_alerting;
    qsizetype m_at = 0;
    bool m_broken = false;
};

} // namespace

bool alertsWith(const QString &composite, const QStringList &parts)
{
    static const QRegularExpression token(u"\\d+|&&|\\|\\||[!()]|[^\\s]"_s);
    constexpr qsizetype longest = 5'000;
    if (composite.size() > longest)
        return false;
    QStringList tokens;
    for (auto it = token.globalMatch(composite); it.hasNext();)
        tokens << it.next().captured();
    const auto quiet = Composite(tokens, {}).value(), told = Composite(tokens, parts).value();
    return quiet && told && !*quiet && *told;
}

} // namespace tenken
