// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/environments.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace tenken {

namespace {

const QRegularExpression &reference()
{
    static const QRegularExpression expression(QStringLiteral("\\$\\{([A-Za-z_][A-Za-z0-9_]{0,127})\\}"));
    return expression;
}

QString rangeText(const std::pair<int, int> &range)
{
    const auto [least, most] = range;
    if (least == most)
        return QString::number(least);
    return least % 100 == 0 && most == least + 99 ? QStringLiteral("%1xx").arg(least / 100) : QStringLiteral("%1–%2").arg(least).arg(most);
}

} // namespace

bool WantedStatus::accepts(int status) const
{
    return std::ranges::any_of(ranges, [&](const auto &r) { return status >= r.first && status <= r.second; });
}

QString WantedStatus::text() const
{
    QStringList words;
    for (const auto &range : ranges)
        words << rangeText(range);
    return words.join(QStringLiteral(", "));
}

QStringList SmokeRequest::variables() const
{
    QStringList names;
    for (const QString &text : headers.values() + QStringList{send}) {
        for (auto it = reference().globalMatch(text); it.hasNext();)
            names << it.next().captured(1);
    }
    names.removeDuplicates();
    return names;
}

bool isLoopback(const QUrl &url)
{
    static const QRegularExpression four(QStringLiteral("^127(\\.\\d{1,3}){3}$"));
    const QString host = url.host().toLower();
    return host == u"localhost" || host == u"::1" || four.match(host).hasMatch();
}

QString withVariables(const QString &text, const QMap<QString, QString> &values)
{
    QString result;
    qsizetype done = 0;
    for (auto it = reference().globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        result += QStringView(text).sliced(done, match.capturedStart() - done);
        result += values.value(match.captured(1));
        done = match.capturedEnd();
    }
    return result.append(QStringView(text).sliced(done));
}

} // namespace tenken
