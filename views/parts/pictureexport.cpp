// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictureexport.h>

#include <parts/charts.h>

#include <QBuffer>
#include <QSvgGenerator>

namespace tenken {

namespace {

void drawAny(QPainter &p, const Picture &picture, PictureView::Facet facet, QSize size, const PictureStyle &style)
{
    const QRectF whole(QPointF(0, 0), size);
    p.fillRect(whole, style.colours->base);
    const QRectF box = whole.adjusted(16, 12, -16, -8);
    if (QChart *chart = pictureChart(picture, facet, style))
        drawChart(p, box, chart);
    else
        drawPicture(p, box, picture, style);
}

QString csvCell(QString cell)
{
    // A spreadsheet must not take text from a file for a formula.
    if (!cell.isEmpty() && QStringLiteral("=+@\t").contains(cell.front()))
        cell.prepend(QLatin1Char('\''));
    if (cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('\n')))
        return QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return cell;
}

} // namespace

QChart *pictureChart(const Picture &picture, PictureView::Facet facet, const PictureStyle &style)
{
    if (const auto *test = std::get_if<LoadTestPicture>(&picture))
        return facet == PictureView::Facet::Run ? runChart(*test, style)
            : facet == PictureView::Facet::Latency ? latencyOverTimeChart(*test, style) : kneeChart(*test, style);
    if (const auto *plan = std::get_if<CapacityPlan>(&picture))
        return capacityChart(*plan, style);
    if (const auto *scaling = std::get_if<Scaling>(&picture))
        return scalingChart(*scaling, style);
    if (const auto *series = std::get_if<SeriesPicture>(&picture))
        return seriesChart(*series, style);
    return nullptr;
}

QImage pictureImage(const Picture &picture, PictureView::Facet facet, QSize size, const PictureStyle &style, qreal ratio)
{
    QImage image(size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter p(&image);
    drawAny(p, picture, facet, size, style);
    return image;
}

QByteArray pictureSvg(const Picture &picture, PictureView::Facet facet, QSize size, const PictureStyle &style)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setResolution(96);
    generator.setTitle(pictureTitle(picture).in(style.lang));
    QPainter p(&generator);
    drawAny(p, picture, facet, size, style);
    p.end();
    return buffer.data();
}

QString pictureCsv(const Picture &picture, Lang lang)
{
    QString text;
    for (const QStringList &row : pictureTable(picture, lang)) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(csvCell(cell));
        text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace tenken
