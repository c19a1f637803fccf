// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/promtokens.h>

#include <QRegularExpression>
#include <QStringList>

#include <cmath>
#include <limits>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using Kind = PromToken::Kind;

std::optional<PromToken> textToken(const QString &text, qsizetype &at)
{
    const QChar quote = text.at(at);
    PromToken token{Kind::Text, {}, 0};
    for (++at; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (c == quote) {
            ++at;
            return token;
        }
        if (c != u'\\' || quote == u'`' || at + 1 >= text.size()) {
            token.text += c;
            continue;
        }
        const QChar next = text.at(++at);
        token.text += next == u'n' ? QChar(u'\n') : next == u't' ? QChar(u'\t') : next;
    }
    return {};
}

double secondsOf(const QString &duration)
{
    static const QRegularExpression part(u"(\\d+)(ms|[smhdwy])"_s);
    static const std::pair<QStringView, double> units[] = {{u"ms", 0.001},  {u"s", 1},       {u"m", 60},
                                                           {u"h", 3600},    {u"d", 86'400},  {u"w", 604'800},
                                                           {u"y", 31'536'000}};
    double seconds = 0;
    for (auto it = part.globalMatch(duration); it.hasNext();) {
        const auto match = it.next();
        for (const auto &[unit, factor] : units)
            seconds += match.capturedView(2) == unit ? match.captured(1).toDouble() * factor : 0;
    }
    return seconds;
}

std::optional<PromToken> numberToken(const QString &text, qsizetype &at)
{
    static const QRegularExpression duration(u"\\G(?:\\d+(?:ms|[smhdwy]))+(?![\\w:])"_s);
    static const QRegularExpression number(u"\\G(?:0[xX][0-9a-fA-F]+|(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)(?![\\w:])"_s);
    if (const auto match = duration.matchView(text, at); match.hasMatch()) {
        at = match.capturedEnd();
        return PromToken{Kind::Number, match.captured(), secondsOf(match.captured())};
    }
    const auto match = number.matchView(text, at);
    if (!match.hasMatch())
        return {};
    at = match.capturedEnd();
    QString written = match.captured().remove(u'_');
    bool fine = false;
    const double value = written.startsWith(u"0x", Qt::CaseInsensitive) ? double(written.sliced(2).toULongLong(&fine, 16))
                                                                       : written.toDouble(&fine);
    return fine ? std::optional(PromToken{Kind::Number, written, value}) : std::nullopt;
}

PromToken nameToken(const QString &name)
{
    if (name.compare(u"inf", Qt::CaseInsensitive) == 0)
        return {Kind::Number, name, std::numeric_limits<double>::infinity()};
    if (name.compare(u"nan", Qt::CaseInsensitive) == 0)
        return {Kind::Number, name, std::nan("")};
    return {Kind::Name, name, 0};
}

/// "[5m]", "[1h:5m]", "[$__rate_interval]": as a whole, for it changes nothing of what is looked at.
std::optional<PromToken> rangeToken(const QString &text, qsizetype &at)
{
    const qsizetype end = text.indexOf(u']', at);
    if (end < 0)
        return {};
    PromToken token{Kind::Range, text.mid(at + 1, end - at - 1).trimmed(), 0};
    at = end + 1;
    return token;
}

std::optional<PromToken> signToken(const QString &text, qsizetype &at)
{
    static const QStringList longer = {u"=="_s, u"!="_s, u">="_s, u"<="_s, u"=~"_s, u"!~"_s};
    if (const QString two = text.mid(at, 2); longer.contains(two)) {
        at += 2;
        return PromToken{Kind::Sign, two, 0};
    }
    if (!u"+-*/%^()<>={},@"_s.contains(text.at(at)))
        return {};
    return PromToken{Kind::Sign, text.mid(at++, 1), 0};
}

} // namespace

std::optional<std::vector<PromToken>> promTokens(const QString &text)
{
    constexpr qsizetype longest = 64 * 1024;
    static const QRegularExpression space(u"\\G(?:\\s+|#[^\\n]*)+"_s);
    static const QRegularExpression name(u"\\G(?:[A-Za-z_:][\\w:]*|\\$\\{[^{}]{1,200}\\}|\\$\\w+)"_s);
    if (text.size() > longest)
        return {};
    std::vector<PromToken> tokens;
    for (qsizetype at = 0; at < text.size();) {
        if (const auto match = space.matchView(text, at); match.hasMatch()) {
            at = match.capturedEnd();
            continue;
        }
        const QChar c = text.at(at);
        std::optional<PromToken> token;
        if (c == u'"' || c == u'\'' || c == u'`') {
            token = textToken(text, at);
        } else if (c.isDigit() || c == u'.') {
            token = numberToken(text, at);
        } else if (c == u'[') {
            token = rangeToken(text, at);
        } else if (const auto match = name.matchView(text, at); match.hasMatch()) {
            at = match.capturedEnd();
            token = nameToken(match.captured());
        } else {
            token = signToken(text, at);
        }
        if (!token)
            return {};
        tokens.push_back(*std::move(token));
    }
    tokens.push_back({});
    return tokens;
}

} // namespace tenken
