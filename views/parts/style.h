// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>

#include <QProxyStyle>

class QAbstractButton;

namespace tenken {

/// The look of standard widgets: flat controls 28 high with a 1 px border, the focus frame inside the widget,
/// selection as a tint with an accent bar at the left. No style sheets.
class TenkenStyle : public QProxyStyle
{
    Q_OBJECT
public:
    TenkenStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
};

/// Style, font and palette of the whole application.
void useTenkenLook(bool dark);

/// The one button of a place that should be found first: filled with the accent.
void setPrimary(QAbstractButton *button, bool primary = true);
bool isPrimary(const QWidget *button);

/// A row that is selected: tint, and a 3 px accent bar at its left edge. For delegates.
void drawSelection(QPainter &p, const QRect &row, const Colours &colours);
/// Where the keyboard is: a 2 px accent outline inside the widget.
void drawFocus(QPainter &p, const QRectF &box, const Colours &colours);

} // namespace tenken
