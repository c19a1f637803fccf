// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>
#include <evidence/loadtest/input.h>

#include <cstring>
#include <functional>
#include <memory>

namespace tenken
{

/// Reads the records of a text format from pieces of a file. Several work at a time, each on its own piece; what
/// they found is added up in the file's order, so that the answer depends on neither threads nor pieces.
class RecordParser
{
public:
    virtual ~RecordParser() = default;
    virtual std::unique_ptr<RecordParser> another() const = 0; ///< an empty one for the same file
    virtual std::unique_ptr<RecordParser> copy() const = 0;
    /// How much of `text`, which begins with a record, can be parsed on its own: up to where a record ends and
    /// nothing behind it belongs to it. 0: more is needed. Looks at nothing that parsing or adding changes.
    virtual size_t cut(std::string_view text) const;
    /// Whole records, 64 readable bytes behind them. `openEnd`: the file ends without a line break.
    virtual void parse(std::string_view text, bool openEnd) = 0;
    virtual Result<LoadTestRun> finish() = 0;

    void add(RecordParser &later); ///< from the records behind; empties it
    qint64 tooLong() const { return m_tooLong; } ///< lines longer than LineReader::maxRecord
    qint64 lines() const { return m_lines; }
    void leaveOutLine(); ///< one that is too long to be looked at

protected:
    RecordParser() = default;
    RecordParser(const RecordParser &) = default;
    RecordParser &operator=(const RecordParser &) = delete;
    virtual void addMore(RecordParser &later) = 0; ///< what the format gathers beside the run

    /// Calls line(text, number, cut) for each line of `text`, without its end. `cut`: the file ends in it.
    template <typename Line>
    void eachLine(std::string_view text, bool openEnd, Line line);

    RunBuilder m_run;
    qint64 m_lines = 0;

private:
    qint64 m_tooLong = 0;
};

template <typename Line>
void RecordParser::eachLine(std::string_view text, bool openEnd, Line line)
{
    const char *at = text.data();
    const char *const end = at + text.size();
    while (at < end) {
        const auto *stop = static_cast<const char *>(std::memchr(at, '\n', size_t(end - at)));
        const char *next = stop ? stop + 1 : end;
        stop = stop ? stop : end;
        if (size_t(stop - at) > LineReader::maxRecord) {
            leaveOutLine();
        } else {
            const char *last = stop > at && stop[-1] == '\r' ? stop - 1 : stop;
            m_run.atLine(++m_lines);
            line(std::string_view(at, size_t(last - at)), m_lines, openEnd && next == end);
        }
        at = next;
    }
}

struct BlockOptions {
    size_t blockBytes = 2 * 1024 * 1024;
    int threads = 0; ///< 0: as many as there are cores
};

/// Feeds a RecordParser piece by piece, on all cores where there are several pieces.
class BlockReader
{
public:
    explicit BlockReader(std::unique_ptr<RecordParser> parser, BlockOptions options = {});
    ~BlockReader();

    /// Gives 0 at the end. Called from several threads, never from two at a time.
    using Source = std::function<size_t(char *to, size_t capacity)>;
    /// Everything that the source gives. Unless it is the `last`, what a record at its end leaves open waits for
    /// more.
    void read(const Source &source, bool last);
    RecordParser &parser() { return *m_parser; } ///< all that was read so far
    std::unique_ptr<RecordParser> withOpenRecords() const; ///< and the whole lines that still wait

private:
    class Team;
    struct Block;
    bool fill(Block &block, const Source &source);
    static bool dropLongLine(Block &block, const Source &source);

    std::unique_ptr<RecordParser> m_parser;
    BlockOptions m_options;
    std::string m_open; ///< read, not parsed
};

/// The run of a text format; lines that were too long are counted in `lines`.
Result<LoadTestRun> readRecords(LineReader &lines, std::unique_ptr<RecordParser> parser, BlockOptions options = {});

} // namespace tenken
