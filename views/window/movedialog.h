// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/checklistmove.h>

#include <QDialog>

namespace tenken {

/// What becomes of each item when the review moves to another version of its checklist; moves on acceptance.
class MoveDialog : public QDialog
{
    Q_OBJECT
public:
    MoveDialog(const Review &review, const Checklist &checklist, Lang lang, QWidget *parent = nullptr);
};

} // namespace tenken
