// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tenken
{

/// Whether a composite ("1 && (2 || !3)") alerts because of these parts: it does while they alert and no other
/// does, and does not while none does. No: it does not, or cannot be read.
bool alertsWith(const QString &composite, const QStringList &parts);

} // namespace tenken
