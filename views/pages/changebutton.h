// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/changes.h>

#include <QAbstractButton>

namespace tenken {

/// "fail → pass  Graceful stop" in one line; pressed, it leads to the item.
class ChangeButton : public QAbstractButton
{
    Q_OBJECT
public:
    ChangeButton(const ItemChange &change, Lang lang, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct State {
        QString word;
        std::optional<Standing> standing;   ///< nothing where it is not one
    };
    qreal drawState(QPainter &p, qreal x, const State &state, bool brief) const; ///< answers where it ends

    State m_from, m_to;
    QString m_title;
};

} // namespace tenken
