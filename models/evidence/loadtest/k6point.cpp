// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/k6point.h>
#include <evidence/loadtest/input.h>
#include <evidence/loadtest/parse.h>

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace tenken
{

namespace
{

namespace json = simdjson::ondemand;

constexpr size_t secondLength = std::string_view("2026-11-12T20:03:04").size();

/// A text whose length and quotes the compiler counts: looking for it needs no call.
struct Wanted {
    template <size_t Size>
    consteval Wanted(const char (&literal)[Size])
        : text(literal), size(Size - 1), quotes(size_t(std::count(literal, literal + Size, '"')))
    {
    }
    const char *text;
    size_t size, quotes;
};

/// Walks over a line whose quotes are known.
class AtSight
{
public:
    AtSight(std::string_view line, const QuotePlaces &quotes) : m_line(line), m_quotes(quotes) {}
    bool take(Wanted what)
    {
        if (m_line.size() - m_at < what.size || std::memcmp(m_line.data() + m_at, what.text, what.size) != 0)
            return false;
        m_at += what.size;
        m_quote += what.quotes;
        return true;
    }
    bool string(std::string_view &string); ///< up to the next quote, which goes too
    bool number(double &value);
    bool tags(K6Point &point);
    bool atEnd() const { return m_at == m_line.size(); }
    bool endsWith(std::string_view what) const { return m_line.substr(m_at).ends_with(what); }

private:
    std::string_view m_line;
    size_t m_at = 0;
    const QuotePlaces &m_quotes;
    size_t m_quote = 0; ///< the first at m_at or behind it
};

bool AtSight::string(std::string_view &string)
{
    if (m_quote == m_quotes.count())
        return false;
    const size_t end = m_quotes[m_quote++];
    string = {m_line.data() + m_at, end - m_at};
    m_at = end + 1;
    return true;
}

/// A number of at most 15 digits without exponent: digits ÷ a power of ten, both exact, give the nearest double.
bool AtSight::number(double &value)
{
    const std::string_view text = m_line.substr(m_at);
    static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const auto isDigit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    const size_t begin = text.starts_with('-') ? 1 : 0;
    size_t at = begin, point = 0;
    qint64 digits = 0;
    for (; isDigit(at) && at < begin + 15; ++at)
        digits = digits * 10 + (text[at] - '0');
    const size_t whole = at - begin;
    if (whole == 0 || (whole > 1 && text[begin] == '0'))
        return false;
    if (at < text.size() && text[at] == '.') {
        point = ++at;
        for (; isDigit(at) && at - point + whole < 15; ++at)
            digits = digits * 10 + (text[at] - '0');
        if (at == point)
            return false;
    }
    if (at == text.size() || (text[at] != ',' && text[at] != '}'))
        return false;
    value = double(digits) / powers[point > 0 ? at - point : 0];
    value = begin > 0 ? -value : value;
    m_at += at;
    return true;
}

inline std::string_view *tagNamed(K6Point &point, std::string_view key)
{
    return isWord(key, "expected_response") ? &point.expected
        : isWord(key, "status")             ? &point.status
        : isWord(key, "error")              ? &point.error
        : isWord(key, "name")               ? &point.name
        : isWord(key, "url")                ? &point.url
                                            : nullptr;
}

/// `,"tags":{…}` with nothing but strings in it; that there are none is fine too.
bool AtSight::tags(K6Point &point)
{
    if (!take(R"(,"tags":{)"))
        return m_at < m_line.size() && m_line[m_at] == '}';
    if (take("}"))
        return true;
    std::string_view key, value;
    while (take("\"") && string(key) && take(R"(:")") && string(value)) {
        if (std::string_view *into = tagNamed(point, key))
            *into = value;
        if (take("}"))
            return true;
        if (!take(","))
            return false;
    }
    return false;
}

bool readTags(json::object &data, K6Point &point)
{
    json::value value;
    json::object tags;
    if (data.find_field_unordered("tags").get(value) || value.get_object().get(tags))
        return true; // null or absent: `--system-tags` may have removed them all
    for (auto field : tags) {
        std::string_view key, text;
        if (field.unescaped_key().get(key))
            return false;
        std::string_view *into = tagNamed(point, key);
        if (into && !field.value().get_string().get(text))
            *into = text;
    }
    return true;
}

} // namespace

struct K6PointReader::Parser {
    json::parser parser;
};

K6PointReader::K6PointReader() : m_parser(std::make_unique<Parser>()) {}

K6PointReader::~K6PointReader() = default;

bool K6PointReader::time(std::string_view text, qint64 &us)
{
    if (text.size() <= secondLength)
        return false;
    std::string_view zone = text.substr(secondLength);
    qint64 fraction = 0;
    if (zone.starts_with('.')) {
        zone.remove_prefix(1);
        size_t digits = 0;
        for (qint64 unit = 100'000; digits < zone.size() && zone[digits] >= '0' && zone[digits] <= '9'; ++digits, unit /= 10)
            fraction += (zone[digits] - '0') * unit;
        zone.remove_prefix(digits);
    }
    if (zone.empty() || (zone[0] != 'Z' && zone[0] != '+' && zone[0] != '-'))
        return false;
    if (!text.starts_with(m_second) || zone != m_zone || m_second.empty()) {
        static constexpr std::string_view layout = "0000-00-00T00:00:00";
        for (size_t i = 0; i < layout.size(); ++i) {
            if (layout[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != layout[i])
                return false;
        }
        const std::string second(text.substr(0, secondLength));
        const std::optional<qint64> known = parseRfc3339(second + std::string(zone));
        if (!known)
            return false;
        m_second = second;
        m_zone = zone;
        m_secondUs = *known;
    }
    us = m_secondUs + fraction;
    return true;
}

bool K6PointReader::readAtSight(std::string_view line, bool wantTags, K6Point &point)
{
    point.expected = point.status = point.error = point.name = point.url = {};
    if (!m_quotes.find(line) || m_quotes.count() % 2 != 0)
        return false; // a JSON parser might object to it, or have something to undo
    AtSight text(line, m_quotes);
    std::string_view metric;
    return text.take(R"({"metric":")") && text.string(metric) && text.take(R"(,"type":"Point","data":{"time":")")
        && text.string(point.time) && text.take(R"(,"value":)") && text.number(point.value)
        && (wantTags ? text.tags(point) && text.take("}}") && text.atEnd() : text.endsWith("}}"))
        && time(point.time, point.timeUs);
}

bool K6PointReader::readStrictly(std::string_view line, bool wantTags, K6Point &point)
{
    json::document document;
    json::object root, data;
    point = {};
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + LineReader::padding);
    if (m_parser->parser.iterate(padded).get(document) || document.get_object().get(root)
        || root.find_field_unordered("data").get_object().get(data)
        || data.find_field_unordered("time").get_string().get(point.time)
        || data.find_field_unordered("value").get_double().get(point.value))
        return false;
    const std::optional<qint64> time = parseRfc3339(point.time);
    if (!time || !std::isfinite(point.value) || (wantTags && !readTags(data, point)))
        return false;
    point.timeUs = *time;
    return true;
}

} // namespace tenken
