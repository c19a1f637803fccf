// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>

#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

// Reads a scope word by word; brackets only matter for what NOT covers.
class ScopeReader
{
public:
    explicit ScopeReader(const QString &text) : m_text(text) {}

    QueryPart read()
    {
        while (m_at < m_text.size())
            step();
        while (m_groups.size() > 1)
            endGroup();
        m_part.either = endGroup();
        return std::move(m_part);
    }

private:
    struct Group {
        bool negative = false;
        bool joined = false; ///< by OR
        bool freeText = false;
        size_t from = 0; ///< its first term
    };

    /// True where none of its terms need hold: of different keys with OR between, or none at once.
    bool endGroup()
    {
        const Group group = m_groups.back();
        m_groups.pop_back();
        const std::span terms(m_part.scope.begin() + qsizetype(group.from), m_part.scope.end());
        const bool sameKey =
            std::ranges::all_of(terms, [&](const ScopeTerm &t) { return t.key == terms.front().key; });
        const bool open =
            group.negative ? !group.joined && terms.size() > 1 : group.joined && (!sameKey || group.freeText);
        for (ScopeTerm &t : terms)
            t.alternative = t.alternative || open;
        if (!m_groups.empty())
            m_groups.back().freeText |= group.freeText;
        return open && !terms.empty();
    }

    void step()
    {
        const QChar c = m_text.at(m_at);
        if (c.isSpace() || c == u',') {
            ++m_at;
        } else if (c == u'(') {
            ++m_at;
            m_groups.push_back({.negative = m_groups.back().negative != m_not, .from = m_part.scope.size()});
            m_not = false;
        } else if (c == u')') {
            ++m_at;
            if (m_groups.size() > 1)
                endGroup();
        } else {
            word(c);
        }
    }

    void word(QChar first)
    {
        if (first == u'!' || first == u'-') {
            m_not = true;
            ++m_at;
            return;
        }
        const QString text = takeWord();
        const QString upper = text.toUpper();
        if (upper == u"OR")
            m_groups.back().joined = true;
        else if (upper == u"NOT")
            m_not = true;
        else if (upper == u"IN" && !m_bare.isEmpty())
            list(m_bare);
        else if (upper != u"AND")
            term(text);
    }

    void term(const QString &text)
    {
        const qsizetype colon = text.indexOf(u':');
        if (colon < 0) {
            m_bare = text; // a key before IN, or free text of a search
            if (!followedByIn()) {
                m_not = false;
                m_groups.back().freeText = true;
            }
            return;
        }
        const QString key = text.first(colon);
        const QString value = text.sliced(colon + 1);
        if (value.isEmpty() && m_at < m_text.size() && m_text.at(m_at) == u'(')
            list(key);
        else
            add(key, value);
        m_not = false;
    }

    bool followedByIn() const
    {
        static const QRegularExpression in(u"\\G\\s+(NOT\\s+)?IN\\s*\\("_s,
                                           QRegularExpression::CaseInsensitiveOption);
        return in.match(m_text, m_at).hasMatch();
    }

    void list(const QString &key)
    {
        while (m_at < m_text.size() && m_text.at(m_at) != u'(')
            ++m_at;
        const qsizetype end = m_text.indexOf(u')', m_at);
        const QString inside = m_text.sliced(m_at, (end < 0 ? m_text.size() : end) - m_at);
        static const QRegularExpression separator(u"[\\s,()]+"_s);
        for (const QString &value : inside.split(separator, Qt::SkipEmptyParts)) {
            if (value.toUpper() != u"OR")
                add(key, value);
        }
        m_at = end < 0 ? m_text.size() : end + 1;
        m_bare.clear();
        m_not = false;
    }

    void add(QString key, QString value)
    {
        if (key.startsWith(u'@'))
            key.remove(0, 1);
        m_part.scope.push_back(
            {key.toLower(), value.remove(u'"').toLower(), m_groups.back().negative != m_not});
    }

    // Up to white space, comma or bracket; quotes and [500 TO 599] hold together.
    QString takeWord()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size()) {
            const QChar c = m_text.at(m_at);
            if (c == u'"' || (c == u'[' && m_at > from)) {
                const qsizetype end = m_text.indexOf(c == u'"' ? u'"' : u']', m_at + 1);
                m_at = end < 0 ? m_text.size() : end + 1;
            } else if (c.isSpace() || c == u',' || c == u'(' || c == u')') {
                break;
            } else {
                ++m_at;
            }
        }
        return m_text.sliced(from, m_at - from);
    }

    const QString m_text;
    qsizetype m_at = 0;
    QueryPart m_part;
    QString m_bare;
    bool m_not = false;
    std::vector<Group> m_groups = {{}};
};

} // namespace

QueryPart parseScope(const QString &text)
{
    return ScopeReader(text).read();
}

} // namespace tenken
