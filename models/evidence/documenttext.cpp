// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/documenttext.h>

#include <algorithm>

namespace tenken
{

namespace
{

// \p{L} \p{M} \p{Nd} \p{Nl} \p{Pc}: what GitHub calls a word.
bool isAnchorCharacter(char32_t c)
{
    if (c == U'-' || c == U' ')
        return true;
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Punctuation_Connector:
        return true;
    default:
        return false;
    }
}

qsizetype visibleCharacters(QStringView text)
{
    return std::ranges::count_if(text, [](QChar c) { return !c.isSpace() && !c.isLowSurrogate(); });
}

} // namespace

QString AnchorMaker::operator()(const QString &headingText)
{
    QString anchor;
    for (const char32_t c : headingText.toLower().toUcs4()) {
        if (isAnchorCharacter(c))
            anchor += c == U' ' ? QStringLiteral("-") : QString::fromUcs4(&c, 1);
    }
    const QString plain = anchor;
    while (m_seen.contains(anchor))
        anchor = QStringLiteral("%1-%2").arg(plain).arg(++m_seen[plain]);
    m_seen.insert(anchor, 0);
    return anchor;
}

Span spanInLine(int line, QStringView text, qsizetype from, qsizetype to)
{
    const auto column = [&](qsizetype at) {
        const auto before = text.first(std::min(at, text.size()));
        const auto halves = std::ranges::count_if(before, [](QChar c) { return c.isLowSurrogate(); });
        return int(before.size() - halves) + 1;
    };
    return {line, column(from), line, column(to)};
}

void blank(QString &line, qsizetype from, qsizetype to)
{
    for (qsizetype i = from; i < std::min(to, line.size()); ++i)
        line[i] = u' ';
}

void setBodies(std::vector<Heading> &headings, const std::vector<QString> &own)
{
    constexpr qsizetype limit = 4'000;
    for (size_t i = 0; i < headings.size(); ++i) {
        QString body = own[i].left(limit + 1);
        qsizetype length = visibleCharacters(own[i]);
        for (size_t k = i + 1; k < headings.size() && headings[k].level > headings[i].level; ++k) {
            length += visibleCharacters(own[k]);
            if (body.size() <= limit)
                body += headings[k].text + u'\n' + own[k].left(limit);
        }
        headings[i].body = body.trimmed().left(limit);
        headings[i].bodyLength = length;
    }
}

} // namespace tenken
