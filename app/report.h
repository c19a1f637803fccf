// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/judged.h"

#include <QByteArray>

namespace tenken::app {

/// The result of `check` for people: the decision first, then by section what is not met, with file and line.
QString textReport(const Judged &judged, Lang lang, bool all);

/// The result of `check` for programs: format "tenken.check/1" (README).
QByteArray jsonReport(const Judged &judged, Lang lang);

} // namespace tenken::app
