// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

enum class Truth { No, Perhaps, Yes };

Truth negated(Truth t)
{
    return t == Truth::Yes ? Truth::No : t == Truth::No ? Truth::Yes : Truth::Perhaps;
}

/// Evaluates "env:prod AND NOT (team:a OR team:b)", "team IN (a, b)" over a monitor's tags. What a group of
/// the query brings is known only when it alerts.
class ScopeOverTags
{
public:
    ScopeOverTags(const QString &scope, const QStringList &tags, const QStringList &groups)
        : m_tags(tags), m_groups(groups)
    {
        static const QRegularExpression token(u"\\(|\\)|,|[^\\s(),]+"_s);
        for (auto it = token.globalMatch(scope.left(5'000)); it.hasNext() && m_tokens.size() < 500;)
            m_tokens << it.next().captured();
    }

    Truth value()
    {
        const Truth t = anyOf(0);
        return m_at == m_tokens.size() ? t : Truth::Perhaps; // not understood to its end
    }

private:
    static constexpr int deepest = 50;

    bool isNext(QStringView word) const
    {
        return m_at < m_tokens.size() && m_tokens.at(m_at).compare(word, Qt::CaseInsensitive) == 0;
    }

    bool skip(QStringView word)
    {
        const bool found = isNext(word);
        m_at += found;
        return found;
    }

    Truth anyOf(int depth)
    {
        Truth t = allOf(depth);
        while (skip(u"OR") || skip(u"||"))
            t = std::max(t, allOf(depth));
        return t;
    }

    // Terms side by side, or with a comma between, all count.
    Truth allOf(int depth)
    {
        Truth t = one(depth);
        while (m_at < m_tokens.size() && !isNext(u")") && !isNext(u"OR") && !isNext(u"||")) {
            if (!skip(u"AND") && !skip(u"&&"))
                skip(u",");
            t = std::min(t, one(depth));
        }
        return t;
    }

    Truth one(int depth)
    {
        if (m_at >= m_tokens.size() || depth > deepest)
            return Truth::Perhaps;
        if (skip(u"NOT"))
            return negated(one(depth + 1));
        if (skip(u"(")) {
            const Truth t = anyOf(depth + 1);
            skip(u")");
            return t;
        }
        QString word = m_tokens.at(m_at++);
        const bool no = word.startsWith(u'!') || word.startsWith(u'-');
        if (no)
            word.remove(0, 1);
        Truth t = Truth::Perhaps;
        if (const bool notIn = isNext(u"NOT"); notIn || isNext(u"IN"))
            t = list(word, notIn);
        else if (word == u"*")
            t = Truth::Yes;
        else if (word.contains(u':'))
            t = term(word);
        return no ? negated(t) : t;
    }

    Truth list(const QString &key, bool notIn)
    {
        m_at += notIn;
        if (!skip(u"IN") || !skip(u"("))
            return Truth::Perhaps;
        Truth t = Truth::No;
        while (m_at < m_tokens.size() && !isNext(u")")) {
            if (!skip(u",") && !skip(u"OR"))
                t = std::max(t, term(key + u':' + m_tokens.at(m_at++)));
        }
        skip(u")");
        return notIn ? negated(t) : t;
    }

    Truth term(const QString &tag) const
    {
        const auto pattern = QRegularExpression::fromWildcard(tag, Qt::CaseInsensitive);
        if (std::ranges::any_of(m_tags, [&](const QString &t) { return pattern.match(t).hasMatch(); }))
            return Truth::Yes;
        return m_groups.contains(tag.section(u':', 0, 0), Qt::CaseInsensitive) ? Truth::Perhaps : Truth::No;
    }

    QStringList m_tokens;
    const QStringList &m_tags;
    const QStringList &m_groups;
    qsizetype m_at = 0;
};

QStringList groupsOf(const Monitor &monitor)
{
    QStringList groups;
    for (const QueryPart &part : parseMonitorQuery(monitor).parts)
        groups += part.groupBy;
    return groups;
}

Truth applies(const NotificationRule &rule, const Monitor &monitor)
{
    if (!rule.understood
        || !std::ranges::all_of(rule.tags, [&](const QString &t) { return monitor.tags.contains(t); }))
        return Truth::No;
    return rule.scope.isEmpty() ? Truth::Yes : ScopeOverTags(rule.scope, monitor.tags, groupsOf(monitor)).value();
}

void add(std::vector<Handle> &handles, const QStringList &receivers, const QString &onlyIf)
{
    for (const QString &receiver : receivers) {
        const QString text = receiver.startsWith(u'@') ? receiver : u'@' + receiver;
        handles.push_back({text, handleKind(text), onlyIf});
    }
}

} // namespace

std::vector<Handle> handlesOf(const NotificationRule &rule)
{
    std::vector<Handle> handles;
    add(handles, rule.onAlert, {});
    for (const ConditionalReceivers &c : rule.onlyIf)
        add(handles, c.receivers, c.condition);
    return handles;
}

bool appliesTo(const NotificationRule &rule, const Monitor &monitor)
{
    return applies(rule, monitor) != Truth::No;
}

std::vector<Handle> handlesFor(const NotificationRule &rule, const Monitor &monitor)
{
    const Truth truth = applies(rule, monitor);
    if (truth == Truth::No)
        return {};
    std::vector<Handle> handles;
    const QString scope = truth == Truth::Yes ? QString() : rule.scope;
    add(handles, rule.onAlert, scope);
    for (const ConditionalReceivers &c : rule.onlyIf) {
        // The monitor's own priority is known before it alerts.
        const QString own = u"priority:p%1"_s.arg(monitor.priority);
        const bool priority = c.condition.startsWith(u"priority:", Qt::CaseInsensitive) && monitor.priority > 0;
        if (!priority)
            add(handles, c.receivers, c.condition);
        else if (c.condition.compare(own, Qt::CaseInsensitive) == 0)
            add(handles, c.receivers, scope);
    }
    return handles;
}

} // namespace tenken
