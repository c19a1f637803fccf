// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <QIcon>

namespace tenken {

/// The few signs that are not verdicts, drawn as paths like them.
enum class Sign {
    File, Search, Copy, OpenOutside, Undo, Redo, Meeting, Attachment, Differ, Calendar, Person, Table, Lock, Pencil,
    ChevronDown, ChevronRight, Folder, Close, Plus, Reload, Scale
};

void drawSign(QPainter &p, const QRectF &box, Sign sign, const QColor &ink);

/// Icons in the colours of the widget's palette at the time of painting (button text; grey when disabled).
QIcon iconOf(Sign sign);
QIcon iconOf(Glyph glyph);

} // namespace tenken
