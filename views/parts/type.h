// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace tenken {

/// The roles of text; sizes are multiples of the system font's size (at least 10.5 pt).
enum class Type { Decision, KeyFigure, Question, CardVerdict, Title, Body, BodyBold, Code, Caption, CaptionBold };

QFont fontFor(Type role);                  ///< for screens
QFont fontFor(Type role, qreal bodyPoints); ///< for paper and projector
void useTenkenFont();                      ///< sets the application's font once

} // namespace tenken
