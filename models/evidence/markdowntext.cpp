// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/markdowntext.h>

#include <QRegularExpression>
#include <QSet>

namespace tenken {

namespace {

/// Where the run of as many backticks as stand at `begin` comes again, and closes them; else -1.
qsizetype closing(const QString &text, qsizetype begin, qsizetype length)
{
    for (qsizetype at = text.indexOf(u'`', begin); at >= 0; at = text.indexOf(u'`', at)) {
        const qsizetype first = at;
        while (at < text.size() && text[at] == u'`')
            ++at;
        if (at - first == length)
            return first;
    }
    return -1;
}

} // namespace

QString markdownText(QString text)
{
    static const QRegularExpression special(QStringLiteral("([\\\\*_|<>\\[\\]#~])"));
    text.replace(u'\r', u' ');
    QString out, plain;
    const auto flush = [&] { out += std::exchange(plain, QString()).replace(special, QStringLiteral("\\\\1")); };
    QSet<qsizetype> open; // lengths of runs that nothing closes: the search is not made twice
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] != u'`') {
            plain += text[i++];
            continue;
        }
        qsizetype length = 0;
        while (i + length < text.size() && text[i + length] == u'`')
            ++length;
        const qsizetype end = open.contains(length) ? -1 : closing(text, i + length, length);
        flush();
        if (end < 0) {
            open.insert(length);
            out += QStringLiteral("\\`").repeated(length);
            i += length;
            continue;
        }
        // Code between backticks stays as it is, but for a table's bar.
        out += text.sliced(i, end + length - i).replace(u'|', QStringLiteral("\\|"));
        i = end + length;
    }
    flush();
    return out.replace(u'\n', u' ');
}

} // namespace tenken
