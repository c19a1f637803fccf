// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/panelgrid.h>

#include <QGridLayout>
#include <QWidget>

namespace tenken {

void arrangePanels(QGridLayout &grid, std::span<const GridPanel> panels, bool wide)
{
    grid.setColumnStretch(0, 904);
    grid.setColumnStretch(1, wide ? 632 : 0);
    int row = 0;
    QWidget *left = nullptr; // has no neighbour yet
    const auto stretch = [&](QWidget *panel) { grid.addWidget(panel, row, 0, 1, wide ? 2 : 1); };
    for (const GridPanel &place : panels) {
        grid.removeWidget(place.panel);
        if (place.panel->isHidden())
            continue;
        if (left && !place.alone && wide) {
            grid.addWidget(left, row, 0);
            grid.addWidget(place.panel, row++, 1);
            left = nullptr;
            continue;
        }
        if (left) {
            stretch(left);
            ++row;
        }
        left = place.alone ? nullptr : place.panel;
        if (place.alone) {
            stretch(place.panel);
            ++row;
        }
    }
    if (left)
        stretch(left);
}

} // namespace tenken
