// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>

#include <QChart>
#include <QGraphicsScene>

namespace tenken {

void drawChart(QPainter &p, const QRectF &box, QChart *chart)
{
    QGraphicsScene scene; // owns the chart from here on
    scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    scene.addItem(chart);
    chart->resize(box.size());
    const QRectF whole(QPointF(0, 0), box.size());
    scene.setSceneRect(whole);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    scene.render(&p, box, whole, Qt::IgnoreAspectRatio);
    p.restore();
}

} // namespace tenken
