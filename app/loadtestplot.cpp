// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestreport.h"

#include <evidence/files.h>
#include <parts/charts.h>
#include <parts/comparisonpicture.h>
#include <parts/pictureexport.h>
#include <parts/style.h>

#include <QBuffer>
#include <QFileInfo>
#include <QPdfWriter>

#include <memory>

namespace tenken::app {

namespace {

constexpr QSize size(1200, 720);

LoadTestPicture pictureOf(const TestedRun &test, const KneeOptions &options)
{
    LoadTestPicture picture;
    picture.id = printable(test.name);
    picture.run = std::make_shared<LoadTestRun>(test.run);
    picture.steps = test.steps;
    picture.knee = test.knee;
    picture.pods = test.pods.value_or(1);
    picture.targetMs = options.targetMs;
    picture.targetPercentile = percentileLabel(options.percentile).en;
    return picture;
}

/// What says most: the difference of two runs, the curve over several pod counts, else the knee.
QChart *chartOf(const LoadTestReport &report, const PictureStyle &style)
{
    const TestedRun &test = report.tests.front();
    if (report.comparison)
        return comparisonChart({printable(report.before->name), printable(test.name), report.before->steps, test.steps, *report.comparison},
                               style);
    if (report.scaling)
        return scalingChart(*report.scaling, style);
    return kneeChart(pictureOf(test, report.options), style);
}

QByteArray png(const Drawing &draw, const PictureStyle &style)
{
    QBuffer buffer;
    drawingImage(draw, size, style, 2).save(&buffer, "PNG");
    return buffer.data();
}

QByteArray pdf(const Drawing &draw, const PictureStyle &style, const QString &title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(96);
    writer.setPageSize(QPageSize(QSizeF(size) * 72 / 96, QPageSize::Point));
    writer.setPageMargins({});
    writer.setTitle(title);
    QPainter painter(&writer);
    const QRectF whole(QPointF(0, 0), size);
    painter.fillRect(whole, style.colours->base);
    draw(painter, whole.adjusted(16, 12, -16, -8));
    painter.end();
    return buffer.data();
}

} // namespace

Result<void> plotLoadTest(const LoadTestReport &report, const QString &target, Lang lang)
{
    useTenkenLook(false);
    const PictureStyle style{&lightColours(), lang, 1, {}};
    const Drawing draw = [&](QPainter &painter, const QRectF &box) { drawChart(painter, box, chartOf(report, style)); };
    const QString title = printable(report.tests.front().name), ending = QFileInfo(target).suffix().toLower();
    const QByteArray bytes = ending == u"svg" ? drawingSvg(draw, size, style, title)
        : ending == u"pdf"                    ? pdf(draw, style, title)
                                              : png(draw, style);
    return writeAtomically(QFileInfo(target).absoluteFilePath(), bytes);
}

} // namespace tenken::app
