// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/session.h>

#include <QDialog>

namespace tenken {

/// Every file that could not be read or wants a look: where, what was expected, what to write.
class ProblemsDialog : public QDialog
{
    Q_OBJECT
public:
    ProblemsDialog(const Session &session, Lang lang, QWidget *parent = nullptr);
};

} // namespace tenken
