// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/plotview.h>

#include <parts/style.h>

#include <QAccessible>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {
constexpr qreal shortestSelection = 8; ///< px; less is a click
}

PlotView::PlotView(QWidget *parent) : QGraphicsView(parent)
{
    setScene(new QGraphicsScene(this));
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
    setFrameShape(NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportUpdateMode(FullViewportUpdate);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

PlotView::~PlotView() = default;

void PlotView::setPlot(Plot *plot, Lang)
{
    delete m_plot;
    m_plot = plot;
    m_stop = -1;
    if (!m_plot)
        return;
    setBackgroundBrush(m_plot->style.colours->base);
    m_plot->above([this](Ink &ink, const Plot &) { drawCrosshair(ink); });
    scene()->addItem(m_plot);
    m_plot->resize(viewport()->size());
    scene()->setSceneRect(QRectF(QPointF(0, 0), viewport()->size()));
}

void PlotView::setCurrentStop(int stop)
{
    if (!m_plot || m_stop == stop)
        return;
    m_stop = std::clamp(stop, -1, int(m_plot->stops.size()) - 1);
    setAccessibleDescription(m_stop >= 0 ? readout() : m_plot->summary);
    if (m_stop >= 0 && hasFocus()) {
        QAccessibleAnnouncementEvent announcement(this, readout());
        QAccessible::updateAccessibility(&announcement);
    }
    viewport()->update();
}

QString PlotView::readout() const
{
    if (!m_plot || m_stop < 0)
        return {};
    const PlotStop &stop = m_plot->stops[size_t(m_stop)];
    QStringList values;
    for (const PlotReading &r : stop.readings)
        values.append(r.name + QLatin1Char(' ') + r.value);
    return stop.heading + QStringLiteral(": ") + values.join(QStringLiteral(", "));
}

void PlotView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    const QRectF whole(QPointF(0, 0), viewport()->size());
    scene()->setSceneRect(whole);
    if (m_plot)
        m_plot->resize(whole.size());
}

void PlotView::step(int by)
{
    const int last = int(m_plot->stops.size()) - 1;
    if (last < 0)
        return;
    setCurrentStop(m_stop < 0 ? (by > 0 ? 0 : last) : std::clamp(m_stop + by, 0, last));
    const double x = m_plot->stops[size_t(m_stop)].x;
    if (!m_plot->showsX(x)) // what is stepped to is brought into view
        m_plot->panX((x - (m_plot->xFrom() + m_plot->xTo()) / 2) / (m_plot->xTo() - m_plot->xFrom()));
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    if (!m_plot)
        return QGraphicsView::keyPressEvent(event);
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const double around = m_stop >= 0 ? m_plot->stops[size_t(m_stop)].x : (m_plot->xFrom() + m_plot->xTo()) / 2;
    switch (event->key()) {
    case Qt::Key_Right: return shift ? m_plot->panX(0.1) : step(1);
    case Qt::Key_Left: return shift ? m_plot->panX(-0.1) : step(-1);
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (m_plot->stopsAreRows())
            return step(event->key() == Qt::Key_Down ? 1 : -1);
        break;
    case Qt::Key_PageDown: return step(10);
    case Qt::Key_PageUp: return step(-10);
    case Qt::Key_Home: return setCurrentStop(0);
    case Qt::Key_End: return setCurrentStop(int(m_plot->stops.size()) - 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal: return m_plot->zoomX(1.5, around);
    case Qt::Key_Minus: return m_plot->zoomX(1 / 1.5, around);
    case Qt::Key_0: return m_plot->zoomHome();
    case Qt::Key_Escape:
        if (m_stop < 0)
            break;
        return setCurrentStop(-1);
    default: break;
    }
    event->ignore(); // for the picture around it, and the window
}

int PlotView::nearestStop(QPointF position) const
{
    if (!m_plot || m_plot->stops.empty() || !m_plot->plotArea().adjusted(-8, -8, 8, 8).contains(position))
        return -1;
    const auto distance = [&](const PlotStop &stop) {
        return m_plot->stopsAreRows() ? std::abs(m_plot->py(stop.readings.back().y) - position.y())
                                      : std::abs(m_plot->px(stop.x) - position.x());
    };
    const auto nearest = std::ranges::min_element(m_plot->stops, {}, distance);
    return int(nearest - m_plot->stops.begin());
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_plot)
        return;
    const QPointF position = event->position();
    if (m_drag == Drag::Pan)
        m_plot->panX((m_last.x() - position.x()) / m_plot->plotArea().width());
    m_last = position;
    if (m_drag == Drag::Select)
        viewport()->update();
    if (m_drag != Drag::None)
        return;
    setCurrentStop(nearestStop(position));
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_plot)
        return;
    if (m_plot->isZoomed())
        m_drag = Drag::Pan;
    else if (!m_plot->stopsAreRows() && m_plot->plotArea().contains(event->position()))
        m_drag = Drag::Select;
    m_first = m_last = event->position();
}

