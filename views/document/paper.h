// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>
#include <parts/colours.h>

#include <QFont>
#include <QPainter>
#include <QTextDocument>

#include <memory>

namespace tenken {

/// Lengths on paper are in units of 1/20 pt: whole-number font sizes stay exact and layout does not hang on the
/// device's resolution.
constexpr qreal unitsPerPoint = 20;
constexpr qreal pt(qreal points) { return points * unitsPerPoint; }
constexpr qreal mm(qreal millimetres) { return millimetres * 72 / 25.4 * unitsPerPoint; }

/// A4 with the margins of the visual direction (resources/design.md, "Paper").
namespace page {
constexpr qreal width = mm(210), height = mm(297);
constexpr qreal left = mm(21), top = mm(20), bottom = mm(18);
constexpr qreal bodyWidth = width - 2 * left;
constexpr qreal bodyHeight = height - top - bottom - mm(6);
constexpr qreal headerAt = mm(11), footerAt = mm(286);
} // namespace page

QStringList paperFamilies();
QFont paperFont(qreal points, bool bold = false, bool mono = false);

/// A link that may be followed: http or https, and nothing in it that a PDF string would take for syntax. Empty
/// when it may not. Qt writes a link's text into the file without escaping it.
QString safeLink(const QString &url);

/// A piece of text set to a width: wraps anywhere if it must, knows <b>, <br> and links that are safe.
class PaperText
{
public:
    PaperText() = default;
    PaperText(const QString &html, const QFont &font, qreal width, const QColor &ink, qreal leadingPoints);

    qreal height() const { return m_height; }
    qreal idealWidth() const;
    void draw(QPainter &p, QPointF at) const;

private:
    std::shared_ptr<QTextDocument> m_document;
    QColor m_ink;
    qreal m_height = 0;
};

/// Plain text of a reviewed service, made safe for PaperText: secrets masked, markup escaped, controls dropped.
QString paperHtml(const QString &text);
/// The same, with **bold** and `code` understood.
QString paperMarkup(const QString &text);

} // namespace tenken
