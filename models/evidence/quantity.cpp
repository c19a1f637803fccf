// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/manifests.h>

#include <array>
#include <charconv>
#include <cmath>

namespace tenken {

namespace {

struct Suffix {
    std::string_view letters;
    double factor;
};

constexpr std::array suffixes{
    Suffix{"", 1.0}, Suffix{"m", 1e-3}, Suffix{"k", 1e3}, Suffix{"M", 1e6}, Suffix{"G", 1e9},
    Suffix{"Ki", 1024.0}, Suffix{"Mi", 1048576.0}, Suffix{"Gi", 1073741824.0}, Suffix{"Ti", 1099511627776.0},
    Suffix{"Pi", 1125899906842624.0}, Suffix{"Ei", 1152921504606846976.0},
    Suffix{"T", 1e12}, Suffix{"P", 1e15}, Suffix{"E", 1e18}, Suffix{"u", 1e-6}, Suffix{"n", 1e-9},
};

std::optional<double> factorOf(std::string_view letters)
{
    for (const Suffix &suffix : suffixes) {
        if (suffix.letters == letters)
            return suffix.factor;
    }
    if (letters.size() < 2 || (letters[0] != 'e' && letters[0] != 'E'))
        return {};
    std::string_view digits = letters.substr(1); // 1e3 and 1E3 are decimal exponents, 1E is an exa
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    int exponent = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (error != std::errc() || end != digits.data() + digits.size() || std::abs(exponent) > 300 || digits[0] == '+')
        return {};
    return std::pow(10.0, exponent);
}

} // namespace

std::optional<double> parseQuantity(std::string_view text)
{
    double sign = 1;
    if (text.starts_with('-') || text.starts_with('+')) {
        sign = text[0] == '-' ? -1 : 1;
        text.remove_prefix(1);
    }
    const std::string_view digits = text.substr(0, std::min(text.find_first_not_of("0123456789."), text.size()));
    if (digits.empty() || digits == "." || digits.find('.') != digits.rfind('.'))
        return {};
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    if (error != std::errc() || end != digits.data() + digits.size())
        return {};
    const std::optional<double> factor = factorOf(text.substr(digits.size()));
    if (!factor || !std::isfinite(value * *factor))
        return {};
    return sign * value * *factor;
}

std::optional<int> resolveIntOrPercent(Yaml value, int total, Rounding rounding)
{
    constexpr qint64 most = 1'000'000'000;
    if (const std::optional<qint64> number = value.integer())
        return *number >= 0 && *number <= most ? std::optional(static_cast<int>(*number)) : std::nullopt;
    const std::string_view text = value.text();
    if (!text.ends_with('%')) // a quoted "3" is refused by Kubernetes too
        return {};
    int percent = 0;
    const char *const last = text.data() + text.size() - 1;
    const auto [end, error] = std::from_chars(text.data(), last, percent);
    if (error != std::errc() || end != last || percent < 0)
        return {};
    const qint64 hundredths = qint64(percent) * total;
    const qint64 pods = rounding == Rounding::Up ? (hundredths + 99) / 100 : hundredths / 100;
    return pods <= most ? std::optional(static_cast<int>(pods)) : std::nullopt;
}

} // namespace tenken
