// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/input.h>

#include <string>
#include <string_view>
#include <vector>

// What tools print is kept in logs: a CI system puts a time before every line, docker compose a container's name,
// people a comment mark, and terminals colours anywhere.

namespace tenken
{

/// Takes away what stands before the lines of a text, which is learnt from its first bytes, and escape sequences.
/// A text that has neither is left as it is.
class ConsoleLines
{
public:
    explicit ConsoleLines(std::string_view head);

    bool changes(std::string_view text) const; ///< has it anything to take away?
    std::string_view clean(std::string_view line); ///< good until the next call
    std::string cleanAll(std::string_view text);

private:
    std::string_view withoutPrefix(std::string_view line) const;
    bool learn(std::string_view head);

    std::vector<std::string> m_prefixes; ///< from the outside in; an empty one is a time stamp
    std::string m_line;
};

/// The lines of a file as the tool printed them.
class ConsoleReader
{
public:
    explicit ConsoleReader(LineReader &lines) : m_lines(lines), m_clean(lines.head()) {}
    bool next(std::string_view &line);

private:
    LineReader &m_lines;
    ConsoleLines m_clean;
};

} // namespace tenken
