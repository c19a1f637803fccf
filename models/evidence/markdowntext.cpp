// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/markdowntext.h>

#include <QRegularExpression>
#include <QStringList>

namespace tenken {

QString markdownText(QString text)
{
    static const QRegularExpression special(QStringLiteral("([\\\\*_|<>\\[\\]#~])"));
    // Code between backticks stays as it is, but for a table's bar.
    QStringList parts = text.replace(u'\r', u' ').split(u'`');
    const bool balanced = parts.size() % 2 == 1;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (balanced && i % 2 == 1)
            parts[i].replace(u'|', QStringLiteral("\\|"));
        else
            parts[i].replace(special, QStringLiteral("\\\\1"));
        parts[i].replace(u'\n', u' ');
    }
    return parts.join(balanced ? QStringLiteral("`") : QStringLiteral("\\`"));
}

} // namespace tenken
