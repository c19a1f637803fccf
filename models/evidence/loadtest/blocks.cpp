// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/blocks.h>

#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace tenken
{

size_t RecordParser::cut(std::string_view text) const
{
    return text.rfind('\n') + 1;
}

void RecordParser::add(RecordParser &later)
{
    m_run.merge(later.m_run, m_lines);
    addMore(later);
    m_lines += std::exchange(later.m_lines, 0);
    m_tooLong += std::exchange(later.m_tooLong, 0);
}

void RecordParser::leaveOutLine()
{
    ++m_lines;
    ++m_tooLong;
}

struct BlockReader::Block {
    std::unique_ptr<char[]> data;
    size_t capacity = 0;
    size_t size = 0;
    size_t end = 0; ///< of what is to be parsed; the rest belongs to the next block
    qint64 number = 0;
    int longLines = 0; ///< dropped before it
    bool openEnd = false;

    std::string_view text() const { return {data.get(), size}; }
    void reserve(size_t wanted)
    {
        if (wanted <= capacity)
            return;
        auto larger = std::make_unique_for_overwrite<char[]>(wanted + LineReader::padding);
        std::copy_n(data.get(), size, larger.get());
        data = std::move(larger);
        capacity = wanted;
    }
    void parseWith(RecordParser &with) const
    {
        for (int i = 0; i < longLines; ++i)
            with.leaveOutLine();
        if (end > 0)
            with.parse({data.get(), end}, openEnd);
    }
};

/// The threads that read a file together. Each takes the next block and parses it while it is in its core's cache;
/// whoever finishes the next one in the file's order adds it, and all that wait for it.
class BlockReader::Team
{
public:
    Team(BlockReader &reader, const Source &source, bool last)
        : m_reader(reader), m_source(source), m_last(last), m_prototype(reader.m_parser->another())
    {
    }
    bool take(Block &block); ///< false when all are taken
    bool more() const { return m_more; }
    void work(Block block); ///< that one and all it can take

private:
    std::unique_ptr<RecordParser> emptyParser();
    void add(qint64 number, std::unique_ptr<RecordParser> parser);

    BlockReader &m_reader;
    const Source &m_source;
    const bool m_last;
    const std::unique_ptr<const RecordParser> m_prototype;

    std::mutex m_taking; ///< guards the source and what follows
    bool m_more = true;
    qint64 m_taken = 0;

    std::mutex m_sum; ///< guards what follows; the sum itself belongs to who is adding
    std::condition_variable m_room;
    std::map<qint64, std::unique_ptr<RecordParser>> m_parsed; ///< waiting for one before them
    std::vector<std::unique_ptr<RecordParser>> m_spare;
    qint64 m_next = 0;
    bool m_adding = false;
};

bool BlockReader::Team::take(Block &block)
{
    { // who holds a block never waits: it may be the one that all others wait for
        std::unique_lock lock(m_sum);
        m_room.wait(lock, [this] { return m_parsed.size() <= size_t(m_reader.m_options.threads); });
    }
    const std::lock_guard lock(m_taking);
    if (!m_more)
        return false;
    m_more = m_reader.fill(block, m_source);
    if (!m_more && m_last) {
        block.end = block.size;
        block.openEnd = block.end > 0 && block.text().back() != '\n';
        m_reader.m_open.clear();
    }
    block.number = m_taken++;
    return true;
}

std::unique_ptr<RecordParser> BlockReader::Team::emptyParser()
{
    const std::lock_guard lock(m_sum);
    if (m_spare.empty())
        return m_prototype->another();
    std::unique_ptr<RecordParser> parser = std::move(m_spare.back());
    m_spare.pop_back();
    return parser;
}

void BlockReader::Team::add(qint64 number, std::unique_ptr<RecordParser> parser)
{
    std::unique_lock lock(m_sum);
    m_parsed[number] = std::move(parser);
    if (m_adding)
        return; // who is at it takes ours too
    m_adding = true;
    while (!m_parsed.empty() && m_parsed.begin()->first == m_next) {
        std::unique_ptr<RecordParser> next = std::move(m_parsed.begin()->second);
        m_parsed.erase(m_parsed.begin());
        lock.unlock();
        m_reader.m_parser->add(*next);
        lock.lock();
        ++m_next;
        m_spare.push_back(std::move(next));
        m_room.notify_all();
    }
    m_adding = false;
}

void BlockReader::Team::work(Block block)
{
    do {
        std::unique_ptr<RecordParser> parser = emptyParser();
        block.parseWith(*parser);
        add(block.number, std::move(parser));
    } while (take(block));
}

BlockReader::BlockReader(std::unique_ptr<RecordParser> parser, BlockOptions options)
    : m_parser(std::move(parser)), m_options(options)
{
    if (m_options.threads <= 0)
        m_options.threads = std::clamp(QThread::idealThreadCount(), 1, 16);
}

BlockReader::~BlockReader() = default;

// A line that is too long to be looked at: nothing of it is kept. False when the source ends in it.
bool BlockReader::dropLongLine(Block &block, const Source &source)
{
    ++block.longLines;
    while (true) {
        block.size = source(block.data.get(), block.capacity);
        if (block.size == 0)
            return false;
        if (const size_t stop = block.text().find('\n'); stop != std::string_view::npos) {
            block.size -= stop + 1;
            std::memmove(block.data.get(), block.data.get() + stop + 1, block.size);
            return true;
        }
    }
}

// One more piece of the file, up to a cut. False at the end, where only open records are in it.
bool BlockReader::fill(Block &block, const Source &source)
{
    block.reserve(m_options.blockBytes + m_open.size());
    block.size = m_open.copy(block.data.get(), m_open.size());
    block.end = 0;
    block.longLines = 0;
    block.openEnd = false;
    while (true) {
        block.reserve(block.size + m_options.blockBytes);
        const size_t got = source(block.data.get() + block.size, m_options.blockBytes);
        if (got == 0)
            break;
        block.size += got;
        block.end = m_parser->cut(block.text());
        if (block.end == 0 && block.size > 2 * LineReader::maxRecord)
            block.end = block.text().rfind('\n') + 1; // whatever the format says, memory is bounded
        if (block.end > 0)
            break;
        if (block.size > LineReader::maxRecord && block.text().find('\n') == std::string_view::npos
            && !dropLongLine(block, source))
            break;
    }
    m_open.assign(block.data.get() + block.end, block.size - block.end);
    return block.end > 0;
}

void BlockReader::read(const Source &source, bool last)
{
    Team team(*this, source, last);
    Block block;
    team.take(block);
    if (m_options.threads == 1 || !team.more()) { // a single block needs no threads
        do {
            block.parseWith(*m_parser);
        } while (team.take(block));
        return;
    }
    std::vector<std::jthread> others;
    for (int i = 1; i < m_options.threads; ++i) {
        others.emplace_back([&team] {
            if (Block own; team.take(own))
                team.work(std::move(own));
        });
    }
    team.work(std::move(block));
}

std::unique_ptr<RecordParser> BlockReader::withOpenRecords() const
{
    std::unique_ptr<RecordParser> all = m_parser->copy();
    const size_t whole = m_open.rfind('\n') + 1;
    const std::string padded = m_open.substr(0, whole) + std::string(LineReader::padding, '\0');
    if (whole > 0)
        all->parse({padded.data(), whole}, false);
    return all;
}

Result<LoadTestRun> readRecords(LineReader &lines, std::unique_ptr<RecordParser> parser, BlockOptions options)
{
    BlockReader blocks(std::move(parser), options);
    blocks.read([&lines](char *to, size_t capacity) { return lines.readBytes(to, capacity); }, true);
    if (lines.cancelled())
        return failure({});
    lines.countTooLong(blocks.parser().tooLong());
    return blocks.parser().finish();
}

} // namespace tenken
