// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/segmentbar.h>

#include <QPainter>

namespace tenken {

QString countsInWords(const SectionCount &n, Lang lang)
{
    const std::pair<Text, int> parts[] = {{{"合格", "Pass"}, n.pass},
                                          {{"注意", "Warn"}, n.warn},
                                          {{"不合格", "Fail"}, n.fail},
                                          {{"不明", "Unknown"}, n.unknown},
                                          {{"対象外", "N/A"}, n.notApplicable}};
    QStringList words;
    for (const auto &[name, count] : parts)
        if (count > 0)
            words.append(QStringLiteral("%1 %2").arg(name.in(lang)).arg(count));
    return words.isEmpty() ? Text{"項目なし", "No items"}.in(lang) : words.join(QStringLiteral(" · "));
}

SegmentBar::SegmentBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SegmentBar::setCount(const SectionCount &count, Lang lang)
{
    m_count = count;
    const QString words = countsInWords(count, lang);
    setToolTip(words);
    setAccessibleName(count.title.in(lang));
    setAccessibleDescription(words);
    update();
}

void SegmentBar::setBarHeight(int height)
{
    m_barHeight = height;
    updateGeometry();
    update();
}

QSize SegmentBar::sizeHint() const { return {96, m_barHeight}; }

void SegmentBar::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    const QRectF bar(0, (height() - m_barHeight) / 2.0, width(), m_barHeight);
    drawSegments(p, bar, m_count, coloursFor(palette()));
}

} // namespace tenken
