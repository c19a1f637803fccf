// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/picturefooter.h>

#include <parts/richline.h>
#include <parts/type.h>

#include <QPainter>

#include <cmath>

namespace tenken {

namespace {

constexpr qreal padding = 16, glyphSide = 16, glyphGap = 8, above = 4, below = 12, lineGap = 4;

} // namespace

PictureFooter::PictureFooter(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PictureFooter::setText(Glyph glyph, const QString &conclusion, const QString &source)
{
    m_glyph = glyph;
    m_conclusion = conclusion;
    m_source = source;
    setAccessibleName(withoutMarks(conclusion));
    setAccessibleDescription(source);
    updateGeometry();
    update();
}

int PictureFooter::heightForWidth(int width) const
{
    const qreal room = width - 2 * padding - glyphSide - glyphGap;
    qreal height = above + below;
    if (!m_conclusion.isEmpty())
        height += richTextHeight(m_conclusion, fontFor(Type::Body), room, this);
    if (!m_source.isEmpty())
        height += richTextHeight(m_source, fontFor(Type::Caption), room, this) + lineGap;
    return int(std::ceil(height));
}

void PictureFooter::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    const Colours &c = coloursFor(palette());
    const QFont body = fontFor(Type::Body);
    QRectF box(padding + glyphSide + glyphGap, above, width() - 2 * padding - glyphSide - glyphGap, height());
    if (!m_conclusion.isEmpty()) {
        const qreal line = QFontMetricsF(body).height();
        drawGlyph(p, {padding, above + (line - glyphSide) / 2, glyphSide, glyphSide}, m_glyph, c);
        box.translate(0, drawRichText(p, box, m_conclusion, body, c.text) + lineGap);
    }
    drawRichText(p, box, m_source, fontFor(Type::Caption), c.text3);
}

} // namespace tenken
