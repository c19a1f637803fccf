// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/remarks.h>

#include <functional>

class QWidget;

namespace tenken {

/// What a reader has to know beside the verdicts: a button for each kind, which lists its items. Null where there is
/// nothing to know.
QWidget *remarkBar(const std::vector<Remark> &remarks, Lang lang, const std::function<void(const QString &)> &openItem);

} // namespace tenken
