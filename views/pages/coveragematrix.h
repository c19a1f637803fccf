// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/coveragemodel.h>

#include <QTableView>

namespace tenken
{

/// Needs × monitors with heads that stay: at the left the need with its answer and first reason, at the top
/// the monitor with its state. Arrows walk the cells; Enter goes to the monitor's details.
class CoverageMatrix : public QTableView
{
    Q_OBJECT
public:
    explicit CoverageMatrix(CoverageModel &model, Lang lang, QWidget *parent = nullptr);

    void choose(int row, int column);
    void keyboardSearch(const QString &) override {} ///< letters are the window's
    QSize sizeHint() const override; ///< as high as its rows
    QSize minimumSizeHint() const override { return {360, 180}; }

signals:
    void chosen(int row, int column);
    void detailsRequested();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    CoverageModel &m_model;
};

} // namespace tenken
