// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/plot.h>

#include <QAreaSeries>
#include <QBarCategoryAxis>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

// Between QtCharts' plot area (0), its grid (2) and its series (4 and more).
constexpr qreal behindZ = 1.5, aboveZ = 50;

class LayerItem : public QGraphicsItem
{
public:
    LayerItem(Plot *plot, qreal z, std::function<void(Ink &)> draw)
        : QGraphicsItem(plot), m_plot(plot), m_draw(std::move(draw))
    {
        setZValue(z);
        setAcceptedMouseButtons(Qt::NoButton);
    }

    QRectF boundingRect() const override { return QRectF(QPointF(0, 0), m_plot->size()); }

    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override
    {
        Ink ink(*painter, m_plot->style);
        m_draw(ink);
    }

    void resized() { prepareGeometryChange(); }

private:
    Plot *m_plot;
    std::function<void(Ink &)> m_draw;
};

QAbstractAxis *makeAxis(Plot::Scale scale, QObject *parent)
{
    QAbstractAxis *axis = nullptr;
    if (scale == Plot::Scale::Log)
        axis = new QLogValueAxis(parent);
    else if (scale == Plot::Scale::Category)
        axis = new QBarCategoryAxis(parent);
    else
        axis = new QValueAxis(parent);
    axis->setVisible(false); // we draw it
    return axis;
}

double position(double value, const double (&range)[2], Plot::Scale scale)
{
    if (scale == Plot::Scale::Log)
        return std::log(std::max(value, 1e-9) / range[0]) / std::log(range[1] / range[0]);
    return (value - range[0]) / (range[1] - range[0]);
}

} // namespace

Plot::Plot(const PictureStyle &pictureStyle) : style(pictureStyle)
{
    const Colours &c = *style.colours;
    setAnimationOptions(NoAnimation);
    setBackgroundBrush(c.base);
    setBackgroundPen(Qt::NoPen);
    setBackgroundRoundness(0);
    setDropShadowEnabled(false);
    setPlotAreaBackgroundVisible(false);
    setMargins({});
    layout()->setContentsMargins(0, 0, 0, 0);
    legend()->hide();
    m_layers.push_back(new LayerItem(this, behindZ, [this](Ink &ink) {
        for (const Layer &layer : m_behind)
            layer(ink, *this);
        if (drawAxes)
            drawAxes(ink, *this);
    }));
    m_layers.push_back(new LayerItem(this, aboveZ, [this](Ink &ink) {
        for (const Layer &layer : m_above)
            layer(ink, *this);
    }));
}

void Plot::setScales(Scale x, Scale y)
{
    m_scaleX = x;
    m_scaleY = y;
    m_axisX = makeAxis(x, this);
    m_axisY = makeAxis(y, this);
    addAxis(m_axisX, Qt::AlignBottom);
    addAxis(m_axisY, Qt::AlignLeft);
}

void Plot::setRange(double xFrom, double xTo, double yFrom, double yTo)
{
    m_x[0] = m_home[0] = xFrom;
    m_x[1] = m_home[1] = xTo > xFrom ? xTo : xFrom + 1;
    m_y[0] = yFrom;
    m_y[1] = yTo > yFrom ? yTo : yFrom + 1;
    applyRange();
}

void Plot::applyRange()
{
    if (m_scaleX != Scale::Category)
        m_axisX->setRange(m_x[0], m_x[1]);
    if (m_scaleY != Scale::Category)
        m_axisY->setRange(m_y[0], m_y[1]);
    for (QGraphicsItem *layer : m_layers)
        layer->update();
}

void Plot::setGutters(qreal left, qreal top, qreal right, qreal bottom)
{
    m_gutters = QMarginsF(left, top, right, bottom) * style.scale;
    placePlot();
}

void Plot::placePlot()
{
    const QRectF whole(QPointF(0, 0), size());
    const QRectF plot = whole.marginsRemoved(m_gutters);
    if (plot.width() > 10 && plot.height() > 10)
        setPlotArea(plot);
}

void Plot::resizeEvent(QGraphicsSceneResizeEvent *event)
{
    QChart::resizeEvent(event);
    for (QGraphicsItem *layer : m_layers)
        static_cast<LayerItem *>(layer)->resized();
    placePlot();
}

void Plot::addShown(QAbstractSeries *series)
{
    addSeries(series);
    series->attachAxis(m_axisX);
    series->attachAxis(m_axisY);
}

void Plot::addLine(const QList<QPointF> &points, const QColor &colour, qreal width, const QList<qreal> &dashes)
{
    auto *line = new QLineSeries(this);
    line->replace(points); // before it is shown: appending to a shown series costs its square
    // Qt Charts strokes a solid line piece by piece: flat ends would show seams.
    QPen pen(colour, width * style.scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (!dashes.isEmpty()) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern(dashes);
    }
    line->setPen(pen);
    addShown(line);
}

void Plot::addBand(const QList<QPointF> &upper, const QList<QPointF> &lower, const QColor &fill)
{
    auto *area = new QAreaSeries(this);
    auto *above = new QLineSeries(area);
    auto *below = new QLineSeries(area);
    above->replace(upper);
    below->replace(lower);
    area->setUpperSeries(above);
    area->setLowerSeries(below);
    area->setBrush(fill);
    area->setPen(Qt::NoPen);
    addShown(area);
}

qreal Plot::px(double x) const
{
    const QRectF plot = plotArea();
    return plot.left() + plot.width() * position(x, m_x, m_scaleX);
}

qreal Plot::py(double y) const
{
    const QRectF plot = plotArea();
    return plot.bottom() - plot.height() * position(y, m_y, m_scaleY);
}

double Plot::xAt(qreal px) const
{
    const QRectF plot = plotArea();
    return m_x[0] + (m_x[1] - m_x[0]) * (px - plot.left()) / plot.width();
}

void Plot::zoomX(double factor, double around)
{
    if (m_scaleX != Scale::Linear || !(factor > 0))
        return;
    const double whole = m_home[1] - m_home[0];
    const double range = std::clamp((m_x[1] - m_x[0]) / factor, whole / 64, whole);
    const double share = std::clamp((around - m_x[0]) / (m_x[1] - m_x[0]), 0.0, 1.0);
    const double from = std::clamp(around - range * share, m_home[0], m_home[1] - range);
    m_x[0] = from;
    m_x[1] = from + range;
    applyRange();
}

void Plot::panX(double share)
{
    const double range = m_x[1] - m_x[0];
    const double from = std::clamp(m_x[0] + range * share, m_home[0], m_home[1] - range);
    m_x[0] = from;
    m_x[1] = from + range;
    applyRange();
}

void Plot::zoomHome()
{
    m_x[0] = m_home[0];
    m_x[1] = m_home[1];
    applyRange();
}

bool Plot::isZoomed() const { return m_x[0] > m_home[0] || m_x[1] < m_home[1]; }

} // namespace tenken
