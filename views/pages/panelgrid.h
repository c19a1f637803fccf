// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

class QGridLayout;
class QWidget;

namespace tenken {

/// A panel of a page that shows several.
struct GridPanel {
    QWidget *panel;
    bool alone; ///< in its row
};

/// Places the panels that are not hidden one after the other, where it is wide two in a row.
void arrangePanels(QGridLayout &grid, std::span<const GridPanel> panels, bool wide);

} // namespace tenken
