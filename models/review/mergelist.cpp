// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/mergelist.h>

#include <QHash>

#include <algorithm>

namespace tenken {

namespace {

/// Said on both sides, and the same: two empty fields are no likeness.
bool same(const QString &a, const QString &b) { return a == b && !a.isEmpty(); }
bool same(const QDate &a, const QDate &b) { return a == b && a.isValid(); }

/// How surely two entries are one that was edited: 3 equal, 2 about the same thing, 1 alike, 0 no.
int likeness(const Waiver &a, const Waiver &b)
{
    if (a == b)
        return 3;
    // A waiver of something else is another waiver, whatever it shares: nothing may widen by being merged.
    if (a.rule != b.rule || a.object != b.object || a.container != b.container || a.finding != b.finding
        || a.parameter != b.parameter || a.value != b.value)
        return 0;
    if (same(a.reason, b.reason))
        return 2;
    const int alike = same(a.requester, b.requester) + same(a.approver, b.approver)
        + same(a.control, b.control) + same(a.expires, b.expires);
    return alike >= 3 ? 1 : 0;
}

int likeness(const Action &a, const Action &b)
{
    if (a == b)
        return 3;
    if (same(a.text, b.text))
        return 2;
    return same(a.owner, b.owner) && (same(a.due, b.due) || same(a.link, b.link)) ? 1 : 0;
}

/// There is one word on a monitor.
int likeness(const MonitorLink &a, const MonitorLink &b)
{
    return a == b ? 3 : same(a.id, b.id) ? 2 : 0;
}

/// What two entries about the same thing have in common; empty: they say too little.
QString keyOf(const Waiver &w)
{
    const QStringList target{w.rule, w.object, w.container, w.finding, w.parameter};
    return w.reason.isEmpty() ? QString() : target.join(QChar(0x1f)) + QChar(0x1f) + w.reason;
}
QString keyOf(const Action &a) { return a.text; }
QString keyOf(const MonitorLink &m) { return m.id; }

QString wholeOf(const Waiver &w)
{
    return QStringList{keyOf(w), w.requester, w.approver, w.control, w.expires.toString(Qt::ISODate), w.link}.join(QChar(0x1f));
}
QString wholeOf(const Action &a) { return QStringList{a.text, a.owner, a.link, a.due.toString(Qt::ISODate)}.join(QChar(0x1f)); }
QString wholeOf(const MonitorLink &m) { return QStringList{m.id, m.by, m.note}.join(QChar(0x1f)); }

/// Pairs entries of two lists, in order, each once.
template<typename Entry>
class Pairing
{
public:
    Pairing(const std::vector<Entry> &base, const std::vector<Entry> &side)
        : found(base.size(), -1), m_base(base), m_side(side), m_used(side.size(), false)
    {
    }

    /// Those that share a key and are at least as alike as wanted: lists of thousands stay quick.
    template<typename Key>
    void byKey(Key key, int wanted)
    {
        QHash<QString, QList<int>> waiting;
        for (size_t s = 0; s < m_side.size(); ++s) {
            if (!m_used[s])
                waiting[key(m_side[s])].append(int(s));
        }
        for (size_t b = 0; b < m_base.size(); ++b) {
            const QString shared = found[b] < 0 ? key(m_base[b]) : QString();
            const auto list = shared.isEmpty() ? waiting.end() : waiting.find(shared);
            if (list == waiting.end())
                continue;
            const auto it = std::ranges::find_if(*list, [&](int s) { return likeness(m_base[b], m_side[size_t(s)]) >= wanted; });
            if (it == list->end())
                continue;
            take(b, size_t(*it));
            list->erase(it);
        }
    }

    /// The rest, each against each: where there are few.
    void byLikeness()
    {
        constexpr qsizetype mostPairs = 250'000;
        if (std::ranges::count(found, -1) * std::ranges::count(m_used, false) > mostPairs)
            return;
        for (size_t b = 0; b < m_base.size(); ++b) {
            for (size_t s = 0; found[b] < 0 && s < m_side.size(); ++s) {
                if (!m_used[s] && likeness(m_base[b], m_side[s]) > 0)
                    take(b, s);
            }
        }
    }

    std::vector<int> found;

private:
    void take(size_t b, size_t s)
    {
        found[b] = int(s);
        m_used[s] = true;
    }

    const std::vector<Entry> &m_base, &m_side;
    std::vector<bool> m_used;
};

template<typename Entry>
std::vector<int> equalIn(const std::vector<Entry> &base, const std::vector<Entry> &side)
{
    Pairing<Entry> pairing(base, side);
    pairing.byKey([](const Entry &e) { return wholeOf(e) + QChar(0x1e); }, 3);
    return std::move(pairing.found);
}

template<typename Entry>
std::vector<int> match(const std::vector<Entry> &base, const std::vector<Entry> &side)
{
    Pairing<Entry> pairing(base, side);
    pairing.byKey([](const Entry &e) { return wholeOf(e) + QChar(0x1e); }, 3); // an empty entry has a key too
    pairing.byKey([](const Entry &e) { return keyOf(e); }, 2);
    pairing.byLikeness();
    return std::move(pairing.found);
}

} // namespace

std::vector<int> counterparts(const std::vector<Waiver> &base, const std::vector<Waiver> &side) { return match(base, side); }
std::vector<int> counterparts(const std::vector<Action> &base, const std::vector<Action> &side) { return match(base, side); }
std::vector<int> counterparts(const std::vector<MonitorLink> &base, const std::vector<MonitorLink> &side)
{
    return match(base, side);
}

std::vector<int> twins(const std::vector<Waiver> &base, const std::vector<Waiver> &side) { return equalIn(base, side); }
std::vector<int> twins(const std::vector<Action> &base, const std::vector<Action> &side) { return equalIn(base, side); }
std::vector<int> twins(const std::vector<MonitorLink> &base, const std::vector<MonitorLink> &side)
{
    return equalIn(base, side);
}

} // namespace tenken
