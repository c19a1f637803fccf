// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/drawing.h>

#include <QChart>
#include <QTimeZone>
#include <QXYSeries>

#include <functional>

class QAbstractAxis;

namespace tenken {

/// One value of one series at a stop of the crosshair.
struct PlotReading {
    QString name;
    QString value;
    QColor colour;
    double y = 0;            ///< where the crosshair dots the series; NaN: nowhere
};

/// A place that the crosshair stops at: a step of load, a moment, an event.
struct PlotStop {
    double x = 0;
    QString heading;         ///< "160 req/s / Pod"
    std::vector<PlotReading> readings;
};

/// A QChart that draws its own axes, annotations and names: Qt Charts contributes the series. So text is the same
/// on every device, log axes can say "100 ms", and everything follows zoom and size.
class Plot : public QChart
{
    Q_OBJECT
public:
    enum class Scale { Linear, Log, Category };
    using Layer = std::function<void(Ink &, const Plot &)>;

    explicit Plot(const PictureStyle &style);

    void setScales(Scale x, Scale y);
    void setRange(double xFrom, double xTo, double yFrom, double yTo); ///< also where zooming returns to
    void setGutters(qreal left, qreal top, qreal right, qreal bottom); ///< px around the plot, for text
    void addLine(const QList<QPointF> &points, const QColor &colour, qreal width, const QList<qreal> &dashes = {});
    void addBand(const QList<QPointF> &upper, const QList<QPointF> &lower, const QColor &fill);
    void addShown(QAbstractSeries *series); ///< any other series, on these axes

    /// Layers between ground and series, and above the series.
    void behind(Layer layer) { m_behind.push_back(std::move(layer)); }
    void above(Layer layer) { m_above.push_back(std::move(layer)); }
    std::function<void(Ink &, const Plot &)> drawAxes; ///< grid and labels, behind everything

    qreal px(double x) const;                ///< in the chart's coordinates
    qreal py(double y) const;
    double xAt(qreal px) const;
    double xFrom() const { return m_x[0]; }
    double xTo() const { return m_x[1]; }
    double yFrom() const { return m_y[0]; }
    double yTo() const { return m_y[1]; }
    bool showsX(double x) const { return x >= m_x[0] && x <= m_x[1]; }
    bool showsY(double y) const { return y >= m_y[0] && y <= m_y[1]; }

    void zoomX(double factor, double around); ///< > 1 shows less; never beyond the whole
    void panX(double share);                  ///< of what is shown
    void showX(double from, double to);       ///< as much of it as there is
    void zoomHome();
    bool isZoomed() const;
    bool stopsAreRows() const { return m_scaleY == Scale::Category; }

    const PictureStyle style;
    std::vector<PlotStop> stops;
    QString summary;          ///< the main result in words, for those who do not see the chart
    bool scaleSwitches = false; ///< PictureStyle::switchedScale makes a difference

protected:
    void resizeEvent(QGraphicsSceneResizeEvent *event) override;

private:
    void applyRange();
    void placePlot();
    void setShown(double from, double to); ///< in the scale's own steps: logarithms on a log axis

    Scale m_scaleX = Scale::Linear, m_scaleY = Scale::Linear;
    double m_x[2] = {0, 1}, m_y[2] = {0, 1}, m_home[2] = {0, 1};
    QMarginsF m_gutters;
    QAbstractAxis *m_axisX = nullptr, *m_axisY = nullptr;
    std::vector<Layer> m_behind, m_above;
    std::vector<QGraphicsItem *> m_layers;
};

/// Horizontal grid with values, and an axis line with ticks and values below. Units stand once, at the axis' end.
struct AxisText {
    std::function<QString(double)> x, y;
    std::vector<double> xTicks, yTicks;      ///< empty: nice ones for what is shown
    QString xTitle, yTitle;
    bool verticalGrid = false;               ///< for bars that lie
    bool yLabels = true;
};
Plot::Layer axesLayer(AxisText text);
std::vector<double> decades(double from, double to); ///< ticks of a log axis: powers of ten

/// A name at the end of a line; names that would collide are pushed apart.
struct LineName {
    QString name;
    QColor colour;
    double y;
};
void drawLineNames(Ink &ink, const Plot &plot, std::vector<LineName> names, double atX);

/// Points on a line; untrusted ones are hollow.
void drawDots(Ink &ink, const Plot &plot, const QList<QPointF> &points, const QList<bool> &trusted, const QColor &colour);

/// Labels of upright lines, in the space above the plot: value on top, meaning below, pushed apart.
struct TopLabel {
    double x;
    QString value, meaning;
    QColor colour;
};
void drawTopLabels(Ink &ink, const Plot &plot, std::vector<TopLabel> labels);

/// An upright line through the plot that reaches a little above it, where its label stands.
void drawUpright(Ink &ink, const Plot &plot, double x, const QColor &colour, qreal width, const QList<qreal> &dashes = {});

/// One sentence in the middle of an empty plot: why there is nothing to see.
void drawNothing(Ink &ink, const Plot &plot, const Text &why);

/// "10:21" of epoch seconds in a zone; with seconds where the range is short, with the date where it is long.
QString formatMoment(double epochSeconds, double range, const QTimeZone &zone = QTimeZone::systemTimeZone());
QString zoneName(double epochSeconds, const QTimeZone &zone = QTimeZone::systemTimeZone());
/// "2026-11-20 (金) 10:21:00 JST", for a readout and a table that stand alone.
QString wholeMoment(double epochSeconds, const QTimeZone &zone, Lang lang);
std::vector<double> timeTicks(double from, double to, int most, const QTimeZone &zone = QTimeZone::systemTimeZone());
/// The zone of that name; this machine's where there is none.
QTimeZone zoneNamed(const QString &name);

} // namespace tenken
