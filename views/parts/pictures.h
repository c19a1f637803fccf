// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>
#include <rules/finding.h>

#include <QFont>
#include <QPainter>

namespace tenken {

/// How a picture is drawn: the same functions serve screen, projector and paper.
struct PictureStyle {
    const Colours *colours = nullptr;
    Lang lang = Lang::Ja;
    qreal scale = 1;          ///< 1 = 96 dpi screen with 10.5 pt body text
    QStringList families;     ///< of the text; empty: those of the screen
    bool switchedScale = false; ///< an axis that is logarithmic by itself is linear, and the other way round
};

/// The height a picture wants at a width, in the painter's units.
qreal pictureHeight(const Picture &picture, qreal width, const PictureStyle &style);

/// Draws any picture that is not text (messages and documents have their own views). Vector throughout, opaque
/// colours only.
void drawPicture(QPainter &p, const QRectF &box, const Picture &picture, const PictureStyle &style);

/// The same as rows of text, for screen readers and the table view (key T): header first.
QList<QStringList> pictureTable(const Picture &picture, Lang lang);

Text pictureTitle(const Picture &picture);
bool isDrawable(const Picture &picture);

// One file each:
void drawTimeline(QPainter &p, const QRectF &box, const Timeline &timeline, const PictureStyle &style);
qreal timelineHeight(const Timeline &timeline, const PictureStyle &style);
void drawRollout(QPainter &p, const QRectF &box, const Rollout &rollout, const PictureStyle &style);
void drawCanary(QPainter &p, const QRectF &box, const CanaryPlan &plan, const PictureStyle &style);
qreal canaryHeight(const CanaryPlan &plan, const PictureStyle &style);
void drawTimeoutPath(QPainter &p, const QRectF &box, const TimeoutPath &path, const PictureStyle &style);
qreal timeoutPathHeight(const TimeoutPath &path, const PictureStyle &style);
void drawNodePacking(QPainter &p, const QRectF &box, const NodePacking &packing, const PictureStyle &style);
qreal nodePackingHeight(const NodePacking &packing, const PictureStyle &style);
void drawZoneLoss(QPainter &p, const QRectF &box, const ZoneLoss &loss, const PictureStyle &style);
qreal zoneLossHeight(const ZoneLoss &loss, const PictureStyle &style);

} // namespace tenken
