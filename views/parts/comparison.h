// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>
#include <rules/finding.h>

#include <QPainter>

namespace tenken {

/// Measured against wanted: a bar 8 high for what is, a tick of 2 for what is wanted, on a track 4 high. The colour
/// follows the verdict. Drawn across the width of `box`, centred vertically; `scale` as in PictureStyle.
void drawComparison(QPainter &p, const QRectF &box, const Comparison &comparison, Verdict verdict,
                    const Colours &colours, qreal scale = 1);

/// The value at the right end of the track: both values fit, with room behind the greater one.
double comparisonEnd(const Comparison &comparison);

} // namespace tenken
