// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/labels.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace tenken
{

namespace
{

constexpr size_t mostNames = 4096;
constexpr size_t longestName = 200;
constexpr size_t mostBytes = 40 * 1024 * 1024; // for the seconds of all names
constexpr int bucketBits = std::bit_width(LatencyHistogram::bucketLimit - 1);
constexpr size_t heapOverhead = 32; // of an allocation, and of a cell's place in its label's list

template <typename Word>
inline quint64 wordAt(const char *text)
{
    Word word;
    std::memcpy(&word, text, sizeof(word));
    return word;
}

/// At most eight bytes as one number; different for texts of one length that differ.
inline quint64 shortText(std::string_view text)
{
    const size_t size = text.size();
    if (size == 8)
        return wordAt<quint64>(text.data());
    if (size >= 4)
        return wordAt<quint32>(text.data()) | wordAt<quint32>(text.data() + size - 4) << 32;
    if (size == 0)
        return 0;
    return wordAt<quint8>(text.data()) | wordAt<quint8>(text.data() + size / 2) << 8
        | wordAt<quint8>(text.data() + size - 1) << 16;
}

inline quint64 hashOf(std::string_view text)
{
    constexpr quint64 factor = 0x9E37'79B9'7F4A'7C15;
    quint64 hash = text.size() * factor;
    for (; text.size() > 8; text.remove_prefix(8))
        hash = std::rotl((hash ^ wordAt<quint64>(text.data())) * factor, 29);
    hash = (hash ^ shortText(text)) * factor;
    return hash ^ hash >> 32;
}

/// A call of memcmp for a name of a few bytes would take longer than the comparison.
inline bool same(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (; a.size() > 8; a.remove_prefix(8), b.remove_prefix(8)) {
        if (wordAt<quint64>(a.data()) != wordAt<quint64>(b.data()))
            return false;
    }
    return shortText(a) == shortText(b);
}

/// By eleven bits at a time, from the lowest: a few nanoseconds for each key.
void radixSort(std::vector<quint64> &keys, std::vector<quint64> &scratch)
{
    constexpr int digit = 11;
    quint64 all = 0;
    for (const quint64 key : keys)
        all |= key;
    scratch.resize(keys.size());
    for (int shift = 0; shift < 64 && all >> shift != 0; shift += digit) {
        std::array<quint32, 1 << digit> place{};
        for (const quint64 key : keys)
            ++place[key >> shift & ((1 << digit) - 1)];
        quint32 begin = 0;
        for (quint32 &count : place)
            begin += std::exchange(count, begin);
        for (const quint64 key : keys)
            scratch[place[key >> shift & ((1 << digit) - 1)]++] = key;
        keys.swap(scratch);
    }
}

} // namespace

LabelTable::LabelTable()
{
    clear();
}

void LabelTable::clear()
{
    m_labels.clear();
    m_labels.emplace_back().keepsSeconds = false;
    m_slots.assign(256, 0);
    m_last = 0;
    m_beyond.clear();
    m_cells.clear();
    m_free.clear();
    m_noted.clear();
    m_bytes = 0;
}

quint32 LabelTable::find(std::string_view name, quint64 hash)
{
    size_t slot = hash & (m_slots.size() - 1);
    while (m_slots[slot] != 0) {
        const Label &label = m_labels[m_slots[slot]];
        if (label.hash == hash && same(label.name, name))
            return m_slots[slot];
        slot = (slot + 1) & (m_slots.size() - 1);
    }
    if (m_labels.size() > mostNames) {
        if (m_beyond.size() < mostBeyond)
            m_beyond.insert(hash);
        return 0;
    }
    m_slots[slot] = quint32(m_labels.size());
    Label &label = m_labels.emplace_back();
    label.name = name;
    label.hash = hash;
    label.keepsSeconds = !name.empty(); // requests without a name are the run's own seconds
    if (m_labels.size() * 2 > m_slots.size()) {
        m_slots.assign(m_slots.size() * 4, 0);
        for (quint32 i = 1; i < m_labels.size(); ++i) {
            size_t at = m_labels[i].hash & (m_slots.size() - 1);
            while (m_slots[at] != 0)
                at = (at + 1) & (m_slots.size() - 1);
            m_slots[at] = i;
        }
    }
    return quint32(m_labels.size() - 1);
}

[[gnu::noinline]] quint32 LabelTable::findLabel(std::string_view name)
{
    const quint32 found = find(name, hashOf(name));
    m_labels[m_last].next = found;
    return m_last = found;
}

inline quint32 LabelTable::labelFor(std::string_view name)
{
    name = name.substr(0, longestName);
    const quint32 likely = m_labels[m_last].next;
    return likely != 0 && same(m_labels[likely].name, name) ? m_last = likely : findLabel(name);
}

quint32 LabelTable::cellFor(quint32 label, qint64 second)
{
    auto &cells = m_labels[label].cells;
    auto at = cells.end();
    if (!cells.empty() && cells.back().first >= second) {
        if (cells.back().first == second)
            return cells.back().second;
        if (cells.size() > 1 && cells[cells.size() - 2].first == second)
            return cells[cells.size() - 2].second;
        at = std::ranges::lower_bound(cells, second, {}, &std::pair<qint64, quint32>::first);
        if (at->first == second)
            return at->second;
    }
    quint32 id = quint32(m_cells.size());
    if (m_free.empty()) {
        m_cells.emplace_back();
    } else {
        id = m_free.back();
        m_free.pop_back();
    }
    m_cells[id].second = second;
    m_bytes += sizeof(Cell) + heapOverhead;
    cells.insert(at, {second, id});
    return id;
}

const LabelTable::Recent &LabelTable::findCell(quint32 label, qint64 second)
{
    const quint32 id = cellFor(label, second);
    Recent &recent = m_labels[label].recent[size_t(second & 1)];
    recent.tray = trayFor(m_labels[label], recent);
    recent.second = second;
    recent.cell = &m_cells[id];
    recent.id = id;
    if (recent.tray)
        recent.tray->cell = id;
    return recent;
}

/// An empty one for the second that comes after the recent one; null where there is none, or it would not pay.
LabelTable::Tray *LabelTable::trayFor(Label &label, const Recent &recent)
{
    constexpr qint64 worthwhile = 8; // latencies: the answers of an overloaded service began in one of many seconds each
    if (recent.tray) {
        label.usesTrays = label.usesTrays && empty(*recent.tray) >= worthwhile;
        return label.usesTrays ? recent.tray : nullptr;
    }
    if (!label.usesTrays || m_traysInUse == mostTrays)
        return nullptr;
    if (m_traysInUse == m_trays.size())
        m_trays.emplace_back();
    return &m_trays[m_traysInUse++];
}

qint64 LabelTable::empty(Tray &tray)
{
    const size_t first = m_buckets.size();
    const qint64 latencies = tray.latencies.moveTo(m_buckets);
    if (latencies > 0)
        m_groups.push_back({tray.cell, m_cells[tray.cell].second, first, m_buckets.size()});
    return latencies;
}

void LabelTable::emptyTrays()
{
    for (size_t i = 0; i < m_traysInUse; ++i)
        empty(m_trays[i]);
    m_traysInUse = 0;
    for (Label &label : m_labels) {
        label.recent = {};
        label.usesTrays = true;
    }
}

void LabelTable::release(quint32 cell)
{
    m_bytes -= sizeof(Cell) + heapOverhead + m_cells[cell].latency.heapBytes();
    m_cells[cell] = {};
    m_free.push_back(cell);
}

void LabelTable::request(std::string_view name, qint64 startSecond, qint64 endSecond, qint64 latencyUs,
                         bool failed)
{
    const quint32 label = labelFor(name);
    ++m_labels[label].samples;
    m_labels[label].errors += failed ? 1 : 0;
    const Recent &first = recentCell(label, startSecond);
    Cell &begun = *first.cell; // stays where it is when the next one makes another
    ++begun.started;
    begun.latency.tally(latencyUs);
    ++m_pending;
    if (const quint32 bucket = LatencyHistogram::bucketOf(latencyUs); first.tray)
        first.tray->latencies.add(bucket);
    else
        m_noted.push_back(quint64(first.id) << bucketBits | bucket);
    Cell &last = endSecond == startSecond ? begun : *recentCell(label, endSecond).cell;
    ++last.completed;
    last.failed += failed ? 1 : 0;
}

void LabelTable::sortNotes()
{
    radixSort(m_noted, m_sorted);
    for (size_t i = 0; i < m_noted.size();) {
        const quint32 cell = quint32(m_noted[i] >> bucketBits);
        const quint64 limit = (quint64(cell) + 1) << bucketBits;
        const size_t first = m_buckets.size();
        for (; i < m_noted.size() && m_noted[i] < limit; ++i) {
            const quint32 index = quint32(m_noted[i]) & (LatencyHistogram::bucketLimit - 1);
            if (m_buckets.size() > first && m_buckets.back().first == index)
                ++m_buckets.back().second;
            else
                m_buckets.emplace_back(index, 1);
        }
        m_groups.push_back({cell, m_cells[cell].second, first, m_buckets.size()});
    }
    m_noted.clear();
}

void LabelTable::flush(RunTimeline &timeline)
{
    emptyTrays();
    sortNotes();
    const auto bucketsOf = [this](const Group &group) {
        return std::span(m_buckets).subspan(group.first, group.end - group.first);
    };
    for (const Group &group : m_groups) {
        LatencyHistogram &latency = m_cells[group.cell].latency;
        m_bytes -= latency.heapBytes();
        latency.addBuckets(bucketsOf(group));
        m_bytes += latency.heapBytes();
    }
    std::ranges::sort(m_groups, {}, &Group::second);
    for (size_t i = 0; i < m_groups.size();) {
        const qint64 second = m_groups[i].second;
        for (; i < m_groups.size() && m_groups[i].second == second; ++i)
            m_sum.addBuckets(bucketsOf(m_groups[i]));
        if (RunTimeline::Cell *cell = timeline.at(second))
            m_sum.moveInto(cell->second.latency);
    }
    m_groups.clear();
    m_buckets.clear();
    m_pending = 0;
    settle();
}

void LabelTable::fold(Label &label)
{
    LatencySum sum;
    for (const auto &[second, id] : label.cells) {
        sum.add(m_cells[id].latency);
        release(id);
    }
    label.cells = {};
    label.recent = {};
    sum.moveInto(label.latency);
}

void LabelTable::settle()
{
    for (Label &label : m_labels) {
        if (!label.keepsSeconds && !label.cells.empty())
            fold(label);
    }
    while (m_bytes > mostBytes) {
        Label *least = nullptr;
        for (Label &label : m_labels) {
            if (label.keepsSeconds && !label.cells.empty() && (!least || label.samples < least->samples))
                least = &label;
        }
        if (!least)
            break;
        least->keepsSeconds = false;
        fold(*least);
    }
}

} // namespace tenken
