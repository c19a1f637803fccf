// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype queryLimit = 20'000;

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
        const bool sameKey = std::ranges::all_of(terms, [&](const ScopeTerm &t) { return t.key == terms.front().key; });
        const bool open = group.negative ? !group.joined && terms.size() > 1
                                         : group.joined && (!sameKey || group.freeText);
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
        m_part.scope.push_back({key.toLower(), value.remove(u'"').toLower(), m_groups.back().negative != m_not});
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

// For every character whether it stands below a fraction's line.
std::vector<bool> denominators(const QString &query)
{
    std::vector<bool> below(size_t(query.size()), false);
    std::vector<bool> groups = {false};
    bool pending = false; // a '/' was seen, its operand begins next
    size_t operand = 0; // depth of the operand that is below; 0: none
    for (qsizetype i = 0; i < query.size(); ++i) {
        const QChar c = query.at(i);
        const qsizetype from = i;
        if (c == u'{' || c == u'"') {
            const qsizetype end = query.indexOf(c == u'{' ? u'}' : u'"', i + 1);
            i = end < 0 ? query.size() - 1 : end;
        } else if (c == u'(') {
            groups.push_back(groups.back() || pending);
            pending = false;
        } else if (c == u')') {
            if (groups.size() > 1)
                groups.pop_back();
            if (groups.size() < operand)
                operand = 0;
        } else if (u"+-*/<>,"_s.contains(c)) {
            if (groups.size() == operand)
                operand = 0;
            pending = c == u'/';
        } else if (c.isLetterOrNumber() && pending) {
            operand = groups.size();
            pending = false;
        }
        for (qsizetype k = from; k <= i; ++k)
            below[size_t(k)] = groups.back() || operand > 0;
    }
    return below;
}

// For every character whether it is taken away from the rest: "1 - (a + b)".
std::vector<bool> subtracted(const QString &query)
{
    struct Group {
        bool falling = false;
        bool minus = false;
    };
    std::vector<bool> result(size_t(query.size()), false);
    std::vector<Group> groups(1);
    for (qsizetype i = 0; i < query.size(); ++i) {
        const QChar c = query.at(i);
        const qsizetype from = i;
        if (c == u'{' || c == u'"' || c == u'\'') {
            const qsizetype end = query.indexOf(c == u'{' ? QChar(u'}') : c, i + 1);
            i = end < 0 ? query.size() - 1 : end;
        } else if (c == u'(') {
            groups.push_back({groups.back().falling != groups.back().minus, false});
        } else if (c == u')') {
            if (groups.size() > 1)
                groups.pop_back();
        } else if (c == u'-') {
            groups.back().minus = true;
        } else if (u"+<>,"_s.contains(c)) {
            groups.back().minus = false;
        }
        for (qsizetype k = from; k <= i; ++k)
            result[size_t(k)] = groups.back().falling != groups.back().minus;
    }
    return result;
}

QStringList tagList(const QString &text)
{
    static const QRegularExpression separator(u"[\\s,\"]+"_s);
    return text.toLower().split(separator, Qt::SkipEmptyParts);
}

void addMetrics(const QString &query, std::vector<QueryPart> &parts)
{
    static const QRegularExpression reference(
        uR"re((?:\b(avg|sum|min|max|count|p\d+(?:\.\d+)?|percentile)\s*:\s*)?([A-Za-z_][\w.]*)\s*\{([^{}]*)\})re"_s);
    const std::vector<bool> below = denominators(query), falling = subtracted(query);
    const size_t before = parts.size();
    for (auto it = reference.globalMatch(query); it.hasNext();) {
        const auto match = it.next();
        if (match.captured(2) == u"by") {
            // Behind the threshold it groups the whole query.
            const bool all = query.left(match.capturedStart())
                                 .contains(QRegularExpression(u"[<>=]=?\\s*-?[\\d.]+\\s*$"_s));
            for (size_t i = all ? before : std::max(before, parts.size() - std::min<size_t>(parts.size(), 1));
                 i < parts.size(); ++i)
                parts[i].groupBy += tagList(match.captured(3));
            continue;
        }
        QueryPart part = parseScope(match.captured(3));
        part.aggregator = match.captured(1);
        part.metric = match.captured(2);
        part.denominator = below[size_t(match.capturedStart(2))];
        part.falling = falling[size_t(match.capturedStart(2))];
        parts.push_back(std::move(part));
    }
}

// "pc99" of "@duration"; how many there are says nothing of what they measure.
void measure(QueryPart &part, QString aggregator, const QString &of)
{
    static const QRegularExpression percentile(u"^pc(?=\\d)"_s);
    if (of.isEmpty() || aggregator == u"count" || aggregator == u"cardinality")
        return;
    part.aggregator = aggregator.replace(percentile, u"p"_s);
    part.measure = of.toLower();
}

