// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/fields.h>

#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace tenken
{

QString idText(const QJsonValue &v)
{
    return v.isDouble() ? QString::number(v.toInteger()) : v.toString();
}

QStringList stringsOf(const QJsonValue &list)
{
    QStringList strings;
    for (const QJsonValue &v : list.toArray()) {
        if (v.isString())
            strings << v.toString();
    }
    return strings;
}

QStringList tagsFrom(const QJsonValue &v)
{
    QStringList tags = stringsOf(v);
    const QJsonObject map = v.toObject();
    for (auto it = map.begin(); it != map.end(); ++it)
        tags << it.key() + u':' + it.value().toVariant().toString();
    return tags;
}

std::optional<double> numberOf(const QJsonValue &v)
{
    bool ok = v.isDouble();
    const double number = ok ? v.toDouble() : v.toString().toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

QDateTime timeOf(const QJsonValue &v)
{
    const double seconds = v.isString() ? v.toString().toDouble() : v.toDouble();
    if (seconds > 0 && seconds < 1e11)
        return QDateTime::fromSecsSinceEpoch(qint64(seconds), QTimeZone::UTC);
    return v.isString() ? QDateTime::fromString(v.toString(), Qt::ISODateWithMs) : QDateTime();
}

QString scopeText(const QJsonValue &scope)
{
    if (!scope.isArray())
        return scope.toString();
    const QStringList terms = tagsFrom(scope);
    const bool everything = std::ranges::all_of(terms, [](const QString &t) { return t == u"*"; });
    return everything ? QStringLiteral("*") : terms.join(u',');
}

QJsonArray dataOf(const QJsonObject &body)
{
    const QJsonValue data = body.value(u"data");
    return data.isArray() ? data.toArray() : QJsonArray{data};
}

QJsonObject attributesOf(const QJsonValue &resource)
{
    return resource.toObject().value(u"attributes").toObject();
}

} // namespace tenken
