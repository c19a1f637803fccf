// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken::bench {

/// What the finished document of a 60-item review costs beside its text and its figures in a bare QPdfWriter.
void exportDocument(const QString &service);

} // namespace tenken::bench
