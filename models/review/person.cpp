// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/person.h>

#include <QRegularExpression>

namespace tenken {

QString person(const QString &name)
{
    static const QRegularExpression mail(QStringLiteral("<[^<>]*>\\s*\\z"));
    const QString even = name.normalized(QString::NormalizationForm_KC);
    const auto bare = [](QString text) {
        text.removeIf([](QChar c) { return c.isSpace() || c.category() == QChar::Other_Format; });
        return text.toCaseFolded();
    };
    const QString named = bare(QString(even).remove(mail));
    return named.isEmpty() ? bare(even) : named; // a mail alone names somebody too
}

} // namespace tenken
