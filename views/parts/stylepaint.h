// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>

#include <QPainter>
#include <QStyleOption>

namespace tenken::stylepaint {

// How TenkenStyle paints; one function per thing that is seen.
void button(QPainter &p, const QStyleOption &option, bool primary, const Colours &c);
void buttonLabel(QPainter &p, const QStyleOptionButton &option, bool primary, const Colours &c);
void menuBarItem(QPainter &p, const QStyleOptionMenuItem &option, const Colours &c);
void toolButton(QPainter &p, const QStyleOption &option, const Colours &c);
void field(QPainter &p, const QStyleOption &option, const Colours &c);
void row(QPainter &p, const QStyleOptionViewItem &option, bool wholeRow, const Colours &c);
void header(QPainter &p, const QStyleOptionHeader &option, const Colours &c);
void tab(QPainter &p, const QStyleOptionTab &option, const Colours &c);
void checkBox(QPainter &p, const QStyleOption &option, const Colours &c);
void radioButton(QPainter &p, const QStyleOption &option, const Colours &c);
void comboBox(QPainter &p, const QStyleOptionComboBox &option, const Colours &c);
void scrollBar(QPainter &p, const QStyleOptionSlider &option, const QRect &slider, const QColor &ground, const Colours &c);
void progressGroove(QPainter &p, const QRect &box, const Colours &c);
void progressBar(QPainter &p, const QStyleOptionProgressBar &option, const Colours &c);
void splitter(QPainter &p, const QStyleOption &option, const Colours &c);
void branch(QPainter &p, const QStyleOption &option, const Colours &c);
void frame(QPainter &p, const QRect &box, const QColor &ground, const QColor &line);

} // namespace tenken::stylepaint
