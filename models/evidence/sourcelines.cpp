// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/sourcelines.h>

namespace tenken {

QByteArrayList linesIn(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QByteArray digestOfLines(const QByteArrayList &lines)
{
    return sha256Hex(lines.join('\n'));
}

SourceLines::SourceLines(const Evidence &evidence)
    : m_evidence(evidence)
{
    for (const SourceFile &file : evidence.files)
        m_digests.insert(file.path, file.sha256);
    for (const Rendering &rendering : evidence.renderings)
        m_digests.insert(rendering.name, rendering.sha256);
}

QByteArray SourceLines::fileDigest(const QString &path) const { return m_digests.value(path); }

/// Under the lock. Bytes that differ from those that were judged are none of this reading.
const QByteArrayList &SourceLines::linesOf(const QString &path) const
{
    auto known = m_lines.find(path);
    if (known == m_lines.end()) {
        const QByteArray text = m_digests.contains(path) ? m_evidence.sourceText(path) : QByteArray();
        known = m_lines.insert(path, linesIn(text));
    }
    return *known;
}

QByteArray SourceLines::linesDigest(const QString &path, int first, int last) const
{
    const std::scoped_lock lock(m_mutex);
    const QByteArrayList &lines = linesOf(path);
    if (first < 1 || last < first || last > lines.size())
        return {};
    return digestOfLines(lines.mid(first - 1, last - first + 1));
}

} // namespace tenken
