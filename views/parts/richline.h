// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QString>

namespace tenken {

/// Draws text that wraps and knows **bold**, nothing else of Markdown. Returns the height it took (or would take).
qreal drawRichText(QPainter &p, const QRectF &box, const QString &text, const QFont &font, const QColor &colour);
qreal richTextHeight(const QString &text, const QFont &font, qreal width, const QPaintDevice *device = nullptr);

/// The text without its marks, for screen readers.
QString withoutMarks(const QString &text);

} // namespace tenken
