// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/secretkeys.h>

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace tenken {

namespace {

/// "dbPassword", "DB_PASSWORD" and "db.password" → {"db", "password"}.
QStringList wordsOf(QStringView key)
{
    QStringList words;
    QString word;
    for (qsizetype i = 0; i < key.size(); ++i) {
        const QChar c = key[i];
        const bool hump = c.isUpper() && i > 0 && key[i - 1].isLower();
        if ((!c.isLetterOrNumber() || hump) && !word.isEmpty())
            words.append(std::exchange(word, QString()));
        if (c.isLetterOrNumber())
            word += c.toLower();
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

bool isOneOf(const QString &word, std::initializer_list<const char *> known)
{
    return std::ranges::any_of(known, [&](const char *k) { return word == QLatin1StringView(k); });
}

/// What is said about a secret rather than the secret itself: its name, place, age, use.
bool isAbout(const QString &last)
{
    return isOneOf(last, {"name", "names", "ref", "refs", "reference", "file", "files", "path", "paths", "dir", "endpoint", "arn",
                          "seconds", "minutes", "hours", "days", "ttl", "expiration", "expiry", "expires", "type", "version",
                          "enabled", "required", "policy", "class", "store", "mount", "audience", "length", "size", "field",
                          "header", "selector", "rotation", "interval", "limit", "count", "id", "kind", "provider", "format",
                          "algorithm", "url", "uri", "issuer", "manager", "operator", "projected", "env", "prefix", "suffix"});
}

constexpr std::array digestPrefixes{"sha256:", "sha512:", "sha1:", "sha256-", "sha512-", "sha384-", "arn:", "vault:"};

bool isHex(QStringView s)
{
    return std::ranges::all_of(s, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
}

bool isUuid(QStringView s)
{
    return s.size() == 36 && s[8] == u'-' && s[13] == u'-' && s[18] == u'-' && s[23] == u'-'
        && isHex(s.first(8)) && isHex(s.sliced(24));
}

/// A part of a name as people write them: letters, then at most a few digits; or digits alone.
bool isWord(QStringView part)
{
    qsizetype letters = 0;
    while (letters < part.size() && part[letters].isLetter())
        ++letters;
    qsizetype humps = 0;
    for (qsizetype i = 1; i < letters; ++i)
        humps += part[i].isUpper() && part[i - 1].isLower();
    const QStringView rest = part.sliced(letters);
    return letters <= 24 && humps * 4 <= letters && rest.size() <= (letters ? 3 : 4)
        && std::ranges::all_of(rest, [](QChar c) { return c.isDigit(); });
}

double entropyPerCharacter(QStringView s)
{
    std::array<int, 128> counts{};
    for (const QChar c : s)
        ++counts[std::min<char16_t>(c.unicode(), 127)];
    double bits = 0;
    for (const int count : counts) {
        if (count > 0) {
            const double share = static_cast<double>(count) / static_cast<double>(s.size());
            bits -= share * std::log2(share);
        }
    }
    return bits;
}

} // namespace

SecretKey secretKeyKind(QStringView key)
{
    constexpr qsizetype longest = 100;
    if (key.isEmpty() || key.size() > longest)
        return SecretKey::No;
    const QStringList words = wordsOf(key);
    if (words.isEmpty() || isAbout(words.last()))
        return SecretKey::No;
    const auto isPassword = [](const QString &w) {
        return w.endsWith(u"password") || w.endsWith(u"パスワード") || isOneOf(w, {"passwd", "pwd", "passphrase", "pass", "pgpassword", "userpass"});
    };
    if (std::ranges::any_of(words, isPassword))
        return SecretKey::Password;
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        if (isOneOf(words[i], {"api", "app", "access", "private", "secret", "signing", "encryption", "auth", "license", "account", "master"})
            && isOneOf(words[i + 1], {"key", "keys"}))
            return SecretKey::Token;
    }
    const auto isToken = [](const QString &w) {
        return isOneOf(w, {"secret", "secrets", "token", "tokens", "apikey", "appkey", "accesskey", "secretkey", "privatekey", "authkey",
                           "credential", "credentials", "dsn", "webhook", "accesstoken", "clientsecret", "authtoken", "jwt"});
    };
    return std::ranges::any_of(words, isToken) ? SecretKey::Token : SecretKey::No;
}

bool isReference(QStringView value)
{
    static const QStringList words{QStringLiteral("null"), QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("none"),
                                   QStringLiteral("yes"), QStringLiteral("no"), QStringLiteral("read"), QStringLiteral("write")};
    return value.isEmpty() || value.startsWith(u"$") || value.startsWith(u"{{") || value.startsWith(u"<") || value.startsWith(u"*")
        || value.startsWith(u"&") || value.startsWith(u"!") || value.startsWith(u"{") || value.startsWith(u"[")
        || value.startsWith(u"••") || value == u"|" || value == u">" || value == u"|-" || value == u">-"
        || words.contains(value, Qt::CaseInsensitive);
}

bool looksRandom(QStringView value)
{
    constexpr qsizetype shortest = 12, examined = 512;
    if (value.size() < shortest || isUuid(value))
        return false;
    value = value.first(std::min(value.size(), examined));
    for (const char *prefix : digestPrefixes) {
        if (value.startsWith(QLatin1StringView(prefix)))
            return false;
    }
    bool hasDigit = false, hasLetter = false, allWords = true;
    qsizetype part = 0;
    for (qsizetype i = 0; i <= value.size(); ++i) {
        const QChar c = i < value.size() ? value[i] : QChar(u'-');
        if (!c.isLetterOrNumber() && !QStringView(u"+/=_-.~:@").contains(c))
            return false;
        hasDigit |= c.isDigit();
        hasLetter |= c.isLetter();
        if (i == value.size() || QStringView(u"_-./:@").contains(c)) {
            allWords &= isWord(value.sliced(part, i - part));
            part = i + 1;
        }
    }
    return hasDigit && hasLetter && !allWords && entropyPerCharacter(value) >= 2.8;
}

bool isSecretValue(SecretKey kind, QStringView value)
{
    return kind != SecretKey::No && !isReference(value) && (kind == SecretKey::Password || looksRandom(value));
}

} // namespace tenken
