// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/reader.h>

#include <QByteArray>
#include <QDateTime>

#include <memory>
#include <optional>

class QFile;

namespace tenken
{

class BlockReader;
struct LoadTestFormat;

/// Reads a result file that a running test still writes. Of the text formats (Gatling text, k6 JSON, JMeter CSV)
/// only what is new is read each time, and a last line that is not whole yet waits; other and packed files are
/// read anew when they have changed. A file that became shorter, or begins differently, is a new run.
class LoadTestFollower
{
public:
    explicit LoadTestFollower(const QString &absolutePath);
    ~LoadTestFollower();
    LoadTestFollower(LoadTestFollower &&) noexcept;
    LoadTestFollower &operator=(LoadTestFollower &&) noexcept;

    /// The run as far as it is written; nothing where nothing was added since the last call, or no request is in
    /// the file yet. Cancelled reading ends with a Problem whose message is empty, and goes on at the next call.
    Result<std::optional<LoadTestRun>> poll(const ReadProgress &progress = {});
    int restarts() const { return m_restarts; } ///< how often the file began anew

private:
    enum class Way { Unknown, Pieces, Whole };
    void restart();
    Result<bool> recognise(QByteArrayView head); ///< false: too little is there to tell
    Result<std::optional<LoadTestRun>> readWhole(const ReadProgress &progress);
    Result<std::optional<LoadTestRun>> readMore(QFile &file, const ReadProgress &progress);

    QString m_path;
    Way m_way = Way::Unknown;
    std::unique_ptr<BlockReader> m_blocks;
    QByteArray m_head; ///< the first bytes, to know the file again
    qint64 m_knownBy = 0; ///< of the bytes that tell the format, so many were there
    qint64 m_offset = 0; ///< read so far
    qint64 m_size = -1; ///< when it was read as a whole
    QDateTime m_changed;
    int m_restarts = 0;
};

} // namespace tenken
