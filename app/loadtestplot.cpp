// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestreport.h"

#include <evidence/files.h>
#include <parts/charts.h>
#include <parts/pictureexport.h>
#include <parts/style.h>

#include <QBuffer>
#include <QFileInfo>
#include <QPdfWriter>

#include <memory>

namespace tenken::app {

namespace {

constexpr QSize size(1200, 720);

Picture pictureOf(const LoadTestReport &report)
{
    if (report.scaling)
        return *report.scaling;
    const TestedRun &test = report.tests.front();
    LoadTestPicture picture;
    picture.id = printable(test.name);
    picture.run = std::make_shared<LoadTestRun>(test.run);
    picture.steps = test.steps;
    picture.knee = test.knee;
    picture.pods = test.pods.value_or(1);
    picture.targetMs = report.options.targetMs;
    picture.targetPercentile = percentileLabel(report.options.percentile).en;
    return picture;
}

QByteArray png(const Picture &picture, const PictureStyle &style)
{
    QBuffer buffer;
    pictureImage(picture, PictureView::Facet::Knee, size, style, 2).save(&buffer, "PNG");
    return buffer.data();
}

QByteArray pdf(const Picture &picture, const PictureStyle &style)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(96);
    writer.setPageSize(QPageSize(QSizeF(size) * 72 / 96, QPageSize::Point));
    writer.setPageMargins({});
    writer.setTitle(pictureTitle(picture).in(style.lang));
    QPainter painter(&writer);
    const QRectF whole(QPointF(0, 0), size);
    painter.fillRect(whole, style.colours->base);
    drawChart(painter, whole.adjusted(16, 12, -16, -8), pictureChart(picture, PictureView::Facet::Knee, style));
    painter.end();
    return buffer.data();
}

} // namespace

Result<void> plotLoadTest(const LoadTestReport &report, const QString &target, Lang lang)
{
    useTenkenLook(false);
    const Picture picture = pictureOf(report);
    const PictureStyle style{&lightColours(), lang};
    const QString ending = QFileInfo(target).suffix().toLower();
    const QByteArray bytes = ending == u"svg" ? pictureSvg(picture, PictureView::Facet::Knee, size, style)
        : ending == u"pdf"                    ? pdf(picture, style)
                                              : png(picture, style);
    return writeAtomically(QFileInfo(target).absoluteFilePath(), bytes);
}

} // namespace tenken::app
