// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <window/actions.h>

#include <QDialog>

namespace tenken {

/// Every key, from the table the menus are made of.
class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    KeysDialog(const Actions &actions, Lang lang, QWidget *parent = nullptr);
};

} // namespace tenken
