// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchkeys.h>
#include <network/fetchplan.h>

#include <QJsonDocument>
#include <QUrl>

namespace tenken
{

QString FetchRequest::encodedQuery() const
{
    QUrlQuery q;
    for (const auto &[key, value] : query) // a plus sign would be read as a space
        q.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(key)),
                       QString::fromLatin1(QUrl::toPercentEncoding(value)));
    return q.toString(QUrl::FullyEncoded);
}

QString FetchRequest::editable() const
{
    if (method == "POST")
        return QString::fromUtf8(body);
    QStringList parts;
    for (const auto &[key, value] : query) {
        if (path == metricQueryPath && key == u"query")
            return value;
        parts << key + u'=' + value;
    }
    return parts.join(u'&');
}

bool FetchRequest::setEditable(const QString &text)
{
    if (method == "POST") {
        body = text.toUtf8();
        return QJsonDocument::fromJson(body).isObject();
    }
    if (path == metricQueryPath) {
        for (auto &[key, value] : query) {
            if (key == u"query")
                value = text.trimmed();
        }
        return !text.trimmed().isEmpty();
    }
    FetchQuery changed;
    for (const QString &part : text.split(u'&', Qt::SkipEmptyParts)) {
        const QString key = part.section(u'=', 0, 0).trimmed();
        // Keys never stand in a URL.
        if (key.isEmpty() || !part.contains(u'=') || key.contains(u"api_key")
            || key.contains(u"application_key"))
            return false;
        changed.emplace_back(key, part.section(u'=', 1).trimmed());
    }
    query = changed;
    return true;
}

QString shellQuoted(const QString &text)
{
    return u'\'' + QString(text).replace(QLatin1StringView("'"), QLatin1StringView("'\\''")) + u'\'';
}

QStringList curlCommands(const FetchPlan &plan)
{
    QStringList lines;
    const QString base = apiUrl(plan.wishes.site).toString();
    for (const FetchRequest &r : plan.requests) {
        if (!r.enabled)
            continue;
        const QString query = r.encodedQuery();
        QString line = QStringLiteral("curl -sS --compressed ");
        if (r.method != "GET")
            line += QStringLiteral("-X %1 -H 'Content-Type: application/json' -d %2 ")
                        .arg(QString::fromLatin1(r.method), shellQuoted(QString::fromUtf8(r.body)));
        line += QStringLiteral("-H \"DD-API-KEY: $DD_API_KEY\" -H \"DD-APPLICATION-KEY: $DD_APP_KEY\" ");
        line += shellQuoted(base + r.path + (query.isEmpty() ? QString() : u'?' + query));
        lines << line + QStringLiteral(" -o ") + shellQuoted(r.purpose + QStringLiteral(".json"));
    }
    return lines;
}

} // namespace tenken
