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

quint32 LabelTable::labelFor(std::string_view name)
{
    name = name.substr(0, longestName);
    const quint32 likely = m_labels[m_last].next;
    if (likely != 0 && same(m_labels[likely].name, name))
        return m_last = likely;
    const quint32 found = find(name, hashOf(name));
    m_labels[m_last].next = found;
    return m_last = found;
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
    recent.second = second;
    recent.cell = &m_cells[id];
    recent.id = id;
    return recent;
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
    m_noted.push_back(quint64(first.id) << bucketBits | LatencyHistogram::bucketOf(latencyUs));
    Cell &last = endSecond == startSecond ? begun : *recentCell(label, endSecond).cell;
    ++last.completed;
    last.failed += failed ? 1 : 0;
}

void LabelTable::flush(RunTimeline &timeline)
{
    struct Group {
        qint64 second = 0;
        size_t first = 0, end = 0;
    };
    radixSort(m_noted, m_sorted);
    std::vector<LatencyHistogram::Bucket> buckets;
    std::vector<Group> groups;
    for (size_t i = 0; i < m_noted.size();) {
        Cell &cell = m_cells[m_noted[i] >> bucketBits];
        const quint64 limit = ((m_noted[i] >> bucketBits) + 1) << bucketBits;
        const size_t first = buckets.size();
        for (; i < m_noted.size() && m_noted[i] < limit; ++i) {
            const quint32 index = quint32(m_noted[i]) & (LatencyHistogram::bucketLimit - 1);
            if (buckets.size() > first && buckets.back().first == index)
                ++buckets.back().second;
            else
                buckets.emplace_back(index, 1);
        }
        m_bytes -= cell.latency.heapBytes();
        cell.latency.addBuckets(std::span(buckets).subspan(first));
        m_bytes += cell.latency.heapBytes();
        groups.push_back({cell.second, first, buckets.size()});
    }
    m_noted.clear();
    std::ranges::sort(groups, {}, &Group::second);
    for (size_t i = 0; i < groups.size();) {
        const qint64 second = groups[i].second;
        for (; i < groups.size() && groups[i].second == second; ++i)
            m_sum.addBuckets(std::span(buckets).subspan(groups[i].first, groups[i].end - groups[i].first));
        if (RunTimeline::Cell *cell = timeline.at(second))
            m_sum.moveInto(cell->second.latency);
    }
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
