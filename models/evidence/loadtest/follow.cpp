// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/follow.h>
#include <evidence/loadtest/blocks.h>
#include <evidence/loadtest/format.h>

#include <QFile>
#include <QFileInfo>

namespace tenken
{

namespace
{

constexpr qint64 headBytes = 64 * 1024;
constexpr qsizetype knownAgainBy = 1024;

/// Without a byte order mark.
std::string_view textOf(QByteArrayView head)
{
    std::string_view text(head.data(), size_t(head.size()));
    text.remove_prefix(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    return text;
}

Result<std::optional<LoadTestRun>> orNothingYet(Result<LoadTestRun> run)
{
    if (!run)
        return failure(run.error());
    return std::optional(std::move(*run));
}

} // namespace

LoadTestFollower::LoadTestFollower(const QString &absolutePath) : m_path(absolutePath) {}
LoadTestFollower::~LoadTestFollower() = default;
LoadTestFollower::LoadTestFollower(LoadTestFollower &&) noexcept = default;
LoadTestFollower &LoadTestFollower::operator=(LoadTestFollower &&) noexcept = default;

void LoadTestFollower::restart()
{
    m_way = Way::Unknown;
    m_blocks.reset();
    m_head.clear();
    m_knownBy = m_offset = 0;
    m_size = -1;
    ++m_restarts;
}

Result<bool> LoadTestFollower::recognise(QByteArrayView head)
{
    using namespace std::string_view_literals;
    std::string_view text(head.data(), size_t(head.size()));
    for (const std::string_view start : {"\x1f\x8b"sv, "\x28\xB5\x2F\xFD"sv, "\xFF\xFE"sv, "\xFE\xFF"sv}) {
        if (text.starts_with(start)) {
            m_way = Way::Whole;
            return true;
        }
    }
    const bool mark = textOf(head).size() < text.size();
    text = textOf(head);
    const bool oneLine = head.size() < headBytes && text.find('\n') == std::string_view::npos;
    const LoadTestFormat *format = loadTestFormatOf(text);
    if (oneLine && (!format || format->parser)) // a header may still be half written
        return false;
    if (!format)
        return failure(unrecognisedLoadTest(m_path, text));
    m_way = format->parser ? Way::Pieces : Way::Whole;
    m_knownBy = head.size();
    m_offset = mark ? 3 : 0;
    if (format->parser)
        m_blocks = std::make_unique<BlockReader>(format->parser(text));
    return true;
}

Result<std::optional<LoadTestRun>> LoadTestFollower::readWhole(const ReadProgress &progress)
{
    const QFileInfo info(m_path);
    if (info.size() == m_size && info.lastModified() == m_changed)
        return std::nullopt;
    Result<LoadTestRun> run = readLoadTest(m_path, progress);
    const bool cancelled = !run && run.error().message.isEmpty();
    if (!cancelled) {
        m_size = info.size();
        m_changed = info.lastModified();
    }
    return orNothingYet(std::move(run));
}

Result<std::optional<LoadTestRun>> LoadTestFollower::readMore(QFile &file, const ReadProgress &progress)
{
    bool cancelled = false;
    const qint64 before = m_offset;
    file.seek(m_offset);
    m_blocks->read(
        [&](char *to, size_t capacity) -> size_t {
            if (cancelled)
                return 0;
            const qint64 got = std::max<qint64>(0, file.read(to, qint64(capacity)));
            m_offset += got;
            cancelled = progress && !progress(m_offset, std::max(m_offset, file.size()));
            return size_t(got);
        },
        false);
    if (cancelled)
        return failure({});
    if (m_offset == before)
        return std::nullopt;
    const std::unique_ptr<RecordParser> all = m_blocks->withOpenRecords();
    Result<LoadTestRun> run = all->finish();
    if (run && run->samples == 0 && run->skippedLines == 0)
        return std::nullopt; // the test has only begun
    return orNothingYet(checkedRun(m_path, std::move(run), all->tooLong()));
}

Result<std::optional<LoadTestRun>> LoadTestFollower::poll(const ReadProgress &progress)
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return failure({m_path, {},
                        Text{"ファイルを開けません（%1）。", "The file cannot be opened (%1)."}.arg(file.errorString()), {}});
    }
    const QByteArray head = file.read(headBytes);
    if (file.size() < m_offset || !head.startsWith(m_head))
        restart();
    m_head = head.first(std::min(knownAgainBy, head.size()));
    if (head.isEmpty())
        return std::nullopt;
    // A header alone does not tell how the rows below it are written: while the beginning grows, it is read anew.
    const bool tellsMore = m_way == Way::Pieces && head.size() > m_knownBy && loadTestFormatOf(textOf(head));
    if (m_way == Way::Unknown || tellsMore) {
        const Result<bool> known = recognise(head);
        if (!known)
            return failure(known.error());
        if (!*known)
            return std::nullopt;
    }
    return m_way == Way::Whole ? readWhole(progress) : readMore(file, progress);
}

} // namespace tenken
