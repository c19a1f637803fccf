// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/richline.h>

#include <QTextLayout>
#include <QTextOption>

#include <cmath>

namespace tenken {

namespace {

struct Spans {
    QString plain;
    QList<QTextLayout::FormatRange> bold;
};

Spans spansOf(const QString &text)
{
    Spans s;
    const QStringList parts = text.split(QStringLiteral("**"));
    // An odd number of marks leaves the last one as it was written.
    const bool balanced = parts.size() % 2 == 1;
    QTextCharFormat strong;
    strong.setFontWeight(QFont::DemiBold);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool last = !balanced && i == parts.size() - 1;
        if (last)
            s.plain += QStringLiteral("**");
        else if (i % 2 == 1)
            s.bold.append({int(s.plain.size()), int(parts[i].size()), strong});
        s.plain += parts[i];
    }
    return s;
}

/// Lays a paragraph out and draws it where there is a painter.
qreal layOut(const QString &text, const QFont &font, qreal width, QPainter *p, QPointF at, const QPaintDevice *device)
{
    qreal y = 0;
    for (const QString &paragraph : text.split(QLatin1Char('\n'))) {
        const Spans spans = spansOf(paragraph);
        QTextLayout layout(spans.plain, font, device);
        layout.setFormats(spans.bold);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        const qreal top = y;
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            line.setPosition({0, y - top});
            y += std::ceil(line.height());
        }
        layout.endLayout();
        if (p)
            layout.draw(p, at + QPointF(0, top));
    }
    return y;
}

} // namespace

qreal drawRichText(QPainter &p, const QRectF &box, const QString &text, const QFont &font, const QColor &colour)
{
    p.setPen(colour);
    return layOut(text, font, box.width(), &p, box.topLeft(), p.device());
}

qreal richTextHeight(const QString &text, const QFont &font, qreal width, const QPaintDevice *device)
{
    return layOut(text, font, width, nullptr, {}, device);
}

QString withoutMarks(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(QLatin1Char('\n')))
        lines.append(spansOf(line).plain);
    return lines.join(QLatin1Char('\n'));
}

} // namespace tenken
