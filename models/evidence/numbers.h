// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace tenken {

/// Numbers as people read them: three significant digits, thousands grouped by comma, minus U+2212.
/// 4000 → "4,000", 0.8 → "0.8", 123.4 → "123", 12.34 → "12.3", 8012 → "8,012" (integers are never rounded).
QString formatNumber(double value);
QString formatWithUnit(double value, const QString &unit); ///< "30 s"; a space before every unit, also before %
QString formatMs(double milliseconds);                     ///< "84 ms" below one second, then "1.2 s"

/// A duration as Go and protobuf write it: "5s", "1m30s", "0.25s", "250ms". Nothing for anything else.
std::optional<double> durationSeconds(std::string_view text);

} // namespace tenken
