// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictureexport.h>

#include <parts/charts.h>
#include <parts/charts/charttables.h>

#include <QBuffer>
#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

namespace tenken {

namespace {

void drawWithMargin(QPainter &p, const Drawing &draw, QSize size, const PictureStyle &style)
{
    const QRectF whole(QPointF(0, 0), size);
    p.fillRect(whole, style.colours->base);
    draw(p, whole.adjusted(16, 12, -16, -8));
}

QChart *loadTestChart(const LoadTestPicture &test, PictureView::Facet facet, const PictureStyle &style)
{
    switch (facet) {
    case PictureView::Facet::Run: return runChart(test, style);
    case PictureView::Facet::Latency: return latencyOverTimeChart(test, style);
    case PictureView::Facet::Heatmap: return heatmapChart(test, style);
    case PictureView::Facet::Histogram: return histogramChart(test, style);
    case PictureView::Facet::Knee: break;
    }
    return kneeChart(test, style);
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
        return loadTestChart(*test, facet, style);
    if (const auto *plan = std::get_if<CapacityPlan>(&picture))
        return capacityChart(*plan, style);
    if (const auto *scaling = std::get_if<Scaling>(&picture))
        return scalingChart(*scaling, style);
    if (const auto *series = std::get_if<SeriesPicture>(&picture))
        return seriesChart(*series, style);
    return nullptr;
}

QImage drawingImage(const Drawing &draw, QSize size, const PictureStyle &style, qreal ratio)
{
    QImage image(size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter p(&image);
    drawWithMargin(p, draw, size, style);
    return image;
}

QByteArray drawingSvg(const Drawing &draw, QSize size, const PictureStyle &style, const QString &title)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setResolution(96);
    generator.setTitle(title);
    QPainter p(&generator);
    drawWithMargin(p, draw, size, style);
    p.end();
    return buffer.data();
}

QString csvOf(const QList<QStringList> &rows)
{
    QString text;
    for (const QStringList &row : rows) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(csvCell(cell));
        text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text;
}

QList<QStringList> facetTable(const Picture &picture, PictureView::Facet facet, Lang lang)
{
    const auto *test = std::get_if<LoadTestPicture>(&picture);
    if (test && (facet == PictureView::Facet::Run || facet == PictureView::Facet::Latency))
        return runTable(*test, lang);
    if (test && facet == PictureView::Facet::Heatmap)
        return heatmapTable(*test, lang);
    if (test && facet == PictureView::Facet::Histogram)
        return histogramTable(*test, lang);
    return pictureTable(picture, lang);
}

Result<void> savePicture(const QString &path, const PictureView &view)
{
    QByteArray bytes;
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == u"svg") {
        bytes = view.svg();
    } else if (ending == u"csv") {
        bytes = view.csv().toUtf8();
    } else {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        view.image().save(&buffer, "PNG");
    }
    QSaveFile file(path);
    if (!bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return std::unexpected(Problem{path, {}, Text{"書けません。%1", "cannot write it: %1"}.arg(file.errorString()), {}});
}

} // namespace tenken
