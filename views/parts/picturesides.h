// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

#include <functional>

namespace tenken {

/// Timelines, roll-outs and zones: drawn, without axes to move.
class PictureCanvas : public QWidget
{
public:
    std::function<void(QPainter &, const QRectF &)> draw;

    explicit PictureCanvas(QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// The values of a picture. Letters are left to the window: T goes back to the picture instead of searching for "t".
class ValueTable : public QTableWidget
{
public:
    explicit ValueTable(QWidget *parent);
    void fill(const QList<QStringList> &rows); ///< header first
    void keyboardSearch(const QString &) override { }

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace tenken
