// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QWidget>

namespace tenken {

/// The parameters of one item that the service sets looser than the checklist, and whether a waiver covers each.
class Loosenings : public QWidget
{
    Q_OBJECT
public:
    Loosenings(const std::vector<Loosening> &loosened, bool editable, Lang lang, QWidget *parent = nullptr);

signals:
    void waiverRequested(const QString &parameter, double value);
};

} // namespace tenken
