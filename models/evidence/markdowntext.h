// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken {

/// So that it stands in Markdown (also in a table's cell) as it is: one line, code between backticks kept.
QString markdownText(QString text);

} // namespace tenken
