// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QWidget>

namespace tenken {

/// Shown while no service is open: recent services, open, and what to do first.
class StartPage : public QWidget
{
    Q_OBJECT
public:
    StartPage(const QStringList &recent, Lang lang, QWidget *parent = nullptr);

signals:
    void openRequested();
    void folderRequested(const QString &folder);
};

} // namespace tenken
