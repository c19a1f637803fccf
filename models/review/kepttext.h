// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

namespace tenken {

/// The lines of a YAML file around one entry of a map, so that what Tenken does not understand can be written
/// again as it stood, with its comments.
class KeptText
{
public:
    explicit KeptText(const QByteArray &text);

    /// The comment lines above the entry that leads to `value`, without indentation.
    QByteArrayList above(Yaml value) const;
    /// The comment behind `key: value` or `key:`, with '#'; empty without.
    QByteArray behind(Yaml value) const;
    /// The entry's own lines, key first, indentation of the key removed. Empty when the key does not start
    /// its line.
    QByteArrayList entry(Yaml value) const;
    /// Comment lines after everything else.
    QByteArrayList below() const;

private:
    bool isComment(qsizetype line) const;
    qsizetype lastLine(Yaml value, qsizetype first, qsizetype indent) const;

    QByteArrayList m_lines;
};

} // namespace tenken
