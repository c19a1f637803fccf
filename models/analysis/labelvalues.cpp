// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/nodegroups.h>

#include <algorithm>

namespace tenken {

LabelValues LabelValues::of(const QStringList &values)
{
    LabelValues v;
    v.m_allBut = false;
    v.m_values = QSet<QString>(values.begin(), values.end());
    return v;
}

bool LabelValues::withinBounds(const QString &value) const
{
    if (!m_above && !m_below)
        return true;
    bool ok = false;
    const qint64 n = value.toLongLong(&ok);
    return ok && (!m_above || n > *m_above) && (!m_below || n < *m_below);
}

bool LabelValues::isEmpty() const
{
    if (!m_allBut)
        return m_values.isEmpty();
    return m_above && m_below && (*m_below <= *m_above || *m_below - *m_above < 2);
}

bool LabelValues::has(const QString &value) const
{
    return m_values.contains(value) != m_allBut && withinBounds(value);
}

std::optional<QStringList> LabelValues::named() const
{
    if (m_allBut)
        return {};
    QStringList all(m_values.begin(), m_values.end());
    all.sort();
    return all;
}

void LabelValues::dropOutside()
{
    if (m_allBut)
        return;
    m_values.removeIf([this](const QString &v) { return !withinBounds(v); });
    m_above.reset();
    m_below.reset();
}

bool LabelValues::narrow(const QString &op, const QStringList &values)
{
    if (op == u"In") {
        QSet<QString> kept;
        for (const QString &v : values) {
            if (has(v))
                kept.insert(v);
        }
        m_allBut = false;
        m_values = kept;
    } else if (op == u"NotIn") {
        for (const QString &v : values) {
            if (m_allBut)
                m_values.insert(v);
            else
                m_values.remove(v);
        }
    } else if (op == u"DoesNotExist") {
        *this = of({});
    } else if (op == u"Gt" || op == u"Lt" || op == u"Gte" || op == u"Lte") {
        bool ok = false;
        const qint64 n = values.size() == 1 ? values.front().toLongLong(&ok) : 0;
        constexpr qint64 most = 1LL << 60;
        if (!ok || n > most || n < -most) { // the API server refuses it
            *this = of({});
            return true;
        }
        if (op.startsWith(u'G'))
            m_above = std::max(m_above.value_or(-most - 2), op == u"Gte" ? n - 1 : n);
        else
            m_below = std::min(m_below.value_or(most + 2), op == u"Lte" ? n + 1 : n);
    } else if (op != u"Exists") {
        return false;
    }
    dropOutside();
    return true;
}

} // namespace tenken
