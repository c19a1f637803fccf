// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace tenken {

/// A filter that is on or off, with how many it would show: "不合格 7". 24 high.
class Chip : public QToolButton
{
    Q_OBJECT
public:
    explicit Chip(QWidget *parent = nullptr);

    void setLabel(const QString &label, int count);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace tenken
