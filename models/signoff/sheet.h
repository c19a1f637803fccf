// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tenken::sheet {

/// The pages on which people sign, in points: the same boxes for ink and for keys, under the same head.
inline constexpr double millimetre = 72 / 25.4;
inline constexpr double pageWidth = 595, pageHeight = 842;
inline constexpr double left = 21 * millimetre;
inline constexpr double boxWidth = 82 * millimetre, boxHeight = 62 * millimetre, gap = 4 * millimetre;
/// From above.
inline constexpr double headFrom = 16 * millimetre, headTop = 20 * millimetre, headHeight = 46 * millimetre;
inline constexpr int columns = 2, rows = 3, perPage = columns * rows;

constexpr double boxLeft(int index) { return left + (index % columns) * (boxWidth + gap); }
constexpr double boxTop(int index)
{
    return headTop + headHeight + (index % perPage / columns) * (boxHeight + gap);
}
constexpr int pagesFor(int boxes) { return (boxes + perPage - 1) / perPage; }

} // namespace tenken::sheet
