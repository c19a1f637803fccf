// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/pictures.h>

namespace tenken {

/// A timeline whose rows stand as close as their text allows: large text in little height, for the projector.
void drawTightTimeline(QPainter &p, const QRectF &box, const Timeline &timeline, const PictureStyle &style);
qreal tightTimelineHeight(const Timeline &timeline, const PictureStyle &style);

} // namespace tenken
