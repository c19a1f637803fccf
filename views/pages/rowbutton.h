// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <QAbstractButton>

namespace tenken {

/// One line of a list that leads somewhere: glyph, title with a smaller line below, values at the right, chevron.
/// Reached by Tab, pressed by Enter or Space.
class RowButton : public QAbstractButton
{
    Q_OBJECT
public:
    struct Content {
        Glyph glyph = Glyph::Fail;
        QString title, below;          ///< below in code type when `belowIsCode`
        bool belowIsCode = true;
        QString value, valueBelow;     ///< right-aligned; value in the glyph's colour
    };

    explicit RowButton(const Content &content, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Content m_content;
};

} // namespace tenken
