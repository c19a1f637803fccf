// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/blocks.h>

#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <deque>
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
    std::unique_ptr<RecordParser> parser;

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

/// Threads that parse blocks; whoever finishes the next one in the file's order adds it, and all that wait for it.
class BlockReader::Workers
{
public:
    Workers(RecordParser &sum, int threads) : m_sum(sum), m_most(2 * threads + 2)
    {
        for (int i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { work(); });
    }
    ~Workers()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_toDo.notify_all();
    } // the threads finish what is queued and are joined
    void push(std::unique_ptr<Block> block);
    std::unique_ptr<Block> spare();

private:
    void work();
    void addInOrder(std::unique_lock<std::mutex> &lock);

    RecordParser &m_sum;
    const int m_most; ///< blocks at a time: what is in memory
    std::mutex m_mutex;
    std::condition_variable m_toDo, m_room;
    std::deque<std::unique_ptr<Block>> m_queue;
    std::map<qint64, std::unique_ptr<Block>> m_parsed; ///< waiting for one before them
    std::vector<std::unique_ptr<Block>> m_spare;
    int m_busy = 0;
    qint64 m_next = 0;
    bool m_adding = false;
    bool m_closed = false;
    std::vector<std::jthread> m_threads; ///< last: joined before the rest goes
};

void BlockReader::Workers::push(std::unique_ptr<Block> block)
{
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, [this] { return m_busy < m_most; });
    ++m_busy;
    m_queue.push_back(std::move(block));
    lock.unlock();
    m_toDo.notify_one();
}

std::unique_ptr<BlockReader::Block> BlockReader::Workers::spare()
{
    const std::lock_guard lock(m_mutex);
    if (m_spare.empty())
        return nullptr;
    std::unique_ptr<Block> block = std::move(m_spare.back());
    m_spare.pop_back();
    return block;
}

void BlockReader::Workers::addInOrder(std::unique_lock<std::mutex> &lock)
{
    if (m_adding)
        return; // who is at it takes ours too
    m_adding = true;
    while (!m_parsed.empty() && m_parsed.begin()->first == m_next) {
        std::unique_ptr<Block> block = std::move(m_parsed.begin()->second);
        m_parsed.erase(m_parsed.begin());
        lock.unlock();
        m_sum.add(*block->parser);
        lock.lock();
        ++m_next;
        --m_busy;
        m_spare.push_back(std::move(block));
        m_room.notify_one();
    }
    m_adding = false;
}

void BlockReader::Workers::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_toDo.wait(lock, [this] { return m_closed || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        std::unique_ptr<Block> block = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        block->parseWith(*block->parser);
        lock.lock();
        const qint64 number = block->number;
        m_parsed[number] = std::move(block);
        addInOrder(lock);
    }
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
    const std::unique_ptr<const RecordParser> prototype = m_parser->another();
    std::unique_ptr<Workers> workers;
    std::unique_ptr<Block> first; // waits for a second one: a single block needs no threads
    const auto handOver = [&](std::unique_ptr<Block> block) {
        if (!block->parser)
            block->parser = prototype->another();
        workers->push(std::move(block));
    };
    qint64 number = 0;
    bool more = true;
    std::unique_ptr<Block> block;
    while (more) {
        if (!block && workers)
            block = workers->spare();
        if (!block)
            block = std::make_unique<Block>();
        more = fill(*block, source);
        if (!more && last) {
            block->end = block->size;
            block->openEnd = block->end > 0 && block->text().back() != '\n';
            m_open.clear();
        }
        block->number = number++;
        if (m_options.threads == 1 || (number == 1 && !more)) {
            block->parseWith(*m_parser);
        } else if (number == 1) {
            first = std::move(block);
        } else {
            if (!workers) {
                workers = std::make_unique<Workers>(*m_parser, m_options.threads);
                handOver(std::move(first));
            }
            handOver(std::move(block));
        }
    }
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
