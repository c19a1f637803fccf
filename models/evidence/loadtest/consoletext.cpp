// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr char escape = '\x1B';
constexpr size_t mostLayers = 3; // a stamp of the CI system, a container's name, a stamp of its own
constexpr size_t longestName = 100;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

size_t digitsAt(std::string_view text, size_t from)
{
    size_t at = from;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at - from;
}

/// "Z", "+09:00", "-0500": how long it is; 0: no zone.
size_t zoneLength(std::string_view text)
{
    if (text.starts_with('Z'))
        return 1;
    if (!text.starts_with('+') && !text.starts_with('-'))
        return 0;
    const size_t minutes = text.substr(0, 4).ends_with(':') ? 4 : 3;
    return digitsAt(text, 1) >= 2 && digitsAt(text, minutes) >= 2 ? minutes + 2 : 0;
}

/// "2026-11-22T09:31:00.1234567Z ", also in brackets; 0: none.
size_t stampLength(std::string_view line)
{
    static constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
    const size_t begin = line.starts_with('[') ? 1 : 0;
    if (line.size() < begin + form.size())
        return 0;
    for (size_t i = 0; i < form.size(); ++i) {
        const char c = line[begin + i];
        if (form[i] == 'd' ? !isDigit(c) : c != form[i])
            return 0;
    }
    size_t end = begin + form.size();
    if (end < line.size() && (line[end] == '.' || line[end] == ','))
        end += 1 + digitsAt(line, end + 1);
    const size_t zone = zoneLength(line.substr(end));
    end += zone;
    if (zone == 0 || (begin == 1 && !line.substr(end).starts_with(']')))
        return 0;
    end += begin;
    return end == line.size() || line[end] == ' ' ? std::min(end + 1, line.size()) : 0;
}

std::string_view withoutIndent(std::string_view line)
{
    return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
}

/// "bench_1  |"
std::string_view containerName(std::string_view line)
{
    const auto isPart = [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
    };
    const auto name = size_t(std::ranges::find_if_not(line, isPart) - line.begin());
    const size_t bar = line.find_first_not_of(' ', name);
    const bool found = name > 0 && bar != std::string_view::npos && bar < longestName && line[bar] == '|';
    return found ? line.substr(0, bar + 1) : std::string_view();
}

std::string_view commentMark(std::string_view line)
{
    const std::string_view text = withoutIndent(line);
    for (const std::string_view mark : {"//", "#", ">"}) {
        if (text.starts_with(mark))
            return text.substr(0, mark.size());
    }
    return {};
}

size_t sequenceLength(std::string_view text) ///< of one that begins with ESC; 0: it has no end
{
    if (text.size() < 3)
        return 0;
    if (text[1] == '(' || text[1] == ')')
        return 3;
    const auto isFinal = [](char c) { return c >= '@' && c <= '~'; };
    const auto end = std::ranges::find_if(text.substr(2), isFinal);
    return text[1] == '[' && end != text.end() ? size_t(end - text.begin()) + 1 : 0;
}

void takeWithoutSequences(std::string_view line, std::string &to)
{
    to.clear();
    while (!line.empty()) {
        const size_t at = std::min(line.find(escape), line.size());
        to += line.substr(0, at);
        line.remove_prefix(at);
        line.remove_prefix(line.empty() ? 0 : std::max<size_t>(1, sequenceLength(line)));
    }
}

/// Of the lines that are not blank, how many begin in each way.
struct Beginnings {
    size_t lines = 0, stamps = 0;
    std::vector<std::pair<std::string, size_t>> names, marks;
};

void count(std::vector<std::pair<std::string, size_t>> &all, std::string_view one)
{
    constexpr size_t mostKinds = 64;
    const auto known = std::ranges::find(all, one, &std::pair<std::string, size_t>::first);
    if (known != all.end())
        ++known->second;
    else if (!one.empty() && all.size() < mostKinds)
        all.emplace_back(one, 1);
}

const std::pair<std::string, size_t> &mostFrequent(const std::vector<std::pair<std::string, size_t>> &all)
{
    static const std::pair<std::string, size_t> none;
    return all.empty() ? none : *std::ranges::max_element(all, {}, &std::pair<std::string, size_t>::second);
}

template <typename Take>
void eachLine(std::string_view text, Take take)
{
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

} // namespace

ConsoleLines::ConsoleLines(std::string_view head)
{
    while (m_prefixes.size() < mostLayers && learn(head)) {}
}

bool ConsoleLines::learn(std::string_view head)
{
    Beginnings begin;
    eachLine(head, [&](std::string_view line) {
        line = clean(line);
        if (trimmed(line).empty())
            return;
        ++begin.lines;
        begin.stamps += stampLength(line) > 0 ? 1 : 0;
        count(begin.names, containerName(line));
        count(begin.marks, commentMark(line));
    });
    // Logs hold other lines too. A mark that not all lines have tells remarks from what counts.
    const auto &[name, named] = mostFrequent(begin.names);
    const auto &[mark, marked] = mostFrequent(begin.marks);
    if (2 * begin.stamps > begin.lines)
        m_prefixes.emplace_back();
    else if (2 * named > begin.lines)
        m_prefixes.push_back(name);
    else if (marked > 0 && 10 * marked >= 9 * begin.lines)
        m_prefixes.push_back(mark);
    else
        return false;
    return true;
}

bool ConsoleLines::changes(std::string_view text) const
{
    return !m_prefixes.empty() || text.contains(escape);
}

std::string_view ConsoleLines::withoutPrefix(std::string_view line) const
{
    for (const std::string &prefix : m_prefixes) {
        if (prefix.empty()) {
            line.remove_prefix(stampLength(line));
            continue;
        }
        const std::string_view text = withoutIndent(line);
        if (!text.starts_with(prefix))
            continue;
        line = text.substr(prefix.size());
        line.remove_prefix(line.starts_with(' ') ? 1 : 0);
    }
    return line;
}

std::string_view ConsoleLines::clean(std::string_view line)
{
    if (line.contains(escape)) {
        takeWithoutSequences(line, m_line);
        line = m_line;
    }
    return withoutPrefix(line);
}

std::string ConsoleLines::cleanAll(std::string_view text)
{
    std::string all;
    all.reserve(text.size());
    eachLine(text, [&](std::string_view line) { (all += clean(line)) += '\n'; });
    return all;
}

bool ConsoleReader::next(std::string_view &line)
{
    if (!m_lines.next(line))
        return false;
    line = m_clean.clean(line);
    return true;
}

} // namespace tenken
