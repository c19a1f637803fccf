// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <QFrame>

namespace tenken {

/// What one of three says of an item: machine, team or reviewer. Three stand side by side, always in that order.
struct AnswerCardText {
    QString who;                ///< "機械"
    QString byAndWhen;          ///< "佐藤 · 11/17"
    Glyph glyph = Glyph::Open;
    QString word;               ///< "不合格"
    QString note;               ///< wraps, never truncated; **bold** is understood
    QString footer;             ///< "09:12 判定 · 証拠は最新"
};

class AnswerCard : public QFrame
{
    Q_OBJECT
public:
    explicit AnswerCard(QWidget *parent = nullptr);

    void setText(const AnswerCardText &text);
    void setToFillIn(bool toFillIn);    ///< a 2 px accent frame on the base colour
    void setScale(qreal scale);         ///< for the projector
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    AnswerCardText m_text;
    bool m_toFillIn = false;
    qreal m_scale = 1;
};

} // namespace tenken
