// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/labels.h>

#include <QRegularExpression>

namespace tenken
{

namespace
{

constexpr qsizetype longestPattern = 4'000, longestText = 16'000;

/// Reads one matcher after the other, as Alertmanager's parser does.
class MatcherReader
{
public:
    explicit MatcherReader(const QString &text)
        : m_text(text)
    {
    }

    std::optional<std::vector<LabelMatcher>> read();

private:
    void skipSpace();
    bool take(QStringView word);
    std::optional<QString> quoted();
    std::optional<QString> name();
    std::optional<QString> value(bool inBraces);
    std::optional<LabelMatcher> matcher(bool inBraces);

    const QString &m_text;
    qsizetype m_at = 0;
};

void MatcherReader::skipSpace()
{
    while (m_at < m_text.size() && m_text.at(m_at).isSpace())
        ++m_at;
}

bool MatcherReader::take(QStringView word)
{
    if (!QStringView(m_text).sliced(m_at).startsWith(word))
        return false;
    m_at += word.size();
    return true;
}

/// In double quotes, with \n, \" and \\; nothing where the quotes do not end.
std::optional<QString> MatcherReader::quoted()
{
    if (!take(u"\""))
        return {};
    QString result;
    for (; m_at < m_text.size(); ++m_at) {
        const QChar c = m_text.at(m_at);
        if (c == u'"') {
            ++m_at;
            return result;
        }
        if (c == u'\\' && m_at + 1 < m_text.size()) {
            const QChar next = m_text.at(++m_at);
            if (next == u'n')
                result += u'\n';
            else if (next == u'"' || next == u'\\')
                result += next;
            else
                result += QStringLiteral("\\") + next;
        } else {
            result += c;
        }
    }
    return {};
}

std::optional<QString> MatcherReader::name()
{
    if (m_at < m_text.size() && m_text.at(m_at) == u'"')
        return quoted();
    static const QRegularExpression word(QStringLiteral("\\G[^\\s{}!=~,\\\\\"'`]+"));
    const auto match = word.matchView(m_text, m_at);
    if (!match.hasMatch())
        return {};
    m_at = match.capturedEnd();
    return match.captured();
}

/// Without quotes it ends at a comma or a brace inside braces, else with the text.
std::optional<QString> MatcherReader::value(bool inBraces)
{
    if (m_at < m_text.size() && m_text.at(m_at) == u'"')
        return quoted();
    const qsizetype begin = m_at;
    while (m_at < m_text.size()) {
        const QChar c = m_text.at(m_at);
        if (c == u'"' || (inBraces && c == u'{'))
            return {};
        if (c == u',' || (inBraces && c == u'}'))
            break;
        ++m_at;
    }
    return m_text.mid(begin, m_at - begin).trimmed();
}

std::optional<LabelMatcher> MatcherReader::matcher(bool inBraces)
{
    using Kind = LabelMatcher::Kind;
    LabelMatcher result;
    skipSpace();
    const auto label = name();
    if (!label || label->isEmpty())
        return {};
    result.name = *label;
    skipSpace();
    if (take(u"=~"))
        result.kind = Kind::Matches;
    else if (take(u"!~"))
        result.kind = Kind::NotMatches;
    else if (take(u"!="))
        result.kind = Kind::NotEqual;
    else if (!take(u"="))
        return {};
    skipSpace();
    const auto wanted = value(inBraces);
    if (!wanted)
        return {};
    result.value = *wanted;
    return result;
}

std::optional<std::vector<LabelMatcher>> MatcherReader::read()
{
    std::vector<LabelMatcher> all;
    skipSpace();
    const bool braces = take(u"{");
    while (true) {
        skipSpace();
        if (braces ? take(u"}") : m_at >= m_text.size())
            break;
        const auto one = matcher(braces);
        if (!one || all.size() >= 100)
            return {};
        all.push_back(*one);
        skipSpace();
        if (take(u","))
            continue;
        if (!(braces ? take(u"}") : m_at >= m_text.size()))
            return {};
        break;
    }
    skipSpace();
    if (m_at < m_text.size())
        return {};
    return all;
}

} // namespace

std::optional<bool> matchesWhole(const QString &pattern, const QString &text)
{
    if (pattern.size() > longestPattern || text.size() > longestText)
        return {};
    // The limit keeps a pattern of many ways from taking them all; Prometheus' own engine has no such patterns.
    const QRegularExpression expression(QStringLiteral("(*LIMIT_MATCH=200000)^(?:%1)$").arg(pattern),
                                        QRegularExpression::DotMatchesEverythingOption | QRegularExpression::DontCaptureOption);
    if (!expression.isValid())
        return {};
    const QRegularExpressionMatch match = expression.match(text);
    if (!match.isValid())
        return {};
    return match.hasMatch() && match.capturedEnd() == text.size(); // "$" also stands before a last line end
}

std::optional<bool> LabelMatcher::accepts(const QString &label) const
{
    if (!pattern())
        return (label == value) != negative();
    const auto matches = matchesWhole(value, label);
    return matches ? std::optional(*matches != negative()) : std::nullopt;
}

QString LabelMatcher::text() const
{
    static const char *const signs[] = {"=", "!=", "=~", "!~"};
    return QStringLiteral("%1%2\"%3\"").arg(name, QString::fromLatin1(signs[int(kind)]), value);
}

std::optional<std::vector<LabelMatcher>> parseMatchers(const QString &text)
{
    if (text.size() > longestText)
        return {};
    return MatcherReader(text).read();
}

} // namespace tenken
