// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/fields.h>

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

bool looksTemplated(const QString &text)
{
    return text.contains(u'$') || text.contains(QLatin1String("{{"));
}

} // namespace tenken
