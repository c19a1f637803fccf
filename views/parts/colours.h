// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace tenken {

/// The colours of one verdict (or answer): text on base, tint behind it, mark for bars, fill for solid blocks.
struct ToneColours {
    QColor text, tint, mark, fill, onFill;
};

/// Every colour of one scheme, and the only place colours are written. Values and contrasts: resources/design.md.
struct Colours {
    bool dark = false;
    QColor window, base, alt, sunken, line, border;
    QColor text, text2, text3;
    QColor accent, onAccent, selection;
    QColor markNeutral, markFail;
    ToneColours pass, warn, fail, unknown, notApplicable;
    ToneColours ask, open;                                  ///< a question; nothing answered yet
    QColor keyword, string, number, comment;                ///< YAML
    QColor grid, axis;                                      ///< charts
    QColor p50, p95, p99, reference;
    QColor beyond, confidenceBand;                          ///< past the knee; around a fitted curve
    QColor barNeutral, barLight, barStrong, barDeep;        ///< timelines and stacked bars
};

const Colours &lightColours();
const Colours &darkColours();
const Colours &coloursFor(const QPalette &palette);         ///< by the lightness of its base
QPalette paletteFor(const Colours &colours);

qreal contrast(const QColor &a, const QColor &b);           ///< WCAG 2 ratio, 1…21
QColor inkOn(const QColor &ground, const Colours &colours); ///< dark or light, whichever reads better on a bar

} // namespace tenken
