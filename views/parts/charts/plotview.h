// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/charts/plot.h>

#include <QGraphicsView>

namespace tenken {

/// A plot on screen: crosshair with a readout of every series, steps by arrow keys. Zoom by + − 0, by dragging over a
/// stretch, and by the wheel (with Ctrl, or where the plot has the focus: else a page of charts could not be
/// scrolled); pan by Shift with arrows or dragging, once zoomed.
class PlotView : public QGraphicsView
{
    Q_OBJECT
public:
    explicit PlotView(QWidget *parent = nullptr);
    ~PlotView() override;

    void setPlot(Plot *plot, Lang lang);     ///< takes it over; null: nothing
    Plot *plot() const { return m_plot; }
    int currentStop() const { return m_stop; } ///< -1: no crosshair
    void setCurrentStop(int stop);
    QString readout() const;                 ///< "160 req/s / Pod: p50 24 ms, p95 62 ms …"

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void drawCrosshair(Ink &ink) const;
    void drawReadout(Ink &ink, QPointF at) const;
    void drawSelection(Ink &ink) const;
    int nearestStop(QPointF position) const;
    void step(int by);

    Plot *m_plot = nullptr;
    int m_stop = -1;
    enum class Drag { None, Pan, Select } m_drag = Drag::None;
    QPointF m_first, m_last;
};

} // namespace tenken
