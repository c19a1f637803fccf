// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/series.h>

#include <QRegularExpression>

namespace tenken
{

QString environmentOf(const MetricSeries &s)
{
    static const QRegularExpression tag(QStringLiteral(R"((?:^|[{,\s])env:([^,}\s]+))"));
    for (const QString &text : {s.scope, s.query}) {
        if (const auto match = tag.match(text); match.hasMatch())
            return match.captured(1);
    }
    return {};
}

QString plainEnvironment(const QString &environment)
{
    const QString name = environment.toLower();
    if (name == u"prod" || name == u"prd")
        return QStringLiteral("production");
    return name == u"stg" || name == u"stage" ? QStringLiteral("staging") : name;
}

} // namespace tenken
