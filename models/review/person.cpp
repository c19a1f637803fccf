// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/person.h>

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace tenken {

namespace {

/// Unicode's Default_Ignorable_Code_Point, as far as the category does not tell, and the blank of
/// Braille: nothing is drawn for them.
bool isIgnorable(char32_t c)
{
    static constexpr std::pair<char32_t, char32_t> ranges[] = {
        {0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x2065, 0x2065},
        {0x2800, 0x2800}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFF8},   {0xE0000, 0xE0FFF},
    };
    return QChar::category(c) == QChar::Other_Format
        || std::ranges::any_of(ranges, [&](const auto &range) { return range.first <= c && c <= range.second; });
}

bool isRead(char32_t c) { return QChar::isLetterOrNumber(c) && !isIgnorable(c); }

/// Without spaces and what cannot be seen, by whole characters: some of them are two units long.
QString bare(const QString &text)
{
    QString seen;
    for (const char32_t c : text.toUcs4()) {
        if (!QChar::isSpace(c) && !isIgnorable(c))
            seen += QChar::fromUcs4(c);
    }
    return seen.toCaseFolded();
}

/// Written where a name is still to come.
bool holdsThePlace(const QString &bareName)
{
    static const QStringList words{
        QStringLiteral("tbd"),    QStringLiteral("tba"),      QStringLiteral("todo"),   QStringLiteral("n/a"),
        QStringLiteral("none"),   QStringLiteral("nobody"),   QStringLiteral("unknown"), QStringLiteral("null"),
        QStringLiteral("未定"),   QStringLiteral("なし"),     QStringLiteral("無し"),   QStringLiteral("未記入"),
        QStringLiteral("未入力"), QStringLiteral("不明"),     QStringLiteral("後で"),
    };
    static const QRegularExpression around(QStringLiteral("\\A[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+\\z"));
    return words.contains(QString(bareName).remove(around)); // "TBD.", "(未定)"
}

QString evened(const QString &name) { return name.normalized(QString::NormalizationForm_KC); }

QString mailOf(const QString &name)
{
    static const QRegularExpression bracketed(QStringLiteral("<([^<>\\s]+@[^<>\\s]+)>\\s*\\z"));
    static const QRegularExpression alone(QStringLiteral("\\A[^<>@\\s]+@[^<>@\\s]+\\z"));
    const QString even = evened(name);
    if (const auto match = bracketed.match(even); match.hasMatch())
        return bare(match.captured(1));
    const QString all = bare(even);
    return alone.match(all).hasMatch() ? all : QString();
}

} // namespace

bool saysSomething(const QString &text) { return std::ranges::any_of(text.toUcs4(), isRead); }

QString person(const QString &name)
{
    static const QRegularExpression mail(QStringLiteral("<[^<>]*>\\s*\\z"));
    const QString even = evened(name);
    const QString named = bare(QString(even).remove(mail));
    if (saysSomething(named))
        return holdsThePlace(named) ? mailOf(name) : named;
    const QString all = bare(even); // a mail alone names somebody too
    return saysSomething(all) && !holdsThePlace(all) ? all : QString();
}

bool isSamePerson(const QString &a, const QString &b)
{
    const QString name = person(a);
    if (name.isEmpty() || person(b).isEmpty())
        return false;
    const QString mail = mailOf(a);
    return name == person(b) || (!mail.isEmpty() && mail == mailOf(b));
}

} // namespace tenken