void PlotView::mouseReleaseEvent(QMouseEvent *)
{
    const bool selected = m_drag == Drag::Select && std::abs(m_last.x() - m_first.x()) >= shortestSelection;
    m_drag = Drag::None;
    if (m_plot && selected)
        m_plot->showX(m_plot->xAt(m_first.x()), m_plot->xAt(m_last.x()));
    viewport()->update();
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *)
{
    if (m_plot)
        m_plot->zoomHome();
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    const bool meant = hasFocus() || event->modifiers().testFlag(Qt::ControlModifier);
    const bool out = event->angleDelta().y() < 0;
    if (!m_plot || !meant || m_plot->stopsAreRows() || (out && !m_plot->isZoomed()))
        return event->ignore(); // the page scrolls
    m_plot->zoomX(std::pow(1.0015, event->angleDelta().y()), m_plot->xAt(event->position().x()));
    event->accept();
}

void PlotView::leaveEvent(QEvent *event)
{
    if (!hasFocus())
        setCurrentStop(-1);
    QGraphicsView::leaveEvent(event);
}

void PlotView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    viewport()->update();
}

void PlotView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    setCurrentStop(-1);
    viewport()->update();
}

void PlotView::drawCrosshair(Ink &ink) const
{
    if (hasFocus())
        drawFocus(ink.p, QRectF(QPointF(0, 0), m_plot->size()), ink.c);
    if (m_drag == Drag::Select)
        return drawSelection(ink);
    if (m_stop < 0)
        return;
    const PlotStop &stop = m_plot->stops[size_t(m_stop)];
    if (!m_plot->showsX(stop.x))
        return;
    const QRectF area = m_plot->plotArea();
    const qreal x = m_plot->px(stop.x);
    qreal y = area.top() + ink.u(12);
    if (m_plot->stopsAreRows())
        y = m_plot->py(stop.readings.back().y);
    else
        ink.line({x, area.top()}, {x, area.bottom()}, ink.c.text2, 1);
    for (const PlotReading &r : stop.readings) {
        if (!std::isfinite(r.y) || m_plot->stopsAreRows() || !m_plot->showsY(r.y))
            continue;
        ink.p.setPen(QPen(ink.c.text, ink.u(1.5)));
        ink.p.setBrush(r.colour);
        ink.p.drawEllipse(QPointF(x, m_plot->py(r.y)), ink.u(4.5), ink.u(4.5));
        ink.p.setBrush(Qt::NoBrush);
    }
    drawReadout(ink, {x, y});
}

void PlotView::drawSelection(Ink &ink) const
{
    const QRectF area = m_plot->plotArea();
    const qreal from = std::clamp(std::min(m_first.x(), m_last.x()), area.left(), area.right());
    const qreal to = std::clamp(std::max(m_first.x(), m_last.x()), area.left(), area.right());
    for (const qreal x : {from, to})
        ink.line({x, area.top()}, {x, area.bottom()}, ink.c.accent, 2);
    ink.block({from, area.bottom() - ink.u(4), to - from, ink.u(4)}, ink.c.accent);
}

void PlotView::drawReadout(Ink &ink, QPointF at) const
{
    const PlotStop &stop = m_plot->stops[size_t(m_stop)];
    qreal names = 0, values = 0;
    for (const PlotReading &r : stop.readings) {
        names = std::max(names, ink.width(r.name, Type::Caption));
        values = std::max(values, ink.width(r.value, Type::CaptionBold));
    }
    const qreal width = std::max(ink.u(16) + names + ink.u(16) + values, ink.width(stop.heading, Type::CaptionBold)) + ink.u(20);
    const qreal height = ink.u(28 + 18.0 * stop.readings.size() + 4);
    const QSizeF whole = m_plot->size();
    qreal x = at.x() + ink.u(12);
    if (x + width > whole.width() - ink.u(4))
        x = at.x() - ink.u(12) - width;
    const qreal y = std::clamp(at.y(), ink.u(4), std::max(ink.u(4), whole.height() - height - ink.u(4)));
    const QRectF box(std::max(ink.u(4), x), y, width, height);
    ink.p.setPen(QPen(ink.c.border, 1));
    ink.p.setBrush(ink.c.base);
    ink.p.drawRoundedRect(box, ink.u(4), ink.u(4));
    ink.p.setBrush(Qt::NoBrush);
    QRectF line(box.left() + ink.u(10), box.top() + ink.u(6), width - ink.u(20), ink.u(18));
    ink.text(line, Qt::AlignLeft | Qt::AlignVCenter, stop.heading, Type::CaptionBold, ink.c.text);
    line.translate(0, ink.u(2));
    for (const PlotReading &r : stop.readings) {
        line.translate(0, ink.u(18));
        ink.block({line.left(), line.center().y() - ink.u(4), ink.u(8), ink.u(8)}, r.colour, 2);
        ink.text(line.adjusted(ink.u(16), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, r.name, Type::Caption, ink.c.text2);
        ink.text(line, Qt::AlignRight | Qt::AlignVCenter, r.value, Type::CaptionBold, ink.c.text);
    }
}

} // namespace tenken
