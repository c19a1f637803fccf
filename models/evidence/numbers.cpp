// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>

#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr QChar minus(0x2212);
constexpr double wholeLimit = 1e15; // beyond it a double does not hold every whole number

QString grouped(QString digits)
{
    qsizetype end = digits.indexOf(u'.');
    for (qsizetype i = (end < 0 ? digits.size() : end) - 3; i > 0; i -= 3)
        digits.insert(i, u',');
    return digits;
}

/// Decimals that leave three significant digits; none for what has three digits before the point.
int decimalsFor(double magnitude)
{
    const int exponent = static_cast<int>(std::floor(std::log10(magnitude)));
    return std::clamp(2 - exponent, 0, 12);
}

} // namespace

QString formatNumber(double value)
{
    if (std::isnan(value))
        return QStringLiteral("–");
    const QString sign = value < 0 ? QString(minus) : QString();
    const double magnitude = std::abs(value);
    if (std::isinf(value))
        return sign + QStringLiteral("∞");
    if (magnitude >= wholeLimit)
        return sign + QString::number(magnitude, 'g', 3);
    if (magnitude == std::floor(magnitude)) // −0 is written as 0
        return (magnitude == 0 ? QString() : sign) + grouped(QString::number(magnitude, 'f', 0));
    if (magnitude < 1e-9)
        return sign + QString::number(magnitude, 'g', 3);
    QString digits = QString::number(magnitude, 'f', decimalsFor(magnitude));
    if (digits.contains(u'.')) {
        while (digits.endsWith(u'0'))
            digits.chop(1);
        if (digits.endsWith(u'.'))
            digits.chop(1);
    }
    return sign + grouped(digits);
}

QString formatWithUnit(double value, const QString &unit)
{
    return unit.isEmpty() ? formatNumber(value) : formatNumber(value) + u' ' + unit;
}

QString formatMs(double milliseconds)
{
    // 999.6 would be shown as "1,000 ms".
    if (std::abs(milliseconds) < 999.5)
        return formatWithUnit(milliseconds, QStringLiteral("ms"));
    return formatWithUnit(milliseconds / 1000, QStringLiteral("s"));
}

std::optional<double> durationSeconds(std::string_view text)
{
    // Go's time.ParseDuration: one or more number-unit pairs, and "0" alone.
    static const QRegularExpression whole(QStringLiteral("^(?:\\d+(?:\\.\\d*)?(?:ns|us|µs|ms|s|m|h))+$"));
    static const QRegularExpression part(QStringLiteral("(\\d+(?:\\.\\d*)?)(ns|us|µs|ms|s|m|h)"));
    const QString s = QString::fromUtf8(text.data(), qsizetype(text.size()));
    if (s == u"0")
        return 0.0;
    if (s.size() > 64 || !whole.match(s).hasMatch())
        return std::nullopt;
    static const QMap<QString, double> seconds{{QStringLiteral("ns"), 1e-9}, {QStringLiteral("us"), 1e-6},
                                               {QStringLiteral("µs"), 1e-6}, {QStringLiteral("ms"), 1e-3},
                                               {QStringLiteral("s"), 1},     {QStringLiteral("m"), 60},
                                               {QStringLiteral("h"), 3600}};
    double sum = 0;
    for (auto it = part.globalMatch(s); it.hasNext();) {
        const QRegularExpressionMatch m = it.next();
        sum += m.captured(1).toDouble() * seconds.value(m.captured(2));
    }
    return sum;
}

} // namespace tenken
