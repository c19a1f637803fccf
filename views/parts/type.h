// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStringList>

namespace tenken {

/// The roles of text; sizes are multiples of the system font's size (at least 10.5 pt).
enum class Type { Decision, KeyFigure, Question, CardVerdict, Title, Body, BodyBold, Code, Caption, CaptionBold };

QFont fontFor(Type role);                  ///< for screens
QFont fontFor(Type role, qreal bodyPoints); ///< for paper and projector

/// In the painter's own units (1 = 1 px at 96 dpi × scale), so that the same drawing fits a screen, a scene and
/// paper. `families` replaces those of the screen (for a document whose text layer needs another).
QFont unitFontFor(Type role, qreal scale = 1, const QStringList &families = {});
qreal unitsOf(Type role);                  ///< the size of that font at scale 1: Body 14, Caption 12 …

void useTenkenFont();                      ///< sets the application's font once

} // namespace tenken
