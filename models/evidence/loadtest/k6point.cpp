// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/k6point.h>
#include <evidence/loadtest/input.h>
#include <evidence/loadtest/parse.h>

#include <simdjson.h>

#include <bit>
#include <cmath>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tenken
{

namespace
{

namespace json = simdjson::ondemand;

constexpr size_t secondLength = std::string_view("2026-11-12T20:03:04").size();

bool isPlain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '\\';
}

/// ASCII without control characters and escapes, every string closed: a JSON parser has nothing to object to.
bool isPlain(std::string_view text)
{
    int quotes = 0;
    size_t at = 0;
#ifdef __SSE2__
    for (; at + 16 <= text.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + at));
        const __m128i bad = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)), // signed: 0x80 and above too
                                         _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        if (_mm_movemask_epi8(bad) != 0)
            return false;
        quotes += std::popcount(unsigned(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')))));
    }
#endif
    for (; at < text.size(); ++at) {
        if (!isPlain(static_cast<unsigned char>(text[at])))
            return false;
        quotes += text[at] == '"' ? 1 : 0;
    }
    return quotes % 2 == 0;
}

bool take(std::string_view &text, std::string_view what)
{
    if (!text.starts_with(what))
        return false;
    text.remove_prefix(what.size());
    return true;
}

/// Up to the next quote, which goes too.
bool takeString(std::string_view &text, std::string_view &string)
{
    const size_t length = text.find('"');
    if (length == std::string_view::npos)
        return false;
    string = text.substr(0, length);
    text.remove_prefix(length + 1);
    return true;
}

/// A number of at most 15 digits without exponent: digits ÷ a power of ten, both exact, give the nearest double.
bool takeNumber(std::string_view &text, double &value)
{
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
    text.remove_prefix(at);
    return true;
}

std::string_view *tagNamed(K6Point &point, std::string_view key)
{
    return key == "expected_response" ? &point.expected
        : key == "status"             ? &point.status
        : key == "error"              ? &point.error
        : key == "name"               ? &point.name
        : key == "url"                ? &point.url
                                      : nullptr;
}

/// `,"tags":{…}` with nothing but strings in it; that there are none is fine too.
bool takeTags(std::string_view &text, K6Point &point)
{
    if (!take(text, R"(,"tags":{)"))
        return text.starts_with('}');
    if (take(text, "}"))
        return true;
    std::string_view key, value;
    while (take(text, "\"") && takeString(text, key) && take(text, R"(:")") && takeString(text, value)) {
        if (std::string_view *into = tagNamed(point, key))
            *into = value;
        if (take(text, "}"))
            return true;
        if (!take(text, ","))
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
    if (take(zone, ".")) {
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
    std::string_view text = line, metric;
    point = {};
    return take(text, R"({"metric":")") && takeString(text, metric)
        && take(text, R"(,"type":"Point","data":{"time":")") && takeString(text, point.time)
        && take(text, R"(,"value":)") && takeNumber(text, point.value) && isPlain(line)
        && (wantTags ? takeTags(text, point) && text == "}}" : text.ends_with("}}")) && time(point.time, point.timeUs);
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
