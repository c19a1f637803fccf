// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/evidence.h>

#include <mutex>

namespace tenken {

/// The files of one reading, to be asked whether lines that somebody relied on still stand in them. May be asked
/// from several threads.
class SourceLines
{
public:
    explicit SourceLines(const Evidence &evidence);

    const Evidence &evidence() const { return m_evidence; }
    QByteArray fileDigest(const QString &path) const;                     ///< hex; empty when it was not read
    QByteArray linesDigest(const QString &path, int first, int last) const; ///< hex; empty when there are no such lines

private:
    const QByteArrayList &linesOf(const QString &path) const;

    Evidence m_evidence;
    QHash<QString, QByteArray> m_digests;
    mutable std::mutex m_mutex;
    mutable QHash<QString, QByteArrayList> m_lines;  ///< of files that were asked for
};

/// Of lines as they count for evidence: how they end is no difference.
QByteArray digestOfLines(const QByteArrayList &lines);
QByteArrayList linesIn(const QByteArray &text);

} // namespace tenken
