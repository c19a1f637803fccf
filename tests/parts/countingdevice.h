// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <functional>
#include <vector>

namespace tenken {

/// What was drawn: rectangles and paths by their bounds and colour, and every text. So a test can ask what a chart
/// shows rather than which pixels it touches.
struct Drawn {
    struct Rect {
        QRectF box;
        QColor fill;
    };
    std::vector<Rect> rects;
    QStringList texts;

    int rectsOf(const QColor &fill) const
    {
        return int(std::ranges::count_if(rects, [&](const Rect &r) { return r.fill == fill; }));
    }
    /// A text may come in pieces, one for each font it takes.
    bool says(const QString &words) const { return texts.join(QString()).contains(words); }
};

/// Takes down what is drawn instead of drawing it.
class CountingDevice final : public QPaintDevice
{
public:
    explicit CountingDevice(QSize size) : m_size(size) { }
    QPaintEngine *paintEngine() const override { return &m_engine; }
    const Drawn &drawn() const { return m_engine.drawn; }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth: return m_size.width();
        case PdmHeight: return m_size.height();
        case PdmWidthMM: return m_size.width() * 254 / 960;
        case PdmHeightMM: return m_size.height() * 254 / 960;
        case PdmDevicePixelRatio: return 1;
        case PdmDevicePixelRatioScaled: return int(devicePixelRatioFScale());
        case PdmNumColors: return 1 << 24;
        case PdmDepth: return 32;
        default: return 96;
        }
    }

private:
    class Engine final : public QPaintEngine
    {
    public:
        Engine() : QPaintEngine(AllFeatures) { }
        bool begin(QPaintDevice *) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState &state) override
        {
            if (state.state() & DirtyBrush)
                m_fill = state.brush().style() == Qt::NoBrush ? QColor() : state.brush().color();
            if (state.state() & DirtyTransform)
                m_transform = state.transform();
        }
        void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override { }
        void drawRects(const QRectF *boxes, int count) override
        {
            for (int i = 0; i < count; ++i)
                drawn.rects.push_back({m_transform.mapRect(boxes[i]), m_fill});
        }
        void drawPath(const QPainterPath &path) override
        {
            drawn.rects.push_back({m_transform.mapRect(path.boundingRect()), m_fill});
        }
        void drawPolygon(const QPointF *, int, PolygonDrawMode) override { }
        void drawTextItem(const QPointF &, const QTextItem &item) override { drawn.texts << item.text(); }
        Type type() const override { return User; }

        Drawn drawn;

    private:
        QColor m_fill;
        QTransform m_transform;
    };

    QSize m_size;
    mutable Engine m_engine;
};

} // namespace tenken