void addSearches(const QString &query, std::vector<QueryPart> &parts)
{
    static const QRegularExpression call(
        uR"re(\b([a-z][a-z0-9-]*)\("((?:[^"\\]|\\.)*)"\)((?:\.\w+\([^()]*\))*))re"_s);
    static const QRegularExpression by(uR"re(\.by\(([^()]*)\))re"_s);
    static const QRegularExpression rollup(uR"re(\.rollup\(\s*"([^"]*)"\s*,\s*"([^"]*)")re"_s);
    static const QStringList notSearches = {"by",        "over",        "last",        "rollup",
                                            "index",     "exclude",     "formula",     "error_budget",
                                            "burn_rate", "long_window", "short_window"};
    const std::vector<bool> below = denominators(query), falling = subtracted(query);
    for (auto it = call.globalMatch(query); it.hasNext();) {
        const auto match = it.next();
        if (notSearches.contains(match.captured(1)))
            continue;
        QueryPart part = parseScope(match.captured(2).replace(u"\\\""_s, u"\""_s));
        part.metric = match.captured(1);
        part.search = true;
        part.denominator = below[size_t(match.capturedStart())];
        part.falling = falling[size_t(match.capturedStart())];
        if (const auto computed = rollup.match(match.captured(3)); computed.hasMatch())
            measure(part, computed.captured(1), computed.captured(2));
        part.groupBy = tagList(by.match(match.captured(3)).captured(1));
        parts.push_back(std::move(part));
    }
}

void addCheck(const QString &query, std::vector<QueryPart> &parts)
{
    static const QRegularExpression check(
        uR"re(^\s*"([\w.-]+)"\.over\(([^()]*)\)(?:\.exclude\(([^()]*)\))?(?:\.by\(([^()]*)\))?)re"_s);
    const auto match = check.match(query);
    if (!match.hasMatch())
        return;
    QueryPart part = parseScope(match.captured(2).remove(u'"'));
    for (ScopeTerm term : parseScope(match.captured(3).remove(u'"')).scope) {
        term.negative = true;
        part.scope.push_back(term);
    }
    part.metric = match.captured(1);
    part.groupBy = tagList(match.captured(4));
    parts.push_back(std::move(part));
}

std::vector<QueryPart> partsOf(const QJsonObject &variable)
{
    std::vector<QueryPart> parts;
    if (variable.value(u"search").isObject()) {
        const QJsonObject compute = variable.value(u"compute").toObject();
        parts.push_back(parseScope(variable.value(u"search").toObject().value(u"query").toString()));
        parts.back().metric = variable.value(u"data_source").toString();
        parts.back().search = true;
        measure(parts.back(), compute.value(u"aggregation").toString(), compute.value(u"metric").toString());
    } else {
        addMetrics(variable.value(u"query").toString().left(queryLimit), parts);
    }
    for (QueryPart &part : parts) {
        for (const QJsonValue &group : variable.value(u"group_by").toArray())
            part.groupBy << group.toObject().value(u"facet").toString().toLower();
    }
    return parts;
}

// formula("errors / hits * 100") with its variables in the options; one that the formula leaves out is not looked at.
void addFormula(const Monitor &monitor, std::vector<QueryPart> &parts)
{
    static const QRegularExpression formula(uR"re(formula\("([^"]*)"\))re"_s);
    const QString text = formula.match(monitor.query).captured(1);
    const std::vector<bool> below = denominators(text), falling = subtracted(text);
    for (const QJsonValue &entry : monitor.options.value(u"variables").toArray()) {
        const QJsonObject variable = entry.toObject();
        const QRegularExpression name(
            u"\\b%1\\b"_s.arg(QRegularExpression::escape(variable.value(u"name").toString())));
        std::optional<size_t> at;
        for (auto it = name.globalMatch(text); it.hasNext();) {
            const size_t here = size_t(it.next().capturedStart());
            if (here < below.size() && (!at || below[*at]))
                at = here;
        }
        if (!at)
            continue;
        for (QueryPart &part : partsOf(variable)) {
            part.denominator = part.denominator || below[*at];
            part.falling = part.falling != falling[*at];
            parts.push_back(std::move(part));
        }
    }
}

} // namespace

std::vector<QueryPart> MonitorQuery::watched() const
{
    std::vector<QueryPart> result;
    std::ranges::copy_if(parts, std::back_inserter(result),
                         [](const QueryPart &p) { return !p.denominator; });
    return result;
}

bool firesRising(const QueryPart &part, const QString &comparator)
{
    return comparator.startsWith(u'<') == part.falling;
}

QueryPart parseScope(const QString &text)
{
    return ScopeReader(text).read();
}

MonitorQuery parseMonitorQuery(const Monitor &monitor)
{
    static const QRegularExpression end(
        uR"re((<=|>=|==|!=|<|>)\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*(?:by\s*\{[^}]*\})?\s*$)re"_s);
    if (monitor.source == Monitor::Source::Prometheus)
        return parsePromQuery(monitor.query, monitor.options.value(u"recordings").toObject());
    const QString query = monitor.query.left(queryLimit);
    MonitorQuery result;
    if (query.contains(u"formula("))
        addFormula(monitor, result.parts);
    addMetrics(query, result.parts);
    addSearches(query, result.parts);
    addCheck(query, result.parts);
    // An anomaly below what is expected only.
    static const QRegularExpression below(u"direction\\s*=\\s*['\"]below['\"]"_s);
    for (QueryPart &part : query.contains(u"anomalies(") && below.match(query).hasMatch() ? std::span(result.parts) : std::span<QueryPart>())
        part.falling = !part.falling;
    const auto match = end.match(query);
    if (match.hasMatch()) {
        result.comparator = match.captured(1);
        bool ok = false;
        const double value = match.captured(2).toDouble(&ok);
        if (ok)
            result.threshold = value;
    }
    return result;
}

} // namespace tenken
