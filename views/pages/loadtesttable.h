// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace tenken {

/// A table of figures as high as its rows (up to a limit): values that few samples stand behind are grey, the row
/// of the knee is bold. Ctrl+C copies all of it as CSV.
class LoadTestTable : public QTableView
{
    Q_OBJECT
public:
    /// Roles of the model's cells; −1: it has none.
    LoadTestTable(int trustedRole, int strongRole, QWidget *parent = nullptr);

    void setFilled(QAbstractItemModel *model); ///< once
    QString csv() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void keyboardSearch(const QString &) override { } ///< letters are the window's

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    static constexpr int mostRows = 14;
};

} // namespace tenken
