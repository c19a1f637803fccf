// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/node.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace tenken {

namespace {

constexpr size_t longestNumber = 64;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Digits may be grouped by underscores; anything that cannot begin a number is left out at once.
std::optional<std::string> withoutUnderscores(std::string_view plain)
{
    if (plain.empty() || plain.size() > longestNumber)
        return {};
    if (!isDigit(plain[0]) && plain[0] != '-' && plain[0] != '+' && plain[0] != '.')
        return {};
    std::string digits(plain);
    std::erase(digits, '_');
    return digits;
}

/// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool isFloat(std::string_view s)
{
    size_t i = 0;
    const auto digits = [&] {
        const size_t first = i;
        while (i < s.size() && isDigit(s[i]))
            ++i;
        return i - first;
    };
    if (i < s.size() && (s[i] == '-' || s[i] == '+'))
        ++i;
    const size_t before = digits();
    if (i < s.size() && s[i] == '.') {
        ++i;
        if (digits() == 0 && before == 0)
            return false;
    } else if (before == 0) {
        return false;
    }
    if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
        ++i;
        if (i < s.size() && (s[i] == '-' || s[i] == '+'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == s.size();
}

/// Sign, then 0x, 0o, 0b or a leading 0 (octal) as Go's ParseInt reads with base 0.
std::optional<qint64> wholeNumber(std::string_view s)
{
    const bool negative = s.starts_with('-');
    if (negative || s.starts_with('+'))
        s.remove_prefix(1);
    int base = 10;
    if (s.size() > 1 && s[0] == '0') {
        const char letter = static_cast<char>(s[1] | 0x20);
        base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
        s.remove_prefix(base != 8 || letter == 'o' ? 2 : 1);
    }
    quint64 value = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value, base);
    if (error != std::errc() || end != s.data() + s.size())
        return {};
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    if (value > largest + (negative ? 1 : 0))
        return {};
    return negative ? static_cast<qint64>(0 - value) : static_cast<qint64>(value);
}

std::optional<double> floatingNumber(std::string_view s)
{
    if (!isFloat(s))
        return {};
    if (s.starts_with('+'))
        s.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
    if (error != std::errc() || end != s.data() + s.size() || !std::isfinite(value))
        return {};
    return value;
}

} // namespace

std::optional<qint64> yamlInteger(std::string_view plain)
{
    const std::optional<std::string> digits = withoutUnderscores(plain);
    if (!digits)
        return {};
    if (const std::optional<qint64> value = wholeNumber(*digits))
        return value;
    // 3.0 and 1e3 become whole numbers on the way through JSON, and so does 08, which is not octal.
    constexpr double exact = 9007199254740992.0;
    const std::optional<double> value = floatingNumber(*digits);
    if (value && *value == std::floor(*value) && std::abs(*value) <= exact)
        return static_cast<qint64>(*value);
    return {};
}

std::optional<double> yamlNumber(std::string_view plain)
{
    const std::optional<std::string> digits = withoutUnderscores(plain);
    if (!digits)
        return {};
    if (const std::optional<qint64> value = wholeNumber(*digits))
        return static_cast<double>(*value);
    return floatingNumber(*digits);
}

std::optional<bool> yamlBoolean(std::string_view plain)
{
    static constexpr std::array yes{"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"};
    static constexpr std::array no{"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"};
    if (std::ranges::find(yes, plain) != yes.end())
        return true;
    if (std::ranges::find(no, plain) != no.end())
        return false;
    return {};
}

bool yamlIsNull(std::string_view plain)
{
    static constexpr std::array words{"", "~", "null", "Null", "NULL"};
    return std::ranges::find(words, plain) != words.end();
}

} // namespace tenken
