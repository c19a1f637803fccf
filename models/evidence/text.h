// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken {

enum class Lang { Ja, En };

/// One message in both languages. The two stand side by side in the source, so that neither can be
/// forgotten and a report can be printed in either language without judging again.
struct Text {
    QString ja;
    QString en;

    const QString &in(Lang lang) const { return lang == Lang::Ja ? ja : en; }
    bool isEmpty() const { return ja.isEmpty() && en.isEmpty(); }

    /// QString::arg on both languages; arguments are taken in one step, so a "%1" inside an argument is safe.
    template<typename... Args>
    Text arg(const Args &...args) const
    {
        return {substituted(ja, args...), substituted(en, args...)};
    }

    friend bool operator==(const Text &, const Text &) = default;

private:
    static QString asString(const QString &s, bool) { return s; }
    static QString asString(const char *s, bool) { return QString::fromUtf8(s); }
    static QString asString(const Text &t, bool japanese) { return japanese ? t.ja : t.en; }
    static QString asString(std::integral auto n, bool) { return QString::number(n); }

    template<typename... Args>
    QString substituted(const QString &pattern, const Args &...args) const
    {
        const bool japanese = &pattern == &ja;
        return pattern.arg(asString(args, japanese)...);
    }
};

/// The same words in both languages (names, paths, numbers).
inline Text sameText(const QString &s) { return {s, s}; }

} // namespace tenken
