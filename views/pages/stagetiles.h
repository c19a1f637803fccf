// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QAbstractButton>

#include <functional>

namespace tenken {

/// One roll-out stage: its decision and what it follows from. The one applied for has the accent's frame; pressing
/// another applies for that.
class StageTile : public QAbstractButton
{
    Q_OBJECT
public:
    StageTile(const StageOutcome &stage, Lang lang, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    StageOutcome m_stage;
    Lang m_lang;
};

/// All of them in a row; `apply` takes the id of the stage that was pressed.
QWidget *stageTiles(const std::vector<StageOutcome> &stages, bool editable, Lang lang, const std::function<void(const QString &)> &apply);

} // namespace tenken
