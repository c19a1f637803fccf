// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

namespace tenken {

/// Qt 6.8 maps a glyph back to the lowest code point that has it: 日 can be copied as the radical U+2F47, a space as a
/// tab. The maps are uncompressed hex of fixed width, so they are put right in place, without moving a byte.
/// Returns how many entries were changed.
int repairTextLayer(QByteArray &pdf);

/// Overwrites the dates of writing (same length) with the one given, so that the same input gives the same bytes.
void setDates(QByteArray &pdf, const QDateTime &at);

/// The code point a reader should get for one that a font shares with it.
char32_t readableCodePoint(char32_t c);

} // namespace tenken
