// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/statement.h>

namespace tenken {

/// The box that shows a statement on the sign-off page, of the size of the boxes for ink: a PDF of one page.
/// `role`: its title. Its own digest cannot stand in it. Needs a QApplication.
QByteArray renderSignatureBox(const Statement &statement, const Text &role, const Text &ruling, Lang lang);

} // namespace tenken
