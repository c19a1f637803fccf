// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/trendstrip.h>

#include <parts/badge.h>
#include <parts/type.h>

#include <QPainter>

#include <array>

namespace tenken {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostColumns = 12;
constexpr qreal foot = 36, gap = 8, widest = 44;

/// Stacked from below: what is met at the bottom, what is not on top.
void drawColumn(QPainter &p, const QRectF &box, const SectionCount &count, const Colours &c)
{
    const std::array<std::pair<int, Glyph>, 5> parts{{{count.pass, Glyph::Pass}, {count.warn, Glyph::Warn}, {count.unknown, Glyph::Unknown},
                                                      {count.fail, Glyph::Fail}, {count.notApplicable, Glyph::NotApplicable}}};
    const int all = std::max(1, count.total());
    qreal bottom = box.bottom();
    for (const auto &[n, glyph] : parts) {
        if (n == 0)
            continue;
        const qreal height = std::max<qreal>(2, box.height() * n / all);
        const QRectF part(box.left(), bottom - height, box.width(), height - 1);
        if (glyph == Glyph::Unknown) {
            p.fillRect(part, c.unknown.tint);
            drawHatch(p, part, c.unknown.mark);
        } else {
            p.fillRect(part, toneOf(glyph, c).mark);
        }
        bottom -= height;
    }
}

} // namespace

TrendStrip::TrendStrip(Lang lang, QWidget *parent) : QWidget(parent), m_lang(lang)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TrendStrip::setReviews(std::vector<PastReview> oldestFirst)
{
    if (oldestFirst.size() > mostColumns)
        oldestFirst.erase(oldestFirst.begin(), oldestFirst.end() - mostColumns);
    m_reviews = std::move(oldestFirst);
    QStringList words;
    for (const PastReview &r : m_reviews) {
        const SectionCount n = r.count();
        words << Text{"%1: 合格 %2、不合格 %3、不明 %4", "%1: %2 pass, %3 fail, %4 unknown"}
                     .arg(r.judgedAt.toString(u"yyyy-MM-dd"_s), n.pass, n.fail, n.unknown)
                     .in(m_lang);
    }
    setAccessibleName(Text{"判定の推移", "How the counts went"}.in(m_lang));
    setAccessibleDescription(words.join(u"; "_s));
    setToolTip(words.join(u'\n'));
    update();
}

void TrendStrip::paintEvent(QPaintEvent *)
{
    if (m_reviews.empty())
        return;
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Colours &c = coloursFor(palette());
    const qreal count = qreal(m_reviews.size());
    const qreal width = std::min(widest, (this->width() - gap * (count - 1)) / count);
    p.setFont(fontFor(Type::Caption));
    for (size_t i = 0; i < m_reviews.size(); ++i) {
        const PastReview &r = m_reviews[i];
        const QRectF box(qreal(i) * (width + gap), 4, width, height() - foot - 4);
        drawColumn(p, box, r.count(), c);
        if (r.decision)
            drawGlyph(p, QRectF(box.center().x() - 6, box.bottom() + 4, 12, 12), glyphOf(*r.decision), c);
        p.setPen(c.text2);
        const bool now = r.file.isEmpty();
        p.drawText(QRectF(box.left() - gap / 2, box.bottom() + 17, width + gap, 18), Qt::AlignHCenter | Qt::AlignVCenter,
                   now ? Text{"今", "now"}.in(m_lang) : r.judgedAt.toString(u"MM-dd"_s));
    }
}

} // namespace tenken
