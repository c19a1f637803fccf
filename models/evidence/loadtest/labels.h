// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/latencytray.h>
#include <evidence/loadtest/timeline.h>

#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>

namespace tenken
{

/// Request names, each with its seconds. Bounded: names beyond a few thousand are counted together at once, and
/// the names with the fewest requests lose their seconds when all of them would take too much memory.
/// Latencies are counted in trays as they come, or noted where there are more names than trays, and put into histograms
/// by flush(): a request costs nanoseconds.
class LabelTable
{
public:
    LabelTable();
    void request(std::string_view name, qint64 startSecond, qint64 endSecond, qint64 latencyUs, bool failed);
    bool wantsFlush() const { return m_pending >= flushAt; }
    void flush(RunTimeline &timeline); ///< gives the timeline's seconds their buckets too
    void merge(LabelTable &later); ///< both flushed; takes what is in the other one
    /// Of the seconds [first, end) where a name still has its seconds. Most requests first, the last holding all
    /// beyond `cap`, whose number goes to `beyond`. Nothing where no request had a name.
    std::vector<LoadLabel> take(qint64 first, qint64 end, size_t cap, qint64 &beyond);

private:
    struct Cell {
        qint64 second = 0;
        quint32 started = 0, completed = 0, failed = 0;
        LatencyHistogram latency;
    };
    struct Tray {
        quint32 cell = 0; ///< whose latencies are in it
        LatencyTray latencies;
    };
    /// The second that was counted last, of the even and of the odd ones; a copy starts with none.
    struct Recent {
        qint64 second = 0;
        Cell *cell = nullptr;
        Tray *tray = nullptr; ///< null: its latencies are noted
        quint32 id = 0;
        Recent() = default;
        Recent(const Recent &) {}
        Recent &operator=(const Recent &)
        {
            cell = nullptr;
            tray = nullptr;
            return *this;
        }
    };
    struct Label {
        std::array<Recent, 2> recent;
        std::string name;
        quint64 hash = 0;
        quint32 next = 0; ///< that came after it last time: users mostly go the same ways; 0: none
        qint64 samples = 0, errors = 0;
        bool keepsSeconds = true;
        bool usesTrays = true; ///< false until the next flush where its seconds take turns too fast for that
        LatencyHistogram latency; ///< of the seconds that were given up
        std::vector<std::pair<qint64, quint32>> cells; ///< second, where in m_cells; sorted
    };
    static constexpr qint64 flushAt = LatencyTray::most;
    static constexpr size_t mostTrays = 64; ///< a megabyte where latencies are all over the place
    static constexpr size_t mostBeyond = 100'000;

    quint32 find(std::string_view name, quint64 hash);
    quint32 labelFor(std::string_view name);
    quint32 findLabel(std::string_view name);
    quint32 cellFor(quint32 label, qint64 second);
    const Recent &recentCell(quint32 label, qint64 second)
    {
        const Recent &recent = m_labels[label].recent[size_t(second & 1)];
        return recent.cell && recent.second == second ? recent : findCell(label, second);
    }
    const Recent &findCell(quint32 label, qint64 second);
    Tray *trayFor(Label &label, const Recent &recent);
    qint64 empty(Tray &tray);
    void emptyTrays();
    void sortNotes();
    void release(quint32 cell);
    void clear(); ///< keeps what memory it can: another piece of the file follows
    void fold(Label &label); ///< its seconds become one sum
    void settle(); ///< folds what is not to be kept
    void mergeLabel(LabelTable &later, Label &from, quint32 into);
    LoadLabel result(Label &label, qint64 first, qint64 end);

    std::vector<Label> m_labels; ///< the first one is for what is not named and for names beyond the limit
    std::vector<quint32> m_slots; ///< open addressing; 0: free
    quint32 m_last = 0;
    std::unordered_set<quint64> m_beyond; ///< names that found no place, as hashes
    std::deque<Cell> m_cells; ///< grows without moving
    std::vector<quint32> m_free;
    qint64 m_pending = 0; ///< requests since the last flush
    std::deque<Tray> m_trays; ///< grows without moving; the first ones are in use
    size_t m_traysInUse = 0;
    std::vector<quint64> m_noted; ///< cell and bucket of each latency that has no tray
    std::vector<quint64> m_sorted;
    struct Group { ///< some of a cell's latencies
        quint32 cell = 0;
        qint64 second = 0;
        size_t first = 0, end = 0; ///< in m_buckets
    };
    std::vector<LatencyHistogram::Bucket> m_buckets; ///< since the last flush
    std::vector<Group> m_groups;
    LatencySum m_sum;
    size_t m_bytes = 0; ///< of the cells that are kept
};

constexpr size_t mostLabels = 100; ///< that a run names

/// Most requests first; those beyond `cap` are added to `rest`, which comes last where it holds any.
void capLabels(std::vector<LoadLabel> &all, LoadLabel rest, size_t cap, qint64 &beyond);

/// Adds up those whose names have become the same.
void joinSameNames(std::vector<LoadLabel> &labels, qint64 beyond);

/// Adds one list of labels to another, by name; `beyond` as in LoadTestRun.
void mergeLabels(std::vector<LoadLabel> &sum, qint64 &beyond, std::vector<LoadLabel> other, qint64 othersBeyond);

} // namespace tenken
