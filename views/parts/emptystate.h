// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace tenken {

/// Instead of a blank pane: what is missing, how to supply it, one button.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setText(const QString &missing, const QString &how, const QString &button = {});

signals:
    void buttonClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *m_missing, *m_how;
    QPushButton *m_button;
};

} // namespace tenken
