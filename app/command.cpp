// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/evidence.h>
#include <evidence/yaml.h>

#include <QLocale>

#include <cstdio>

namespace tenken::app {

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

QTextStream &err()
{
    static QTextStream stream(stderr);
    return stream;
}

void complain(const Problem &problem, Lang lang)
{
    err() << "tenken: " << maskSecrets(visible(problem.toString(lang))) << Qt::endl;
}

int wrongUse(const Text &message, Lang lang)
{
    err() << "tenken: " << maskSecrets(visible(message.in(lang))) << Qt::endl;
    return WrongUse;
}

QCommandLineOption languageOption()
{
    return {QStringLiteral("lang"), QStringLiteral("Language of the output: ja or en (default: the locale's)."),
            QStringLiteral("ja|en")};
}

Lang languageOf(const QCommandLineParser &parser)
{
    const QString word = parser.isSet(QStringLiteral("lang")) ? parser.value(QStringLiteral("lang")) : QString();
    if (word == u"ja")
        return Lang::Ja;
    if (word == u"en")
        return Lang::En;
    // QLocale::system() asks LC_ALL, LC_MESSAGES and LANG in POSIX' order.
    const QStringList languages = QLocale::system().uiLanguages();
    return !languages.isEmpty() && languages.first().startsWith(u"ja") ? Lang::Ja : Lang::En;
}

QCommandLineOption todayOption()
{
    return {QStringLiteral("today"), QStringLiteral("Judge ages and expiries as of this day (default: today)."), QStringLiteral("YYYY-MM-DD")};
}

QDate todayOf(const QCommandLineParser &parser)
{
    if (!parser.isSet(QStringLiteral("today")))
        return QDate::currentDate();
    const QString word = parser.value(QStringLiteral("today"));
    const QDate date = QDate::fromString(word, Qt::ISODate);
    if (!date.isValid())
        wrongUse(Text{"--today は 2026-11-23 のような日付です。「%1」は使えません。", "--today takes a date such as 2026-11-23, not \"%1\"."}.arg(word),
                 languageOf(parser));
    return date;
}

std::optional<QString> oneOf(const QCommandLineParser &parser, const QString &option, const QStringList &allowed)
{
    const QString word = parser.value(option);
    if (allowed.contains(word))
        return word;
    const auto near = didYouMean(word, allowed);
    Text message = Text{"--%1 は %2 のどれかです。「%3」は使えません。", "--%1 takes one of %2, not \"%3\"."}.arg(
        option, allowed.join(QStringLiteral(", ")), word);
    if (near) {
        const Text hint = Text{" %1 のことですか。", " Did you mean %1?"}.arg(*near);
        message.ja += hint.ja;
        message.en += hint.en;
    }
    wrongUse(message, languageOf(parser));
    return std::nullopt;
}

} // namespace tenken::app
