// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <QWidget>

namespace tenken {

/// What a picture shows, in one sentence, and where its numbers come from.
class PictureFooter : public QWidget
{
    Q_OBJECT
public:
    explicit PictureFooter(QWidget *parent = nullptr);

    void setText(Glyph glyph, const QString &conclusion, const QString &source);
    bool isEmpty() const { return m_conclusion.isEmpty() && m_source.isEmpty(); }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {320, heightForWidth(592)}; }
    QSize minimumSizeHint() const override { return {0, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph = Glyph::Open;
    QString m_conclusion, m_source;
};

} // namespace tenken
