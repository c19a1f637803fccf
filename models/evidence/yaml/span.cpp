// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/node.h>

#include <algorithm>
#include <cstring>

namespace tenken {

YamlStore::YamlStore(const QByteArray &bytes)
    : text(bytes)
    , tags{""}
    , memory(std::clamp<size_t>(static_cast<size_t>(bytes.size()) * 2, 1024, 256 * 1024))
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        start = 3;
    lines.reserve(static_cast<size_t>(bytes.size()) / 24 + 1);
    lines.push_back(start);
    const char *const begin = text.constData();
    const char *const end = begin + text.size();
    for (const char *at = begin; at < end; ++at) {
        at = static_cast<const char *>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
        if (!at)
            break;
        lines.push_back(static_cast<uint32_t>(at + 1 - begin));
    }
}

std::pair<int, int> YamlStore::lineAndColumn(uint32_t offset) const
{
    offset = std::clamp(offset, start, static_cast<uint32_t>(text.size()));
    const auto after = std::upper_bound(lines.begin(), lines.end(), offset);
    const uint32_t first = *std::prev(after);
    int column = 1;
    for (uint32_t i = first; i < offset; ++i)
        column += (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    return {static_cast<int>(after - lines.begin()), column};
}

uint32_t YamlStore::columnBytes(uint32_t offset) const
{
    uint32_t first = offset;
    while (first > start && text[first - 1] != '\n')
        --first;
    return offset - first;
}

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// A plain scalar over several lines: the same words, with other white space between them.
uint32_t endOfPlain(std::string_view text, uint32_t at, std::string_view value)
{
    uint32_t end = at;
    size_t v = 0;
    while (v < value.size() && end < text.size()) {
        if (value[v] == text[end]) {
            ++v;
            ++end;
        } else if (isBlank(value[v]) || isBlank(text[end])) {
            while (v < value.size() && isBlank(value[v]))
                ++v;
            while (end < text.size() && isBlank(text[end]))
                ++end;
        } else {
            break;
        }
    }
    return end;
}

uint32_t endOfLine(std::string_view text, uint32_t at)
{
    const size_t end = text.find('\n', at);
    return static_cast<uint32_t>(end == std::string_view::npos ? text.size() : end);
}

bool isDocumentMark(std::string_view line)
{
    return (line.starts_with("---") || line.starts_with("...")) && (line.size() == 3 || isBlank(line[3]));
}

/// `|` or `>`: all lines that are indented at least as the first one that is not empty.
uint32_t endOfBlock(std::string_view text, uint32_t at, uint32_t parentIndent)
{
    uint32_t line = endOfLine(text, at);
    const std::string_view header = text.substr(at, line - at);
    const size_t digit = header.substr(0, 3).find_first_of("123456789");
    uint32_t indent = digit == std::string_view::npos
        ? 0 : (parentIndent ? parentIndent - 1 : 0) + static_cast<uint32_t>(header[digit] - '0');
    uint32_t end = at + static_cast<uint32_t>(header.find_last_not_of(" \t\r") + 1);
    while (line < text.size()) {
        const uint32_t first = line + 1;
        line = endOfLine(text, first);
        std::string_view content = text.substr(first, line - first);
        if (content.ends_with('\r'))
            content.remove_suffix(1);
        const size_t spaces = content.find_first_not_of(' ');
        if (spaces == std::string_view::npos)
            continue;
        if (!indent)
            indent = std::max(static_cast<uint32_t>(spaces), parentIndent);
        if (spaces < indent || (indent == 0 && isDocumentMark(content)))
            break;
        end = first + static_cast<uint32_t>(content.size());
    }
    return end;
}

uint32_t endOfCollection(const YamlNode &node)
{
    const std::string_view text = node.store->bytes();
    const YamlNode *last = node.children ? node.children[-1] : nullptr;
    const char open = node.begin < text.size() ? text[node.begin] : '\0';
    // `[a: b]` holds a map that has no brackets of its own.
    const bool ownBrackets = node.style == YamlStyle::Flow && (open == '{' || open == '[')
        && !(node.kind == YamlNodeKind::Map && node.count == 1 && node.children[0]->begin == node.begin);
    uint32_t end = last ? yamlEnd(*last) : node.begin + (ownBrackets ? 1 : 0);
    if (!ownBrackets)
        return end;
    while (end < text.size() && text[end] != ']' && text[end] != '}') {
        const uint32_t next = yamlPastBlank(text, end);
        end = next > end ? next : end + 1;
    }
    return std::min(end + 1, static_cast<uint32_t>(text.size()));
}

} // namespace

uint32_t yamlEndOfQuoted(std::string_view text, uint32_t at)
{
    const char quote = text[at];
    for (uint32_t i = at + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'')
                ++i;
            else
                return i + 1;
        }
    }
    return 0;
}

uint32_t yamlPastBlank(std::string_view text, uint32_t at)
{
    while (at < text.size()) {
        if (text[at] == '#' && (at == 0 || isBlank(text[at - 1]) || text[at - 1] == ','))
            at = endOfLine(text, at);
        else if (isBlank(text[at]))
            ++at;
        else
            break;
    }
    return at;
}

uint32_t yamlPastProperties(std::string_view text, uint32_t at)
{
    while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
        const bool verbatim = text.substr(at, 2) == "!<";
        while (at < text.size() && !isBlank(text[at]) && (verbatim || !std::strchr(",[]{}", text[at])))
            ++at;
        at = yamlPastBlank(text, at);
    }
    return at;
}

uint32_t yamlEnd(const YamlNode &node)
{
    const std::string_view text = node.store->bytes();
    if (node.style == YamlStyle::Implicit)
        return node.begin;
    switch (node.kind) {
    case YamlNodeKind::Null:
        return node.begin + node.count;
    case YamlNodeKind::Alias: {
        uint32_t end = node.begin;
        while (end < text.size() && !isBlank(text[end]) && !std::strchr(",[]{}", text[end]))
            ++end;
        return end;
    }
    case YamlNodeKind::Scalar:
        if (node.style == YamlStyle::Quoted)
            return yamlEndOfQuoted(text, node.begin);
        if (node.style == YamlStyle::Block)
            return endOfBlock(text, node.begin, node.indent);
        return endOfPlain(text, node.begin, node.scalar());
    case YamlNodeKind::Sequence:
    case YamlNodeKind::Map:
        return endOfCollection(node);
    }
    return node.begin;
}

} // namespace tenken
