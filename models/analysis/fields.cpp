// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/fields.h>

#include <QMap>
#include <QRegularExpression>

#include <limits>

namespace tenken {

IntField intField(Yaml map, std::string_view key, int fallback, bool zeroIsDefault)
{
    const Yaml value = map[key];
    if (!value || value.isNull())
        return {.value = fallback, .known = true, .written = false, .span = {}};
    IntField field{.value = fallback, .known = false, .written = true, .span = value.entrySpan()};
    const std::optional<qint64> n = value.integer();
    if (!n || *n < std::numeric_limits<int>::min() || *n > std::numeric_limits<int>::max())
        return field;
    field.known = true;
    field.value = zeroIsDefault && *n == 0 ? fallback : int(*n);
    return field;
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

bool looksTemplated(const QString &text)
{
    return text.contains(u'$') || text.contains(QLatin1String("{{"));
}

} // namespace tenken
