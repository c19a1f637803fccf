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

double stepOf(double value, Plot::Scale scale)
{
    return scale == Plot::Scale::Log ? std::log(std::max(value, 1e-9)) : value;
}

double valueOf(double step, Plot::Scale scale) { return scale == Plot::Scale::Log ? std::exp(step) : step; }

double position(double value, const double (&range)[2], Plot::Scale scale)
{
    const double from = stepOf(range[0], scale);
    return (stepOf(value, scale) - from) / (stepOf(range[1], scale) - from);
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
    const double from = stepOf(m_x[0], m_scaleX), to = stepOf(m_x[1], m_scaleX);
    return valueOf(from + (to - from) * (px - plot.left()) / plot.width(), m_scaleX);
}

void Plot::setShown(double from, double to)
{
    const double least = stepOf(m_home[0], m_scaleX), most = stepOf(m_home[1], m_scaleX);
    const double range = std::clamp(to - from, (most - least) / 64, most - least);
    const double begin = std::clamp(from, least, most - range);
    const double hair = (most - least) * 1e-9; // the ends are met exactly, however often one zooms
    m_x[0] = begin <= least + hair ? m_home[0] : valueOf(begin, m_scaleX);
    m_x[1] = begin + range >= most - hair ? m_home[1] : valueOf(begin + range, m_scaleX);
    applyRange();
}

void Plot::zoomX(double factor, double around)
{
    if (m_scaleX == Scale::Category || stopsAreRows() || !(factor > 0))
        return;
    const double from = stepOf(m_x[0], m_scaleX), range = stepOf(m_x[1], m_scaleX) - from;
    const double middle = stepOf(around, m_scaleX);
    const double share = std::clamp((middle - from) / range, 0.0, 1.0);
    const double whole = stepOf(m_home[1], m_scaleX) - stepOf(m_home[0], m_scaleX);
    const double wanted = std::clamp(range / factor, whole / 64, whole);
    setShown(middle - wanted * share, middle + wanted * (1 - share));
}

void Plot::panX(double share)
{
    const double from = stepOf(m_x[0], m_scaleX), range = stepOf(m_x[1], m_scaleX) - from;
    setShown(from + range * share, from + range * (1 + share));
}

void Plot::showX(double from, double to)
{
    if (!stopsAreRows())
        setShown(stepOf(std::min(from, to), m_scaleX), stepOf(std::max(from, to), m_scaleX));
}

void Plot::zoomHome()
{
    m_x[0] = m_home[0];
    m_x[1] = m_home[1];
    applyRange();
}

bool Plot::isZoomed() const { return m_x[0] > m_home[0] || m_x[1] < m_home[1]; }

} // namespace tenken
