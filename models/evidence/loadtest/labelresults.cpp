// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/labels.h>

namespace tenken
{

void LabelTable::mergeLabel(LabelTable &later, Label &from, quint32 into)
{
    m_labels[into].samples += from.samples;
    m_labels[into].errors += from.errors;
    m_labels[into].latency.merge(from.latency);
    for (const auto &[second, id] : from.cells) {
        Cell &theirs = later.m_cells[id];
        Cell &cell = m_cells[cellFor(into, second)];
        cell.started += theirs.started;
        cell.completed += theirs.completed;
        cell.failed += theirs.failed;
        m_bytes -= cell.latency.heapBytes();
        if (cell.latency.count() == 0)
            cell.latency = std::move(theirs.latency);
        else
            cell.latency.merge(theirs.latency);
        m_bytes += cell.latency.heapBytes();
    }
}

void LabelTable::merge(LabelTable &later)
{
    for (size_t i = 0; i < later.m_labels.size(); ++i) {
        Label &from = later.m_labels[i];
        const quint32 into = i == 0 ? 0 : find(from.name, from.hash);
        if (!from.keepsSeconds && into != 0)
            m_labels[into].keepsSeconds = false;
        mergeLabel(later, from, into);
    }
    for (const quint64 hash : later.m_beyond) {
        if (m_beyond.size() < mostBeyond)
            m_beyond.insert(hash);
    }
    settle();
    later.clear();
}

LoadLabel LabelTable::result(Label &label, qint64 first, qint64 end)
{
    LoadLabel out;
    out.name = QString::fromStdString(label.name);
    if (!label.keepsSeconds) {
        out.samples = label.samples;
        out.errors = label.errors;
        out.latency = std::move(label.latency);
        return out;
    }
    LatencySum sum;
    for (const auto &[second, id] : label.cells) {
        if (second < first || second >= end)
            continue;
        Cell &cell = m_cells[id];
        out.samples += cell.started;
        out.errors += cell.failed;
        sum.add(cell.latency);
        out.seconds.push_back({second, cell.started, cell.completed, cell.failed, std::move(cell.latency)});
    }
    out.seconds.shrink_to_fit();
    sum.moveInto(out.latency);
    return out;
}

std::vector<LoadLabel> LabelTable::take(qint64 first, qint64 end, size_t cap, qint64 &beyond)
{
    std::vector<LoadLabel> all;
    for (size_t i = 1; i < m_labels.size(); ++i) {
        LoadLabel label = result(m_labels[i], first, end);
        if (label.samples > 0)
            all.push_back(std::move(label));
    }
    LoadLabel rest = result(m_labels[0], first, end);
    beyond = 0;
    if (all.size() <= 1 && m_labels.size() == 2 && m_labels[1].name.empty())
        return {};
    capLabels(all, rest, cap, beyond);
    beyond += rest.samples > 0 ? qint64(m_beyond.size()) : 0;
    return all;
}

} // namespace tenken
